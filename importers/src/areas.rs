//! A register of areas, and who followed whom.
//!
//! Two lists of our own, as separated text or sheets of a workbook, told apart by their headings:
//!
//! | list | headings (* needed) |
//! |---|---|
//! | areas | code*, name*, type*, region, from, until |
//! | successions | from*, to*, on*, kind* |
//!
//! `type` and `kind` are words or codes of [`AuthorityType`] and [`SuccessionKind`]; days are written `2019-04-01`. A code may
//! have several rows, where an area changed its name: their days tell them apart. What stands above the headings is not read,
//! so a file may begin with where it is from.

use std::collections::HashSet;

use rules::area::{Area, AuthorityType, Succession, SuccessionKind, is_area_code};
use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::list::{self, Entry, Heading, List, heading};
use crate::reading::Limits;

const AREAS: &[Heading] = &[
    heading("code", &["area code", "gss code"]),
    heading("name", &["area name"]),
    heading("type", &["kind", "authority type"]),
    heading("region", &["region name"]),
    heading("from", &["stands from", "start"]),
    heading("until", &["stands until", "end"]),
];

const SUCCESSIONS: &[Heading] =
    &[heading("from", &["from code", "old code"]), heading("to", &["to code", "new code"]), heading("on", &["date"]), heading("kind", &[])];

/// A row with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// The row.
    pub row: T,
    /// Where it begins.
    pub place: Place,
}

/// The rows that are right beside the problems of those that are not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AreaLists {
    /// Areas, in order.
    pub areas: Vec<Listed<Area>>,
    /// Successions, in order.
    pub successions: Vec<Listed<Succession>>,
    /// What is wrong or worth knowing, one a cause.
    pub diagnostics: Vec<Diagnostic>,
}

impl AreaLists {
    /// Whether anything in it is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads every list of areas and of successions in a file.
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> AreaLists {
    let mut out = AreaLists::default();
    let mut problems = Vec::new();
    if let (_, Some(book)) = list::open(bytes, file_name, limits, &mut problems) {
        let mut some = false;
        for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden) {
            if let Some(found) = List::find(sheet, SUCCESSIONS, &["from", "to", "on", "kind"]) {
                some = true;
                successions(&found, &mut out.successions, &mut problems);
            } else if let Some(found) = List::find(sheet, AREAS, &["code", "name", "type"]) {
                some = true;
                areas(&found, &mut out.areas, &mut problems);
            }
        }
        if !some && problems.iter().all(|problem| problem.severity != Severity::Error) {
            problems.push(list::unknown(file_name, "code, name, type, region, from and until; or from, to, on and kind"));
        }
    }
    out.diagnostics = list::settled(problems);
    out
}

fn areas(found: &List<'_>, out: &mut Vec<Listed<Area>>, problems: &mut Vec<Diagnostic>) {
    found.remark_others(problems);
    let mut known = HashSet::new();
    for row in found.rows() {
        let mut entry = found.entry(row, problems);
        let place = entry.place("code");
        let Some(area) = area(&mut entry) else { continue };
        if known.insert((area.code.clone(), area.from)) {
            out.push(Listed { row: area, place });
        } else {
            problems.push(twice(place, &area.code));
        }
    }
}

fn area(entry: &mut Entry<'_, '_>) -> Option<Area> {
    let (code, name) = (code(entry, "code"), entry.need("name"));
    let kind = if entry.need("type").is_some() { entry.word("type", AuthorityType::ALL, AuthorityType::words).flatten() } else { None };
    let (region, from, until) = (entry.text("region"), entry.date("from"), entry.date("until"));
    let (from, until) = (from?, until?);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        entry.wrong("until", "This area ends before it begins.", Some("Correct one of the two days.".to_owned()));
        return None;
    }
    Some(Area { code: code?, name: name?, kind: kind?, region, from, until })
}

fn successions(found: &List<'_>, out: &mut Vec<Listed<Succession>>, problems: &mut Vec<Diagnostic>) {
    found.remark_others(problems);
    let mut known = HashSet::new();
    for row in found.rows() {
        let mut entry = found.entry(row, problems);
        let place = entry.place("from");
        let (from, to) = (code(&mut entry, "from"), code(&mut entry, "to"));
        let on = if entry.need("on").is_some() { entry.date("on").flatten() } else { None };
        let kind =
            if entry.need("kind").is_some() { entry.word("kind", SuccessionKind::ALL, SuccessionKind::words).flatten() } else { None };
        let (Some(from), Some(to), Some(on), Some(kind)) = (from, to, on, kind) else { continue };
        if known.insert((from.clone(), to.clone(), on)) {
            out.push(Listed { row: Succession { from, to, on, kind }, place });
        } else {
            problems.push(twice(place, &format!("{from} to {to}")));
        }
    }
}

/// A statisticians' code, in capitals.
fn code(entry: &mut Entry<'_, '_>, name: &str) -> Option<String> {
    let text = entry.need(name)?.trim().to_uppercase();
    if is_area_code(&text) {
        return Some(text);
    }
    entry.wrong(name, "This is not a code of an area.", Some("Write a letter and eight digits, such as E07000011.".to_owned()));
    None
}

fn twice(place: Place, what: &str) -> Diagnostic {
    Diagnostic::new("LST-003", place, format!("{what} has a row above that says the same; this one was not read."))
        .suggest("Delete one of the two, or correct it.")
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn csv(text: &str) -> AreaLists {
        read(text.as_bytes(), "areas.csv", &Limits::default())
    }

    fn said(lists: &AreaLists) -> Vec<String> {
        lists.diagnostics.iter().map(|d| format!("{} {}", d.code, d.places[0].cell)).collect()
    }

    #[test]
    fn areas_are_read_below_whatever_stands_above_them() {
        let lists = csv("# Where this is from, and its licence\nCode,Name,Type,Region,From,Until\n\
             e07000011,Huntingdonshire,District,East of England,1974-04-01,\nE07000009,East Cambridgeshire,DISTRICT,,,\n");
        let first = Area {
            code: "E07000011".into(),
            name: "Huntingdonshire".into(),
            kind: AuthorityType::District,
            region: Some("East of England".into()),
            from: NaiveDate::from_ymd_opt(1974, 4, 1),
            until: None,
        };
        assert_eq!((lists.areas.len(), &lists.areas[0].row, said(&lists)), (2, &first, vec![]));
        assert_eq!(lists.areas[1].place.cell, "A4");
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said_at_its_cell_and_the_others_are_read() {
        let lists = csv(
            "code,name,type,from,until\nE0700001,Short,District,,\nE07000011,,Hamlet,,\nE07000012,Ends early,District,2020-04-01,2019-03-31\n\
             E07000008,Cambridge,District,1974-04-01,\nE07000008,Cambridge again,District,1974-04-01,soon\nE07000008,Cambridge,District,1974-04-01,\n",
        );
        assert_eq!(lists.areas.len(), 1);
        assert_eq!(said(&lists), ["LST-004 A2", "LST-002 B3", "LST-004 C3", "LST-004 E4", "LST-004 E6", "LST-003 A7"]);
        assert!(lists.has_errors());
    }

    #[test]
    fn successions_have_headings_of_their_own() {
        let lists = csv("from,to,on,kind\nE08000016,E08000038,2025-04-01,Renamed\nE08000016,nowhere,2025-04-01,Renamed\n");
        let on = NaiveDate::from_ymd_opt(2025, 4, 1).unwrap();
        let expected = Succession { from: "E08000016".into(), to: "E08000038".into(), on, kind: SuccessionKind::Renamed };
        assert_eq!((lists.successions.len(), &lists.successions[0].row, said(&lists)), (1, &expected, vec!["LST-004 B3".to_owned()]));
        assert_eq!(said(&csv("a,b\n1,2\n")), ["LST-001 A1"]);
    }
}
