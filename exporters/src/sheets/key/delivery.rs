//! Words of the sheets of what is delivered, explained only in packs that have those sheets.

use super::super::Sheet;
use super::Term;
use crate::reading::Read;

const ACTIONS: [Term; 8] = [
    ("action-not-started", "key-action-not-started"),
    ("action-on-track", "key-action-on-track"),
    ("action-at-risk", "key-action-at-risk"),
    ("action-off-track", "key-action-off-track"),
    ("action-overdue", "key-action-overdue"),
    ("action-completed", "key-action-completed"),
    ("action-cancelled", "key-action-cancelled"),
    ("action-deferred", "key-action-deferred"),
];
const RECOMMENDATIONS: [Term; 2] = [("key-standing-term", "key-standing"), ("column-under-way", "key-under-way")];
const PROJECTS: [Term; 2] = [("key-project-term", "key-project"), ("column-slippage", "key-slippage")];
const MILESTONES: [Term; 6] = [
    ("milestone-on-time", "key-milestone-on-time"),
    ("milestone-slipped", "key-milestone-slipped"),
    ("key-milestone-overdue-term", "key-milestone-overdue"),
    ("milestone-reached", "key-milestone-reached"),
    ("milestone-reached-late", "key-milestone-reached-late"),
    ("column-held-up-by", "key-held-up-by"),
];
const RISKS: [Term; 8] = [
    ("key-rating-term", "key-rating"),
    ("risk-band-low", "key-risk-low"),
    ("risk-band-medium", "key-risk-medium"),
    ("risk-band-high", "key-risk-high"),
    ("risk-band-very-high", "key-risk-very-high"),
    ("column-untreated-rating", "key-untreated-rating"),
    ("column-current-rating", "key-current-rating"),
    ("column-within-appetite", "key-appetite"),
];
const BUDGET: [Term; 3] = [("column-virements", "key-virements"), ("column-variance", "key-variance"), ("key-money-term", "key-money")];
const UNIT_COSTS: [Term; 1] = [("column-unit-cost", "key-unit-cost")];
const CALLS: [Term; 1] = [("key-calls-term", "key-calls")];

/// What is to be explained, in the order of the sheets.
pub(super) fn terms(read: &Read) -> Vec<Term> {
    let (pack, delivery) = (read.pack, &read.pack.delivery);
    let sets: [(Sheet, bool, &[Term]); 8] = [
        (Sheet::Actions, !(delivery.actions.is_empty() && delivery.recommendations.is_empty()), &ACTIONS),
        (Sheet::Recommendations, !delivery.recommendations.is_empty(), &RECOMMENDATIONS),
        (Sheet::Projects, !delivery.projects.is_empty(), &PROJECTS),
        (Sheet::Milestones, !delivery.milestones.is_empty(), &MILESTONES),
        (Sheet::Risks, !delivery.risks.is_empty(), &RISKS),
        (Sheet::Budget, !delivery.money.is_empty(), &BUDGET),
        (Sheet::UnitCosts, !delivery.unit_costs.is_empty(), &UNIT_COSTS),
        (Sheet::Exceptions, !delivery.calls.is_empty(), &CALLS),
    ];
    sets.iter().filter(|(sheet, there, _)| *there && sheet.is_for(pack.profile)).flat_map(|(_, _, terms)| *terms).copied().collect()
}
