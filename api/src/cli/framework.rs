//! `goldenthread framework`.

use std::path::PathBuf;
use std::process::ExitCode;

use super::data::write;
use super::person::{Person, told};
use super::start;
use crate::app::App;
use crate::config::Config;
use crate::exports::framework::export;

/// What to do with a council's framework.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Write an edition into a workbook, which can be changed and imported again.
    Export(Args),
}

/// Which edition.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// The edition: `2024/25`. The one in force now without it.
    #[arg(long)]
    edition: Option<String>,
    /// Where to write it. By default its own name, in this folder.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Exports, and says where the workbook is.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    let Verb::Export(args) = verb;
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        let made = export(&app, &actor, args.edition.as_deref()).await.map_err(told)?;
        let out = args.out.clone().unwrap_or_else(|| PathBuf::from(&made.file_name));
        write(&app, &made, &out).await?;
        println!("{}", out.display());
        Ok(ExitCode::SUCCESS)
    })
}
