//! Which row of the template a row is: by its ref and period, wherever it stands now.

use rules::period::Period;

use super::super::build::Table;
use super::super::roles::Role;
use super::loose;
use crate::row::{PeriodCell, PeriodContent, Text, ValueRow};
use crate::sheet::Row;
use crate::stamp::{StampRow, TemplateStamp};

/// Puts down which row of the template this is; none, told as TPL-022, where it is none of them. A period that was typed
/// over is told (TPL-020) and the template's own taken, where the ref stands in one row only.
pub(super) fn find(table: &mut Table<'_>, row: &Row, stamp: &TemplateStamp, code: Text, out: &mut ValueRow) -> Option<()> {
    let period = out.period.as_ref().map(written);
    let own = loose(&code.text);
    let both = period.as_ref().map(|period| loose(&format!("{} {period}", code.text)));
    let exact = |stamped: &&StampRow| loose(&stamped.row_key) == own || Some(loose(&stamped.row_key)) == both;
    let column = table.header.find(Role::Code).map_or(0, |c| c.column);
    let mut matched = stamp.rows.iter().find(exact);
    if matched.is_none() {
        let of_ref: Vec<(&StampRow, &str)> = stamp.rows.iter().filter_map(|row| Some((row, period_in(row, &own)?))).collect();
        let same = of_ref.iter().find(|(_, printed)| out.period.as_ref().is_some_and(|cell| means(cell, printed)));
        matched = same.map(|(row, _)| *row);
        match (matched, of_ref.as_slice()) {
            (Some(_), _) => {}
            (None, [(only, printed)]) => {
                instead(table, row, out, printed);
                matched = Some(only);
            }
            (None, []) => {}
            (None, several) => {
                let at = table.header.find(Role::Period).map_or(column, |c| c.column);
                let printed: Vec<&str> = several.iter().map(|(_, printed)| *printed).collect();
                let message = "The template asks for this indicator in other periods.";
                let problem = table.problem("TPL-022", row.index, at, message);
                problem.seen = period;
                problem.expected = Some(printed.join(", "));
                problem.suggestion = Some("Write the figure in the row the template has for its period.".to_owned());
                return None;
            }
        }
    }
    if matched.is_none() && !stamp.rows.is_empty() {
        let problem = table.problem("TPL-022", row.index, column, "This row was not in the template as it was issued.");
        problem.seen = Some(code.text.clone());
        problem.suggestion = Some("Ask for a new template, or send the figure in a workbook of its own.".to_owned());
        return None;
    }
    if matched.is_some() {
        // Its ref says which indicator it is, whatever the indicator is called by now.
        out.name = None;
    }
    let row_key = matched.map_or_else(|| code.text.clone(), |r| r.row_key.clone());
    out.row_key = Some(Box::new(Text { text: row_key, ..code.clone() }));
    // The Ref column may show the whole key, `WM01 2023/24 Q2`: what stands before the period is the code.
    if let Some(short) =
        period.and_then(|period| code.text.strip_suffix(&period).map(|c| c.trim_end().to_owned())).filter(|c| !c.is_empty())
    {
        out.code = Some(Text { text: short, ..code });
    }
    Some(())
}

/// The period of a stamped row of a ref.
fn period_in<'a>(stamped: &'a StampRow, own: &str) -> Option<&'a str> {
    let row_key = stamped.row_key.trim();
    let spaces = row_key.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut parts = spaces.filter_map(|at| Some((row_key.get(..at)?, row_key.get(at..)?.trim())));
    parts.find(|(code, _)| loose(code) == own).map(|(_, period)| period).filter(|period| period.parse::<Period>().is_ok())
}

/// Whether a period cell means a period as printed, however it is written: `Q2 2023/24`, or the date a program made of it.
fn means(cell: &PeriodCell, printed: &str) -> bool {
    let Ok(printed) = printed.parse::<Period>() else { return false };
    match &cell.content {
        PeriodContent::Text(text) => text.parse::<Period>() == Ok(printed),
        PeriodContent::Date { date, .. } => printed.months() == 1 && printed.start() <= *date && *date <= printed.end(),
    }
}

fn written(cell: &PeriodCell) -> String {
    match &cell.content {
        PeriodContent::Text(text) => text.clone(),
        PeriodContent::Date { date, .. } => date.to_string(),
    }
}

/// Takes the template's own period in place of what was typed over it.
fn instead(table: &mut Table<'_>, row: &Row, out: &mut ValueRow, printed: &str) {
    let at = table.header.find(Role::Period).map(|c| c.column);
    let seen = out.period.as_ref().map(written);
    let cell = match (&out.period, at) {
        (Some(cell), _) => cell.cell.clone(),
        (None, Some(column)) => crate::address::a1(row.index, column),
        (None, None) => crate::address::a1(row.index, 0),
    };
    if let (Some(seen), Some(column)) = (seen, at) {
        let message = "The period was filled in beforehand and has been changed; what was typed is ignored.";
        let problem = table.problem("TPL-020", row.index, column, message);
        problem.seen = Some(seen);
        problem.expected = Some(printed.to_owned());
    }
    out.period = Some(PeriodCell { content: PeriodContent::Text(printed.to_owned()), cell, context_year: None });
}
