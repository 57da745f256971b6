//! The indicators of the Local Government Benchmarking Framework as Scottish councils publish them: a row for each, with
//! how it is shown and ranked. The ranking says which way is better: ascending ranks put the least first.

use rules::measure::{Frequency, Polarity, YearBasis};

use super::{ListedMetric, Metric};
use crate::list::{Entry, Heading, heading};

pub(super) const COLUMNS: &[Heading] = &[
    heading("title", &[]),
    heading("code", &[]),
    heading("code sortable", &[]),
    heading("reportingperiod", &[]),
    heading("measuretype", &[]),
    heading("numberformat", &[]),
    heading("iscategory", &[]),
    heading("ranking type", &[]),
    heading("source", &[]),
    heading("numerator correct", &[]),
    heading("denominator correct", &[]),
    heading("numerator multipier", &["numerator multiplier"]),
    heading("denominator multiplier", &[]),
    heading("ranking goldilocksmidpoint", &[]),
];

pub(super) const NEEDED: &[&str] = &["title", "code", "reportingperiod", "measuretype", "ranking type"];

pub(super) fn metric(entry: &mut Entry<'_, '_>) -> Option<ListedMetric> {
    let place = entry.place("code");
    let (code, title) = (entry.need("code"), entry.need("title"));
    let format = entry.text("numberformat").unwrap_or_default();
    let (numerator, denominator) = (entry.text("numerator correct"), entry.text("denominator correct"));
    let (times, over) = (entry.number("numerator multipier"), entry.number("denominator multiplier"));
    let (better, best_value) = (better(entry), entry.number("ranking goldilocksmidpoint"));
    let (code, title) = (code?, title?);
    let reporting = entry.text("reportingperiod");
    let frequency = reporting.as_deref().and_then(frequency);
    // The files of figures spell the code with a space: `CORP 09`.
    let written_as = entry.text("code sortable").filter(|written| *written != code).into_iter().collect();
    let metric = Metric {
        unit: entry.text("measuretype").map(|kind| unit(&kind, &format)),
        decimals: Some(decimals(&format)),
        outcome: entry.text("iscategory"),
        source: entry.text("source"),
        // What is published once for several years is no yearly figure.
        note: reporting.filter(|_| frequency.is_none()).map(|words| format!("Published as: {words}.")),
        year_basis: frequency.map(|_| YearBasis::Financial),
        numerator_multiplier: times?,
        denominator_multiplier: over?,
        better: better?,
        best_value: best_value?.map(|midpoint| if format.contains('%') { midpoint * rust_decimal::Decimal::ONE_HUNDRED } else { midpoint }),
        code,
        title,
        numerator,
        denominator,
        frequency,
        written_as,
        ..Metric::default()
    };
    Some(ListedMetric { metric, place })
}

#[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
fn better(entry: &mut Entry<'_, '_>) -> Option<Option<Polarity>> {
    let Some(words) = entry.text("ranking type") else { return Some(None) };
    match words.to_lowercase().as_str() {
        "ascending" => Some(Some(Polarity::LowerIsBetter)),
        "descending" => Some(Some(Polarity::HigherIsBetter)),
        "goldilocks" => Some(Some(Polarity::WithinRange)),
        _ => {
            let advice = "Write Ascending, Descending or Goldilocks.".to_owned();
            entry.wrong("ranking type", "This is no way of ranking that is known.", Some(advice));
            None
        }
    }
}

fn frequency(words: &str) -> Option<Frequency> {
    match words.to_lowercase().as_str() {
        "annual" => Some(Frequency::Annual),
        "quarterly" => Some(Frequency::Quarterly),
        "monthly" => Some(Frequency::Monthly),
        _ => None,
    }
}

/// The unit in our words.
fn unit(kind: &str, format: &str) -> String {
    match kind.to_lowercase().as_str() {
        "percentage" => "Per cent".to_owned(),
        "cost" => "Pounds".to_owned(),
        "other measurement" if format.contains("tCO2") => "Tonnes of CO2".to_owned(),
        "other measurement" => "Number".to_owned(),
        _ => kind.to_owned(),
    }
}

/// Digits behind the point of the first number of a format: `0.0%` one, `'£ '0.00` two, `0.00 "tCO2"` two.
fn decimals(format: &str) -> u32 {
    let behind = format.split_once('.').map_or("", |(_, behind)| behind);
    let digits = behind.chars().take_while(|c| matches!(c, '0' | '#')).count();
    u32::try_from(digits).unwrap_or_default()
}
