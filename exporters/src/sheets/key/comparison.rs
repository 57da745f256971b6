//! Words of the sheets that compare, explained only in packs that have those sheets.

use super::super::Sheet;
use super::Term;
use crate::reading::Read;

const BENCHMARKING: [Term; 5] = [
    ("column-comparator-group", "key-comparator-group"),
    ("column-rank", "key-rank"),
    ("column-position", "key-position"),
    ("column-without-figure", "key-without-figure"),
    ("column-same-definition", "key-same-definition"),
];
const VARIATION: [Term; 7] = [
    ("column-lower-limit", "key-limits"),
    ("key-variation-concern-term", "key-variation-concern"),
    ("key-variation-improvement-term", "key-variation-improvement"),
    ("variation-common-cause", "key-variation-common-cause"),
    ("assurance-consistently-passing", "key-assurance-passing"),
    ("assurance-consistently-failing", "key-assurance-failing"),
    ("assurance-hit-or-miss", "key-assurance-hit-or-miss"),
];

/// What is to be explained, in the order of the sheets.
pub(super) fn terms(read: &Read) -> Vec<Term> {
    let compared = &read.pack.compared;
    let sets: [(Sheet, bool, &[Term]); 2] = [
        (Sheet::Benchmarking, !compared.with_others.is_empty(), &BENCHMARKING),
        (Sheet::Variation, !compared.through_time.is_empty(), &VARIATION),
    ];
    sets.iter().filter(|(sheet, there, _)| *there && sheet.is_for(read.pack.profile)).flat_map(|(_, _, terms)| *terms).copied().collect()
}
