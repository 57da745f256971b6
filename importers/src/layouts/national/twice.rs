//! One area's figure of one measure and period in several cells.

use std::collections::HashMap;

use crate::address::Place;
use crate::diagnostic::{Diagnostic, PLACES_MAX};

/// Area, measure and period by their numbers.
type Of = (u32, u32, Option<u32>);

/// Figures by what they are of.
#[derive(Default)]
pub(super) struct Twice {
    seen: HashMap<Of, Seen>,
    /// By sheet: those that say the same, and those that do not.
    same: Vec<Diagnostic>,
    different: Vec<Diagnostic>,
    dropped: Vec<usize>,
}

/// The first figure of something.
struct Seen {
    at: usize,
    said: u64,
    contradicted: bool,
    /// Where it stands, until that was told.
    place: Option<Place>,
}

impl Twice {
    /// A figure, the how manieth it is, what it says and where.
    pub fn saw(&mut self, of: Of, at: usize, said: u64, place: Place) {
        let Some(first) = self.seen.get_mut(&of) else {
            self.seen.insert(of, Seen { at, said, contradicted: false, place: Some(place) });
            return;
        };
        self.dropped.push(at);
        let same = first.said == said && !first.contradicted;
        if !same && !first.contradicted {
            first.contradicted = true;
            self.dropped.push(first.at);
        }
        let told = if same { &mut self.same } else { &mut self.different };
        for place in first.place.take().into_iter().chain([place]) {
            tell(told, same, place);
        }
    }

    /// Figures that are left out, in ascending order, and what is said of them.
    pub fn finish(mut self) -> (Vec<usize>, Vec<Diagnostic>) {
        self.dropped.sort_unstable();
        self.same.append(&mut self.different);
        (self.dropped, self.same)
    }
}

fn tell(told: &mut Vec<Diagnostic>, same: bool, place: Place) {
    if let Some(known) = told.iter_mut().find(|known| known.places.first().is_some_and(|first| first.sheet == place.sheet)) {
        known.count += 1;
        if known.places.len() < PLACES_MAX {
            known.places.push(place);
        }
        return;
    }
    told.push(if same {
        Diagnostic::new("STR-015", place, "The same figure of one area, measure and period stands in several cells; the first is kept.")
    } else {
        let message = "Different figures of one area, measure and period stand in several cells; none of them was taken.";
        let advice = "If they are of different measures, add a column that tells them apart; otherwise keep the right one.";
        Diagnostic::new("STR-016", place, message).suggest(advice)
    });
}
