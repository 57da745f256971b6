//! Where reminders go is for the council to say, and its secrets stay with whoever they are for.

use serde_json::{Value, json};
use tests::{for_each_database, trail};

use super::{Reminded, SET};

const SETTINGS: &str =
    "query($council: String!) { council(code: $council) { noticeSettings { webhookHost byMail mailReady daysBefore daysBetween } } }";

#[tokio::test]
async fn a_secret_is_shown_once_and_an_address_never() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let keeper = reminded.world.keeper();
        let read = async || keeper.gql(SETTINGS, json!({ "council": "huntingdonshire" })).await.data()["council"]["noticeSettings"].clone();
        assert_eq!(read().await, Value::Null);
        let last = trail(harness, reminded.world.council, 0).await.last().map_or(0, |event| event.seq);
        let hook = json!({ "byMail": true, "webhookUrl": "https://hooks.example.org/services/T0/their-secret", "daysBefore": 5, "daysBetween": 3 });
        let first = reminded.set(hook.clone()).await;
        let secret = first["secret"].as_str().expect("a secret").to_owned();
        assert!(secret.starts_with("gtw_") && secret.len() > 40, "{secret}");
        assert_eq!(
            read().await,
            json!({ "webhookHost": "hooks.example.org", "byMail": true, "mailReady": false, "daysBefore": 5, "daysBetween": 3 })
        );
        // The same again changes nothing and shows nothing.
        assert_eq!(reminded.set(hook.clone()).await["secret"], Value::Null);
        // Another day keeps the secret; a new one is asked for.
        let mut later = hook.clone();
        later["daysBefore"] = json!(6);
        assert_eq!(reminded.set(later.clone()).await["secret"], Value::Null);
        later["newSecret"] = json!(true);
        let second = reminded.set(later).await;
        assert!(second["secret"].is_string() && second["secret"] != first["secret"]);
        // Taken away, its secret is gone with it.
        assert_eq!(reminded.set(json!({ "byMail": true })).await["settings"]["webhookHost"], Value::Null);
        let third = reminded.set(hook).await;
        assert!(third["secret"].is_string() && third["secret"] != first["secret"]);

        let told = trail(harness, reminded.world.council, last).await;
        assert_eq!(told.iter().map(|event| event.verb.as_str()).collect::<Vec<_>>(), ["notices.set"; 5]);
        for event in &told {
            let said = format!("{:?}{:?}", event.before, event.after);
            assert!(!said.contains("their-secret") && !said.contains("gtw_"), "{said}");
        }
        let kept = "notice_setting WHERE superseded_at IS NULL";
        assert_eq!(harness.count(reminded.world.council, kept).await, 1);
        assert_eq!(harness.count(reminded.world.council, &format!("{kept} AND webhook_secret LIKE 'gtw%'")).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_changes_nothing() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let before = harness.holds(reminded.world.council).await;
        for (input, code, field) in [
            (json!({ "byMail": false, "webhookUrl": "ftp://example.org" }), "WEBHOOK_NOT_ALLOWED", "webhookUrl"),
            (json!({ "byMail": false, "webhookUrl": "https://me:pass@example.org" }), "WEBHOOK_NOT_ALLOWED", "webhookUrl"),
            (json!({ "byMail": true, "daysBefore": 61 }), "DAYS_OUT_OF_RANGE", "daysBefore"),
            (json!({ "byMail": true, "daysBefore": -1 }), "DAYS_OUT_OF_RANGE", "daysBefore"),
            (json!({ "byMail": true, "daysBetween": 0 }), "DAYS_OUT_OF_RANGE", "daysBetween"),
        ] {
            let payload = reminded.set(input.clone()).await;
            assert_eq!(payload["userErrors"], json!([{ "code": code, "field": ["input", field] }]), "{input}");
            assert_eq!((&payload["settings"], &payload["secret"]), (&Value::Null, &Value::Null));
        }
        // Whoever chases returns does not decide where reminders go; nor does another council.
        let input = json!({ "council": "huntingdonshire", "byMail": true });
        assert_eq!(reminded.world.keeper().gql(SET, json!({ "input": input })).await.codes(), ["FORBIDDEN"]);
        let stranger = Reminded::new(harness, "devon").await;
        let refused = stranger.client(&stranger.admin).gql(SET, json!({ "input": input })).await.data();
        assert_eq!(refused["noticeSettingsSet"]["userErrors"][0]["code"], "COUNCIL_NOT_FOUND");
        assert_eq!(harness.holds(reminded.world.council).await, before);
    })
    .await;
}
