//! Somebody about to change something of a forum's, and what every such change asks first.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;

use super::store::{ForumEntry, forums};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError, payload};
use crate::text::Asked;

/// Days of meetings, and days by which answers are due, lie no further from today.
const YEARS_AWAY_MAX: i32 = 10;

/// Somebody about to change something, in the change their rights were read in.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

impl Deed<'_> {
    pub fn now(&self) -> DateTime<Utc> {
        self.tx.at(&self.app.clock)
    }

    pub fn today(&self) -> NaiveDate {
        self.app.clock.today()
    }

    /// Refuses another council's code as one that is nobody's.
    pub fn council(&self, code: &str) -> Result<(), Refusal> {
        if code.eq_ignore_ascii_case(&self.actor.council.code) {
            return Ok(());
        }
        let message = format!("There is no council {code} here, or none of yours.");
        Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into())
    }

    /// A forum by its code, if the scope covers it. Absent and not-yours look the same.
    pub async fn forum(&self, scope: &Scope, code: &str) -> Result<ForumEntry, Refusal> {
        let all = forums(&**self.tx, scope).await?;
        let found = all.into_iter().find(|forum| forum.code.eq_ignore_ascii_case(code.trim()) && scope.covers_forum(forum.id));
        found.ok_or_else(|| {
            let message = format!("There is no forum {code} that you may do this for.");
            UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"])).into()
        })
    }

    /// Puts an act on the trail.
    pub async fn record(&self, scope: &Scope, verb: &str, subject: String, states: [Option<String>; 2]) -> Result<()> {
        let [before, after] = states;
        audit::record(self.app, self.tx, scope, Event { verb, subject, before, after }).await
    }

    /// A day within reach.
    pub fn day(&self, day: NaiveDate, field: &str) -> Result<NaiveDate, Refusal> {
        if (day.year() - self.today().year()).abs() <= YEARS_AWAY_MAX {
            return Ok(day);
        }
        let message = format!("{} is more than {YEARS_AWAY_MAX} years away.", written(day));
        Err(UserError::new("DAY_OUT_OF_RANGE", message, Some(&["input", field])).into())
    }
}

/// What the trail keeps of a state.
pub fn state(of: &impl Serialize) -> Option<String> {
    audit::state(of)
}

/// Makes a verb's change so, unless it was refused: then it is undone with all it wrote.
pub async fn finish<T>(tx: Change, outcome: Result<T, Refusal>) -> Result<(Option<T>, Vec<UserError>)> {
    let told = payload(outcome)?;
    if told.0.is_some() {
        tx.commit().await?;
    }
    Ok(told)
}

/// A day as people write it.
pub fn written(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// An instant as people write it.
pub fn written_at(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y at %H:%M UTC").to_string()
}

/// Text that has to be there.
pub fn text(given: &str, field: &str, characters_max: usize) -> Result<String, Refusal> {
    let path = ["input", field];
    let asked = if field == "reason" { Asked::why(characters_max, &path) } else { Asked::what(characters_max, "it", &path) };
    Ok(asked.read(given)?)
}

/// Text that may be there; blank is none.
pub fn text_if_any(given: Option<&str>, field: &str, characters_max: usize) -> Result<Option<String>, Refusal> {
    given.filter(|given| !given.trim().is_empty()).map(|given| text(given, field, characters_max)).transpose()
}
