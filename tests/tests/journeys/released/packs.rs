//! Packs show each audience its own version of figures, and say which.

use chrono::Duration;
use rules::measure::ValueState::Final;
use rules::status::Colour;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, workbook};

use super::cycle::Cycle;
use super::{PUBLISH, codes, record, release, released};
use crate::imports::first_quarter;
use crate::packs::{bytes, cells, downloaded, pack, parts};

/// Asks for a pack; answers the payload.
async fn ask(client: &Client<'_>, profile: &str, more: Value) -> Value {
    let mut input = json!({ "council": "huntingdonshire", "forum": "OSP", "period": "2024/25 Q1", "profile": profile });
    let Value::Object(more) = more else { panic!("{more} is no object") };
    input.as_object_mut().expect("an object").extend(more);
    client.run("PackBuild", json!({ "input": input })).await.data()["packBuild"].clone()
}

/// A pack that is made, and its bytes.
async fn made(client: &Client<'_>, profile: &str, more: Value) -> (Value, Vec<u8>) {
    let asked = ask(client, profile, more).await;
    assert_eq!(codes(&asked), Vec::<&str>::new(), "{profile}");
    client.harness.settle().await;
    let ready = pack(client, asked["pack"]["id"].as_str().expect("an id")).await;
    assert_eq!(ready["state"], "READY", "{ready}");
    let bytes = bytes(client, &ready).await;
    (ready, bytes)
}

#[tokio::test]
async fn a_forums_pack_is_what_was_released_to_it_whatever_is_corrected_afterwards() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let keeper = world.keeper();
        // Nothing was ever released, and there is no workflow: a pack is of the figures as they are.
        let (_, before) = made(&keeper, "SCRUTINY", json!({})).await;
        assert!(!cells(&before, "Cover").join("\n").contains("were released"));
        harness.later(Duration::minutes(1));
        released(&keeper, "SLT", "2024/25 Q1").await;
        released(&keeper, "OSP", "2024/25 Q1").await;
        let at = harness.app.clock.now();
        harness.later(Duration::minutes(1));
        record(&world, "WM01", "2024/25 Q1", 58.7).await;
        harness.later(Duration::minutes(1));
        let (ready, bytes) = made(&keeper, "SCRUTINY", json!({})).await;
        assert_eq!(ready["asAt"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap(), at);
        let scorecard = cells(&bytes, "Scorecard by directorate");
        assert!(
            scorecard.contains(&"0.612".to_owned()) && !parts(&bytes).contains("0.587") && !parts(&bytes).contains("58.7"),
            "{scorecard:?}"
        );
        let cover = cells(&bytes, "Cover").join("\n");
        assert!(cover.contains("These figures were released to Overview and Scrutiny Panel on"), "{cover}");
        // The rules of accessible workbooks are asked in English.
        let asked = ask(&keeper, "SCRUTINY", json!({ "language": "cy-GB" })).await;
        harness.settle().await;
        let welsh = downloaded(&keeper, &pack(&keeper, asked["pack"]["id"].as_str().expect("an id")).await).await;
        assert!(parts(&welsh).contains("Rhyddhawyd y ffigurau hyn i"));
        // Officers read drafts; so does the forum that has had none released, of which there is none.
        let (_, officers) = made(&keeper, "OFFICER", json!({})).await;
        assert!(parts(&officers).contains("0.587"));
        // Released again, the next pack has the correction and says what changed.
        released(&keeper, "OSP", "2024/25 Q1").await;
        let (_, again) = made(&keeper, "SCRUTINY", json!({ "meetingOn": "2024-10-22" })).await;
        assert!(cells(&again, "Scorecard by directorate").contains(&"0.587".to_owned()));
        assert!(parts(&again).contains("61.2"), "what it read in the last pack");
        // A period nobody released to a forum that is given figures by release.
        let next = ask(&keeper, "SCRUTINY", json!({ "period": "2024/25 Q2" })).await;
        assert_eq!((codes(&next), &next["pack"]), (vec!["NOT_RELEASED"], &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn once_returns_are_approved_nobody_but_officers_is_given_a_draft() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let cycle = Cycle::from(&world, "S1", "2024-04-01").await;
        harness.later(Duration::minutes(1));
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let wm01 = world.indicator("WM01").await;
        assert_eq!(codes(&ask(&keeper, "SCRUTINY", json!({})).await), ["NOT_RELEASED"]);
        assert_eq!(codes(&ask(&keeper, "EXCEPTIONS", json!({})).await), ["NOT_RELEASED"]);
        assert_eq!(codes(&ask(&keeper, "OPEN_DATA", json!({})).await), ["NOT_PUBLISHED"]);
        harness.later(Duration::minutes(1));
        let seen = cycle.record(wm01, "2024/25 Q1", "61.71", Final).await;
        cycle.approve("2024/25 Q1", wm01, Some(seen), Colour::Green).await;
        cycle.record(world.indicator("PL01").await, "2024/25 Q1", "87.53", Final).await;
        harness.later(Duration::minutes(1));
        assert_eq!(codes(&release(&keeper, "OSP", "2024/25 Q1", Some("Planning is late.")).await), Vec::<&str>::new());
        let publish = json!({ "input": { "council": "huntingdonshire", "period": "2024/25 Q1" } });
        assert_eq!(keeper.gql(PUBLISH, publish).await.data()["figuresPublish"]["published"], 1);
        // Two drafts after another: the first is superseded, and no document tells of it.
        harness.later(Duration::minutes(1));
        let (_, first) = made(&keeper, "CABINET", json!({})).await;
        for value in ["47.13", "48.17"] {
            harness.later(Duration::minutes(1));
            cycle.record(wm01, "2024/25 Q1", value, Final).await;
        }
        let day = json!({ "meetingOn": "2024-10-22" });
        for (profile, sheet, words) in [
            ("SCRUTINY", "Scorecard by directorate", "were released to"),
            ("CABINET", "Scorecard by directorate", "Every figure here was approved"),
            ("OPEN_DATA", "", "Only figures that are published"),
        ] {
            let (_, bytes) = made(&keeper, profile, day.clone()).await;
            let all = parts(&bytes);
            let told = |digits: &str| all.contains(&format!("0.{digits}")) || all.contains(&format!("{}.{}", &digits[..2], &digits[2..3]));
            assert!(told("6171") && !told("4713") && !told("4817"), "{profile}");
            // Planning's figure is nobody's but the officers'.
            assert!(!told("8753"), "{profile}");
            assert!(cells(&bytes, "Cover").join("\n").contains(words), "{profile}");
            if !sheet.is_empty() {
                assert!(cells(&bytes, sheet).contains(&"0.6171".to_owned()), "{profile}");
            }
        }
        let (_, officers) = made(&keeper, "OFFICER", json!({})).await;
        assert!(parts(&officers).contains("0.4817") && parts(&officers).contains("0.8753"));
        // Approved, the second correction is what changed since the cabinet's last pack; the first never was.
        harness.later(Duration::minutes(1));
        let correction = cycle.record(wm01, "2024/25 Q1", "49.19", Final).await;
        cycle.approve("2024/25 Q1", wm01, Some(correction), Colour::Red).await;
        harness.later(Duration::minutes(1));
        let (_, next) = made(&keeper, "CABINET", day).await;
        let all = parts(&next);
        assert!(
            all.contains("0.4919") && all.contains("61.7") && !all.contains("47.1") && !all.contains("0.4713") && !all.contains("48.2")
        );
        assert_ne!(first, next);
    })
    .await;
}

#[tokio::test]
async fn a_period_s_pack_is_of_its_own_release_and_is_kept_from_members_once_that_is_withdrawn() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let member = harness.sign_in(&world.somebody(rules::permission::Role::ScrutinyMember).await);
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        released(&keeper, "SLT", "2024/25 Q1").await;
        let first = released(&keeper, "OSP", "2024/25 Q1").await;
        let at = harness.app.clock.now();
        harness.later(Duration::minutes(1));
        record(&world, "WM01", "2024/25 Q1", 58.7).await;
        released(&keeper, "SLT", "2024/25 Q2").await;
        released(&keeper, "OSP", "2024/25 Q2").await;
        harness.later(Duration::minutes(1));
        // The second quarter's release reaches further, and is another document's.
        let asked = ask(&keeper, "SCRUTINY", json!({})).await;
        harness.settle().await;
        let id = asked["pack"]["id"].clone();
        let ready = pack(&keeper, id.as_str().expect("an id")).await;
        assert_eq!(ready["asAt"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap(), at);
        assert!(cells(&bytes(&keeper, &ready).await, "Scorecard by directorate").contains(&"0.612".to_owned()));
        // Withdrawn between asking and making, it is not made.
        let asked = ask(&keeper, "SCRUTINY", json!({ "meetingOn": "2024-10-23" })).await;
        let node = "query($id: ID!) { node(id: $id) { ... on Pack { state failure download { url } } } }";
        assert_eq!(member.gql(node, json!({ "id": id })).await.data()["node"]["state"], "READY");
        assert_eq!(codes(&super::withdraw(&keeper, &first, "It held what it must not.").await), Vec::<&str>::new());
        harness.settle().await;
        let failed = keeper.gql(node, json!({ "id": asked["pack"]["id"] })).await.data()["node"].clone();
        assert_eq!((&failed["state"], &failed["download"]), (&json!("FAILED"), &Value::Null));
        assert!(failed["failure"].as_str().unwrap().contains("withdrawn"), "{failed}");
        // Members find the pack no more; officers, who know why, do.
        assert_eq!(member.gql(node, json!({ "id": id })).await.data()["node"], Value::Null);
        let listed = "{ council(code: \"huntingdonshire\") { packs { totalCount nodes { id } } } }";
        assert_eq!(member.gql(listed, json!({})).await.data()["council"]["packs"], json!({ "totalCount": 0, "nodes": [] }));
        assert_eq!(keeper.gql(node, json!({ "id": id })).await.data()["node"]["state"], "READY");
    })
    .await;
}
