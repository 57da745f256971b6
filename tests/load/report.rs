//! One run from the empty database to the printed table.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Client;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use serde_json::json;
use tests::{Harness, operation};

use crate::generate::{self, Council, INDICATORS, MONTHS, UNTIL};
use crate::process::{Server, memory, postmaster, seconds, seconds_with_children};
use crate::traffic::{CONNECTIONS, Case, drive};
use crate::{Measure, cases, imports};

/// Returns sent one after another: one for each of so many councils.
const RETURNS: usize = 5;

/// Generates, starts, measures, prints.
pub async fn run(asked: &Measure) {
    let begun = Instant::now();
    println!("Processors: {}. Load of the machine before: {}.", processors(), load_average());
    let councils = generate::councils(&asked.database, &asked.folder, asked.councils).await;
    settle(&asked.database).await;
    println!("{} councils of {INDICATORS} indicators and {MONTHS} months, made in {:.0?}.", councils.len(), begun.elapsed());
    println!("SQL statements of one Scorecard: {}.\n", statements(asked, &councils[0]).await);

    let client = Client::new();
    let product = Server::start(
        Command::new(&asked.product)
            .args(["serve", "--listen", &free_address()])
            .arg("--data")
            .arg(&asked.folder)
            .env("DATABASE_URL", &asked.database)
            .env("RUST_LOG", "warn"),
    );
    let (resting, _) = memory(product.pid());
    println!("| at {CONNECTIONS} connections | requests | a second | p50 ms | p99 ms | server CPU ms | database CPU ms | CPU ms |");
    println!("|---|---|---|---|---|---|---|---|");
    let product_measured = Measured { asked, server: &product };
    let cases = cases::scorecards(&product.url, &councils, &client).await;
    let scorecard = product_measured.row("Scorecard (300 × 12)", cases, asked.requests).await;
    let baseline = match asked.cluster {
        None => None,
        Some(_) => {
            let handler = Server::start(Command::new(std::env::current_exe().expect("this program is a file")).args([
                "baseline",
                "--database",
                &asked.database,
            ]));
            let cases = cases::baseline(&handler.url, &councils, &client).await;
            Some(Measured { asked, server: &handler }.row("Hand-written handler", cases, asked.requests).await)
        }
    };
    let cases = cases::indicators(&product.url, &councils, &client).await;
    product_measured.row("Indicator", cases, asked.requests * 4).await;
    let cases = cases::lists(&product.url, &councils, &client).await;
    product_measured.row("List (page of 50)", cases, asked.requests * 3).await;
    if let Some(baseline) = baseline {
        println!("\nScorecard against the hand-written handler, processor time: {:.2} times.", scorecard / baseline);
    }
    let (now, most) = memory(product.pid());
    println!("Memory of the server: {resting:.0} MiB at rest, {now:.0} MiB after, {most:.0} MiB at most.");
    for timing in imports::returns(&product.url, &councils[..RETURNS.min(councils.len())], &client).await {
        let milliseconds = |taken: Duration| taken.as_secs_f64() * 1_000.0;
        let (planned, accepted) = (milliseconds(timing.planned), milliseconds(timing.accepted));
        println!(
            "Return of {INDICATORS} rows: planned in {planned:.0} ms, accepted in {accepted:.0} ms, {:.0} ms in all.",
            planned + accepted
        );
    }
    println!("Load of the machine after: {}.", load_average());
}

struct Measured<'a> {
    asked: &'a Measure,
    server: &'a Server,
}

impl Measured<'_> {
    /// Measures one kind of question, prints its row and answers milliseconds of processor time a request.
    async fn row(&self, name: &str, cases: Vec<Case>, count: usize) -> f64 {
        let cases = Arc::new(cases);
        // Connections, prepared statements and caches of the database are warm before anything is counted.
        drive(Arc::clone(&cases), CONNECTIONS.max(count / 10)).await;
        let before = self.processor_time();
        let run = drive(cases, count).await;
        let after = self.processor_time();
        let each = |seconds: f64| seconds * 1_000.0 / count as f64;
        let (server, database) = (each(after.0 - before.0), each(after.1 - before.1));
        println!(
            "| {name} | {count} | {:.1} | {:.0} | {:.0} | {server:.1} | {database:.1} | {:.1} |",
            run.requests_a_second(),
            run.percentile(50),
            run.percentile(99),
            server + database
        );
        server + database
    }

    fn processor_time(&self) -> (f64, f64) {
        let database = self.asked.cluster.as_deref().map_or(0.0, |cluster| seconds_with_children(postmaster(cluster)));
        (seconds(self.server.pid()), database)
    }
}

/// Leaves PostgreSQL as its own housekeeping would after a while.
async fn settle(url: &str) {
    if !url.starts_with("postgres") {
        return;
    }
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await.expect("the database answers");
    connection.execute_unprepared("VACUUM (ANALYZE)").await.expect("is vacuumed");
    connection.close().await.expect("closes");
}

/// Statements of one scorecard, counted in a product inside this process; opening and closing the transaction apart.
async fn statements(asked: &Measure, council: &Council) -> u64 {
    let harness = Harness::start(&asked.database, &asked.folder).await;
    let somebody = harness.client(Some(harness.token(council.person, Some(council.id))));
    let variables = json!({ "council": council.code, "period": UNTIL });
    let (statements, answer) = harness.statements(somebody.gql(operation("Scorecard"), variables)).await;
    drop(answer.data());
    drop(somebody);
    harness.stop().await;
    statements
}

/// The product is told where to listen: an address that was free a moment ago.
fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
