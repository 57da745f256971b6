//! A row of units right below the headings: `£000`, `%`, `days`.

use super::header::Header;
use super::roles::{Role, per_period};
use super::spelled::{heading_key, scale};
use crate::mapping::Why;
use crate::sheet::{Cell, Row, Value};

/// Steps over a row that says nothing but units, each of its own column, and lets each multiply that column.
pub(super) fn step_over(row: &Row, header: &mut Header) {
    let is_figures = |cell: &Cell| {
        let column = header.columns.iter().find(|c| c.column == cell.column);
        column.is_some_and(|c| c.period.is_some() || c.role.is_some_and(|role| per_period(role) || role == Role::Unit))
    };
    let all = row.filled().all(|cell| is_unit(cell) && is_figures(cell));
    if row.index != header.bottom + 1 || !header.has_key() || row.filled().next().is_none() || !all {
        return;
    }
    for column in header.columns.iter_mut().filter(|c| c.multiplier.is_none()) {
        column.multiplier = row.cell(column.column).and_then(|cell| scale(&cell.text()).or_else(|| scale(&format!("({})", cell.text()))));
    }
    header.skipped.push((Why::Units, row.index));
    header.bottom = row.index;
}

fn is_unit(cell: &Cell) -> bool {
    const WORDS: [&str; 26] = [
        "number",
        "no",
        "count",
        "percent",
        "per cent",
        "percentage",
        "pounds",
        "000",
        "000s",
        "thousands",
        "millions",
        "m",
        "k",
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "minutes",
        "ratio",
        "rate",
        "tonnes",
        "kg",
        "score",
        "people",
        "unit",
    ];
    let Value::Text(text) = &cell.value else { return false };
    let key = heading_key(text);
    // `%` and `£` leave nothing to compare.
    let mark = key.is_empty() && text.chars().any(|c| matches!(c, '%' | '\u{a3}'));
    mark || WORDS.contains(&key.as_str()) || (scale(text).is_some() && text.chars().count() <= 12)
}
