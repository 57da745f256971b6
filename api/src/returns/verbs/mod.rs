//! What people do with a return: submit it, take it back, send it back with questions, answer them, assure, approve and
//! publish it, and reopen it for a correction.
//!
//! Each verb works inside one change, in which the rights of whoever acts were read, and names the revision it looked at.
//! Changes of one council follow one another, and the row's revision is looked at again as it is written: of several acts on
//! one return exactly one is done, and the others are told what happened. Whoever calls a verb commits.

mod answer;
mod approve;
mod late;
mod publish;
mod query;
mod reasoned;
mod submit;
mod switch;

pub use answer::answer;
pub use approve::{approve, assure};
pub use late::{Late, allow_late};
pub use publish::publish;
pub use query::{Question, query};
pub use reasoned::{recall, reopen};
pub use submit::submit;
pub use switch::{Switch, switch};

use entity::{return_step, service_return};
use rules::cycle::{Act, State, Step};
use serde::Serialize;
use uuid::Uuid;

use super::acts::{Why, may};
use super::book::{Book, Wanted};
use super::derive::Derived;
use super::store::cycle::{self as store, StepEntry};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Error, Refusal, Result, UserError};
use crate::rows::months;
use crate::text::Asked;

/// Characters of a reason, a question or an answer.
pub const WORDS_MAX: usize = 2_000;

/// Somebody about to act on a return.
pub struct Deed<'a> {
    pub app: &'a App,
    pub tx: &'a Change,
    pub actor: &'a Actor,
}

/// Why an act was not done: what a person can put right, as much as there is of it; or that it failed.
#[derive(Debug, Clone)]
pub enum NotDone {
    Users(Vec<UserError>),
    Error(Error),
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<UserError> for NotDone {
    fn from(error: UserError) -> Self {
        Self::Users(vec![error])
    }
}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::User(user) => user.into(),
            Refusal::Error(error) => error.into(),
        }
    }
}

/// Splits what came of an act into the two halves of a payload.
pub fn payload<T>(outcome: Result<T, NotDone>) -> Result<(Option<T>, Vec<UserError>)> {
    match outcome {
        Ok(done) => Ok((Some(done), Vec::new())),
        Err(NotDone::Users(errors)) => Ok((None, errors)),
        Err(NotDone::Error(error)) => Err(error),
    }
}

/// Which return, as whoever acts saw it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub id: Uuid,
    pub revision: i32,
}

/// A return somebody acts on, in the state they saw.
pub(super) struct Standing {
    pub book: Book,
    pub one: Derived,
    /// The right to read it.
    pub sight: Scope,
    /// The right to the step.
    pub scope: Scope,
    pub step: &'static Step,
}

impl Deed<'_> {
    /// A return the actor may see, and what was done to it.
    async fn find(&self, id: Uuid) -> Result<(Book, Derived, Scope, Vec<StepEntry>), NotDone> {
        let own = self.actor.own_scope();
        let book = Book::load(&**self.tx, &own, Wanted::One(id), self.app.clock.today()).await?;
        let Some(one) = book.returns.first().cloned() else { return Err(absent().into()) };
        let sight = book.sight(self.actor, &one)?;
        if !book.sees(&sight, &one) {
            return Err(absent().into());
        }
        let steps = store::steps(&**self.tx, &own, &[id]).await?;
        Ok((book, one, sight, steps))
    }

    /// The return, when the actor may do the act to it now and nobody moved it since they looked.
    async fn begin(&self, seen: Seen, act: Act) -> Result<Standing, NotDone> {
        let (book, one, sight, steps) = self.right_to(act)?.find(seen.id).await?;
        let stale = book.revision(&one) != seen.revision;
        match may(self.actor, &book, &one, &steps, act) {
            Err(why @ (Why::NoRole(permission) | Why::Elsewhere(permission))) if !stale || !self.may_any(act, &book, &one) => {
                Err(match why {
                    Why::Elsewhere(_) => Error::refused(permission, why.words(&book, &one)),
                    _ => Error::no_role(permission),
                }
                .into())
            }
            // Whoever may do it at all is told that it is not as they saw it, before anything else about it.
            _ if stale => Err(moved(&book, &one, steps.last()).into()),
            Ok((step, scope)) => Ok(Standing { book, one, sight, scope, step }),
            Err(why) => Err(UserError::new(why.code(), why.words(&book, &one), Some(&["input", "return"])).into()),
        }
    }

    /// Refuses whoever has no right to an act anywhere.
    fn right_to(&self, act: Act) -> Result<&Self> {
        let permissions: Vec<_> = rules::cycle::STEPS.iter().filter(|step| step.act == act).map(|step| step.permission).collect();
        let first = permissions.first().copied();
        match permissions.iter().any(|permission| self.actor.scope_for(*permission).is_ok()) {
            true => Ok(self),
            // The actor's own reason, where there is one: a machine token that was not given the right, for instance.
            false => match first.map(|permission| self.actor.scope_for(permission)) {
                Some(Err(error)) => Err(error),
                _ => Err(Error::forbidden("Nobody does this to a return.")),
            },
        }
    }

    fn may_any(&self, act: Act, book: &Book, one: &Derived) -> bool {
        let mut permissions = rules::cycle::STEPS.iter().filter(|step| step.act == act).map(|step| step.permission);
        permissions.any(|p| self.actor.scope_on(p, book.day(one)).is_ok_and(|scope| scope.covers_element(one.element)))
    }

    /// Moves the return on, keeps the step and tells the trail.
    async fn take(&self, standing: &Standing, reason: Option<&str>, with: With) -> Result<return_step::Model, NotDone> {
        let Standing { book, one, scope, step, .. } = standing;
        let now = self.tx.at(&self.app.clock);
        let (round, revision) = (book.round(one), book.revision(one) + 1);
        let held = book.row(one.id);
        let row = service_return::Model {
            council_id: scope.council,
            id: one.id,
            element_id: one.element,
            period_start: one.period.start(),
            period_months: months(one.period),
            state: step.to.into(),
            round: if step.act == Act::Reopen { round + 1 } else { round },
            revision,
            changed_at: now,
            changed_by: scope.person,
            approved_at: if step.act == Act::Approve { Some(now) } else { held.and_then(|row| row.approved_at) },
            published_at: if step.act == Act::Publish { Some(now) } else { held.and_then(|row| row.published_at) },
        };
        let done = match held {
            None => store::first(self.tx, row).await?,
            Some(_) => store::moved(self.tx, &row).await?,
        };
        if !done {
            return Err(self.moved_meanwhile(one.id).await?.into());
        }
        let taken = return_step::Model {
            council_id: scope.council,
            id: self.app.ids.next(),
            return_id: one.id,
            seq: revision,
            round,
            act: step.act.into(),
            from_state: step.from.into(),
            to_state: step.to.into(),
            person_id: scope.person,
            at: now,
            reason: reason.map(str::to_owned),
        };
        store::insert_step(self.tx, taken.clone()).await?;
        let told = |state: State, round: i32, revision: i32| Told {
            of: book.name(one),
            state,
            round,
            revision,
            reason: None,
            with: With::default(),
        };
        let before = audit::state(&told(step.from, round, book.revision(one)));
        let round = if step.act == Act::Reopen { round + 1 } else { round };
        let after = audit::state(&Told { reason, with, ..told(step.to, round, revision) });
        let event = Event { verb: verb_of(step.act), subject: format!("return {}", one.id), before, after };
        audit::record(self.app, self.tx, scope, event).await?;
        Ok(taken)
    }

    /// What happened to a return that somebody else moved on while this one was about to.
    async fn moved_meanwhile(&self, id: Uuid) -> Result<UserError, NotDone> {
        let (book, one, _, steps) = self.find(id).await?;
        Ok(moved(&book, &one, steps.last()))
    }
}

/// What the trail keeps of a return.
#[derive(Serialize)]
struct Told<'a> {
    of: String,
    state: State,
    round: i32,
    revision: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(flatten)]
    with: With,
}

/// What came with an act.
#[derive(Debug, Clone, Default, Serialize)]
struct With {
    /// How many questions were asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    questions: Option<usize>,
    /// How many figures were kept as approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<usize>,
}

const fn verb_of(act: Act) -> &'static str {
    match act {
        Act::Submit => "return.submit",
        Act::Recall => "return.recall",
        Act::Query => "return.query",
        Act::Assure => "return.assure",
        Act::Approve => "return.approve",
        Act::Publish => "return.publish",
        Act::Reopen => "return.reopen",
    }
}

fn absent() -> UserError {
    UserError::new("RETURN_NOT_FOUND", "There is no such return here, or none of yours.", Some(&["input", "return"]))
}

/// Told to whoever acts on a return that is not as they saw it: what happened, by whom and when.
fn moved(book: &Book, one: &Derived, last: Option<&StepEntry>) -> UserError {
    let (state, revision) = (book.state(one).words().to_lowercase(), book.revision(one));
    let message = match last {
        Some(step) => format!(
            "{}: {} by {} at {}. It is {state} now (revision {revision}). Look at it again.",
            capital(&book.name(one)),
            past(step.act),
            step.name,
            step.at.format("%H:%M on %-d %B %Y")
        ),
        None => format!("Nothing was done to {} yet: its revision is 0.", book.name(one)),
    };
    UserError::new("RETURN_MOVED", message, Some(&["input", "revision"]))
}

const fn past(act: Act) -> &'static str {
    match act {
        Act::Submit => "submitted",
        Act::Recall => "taken back",
        Act::Query => "sent back with questions",
        Act::Assure => "assured",
        Act::Approve => "approved",
        Act::Publish => "published",
        Act::Reopen => "reopened",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// Words with something in them, of a length people read.
fn words(given: &str, missing: &str, field: &[&str]) -> Result<String, UserError> {
    let say = if missing == "REASON_NEEDED" { "why" } else { "it" };
    Asked { most: WORDS_MAX, missing, say, field }.read(given)
}
