//! Which indicators a forum is given.

use std::collections::HashSet;

use chrono::NaiveDate;
use rules::measure::{ForumGets, Lifecycle};
use rules::period::Period;
use uuid::Uuid;

use crate::forums::store::ForumEntry;
use crate::frameworks::{Catalogue, IndicatorEntry};

/// Indicators of a forum's remit in the edition's order: those an element of the remit (or one below it) owns, and those
/// that contribute to one; of these the headline or critical ones where that is what the forum gets. `remit` is the
/// codes of its elements, none for the whole council: codes stay the same from one edition to the next, ids do not.
pub fn given<'a>(catalogue: &'a Catalogue, forum: &ForumEntry, remit: &[String], period: Period) -> Vec<&'a IndicatorEntry> {
    let inside = (!remit.is_empty()).then(|| elements(catalogue, remit, period.end()));
    let covered = |entry: &IndicatorEntry| match &inside {
        None => true,
        Some(inside) => inside.contains(&entry.owner) || entry.contributes_to.iter().any(|to| inside.contains(to)),
    };
    let wanted = |entry: &IndicatorEntry| {
        let version = entry.version_in(Some(period));
        match forum.gets {
            ForumGets::Everything | ForumGets::ByException => true,
            ForumGets::Headline => version.headline,
            ForumGets::Critical => version.critical,
        }
    };
    let collected = |entry: &IndicatorEntry| entry.lifecycle != Lifecycle::Proposed;
    catalogue.indicators.iter().filter(|e| collected(e) && covered(e) && wanted(e)).collect()
}

/// The remit's elements and all that stood below them on a day.
fn elements(catalogue: &Catalogue, remit: &[String], day: NaiveDate) -> HashSet<Uuid> {
    let named = |code: &str| remit.iter().any(|of| of.eq_ignore_ascii_case(code));
    catalogue.elements.iter().filter(|e| catalogue.path(e.id, day).iter().any(|above| named(&above.code))).map(|e| e.id).collect()
}
