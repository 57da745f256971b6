//! What a council took before: the same file, a later import, a later issue of the same template.

use chrono::Duration;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{Client, Filled, Harness, World, for_each_database, framework, workbook, workbook_of};

use super::templates::issue;
use super::{counts, first_quarter, lines};

/// A plan's findings of a code, each with its weight and its message.
fn told(plan: &Value, code: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let nodes = plan["diagnostics"]["nodes"].as_array().expect("findings").iter();
    nodes.filter(|found| found["code"] == code).map(|found| (text(&found["severity"]), text(&found["message"]))).collect()
}

async fn everywhere(harness: &Harness, sql: &str) {
    let tx = harness.app.db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    tx.execute_unprepared(sql).await.expect("is so");
    tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

#[tokio::test]
async fn the_very_same_file_says_when_it_was_taken_and_by_whom() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let first = keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        harness.later(Duration::days(1));
        let again = keeper.submit("huntingdonshire", "another name.xlsx", workbook("Return", &first_quarter())).await;
        let plan = keeper.plan(&again).await;
        let message = "This very file was taken on 14 October 2024 by Perry Team, as q1.xlsx. Nothing in it is new.";
        assert_eq!(told(&plan, "TPL-016"), [("INFO".to_owned(), message.to_owned())]);
        assert_eq!(counts(&plan), [0, 0, 6, 0, 0, 0]);
        // What was taken back was not taken.
        keeper.undo(&first).await;
        let anew = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let plan = keeper.plan(&anew).await;
        assert_eq!((told(&plan, "TPL-016"), counts(&plan)), (vec![], [6, 0, 0, 0, 0, 0]));
    })
    .await;
}

#[tokio::test]
async fn a_workbook_sent_before_another_that_was_taken_changes_nothing_back() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let figures = |value: f64| {
            let rows = json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", value], ["PL01", "2024/25 Q1", 88]]);
            workbook("Return", &rows)
        };
        let kept: Value = keeper.upload("early.xlsx", figures(61.2)).await.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        let early = data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned();
        // A node that is slow has it and goes on saying so, while another import passes it by.
        everywhere(harness, "UPDATE job SET state = 'RUNNING', lease_until = '2024-10-14T09:05:10+00:00' WHERE state = 'QUEUED'").await;
        harness.later(Duration::minutes(5));
        keeper.take("huntingdonshire", "late.xlsx", figures(56.4)).await;
        everywhere(harness, "UPDATE job SET lease_until = '2024-01-01 00:00:00+00:00' WHERE state = 'RUNNING'").await;
        harness.settle().await;

        let plan = keeper.plan(&early).await;
        assert_eq!(counts(&plan)[..5], [0, 0, 1, 1, 1], "{plan:#}");
        let message = "What is held came with late.xlsx, sent by Perry Team, after this workbook was sent: it is not changed back.";
        assert_eq!(told(&plan, "CHG-005"), [("ERROR".to_owned(), message.to_owned())]);
        let saying = json!({ "validRowsOnly": true, "acknowledgements": [{ "code": "CHG-003", "reason": "Right" }] });
        assert_eq!(keeper.accept(&early, saying).await["userErrors"], json!([]));
        assert_eq!(super::read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "56.4");

        // Sent again by somebody who has seen what is held, it is a correction like any other.
        harness.later(Duration::minutes(5));
        let again = keeper.submit("huntingdonshire", "early.xlsx", figures(61.2)).await;
        assert_eq!(lines(&keeper.plan(&again).await)[0], "CHANGED WM01 2024/25 Q1: 56.4% → 61.2%");
    })
    .await;
}

async fn filled(client: &Client<'_>, value: f64) -> Vec<u8> {
    let mut form = Filled::new(&issue(client, "huntingdonshire", "S2", "2024/25 Q1").await);
    form.fill("PL01", "2024/25 Q1", "Result (you fill in)", value);
    form.bytes()
}

#[tokio::test]
async fn an_older_issue_after_a_newer_one_waits_for_somebody_to_say_why() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let (first, second) = (filled(&keeper, 0.95).await, filled(&keeper, 0.94).await);
        keeper.take("huntingdonshire", "second.xlsx", second).await;
        harness.later(Duration::days(2));
        let id = keeper.submit("huntingdonshire", "first.xlsx", first).await;
        let plan = keeper.plan(&id).await;
        let message = "This is issue 1 of the template, and issue 2 was taken on 14 October 2024.";
        assert_eq!(told(&plan, "TPL-014"), [("WARNING".to_owned(), message.to_owned())]);
        let half = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Counted again" }] });
        let refused = keeper.accept(&id, half).await;
        assert_eq!(refused["userErrors"][0]["code"], "WARNINGS_NOT_ACKNOWLEDGED");
        let both = json!({ "acknowledgements": [
            { "code": "CHG-003", "reason": "Counted again" }, { "code": "TPL-014", "reason": "Signed off on the first form" },
        ] });
        assert_eq!(keeper.accept(&id, both).await["userErrors"], json!([]));
        assert_eq!(super::read(&keeper, "PL01", "2024/25 Q1", None).await["value"], "95");
    })
    .await;
}

#[tokio::test]
async fn a_template_that_was_never_issued_is_refused_and_a_changed_framework_is_told() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let bytes = filled(&keeper, 0.95).await;
        harness.later(Duration::days(1));
        let id = keeper.submit("huntingdonshire", "return.xlsx", bytes.clone()).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((told(&plan, "TPL-010"), counts(&plan)), (vec![], [1, 0, 0, 0, 0, 0]));

        // Another service's target changes.
        let mut book = framework("huntingdonshire");
        book.targets[0].target = Some("62".parse().expect("a decimal"));
        keeper.take("huntingdonshire", "framework.xlsx", workbook_of(&book)).await;
        let id = keeper.submit("huntingdonshire", "return.xlsx", bytes.clone()).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(told(&plan, "TPL-010")[0].0, "INFO");
        assert_eq!(counts(&plan), [1, 0, 0, 0, 0, 0]);

        // The council's own key signed it, but nobody here knows of the issue.
        let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        for table in ["import_template", "return_template"] {
            change.execute_unprepared(&format!("DELETE FROM {table}")).await.expect("forgets");
        }
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let id = keeper.submit("huntingdonshire", "return.xlsx", bytes).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((&plan["state"], told(&plan, "TPL-002")[0].0.as_str()), (&json!("REFUSED"), "ERROR"), "{plan:#}");
        assert_eq!(counts(&plan)[..4], [0, 0, 0, 1]);
    })
    .await;
}
