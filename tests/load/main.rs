//! What the product costs under load: requests a second, waiting times, processor time and memory, on generated data.
//!
//! Run by `tests/load/run`, which starts the database; large workbooks by `tests/load/import` ([`race`]). The product is the
//! released program, started with `serve`; beside it stands a hand-written handler ([`baseline`]) that answers the same
//! question from the same database with one statement. Every answer is checked whole. Figures and what they mean:
//! `PERFORMANCE.md`.

mod bare;
mod baseline;
mod benchmarks;
mod cases;
mod cycle;
mod generate;
mod imports;
mod long;
#[path = "../../exporters/benches/against/bare.rs"]
mod pack_bare;
mod packs;
mod process;
mod race;
mod report;
mod rivals;
#[path = "../../exporters/benches/against/same.rs"]
mod same;
mod steady;
mod subject;
mod traffic;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

// The product runs on it, so the handler it is compared with does too.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Generates the data, starts the product, and measures it.
    Measure(Measure),
    /// Generates councils with people, and has them work for a while.
    Steady(steady::Steady),
    /// Generates councils and workbooks, and measures the product beside a bare program and pandas.
    Race(race::Race),
    /// Reads one workbook and writes its figures, and no more.
    Bare(bare::Bare),
    /// Serves the hand-written handler.
    Baseline {
        #[arg(long)]
        database: String,
    },
}

/// What to measure, and where.
#[derive(clap::Args)]
pub struct Measure {
    /// The product's program.
    #[arg(long)]
    product: PathBuf,
    /// An empty database.
    #[arg(long)]
    database: String,
    /// The folder of PostgreSQL's cluster, to count its processor time; none for SQLite.
    #[arg(long)]
    cluster: Option<PathBuf>,
    /// The folder others' programs were installed into, to measure them beside; none to leave them out.
    #[arg(long)]
    rivals: Option<PathBuf>,
    /// A folder for the product's files.
    #[arg(long)]
    folder: PathBuf,
    /// Scorecards asked for; other questions, which cost less, are asked more often.
    #[arg(long, default_value_t = 320)]
    requests: usize,
    /// Councils to generate.
    #[arg(long, default_value_t = 20)]
    councils: usize,
    /// Months of figures of each.
    #[arg(long, default_value_t = generate::MONTHS)]
    months: u32,
}

#[tokio::main]
async fn main() {
    match Line::parse().verb {
        Verb::Measure(measure) => report::run(&measure).await,
        Verb::Steady(steady) => steady::run(&steady).await,
        Verb::Race(race) => race::run(&race).await,
        Verb::Bare(bare) => bare::run(&bare).await,
        Verb::Baseline { database } => baseline::serve(&database).await,
    }
}
