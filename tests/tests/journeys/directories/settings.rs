//! Entering providers, changing them, and letting them rest.

use serde_json::{Value, json};
use tests::{Oidc, for_each_database};

use super::{AUDIENCE, KEYS, Signed, act, add, administrator, codes, input};

#[tokio::test]
async fn entering_a_provider_asks_it_and_shows_what_it_said() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let admin = administrator(harness, council).await;
        let oidc = Oidc::start(&KEYS).await;
        let added = add(&harness.sign_in(&admin), &input("huntingdonshire", &oidc.issuer)).await;
        let id = added["provider"]["id"].clone();
        let expected = json!({
            "id": id, "name": "Town Hall", "issuer": oidc.issuer, "audience": AUDIENCE, "algorithms": ["RS256", "ES256", "EdDSA"],
            "linkBy": "VERIFIED_EMAIL", "emailClaim": "email", "groupsClaim": "groups", "disabledAt": null, "trouble": null,
            "keys": { "jwksUri": format!("{}/jwks", oidc.issuer), "count": 3, "offered": ["RS256", "ES256", "EdDSA"],
                "fetchedAt": "2024-10-14T09:00:00Z" },
            "viewerCan": ["MANAGE_SETTINGS", "MANAGE_PEOPLE"],
        });
        assert_eq!(added, json!({ "provider": expected, "userErrors": [] }));
        let events = super::events(harness, council, "provider.add").await;
        let after = json!({ "name": "Town Hall", "issuer": oidc.issuer, "audience": AUDIENCE, "algorithms": ["RS256", "ES256", "EdDSA"],
            "linkBy": "VERIFIED_EMAIL", "emailClaim": "email", "groupsClaim": "groups", "disabledAt": null });
        assert_eq!((events.len(), &events[0]["after"], &events[0]["before"]), (1, &after, &Value::Null));
        let node = "query($id: ID!) { node(id: $id) { __typename id } }";
        let found = harness.sign_in(&admin).gql(node, json!({ "id": id })).await.data();
        assert_eq!(found["node"], json!({ "__typename": "IdentityProvider", "id": id }));
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_cannot_be_used_is_refused_with_the_reason() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        let admin = signed.administer();
        let rsa = Oidc::start(&[("only", "RS256")]).await;
        let good = json!({ "council": "huntingdonshire", "name": "Guildhall", "issuer": rsa.issuer, "audience": AUDIENCE,
            "algorithms": ["RS256"] });
        let with = |field: &str, value: Value| {
            let mut changed = good.clone();
            changed[field] = value;
            changed
        };
        for (input, code, field) in [
            (with("council", json!("devon")), "COUNCIL_NOT_FOUND", "council"),
            (with("name", json!(" ")), "NAME_INVALID", "name"),
            (with("name", json!("town hall")), "NAME_TAKEN", "name"),
            (with("name", json!("a\nb")), "NAME_INVALID", "name"),
            (with("audience", json!("")), "AUDIENCE_INVALID", "audience"),
            (with("algorithms", json!([])), "ALGORITHMS_MISSING", "algorithms"),
            (with("algorithms", json!(["ES256", "EdDSA"])), "ALGORITHM_NOT_OFFERED", "algorithms"),
            (with("emailClaim", json!("")), "CLAIM_INVALID", "emailClaim"),
            (with("groupsClaim", json!("")), "CLAIM_INVALID", "groupsClaim"),
            (with("issuer", json!("nonsense")), "ISSUER_NOT_ALLOWED", "issuer"),
            (with("issuer", json!("ftp://example.org")), "ISSUER_NOT_ALLOWED", "issuer"),
            (with("issuer", json!("http://user@127.0.0.1")), "ISSUER_NOT_ALLOWED", "issuer"),
            (with("issuer", json!(format!("{}?a=b", rsa.issuer))), "ISSUER_NOT_ALLOWED", "issuer"),
            (with("issuer", json!("http://127.0.0.1:1")), "ISSUER_UNREACHABLE", "issuer"),
            (with("issuer", json!(format!("{}/elsewhere", rsa.issuer))), "ISSUER_UNREACHABLE", "issuer"),
            (with("issuer", json!(format!("{}/", rsa.issuer))), "ISSUER_MISMATCH", "issuer"),
            (with("issuer", json!(signed.oidc.issuer)), "ISSUER_TAKEN", "issuer"),
        ] {
            let refused = add(&admin, &input).await;
            assert_eq!((codes(&refused), &refused["userErrors"][0]["field"]), (vec![code], &json!(["input", field])), "{input}");
            assert_eq!(refused["provider"], Value::Null);
        }
        assert_eq!(harness.count(signed.council, "identity_provider").await, 1);

        // Another council's issuer and audience is taken as well, and for another audience it is not.
        let council = harness.council("devon").await;
        let other = harness.sign_in(&administrator(harness, council).await);
        let taken = add(&other, &input("devon", &signed.oidc.issuer)).await;
        assert_eq!(codes(&taken), ["ISSUER_TAKEN"]);
        let mut free = input("devon", &signed.oidc.issuer);
        free["audience"] = json!("goldenthread of Devon");
        assert_eq!(codes(&add(&other, &free).await), [""; 0]);
        // A token for both is for neither.
        harness.performance_team(signed.council).await;
        harness.performance_team(council).await;
        let both = signed.token("first", "Perry Team", json!({ "aud": [AUDIENCE, "goldenthread of Devon"] })).await;
        signed.refuses(&both, "for two councils").await;
        let one = signed.token("first", "Perry Team", json!({ "aud": ["another service", AUDIENCE] })).await;
        signed.lets_in(&one, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn a_disabled_provider_lets_nobody_in_from_the_next_request_on() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let token = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&token, "Perry Team").await;
        let admin = signed.administer();
        let provider = json!({ "provider": signed.id });
        let disabled = act(&admin, "identityProviderDisable", &provider).await;
        assert_eq!(disabled["provider"]["disabledAt"], "2024-10-14T09:00:00Z");
        assert_eq!(act(&admin, "identityProviderDisable", &provider).await, disabled);
        signed.refuses(&token, "disabled").await;
        assert_eq!(act(&admin, "identityProviderEnable", &provider).await["provider"]["disabledAt"], Value::Null);
        signed.lets_in(&token, "Perry Team").await;
        let verbs = (signed.events("provider.disable").await.len(), signed.events("provider.enable").await.len());
        assert_eq!(verbs, (1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_socket_opened_with_a_providers_token_ends_with_it() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let token = signed.token("first", "Perry Team", json!({})).await;
        let mut socket = tests::Socket::open(&harness.url, &token).await;
        let viewer = async |socket: &mut tests::Socket, id: &str| {
            socket.send(&json!({ "type": "subscribe", "id": id, "payload": { "query": "{ viewer { name } }" } })).await;
            let first = socket.next().await.expect("is answered");
            // Whatever comes after the answer is its end.
            if first["type"] == "next" {
                assert_eq!(socket.next().await.expect("ends")["type"], "complete");
            }
            first
        };
        assert_eq!(viewer(&mut socket, "1").await["payload"]["data"]["viewer"]["name"], "Perry Team");
        act(&signed.administer(), "identityProviderDisable", &json!({ "provider": signed.id })).await;
        let answer = viewer(&mut socket, "2").await.to_string();
        assert!(answer.contains("UNAUTHENTICATED") && !answer.contains("Perry"), "{answer}");
        act(&signed.administer(), "identityProviderEnable", &json!({ "provider": signed.id })).await;
        assert_eq!(viewer(&mut socket, "3").await["payload"]["data"]["viewer"]["name"], "Perry Team");
        harness.later(chrono::Duration::seconds(3660));
        let answer = viewer(&mut socket, "4").await.to_string();
        assert!(answer.contains("UNAUTHENTICATED") && !answer.contains("Perry"), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn changed_settings_hold_from_the_next_request_on() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let admin = signed.administer();
        let (rsa, ec) = (signed.token("first", "Perry Team", json!({})).await, signed.token("second", "Perry Team", json!({})).await);
        signed.lets_in(&rsa, "Perry Team").await;
        let update = async |mut change: Value| {
            change["provider"] = json!(signed.id);
            act(&admin, "identityProviderUpdate", &change).await
        };
        // Its RSA key says of itself that it is for RS256.
        assert_eq!(codes(&update(json!({ "algorithms": ["PS256"] })).await), ["ALGORITHM_NOT_OFFERED"]);
        signed.lets_in(&rsa, "Perry Team").await;
        let updated = update(json!({ "algorithms": ["ES256"], "name": "Guildhall", "groupsClaim": null })).await;
        let expected = json!({ "name": "Guildhall", "audience": AUDIENCE, "algorithms": ["ES256"], "linkBy": "VERIFIED_EMAIL",
            "emailClaim": "email", "groupsClaim": null, "disabledAt": null });
        assert_eq!(updated["provider"], expected);
        signed.refuses(&rsa, "not pinned any more").await;
        signed.lets_in(&ec, "Perry Team").await;
        update(json!({ "audience": "another" })).await;
        signed.refuses(&ec, "another audience").await;
        assert_eq!(codes(&update(json!({ "audience": " " })).await), ["AUDIENCE_INVALID"]);
        let nothing = act(&admin, "identityProviderUpdate", &json!({ "provider": "d00000000000000000000000000000000" })).await;
        assert_eq!(codes(&nothing), ["PROVIDER_NOT_FOUND"]);
    })
    .await;
}
