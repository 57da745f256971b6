//! What becomes of a reminder on its way: tried again, given up, repeated by a node that died, sent by one of several.

use chrono::Duration;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tests::{Receiver, Relay, for_each_database};

use super::{Reminded, node, turn};

/// The signature a receiver works out for itself.
fn signature(secret: &str, timestamp: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
    mac.update(format!("{timestamp}.{body}").as_bytes());
    let bytes = mac.finalize().into_bytes();
    format!("v1={}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[tokio::test]
async fn a_webhook_is_tried_again_with_the_same_id_and_signs_each_time() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let receiver = Receiver::start().await;
        let node = node(harness, None);
        let set = reminded.set(json!({ "byMail": false, "webhookUrl": receiver.url })).await;
        let secret = set["secret"].as_str().expect("a secret").to_owned();
        harness.at("2024-10-31T08:00:00Z");
        receiver.answer(&[500, 503, 500, 503, 500, 503]);
        assert_eq!(turn(&node).await, (3, 3));
        assert_eq!(turn(&node).await, (0, 0), "not again at once");
        harness.later(Duration::seconds(61));
        assert_eq!(turn(&node).await, (0, 3));
        harness.later(Duration::seconds(61));
        assert_eq!(turn(&node).await, (0, 0), "twice as long the second time");
        assert_eq!(
            reminded.listed("WAITING").await[0]["lastError"].as_str().map(|why| why.starts_with("It answers with status 50")),
            Some(true)
        );
        harness.later(Duration::seconds(61));
        assert_eq!(turn(&node).await, (0, 3));
        assert_eq!(reminded.listed("SENT").await.len(), 3);
        assert_eq!(reminded.listed("SENT").await[0]["attempts"], 3);

        let called = receiver.called();
        assert_eq!(called.len(), 9);
        let mut ids: Vec<&str> = called.iter().map(|one| one.header("goldenthread-notice")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 3);
        for one in &called {
            let expected = signature(&secret, one.header("goldenthread-timestamp"), &one.body);
            assert_eq!(one.header("goldenthread-signature"), expected);
            let body: Value = serde_json::from_str(&one.body).expect("JSON");
            assert_eq!(body["id"], one.header("goldenthread-notice"));
        }
        let first: i64 = called[0].header("goldenthread-timestamp").parse().expect("seconds");
        assert_eq!(first, 1_730_361_600);
    })
    .await;
}

#[tokio::test]
async fn what_nobody_takes_is_given_up_after_a_day_with_the_reason() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let receiver = Receiver::start().await;
        let node = node(harness, None);
        let address = receiver.url.clone();
        drop(receiver);
        reminded.set(json!({ "byMail": false, "webhookUrl": address })).await;
        harness.at("2024-10-31T08:00:00Z");
        assert_eq!(turn(&node).await, (3, 3));
        for _ in 0..24 {
            harness.later(Duration::hours(1));
            goldenthread::notices::turn(&node).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        }
        let given_up = reminded.listed("FAILED").await;
        assert_eq!(given_up.iter().filter(|one| one["kind"] == "RETURN_DUE").count(), 3, "{given_up:#?}");
        let why = given_up[0]["lastError"].as_str().expect("a reason");
        assert!(why.contains("does not answer") && !why.contains("their-own-secret") && !why.contains("127.0.0.1"), "{why}");
        assert_eq!(given_up[0]["nextAt"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn an_address_the_relay_does_not_know_is_given_up_at_once() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        let s2 = reminded.world.element("S2").await;
        let grants = [(rules::permission::Role::ServiceManager, goldenthread::access::GrantScope::Element(s2))];
        harness.person(reminded.world.council, "Gone Away", &grants).await;
        reminded.set(json!({ "byMail": true })).await;
        harness.at("2024-10-31T08:00:00Z");
        assert_eq!(turn(&node).await, (2, 2));
        let given_up = reminded.listed("FAILED").await;
        assert_eq!((given_up.len(), &given_up[0]["person"], &given_up[0]["attempts"]), (1, &json!("Gone Away"), &json!(1)));
        assert!(given_up[0]["lastError"].as_str().is_some_and(|why| why.contains("550")), "{given_up:#?}");
        assert_eq!(relay.posted().len(), 1, "the other's was sent");
    })
    .await;
}

#[tokio::test]
async fn of_several_nodes_one_writes_and_one_sends() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let receiver = Receiver::start().await;
        let nodes = [0; 4].map(|_| node(harness, Some(&relay)));
        reminded.set(json!({ "byMail": true, "webhookUrl": receiver.url })).await;
        harness.at("2024-10-31T08:00:00Z");
        let (a, b, c, d) = tokio::join!(turn(&nodes[0]), turn(&nodes[1]), turn(&nodes[2]), turn(&nodes[3]));
        assert_eq!(a.1 + b.1 + c.1 + d.1, 4, "{a:?} {b:?} {c:?} {d:?}");
        assert_eq!((relay.posted().len(), receiver.called().len()), (1, 3));
        assert_eq!(reminded.listed("SENT").await.len(), 4);
        assert_eq!(harness.count(reminded.world.council, "notice").await, 4);
    })
    .await;
}

#[tokio::test]
async fn a_node_killed_before_it_could_say_that_it_sent_repeats_once_with_the_same_id() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        reminded.set(json!({ "byMail": true })).await;
        harness.at("2024-10-31T08:00:00Z");
        // The letter is with the relay, and the node is gone before it heard so.
        tokio::select! {
            biased;
            () = relay.came() => {}
            _ = turn(&node) => panic!("it was to be killed before"),
        }
        assert_eq!(relay.posted().len(), 1);
        assert_eq!(reminded.listed("WAITING").await.len(), 1);
        assert_eq!(turn(&node).await, (0, 0), "it may be at it still");
        harness.later(Duration::minutes(4));
        assert_eq!(turn(&node).await, (0, 1));
        harness.later(Duration::minutes(4));
        assert_eq!(turn(&node).await, (0, 0));
        let posted = relay.posted();
        assert_eq!(posted.len(), 2);
        assert_eq!(posted[0].header("message-id"), posted[1].header("message-id"));
        assert_eq!(reminded.listed("SENT").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_relay_that_cannot_encrypt_is_told_nothing_where_that_is_required() {
    let relay = Relay::start().await;
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let url = format!("{}?tls=required", relay.url);
        let mailer = goldenthread::notices::Mailer::of(&url, "performance@example.org").expect("a relay");
        let ways = goldenthread::notices::Ways::new(Some(mailer), goldenthread::reach::Reach::Public);
        let node = goldenthread::app::App { notices: std::sync::Arc::new(ways), ..harness.app.clone() };
        reminded.set(json!({ "byMail": true })).await;
        harness.at("2024-10-31T08:00:00Z");
        assert_eq!(turn(&node).await, (1, 1));
        assert_eq!(relay.posted(), []);
        assert_eq!(reminded.listed("SENT").await.len(), 0);
    })
    .await;
}
