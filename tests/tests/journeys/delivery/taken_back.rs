//! Undoing: what was told before is told again; what something new leads to, and what was changed since, stays and says why.

use rules::delivery::book::DeliveryRow::{Action, Assessment, Dependency, Milestone, Money, Project, Recommendation, Risk, Theme};
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::model::{Small, action, assessment, book, milestone, money, project, recommendation, risk, theme, waits};
use super::{CODE, bring, codes, delivery, delivery_at, tell, withdraw};

const UNDO: &str = "mutation($input: ImportUndoInput!) { importUndo(input: $input) { import { state } reversed keptCount failedCount
    kept { key because } failed { key because } userErrors { code message } } }";

/// Takes an import back; answers with what stays, and why.
pub async fn undo(client: &Client<'_>, id: &str) -> Value {
    client.gql(UNDO, json!({ "input": { "id": id } })).await.data()["importUndo"].clone()
}

fn row(key: &str, because: &str) -> Value {
    json!({ "key": key, "because": because })
}

const ALL: &str = "actions(first: 10) { nodes { code progress status } } recommendations { code } risks(first: 10) { nodes { code } }";

#[tokio::test]
async fn what_was_told_before_is_told_again_and_what_came_new_is_told_no_more() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        bring(&small.keeper, "first.xlsx", book([Action(action("A1"))])).await;
        let first = delivery(&small.keeper, ALL).await;
        harness.later(chrono::Duration::hours(1));
        let mut changed = action("A1");
        changed.progress = Some("Nearly done".to_owned());
        changed.answers = Some("R1".to_owned());
        let rows = [Recommendation(recommendation("R1")), Action(changed), Action(action("A2")), Risk(risk("RK1"))];
        let id = bring(&small.keeper, "second.xlsx", book(rows)).await;
        let second = delivery(&small.keeper, ALL).await;
        let then = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let undone = undo(&small.keeper, &id).await;
        assert_eq!((&undone["reversed"], &undone["kept"], &undone["failed"]), (&json!(4), &json!([]), &json!([])), "{undone:#}");
        assert_eq!(undone["import"]["state"], "UNDONE");
        assert_eq!(delivery(&small.keeper, ALL).await, first);
        assert_eq!(delivery_at(&small.keeper, &then, ALL).await, second);
        assert_eq!(undo(&small.keeper, &id).await["userErrors"][0]["code"], "IMPORT_NOT_ACCEPTED");
        // The same workbook again brings all of it again.
        harness.later(chrono::Duration::hours(1));
        let mut changed = action("A1");
        changed.progress = Some("Nearly done".to_owned());
        changed.answers = Some("R1".to_owned());
        let rows = [Recommendation(recommendation("R1")), Action(changed), Action(action("A2")), Risk(risk("RK1"))];
        bring(&small.keeper, "third.xlsx", book(rows)).await;
        assert_eq!(delivery(&small.keeper, ALL).await, second);
    })
    .await;
}

#[tokio::test]
async fn what_something_new_leads_to_stays_until_that_is_gone() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        bring(&small.office, "projects.xlsx", book([Project(project("PA")), Project(project("PB")), Milestone(milestone("B1", "PB", "2024-12-13"))])).await;
        let id = bring(&small.keeper, "recommendations.xlsx", book([Recommendation(recommendation("R1")), Recommendation(recommendation("R2"))])).await;
        let of_office = bring(&small.office, "milestones.xlsx", book([Milestone(milestone("A1", "PA", "2024-12-13")), Milestone(milestone("A2", "PA", "2024-12-13"))])).await;
        harness.later(chrono::Duration::hours(1));
        let new = json!({ "code": "A5", "title": "New", "kind": "RECOMMENDATION", "answers": "R1", "leadOfficer": "Head", "status": "NOT_STARTED", "asAt": "2024-10-01" });
        tell(&small.keeper, "action", "code", new).await.expect("is told");
        tell(&small.office, "dependency", "code", json!({ "waits": "B1", "on": "A1" })).await.expect("is told");

        let undone = undo(&small.keeper, &id).await;
        assert_eq!((&undone["reversed"], &undone["failed"]), (&json!(1), &json!([row("recommendation R1", "something that stays leads to it")])));
        assert_eq!(codes(&delivery(&small.keeper, "recommendations { code }").await["recommendations"]), ["R1"]);
        let undone = undo(&small.office, &of_office).await;
        assert_eq!((&undone["reversed"], &undone["failed"]), (&json!(1), &json!([row("milestone A1", "something that stays leads to it")])), "{undone:#}");
        let told = delivery(&small.office, "project(code: \"PA\") { milestones { code } dependencies { code waitsFor } }").await;
        assert_eq!(codes(&told["project"]["milestones"]), ["A1"]);
        assert_eq!(told["project"]["dependencies"], json!([{ "code": "B1", "waitsFor": "A1" }]));

        let again = undo(&small.keeper, &id).await;
        assert_eq!(again["userErrors"][0]["code"], "NOTHING_REVERSED", "as long as it stands");
        withdraw(&small.keeper, "ACTION", "A5", "Nobody agreed").await.expect("is withdrawn");
        withdraw(&small.office, "DEPENDENCY", "B1 waits for A1", "It does not").await.expect("is withdrawn");
        harness.later(chrono::Duration::hours(1));
        for (client, id) in [(&small.keeper, &id), (&small.office, &of_office)] {
            let again = undo(client, id).await;
            assert_eq!((&again["reversed"], &again["failedCount"]), (&json!(1), &json!(0)), "{again:#}");
            assert_eq!(undo(client, id).await["userErrors"][0]["code"], "IMPORT_NOT_ACCEPTED");
        }
        let told = delivery(&small.office, "recommendations { code } milestones(first: 10) { nodes { code } }").await;
        assert_eq!((&told["recommendations"], codes(&told["milestones"]["nodes"])), (&json!([]), vec!["B1".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_since_is_kept() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let id = bring(&small.keeper, "first.xlsx", book([Action(action("A1")), Action(action("A2")), Action(action("A3"))])).await;
        harness.later(chrono::Duration::hours(1));
        tell(&small.keeper, "action", "code", json!({ "code": "A1", "progress": "By entry" })).await.expect("is told");
        withdraw(&small.keeper, "ACTION", "A3", "Told twice").await.expect("is withdrawn");
        harness.later(chrono::Duration::hours(1));
        let undone = undo(&small.keeper, &id).await;
        let kept = json!([row("action A1", "it was changed since"), row("action A3", "it is no longer there")]);
        assert_eq!((&undone["reversed"], &undone["kept"], &undone["failedCount"]), (&json!(1), &kept, &json!(0)), "{undone:#}");
        let told = delivery(&small.keeper, ALL).await;
        assert_eq!(told["actions"]["nodes"], json!([{ "code": "A1", "progress": "By entry", "status": "ON_TRACK" }]));
    })
    .await;
}

#[tokio::test]
async fn evidence_comes_back_with_the_assessment_that_named_it() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let committee = small.committee().await;
        bring(&small.keeper, "plans.xlsx", book([Action(action("A1")), Risk(risk("RK1"))])).await;
        let shown = |evidence: &[&str]| {
            let mut row = assessment("LEAD", "2024", "Sound");
            row.evidence = evidence.iter().map(|item| (*item).to_owned()).collect();
            Assessment(row)
        };
        bring(&committee, "first.xlsx", book([Theme(theme("LEAD")), shown(&["risk rk1", "Action A1", "Indicator wm01"])])).await;
        let fields = "instruments { themes { assessments { evidenceNamed } } }";
        let first = delivery(&committee, fields).await;
        assert_eq!(
            first["instruments"][0]["themes"][0]["assessments"],
            json!([{ "evidenceNamed": ["Risk RK1", "Action A1", "Indicator WM01"] }])
        );
        let id = bring(&committee, "second.xlsx", book([shown(&["Indicator WM02"])])).await;
        assert_eq!(
            delivery(&committee, fields).await["instruments"][0]["themes"][0]["assessments"],
            json!([{ "evidenceNamed": ["Indicator WM02"] }])
        );
        harness.later(chrono::Duration::hours(1));
        assert_eq!(undo(&committee, &id).await["reversed"], 1);
        assert_eq!(delivery(&committee, fields).await, first);
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_back_has_the_right_over_each_row() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut later = milestone("A2", "PA", "2025-01-31");
        later.note = Some("Last".to_owned());
        let rows =
            [Project(project("PA")), Milestone(milestone("A1", "PA", "2024-12-13")), Milestone(later), Dependency(waits("A2", "A1", 5))];
        let programme = bring(&small.office, "programme.xlsx", book(rows)).await;
        let id = bring(&small.finance, "money.xlsx", book([Money(money("S1", "2024/25", 1000))])).await;
        let before = harness.written(small.world.council).await;
        harness.later(chrono::Duration::hours(1));
        // The performance team sees everybody's imports.
        for id in [&id, &programme] {
            let refused = undo(&small.keeper, id).await;
            assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("NOTHING_REVERSED")));
            assert_eq!(undo(&small.manager, id).await["userErrors"][0]["code"], "IMPORT_NOT_FOUND");
        }
        assert_eq!(harness.written(small.world.council).await, before);
        assert_eq!(undo(&small.finance, &id).await["reversed"], 1);
        // What leads to one another goes together.
        assert_eq!(undo(&small.office, &programme).await["reversed"], 4);
        assert_eq!(
            delivery(&small.office, "projects { code } milestones(first: 5) { totalCount }").await,
            json!({ "projects": [], "milestones": { "totalCount": 0 } })
        );
        assert!(small.office.submit(CODE, "again.xlsx", book([Project(project("PA"))])).await.starts_with('w'));
    })
    .await;
}
