//! What is done about a warning, each act in one change of the council, in which the rights of whoever acts were read.

use chrono::{Days, NaiveDate};
use entity::warning_step;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::eyes::{Seat, acts_on};
use super::handling::{self, Act, Step};
use super::store;
use super::subject::Key;
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, UserError};
use crate::text::Asked;

/// What an answer, or a reason, has at most.
pub const WORDS_CHARACTERS_MAX: usize = 4_000;
/// A warning is muted for so many days at most: then somebody looks again.
pub const MUTED_DAYS_MAX: u64 = 366;
/// What was done about one warning, at most.
const STEPS_MAX: usize = 200;

/// Somebody about to do something about a warning.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

/// A warning that stands, as whoever acts reads it.
pub struct Subject<'a> {
    pub key: Key,
    pub seat: &'a Seat,
    /// What it is about, for the trail: kind and ref.
    pub name: &'a str,
}

/// What is to be done.
pub enum Wanted<'a> {
    Acknowledge,
    Answer { text: &'a str },
    Mute { reason: &'a str, until: NaiveDate },
    Unmute,
}

impl Wanted<'_> {
    const fn act(&self) -> Act {
        match self {
            Self::Acknowledge => Act::Acknowledge,
            Self::Answer { .. } => Act::Answer,
            Self::Mute { .. } => Act::Mute,
            Self::Unmute => Act::Unmute,
        }
    }

    const fn verb(&self) -> &'static str {
        match self {
            Self::Acknowledge => "warning.acknowledge",
            Self::Answer { .. } => "warning.answer",
            Self::Mute { .. } => "warning.mute",
            Self::Unmute => "warning.unmute",
        }
    }

    /// The words and the day that are kept of it.
    fn said(&self, today: NaiveDate) -> Result<(Option<String>, Option<NaiveDate>), UserError> {
        match self {
            Self::Acknowledge | Self::Unmute => Ok((None, None)),
            Self::Answer { text } => {
                let asked = Asked::what(WORDS_CHARACTERS_MAX, "what is behind it and what is done", &["input", "text"]);
                Ok((Some(asked.read(text)?), None))
            }
            Self::Mute { reason, until } => {
                let reason = Asked::why(WORDS_CHARACTERS_MAX, &["input", "reason"]).read(reason)?;
                let last = today.checked_add_days(Days::new(MUTED_DAYS_MAX)).unwrap_or(today);
                if *until < today || *until > last {
                    let message =
                        format!("Say until which day: {today} to {last}. A warning is not muted for longer: then somebody looks again.");
                    return Err(UserError::new("UNTIL_OUT_OF_RANGE", message, Some(&["input", "until"])));
                }
                Ok((Some(reason), Some(*until)))
            }
        }
    }
}

/// Refuses whoever may not do anything about a warning of this, though they may read it.
pub fn may(actor: &Actor, seat: &Seat) -> Result<crate::access::Scope, Error> {
    let scope = actor.scope_for(Permission::ActOnWarnings)?;
    if acts_on(&scope, seat) {
        return Ok(scope);
    }
    let message = "None of your roles lets you act on warnings of this. Your council's administrator gives roles.";
    Err(Error::refused(Permission::ActOnWarnings, message))
}

/// Does it, if nobody did anything since the warning was read at `revision`.
pub async fn act(deed: &Deed<'_>, of: &Subject<'_>, revision: i32, wanted: &Wanted<'_>) -> Result<(), Refusal> {
    let scope = may(deed.actor, of.seat)?;
    let today = deed.app.clock.today();
    let id = of.key.id(scope.council);
    let steps = store::steps(&**deed.tx, &scope, &[id]).await?.remove(&id).unwrap_or_default();
    let seq = steps.last().map_or(0, |last| last.seq);
    if revision != seq {
        return Err(moved(&steps));
    }
    if steps.len() >= STEPS_MAX {
        return Err(Error::limit(format!("{STEPS_MAX} things were done about this warning: that is enough.")).into());
    }
    let (words, muted_until) = wanted.said(today)?;
    if matches!(wanted, Wanted::Unmute) && handling::muted(&steps, today).is_none() {
        let message = "The warning is not muted.";
        return Err(UserError::new("WARNING_NOT_NOW", message, Some(&["input", "warning"])).into());
    }
    let row = warning_step::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        warning_id: id,
        seq: seq.saturating_add(1),
        act: wanted.act().to_string(),
        kind: of.key.kind.to_string(),
        subject_kind: of.key.subject.kind.to_string(),
        subject_id: of.key.subject.id,
        since: of.key.since,
        words,
        muted_until,
        person_id: scope.person,
        at: deed.tx.at(&deed.app.clock),
    };
    let event = Event { verb: wanted.verb(), subject: format!("warning {id}"), before: told(of, &steps, today), after: told_by(of, &row) };
    store::insert_step(deed.tx, row).await?;
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(())
}

fn moved(steps: &[Step]) -> Refusal {
    let what = steps.last().map_or_else(String::new, |last| {
        format!(": {} on {} ({})", last.by, last.at.format("%-d %B %Y at %H:%M UTC"), last.act.words().to_lowercase())
    });
    let message = format!("Somebody did something about this warning since you read it{what}. Read it again.");
    UserError::new("WARNING_MOVED", message, Some(&["input", "revision"])).into()
}

/// What the trail keeps of a warning.
#[derive(Serialize)]
struct Kept<'a> {
    about: &'a str,
    kind: &'a str,
    since: NaiveDate,
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
}

fn told(of: &Subject<'_>, steps: &[Step], today: NaiveDate) -> Option<String> {
    let (state, step) = handling::state(steps, today);
    let words = step.and_then(|step| step.words.as_deref());
    let until = step.and_then(|step| step.muted_until);
    let (about, kind, since) = (of.name, of.key.kind.code(), of.key.since);
    audit::state(&Kept { about, kind, since, state: state.code(), words, until })
}

fn told_by(of: &Subject<'_>, row: &warning_step::Model) -> Option<String> {
    let (about, kind, since) = (of.name, of.key.kind.code(), of.key.since);
    audit::state(&Kept { about, kind, since, state: &row.act, words: row.words.as_deref(), until: row.muted_until })
}

/// The id of a warning that is acted on, as a client gives it.
pub fn wanted_id(id: &async_graphql::ID) -> Option<Uuid> {
    crate::graphql::id::expect(id, crate::graphql::id::Kind::Warning).ok()
}

/// Absent and another's look the same.
pub fn not_found() -> Refusal {
    let message = "There is no such warning standing in your council, or none of yours: `council.warnings` lists them.";
    UserError::new("WARNING_NOT_FOUND", message, Some(&["input", "warning"])).into()
}
