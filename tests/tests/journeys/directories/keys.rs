//! Keys: every algorithm, rotation while serving, and a provider that does not answer.

use chrono::Duration;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{AUDIENCE, Signed};

#[tokio::test]
async fn a_real_providers_tokens_let_their_person_in_whatever_they_are_signed_with() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        for kid in ["first", "second", "third"] {
            let token = signed.token(kid, "Perry Team", json!({})).await;
            let data = signed.viewer(&token).await.data();
            let expected =
                json!({ "name": "Perry Team", "council": { "code": "huntingdonshire" }, "grants": [{ "role": "PERFORMANCE_TEAM" }] });
            assert_eq!(data["viewer"], expected, "{kid}");
        }
        // The keys were fetched when the provider was entered, and were enough.
        assert_eq!(signed.oidc.times_asked().await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_id_token_lets_its_person_in() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let claims = json!({ "sub": "perry", "email": "perry.team@example.org", "email_verified": true });
        let token = signed.oidc.id_token(&claims).await;
        signed.refuses(&token, "of another time than the journey's").await;
        // An ID token's times are the system's.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        let now = i64::try_from(now).expect("a time");
        harness.app.clock.set(chrono::DateTime::from_timestamp(now, 0).expect("an instant"));
        signed.lets_in(&token, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn keys_rotate_while_serving() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let old = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&old, "Perry Team").await;

        // The provider signs with a new key and goes on publishing the old one: both work, the new one at once.
        harness.later(Duration::seconds(30));
        signed.oidc.keys(&[("first", "RS256"), ("next", "RS256")]).await;
        let new = signed.token("next", "Perry Team", json!({})).await;
        signed.lets_in(&new, "Perry Team").await;
        assert_eq!(signed.oidc.times_asked().await, 2);
        signed.lets_in(&old, "Perry Team").await;

        // The old key is gone. It is good until the keys are fetched again, ten minutes after the last time, behind a
        // request that is served with what is known.
        signed.oidc.keys(&[("next", "RS256")]).await;
        harness.later(Duration::seconds(599));
        signed.lets_in(&old, "Perry Team").await;
        assert_eq!(signed.oidc.times_asked().await, 2);
        harness.later(Duration::seconds(1));
        signed.lets_in(&new, "Perry Team").await;
        harness.app.directories.idle().await;
        assert_eq!(signed.oidc.times_asked().await, 3);
        signed.refuses(&old, "its key is not published any more").await;
        signed.lets_in(&new, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn while_the_provider_is_down_its_keys_are_good_for_an_hour() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let long = json!({ "exp": harness.app.clock.now().timestamp() + 86400 });
        let token = signed.token("first", "Perry Team", long.clone()).await;
        let unseen = signed.token("second", "Perry Team", long).await;
        signed.lets_in(&token, "Perry Team").await;
        signed.oidc.go_down().await;

        harness.later(Duration::seconds(3599));
        signed.lets_in(&token, "Perry Team").await;
        harness.app.directories.idle().await;
        signed.lets_in(&unseen, "Perry Team").await;
        harness.later(Duration::seconds(1));
        signed.refuses(&token, "keys an hour old").await;
        let query = r#"{ council(code: "huntingdonshire") { identityProviders { trouble keys { fetchedAt } } } }"#;
        let seen = signed.administer().gql(query, json!({})).await.data();
        let provider = &seen["council"]["identityProviders"][0];
        assert_eq!(provider["trouble"], "The issuer could not be asked. It does not answer.");
        assert_eq!(provider["keys"]["fetchedAt"], "2024-10-14T09:00:00Z");

        // It is asked again half a minute after the last time, not before.
        signed.oidc.come_up().await;
        signed.refuses(&token, "asked a moment ago").await;
        assert_eq!(signed.oidc.times_asked().await, 1);
        harness.later(Duration::seconds(30));
        signed.lets_in(&token, "Perry Team").await;
        assert_eq!(signed.oidc.times_asked().await, 2);
        let seen = signed.administer().gql(query, json!({})).await.data();
        let provider = &seen["council"]["identityProviders"][0];
        assert_eq!(*provider, json!({ "trouble": null, "keys": { "fetchedAt": "2024-10-14T10:00:30Z" } }));
    })
    .await;
}

#[tokio::test]
async fn forged_names_of_keys_make_the_provider_asked_at_most_once_in_half_a_minute() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let good = signed.token("first", "Perry Team", json!({})).await;
        let forged = |kid: &str| forge(kid, &signed.claims("Perry Team"), &signed.oidc.issuer);
        assert_eq!(signed.oidc.times_asked().await, 1);
        harness.later(Duration::seconds(30));
        let many: Vec<String> = (0..20).map(|n| forged(&format!("forged {n}"))).collect();
        futures::future::join_all(many.iter().map(|token| signed.refuses(token, "no such key"))).await;
        assert_eq!(signed.oidc.times_asked().await, 2);
        harness.later(Duration::seconds(29));
        signed.refuses(&forged("another"), "no such key").await;
        assert_eq!(signed.oidc.times_asked().await, 2);
        signed.lets_in(&good, "Perry Team").await;
        harness.later(Duration::seconds(1));
        signed.refuses(&forged("another"), "no such key").await;
        signed.refuses(&forged("yet another"), "no such key").await;
        assert_eq!(signed.oidc.times_asked().await, 3);
    })
    .await;
}

/// A token that says it is of a provider, signed with somebody's own key.
fn forge(kid: &str, claims: &Value, issuer: &str) -> String {
    use jsonwebtoken::{Algorithm, EncodingKey, Header};
    // An Ed25519 key in PKCS #8: what says so, and 32 bytes of its own.
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([7; 32]);
    let head = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };
    let mut claims = claims.clone();
    claims["iss"] = json!(issuer);
    claims["aud"] = json!(AUDIENCE);
    jsonwebtoken::encode(&head, &claims, &EncodingKey::from_ed_der(&der)).expect("signs")
}
