//! graphql-transport-ws: every way a socket ends, and what it takes with it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Socket, World, for_each_database};

const WATCH: &str = "subscription($council: String!) { councilActivity(council: $council) { kind } }";

async fn entered(url: &str, token: &str) -> Socket {
    Socket::open(url, token).await
}

async fn closed(mut socket: Socket) -> (u16, String) {
    socket.closed().await.expect("is closed with a code")
}

#[tokio::test]
async fn a_socket_is_closed_with_the_code_the_protocol_has_for_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let (url, token) = (harness.url.as_str(), world.keeper.token.as_str());
        let subscribe =
            json!({ "id": "1", "type": "subscribe", "payload": { "query": WATCH, "variables": { "council": "huntingdonshire" } } });
        for wrong in
            ["", "{", "[]", r#"{"type":"start"}"#, r#"{"type":"subscribe","id":"1"}"#, r#"{"type":"subscribe","id":1,"payload":{}}"#]
        {
            let mut socket = entered(url, token).await;
            socket.send_text(wrong).await;
            assert_eq!(closed(socket).await, (4400, "Invalid message".into()), "{wrong}");
            let mut early = Socket::connect(url).await;
            early.send_text(wrong).await;
            assert_eq!(closed(early).await.0, 4400, "before anybody is let in: {wrong}");
        }

        let mut early = Socket::connect(url).await;
        early.send(&subscribe).await;
        assert_eq!(closed(early).await, (4401, "Unauthorized".into()));

        let mut twice = entered(url, token).await;
        twice.send(&subscribe).await;
        assert_eq!(twice.next().await.expect("is told")["type"], "next");
        twice.send(&subscribe).await;
        assert_eq!(closed(twice).await, (4409, "Subscriber for 1 already exists".into()));

        let mut again = entered(url, token).await;
        again.send(&json!({ "type": "connection_init" })).await;
        assert_eq!(closed(again).await, (4429, "Too many initialisation requests".into()));

        let mut forbidden = Socket::connect(url).await;
        forbidden.send(&json!({ "type": "connection_init", "payload": { "Authorization": "Bearer none" } })).await;
        assert_eq!(closed(forbidden).await, (4403, "Forbidden".into()));

        let mut large = entered(url, token).await;
        large.send_text(&format!(r#"{{"type":"ping","payload":{{"a":"{}"}}}}"#, "x".repeat(1 << 20))).await;
        assert_eq!(closed(large).await, (1009, "The message is too large".into()));
    })
    .await;
}

#[tokio::test]
async fn an_id_is_free_again_once_its_operation_is_over() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let mut socket = entered(&harness.url, &world.keeper.token).await;
        let ask = r#"query { council(code: "huntingdonshire") { code } }"#;
        for _ in 0..3 {
            socket.ask("1", ask, json!({})).await;
            let answer = socket.next().await.expect("is answered");
            assert_eq!(answer["payload"]["data"]["council"]["code"], "huntingdonshire");
            assert_eq!(socket.next().await, Some(json!({ "type": "complete", "id": "1" })));
        }
        // One that cannot be executed ends with its errors, and with nothing after them.
        socket.ask("1", "{ nothing }", json!({})).await;
        let refused = socket.next().await.expect("is answered");
        assert_eq!((&refused["type"], &refused["payload"][0]["extensions"]["code"]), (&json!("error"), &json!("BAD_USER_INPUT")));
        // A client that has enough says so: nothing more comes, and the id is free.
        socket.ask("1", WATCH, json!({ "council": "huntingdonshire" })).await;
        assert_eq!(socket.next().await.expect("is told")["payload"]["data"]["councilActivity"]["kind"], "WATCHING");
        socket.send(&json!({ "type": "complete", "id": "1" })).await;
        socket.send(&json!({ "type": "complete", "id": "another" })).await;
        socket.ask("1", ask, json!({})).await;
        assert_eq!(socket.next().await.expect("is answered")["payload"]["data"]["council"]["code"], "huntingdonshire");
        assert_eq!(socket.next().await, Some(json!({ "type": "complete", "id": "1" })));
        socket.send(&json!({ "type": "ping", "payload": { "n": 7 } })).await;
        assert_eq!(socket.next().await, Some(json!({ "type": "pong", "payload": { "n": 7 } })));
    })
    .await;
}

#[tokio::test]
async fn who_never_says_who_they_are_and_who_is_silent_are_let_go_and_free_their_place() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness.limited(&["socket-init-seconds=1", "socket-silence-seconds=2", "sockets-per-actor=1"]).await;
        let token = world.keeper.token.as_str();
        let started = Instant::now();
        assert_eq!(closed(Socket::connect(&door.url).await).await, (4408, "Connection initialisation timeout".into()));
        assert!(started.elapsed() >= Duration::from_secs(1));

        // A client whose machine is gone answers no pings: this one is not looked after until it was let go.
        let mut gone = entered(&door.url, token).await;
        gone.ask("1", WATCH, json!({ "council": "huntingdonshire" })).await;
        assert_eq!(refused(&door.url, token).await, (4429, "You have 1 sockets open: watch over one of them.".into()));
        let until = Instant::now() + Duration::from_secs(20);
        let mut free = false;
        while !free && Instant::now() < until {
            free = tokio::time::timeout(Duration::from_secs(1), allowed(&door.url, token)).await.unwrap_or(false);
        }
        assert!(free, "its place is free again");
        assert_eq!(closed(gone).await.0, 4408);
        // One that answers pings stays, though it says nothing itself.
        let mut quiet = entered(&door.url, token).await;
        let said = tokio::time::timeout(Duration::from_secs(5), quiet.next()).await;
        assert!(said.is_err(), "{said:?}");
        door.close();
    })
    .await;
}

/// How a socket of somebody's ends who has enough of them.
async fn refused(url: &str, token: &str) -> (u16, String) {
    let mut socket = Socket::connect(url).await;
    socket.send(&json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } })).await;
    closed(socket).await
}

/// Whether a socket of somebody's is let in.
async fn allowed(url: &str, token: &str) -> bool {
    let mut socket = Socket::connect(url).await;
    socket.send(&json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } })).await;
    socket.next().await == Some(json!({ "type": "connection_ack" }))
}

#[tokio::test]
async fn sockets_and_what_they_have_under_way_are_counted() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let door = harness.limited(&["socket-operations=2", "sockets-per-address=2"]).await;
        let mut one = entered(&door.url, &world.keeper.token).await;
        let two = entered(&door.url, &world.keeper.token).await;
        assert_eq!(Socket::try_connect(&door.url).await.err(), Some(429));
        drop(two);
        let until = Instant::now() + Duration::from_secs(20);
        while Socket::try_connect(&door.url).await.is_err() {
            assert!(Instant::now() < until, "a closed socket frees its place");
        }
        for id in ["1", "2"] {
            one.ask(id, WATCH, json!({ "council": "huntingdonshire" })).await;
            assert_eq!(one.next().await.expect("is told")["id"], id);
        }
        one.ask("3", WATCH, json!({ "council": "huntingdonshire" })).await;
        let refused = one.next().await.expect("is told");
        let expected = json!([{
            "message": "A socket has 2 operations under way at once: complete one first.",
            "extensions": { "code": "LIMIT" },
        }]);
        assert_eq!((&refused["type"], &refused["id"], &refused["payload"]), (&json!("error"), &json!("3"), &expected));
        one.send(&json!({ "type": "complete", "id": "1" })).await;
        one.ask("3", WATCH, json!({ "council": "huntingdonshire" })).await;
        assert_eq!(one.next().await.expect("is told")["payload"]["data"]["councilActivity"]["kind"], Value::from("WATCHING"));
        door.close();
    })
    .await;
}
