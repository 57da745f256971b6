//! Medians, ranks and averages that a file supplies: the product works them out itself, for the group that is asked for.

use crate::benchmark::{Supplied, SuppliedKind};
use crate::diagnostic::{Diagnostic, PLACES_MAX};
use crate::layouts::key;

/// Words that say of whom a median or average is: without others it is one of a group.
const OF_WHOM: &[&str] = &[
    "from",
    "of",
    "the",
    "for",
    "value",
    "group",
    "groups",
    "family",
    "england",
    "english",
    "scotland",
    "scottish",
    "scot",
    "wales",
    "welsh",
    "uk",
    "national",
    "nation",
    "region",
    "regional",
    "cipfa",
    "nearest",
    "statistical",
    "neighbour",
    "neighbours",
    "similar",
    "peer",
    "comparator",
    "all",
    "las",
    "las",
    "authorities",
    "authority",
    "councils",
    "council",
    "and",
    "type",
    "class",
    "tier",
    "quartile",
];

/// What a heading supplies that is no figure of an area. `Median weekly pay` is a measure, `England median` is not.
pub(super) fn kind(heading: &str) -> Option<SuppliedKind> {
    let key = key(&heading.replace('_', " "));
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let only = |known: &[&str]| words.iter().all(|word| known.contains(word) || OF_WHOM.contains(word));
    let glued = ["familyrank", "familypct", "scotrank", "scotpct"];
    if has(&["median", "medians", "mad", "mads"]) && only(&["median", "medians", "mad", "mads"]) {
        Some(SuppliedKind::Median)
    } else if has(&glued) || has(&["rank", "ranking", "ranked", "quartile", "quintile", "decile", "percentile"]) {
        Some(SuppliedKind::Rank)
    } else if has(&["average", "mean", "avg"]) && only(&["average", "mean", "avg"]) {
        Some(SuppliedKind::Average)
    } else {
        None
    }
}

/// BMK-001, once a sheet.
pub(super) fn problems(supplied: &[Supplied]) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = Vec::new();
    for one in supplied {
        match problems.iter_mut().find(|known| known.places.first().is_some_and(|place| place.sheet == one.place.sheet)) {
            Some(known) => {
                known.count += 1;
                if known.places.len() < PLACES_MAX {
                    known.places.push(one.place.clone());
                }
                if let Some(seen) = known.seen.take() {
                    known.seen = Some(if seen.len() + one.heading.len() < 80 { format!("{seen}, {}", one.heading) } else { seen });
                }
            }
            None => {
                let message = "Medians, ranks and averages that the file supplies were not read as figures: the product works them out for \
                               the group that is asked for.";
                problems.push(Diagnostic::new("BMK-001", one.place.clone(), message).seen(&one.heading));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_of_a_group_are_told_from_measures() {
        for (heading, expected) in [
            ("MEDIAN", Some(SuppliedKind::Median)),
            ("MADs_from_median", Some(SuppliedKind::Median)),
            ("England median", Some(SuppliedKind::Median)),
            ("rank_order", Some(SuppliedKind::Rank)),
            ("ScotRank", Some(SuppliedKind::Rank)),
            ("FamilyPct", Some(SuppliedKind::Rank)),
            ("Quartile", Some(SuppliedKind::Rank)),
            ("CIPFA nearest neighbours average", Some(SuppliedKind::Average)),
            ("Gross median weekly pay (£)", None),
            ("Average days to process a claim", None),
            ("Mean test score", None),
            ("Total Incidents", None),
            ("Value", None),
            ("", None),
        ] {
            assert_eq!(kind(heading), expected, "{heading}");
        }
    }
}
