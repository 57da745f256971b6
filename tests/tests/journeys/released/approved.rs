//! Approved: what cabinet members read, and what a forum is given, once returns go through their states.

use chrono::Duration;
use rules::measure::ValueState::{Final, Provisional};
use rules::measure::{Frequency, Lifecycle};
use rules::permission::Role;
use rules::status::Colour;
use serde_json::{Value, json};
use tests::{World, for_each_database, workbook};

use super::cycle::Cycle;
use super::{PUBLISH, codes, release, series};
use crate::imports::first_quarter;

#[tokio::test]
async fn while_there_is_no_workflow_what_is_recorded_is_approved() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let cabinet = world.somebody(Role::CabinetMember).await;
        let member = harness.sign_in(&cabinet);
        assert_eq!(series(&member, "BN01", "2024/25 Q1", 1, None).await.unwrap(), ["2024/25 Q1 22.4 AMBER APPROVED"]);
        let scorecard = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
        let bare = harness.keeping_nothing().await;
        let member = bare.sign_in(&cabinet);
        let keeper = bare.sign_in(&world.keeper);
        let (as_member, answer) = harness.statements(member.run("Scorecard", scorecard.clone())).await;
        let drafts = keeper.run("Scorecard", scorecard.clone()).await.data();
        assert_eq!(answer.data(), drafts, "the same figures and counts");
        let (as_keeper, _) = harness.statements(keeper.run("Scorecard", scorecard)).await;
        assert_eq!(as_member, as_keeper + 1, "and one statement more, that asks for the workflow");
    })
    .await;
}

#[tokio::test]
async fn cabinet_members_read_what_was_approved_and_history_is_not_hidden() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let cycle = Cycle::from(&world, "S1", "2024-07-01").await;
        let wm01 = world.indicator("WM01").await;
        let member = harness.sign_in(&world.somebody(Role::CabinetMember).await);
        let keeper = world.keeper();
        harness.later(Duration::minutes(1));
        // The second quarter goes through its states; the first began before the day, and is history.
        let draft = cycle.record(wm01, "2024/25 Q2", "63.5", Final).await;
        let read = async |client: &tests::Client<'_>, as_at: Option<&str>| series(client, "WM01", "2024/25 Q2", 2, as_at).await.unwrap();
        let first = "2024/25 Q1 61.2 GREEN APPROVED";
        assert_eq!(read(&member, None).await, [first], "a draft is not there");
        harness.later(Duration::minutes(1));
        cycle.approve("2024/25 Q2", wm01, Some(draft), Colour::Green).await;
        let approved_at = harness.app.clock.now().to_rfc3339();
        assert_eq!(read(&member, None).await, [first, "2024/25 Q2 63.5 GREEN APPROVED"]);

        // A correction is a draft until it is approved in its turn; what was approved stays as it was judged.
        harness.later(Duration::minutes(1));
        let correction = cycle.record(wm01, "2024/25 Q2", "57", Final).await;
        cycle.stands("2024/25 Q2", "OPEN").await;
        assert_eq!(read(&keeper, None).await[1], "2024/25 Q2 57 AMBER RECORDED");
        assert_eq!(read(&member, None).await[1], "2024/25 Q2 63.5 GREEN APPROVED");
        harness.later(Duration::minutes(1));
        // Approval says how it was judged then, whatever would be said now.
        cycle.approve("2024/25 Q2", wm01, Some(correction), Colour::Red).await;
        assert_eq!(read(&member, None).await[1], "2024/25 Q2 57 RED APPROVED");
        assert_eq!(read(&member, Some(&approved_at)).await[1], "2024/25 Q2 63.5 GREEN APPROVED");
        // A figure that was approved as missing is there, without a value.
        harness.later(Duration::minutes(1));
        cycle.approve("2024/25 Q2", wm01, None, Colour::NoData).await;
        assert_eq!(read(&member, None).await[1], "2024/25 Q2 - NO_DATA APPROVED");
        let counts = "{ council(code: \"huntingdonshire\") { framework { summary(period: \"2024/25 Q2\") { current { green amber red noData notDue } notSeen } } } }";
        let counts = member.gql(counts, json!({})).await.data()["council"]["framework"]["summary"].clone();
        // PL01, BN01 and the September of WM02 are not approved: they are in no count, and said to be in none.
        assert_eq!(counts["notSeen"], 3, "{counts}");
        let counts = counts["current"].clone();
        // Of the second quarter WM01 alone is approved; the yearly SI01 of last year is history.
        let total: i64 = counts.as_object().unwrap().values().filter_map(Value::as_i64).sum();
        assert_eq!((total, &counts["noData"]), (2, &json!(2)), "{counts}");
    })
    .await;
}

#[tokio::test]
async fn a_release_waits_for_approval_and_gives_what_is_approved_alone() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let cycle = Cycle::from(&world, "S1", "2024-04-01").await;
        harness.later(Duration::minutes(1));
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let (wm01, keeper) = (world.indicator("WM01").await, world.keeper());
        let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        let refused = release(&keeper, "SLT", "2024/25 Q1", None).await;
        assert_eq!(codes(&refused), ["NOT_APPROVED"]);
        let message = refused["userErrors"][0]["message"].as_str().unwrap();
        for service in ["Waste Services (open)", "Planning (open)", "Benefits (open)"] {
            assert!(message.contains(service), "{message}");
        }
        let held = cycle.record(wm01, "2024/25 Q1", "61.5", Final).await;
        harness.later(Duration::minutes(1));
        cycle.approve("2024/25 Q1", wm01, Some(held), Colour::Green).await;
        let refused = release(&keeper, "SLT", "2024/25 Q1", None).await;
        let message = refused["userErrors"][0]["message"].as_str().unwrap();
        assert!(!message.contains("Waste") && message.contains("Planning"), "{message}");
        for forum in ["SLT", "OSP"] {
            assert_eq!(codes(&release(&keeper, forum, "2024/25 Q1", Some("The panel meets tomorrow.")).await), Vec::<&str>::new());
        }
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 1, None).await.unwrap(), ["2024/25 Q1 61.5 GREEN RELEASED"]);
        // Planning's figure was not approved: it is not seen, though its name is.
        assert_eq!(series(&member, "PL01", "2024/25 Q1", 1, None).await.unwrap(), Vec::<String>::new());

        // And to the public alone what was approved, released, settled and unchanged since.
        let publish = async |codes: Value| {
            let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1", "indicators": codes });
            keeper.gql(PUBLISH, json!({ "input": input })).await.data()["figuresPublish"].clone()
        };
        let all = publish(json!([])).await;
        assert_eq!((&all["published"], &all["userErrors"]), (&json!(1), &json!([])), "{all:#}");
        let reasons = |payload: &Value| -> Vec<String> {
            let each = |refused: &Value| {
                format!(
                    "{} {} {}",
                    refused["indicator"].as_str().unwrap(),
                    refused["period"].as_str().unwrap(),
                    refused["reason"].as_str().unwrap()
                )
            };
            payload["refused"].as_array().unwrap().iter().map(each).collect()
        };
        assert!(reasons(&all).contains(&"PL01 2024/25 Q1 NOT_APPROVED".to_owned()), "{all:#}");
        assert_eq!(publish(json!(["WM01"])).await["unchanged"], 1);
        harness.later(Duration::minutes(1));
        let corrected = cycle.record(wm01, "2024/25 Q1", "62", Final).await;
        assert_eq!(publish(json!(["WM01"])).await["unchanged"], 1, "a draft changes nothing");
        cycle.approve("2024/25 Q1", wm01, Some(corrected), Colour::Green).await;
        assert_eq!(reasons(&publish(json!(["WM01"])).await), ["WM01 2024/25 Q1 CHANGED_SINCE"]);
        harness.later(Duration::minutes(1));
        let firm = cycle.record(wm01, "2024/25 Q1", "62.1", Provisional).await;
        cycle.approve("2024/25 Q1", wm01, Some(firm), Colour::Green).await;
        harness.later(Duration::minutes(1));
        assert_eq!(codes(&release(&keeper, "SLT", "2024/25 Q1", Some("Planning is late.")).await), Vec::<&str>::new());
        assert_eq!(reasons(&publish(json!(["WM01"])).await), ["WM01 2024/25 Q1 PROVISIONAL"]);
        let public = "{ published(council: \"huntingdonshire\") { indicators { nodes { code series { period value status } } } } }";
        let public = harness.visitor().gql(public, json!({})).await.data();
        let series = json!([{ "period": "2024/25 Q1", "value": "61.5", "status": "GREEN" }]);
        assert_eq!(public["published"]["indicators"]["nodes"], json!([{ "code": "WM01", "series": series }]));
    })
    .await;
}

#[tokio::test]
async fn switching_the_workflow_on_hides_nothing_that_was_there() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let keeper = world.keeper();
        let cabinet = harness.sign_in(&world.somebody(Role::CabinetMember).await);
        let panel = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        let read = async |client: &tests::Client<'_>| series(client, "WM01", "2024/25 Q1", 1, None).await.unwrap();
        assert_eq!(read(&cabinet).await, ["2024/25 Q1 61.2 GREEN APPROVED"]);
        harness.later(Duration::minutes(1));
        // Backwards: the first quarter is covered, and no return of it was approved.
        let cycle = Cycle::from(&world, "S1", "2024-04-01").await;
        let wm01 = world.indicator("WM01").await;
        harness.later(Duration::minutes(1));
        assert_eq!(read(&cabinet).await, ["2024/25 Q1 61.2 GREEN APPROVED"]);
        // What is recorded from then on waits for approval.
        let late = cycle.record(wm01, "2024/25 Q1", "57.5", Final).await;
        assert_eq!(read(&cabinet).await, ["2024/25 Q1 61.2 GREEN APPROVED"]);
        for forum in ["SLT", "OSP"] {
            assert_eq!(codes(&release(&keeper, forum, "2024/25 Q1", Some("As it was.")).await), Vec::<&str>::new());
        }
        assert_eq!(read(&panel).await, ["2024/25 Q1 61.2 GREEN RELEASED"]);
        // Switched again, what was recorded in between is still no history.
        harness.later(Duration::minutes(1));
        Cycle::again(&world, "S1", "2024-03-01").await;
        harness.later(Duration::minutes(1));
        assert_eq!(read(&cabinet).await, ["2024/25 Q1 61.2 GREEN APPROVED"]);
        cycle.approve("2024/25 Q1", wm01, Some(late), Colour::Amber).await;
        assert_eq!(read(&cabinet).await, ["2024/25 Q1 57.5 AMBER APPROVED"]);
        assert_eq!(read(&panel).await, ["2024/25 Q1 61.2 GREEN RELEASED"]);
    })
    .await;
}

#[tokio::test]
async fn a_release_waits_for_no_return_that_is_not_owed() {
    for_each_database(async |harness| {
        // Planning's only indicator is counted once a year, and that of Benefits is put forward and not yet collected.
        let mut book = tests::framework("huntingdonshire");
        let of = |code: &str| book.indicators.iter().position(|row| row.code == code).expect("an indicator");
        let (planning, benefits) = (of("PL01"), of("BN01"));
        book.indicators[planning].frequency = Frequency::Annual;
        book.indicators[benefits].lifecycle = Lifecycle::Proposed;
        let world = World::with(harness, "huntingdonshire", &book).await;
        let cycle = Cycle::from(&world, "S1", "2024-04-01").await;
        harness.later(Duration::minutes(1));
        let refused = release(&world.keeper(), "SLT", "2024/25 Q1", None).await;
        let message = refused["userErrors"][0]["message"].as_str().unwrap();
        assert_eq!(codes(&refused), ["NOT_APPROVED"]);
        assert!(message.contains("Waste Services (open)") && !message.contains("Planning") && !message.contains("Benefits"), "{message}");
        // Nothing else waits: with that one approved, the quarter is released.
        let wm01 = world.indicator("WM01").await;
        let held = cycle.record(wm01, "2024/25 Q1", "61.5", Final).await;
        harness.later(Duration::minutes(1));
        cycle.approve("2024/25 Q1", wm01, Some(held), Colour::Green).await;
        assert_eq!(codes(&release(&world.keeper(), "SLT", "2024/25 Q1", None).await), Vec::<&str>::new());
    })
    .await;
}
