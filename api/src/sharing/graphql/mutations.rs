//! Sharing with other councils through the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::given::Share;
use super::group::CouncilGroup;
use super::received::ReceivedShare;
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::sharing::Answer;
use crate::sharing::groups::store::Group;
use crate::sharing::groups::verbs as groups;
use crate::sharing::offer::{self, OfferInput};
use crate::sharing::received::Received;
use crate::sharing::settle::settle;
use crate::sharing::store::Given;

/// What is to be shared, and with whom: with a council, a group or all.
#[derive(InputObject)]
pub struct ShareOfferInput {
    /// The council's own code.
    council: String,
    /// Codes of indicators of the edition in force, 500 at most.
    indicators: Vec<String>,
    /// The code of the council it is with.
    to_council: Option<String>,
    /// The group it is with, which the council is in.
    to_group: Option<ID>,
    /// With every council of the installation.
    #[graphql(default = false)]
    to_all: bool,
    /// What for, 2,000 characters at most: whoever it is with reads it.
    purpose: String,
    /// The first period whose figures are shared, within twenty years of today.
    from: Period,
    /// The last day they are read; none for as long as nobody withdraws it.
    until: Option<Date>,
}

/// A share to be withdrawn.
#[derive(InputObject)]
pub struct ShareWithdrawInput {
    /// Which.
    share: ID,
    /// Why, 2,000 characters at most: the council that read it may read this.
    reason: Option<String>,
}

/// What a council says to what it is offered.
#[derive(InputObject)]
pub struct ShareAnswerInput {
    /// Which.
    share: ID,
    /// What is to be known of it in the council's own trail, 2,000 characters at most.
    note: Option<String>,
}

/// A group of councils to be made.
#[derive(InputObject)]
pub struct CouncilGroupCreateInput {
    /// The council's own code.
    council: String,
    /// What the group is called, 200 characters at most.
    name: String,
    /// What it is for, 2,000 characters at most.
    purpose: Option<String>,
}

/// A council to be invited to a group.
#[derive(InputObject)]
pub struct CouncilGroupInviteInput {
    /// Which group.
    group: ID,
    /// The other council's code.
    to_council: String,
}

/// A group to be joined or left.
#[derive(InputObject)]
pub struct CouncilGroupInput {
    /// Which.
    group: ID,
}

/// What became of offering or withdrawing.
#[derive(SimpleObject)]
pub struct SharePayload {
    /// The share as it is now; null when it was refused.
    share: Option<Share>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `AUDIENCE_NEEDED`, `RECEIVER_NOT_FOUND`, `RECEIVER_IS_GIVER`,
    /// `GROUP_NOT_FOUND`, `INDICATORS_NEEDED`, `INDICATOR_NOT_FOUND`, `INDICATOR_SENSITIVE`, `INDICATOR_PROPOSED`, `NO_FRAMEWORK`,
    /// `DAY_PASSED`, `PERIOD_OUT_OF_RANGE`, `TOO_MANY_SHARES`, `SHARES_TOO_MUCH`, `SHARE_NOT_FOUND`, `SHARE_WITHDRAWN`,
    /// `TEXT_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// What became of accepting or declining.
#[derive(SimpleObject)]
pub struct ShareAnswerPayload {
    /// The share as it is now, with the last figures of each indicator where it is read; null when it was refused.
    share: Option<ReceivedShare>,
    /// What a person can put right: `SHARE_NOT_FOUND`, `SHARE_ASKS_NOBODY`, `SHARE_ANSWERED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// What became of a change to a group of councils.
#[derive(SimpleObject)]
pub struct CouncilGroupPayload {
    /// The group as it is now; null when it was refused.
    group: Option<CouncilGroup>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `GROUP_NOT_FOUND`, `GROUP_OF_ANOTHER`, `GROUP_JOINED`, `GROUP_NOT_JOINED`,
    /// `RECEIVER_NOT_FOUND`, `COUNCIL_INVITED`, `TOO_MANY_GROUPS`, `TOO_MANY_COUNCILS`, `TEXT_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Sharing between councils.
#[derive(Default)]
pub struct SharingMutation;

/// Sharing between councils.
#[Object]
impl SharingMutation {
    /// Shares indicators with a council, a group or all: values alone, of what may leave, and only what is approved where returns are
    /// approved. A named council sees that it is offered, and no figure before it accepts. Needs `SHARE_FIGURES`.
    async fn share_offer(&self, ctx: &Context<'_>, input: ShareOfferInput) -> Option<Result<SharePayload>> {
        let verb = async || {
            let group = input.to_group.as_ref().map(|id| id::expect(id, Kind::CouncilGroup)).transpose()?;
            let (tx, actor) = session(ctx).change().await?;
            let wanted = OfferInput {
                council: &input.council,
                indicators: &input.indicators,
                to_council: input.to_council.as_deref(),
                to_group: group,
                to_all: input.to_all,
                purpose: &input.purpose,
                from: input.from.0,
                until: input.until.map(|day| day.0),
            };
            let done = offer::offer(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            given(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Takes a share back: whoever read it reads nothing of it any more, at once. Needs `SHARE_FIGURES`.
    async fn share_withdraw(&self, ctx: &Context<'_>, input: ShareWithdrawInput) -> Option<Result<SharePayload>> {
        let verb = async || {
            let share = id::expect(&input.share, Kind::Share)?;
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = offer::withdraw(&deed, share, input.reason.as_deref()).await;
            given(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Accepts what another council offers, and reads it from now on. Needs `SHARE_FIGURES` or `MANAGE_BENCHMARKS`.
    async fn share_accept(&self, ctx: &Context<'_>, input: ShareAnswerInput) -> Option<Result<ShareAnswerPayload>> {
        Some(answered(ctx, &input, Answer::Accepted).await)
    }

    /// Declines what another council offers, or what was accepted before: nothing of it is read. Needs `SHARE_FIGURES` or
    /// `MANAGE_BENCHMARKS`.
    async fn share_decline(&self, ctx: &Context<'_>, input: ShareAnswerInput) -> Option<Result<ShareAnswerPayload>> {
        Some(answered(ctx, &input, Answer::Declined).await)
    }

    /// Makes a group of councils, with the council in it. Needs `SHARE_FIGURES`.
    async fn council_group_create(&self, ctx: &Context<'_>, input: CouncilGroupCreateInput) -> Option<Result<CouncilGroupPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = groups::create(&deed, &input.council, &input.name, input.purpose.as_deref()).await;
            grouped(tx, done).await
        };
        Some(verb().await)
    }

    /// Invites another council to a group the council made: it joins for itself. Needs `SHARE_FIGURES`.
    async fn council_group_invite(&self, ctx: &Context<'_>, input: CouncilGroupInviteInput) -> Option<Result<CouncilGroupPayload>> {
        let verb = async || {
            let group = id::expect(&input.group, Kind::CouncilGroup)?;
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = groups::invite(&deed, group, &input.to_council).await;
            grouped(tx, done).await
        };
        Some(verb().await)
    }

    /// Joins a group the council is invited to: it reads what members share with the group, and shares nothing by that. Needs
    /// `SHARE_FIGURES`.
    async fn council_group_join(&self, ctx: &Context<'_>, input: CouncilGroupInput) -> Option<Result<CouncilGroupPayload>> {
        let verb = async || {
            let group = id::expect(&input.group, Kind::CouncilGroup)?;
            let (tx, actor) = session(ctx).change().await?;
            let done = groups::join(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, group).await;
            grouped(tx, done).await
        };
        Some(verb().await)
    }

    /// Leaves a group: what the council shares with it is withdrawn at once. Needs `SHARE_FIGURES`.
    async fn council_group_leave(&self, ctx: &Context<'_>, input: CouncilGroupInput) -> Option<Result<CouncilGroupPayload>> {
        let verb = async || {
            let group = id::expect(&input.group, Kind::CouncilGroup)?;
            let (tx, actor) = session(ctx).change().await?;
            let done = groups::leave(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, group).await;
            grouped(tx, done).await
        };
        Some(verb().await)
    }
}

async fn given(ctx: &Context<'_>, tx: Change, done: Result<Given, Refusal>) -> Result<SharePayload> {
    let (share, user_errors) = finish(tx, done).await?;
    let share = match share {
        Some(share) => Some(Share::of(ctx, share).await?),
        None => None,
    };
    Ok(SharePayload { share, user_errors })
}

async fn answered(ctx: &Context<'_>, input: &ShareAnswerInput, answer: Answer) -> Result<ShareAnswerPayload> {
    let share = id::expect(&input.share, Kind::Share)?;
    let (tx, actor) = session(ctx).change().await?;
    let done = settle(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, share, answer, input.note.as_deref()).await;
    let (found, user_errors): (Option<Received>, _) = finish(tx, done).await?;
    let share = match found {
        Some(found) => Some(ReceivedShare::of(ctx, found).await?),
        None => None,
    };
    Ok(ShareAnswerPayload { share, user_errors })
}

async fn grouped(tx: Change, done: Result<Group, Refusal>) -> Result<CouncilGroupPayload> {
    let (group, user_errors) = finish(tx, done).await?;
    Ok(CouncilGroupPayload { group: group.map(CouncilGroup::of), user_errors })
}
