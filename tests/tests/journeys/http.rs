//! What may be asked how, whoever asks.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Answer, for_each_database};

async fn read(response: reqwest::Response) -> Answer {
    Answer { status: response.status().as_u16(), body: response.json().await.expect("JSON") }
}

#[tokio::test]
async fn only_json_and_multipart_are_read_as_requests() {
    for_each_database(async |harness| {
        let visitor = harness.visitor();
        for media in ["text/plain", "application/x-www-form-urlencoded", "application/graphql", "application/xml"] {
            let request = visitor.post("/graphql").header("content-type", media).body(r#"{"query":"{ __typename }"}"#);
            let answer = read(request.send().await.expect("is answered")).await;
            assert_eq!(answer.status, 415, "{media}");
        }
        let request =
            visitor.post("/graphql").header("content-type", "application/json; charset=utf-8").body(r#"{"query":"{ __typename }"}"#);
        assert_eq!(read(request.send().await.expect("is answered")).await.data(), json!({ "__typename": "Query" }));
    })
    .await;
}

#[tokio::test]
async fn a_request_over_a_megabyte_is_refused() {
    for_each_database(async |harness| {
        let body = |padding: usize| format!(r#"{{"query":"{{ __typename }}","padding":"{}"}}"#, "x".repeat(padding));
        for (padding, status) in [(900_000, 200), (1 << 20, 413), (8 << 20, 413)] {
            let request = harness.visitor().post("/graphql").header("content-type", "application/json").body(body(padding));
            match request.send().await {
                Ok(response) => assert_eq!(response.status(), status, "{padding}"),
                // A server may hang up on what it will not read.
                Err(error) => assert!(status == 413 && error.is_request(), "{padding}: {error:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn batches_and_malformed_bodies_are_refused_and_say_why() {
    for_each_database(async |harness| {
        let bodies = [
            (r#"[{"query":"{ __typename }"},{"query":"{ __typename }"}]"#, "Send one operation a request; batches are not taken."),
            ("{", "The body is not a GraphQL request: send `{\"query\": …, \"variables\": …}`."),
            ("", "The body is not a GraphQL request: send `{\"query\": …, \"variables\": …}`."),
            (r#"{"query": 7}"#, "The body is not a GraphQL request: send `{\"query\": …, \"variables\": …}`."),
        ];
        for (body, why) in bodies {
            let request = harness.visitor().post("/graphql").header("content-type", "application/json");
            let request = request.header("accept", "application/graphql-response+json").body(body);
            let answer = read(request.send().await.expect("is answered")).await;
            assert_eq!((answer.status, answer.message()), (400, why), "{body}");
        }
    })
    .await;
}

#[tokio::test]
async fn multipart_needs_a_header_that_a_form_cannot_send() {
    for_each_database(async |harness| {
        let form = || reqwest::multipart::Form::new().text("operations", r#"{"query":"{ __typename }"}"#).text("map", "{}");
        let newer = "application/graphql-response+json";
        let bare = harness.visitor().post("/graphql").header("accept", newer).multipart(form()).send().await.expect("is answered");
        let answer = read(bare).await;
        assert_eq!((answer.status, answer.message()), (400, "A multipart request needs the header `graphql-require-preflight: 1`."));
        for header in ["graphql-require-preflight", "apollo-require-preflight", "x-requested-with"] {
            let request = harness.visitor().post("/graphql").header(header, "1").multipart(form());
            assert_eq!(read(request.send().await.expect("is answered")).await.data(), json!({ "__typename": "Query" }));
        }
    })
    .await;
}

#[tokio::test]
async fn questions_may_be_asked_in_the_address_and_acts_may_not() {
    for_each_database(async |harness| {
        let ask = async |query: &str| harness.visitor().get("/graphql").query(&[("query", query)]).send().await.expect("is answered");
        assert_eq!(read(ask("{ __typename }").await).await.data(), json!({ "__typename": "Query" }));
        for act in ["mutation { __typename }", "query A { __typename } mutation B { __typename }"] {
            let response = ask(act).await;
            assert_eq!(response.headers()["allow"], "POST");
            assert_eq!(read(response).await.status, 405, "{act}");
        }
        let page = harness.visitor().get("/graphql").header("accept", "text/html").send().await.expect("is answered");
        assert!(page.headers()["content-type"].to_str().expect("text").starts_with("text/html"));
        assert!(page.text().await.expect("text").contains("/graphql/ws"));
    })
    .await;
}

#[tokio::test]
async fn older_clients_get_two_hundred_and_newer_ones_the_status() {
    for_each_database(async |harness| {
        for (accept, status) in [("application/json", 200), ("*/*", 200), ("application/graphql-response+json", 400)] {
            let request = harness.visitor().post("/graphql").header("accept", accept).json(&json!({ "query": "{ nothing }" }));
            let response = request.send().await.expect("is answered");
            let media = response.headers()["content-type"].to_str().expect("text").to_owned();
            assert_eq!(media.contains("graphql-response"), accept.contains("graphql-response"), "{accept}");
            let answer = read(response).await;
            assert_eq!((answer.status, answer.body["errors"].as_array().map(Vec::len)), (status, Some(1)), "{accept}");
        }
    })
    .await;
}

/// A document of fragments that spread each other twice: n levels ask for 2ⁿ fields.
fn bomb(levels: usize) -> String {
    let level = |n: usize| format!(" fragment F{n} on Query {{ ...F{0} ...F{0} }}", n + 1);
    (0..levels).fold(String::from("{ ...F0 }"), |query, n| query + &level(n)) + &format!(" fragment F{levels} on Query {{ __typename }}")
}

#[tokio::test]
async fn documents_that_cost_too_much_are_refused_at_once() {
    for_each_database(async |harness| {
        let visitor = harness.visitor();
        let started = Instant::now();
        let answer = visitor.gql(&bomb(40), json!({})).await;
        assert_eq!((answer.status, answer.codes()), (400, vec!["LIMIT".to_owned()]));
        let mut socket = tests::Socket::connect(&harness.url).await;
        socket.send(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "connection_ack" })));
        socket.send(&json!({ "id": "1", "type": "subscribe", "payload": { "query": bomb(40) } })).await;
        let refused = socket.next().await.expect("is answered");
        assert_eq!(refused["id"], "1");
        assert!(refused.to_string().contains("\"LIMIT\""), "{refused}");

        let deep = "{ node(id: \"c0\") { ... on Council { ".to_owned() + &"framework { elements { ".repeat(30) + "title" + &" }".repeat(63);
        let answer = visitor.gql(&deep, json!({})).await;
        assert_eq!((answer.status, answer.body.get("data").cloned().unwrap_or_default()), (400, Value::Null));
        let nested = "{ a".repeat(5000) + &" }".repeat(5000);
        let answer = visitor.gql(&nested, json!({})).await;
        assert_eq!((answer.status, answer.body.get("data").cloned().unwrap_or_default()), (400, Value::Null));
        // Lists count by what they may hold: these ask for 2,400 catalogues, and for 60,000 points eight times.
        let catalogues: String = (0..2400).map(|n| format!(" a{n}: diagnosticCodes {{ code }}")).collect();
        let points = "framework { indicators(first: 500) { nodes { series(until: \"2024/25\", last: 120) { value } } } }";
        let scorecards: String = (0..8).map(|n| format!(" a{n}: council(code: \"huntingdonshire\") {{ {points} }}")).collect();
        for fields in [catalogues, scorecards] {
            let answer = visitor.gql(&format!("{{ {fields} }}"), json!({})).await;
            assert_eq!((answer.status, answer.body.get("data").cloned().unwrap_or_default()), (400, Value::Null), "{}", &fields[..60]);
        }
        // Unbounded, the first alone takes hours.
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    })
    .await;
}

#[tokio::test]
async fn the_service_says_that_it_lives_and_that_it_can_work() {
    for_each_database(async |harness| {
        for (path, status) in [("/healthz", "alive"), ("/readyz", "ready")] {
            let response = harness.visitor().get(path).send().await.expect("is answered");
            assert_eq!(response.status(), 200);
            assert_eq!(response.json::<Value>().await.expect("JSON")["status"], status);
        }
        let nothing = harness.visitor().get("/admin").send().await.expect("is answered");
        assert_eq!(nothing.status(), 404);
    })
    .await;
}
