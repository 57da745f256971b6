//! The return template: one workbook for one service and reporting period, with locked columns that say what is
//! owed, columns to fill in, and a fingerprint carried four ways so that a stale copy is told from a current one.

use chrono::{DateTime, NaiveDate, Utc};
use rules::measure::{Absence, Polarity};
use rules::period::Period;
use rules::status::{Thresholds, Wanted};
use rust_decimal::Decimal;

use crate::{Language, RenderError};

mod sheets;
mod stamp;

pub use stamp::{Stamp, fingerprint, is_signed, row_fingerprint, sign};

/// Everything of one return template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The council's id: a template of another council is refused.
    pub council_id: String,
    /// The council's code, for instance `devon`.
    pub council_code: String,
    /// The council's name.
    pub council: String,
    /// Id of the element that owes the return.
    pub element_id: String,
    /// Its code.
    pub element_code: String,
    /// Its title, for instance `Waste Services`.
    pub element: String,
    /// The reporting period.
    pub period: Period,
    /// Title of the framework.
    pub framework: String,
    /// Label of its edition, for instance `2023/24`.
    pub edition: String,
    /// 1 for the first issue of this return, 2 for the next, …
    pub issue: u32,
    /// When it was issued: also the creation time written into the file.
    pub issued_at: DateTime<Utc>,
    /// Last day for the return.
    pub due_on: Option<NaiveDate>,
    /// A team's mailbox or telephone number; empty for the performance team.
    pub contact: String,
    /// The language its own words are in. What it asks for stays as the council wrote it.
    pub language: Language,
    /// One row an indicator and period.
    pub rows: Vec<TemplateRow>,
}

/// One figure that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    /// The indicator's id.
    pub indicator_id: String,
    /// Its ref.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What to report, in a sentence.
    pub definition: String,
    /// Version of the definition.
    pub definition_version: u32,
    /// The indicator's own period, inside the reporting period.
    pub period: Period,
    /// `Per cent`, `Number`, …
    pub unit: String,
    /// Decimals shown.
    pub decimals: u32,
    /// Which way is better.
    pub polarity: Polarity,
    /// What is aimed at, and past what somebody steps in.
    pub thresholds: Thresholds,
    /// The figures that are on target or better: an explanation and an action are owed for any other. None where nothing
    /// of the kind is owed, whatever the figure.
    pub wanted: Option<Wanted>,
    /// The least a value can be.
    pub minimum: Option<Decimal>,
    /// The most a value can be.
    pub maximum: Option<Decimal>,
    /// What is above the line, in words; none where only the result is asked for.
    pub numerator: Option<String>,
    /// What is below the line, in words.
    pub denominator: Option<String>,
    /// Numerator over denominator is multiplied by this.
    pub multiplier: Decimal,
    /// The figure of the period before, or why there is none.
    pub previous: Option<Result<Decimal, Absence>>,
    /// The value already held for this period, when a correction is asked for: it stands in place of the one before.
    pub held: Option<Decimal>,
    /// What was returned for the periods before, the latest first.
    pub earlier: Vec<(Period, Result<Decimal, Absence>)>,
    /// What the year was last expected to end on.
    pub forecast: Option<Decimal>,
    /// What is aimed at for the year.
    pub year_target: Option<Decimal>,
}

/// The template as the bytes of a workbook; `key` is the council's signing key, of any length.
///
/// # Errors
/// [`RenderError`] when the workbook cannot hold what it was given.
pub fn render_template(template: &Template, key: &[u8]) -> Result<Vec<u8>, RenderError> {
    sheets::render(template, &Stamp::of(template, key))
}

impl Template {
    /// A name to save it by.
    #[must_use]
    pub fn file_name(&self) -> String {
        crate::text::file_name(self.language.say("file-return"), &self.element, &self.language.period(self.period))
    }
}
