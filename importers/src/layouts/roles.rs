//! What a heading says its column holds. Headings are compared in lower case, without punctuation, brackets and
//! note marks; a word that could be many things gives way to one that could not.

use super::qualified::bracketed;
use super::spelled::key;
pub(crate) use crate::mapping::Role;

impl Role {
    /// Whether two such columns side by side cannot both be right.
    pub(crate) const fn must_be_one(self) -> bool {
        matches!(self, Self::Code | Self::Period | Self::Value | Self::Numerator | Self::Denominator)
    }
}

/// How sure a heading is of its role: of two columns with one role the surer is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sureness {
    Weak,
    Strong,
    /// A mapping says so.
    Told,
}

/// Role by role: the words that can mean nothing else, then those that give way.
const WORDS: &[(Role, &[&str], &[&str])] = &[
    (
        Role::Code,
        &[
            "ref",
            "reference",
            "pi ref",
            "kpi ref",
            "indicator ref",
            "indicator reference",
            "indicator code",
            "measure id",
            "measure code",
            "indicator no",
            "indicator number",
            "indicator id",
            "kpi code",
            "pi code",
            "ref no",
            "kpi no",
            "pi no",
            "kpi id",
            "measure ref",
        ],
        &["pi", "kpi", "code", "id", "lpi", "ni", "no"],
    ),
    (
        Role::Name,
        &[
            "indicator",
            "measure",
            "performance indicator",
            "metric",
            "indicator name",
            "measure name",
            "what we measure",
            "indicator title",
            "performance measure",
            "key performance indicator",
        ],
        &["title", "description", "name", "definition", "kpi"],
    ),
    (
        Role::Period,
        &["period", "quarter", "month", "time period", "reporting period", "qtr"],
        &["date", "year", "financial year", "calendar year", "fiscal year"],
    ),
    (
        Role::Value,
        &["value", "actual", "result", "outturn", "actual value", "latest result", "latest value"],
        &["performance", "figure", "score", "ytd", "actuals", "current performance", "current value"],
    ),
    (Role::Target, &["target", "target value", "annual target", "year end target", "current target"], &[]),
    (
        Role::Intervention,
        &["intervention", "intervention level", "floor", "floor standard", "lower tolerance", "red trigger"],
        &["tolerance", "threshold"],
    ),
    (Role::Numerator, &["numerator"], &[]),
    (Role::Denominator, &["denominator"], &["base", "out of"]),
    (Role::Unit, &["unit", "units", "unit of measure", "unit of measurement"], &["measured in"]),
    (Role::AbsenceReason, &["if no result why", "reason for no result", "if no result"], &[]),
    (Role::State, &["value state", "provisional or final"], &["state"]),
    (Role::Status, &["rag", "rag status", "rag rating", "status", "traffic light"], &["rating"]),
    (Role::Commentary, &["comment", "comments", "commentary", "narrative"], &["notes", "note", "explanation", "context", "remarks"]),
    (Role::Action, &["action", "actions", "corrective action", "remedial action", "path to green", "action to get back on track"], &[]),
    (Role::ActionOwner, &["action owner", "action lead", "action by", "owner of action"], &[]),
    (Role::ActionDue, &["action due", "action due date", "action by when", "due date"], &["by when"]),
    (Role::Forecast, &["year end forecast", "forecast", "predicted outturn", "forecast outturn", "year end projection"], &["projection"]),
    (
        Role::Area,
        &[
            "area",
            "ward",
            "ward name",
            "locality",
            "locality name",
            "neighbourhood",
            "neighbourhood name",
            "parish",
            "parish name",
            "division",
            "division name",
            "electoral division",
            "constituency",
            "constituency name",
            "lsoa",
            "lsoa name",
            "msoa",
            "msoa name",
            "district",
            "area name",
            "local authority name",
            "localauthority",
            "local authority",
            "la name",
            "lad name",
            "authority",
            "authority name",
            "council",
            "council name",
            "local authorities",
            "authorities",
            "local authority district",
            "local authority district name",
            "la",
            "lad",
            "borough",
            "borough name",
            "district name",
            "district council",
        ],
        &[],
    ),
    (
        Role::AreaCode,
        &[
            "ons code",
            "gss code",
            "area code",
            "local authority code",
            "local authority ons code",
            "local authority gss code",
            "ons local authority code",
            "la code",
            "lad code",
            "authority code",
            "ward code",
            "ward ons code",
            "ward gss code",
            "locality code",
            "neighbourhood code",
            "parish code",
            "division code",
            "electoral division code",
            "constituency code",
            "lsoa code",
            "msoa code",
        ],
        &[],
    ),
    (
        Role::Known,
        &[
            "owner",
            "lead",
            "lead officer",
            "responsible officer",
            "dot",
            "direction of travel",
            "trend",
            "direction",
            "better is",
            "polarity",
            "what to report",
            "previous result",
            "earlier results",
            "previous value",
            "portfolio",
            "portfolio holder",
            "service",
            "directorate",
            "frequency",
            "source",
            "good is",
            "priority",
            "outcome",
            "data source",
            "region",
            "region name",
            "region code",
            "region ons code",
        ],
        &[],
    ),
    (Role::Total, &["check", "total", "totals", "average", "mean", "sum", "grand total", "variance", "difference"], &[]),
];

/// What a heading says, and how surely.
pub(crate) fn role(heading: &str) -> Option<(Role, Sureness)> {
    let key = key(heading);
    if key.is_empty() || key.len() > 60 {
        return None;
    }
    // `kpi` alone is a code where a name stands beside it and a name otherwise: as a code it is listed first.
    for (role, strong, weak) in WORDS {
        if strong.contains(&key.as_str()) {
            return Some((bracketed(heading, *role), Sureness::Strong));
        }
        if weak.contains(&key.as_str()) {
            return Some((bracketed(heading, *role), Sureness::Weak));
        }
    }
    None
}

/// The role of what is left when a heading also names a period: `Q1 2023/24 Target`.
pub(crate) fn role_beside_period(heading: &str) -> Role {
    let key = key(heading);
    let has = |words: &[&str]| key.split(' ').any(|word| words.contains(&word));
    if rules::period::spelling::names_target(heading) || has(&["target"]) {
        Role::Target
    } else if has(&["rag", "status", "rating"]) {
        Role::Status
    } else if has(&["comment", "comments", "commentary", "narrative"]) {
        Role::Commentary
    } else if has(&["numerator"]) {
        Role::Numerator
    } else if has(&["denominator"]) {
        Role::Denominator
    } else if has(&["forecast", "projection"]) {
        Role::Forecast
    } else if has(&["intervention", "floor"]) {
        Role::Intervention
    } else if has(&["average", "variance", "difference", "change", "trend", "dot", "direction"]) {
        Role::Known
    } else {
        Role::Value
    }
}

/// What may repeat under every period.
pub(crate) const fn per_period(role: Role) -> bool {
    matches!(
        role,
        Role::Value
            | Role::Target
            | Role::Intervention
            | Role::Numerator
            | Role::Denominator
            | Role::Status
            | Role::Commentary
            | Role::Forecast
            | Role::State
            | Role::AbsenceReason
            | Role::Known
            | Role::Total
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_however_they_are_dressed() {
        for (heading, expected) in [
            ("PI Ref.", Role::Code),
            ("Numerator (you fill in)", Role::Numerator),
            ("Result [note 2]", Role::Value),
            ("  ACTUAL ", Role::Value),
            ("Year-end forecast (you fill in)", Role::Forecast),
            ("RAG", Role::Status),
            ("If no result, why (you fill in)", Role::AbsenceReason),
            ("Action due", Role::ActionDue),
            ("Check", Role::Total),
            ("Direction of travel", Role::Known),
            ("Outturn (%)", Role::Value),
            ("Outturn (last year)", Role::Known),
            ("Actual (previous quarter)", Role::Known),
            ("Result (last 12 months)", Role::Value),
            ("Result (target)", Role::Target),
            ("Outturn (forecast)", Role::Forecast),
            ("Target (last year)", Role::Known),
            ("Performance (this quarter)", Role::Value),
            ("Ward code", Role::AreaCode),
            ("LSOA name", Role::Area),
        ] {
            assert_eq!(role(heading).map(|(role, _)| role), Some(expected), "{heading}");
        }
        assert_eq!(role("Wibble"), None);
        assert_eq!(role("(all of it in brackets)"), None);
    }

    #[test]
    fn words_that_could_be_many_things_give_way() {
        assert_eq!(role("Notes"), Some((Role::Commentary, Sureness::Weak)));
        assert_eq!(role("Commentary"), Some((Role::Commentary, Sureness::Strong)));
    }

    #[test]
    fn what_stands_beside_a_period_is_told_apart() {
        assert_eq!(role_beside_period("Q1 2023/24 Target"), Role::Target);
        assert_eq!(role_beside_period("Q1 2023/24"), Role::Value);
        assert_eq!(role_beside_period("Q1 2023/24 RAG"), Role::Status);
        assert_eq!(role_beside_period("Change 2022/23 to 2023/24"), Role::Known);
    }
}
