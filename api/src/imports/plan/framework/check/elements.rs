//! Where elements may stand: below what kind, from when until when, and never below themselves.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use importers::Diagnostic;
use rules::framework::{ElementRow, Keyed};
use rules::measure::ElementKind;

use crate::frameworks::book::{ElementIds, Held};
use crate::imports::plan::framework::sheet::{Cause, Entry, Known};

/// Refusing a row lets what is held take its place again, which may not fit either: the checks run until nothing more
/// is refused, and at most this often.
const ROUNDS_MAX: usize = 8;
/// Levels below the top.
const DEPTH_MAX: usize = 30;

/// One element in one place, from the workbook or held.
struct Standing<'a> {
    row: &'a ElementRow,
    /// Which row of the workbook it is.
    entry: Option<usize>,
}

/// What is wrong with a row: code, heading, sentence.
struct Fault {
    entry: usize,
    code: &'static str,
    heading: &'static str,
    message: String,
}

/// Refuses elements that cannot stand where they are put, and answers which refs do stand. `known` are the refs of rows
/// that could not be read.
pub fn check(
    entries: &mut [Entry<ElementRow>],
    held: &[Held<ElementRow, ElementIds>],
    mut known: Known,
    findings: &mut Vec<Diagnostic>,
) -> Known {
    agree(entries, findings);
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let row = entry.row();
        if row.stands_until.zip(row.stands_from).is_some_and(|(until, from)| until < from) {
            let message = format!("{} stops standing here before it starts.", row.code);
            entry.refuse("FRM-015", "Stands until", message, findings);
        }
    }
    for _ in 0..ROUNDS_MAX {
        remember(entries, &mut known);
        spread(entries, held, &mut known, findings);
        let faults = Tree::of(entries, held).faults(&known);
        if faults.is_empty() {
            remember_standing(entries, held, &mut known);
            return known;
        }
        for fault in faults {
            if let Some(entry) = entries.get_mut(fault.entry).filter(|entry| !entry.refused) {
                entry.refuse(fault.code, fault.heading, fault.message, findings);
            }
        }
    }
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        entry.refuse("FRM-015", "Parent", "The elements contradict one another and what is held in too many places.", findings);
    }
    remember(entries, &mut known);
    remember_standing(&[], held, &mut known);
    known
}

/// Title, kind and owner are the element's, wherever it stands: the row of its last place says them.
fn agree(entries: &mut [Entry<ElementRow>], findings: &mut Vec<Diagnostic>) {
    let mut last: HashMap<String, ElementRow> = HashMap::new();
    for entry in entries.iter().filter(|entry| !entry.refused) {
        let row = entry.row();
        if last.get(&row.code).is_none_or(|known| known.stands_from <= row.stands_from) {
            last.insert(row.code.clone(), row.clone());
        }
    }
    for entry in entries.iter_mut().filter(|entry| !entry.refused) {
        let Some(last) = last.get(&entry.row().code) else { continue };
        let row = entry.row();
        let agreed = ElementRow {
            parent: row.parent.clone(),
            position: row.position,
            stands_from: row.stands_from,
            stands_until: row.stands_until,
            ..last.clone()
        };
        if agreed != *row {
            let message = format!("The rows of {} differ in more than where it stands: what its last place says is taken.", row.code);
            findings.push(Diagnostic::new("FRM-020", entry.place("Ref"), message));
            entry.placed.row = agreed;
        }
    }
}

fn remember(entries: &[Entry<ElementRow>], known: &mut Known) {
    for entry in entries.iter().filter(|entry| entry.refused) {
        known.refused(&entry.row().code, entry.cause(&entry.row().code));
    }
}

fn remember_standing(entries: &[Entry<ElementRow>], held: &[Held<ElementRow, ElementIds>], known: &mut Known) {
    held.iter().for_each(|held| known.stands(&held.row.code));
    entries.iter().filter(|entry| !entry.refused).for_each(|entry| known.stands(&entry.row().code));
}

/// Refuses what stands below refused elements, and below that, each with the first cause.
fn spread(entries: &mut [Entry<ElementRow>], held: &[Held<ElementRow, ElementIds>], known: &mut Known, findings: &mut Vec<Diagnostic>) {
    let held: HashSet<&str> = held.iter().map(|held| held.row.code.as_str()).collect();
    let mut children: HashMap<String, Vec<usize>> = HashMap::new();
    let mut left: HashMap<String, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| !entry.refused) {
        *left.entry(entry.row().code.clone()).or_default() += 1;
        if let Some(parent) = &entry.row().parent {
            children.entry(parent.clone()).or_default().push(at);
        }
    }
    let mut next: Vec<String> = children.keys().filter(|code| known.cause(code).is_some()).cloned().collect();
    next.sort();
    while let Some(code) = next.pop() {
        if held.contains(code.as_str()) || left.get(&code).is_some_and(|rows| *rows > 0) {
            continue;
        }
        let Some(cause): Option<Cause> = known.cause(&code).cloned() else { continue };
        for at in children.remove(&code).unwrap_or_default() {
            let Some(entry) = entries.get_mut(at).filter(|entry| !entry.refused) else { continue };
            entry.refuse_for(&cause, "Parent", findings);
            let code = entry.row().code.clone();
            known.refused(&code, cause.clone());
            left.entry(code.clone()).and_modify(|rows| *rows -= 1);
            next.push(code);
        }
    }
}

/// The elements as they would stand.
struct Tree<'a> {
    places: HashMap<&'a str, Vec<Standing<'a>>>,
    kinds: HashMap<&'a str, ElementKind>,
}

impl<'a> Tree<'a> {
    fn of(entries: &'a [Entry<ElementRow>], held: &'a [Held<ElementRow, ElementIds>]) -> Self {
        let (mut places, mut kinds): (HashMap<&str, Vec<Standing<'_>>>, HashMap<&str, ElementKind>) = Default::default();
        let accepted = || entries.iter().enumerate().filter(|(_, entry)| !entry.refused);
        let spoken: HashSet<String> = accepted().map(|(_, entry)| entry.row().key()).collect();
        for held in held.iter().map(|held| &held.row) {
            kinds.insert(&held.code, held.kind);
            if !spoken.contains(&held.key()) {
                places.entry(&held.code).or_default().push(Standing { row: held, entry: None });
            }
        }
        for (at, entry) in accepted() {
            kinds.insert(&entry.row().code, entry.row().kind);
            places.entry(&entry.row().code).or_default().push(Standing { row: entry.row(), entry: Some(at) });
        }
        places.values_mut().for_each(|places| places.sort_by_key(|place| place.row.stands_from));
        Self { places, kinds }
    }

    fn faults(&self, known: &Known) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (code, places) in &self.places {
            for place in places {
                faults.extend(self.misplaced(code, place, known));
                faults.extend(self.below_itself(code, place));
            }
            faults.extend(places.windows(2).filter_map(|pair| overlapping(code, pair)));
        }
        // Maps have no order; a workbook's findings do.
        faults.sort_by(|a, b| (a.entry, a.code, &a.message).cmp(&(b.entry, b.code, &b.message)));
        faults
    }

    /// Rows of the workbook that speak of an element.
    fn entries_of(&self, code: &str) -> impl Iterator<Item = usize> {
        self.places.get(code).into_iter().flatten().filter_map(|place| place.entry)
    }

    fn misplaced(&self, code: &str, place: &Standing<'_>, known: &Known) -> Option<Fault> {
        let kind = self.kinds.get(code).copied().unwrap_or(place.row.kind);
        let words = kind.words().to_lowercase();
        let Some(parent) = place.row.parent.as_deref() else {
            let entry = place.entry.or_else(|| self.entries_of(code).next()).filter(|_| !kind.may_stand_alone())?;
            let message = format!("A {words} cannot stand at the top: {code} needs a parent.");
            return Some(Fault { entry, code: "FRM-015", heading: "Parent", message });
        };
        let Some(above) = self.kinds.get(parent).copied() else {
            // What hangs on a refused row is refused for that row's cause, elsewhere.
            let entry = place.entry.filter(|_| known.cause(parent).is_none())?;
            let message = format!("No element has the ref {parent}, here or in what the council holds.");
            return Some(Fault { entry, code: "FRM-007", heading: "Parent", message });
        };
        if above.may_hold(kind) {
            return None;
        }
        let entry = place.entry.or_else(|| self.entries_of(code).next()).or_else(|| self.entries_of(parent).next())?;
        let message = format!("A {words} ({code}) cannot stand below a {} ({parent}).", above.words().to_lowercase());
        Some(Fault { entry, code: "FRM-015", heading: "Kind", message })
    }

    /// A loop exists on the first day of its latest place: it is looked for from each place on that day.
    fn below_itself(&self, code: &str, place: &Standing<'_>) -> Option<Fault> {
        let day = place.row.stands_from.unwrap_or(NaiveDate::MIN);
        let mut above = vec![code];
        let mut blamed = place.entry;
        let mut parent = place.row.parent.as_deref();
        while let Some(next) = parent {
            if next == code {
                let message = format!("{code} would stand below itself: {}.", above.join(" below ") + " below " + code);
                return Some(Fault { entry: blamed?, code: "FRM-015", heading: "Parent", message });
            }
            if above.contains(&next) {
                return None;
            }
            if above.len() > DEPTH_MAX {
                let message = format!("{code} stands more than {DEPTH_MAX} levels below the top.");
                return Some(Fault { entry: blamed?, code: "FRM-015", heading: "Parent", message });
            }
            above.push(next);
            let standing = self.on(next, day)?;
            blamed = blamed.or(standing.entry);
            parent = standing.row.parent.as_deref();
        }
        None
    }

    fn on(&self, code: &str, day: NaiveDate) -> Option<&Standing<'a>> {
        let places = self.places.get(code)?;
        let started = places.partition_point(|place| place.row.stands_from.is_none_or(|from| from <= day));
        let place = places.get(started.checked_sub(1)?)?;
        place.row.stands_until.is_none_or(|until| until >= day).then_some(place)
    }
}

fn overlapping(code: &str, pair: &[Standing<'_>]) -> Option<Fault> {
    let [before, after] = pair else { return None };
    let from = after.row.stands_from?;
    if before.row.stands_until.is_some_and(|until| until < from) {
        return None;
    }
    let until = before.row.stands_until.map_or_else(|| "with no last day".to_owned(), |until| format!("until {until}"));
    let parent = before.row.parent.as_deref().map_or_else(|| "at the top".to_owned(), |parent| format!("below {parent}"));
    let message = format!("{code} would stand in two places from {from}: it already stands {parent} {until}. End that place first.");
    let entry = after.entry.or(before.entry)?;
    Some(Fault { entry, code: "FRM-015", heading: if after.entry.is_some() { "Stands from" } else { "Stands until" }, message })
}
