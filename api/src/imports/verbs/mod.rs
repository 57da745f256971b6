//! What people do with an import: send a workbook, accept its plan whole or in part, refuse it, cancel it, plan it anew, take it back.
//!
//! Each verb works inside one change, in which the rights of whoever acts were read; it refuses with a code and a
//! sentence, and then nothing is changed. Whoever calls it tells who watches ([`super::service::moved`]) and commits.

mod accept;
mod acknowledge;
mod leave_out;
mod record;
mod replan;
mod stop;
mod submit;
mod undo;

pub use accept::{Acceptance, NotAccepted, accept};
pub use acknowledge::{Acknowledgement, OpenWarning, open_warnings};
pub use leave_out::LeftOut;
pub use record::{NotRecorded, record};
pub use replan::{again, replan};
pub use stop::{cancel, refuse};
pub use submit::{Stored, keep_upload, store_bytes, submit};
pub use undo::undo;

use chrono::{DateTime, Utc};
use entity::import;
use importers::Layout;
use uuid::Uuid;

use super::decisions::{self, Decided};
use super::plan::Kept;
use super::service::{self, Sees, State, find, mine, moved};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::text::Asked;

/// Characters of a reason for a decision.
const REASON_CHARACTERS_MAX: usize = 500;
/// Rows named in a message, and in an event of the trail.
const NAMED_MAX: usize = 10;

/// Somebody about to act on an import.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

impl Deed<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.tx.at(&self.app.clock)
    }

    /// The import, if the actor may see it.
    async fn import(&self, id: Uuid) -> Result<import::Model, Refusal> {
        // So that whoever may see no import at all is told so.
        Sees::of(self.actor)?;
        find(&**self.tx, self.actor, id).await?.ok_or_else(absent)
    }

    /// Keeps what was decided, for the import's readers and in the trail.
    async fn decided(&self, scope: &Scope, row: &import::Model, decided: Decided, told: Told) -> Result<()> {
        decisions::record(self, scope, row.id, decided, told.reason.as_deref()).await?;
        let event = Event { verb: told.verb, subject: format!("import {}", row.id), before: told.before, after: told.after };
        audit::record(self.app, self.tx, scope, event).await
    }
}

/// Does what somebody decides at the command line, in a change of its own with the rights they have inside it.
pub async fn by_command<T>(
    app: &App,
    actor: &Actor,
    verb: impl AsyncFnOnce(&Deed<'_>) -> Result<(import::Model, T), Refusal>,
) -> Result<(import::Model, T), Refusal> {
    let tx = app.db.change(actor.council.id).await?;
    let actor = Actor::load_person(&*tx, actor.council.id, actor.person, app.clock.today()).await?;
    let done = verb(&Deed { app, tx: &tx, actor: &actor }).await?;
    moved(&tx, &done.0)?;
    tx.commit().await?;
    Ok(done)
}

/// What the trail is told of a decision.
struct Told {
    verb: &'static str,
    reason: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

/// The right to act on an import whose layout is known.
fn scope_over(deed: &Deed<'_>, row: &import::Model) -> Result<Scope> {
    let scope = service::scope_for(deed.actor, layout(row)?)?;
    mine(deed.actor, row)?;
    Ok(scope)
}

fn layout(row: &import::Model) -> Result<Layout> {
    row.layout.as_deref().unwrap_or_default().parse().context("reading an import's layout")
}

pub(super) fn absent() -> Refusal {
    UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"])).into()
}

/// Refuses an act on an import that is not waiting for a decision.
fn planned(row: &import::Model, act: &str) -> Result<(), Refusal> {
    let because = match State::of(row)? {
        State::Planned => return Ok(()),
        State::Queued | State::Reading => "it is still being read: wait for its plan",
        State::Refused => "nothing in it can be taken: its findings say why",
        State::Declined => "somebody refused it: send the workbook again",
        State::Cancelled => "it was cancelled: send the workbook again",
        State::Accepted => "it was accepted already",
        State::Undone => "it was undone: send the workbook again",
    };
    let message = format!("This import cannot be {act}: {because}.");
    Err(UserError::new("IMPORT_NOT_PLANNED", message, Some(&["input", "id"])).into())
}

/// A reason with something in it, of a length people read.
fn reason(given: &str, field: &[&str]) -> Result<String, Refusal> {
    Ok(Asked::why(REASON_CHARACTERS_MAX, field).read(given)?)
}

/// `A, B and 3 more`.
fn named<'a>(keys: impl ExactSizeIterator<Item = &'a str>) -> String {
    let rest = keys.len().saturating_sub(NAMED_MAX);
    let first: Vec<&str> = keys.take(NAMED_MAX).collect();
    if rest == 0 { first.join(", ") } else { format!("{} and {rest} more", first.join(", ")) }
}

/// The same of rows that could not be done with, each with why.
fn named_with_why(rows: &[Kept]) -> String {
    let each: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.key, row.because)).collect();
    let rest = each.len().saturating_sub(NAMED_MAX);
    let first = each.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join("; ");
    if rest == 0 { first } else { format!("{first}; and {rest} more") }
}
