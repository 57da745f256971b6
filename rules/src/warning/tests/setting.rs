//! How rules are set, and that each says what it is.

use super::super::*;

#[test]
fn what_is_not_set_has_its_default() {
    for (kind, name, default) in [
        (Kind::RedForPeriods, "periods", 2),
        (Kind::Declining, "periods", 3),
        (Kind::ReturnOverdue, "days", 1),
        (Kind::RiskAboveAppetite, "by", 1),
        (Kind::MilestoneSlipped, "days", 1),
    ] {
        let parameters = Parameters::of(kind, []).unwrap();
        assert_eq!((parameters.kind(), parameters.get(name), parameters.iter().count()), (kind, Some(default), 1), "{kind}");
    }
    assert_eq!(Parameters::default_of(Kind::ForecastRed).iter().count(), 0);
    let set = Parameters::of(Kind::RedForPeriods, [("periods", 12)]).unwrap();
    assert_eq!((set.get("periods"), set.get("days")), (Some(12), None));
}

#[test]
fn what_cannot_be_set_is_refused_with_every_reason() {
    let said = |kind, given: &[(&str, i64)]| {
        let faults = Parameters::of(kind, given.iter().copied()).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        said(Kind::RedForPeriods, &[("period", 2), ("periods", 0)]),
        [
            r#""Red for periods running" has no parameter "period"; it has periods"#,
            "periods (Periods red one after the other) is 0; it can be from 1 to 12"
        ]
    );
    assert_eq!(said(Kind::ForecastRed, &[("periods", 2)]), [r#""Year-end forecast red" has nothing to set, and "periods" was given"#]);
    for given in [13, -1, i64::MAX, i64::MIN, 4_294_967_298] {
        assert_eq!(said(Kind::RedForPeriods, &[("periods", given)]).len(), 1, "{given}");
    }
    assert_eq!(
        said(Kind::Declining, &[("periods", 3), ("periods", 4)]),
        ["periods (Periods worse one after the other) is given more than once"]
    );
}

#[test]
fn every_rule_says_what_it_is_and_asks_a_question() {
    for kind in Kind::ALL {
        assert!(kind.description().ends_with('.') && kind.reads().ends_with('.') && kind.question().ends_with('?'), "{kind}");
        for parameter in kind.parameters() {
            assert!((parameter.least..=parameter.most).contains(&parameter.default) && parameter.least > 0, "{kind} {}", parameter.name);
        }
    }
    assert_eq!(Kind::ALL.iter().filter(|kind| kind.subject() == Subject::Indicator).count(), 5);
}
