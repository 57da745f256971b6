//! Clients that others wrote, as frontends have them: pages, uploads, subscriptions, and a service that goes away meanwhile.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{Client, Harness, Node, Served, World, for_each_database, node, workbook};

use crate::imports::first_quarter;

const SETTINGS: [(&str, &str); 1] = [("GOLDENTHREAD_LIMITS", "socket-init-seconds=5")];

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Base64, which JSON can carry a workbook in.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

/// Every indicator's code, as one page has them.
async fn codes(keeper: &Client<'_>) -> Vec<Value> {
    let query = r#"{ council(code: "huntingdonshire") { framework { indicators(first: 500) { nodes { code } } } } }"#;
    let data = keeper.gql(query, json!({})).await.data();
    let nodes = data["council"]["framework"]["indicators"]["nodes"].as_array().expect("indicators").clone();
    nodes.into_iter().map(|node| node["code"].clone()).collect()
}

/// What both clients do, with the real program, which is stopped twice meanwhile: as whoever runs it stops it, and outright.
async fn as_a_frontend(harness: &Harness, script: &str) -> Node {
    let world = World::new(harness, "huntingdonshire").await;
    let expected = codes(&world.keeper()).await;
    assert!(expected.len() > 4, "pages need rows: {expected:?}");
    // The real program has the system's clock.
    harness.app.clock.set(chrono::DateTime::from(std::time::SystemTime::now()));
    let token = harness.token(world.keeper.id, Some(world.council));
    let bytes = workbook("Return", &first_quarter());
    let mut served = Served::start(harness, &SETTINGS);
    let told = json!({ "url": served.url, "council": "huntingdonshire", "token": token, "workbook": base64(&bytes) });
    let mut client = Node::start(script, &told).await;

    let pages = client.step(&json!({ "do": "pages", "first": 2 })).await;
    assert_eq!(pages, json!({ "asked": expected.len().div_ceil(2), "totalCount": expected.len(), "codes": expected }), "{script}");

    let watching = client.step(&json!({ "do": "watch" })).await;
    assert_eq!((&watching["kind"], &watching["opened"]), (&json!("WATCHING"), &json!(1)), "{script}: {watching}");
    let upload = json!({ "fileName": "Q1 return.xlsx", "sha256": sha256(&bytes), "userErrors": [] });
    assert_eq!(client.step(&json!({ "do": "upload" })).await, upload, "{script}");
    let planned = client.step(&json!({ "do": "event" })).await;
    assert_eq!((&planned["kind"], &planned["importEvent"]), (&json!("IMPORT"), &json!("PLANNED")), "{script}: {planned}");

    // Told to stop, the service says so to its sockets and ends by itself; the client comes again when there is one.
    assert_eq!(served.terminate(), 0, "{script}");
    let served = served.again(harness, &SETTINGS);
    let again = client.step(&json!({ "do": "event" })).await;
    assert_eq!((&again["kind"], &again["opened"]), (&json!("WATCHING"), &json!(2)), "{script}: {again}");
    // Killed, it says nothing.
    let _served = served.again(harness, &SETTINGS);
    let again = client.step(&json!({ "do": "event" })).await;
    assert_eq!((&again["kind"], &again["opened"]), (&json!("WATCHING"), &json!(3)), "{script}: {again}");
    assert_eq!(client.step(&json!({ "do": "upload" })).await, upload, "{script}");
    let planned = client.step(&json!({ "do": "event" })).await;
    assert_eq!((&planned["kind"], &planned["importEvent"]), (&json!("IMPORT"), &json!("PLANNED")), "{script}: {planned}");
    if script == "apollo.mjs" {
        // Documents are not known by their hash: Apollo is told so in words it knows, and sends the text.
        assert_eq!(client.step(&json!({ "do": "persisted" })).await, json!({ "code": "huntingdonshire" }));
    }
    client
}

#[tokio::test]
async fn apollo_client_pages_uploads_watches_and_comes_back() {
    for_each_database(async |harness| {
        let mut client = as_a_frontend(harness, "apollo.mjs").await;
        client.tell(&json!({ "do": "end" })).await;
    })
    .await;
}

#[tokio::test]
async fn urql_pages_uploads_watches_and_comes_back() {
    for_each_database(async |harness| {
        let mut client = as_a_frontend(harness, "urql.mjs").await;
        client.tell(&json!({ "do": "end" })).await;
    })
    .await;
}

#[tokio::test]
async fn graphql_ws_asks_watches_and_is_told_why_it_is_closed() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let told = json!({ "url": harness.url, "council": "huntingdonshire", "token": world.keeper.token }).to_string();
        let said = node("sockets.mjs", &[&told]).await;
        assert_eq!(
            said,
            json!({
                "query": [{ "data": { "council": { "code": "huntingdonshire" } } }],
                "refused": { "results": [], "codes": ["BAD_USER_INPUT"] },
                "watched": ["WATCHING"],
                "ponged": true,
                "forbidden": { "code": 4403, "reason": "Forbidden" },
            })
        );
    })
    .await;
}
