//! Finding proposals.

use std::sync::Arc;

use async_graphql::Context;
use entity::target_proposal::Model;
use rules::proposal::State;
use uuid::Uuid;

use super::proposal::{Shared, TargetProposal};
use super::words::TargetState;
use crate::error::{Error, Result};
use crate::graphql::page::Ask;
use crate::graphql::session::session;
use crate::indicators::graphql::Page;
use crate::targets::ground::Ground;
use crate::targets::remit::Remits;
use crate::targets::sight::Sight;
use crate::targets::store::{self, Filter};

crate::connection! {
    /// A page of proposed targets.
    TargetProposalConnection, TargetProposalEdge, TargetProposal
}

/// Which proposals are asked for.
pub struct Wanted {
    pub states: Option<Vec<TargetState>>,
    pub indicator: Option<String>,
    pub first: Option<i32>,
    pub after: Option<String>,
}

/// Proposed targets that the viewer may read, the latest first.
pub async fn connection(ctx: &Context<'_>, wanted: Wanted) -> Result<TargetProposalConnection> {
    let ask = Ask::new(wanted.first, wanted.after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let seen = Seen::load(ctx).await?;
    let indicator = match &wanted.indicator {
        None => None,
        // Of what is not there, or not the viewer's, there are none: no indicator has this id.
        Some(code) => Some(seen.ground.by_code(code.trim()).map_or_else(Uuid::nil, |(_, entry)| entry.id)),
    };
    let states: Vec<State> = wanted.states.unwrap_or_default().into_iter().map(State::from).collect();
    let filter = Filter { states, indicator };
    let snapshot = session(ctx).snapshot().await?;
    let counted = ctx.look_ahead().field("totalCount").exists();
    let total = if counted { store::count(&**snapshot, &seen.sight, &filter).await? } else { 0 };
    let rows = store::page(&**snapshot, &seen.sight, &filter, &ask).await?;
    let proposals = seen.dressed(ctx, rows).await?;
    Ok(TargetProposalConnection::fetched(proposals, &ask, total, |one| one.row.id.to_string(), TargetProposal::clone))
}

/// A proposal the viewer may read.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<TargetProposal>> {
    let Ok(seen) = Seen::load(ctx).await else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let row = store::find(&**snapshot, &seen.sight, id).await?;
    Ok(seen.dressed(ctx, row.into_iter().collect()).await?.pop())
}

/// What the viewer may read, and what it takes to show it.
struct Seen {
    ground: Ground,
    remits: Remits,
    sight: Sight,
}

impl Seen {
    async fn load(ctx: &Context<'_>) -> Result<Self> {
        let actor = session(ctx).actor().await?;
        let snapshot = session(ctx).snapshot().await?;
        let (scope, today) = (actor.own_scope(), session(ctx).app.clock.today());
        let ground = Ground::load(&**snapshot, &scope, today).await?;
        let remits = Remits::load(&**snapshot, &scope).await?;
        let sight = Sight::of(&actor, &ground, &remits, today)?;
        Ok(Self { ground, remits, sight })
    }

    /// Proposals with their periods and steps: two statements, however many.
    async fn dressed(self, ctx: &Context<'_>, rows: Vec<Model>) -> Result<Vec<TargetProposal>> {
        let snapshot = session(ctx).snapshot().await?;
        let today = session(ctx).app.clock.today();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut periods = store::rows(&**snapshot, &self.sight.scope, &ids).await?;
        let mut steps = store::steps(&**snapshot, &self.sight.scope, &ids).await?;
        let shown = |edition: Uuid| {
            let mut ids: Vec<Uuid> = rows.iter().map(|row| row.indicator_id).collect();
            ids.retain(|id| self.ground.find(*id).is_some_and(|(found, _)| found.edition.id == edition));
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let page = |edition: &Arc<_>, ids| Page::named(Arc::clone(edition), today, ids);
        let pages: Vec<Arc<Page>> = self.ground.editions.iter().map(|edition| page(edition, shown(edition.edition.id))).collect();
        let shared = Arc::new(Shared { ground: self.ground, remits: self.remits, pages });
        let dress = |row: Model| TargetProposal {
            rows: periods.remove(&row.id).unwrap_or_default().into(),
            steps: steps.remove(&row.id).unwrap_or_default().into(),
            shared: Arc::clone(&shared),
            row,
        };
        Ok(rows.into_iter().map(dress).collect())
    }
}
