//! One row of an import's plan, with what stood before and what stands after.
//!
//! A figure is kept in columns, as [`crate::observation`] keeps it, and becomes an observation with this row's id; any other
//! row is kept as JSON.

use rules::measure::{Absence, ValueState};
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import_id: Uuid,
    /// 1, 2, … in the order of the workbook.
    pub seq: i32,
    /// NEW, CHANGED, SAME or REFUSED.
    pub kind: String,
    /// OBSERVATION, ELEMENT, LINK, INDICATOR, TARGET, RULE, PERIOD, FORUM or EDITION.
    pub subject: String,
    /// The row's key, as `rules::framework::Keyed` makes it.
    pub key: String,
    /// The indicator spoken of, if it exists yet: therefore no foreign key.
    pub indicator_id: Option<Uuid>,
    pub indicator_code: Option<String>,
    pub period_start: Option<Date>,
    pub period_months: Option<i32>,
    /// Short, for people.
    pub before: Option<String>,
    pub after: Option<String>,
    /// The whole row as JSON; none for figures.
    pub before_row: Option<String>,
    pub after_row: Option<String>,
    pub sheet: Option<String>,
    pub cell: Option<String>,
    /// What became of it where that is not what the plan says: LEFT_OUT, REVERSED, KEPT or FAILED.
    pub outcome: Option<String>,
    /// Why it was kept, or could not be taken back.
    pub because: Option<String>,
    /// The observation that was current when the plan was made.
    pub held_id: Option<Uuid>,
    pub definition_version: Option<i32>,
    pub value: Option<Dec>,
    pub numerator: Option<Dec>,
    pub denominator: Option<Dec>,
    pub forecast: Option<Dec>,
    pub absence: Option<Text<Absence>>,
    pub state: Option<Text<ValueState>>,
    pub commentary: Option<String>,
    pub remedial_action: Option<String>,
    pub remedial_owner: Option<String>,
    pub quality_note: Option<String>,
    pub remedial_due: Option<Date>,
    /// Why a held figure is changed, where the row says so itself.
    pub reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
