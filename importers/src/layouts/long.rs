//! A figure a row, its indicator in the row: LONG, and the rows of a TEMPLATE.

use super::beside::to_date;
use super::body;
use super::build::Table;
use super::heading::Column;
use super::qualified::{says_provisional, says_to_date};
use super::roles::Role;
use crate::row::{PeriodContent, RawCell, Text, TextKind, ValueRow};
use crate::sheet::Row;

/// One row; a blank key is reported and nothing else of that row.
pub(super) fn row(table: &mut Table<'_>, row: &Row, section: Option<&str>) -> Option<ValueRow> {
    let mut out = table.keys(row, section);
    if out.code.is_none() && out.name.is_none() {
        return missing_key(table, row);
    }
    // Which of two results was meant is the sender's to say; COL-002 asks.
    if table.header.rivals {
        return None;
    }
    let value = table.header.find(Role::Value);
    out.period = table.period(row);
    if let (Some(_), Some(period)) = (value.filter(|c| says_to_date(&c.heading)), &mut out.period)
        && let PeriodContent::Text(text) = &mut period.content
    {
        *text = to_date(text);
    }
    // A table that says no period anywhere is for the one it is sent for.
    if let (None, Some(period)) = (&out.period, table.header.find(Role::Period).map(|c| c.column)) {
        let problem = table.problem("PER-037", row.index, period, "This row has no period.");
        problem.suggestion = Some("Write the period, for instance Q1 2023/24.".to_owned());
        return None;
    }
    beside(table, row, &mut out);
    let problems = table.problems.len();
    let value = value.map(|c| c.column);
    out.value = table.figure(row, Role::Value);
    let merged = table.problems.iter().skip(problems).any(|p| p.code == "STR-010");
    let ratio = out.numerator.is_some() && out.denominator.is_some();
    if out.value.is_none() && !ratio && out.absence_reason.is_none() {
        if !merged {
            let at = value.or_else(|| table.header.find(Role::Numerator).map(|c| c.column)).unwrap_or(0);
            let problem = table.problem("VAL-029", row.index, at, "This row has no result.");
            problem.suggestion = Some("Type the result, or [x] for not available, [z] for not due, [c] for may not be shown.".to_owned());
        }
        return None;
    }
    Some(out)
}

/// Says that figures stand beside neither code nor name.
pub(super) fn missing_key(table: &mut Table<'_>, row: &Row) -> Option<ValueRow> {
    if body::values(table.header).any(|column| row.cell(column).is_some_and(|c| !c.is_blank())) {
        let key = table.header.find(Role::Code).or_else(|| table.header.find(Role::Name)).map_or(0, |c| c.column);
        let problem = table.problem("IND-008", row.index, key, "This row has a figure and neither a ref nor a name.");
        problem.suggestion = Some("Write the indicator's ref.".to_owned());
    }
    None
}

/// Everything that stands beside the result.
pub(super) fn beside(table: &mut Table<'_>, row: &Row, out: &mut ValueRow) {
    out.numerator = table.figure(row, Role::Numerator);
    out.denominator = table.figure(row, Role::Denominator);
    out.target = plain(table, row, Role::Target).map(Box::new);
    out.intervention = plain(table, row, Role::Intervention).map(Box::new);
    out.forecast = plain(table, row, Role::Forecast).map(Box::new);
    out.absence_reason = table.text(row, Role::AbsenceReason).map(Box::new);
    out.state = table.text(row, Role::State).or_else(|| provisional(table.header.find(Role::Value))).map(Box::new);
    out.status = table.text(row, Role::Status).map(Box::new);
    if let Some(cell) = table.header.find(Role::Status).and_then(|c| row.cell(c.column)) {
        table.only_coloured(row, cell);
    }
    out.commentary = table.commentary(row, table.header.find(Role::Commentary));
    out.action = table.text(row, Role::Action).map(Box::new);
    out.action_owner = table.text(row, Role::ActionOwner).map(Box::new);
    out.action_due = table.date(row, Role::ActionDue).map(Box::new);
}

/// The state the heading of a result gives all its figures.
pub(super) fn provisional(column: Option<&Column>) -> Option<Text> {
    let column = column.filter(|c| says_provisional(&c.heading))?;
    Some(Text { text: "Provisional".to_owned(), cell: column.cell.clone(), kind: TextKind::Text })
}

/// A figure beside the result: merged ones are common (one target for the year) and are simply not read.
fn plain(table: &Table<'_>, row: &Row, role: Role) -> Option<RawCell> {
    let column = table.header.find(role)?;
    let merged = table.sheet.merges.at(row.index, column.column).is_some();
    let cell = row.cell(column.column).filter(|c| !merged && !c.is_blank())?;
    Some(table.as_written(row.index, cell, column))
}
