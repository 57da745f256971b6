//! What nobody does to the same thing twice: separation of duties (`domain.md` §4, §8).
//!
//! No role gives both of a pair; a person may hold two roles that do. Whoever did the one to a thing does not do the
//! other to it, whatever their roles: the verb that does the second asks [`separated`] and the record of who did the first.

use super::words::Permission;
use super::words::Permission as P;

const ANSWER: &str = "Whoever answers a question neither asks it nor says whether the answer will do: somebody else does.";

/// Pairs of permissions, the earlier step first, and why one person does not use both on the same thing.
const SEPARATE: &[(Permission, Permission, &str)] = &[
    (P::SubmitReturn, P::AssureReturn, "Whoever submitted a return does not assure it: somebody else looks at the figures."),
    (P::SubmitReturn, P::ApproveReturn, "Whoever submitted a return does not approve it: somebody else answers for it."),
    (P::AnswerQuestion, P::RecordQuestions, ANSWER),
    (P::AnswerQuestion, P::CallForInformation, ANSWER),
    (P::AnswerQuestion, P::AskQuestion, ANSWER),
    (P::AnswerQuestion, P::RaiseRecommendation, ANSWER),
    (P::ProposeTargets, P::RecommendTargets, "Whoever proposed a target does not recommend it: somebody else stands behind it."),
    (P::ProposeTargets, P::ReviewTargets, "Whoever proposed a target does not review it: a member looks at it with other eyes."),
    (P::ProposeTargets, P::RecordTargets, "Whoever proposed a target does not record the decision on it: somebody else answers for it."),
];

/// Why one person does not do both to the same thing; none where they may. The order of the two does not matter.
#[must_use]
pub fn separated(one: Permission, other: Permission) -> Option<&'static str> {
    let pair = |(left, right, _): &&(Permission, Permission, &str)| (*left, *right) == (one, other) || (*left, *right) == (other, one);
    SEPARATE.iter().find(pair).map(|(_, _, because)| *because)
}

/// What is not done by whoever used a permission on the same thing, in the order of the table.
pub fn separated_from(permission: Permission) -> impl Iterator<Item = Permission> {
    Permission::ALL.iter().copied().filter(move |other| separated(permission, *other).is_some())
}

/// Every pair with its reason, for the page.
pub(super) fn pairs() -> impl Iterator<Item = (Permission, Permission, &'static str)> {
    SEPARATE.iter().copied()
}
