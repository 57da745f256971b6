//! National catalogues: the metrics a framework beyond the council is made of, whether or not anybody publishes them yet.
//!
//! A list of our own, as separated text or a sheet of a workbook; headings in any order (* needed):
//!
//! | heading | what stands below it |
//! |---|---|
//! | code* | what a metric is known by; unique in the file |
//! | title* | its name; `[Placeholder]` in front of it says that it is only announced |
//! | outcome | the outcome, theme or domain it stands under |
//! | kind | Outcome or Output |
//! | definition | what is counted |
//! | unit | Per cent, Number, Pounds, Days, Rate per 1,000 … |
//! | decimals | digits behind the point, 0 to 10 |
//! | better is | Higher, Lower, In range, No preference |
//! | best value | where `In range` is best |
//! | numerator, denominator | what is divided by what |
//! | numerator multiplier, denominator multiplier | what published parts are multiplied by before they are divided |
//! | frequency | Monthly, Quarterly, Half-yearly, Yearly |
//! | year | Financial, Calendar, Academic |
//! | service area | the service that answers for it, as [`ServiceArea`] names them |
//! | source | who publishes it; blank or `none`: nobody yet |
//! | previous code | the metric it follows |
//! | break | the first period that cannot be compared with those before |
//! | written as | codes and names that published files give it, parted by `;` |
//! | note | anything else |
//!
//! The list of indicators of the Local Government Benchmarking Framework is read as it is published.

use std::collections::HashMap;

use rules::area::ServiceArea;
use rules::closed_set;
use rules::measure::{Frequency, Polarity, YearBasis};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::list::{self, List};
use crate::reading::{Format, Limits};

mod lgbf;
mod own;
#[cfg(test)]
mod tests;

closed_set! {
    /// What a metric measures of an outcome.
    MetricKind {
        /// What becomes of people and places.
        Outcome = "OUTCOME", "Outcome";
        /// What the council does about it.
        Output = "OUTPUT", "Output";
    }
}

/// A metric of a national framework.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metric {
    /// What it is known by.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Only announced: its wording may change.
    pub placeholder: bool,
    /// The outcome, theme or domain it stands under.
    pub outcome: Option<String>,
    /// Outcome or output, where the framework tells them apart.
    pub kind: Option<MetricKind>,
    /// What is counted.
    pub definition: Option<String>,
    /// The unit in words.
    pub unit: Option<String>,
    /// Digits behind the point.
    pub decimals: Option<u32>,
    /// Which way is better.
    pub better: Option<Polarity>,
    /// Where in a range is best: the midpoint that both sides fall off from.
    pub best_value: Option<Decimal>,
    /// What is counted of it.
    pub numerator: Option<String>,
    /// What it is counted against.
    pub denominator: Option<String>,
    /// What a published numerator is multiplied by before it is divided: 1000 where it is published in thousands.
    pub numerator_multiplier: Option<Decimal>,
    /// As [`Metric::numerator_multiplier`], of the denominator.
    pub denominator_multiplier: Option<Decimal>,
    /// How often it is published; none where it is not, or not in whole periods.
    pub frequency: Option<Frequency>,
    /// Which year it keeps.
    pub year_basis: Option<YearBasis>,
    /// The service that answers for it.
    pub service: Option<ServiceArea>,
    /// Who publishes it; none where nobody does yet.
    pub source: Option<String>,
    /// The metric it follows.
    pub previous_code: Option<String>,
    /// The first period that cannot be compared with those before, as written.
    pub break_from: Option<String>,
    /// Codes and names published files give it beside its own.
    pub written_as: Vec<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// A metric with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedMetric {
    /// The metric.
    pub metric: Metric,
    /// Where its row begins.
    pub place: Place,
}

/// Whose list it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CatalogueKind {
    /// A list of our own.
    Own,
    /// The indicators of the Local Government Benchmarking Framework.
    Lgbf,
}

/// The metrics that are right beside the problems of those that are not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CatalogueReading {
    /// What the bytes are; none when they are no workbook.
    pub format: Option<Format>,
    /// Whose list it was taken for; none when for none.
    pub kind: Option<CatalogueKind>,
    /// The metrics, in order.
    pub metrics: Vec<ListedMetric>,
    /// What is wrong or worth knowing, one a cause.
    pub diagnostics: Vec<Diagnostic>,
}

impl CatalogueReading {
    /// Whether anything in it is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads a catalogue.
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> CatalogueReading {
    let mut out = CatalogueReading::default();
    let mut problems = Vec::new();
    let (format, book) = list::open(bytes, file_name, limits, &mut problems);
    out.format = format;
    if let Some(book) = book {
        if let Some(found) = List::in_book(&book, lgbf::COLUMNS, lgbf::NEEDED) {
            out.kind = Some(CatalogueKind::Lgbf);
            out.metrics = found.rows().filter_map(|row| lgbf::metric(&mut found.entry(row, &mut problems))).collect();
        } else if let Some(found) = List::in_book(&book, own::COLUMNS, &["code", "title"]) {
            out.kind = Some(CatalogueKind::Own);
            found.remark_others(&mut problems);
            out.metrics = found.rows().filter_map(|row| own::metric(&mut found.entry(row, &mut problems))).collect();
            previous(&out.metrics, &mut problems);
        } else if problems.iter().all(|problem| problem.severity != Severity::Error) {
            problems.push(list::unknown(file_name, "code, title, outcome, kind, definition, unit, better is, frequency and source"));
        }
    }
    once(&mut out.metrics, &mut problems);
    out.diagnostics = list::settled(problems);
    out
}

/// Keeps the first of metrics with one code (LST-003).
fn once(metrics: &mut Vec<ListedMetric>, problems: &mut Vec<Diagnostic>) {
    let mut known: HashMap<String, Place> = HashMap::new();
    metrics.retain(|listed| {
        let code = listed.metric.code.to_lowercase();
        let Some(first) = known.get(&code) else {
            known.insert(code, listed.place.clone());
            return true;
        };
        let message = format!("{} is the code of the row at {} too; this row was not read.", listed.metric.code, first.cell);
        problems.push(Diagnostic::new("LST-003", listed.place.clone(), message).suggest("Give each metric a code of its own."));
        false
    });
}

/// Previous codes that are their own metric's (LST-004). One that stands in no list may be an earlier edition's.
fn previous(metrics: &[ListedMetric], problems: &mut Vec<Diagnostic>) {
    for listed in metrics {
        let own = |previous: &String| previous.eq_ignore_ascii_case(&listed.metric.code);
        if listed.metric.previous_code.as_ref().is_some_and(own) {
            let message = format!("{} cannot follow itself.", listed.metric.code);
            let problem = Diagnostic::new("LST-004", listed.place.clone(), message);
            problems.push(problem.suggest("Write the code it had before, or none."));
        }
    }
}
