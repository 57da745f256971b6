//! What whoever enters figures is told of those that cannot be taken: each finding at each field it was met in.

use std::collections::HashSet;

use importers::{Diagnostic, Severity};

use super::field_of;
use crate::error::UserError;
use crate::imports::plan::Plan;

/// User errors of one answer: a call of the most figures there may be, each with two.
const TOLD_MAX: usize = 1_000;
/// The code that figures held already are changed.
pub const REVISION: &str = "CHG-003";

/// Every error of a plan, then every warning nobody took upon themselves; empty when it can be accepted.
pub fn refusals(plan: &Plan, acknowledged: &HashSet<&str>) -> Vec<UserError> {
    let of = |severity: Severity| plan.diagnostics.iter().filter(move |found| found.severity == severity);
    let open = of(Severity::Warning).filter(|found| !acknowledged.contains(found.code.as_ref()));
    of(Severity::Error).chain(open).flat_map(each).take(TOLD_MAX).collect()
}

/// One finding, once for each field.
fn each(found: &Diagnostic) -> impl Iterator<Item = UserError> {
    let message = words(found);
    found.places.iter().map(move |place| UserError { code: found.code.to_string(), message: message.clone(), field: Some(field_of(place)) })
}

fn words(found: &Diagnostic) -> String {
    let mut words = found.message.clone();
    if found.code == REVISION {
        return format!("{words} Say why in each figure's `reason`, or for all of them: {}", acknowledgement(&found.code));
    }
    if let Some(suggestion) = &found.suggestion {
        words = format!("{words} {suggestion}");
    }
    if found.severity == Severity::Warning {
        words = format!("{words} If it is right as it is, say so and why: {}", acknowledgement(&found.code));
    }
    words
}

fn acknowledgement(code: &str) -> String {
    format!("`acknowledge: [{{ code: \"{code}\", reason: \"…\" }}]`.")
}
