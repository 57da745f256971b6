//! Why a sheet gave nothing: something needed is missing, or it is no table at all.

use super::groups::has_figure;
use super::header;
use super::roles::{self, Role};
use crate::diagnostic::{Diagnostic, Severity};
use crate::sheet::Sheet;

/// What to say of a sheet without a table that gives figures; nothing of a blank one.
pub(super) fn why(sheet: &Sheet, others_read: bool) -> Option<Diagnostic> {
    if sheet.is_blank() {
        return None;
    }
    let place = crate::Place::sheet(&sheet.name);
    let Some(header) = header::find(sheet) else {
        if is_cards(sheet) {
            let message = "This sheet is made of small blocks, one for each indicator; such sheets are not read.";
            return Some(Diagnostic::new("LAY-004", place, message).suggest("Put the figures in one table with Ref, Period and Result."));
        }
        let message = format!("The sheet {:?} has no table of figures and was passed over.", sheet.name);
        return Some(Diagnostic::new("LAY-002", place, message));
    };
    let (period, figure) = (header.find(Role::Period).is_some(), has_figure(&header));
    let missing = match (header.has_key(), period, figure) {
        (true, true, false) => Role::Value,
        (true, false, true) => Role::Period,
        (false, true, true) => Role::Code,
        _ => {
            return Some(Diagnostic::new(
                "LAY-002",
                place,
                format!("The sheet {:?} has no table of figures and was passed over.", sheet.name),
            ));
        }
    };
    let headings: Vec<&str> = header.columns.iter().map(|c| c.heading.as_str()).take(12).collect();
    let first = header.columns.first().map_or("A1", |c| c.cell.as_str());
    let message = format!("The table on this sheet has no column headed {}. Its headings are: {}.", missing.words(), headings.join(", "));
    let mut problem = Diagnostic::new("COL-003", crate::Place::new(sheet.name.clone(), first), message)
        .suggest(format!("Head the column {}, or say in a mapping which column holds it.", missing.words()))
        .expected(missing.words());
    if others_read {
        problem.severity = Severity::Warning;
    }
    Some(problem)
}

/// Three or more cells that say `Ref`, each beside something: a sheet of cards.
fn is_cards(sheet: &Sheet) -> bool {
    let refs = sheet.rows.iter().filter(|row| {
        let mut filled = row.filled();
        filled.next().is_some_and(|c| matches!(roles::role(&c.text()), Some((Role::Code, _)))) && filled.next().is_some()
    });
    refs.take(3).count() == 3
}
