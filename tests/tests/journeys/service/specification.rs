//! GraphQL over HTTP, by the audits others wrote and by what they leave out.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Harness, Served, for_each_database, node};

/// How many audits of each kind `graphql-http` has.
const MUST: usize = 13;
const SHOULD: usize = 23;

#[tokio::test]
async fn every_audit_of_graphql_over_http_passes() {
    for_each_database(async |harness| {
        let served = Served::start(harness, &[]);
        let told = node("audits.mjs", &[&format!("{}/graphql", served.url)]).await;
        let audits = told.as_array().expect("a list");
        let failed: Vec<String> = audits.iter().filter(|a| a["passed"] != true).map(|a| format!("{}: {}", a["name"], a["why"])).collect();
        assert_eq!(failed, Vec::<String>::new());
        let of = |kind: &str| audits.iter().filter(|audit| audit["name"].as_str().is_some_and(|name| name.starts_with(kind))).count();
        assert_eq!((of("MUST"), of("SHOULD"), audits.len() > MUST + SHOULD), (MUST, SHOULD, true), "{told:#}");
    })
    .await;
}

async fn sent(harness: &Harness, method: Method, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> (u16, String, Value) {
    let client = reqwest::Client::new();
    let mut request = client.request(method, format!("{}{path}", harness.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = if let Some(body) = body { request.body(body.to_owned()) } else { request };
    let response = request.send().await.expect("is answered");
    let status = response.status().as_u16();
    let media = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    (status, media, response.json().await.unwrap_or_default())
}

const NEWER: &str = "application/graphql-response+json; charset=utf-8";
const OLDER: &str = "application/json; charset=utf-8";
const QUERY: &str = r#"{"query":"{ __typename }"}"#;

#[tokio::test]
async fn what_a_client_accepts_is_what_it_gets_and_nothing_is_done_for_who_accepts_neither() {
    for_each_database(async |harness| {
        for (accept, status, media) in [
            ("application/graphql-response+json", 200, NEWER),
            ("application/graphql-response+json, application/json;q=0.9", 200, NEWER),
            ("application/json, application/graphql-response+json;q=0.9", 200, OLDER),
            ("application/*", 200, OLDER),
            ("text/plain", 406, OLDER),
            ("application/json;q=0", 406, OLDER),
        ] {
            let headers = [("accept", accept), ("content-type", "application/json")];
            let (got, is, body) = sent(harness, Method::POST, "/graphql", &headers, Some(QUERY)).await;
            assert_eq!((got, is.as_str()), (status, media), "{accept}");
            assert_eq!(body.get("data").is_some(), status == 200, "{accept}: {body}");
        }
        let sign_in =
            r#"{"query":"mutation { signIn(input: { council: \"a\", email: \"b\", password: \"c\" }) { userErrors { code } } }"}"#;
        let headers = [("accept", "image/png"), ("content-type", "application/json")];
        let (status, _, body) = sent(harness, Method::POST, "/graphql", &headers, Some(sign_in)).await;
        assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (406, &json!("BAD_USER_INPUT")));
    })
    .await;
}

#[tokio::test]
async fn a_request_is_json_in_utf_8_and_says_so() {
    for_each_database(async |harness| {
        for (media, status) in [
            ("application/json", 200),
            ("application/json; charset=UTF-8", 200),
            ("application/json;charset=\"utf-8\"", 200),
            ("application/graphql-response+json", 200),
            ("application/json; charset=utf-16", 415),
            ("application/json; charset=latin1", 415),
            ("text/json", 415),
            ("", 415),
        ] {
            let headers = if media.is_empty() { vec![] } else { vec![("content-type", media)] };
            let (got, ..) = sent(harness, Method::POST, "/graphql", &headers, Some(QUERY)).await;
            assert_eq!(got, status, "{media}");
        }
        // What is no request is 400 to everybody; what is one and cannot be executed is 200 to clients of the older type.
        let json = [("content-type", "application/json"), ("accept", "application/json")];
        for (body, status) in [
            ("{", 400),
            ("[]", 400),
            ("7", 400),
            (r#"{"query":7}"#, 400),
            (r#"{"query":"{ __typename }","variables":[]}"#, 400),
            (r#"{"query":"{ __typename }","variables":"{}"}"#, 400),
            (r#"{"query":"{ __typename }","extensions":[]}"#, 400),
            (r#"{"query":"{ __typename }","operationName":7}"#, 400),
            (r#"{"variables":{}}"#, 400),
            (r#"{"query":""}"#, 400),
            (r#"{"query":"{ __typename }","variables":null,"extensions":null,"operationName":null}"#, 200),
            (r#"{"query":"{"}"#, 200),
            (r#"{"query":"{ nothing }"}"#, 200),
        ] {
            let (got, media, told) = sent(harness, Method::POST, "/graphql", &json, Some(body)).await;
            assert_eq!((got, media.as_str()), (status, OLDER), "{body}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn methods_and_addresses_ask_only_what_they_may() {
    for_each_database(async |harness| {
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let response =
                reqwest::Client::new().request(method.clone(), format!("{}/graphql", harness.url)).send().await.expect("answers");
            assert_eq!(response.status(), 405, "{method}");
            let allowed = response.headers()["allow"].to_str().expect("text").to_owned();
            assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
        }
        let get =
            async |query: &str| sent(harness, Method::GET, &format!("/graphql{query}"), &[("accept", "application/json")], None).await;
        for (wanted, data) in [("true", json!({ "viewer": null })), ("false", json!({}))] {
            let address = format!("?query=query($a:Boolean!){{viewer@include(if:$a){{name}}}}&variables=%7B%22a%22:{wanted}%7D");
            let (status, media, body) = get(&address).await;
            assert_eq!((status, media.as_str(), &body["data"]), (200, OLDER, &data), "{body}");
        }
        for (query, status) in [
            ("", 400),
            ("?variables=%7B%7D", 400),
            ("?query=%7B__typename%7D&variables=7", 400),
            ("?query=%7B__typename%7D&variables=%7B", 400),
            ("?query=%7B__typename%7D&extensions=%5B%5D", 400),
            ("?query=%7B__typename%7D&variables=&extensions=", 200),
            ("?query=mutation%7B__typename%7D", 405),
            ("?query=subscription%7B__typename%7D", 405),
        ] {
            assert_eq!(get(query).await.0, status, "{query}");
        }
        // A browser that looks around gets the page; one that asks gets its answer.
        let html = "text/html,application/xhtml+xml,*/*;q=0.8";
        let (status, media, _) = sent(harness, Method::GET, "/graphql", &[("accept", html)], None).await;
        assert_eq!((status, media.as_str()), (200, "text/html; charset=utf-8"));
        let (status, media, _) = sent(harness, Method::GET, "/graphql?query=%7B__typename%7D", &[("accept", html)], None).await;
        assert_eq!((status, media.as_str()), (200, OLDER));
    })
    .await;
}
