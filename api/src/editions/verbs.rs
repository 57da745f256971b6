//! What is done with editions. Each verb works inside one change of the council and refuses with nothing changed.

mod adopt;
mod mark;
mod roll;

pub use adopt::{AdoptInput, adopt};
pub use mark::{MarkInput, mark};
pub use roll::{RollInput, Rolled, roll};

use chrono::NaiveDate;

use crate::access::Actor;
use crate::app::App;
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks::Edition;
use crate::frameworks::service::edition_in_force;
use crate::text::Asked;

/// The name of a body, a title, a label, a reference.
const NAME_CHARACTERS_MAX: usize = 200;
/// A note or a reason.
const WORDS_CHARACTERS_MAX: usize = 2_000;

/// Somebody about to change an edition.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

impl Deed<'_> {
    fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    /// Makes sure that the council meant is the actor's.
    fn own(&self, council: &str) -> Result<(), Refusal> {
        if council.eq_ignore_ascii_case(&self.actor.council.code) {
            return Ok(());
        }
        let message = format!("There is no council {council} here, or none of yours.");
        Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into())
    }
}

/// The edition of a label; the one in force where none is given.
fn edition(editions: &[Edition], label: Option<&str>, today: NaiveDate, field: &str) -> Result<Edition, Refusal> {
    let found = match label.map(str::trim) {
        Some(label) => editions.iter().find(|edition| edition.edition == label).cloned(),
        None => edition_in_force(editions.to_vec(), today),
    };
    found.ok_or_else(|| {
        let message = "The council has no edition of this label: `council.frameworks` lists them.";
        UserError::new("EDITION_NOT_FOUND", message, Some(&["input", field])).into()
    })
}

/// A text that has to be there, of a length people read.
fn words(given: &str, most: usize, (code, field): (&str, &str)) -> Result<String, Refusal> {
    let say = if code == "REASON_NEEDED" { "why" } else { "it" };
    Ok(Asked { most, missing: code, say, field: &["input", field] }.read(given)?)
}

fn day(of: NaiveDate) -> String {
    of.format("%-d %B %Y").to_string()
}
