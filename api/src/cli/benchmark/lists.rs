//! `goldenthread catalogue` and `goldenthread neighbours`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;
use importers::neighbours::Neighbour;

use super::{code_of, name, print_diagnostics, start};
use crate::app::App;
use crate::benchmarks::lists::{Edition, record_catalogue, record_neighbours};
use crate::benchmarks::store::{areas, catalogues};
use crate::benchmarks::{reading, shipped, writing};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::files::sha256;

/// What to do with national frameworks.
#[derive(Subcommand)]
pub enum CatalogueVerb {
    /// Bring in an edition of a national framework. The same file again changes nothing.
    Import(List),
    /// Print the editions there are.
    List,
}

/// What to do with lists of authorities that are alike.
#[derive(Subcommand)]
pub enum NeighboursVerb {
    /// Bring in an edition of a list of authorities that are alike. The same file again changes nothing.
    Import(List),
}

/// A list, and what is to be known of it.
#[derive(clap::Args)]
pub struct List {
    /// The file.
    file: PathBuf,
    /// Its code, the same for all its editions.
    #[arg(long)]
    code: String,
    /// The edition.
    #[arg(long)]
    edition: String,
    /// What it is called.
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
    /// When it was published.
    #[arg(long, value_name = "DATE")]
    published: Option<NaiveDate>,
    /// The first day it holds.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The last day it holds.
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// Only show what is read.
    #[arg(long)]
    dry_run: bool,
}

impl List {
    fn edition<'a>(&'a self, code: &'a str, sha256: &'a str) -> Edition<'a> {
        Edition {
            code,
            edition: &self.edition,
            title: &self.title,
            publisher: &self.publisher,
            licence: &self.licence,
            source: self.url.as_deref(),
            published_on: self.published,
            from: self.from,
            until: self.until,
            sha256,
        }
    }
}

/// Does what is asked of catalogues.
pub fn catalogue(config: &Config, verb: &CatalogueVerb) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        match verb {
            CatalogueVerb::Import(args) => import_catalogue(&app, args).await,
            CatalogueVerb::List => {
                for one in catalogues::all(app.db.pool()).await? {
                    println!("{}\t{}\t{}\t{}\t{}", one.code, one.edition, one.title, one.publisher, one.licence);
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}

async fn import_catalogue(app: &App, args: &List) -> Result<ExitCode> {
    let code = code_of(&args.code)?;
    let bytes = reading::bytes(app, &args.file).await?;
    let (file_name, sha256) = (name(&args.file), sha256(&bytes));
    let read = reading::catalogue(app, &file_name, bytes).await?;
    print_diagnostics(&read.diagnostics);
    if read.has_errors() || read.metrics.is_empty() {
        eprintln!("goldenthread: {file_name}: nothing was brought in.");
        return Ok(ExitCode::from(3));
    }
    let without = read.metrics.iter().filter(|listed| listed.metric.source.is_none()).count();
    println!("{} metrics, {without} of them without a source yet", read.metrics.len());
    if args.dry_run {
        println!("Nothing was changed, as asked.");
        return Ok(ExitCode::SUCCESS);
    }
    let tx = writing::begin(&app.db).await?;
    let new = record_catalogue(&tx, &app.ids, app.clock.now(), &args.edition(&code, &sha256), &read.metrics).await?;
    tx.commit().await?;
    println!("{code} {} {}", args.edition, if new { "is recorded." } else { "is recorded already: nothing was changed." });
    Ok(ExitCode::SUCCESS)
}

/// Does what is asked of lists of neighbours.
pub fn neighbours(config: &Config, verb: &NeighboursVerb) -> ExitCode {
    let NeighboursVerb::Import(args) = verb;
    start(async {
        let app = App::open(config).await?;
        shipped::load(&app.db, &app.ids, &app.clock).await?;
        import_neighbours(&app, args).await
    })
}

async fn import_neighbours(app: &App, args: &List) -> Result<ExitCode> {
    let code = code_of(&args.code)?;
    let bytes = reading::bytes(app, &args.file).await?;
    let (file_name, sha256) = (name(&args.file), sha256(&bytes));
    let read = reading::neighbours(app, &file_name, bytes).await?;
    print_diagnostics(&read.diagnostics);
    if read.neighbours.is_empty() {
        let why = if read.members.is_empty() { "" } else { " It is a list of groups, which councils keep themselves." };
        eprintln!("goldenthread: {file_name}: nothing was brought in.{why}");
        return Ok(ExitCode::from(3));
    }
    let mut models: BTreeMap<Option<&str>, Vec<&Neighbour>> = BTreeMap::new();
    for one in &read.neighbours {
        models.entry(one.model.as_deref()).or_default().push(one);
    }
    let tx = writing::begin(&app.db).await?;
    let register = areas::known(&*tx).await?.register;
    for (model, list) in &models {
        // Several lists of one file are told apart by their names.
        let code = match model {
            Some(model) if models.len() > 1 => code_of(&format!("{code}-{}", short(model)))?,
            _ => code.clone(),
        };
        let title = model.filter(|_| models.len() > 1).map(|model| format!("{}: {model}", args.title));
        let edition = args.edition(&code, &sha256);
        let edition = Edition { title: title.as_deref().unwrap_or(&args.title), ..edition };
        match record_neighbours(&tx, &app.ids, &edition, &register, list).await? {
            None => println!("{code} {} is there already: nothing was changed.", args.edition),
            Some(outcome) => {
                println!("{code} {}: {} neighbours", args.edition, outcome.added);
                if !outcome.unknown.is_empty() {
                    println!("No area is known of: {}", outcome.unknown.join("; "));
                }
                if outcome.added == 0 {
                    return Err(Error::bad_input(format!("{file_name}: no area of it is known; nothing was brought in.")));
                }
            }
        }
    }
    if args.dry_run {
        println!("Nothing was changed, as asked.");
        return Ok(ExitCode::SUCCESS);
    }
    tx.commit().await?;
    Ok(ExitCode::SUCCESS)
}

/// The first word of a list's name.
fn short(model: &str) -> String {
    model.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("LIST").to_uppercase()
}
