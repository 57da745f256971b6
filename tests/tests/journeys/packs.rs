//! A pack for a meeting: asked for, made once, downloaded.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use chrono::Duration;
use rules::framework::ReportingPeriodRow;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Client, World, day, for_each_database, framework, period, workbook, workbook_of};

use crate::imports::first_quarter;

/// Asks for the pack of a forum's meeting and has it made.
async fn build(client: &Client<'_>, forum: &str) -> String {
    let input = json!({ "council": "huntingdonshire", "forum": forum, "period": "2024/25 Q1", "meetingOn": "2024-10-22" });
    let data = client.run("PackBuild", json!({ "input": input })).await.data();
    assert_eq!(data["packBuild"]["userErrors"], json!([]));
    assert_eq!(data["packBuild"]["pack"]["state"], "QUEUED");
    let id = data["packBuild"]["pack"]["id"].as_str().expect("an id").to_owned();
    let queued = pack(client, &id).await;
    assert_eq!((&queued["state"], &queued["download"], &queued["sha256"]), (&json!("QUEUED"), &Value::Null, &Value::Null));
    client.harness.settle().await;
    id
}

pub async fn pack(client: &Client<'_>, id: &str) -> Value {
    client.run("Pack", json!({ "id": id })).await.data()["node"].clone()
}

/// A pack as it comes through the door.
pub async fn downloaded(client: &Client<'_>, pack: &Value) -> Vec<u8> {
    let url = pack["download"]["url"].as_str().expect("a link");
    let response = client.download(url).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.bytes().await.expect("bytes").to_vec()
}

/// The same; whatever a journey asks for, and for whom, it keeps the rules of accessible workbooks.
pub async fn bytes(client: &Client<'_>, pack: &Value) -> Vec<u8> {
    let bytes = downloaded(client, pack).await;
    guidance::assert_kept(pack["fileName"].as_str().unwrap_or("pack.xlsx"), &bytes);
    bytes
}

/// All that is in a workbook, hidden or not: every part as text, one after the other.
pub fn parts(workbook: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let mut all = String::new();
    for n in 0..package.len() {
        let mut content = Vec::new();
        package.by_index(n).expect("a part").read_to_end(&mut content).expect("reads");
        all.push_str(&String::from_utf8_lossy(&content));
    }
    all
}

/// Every cell of a sheet as text.
pub fn cells(workbook: &[u8], sheet: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(workbook)).expect("a workbook");
    let names = book.sheet_names();
    let range = book.worksheet_range(sheet).unwrap_or_else(|_| panic!("no sheet {sheet} among {names:?}"));
    range.rows().flatten().map(ToString::to_string).filter(|text| !text.is_empty()).collect()
}

#[tokio::test]
async fn a_pack_is_built_once_and_what_is_downloaded_is_what_was_recorded() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let id = build(&keeper, "SLT").await;
        let ready = pack(&keeper, &id).await;
        assert_eq!(
            (&ready["state"], &ready["period"], &ready["asAt"]),
            (&json!("READY"), &json!("2024/25 Q1"), &json!("2024-10-14T09:00:00Z"))
        );
        assert_eq!(ready["forum"]["title"], "Senior Leadership Team");
        let workbook = bytes(&keeper, &ready).await;
        assert_eq!(ready["bytes"], workbook.len());
        let digest: String = Sha256::digest(&workbook).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(ready["sha256"], digest);

        let scorecard = cells(&workbook, "Scorecard by directorate");
        for text in ["Household waste recycled", "Missed bins", "Green", "Red", "Amber"] {
            assert!(scorecard.iter().any(|cell| cell == text), "{text}: {scorecard:?}");
        }
        let cover = cells(&workbook, "Cover").join("\n");
        assert!(cover.contains("Senior Leadership Team") && cover.contains("22 October 2024"), "{cover}");
        assert!(cover.contains("illustrative"), "{cover}");
    })
    .await;
}

#[tokio::test]
async fn a_pack_never_changes_and_the_next_one_says_what_did() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let first = build(&keeper, "SLT").await;
        let before = bytes(&keeper, &pack(&keeper, &first).await).await;

        harness.later(Duration::days(2));
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", 56.4]]);
        let correction = keeper.submit("huntingdonshire", "late.xlsx", workbook("Return", &rows)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
        assert_eq!(keeper.accept(&correction, saying).await["userErrors"], json!([]));
        harness.later(Duration::days(1));
        // However often its job is run.
        harness.settle().await;
        let after = pack(&keeper, &first).await;
        assert_eq!(bytes(&keeper, &after).await, before);
        assert_eq!(after["asAt"], "2024-10-14T09:00:00Z");

        let second = build(&keeper, "SLT").await;
        let later = bytes(&keeper, &pack(&keeper, &second).await).await;
        let changes = cells(&later, "Changes").join("\n");
        assert!(changes.contains("61.2") && changes.contains("56.4") && changes.contains("Tonnages arrived late"), "{changes}");
        let exceptions = cells(&later, "Exceptions").join("\n");
        assert!(exceptions.contains("evised from 61.2% to 56.4%"), "{exceptions}");
    })
    .await;
}

#[tokio::test]
async fn a_forum_gets_its_remit_and_only_who_sits_on_it_gets_its_packs() {
    for_each_database(async |harness| {
        use rules::permission::Role;
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let (all, panel) = (build(&keeper, "SLT").await, build(&keeper, "OSP").await);
        let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
        assert_eq!(pack(&member, &all).await, Value::Null);
        let theirs = pack(&member, &panel).await;
        let scorecard = cells(&bytes(&member, &theirs).await, "Scorecard by directorate");
        // The panel's remit is Place: no benefits.
        assert!(scorecard.iter().any(|cell| cell == "Missed bins") && !scorecard.iter().any(|cell| cell == "Days to process a claim"));
        let listed = "{ council(code: \"huntingdonshire\") { packs { totalCount nodes { id } } } }";
        let seen = member.gql(listed, json!({})).await.data();
        assert_eq!(seen["council"]["packs"], json!({ "totalCount": 1, "nodes": [{ "id": panel }] }));
    })
    .await;
}

#[tokio::test]
async fn a_pack_is_refused_for_what_has_not_been() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let cases = [
            (json!({ "forum": "SLT", "period": "2024/25 Q3" }), "PERIOD_NOT_ENDED"),
            (json!({ "forum": "SLT", "period": "2021/22 Q1" }), "NO_FRAMEWORK"),
            (json!({ "forum": "XXX", "period": "2024/25 Q1" }), "FORUM_NOT_FOUND"),
            (json!({ "forum": "SLT", "period": "2024/25 Q1", "meetingOn": "2024-06-01" }), "MEETING_TOO_EARLY"),
        ];
        for (mut input, code) in cases {
            input["council"] = json!("huntingdonshire");
            let data = keeper.run("PackBuild", json!({ "input": input })).await.data();
            assert_eq!((&data["packBuild"]["pack"], &data["packBuild"]["userErrors"][0]["code"]), (&Value::Null, &json!(code)), "{input}");
        }
        assert_eq!(harness.count(world.council, "pack").await, 0);
    })
    .await;
}

/// How the first quarter of 2024/25 reads for each quarterly indicator of the edition of a period, so many periods on.
async fn colours(client: &Client<'_>, until: &str, last: i32) -> BTreeMap<String, String> {
    let query = "query($at: Period!, $last: Int!) { council(code: \"huntingdonshire\") { framework(at: $at) { indicators { nodes { \
        code series(until: $at, last: $last) { period status { colour } } } } } } }";
    let data = client.gql(query, json!({ "at": until, "last": last })).await.data();
    let nodes = data["council"]["framework"]["indicators"]["nodes"].as_array().expect("indicators").clone();
    let first = |node: &Value| Some(node["series"].as_array()?.iter().find(|point| point["period"] == "2024/25 Q1")?.clone());
    let read = |node: &Value| Some((node["code"].as_str()?.to_owned(), first(node)?["status"]["colour"].as_str()?.to_owned()));
    nodes.iter().filter_map(read).collect()
}

#[tokio::test]
async fn what_the_next_framework_has_not_is_said_to_be_gone() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let judged = colours(&world.keeper(), "2024/25 Q1", 1).await;
        assert!(judged.len() > 1 && judged.values().any(|colour| colour == "RED" || colour == "GREEN"), "{judged:?}");
        let mut next = framework("huntingdonshire");
        next.edition.edition = "2025/26".into();
        (next.edition.from, next.edition.until) = (day("2025-04-01"), Some(day("2026-03-31")));
        next.indicators.retain(|indicator| indicator.code != "PL01");
        next.links.retain(|link| link.from != "PL01");
        next.targets.clear();
        next.rules[0].applies_from = day("2025-04-01");
        next.periods = vec![ReportingPeriodRow { period: period("2025/26 Q1"), open: true, due_on: None }];
        let id = world.keeper().submit("huntingdonshire", "next.xlsx", workbook_of(&next)).await;
        let accepted = world.keeper().accept(&id, json!({ "acknowledgedWarnings": ["FRM-004"], "reason": "Targets follow" })).await;
        assert_eq!(accepted["userErrors"], json!([]));
        let first = build(&world.keeper(), "SLT").await;
        assert_eq!(pack(&world.keeper(), &first).await["state"], "READY");
        harness.at("2025-10-14T09:00:00Z");
        let keeper = world.keeper_now();
        // What the earlier edition judged stays judged by it.
        for (code, colour) in colours(&keeper, "2025/26 Q1", 5).await {
            assert_eq!(Some(&colour), judged.get(&code), "{code}");
        }
        let input = json!({ "council": "huntingdonshire", "forum": "SLT", "period": "2025/26 Q1" });
        let asked = keeper.run("PackBuild", json!({ "input": input })).await.data();
        harness.settle().await;
        let second = asked["packBuild"]["pack"]["id"].as_str().expect("an id");
        let changes = cells(&bytes(&keeper, &pack(&keeper, second).await).await, "Changes");
        let at = changes.iter().position(|cell| cell == "Removed").unwrap_or_else(|| panic!("{changes:?}"));
        assert_eq!(changes[at + 1], "PL01");
        assert_eq!(changes.iter().filter(|cell| *cell == "Removed").count(), 1, "{changes:?}");
    })
    .await;
}
