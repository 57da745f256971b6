//! Who is let in, as whom.

use chrono::Duration;
use goldenthread::access::GrantScope;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rules::permission::Role;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{Answer, Harness, Person, SECRET, for_each_database};

/// What a good token of this service says.
fn claims(harness: &Harness, person: &Person) -> Value {
    let now = harness.app.clock.now().timestamp();
    json!({
        "iss": "goldenthread", "aud": "goldenthread-api", "iat": now, "nbf": now, "exp": now + 3600,
        "sub": person.id, "council": person.council,
    })
}

fn sign(claims: &Value, algorithm: Algorithm, secret: &[u8]) -> String {
    encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret)).expect("signs")
}

async fn viewer(harness: &Harness, token: &str) -> Answer {
    harness.client(Some(token.to_owned())).gql("{ viewer { name email } }", json!({})).await
}

/// Asserts that a token lets nobody in, through any door.
async fn refused(harness: &Harness, token: &str, why: &str) {
    let answer = viewer(harness, token).await;
    assert_eq!((answer.status, answer.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]), "{why}: {:#}", answer.body);
    assert_eq!(answer.body.get("data").cloned().unwrap_or_default(), Value::Null, "{why}");
    let client = harness.client(Some(token.to_owned()));
    let upload = client.upload("return.xlsx", b"PK".to_vec()).await;
    assert_eq!(upload.status(), 401, "{why}");
}

#[tokio::test]
async fn a_token_of_this_service_lets_its_person_in() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let data = harness.sign_in(&person).run("Viewer", json!({})).await.data();
        let expected = json!({ "viewer": {
            "name": "Perry Team",
            "email": "perry.team@example.org",
            "grants": [{
                "role": "PERFORMANCE_TEAM",
                "scope": { "__typename": "Council", "code": "huntingdonshire", "name": "Huntingdonshire Council" },
                "from": "2024-10-14",
                "until": null,
            }],
            "can": [
                "VIEW_PUBLISHED", "VIEW_FRAMEWORK", "VIEW_FIGURES", "VIEW_APPROVED_FIGURES", "VIEW_RELEASED", "VIEW_PACK",
                "VIEW_PLANS", "VIEW_RISKS", "VIEW_MONEY", "VIEW_ASSESSMENTS", "EDIT_FRAMEWORK", "IMPORT_FRAMEWORK", "RECORD_TARGETS",
                "MANAGE_BENCHMARKS", "SHARE_FIGURES", "OPEN_AND_CLOSE_PERIODS", "ISSUE_TEMPLATE", "IMPORT_VALUES", "ASSURE_RETURN",
                "ACT_ON_WARNINGS", "RELEASE", "BUILD_PACK", "MANAGE_ACTIONS", "MANAGE_RISKS",
            ],
        }});
        assert_eq!(data, expected);
        let own = sign(&claims(harness, &person), Algorithm::HS256, SECRET);
        assert_eq!(viewer(harness, &own).await.data()["viewer"]["name"], "Perry Team");
    })
    .await;
}

#[tokio::test]
async fn a_visitor_is_nobody_and_is_told_so_only_where_it_matters() {
    for_each_database(async |harness| {
        harness.council("huntingdonshire").await;
        let visitor = harness.visitor();
        assert_eq!(visitor.run("Viewer", json!({})).await.data(), json!({ "viewer": null }));
        let council = visitor.gql(r#"{ council(code: "huntingdonshire") { name } }"#, json!({})).await;
        assert_eq!((council.status, council.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]));
        assert_eq!(council.body["data"], Value::Null);
        // What is for visitors is answered all the same.
        let both = visitor.gql(r#"{ diagnosticCodes { code } council(code: "huntingdonshire") { name } }"#, json!({})).await;
        assert_eq!((both.status, both.codes()), (200, vec!["UNAUTHENTICATED".to_owned()]));
        assert_eq!(both.body["data"]["council"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_token_made_elsewhere_or_changed_lets_nobody_in() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let good = claims(harness, &person);
        let with = |field: &str, value: Value| {
            let mut changed = good.clone();
            changed[field] = value;
            sign(&changed, Algorithm::HS256, SECRET)
        };
        let without = |field: &str| {
            let mut changed = good.clone();
            changed.as_object_mut().expect("an object").remove(field);
            sign(&changed, Algorithm::HS256, SECRET)
        };
        let token = sign(&good, Algorithm::HS256, SECRET);
        let [head, body, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };

        // {"alg":"none"} and {"alg":"RS256"}, in base64.
        let (none, rs256) = ("eyJhbGciOiJub25lIn0", "eyJhbGciOiJSUzI1NiJ9");
        refused(harness, &format!("{none}.{body}."), "no signature").await;
        refused(harness, &format!("{none}.{body}.{signature}"), "an algorithm of none").await;
        refused(harness, &format!("{rs256}.{body}.{signature}"), "another algorithm").await;
        refused(harness, &sign(&good, Algorithm::HS384, SECRET), "HS384").await;
        refused(harness, &sign(&good, Algorithm::HS256, b"somebody else's secret, of thirty-two bytes"), "another key").await;
        refused(harness, &with("iss", json!("elsewhere")), "another issuer").await;
        refused(harness, &with("aud", json!("goldenthread-file")), "a token for files").await;
        refused(harness, &with("aud", json!("elsewhere")), "another audience").await;
        refused(harness, &with("sub", json!("perry")), "no person's id").await;
        for claim in ["iss", "aud", "exp", "nbf", "sub"] {
            refused(harness, &without(claim), claim).await;
        }
        let other = sign(&claims(harness, &Person { id: harness.app.ids.next(), ..person.clone() }), Algorithm::HS256, SECRET);
        let swapped = other.split('.').nth(1).expect("three parts");
        refused(harness, &format!("{head}.{swapped}.{signature}"), "another's claims under this signature").await;
        refused(harness, &format!("{head}.{body}.{}", &signature[1..]), "a shorter signature").await;
        refused(harness, "not-a-token", "no token at all").await;
        refused(harness, &"a".repeat(10_000), "very long").await;
    })
    .await;
}

#[tokio::test]
async fn a_token_works_from_when_it_says_until_when_it_says() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let good = claims(harness, &person);
        let now = harness.app.clock.now().timestamp();
        let lasting = |nbf: i64, exp: i64| {
            let mut changed = good.clone();
            changed["nbf"] = json!(nbf);
            changed["exp"] = json!(exp);
            sign(&changed, Algorithm::HS256, SECRET)
        };
        // Two machines' clocks may differ by thirty seconds.
        refused(harness, &lasting(now - 3600, now - 30), "expired").await;
        refused(harness, &lasting(now + 31, now + 3600), "not valid yet").await;
        viewer(harness, &lasting(now - 3600, now - 29)).await.data();
        viewer(harness, &lasting(now + 30, now + 3600)).await.data();

        viewer(harness, &person.token).await.data();
        harness.later(Duration::days(30) + Duration::seconds(30));
        refused(harness, &person.token, "thirty days old").await;
    })
    .await;
}

#[tokio::test]
async fn other_ways_of_saying_who_one_is_are_not_guessed_at() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        for header in [person.token.clone(), format!("Basic {}", person.token), "Bearer".to_owned(), String::new()] {
            let request = harness.visitor().post("/graphql").header("authorization", &header).json(&json!({ "query": "{ __typename }" }));
            assert_eq!(request.send().await.expect("is answered").status(), 401, "{header:?}");
        }
        let lower = harness.visitor().post("/graphql").header("authorization", format!("bearer {}", person.token));
        let response = lower.json(&json!({ "query": "{ viewer { name } }" })).send().await.expect("is answered");
        let body: Value = response.json().await.expect("JSON");
        assert_eq!(body["data"]["viewer"]["name"], "Perry Team");
    })
    .await;
}

#[tokio::test]
async fn rights_are_read_with_every_request_and_not_from_the_token() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let person = harness.performance_team(council).await;
        let ask = async || {
            let query = r#"{ viewer { name grants { role } can } council(code: "huntingdonshire") { name frameworks { title } } }"#;
            harness.client(Some(person.token.clone())).gql(query, json!({})).await
        };
        let change = async |sql: &str| {
            let change = harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
            change.execute_unprepared(sql).await.expect("changes");
            change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        };
        assert_eq!(ask().await.data()["council"]["frameworks"], json!([]));

        change("UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00'").await;
        let withdrawn = ask().await;
        assert_eq!(withdrawn.codes(), ["FORBIDDEN"]);
        assert_eq!(withdrawn.body["data"]["viewer"], json!({ "name": "Perry Team", "grants": [], "can": [] }));
        assert_eq!(withdrawn.body["data"]["council"], json!({ "name": "Huntingdonshire Council", "frameworks": null }));

        change("UPDATE role_grant SET withdrawn_at = NULL, until_on = '2024-10-13'").await;
        assert_eq!(ask().await.codes(), ["FORBIDDEN"]);
        change("UPDATE role_grant SET until_on = '2024-10-14'").await;
        ask().await.data();
        change("UPDATE role_grant SET from_on = '2024-10-15', until_on = NULL").await;
        assert_eq!(ask().await.codes(), ["FORBIDDEN"]);
        change("UPDATE role_grant SET from_on = '2024-10-14'").await;
        ask().await.data();

        change("UPDATE person SET suspended_at = '2024-10-14 09:00:00+00:00'").await;
        let suspended = ask().await;
        assert_eq!((suspended.status, suspended.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]));
        assert_eq!(suspended.body["data"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_names_another_council_finds_nobody_there() {
    for_each_database(async |harness| {
        let (ours, theirs) = (harness.council("huntingdonshire").await, harness.council("devon").await);
        let person = harness.performance_team(ours).await;
        // Rightly signed, as only this service can: still the person is not of that council.
        let crossed = harness.token(person.id, Some(theirs));
        assert_eq!(viewer(harness, &crossed).await.codes(), ["UNAUTHENTICATED"]);
        let nowhere = harness.token(person.id, Some(harness.app.ids.next()));
        assert_eq!(viewer(harness, &nowhere).await.codes(), ["UNAUTHENTICATED"]);
        // Whoever is entered at a council is no platform operator by a token that names none.
        assert_eq!(viewer(harness, &harness.token(person.id, None)).await.codes(), ["UNAUTHENTICATED"]);
    })
    .await;
}

#[tokio::test]
async fn a_role_is_given_only_over_what_it_can_be_held_over() {
    for_each_database(async |harness| {
        let council = harness.council("huntingdonshire").await;
        let change = harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        for (role, scope) in [(Role::ServiceManager, GrantScope::Council), (Role::PlatformOperator, GrantScope::Council)] {
            let new = goldenthread::people::service::NewPerson { email: "a@example.org", name: "A", grants: &[(role, scope)] };
            let refused = goldenthread::people::service::enter(&harness.app, &*change, council, &new).await;
            assert_eq!(refused.expect_err("is refused").code.text(), "BAD_USER_INPUT", "{role}");
            // The person went in before the role was looked at: a transaction of one's own for each.
            change.execute_unprepared("DELETE FROM person").await.expect("deletes");
        }
        drop(change);
        assert_eq!(harness.count(council, "person").await, 0);
    })
    .await;
}
