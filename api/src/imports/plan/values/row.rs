//! A figure as a plan keeps it: the JSON of `before_row` and `after_row`.

use chrono::NaiveDate;
use entity::{Dec, Text, observation};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Result;
use crate::rows;

/// One indicator's figure for one period, with all that stands beside it and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub council: Uuid,
    pub person: Uuid,
    pub import: Option<Uuid>,
    pub reason: Option<String>,
    pub at: chrono::DateTime<chrono::Utc>,
    pub withdrawn: bool,
    pub row: ObservationRow,
}

impl Revision {
    pub(super) fn into_model(self) -> observation::ActiveModel {
        use sea_orm::ActiveValue::Set;
        let row = self.row;
        observation::ActiveModel {
            council_id: Set(self.council),
            id: Set(self.id),
            indicator_id: Set(row.indicator),
            definition_version: Set(row.definition_version),
            period_start: Set(row.period.start()),
            period_end: Set(row.period.end()),
            period_months: Set(rows::months(row.period)),
            value: Set(row.value.map(Dec)),
            numerator: Set(row.numerator.map(Dec)),
            denominator: Set(row.denominator.map(Dec)),
            absence: Set(row.absence.map(Text)),
            state: Set(Text(row.state)),
            forecast: Set(row.forecast.map(Dec)),
            commentary: Set(row.commentary),
            remedial_action: Set(row.action),
            remedial_owner: Set(row.action_owner),
            remedial_due: Set(row.action_due),
            quality_note: Set(row.quality_note),
            reason: Set(self.reason),
            recorded_at: Set(self.at),
            superseded_at: Set(None),
            recorded_by: Set(Some(self.person)),
            import_id: Set(self.import),
            sheet: Set(row.sheet),
            cell: Set(row.cell),
            withdrawn: Set(self.withdrawn),
        }
    }
}
