//! What a token of a real provider must say, and when it may say it.

use chrono::Duration;
use serde_json::{Value, json};
use tests::for_each_database;

use super::Signed;

#[tokio::test]
async fn a_token_for_others_or_of_another_time_lets_nobody_in() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let now = harness.app.clock.now().timestamp();
        let cases: Vec<(Value, &str)> = vec![
            (json!({ "aud": "another" }), "another audience"),
            (json!({ "aud": ["another", "yet another"] }), "other audiences"),
            (json!({ "aud": ["goldenthread", 7] }), "an audience that is none"),
            (json!({ "aud": vec!["goldenthread"; 21] }), "too many audiences"),
            (json!({ "iss": "https://login.example.org" }), "another issuer"),
            (json!({ "iss": format!("{}/", signed.oidc.issuer) }), "nearly the issuer"),
            (json!({ "exp": now - 60 }), "expired"),
            (json!({ "exp": -1 }), "expired before there was time"),
            (json!({ "exp": "2030" }), "an expiry in words"),
            (json!({ "exp": null }), "no expiry"),
            (json!({ "exp": 1e300 }), "an expiry that is no time"),
            (json!({ "nbf": now + 61 }), "not valid yet"),
            (json!({ "nbf": "now" }), "not valid from a word"),
            (json!({ "iat": now + 61 }), "issued in the future"),
            (json!({ "iat": null }), "issued at no time"),
            (json!({ "sub": "" }), "no subject"),
            (json!({ "sub": "s".repeat(256) }), "a long subject"),
            (json!({ "sub": 7 }), "a subject that is a number"),
            (json!({ "sub": "a\u{0}b" }), "a subject with a control character"),
            (json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": {} } }), "a logout"),
            (json!({ "padding": "x".repeat(16 * 1024) }), "too long"),
        ];
        for (claims, why) in cases {
            let token = signed.token("first", "Perry Team", claims).await;
            signed.refuses(&token, why).await;
        }
        assert_eq!(harness.count(signed.council, "identity").await, 0);
        // At the edges of what clocks may differ by, and as long as a subject may be.
        for claims in [
            json!({ "exp": now - 59 }),
            json!({ "nbf": now + 60 }),
            json!({ "iat": now + 60 }),
            json!({ "exp": now as f64 + 0.5, "iat": now as f64 - 0.5 }),
        ] {
            let token = signed.token("first", "Perry Team", claims).await;
            signed.lets_in(&token, "Perry Team").await;
        }
        let token = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&token, "Perry Team").await;
        harness.later(Duration::seconds(3659));
        signed.lets_in(&token, "Perry Team").await;
        harness.later(Duration::seconds(1));
        signed.refuses(&token, "expired").await;
    })
    .await;
}

#[tokio::test]
async fn a_token_seen_before_costs_one_statement_more_than_ones_own() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        let person = harness.performance_team(signed.council).await;
        let token = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&token, "Perry Team").await;
        // What binds a transaction to its purpose on PostgreSQL is counted there too.
        let binding = u64::from(harness.app.db.backend() == sea_orm::DbBackend::Postgres);
        let (own, answer) = harness.statements(signed.viewer(&person.token)).await;
        answer.data();
        let (theirs, answer) = harness.statements(signed.viewer(&token)).await;
        answer.data();
        assert_eq!(theirs, own + 1 + binding);
    })
    .await;
}
