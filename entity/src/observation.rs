//! What was reported for one period of one indicator. Never overwritten: a correction supersedes it.

use rules::measure::{Absence, ValueState};
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "observation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    /// The version of the definition it was reported under.
    pub definition_version: i32,
    pub period_start: Date,
    /// The last day, so that a reporting period's figures are found without arithmetic.
    pub period_end: Date,
    pub period_months: i32,
    pub value: Option<Dec>,
    pub numerator: Option<Dec>,
    pub denominator: Option<Dec>,
    /// Why there is no value.
    pub absence: Option<Text<Absence>>,
    pub state: Text<ValueState>,
    /// What the year is expected to end on.
    pub forecast: Option<Dec>,
    pub commentary: Option<String>,
    pub remedial_action: Option<String>,
    pub remedial_owner: Option<String>,
    pub remedial_due: Option<Date>,
    pub quality_note: Option<String>,
    /// Why an earlier figure was corrected.
    pub reason: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
    /// The sheet it was read from.
    pub sheet: Option<String>,
    /// The cell it was read from, in A1 spelling.
    pub cell: Option<String>,
    /// A revision that says "no figure any more": what undoing an import leaves behind.
    pub withdrawn: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
