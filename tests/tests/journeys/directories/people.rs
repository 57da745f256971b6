//! Who a token's subject is: by a verified address, by a link made by hand, and nobody else.

use chrono::Duration;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{Harness, for_each_database};
use uuid::Uuid;

use super::{Signed, act, codes};

async fn change(harness: &Harness, council: Uuid, sql: &str) {
    let change = harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    change.execute_unprepared(sql).await.expect("changes");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}

#[tokio::test]
async fn a_verified_address_links_its_person_once_and_the_subject_stands_for_them_from_then_on() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        let person = harness.performance_team(signed.council).await;
        let token = signed.token("first", "Perry Team", json!({ "email": " Perry.TEAM@example.org" })).await;
        assert_eq!(harness.count(signed.council, "identity").await, 0);
        signed.lets_in(&token, "Perry Team").await;
        assert_eq!(harness.count(signed.council, "identity").await, 1);
        let subject = format!("person {}", person.id);
        let event = |after: Value| {
            json!({ "outcome": "DONE", "actor": "Perry Team <perry.team@example.org>", "via": "directory Town Hall",
                "subject": subject, "address": "127.0.0.1", "before": null, "after": after })
        };
        let linked = json!({ "provider": "Town Hall", "subject": "subject of Perry Team", "address": "perry.team@example.org" });
        assert_eq!(signed.events("directory.link").await, [event(linked.clone())]);
        let entered = json!({ "provider": "Town Hall", "subject": "subject of Perry Team", "until": "2024-10-14T10:00:00Z" });
        assert_eq!(signed.events("sign-in.directory").await, [event(entered.clone())]);

        // The same token again is the same sign-in; another is another, whatever address it has now.
        signed.lets_in(&token, "Perry Team").await;
        assert_eq!(signed.events("sign-in.directory").await.len(), 1);
        let later = signed.token("first", "Perry Team", json!({ "email": "new@example.org", "email_verified": false })).await;
        signed.lets_in(&later, "Perry Team").await;
        assert_eq!(signed.events("sign-in.directory").await, [event(entered.clone()), event(entered)]);
        assert_eq!(signed.events("directory.link").await.len(), 1);

        // The address is taken: another subject with it is somebody else.
        let other = signed.token("first", "Perry Team", json!({ "sub": "another subject" })).await;
        signed.refuses(&other, "the address is of somebody linked to another subject").await;
        assert_eq!(harness.count(signed.council, "identity").await, 1);
    })
    .await;
}

#[tokio::test]
async fn two_requests_with_one_new_token_are_one_sign_in() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let token = signed.token("first", "Perry Team", json!({})).await;
        futures::future::join_all((0..8).map(|_| signed.lets_in(&token, "Perry Team"))).await;
        assert_eq!((signed.events("sign-in.directory").await.len(), signed.events("directory.link").await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_nobody_verified_or_nobody_has_lets_nobody_in() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        for (claims, why) in [
            (json!({ "email_verified": false }), "not verified"),
            (json!({ "email_verified": "false" }), "not verified, in words"),
            (json!({ "email_verified": "TRUE" }), "another word"),
            (json!({ "email_verified": 1 }), "a number"),
            (json!({ "email_verified": null }), "nothing said"),
            (json!({ "email": "nobody@example.org" }), "nobody's"),
            (json!({ "email": null }), "no address"),
            (json!({ "email": "" }), "an empty address"),
            (json!({ "email": ["perry.team@example.org"] }), "a list"),
            // The Kelvin sign, which lower-cases to a k elsewhere; and a full-width at sign.
            (json!({ "email": "perry.team\u{ff20}example.org" }), "another at sign"),
        ] {
            let token = signed.token("first", "Perry Team", claims).await;
            signed.refuses(&token, why).await;
        }
        assert_eq!(harness.count(signed.council, "identity").await, 0);
        let failed = signed.events("sign-in.directory").await;
        assert_eq!(failed.len(), 10);
        let expected = json!({ "outcome": "FAILED", "actor": "subject of Perry Team of Town Hall", "via": "directory Town Hall",
            "subject": failed[0]["subject"], "address": "127.0.0.1", "before": null,
            "after": { "provider": "Town Hall", "subject": "subject of Perry Team", "why": "an address that is not verified" } });
        assert_eq!(failed[0], expected);
        // Said in words, as some providers do, it is verified.
        let token = signed.token("first", "Perry Team", json!({ "email_verified": "true" })).await;
        signed.lets_in(&token, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn somebody_refused_is_on_record_once_and_let_in_when_they_are_entered() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        let token = signed.token("first", "Perry Team", json!({})).await;
        signed.refuses(&token, "nobody has the address").await;
        signed.refuses(&token, "nobody has the address").await;
        assert_eq!(signed.events("sign-in.directory").await.len(), 1);
        harness.performance_team(signed.council).await;
        signed.lets_in(&token, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn a_suspended_person_and_one_who_signed_out_everywhere_are_nobody() {
    for_each_database(async |harness| {
        let signed = Signed::new(harness, "huntingdonshire").await;
        harness.performance_team(signed.council).await;
        let seen = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&seen, "Perry Team").await;
        let unseen = signed.token("second", "Perry Team", json!({})).await;
        change(harness, signed.council, "UPDATE person SET suspended_at = '2024-10-14 09:00:00+00:00' WHERE name = 'Perry Team'").await;
        signed.refuses(&seen, "suspended").await;
        signed.refuses(&unseen, "suspended").await;
        let sql = "UPDATE person SET suspended_at = NULL, tokens_valid_from = '2024-10-14 09:00:01+00:00' WHERE name = 'Perry Team'";
        change(harness, signed.council, sql).await;
        signed.refuses(&seen, "issued before").await;
        signed.refuses(&unseen, "issued before").await;
        harness.later(Duration::seconds(1));
        let new = signed.token("first", "Perry Team", json!({})).await;
        signed.lets_in(&new, "Perry Team").await;
    })
    .await;
}

#[tokio::test]
async fn where_people_are_known_by_subject_only_a_link_made_by_hand_lets_them_in() {
    for_each_database(async |harness| {
        let signed = Signed::with(harness, "huntingdonshire", |input| input["linkBy"] = json!("SUBJECT")).await;
        let person = harness.performance_team(signed.council).await;
        let other = harness.person(signed.council, "Otto Else", &[(Role::Finance, GrantScope::Council)]).await;
        let id = |person: &tests::Person| format!("q{}", person.id.simple());
        let token = signed.token("first", "Perry Team", json!({})).await;
        signed.refuses(&token, "a verified address is not enough").await;

        let admin = signed.administer();
        let link = json!({ "person": id(&person), "provider": signed.id, "subject": "subject of Perry Team" });
        let linked = act(&admin, "personLink", &link).await;
        let expected = json!({ "subject": "subject of Perry Team", "linkedAt": "2024-10-14T09:00:00Z", "groupsAt": null,
            "provider": { "id": signed.id } });
        assert_eq!(linked, json!({ "link": expected, "userErrors": [] }));
        assert_eq!(act(&admin, "personLink", &link).await, linked);
        signed.lets_in(&token, "Perry Team").await;
        let event = &signed.events("directory.link").await;
        assert_eq!(event.len(), 1);
        assert_eq!((&event[0]["actor"], &event[0]["via"]), (&json!("Addie Min <addie.min@example.org>"), &json!("token")));

        // Refusals, which change nothing.
        let with = |field: &str, value: &str| {
            let mut changed = link.clone();
            changed[field] = json!(value);
            changed
        };
        for (input, code) in [
            (with("person", &id(&other)), "SUBJECT_TAKEN"),
            (with("subject", "another"), "PERSON_LINKED"),
            (with("subject", ""), "SUBJECT_INVALID"),
            (with("subject", &"s".repeat(256)), "SUBJECT_INVALID"),
            (with("subject", "a\nb"), "SUBJECT_INVALID"),
            (with("person", &format!("q{}", harness.app.ids.next().simple())), "PERSON_NOT_FOUND"),
            (with("person", "nonsense"), "PERSON_NOT_FOUND"),
            (with("provider", &id(&other)), "PROVIDER_NOT_FOUND"),
        ] {
            assert_eq!(codes(&act(&admin, "personLink", &input).await), [code], "{input}");
        }
        assert_eq!(harness.count(signed.council, "identity").await, 1);

        // Unlinked, the next request is refused, also with the token that was just let in.
        let unlink = json!({ "person": id(&person), "provider": signed.id });
        assert_eq!(codes(&act(&admin, "personUnlink", &unlink).await), [""; 0]);
        signed.refuses(&token, "unlinked").await;
        assert_eq!(codes(&act(&admin, "personUnlink", &unlink).await), [""; 0]);
        assert_eq!(signed.events("directory.unlink").await.len(), 1);
        assert_eq!(harness.count(signed.council, "identity").await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_councils_tokens_are_no_use_in_another() {
    for_each_database(async |harness| {
        let ours = Signed::new(harness, "huntingdonshire").await;
        let theirs = Signed::new(harness, "devon").await;
        harness.performance_team(ours.council).await;
        // Of the same address, and with the same subject, in the other council.
        harness.person(theirs.council, "Perry Team", &[(Role::Finance, GrantScope::Council)]).await;
        let (our, their) = (ours.token("first", "Perry Team", json!({})).await, theirs.token("first", "Perry Team", json!({})).await);
        let data = |answer: tests::Answer| answer.data()["viewer"].clone();
        let seen = data(ours.viewer(&our).await);
        assert_eq!((&seen["council"]["code"], &seen["grants"][0]["role"]), (&json!("huntingdonshire"), &json!("PERFORMANCE_TEAM")));
        let seen = data(ours.viewer(&their).await);
        assert_eq!((&seen["council"]["code"], &seen["grants"][0]["role"]), (&json!("devon"), &json!("FINANCE")));
        // Who has only the one council's people has nobody of the other's.
        harness.person(ours.council, "Only Ours", &[]).await;
        let token = theirs.token("first", "Only Ours", json!({})).await;
        theirs.refuses(&token, "nobody of theirs").await;
        let answer = harness.client(Some(our)).gql(r#"{ council(code: "devon") { name } }"#, json!({})).await;
        assert_eq!(answer.data(), json!({ "council": null }));
        // One provider's token that says it is the other's is signed with no key of it.
        let crossed = theirs.token("first", "Perry Team", json!({ "iss": ours.oidc.issuer })).await;
        ours.refuses(&crossed, "another provider's key").await;
    })
    .await;
}
