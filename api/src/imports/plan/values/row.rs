//! A figure as a plan keeps it, and the revision that comes of it.

use chrono::NaiveDate;
use entity::{import_change, observation};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

use crate::bulk::{Fields, Kind};
use crate::error::{Error, Result};
use crate::rows;

/// One indicator's figure for one period, with all that stands beside it and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ObservationRow {
    pub indicator: Uuid,
    pub definition_version: i32,
    pub period: Period,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub absence: Option<Absence>,
    pub state: ValueState,
    pub forecast: Option<Decimal>,
    pub commentary: Option<String>,
    pub action: Option<String>,
    pub action_owner: Option<String>,
    pub action_due: Option<NaiveDate>,
    pub quality_note: Option<String>,
    pub sheet: Option<String>,
    pub cell: Option<String>,
}

/// What was held when the plan was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// The observation that is superseded.
    pub observation: Uuid,
    /// It says that there is no figure any more.
    pub withdrawn: bool,
    /// Why it had been corrected.
    pub reason: Option<String>,
    /// The import it came from.
    pub import: Option<Uuid>,
    pub row: ObservationRow,
}

/// What makes two observations the same fact: indicator, first day and months.
pub(super) type FactKey = (Uuid, NaiveDate, i32);

impl ObservationRow {
    pub(super) fn key(&self) -> FactKey {
        (self.indicator, self.period.start(), rows::months(self.period))
    }

    /// What a stored plan says is to be written.
    pub(super) fn of(change: &import_change::Model) -> Result<Self> {
        let missing = || Error::internal("reading a plan", &format!("row {} is no figure", change.seq));
        let period = change.period_start.zip(change.period_months).ok_or_else(missing)?;
        Ok(Self {
            indicator: change.indicator_id.ok_or_else(missing)?,
            definition_version: change.definition_version.ok_or_else(missing)?,
            period: rows::period(period.0, period.1)?,
            value: change.value.map(|d| d.0),
            numerator: change.numerator.map(|d| d.0),
            denominator: change.denominator.map(|d| d.0),
            absence: change.absence.map(|a| a.0),
            state: change.state.ok_or_else(missing)?.0,
            forecast: change.forecast.map(|d| d.0),
            commentary: change.commentary.clone(),
            action: change.remedial_action.clone(),
            action_owner: change.remedial_owner.clone(),
            action_due: change.remedial_due,
            quality_note: change.quality_note.clone(),
            sheet: change.sheet.clone(),
            cell: change.cell.clone(),
        })
    }
}

impl HeldRow {
    pub(super) fn of(model: observation::Model) -> Result<Self> {
        Ok(Self {
            observation: model.id,
            withdrawn: model.withdrawn,
            reason: model.reason,
            import: model.import_id,
            row: ObservationRow {
                indicator: model.indicator_id,
                definition_version: model.definition_version,
                period: rows::period(model.period_start, model.period_months)?,
                value: model.value.map(|d| d.0),
                numerator: model.numerator.map(|d| d.0),
                denominator: model.denominator.map(|d| d.0),
                absence: model.absence.map(|a| a.0),
                state: model.state.0,
                forecast: model.forecast.map(|d| d.0),
                commentary: model.commentary,
                action: model.remedial_action,
                action_owner: model.remedial_owner,
                action_due: model.remedial_due,
                quality_note: model.quality_note,
                sheet: model.sheet,
                cell: model.cell,
            },
        })
    }
}

/// A revision about to be written.
pub(super) struct Revision {
    pub id: Uuid,
    pub import: Option<Uuid>,
    pub withdrawn: bool,
    pub row: ObservationRow,
}

/// Columns of a revision that differ from row to row, in the order of [`Revision::fill`].
pub(super) const REVISION: [(&str, Kind); 21] = [
    ("id", Kind::Uuid),
    ("indicator_id", Kind::Uuid),
    ("definition_version", Kind::Int),
    ("period_start", Kind::Date),
    ("period_end", Kind::Date),
    ("period_months", Kind::Int),
    ("value", Kind::Decimal),
    ("numerator", Kind::Decimal),
    ("denominator", Kind::Decimal),
    ("absence", Kind::Text),
    ("state", Kind::Text),
    ("forecast", Kind::Decimal),
    ("commentary", Kind::Text),
    ("remedial_action", Kind::Text),
    ("remedial_owner", Kind::Text),
    ("remedial_due", Kind::Date),
    ("quality_note", Kind::Text),
    ("import_id", Kind::Uuid),
    ("sheet", Kind::Text),
    ("cell", Kind::Text),
    ("withdrawn", Kind::Bool),
];

impl Revision {
    pub(super) fn fill(&self, fields: &mut Fields<'_>) {
        let row = &self.row;
        fields.uuid(self.id);
        fields.uuid(row.indicator);
        fields.int(row.definition_version);
        fields.date(row.period.start());
        fields.date(row.period.end());
        fields.int(rows::months(row.period));
        fields.decimal(row.value);
        fields.decimal(row.numerator);
        fields.decimal(row.denominator);
        fields.text(row.absence.map(Absence::code));
        fields.text(row.state.code());
        fields.decimal(row.forecast);
        fields.text(row.commentary.as_deref());
        fields.text(row.action.as_deref());
        fields.text(row.action_owner.as_deref());
        fields.date(row.action_due);
        fields.text(row.quality_note.as_deref());
        fields.uuid(self.import);
        fields.text(row.sheet.as_deref());
        fields.text(row.cell.as_deref());
        fields.bool(self.withdrawn);
    }
}
