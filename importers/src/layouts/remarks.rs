//! What is worth knowing about a sheet that was read.

use super::beside;
use super::groups;
use super::header::Header;
use super::heading::Column;
use super::roles::Role;
use super::spelled::key;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reading::Layout;
use crate::sheet::Sheet;

/// What is worth knowing about a sheet that was read. `timed`: the sections of its rows say of which time they are.
pub(super) fn remarks(sheet: &Sheet, header: &Header, layout: Layout, rows: &[u32], timed: bool, problems: &mut Vec<Diagnostic>) {
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
    columns(sheet, header, layout, timed, problems);
}

fn columns(sheet: &Sheet, header: &Header, layout: Layout, timed: bool, problems: &mut Vec<Diagnostic>) {
    let place = |column: &Column| crate::Place::new(sheet.name.clone(), column.cell.clone());
    // Where the indicator is in the heading, other columns are spoken of all at once.
    let keyed = header.has_key() && header.mapping.is_none();
    if keyed && layout != Layout::Template {
        header.columns.iter().for_each(|column| problems.extend(unread(header, layout, column).map(|said| said.at(place(column)))));
    }
    if header.rivals {
        for (chosen, column, role) in beside::rivals(header) {
            let message = format!(
                "The columns {:?} ({}) and {:?} ({}) both say they are the {}; none of their rows was read.",
                chosen.heading,
                chosen.cell,
                column.heading,
                column.cell,
                role.words()
            );
            let advice = "Rename or delete the other column, or say in a mapping which of the two is meant.";
            problems.push(Diagnostic::new("COL-002", place(column), message).suggest(advice));
        }
    }
    let undated = header.find(Role::Period).is_none() && header.period.is_none() && !timed;
    if layout == Layout::Long && header.mapping.is_none() && undated {
        let message = "Nothing in this table says of which period its figures are: they are taken for the period it is sent for.";
        let at = header.find(Role::Value).map_or_else(|| crate::Place::sheet(&sheet.name), place);
        let problem = Diagnostic::new("PER-038", at, message).weighing(Severity::Info);
        problems.push(problem.suggest("Say the period when sending it, in a title above the table, or in a column headed Period."));
    }
}

/// Something to be said of a column.
struct Said(&'static str, Severity, String, Option<&'static str>);

impl Said {
    fn at(self, place: crate::Place) -> Diagnostic {
        let Self(code, severity, message, advice) = self;
        let problem = Diagnostic::new(code, place, message).weighing(severity);
        advice.into_iter().fold(problem, Diagnostic::suggest)
    }
}

/// Why a column of a table with refs was not read, or what its heading may mean beside what was read.
fn unread(header: &Header, layout: Layout, column: &Column) -> Option<Said> {
    let heading = &column.heading;
    let (wide, figures) = (layout == Layout::Wide, beside::holds_figures(header, column));
    let across = groups::keyed(header) == Some(true);
    match column.role {
        None if heading.is_empty() => None,
        None if figures && column.period.is_some() => {
            let message = format!("The column {heading:?} holds figures of a period and was not read: what they are is not clear.");
            Some(Said(
                "COL-001",
                Severity::Warning,
                message,
                Some("If they are results, say so in a mapping; or head it with the period alone."),
            ))
        }
        None if figures && speaks_of_time(heading) => {
            let message = format!("The column {heading:?} holds figures and was not read: of which period they are is not clear.");
            Some(Said(
                "COL-001",
                Severity::Warning,
                message,
                Some("Head it with one period, for instance Q1 2024/25 or April to September 2024, or say in a mapping what it holds."),
            ))
        }
        None if is_breakdown(heading) => {
            let message = format!("The column {heading:?} was not read; the figures may be of parts, and are taken for the whole.");
            Some(Said("COL-001", Severity::Warning, message, Some("Send only the rows for the whole, or give each part its own ref.")))
        }
        None => {
            let message = format!("The column {heading:?} is none this product asks for; it was not read.");
            Some(Said("COL-001", Severity::Info, message, None))
        }
        Some(Role::Total) => {
            let message = format!("The column {heading:?} was not read: the product works such figures out itself.");
            Some(Said("COL-004", Severity::Info, message, None))
        }
        Some(Role::Value) if wide && column.period.is_none() => {
            let message = format!("The column {heading:?} names no period, unlike those beside it; it was not read.");
            Some(Said("COL-001", Severity::Warning, message, Some("If it is a result, write its period in its heading.")))
        }
        Some(role) if !across && column.period.is_some() && role != Role::Known => {
            let message = format!("The column {heading:?} names a period of its own beside a column of results; it was not read.");
            let lost = figures || matches!(role, Role::Value | Role::Commentary);
            let severity =
                if lost && !matches!(role, Role::Target | Role::Intervention | Role::Total) { Severity::Warning } else { Severity::Info };
            Some(Said(
                "COL-001",
                severity,
                message,
                Some("Give each period a row of its own, or head each column of results with its period."),
            ))
        }
        Some(role) if wide && column.period.is_none() && beside::repeated(header).contains(&role) => {
            let message = format!("The column {heading:?} is one of several, not one after each period; it was not read.");
            Some(Said("COL-001", Severity::Warning, message, Some("Write in each heading which period it is for.")))
        }
        Some(Role::Value) if column.multiplier.is_none() && header.multiplier.is_none() && beside::may_multiply(heading) => {
            let message = format!("The figures under {heading:?} were read as they stand, and not as thousands or millions.");
            Some(Said(
                "VAL-003",
                Severity::Warning,
                message,
                Some("If they are, head the column £m or (millions), or give its multiplier in a mapping."),
            ))
        }
        _ => None,
    }
}

/// Whether a heading names some time, and neither a comparison nor a share of one.
fn speaks_of_time(heading: &str) -> bool {
    const TIMES: [&str; 8] = ["quarter", "quarters", "ytd", "year", "annual", "yearly", "quarterly", "monthly"];
    const MONTHS: [&str; 20] = [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
    ];
    const OTHERS: [&str; 13] =
        ["average", "mean", "median", "change", "variance", "difference", "trend", "previous", "last", "rank", "quartile", "since", "per"];
    let key = super::spelled::heading_key(heading);
    let words = || key.split([' ', '|']);
    let numbered = |word: &str| {
        let quarter = word.strip_prefix('q').is_some_and(|number| matches!(number, "1" | "2" | "3" | "4"));
        quarter || (word.len() == 4 && word.parse().is_ok_and(|year: u32| (1990..=2100).contains(&year)))
    };
    !words().any(|word| OTHERS.contains(&word))
        && words().any(|word| TIMES.contains(&word) || MONTHS.contains(&word) || word == "dec" || numbered(word))
}

/// Whether a column parts figures by who or what they are about.
fn is_breakdown(heading: &str) -> bool {
    const WORDS: [&str; 13] = [
        "age",
        "sex",
        "gender",
        "ethnicity",
        "ethnic",
        "tenure",
        "breakdown",
        "disability",
        "religion",
        "nationality",
        "demographic",
        "subgroup",
        "characteristic",
    ];
    key(heading).split(' ').any(|word| WORDS.contains(&word))
}
