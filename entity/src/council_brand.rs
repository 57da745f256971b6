//! How a council's documents look and in which languages they are: as it was set, from when until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "council_brand")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What documents call the council; none for its own name.
    pub display_name: Option<String>,
    /// `#1F3A5F`: colour of headings; none for the house's.
    pub heading_colour: Option<String>,
    /// `#0B5CAD`: colour of the line of results in charts; none for the house's.
    pub chart_colour: Option<String>,
    /// Where the logo is kept.
    pub logo_key: Option<String>,
    /// PNG or JPEG.
    pub logo_format: Option<String>,
    /// In pixels.
    pub logo_width: Option<i32>,
    /// In pixels.
    pub logo_height: Option<i32>,
    /// Tags as a JSON list, the one documents are in by default first.
    pub languages: String,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
