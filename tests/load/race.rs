//! Large workbooks: the product beside a bare program and pandas, in turn, on one database.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::Client;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::generate::{self, Council, Size};
use crate::imports::{Timing, Workload, returns, take};
use crate::long::{Long, long};
use crate::process::{Server, UNHURRIED, Watch, postmaster, seconds, seconds_with_children};
use crate::report::{free_address, load_average, processors, settle};

/// Months of every workbook; a tenth of the indicators is a tenth of the rows.
const MONTHS: u32 = 100;
const LARGE: usize = 1_000;
const SMALL: usize = LARGE / 10;
/// How often the state of a large workbook is asked for while it is being planned.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Councils that send a return of 300 rows.
const RETURNS: usize = 21;

/// What to measure, and where.
#[derive(clap::Args)]
pub struct Race {
    /// The product's program.
    #[arg(long)]
    product: PathBuf,
    /// An empty database.
    #[arg(long)]
    database: String,
    /// The folder of PostgreSQL's cluster, to count its processor time; none for SQLite.
    #[arg(long)]
    cluster: Option<PathBuf>,
    /// A folder for the product's files.
    #[arg(long)]
    folder: PathBuf,
    /// Times each is run; pandas, which takes long, once.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The folder of pandas and what it needs; without one it is left out.
    #[arg(long)]
    pandas: Option<PathBuf>,
}

/// What was measured of one way.
struct Way {
    name: String,
    /// Each run's timing, in order.
    timings: Vec<Timing>,
    /// Seconds of processor time of each run: the program's with its children's, and the database's.
    used: Vec<(f64, f64)>,
}

impl Way {
    fn new(name: &str) -> Self {
        Self { name: name.into(), timings: Vec::new(), used: Vec::new() }
    }
}

/// A clock of processor time: a program's with the children it waited for, and its database's.
struct Used<'a> {
    pid: u32,
    cluster: Option<&'a Path>,
    before: (f64, f64),
}

impl<'a> Used<'a> {
    fn start(race: &'a Race, pid: u32) -> Self {
        let mut used = Self { pid, cluster: race.cluster.as_deref(), before: (0.0, 0.0) };
        used.before = used.now();
        used
    }

    fn now(&self) -> (f64, f64) {
        (seconds(self.pid), self.cluster.map_or(0.0, |cluster| seconds_with_children(postmaster(cluster))))
    }

    fn stop(self) -> (f64, f64) {
        let (program, database) = self.now();
        (program - self.before.0, database - self.before.1)
    }
}

/// Generates, starts, measures, prints.
pub async fn run(race: &Race) {
    println!("Processors: {}. Load of the machine before: {}.", processors(), load_average());
    let workbooks = [SMALL, LARGE].map(|indicators| long(indicators, MONTHS));
    let path = race.folder.join("long.xlsx");
    std::fs::write(&path, &workbooks[1].file).expect("is written");
    // A council for each run of each way: every row is new to it.
    let size = Size { indicators: LARGE, months: 0, open: MONTHS, ..Size::USUAL };
    let needed = race.rounds * 3 + 1;
    let councils = generate::councils(&race.database, &race.folder, needed + RETURNS, &size).await;
    settle(&race.database).await;
    let database = connect(&race.database).await;
    let server = Server::start(
        Command::new(&race.product)
            .args(["serve", "--listen", &free_address(), "--data"])
            .arg(&race.folder)
            .env("DATABASE_URL", &race.database)
            .env(UNHURRIED.0, UNHURRIED.1)
            .env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or_else(|_| "warn".into())),
    );
    let client = Client::new();
    let (councils, of_returns) = councils.split_at(needed);
    println!();
    print_returns(&returns(&server.url, of_returns, &client).await);

    let mut ways = ["The product, 10,000 rows", "The product, 100,000 rows", "The bare program, 100,000 rows"].map(Way::new);
    let mut peaks = Vec::new();
    let mut at = councils.iter();
    for _ in 0..race.rounds {
        for (way, workbook) in ways.iter_mut().zip(&workbooks) {
            let council = at.next().expect("one for each run");
            let watch = Watch::start(server.pid());
            let work = Workload { file: workbook.file.clone(), rows: workbook.rows, look_every: LOOK_EVERY };
            let used = Used::start(race, server.pid());
            way.timings.push(take(&server.url, council, &client, &work).await);
            way.used.push(used.stop());
            peaks.push((workbook.rows, watch.stop()));
            check(&database, council, workbook).await;
        }
        let council = at.next().expect("one for each run");
        let used = Used::start(race, std::process::id());
        ways[2].timings.push(bare(race, &path, council));
        ways[2].used.push(used.stop());
        check(&database, council, &workbooks[1]).await;
    }
    let mut ways = Vec::from(ways);
    if let Some(folder) = &race.pandas {
        let council = at.next().expect("one for each run");
        let mut way = Way::new("pandas with openpyxl and to_sql, 100,000 rows");
        let used = Used::start(race, std::process::id());
        way.timings.push(with_pandas(race, folder, &path, council));
        way.used.push(used.stop());
        check(&database, council, &workbooks[1]).await;
        ways.push(way);
    }
    print(&ways);
    print_memory(&peaks);
    println!("Load of the machine after: {}.", load_average());
}

/// The bare program, from its start to its end.
fn bare(race: &Race, workbook: &Path, council: &Council) -> Timing {
    let this = std::env::current_exe().expect("this program is a file");
    let mut command = Command::new(this);
    command.args(["bare", "--database", &race.database, "--workbook"]).arg(workbook);
    command.args(["--council", &council.id.to_string(), "--person", &council.person.to_string()]);
    let begun = Instant::now();
    assert!(command.status().expect("it starts").success(), "the bare program failed");
    whole(begun.elapsed())
}

/// pandas, by its own clock.
fn with_pandas(race: &Race, folder: &Path, workbook: &Path, council: &Council) -> Timing {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("load/with_pandas.py");
    let mut command = Command::new("python3");
    command.arg(script).arg(&race.database).arg(workbook).args([council.id, council.person].map(|id| id.to_string()));
    let output = command.env("PYTHONPATH", folder).stderr(std::process::Stdio::inherit()).output().expect("python3 starts");
    assert!(output.status.success(), "pandas failed");
    let text = String::from_utf8_lossy(&output.stdout);
    whole(Duration::from_secs_f64(text.trim().parse().expect("it prints seconds")))
}

fn whole(taken: Duration) -> Timing {
    Timing { sent: Duration::ZERO, planned: taken, accepted: Duration::ZERO }
}

/// Every figure is there, and says what the workbook says.
async fn check(database: &DatabaseConnection, council: &Council, workbook: &Long) {
    let sql = "SELECT count(*), sum(CAST(value AS double precision)), count(commentary) FROM observation \
        WHERE council_id = $1 AND superseded_at IS NULL AND sheet = 'Figures' AND cell LIKE 'D%' AND period_months = 1";
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, [council.id.into()]);
    let row = database.query_one_raw(statement).await.expect("counts").expect("one row");
    let (count, sum, told): (i64, f64, i64) =
        (row.try_get_by_index(0).expect("a count"), row.try_get_by_index(1).expect("a sum"), row.try_get_by_index(2).expect("a count"));
    assert_eq!((count, told), (number(workbook.rows), number(workbook.told)), "figures of {}", council.code);
    let expected: f64 = workbook.sum.try_into().expect("a sum");
    assert!((sum - expected).abs() < 0.001, "{sum} is not {expected}");
}

fn number(count: usize) -> i64 {
    i64::try_from(count).expect("a count")
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("the database answers")
}

/// The middle one by the time it took in all.
fn middle(timings: &[Timing]) -> Timing {
    let mut sorted = timings.to_vec();
    sorted.sort_unstable_by_key(all);
    sorted[sorted.len() / 2]
}

fn all(timing: &Timing) -> Duration {
    timing.until_planned() + timing.accepted
}

fn print_returns(timings: &[Timing]) {
    let milliseconds = |taken: Duration| taken.as_secs_f64() * 1_000.0;
    let mut planned: Vec<f64> = timings.iter().map(|timing| milliseconds(timing.until_planned())).collect();
    planned.sort_unstable_by(f64::total_cmp);
    let (least, most) = (planned[0], planned[planned.len() - 1]);
    println!(
        "A return of 300 rows, the middle one of {RETURNS}, from its upload to its plan: {:.0} ms ({least:.0} to {most:.0}).\n",
        planned[RETURNS / 2]
    );
}

fn print(ways: &[Way]) {
    println!("| the middle run | runs | sent s | planned s | accepted s | in all s | least to most | CPU s, program and database |");
    println!("|---|---|---|---|---|---|---|---|");
    for way in ways {
        let timing = middle(&way.timings);
        let seconds = Duration::as_secs_f64;
        let alls: Vec<f64> = way.timings.iter().map(|timing| seconds(&all(timing))).collect();
        let (least, most) = alls.iter().fold((f64::MAX, 0.0_f64), |(least, most), taken| (least.min(*taken), most.max(*taken)));
        let parts = [timing.sent, timing.planned, timing.accepted, all(&timing)].map(|part| seconds(&part));
        println!(
            "| {} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {least:.2} to {most:.2} | {:.2} + {:.2} |",
            way.name,
            way.timings.len(),
            parts[0],
            parts[1],
            parts[2],
            parts[3],
            half(way.used.iter().map(|used| used.0)),
            half(way.used.iter().map(|used| used.1))
        );
    }
    let taken = |at: usize| ways.get(at).map(|way| all(&middle(&way.timings)).as_secs_f64());
    if let (Some(small), Some(large), Some(bare)) = (taken(0), taken(1), taken(2)) {
        println!("\nTen times the rows: {:.1} times the time. Against the bare program: {:.2} times.", large / small, large / bare);
        let both = |way: &Way| half(way.used.iter().map(|used| used.0 + used.1));
        let used = [&ways[0], &ways[1], &ways[2]].map(both);
        println!(
            "In processor time, which other work on the machine changes less: {:.1} and {:.2} times.",
            used[1] / used[0],
            used[1] / used[2]
        );
        if let Some(pandas) = taken(3) {
            println!("pandas takes {:.1} times as long as the product.", pandas / large);
        }
    }
}

/// The middle one.
fn half(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn print_memory(peaks: &[(usize, crate::process::Peak)]) {
    for rows in [SMALL, LARGE].map(|indicators| indicators * MONTHS as usize) {
        let of = |what: fn(&crate::process::Peak) -> f64| {
            peaks.iter().filter(|(count, _)| *count == rows).map(|(_, peak)| what(peak)).fold(0.0, f64::max)
        };
        println!(
            "Memory with {rows} rows, at most: server {:.0} MiB, child {:.0} MiB, both at once {:.0} MiB.",
            of(|peak| peak.server),
            of(|peak| peak.child),
            of(|peak| peak.both)
        );
    }
}
