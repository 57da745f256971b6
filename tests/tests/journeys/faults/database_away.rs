//! PostgreSQL ended at once under traffic, and started again: the service stays, says what is so, and goes on by itself.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{Cluster, Harness, Served};

use super::acts::Office;

/// Requests under way when the database goes.
const ASKING: usize = 8;
/// How soon all is well after the database is back.
const WELL_WITHIN: Duration = Duration::from_secs(10);

/// What one request came to.
#[derive(Debug)]
struct Answered {
    status: u16,
    retry_after: Option<String>,
    body: Value,
}

async fn ask(http: &reqwest::Client, url: &str, token: &str, query: &str) -> Answered {
    let asked = http
        .post(format!("{url}/graphql"))
        .bearer_auth(token)
        .header("accept", "application/graphql-response+json")
        .json(&json!({ "query": query }))
        .send()
        .await
        .expect("the service answers, whatever its database does");
    let retry_after = asked.headers().get("retry-after").map(|value| value.to_str().expect("text").to_owned());
    Answered { status: asked.status().as_u16(), retry_after, body: asked.json().await.expect("JSON") }
}

const QUERY: &str = "{ viewer { name } council(code: \"huntingdonshire\") { framework { indicators(first: 3) { nodes { code } } } } }";

fn is_well(answered: &Answered) -> bool {
    answered.body.get("errors").is_none() && answered.body["data"]["viewer"]["name"] == "Perry Team"
}

/// An answer is right, or says that the database is away and when to come again.
fn is_honest(answered: &Answered) {
    if is_well(answered) {
        return;
    }
    let error = &answered.body["errors"][0];
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{answered:?}");
    assert_eq!(error["extensions"]["retryAfterSeconds"], 5, "{answered:?}");
    let message = error["message"].as_str().expect("a sentence");
    assert!(message.starts_with("The service cannot reach what it keeps its data in."), "{message}");
    if answered.body.get("data").is_none() {
        assert_eq!((answered.status, answered.retry_after.as_deref()), (503, Some("5")), "{answered:?}");
    }
}

#[tokio::test]
async fn a_database_that_ends_and_comes_back_costs_clean_errors_and_nothing_else() {
    let Some(cluster) = Cluster::start() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let harness = Harness::start(&cluster.url, folder.path()).await;
    let office = Office::open(&harness).await;
    let token = office.keeper().token.clone();
    let node = Served::start(&harness, &[("RUST_LOG", "error")]);
    let http = reqwest::Client::new();
    office.round(&node.url, &http).await;
    assert!(is_well(&ask(&http, &node.url, &token, QUERY).await));

    let mut standing = office.standing().await;
    let asking = || async {
        let mut seen = Vec::new();
        // Until the first that is told so: those who ask just then wait as long as anybody does.
        loop {
            let answered = ask(&http, &node.url, &token, QUERY).await;
            is_honest(&answered);
            let well = is_well(&answered);
            seen.push(well);
            if !well {
                return seen.len();
            }
        }
    };
    let acting = async {
        while let Some(next) = office.attempt(&node.url, &http, &standing).await {
            standing = next;
        }
    };
    let ending = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let cluster = cluster.clone();
        tokio::task::spawn_blocking(move || cluster.crash()).await.expect("runs");
    };
    let many = futures::future::join_all((0..ASKING).map(|_| asking()));
    let (answers, (), ()) = futures::join!(many, acting, ending);
    assert!(answers.iter().sum::<usize>() > ASKING, "some were answered before: {answers:?}");

    // While it is away, every request is told so, and whoever sends traffic here is.
    let away = ask(&http, &node.url, &token, QUERY).await;
    is_honest(&away);
    assert!(!is_well(&away) && away.status == 503, "{away:?}");
    assert_eq!(http.get(format!("{}/healthz", node.url)).send().await.expect("is answered").status(), 200);
    assert_eq!(http.get(format!("{}/readyz", node.url)).send().await.expect("is answered").status(), 503);

    cluster.again();
    let back = Instant::now();
    while !is_well(&ask(&http, &node.url, &token, QUERY).await) {
        assert!(back.elapsed() < WELL_WITHIN, "it does not find its database again");
    }
    // What was acknowledged is there, at most one act more; and everything can be done.
    let found = office.standing().await;
    assert!(found == standing || found.revision == standing.revision + 1, "it said {standing:?}, and there is {found:?}");
    office.round(&node.url, &http).await;
    // What readiness found holds for a second.
    while http.get(format!("{}/readyz", node.url)).send().await.expect("is answered").status() != 200 {
        assert!(back.elapsed() < WELL_WITHIN, "it does not say that it is ready again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let report =
        goldenthread::audit::verify::verify(&harness.app, office.council, &[]).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    assert!(report.is_well(), "{report:?}");
    drop(node);
    harness.stop().await;
}
