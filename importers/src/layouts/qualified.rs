//! What a heading says beside its role: last year's, to date, provisional.

use super::roles::Role;
use super::spelled::heading_key;

/// A role as far as what stands in brackets leaves it: `Outturn (last year)` is no result, `Result (target)` is a target.
pub(super) fn bracketed(heading: &str, role: Role) -> Role {
    if !matches!(role, Role::Value | Role::Numerator | Role::Denominator | Role::Target | Role::Intervention | Role::Status) {
        return role;
    }
    let inside: String = heading.split(['(', '[']).skip(1).filter_map(|part| part.split([')', ']']).next()).collect::<Vec<_>>().join(" ");
    let inside = heading_key(&inside);
    let words: Vec<&str> = inside.split(' ').collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    // `last 12 months` is a result of its own.
    let last = words.windows(2).any(|two| matches!(two, ["last" | "prev", "year" | "quarter" | "month" | "period" | "time" | "report"]));
    if last || has(&["previous", "prior", "baseline", "benchmark", "comparator", "england", "national"]) {
        Role::Known
    } else if role == Role::Value && has(&["target", "plan", "planned", "budget"]) {
        Role::Target
    } else if role == Role::Value && has(&["forecast", "projected", "projection", "predicted"]) {
        Role::Forecast
    } else {
        role
    }
}

/// Whether a heading says its figures are running totals: `YTD`, `Actual (cumulative)`.
pub(crate) fn says_to_date(heading: &str) -> bool {
    let lowest = heading.rsplit(" | ").next().unwrap_or_default();
    let key = format!(" {} ", heading_key(lowest));
    [" ytd ", " cumulative ", " to date "].iter().any(|words| key.contains(words))
}

/// Whether what stands beside a period says no more than that these are its results, in which unit or how final.
pub(crate) fn says_result(rest: &str) -> bool {
    const WORDS: [&str; 21] = [
        "provisional",
        "final",
        "draft",
        "unaudited",
        "audited",
        "position",
        "outturn",
        "actual",
        "actuals",
        "result",
        "results",
        "performance",
        "value",
        "figure",
        "score",
        "at",
        "as",
        "end",
        "of",
        "for",
        "latest",
    ];
    // A unit alone leaves nothing to compare: `(%)`, `£`.
    heading_key(rest).split(' ').all(|word| word.is_empty() || WORDS.contains(&word))
}

/// Whether a heading says its figures may still change.
pub(crate) fn says_provisional(heading: &str) -> bool {
    heading_key(heading).split([' ', '|']).any(|word| matches!(word, "provisional" | "draft" | "unaudited"))
}
