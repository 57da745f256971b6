//! Which indicators a forum is given, and which of them are in an element's edition.

use std::collections::HashSet;

use chrono::NaiveDate;
use rules::measure::{ForumGets, Lifecycle};
use rules::period::Period;
use uuid::Uuid;

use crate::error::Result;
use crate::forums::store::ForumEntry;
use crate::frameworks::book::context_of;
use crate::frameworks::{Catalogue, IndicatorEntry};

/// Indicators of a forum's remit in the edition's order: those an element of the remit (or one below it) owns, and those
/// that contribute to one; of these the headline or critical ones where that is what the forum gets, with the measures of
/// the remit that explain them. `remit` is the codes of its elements, none for the whole council: codes stay the same
/// from one edition to the next, ids do not.
pub fn given<'a>(catalogue: &'a Catalogue, forum: &ForumEntry, remit: &[String], period: Period) -> Result<Vec<&'a IndicatorEntry>> {
    let inside = (!remit.is_empty()).then(|| {
        let named = |code: &str| remit.iter().any(|of| of.eq_ignore_ascii_case(code));
        below(catalogue, period.end(), |code, _| named(code))
    });
    let covered = |entry: &&IndicatorEntry| inside.as_ref().is_none_or(|inside| owned(entry, inside) || contributes(entry, inside));
    let wanted = |entry: &IndicatorEntry| {
        let version = entry.version_in(Some(period));
        match forum.gets {
            ForumGets::Everything | ForumGets::ByException => true,
            ForumGets::Headline => version.headline,
            ForumGets::Critical => version.critical,
        }
    };
    let collected = |entry: &&IndicatorEntry| entry.lifecycle != Lifecycle::Proposed;
    let all: Vec<&IndicatorEntry> = catalogue.indicators.iter().filter(collected).filter(covered).collect();
    with_context(&all, period, |entry| wanted(entry))
}

/// Those that are chosen, and those that explain one of them, in the order they came in.
pub fn with_context<'a>(
    all: &[&'a IndicatorEntry],
    period: Period,
    chosen: impl Fn(&IndicatorEntry) -> bool,
) -> Result<Vec<&'a IndicatorEntry>> {
    let codes: HashSet<&str> = all.iter().filter(|entry| chosen(entry)).map(|entry| entry.code.as_str()).collect();
    let mut kept = Vec::new();
    for entry in all {
        let explains = explained(entry, period)?.iter().any(|code| codes.contains(code.as_str()));
        if explains || codes.contains(entry.code.as_str()) {
            kept.push(*entry);
        }
    }
    Ok(kept)
}

/// Codes of the indicators one explains, by its definition in a period.
pub fn explained(entry: &IndicatorEntry, period: Period) -> Result<Vec<String>> {
    context_of(entry.version_in(Some(period)).context_for.as_deref())
}

/// Indicators of an element's edition.
pub struct Edition<'a> {
    /// In the order they came in.
    pub entries: Vec<&'a IndicatorEntry>,
    /// Whether elements outside the element's subtree own some.
    pub reaches_beyond: bool,
}

/// Of these the ones that an element or one below it owns, and those that contribute to one, as elements stood on a day.
pub fn edition<'a>(catalogue: &Catalogue, entries: Vec<&'a IndicatorEntry>, element: Uuid, day: NaiveDate) -> Edition<'a> {
    let inside = below(catalogue, day, |_, id| id == element);
    let entries: Vec<_> = entries.into_iter().filter(|entry| owned(entry, &inside) || contributes(entry, &inside)).collect();
    let reaches_beyond = entries.iter().any(|entry| !owned(entry, &inside));
    Edition { entries, reaches_beyond }
}

fn owned(entry: &IndicatorEntry, inside: &HashSet<Uuid>) -> bool {
    inside.contains(&entry.owner)
}

fn contributes(entry: &IndicatorEntry, inside: &HashSet<Uuid>) -> bool {
    entry.contributes_to.iter().any(|to| inside.contains(to))
}

/// The elements that are a top, and all that stood below them on a day.
pub(super) fn below(catalogue: &Catalogue, day: NaiveDate, is_top: impl Fn(&str, Uuid) -> bool) -> HashSet<Uuid> {
    let within = |id: Uuid| catalogue.path(id, day).iter().any(|above| is_top(&above.code, above.id));
    catalogue.elements.iter().filter(|e| within(e.id)).map(|e| e.id).collect()
}
