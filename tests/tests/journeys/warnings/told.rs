//! What fired as nodes saw it: recorded once, listed, watched, and told to the council's webhook, once and signed.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tests::{Harness, Receiver, Socket, World, for_each_database};

use super::{CODE, MISSED, act, bins, bring, council, of_kind};
use crate::notices::{SET, node, turn};

const FEED: &str =
    "query($council: String!, $since: DateTime) { council(code: $council) { warningFeed(first: 100, since: $since) { totalCount
    nodes { id kind code since firedOn recordedAt told ceasedOn evidence { words } } } } }";
const WATCH: &str =
    "subscription($council: String!) { warningRaised(council: $council) { at warning { id kind code since evidence { words } } } }";

async fn feed(world: &World<'_>) -> Vec<Value> {
    let data = world.keeper_now().gql(FEED, json!({ "council": CODE })).await.data();
    data["council"]["warningFeed"]["nodes"].as_array().expect("a list").clone()
}

/// `RED_FOR_PERIODS WM02 2024-08-01 2024-09-30 told`, of indicators, in order of their beginning.
fn lines(records: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let of = records.iter().filter(|one| one["kind"] != "RETURN_OVERDUE");
    let mut lines: Vec<String> = of
        .map(|one| {
            let [kind, code, since, fired, ceased] = ["kind", "code", "since", "firedOn", "ceasedOn"].map(|of| text(&one[of]));
            let told = if one["told"] == true { "told" } else { "quietly" };
            format!("{kind} {code} {since} fired {fired} ceased {ceased} {told}")
        })
        .collect();
    lines.sort();
    lines
}

async fn set(world: &World<'_>, harness: &Harness, mut input: Value) -> Value {
    use goldenthread::access::GrantScope;
    use rules::permission::Role;
    let admin = harness.person(world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    input["council"] = json!(CODE);
    harness.sign_in(&admin).gql(SET, json!({ "input": input })).await.data()["noticeSettingsSet"].clone()
}

#[tokio::test]
async fn what_a_first_look_finds_is_recorded_and_told_to_nobody() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let receiver = Receiver::start().await;
        set(&world, harness, json!({ "byMail": false, "webhookUrl": receiver.url, "warnings": true })).await;
        let nodes = [0; 3].map(|_| node(harness, None));
        let (a, b, c) = tokio::join!(turn(&nodes[0]), turn(&nodes[1]), turn(&nodes[2]));
        assert_eq!(a.1 + b.1 + c.1, 0, "{a:?} {b:?} {c:?}");
        let recorded = lines(&feed(&world).await);
        assert_eq!(
            recorded,
            [
                "RED_FOR_PERIODS WM02 2024-08-01 fired 2024-09-30 ceased - quietly",
                "SPECIAL_CAUSE WM02 2024-09-01 fired 2024-09-30 ceased - quietly"
            ]
        );
        // Looked at again, nothing more is written, and a council that did not change is not looked at.
        turn(&nodes[0]).await;
        assert_eq!(harness.count(world.council, "warning").await, 5, "three returns are overdue too");
        assert_eq!(receiver.called().len(), 0);
        // The rule is set anew, so that more stands: that is recorded, and told to nobody either.
        super::set_rule(&world.keeper(), "DECLINING", true, json!([{ "name": "periods", "value": 2 }])).await;
        turn(&nodes[0]).await;
        assert_eq!(lines(&feed(&world).await)[0], "DECLINING WM02 2024-08-01 fired 2024-09-30 ceased - quietly");
        assert_eq!(receiver.called().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_fires_is_told_once_signed_tried_again_and_not_when_it_is_muted() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        bins(&world.keeper(), &MISSED[..16]).await;
        let receiver = Receiver::start().await;
        let secret = set(&world, harness, json!({ "byMail": false, "webhookUrl": receiver.url, "warnings": true })).await["secret"].clone();
        let nodes = [0; 3].map(|_| node(harness, None));
        turn(&nodes[0]).await;
        assert_eq!(feed(&world).await.iter().filter(|one| one["kind"] != "RETURN_OVERDUE").count(), 0);

        // August and September come in: red twice running, and an unusual change.
        bring(&world.keeper(), vec![json!(["Ref", "Period", "Result"]), json!(["WM02", "2024-08", 65]), json!(["WM02", "2024-09", 80])])
            .await;
        let red = of_kind(&world.keeper(), "RED_FOR_PERIODS").await[0].clone();
        let muted = json!({ "warning": of_kind(&world.keeper(), "SPECIAL_CAUSE").await[0]["id"], "revision": 0, "reason": "Known",
            "until": "2024-12-31" });
        assert_eq!(act(&world.keeper(), "warningMute", muted).await["userErrors"], json!([]));
        receiver.answer(&[500]);
        let (a, b, c) = tokio::join!(turn(&nodes[0]), turn(&nodes[1]), turn(&nodes[2]));
        assert_eq!(a.1 + b.1 + c.1, 1, "one, by one of them: {a:?} {b:?} {c:?}");
        harness.later(chrono::Duration::seconds(61));
        turn(&nodes[1]).await;
        turn(&nodes[2]).await;
        let called = receiver.called();
        assert_eq!(called.len(), 2, "it was refused once");
        assert_eq!(called[0].header("goldenthread-notice"), called[1].header("goldenthread-notice"));
        for one in &called {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_str().expect("a secret").as_bytes()).expect("any length will do");
            mac.update(format!("{}.{}", one.header("goldenthread-timestamp"), one.body).as_bytes());
            let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(one.header("goldenthread-signature"), format!("v1={hex}"));
            let body: Value = serde_json::from_str(&one.body).expect("JSON");
            assert_eq!(body["kind"], "EARLY_WARNING");
            assert_eq!(
                body["warning"],
                json!({ "id": red["id"], "kind": "RED_FOR_PERIODS", "subject": "INDICATOR", "code": "WM02", "title": "Missed bins",
                    "since": "2024-08-01" })
            );
            let mut said: Vec<&String> = body.as_object().expect("an object").keys().collect();
            said.sort();
            assert_eq!(said, ["council", "councilName", "id", "kind", "warning"], "and no figure");
        }
        assert_eq!(
            lines(&feed(&world).await),
            [
                "RED_FOR_PERIODS WM02 2024-08-01 fired 2024-09-30 ceased - told",
                "SPECIAL_CAUSE WM02 2024-09-01 fired 2024-09-30 ceased - told"
            ]
        );
        // September is corrected: it ceases, and is told of no more.
        let correction = vec![json!(["Ref", "Period", "Result"]), json!(["WM02", "2024-09", 45])];
        bring(&world.keeper_now(), correction).await;
        turn(&nodes[0]).await;
        let after = lines(&feed(&world).await);
        assert_eq!(after[0], "RED_FOR_PERIODS WM02 2024-08-01 fired 2024-09-30 ceased 2024-10-14 told");
        assert_eq!(receiver.called().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_that_did_not_ask_for_warnings_is_told_of_none() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        bins(&world.keeper(), &MISSED[..16]).await;
        let receiver = Receiver::start().await;
        set(&world, harness, json!({ "byMail": false, "webhookUrl": receiver.url })).await;
        let node = node(harness, None);
        turn(&node).await;
        bring(&world.keeper(), vec![json!(["Ref", "Period", "Result"]), json!(["WM02", "2024-08", 65]), json!(["WM02", "2024-09", 80])])
            .await;
        assert_eq!(turn(&node).await, (0, 0));
        assert_eq!(feed(&world).await.iter().filter(|one| one["told"] == true).count(), 2);
        assert_eq!(receiver.called().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_watches_is_shown_what_fires_if_they_may_see_it() {
    for_each_database(async |harness| {
        use goldenthread::access::GrantScope;
        use rules::permission::Role;
        let world = World::new(harness, CODE).await;
        bins(&world.keeper(), &MISSED[..16]).await;
        let node = node(harness, None);
        turn(&node).await;
        let waste = harness.person(world.council, "Stan Staff", &[(Role::Staff, GrantScope::Element(world.element("S1").await))]).await;
        let benefits =
            harness.person(world.council, "Bea Benefits", &[(Role::Staff, GrantScope::Element(world.element("S3").await))]).await;
        let mut sockets = Vec::new();
        for who in [&waste, &benefits] {
            let mut socket = Socket::open(&harness.url, &who.token).await;
            let payload = json!({ "query": WATCH, "variables": { "council": CODE } });
            socket.send(&json!({ "id": "1", "type": "subscribe", "payload": payload })).await;
            sockets.push(socket);
        }
        for socket in &mut sockets {
            let began = socket.next().await.expect("is told");
            assert_eq!(began["payload"]["data"]["warningRaised"]["warning"], json!(null), "{began}");
        }
        bring(&world.keeper(), vec![json!(["Ref", "Period", "Result"]), json!(["WM02", "2024-08", 65]), json!(["WM02", "2024-09", 80])])
            .await;
        turn(&node).await;
        let mut kinds = Vec::new();
        while kinds.len() < 2 {
            let message =
                tokio::time::timeout(std::time::Duration::from_secs(20), sockets[0].next()).await.expect("in time").expect("told");
            if message["type"] == "next" {
                let event = message["payload"]["data"]["warningRaised"]["warning"].clone();
                assert_eq!(event["code"], "WM02", "{message}");
                kinds.push(event["kind"].as_str().expect("a kind").to_owned());
            }
        }
        kinds.sort();
        assert_eq!(kinds, ["RED_FOR_PERIODS", "SPECIAL_CAUSE"]);
        let mut others = Vec::new();
        while let Ok(message) = tokio::time::timeout(std::time::Duration::from_secs(2), sockets[1].next()).await {
            others.extend(message.filter(|message| message["type"] == "next" && message["id"] == "1"));
        }
        assert_eq!(others, Vec::<Value>::new());
    })
    .await;
}
