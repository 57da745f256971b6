//! A working day: so many councils of so many people, so many requests a second whatever comes back when, and in the middle the
//! end of a quarter, when every council sends a long workbook at once.
//!
//! Requests leave by the clock, not when the one before was answered: a service that is slow is not spared. A wait counts from
//! when the request was due.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use goldenthread::access::GrantScope;
use goldenthread::access::token::Keys;
use goldenthread::app::Clock;
use reqwest::Client;
use rules::permission::Role;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tests::{Drawn, Harness, operation};

use crate::cases::{LIST, graphql};
use crate::generate::{self, Council, INDICATORS, OPEN, Size, code};
use crate::imports::{Workload, take};
use crate::long::long;
use crate::packs;
use crate::process::{Server, UNHURRIED, memory};
use crate::report::{free_address, load_average, processors, settle};

/// Months every council's workbook is about: 300 indicators × 17 make 5,100 rows.
const MONTHS: u32 = 17;
/// The last month with figures, which takes corrections: the one before those.
const FIGURED: &str = "2022-11";
/// One of so many councils has a pack made beside its workbook.
const PACKS_EVERY: usize = 2;
/// How often the state of an import is asked for.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Connections of the clients, together.
const CONNECTIONS: usize = 64;

#[derive(clap::Args)]
pub struct Steady {
    /// The product's program.
    #[arg(long)]
    product: PathBuf,
    /// An empty database.
    #[arg(long)]
    database: String,
    /// A folder for the product's files.
    #[arg(long)]
    folder: PathBuf,
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// Requests a second.
    #[arg(long, default_value_t = 50)]
    rate: u32,
    #[arg(long, default_value_t = 20)]
    councils: usize,
    /// People of each council.
    #[arg(long, default_value_t = 25)]
    people: usize,
    /// Whether every council sends a workbook in the middle.
    #[arg(long)]
    quarter_end: bool,
}

/// What a request was, when it was due, and how long it took; no time where it failed.
struct Asked {
    what: &'static str,
    due: Instant,
    took: Option<Duration>,
}

pub async fn run(asked: &Steady) {
    println!("Processors: {}. Load of the machine before: {}.", processors(), load_average());
    let size = Size { until: FIGURED, open: MONTHS + 1, ..Size::USUAL };
    let councils = generate::councils(&asked.database, &asked.folder, asked.councils, &size).await;
    let people = people(asked, &councils).await;
    settle(&asked.database).await;
    let server = Server::start(
        Command::new(&asked.product)
            .args(["serve", "--listen", &free_address(), "--data"])
            .arg(&asked.folder)
            .env("DATABASE_URL", &asked.database)
            .env(UNHURRIED.0, UNHURRIED.1)
            .env("RUST_LOG", "warn"),
    );
    println!("{} councils of {INDICATORS} indicators, {} people each; {} requests a second.", councils.len(), asked.people, asked.rate);

    let told = Arc::new(Mutex::new(Vec::new()));
    let client = Client::builder().pool_max_idle_per_host(CONNECTIONS).build().expect("a client");
    let length = Duration::from_secs_f64(asked.minutes * 60.0);
    let quarter = asked.quarter_end.then(|| tokio::spawn(quarter_end(server.url.clone(), councils.clone(), length / 3)));
    let (begun, mut drawn, mut most) = (Instant::now(), Drawn::of(7), 0.0_f64);
    let mut tick = tokio::time::interval(Duration::from_secs(1) / asked.rate);
    let mut minutes = Vec::new();
    while begun.elapsed() < length {
        tick.tick().await;
        let due = Instant::now();
        let of = &people[drawn.below(people.len())];
        let (what, question) = question(&server.url, of, &mut drawn);
        let (client, told) = (client.clone(), Arc::clone(&told));
        tokio::spawn(async move {
            let took = answered(&client, question).await.then(|| due.elapsed());
            told.lock().expect("nobody panicked").push(Asked { what, due, took });
        });
        let minute = begun.elapsed().as_secs() / 60;
        if minutes.len() as u64 <= minute {
            let (now, peak) = memory(server.pid());
            most = most.max(peak);
            minutes.push(now);
        }
    }
    let window = match quarter {
        Some(quarter) => Some(quarter.await.expect("every workbook is taken")),
        None => None,
    };
    tokio::time::sleep(Duration::from_secs(5)).await;
    let told = told.lock().expect("nobody panicked");
    let within = |asked: &Asked| window.as_ref().is_some_and(|(from, until, _)| (*from..*until).contains(&asked.due));
    print("All but the end of the quarter", told.iter().filter(|asked| !within(asked)));
    if let Some((from, until, waits)) = &window {
        print("While workbooks are taken and packs are made", told.iter().filter(|asked| within(asked)));
        print("Of those, one indicator each", told.iter().filter(|asked| within(asked) && asked.what == "Indicator"));
        println!(
            "{} workbooks of {} rows and {} packs at once: all accepted and ready within {:.1?}; the longest workbook took {:.1?}.",
            waits.len(),
            MONTHS as usize * INDICATORS,
            waits.len().div_ceil(PACKS_EVERY),
            *until - *from,
            waits.iter().max().expect("some")
        );
    }
    for what in ["Scorecard", "Indicator", "List", "Collection", "valuesRecord"] {
        print(what, told.iter().filter(|asked| asked.what == what));
    }
    let minutes: Vec<String> = minutes.iter().map(|now| format!("{now:.0}")).collect();
    println!("Memory of the server by the minute, MiB: {}; {most:.0} at most.", minutes.join(" "));
    println!("Load of the machine after: {}.", load_average());
}

/// Everybody who asks: the performance team, and people of every role that looks at figures.
async fn people(asked: &Steady, councils: &[Council]) -> Vec<Council> {
    let harness = Harness::start(&asked.database, &asked.folder).await;
    let keys = Keys::load_or_make(&asked.folder.join("signing.key"), false).unwrap_or_else(|error| panic!("{}", error.log_text()));
    let mut everybody = Vec::new();
    for council in councils {
        let snapshot = harness.app.db.snapshot(council.id).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let sql = "SELECT id FROM element WHERE council_id = $1 AND kind = 'DIRECTORATE'";
        let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [council.id.into()]);
        let rows = snapshot.query_all_raw(statement).await.expect("reads directorates");
        drop(snapshot);
        let directorates: Vec<_> = rows.iter().map(|row| GrantScope::Element(row.try_get_by_index(0).expect("an id"))).collect();
        everybody.push(council.clone());
        for n in 1..asked.people {
            let directorate = directorates[n % directorates.len()];
            let grants = match n % 5 {
                0 => [(Role::PerformanceTeam, GrantScope::Council)],
                1 => [(Role::CabinetMember, GrantScope::Council)],
                2 => [(Role::PortfolioHolder, directorate)],
                _ => [(Role::ServiceManager, directorate)],
            };
            let person = harness.person(council.id, &format!("Person {n}"), &grants).await;
            let token = keys.issue(person.id, Some(council.id), Clock::System.now(), chrono::Duration::days(1));
            let token = token.unwrap_or_else(|error| panic!("{}", error.log_text()));
            everybody.push(Council { person: person.id, token, ..council.clone() });
        }
    }
    harness.stop().await;
    everybody
}

/// What somebody looks at, or, one time in a hundred, enters.
fn question(url: &str, of: &Council, drawn: &mut Drawn) -> (&'static str, crate::traffic::Question) {
    let council = &of.code;
    match drawn.below(100) {
        0..40 => ("Scorecard", graphql(url, of, operation("Scorecard"), &json!({ "council": council, "period": FIGURED }))),
        40..70 => {
            let variables = json!({ "council": council, "code": code(drawn.below(INDICATORS)), "period": FIGURED });
            ("Indicator", graphql(url, of, operation("Indicator"), &variables))
        }
        70..90 => ("List", graphql(url, of, LIST, &json!({ "council": council, "period": FIGURED }))),
        90..99 => ("Collection", graphql(url, of, crate::cycle::COLLECTION, &json!({ "council": council, "period": OPEN }))),
        _ => {
            // Refused to whoever may not, which is an answer too.
            let value = format!("{}.{}", 70 + drawn.below(20), drawn.below(10));
            let figure = json!({ "indicator": code(drawn.below(INDICATORS)), "period": FIGURED, "value": value, "reason": "Recounted" });
            let input = json!({ "council": council, "figures": [figure], "acknowledge": [{ "code": "CHG-003", "reason": "Recounted" }] });
            ("valuesRecord", graphql(url, of, crate::cycle::ENTER, &json!({ "input": input })))
        }
    }
}

/// Whether a request was answered, with no failure of the service's.
async fn answered(client: &Client, question: crate::traffic::Question) -> bool {
    let request = client.post(&question.url).header("content-type", "application/json").header("accept-encoding", "gzip");
    let mut request = request.body(question.body.unwrap_or_default());
    if let Some(token) = question.token {
        request = request.bearer_auth(token);
    }
    let Ok(response) = request.send().await else { return false };
    let whole = response.status().is_success();
    let Ok(body) = response.bytes().await else { return false };
    // A failure stands where the answer's data would end. What is packed has none.
    let end = &body[body.len().saturating_sub(2_000)..];
    let failed = ["INTERNAL", "UNAVAILABLE", "LIMIT"].iter().any(|code| {
        let code = format!("\"code\":\"{code}\"");
        end.windows(code.len()).any(|at| at == code.as_bytes())
    });
    whole && !failed
}

/// Every council sends its workbook at once, after a while, and every second has a pack made; answers when that was, and how long each
/// workbook took.
async fn quarter_end(url: String, councils: Vec<Council>, after: Duration) -> (Instant, Instant, Vec<Duration>) {
    let workbook = long(INDICATORS, MONTHS);
    tokio::time::sleep(after).await;
    let from = Instant::now();
    let packs = councils.iter().step_by(PACKS_EVERY).cloned().map(|council| {
        let url = url.clone();
        tokio::spawn(async move { packs::one(&url, &council, FIGURED, &Client::new()).await })
    });
    let packs: Vec<_> = packs.collect();
    let sending = councils.into_iter().map(|council| {
        let work = Workload { file: workbook.file.clone(), rows: workbook.rows, look_every: LOOK_EVERY };
        let url = url.clone();
        tokio::spawn(async move {
            take(&url, &council, &Client::new(), &work).await;
            from.elapsed()
        })
    });
    let mut waits = Vec::new();
    for sent in sending.collect::<Vec<_>>() {
        waits.push(sent.await.expect("the workbook is taken"));
    }
    for pack in packs {
        pack.await.expect("the pack is made");
    }
    (from, Instant::now(), waits)
}

/// Prints the waits of some requests.
fn print<'a>(what: &str, asked: impl Iterator<Item = &'a Asked>) {
    let all: Vec<&Asked> = asked.collect();
    let mut waits: Vec<Duration> = all.iter().filter_map(|asked| asked.took).collect();
    waits.sort_unstable();
    if waits.is_empty() {
        return;
    }
    let percentile = |percent: usize| waits[(waits.len() * percent).div_ceil(100).saturating_sub(1)];
    let [p50, p95, p99] = [50, 95, 99].map(|percent| percentile(percent).as_secs_f64() * 1_000.0);
    println!("{what}: {} requests, {} failed; p50 {p50:.0} ms, p95 {p95:.0} ms, p99 {p99:.0} ms.", all.len(), all.len() - waits.len());
}
