//! The service killed as often as it is told to, and what must be so after each time ([`siege`]).
//!
//! Run by `tests/faults/run`, which starts the database. The journeys do the same a few times.

#[expect(dead_code, reason = "what the journeys alone do")]
mod acts;
mod chance;
#[path = "../load/generate.rs"]
#[expect(dead_code, reason = "what else is measured on these councils is elsewhere")]
mod generate;
mod siege;
mod workbook;

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use tests::Harness;

/// How often, where, and from which numbers.
#[derive(Parser)]
struct Line {
    /// An empty database.
    #[arg(long)]
    database: String,
    /// A folder for the product's files.
    #[arg(long)]
    folder: PathBuf,
    #[arg(long, default_value_t = 200)]
    kills: usize,
    /// The same seed kills at the same instants, as far as a machine is the same twice.
    #[arg(long)]
    seed: Option<u64>,
    /// Each import has a hundred times as many rows.
    #[arg(long, default_value_t = 200)]
    indicators: usize,
    /// Seconds from a start to the first right answer at most.
    #[arg(long, default_value_t = 2.0)]
    answers_within: f64,
}

#[tokio::main]
async fn main() {
    let line = Line::parse();
    let seed = line.seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("{} kills, imports of {} rows, seed {seed}", line.kills, line.indicators * 100);
    let harness = Harness::start(&line.database, &line.folder).await;
    let mut plan = siege::Plan::new(line.kills, seed, line.indicators);
    plan.answers_within = Duration::from_secs_f64(line.answers_within);
    let told = siege::Siege::lay(&harness, plan).await.run().await;
    println!("{told}");
    harness.stop().await;
}
