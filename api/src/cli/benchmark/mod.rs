//! `goldenthread benchmark`: published figures, brought in once for every council.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;
use importers::catalogue::Metric;
use importers::{Diagnostic, Severity};
use rules::measure::{Frequency, YearBasis};

use super::person::name;
use super::start;
use crate::app::App;
use crate::benchmarks::bring::{self, Counts, Said};
use crate::benchmarks::release::ReleaseState;
use crate::benchmarks::store::{areas, datasets};
use crate::benchmarks::{reading, shipped, writing};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::sha256;

pub mod lists;

/// Diagnostics printed of one file.
const DIAGNOSTICS_MAX: usize = 100;
/// Places printed of one diagnostic.
const PLACES_MAX: usize = 5;
/// Who brings it in, as it is kept.
const BY: &str = "the command line";

const EXIT_CODES: &str = "\
Everything is brought in or nothing. The exit code says:
  0  it was brought in, or with --dry-run could be; the very same file again changes nothing
  1  it could not be run: no such file, no database
  2  the command line was wrong
  3  nothing of the file can be taken, or with --strict not everything: nothing was changed";

/// What to do with published figures.
#[derive(Subcommand)]
pub enum Verb {
    /// Bring in a file of published figures of many authorities.
    Import(Box<Import>),
    /// Print the datasets there are, with their measures and releases.
    List,
}

/// A file, and what is to be known of it.
#[derive(clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct Import {
    /// The file, as it was published: .xlsx, .xls, .ods or .csv.
    file: PathBuf,
    /// Code of the dataset, the same for all its editions: `DEFRA-FLYTIPPING`.
    #[arg(long)]
    dataset: String,
    /// What the dataset is called.
    #[arg(long)]
    title: String,
    /// Who publishes it.
    #[arg(long)]
    publisher: String,
    /// Under which licence.
    #[arg(long)]
    licence: String,
    /// Where it is published.
    #[arg(long)]
    url: Option<String>,
    /// The edition: `2022-23`.
    #[arg(long)]
    edition: String,
    /// When this file was published: `2024-01-24`. Of two releases about the same, the later one counts.
    #[arg(long, value_name = "DATE")]
    published: NaiveDate,
    /// How firm it is: `provisional`, `final` or `revised`.
    #[arg(long)]
    state: ReleaseState,
    /// A list of the measures to take, in the columns of a catalogue: code, title, unit, decimals, better is, service area, frequency,
    /// year, and under `written as` how the file names each. All measures are taken without it.
    #[arg(long, value_name = "FILE")]
    measures: Option<PathBuf>,
    /// How often figures are published, where the file does not make it plain: `monthly`, `quarterly`, `half-yearly`, `annual`.
    #[arg(long)]
    frequency: Option<Frequency>,
    /// Which year a year is, where the file does not say: `financial`, `calendar`, `academic`.
    #[arg(long)]
    year_basis: Option<YearBasis>,
    /// Only show what it would change.
    #[arg(long)]
    dry_run: bool,
    /// Bring in nothing when a figure cannot be taken.
    #[arg(long)]
    strict: bool,
}

/// Does what is asked.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        match verb {
            Verb::Import(args) => import(&app, args).await,
            Verb::List => list(&app).await,
        }
    })
}

async fn import(app: &App, args: &Import) -> Result<ExitCode> {
    shipped::load(&app.db, &app.ids, &app.clock).await?;
    let code = code_of(&args.dataset)?;
    let bytes = reading::bytes(app, &args.file).await?;
    let (file_name, sha256) = (name(&args.file), sha256(&bytes));
    let measures = measures(app, args).await?;
    let read = reading::figures(app, &file_name, bytes, |hundredths| eprintln!("{file_name}: {hundredths} % read")).await?;
    let said = Said {
        dataset: &code,
        title: &args.title,
        publisher: &args.publisher,
        licence: &args.licence,
        url: args.url.as_deref(),
        edition: &args.edition,
        published_on: args.published,
        state: args.state,
        file_name: &file_name,
        sha256: &sha256,
        frequency: args.frequency,
        basis: args.year_basis,
    };
    let tx = writing::begin(&app.db).await?;
    let register = areas::known(&*tx).await?.register;
    let plan = bring::plan(&*tx, &register, (&read.0, &read.1), measures.as_deref(), &said).await?;
    print_diagnostics(&plan.diagnostics);
    print_counts(&plan.counts);
    if plan.there_already {
        println!("This very file was brought in before: nothing was changed.");
        return Ok(ExitCode::SUCCESS);
    }
    let wrong = read.0.has_errors() && plan.figures.is_empty();
    if plan.hopeless() || wrong || (args.strict && plan.counts.refused > 0) {
        eprintln!("goldenthread: {file_name}: nothing was brought in.");
        return Ok(ExitCode::from(3));
    }
    if args.dry_run {
        println!("Nothing was changed, as asked.");
        return Ok(ExitCode::SUCCESS);
    }
    let all = plan.figures.len();
    bring::apply(&tx, (&app.ids, app.clock.now()), &said, &plan, BY, |done| eprintln!("{done} of {all} figures written")).await?;
    tx.commit().await?;
    println!(
        "{code} {} revision {}: {all} figures of {} areas and {} measures.",
        args.edition,
        plan.revision,
        plan.areas.len(),
        plan.measures.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// The sender's list of measures.
async fn measures(app: &App, args: &Import) -> Result<Option<Vec<Metric>>> {
    let Some(path) = &args.measures else { return Ok(None) };
    let read = reading::catalogue(app, &name(path), reading::bytes(app, path).await?).await?;
    print_diagnostics(&read.diagnostics);
    if read.has_errors() || read.metrics.is_empty() {
        return Err(Error::bad_input(format!("{}: the list of measures has to be put right first.", path.display())));
    }
    Ok(Some(read.metrics.into_iter().map(|listed| listed.metric).collect()))
}

async fn list(app: &App) -> Result<ExitCode> {
    for dataset in datasets::all(app.db.pool()).await? {
        println!("{}\t{}\t{}\t{}", dataset.row.code, dataset.row.title, dataset.row.publisher, dataset.row.licence);
        for release in &dataset.releases {
            println!(
                "  release\t{}\t{}\t{}\t{}\t{}\t{} figures new or changed",
                release.edition, release.revision, release.state, release.published_on, release.file_name, release.figures
            );
        }
        for measure in &dataset.measures {
            println!("  measure\t{}\t{}\t{}", measure.code, measure.unit, measure.title);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A code as it is kept: capitals, digits and hyphens.
fn code_of(given: &str) -> Result<String> {
    let code = given.trim().to_uppercase();
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if (2..=40).contains(&code.len()) && code.chars().all(sound) {
        return Ok(code);
    }
    Err(Error::bad_input("A code has 2 to 40 letters, digits, hyphens, dots or underscores, for instance DEFRA-FLYTIPPING."))
}

fn print_counts(counts: &Counts) {
    println!(
        "new {}, changed {}, same {}, older than what is held {}, refused {}, left out {}",
        counts.new, counts.changed, counts.same, counts.earlier, counts.refused, counts.left_out
    );
}

/// Prints what is wrong or worth knowing, the gravest first.
fn print_diagnostics(diagnostics: &[Diagnostic]) {
    let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
    shown.sort_by_key(|diagnostic| match diagnostic.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    for diagnostic in shown.iter().take(DIAGNOSTICS_MAX) {
        let places: Vec<String> =
            diagnostic.places.iter().take(PLACES_MAX).map(|place| format!("{}!{}", place.sheet, place.cell)).collect();
        let more = diagnostic.count.saturating_sub(places.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let suggestion = diagnostic.suggestion.as_deref();
        let suggestion = suggestion.map(|suggestion| format!(" Suggestion: {}.", suggestion.trim_end_matches('.')));
        let suggestion = suggestion.unwrap_or_default();
        println!("{} {} {}{more}: {}{suggestion}", diagnostic.severity, diagnostic.code, places.join(", "), diagnostic.message);
    }
    if let Some(more) = shown.len().checked_sub(DIAGNOSTICS_MAX).filter(|more| *more > 0) {
        println!("and {more} more of other kinds");
    }
}
