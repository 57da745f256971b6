//! `goldenthread import list`.

use std::process::ExitCode;

use super::ending::{Line, Outcome, print};
use crate::app::App;
use crate::cli::person::Person;
use crate::config::Config;
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::PAGE_MAX;
use crate::imports::service::{Sees, State};
use crate::imports::store;

/// Which imports.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// How many at most.
    #[arg(long, default_value_t = 50)]
    first: usize,
    /// One line of JSON an import.
    #[arg(long)]
    json: bool,
}

/// Lists the imports the person may see: id, state, when it was sent, the file, and its counts.
pub async fn run(config: &Config, args: &Args) -> Result<ExitCode> {
    let app = App::open(config).await?;
    let actor = args.person.actor(&app).await?;
    let sees = Sees::of(&actor)?;
    let snapshot = app.db.snapshot(actor.council.id).await?;
    let first = args.first.min(PAGE_MAX);
    for row in store::page(&*snapshot, sees.scope(), sees.person(), None, first).await?.iter().take(first) {
        if args.json {
            print(&Line::of(row.file_name.clone(), ending(State::of(row)?)).counted(row))?;
            continue;
        }
        let sent = row.created_at.format("%Y-%m-%d %H:%M");
        let id = id::id(Kind::Import, row.id).0;
        println!(
            "{id}\t{}\t{sent}\t{}\t{} new, {} changed, {} refused",
            row.state, row.file_name, row.new_rows, row.changed_rows, row.refused_rows
        );
    }
    Ok(ExitCode::SUCCESS)
}

const fn ending(state: State) -> Outcome {
    match state {
        State::Accepted | State::Undone => Outcome::Accepted,
        State::Queued | State::Reading | State::Planned => Outcome::Planned,
        State::Refused | State::Declined | State::Cancelled => Outcome::Errors,
    }
}
