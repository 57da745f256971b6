//! Which measures a file has: as the sender's list of them says, as they were before, else as the file itself names them.

use std::collections::HashSet;

use importers::benchmark::{BenchmarkReading, MeasureMet};
use importers::catalogue::Metric;
use rules::area::ServiceArea;
use rules::measure::{Frequency, Polarity, UnitKind, YearBasis};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::benchmarks::store::datasets::{Dataset, Measure};

/// Characters of a code.
const CODE_CHARACTERS_MAX: usize = 60;
/// Characters of a title.
const TITLE_CHARACTERS_MAX: usize = 300;

/// A measure as it is to be kept.
#[derive(Debug, Clone)]
pub struct NewMeasure {
    /// The measure of this code that is kept already.
    pub held: Option<Uuid>,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub decimal_places: u32,
    pub polarity: Polarity,
    pub multiplier: Decimal,
    pub service_area: Option<ServiceArea>,
    pub frequency: Option<Frequency>,
    pub basis: Option<YearBasis>,
    /// Whether a list says all of this, so that what is kept already is corrected by it.
    pub said: bool,
}

/// Of each measure of a file, in its order, what it is; none for one that the sender's list leaves out.
pub struct Known {
    pub measures: Vec<NewMeasure>,
    /// Its place in `measures`, for each measure of the file.
    pub of: Vec<Option<usize>>,
    /// Measures the list leaves out, in words.
    pub left_out: Vec<String>,
    /// Measures of the list that the file has not.
    pub not_there: Vec<String>,
}

/// Finds out what each measure of a file is.
pub fn known(reading: &BenchmarkReading, listed: Option<&[Metric]>, held: Option<&Dataset>) -> Known {
    let mut out = Known { measures: Vec::new(), of: Vec::new(), left_out: Vec::new(), not_there: Vec::new() };
    let mut codes: HashSet<String> = HashSet::new();
    let mut used = vec![None; listed.map_or(0, <[Metric]>::len)];
    for met in &reading.measures {
        if let Some(listed) = listed {
            let found = listed.iter().position(|metric| names(met).any(|name| is(metric, &name)));
            let Some(at) = found else {
                out.left_out.push(words(met));
                out.of.push(None);
                continue;
            };
            let place = match used.get(at).copied().flatten() {
                Some(place) => place,
                None => {
                    out.measures.extend(listed.get(at).map(|metric| said(metric, held)));
                    out.measures.len() - 1
                }
            };
            if let Some(used) = used.get_mut(at) {
                *used = Some(place);
            }
            out.of.push(Some(place));
            continue;
        }
        let mut code = coded(met);
        let mut next = 2;
        while !codes.insert(code.to_lowercase()) {
            code = format!("{}-{next}", cut(&coded(met), CODE_CHARACTERS_MAX - 5));
            next += 1;
        }
        out.of.push(Some(out.measures.len()));
        out.measures.push(match held.and_then(|dataset| dataset.measure(&code)) {
            Some(measure) => kept(measure),
            None => met_first(met, code),
        });
    }
    let missing = used.iter().zip(listed.unwrap_or_default()).filter(|(used, _)| used.is_none());
    out.not_there = missing.map(|(_, metric)| format!("{} {}", metric.code, metric.title)).collect();
    out
}

fn said(metric: &Metric, held: Option<&Dataset>) -> NewMeasure {
    let unit = metric.unit.clone().unwrap_or_else(|| "Number".to_owned());
    NewMeasure {
        held: held.and_then(|dataset| dataset.measure(&metric.code)).map(|measure| measure.id),
        code: metric.code.clone(),
        title: metric.title.clone(),
        decimal_places: metric.decimals.unwrap_or_else(|| places(&unit)),
        polarity: metric.better.unwrap_or(Polarity::None),
        multiplier: multiplier(&unit),
        service_area: metric.service,
        frequency: metric.frequency,
        basis: metric.year_basis,
        said: true,
        unit,
    }
}

fn kept(measure: &Measure) -> NewMeasure {
    NewMeasure {
        held: Some(measure.id),
        code: measure.code.clone(),
        title: measure.title.clone(),
        unit: measure.unit.clone(),
        decimal_places: measure.decimal_places,
        polarity: measure.polarity,
        multiplier: measure.multiplier,
        service_area: measure.service_area,
        frequency: measure.frequency,
        basis: None,
        said: false,
    }
}

fn met_first(met: &MeasureMet, code: String) -> NewMeasure {
    let percent =
        words(met).contains('%') || words(met).to_lowercase().contains("per cent") || words(met).to_lowercase().contains("percentage");
    let unit = met.unit.clone().unwrap_or_else(|| if percent { "Per cent".to_owned() } else { "Number".to_owned() });
    NewMeasure {
        held: None,
        code,
        title: cut(&words(met), TITLE_CHARACTERS_MAX),
        decimal_places: places(&unit),
        polarity: Polarity::None,
        multiplier: multiplier(&unit),
        service_area: None,
        frequency: None,
        basis: None,
        said: false,
        unit,
    }
}

/// Every way a file names a measure.
fn names(met: &MeasureMet) -> impl Iterator<Item = String> {
    let (code, name) = (met.code.as_ref().map(|text| text.text.as_str()), met.name.as_ref().map(|text| text.text.as_str()));
    let variant = met.variant.as_deref();
    let with = |of: Option<&str>| of.zip(variant).map(|(of, variant)| format!("{of} {variant}"));
    let alone = |of: Option<&str>| of.map(str::to_owned);
    let under = met.table.as_deref().zip(name).map(|(table, name)| format!("{table} {name}"));
    // With its variant first: a list may name one and the other.
    let all = [with(code), with(name), under, alone(met.heading.as_deref()), Some(met.key.clone()), alone(code), alone(name)];
    all.into_iter().flatten()
}

fn is(metric: &Metric, name: &str) -> bool {
    let name = plain(name);
    std::iter::once(&metric.code).chain([&metric.title]).chain(&metric.written_as).any(|known| plain(known) == name)
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a measure is called, with what tells it from others of its name.
fn words(met: &MeasureMet) -> String {
    let name = met.name.as_ref().or(met.code.as_ref()).map_or(met.key.as_str(), |text| text.text.as_str());
    let parts = [met.table.as_deref(), Some(name), met.variant.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// A code for a measure that has none: the same for the same measure, from one edition to the next.
fn coded(met: &MeasureMet) -> String {
    let given = met.code.as_ref().filter(|_| met.variant.is_none()).map_or(met.key.as_str(), |code| code.text.as_str());
    let mut code = String::new();
    for c in given.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            code.push(c.to_ascii_uppercase());
        } else if !code.ends_with('-') && !code.is_empty() {
            code.push('-');
        }
    }
    let code = cut(code.trim_end_matches('-'), CODE_CHARACTERS_MAX);
    if code.is_empty() { "MEASURE".to_owned() } else { code }
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

fn places(unit: &str) -> u32 {
    match UnitKind::of(unit) {
        UnitKind::Percent | UnitKind::Rate | UnitKind::Duration => 1,
        _ => 0,
    }
}

/// What numerator over denominator is multiplied by in a unit: 100 of a percentage, 1,000 of a rate per thousand.
fn multiplier(unit: &str) -> Decimal {
    if UnitKind::of(unit) == UnitKind::Percent {
        return Decimal::ONE_HUNDRED;
    }
    let after = unit.to_lowercase();
    let digits: String = after.split("per ").nth(1).unwrap_or_default().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    let of: Option<Decimal> = digits.replace(',', "").parse().ok();
    of.filter(|of| !of.is_zero()).unwrap_or(Decimal::ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_says_what_a_ratio_is_multiplied_by() {
        for (unit, expected) in
            [("Per cent", 100), ("Rate per 1,000", 1_000), ("per 100,000 population", 100_000), ("Number", 1), ("Pounds per head", 1)]
        {
            assert_eq!(multiplier(unit), Decimal::from(expected), "{unit}");
        }
    }
}
