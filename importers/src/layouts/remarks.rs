//! What is worth knowing about a sheet that was read.

use super::header::Header;
use super::roles::Role;
use super::spelled::key;
use crate::diagnostic::Diagnostic;
use crate::reading::Layout;
use crate::sheet::Sheet;

/// What is worth knowing about a sheet that was read.
pub(super) fn remarks(sheet: &Sheet, header: &Header, layout: Layout, rows: &[u32], problems: &mut Vec<Diagnostic>) {
    let place = || crate::Place::sheet(&sheet.name);
    if sheet.merges.iter().any(|m| m.bottom < header.top) {
        problems.push(Diagnostic::new("STR-001", place(), "Merged title rows above the table."));
    }
    if sheet.merges.iter().any(|m| (header.top..=header.bottom).contains(&m.top) && m.right > m.left) {
        problems.push(Diagnostic::new("STR-002", sheet.place(header.top, 0), "Merged headings were read for every column they span."));
    }
    let below = sheet.rows.iter().filter(|row| row.hidden && row.index > header.bottom && row.index <= header.last);
    let mut hidden: Vec<u32> = below.filter(|row| row.filled().next().is_some()).map(|row| row.index + 1).collect();
    // Of many authorities, only our own rows matter.
    hidden.retain(|row| header.areas.is_none() || rows.binary_search(row).is_ok());
    if !hidden.is_empty() && !rows.is_empty() {
        let listed = hidden.iter().take(20).map(u32::to_string).collect::<Vec<_>>().join(", ");
        let more = if hidden.len() > 20 { format!(" and {} more", hidden.len() - 20) } else { String::new() };
        let (code, message) = if sheet.filtered {
            ("STR-014", format!("A filter is on; the rows it hides ({listed}{more}) were read."))
        } else {
            ("STR-011", format!("Hidden rows were read: {listed}{more}."))
        };
        let first = hidden.first().map_or(0, |row| row - 1);
        problems.push(Diagnostic::new(code, sheet.place(first, 0), message).suggest("Delete the rows if they should not be sent."));
    }
    for column in header.columns.iter().filter(|c| c.role.is_some_and(|r| r != Role::Known) && sheet.column_hidden(c.column)) {
        if column.heading.is_empty() {
            continue;
        }
        let message = format!("The hidden column {:?} was read.", column.heading);
        problems.push(Diagnostic::new("STR-012", crate::Place::new(sheet.name.clone(), column.cell.clone()), message));
    }
    if sheet.protected && layout != Layout::Template {
        problems.push(Diagnostic::new("STR-023", place(), "The sheet is protected; it was read."));
    }
    if sheet.comments > 0 {
        let message = format!("{} comments on cells were not taken.", sheet.comments);
        problems.push(Diagnostic::new("STR-021", place(), message).suggest("Write what matters in the Commentary column."));
    }
    columns(sheet, header, layout, problems);
}

fn columns(sheet: &Sheet, header: &Header, layout: Layout, problems: &mut Vec<Diagnostic>) {
    let place = |cell: &str| crate::Place::new(sheet.name.clone(), cell);
    // Where the indicator is in the heading, other columns are spoken of all at once.
    let keyed = header.has_key() && header.mapping.is_none();
    for column in &header.columns {
        match column.role {
            None if layout != Layout::Template && keyed && !column.heading.is_empty() => {
                let message = format!("The column {:?} is none this product asks for; it was not read.", column.heading);
                problems.push(Diagnostic::new("COL-001", place(&column.cell), message));
            }
            Some(Role::Total) if layout != Layout::Template && keyed => {
                let message = format!("The column {:?} was not read: the product works such figures out itself.", column.heading);
                problems.push(Diagnostic::new("COL-004", place(&column.cell), message));
            }
            Some(role) if role.must_be_one() && column.period.is_none() && layout == Layout::Long => {
                let chosen = header.find(role);
                let rival = chosen.filter(|c| c.column != column.column && c.sureness == column.sureness);
                if let Some(chosen) = rival.filter(|_| !is_year_beside(role, &column.heading, header)) {
                    let message = format!(
                        "The columns {:?} ({}) and {:?} ({}) both say they are the {}; the first was read.",
                        chosen.heading,
                        chosen.cell,
                        column.heading,
                        column.cell,
                        role.words()
                    );
                    problems.push(Diagnostic::new("COL-002", place(&column.cell), message).suggest("Rename or delete the other column."));
                }
            }
            _ => {}
        }
    }
}

fn is_year_beside(role: Role, heading: &str, header: &Header) -> bool {
    role == Role::Period && (key(heading).contains("year") || header.find(Role::Period).is_some_and(|c| key(&c.heading).contains("year")))
}
