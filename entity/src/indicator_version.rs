//! A definition of an indicator. A changed definition is the next version; a corrected one supersedes its own row.

use rules::measure::{Aggregation, Dimension, Frequency, Polarity, Purpose, YearBasis};
use sea_orm::entity::prelude::*;

use crate::{Dec, Text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub council_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub indicator_id: Uuid,
    /// 1, 2, …: unique among the indicator's current rows.
    pub version: i32,
    /// First day of the first period reported under it; none for the first version.
    pub applies_from: Option<Date>,
    /// That period's months.
    pub applies_months: Option<i32>,
    pub title: String,
    pub definition: String,
    pub rationale: Option<String>,
    pub calculation: Option<String>,
    pub purpose: Text<Purpose>,
    /// The council's words: `Per cent`, `Rate per 1,000`.
    pub unit: String,
    /// Decimals shown, and judged at.
    pub decimal_places: i32,
    pub polarity: Text<Polarity>,
    pub frequency: Text<Frequency>,
    pub year_basis: Text<YearBasis>,
    pub aggregation: Text<Aggregation>,
    /// What is above the line, in words.
    pub numerator: Option<String>,
    /// What is below the line, in words.
    pub denominator: Option<String>,
    /// Numerator over denominator times this is the value.
    pub multiplier: Dec,
    pub minimum: Option<Dec>,
    pub maximum: Option<Dec>,
    pub headline: bool,
    pub critical: bool,
    pub unit_cost: bool,
    pub statutory: bool,
    pub dimension: Option<Text<Dimension>>,
    pub source: Option<String>,
    /// Days after a period's end until a figure can be expected.
    pub data_lag_days: i32,
    pub baseline_start: Option<Date>,
    pub baseline_months: Option<i32>,
    pub baseline_value: Option<Dec>,
    pub responsible: Option<String>,
    pub accountable: Option<String>,
    pub portfolio_holder: Option<String>,
    pub data_provider: Option<String>,
    pub external_metric: Option<String>,
    pub recorded_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub recorded_by: Option<Uuid>,
    pub import_id: Option<Uuid>,
    /// Words beside its figures may speak of persons: they are for officers.
    pub sensitive: bool,
    /// Refs of the indicators it explains, as a JSON list.
    pub context_for: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
