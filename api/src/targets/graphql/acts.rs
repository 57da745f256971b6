//! What can be done to a proposal now, and whether the viewer may.

use async_graphql::{Context, SimpleObject};
use rules::proposal::{Act, Refused, Step, refused, steps_from};

use super::proposal::TargetProposal;
use super::words::{TargetAct, TargetNeeds, TargetState};
use crate::access::Actor;
use crate::error::Result;
use crate::graphql::session::session;
use crate::people::graphql::Permission;
use crate::targets::sight;

/// Something that can be done to a proposal now, by somebody.
#[derive(SimpleObject)]
pub struct ProposalAct {
    /// What.
    act: TargetAct,
    /// Where it leads.
    to: TargetState,
    /// What has to come with it.
    needs: TargetNeeds,
    /// The permission it takes, over the indicator; for a forum's comment, over the forum.
    permission: Permission,
    /// Whether the viewer may.
    possible: bool,
    /// Why the viewer may not. Null where they may.
    because: Option<String>,
}

/// What can be done now, in the order of a proposal's life.
pub async fn of(ctx: &Context<'_>, proposal: &TargetProposal) -> Result<Vec<ProposalAct>> {
    let actor = session(ctx).actor().await?;
    let today = session(ctx).app.clock.today();
    let acts = steps_from(proposal.row.state.0).map(|step| {
        let because = refusal(&actor, proposal, step, today);
        ProposalAct {
            act: step.act.into(),
            to: step.to.into(),
            needs: step.needs.into(),
            permission: step.permission.into(),
            possible: because.is_none(),
            because,
        }
    });
    Ok(acts.collect())
}

fn refusal(actor: &Actor, proposal: &TargetProposal, step: &Step, today: chrono::NaiveDate) -> Option<String> {
    let scope = match actor.scope_for(step.permission) {
        Ok(scope) => scope,
        Err(error) => return Some(error.message),
    };
    let shared = &proposal.shared;
    let covered = if step.act == Act::Scrutinise {
        let found = shared.ground.find(proposal.row.indicator_id);
        let mut seats = shared.remits.all().filter(|seat| scope.covers_forum(seat.id));
        seats.any(|seat| found.is_some_and(|(edition, entry)| seat.covers(edition, entry, today)))
    } else {
        sight::covers(&scope, &proposal.row, &shared.ground)
    };
    if !covered {
        return Some("Your roles let you do this elsewhere, and not for this indicator.".to_owned());
    }
    let own: Vec<Act> = proposal.steps.iter().filter(|one| one.person == actor.person).map(|one| one.act).collect();
    match refused(step.act, proposal.row.state.0, &own) {
        Ok(_) => None,
        Err(Refused::Separate { because, .. }) => Some(because.to_owned()),
        Err(Refused::NotNow { .. }) => Some("It cannot be done in the state the proposal is in.".to_owned()),
    }
}
