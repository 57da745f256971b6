//! The same indicator and period in several rows, however each writes them.

use std::collections::HashMap;
use std::hash::Hash;

use importers::diagnostic::PLACES_MAX;
use importers::{Diagnostic, Place};

/// Places named in a message at most.
const NAMED_MAX: usize = 5;

/// What becomes of a row that says what another says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It repeats an earlier row and is passed over.
    Repeats,
    /// It contradicts another and neither is taken.
    Contradicts,
}

/// Looks through rows given as key, content and place; answers with the verdict for every row that is not taken, by
/// its place in the list.
pub fn resolve<K: Hash + Eq, C: PartialEq>(rows: &[(K, C, &Place)], out: &mut Vec<Diagnostic>) -> HashMap<usize, Verdict> {
    let mut first: HashMap<&K, usize> = HashMap::with_capacity(rows.len());
    let mut again: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, (key, _, _)) in rows.iter().enumerate() {
        let first = *first.entry(key).or_insert(at);
        if first != at {
            again.entry(first).or_insert_with(|| vec![first]).push(at);
        }
    }
    let mut several: Vec<Vec<usize>> = again.into_values().collect();
    several.sort();
    let mut verdicts = HashMap::new();
    for group in several {
        let same = group.windows(2).all(|pair| rows[pair[0]].1 == rows[pair[1]].1);
        let places: Vec<Place> = group.iter().map(|at| rows[*at].2.clone()).collect();
        out.push(diagnostic(same, &places));
        for at in group.into_iter().skip(usize::from(same)) {
            verdicts.insert(at, if same { Verdict::Repeats } else { Verdict::Contradicts });
        }
    }
    verdicts
}

fn diagnostic(same: bool, places: &[Place]) -> Diagnostic {
    let named: Vec<String> = places.iter().take(NAMED_MAX).map(|place| format!("'{}'!{}", place.sheet, place.cell)).collect();
    let named = named.join(", ");
    let first = places.first().cloned().unwrap_or_else(Place::file);
    let mut diagnostic = if same {
        Diagnostic::new("STR-015", first, format!("The same figure stands in {named}; the first is kept.")).suggest("Delete the others.")
    } else {
        let message = format!("Different figures for the same indicator and period stand in {named}; none was taken.");
        Diagnostic::new("STR-016", first, message).suggest("Keep the right one.")
    };
    diagnostic.count = places.len();
    diagnostic.places = places.iter().take(PLACES_MAX).cloned().collect();
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repetition_is_passed_over_and_a_contradiction_refused_on_both_sides() {
        let places = ["D5", "D6", "D7", "D8", "D9"].map(|cell| Place::new("Return", cell));
        let said = [("PI22", 93), ("PI26", 91), ("PI22", 93), ("PI26", 84), ("PI27", 1)];
        let rows: Vec<_> = said.iter().zip(&places).map(|((key, content), place)| (*key, *content, place)).collect();
        let mut out = Vec::new();
        let verdicts = resolve(&rows, &mut out);
        assert_eq!(verdicts, HashMap::from([(2, Verdict::Repeats), (1, Verdict::Contradicts), (3, Verdict::Contradicts)]));
        let told: Vec<_> = out.iter().map(|d| (d.code.as_ref(), d.count, d.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("STR-015", 2, "The same figure stands in 'Return'!D5, 'Return'!D7; the first is kept."),
                ("STR-016", 2, "Different figures for the same indicator and period stand in 'Return'!D6, 'Return'!D8; none was taken."),
            ]
        );
    }
}
