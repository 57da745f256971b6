//! `goldenthread token`.

use std::process::ExitCode;

use chrono::Duration;

use super::person::Person;
use super::start;
use crate::app::App;
use crate::config::Config;

/// What a token is for.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// How many days it is good for.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
}

/// Prints a token and nothing else.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        println!("{}", app.keys.issue(actor.person, Some(actor.council.id), app.clock.now(), Duration::days(args.days.into()))?);
        Ok(ExitCode::SUCCESS)
    })
}
