//! Three nodes of the released program on one PostgreSQL, with a replica and a bucket: under load, killed, and replaced one
//! after another.

use std::cell::Cell;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::{Value, json};
use tests::{Bucket, Cluster, Harness, Served, workbook};

use super::{Stage, event};

/// Workbooks that are sent at once.
const JOBS: usize = 200;
/// Within which an event of one node is seen at another.
const TOLD_WITHIN: Duration = Duration::from_secs(1);

async fn number(owner: &DatabaseConnection, sql: &str) -> i64 {
    let row = owner.query_one_raw(Statement::from_string(owner.get_database_backend(), sql)).await.expect("counts").expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// Sends workbooks that tell themselves from one another by their figures, to each node in turn; nobody waits for their plans.
async fn send(stage: &Stage<'_>, nodes: &[&str], figures: std::ops::Range<usize>) {
    for n in figures {
        let keeper = stage.at(nodes[n % nodes.len()]);
        let bytes = workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", n % 100], ["WM02", "2024-04", n]]));
        let kept: Value = keeper.upload(&format!("return-{n}.xlsx"), bytes).await.json().await.expect("JSON");
        let input = json!({ "council": stage.world.code, "upload": kept["upload"] });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        assert_eq!(data["importSubmit"]["userErrors"], json!([]));
    }
}

async fn until_done(owner: &DatabaseConnection, within: Duration) {
    let since = Instant::now();
    while number(owner, "SELECT count(*) FROM job WHERE finished_at IS NULL").await > 0 {
        assert!(since.elapsed() < within, "{} jobs are left", number(owner, "SELECT count(*) FROM job WHERE finished_at IS NULL").await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn three_nodes_do_each_job_once_tell_one_another_and_survive_one_that_is_killed() {
    let Some(primary) = Cluster::start() else { return };
    let (replica, bucket, folder) = (primary.replica(), Bucket::start().await, tempfile::tempdir().expect("a folder"));
    let harness = Harness::start(&primary.url, folder.path()).await;
    let stage = Stage::anywhere(&harness).await;
    let owner = crate::installation::connect(&primary.url).await;
    let place = [("GOLDENTHREAD_FILES", "s3://performance"), ("GOLDENTHREAD_REPLICA_URL", replica.url.as_str())];
    let settings =
        [&place[..], &bucket.environment(), &[("GOLDENTHREAD_LIMITS", "operations-per-actor=0,operations-per-address=0")]].concat();
    let (one, two, three) = (Served::start(&harness, &settings), Served::start(&harness, &settings), Served::start(&harness, &settings));
    let nodes = [one.url.as_str(), &two.url, &three.url];

    // Every job once, whoever it was sent to.
    let since = Instant::now();
    let before = number(&owner, "SELECT count(*) FROM job").await;
    send(&stage, &nodes, 0..JOBS).await;
    until_done(&owner, Duration::from_secs(300)).await;
    eprintln!("{JOBS} workbooks were sent and planned by three nodes within {:?}", since.elapsed());
    assert_eq!(number(&owner, "SELECT count(*) FROM job").await - before, i64::try_from(JOBS).expect("fits"));
    assert_eq!(number(&owner, "SELECT count(*) FROM job WHERE state <> 'DONE' OR attempts <> 1").await, 0, "each was claimed once");
    assert_eq!(number(&owner, "SELECT count(*) FROM import WHERE state NOT IN ('PLANNED', 'ACCEPTED')").await, 0);

    // What is done at the first is told at the third, and read at once at any.
    let mut watch = stage.watching(&three.url).await;
    for value in 40..45 {
        let entered = stage.enter(&one.url, value).await;
        let answered = Instant::now();
        assert_eq!(entered["userErrors"], json!([]));
        while event(&mut watch).await.0["importEvent"] != "ACCEPTED" {}
        assert!(answered.elapsed() < TOLD_WITHIN, "{:?}", answered.elapsed());
        for node in nodes {
            assert_eq!(stage.figure(node).await, json!(value.to_string()), "at {node}");
        }
    }

    // One dies without a word in the middle of its work: the others do that too, once its leases end.
    send(&stage, &[one.url.as_str(), &three.url], JOBS..JOBS + 30).await;
    drop(two);
    let killed = Instant::now();
    until_done(&owner, Duration::from_secs(120)).await;
    eprintln!("30 jobs, of which a killed node had some in hand, were done {:?} after it was killed", killed.elapsed());
    assert_eq!(number(&owner, "SELECT count(*) FROM job WHERE state <> 'DONE' OR attempts > 2").await, 0);
    assert_eq!(number(&owner, "SELECT count(*) FROM import WHERE state NOT IN ('PLANNED', 'ACCEPTED')").await, 0);
    owner.close().await.expect("closes");
    harness.stop().await;
}

/// Asks like a client that knows three nodes: where one takes no connection, or hangs up, it asks the next.
async fn asked(http: &reqwest::Client, nodes: &[String], at: usize, token: &str, body: &Value) -> Result<Value, String> {
    let mut last = String::new();
    for n in 0..nodes.len() * 4 {
        let node = &nodes[(at + n) % nodes.len()];
        let request = http.post(format!("{node}/graphql")).bearer_auth(token).json(body);
        match request.send().await {
            Ok(answer) if answer.status() == 200 => {
                let answer: Value = answer.json().await.map_err(|why| format!("half an answer of {node}: {why}"))?;
                return if answer.get("errors").is_none() { Ok(answer["data"].clone()) } else { Err(answer.to_string()) };
            }
            Ok(answer) => return Err(format!("{node} answered {}: {}", answer.status(), answer.text().await.unwrap_or_default())),
            Err(why) => {
                last = format!("{node}: {why:?}");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
    Err(last)
}

#[tokio::test]
async fn nodes_are_replaced_one_after_another_and_nobody_is_refused() {
    tests::for_each_database(async |harness| {
        let Some(stage) = Stage::set(harness).await else { return };
        let settings = [("GOLDENTHREAD_LIMITS", "operations-per-actor=0,operations-per-address=0")];
        let mut served: Vec<Option<Served>> = (0..3).map(|_| Some(Served::start(harness, &settings))).collect();
        let nodes: Vec<String> = served.iter().flatten().map(|node| node.url.clone()).collect();
        let (over, answers) = (Cell::new(false), Cell::new(0));
        let query = "query($c: String!) { council(code: $c) { indicator(code: \"PL01\") { code series(until: \"2024/25 Q1\", last: 1) { period } } } }";
        let read = json!({ "query": query, "variables": { "c": stage.world.code } });
        let reading = async |client: usize| {
            let http = reqwest::Client::new();
            let mut n = client;
            while !over.get() {
                let answer = asked(&http, &nodes, n, &stage.keeper.token, &read).await;
                let answer = answer.unwrap_or_else(|why| panic!("request {n} of client {client}: {why}"));
                assert_eq!(answer["council"]["indicator"]["series"].as_array().map(Vec::len), Some(1));
                answers.set(answers.get() + 1);
                n += 1;
            }
        };
        let writing = async {
            let http = reqwest::Client::new();
            let mut n = 0;
            while !over.get() {
                let figure = json!({ "indicator": "PL01", "period": "2024/25 Q1", "value": (70 + n % 5).to_string() });
                let input = json!({ "council": stage.world.code, "figures": [figure], "acknowledge": [{ "code": "CHG-003", "reason": "Counted." }] });
                let document = "mutation($input: ValuesRecordInput!) { valuesRecord(input: $input) { import { state } userErrors { code } } }";
                let body = json!({ "query": document, "variables": { "input": input } });
                let answer = asked(&http, &nodes, n, &stage.keeper.token, &body).await.unwrap_or_else(|why| panic!("change {n}: {why}"));
                assert_eq!(answer["valuesRecord"]["userErrors"], json!([]));
                n += 1;
            }
        };
        let replacing = async {
            for node in &mut served {
                let old = node.take().expect("it runs");
                // Whoever waits for it keeps nobody from asking.
                let (new, code) = tokio::task::spawn_blocking(move || old.replaced()).await.expect("is replaced");
                assert_eq!(code, 0);
                *node = Some(new);
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            over.set(true);
        };
        tokio::join!(reading(0), reading(1), reading(2), reading(3), writing, replacing);
        eprintln!("{} queries were answered while three nodes were replaced", answers.get());
        assert!(answers.get() > 50, "{}", answers.get());
    })
    .await;
}
