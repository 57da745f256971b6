//! One element's return for one reporting period, from the first act on. Before that there is no row and the return is open.

use rules::cycle::State;
use sea_orm::entity::prelude::*;

use crate::Text;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_return")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The element that owes it.
    pub element_id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    /// Where it stands.
    pub state: Text<State>,
    /// 1, and one more each time it is reopened.
    pub round: i32,
    /// Grows with every act: who acts names the one they saw.
    pub revision: i32,
    /// When it came to stand there.
    pub changed_at: DateTimeUtc,
    /// Who brought it there.
    pub changed_by: Uuid,
    /// When it was last approved.
    pub approved_at: Option<DateTimeUtc>,
    /// When it was last published.
    pub published_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
