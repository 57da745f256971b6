//! A council's framework as plain rows: what a framework workbook holds, an export writes and an import compares.
//!
//! One row type a sheet of the framework workbook, keyed by [`Keyed::key`]. Reading a workbook and reading the
//! database both give a [`FrameworkBook`], so that exporting and importing again finds nothing to change.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::measure::{
    Aggregation, Dimension, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Mode, Polarity, Purpose,
    YearBasis,
};
use crate::period::Period;
use crate::status::Shape;

/// A row that can be told from the others of its sheet.
pub trait Keyed {
    /// What a second row with the same key would be a duplicate of, for instance an indicator's code.
    fn key(&self) -> String;
}

/// Everything of one framework edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkBook {
    /// The edition itself.
    pub edition: EditionRow,
    /// Elements and where they stand from when until when.
    pub elements: Vec<ElementRow>,
    /// Links of the golden thread.
    pub links: Vec<LinkRow>,
    /// Indicators, one row a version.
    pub indicators: Vec<IndicatorRow>,
    /// Targets, one row an indicator and period.
    pub targets: Vec<TargetRow>,
    /// Status rules of the framework and overrides per indicator.
    pub rules: Vec<RuleRow>,
    /// Reporting periods and whether they take figures.
    pub periods: Vec<ReportingPeriodRow>,
    /// Forums in the order information reaches them.
    pub forums: Vec<ForumRow>,
}

/// The edition: what it is called, for which years, and the decision that adopted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionRow {
    /// The council's code, for instance `devon`: a workbook of another council is refused.
    pub council: String,
    /// `Corporate Performance Framework`.
    pub title: String,
    /// `2024/25`: the label of the edition, unique in the council.
    pub edition: String,
    /// First day it stands.
    pub from: NaiveDate,
    /// Last day it stands; none while open-ended.
    pub until: Option<NaiveDate>,
    /// DRAFT, ADOPTED or SUPERSEDED.
    pub state: FrameworkState,
    /// The body that adopted it.
    pub adopted_by: Option<String>,
    /// When.
    pub adopted_on: Option<NaiveDate>,
    /// The minute or decision reference.
    pub minute_reference: Option<String>,
    /// What a reader must know, for instance that figures are illustrative.
    pub note: Option<String>,
}

/// An element in one place: an element that moved has a row for each place, told apart by `stands_from`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementRow {
    /// Unique in the edition.
    pub code: String,
    /// The council's own words.
    pub title: String,
    /// What it is.
    pub kind: ElementKind,
    /// The council's own word for the kind: `Key area`, `Division`.
    pub label: Option<String>,
    /// Code of the element it stands under; none at the top.
    pub parent: Option<String>,
    /// Do, enable or influence.
    pub mode: Option<Mode>,
    /// A sentence or two.
    pub description: Option<String>,
    /// Who answers for it, by name or post.
    pub owner: Option<String>,
    /// Order among its siblings.
    pub position: u32,
    /// First day in this place; none since the edition began.
    pub stands_from: Option<NaiveDate>,
    /// Last day in this place; none while it still stands there.
    pub stands_until: Option<NaiveDate>,
}

/// A link from an element or an indicator to an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    /// Code of the element or indicator the link starts from.
    pub from: String,
    /// True when `from` is an indicator's code.
    pub from_indicator: bool,
    /// What the link says.
    pub kind: LinkKind,
    /// Code of the element it leads to.
    pub to: String,
}

/// One version of one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorRow {
    /// Unique in the council.
    pub code: String,
    /// 1, 2, …: a changed definition is the next version.
    pub version: u32,
    /// First period reported under this version; none for the first version.
    pub applies_from: Option<Period>,
    /// What it is called.
    pub title: String,
    /// What is counted, in a sentence.
    pub definition: String,
    /// Why it is measured.
    pub rationale: Option<String>,
    /// How it is worked out.
    pub calculation: Option<String>,
    /// OPERATIONAL or CONTEXTUAL.
    pub purpose: Purpose,
    /// `Per cent`, `Number`, `Pounds`, `Days`, `Rate per 1,000`, …
    pub unit: String,
    /// Decimals shown, and judged at (§5.1). 0 to 6.
    pub decimal_places: u32,
    /// Which way is better.
    pub polarity: Polarity,
    /// How often it is due.
    pub frequency: Frequency,
    /// Which year.
    pub year_basis: YearBasis,
    /// How a year to date is made.
    pub aggregation: Aggregation,
    /// What is above the line, in words.
    pub numerator: Option<String>,
    /// What is below the line, in words.
    pub denominator: Option<String>,
    /// Numerator over denominator is multiplied by this: 100 for a percentage.
    pub multiplier: Decimal,
    /// The least a value can be.
    pub minimum: Option<Decimal>,
    /// The most a value can be.
    pub maximum: Option<Decimal>,
    /// Code of the element that owns it.
    pub owner: String,
    /// Reported to Cabinet first (seed 002).
    pub headline: bool,
    /// Among the few that matter most (seed 003).
    pub critical: bool,
    /// A unit cost (seeds 000, 001).
    pub unit_cost: bool,
    /// Owed to a national body.
    pub statutory: bool,
    /// Economy, efficiency or effectiveness.
    pub dimension: Option<Dimension>,
    /// Where figures come from.
    pub source: Option<String>,
    /// Days after a period's end until a figure can be expected.
    pub data_lag_days: u32,
    /// The period the baseline stands for.
    pub baseline_period: Option<Period>,
    /// The baseline's value.
    pub baseline_value: Option<Decimal>,
    /// Who is responsible.
    pub responsible: Option<String>,
    /// Who is accountable.
    pub accountable: Option<String>,
    /// Which portfolio holder answers for it.
    pub portfolio_holder: Option<String>,
    /// Who hands the figures in.
    pub data_provider: Option<String>,
    /// The national metric it maps to.
    pub external_metric: Option<String>,
    /// Other codes and names it is known by.
    pub aliases: Vec<String>,
    /// PROPOSED, ACTIVE or RETIRED.
    pub lifecycle: Lifecycle,
    /// What is written beside its figures may speak of persons: it is for officers.
    #[serde(default)]
    pub sensitive: bool,
    /// Codes of the indicators it explains: the backlog behind the completions (§7).
    #[serde(default)]
    pub context_for: Vec<String>,
}

/// What is aimed at in one period, or in a year for all its periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRow {
    /// The indicator's code.
    pub indicator: String,
    /// A year (flat) or one of the indicator's own periods (profile).
    pub period: Period,
    /// What is aimed at.
    pub target: Option<Decimal>,
    /// Past this, somebody steps in.
    pub intervention: Option<Decimal>,
    /// RANGE: the least that is on target.
    pub lower: Option<Decimal>,
    /// RANGE: the most that is on target.
    pub upper: Option<Decimal>,
    /// RANGE: the least that is not red.
    pub intervention_lower: Option<Decimal>,
    /// RANGE: the most that is not red.
    pub intervention_upper: Option<Decimal>,
    /// The trend or benchmark behind it; a target without is marked so (§3).
    pub evidence: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// How status is decided from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// The indicator it overrides the framework's rule for; none for the framework's own.
    pub indicator: Option<String>,
    /// Judges periods that end on or after this day.
    pub applies_from: NaiveDate,
    /// The shape with its parameters.
    pub shape: Shape,
}

/// A period that takes figures, or no longer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportingPeriodRow {
    /// Figures of periods that end inside it belong to it.
    pub period: Period,
    /// Whether figures are taken.
    pub open: bool,
    /// Last day for returns.
    pub due_on: Option<NaiveDate>,
}

/// A body that is given figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForumRow {
    /// Unique in the council.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What sort of body.
    pub kind: ForumKind,
    /// Its place in the cascade, 1 first.
    pub position: u32,
    /// `Quarterly`, `Monthly`.
    pub meets: Option<String>,
    /// What it is given.
    pub gets: ForumGets,
    /// Codes of the elements in its remit; empty for the whole council.
    pub remit: Vec<String>,
}

impl Keyed for ElementRow {
    fn key(&self) -> String {
        match self.stands_from {
            Some(day) => format!("{} from {day}", self.code),
            None => self.code.clone(),
        }
    }
}

impl Keyed for LinkRow {
    fn key(&self) -> String {
        let of = if self.from_indicator { "indicator" } else { "element" };
        format!("{of} {} {} {}", self.from, self.kind.words().to_lowercase(), self.to)
    }
}

impl Keyed for IndicatorRow {
    fn key(&self) -> String {
        if self.version == 1 { self.code.clone() } else { format!("{} version {}", self.code, self.version) }
    }
}

impl Keyed for TargetRow {
    fn key(&self) -> String {
        format!("{} {}", self.indicator, self.period)
    }
}

impl Keyed for RuleRow {
    fn key(&self) -> String {
        format!("{} from {}", self.indicator.as_deref().unwrap_or("framework"), self.applies_from)
    }
}

impl Keyed for ReportingPeriodRow {
    fn key(&self) -> String {
        self.period.to_string()
    }
}

impl Keyed for ForumRow {
    fn key(&self) -> String {
        self.code.clone()
    }
}
