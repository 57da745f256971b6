//! The judgement itself: first the states that are not colours, then the shape in force.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::{
    Against, Colour, Question, Reason, Shape, Status, Thresholds, bands, levels, range, tolerance, tolerance_with_direction, words,
};
use crate::aggregate::rounded;
use crate::measure::{Absence, Polarity, Purpose};

/// As long as `82.0 is below the target of 85.0 and not below the intervention level of 80.0 ()` and some digits more.
const SENTENCE_BYTES: usize = 96;

/// Decides a status and says why (§5.1 to §5.3).
///
/// In this order: SUPPRESSED; no value (NOT_DUE or NO_DATA); a contextual indicator, never coloured; no rule;
/// then the rule's shape on the value rounded to the places shown. Thresholds are rounded to the same places, so
/// what prints as equal is equal. NOT_COLLECTED was owed by its own words and is NO_DATA even before the due day;
/// any other absence is NO_DATA once due and NOT_DUE until then, and NOT_DUE is NOT_DUE always.
#[must_use]
pub fn judge(question: &Question<'_>) -> Status {
    let (verdict, rule) = decide(question);
    // Room for the longest of the usual sentences at once.
    let mut because = String::with_capacity(SENTENCE_BYTES + rule.map_or(0, str::len));
    // Writing to memory cannot fail.
    let _ = write!(because, "{}", verdict.reason);
    if let Some(version) = rule {
        because.push_str(" (");
        because.push_str(version);
        because.push(')');
    }
    Status { colour: verdict.colour, because, reason: verdict.reason, by_rule: rule.is_some() }
}

/// A colour and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    pub colour: Colour,
    pub reason: Reason,
}

impl Verdict {
    pub const fn new(colour: Colour, reason: Reason) -> Self {
        Self { colour, reason }
    }
}

/// What a shape is given: a value there is, on an indicator that may be coloured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    /// Rounded to `places`.
    pub value: Decimal,
    pub places: u32,
    pub polarity: Polarity,
    /// As given.
    pub thresholds: Thresholds,
    /// As given.
    pub same_period_last_year: Option<Decimal>,
}

impl Case {
    /// A colour for what the value was held against.
    pub const fn verdict(&self, colour: Colour, against: Against) -> Verdict {
        Verdict::new(colour, Reason::Value { value: self.value, places: self.places, against })
    }
}

/// The verdict, and the version of the rule that was asked if one was.
fn decide<'q>(question: &'q Question<'_>) -> (Verdict, Option<&'q str>) {
    if question.absence == Some(Absence::Suppressed) {
        return (Verdict::new(Colour::Suppressed, Reason::Suppressed), None);
    }
    let contextual = question.purpose == Purpose::Contextual;
    if let Some(rule) = question.rule.filter(|rule| rule.shape == Shape::Words && !contextual) {
        return (words::judge(question), Some(&rule.version));
    }
    let Some(value) = question.value else { return (without_value(question), None) };
    if contextual {
        return (Verdict::new(Colour::NotApplicable, Reason::Contextual), None);
    }
    let Some(rule) = question.rule else {
        return (Verdict::new(Colour::NoTarget, Reason::NoRule), None);
    };
    let case = Case {
        value: rounded(value, question.decimal_places),
        places: question.decimal_places,
        polarity: question.polarity,
        thresholds: question.thresholds.copied().unwrap_or_default(),
        same_period_last_year: question.same_period_last_year,
    };
    let verdict = match &rule.shape {
        Shape::Levels => levels::judge(&case),
        Shape::Tolerance { amber, blue } => tolerance::judge(&case, *amber, *blue),
        Shape::ToleranceWithDirection { amber } => tolerance_with_direction::judge(&case, *amber),
        Shape::Range => range::judge(&case),
        Shape::Bands { bands } => bands::judge(&case, bands),
        Shape::Words => words::judge(question),
    };
    (verdict, Some(&rule.version))
}

/// The state of a question without a value; shared with [`words`].
pub(super) fn without_value(question: &Question<'_>) -> Verdict {
    let (colour, reason) = match (question.absence, question.due) {
        (Some(Absence::NotDue), _) => (Colour::NotDue, Reason::NothingOwed),
        (Some(Absence::NotCollected), _) => (Colour::NoData, Reason::NotCollected),
        (Some(Absence::NotAvailable), true) => (Colour::NoData, Reason::NotReached),
        (_, true) => (Colour::NoData, Reason::NoneGiven),
        (_, false) => (Colour::NotDue, Reason::NotOwedYet),
    };
    Verdict::new(colour, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::StatusRule;
    use chrono::NaiveDate;

    fn asked(value: Option<&str>, absence: Option<Absence>, due: bool, purpose: Purpose) -> Status {
        let rule = StatusRule {
            version: "framework rule of 1 April 2023".into(),
            applies_from: NaiveDate::from_ymd_opt(2023, 4, 1).unwrap(),
            shape: Shape::Levels,
        };
        let thresholds = Thresholds { target: "85".parse().ok(), intervention: "80".parse().ok(), ..Thresholds::default() };
        judge(&Question {
            rule: Some(&rule),
            value: value.map(|v| v.parse().unwrap()),
            absence,
            due,
            polarity: Polarity::HigherIsBetter,
            purpose,
            decimal_places: 1,
            thresholds: Some(&thresholds),
            same_period_last_year: None,
            chosen: None,
        })
    }

    #[test]
    fn a_sentence_names_value_thresholds_and_version() {
        let status = asked(Some("82"), None, true, Purpose::Operational);
        assert_eq!(status.colour, Colour::Amber);
        assert_eq!(
            status.because,
            "82.0 is below the target of 85.0 and not below the intervention level of 80.0 (framework rule of 1 April 2023)"
        );
        assert!(status.by_rule);
    }

    #[test]
    fn states_that_are_not_colours() {
        let colour = |absence, due| asked(None, absence, due, Purpose::Operational).colour;
        assert_eq!(colour(None, true), Colour::NoData);
        assert_eq!(colour(None, false), Colour::NotDue);
        assert_eq!(colour(Some(Absence::NotDue), true), Colour::NotDue);
        assert_eq!(colour(Some(Absence::NotCollected), false), Colour::NoData);
        assert_eq!(colour(Some(Absence::NotAvailable), false), Colour::NotDue);
        assert_eq!(colour(Some(Absence::NotAvailable), true), Colour::NoData);
        assert_eq!(colour(Some(Absence::Suppressed), true), Colour::Suppressed);
        assert_eq!(asked(Some("3"), Some(Absence::Suppressed), true, Purpose::Operational).colour, Colour::Suppressed);
        assert!(!asked(None, None, true, Purpose::Operational).by_rule);
    }

    #[test]
    fn zero_is_a_value_and_blank_is_not() {
        assert_eq!(asked(Some("0"), None, true, Purpose::Operational).colour, Colour::Red);
        assert_eq!(asked(None, None, true, Purpose::Operational).colour, Colour::NoData);
    }

    #[test]
    fn a_contextual_indicator_is_never_coloured() {
        let status = asked(Some("99"), None, true, Purpose::Contextual);
        assert_eq!(status.colour, Colour::NotApplicable);
        assert!(status.because.contains("contextual"), "{}", status.because);
        assert_eq!(asked(None, None, true, Purpose::Contextual).colour, Colour::NoData);
    }

    #[test]
    fn without_a_rule_there_is_nothing_to_judge_by() {
        let question = Question {
            rule: None,
            value: Some(Decimal::ONE),
            absence: None,
            due: true,
            polarity: Polarity::HigherIsBetter,
            purpose: Purpose::Operational,
            decimal_places: 1,
            thresholds: None,
            same_period_last_year: None,
            chosen: None,
        };
        assert_eq!(judge(&question).colour, Colour::NoTarget);
    }
}
