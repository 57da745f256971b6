//! Releasing and withdrawing.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use rules::permission::Permission;

use super::graphql::{Release, dressed};
use super::service::{self, Made, ReleaseInput};
use crate::error::{Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Period;
use crate::graphql::session::session;

/// What is to be released to whom.
#[derive(InputObject)]
pub struct ForumReleaseInput {
    /// The council's code.
    council: String,
    /// The code of the forum.
    forum: String,
    /// A reporting period of the council that has ended.
    period: Period,
    /// The forum's meeting it is for.
    meeting: Option<ID>,
    /// Something to say with it; 2,000 characters at most.
    note: Option<String>,
    /// Why it is released although returns of the remit are not approved (then only what is approved is seen), or before a forum
    /// that comes first in the cascade; 2,000 characters at most. Kept where it was needed.
    despite: Option<String>,
}

/// What is to be withdrawn.
#[derive(InputObject)]
pub struct ReleaseWithdrawInput {
    /// The release.
    release: ID,
    /// Why, for its readers; 2,000 characters at most.
    notice: String,
}

/// What became of a release.
#[derive(SimpleObject)]
pub struct ForumReleasePayload {
    /// The release; null when it was refused.
    release: Option<Release>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `PERIOD_NOT_FOUND`, `PERIOD_NOT_ENDED`, `NO_FRAMEWORK`,
    /// `NOTHING_TO_RELEASE`, `MEETING_NOT_FOUND`, `NOT_APPROVED`, `CASCADE_ORDER`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// What became of withdrawing a release.
#[derive(SimpleObject)]
pub struct ReleaseWithdrawPayload {
    /// The release as it is now; null when it was refused.
    release: Option<Release>,
    /// What a person can put right: `RELEASE_NOT_FOUND`, `REASON_NEEDED`, `WITHDRAWN_ALREADY`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Releases.
#[derive(Default)]
pub struct ReleaseMutation;

/// Releases.
#[Object]
impl ReleaseMutation {
    /// Gives a forum the figures of a reporting period, and of those before it, as they read now. Its members read them so from
    /// now on; released again later, they read the corrections too.
    async fn forum_release(&self, ctx: &Context<'_>, input: ForumReleaseInput) -> Option<Result<ForumReleasePayload>> {
        Some(released(ctx, input).await)
    }

    /// Takes a release back: the forum's members read what was released to them before it, if anything was. That it was there, and
    /// the notice, stay on record.
    async fn release_withdraw(&self, ctx: &Context<'_>, input: ReleaseWithdrawInput) -> Option<Result<ReleaseWithdrawPayload>> {
        Some(withdrawn(ctx, input).await)
    }
}

async fn released(ctx: &Context<'_>, input: ForumReleaseInput) -> Result<ForumReleasePayload> {
    let session = session(ctx);
    // Rights as they are inside the change: a role that was withdrawn before it releases nothing.
    let (tx, actor) = session.change().await?;
    actor.scope_for(Permission::Release)?;
    let input = ReleaseInput {
        council: input.council,
        forum: input.forum,
        period: input.period.0,
        meeting: input.meeting.map(|meeting| id::expect(&meeting, Kind::Meeting).unwrap_or_default()),
        note: input.note,
        despite: input.despite,
    };
    let (made, user_errors) = payload(service::release(&session.app, tx, &actor, &input).await)?;
    Ok(ForumReleasePayload { release: dress(ctx, made).await?, user_errors })
}

async fn withdrawn(ctx: &Context<'_>, input: ReleaseWithdrawInput) -> Result<ReleaseWithdrawPayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    let release = id::expect(&input.release, Kind::Release).ok();
    let (made, user_errors) = payload(service::withdraw(&session.app, tx, &actor, release, &input.notice).await)?;
    Ok(ReleaseWithdrawPayload { release: dress(ctx, made).await?, user_errors })
}

async fn dress(ctx: &Context<'_>, made: Option<Made>) -> Result<Option<Release>> {
    let rows = made.into_iter().map(|made| made.release).collect();
    Ok(dressed(ctx, rows).await?.pop())
}
