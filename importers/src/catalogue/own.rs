//! A catalogue in our own columns.

use rules::area::ServiceArea;
use rules::measure::{Frequency, Polarity, YearBasis};
use rules::period::spelling;

use super::{ListedMetric, Metric, MetricKind};
use crate::list::{Entry, Heading, heading};

pub(super) const COLUMNS: &[Heading] = &[
    heading("code", &["ref", "metric code", "measure code", "indicator code"]),
    heading("title", &["metric", "name", "measure", "indicator"]),
    heading("outcome", &["theme", "domain", "priority outcome"]),
    heading("kind", &["metric type"]),
    heading("definition", &["description"]),
    heading("unit", &["units"]),
    heading("decimals", &["decimal places"]),
    heading("better is", &["polarity", "good is"]),
    heading("best value", &["midpoint"]),
    heading("numerator", &[]),
    heading("denominator", &[]),
    heading("numerator multiplier", &[]),
    heading("denominator multiplier", &[]),
    heading("frequency", &["published"]),
    heading("year", &["year basis"]),
    heading("service area", &["service"]),
    heading("source", &["publisher"]),
    heading("previous code", &["replaces"]),
    heading("break", &["break from"]),
    heading("written as", &["aliases", "also written"]),
    heading("note", &["notes"]),
];

/// The mark of a metric that is only announced.
const PLACEHOLDER: &str = "[placeholder]";

/// What stands for no source.
const NO_SOURCE: [&str; 6] = ["none", "no source yet", "none yet", "no source", "tbc", "to be confirmed"];

/// A digit too many is a slip of the pen.
const DECIMALS_MAX: u32 = 10;

/// A row; none when it leaves out what is needed or says what cannot be.
pub(super) fn metric(entry: &mut Entry<'_, '_>) -> Option<ListedMetric> {
    let place = entry.place("code");
    let (code, title) = (entry.need("code"), entry.need("title"));
    let kind = entry.word("kind", MetricKind::ALL, MetricKind::words);
    let better = entry.word("better is", Polarity::ALL, Polarity::words);
    let frequency = entry.word("frequency", Frequency::ALL, Frequency::words);
    let year_basis = entry.word("year", YearBasis::ALL, YearBasis::words);
    let service = entry.word("service area", ServiceArea::ALL, ServiceArea::words);
    let decimals = decimals(entry);
    let (best_value, break_from) = (entry.number("best value"), period(entry));
    let multipliers = (entry.number("numerator multiplier"), entry.number("denominator multiplier"));
    let (title, placeholder) = announced(title?);
    let source = entry.text("source").filter(|source| !NO_SOURCE.contains(&source.trim().to_lowercase().as_str()));
    let written_as = entry.text("written as").map(|text| parts(&text)).unwrap_or_default();
    let metric = Metric {
        code: code?,
        title,
        placeholder,
        outcome: entry.text("outcome"),
        kind: kind?,
        definition: entry.text("definition"),
        unit: entry.text("unit"),
        decimals: decimals?,
        better: better?,
        best_value: best_value?,
        numerator: entry.text("numerator"),
        denominator: entry.text("denominator"),
        numerator_multiplier: multipliers.0?,
        denominator_multiplier: multipliers.1?,
        frequency: frequency?,
        year_basis: year_basis?,
        service: service?,
        source,
        previous_code: entry.text("previous code"),
        break_from: break_from?,
        written_as,
        note: entry.text("note"),
    };
    Some(ListedMetric { metric, place })
}

/// `[Placeholder] Decent homes` is announced.
fn announced(title: String) -> (String, bool) {
    let start = title.get(..PLACEHOLDER.len()).is_some_and(|start| start.eq_ignore_ascii_case(PLACEHOLDER));
    let rest = title.get(PLACEHOLDER.len()..).map(str::trim).filter(|rest| start && !rest.is_empty());
    match rest {
        Some(rest) => (rest.to_owned(), true),
        None => (title, start),
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
fn decimals(entry: &mut Entry<'_, '_>) -> Option<Option<u32>> {
    let Some(number) = entry.number("decimals")? else { return Some(None) };
    let whole = number.fract().is_zero().then(|| u32::try_from(number).ok()).flatten().filter(|decimals| *decimals <= DECIMALS_MAX);
    if whole.is_none() {
        let message = format!("Decimals are a whole number from 0 to {DECIMALS_MAX}.");
        entry.wrong("decimals", message, Some("Write 0, 1 or 2.".to_owned()));
    }
    whole.map(Some)
}

/// The first period after a break, which must be one.
#[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
fn period(entry: &mut Entry<'_, '_>) -> Option<Option<String>> {
    let Some(text) = entry.text("break") else { return Some(None) };
    let context = spelling::Context { basis: Some(YearBasis::Financial), ..spelling::Context::default() };
    match spelling::read(&text, &context) {
        Ok(_) => Some(Some(text)),
        Err(refusal) => {
            entry.wrong("break", refusal.message, Some("Write a period such as 2021/22.".to_owned()));
            None
        }
    }
}
