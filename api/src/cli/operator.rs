//! `goldenthread operator`: whoever runs the platform for all councils. They see no council's figures.

use std::process::ExitCode;

use chrono::Duration;
use clap::Subcommand;

use super::person::told;
use super::start;
use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::people::operators;
use crate::people::verbs::{email_of, name_of};

/// What to do with operators.
#[derive(Subcommand)]
pub enum Verb {
    /// Enter a platform operator.
    Add {
        /// Their e-mail address.
        #[arg(long)]
        email: String,
        /// Their name.
        #[arg(long)]
        name: String,
    },
    /// Stop a platform operator, and every token they have.
    Suspend {
        /// Their e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Print the platform operators.
    List,
    /// Print a bearer token for a platform operator.
    Token {
        /// Their e-mail address.
        email: String,
        /// How many days it is good for.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=366))]
        days: u16,
    },
}

/// Does what is asked.
pub fn run(config: &Config, verb: &Verb) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        let absent = |email: &str| Error::not_found(format!("There is no platform operator {email} in use."));
        match verb {
            Verb::Add { email, name } => {
                let email = email_of(email, &["email"]).map_err(told)?;
                let name = name_of(name, &["name"]).map_err(told)?;
                if operators::all(&app).await?.iter().any(|known| known.email == email) {
                    return Err(Error::conflict(format!("{email} is a platform operator already: nothing was changed.")));
                }
                let id = operators::enter(&app, &email, &name).await?;
                // Operators belong to no council: there is no trail their coming and going could stand in.
                tracing::warn!(verb = "operator.add", operator = %id, "a platform operator was entered");
                eprintln!("{email} is a platform operator. For a token: goldenthread operator token {email}");
            }
            Verb::Suspend { email } => {
                let wanted = email.trim().to_lowercase();
                let known = operators::all(&app).await?.into_iter().find(|known| known.email == wanted).map(|known| known.id);
                if !operators::suspend(&app, &wanted).await? {
                    return Err(absent(email));
                }
                // The log knows people by their ids alone.
                tracing::warn!(
                    verb = "operator.suspend",
                    operator = known.map(tracing::field::display),
                    "a platform operator was suspended"
                );
                eprintln!("{email} is suspended, with every token they have.");
            }
            Verb::List => {
                for known in operators::all(&app).await? {
                    println!("{}\t{}\t{}", known.email, known.name, if known.suspended_at.is_some() { "suspended" } else { "in use" });
                }
            }
            Verb::Token { email, days } => {
                let wanted = email.trim().to_lowercase();
                let all = operators::all(&app).await?;
                let found = all.iter().find(|known| known.email == wanted && known.suspended_at.is_none()).ok_or_else(|| absent(email))?;
                let token = app.keys.issue(found.id, None, app.clock.now(), Duration::days((*days).into()))?;
                tracing::warn!(verb = "operator.token", operator = %found.id, days, "a platform operator's token was printed");
                println!("{token}");
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}
