//! Comparator lists: whose neighbours are whom, and who stands in a group together.
//!
//! Read as published: the workbook of the Office for National Statistics (a sheet a model, `Neighbour 1: code`), the
//! Department for Education's (`SN1, SNP`, by its own numbers of authorities, which a second file turns into names), and
//! the Scottish families (`Family_Group, Local_Authority, Type`). A list of our own has a row for each neighbour or member:
//!
//! | list | headings (* needed) |
//! |---|---|
//! | neighbours | area code or area name*, neighbour code or neighbour name*, place, closeness, distance, model |
//! | a council's group | area code or area name*, group, place |
//!
//! The second is what a council keeps of a list it has a licence for, such as CIPFA's: one row for each of its neighbours, in
//! order where a column `place` does not say it. Nothing here knows which areas there are: codes and names are as written.

use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::list;
use crate::reading::{Format, Limits};
use crate::row::Text;

mod department;
mod families;
mod own;
mod statistics;
#[cfg(test)]
mod tests;

pub use department::{Numbers, numbers};

/// An area as a list names it: by code, by name, or by both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The statisticians' code as written.
    pub code: Option<Text>,
    /// The name as written.
    pub name: Option<Text>,
}

/// One neighbour of one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Which of several lists of one file it stands in: `Global statistical nearest neighbours`; none where there is one.
    pub model: Option<String>,
    /// Whose neighbour it is.
    pub area: Named,
    /// Who it is.
    pub neighbour: Named,
    /// How near: 1 is nearest.
    pub place: u32,
    /// How near in the publisher's words: `Very close`.
    pub closeness: Option<String>,
    /// How near in the publisher's measure.
    pub distance: Option<rust_decimal::Decimal>,
    /// Where it stands.
    pub at: Place,
}

/// One member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The group; none where a file is one group.
    pub group: Option<String>,
    /// What the group is for, where one file has several sets of groups: `Children, Social Work and Housing indicators`.
    pub purpose: Option<String>,
    /// Who it is.
    pub area: Named,
    /// Its place in the group, counted from 1, where the list is in an order or says one.
    pub place: Option<u32>,
    /// Where it stands.
    pub at: Place,
}

/// How a list was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListKind {
    /// Statistical nearest neighbours of the Office for National Statistics.
    OfficeForNationalStatistics,
    /// Statistical neighbours of the Department for Education.
    DepartmentForEducation,
    /// Families of the Local Government Benchmarking Framework.
    Families,
    /// A list of our own of whose neighbours are whom.
    Neighbours,
    /// A list of our own of one council's group.
    Group,
}

/// The rows that are right beside the problems of those that are not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NeighbourLists {
    /// What the bytes are; none when they are no workbook.
    pub format: Option<Format>,
    /// How it was recognised; none when it was not.
    pub kind: Option<ListKind>,
    /// Neighbours, by model, area and place.
    pub neighbours: Vec<Neighbour>,
    /// Members of groups, in order.
    pub members: Vec<Member>,
    /// What is wrong or worth knowing, one a cause.
    pub diagnostics: Vec<Diagnostic>,
}

impl NeighbourLists {
    /// Whether anything in it is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads the comparator lists of a file. `numbers`: what the Department for Education's numbers mean; without it its list
/// gives numbers where names should be, and says so (LST-005).
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits, numbers: Option<&Numbers>) -> NeighbourLists {
    let mut out = NeighbourLists::default();
    let mut problems = Vec::new();
    let (format, book) = list::open(bytes, file_name, limits, &mut problems);
    out.format = format;
    if let Some(book) = book {
        let found = statistics::read(&book, &mut out, &mut problems)
            || department::read(&book, numbers, &mut out, &mut problems)
            || families::read(&book, &mut out, &mut problems)
            || own::read(&book, &mut out, &mut problems);
        if !found && problems.iter().all(|problem| problem.severity != Severity::Error) {
            let wanted =
                "area code (or area name), neighbour code (or neighbour name) and place; or area code (or area name), group and place";
            problems.push(list::unknown(file_name, wanted));
        }
    }
    out.diagnostics = list::settled(problems);
    out
}
