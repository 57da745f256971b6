//! Finding the heading rows of a sheet, wherever they stand, by the roles their headings have.

use std::ops::Range;

use rules::period::spelling::split_period;

use super::areas::Areas;
use super::content::Looks;
use super::heading::{Column, Reach, columns, is_figure, names_period, over};
use super::qualified::says_result;
use super::roles::{Role, role};
use super::told::Told;
use super::units;
use crate::diagnostic::Diagnostic;
use crate::mapping::Why;
use crate::row::{Scale, Text};
use crate::sheet::{Area, Cell, Row, Sheet, Value};

/// How many filled rows are looked at.
const ROWS_SEARCHED: usize = 60;

/// Heading rows a table has at most.
pub(super) const HEADING_ROWS_MAX: usize = 4;

/// The heading row or rows of a table, and what its columns were taken for.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// The first row whose titles may be its own, counted from 0.
    pub above: u32,
    /// First heading row, counted from 0.
    pub top: u32,
    /// Last heading row.
    pub bottom: u32,
    /// The columns that belong to the table, ends included.
    pub left: u32,
    pub right: u32,
    /// The last row that may belong to it.
    pub last: u32,
    pub columns: Vec<Column>,
    /// The marked-up table it heads, if any.
    pub table: Option<Area>,
    /// Whose figures its rows are, where they are many authorities'.
    pub areas: Option<Areas>,
    /// The indicator of figures for which neither row nor heading names one.
    pub measure: Option<Measure>,
    /// The period of figures for which neither row nor heading names one, and where it stands.
    pub period: Option<(String, String)>,
    /// What figures are multiplied by whose heading does not say it.
    pub multiplier: Option<Scale>,
    /// What the cells of its columns look like.
    pub looks: Vec<Looks>,
    /// The columns its rows are known by, with their (lowest) headings; the surest first.
    pub keys: Vec<(u32, String)>,
    /// The last row of its body, counted from 0, once it is known.
    pub end: Option<u32>,
    /// Two columns say they are the same thing: none of its rows is read.
    pub rivals: bool,
    /// Rows among the headings that are none, counted from 0.
    pub skipped: Vec<(Why, u32)>,
    /// What is to be said of it that was found with it.
    pub remarks: Vec<Diagnostic>,
    /// The mapping it was read by: a kept one's name, or an empty text for the sender's own.
    pub mapping: Option<String>,
    /// What of period and multiplier the mapping said.
    pub told: Told,
}

/// What figures are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The indicator a mapping names by its code.
    Code(Text),
    /// The words of a heading or title, which may be an indicator's name.
    Words(Text),
}

impl Header {
    pub fn new(top: u32, bottom: u32, columns: Vec<Column>) -> Self {
        let (left, right) = (0, u32::MAX);
        let (table, areas, measure, period, multiplier, mapping) = (None, None, None, None, None, None);
        Self {
            above: 0,
            top,
            bottom,
            left,
            right,
            last: u32::MAX,
            columns,
            table,
            areas,
            measure,
            period,
            multiplier,
            looks: Vec::new(),
            keys: Vec::new(),
            end: None,
            rivals: false,
            skipped: Vec::new(),
            remarks: Vec::new(),
            mapping,
            told: Told::default(),
        }
    }

    /// The surest column of a role that stands for the whole row, not for one of several periods.
    pub fn find(&self, role: Role) -> Option<&Column> {
        let all = self.columns.iter().filter(|c| c.role == Some(role) && c.period.is_none());
        // The first of the surest: `max_by_key` would give the last.
        all.fold(None, |best: Option<&Column>, column| match best {
            Some(best) if best.sureness >= column.sureness => Some(best),
            _ => Some(column),
        })
    }

    /// Columns of a role with a period of their own.
    pub fn of_periods(&self, role: Role) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |c| c.role == Some(role) && c.period.is_some())
    }

    pub fn has_key(&self) -> bool {
        self.find(Role::Code).is_some() || self.find(Role::Name).is_some()
    }

    /// The filled cells of a row that belong to this table.
    pub fn filled<'a>(&self, row: &'a Row) -> impl Iterator<Item = &'a Cell> {
        let (left, right) = (self.left, self.right);
        row.filled().filter(move |cell| (left..=right).contains(&cell.column))
    }

    /// Whether a row says the same as the (lower) heading row. Asked of every row: the first cell settles it for most.
    pub fn repeats(&self, row: &Row) -> bool {
        let same = |cell: &Cell| {
            let column = self.columns.binary_search_by_key(&cell.column, |c| c.column).ok().and_then(|at| self.columns.get(at));
            column.is_some_and(|column| {
                let own = column.heading.rsplit(" | ").next().unwrap_or_default();
                !own.is_empty() && cell.text() == own
            })
        };
        let mut filled = 0_usize;
        let all = self.filled(row).all(|cell| {
            filled += 1;
            same(cell)
        });
        all && filled >= 2
    }

    /// Whether a row starts another table: its key is headed as this one's, and it is no repetition.
    pub fn starts_another(&self, row: &Row) -> bool {
        let Some((column, own)) = self.keys.first().filter(|(_, own)| !own.is_empty()) else { return false };
        let Some(Value::Text(text)) = row.cell(*column).map(|cell| &cell.value) else { return false };
        text.trim().eq_ignore_ascii_case(own) && self.filled(row).all(|c| !is_figure(c)) && !self.repeats(row)
    }
}

/// Finds the heading row with the highest score, the earliest on a tie.
pub(crate) fn find(sheet: &Sheet) -> Option<Header> {
    find_in(sheet, 0..sheet.rows.len())
}

/// As [`find`], among some of the sheet's rows.
pub(super) fn find_in(sheet: &Sheet, range: Range<usize>) -> Option<Header> {
    let mut best: Option<(i64, Header)> = None;
    for at in range.clone().take(ROWS_SEARCHED) {
        let Some(score) = score(sheet, at, &range) else { continue };
        if best.as_ref().is_some_and(|(most, _)| score <= *most) {
            continue;
        }
        let header = build(sheet, at, &range);
        let is_value =
            |c: &&Column| c.role == Some(Role::Value) || (c.role.is_none() && c.words.last().is_some_and(|rest| says_result(rest)));
        let periods = header.columns.iter().filter(|c| c.period.is_some()).filter(is_value).count();
        let roles = header.columns.iter().filter(|c| c.role.is_some() && c.period.is_none()).count();
        if header.has_key() && (roles >= 2 || (roles >= 1 && periods >= 1)) {
            best = Some((score, header));
        }
    }
    best.map(|(_, header)| header)
}

fn score(sheet: &Sheet, at: usize, range: &Range<usize>) -> Option<i64> {
    let row = sheet.rows.get(at)?;
    let known: Vec<(Option<Role>, &Cell)> = row.filled().map(|c| (role(&c.text()).map(|(role, _)| role), c)).collect();
    let mut roles: Vec<Role> = known.iter().filter_map(|(role, _)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    if roles.is_empty() {
        return None;
    }
    let periods = known.iter().filter(|(role, c)| role.is_none() && heads_figures(c)).count();
    let above = at.checked_sub(1).filter(|at| range.contains(at)).and_then(|at| sheet.rows.get(at));
    let above = above.filter(|above| above.index + 1 == row.index);
    let periods_above = above.map_or(0, |above| above.filled().filter(|c| names_period(c)).count());
    let enough = roles.len() >= 2 || periods + periods_above >= 1;
    let keyed_below = sheet.rows.iter().take(range.end).skip(at + 1).take(5).any(|row| row.filled().count() >= 2);
    if !enough || !keyed_below {
        return None;
    }
    let text_only = known.iter().all(|(_, c)| matches!(c.value, Value::Text(_)));
    let bold = known.iter().all(|(_, c)| c.style.bold);
    let figures = known.iter().any(|(_, c)| is_figure(c));
    let marked = sheet.tables.iter().any(|table| table.top == row.index);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX / 8);
    Some(
        2 * count(roles.len()) + count(periods.min(60)) + i64::from(text_only) + i64::from(bold) - 3 * i64::from(figures)
            + 4 * i64::from(marked),
    )
}

/// A period, or one with words that say no more than that it is a result: `Q3 2024/25 (%)`.
fn heads_figures(cell: &Cell) -> bool {
    let text = matches!(cell.value, Value::Text(_));
    names_period(cell) || (text && split_period(&cell.text()).is_some_and(|(rest, _)| says_result(&rest)))
}

/// Joins the heading row with those below or above it where one spans several columns of the other.
pub(super) fn build(sheet: &Sheet, at: usize, range: &Range<usize>) -> Header {
    let mut rows: Vec<&Row> = sheet.rows.get(at).into_iter().collect();
    let row_at = |at: usize| sheet.rows.get(at).filter(|_| range.contains(&at));
    let mut next = at + 1;
    while rows.len() < HEADING_ROWS_MAX {
        let Some(row) = row_at(next).filter(|row| is_lower(sheet, &rows, row)) else { break };
        rows.push(row);
        next += 1;
    }
    let mut above = at;
    while let (true, Some(before)) = (rows.len() < HEADING_ROWS_MAX, above.checked_sub(1)) {
        let Some(row) = row_at(before).filter(|row| rows.first().is_some_and(|first| is_upper(row, first))) else { break };
        rows.insert(0, row);
        above = before;
    }
    let (top, bottom) = (rows.first().map_or(0, |row| row.index), rows.last().map_or(0, |row| row.index));
    let table = sheet.tables.iter().copied().find(|table| table.top == bottom);
    let mut header = Header { table, ..Header::new(top, bottom, columns(sheet, &rows, Reach::Periods)) };
    if let Some(row) = row_at(next) {
        units::step_over(row, &mut header);
    }
    header
}

/// A further heading row: words with roles, or periods, under periods, and nothing that could be a key or a figure.
fn is_lower(sheet: &Sheet, rows: &[&Row], next: &Row) -> bool {
    if rows.last().is_none_or(|last| next.index != last.index + 1) {
        return false;
    }
    let filled = next.filled().count();
    let key = |role: Role| matches!(role, Role::Code | Role::Name | Role::Area | Role::AreaCode | Role::Period);
    let part = |c: &&Cell| match role(&c.text()) {
        Some((role, _)) => matches!(c.value, Value::Text(_)) && !key(role),
        None => names_period(c),
    };
    let under_period = |c: &&Cell| {
        let spanning = rows.iter().rev().find_map(|row| over(sheet, row, &[next], c.column, Reach::Periods));
        spanning.is_some_and(names_period)
    };
    filled >= 2 && next.filled().filter(part).count() == filled && next.filled().filter(under_period).count() >= 1
}

/// A first heading row: fewer cells than the row below, at least one of them a period.
fn is_upper(above: &Row, row: &Row) -> bool {
    let filled = above.filled().count();
    let joins = above.index + 1 == row.index && filled < row.filled().count();
    joins && above.filled().any(names_period) && (filled > 1 || above.filled().all(|c| c.column > 0))
}
