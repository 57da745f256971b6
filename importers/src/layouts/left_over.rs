//! Columns that stand for a whole row of several figures: which of them a comment, an action or a numerator is about
//! nobody can say. They are not taken, and every cell of theirs is named.

use super::across::alone;
use super::beside;
use super::body::BodyRow;
use super::groups::{Group, Shape};
use super::header::Header;
use super::heading::Column;
use super::roles::Role;
use crate::address::a1;
use crate::diagnostic::{Diagnostic, PLACES_MAX, Severity};
use crate::sheet::Sheet;

/// What stands in a row beside one figure and is taken with it.
const WORDS: [Role; 9] = [
    Role::Commentary,
    Role::Action,
    Role::ActionOwner,
    Role::ActionDue,
    Role::State,
    Role::AbsenceReason,
    Role::Numerator,
    Role::Denominator,
    Role::Forecast,
];

/// Whether the one column of a role is of its whole row.
pub(super) fn of_row(header: &Header, role: Role) -> bool {
    (WORDS.contains(&role) || role == Role::Status)
        && header.columns.iter().filter(|c| c.role == Some(role) && c.period.is_none()).count() == 1
}

/// COL-001 for each column that was not taken, at each of its cells.
pub(super) fn report(sheet: &Sheet, header: &Header, shape: &Shape<'_>, body: &[BodyRow<'_>], problems: &mut Vec<Diagnostic>) {
    let (groups, keyed): (&[Group<'_>], bool) = match shape {
        Shape::Long => return,
        Shape::Wide(groups) => (groups, true),
        Shape::Measures(groups) => (groups, false),
    };
    // What a mapping leaves out its sender left out.
    if header.mapping.is_some() || groups.is_empty() {
        return;
    }
    let repeated = beside::repeated(header);
    let taken = |column: &Column, role: Role| {
        let beside = groups.iter().flat_map(|group| &group.others).any(|other| other.column == column.column);
        // Several of a kind are spoken of where the other columns are.
        beside || (keyed && repeated.contains(&role)) || (alone(header, groups) && of_row(header, role))
    };
    for column in header.columns.iter().filter(|column| column.period.is_none()) {
        let Some(role) = column.role.filter(|role| (WORDS.contains(role) || *role == Role::Status) && !taken(column, *role)) else {
            continue;
        };
        problems.extend(left_over(sheet, column, role, keyed, body));
    }
}

fn left_over(sheet: &Sheet, column: &Column, role: Role, keyed: bool, body: &[BodyRow<'_>]) -> Option<Diagnostic> {
    let filled = body.iter().filter(|body| body.row.cell(column.column).is_some_and(|cell| !cell.is_blank()));
    let mut cells = filled.map(|body| crate::Place::new(sheet.name.clone(), a1(body.row.index, column.column)));
    let first = cells.next()?;
    let several = if keyed { "periods" } else { "indicators" };
    let heading = &column.heading;
    let message =
        format!("The column {heading:?} stands beside figures of several {several}, and does not say of which: it was not taken.");
    let mut problem = Diagnostic::new("COL-001", first, message).suggest(match keyed {
        true => "Write the period it is about into its heading, for instance Q2 2024/25 comments; or send one period at a time.",
        false => "Say in a mapping which indicator it is about, or send a table with a column headed Ref.",
    });
    for cell in cells {
        problem.count += 1;
        if problem.places.len() < PLACES_MAX {
            problem.places.push(cell);
        }
    }
    // A status is worked out and never taken: only a comparison is lost.
    Some(if role == Role::Status { problem } else { problem.weighing(Severity::Warning) })
}
