//! What changed between two editions.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::fields::{indicator_fields, shape_words};
use crate::framework::{ElementRow, FrameworkBook, IndicatorRow, RuleRow, TargetRow};
use crate::period::Period;
use crate::status::Thresholds;

/// One thing said of something, before and after. Blank where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// What it is called in a framework workbook: `Unit`.
    pub field: &'static str,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// An element, as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementChange {
    /// Its code.
    pub code: String,
    /// Title in the earlier edition; none where it is new.
    pub before: Option<String>,
    /// Title in the later edition; none where it is gone.
    pub after: Option<String>,
    /// Code of what it stood below.
    pub parent_before: Option<String>,
    /// Code of what it stands below.
    pub parent_after: Option<String>,
}

/// An indicator that both have, as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorChange {
    /// Its code.
    pub code: String,
    /// What its definition says otherwise; none where it is as it was.
    pub fields: Vec<FieldChange>,
}

/// How statuses are decided, as it was and as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The indicator whose own rule it is; none for the framework's.
    pub indicator: Option<String>,
    /// In words; none where there was none.
    pub before: Option<String>,
    /// In words; none where there is none.
    pub after: Option<String>,
}

/// What is aimed at in the same place of both spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AimChange {
    /// The indicator.
    pub indicator: String,
    /// The period of the later edition.
    pub period: Period,
    /// What was aimed at in the same place of the earlier one; none where nothing was.
    pub before: Option<Thresholds>,
    /// What is aimed at; none where nothing is.
    pub after: Option<Thresholds>,
}

/// What changed between two editions, each list in the order of codes or periods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Elements that are new.
    pub added: Vec<ElementChange>,
    /// Elements that are gone.
    pub gone: Vec<ElementChange>,
    /// Elements of another title.
    pub renamed: Vec<ElementChange>,
    /// Elements that stand below something else.
    pub moved: Vec<ElementChange>,
    /// Indicators whose definition is as it was.
    pub retained: Vec<String>,
    /// Indicators whose definition changed.
    pub amended: Vec<IndicatorChange>,
    /// Indicators the later edition has not.
    pub removed: Vec<String>,
    /// Indicators the earlier edition had not.
    pub new: Vec<String>,
    /// How statuses are decided otherwise.
    pub rules: Vec<RuleChange>,
    /// What is aimed at otherwise.
    pub targets: Vec<AimChange>,
}

/// Compares an edition with a later one: the earlier as it stood on its last day before the later began, the later as it
/// stands from its first.
#[must_use]
pub fn compare(from: &FrameworkBook, to: &FrameworkBook) -> Comparison {
    let eve = to.edition.from.pred_opt().unwrap_or(to.edition.from);
    let last = from.edition.until.unwrap_or(eve);
    let (mut elements, before, after) = (Comparison::default(), standing(&from.elements, last), standing(&to.elements, to.edition.from));
    for code in before.keys().chain(after.keys()).copied().collect::<BTreeSet<&str>>() {
        let (was, is) = (before.get(code), after.get(code));
        let change = ElementChange {
            code: code.to_owned(),
            before: was.map(|row| row.title.clone()),
            after: is.map(|row| row.title.clone()),
            parent_before: was.and_then(|row| row.parent.clone()),
            parent_after: is.and_then(|row| row.parent.clone()),
        };
        match (was, is) {
            (None, _) => elements.added.push(change),
            (_, None) => elements.gone.push(change),
            (Some(was), Some(is)) => {
                if was.title != is.title {
                    elements.renamed.push(change.clone());
                }
                if was.parent != is.parent {
                    elements.moved.push(change);
                }
            }
        }
    }
    let until = to.edition.until.unwrap_or(NaiveDate::MAX);
    let (was, is) = (in_force(&from.indicators, last), in_force(&to.indicators, until));
    let mut compared = elements;
    for code in was.keys().chain(is.keys()).copied().collect::<BTreeSet<&str>>() {
        match (was.get(code), is.get(code)) {
            (None, _) => compared.new.push(code.to_owned()),
            (_, None) => compared.removed.push(code.to_owned()),
            (Some(was), Some(is)) => match differing(was, is) {
                fields if fields.is_empty() => compared.retained.push(code.to_owned()),
                fields => compared.amended.push(IndicatorChange { code: code.to_owned(), fields }),
            },
        }
    }
    compared.rules = rules((&from.rules, last), (&to.rules, to.edition.from));
    compared.targets = targets(from, to, until, |code| was.contains_key(code) && is.contains_key(code));
    compared
}

/// Elements in their places of a day. One that stands in none is left out.
fn standing(rows: &[ElementRow], on: NaiveDate) -> HashMap<&str, &ElementRow> {
    let stands = |row: &&ElementRow| row.stands_from.is_none_or(|from| from <= on) && row.stands_until.is_none_or(|until| until >= on);
    rows.iter().filter(stands).map(|row| (row.code.as_str(), row)).collect()
}

/// Of each indicator the version in force on a day.
fn in_force(rows: &[IndicatorRow], on: NaiveDate) -> HashMap<&str, &IndicatorRow> {
    let mut found: HashMap<&str, &IndicatorRow> = HashMap::new();
    for row in rows {
        let applies = row.applies_from.is_none_or(|from| from.start() <= on);
        let known = found.get(row.code.as_str());
        if known.is_none_or(|known| applies && known.version < row.version) {
            found.insert(&row.code, row);
        }
    }
    found
}

fn differing(was: &IndicatorRow, is: &IndicatorRow) -> Vec<FieldChange> {
    // From when a version applies, and what else it is called, says nothing of what is measured.
    let pairs = indicator_fields(was).into_iter().zip(indicator_fields(is));
    let changed = pairs.filter(|((field, before), (_, after))| before != after && !matches!(*field, "Applies from" | "Aliases"));
    changed.map(|((field, before), (_, after))| FieldChange { field, before, after }).collect()
}

fn rules(was: (&[RuleRow], NaiveDate), is: (&[RuleRow], NaiveDate)) -> Vec<RuleChange> {
    let (before, after) = (shapes(was), shapes(is));
    let whose: BTreeSet<Option<&str>> = before.keys().chain(after.keys()).copied().collect();
    let change = |indicator: Option<&str>| {
        let (before, after) = (before.get(&indicator).cloned(), after.get(&indicator).cloned());
        (before != after).then(|| RuleChange { indicator: indicator.map(str::to_owned), before, after })
    };
    whose.into_iter().filter_map(change).collect()
}

/// The shape of each series of rules on a day, in words; the earliest where none applies yet.
fn shapes((rows, on): (&[RuleRow], NaiveDate)) -> HashMap<Option<&str>, String> {
    let mut found: HashMap<Option<&str>, &RuleRow> = HashMap::new();
    for row in rows {
        let better = |known: &&RuleRow| match (known.applies_from <= on, row.applies_from <= on) {
            (true, true) => row.applies_from > known.applies_from,
            (true, false) => false,
            (false, true) => true,
            (false, false) => row.applies_from < known.applies_from,
        };
        if found.get(&row.indicator.as_deref()).is_none_or(better) {
            found.insert(row.indicator.as_deref(), row);
        }
    }
    found.into_iter().map(|(whose, row)| (whose, shape_words(&row.shape))).collect()
}

/// Targets by their place in the span: the year, its second quarter, its third month.
fn targets(from: &FrameworkBook, to: &FrameworkBook, until: NaiveDate, both: impl Fn(&str) -> bool) -> Vec<AimChange> {
    let moved = months(to.edition.from) - months(from.edition.from);
    let shifted = |period: Period| {
        let month = months(period.start()) + moved;
        let (year, month0) = (month.div_euclid(12), u32::try_from(month.rem_euclid(12)).ok()?);
        Period::new(NaiveDate::from_ymd_opt(year, month0 + 1, 1)?, period.months())
    };
    let span = |book: &FrameworkBook, start: NaiveDate, end: NaiveDate| -> Vec<TargetRow> {
        let inside = |row: &&TargetRow| both(&row.indicator) && row.period.start() >= start && row.period.start() <= end;
        book.targets.iter().filter(inside).cloned().collect()
    };
    let eve = to.edition.from.pred_opt().unwrap_or(to.edition.from);
    let mut found: HashMap<(String, Period), AimChange> = HashMap::new();
    for row in span(from, from.edition.from, eve) {
        let Some(period) = shifted(row.period).filter(|period| period.start() >= to.edition.from && period.start() <= until) else {
            continue;
        };
        let change = AimChange { indicator: row.indicator.clone(), period, before: Some(aimed(&row)), after: None };
        found.insert((row.indicator, period), change);
    }
    for row in span(to, to.edition.from, until) {
        let after = Some(aimed(&row));
        let blank = || AimChange { indicator: row.indicator.clone(), period: row.period, before: None, after: None };
        found.entry((row.indicator.clone(), row.period)).or_insert_with(blank).after = after;
    }
    let mut changed: Vec<AimChange> = found.into_values().filter(|change| change.before != change.after).collect();
    changed.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
    changed
}

fn months(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0() as i32
}

fn aimed(row: &TargetRow) -> Thresholds {
    let exact = |number: Option<rust_decimal::Decimal>| number.map(|number| number.normalize());
    Thresholds {
        target: exact(row.target),
        intervention: exact(row.intervention),
        lower: exact(row.lower),
        upper: exact(row.upper),
        intervention_lower: exact(row.intervention_lower),
        intervention_upper: exact(row.intervention_upper),
    }
}
