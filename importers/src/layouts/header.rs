//! Finding the heading row of a sheet, wherever it stands, and the one above it when periods span columns.

use rules::period::spelling::looks_like_period;
use rust_decimal::Decimal;

use super::roles::{Role, Sureness, role, role_beside_period};
use crate::address::a1;
use crate::row::PeriodContent;
use crate::sheet::{Area, Cell, Row, Sheet, Value};

/// How many filled rows are looked at.
const ROWS_SEARCHED: usize = 60;

/// The heading row or rows of a table.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// First heading row, counted from 0.
    pub top: u32,
    /// Last heading row.
    pub bottom: u32,
    pub columns: Vec<Column>,
    /// The marked-up table it heads, if any.
    pub table: Option<Area>,
}

/// A column with a heading.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub column: u32,
    /// The heading; two rows are joined with ` | `.
    pub heading: String,
    /// Where the (lower) heading stands.
    pub cell: String,
    pub role: Option<Role>,
    pub sureness: Sureness,
    /// The period the heading names, and where.
    pub period: Option<(PeriodContent, String)>,
}

impl Header {
    /// The surest column of a role that stands for the whole row, not for one of several periods.
    pub fn find(&self, role: Role) -> Option<&Column> {
        let all = self.columns.iter().filter(|c| c.role == Some(role) && c.period.is_none());
        // The first of the surest: `max_by_key` would give the last.
        all.rev_max()
    }

    /// Columns of a role with a period of their own.
    pub fn of_periods(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |c| c.role == Some(role) && c.period.is_some())
    }

    pub fn has_key(&self) -> bool {
        self.find(Role::Code).is_some() || self.find(Role::Name).is_some()
    }

    /// Whether a row says the same as the (lower) heading row.
    pub fn repeats(&self, row: &Row) -> bool {
        let same = |c: &&Column| {
            let own = c.heading.rsplit(" | ").next().unwrap_or_default();
            row.cell(c.column).is_some_and(|cell| cell.text() == own)
        };
        let filled = row.filled().count();
        filled >= 2 && self.columns.iter().filter(same).count() == filled
    }
}

trait Surest<'a>: Iterator<Item = &'a Column> + Sized {
    fn rev_max(self) -> Option<&'a Column> {
        self.fold(None, |best, column| match best {
            Some(best) if best.sureness >= column.sureness => Some(best),
            _ => Some(column),
        })
    }
}

impl<'a, I: Iterator<Item = &'a Column>> Surest<'a> for I {}

/// Finds the heading row with the highest score, the earliest on a tie.
pub(crate) fn find(sheet: &Sheet) -> Option<Header> {
    let mut best: Option<(i64, Header)> = None;
    for (at, row) in sheet.rows.iter().enumerate().take(ROWS_SEARCHED) {
        let Some(score) = score(sheet, at, row) else { continue };
        if best.as_ref().is_some_and(|(most, _)| score <= *most) {
            continue;
        }
        let header = build(sheet, at, row);
        let periods = header.of_periods(Role::Value).count();
        let roles = header.columns.iter().filter(|c| c.role.is_some() && c.period.is_none()).count();
        if header.has_key() && (roles >= 2 || (roles >= 1 && periods >= 1)) {
            best = Some((score, header));
        }
    }
    best.map(|(_, header)| header)
}

/// A year written as a number heads a column; any other figure does not.
fn is_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => !(number.fract().is_zero() && (Decimal::from(1990)..=Decimal::from(2100)).contains(number)),
        Value::Duration(_) | Value::Error(_) => true,
        _ => false,
    }
}

fn names_period(cell: &Cell) -> bool {
    match &cell.value {
        Value::Date(_) => true,
        Value::Number(_) => !is_figure(cell),
        Value::Text(_) => looks_like_period(&cell.text()),
        _ => false,
    }
}

fn score(sheet: &Sheet, at: usize, row: &Row) -> Option<i64> {
    let mut roles: Vec<Role> = row.filled().filter_map(|c| role(&c.text())).map(|(role, _)| role).collect();
    roles.sort_unstable();
    roles.dedup();
    let periods = row.filled().filter(|c| role(&c.text()).is_none() && names_period(c)).count();
    let above = at.checked_sub(1).and_then(|at| sheet.rows.get(at)).filter(|above| above.index + 1 == row.index);
    let periods_above = above.map_or(0, |above| above.filled().filter(|c| names_period(c)).count());
    let enough = roles.len() >= 2 || (!roles.is_empty() && periods + periods_above >= 1);
    let keyed_below = sheet.rows.iter().skip(at + 1).take(5).any(|row| row.filled().count() >= 2);
    if !enough || !keyed_below {
        return None;
    }
    let text_only = row.filled().all(|c| matches!(c.value, Value::Text(_)));
    let bold = row.filled().all(|c| c.style.bold);
    let figures = row.filled().any(is_figure);
    let marked = sheet.tables.iter().any(|table| table.top == row.index);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX / 8);
    Some(
        2 * count(roles.len()) + count(periods.min(60)) + i64::from(text_only) + i64::from(bold) - 3 * i64::from(figures)
            + 4 * i64::from(marked),
    )
}

/// Joins the heading row with the one below or above it where one spans several columns of the other.
fn build(sheet: &Sheet, at: usize, row: &Row) -> Header {
    let next = sheet.rows.get(at + 1).filter(|next| next.index == row.index + 1 && is_lower(sheet, row, next));
    let above = at.checked_sub(1).and_then(|at| sheet.rows.get(at));
    let above = above.filter(|above| next.is_none() && above.index + 1 == row.index && is_upper(above, row));
    let (upper, lower) = match (above, next) {
        (_, Some(next)) => (Some(row), next),
        (Some(above), None) => (Some(above), row),
        (None, None) => (None, row),
    };
    let mut columns: Vec<Column> = Vec::new();
    let mut places: Vec<u32> = lower.filled().chain(upper.into_iter().flat_map(Row::filled)).map(|c| c.column).collect();
    places.sort_unstable();
    places.dedup();
    for column in places {
        let own = lower.cell(column).filter(|c| !c.is_blank());
        let spanning = upper.and_then(|upper| spanning(sheet, upper, lower, column));
        columns.extend(heading(column, own, lower.index, spanning, upper.map(|u| u.index)));
    }
    let table = sheet.tables.iter().copied().find(|table| table.top == lower.index);
    Header { top: upper.map_or(lower.index, |upper| upper.index), bottom: lower.index, columns, table }
}

/// A second heading row: words with roles under periods, and nothing that could be a key or a figure.
fn is_lower(sheet: &Sheet, row: &Row, next: &Row) -> bool {
    let filled = next.filled().count();
    let parts = |c: &&Cell| {
        matches!(c.value, Value::Text(_)) && role(&c.text()).is_some_and(|(r, _)| !matches!(r, Role::Code | Role::Name | Role::Area))
    };
    let under_periods = next.filled().filter(|c| spanning(sheet, row, next, c.column).is_some_and(names_period)).count();
    filled >= 2 && next.filled().filter(parts).count() == filled && under_periods >= 1
}

/// A first heading row: fewer cells than the row below, at least one of them a period.
fn is_upper(above: &Row, row: &Row) -> bool {
    let filled = above.filled().count();
    filled < row.filled().count() && above.filled().any(names_period) && (filled > 1 || above.filled().all(|c| c.column > 0))
}

/// The upper heading over a column: its own, the merged one, or the nearest to the left.
fn spanning<'a>(sheet: &Sheet, upper: &'a Row, lower: &Row, column: u32) -> Option<&'a Cell> {
    if let Some(merge) = sheet.merges.iter().find(|m| m.holds(upper.index, column)) {
        return upper.cell(merge.left).filter(|c| !c.is_blank());
    }
    if let Some(own) = upper.cell(column).filter(|c| !c.is_blank()) {
        return Some(own);
    }
    lower.cell(column).filter(|c| !c.is_blank())?;
    let left = upper.filled().take_while(|c| c.column < column).last()?;
    // A heading merged over its own columns does not reach beyond them.
    let merged = sheet.merges.iter().any(|m| m.holds(upper.index, left.column) && m.right < column);
    (!merged && names_period(left)).then_some(left)
}

fn content(cell: &Cell) -> PeriodContent {
    match &cell.value {
        Value::Date(date) => PeriodContent::Date { date: *date, format: cell.style.number_format.as_deref().map(str::to_owned) },
        _ => PeriodContent::Text(cell.text()),
    }
}

fn heading(column: u32, own: Option<&Cell>, row: u32, spanning: Option<&Cell>, upper: Option<u32>) -> Option<Column> {
    let text = own.map(Cell::text);
    let over = spanning.map(Cell::text).filter(|over| Some(over) != text.as_ref());
    let joined = match (&over, &text) {
        (Some(over), Some(text)) => format!("{over} | {text}"),
        (Some(over), None) => over.clone(),
        (None, Some(text)) => text.clone(),
        (None, None) => return None,
    };
    let cell = a1(if own.is_some() { row } else { upper.unwrap_or(row) }, column);
    let upper_period = spanning.filter(|c| names_period(c)).map(|c| (content(c), a1(upper.unwrap_or(row), c.column)));
    let known = text.as_deref().and_then(role);
    let own_period = own.filter(|c| known.is_none() && names_period(c)).map(|c| (content(c), cell.clone()));
    let (role, sureness, period) = match (known, own_period, upper_period) {
        // `Q1` under `2023/24`: one period of two parts.
        (_, Some((PeriodContent::Text(part), at)), Some((PeriodContent::Text(year), _))) if part != year => {
            (Some(role_beside_period(&part)), Sureness::Strong, Some((PeriodContent::Text(format!("{part} {year}")), at)))
        }
        (_, Some(period), _) => (Some(role_beside_period(&joined)), Sureness::Strong, Some(period)),
        (Some((role, sureness)), None, Some(period)) if column > 0 && per_period(role) => (Some(role), sureness, Some(period)),
        (Some((role, sureness)), None, _) => (Some(role), sureness, None),
        (None, None, Some(period)) if own.is_none() => (Some(role_beside_period(&joined)), Sureness::Strong, Some(period)),
        (None, None, _) => (None, Sureness::Weak, None),
    };
    Some(Column { column, heading: joined, cell, role, sureness, period })
}

/// What may repeat under every period.
const fn per_period(role: Role) -> bool {
    matches!(
        role,
        Role::Value
            | Role::Target
            | Role::Intervention
            | Role::Numerator
            | Role::Denominator
            | Role::Status
            | Role::Commentary
            | Role::Forecast
            | Role::State
            | Role::AbsenceReason
            | Role::Known
            | Role::Total
    )
}
