//! What an import is and what may be done with it as it stands. What people do with it is in [`super::verbs`].

use entity::import;
use importers::{Layout, Mapping};
use rules::closed_set;
use rules::delivery::rights::RECORDS;
use rules::period::Period;
use rules::permission::Permission;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::access::{Actor, Scope, scope::Within};
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::news::Told;

closed_set! {
    /// Where an import stands.
    State {
        /// Waits to be read.
        Queued = "QUEUED", "Queued";
        /// Is being read and planned.
        Reading = "READING", "Reading";
        /// Its plan is ready to be looked at, and to be accepted.
        Planned = "PLANNED", "Planned";
        /// Nothing in it can be taken; its findings say why.
        Refused = "REFUSED", "Refused";
        /// Somebody refused its plan.
        Declined = "DECLINED", "Refused by a person";
        /// Somebody stopped it before it had a plan.
        Cancelled = "CANCELLED", "Cancelled";
        /// Its plan was applied.
        Accepted = "ACCEPTED", "Accepted";
        /// It was applied and taken back.
        Undone = "UNDONE", "Undone";
    }
}

impl State {
    /// The state of a row. The column holds nothing else.
    pub fn of(row: &import::Model) -> Result<Self> {
        row.state.parse().context("reading an import's state")
    }

    /// Whether nobody is working on it.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Queued | Self::Reading)
    }
}

/// What the sender said about the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Options {
    /// The return's period, where the file does not say.
    pub period: Option<Period>,
    /// How the sender says the workbook is to be read.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// Name of the kept mapping it is to be read by.
    #[serde(default)]
    pub mapping_named: Option<String>,
}

/// The right to import anything at all.
pub fn may_import(actor: &Actor) -> Result<Scope> {
    let figures = actor.scope_for(Permission::ImportValues).or_else(|_| actor.scope_for(Permission::ImportFramework));
    figures.or_else(|refused| RECORDS.iter().map(|permission| actor.scope_for(*permission)).find_map(Result::ok).ok_or(refused))
}

/// The right to enter figures without a workbook.
pub fn may_enter(actor: &Actor) -> Result<Scope> {
    scope_for(actor, Layout::Entry)
}

/// The rights any of which an import of a layout needs, the first of them the one people are told of.
pub const fn permissions_for(layout: Layout) -> &'static [Permission] {
    match layout {
        Layout::Framework => &[Permission::ImportFramework],
        // Of which rows somebody may bring in what, each row is asked.
        Layout::Delivery => RECORDS,
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark => &[Permission::ImportValues],
        Layout::Entry => &[Permission::ImportValues, Permission::EnterValues],
    }
}

/// The right to act on imports of a layout, and over what.
pub fn scope_for(actor: &Actor, layout: Layout) -> Result<Scope> {
    let mut first = None;
    for permission in permissions_for(layout) {
        match actor.scope_for(*permission) {
            Ok(scope) => return Ok(scope),
            Err(refused) => first = first.or(Some(refused)),
        }
    }
    Err(first.unwrap_or_else(|| Error::no_role(Permission::ImportValues)))
}

fn everywhere(actor: &Actor, permission: Permission) -> Option<Scope> {
    actor.scope_for(permission).ok().filter(|scope| matches!(scope.within, Within::Council))
}

/// How much of somebody's imports a person may see.
pub enum Sees {
    /// Everybody's.
    All(Scope),
    /// Their own.
    Own(Scope),
}

impl Sees {
    pub fn of(actor: &Actor) -> Result<Self> {
        if let Some(scope) = everywhere(actor, Permission::ImportValues).or_else(|| everywhere(actor, Permission::ViewAuditTrail)) {
            return Ok(Self::All(scope));
        }
        may_import(actor).or_else(|refused| may_enter(actor).map_err(|_| refused)).map(Self::Own)
    }

    pub const fn scope(&self) -> &Scope {
        match self {
            Self::All(scope) | Self::Own(scope) => scope,
        }
    }

    /// Whose imports are listed; none for everybody's.
    pub const fn person(&self) -> Option<Uuid> {
        match self {
            Self::All(_) => None,
            Self::Own(scope) => Some(scope.person),
        }
    }
}

/// An import the actor may see; none when absent or not theirs.
pub async fn find(db: &impl sea_orm::ConnectionTrait, actor: &Actor, id: Uuid) -> Result<Option<import::Model>> {
    let Ok(sees) = Sees::of(actor) else { return Ok(None) };
    let found = store::find(db, sees.scope(), id).await?;
    Ok(found.filter(|row| sees.person().is_none_or(|person| person == row.person_id)))
}

closed_set! {
    /// What can be done with an import.
    Act {
        /// Apply its plan, whole or in part.
        Accept = "ACCEPT", "Accept";
        /// Refuse its plan.
        Refuse = "REFUSE", "Refuse";
        /// Stop it before it has a plan.
        Cancel = "CANCEL", "Cancel";
        /// Plan it anew from the workbook that was kept.
        Replan = "REPLAN", "Plan anew";
        /// Take back what it wrote.
        Undo = "UNDO", "Undo";
    }
}

/// What can be done with an import in a state, by whoever has the right.
pub const fn acts_in(state: State) -> &'static [Act] {
    match state {
        State::Queued | State::Reading => &[Act::Cancel],
        State::Planned => &[Act::Accept, Act::Refuse, Act::Replan],
        State::Refused => &[Act::Replan],
        State::Accepted => &[Act::Undo],
        State::Declined | State::Cancelled | State::Undone => &[],
    }
}

/// The right by which the actor may act on an import; none when it is not theirs to act on.
fn right(actor: &Actor, row: &import::Model) -> Result<Option<Permission>> {
    if !is_theirs(actor, row) {
        return Ok(None);
    }
    let scope = match row.layout.as_deref() {
        None => may_import(actor),
        Some(layout) => scope_for(actor, layout.parse().context("reading an import's layout")?),
    };
    Ok(scope.ok().map(|scope| scope.permission))
}

/// The right by which the actor may accept an import as it stands, or take it back; none when they may do neither.
pub fn may_now(actor: &Actor, row: &import::Model) -> Result<Option<Permission>> {
    if matches!(State::of(row)?, State::Planned | State::Accepted) { right(actor, row) } else { Ok(None) }
}

/// What the actor may do with an import as it stands.
pub fn acts(actor: &Actor, row: &import::Model) -> Result<&'static [Act]> {
    let acts = acts_in(State::of(row)?);
    Ok(if acts.is_empty() || right(actor, row)?.is_none() { &[] } else { acts })
}

/// Why the actor cannot accept an import now, and which permission changes that; none when they can.
pub fn lock(actor: &Actor, row: &import::Model) -> Result<Option<(Permission, String)>> {
    let layout: Option<Layout> = row.layout.as_deref().map(str::parse).transpose().context("reading an import's layout")?;
    let permission = layout.and_then(|layout| permissions_for(layout).first().copied()).unwrap_or(Permission::ImportValues);
    let because = match State::of(row)? {
        State::Queued | State::Reading => "It is still being read.".to_owned(),
        State::Refused => "Nothing in it can be taken: put right what its findings say, and send it again.".to_owned(),
        State::Declined => {
            "Somebody refused it: `decisions` says who and why. Send the workbook again to bring it in after all.".to_owned()
        }
        State::Cancelled => "It was cancelled before it was read. Send the workbook again.".to_owned(),
        State::Accepted => "It was accepted. It can be undone.".to_owned(),
        State::Undone => "It was undone. Send the workbook again to bring it in again.".to_owned(),
        State::Planned if may_now(actor, row)?.is_none() => {
            "It is another person's: whoever sent it may accept it, and whoever has the permission over the whole council.".to_owned()
        }
        State::Planned if row.refused_rows > 0 => {
            format!("{} rows are refused: put them right and send it again, or accept with `validRowsOnly`.", row.refused_rows)
        }
        State::Planned => return Ok(None),
    };
    Ok(Some((permission, because)))
}

/// Whoever did not send an import acts on it only with the right to import over the whole council. Other rights over the whole
/// council do not reach another's imports: internal audit sees them all and records recommendations.
pub fn mine(actor: &Actor, row: &import::Model) -> Result<()> {
    if is_theirs(actor, row) {
        return Ok(());
    }
    Err(Error::refused(Permission::ImportValues, "Only the sender or the performance team acts on this import."))
}

fn is_theirs(actor: &Actor, row: &import::Model) -> bool {
    row.person_id == actor.person || everywhere(actor, Permission::ImportValues).is_some()
}

/// Tells whoever watches this import, or its council, once the change is committed.
pub fn moved(tx: &Change, row: &import::Model) -> Result<()> {
    tx.tell(Told::Import(row.id));
    if matches!(State::of(row)?, State::Planned | State::Accepted | State::Undone) {
        tx.tell(Told::Activity);
    }
    Ok(())
}
