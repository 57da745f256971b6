//! Clients that are slow, half there, or gone: each frees what it held, and keeps nobody else waiting.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{World, for_each_database, operation};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection by hand.
pub struct Raw {
    stream: TcpStream,
}

impl Raw {
    pub async fn open(address: &str) -> Self {
        Self { stream: TcpStream::connect(address).await.expect("connects") }
    }

    /// Sends some bytes, if the other side still takes them.
    async fn send(&mut self, text: &str) {
        let _ = self.stream.write_all(text.as_bytes()).await;
    }

    /// The head of a GraphQL request whose body has so many bytes.
    async fn head(&mut self, path: &str, token: &str, bytes: usize) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: journeys\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {bytes}\r\n\r\n"
        );
        self.send(&head).await;
    }

    /// Asks for something and reads the answer's head and what comes with it; nothing when hung up on.
    pub async fn ask(&mut self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: journeys\r\n\r\n")).await;
        let mut bytes = [0; 4096];
        let read = self.stream.read(&mut bytes).await.unwrap_or_default();
        String::from_utf8_lossy(&bytes[..read]).into_owned()
    }

    /// Everything that comes until the other side hangs up.
    async fn rest(mut self) -> String {
        let mut bytes = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(30), self.stream.read_to_end(&mut bytes)).await.expect("is hung up on");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn address(url: &str) -> String {
    url.trim_start_matches("http://").to_owned()
}

#[tokio::test]
async fn a_head_or_a_body_that_does_not_come_is_not_waited_for() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness.limited(&["head-seconds=1", "stall-seconds=1", "body-seconds=3"]).await;
        let at = address(&door.url);
        // Nothing, and a head a byte at a time.
        let started = Instant::now();
        assert_eq!(Raw::open(&at).await.rest().await, "");
        assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
        let mut dripping = Raw::open(&at).await;
        dripping.send("GET /healthz HTTP/1.1\r\nhost: jour").await;
        assert!(!dripping.rest().await.starts_with("HTTP/1.1 200"));
        // A body that stops, by each way in.
        for path in ["/graphql", "/uploads?name=q1.xlsx"] {
            let mut stopped = Raw::open(&at).await;
            stopped.head(path, &world.keeper.token, 1000).await;
            stopped.send("{\"query\":").await;
            let told = stopped.rest().await;
            assert!(told.starts_with("HTTP/1.1 408"), "{path}: {told}");
            assert!(told.contains("\"LIMIT\"") && told.contains("Nothing came for 1 seconds: send the request again."), "{path}: {told}");
        }
        // A body that comes, too slowly.
        let mut slow = Raw::open(&at).await;
        slow.head("/graphql", &world.keeper.token, 1000).await;
        let until = Instant::now() + Duration::from_millis(3500);
        while Instant::now() < until {
            slow.send(" ").await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let told = slow.rest().await;
        assert!(told.starts_with("HTTP/1.1 408") && told.contains("A request is there within 3 seconds"), "{told}");
        door.close();
    })
    .await;
}

#[tokio::test]
async fn a_hundred_slow_senders_keep_nobody_waiting() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let at = address(&harness.url);
        let mut senders = Vec::new();
        for n in 0..100 {
            let mut sender = Raw::open(&at).await;
            sender.head(if n % 2 == 0 { "/graphql" } else { "/uploads?name=q1.xlsx" }, &world.keeper.token, 100_000).await;
            sender.send("{").await;
            senders.push(sender);
        }
        // None of them has a connection to the database in hand: whoever asks meanwhile is answered.
        let query = r#"{ council(code: "huntingdonshire") { code } }"#;
        for _ in 0..20 {
            let answer = tokio::time::timeout(Duration::from_secs(20), world.keeper().gql(query, json!({}))).await.expect("is answered");
            assert_eq!(answer.data()["council"]["code"], "huntingdonshire");
        }
        drop(senders);
    })
    .await;
}

#[tokio::test]
async fn what_a_client_asked_that_went_away_is_not_done() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let input = json!({ "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1" });
        let body = json!({ "query": operation("PackBuild"), "variables": { "input": input } }).to_string();
        let before = harness.holds(world.council).await;
        // Whoever holds the council's turn keeps changes waiting; more ask than there are connections to the database.
        let turn = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let mut asking = Vec::new();
        for _ in 0..40 {
            let mut raw = Raw::open(&address(&harness.url)).await;
            raw.head("/graphql", &world.keeper.token, body.len()).await;
            raw.send(&body).await;
            asking.push(raw);
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(asking);
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(turn);
        let started = Instant::now();
        let query = r#"{ council(code: "huntingdonshire") { code } }"#;
        assert_eq!(world.keeper().gql(query, json!({})).await.data()["council"]["code"], "huntingdonshire");
        assert!(started.elapsed() < Duration::from_secs(5), "what they held is free: {:?}", started.elapsed());
        assert_eq!(harness.holds(world.council).await, before, "nothing of what they asked was done");
        let done = world.keeper().run("PackBuild", json!({ "input": input })).await.data();
        assert_eq!(done["packBuild"]["userErrors"], json!([]));
    })
    .await;
}
