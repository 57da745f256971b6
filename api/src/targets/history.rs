//! What an indicator aimed at, then and now: every row with the decision behind it and what it replaced.

use async_graphql::{Context, ID, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use super::graphql::{TargetDecision, TargetFigures};
use super::store;
use crate::access::Actor;
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;

pub use super::store::Entry;

/// What was or is aimed at in a period.
#[derive(SimpleObject, Clone)]
pub struct IndicatorTarget {
    /// One of the indicator's own periods, or its year.
    period: Period,
    /// What was aimed at.
    aimed: TargetFigures,
    /// What was aimed at in the same period before this was recorded. Null for the first.
    before: Option<TargetFigures>,
    /// The trend or the benchmark it rests on. Null for a target without evidence.
    evidence: Option<String>,
    /// Who approved it, as it is on record.
    approved_by: Option<String>,
    /// The decision, where it went through a proposal.
    decision: Option<TargetDecision>,
    /// From which day it holds, where it went through a proposal.
    effective_from: Option<Date>,
    /// The proposal it went through, for `node`.
    proposal: Option<ID>,
    /// Whether a framework workbook brought it.
    imported: bool,
    /// When it was put on record.
    recorded_at: DateTime,
    /// By whom.
    recorded_by: Option<String>,
    /// When another took its place. Null while it is in force.
    superseded_at: Option<DateTime>,
}

crate::connection! {
    /// A page of an indicator's targets, then and now.
    IndicatorTargetConnection, IndicatorTargetEdge, IndicatorTarget
}

/// A row to be shown, and the one it replaced.
pub struct Shown<'a> {
    pub entry: &'a Entry,
    before: Option<&'a Entry>,
}

impl Shown<'_> {
    /// As the API shows it.
    pub fn dressed(&self) -> IndicatorTarget {
        let entry = self.entry;
        let decided = entry.proposal.as_ref();
        IndicatorTarget {
            period: Period(entry.period),
            aimed: entry.thresholds.into(),
            before: self.before.map(|held| held.thresholds.into()),
            evidence: entry.evidence.clone(),
            approved_by: entry.approved_by.clone(),
            decision: decided.and_then(TargetDecision::of),
            effective_from: decided.map(|decided| Date(decided.effective_from)),
            proposal: decided.map(|decided| id::id(Kind::TargetProposal, decided.proposal)),
            imported: entry.imported,
            recorded_at: DateTime(entry.recorded_at),
            recorded_by: entry.recorded_by.clone(),
            superseded_at: entry.superseded_at.map(DateTime),
        }
    }
}

/// Rows with what each replaced. They come by period, and of one period the latest first.
pub fn shown(entries: &[Entry]) -> Vec<Shown<'_>> {
    let before = |at: usize| entries.get(at + 1).filter(|next| next.period == entries[at].period);
    entries.iter().enumerate().map(|(at, entry)| Shown { entry, before: before(at) }).collect()
}

/// Makes sure that the viewer may read what an indicator aims at: drafts, or what is approved.
pub fn readable(actor: &Actor, indicator: Uuid, owner: Uuid) -> Result<()> {
    let covers = |permission| actor.scope_for(permission).map(|scope| scope.covers_indicator(indicator, owner));
    match (covers(Permission::ViewFigures), covers(Permission::ViewApprovedFigures)) {
        (Ok(true), _) | (_, Ok(true)) => Ok(()),
        (Err(refused), Err(_)) => Err(refused),
        _ => Err(Error::forbidden("None of your roles lets you read what this indicator aims at.")),
    }
}

/// What these indicators aimed at, then and now. One statement.
pub async fn of(ctx: &Context<'_>, indicators: &[Uuid]) -> Result<std::collections::HashMap<Uuid, Vec<Entry>>> {
    let actor = session(ctx).actor().await?;
    store::history(&**session(ctx).snapshot().await?, &actor.own_scope(), indicators).await
}
