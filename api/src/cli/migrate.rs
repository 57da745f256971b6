//! `goldenthread migrate`: bringing the tables up to date as a step of its own, by the user that owns them.

use std::process::ExitCode;

use clap::Args as ClapArgs;

use super::serve::start;
use crate::access::token::Keys;
use crate::app::{Clock, Ids, make_private_folder};
use crate::benchmarks::shipped;
use crate::config::Config;
use crate::db::{self, Db, Standing};
use crate::error::ContextExt;

#[derive(ClapArgs)]
pub struct Args {
    /// Change nothing: say how the tables stand to this program, and fail when they are to be brought up to date first or
    /// this program cannot serve on them.
    #[arg(long)]
    check: bool,
    /// Have this node's signing key taken from now on where the installation's own is lost: tokens and links of before then
    /// work no more, and the audit trail of before cannot be verified.
    #[arg(long, conflicts_with = "check")]
    adopt_signing_key: bool,
}

/// Brings the tables up to date, or says how they stand.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        // A file to make a database in lies in a folder.
        make_private_folder(&config.data).context("making the data folder")?;
        let before = db::standing(&config.database_url()).await?;
        if !args.check && matches!(before, Standing::Behind(_)) {
            db::bring_up_to_date(&config.database_url()).await?;
        }
        let after = if args.check { before.clone() } else { db::standing(&config.database_url()).await? };
        if args.adopt_signing_key {
            let keys = Keys::load_or_make(&config.signing_key(), config.signing_key.is_none())?;
            db::adopt_key(&config.database_url(), &keys.fingerprint()?).await?;
        }
        let code = report(&after);
        if !args.check && matches!(after, Standing::Current) {
            let db = Db::open(&config.database_url()).await?;
            if shipped::load(&db, &Ids, &Clock::System).await? {
                println!("Areas, lists of neighbours and catalogues were brought in.");
            }
        }
        if let (Standing::Behind(done), Standing::Current) = (&before, &after) {
            println!("{} migrations were applied.", done.len());
        }
        Ok(code)
    })
}

/// Says how the tables stand.
fn report(standing: &Standing) -> ExitCode {
    match standing {
        Standing::Current => println!("The tables are as this version knows them."),
        Standing::Ahead(newer) => {
            println!("A newer version brought the tables up to date ({}); this one serves beside it.", newer.join(", "));
        }
        Standing::Behind(missing) => {
            for name in missing {
                let contracts = migration::compat::CONTRACTS.iter().find(|(contract, _)| contract == name);
                let how = contracts.map_or_else(
                    || "expands: may be applied while the version before serves".to_owned(),
                    |(_, knowing)| format!("contracts: first replace every node that does not know {knowing}"),
                );
                println!("{name} is missing ({how}).");
            }
            return ExitCode::FAILURE;
        }
        Standing::TooNew(_) | Standing::Astray { .. } => {
            if let Some(why) = standing.refused() {
                eprintln!("goldenthread: {}", why.log_text());
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
