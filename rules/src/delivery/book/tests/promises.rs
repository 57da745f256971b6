//! Days: what was agreed, what is expected, what was done, and of which day all of it is told.

use super::*;
use crate::delivery::project::DeliveryStatus;

#[test]
fn an_update_is_no_older_than_what_is_held() {
    let at = |text: &str| -> [DeliveryRow; 4] {
        let as_at = day(text);
        [
            ActionRow { as_at, ..action() }.into(),
            ProjectRow { as_at, ..project() }.into(),
            MilestoneRow { as_at, ..milestone() }.into(),
            RiskRow { as_at, ..risk() }.into(),
        ]
    };
    let before = at("2024-09-15");
    for (row, before) in at("2024-09-14").iter().zip(&before) {
        assert_eq!(beside(row, Some(before), &held()), [("PLN-012", "As at")], "{}", row.code());
    }
    for (row, before) in at("2024-09-15").iter().zip(&before) {
        assert_eq!(beside(row, Some(before), &held()), [], "{}: the same day may be told of again", row.code());
    }
    for row in &at("2024-10-02") {
        assert_eq!(beside(row, None, &held()), [("PLN-008", "As at")], "{}: tomorrow", row.code());
    }
    for row in &at("2024-10-01") {
        assert_eq!(beside(row, None, &held()), [], "{}: today", row.code());
    }
}

#[test]
fn an_agreed_day_is_changed_by_a_decision() {
    let rows = held();
    let project = |end: &str, decision: Option<String>| {
        let row = ProjectRow { baseline_end: day(end), decision, ..project() };
        beside(&row.into(), Some(&super::project().into()), &rows)
    };
    assert_eq!(project("2025-04-01", None), [("PLN-003", "Baseline end")]);
    assert_eq!(project("2025-04-01", some("Cabinet 12")), []);
    assert_eq!(project("2025-03-31", None), []);
    let milestone = |on: &str, decision: Option<String>| {
        let row = MilestoneRow { baseline: day(on), decision, ..milestone() };
        beside(&row.into(), Some(&super::milestone().into()), &rows)
    };
    assert_eq!(milestone("2024-11-30", None), [("PLN-003", "Baseline date")]);
    assert_eq!(milestone("2024-11-30", some("Cabinet 12")), []);
    assert_eq!(milestone("2024-12-01", None), []);
}

#[test]
fn a_project_is_stopped_by_a_decision() {
    for stage in [Stage::OnHold, Stage::Cancelled] {
        assert_eq!(found(ProjectRow { stage, ..project() }), [("PLN-003", "Decision")], "{stage}");
        assert_eq!(found(ProjectRow { stage, decision: some("Cabinet 12"), ..project() }), [], "{stage}");
    }
    for stage in [Stage::Concept, Stage::BusinessCase, Stage::Planning, Stage::Closing] {
        assert_eq!(found(ProjectRow { stage, ..project() }), [], "{stage}");
    }
}

#[test]
fn a_milestone_is_not_before_its_project_begins() {
    let early = day("2024-03-31");
    assert_eq!(found(MilestoneRow { baseline: early, ..milestone() }), [("PLN-004", "Baseline date")]);
    assert_eq!(found(MilestoneRow { baseline: day("2024-04-01"), ..milestone() }), []);
    assert_eq!(found(MilestoneRow { actual: Some(early), ..milestone() }), [("PLN-004", "Actual date")]);
    let all = MilestoneRow { baseline: early, forecast: Some(early), ..milestone() };
    assert_eq!(found(all), [("PLN-005", "Forecast date"), ("PLN-004", "Baseline date"), ("PLN-004", "Forecast date")]);
    let unknown = MilestoneRow { baseline: early, project: "PRG".to_owned(), ..milestone() };
    assert_eq!(found(unknown), [], "nothing is held of when the programme begins");
}

#[test]
fn a_day_still_expected_was_not_past_when_it_was_told() {
    let (past, same) = (Some(day("2024-09-29")), Some(day("2024-09-30")));
    assert_eq!(found(MilestoneRow { forecast: past, ..milestone() }), [("PLN-005", "Forecast date")]);
    let passed = "it was still to come when it was told, and is past by now";
    assert_eq!(found(MilestoneRow { forecast: same, ..milestone() }), [("PLN-018", "Forecast date")], "{passed}");
    assert_eq!(found(MilestoneRow { forecast: Some(day("2024-10-01")), ..milestone() }), [], "today");
    assert_eq!(found(MilestoneRow { forecast: past, actual: same, ..milestone() }), [], "it was reached, a day later than expected");
    assert_eq!(found(ProjectRow { forecast_end: past, ..project() }), [("PLN-005", "Forecast end")]);
    assert_eq!(found(ProjectRow { forecast_end: same, ..project() }), [("PLN-018", "Forecast end")], "{passed}");
    let cancelled = ProjectRow { stage: Stage::Cancelled, decision: some("Cabinet 12"), forecast_end: past, ..project() };
    assert_eq!(found(cancelled), [], "nothing is expected of what was given up");
    let action = |status, revised_due_on| found(ActionRow { status, revised_due_on, decision: some("Cabinet 12"), ..action() });
    assert_eq!(action(ActionStatus::OffTrack, past), [("PLN-005", "Revised due date")]);
    assert_eq!(action(ActionStatus::NotStarted, past), [("PLN-005", "Revised due date")]);
    assert_eq!(action(ActionStatus::OffTrack, same), []);
    assert_eq!(action(ActionStatus::Completed, past), []);
    assert_eq!(action(ActionStatus::Deferred, past), []);
}

#[test]
fn what_was_done_was_done_by_the_day_it_is_told_of() {
    let (told, after) = (Some(day("2024-09-30")), Some(day("2024-10-01")));
    assert_eq!(found(MilestoneRow { actual: after, ..milestone() }), [("PLN-008", "Actual date")]);
    assert_eq!(found(MilestoneRow { actual: told, ..milestone() }), []);
    let ended = |stage, ended_on| found(ProjectRow { stage, ended_on, ..project() });
    let rows: Vec<DeliveryRow> = held().into_iter().filter(|row| row.kind() != RecordKind::Milestone).collect();
    let closed = |ended_on| beside(&ProjectRow { stage: Stage::Closed, ended_on, ..project() }.into(), None, &rows);
    assert_eq!(closed(told), []);
    assert_eq!(closed(after), [("PLN-008", "Ended on")]);
    assert_eq!(closed(None), [("PLN-008", "Ended on")]);
    assert_eq!(ended(Stage::Delivery, told), [("PLN-008", "Ended on")]);
    assert_eq!(ended(Stage::Closing, told), [], "what it brought is looked at yet");
    let said = |stage, ended_on| check(&ProjectRow { stage, ended_on, ..project() }.into(), None, &ground(&rows)).remove(0).message;
    assert_eq!(said(Stage::Delivery, told), "It ended, and is not said to be closed.");
    assert_eq!(said(Stage::Closed, None), "Said to be closed, without the day it ended.");
    assert_eq!(found(InsightRow { told_on: day("2024-10-02"), ..insight() }), [("PLN-008", "Date")]);
}

#[test]
fn days_follow_one_another() {
    let (early, first) = (day("2024-03-31"), day("2024-04-01"));
    assert_eq!(found(ProjectRow { baseline_end: early, ..project() }), [("PLN-008", "Baseline end")]);
    assert_eq!(found(ProjectRow { baseline_end: first, ..project() }), []);
    let ended = ProjectRow { stage: Stage::Closing, ended_on: Some(early), forecast_end: Some(early), ..project() };
    assert_eq!(found(ended), [("PLN-008", "Forecast end"), ("PLN-008", "Ended on")]);
    let due = |due_on: &str| found(RecommendationRow { made_on: Some(first), due_on: Some(day(due_on)), ..recommendation() });
    assert_eq!(due("2024-03-31"), [("PLN-008", "Due date")]);
    assert_eq!(due("2024-04-01"), []);
    let review = |on: &str| found(RiskRow { review_on: Some(day(on)), ..risk() });
    assert_eq!(review("2024-09-29"), [("PLN-008", "Next review")]);
    assert_eq!(review("2024-09-30"), []);
}

#[test]
fn what_is_done_has_nothing_open_behind_it() {
    let done = ActionRow { status: ActionStatus::Completed, milestone: some("M1"), ..action() };
    let with = |milestone: MilestoneRow| beside(&done.clone().into(), None, &[milestone.into()]);
    let on = |text: &str| MilestoneRow { baseline: day(text), ..milestone() };
    assert_eq!(with(on("2024-09-29")), [("PLN-007", "Status")]);
    assert_eq!(with(on("2024-09-30")), [], "its day is not past");
    assert_eq!(with(MilestoneRow { actual: Some(day("2024-09-30")), ..on("2024-09-29") }), []);
    assert_eq!(with(MilestoneRow { forecast: Some(day("2024-10-01")), ..on("2024-09-29") }), [], "late, and not overdue");
    let open = ActionRow { status: ActionStatus::OnTrack, ..done.clone() };
    assert_eq!(beside(&open.into(), None, &[on("2024-09-29").into()]), []);

    let closed = ProjectRow { stage: Stage::Closed, ended_on: Some(day("2024-09-30")), ..project() };
    let with = |milestone: MilestoneRow| beside(&closed.clone().into(), None, &[milestone.into()]);
    assert_eq!(with(milestone()), [("PLN-007", "Stage")]);
    assert_eq!(with(MilestoneRow { actual: Some(day("2024-09-30")), ..milestone() }), []);
    assert_eq!(with(MilestoneRow { project: "PRG".to_owned(), ..milestone() }), [], "another's");
}

#[test]
fn what_is_reported_does_not_contradict_itself() {
    let action = |status, due_on: &str, revised: Option<&str>| {
        found(ActionRow { status, due_on: Some(day(due_on)), revised_due_on: revised.map(day), ..action() })
    };
    assert_eq!(action(ActionStatus::OnTrack, "2024-09-29", None), [("PLN-016", "Status")]);
    assert_eq!(action(ActionStatus::OnTrack, "2024-09-30", None), []);
    assert_eq!(action(ActionStatus::OnTrack, "2024-09-29", Some("2024-12-31")), [], "promised again");
    assert_eq!(action(ActionStatus::AtRisk, "2024-09-29", None), []);

    let time = |time, end: &str| found(ProjectRow { time: Some(time), forecast_end: Some(day(end)), ..project() });
    assert_eq!(time(DeliveryStatus::Green, "2025-04-01"), [("PLN-016", "Time")]);
    assert_eq!(time(DeliveryStatus::Green, "2025-03-31"), []);
    assert_eq!(time(DeliveryStatus::Amber, "2025-04-01"), []);
    let cost =
        |cost, spend: &str| found(ProjectRow { cost: Some(cost), budget: Some(dec("10")), forecast_spend: Some(dec(spend)), ..project() });
    assert_eq!(cost(DeliveryStatus::Green, "10.01"), [("PLN-016", "Cost")]);
    assert_eq!(cost(DeliveryStatus::Green, "10.00"), []);
    assert_eq!(cost(DeliveryStatus::Red, "10.01"), []);
    let over = ProjectRow { cost: Some(DeliveryStatus::Green), budget: Some(dec("10")), forecast_spend: Some(dec("1200.50")), ..project() };
    let said = check(&over.into(), None, &ground(&held())).remove(0);
    assert_eq!((said.message.as_str(), said.is_error()), ("Cost is said to be green, and £1200.5 is expected of £10.", false));
}

#[test]
fn each_change_of_an_agreed_day_has_a_decision_of_its_own() {
    let before = MilestoneRow { decision: some("Cabinet 12"), ..milestone() };
    let of = |decision| {
        let row = MilestoneRow { baseline: day("2025-01-01"), decision, ..milestone() };
        beside(&row.into(), Some(&before.clone().into()), &held())
    };
    assert_eq!(of(some("Cabinet 12")), [("PLN-003", "Baseline date")], "that was of an earlier change");
    assert_eq!(of(some("Cabinet 40")), []);
}

#[test]
fn a_project_is_not_moved_to_begin_after_its_milestones() {
    let before: DeliveryRow = project().into();
    let begins = |on: &str| beside(&ProjectRow { starts_on: day(on), ..project() }.into(), Some(&before), &held());
    assert_eq!(begins("2024-12-01"), []);
    assert_eq!(begins("2024-12-02"), [("PLN-004", "Starts on")]);
}

#[test]
fn a_milestone_has_a_ref_that_is_no_projects() {
    assert_eq!(found(MilestoneRow { code: "PRG".to_owned(), ..milestone() }), [("PLN-019", "Ref")]);
    assert_eq!(found(MilestoneRow { code: "WASTE".to_owned(), ..milestone() }), [], "nothing waits for a service");
}
