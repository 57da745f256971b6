//! `goldenthread token`.

use std::process::ExitCode;

use chrono::Duration;
use serde_json::json;

use super::people::by;
use super::person::Person;
use super::start;
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::config::Config;
use crate::error::Result;

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
        let token = app.keys.issue(actor.person, Some(actor.council.id), app.clock.now(), Duration::days(args.days.into()))?;
        tell(&app, &actor, args.days).await?;
        println!("{token}");
        Ok(ExitCode::SUCCESS)
    })
}

/// Whoever has the token acts as the person: that it was printed stands in the trail before it is.
async fn tell(app: &App, actor: &Actor, days: u16) -> Result<()> {
    let tx = app.db.change(actor.council.id).await?;
    let after = Some(json!({ "days": days }).to_string());
    let event = Event { verb: "token.print", subject: format!("person {}", actor.person), before: None, after };
    let behind = Behind { person: None, role: None, by: &by() };
    audit::record_of(app, &tx, actor.council.id, &behind, Outcome::Done, event).await?;
    tx.commit().await
}
