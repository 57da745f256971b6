//! Signing in with a password.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Harness, for_each_database};

use super::*;

#[tokio::test]
async fn whoever_signs_in_gets_a_short_access_token_and_a_refresh_token() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let input = json!({ "council": " Huntingdonshire ", "email": "  Perry.Team@Example.org ", "password": PASSWORD });
        let payload = harness.visitor_from(2).gql(SIGN_IN, json!({ "input": input })).await.data()["signIn"].clone();
        assert_eq!(payload["userErrors"], json!([]));
        assert_eq!(payload["signedIn"]["expiresAt"], "2024-10-14T09:10:00Z");
        assert_eq!(payload["signedIn"]["refreshExpiresAt"], "2024-10-21T09:00:00Z");
        let signed_in = handed(&payload);
        assert!(signed_in.refresh.starts_with("gtr_"));
        let who = harness.client(Some(signed_in.access.clone())).run("Viewer", json!({})).await.data();
        assert_eq!((&who["viewer"]["name"], &who["viewer"]["email"]), (&json!("Perry Team"), &json!(EMAIL)));

        let told = "SELECT actor || '|' || via || '|' || subject || '|' || address FROM audit_event WHERE verb = 'sign-in'";
        let told = texts(harness, council, told).await;
        assert_eq!(told.join("\n"), format!("Perry Team <{EMAIL}>|password|person {}|127.0.0.2", person.id));

        harness.later(Duration::minutes(10) + Duration::seconds(29));
        assert!(lets_in(harness, &signed_in.access).await);
        harness.later(Duration::seconds(1));
        assert!(!lets_in(harness, &signed_in.access).await);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_wrong_is_answered_alike_at_the_same_cost() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let person = harness.performance_team(council).await;
        let suspended = harness.person(council, "Sue Spended", &[]).await;
        harness.person(council, "Noah Password", &[]).await;
        give_passwords(harness, council, &[&person, &suspended]).await;
        change(harness, council, "UPDATE person SET suspended_at = '2024-10-14 08:00:00+00:00' WHERE name = 'Sue Spended'").await;
        let long = PASSWORD.repeat(12);
        let cases: [(&str, &str, &str, &str); 6] = [
            ("wrong password", CODE, EMAIL, WRONG),
            ("unknown address", CODE, "nobody@example.org", PASSWORD),
            ("suspended", CODE, "sue.spended@example.org", PASSWORD),
            ("without a password", CODE, "noah.password@example.org", PASSWORD),
            ("too long a password", CODE, "another@example.org", &long),
            ("unknown council", "atlantis", EMAIL, PASSWORD),
        ];
        let mut answers: Vec<Value> = Vec::new();
        let mut costs: Vec<(&str, u64, u64)> = Vec::new();
        for (what, council, email, password) in cases {
            let input = json!({ "council": council, "email": email, "password": password });
            let hashes = harness.app.accounts.passwords.made();
            let (sent, answer) = harness.statements(harness.visitor().gql(SIGN_IN, json!({ "input": input }))).await;
            assert_eq!(answer.status, 200, "{what}");
            answers.push(answer.body);
            costs.push((what, harness.app.accounts.passwords.made() - hashes, sent));
        }
        assert_eq!(answers[0]["data"]["signIn"]["userErrors"][0]["code"], "SIGN_IN_FAILED");
        assert_eq!(answers[0]["data"]["signIn"]["signedIn"], Value::Null);
        for (answer, (what, hashes, sent)) in answers.iter().zip(&costs) {
            assert_eq!(*answer, answers[0], "{what}");
            assert_eq!(*hashes, 1, "{what}: one hash, whoever it is");
            // A council that is not there has no audit trail to tell; its try is looked at by the same statements.
            if *what != "unknown council" {
                assert_eq!(*sent, costs[0].2, "{what}: as many statements");
            }
        }
        assert_eq!(harness.count(council, "session").await, 0);
        assert_eq!(harness.count(council, "sign_in_attempt WHERE succeeded = FALSE").await, 5);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_kept_nowhere() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let typed = "my secret passphrase";
        try_in(&harness.visitor(), typed, typed).await;
        try_in(&harness.visitor(), EMAIL, WRONG).await;
        let told = texts(
            harness,
            council,
            "SELECT subject || '|' || actor || '|' || COALESCE(after, '') FROM audit_event WHERE verb = 'sign-in' ORDER BY seq",
        )
        .await;
        // Whoever has the trail and not the service's key cannot find the words by trying: printf 'my secret passphrase' | sha256sum
        assert!(!told[0].contains("a7e845b0854294da9aa743b807cb67b19647c1195ea8120369f3d12c70468f29"), "{told:?}");
        let seal = harness.app.keys.seal(&format!("sign-in account {typed}")).unwrap_or_else(|error| panic!("{}", error.log_text()));
        let account = goldenthread::files::sha256(&seal);
        assert_eq!(
            told,
            [format!("account {account}||{{\"inARow\":1,\"leftOut\":0}}"), format!("person {}||{{\"inARow\":1,\"leftOut\":0}}", person.id),]
        );
        let whole = "SELECT verb || subject || COALESCE(before, '') || COALESCE(after, '') || COALESCE(actor, '') FROM audit_event";
        for row in texts(harness, council, whole).await {
            for secret in [typed, WRONG, PASSWORD, "argon2", "gts_", "gtr_"] {
                assert!(!row.contains(secret), "{row}");
            }
        }
        let kept = texts(harness, council, "SELECT password_hash FROM credential").await;
        assert!(kept.iter().all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")), "{kept:?}");
    })
    .await;
}

#[tokio::test]
async fn a_hash_of_earlier_parameters_is_made_anew_when_its_person_signs_in() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        // Of Argon2's reference implementation: 64 MiB, two passes, of the word `password`.
        let earlier = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        change(harness, council, &format!("UPDATE credential SET password_hash = '{earlier}'")).await;
        assert_eq!(refusal(&try_in(&harness.visitor(), EMAIL, PASSWORD).await), "SIGN_IN_FAILED");
        assert_eq!(texts(harness, council, "SELECT password_hash FROM credential").await, [earlier]);
        handed(&try_in(&harness.visitor(), EMAIL, "password").await);
        let now = texts(harness, council, "SELECT password_hash FROM credential").await;
        assert!(now[0].starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{now:?}");
        handed(&try_in(&harness.visitor(), EMAIL, "password").await);
        assert_eq!(texts(harness, council, "SELECT password_hash FROM credential").await, now);
    })
    .await;
}

#[tokio::test]
async fn an_account_is_of_one_council() {
    for_each_database(async |harness: &Harness| {
        let (council, _) = somebody(harness).await;
        harness.council("devon").await;
        let input = json!({ "council": "devon", "email": EMAIL, "password": PASSWORD });
        let payload = harness.visitor().gql(SIGN_IN, json!({ "input": input })).await.data()["signIn"].clone();
        assert_eq!(refusal(&payload), "SIGN_IN_FAILED");
        assert_eq!(harness.count(council, "session").await, 0);
    })
    .await;
}
