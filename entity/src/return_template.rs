//! A return template as it was handed out: its fingerprint tells a filled-in copy where it came from.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_template")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub element_id: Uuid,
    pub period_start: Date,
    pub period_months: i32,
    /// 1, 2, …: a template handed out again.
    pub issue: i32,
    pub fingerprint: String,
    pub issued_at: DateTimeUtc,
    pub person_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
