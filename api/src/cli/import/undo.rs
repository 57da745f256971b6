//! `goldenthread import undo`.

use std::process::ExitCode;

use serde::Serialize;

use super::ending::{Line, Outcome, print};
use super::run::named;
use super::{Nothing, One};
use crate::config::Config;
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::imports::plan::Kept;
use crate::imports::verbs::{self, Deed};

/// What undoing came to, for scripts.
#[derive(Serialize)]
struct Undone<'a> {
    import: String,
    state: &'a str,
    reversed: i32,
    kept: Vec<Left<'a>>,
    failed: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Left<'a> {
    key: &'a str,
    because: &'a str,
}

impl<'a> From<&'a Kept> for Left<'a> {
    fn from(kept: &'a Kept) -> Self {
        Self { key: &kept.key, because: &kept.because }
    }
}

/// Takes an import back and lists what was not. The exit code is 3 when something could not be taken back.
pub async fn run(config: &Config, one: &One<Nothing>) -> Result<ExitCode> {
    let (app, actor, id) = named(config, one).await?;
    let undo = async |deed: &Deed<'_>| verbs::undo(deed, id).await;
    let (row, undone) = match verbs::by_command(&app, &actor, undo).await {
        Ok(done) => done,
        Err(refusal) => {
            let line = Line::of(one.id.clone(), Outcome::Errors).ended(refusal);
            match one.json {
                true => print(&line)?,
                false => eprintln!("{}", line.message.as_deref().unwrap_or_default()),
            }
            return Ok(line.outcome.exit_code());
        }
    };
    if one.json {
        print(&Undone {
            import: id::id(Kind::Import, row.id).0,
            state: &row.state,
            reversed: undone.reversed,
            kept: undone.kept.iter().map(Into::into).collect(),
            failed: undone.failed.iter().map(Into::into).collect(),
        })?;
    } else {
        println!("{} taken back, {} kept, {} not taken back.", undone.reversed, undone.kept.len(), undone.failed.len());
        for (what, rows) in [("Kept", &undone.kept), ("Not taken back", &undone.failed)] {
            for row in rows {
                println!("{what}: {}: {}", row.key, row.because);
            }
        }
    }
    let outcome = if undone.failed.is_empty() { Outcome::Accepted } else { Outcome::Errors };
    Ok(outcome.exit_code())
}
