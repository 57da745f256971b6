//! A mapping and the workbook that name different periods or multipliers: which of them is right is a question.

use chrono::NaiveDate;
use rules::measure::{Frequency, YearBasis};
use rules::period::Period;
use rules::period::spelling::{Context, read};

use crate::Place;
use crate::diagnostic::Diagnostic;
use crate::row::{PeriodContent, Scale};
use crate::sheet::Sheet;

/// MAP-004 at the place that names another period than the mapping, which `path` is a part of.
pub(super) fn period(sheet: &Sheet, told: &str, named: &PeriodContent, cell: &str, path: &str) -> Option<Diagnostic> {
    let named = match named {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.to_string(),
    };
    if !differ(told, &named) {
        return None;
    }
    let message = format!("{path}: the mapping says these figures are of {told:?}, and the workbook itself says {named:?}; none was read.");
    let problem = Diagnostic::new("MAP-004", Place::new(sheet.name.clone(), cell), message).seen(&named);
    Some(problem.suggest("Take the period out of the mapping, so that the workbook's own counts; or correct the one that is wrong."))
}

/// MAP-004 at the place that multiplies by something else than the mapping, which `path` is a part of.
pub(super) fn multiplier(sheet: &Sheet, told: Scale, named: Scale, (cell, seen): (&str, &str), path: &str) -> Option<Diagnostic> {
    if told == named {
        return None;
    }
    let (told, named) = (told.words().to_lowercase(), named.words().to_lowercase());
    let message = format!("{path}: the mapping says these figures are in {told}, and the workbook itself says {named}; none was read.");
    let problem = Diagnostic::new("MAP-004", Place::new(sheet.name.clone(), cell), message).seen(seen);
    Some(problem.suggest("Take the multiplier out of the mapping, so that the workbook's own counts; or correct the one that is wrong."))
}

/// Whether they cannot both be true. A mapping may be more precise than a title, and not the other way round; what cannot
/// be read is not compared.
fn differ(told: &str, named: &str) -> bool {
    let bases = [YearBasis::Financial, YearBasis::Calendar];
    let pairs = bases.into_iter().filter_map(|basis| {
        let told = days(told, basis, None)?;
        let year = Period::holding(told.0, Frequency::Annual, YearBasis::Financial);
        // A heading without a year is of the year the mapping says.
        Some((told, days(named, basis, None).or_else(|| days(named, basis, year))?))
    });
    let within: Vec<bool> = pairs.map(|(told, named)| holds(named, told) || (named.0 == named.1 && holds(told, named))).collect();
    !within.is_empty() && !within.contains(&true)
}

/// Whether the first holds the second; a single day may stand for the period it is in.
fn holds(one: (NaiveDate, NaiveDate), other: (NaiveDate, NaiveDate)) -> bool {
    one.0 <= other.0 && other.1 <= one.1
}

fn days(text: &str, basis: YearBasis, year: Option<Period>) -> Option<(NaiveDate, NaiveDate)> {
    let context = Context { basis: Some(basis), year, ..Context::default() };
    read(text, &context).ok().map(|(reading, _)| reading.days())
}
