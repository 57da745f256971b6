//! Sessions: refresh tokens, and signing out.

use chrono::Duration;
use futures::future::join_all;
use serde_json::json;
use tests::{Socket, for_each_database};

use super::*;

#[tokio::test]
async fn a_refresh_token_works_once_and_used_again_it_ends_the_session() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let visitor = harness.visitor();
        let first = sign_in(&visitor, EMAIL).await;
        harness.later(Duration::minutes(9));
        let second = handed(&refresh(&visitor, &first.refresh).await);
        assert_ne!(first.refresh, second.refresh);
        assert!(lets_in(harness, &second.access).await);
        harness.later(Duration::minutes(9));
        let third = handed(&refresh(&visitor, &second.refresh).await);
        assert!(lets_in(harness, &third.access).await);

        assert_eq!(refusal(&refresh(&visitor, &first.refresh).await), "SIGN_IN_AGAIN");
        assert!(!lets_in(harness, &third.access).await, "the session has ended");
        assert_eq!(refusal(&refresh(&visitor, &third.refresh).await), "SIGN_IN_AGAIN");
        assert_eq!(texts(harness, council, "SELECT end_reason FROM session").await, ["TOKEN_REUSED"]);
        assert_eq!(trail(harness, council, "sign-in.").await, ["sign-in.reuse FAILED", "sign-in.refresh FAILED"]);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_wrong_with_a_refresh_token_is_answered_alike() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let signed_in = sign_in(&harness.visitor(), EMAIL).await;
        let (token, last) = (&signed_in.refresh, signed_in.refresh.len() - 1);
        let flipped = format!("{}{}", &token[..last], if token.ends_with('0') { '1' } else { '0' });
        let elsewhere = format!("gtr_{}{}", Uuid::nil().simple(), &token[36..]);
        let mut answers = Vec::new();
        for wrong in [flipped, elsewhere, token.replace("gtr_", "gtm_"), token.to_uppercase(), String::new(), "x".repeat(100_000)] {
            answers.push(refresh(&harness.visitor(), &wrong).await);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
        assert_eq!(refusal(&answers[0]), "SIGN_IN_AGAIN");
        // Only one of them named a token there is. Nobody is said to be behind it.
        let told = texts(harness, council, "SELECT COALESCE(actor, '') || outcome FROM audit_event WHERE verb = 'sign-in.refresh'").await;
        assert_eq!(told, ["FAILED"]);
        handed(&refresh(&harness.visitor(), token).await);
    })
    .await;
}

#[tokio::test]
async fn of_eight_refreshes_at_once_one_wins_and_the_session_ends() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let signed_in = sign_in(&harness.visitor(), EMAIL).await;
        let visitor = harness.visitor();
        let answers = join_all((0..8).map(|_| refresh(&visitor, &signed_in.refresh))).await;
        let won: Vec<&Value> = answers.iter().filter(|answer| !answer["signedIn"].is_null()).collect();
        assert_eq!(won.len(), 1);
        assert!(answers.iter().filter(|answer| answer["signedIn"].is_null()).all(|answer| refusal(answer) == "SIGN_IN_AGAIN"));
        assert_eq!(harness.count(council, "refresh_token").await, 2, "the first and the one exchanged for it");
        assert!(!lets_in(harness, &handed(won[0]).access).await);
        assert_eq!(texts(harness, council, "SELECT end_reason FROM session").await, ["TOKEN_REUSED"]);
    })
    .await;
}

#[tokio::test]
async fn a_session_lasts_seven_days_unused_and_thirty_at_most() {
    for_each_database(async |harness| {
        somebody(harness).await;
        let visitor = harness.visitor();
        let idle = sign_in(&visitor, EMAIL).await;
        let mut used = sign_in(&visitor, EMAIL).await;
        for _ in 0..4 {
            harness.later(Duration::days(7) - Duration::seconds(1));
            used = handed(&refresh(&visitor, &used.refresh).await);
        }
        assert_eq!(refusal(&refresh(&visitor, &idle.refresh).await), "SIGN_IN_AGAIN");
        harness.at("2024-11-13T08:59:59Z");
        let payload = refresh(&visitor, &used.refresh).await;
        assert_eq!(payload["signedIn"]["refreshExpiresAt"], "2024-11-13T09:00:00Z", "no longer than the session");
        let last = handed(&payload);
        assert!(lets_in(harness, &last.access).await);
        harness.later(Duration::seconds(1));
        assert!(!lets_in(harness, &last.access).await, "the session is over although the token is not");
        assert_eq!(refusal(&refresh(&visitor, &last.refresh).await), "SIGN_IN_AGAIN");
    })
    .await;
}

async fn ask(socket: &mut Socket, id: &str) -> Value {
    socket.send(&json!({ "id": id, "type": "subscribe", "payload": { "query": "{ viewer { name } }" } })).await;
    let answer = socket.next().await.expect("is answered");
    let end = socket.next().await.expect("is ended");
    assert_eq!(end["type"], "complete", "{answer:#} {end:#}");
    answer["payload"].clone()
}

#[tokio::test]
async fn signing_out_stops_the_session_with_the_next_request_and_operation() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let signed_in = sign_in(&harness.visitor(), EMAIL).await;
        let mut socket = Socket::open(&harness.url, &signed_in.access).await;
        assert_eq!(ask(&mut socket, "1").await["data"]["viewer"]["name"], "Perry Team");
        let client = harness.client(Some(signed_in.access.clone()));
        let out = "mutation { signOut { signedOut userErrors { code } } }";
        assert_eq!(client.gql(out, json!({})).await.data()["signOut"], json!({ "signedOut": true, "userErrors": [] }));

        assert_eq!(client.gql("{ viewer { name } }", json!({})).await.status, 401);
        assert_eq!(client.upload("return.xlsx", b"PK".to_vec()).await.status(), 401);
        let next = ask(&mut socket, "2").await;
        assert_eq!((&next["data"]["viewer"], &next["errors"][0]["extensions"]["code"]), (&Value::Null, &json!("UNAUTHENTICATED")));
        assert_eq!(refusal(&refresh(&harness.visitor(), &signed_in.refresh).await), "SIGN_IN_AGAIN");
        assert_eq!(texts(harness, council, "SELECT end_reason FROM session").await, ["SIGNED_OUT"]);
        assert_eq!(trail(harness, council, "sign-out").await, ["sign-out DONE"]);
        // A token of no session ends by itself.
        let answer = harness.sign_in(&person).gql(out, json!({})).await.data()["signOut"].clone();
        assert_eq!((refusal(&answer), &answer["signedOut"]), ("NO_SESSION", &json!(false)));
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_stops_sessions_and_printed_tokens_of_that_second_too() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let other = harness.person(council, "Otto Other", &[]).await;
        let (here, there) = (sign_in(&harness.visitor(), EMAIL).await, sign_in(&harness.visitor(), EMAIL).await);
        // Printed in the very second in which they sign out, and late in it.
        harness.later(Duration::milliseconds(900));
        let printed = harness.token(person.id, Some(council));
        let client = harness.client(Some(here.access.clone()));
        let everywhere = "mutation { signOutEverywhere { sessionsEnded userErrors { code } } }";
        let answer = client.gql(everywhere, json!({})).await.data()["signOutEverywhere"].clone();
        assert_eq!(answer, json!({ "sessionsEnded": 2, "userErrors": [] }));
        for token in [&here.access, &there.access, &printed, &person.token] {
            assert!(!lets_in(harness, token).await);
        }
        assert!(lets_in(harness, &other.token).await);
        // From the next second on, all begins anew.
        harness.later(Duration::milliseconds(100));
        assert!(lets_in(harness, &harness.token(person.id, Some(council))).await);
        assert!(lets_in(harness, &sign_in(&harness.visitor(), EMAIL).await.access).await);
        assert_eq!(trail(harness, council, "sign-out").await, ["sign-out.everywhere DONE"]);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_signs_a_person_out_and_says_why() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let administrator = harness.person(council, "Anna Other", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let signed_in = sign_in(&harness.visitor(), EMAIL).await;
        let out = "mutation($input: PersonSignOutInput!) { personSignOut(input: $input) { sessionsEnded userErrors { code } } }";
        let ask = async |client: &Client<'_>, reason: &str| {
            let input = json!({ "person": format!("q{}", person.id.simple()), "reason": reason });
            client.gql(out, json!({ "input": input })).await
        };
        assert_eq!(ask(&harness.sign_in(&person), "I may not").await.codes(), ["FORBIDDEN"]);
        let office = harness.sign_in(&administrator);
        assert_eq!(refusal(&ask(&office, " ").await.data()["personSignOut"]), "REASON_NEEDED");
        assert_eq!(refusal(&ask(&office, &"x".repeat(501)).await.data()["personSignOut"]), "TEXT_TOO_LONG");
        assert!(lets_in(harness, &signed_in.access).await);
        assert_eq!(ask(&office, "Lost laptop").await.data()["personSignOut"], json!({ "sessionsEnded": 1, "userErrors": [] }));
        assert!(!lets_in(harness, &signed_in.access).await);
        assert!(!lets_in(harness, &person.token).await);
        let told = texts(harness, council, "SELECT actor || after FROM audit_event WHERE verb = 'sign-out.everywhere'").await;
        assert_eq!(told, ["Anna Other <anna.other@example.org>{\"reason\":\"Lost laptop\",\"sessionsEnded\":1}"]);
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_their_own_sessions_and_ends_one() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let other = harness.person(council, "Otto Other", &[]).await;
        let phone = sign_in(&harness.visitor_from(12), EMAIL).await;
        harness.later(Duration::minutes(1));
        let desk = sign_in(&harness.visitor(), EMAIL).await;
        let client = harness.client(Some(desk.access.clone()));
        let query = "{ viewer { sessions { id createdAt lastUsedAt expiresAt address client current } } }";
        let mut sessions = client.gql(query, json!({})).await.data()["viewer"]["sessions"].clone();
        let id = sessions[1]["id"].take();
        sessions[0]["id"].take();
        assert_eq!(sessions, json!([
            { "id": null, "createdAt": "2024-10-14T09:01:00Z", "lastUsedAt": "2024-10-14T09:01:00Z", "expiresAt": "2024-11-13T09:01:00Z",
              "address": "127.0.0.1", "client": null, "current": true },
            { "id": null, "createdAt": "2024-10-14T09:00:00Z", "lastUsedAt": "2024-10-14T09:00:00Z", "expiresAt": "2024-11-13T09:00:00Z",
              "address": "127.0.0.12", "client": "journeys", "current": false },
        ]));
        let end = "mutation($input: SessionEndInput!) { sessionEnd(input: $input) { signedOut userErrors { code } } }";
        let ask = async |client: &Client<'_>, id: &Value| client.gql(end, json!({ "input": { "id": id } })).await.data()["sessionEnd"].clone();
        assert_eq!(refusal(&ask(&harness.sign_in(&other), &id).await), "SESSION_NOT_FOUND");
        assert_eq!(refusal(&ask(&client, &json!("nonsense")).await), "SESSION_NOT_FOUND");
        assert!(lets_in(harness, &phone.access).await);
        assert_eq!(ask(&client, &id).await["signedOut"], true);
        assert!(!lets_in(harness, &phone.access).await);
        assert!(lets_in(harness, &desk.access).await);
        assert_eq!(refusal(&ask(&client, &id).await), "SESSION_NOT_FOUND");
    })
    .await;
}

#[tokio::test]
async fn what_a_client_calls_itself_is_cut_and_the_longest_unused_session_gives_way() {
    for_each_database(async |harness| {
        let (council, _) = somebody(harness).await;
        let input = json!({ "council": CODE, "email": EMAIL, "password": PASSWORD });
        let request = harness.visitor().post("/graphql").header("user-agent", format!("tab\tbed {}", "x".repeat(300)));
        let answer = tests::answer(request.json(&json!({ "query": SIGN_IN, "variables": { "input": input } }))).await;
        let first = handed(&answer.data()["signIn"]);
        let client = texts(harness, council, "SELECT client FROM session").await;
        assert_eq!(client, [format!("tabbed {}", "x".repeat(193))]);
        for _ in 0..50 {
            harness.later(Duration::seconds(1));
            sign_in(&harness.visitor(), EMAIL).await;
        }
        assert_eq!(harness.count(council, "session WHERE ended_at IS NULL").await, 50);
        assert!(!lets_in(harness, &first.access).await);
    })
    .await;
}
