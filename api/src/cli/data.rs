//! `goldenthread data`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use futures::TryStreamExt;
use rules::period::Period;
use tokio::io::AsyncWriteExt;

use super::person::{Person, told};
use super::start;
use crate::app::App;
use crate::config::Config;
use crate::error::{ContextExt, Result};
use crate::exports::Exported;
use crate::exports::data::{Format, Wanted, export};

/// What to do with figures as data.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Write figures into a file, one row for each indicator and period. It can be imported again.
    Export(Args),
}

/// Which figures.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// The first period: `2023/24 Q1`. From the first figure held without it.
    #[arg(long)]
    from: Option<Period>,
    /// The last period. To the last figure held without it.
    #[arg(long)]
    until: Option<Period>,
    /// Ref of an element: indicators it or something below it owns, and those that contribute to it.
    #[arg(long)]
    element: Option<String>,
    /// Ref of an indicator; may be repeated. All without it.
    #[arg(long = "indicator", value_name = "REF")]
    indicators: Vec<String>,
    /// `xlsx` or `csv`. By the ending of `--out`, else a workbook.
    #[arg(long)]
    format: Option<Format>,
    /// Where to write it. By default its own name, in this folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Exports, and says where the file is and how many rows it has.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    let Verb::Export(args) = verb;
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        let separated = |out: &PathBuf| out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
        let ending = if args.out.as_ref().is_some_and(separated) { Format::Csv } else { Format::Xlsx };
        let wanted = Wanted {
            from: args.from,
            until: args.until,
            element: args.element.clone(),
            indicators: args.indicators.clone(),
            format: args.format.unwrap_or(ending),
        };
        let made = export(&app, &actor, &wanted).await.map_err(told)?;
        let out = args.out.clone().unwrap_or_else(|| PathBuf::from(&made.file_name));
        write(&app, &made, &out).await?;
        println!("{}: {} rows", out.display(), made.rows);
        Ok(ExitCode::SUCCESS)
    })
}

/// Writes a kept file where it is wanted.
pub(super) async fn write(app: &App, made: &Exported, out: &Path) -> Result<()> {
    let mut kept = app.files.open(&made.storage_key).await?;
    let mut file = tokio::fs::File::create(out).await.context("writing the file")?;
    while let Some(part) = kept.bytes.try_next().await.context("reading a kept file")? {
        file.write_all(&part).await.context("writing the file")?;
    }
    file.flush().await.context("writing the file")
}
