//! `goldenthread council`.

use std::process::ExitCode;

use clap::Subcommand;

mod brand;

use crate::app::App;
use crate::cli::people::by;
use crate::cli::person::told;
use crate::cli::start;
use crate::config::Config;
use crate::councils::operator;
use crate::councils::service::NewCouncil;
use crate::error::Result;

/// What to do with councils.
#[derive(Subcommand)]
pub enum Verb {
    /// Enter a council. Its first administrator comes next: `goldenthread person add`.
    Add {
        /// A lower-case word, for addresses and commands: `huntingdonshire`.
        #[arg(long)]
        code: String,
        /// Its name: `Huntingdonshire District Council`.
        #[arg(long)]
        name: String,
        /// What kind of council it is: `DISTRICT`, `COUNTY`, `UNITARY`.
        #[arg(long)]
        kind: String,
        /// The statisticians' code of its area: `E07000011`.
        #[arg(long)]
        gss: Option<String>,
    },
    /// Set how a council's packs look, and print it. What is left out stays as it is.
    Brand(brand::Args),
    /// Print the councils.
    List,
}

/// Does what is asked.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        match verb {
            Verb::Add { code, name, kind, gss } => add(&app, &NewCouncil { code, name, kind, gss_code: gss.as_deref() }).await?,
            Verb::Brand(args) => brand::run(&app, args).await?,
            Verb::List => {
                for council in operator::list(&app).await? {
                    let state = if council.suspended_at.is_some() { "suspended" } else { "in use" };
                    println!(
                        "{}\t{}\t{}\t{}\t{state}",
                        council.code,
                        council.name,
                        council.kind,
                        council.gss_code.as_deref().unwrap_or("-")
                    );
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn add(app: &App, new: &NewCouncil<'_>) -> Result<()> {
    let council = operator::create_empty(app, &by(), new).await.map_err(told)?;
    eprintln!("{} is entered. Next, its administrator:", council.name);
    eprintln!("  goldenthread person add --council {} --email … --name … --role COUNCIL_ADMINISTRATOR --password-link", council.code);
    Ok(())
}
