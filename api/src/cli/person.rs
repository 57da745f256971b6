//! Who acts, where the command line acts for somebody.

use std::path::Path;

use clap::Args;

use crate::access::Actor;
use crate::app::App;
use crate::error::{Error, Refusal, Result};
use crate::{councils, people};

/// A person of a council.
#[derive(Args)]
pub struct Person {
    /// Code of the council.
    #[arg(long)]
    pub council: String,
    /// E-mail address of the person to act as: what they may not do is refused.
    #[arg(long = "as", value_name = "EMAIL")]
    pub email: String,
}

impl Person {
    /// The person with the rights they have today.
    pub async fn actor(&self, app: &App) -> Result<Actor> {
        let absent = || Error::not_found(format!("There is nobody with the address {} at the council {}.", self.email, self.council));
        let council = councils::service::by_code(app, &self.council).await?.ok_or_else(absent)?;
        let snapshot = app.db.snapshot(council).await?;
        let person = people::service::by_email(&*snapshot, council, &self.email).await?.ok_or_else(absent)?;
        Actor::load_person(&*snapshot, council, person, app.clock.today()).await
    }
}

/// A refusal in the words of the command line.
pub fn told(refusal: Refusal) -> Error {
    match refusal {
        Refusal::User(user) => Error::bad_input(format!("{} ({})", user.message, user.code)),
        Refusal::Error(error) => error,
    }
}

/// What a file is called, without its folder.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
