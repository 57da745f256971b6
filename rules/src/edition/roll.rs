//! The rows of the next edition.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow};
use crate::measure::{Disposition, Lifecycle};
use crate::period::Period;

/// What each indicator was marked, by its code. One that is not here counts as retained.
pub type Marks = HashMap<String, Disposition>;

/// Months an edition without a last day is given a calendar for.
const MONTHS_OPEN_ENDED: u32 = 12;
/// Periods of a calendar: ten years of months, quarters, half-years and years.
const PERIODS_MAX: usize = 200;

/// Why an indicator stays behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftBecause {
    /// It was marked so.
    Removed,
    /// It is no longer collected.
    Retired,
}

/// An indicator that is not in the next edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its code.
    pub code: String,
    /// Why.
    pub because: LeftBecause,
}

/// Indicators whose owner does not stand any more when the edition ends: somebody has to say who owns them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ownerless(pub Vec<String>);

/// The next edition.
#[derive(Debug, Clone)]
pub struct Rolled {
    /// Its rows. Targets are none: they belong to indicators and periods, not to editions.
    pub book: FrameworkBook,
    /// Indicators that stay behind, in their order.
    pub left: Vec<Left>,
    /// Codes of indicators that nobody marked, and that are retained for that reason.
    pub unmarked: Vec<String>,
    /// Codes of elements that stay behind: they did not stand any more.
    pub ended: Vec<String>,
}

/// Makes the next edition from one and from what was marked in it. Elements stand as they stood at its end; links join what
/// is carried on; the rule that judged last goes on judging, under the name it has; the calendar has the same lengths of period
/// and the same days to hand in; forums keep what is carried on of their remits.
///
/// # Errors
/// [`Ownerless`], when indicators would have no owner.
pub fn roll(from: &FrameworkBook, edition: &EditionRow, marks: &Marks) -> Result<Rolled, Ownerless> {
    let eve = edition.from.pred_opt().unwrap_or(edition.from);
    let end = from.edition.until.unwrap_or(eve).min(eve);
    let elements = elements(&from.elements, end);
    let standing: HashSet<&str> = elements.iter().map(|row| row.code.as_str()).collect();
    let codes: BTreeSet<&str> = from.elements.iter().map(|row| row.code.as_str()).collect();
    let ended = codes.into_iter().filter(|code| !standing.contains(code)).map(str::to_owned).collect();

    let mut indicators: Vec<IndicatorRow> = Vec::new();
    let (mut left, mut unmarked, mut ownerless) = (Vec::new(), Vec::new(), Vec::new());
    for row in &from.indicators {
        let first = !indicators.iter().any(|known| known.code == row.code) && !left.iter().any(|known: &Left| known.code == row.code);
        let mark = marks.get(&row.code).copied();
        let because = match (mark, row.lifecycle) {
            (Some(Disposition::Remove), _) => Some(LeftBecause::Removed),
            (_, Lifecycle::Retired) => Some(LeftBecause::Retired),
            _ => None,
        };
        match because {
            Some(because) if first => left.push(Left { code: row.code.clone(), because }),
            Some(_) => {}
            None => {
                if first && mark.is_none() {
                    unmarked.push(row.code.clone());
                }
                if first && !standing.contains(row.owner.as_str()) {
                    ownerless.push(row.code.clone());
                }
                indicators.push(row.clone());
            }
        }
    }
    if !ownerless.is_empty() {
        return Err(Ownerless(ownerless));
    }
    let carried: HashSet<&str> = indicators.iter().map(|row| row.code.as_str()).collect();
    let book = FrameworkBook {
        links: links(&from.links, &standing, &carried),
        rules: rules(&from.rules, edition.from, &carried),
        periods: calendar(&from.periods, edition),
        forums: forums(&from.forums, &standing),
        targets: Vec::new(),
        edition: edition.clone(),
        elements,
        indicators,
    };
    Ok(Rolled { book, left, unmarked, ended })
}

/// Elements that stand on a day, each in its place of that day, from the beginning.
fn elements(rows: &[ElementRow], on: NaiveDate) -> Vec<ElementRow> {
    let stands = |row: &&ElementRow| row.stands_from.is_none_or(|from| from <= on) && row.stands_until.is_none_or(|until| until >= on);
    let mut kept: Vec<ElementRow> = Vec::new();
    for row in rows.iter().filter(stands) {
        if !kept.iter().any(|known| known.code == row.code) {
            kept.push(ElementRow { stands_from: None, stands_until: None, ..row.clone() });
        }
    }
    // What stood below something that ended goes with it.
    loop {
        let codes: HashSet<String> = kept.iter().map(|row| row.code.clone()).collect();
        let before = kept.len();
        kept.retain(|row| row.parent.as_ref().is_none_or(|parent| codes.contains(parent)));
        if kept.len() == before {
            return kept;
        }
    }
}

fn links(rows: &[LinkRow], elements: &HashSet<&str>, indicators: &HashSet<&str>) -> Vec<LinkRow> {
    let from =
        |row: &LinkRow| if row.from_indicator { indicators.contains(row.from.as_str()) } else { elements.contains(row.from.as_str()) };
    rows.iter().filter(|row| from(row) && elements.contains(row.to.as_str())).cloned().collect()
}

/// Of each series of rules the one in force on the first day, and those to come. A rule keeps the day it is dated by, which
/// names it: it is the same rule.
fn rules(rows: &[RuleRow], from: NaiveDate, indicators: &HashSet<&str>) -> Vec<RuleRow> {
    let mut series: BTreeMap<Option<&str>, Vec<&RuleRow>> = BTreeMap::new();
    for row in rows {
        let whose = row.indicator.as_deref();
        if whose.is_none_or(|code| indicators.contains(code)) {
            series.entry(whose).or_default().push(row);
        }
    }
    let mut kept = Vec::new();
    for rules in series.values_mut() {
        rules.sort_by_key(|row| row.applies_from);
        let begun = rules.partition_point(|row| row.applies_from <= from);
        kept.extend(rules.iter().skip(begun.saturating_sub(1)).map(|row| (*row).clone()));
    }
    kept
}

/// Periods of the lengths that took figures before, from the first day to the last; returns as many days after a period's end
/// as before.
fn calendar(rows: &[ReportingPeriodRow], edition: &EditionRow) -> Vec<ReportingPeriodRow> {
    let first = edition.from;
    let until = edition.until.or_else(|| first.checked_add_months(chrono::Months::new(MONTHS_OPEN_ENDED))?.pred_opt()).unwrap_or(first);
    let lengths: BTreeSet<(u32, u32)> =
        rows.iter().map(|row| (row.period.months(), row.period.start().month0() % row.period.months().max(1))).collect();
    let mut periods = Vec::new();
    for (months, phase) in lengths {
        let step = chrono::Months::new(months);
        // The first period of this length, in step with those before, that begins in the edition.
        let mut start = first.with_day(1);
        while let Some(day) = start.filter(|day| *day < first || day.month0() % months.max(1) != phase) {
            start = day.checked_add_months(chrono::Months::new(1)).filter(|next| *next <= until);
        }
        while let Some(period) = start.and_then(|start| Period::new(start, months)).filter(|period| period.end() <= until) {
            if periods.len() >= PERIODS_MAX {
                return periods;
            }
            periods.push(ReportingPeriodRow { period, open: true, due_on: due(rows, period) });
            start = period.start().checked_add_months(step);
        }
    }
    periods.sort_by_key(|row| row.period);
    periods
}

/// The last day for returns: as long after the end as of the last period before that has this length and place in the year,
/// else of the last that has this length.
fn due(rows: &[ReportingPeriodRow], period: Period) -> Option<NaiveDate> {
    let alike = rows.iter().filter(|row| row.period.months() == period.months() && row.due_on.is_some());
    let same_months = |row: &&&ReportingPeriodRow| row.period.start().month() == period.start().month();
    let alike: Vec<&ReportingPeriodRow> = alike.collect();
    let last = alike.iter().filter(same_months).max_by_key(|row| row.period).or_else(|| alike.iter().max_by_key(|row| row.period))?;
    let days = last.due_on?.signed_duration_since(last.period.end()).num_days();
    period.end().checked_add_days(Days::new(u64::try_from(days).ok()?))
}

/// Forums with what is carried on of their remits.
fn forums(rows: &[ForumRow], elements: &HashSet<&str>) -> Vec<ForumRow> {
    let kept = |row: &ForumRow| ForumRow {
        remit: row.remit.iter().filter(|code| elements.contains(code.as_str())).cloned().collect(),
        ..row.clone()
    };
    rows.iter().map(kept).collect()
}
