//! Refs, actions, risks, money, instruments and insight: what is found, and what stands right beside it and is not.

use super::*;

#[test]
fn records_as_they_should_be_are_found_nothing_wrong_with() {
    for row in held() {
        assert_eq!(beside(&row, None, &held()), [], "{}", row.code());
        assert_eq!(beside(&row, Some(&row), &held()), [], "{}", row.code());
    }
    assert_eq!(found(dependency("M1", "PRG")), []);
    assert_eq!(found(money()), []);
    assert_eq!(found(assessment()), []);
    assert_eq!(found(insight()), []);
}

#[test]
fn a_ref_leads_to_what_its_column_says() {
    let nowhere = |row: DeliveryRow, heading| {
        assert_eq!(found(row.clone()), [("PLN-001", heading)], "{row:?}");
    };
    nowhere(RecommendationRow { element: some("NONE"), ..recommendation() }.into(), "Element");
    nowhere(ActionRow { answers: some("A1"), ..action() }.into(), "Answers");
    nowhere(ActionRow { milestone: some("PRJ"), ..action() }.into(), "Milestone");
    nowhere(ActionRow { indicator: some("WASTE"), ..action() }.into(), "Indicator");
    nowhere(ActionRow { element: some("WM01"), ..action() }.into(), "Element");
    nowhere(ProjectRow { element: "WASTE".to_owned(), ..project() }.into(), "Ref");
    nowhere(MilestoneRow { project: "WASTE".to_owned(), ..milestone() }.into(), "Project");
    nowhere(dependency("WASTE", "M1").into(), "Ref");
    nowhere(dependency("M1", "A1").into(), "Waits for");
    nowhere(RiskRow { element: "WM01".to_owned(), ..risk() }.into(), "Element");
    nowhere(RiskRow { indicator: some("R1"), ..risk() }.into(), "Indicator");
    nowhere(MoneyRow { element: "WM01".to_owned(), ..money() }.into(), "Ref");
    nowhere(InsightRow { element: "PRX".to_owned(), ..insight() }.into(), "Element");
    nowhere(AssessmentRow { edition: "2025".to_owned(), theme: "XX".to_owned(), ..assessment() }.into(), "Theme");
    nowhere(AssessmentRow { instrument: "CI".to_owned(), ..assessment() }.into(), "Theme");
    nowhere(AssessmentRow { evidence: vec!["Action R1".to_owned(), "Risk R1".to_owned()], ..assessment() }.into(), "Evidence");

    let every = ActionRow { answers: some("REC1"), milestone: some("M1"), indicator: some("WM01"), element: some("PRJ"), ..action() };
    assert_eq!(found(every), []);
    let shown = ["Indicator WM01", "Action A1", "Risk R1"].map(str::to_owned).to_vec();
    assert_eq!(found(AssessmentRow { evidence: shown, ..assessment() }), []);
}

#[test]
fn a_ref_of_another_kind_is_named_and_the_nearest_suggested() {
    let first = |row: DeliveryRow| check(&row, None, &ground(&held())).remove(0);
    let service = first(ProjectRow { element: "WASTE".to_owned(), ..project() }.into());
    assert_eq!(service.message, "WASTE is no programme or project: its kind is Service.");
    let near = first(MilestoneRow { project: "prj-".to_owned(), ..milestone() }.into());
    assert_eq!((near.message.as_str(), near.suggestion.as_deref()), ("There is no programme or project prj-.", Some("Did you mean PRJ?")));
    let near = first(dependency("m.1", "PRJ").into());
    assert_eq!(near.suggestion.as_deref(), Some("Did you mean M1?"));
    let far = first(ActionRow { answers: some("REC2"), ..action() }.into());
    assert_eq!(
        (far.message.as_str(), far.suggestion.as_deref()),
        ("There is no recommendation REC2.", Some("Put the ref right, or bring in first what it leads to."),)
    );
}

#[test]
fn an_action_stands_in_somebodys_plan() {
    let loose = ActionRow { element: None, ..action() };
    assert_eq!(found(loose.clone()), [("PLN-002", "Element")]);
    assert_eq!(found(ActionRow { answers: some("REC1"), ..loose.clone() }), []);
    assert_eq!(found(ActionRow { milestone: some("M1"), ..loose.clone() }), []);
    assert_eq!(found(ActionRow { indicator: some("WM01"), ..loose }), []);
}

#[test]
fn what_is_dropped_or_put_off_names_its_decision() {
    for (status, needed) in [
        (ActionStatus::Cancelled, true),
        (ActionStatus::Deferred, true),
        (ActionStatus::Completed, false),
        (ActionStatus::OffTrack, false),
        (ActionStatus::AtRisk, false),
    ] {
        let wanted: &[_] = if needed { &[("PLN-003", "Decision")] } else { &[] };
        assert_eq!(found(ActionRow { status, ..action() }), wanted, "{status}");
        assert_eq!(found(ActionRow { status, decision: some("Cabinet 12"), ..action() }), [], "{status}");
    }
}

#[test]
fn a_risk_is_rated_from_one_to_five_and_its_appetite_to_twenty_five() {
    assert_eq!(found(RiskRow { inherent_likelihood: 6, ..risk() }), [("PLN-006", "Inherent likelihood")]);
    assert_eq!(found(RiskRow { residual_impact: 0, ..risk() }), [("PLN-006", "Residual impact")]);
    assert_eq!(found(RiskRow { inherent_impact: 261, ..risk() }), [("PLN-006", "Inherent impact")], "256 and 5 are not 5");
    let target = |likelihood, impact| RiskRow { target_likelihood: likelihood, target_impact: impact, ..risk() };
    assert_eq!(found(target(Some(1), Some(6))), [("PLN-006", "Target impact")]);
    assert_eq!(found(target(Some(1), None)), [("PLN-006", "Target impact")]);
    assert_eq!(found(target(None, Some(1))), [("PLN-006", "Target likelihood")]);
    assert_eq!(found(target(Some(1), Some(5))), []);
    let said = |row: RiskRow| check(&row.into(), None, &ground(&held())).remove(0).message;
    assert_eq!(said(target(Some(1), None)), "The target has a likelihood alone.");
    assert_eq!(said(target(None, Some(1))), "The target has an impact alone.");
    for (appetite, wanted) in [(0, 1), (1, 0), (25, 0), (26, 1)] {
        let codes = found(RiskRow { appetite, ..risk() });
        assert_eq!(codes, vec![("PLN-006", "Appetite"); wanted], "{appetite}");
    }
    let all = RiskRow { inherent_likelihood: 0, inherent_impact: 0, residual_likelihood: 0, residual_impact: 0, appetite: 0, ..risk() };
    assert_eq!(found(all).len(), 5, "all that is wrong is told at once");
}

#[test]
fn controls_and_targets_do_not_make_a_risk_worse() {
    let rated = |inherent: (u32, u32), residual: (u32, u32), target: (u32, u32)| RiskRow {
        inherent_likelihood: inherent.0,
        inherent_impact: inherent.1,
        residual_likelihood: residual.0,
        residual_impact: residual.1,
        target_likelihood: Some(target.0),
        target_impact: Some(target.1),
        ..risk()
    };
    assert_eq!(found(rated((3, 4), (4, 3), (2, 6))), [("PLN-006", "Target impact")]);
    assert_eq!(found(rated((3, 4), (4, 3), (3, 4))), [], "the same score is no worse");
    assert_eq!(found(rated((3, 4), (3, 5), (3, 4))), [("PLN-013", "Residual likelihood")]);
    assert_eq!(found(rated((3, 4), (2, 4), (3, 3))), [("PLN-013", "Target likelihood")]);
    assert_eq!(risk().ratings().map(|rating| rating.map(crate::delivery::risk::Rating::score)), [Some(25), Some(12), None]);
}

#[test]
fn money_says_something() {
    let nothing = MoneyRow { forecast: None, ..money() };
    assert_eq!(found(nothing.clone()), [("PLN-015", "Budget")]);
    assert_eq!(found(MoneyRow { budget: Some(Decimal::ZERO), ..nothing.clone() }), [], "0 is said");
    assert_eq!(found(MoneyRow { virement: Some(dec("-5")), ..nothing.clone() }), []);
    assert_eq!(found(MoneyRow { actual: Some(dec("-0.01")), ..nothing }), [], "income is below zero");
    let spent = |sum| ProjectRow { budget: Some(dec("10")), spent: Some(dec(sum)), ..project() };
    assert_eq!(found(spent("-0.01")), [("PLN-015", "Spent to date")]);
    assert_eq!(found(spent("-0.00")), [], "no money is not below none");
}

#[test]
fn an_instruments_themes_have_one_scale() {
    let rows = held();
    let new = |scale: &[&str]| beside(&theme("LD", scale).into(), None, &rows);
    assert_eq!(new(&["Inadequate", "Good"]), []);
    assert_eq!(new(&["Inadequate", "good"]), [("PLN-010", "Ratings")]);
    assert_eq!(new(&["Good", "Inadequate"]), [("PLN-010", "Ratings")], "worst to best");
    let other = |scale: &[&str]| beside(&ThemeRow { instrument: "PEER".to_owned(), ..theme("CI", scale) }.into(), None, &rows);
    assert_eq!(other(&["Red", "Green"]), [], "another instrument");
    assert_eq!(other(&["Red"]), [("PLN-010", "Ratings")]);
    assert_eq!(other(&[]), [("PLN-010", "Ratings")]);
    assert_eq!(other(&["Red", "Green", "RED"]), [("PLN-010", "Ratings")]);
    assert_eq!(beside(&theme("CI", &["Red", "Green"]).into(), None, &rows), [], "its own scale as it is held is no other");
}

#[test]
fn an_assessment_is_rated_by_its_instrument() {
    assert_eq!(found(AssessmentRow { rating: "Outstanding".to_owned(), ..assessment() }), [("PLN-010", "Rating")]);
    let near = check(&AssessmentRow { rating: "good".to_owned(), ..assessment() }.into(), None, &ground(&held())).remove(0);
    assert_eq!((near.code, near.suggestion.as_deref()), ("PLN-010", Some("Did you mean Good?")));
    let evidence = |item: &str| found(AssessmentRow { evidence: vec![item.to_owned()], ..assessment() });
    assert_eq!(evidence("WM01"), [("PLN-011", "Evidence")]);
    assert_eq!(evidence("Milestone M1"), [("PLN-011", "Evidence")]);
    assert_eq!(evidence("indicator WM01"), []);
    assert_eq!(found(AssessmentRow { assessed_on: day("2024-10-02"), ..assessment() }), [("PLN-008", "Assessed on")]);
    assert_eq!(found(AssessmentRow { assessed_on: day("2024-10-01"), ..assessment() }), [], "today is no day to come");
}

#[test]
fn evidence_is_spelled_as_what_it_is_with_its_ref() {
    assert_eq!(evidence("Indicator PI1"), Some((To::Indicator, "PI1")));
    assert_eq!(evidence("  ACTION\tA4 "), Some((To::Record(RecordKind::Action), "A4")));
    assert_eq!(evidence("risk   R2"), Some((To::Record(RecordKind::Risk), "R2")));
    for none in ["", "PI1", "Indicator", "Indicator ", "IndicatorPI1", "Recommendation R1", "Indicator: PI1"] {
        assert_eq!(evidence(none), None, "{none:?}");
    }
}

#[test]
fn nothing_waits_for_itself() {
    assert_eq!(found(dependency("M1", "M1")), [("PLN-009", "Waits for")]);
    assert_eq!(found(dependency("PRJ", "M1")), []);
}

#[test]
fn what_was_moved_is_told_of_one_length_of_period() {
    let moved = |period: &str| MoneyRow { period: period.parse().unwrap(), virement: Some(dec("5")), ..money() };
    let beside_quarter = |row: MoneyRow| {
        let rows: Vec<DeliveryRow> = held().into_iter().chain([moved("2024/25 Q2").into()]).collect();
        beside(&row.into(), None, &rows)
    };
    assert_eq!(beside_quarter(moved("2024-08")), [("PLN-015", "Virement")]);
    assert_eq!(beside_quarter(moved("2024/25")), [("PLN-015", "Virement")]);
    assert_eq!(beside_quarter(moved("2024/25 Q1")), []);
    assert_eq!(beside_quarter(MoneyRow { virement: None, ..moved("2024-08") }), []);
    assert_eq!(beside_quarter(MoneyRow { fund: Fund::Capital, ..moved("2024-08") }), []);
}

#[test]
fn no_sum_is_larger_than_any_councils() {
    assert_eq!(found(MoneyRow { budget: Some(dec("1000000000000")), ..money() }), []);
    assert_eq!(found(MoneyRow { actual: Some(dec("-1000000000000.01")), ..money() }), [("PLN-015", "Actual to date")]);
    assert_eq!(found(ProjectRow { spent: Some(dec("1000000000001")), ..project() }), [("PLN-015", "Spent to date")]);
}
