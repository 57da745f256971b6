//! Which proposals somebody may read: all of an indicator whose drafts are theirs to read; what is before scrutiny, for
//! who sits on a forum whose remit has the indicator; and what was approved, for whoever reads what is approved. It follows
//! from the permission table; nothing here asks for a role.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::target_proposal::{Column, Entity, Model};
use entity::target_proposal_step as step;
use rules::permission::Permission;
use rules::proposal::{State, is_before_scrutiny};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::ground::Ground;
use super::remit::Remits;
use crate::access::scope::Within;
use crate::access::{Actor, Scope};
use crate::error::{Error, Result};

/// Indicators: every one, or these.
#[derive(Debug, Clone)]
enum Those {
    All,
    Only(HashSet<Uuid>),
}

/// What of a council's proposals one person may read.
#[derive(Debug, Clone)]
pub struct Sight {
    /// For reading the council's rows.
    pub scope: Scope,
    drafts: Those,
    approved: Those,
    before_scrutiny: Those,
}

impl Sight {
    /// What an actor may read; refused when they read nothing of the kind at all.
    pub fn of(actor: &Actor, ground: &Ground, remits: &Remits, on: NaiveDate) -> Result<Self> {
        let drafts = actor.scope_for(Permission::ViewFigures);
        let approved = actor.scope_for(Permission::ViewApprovedFigures);
        let released = actor.scope_for(Permission::ViewReleased);
        if let (Err(refused), Err(_), Err(_)) = (&drafts, &approved, &released) {
            return Err(refused.clone());
        }
        let forums = match released.as_ref().map(|scope| &scope.within) {
            Ok(Within::Council) => remits.all().map(|seat| seat.id).collect(),
            Ok(Within::Only(only)) => only.forums.clone(),
            Err(_) => HashSet::new(),
        };
        let seats: Vec<_> = remits.of(&forums).collect();
        let before = |(edition, entry): (&_, &_)| seats.iter().any(|seat| seat.covers(edition, entry, on));
        let in_remit = ground.indicators().filter(|(edition, entry)| before((edition, entry))).map(|(_, entry)| entry.id);
        Ok(Self {
            drafts: those(drafts.as_ref(), ground),
            approved: those(approved.as_ref(), ground),
            before_scrutiny: Those::Only(in_remit.collect()),
            scope: actor.own_scope(),
        })
    }

    /// The condition that a proposal may be read.
    pub fn condition(&self) -> Condition {
        let before = || State::ALL.iter().copied().filter(|state| is_before_scrutiny(*state)).map(State::code);
        let drafted = [State::Proposed, State::Recommended].map(State::code);
        // The last step of a proposal has its revision for a number.
        let from_there = Query::select()
            .expr(Expr::value(1))
            .from(step::Entity)
            .and_where(Expr::col((step::Entity, step::Column::CouncilId)).eq(self.scope.council))
            .and_where(Expr::col((step::Entity, step::Column::ProposalId)).equals((Entity, Column::Id)))
            .and_where(Expr::col((step::Entity, step::Column::Seq)).equals((Entity, Column::Revision)))
            .and_where(Expr::col((step::Entity, step::Column::FromState)).is_in(before()))
            .to_owned();
        let followed = Condition::all().add(Column::State.is_not_in(drafted)).add(Expr::exists(from_there));
        let public = Condition::any().add(Column::State.is_in(before())).add(followed);
        Condition::any()
            .add(of(&self.drafts))
            .add(Condition::all().add(of(&self.approved)).add(Column::State.eq(State::Approved.code())))
            .add(Condition::all().add(of(&self.before_scrutiny)).add(public))
    }
}

fn those(scope: Result<&Scope, &Error>, ground: &Ground) -> Those {
    match scope {
        Err(_) => Those::Only(HashSet::new()),
        Ok(Scope { within: Within::Council, .. }) => Those::All,
        Ok(scope) => {
            let covered = ground.indicators().filter(|(_, entry)| scope.covers_indicator(entry.id, entry.owner));
            Those::Only(covered.map(|(_, entry)| entry.id).collect())
        }
    }
}

fn of(those: &Those) -> Condition {
    match those {
        Those::All => Condition::all().add(Column::Id.is_not_null()),
        Those::Only(ids) if ids.is_empty() => Condition::all().add(Column::Id.is_null()),
        Those::Only(ids) => Condition::all().add(Column::IndicatorId.is_in(ids.iter().copied())),
    }
}

/// Whether an indicator's proposals, in whatever state, are among those somebody acts on: where an act's right covers it.
pub fn covers(scope: &Scope, proposal: &Model, ground: &Ground) -> bool {
    match &scope.within {
        Within::Council => true,
        Within::Only(_) => ground.find(proposal.indicator_id).is_some_and(|(_, entry)| scope.covers_indicator(entry.id, entry.owner)),
    }
}
