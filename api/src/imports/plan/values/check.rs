//! Whether figures are plausible, beside those held and those of the same workbook.

use std::collections::{BTreeMap, HashMap};

use importers::{Diagnostic, Severity};
use rules::aggregate::derive;
use rules::checks::{self, Entry, Finding, check_column};
use rules::measure::UnitKind;
use rules::period::Period;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::held::Held;
use super::plan::{Placed, Understood};
use super::{beside, given};

/// Values by indicator and version of the definition, in order of period.
type Histories = HashMap<(Uuid, i32), Vec<(Period, Decimal)>>;

/// Asks every rule of every row, and marks the rows that cannot be taken.
pub fn check(rows: &mut [Understood<'_>], held: &Held, is_template: bool, out: &mut Vec<Diagnostic>) {
    let histories = histories(rows, held);
    for row in rows.iter_mut() {
        let Placed { indicator, entry, version, period, .. } = row.placed;
        let history = histories.get(&(indicator.id, version.version)).map_or(&[][..], Vec::as_slice);
        let thresholds = row.placed.thresholds(held);
        for finding in checks::check(&entry_of(row, thresholds.target, history)) {
            row.refused |= finding.severity == checks::Severity::Error;
            out.push(diagnostic(finding, row.place.clone()));
        }
        let last_year = period.last_year().and_then(|year| history.binary_search_by_key(&year, |(p, _)| *p).ok());
        let same_period_last_year = last_year.and_then(|at| history.get(at)).map(|(_, value)| *value);
        let beside = beside::Held { entry, period, thresholds, same_period_last_year };
        if let Some(printed) = &row.printed {
            beside::compare(printed, &row.place.sheet, row.given.value, &beside, is_template, out);
        }
    }
    check_columns(rows, held, out);
}

/// Asks of every column of figures whether it is its own targets.
fn check_columns(rows: &[Understood<'_>], held: &Held, out: &mut Vec<Diagnostic>) {
    let mut columns: BTreeMap<(&str, &str), Vec<&Understood<'_>>> = BTreeMap::new();
    for row in rows {
        if row.in_value {
            columns.entry((row.place.sheet.as_str(), given::letters(&row.place.cell))).or_default().push(row);
        }
    }
    for rows in columns.into_values() {
        let pairs: Vec<_> = rows.iter().map(|row| (row.given.value, row.placed.thresholds(held).target)).collect();
        if let (Some(finding), Some(first)) = (check_column(&pairs), rows.first()) {
            out.push(diagnostic(finding, first.place.clone()));
        }
    }
}

/// What is held with the workbook's own figures laid over it: a first import of two years is checked like the
/// twenty-fourth of a month.
fn histories(rows: &[Understood<'_>], held: &Held) -> Histories {
    let mut all: HashMap<(Uuid, i32), BTreeMap<Period, Decimal>> = HashMap::new();
    for row in rows {
        let Placed { indicator, version, period, .. } = row.placed;
        let key = (indicator.id, version.version);
        let history = all.entry(key).or_insert_with(|| {
            let past = held.history.get(&key).into_iter().flatten();
            let derived = |n: Option<Decimal>, d: Option<Decimal>| derive(n?, d?, version.multiplier.0);
            past.filter_map(|(period, past)| Some((*period, past.value.or_else(|| derived(past.numerator, past.denominator))?))).collect()
        });
        match row.given.value {
            Some(value) => history.insert(period, value),
            None => history.remove(&period),
        };
    }
    all.into_iter().map(|(key, history)| (key, history.into_iter().collect())).collect()
}

fn entry_of<'a>(row: &Understood<'_>, target: Option<Decimal>, history: &'a [(Period, Decimal)]) -> Entry<'a> {
    let version = row.placed.version;
    Entry {
        period: row.placed.period,
        value: row.given.value,
        numerator: row.given.numerator,
        denominator: row.given.denominator,
        unit: UnitKind::of(&version.unit),
        decimal_places: u32::try_from(version.decimal_places).unwrap_or_default(),
        multiplier: version.multiplier.0,
        polarity: version.polarity.0,
        aggregation: version.aggregation.0,
        year_basis: version.year_basis.0,
        minimum: version.minimum.map(|d| d.0),
        maximum: version.maximum.map(|d| d.0),
        target,
        history,
    }
}

fn diagnostic(finding: Finding, place: importers::Place) -> Diagnostic {
    let severity = match finding.severity {
        checks::Severity::Error => Severity::Error,
        checks::Severity::Warning => Severity::Warning,
        checks::Severity::Info => Severity::Info,
    };
    let mut diagnostic = Diagnostic::new(finding.code, place, sentence(finding.message)).weighing(severity);
    diagnostic.suggestion = finding.suggestion.map(sentence);
    diagnostic
}

/// `rules` words its findings to stand in a list; in a line of their own they end with a full stop.
fn sentence(text: String) -> String {
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}
