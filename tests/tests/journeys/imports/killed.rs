//! The service killed outright while it reads, plans, keeps a plan or accepts one, and started again: an import is whole
//! or untouched.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use goldenthread::app::Clock;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{Harness, Person, SECRET, World, for_each_database, framework_of, operation, program, workbook};

use super::decisions::{UNDO, state};

/// Figures of the return: two quarters of each indicator that is not of the small framework's own.
const FIGURES: usize = 2 * (INDICATORS - 5);
const INDICATORS: usize = 300;
/// How often the service is killed, at instants spread from its start to past the end of what it does.
const KILLS: u32 = 9;

/// The product's own server, as a process of its own on the journey's database and files.
struct Node {
    child: Child,
    url: String,
}

impl Node {
    /// Starts it, and comes back when it serves.
    fn start(harness: &Harness) -> Self {
        std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
        // Another journey may take the port between its being found free and its being bound.
        (0..5).find_map(|_| Self::started(harness)).expect("serves at one of five ports")
    }

    fn started(harness: &Harness) -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
        let mut child = Command::new(program())
            .arg("serve")
            .env("DATABASE_URL", &harness.database)
            .env("GOLDENTHREAD_DATA", &harness.folder)
            .env("GOLDENTHREAD_LISTEN", free.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut said).expect("says that it serves");
        let node = Self { child, url: format!("http://{free}") };
        said.contains("serves").then_some(node)
    }

    /// As `kill -9` does.
    fn kill(self) {
        drop(self);
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A return that tells itself from the others by its figures.
fn figures(of: u32) -> Vec<u8> {
    let mut rows = vec![json!(["Ref", "Period", "Result"])];
    for n in 6..=INDICATORS {
        for quarter in ["2024/25 Q1", "2024/25 Q2"] {
            rows.push(json!([format!("IX{n:03}"), quarter, n + 1_000 * of as usize]));
        }
    }
    workbook("Return", &json!(rows))
}

struct Stage<'a> {
    world: World<'a>,
    /// The keeper with a token of today.
    keeper: Person,
}

impl<'a> Stage<'a> {
    async fn set(harness: &'a Harness) -> Stage<'a> {
        let world = World::with(harness, "huntingdonshire", &framework_of("huntingdonshire", INDICATORS)).await;
        harness.app.clock.set(Clock::System.now());
        let keeper = Person { token: harness.token(world.keeper.id, Some(world.council)), ..world.keeper.clone() };
        Stage { world, keeper }
    }

    fn client(&self) -> tests::Client<'a> {
        self.world.harness.sign_in(&self.keeper)
    }

    /// Sends a return and leaves it waiting.
    async fn queued(&self, of: u32) -> String {
        let client = self.client();
        let kept: Value = client.upload("large.xlsx", figures(of)).await.json().await.expect("JSON");
        let input = json!({ "council": "huntingdonshire", "upload": kept["upload"] });
        let data = client.run("ImportSubmit", json!({ "input": input })).await.data();
        data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
    }

    /// Waits until an import is read by whoever reads it.
    async fn settled(&self, id: &str) {
        let mut socket = self.world.harness.socket(&self.keeper).await;
        socket.subscribe("watch", "ImportProgress", json!({ "id": id })).await;
        while socket.next().await.is_some_and(|message| message["type"] != "complete") {}
    }

    async fn count(&self, from: &str) -> usize {
        usize::try_from(self.world.harness.count(self.world.council, from).await).expect("a count")
    }

    /// Rows of an import's plan.
    async fn rows(&self, id: &str) -> usize {
        let uuid = tests::uuid_of(&json!(id));
        let id = match self.world.harness.app.db.backend() {
            sea_orm::DbBackend::Postgres => format!("'{uuid}'"),
            _ => format!("x'{}'", uuid.simple()),
        };
        self.count(&format!("import_change WHERE import_id = {id}")).await
    }

    /// Nothing of it, or all of it.
    async fn is_whole_or_untouched(&self, id: &str, at: Duration) {
        let now = state(&self.client(), id).await["state"].as_str().expect("a state").to_owned();
        match now.as_str() {
            "QUEUED" | "READING" => assert_eq!(self.rows(id).await, 0, "killed after {at:?}, {now}"),
            "PLANNED" => assert_eq!(self.rows(id).await, FIGURES, "killed after {at:?}"),
            other => panic!("killed after {at:?} it is {other}"),
        }
    }

    /// Lets the lease of whoever was killed end, without waiting for it.
    async fn lease_ends(&self) {
        let tx = self.world.harness.app.db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        tx.execute_unprepared("UPDATE job SET lease_until = '2024-01-01 00:00:00+00:00' WHERE state = 'RUNNING'").await.expect("ends");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    }
}

#[tokio::test]
async fn killed_while_it_plans_it_finishes_after_the_next_start() {
    for_each_database(async |harness| {
        let stage = Stage::set(harness).await;
        // Undisturbed, to know what it makes of it and how long that takes.
        let id = stage.queued(0).await;
        let since = Instant::now();
        let node = Node::start(harness);
        stage.settled(&id).await;
        let whole = since.elapsed();
        node.kill();
        assert_eq!(state(&stage.client(), &id).await["state"], "PLANNED");
        assert_eq!(stage.rows(&id).await, FIGURES);
        let held = harness.written(stage.world.council).await;

        for kill in 0..KILLS {
            let id = stage.queued(kill + 1).await;
            let node = Node::start(harness);
            let at = whole * kill / (KILLS - 2);
            tokio::time::sleep(at).await;
            node.kill();
            stage.is_whole_or_untouched(&id, at).await;
            // The first is followed as it would be, by waiting; the others without the wait.
            if kill > 0 {
                stage.lease_ends().await;
            }
            let node = Node::start(harness);
            stage.settled(&id).await;
            node.kill();
            let now = state(&stage.client(), &id).await;
            assert_eq!((&now["state"], stage.rows(&id).await), (&json!("PLANNED"), FIGURES), "killed after {at:?}");
            assert!(now["digest"].is_string());
        }
        assert_eq!(harness.written(stage.world.council).await, held, "a plan changes nothing");
        assert_eq!(stage.count("job WHERE state <> 'DONE'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn killed_while_it_accepts_it_has_done_all_or_nothing() {
    for_each_database(async |harness| {
        let stage = Stage::set(harness).await;
        let client = stage.client();
        let accept = async |url: &str, id: &str| {
            let body = json!({ "query": operation("ImportAccept"), "variables": { "input": { "id": id } } });
            let request = reqwest::Client::new().post(format!("{url}/graphql")).bearer_auth(&stage.keeper.token).json(&body);
            request.send().await.map(drop)
        };
        let current = "observation WHERE superseded_at IS NULL AND NOT withdrawn";
        let planned = async || {
            let id = stage.queued(0).await;
            harness.settle().await;
            assert_eq!(state(&client, &id).await["state"], "PLANNED");
            id
        };
        let id = planned().await;
        let node = Node::start(harness);
        let since = Instant::now();
        accept(&node.url, &id).await.expect("is answered");
        let whole = since.elapsed();
        node.kill();
        assert_eq!(stage.count(current).await, FIGURES);
        let mut taken = vec![id];
        for kill in 0..KILLS {
            let undone = client.gql(UNDO, json!({ "input": { "id": taken.last() } })).await.data();
            assert_eq!(undone["importUndo"]["reversed"], FIGURES);
            let id = planned().await;
            let node = Node::start(harness);
            let at = whole * kill / (KILLS - 2);
            tokio::select! {
                // Answered or not, the service is killed at the instant.
                _ = async { drop(accept(&node.url, &id).await); std::future::pending::<()>().await } => {}
                () = tokio::time::sleep(at) => {}
            }
            node.kill();
            let now = state(&client, &id).await;
            let told = stage.count("audit_event WHERE verb = 'import.accept'").await;
            // The framework's, and one of each figure's import.
            match now["state"].as_str() {
                Some("PLANNED") => {
                    assert_eq!((stage.count(current).await, told), (0, 1 + taken.len()), "killed after {at:?}");
                    assert_eq!((&now["acknowledgements"], &now["decisions"]), (&json!([]), &json!([])));
                    assert_eq!(client.accept(&id, json!({})).await["userErrors"], json!([]), "it is accepted after all");
                }
                Some("ACCEPTED") => assert_eq!(told, 2 + taken.len(), "killed after {at:?}"),
                other => panic!("killed after {at:?} it is {other:?}"),
            }
            assert_eq!(stage.count(current).await, FIGURES, "killed after {at:?}");
            taken.push(id);
        }
    })
    .await;
}

#[tokio::test]
async fn a_workbook_that_ends_the_service_again_and_again_is_given_up_in_plain_words() {
    for_each_database(async |harness| {
        let stage = Stage::set(harness).await;
        let id = stage.queued(0).await;
        let tx = harness.app.db.across_councils("jobs").await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        // As three nodes leave it that died of it.
        let died = "UPDATE job SET state = 'RUNNING', attempts = 3, lease_until = '2024-01-01 00:00:00+00:00' WHERE state = 'QUEUED'";
        tx.execute_unprepared(died).await.expect("is so");
        tx.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        harness.settle().await;
        let query = "query($id: ID!) { node(id: $id) { ... on Import { state failure progress { state done total } } } }";
        let now = stage.client().gql(query, json!({ "id": id })).await.data()["node"].clone();
        assert_eq!((&now["state"], &now["progress"]["state"]), (&json!("REFUSED"), &json!("REFUSED")));
        let failure = now["failure"].as_str().expect("a sentence");
        assert!(
            failure.starts_with("Reading this workbook was begun three times") && failure.contains("nothing of it was taken"),
            "{failure}"
        );
        assert_eq!(stage.rows(&id).await, 0);
        assert_eq!(stage.count("job WHERE state = 'FAILED'").await, 1);
    })
    .await;
}
