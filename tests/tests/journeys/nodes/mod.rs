//! Several nodes on one PostgreSQL: what is done at one is known at all. On SQLite there is one node, and nothing to say.

mod bucket;
mod news;
mod replica;
mod stopping;
mod three;
mod upgrade;

use std::time::{Duration, Instant};

use goldenthread::app::Clock;
use sea_orm::DbBackend;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, Socket, World};

const WATCH: &str = "subscription($council: String!) { councilActivity(council: $council) { kind fileName importEvent } }";

/// A council whose keeper has a token of today, as the nodes' clocks are the system's.
pub struct Stage<'a> {
    pub world: World<'a>,
    pub keeper: Person,
}

impl<'a> Stage<'a> {
    /// Sets it; none on SQLite.
    pub async fn set(harness: &'a Harness) -> Option<Stage<'a>> {
        if harness.app.db.backend() != DbBackend::Postgres {
            return None;
        }
        Some(Self::anywhere(harness).await)
    }

    /// Sets it on any database.
    pub async fn anywhere(harness: &'a Harness) -> Stage<'a> {
        let world = World::new(harness, "huntingdonshire").await;
        harness.app.clock.set(Clock::System.now());
        let keeper = Person { token: harness.token(world.keeper.id, Some(world.council)), ..world.keeper.clone() };
        Self { world, keeper }
    }

    /// The keeper at a node.
    pub fn at(&self, url: &str) -> Client<'a> {
        self.world.harness.sign_in(&self.keeper).at(url)
    }

    /// Watches the council at a node.
    pub async fn watching(&self, url: &str) -> Socket {
        let mut socket = Socket::open(url, &self.keeper.token).await;
        let payload = json!({ "query": WATCH, "variables": { "council": self.world.code } });
        socket.send(&json!({ "id": "1", "type": "subscribe", "payload": payload })).await;
        assert_eq!(event(&mut socket).await.0["kind"], "WATCHING");
        socket
    }

    /// Enters a figure at a node, whatever is held.
    pub async fn enter(&self, url: &str, value: usize) -> Value {
        let figure = json!({ "indicator": "PL01", "period": "2024/25 Q1", "value": value.to_string() });
        let input =
            json!({ "council": self.world.code, "figures": [figure], "acknowledge": [{ "code": "CHG-003", "reason": "Counted again." }] });
        let document =
            "mutation($input: ValuesRecordInput!) { valuesRecord(input: $input) { import { state } userErrors { code message } } }";
        self.at(url).gql(document, json!({ "input": input })).await.data()["valuesRecord"].clone()
    }

    /// The figure as a node reads it.
    pub async fn figure(&self, url: &str) -> Value {
        let query =
            "query($c: String!) { council(code: $c) { indicator(code: \"PL01\") { series(until: \"2024/25 Q1\", last: 1) { value } } } }";
        self.at(url).gql(query, json!({ "c": self.world.code })).await.data()["council"]["indicator"]["series"][0]["value"].clone()
    }
}

/// The next event of a watch, and when it came.
pub async fn event(socket: &mut Socket) -> (Value, Instant) {
    let message = tokio::time::timeout(Duration::from_secs(20), socket.next()).await.expect("in time").expect("an event");
    assert_eq!(message["type"], "next", "{message}");
    (message["payload"]["data"]["councilActivity"].clone(), Instant::now())
}
