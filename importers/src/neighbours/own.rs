//! Lists of our own: whose neighbours are whom, or one council's group.

use std::collections::{HashMap, HashSet};

use super::{ListKind, Member, Named, Neighbour, NeighbourLists};
use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::list::{Entry, Heading, List, heading};
use crate::sheet::Book;

const COLUMNS: &[Heading] = &[
    heading("area code", &["code", "gss code", "ons code", "local authority code", "la code"]),
    heading("area name", &["name", "local authority", "local authority name", "authority", "authority name", "council", "la name", "area"]),
    heading("neighbour code", &["comparator code"]),
    heading("neighbour name", &["neighbour", "comparator", "comparator name"]),
    heading("place", &["rank", "order", "position", "no"]),
    heading("closeness", &[]),
    heading("distance", &["score"]),
    heading("model", &["list"]),
    heading("group", &["family", "family group", "comparator group", "group name"]),
];

/// Reads the list; false where there is none.
pub(super) fn read(book: &Book, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) -> bool {
    let find = |needed: &[&[&str]]| needed.iter().find_map(|needed| List::in_book(book, COLUMNS, needed));
    let pairs: [&[&str]; 4] = [
        &["area code", "neighbour code"],
        &["area name", "neighbour name"],
        &["area code", "neighbour name"],
        &["area name", "neighbour code"],
    ];
    if let Some(found) = find(&pairs) {
        out.kind = Some(ListKind::Neighbours);
        neighbours(&found, out, problems);
        return true;
    }
    if let Some(found) = find(&[&["area code"], &["area name"]]) {
        out.kind = Some(ListKind::Group);
        group(&found, out, problems);
        return true;
    }
    false
}

fn neighbours(found: &List<'_>, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) {
    let mut places: HashMap<(Option<String>, String), u32> = HashMap::new();
    let mut known = HashSet::new();
    for row in found.rows() {
        let mut entry = found.entry(row, problems);
        let (area, neighbour) = (named(&mut entry, "area code", "area name"), named(&mut entry, "neighbour code", "neighbour name"));
        let (place, distance) = (place(&mut entry), entry.number("distance"));
        let (model, closeness, at) = (entry.text("model"), entry.text("closeness"), entry.place("neighbour code"));
        let (Some(area), Some(neighbour), Some(place), Some(distance)) = (area, neighbour, place, distance) else { continue };
        let whose = (model.clone(), says(&area));
        if !known.insert((whose.clone(), says(&neighbour))) {
            problems.push(twice(at, &says(&neighbour)));
            continue;
        }
        let next = places.entry(whose).or_default();
        *next = place.unwrap_or(*next + 1);
        let place = *next;
        out.neighbours.push(Neighbour { model, area, neighbour, place, closeness, distance, at });
    }
}

fn group(found: &List<'_>, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) {
    found.remark_others(problems);
    let mut places: HashMap<Option<String>, u32> = HashMap::new();
    let mut known = HashSet::new();
    for row in found.rows() {
        let mut entry = found.entry(row, problems);
        let (area, place, group) = (named(&mut entry, "area code", "area name"), place(&mut entry), entry.text("group"));
        let at = entry.place(if found.columns.contains_key("area code") { "area code" } else { "area name" });
        let (Some(area), Some(place)) = (area, place) else { continue };
        if !known.insert((group.clone(), says(&area))) {
            problems.push(twice(at, &says(&area)));
            continue;
        }
        let next = places.entry(group.clone()).or_default();
        *next = place.unwrap_or(*next + 1);
        let place = Some(*next);
        out.members.push(Member { group, purpose: None, area, place, at });
    }
}

/// Code and name of an area; at least one must be there (LST-002).
fn named(entry: &mut Entry<'_, '_>, code: &str, name: &str) -> Option<Named> {
    let named = Named { code: entry.words(code), name: entry.words(name) };
    if named.code.is_none() && named.name.is_none() {
        let there = entry.words(code).is_some();
        entry.need(if there { name } else { code });
        return None;
    }
    Some(named)
}

/// The place that a column says; `Some(None)` where none does.
#[expect(clippy::option_option, reason = "a blank cell and a wrong one are two things")]
fn place(entry: &mut Entry<'_, '_>) -> Option<Option<u32>> {
    let Some(number) = entry.number("place")? else { return Some(None) };
    let place = number.fract().is_zero().then(|| u32::try_from(number).ok()).flatten().filter(|place| (1..=1_000).contains(place));
    if place.is_none() {
        entry.wrong("place", "A place is a whole number from 1.", Some("Write 1 for the nearest.".to_owned()));
    }
    place.map(Some)
}

fn says(named: &Named) -> String {
    let text = named.code.as_ref().or(named.name.as_ref());
    text.map(|text| text.text.to_uppercase()).unwrap_or_default()
}

fn twice(at: Place, who: &str) -> Diagnostic {
    Diagnostic::new("LST-003", at, format!("{who} stands in this list above; this row was not read.")).suggest("Delete one of the two.")
}
