//! The headings of a table: one column after the other, each with the words of all its heading rows.

use rules::period::spelling::{looks_like_period, split_period};
use rust_decimal::Decimal;

use super::roles::{Role, Sureness, per_period, role, role_beside_period};
use super::spelled::scale;
use super::told::Told;
use crate::address::a1;
use crate::mapping::PercentAs;
use crate::row::{PeriodContent, Scale, Text};
use crate::sheet::{Cell, Row, Sheet, Value};

/// A column with a heading.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub column: u32,
    /// The heading; those of several rows are joined with ` | `.
    pub heading: String,
    /// Where the (lowest) heading stands.
    pub cell: String,
    pub role: Option<Role>,
    pub sureness: Sureness,
    /// The period the heading names, and where.
    pub period: Option<(PeriodContent, String)>,
    /// What the heading says beside role and period, row by row from the top: the words of what is measured.
    pub words: Vec<String>,
    /// The indicator a mapping says its figures are of.
    pub code: Option<Text>,
    pub multiplier: Option<Scale>,
    pub percent: Option<PercentAs>,
    /// What of period and multiplier a mapping said.
    pub told: Told,
}

impl Column {
    /// A column nobody gave a heading.
    pub fn bare(row: u32, column: u32) -> Self {
        Self {
            column,
            heading: String::new(),
            cell: a1(row, column),
            role: None,
            sureness: Sureness::Weak,
            period: None,
            words: Vec::new(),
            code: None,
            multiplier: None,
            percent: None,
            told: Told::default(),
        }
    }

    /// Whether a mapping says what it holds.
    pub fn is_told(&self) -> bool {
        self.sureness == Sureness::Told
    }
}

/// How far a heading that is not merged reaches over the columns to its right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// A period, up to the next heading of its row.
    Periods,
    /// Any, up to the next, in rows where nothing is merged.
    Any,
}

/// A year written as a number heads a column; any other figure does not.
pub(super) fn is_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => !(number.fract().is_zero() && (Decimal::from(1990)..=Decimal::from(2100)).contains(number)),
        Value::Duration(_) | Value::Error(_) => true,
        _ => false,
    }
}

pub(super) fn names_period(cell: &Cell) -> bool {
    match &cell.value {
        Value::Date(_) => true,
        Value::Number(_) => !is_figure(cell),
        Value::Text(_) => looks_like_period(&cell.text()),
        _ => false,
    }
}

/// The columns of a table from its heading rows, the uppermost first.
pub(super) fn columns(sheet: &Sheet, rows: &[&Row], reach: Reach) -> Vec<Column> {
    let mut places: Vec<u32> = rows.iter().flat_map(|row| row.filled()).map(|cell| cell.column).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().filter_map(|column| heading(sheet, rows, column, reach)).collect()
}

fn heading(sheet: &Sheet, rows: &[&Row], column: u32, reach: Reach) -> Option<Column> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let below = rows.get(at + 1..).unwrap_or_default();
        let Some(cell) = over(sheet, row, below, column, reach) else { continue };
        // A heading merged downwards stands in several rows and is one.
        if parts.last().is_none_or(|last| last.text != cell.text()) {
            parts.push(Part { cell, text: cell.text(), at: a1(row.index, cell.column), row: row.index });
        }
    }
    Some(compose(column, &parts)).filter(|_| !parts.is_empty())
}

/// One row's heading over a column.
struct Part<'a> {
    cell: &'a Cell,
    text: String,
    at: String,
    row: u32,
}

/// The heading of one row over a column: its own, the merged one, or the nearest to the left that reaches this far.
pub(super) fn over<'a>(sheet: &'a Sheet, row: &'a Row, below: &[&Row], column: u32, reach: Reach) -> Option<&'a Cell> {
    if let Some(own) = row.cell(column).filter(|c| !c.is_blank()) {
        return Some(own);
    }
    if let Some(merge) = sheet.merges.at(row.index, column) {
        return sheet.cell(merge.top, merge.left).filter(|c| !c.is_blank());
    }
    below.iter().find_map(|lower| lower.cell(column).filter(|c| !c.is_blank()))?;
    let left = row.filled().take_while(|c| c.column < column).last()?;
    let merged = |at: u32| sheet.merges.at(row.index, at).is_some_and(|m| m.right > m.left);
    // A heading merged over its own columns does not reach beyond them.
    let reaches = match reach {
        Reach::Periods => names_period(left),
        Reach::Any => names_period(left) || !sheet.merges.touch(row.index),
    };
    (!merged(left.column) && reaches).then_some(left)
}

fn content(cell: &Cell) -> PeriodContent {
    match &cell.value {
        Value::Date(date) => PeriodContent::Date { date: *date, format: cell.style.number_format.as_deref().map(str::to_owned) },
        _ => PeriodContent::Text(cell.text()),
    }
}

/// What one heading says once its rows are put together.
fn compose(column: u32, parts: &[Part<'_>]) -> Column {
    let joined = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" | ");
    let (lowest, upper) = parts.split_last().map_or((None, &[][..]), |(lowest, upper)| (Some(lowest), upper));
    let mut words: Vec<String> = Vec::new();
    let mut periods: Vec<(PeriodContent, String)> = Vec::new();
    for part in upper {
        if names_period(part.cell) {
            periods.push((content(part.cell), part.at.clone()));
        } else if let Some((rest, period)) = split_period(&part.text) {
            periods.push((PeriodContent::Text(period), part.at.clone()));
            words.extend(Some(rest).filter(|rest| !rest.is_empty() && role(rest).is_none()));
        } else if role(&part.text).is_none_or(|(role, _)| matches!(role, Role::Known | Role::Total)) {
            words.push(part.text.clone());
        }
    }
    let mut out = Column {
        cell: lowest.map_or_else(String::new, |part| a1(part.row, column)),
        multiplier: scale(&joined),
        ..Column::bare(0, column)
    };
    if let Some(lowest) = lowest {
        say(&mut out, lowest, &joined, periods, &mut words);
    }
    out.heading = joined;
    out.words = words;
    out
}

/// Role and period of the lowest heading, beside the periods of those above it.
fn say(out: &mut Column, lowest: &Part<'_>, joined: &str, mut above: Vec<(PeriodContent, String)>, words: &mut Vec<String>) {
    let known = role(&lowest.text);
    let own_period = (known.is_none() && names_period(lowest.cell)).then(|| (content(lowest.cell), lowest.at.clone()));
    if let Some(own) = own_period {
        out.role = Some(role_beside_period(joined));
        out.sureness = Sureness::Strong;
        above.push(own);
        out.period = together(&above);
        // `Total 2017`: the period is clear, and there may be more than one total.
        let rest = split_period(&lowest.text).map(|(rest, _)| rest).filter(|rest| !rest.is_empty());
        words.extend(rest.filter(|rest| role(rest).is_none_or(|(role, _)| matches!(role, Role::Known | Role::Total))));
        return;
    }
    let split = if known.is_none() { split_period(&lowest.text).filter(|(rest, _)| !rest.is_empty()) } else { None };
    let (text, known) = match &split {
        Some((rest, period)) => {
            above.push((PeriodContent::Text(period.clone()), lowest.at.clone()));
            let beside = Some(role_beside_period(rest)).filter(|beside| *beside != Role::Value).map(|beside| (beside, Sureness::Strong));
            (rest.as_str(), role(rest).filter(|(role, _)| per_period(*role)).or(beside))
        }
        None => (lowest.text.as_str(), known),
    };
    if known.is_none_or(|(role, _)| matches!(role, Role::Known | Role::Total)) {
        words.push(text.to_owned());
    }
    out.role = known.map(|(role, _)| role);
    out.sureness = known.map_or(Sureness::Weak, |(_, sureness)| sureness);
    let takes_period = known.is_none_or(|(role, _)| split.is_some() || (out.column > 0 && per_period(role)));
    out.period = together(&above).filter(|_| takes_period);
}

/// `Q1` under `2023/24` is one period of two parts; a date is one by itself.
fn together(periods: &[(PeriodContent, String)]) -> Option<(PeriodContent, String)> {
    let (last, at) = periods.last()?.clone();
    let PeriodContent::Text(mut text) = last else { return Some((last, at)) };
    for (upper, _) in periods.iter().rev().skip(1) {
        match upper {
            PeriodContent::Text(upper) if *upper != text => text = format!("{text} {upper}"),
            _ => {}
        }
    }
    Some((PeriodContent::Text(text), at))
}
