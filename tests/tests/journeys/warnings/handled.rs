//! Acknowledging, answering, muting with an end, and coming back.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{act, asked, council, lines, of_kind, seen};

fn said(payload: &Value) -> Value {
    assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
    let warning = &payload["warning"];
    json!([warning["revision"], warning["state"], warning["handledBy"], warning["words"], warning["mutedUntil"]])
}

fn refused(payload: &Value) -> Value {
    assert_eq!(payload["warning"], json!(null));
    json!([payload["userErrors"][0]["code"], payload["userErrors"][0]["field"]])
}

#[tokio::test]
async fn a_warning_is_acknowledged_answered_muted_and_comes_back() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let keeper = world.keeper();
        let id = of_kind(&keeper, "RED_FOR_PERIODS").await[0]["id"].clone();
        let input = |revision: i32, more: Value| {
            let mut input = json!({ "warning": id, "revision": revision });
            for (name, value) in more.as_object().into_iter().flatten() {
                input[name] = value.clone();
            }
            input
        };
        let done = act(&keeper, "warningAcknowledge", input(0, json!({}))).await;
        assert_eq!(said(&done), json!([1, "ACKNOWLEDGED", "Perry Team", null, null]));
        // Somebody who read it before is told what happened.
        let late = act(&keeper, "warningAnswer", input(0, json!({ "text": "New rounds" }))).await;
        assert_eq!(refused(&late), json!(["WARNING_MOVED", ["input", "revision"]]));
        assert!(late["userErrors"][0]["message"].as_str().is_some_and(|words| words.contains("Perry Team on 14 October 2024")), "{late:#}");
        assert_eq!(
            refused(&act(&keeper, "warningAnswer", input(1, json!({ "text": "  " }))).await),
            json!(["TEXT_NEEDED", ["input", "text"]])
        );
        let done = act(&keeper, "warningAnswer", input(1, json!({ "text": "New rounds began in August." }))).await;
        assert_eq!(said(&done), json!([2, "ANSWERED", "Perry Team", "New rounds began in August.", null]));

        for until in ["2024-10-13", "2025-10-16"] {
            let muted = act(&keeper, "warningMute", input(2, json!({ "reason": "Known", "until": until }))).await;
            assert_eq!(refused(&muted), json!(["UNTIL_OUT_OF_RANGE", ["input", "until"]]), "{until}");
        }
        let muted = act(&keeper, "warningMute", input(2, json!({ "reason": "", "until": "2024-12-31" }))).await;
        assert_eq!(refused(&muted), json!(["REASON_NEEDED", ["input", "reason"]]));
        assert_eq!(refused(&act(&keeper, "warningUnmute", input(2, json!({}))).await), json!(["WARNING_NOT_NOW", ["input", "warning"]]));
        let muted = act(&keeper, "warningMute", input(2, json!({ "reason": "Rounds settle by then", "until": "2024-12-31" }))).await;
        assert_eq!(said(&muted), json!([3, "MUTED", "Perry Team", "Rounds settle by then", "2024-12-31"]));
        // It is listed as muted with its end, and is not among those that are open.
        let listed = asked(&keeper, json!({ "kind": ["RED_FOR_PERIODS"], "state": ["MUTED"] })).await;
        assert_eq!(
            (lines(&listed), &listed[0]["mutedUntil"]),
            (vec!["RED_FOR_PERIODS WM02 2024-08-01 MUTED".to_owned()], &json!("2024-12-31"))
        );
        assert_eq!(asked(&keeper, json!({ "kind": ["RED_FOR_PERIODS"], "state": ["OPEN", "ANSWERED"] })).await.len(), 0);

        let done = act(&keeper, "warningUnmute", input(3, json!({}))).await;
        assert_eq!(said(&done), json!([4, "ANSWERED", "Perry Team", "New rounds began in August.", null]));
        let muted = act(&keeper, "warningMute", input(4, json!({ "reason": "Again", "until": "2024-10-20" }))).await;
        assert_eq!(said(&muted), json!([5, "MUTED", "Perry Team", "Again", "2024-10-20"]));
        harness.at("2024-10-20T23:59:00Z");
        assert_eq!(lines(&of_kind(&world.keeper_now(), "RED_FOR_PERIODS").await), ["RED_FOR_PERIODS WM02 2024-08-01 MUTED"]);
        harness.at("2024-10-21T00:00:10Z");
        let back = of_kind(&world.keeper_now(), "RED_FOR_PERIODS").await;
        assert_eq!((lines(&back), &back[0]["id"]), (vec!["RED_FOR_PERIODS WM02 2024-08-01 ANSWERED".to_owned()], &id));
        assert_eq!(back[0]["mutedUntil"], json!(null));
        let steps: Vec<&Value> = back[0]["steps"].as_array().expect("steps").iter().map(|step| &step["act"]).collect();
        assert_eq!(steps, ["ACKNOWLEDGE", "ANSWER", "MUTE", "UNMUTE", "MUTE"]);
        assert_eq!(harness.count(world.council, "warning_step").await, 5);
    })
    .await;
}

#[tokio::test]
async fn who_acts_is_whoever_answers_for_it_and_nobody_else() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let (s1, s3) = (world.element("S1").await, world.element("S3").await);
        let d1 = world.element("D1").await;
        let person = async |name: &str, role: Role, scope: GrantScope| harness.person(world.council, name, &[(role, scope)]).await;
        let manager = person("Mina Manager", Role::ServiceManager, GrantScope::Element(s1)).await;
        let director = person("Dora Director", Role::Director, GrantScope::Element(d1)).await;
        let other = person("Other Director", Role::Director, GrantScope::Element(s3)).await;
        let staff = person("Stan Staff", Role::Staff, GrantScope::Element(s1)).await;
        let audit = person("Ida Audit", Role::InternalAudit, GrantScope::Council).await;
        let elsewhere = person("Else Where", Role::ServiceManager, GrantScope::Element(s3)).await;
        let warning = of_kind(&world.keeper(), "RED_FOR_PERIODS").await[0]["id"].clone();
        let input = |revision: i32| json!({ "input": { "warning": warning, "revision": revision } });
        let document = "mutation($input: WarningAcknowledgeInput!) { warningAcknowledge(input: $input) { userErrors { code } } }";
        for who in [&staff, &audit, &other] {
            // They read it, and may not act on it.
            assert_eq!(of_kind(&harness.sign_in(who), "RED_FOR_PERIODS").await[0]["viewerCan"], json!([]), "{}", who.id);
            let answer = harness.sign_in(who).gql(document, input(0)).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{}", who.id);
        }
        // Whoever cannot read what it is about is told the same as of what is not there.
        assert_eq!(seen(&harness.sign_in(&elsewhere)).await.iter().filter(|one| one["code"] == "WM02").count(), 0);
        let hidden = harness.sign_in(&elsewhere).gql(document, input(0)).await.data()["warningAcknowledge"].clone();
        assert_eq!(hidden["userErrors"], json!([{ "code": "WARNING_NOT_FOUND" }]));
        assert_eq!(harness.count(world.council, "warning_step").await, 0);
        for (revision, who) in [&manager, &director].into_iter().enumerate() {
            assert_eq!(of_kind(&harness.sign_in(who), "RED_FOR_PERIODS").await[0]["viewerCan"], json!(["ACT_ON_WARNINGS"]));
            let revision = i32::try_from(revision).expect("few");
            let done = harness.sign_in(who).gql(document, input(revision)).await.data()["warningAcknowledge"].clone();
            assert_eq!(done["userErrors"], json!([]), "{}", who.id);
        }
        assert_eq!(harness.count(world.council, "warning_step").await, 2);
        let stranger = harness.performance_team(harness.council("devon").await).await;
        let answer = harness.sign_in(&stranger).gql(super::WARNINGS, json!({ "council": super::CODE })).await;
        assert_eq!(answer.data()["council"], json!(null));
        let answer = harness.sign_in(&stranger).gql(document, input(2)).await.data()["warningAcknowledge"].clone();
        assert_eq!(answer["userErrors"], json!([{ "code": "WARNING_NOT_FOUND" }]));
    })
    .await;
}
