//! Every limit of a document and of whoever asks: refused with its code, its status and what to change.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{Answer, Client, Harness, Socket, World, answer, for_each_database};

async fn asked(client: &Client<'_>, query: &str) -> Answer {
    client.gql(query, json!({})).await
}

#[track_caller]
fn limit(answer: &Answer, status: u16, message: &str) {
    assert_eq!((answer.status, answer.codes(), answer.message()), (status, vec!["LIMIT".to_owned()], message), "{:#}", answer.body);
    assert_eq!(answer.body.get("data"), None);
}

#[tokio::test]
async fn a_document_beyond_a_limit_is_refused_and_told_which() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness
            .limited(&[
                "tokens=500",
                "nesting=20",
                "fields=200",
                "depth=15",
                "aliases=10",
                "directives=20",
                "directives-of-field=2",
                "complexity=1000",
                "values=100",
            ])
            .await;
        let client = door.client(Some(world.keeper.token.clone()));
        let nested = |n: usize| {
            format!(
                "{{ council(code: \"huntingdonshire\") {{ element(code: \"O1\") {} }} }}",
                "{ parent ".repeat(n) + "{ code" + &" }".repeat(n + 1)
            )
        };
        let aliases = |n: usize| format!("{{ {} }}", (0..n).map(|n| format!("a{n}: __typename ")).collect::<String>());
        let directives = |n: usize| format!("{{ {} }}", "__typename @include(if: true) ".repeat(n));
        let cases = [
            (
                "__typename ".repeat(190),
                "__typename ".repeat(600),
                "A document holds 500 tokens at most: send values as variables, and ask in smaller parts.",
            ),
            (
                aliases(10),
                aliases(11),
                "A document gives 10 fields another name at most: ask for lists by their connections, and in smaller parts.",
            ),
            (directives(20), directives(21), "A document has 20 directives at most: leave fields out that are not wanted."),
            (nested(11), nested(14), "Fields stand 15 deep in one another at most: ask for what is further down by its id, with `node`."),
            (
                String::new(),
                nested(30),
                "Brackets stand 20 deep in one another at most: ask in smaller parts, and send values as variables.",
            ),
            (String::new(), "__typename ".repeat(250), "The document asks for more than 200 fields: ask in smaller parts."),
            (
                "__typename @include(if: true) @skip(if: false)".into(),
                "__typename @include(if: true) @skip(if: false) @skip(if: false)".into(),
                "A field has 2 directives at most.",
            ),
            (
                "council(code: \"huntingdonshire\") { framework { indicators(first: 100) { nodes { code } } } }".into(),
                "council(code: \"huntingdonshire\") { framework { indicators(first: 500) { nodes { code title } } } }".into(),
                "The answer could have more than 1,000 fields: ask for smaller pages (`first`), shorter spans (`last`) or fewer fields.",
            ),
        ];
        for (within, beyond, message) in cases {
            let whole = |text: &str| if text.starts_with('{') { text.to_owned() } else { format!("{{ {text} }}") };
            if !within.is_empty() {
                let passed = asked(&client, &whole(&within)).await;
                assert_eq!((passed.status, passed.codes()), (200, vec![]), "{message}: {:#}", passed.body);
            }
            limit(&asked(&client, &whole(&beyond)).await, 400, message);
        }
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let ids = |n: usize| json!({ "ids": vec!["c0"; n] });
        assert_eq!(client.gql(query, ids(99)).await.status, 200);
        limit(&client.gql(query, ids(100)).await, 400, "Variables hold 100 values at most: send them in parts.");
        // The older type is answered 200 with the same words, and a socket with an error.
        let older = client.post("/graphql").json(&json!({ "query": aliases(11) })).send().await.expect("is answered");
        let (status, body): (u16, Value) = (older.status().as_u16(), older.json().await.expect("JSON"));
        assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (200, &json!("LIMIT")));
        let mut socket = Socket::open(&door.url, &world.keeper.token).await;
        socket.ask("1", &aliases(11), json!({})).await;
        let refused = socket.next().await.expect("is told");
        assert_eq!((&refused["type"], &refused["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("LIMIT")));
        door.close();
    })
    .await;
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_given_up_and_lets_go_of_what_it_held() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness.limited(&["operation-seconds=1"]).await;
        let client = door.client(Some(world.keeper.token.clone()));
        // Whoever holds the council's turn keeps a change waiting.
        let turn = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let before = harness.count(world.council, "pack").await;
        let build = json!({ "query": tests::operation("PackBuild"), "variables": { "input": { "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1" } } });
        let late = answer(client.post("/graphql").json(&build)).await;
        limit(&late, 504, "The operation took longer than 1 seconds and was given up: ask in smaller parts.");
        drop(turn);
        assert_eq!(harness.count(world.council, "pack").await, before, "it was given up, and is not done later");
        let done = world.keeper().run("PackBuild", build["variables"].clone()).await.data();
        assert_eq!(done["packBuild"]["userErrors"], json!([]));
        door.close();
    })
    .await;
}

/// How many of so many requests pass.
async fn passed(client: &Client<'_>, tries: usize) -> usize {
    let mut passed = 0;
    for _ in 0..tries {
        passed += usize::from(asked(client, "{ __typename }").await.status == 200);
    }
    passed
}

fn hurried(settings: &[&str]) -> goldenthread::bounds::Bounds {
    let limits = goldenthread::bounds::Limits::of(&settings.iter().map(|setting| setting.parse().expect("a setting")).collect::<Vec<_>>());
    goldenthread::bounds::Bounds { limits, ..Default::default() }
}

#[tokio::test]
async fn whoever_asks_too_often_waits_as_long_as_they_are_told() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let other = harness.person(world.council, "Olga Other", &[]).await;
        let door: Harness = harness.beside(hurried(&["operations-per-actor=6", "operations-per-address=0"])).await;
        let client = door.client(Some(world.keeper.token.clone()));
        assert_eq!(passed(&client, 8).await, 6);
        let response = client.post("/graphql").json(&json!({ "query": "{ __typename }" })).send().await.expect("is answered");
        assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().expect("text")), (429, "11"));
        let body: Value = response.json().await.expect("JSON");
        let words = "You sent more than 6 operations within a minute: wait as long as `Retry-After` says, and ask for more in one.";
        assert_eq!(body["errors"][0], json!({ "message": words, "extensions": { "code": "LIMIT" } }));
        // An upload and a socket's operation are one like any other; a colleague's are their own.
        assert_eq!(client.upload("Q1.xlsx", b"PK".to_vec()).await.status(), 429);
        let mut socket = Socket::open(&door.url, &world.keeper.token).await;
        socket.ask("1", "{ __typename }", json!({})).await;
        let refused = socket.next().await.expect("is told");
        assert_eq!(refused["payload"][0]["message"], format!("{words} That is in 11 seconds."));
        let token = harness.token(other.id, Some(world.council));
        assert_eq!(passed(&door.client(Some(token)), 1).await, 1);
        harness.later(Duration::seconds(11));
        assert_eq!(passed(&client, 2).await, 1);
        harness.later(Duration::seconds(60));
        assert_eq!(passed(&client, 8).await, 6);
        door.close();
    })
    .await;
}

#[tokio::test]
async fn an_address_is_counted_whoever_asks_from_it_and_whatever() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness.beside(hurried(&["operations-per-address=5", "operations-per-actor=0"])).await;
        assert_eq!(passed(&door.visitor(), 2).await, 2);
        assert_eq!(passed(&door.client(Some(world.keeper.token.clone())), 2).await, 2);
        // Tokens that do not hold are counted before they are looked at.
        assert_eq!(asked(&door.client(Some("none".into())), "{ __typename }").await.status, 401);
        assert_eq!(asked(&door.client(Some("none".into())), "{ __typename }").await.status, 429);
        for path in ["/open/huntingdonshire/indicators.csv", "/files/none", "/graphql?query=%7B__typename%7D"] {
            let response = door.visitor().get(path).send().await.expect("is answered");
            assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (429, true), "{path}");
        }
        assert_eq!(Socket::try_connect(&door.url).await.err(), Some(429));
        assert_eq!(door.visitor().get("/healthz").send().await.expect("is answered").status(), 200, "who watches over it is not counted");
        assert_eq!(passed(&door.visitor_from(2), 1).await, 1, "another address is another");
        door.close();
    })
    .await;
}

#[tokio::test]
async fn connections_are_counted_and_given_back() {
    for_each_database(async |harness| {
        let door = harness.limited(&["connections-per-address=3"]).await;
        let address = door.url.trim_start_matches("http://").to_owned();
        let mut held = Vec::new();
        for _ in 0..3 {
            held.push(super::slow::Raw::open(&address).await);
        }
        for raw in &mut held {
            assert!(raw.ask("/healthz").await.starts_with("HTTP/1.1 200"));
        }
        let mut beyond = super::slow::Raw::open(&address).await;
        assert_eq!(beyond.ask("/healthz").await, "", "is closed without a word");
        held.pop();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while super::slow::Raw::open(&address).await.ask("/healthz").await.is_empty() {
            assert!(std::time::Instant::now() < until, "a closed connection frees its place");
        }
        door.close();
    })
    .await;
}
