//! The families of the Local Government Benchmarking Framework: eight councils each, with one set of families for some
//! indicators and another for the rest.

use super::{ListKind, Member, Named, NeighbourLists};
use crate::diagnostic::Diagnostic;
use crate::list::{Heading, List, heading};
use crate::sheet::Book;

const FAMILIES: &[Heading] =
    &[heading("family group", &["family"]), heading("local authority", &["authority", "council"]), heading("type", &["indicators"])];

/// Reads the list; false where there is none.
pub(super) fn read(book: &Book, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) -> bool {
    let Some(found) = List::in_book(book, FAMILIES, &["family group", "local authority"]) else { return false };
    out.kind = Some(ListKind::Families);
    for row in found.rows() {
        let mut entry = found.entry(row, problems);
        let (group, name) = (entry.need("family group"), entry.need("local authority"));
        let (purpose, at) = (entry.text("type"), entry.place("local authority"));
        let words = entry.words("local authority");
        if let (Some(group), Some(_)) = (group, name) {
            let area = Named { code: None, name: words };
            out.members.push(Member { group: Some(group), purpose, area, place: None, at });
        }
    }
    true
}
