//! One run from the empty database to the printed table.

use std::process::Command;
use std::time::{Duration, Instant};

use goldenthread::access::{Actor, Credential, GrantScope, Origin, Way};
use reqwest::Client;
use rules::permission::{Permission, Role};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, Statement};
use serde_json::json;
use tests::{Harness, operation};

use crate::generate::{self, Council, INDICATORS, Size, UNTIL};
use crate::process::{Server, UNHURRIED, memory};
use crate::subject::Subject;
use crate::{Measure, benchmarks, cases, cycle, imports, packs, rivals};

/// Generates, starts, measures, prints.
pub async fn run(asked: &Measure) {
    let begun = Instant::now();
    println!("Processors: {}. Load of the machine before: {}.", processors(), load_average());
    let size = Size { months: asked.months, ..Size::USUAL };
    let councils = generate::councils(&asked.database, &asked.folder, asked.councils, &size).await;
    settle(&asked.database).await;
    println!("{} councils of {INDICATORS} indicators and {} months, made in {:.0?}.", councils.len(), asked.months, begun.elapsed());
    println!("SQL statements of one Scorecard: {}.", statements(asked, &councils[0]).await);
    permission(asked, &councils[0]).await;
    let (figures, taken) = benchmarks::bring_in(asked);
    println!("{figures} published figures brought in, in {taken:.1?}.");
    println!();

    let client = Client::new();
    let product = serve(asked, true);
    let (resting, _) = memory(product.pid());
    // Works every answer out: what a question costs the first time after a change.
    let cold = serve(asked, false);
    let handler = asked.cluster.is_some().then(|| {
        let this = std::env::current_exe().expect("this program is a file");
        Server::start(Command::new(this).args(["baseline", "--database", &asked.database]))
    });
    let cluster = asked.cluster.as_deref();
    let rival = asked.rivals.as_deref().filter(|_| cluster.is_some()).map(|folder| rivals::postgraphile(folder, &asked.database));
    let cases = cases::scorecards(&cold.url, &councils, &client).await;
    let mut compared = vec![Subject::new("Scorecard (300 × 12)", &cold, cluster, cases, asked.requests)];
    if let Some(handler) = &handler {
        let cases = cases::baseline(&handler.url, &councils, &client).await;
        compared.push(Subject::new("Hand-written handler", handler, cluster, cases, asked.requests));
    }
    if let Some(rival) = &rival {
        let cases = rivals::scorecards(rival, &councils, &client).await;
        compared.push(Subject::new("PostGraphile, the same rows", rival, cluster, cases, asked.requests));
    }
    let python = asked.rivals.as_deref().filter(|_| cluster.is_some()).map(|folder| rivals::strawberry(folder, &asked.database));
    if let Some(python) = &python {
        let cases = rivals::strawberry_scorecards(python, &councils, &client).await;
        compared.push(Subject::new("Strawberry, the same rows", python, cluster, cases, asked.requests / 4));
    }
    let cases = cases::scorecards(&product.url, &councils, &client).await;
    compared.push(Subject::new("Scorecard, nothing changed", &product, cluster, cases, asked.requests * 10));
    Subject::print_heading();
    Subject::measure(&mut compared).await;
    compared.iter().for_each(Subject::print);
    let cases = cases::indicators(&cold.url, &councils, &client).await;
    let indicators = Subject::new("Indicator", &cold, cluster, cases, asked.requests * 4);
    let cases = cases::lists(&cold.url, &councils, &client).await;
    let lists = Subject::new("List (page of 50)", &cold, cluster, cases, asked.requests * 3);
    let cases = cases::indicators(&product.url, &councils, &client).await;
    let indicators_kept = Subject::new("Indicator, nothing changed", &product, cluster, cases, asked.requests * 10);
    let cases = cases::lists(&product.url, &councils, &client).await;
    let lists_kept = Subject::new("List, nothing changed", &product, cluster, cases, asked.requests * 10);
    benchmarks::map(&cold.url, &councils, &client).await;
    let cases = benchmarks::pages(&cold.url, &councils, &client).await;
    let mut pages = [Subject::new("Benchmarks (300 × 16 × 12)", &cold, cluster, cases, asked.requests)];
    Subject::measure(&mut pages).await;
    pages.iter().for_each(Subject::print);
    let times = pages[0].processor_milliseconds() / compared[0].processor_milliseconds();
    println!("Benchmark page against the Scorecard, processor time: {times:.2} times.");
    let mut others = vec![indicators, lists, indicators_kept, lists_kept];
    if let Some(rival) = &rival {
        let cases = rivals::singles(rival, &councils, &client).await;
        others.push(Subject::new("PostGraphile, an indicator", rival, cluster, cases, asked.requests * 4));
        let cases = rivals::lists(rival, &councils, &client).await;
        others.push(Subject::new("PostGraphile, a page of 50", rival, cluster, cases, asked.requests * 3));
    }
    Subject::measure(&mut others).await;
    others.iter().for_each(Subject::print);
    println!();
    if let [scorecard, handler, ..] = &compared[..]
        && cluster.is_some()
    {
        let times = scorecard.processor_milliseconds() / handler.processor_milliseconds();
        println!("Scorecard against the hand-written handler, processor time: {times:.2} times.");
    }
    if let ([scorecard, handler, rival, python, kept], [indicator, list, indicator_kept, list_kept, rivals_indicator, rivals_list]) =
        (&compared[..], &others[..])
    {
        let times = |ours: &Subject<'_>, theirs: &Subject<'_>| ours.requests_a_second() / theirs.requests_a_second();
        println!(
            "Requests a second against PostGraphile: Scorecard {:.1} times, {:.0} when nothing changed; an indicator {:.1}, {:.1} when nothing \
             changed; a page {:.1}, {:.1} when nothing changed; the hand-written handler {:.1}, Strawberry {:.1}.",
            times(scorecard, rival),
            times(kept, rival),
            times(indicator, rivals_indicator),
            times(indicator_kept, rivals_indicator),
            times(list, rivals_list),
            times(list_kept, rivals_list),
            times(handler, rival),
            times(python, rival)
        );
    }
    drop((cold, rival, python));
    let (now, most) = memory(product.pid());
    println!("Memory of the server: {resting:.0} MiB at rest, {now:.0} MiB after, {most:.0} MiB at most.");
    returns(&product.url, &councils, &client).await;
    print_entries(&cycle::entries(&product.url, &councils, &client).await);
    println!();
    let cases = cycle::collections(&product.url, &councils, &client).await;
    let collections = Subject::new("Collection (16 returns)", &product, cluster, cases, asked.requests);
    let cases = cycle::returns(&product.url, &councils, &client).await;
    let owed = Subject::new("Returns (16 of 300 figures)", &product, cluster, cases, asked.requests);
    let mut cycle = [collections, owed];
    Subject::print_heading();
    Subject::measure(&mut cycle).await;
    cycle.iter().for_each(Subject::print);
    println!();
    print_packs(&packs::packs(&product, cluster, &councils, &client).await);
    println!("Load of the machine after: {}.", load_average());
}

/// Starts the product, with room for answers or with none.
fn serve(asked: &Measure, keeping: bool) -> Server {
    Server::start(
        Command::new(&asked.product)
            .args(["serve", "--listen", &free_address()])
            .arg("--data")
            .arg(&asked.folder)
            .env("DATABASE_URL", &asked.database)
            .env(UNHURRIED.0, UNHURRIED.1)
            .env("GOLDENTHREAD_KEPT_ANSWERS_MIB", if keeping { "48" } else { "0" })
            .env("RUST_LOG", "warn"),
    )
}

/// Sends a return for each council and prints the middle one.
async fn returns(url: &str, councils: &[Council], client: &Client) {
    let mut timings = imports::returns(url, councils, client).await;
    timings.sort_unstable_by_key(|timing| timing.until_planned() + timing.accepted);
    let milliseconds = |taken: Duration| taken.as_secs_f64() * 1_000.0;
    let whole = |timing: &imports::Timing| milliseconds(timing.until_planned() + timing.accepted);
    let (Some(first), Some(middle), Some(last)) = (timings.first(), timings.get(timings.len() / 2), timings.last()) else { return };
    println!(
        "A return of {INDICATORS} rows, the middle one of {}: planned in {:.0} ms, accepted in {:.0} ms, {:.0} ms in all ({:.0} to {:.0}).",
        timings.len(),
        milliseconds(middle.until_planned()),
        milliseconds(middle.accepted),
        whole(middle),
        whole(first),
        whole(last)
    );
}

/// Prints what entering figures took, from the request to the answer.
fn print_entries(taken: &[Duration]) {
    let (Some(first), Some(middle), Some(last)) = (taken.first(), taken.get(taken.len() / 2), taken.last()) else { return };
    println!("{} figures entered, the middle one of {}: {middle:.1?} ({first:.1?} to {last:.1?}).", cycle::ENTERED, taken.len());
}

/// Prints what packs took, beside the bare program.
fn print_packs(measured: &packs::Measured) {
    let (Some(first), Some(middle), Some(last)) =
        (measured.waits.first(), measured.waits.get(measured.waits.len() / 2), measured.waits.last())
    else {
        return;
    };
    println!(
        "A pack of {INDICATORS} indicators with as many charts, {} bytes: {:.0} ms of processor time, server and database, gathered, \
         written and stored; bare rust_xlsxwriter writes the same cells and charts in {:.0} ms: {:.2} times. The middle one of {} was \
         ready after {middle:.0?} ({first:.0?} to {last:.0?}).",
        measured.bytes,
        measured.product * 1_000.0,
        measured.bare * 1_000.0,
        measured.product / measured.bare,
        measured.waits.len(),
    );
}

/// Leaves PostgreSQL as its own housekeeping would after a while.
pub async fn settle(url: &str) {
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

/// What finding out who asks and what they may do takes of a Scorecard, in a product inside this process: for whoever
/// reads the whole council, and for whoever holds every directorate and is asked element by element.
async fn permission(asked: &Measure, council: &Council) {
    let harness = Harness::start(&asked.database, &asked.folder).await;
    let snapshot = harness.app.db.snapshot(council.id).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let sql = "SELECT id FROM element WHERE council_id = $1 AND kind = 'DIRECTORATE'";
    let statement = Statement::from_sql_and_values(harness.app.db.backend(), sql, [council.id.into()]);
    let rows = snapshot.query_all_raw(statement).await.expect("reads directorates");
    let all: Vec<_> = rows.iter().map(|row| row.try_get_by_index(0).expect("an id")).collect();
    drop(snapshot);
    let grants: Vec<_> = all.into_iter().map(|id| (Role::PortfolioHolder, GrantScope::Element(id))).collect();
    let holder = harness.person(council.id, "Pat Holder", &grants).await;
    let bare = harness.keeping_nothing().await;
    for (who, person) in [("over the whole council", council.person), ("over each directorate", holder.id)] {
        let client = bare.client(Some(harness.token(person, Some(council.id))));
        let scorecard = middle(30, async || {
            let variables = json!({ "council": council.code, "period": UNTIL });
            drop(client.gql(operation("Scorecard"), variables).await.data());
        });
        let scorecard = scorecard.await;
        let snapshot = harness.app.db.snapshot(council.id).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let way = Way::Token { issued: harness.app.clock.now(), until: harness.app.clock.now() + chrono::Duration::days(1) };
        let credential = Credential::Person { council: council.id, person, way };
        let checked = middle(100, async || {
            let actor = Actor::load(&*snapshot, &credential, harness.app.clock.now(), Origin::default()).await;
            let actor = actor.unwrap_or_else(|error| panic!("{}", error.log_text()));
            for permission in [Permission::ViewFramework, Permission::ViewFigures] {
                let scope = actor.scope_for(permission).unwrap_or_else(|error| panic!("{}", error.log_text()));
                let covered = (0..INDICATORS).filter(|_| scope.covers_indicator(council.id, person)).count();
                std::hint::black_box(covered);
            }
        });
        let checked = checked.await;
        let (checked, scorecard) = (checked.as_secs_f64() * 1_000.0, scorecard.as_secs_f64() * 1_000.0);
        let share = checked / scorecard * 100.0;
        println!("Permission {who}: {checked:.2} of {scorecard:.1} ms of a Scorecard alone on the machine, {share:.1}%.");
    }
    harness.stop().await;
}

/// The middle of so many timings.
async fn middle(times: usize, work: impl AsyncFn()) -> Duration {
    let mut taken = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        work().await;
        taken.push(begun.elapsed());
    }
    taken.sort_unstable();
    taken[times / 2]
}

/// The product is told where to listen: an address that was free a moment ago.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").to_string()
}

pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
