//! Who may do what to one question: the permission table, and `rules::question`, asked of it. Verbs and `viewerCan` ask the
//! same.

use rules::permission::Permission as P;
use rules::question::{Act, By, Keeper, Step, recorders, refused};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::{QuestionEntry, StepEntry};
use crate::access::scope::Within;
use crate::access::{Actor, Scope, Target};
use crate::error::{Error, Result};
use crate::people::target;

/// Why somebody does not do something to a question.
pub enum Why {
    /// They have not the right.
    Right(Error),
    /// Nobody does it now, or not they.
    Rule(rules::question::Refused),
}

impl QuestionEntry {
    /// Who keeps it.
    pub fn keeper(&self) -> Keeper {
        // Nobody asks the council a mere question: none is ever entered.
        Keeper::of(self.kind, self.forum.is_some()).unwrap_or(Keeper::Audit)
    }

    /// What it is about: an indicator with whoever owns it, an element, or nothing in particular.
    pub fn about(&self, owner: Option<Uuid>) -> Target {
        match (&self.indicator, &self.element) {
            (Some((id, ..)), _) => Target::Indicator { id: *id, owner: owner.unwrap_or_default() },
            (None, Some((id, ..))) => Target::Element(*id),
            (None, None) => Target::Anywhere,
        }
    }
}

/// The element that owns what a question is about on a day; none where that is no indicator. One statement.
pub async fn owner(db: &impl ConnectionTrait, scope: &Scope, entry: &QuestionEntry, on: chrono::NaiveDate) -> Result<Option<Uuid>> {
    let Some((id, ..)) = &entry.indicator else { return Ok(None) };
    Ok(target::owners(db, scope, &[*id], on).await?.remove(id))
}

/// The right to keep a question of a forum, or of the council.
pub fn keeps(actor: &Actor, permission: P, forum: Option<Uuid>) -> Result<Scope> {
    let scope = actor.scope_for(permission)?;
    let covered = match forum {
        Some(forum) => scope.covers_forum(forum),
        None => matches!(scope.within, Within::Council),
    };
    if covered { Ok(scope) } else { Err(Error::no_role(permission)) }
}

/// The right to take a step.
fn right(actor: &Actor, entry: &QuestionEntry, owner: Option<Uuid>, step: &Step) -> Result<Scope> {
    let keeper = entry.keeper();
    match step.by {
        By::Keeper => keeps(actor, keeper.permission(), entry.forum),
        By::KeeperOrAsker => keeps(actor, keeper.permission(), entry.forum).or_else(|missing| {
            let asked = recorders(entry.kind, entry.forum.is_some()).iter().find_map(|p| keeps(actor, *p, entry.forum).ok());
            asked.filter(|_| entry.recorded_by.0 == actor.person).ok_or(missing)
        }),
        By::Answerer => {
            let scope = actor.scope_for(P::AnswerQuestion)?;
            let covered = match entry.about(owner) {
                Target::Indicator { id, owner } => scope.covers_indicator(id, owner),
                Target::Element(id) => scope.covers_element(id),
                _ => entry.assigned_to.as_ref().is_some_and(|(person, _)| *person == actor.person),
            };
            if covered { Ok(scope) } else { Err(Error::no_role(P::AnswerQuestion)) }
        }
    }
}

/// The step somebody takes with an act, and the right to it.
pub fn may(
    actor: &Actor,
    entry: &QuestionEntry,
    owner: Option<Uuid>,
    (act, history): (Act, &[StepEntry]),
) -> Result<(&'static Step, Scope), Why> {
    // Where the act means nothing now, the right to it is asked of the first state in which it does.
    let some = rules::question::step(act, entry.state).or_else(|| rules::question::STEPS.iter().find(|step| step.act == act));
    let scope = match some {
        Some(step) => right(actor, entry, owner, step).map_err(Why::Right)?,
        None => return Err(Why::Right(Error::bad_input("That is done once, when it is put on record."))),
    };
    let step = refused(act, entry.state, (entry.kind, entry.keeper()), &done_by(actor.person, history)).map_err(Why::Rule)?;
    Ok((step, scope))
}

/// What somebody did to a question.
pub fn done_by(person: Uuid, history: &[StepEntry]) -> Vec<Act> {
    history.iter().filter(|step| step.person.0 == person).map(|step| step.act).collect()
}
