//! Changing meetings through the API.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::graphql::Meeting;
use super::verbs::{self, ChangeInput, Met, PlanInput, Seen};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;

/// A meeting to be planned.
#[derive(InputObject)]
pub struct MeetingPlanInput {
    /// The council's code.
    council: String,
    /// The code of the forum that meets.
    forum: String,
    /// The day, within ten years of today.
    held_on: Date,
    /// The reporting period it looks at, which ends before the day.
    period: Option<Period>,
    /// Where the papers are found on its agenda, 200 characters at most.
    agenda_reference: Option<String>,
    /// What it is called, where the forum's name and the day do not say enough; 200 characters at most.
    title: Option<String>,
    /// What is to be known of it, 4,000 characters at most.
    note: Option<String>,
}

/// What is to change of a meeting. What is not given stays; null empties it.
#[derive(InputObject)]
pub struct MeetingChangeInput {
    /// Which.
    meeting: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// The day.
    held_on: Option<Date>,
    /// The reporting period it looks at.
    period: MaybeUndefined<Period>,
    /// Where the papers are found on its agenda.
    agenda_reference: MaybeUndefined<String>,
    /// What it is called.
    title: MaybeUndefined<String>,
    /// What is to be known of it.
    note: MaybeUndefined<String>,
}

/// A meeting that took place.
#[derive(InputObject)]
pub struct MeetingHoldInput {
    /// Which.
    meeting: ID,
    /// Its `revision` as you saw it.
    revision: i32,
}

/// A meeting to be called off.
#[derive(InputObject)]
pub struct MeetingCancelInput {
    /// Which.
    meeting: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// Why: its note from then on.
    reason: String,
}

/// What became of planning or changing a meeting.
#[derive(SimpleObject)]
pub struct MeetingPayload {
    /// The meeting as it is now; null when it was refused.
    meeting: Option<Meeting>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `MEETING_NOT_FOUND`, `MEETING_MOVED` (somebody changed
    /// it since you looked), `MEETING_NOT_NOW`, `MEETING_TOO_EARLY`, `MEETING_TO_COME`, `MEETING_THERE`, `DAY_OUT_OF_RANGE`,
    /// `TEXT_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `REASON_NEEDED`.
    user_errors: Vec<UserError>,
}

/// Meetings.
#[derive(Default)]
pub struct MeetingMutation;

/// Meetings.
#[Object]
impl MeetingMutation {
    /// Plans a meeting of a forum, or enters one that took place. A forum meets once a day at most.
    async fn meeting_plan(&self, ctx: &Context<'_>, input: MeetingPlanInput) -> Option<Result<MeetingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = PlanInput {
                council: &input.council,
                forum: &input.forum,
                held_on: input.held_on.0,
                period: input.period.map(|period| period.0),
                agenda_reference: input.agenda_reference.as_deref(),
                title: input.title.as_deref(),
                note: input.note.as_deref(),
            };
            let done = verbs::plan(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            told(tx, done).await
        };
        Some(verb().await)
    }

    /// Says something else of a meeting that was not called off.
    async fn meeting_change(&self, ctx: &Context<'_>, input: MeetingChangeInput) -> Option<Result<MeetingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = ChangeInput {
                held_on: input.held_on.map(|day| day.0),
                period: given(&input.period).map(|period| period.map(|period| period.0)),
                agenda_reference: given(&input.agenda_reference).map(|words| words.map(String::as_str)),
                title: given(&input.title).map(|words| words.map(String::as_str)),
                note: given(&input.note).map(|words| words.map(String::as_str)),
            };
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::change(&deed, seen(&input.meeting, input.revision), &wanted).await;
            told(tx, done).await
        };
        Some(verb().await)
    }

    /// Says that a meeting took place.
    async fn meeting_hold(&self, ctx: &Context<'_>, input: MeetingHoldInput) -> Option<Result<MeetingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::hold(&deed, seen(&input.meeting, input.revision)).await;
            told(tx, done).await
        };
        Some(verb().await)
    }

    /// Calls a meeting off. It stays on record, and in calendars as cancelled.
    async fn meeting_cancel(&self, ctx: &Context<'_>, input: MeetingCancelInput) -> Option<Result<MeetingPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::cancel(&deed, seen(&input.meeting, input.revision), &input.reason).await;
            told(tx, done).await
        };
        Some(verb().await)
    }
}

/// None where nothing was said; the inner none where it is to be emptied.
pub fn given<T>(field: &MaybeUndefined<T>) -> Option<Option<&T>> {
    match field {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

fn seen(id: &ID, revision: i32) -> Seen {
    Seen { id: id::expect(id, Kind::Meeting).ok(), revision }
}

async fn told(tx: Change, outcome: Result<Met, Refusal>) -> Result<MeetingPayload> {
    let (met, user_errors) = finish(tx, outcome).await?;
    Ok(MeetingPayload { meeting: met.map(Meeting::one).transpose()?, user_errors })
}
