//! Changing a work programme through the API.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use uuid::Uuid;

use super::graphql::{WorkItem, WorkState, find};
use super::verbs::{self, AddInput, ChangeInput};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::forums::meetings::mutations::given;
use crate::forums::questions::about::Named;
use crate::graphql::id::{self, Kind};
use crate::graphql::session::session;

/// Something a forum means to look at.
#[derive(InputObject)]
pub struct WorkItemAddInput {
    /// The council's code.
    council: String,
    /// The forum's code.
    forum: String,
    /// The meeting of the forum it is to be looked at.
    meeting: Option<ID>,
    /// What it is called, 200 characters at most.
    title: String,
    /// What it is about, and what is expected; 4,000 characters at most.
    description: Option<String>,
    /// The ref of the indicator it is about: one of the forum's remit.
    indicator: Option<String>,
    /// The ref of the element it is about, where it is no indicator.
    element: Option<String>,
    /// Who brings it, by name or post; 200 characters at most.
    lead: Option<String>,
}

/// What is to change of an item. What is not given stays; null empties it.
#[derive(InputObject)]
pub struct WorkItemChangeInput {
    /// Which.
    item: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// The meeting it is to be looked at; null takes it off its meeting.
    meeting: MaybeUndefined<ID>,
    /// What it is called.
    title: Option<String>,
    /// What it is about.
    description: MaybeUndefined<String>,
    /// The ref of the indicator it is about, in place of whatever it was about; null with no element: nothing in particular.
    indicator: MaybeUndefined<String>,
    /// The ref of the element it is about, in place of whatever it was about.
    element: MaybeUndefined<String>,
    /// Who brings it.
    lead: MaybeUndefined<String>,
    /// Whether it was looked at, or is no longer meant to be.
    state: Option<WorkState>,
    /// Its place among the forum's items, from 1. Two may share one: the older comes first.
    position: Option<i32>,
}

/// What became of adding or changing an item.
#[derive(SimpleObject)]
pub struct WorkItemPayload {
    /// The item as it is now; null when it was refused.
    item: Option<WorkItem>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `MEETING_NOT_FOUND`, `MEETING_NOT_NOW`,
    /// `INDICATOR_NOT_FOUND`, `ELEMENT_NOT_FOUND`, `ABOUT_ONE_THING`, `NO_FRAMEWORK`, `TOO_MANY_ITEMS`, `WORK_ITEM_NOT_FOUND`,
    /// `WORK_ITEM_MOVED` (somebody changed it since you looked), `POSITION_OUT_OF_RANGE`, `TEXT_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Work programmes.
#[derive(Default)]
pub struct ProgrammeMutation;

/// Work programmes.
#[Object]
impl ProgrammeMutation {
    /// Adds something to a forum's work programme, behind what stands there.
    async fn work_item_add(&self, ctx: &Context<'_>, input: WorkItemAddInput) -> Option<Result<WorkItemPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = AddInput {
                council: &input.council,
                forum: &input.forum,
                meeting: input.meeting.as_ref().map(meeting),
                title: &input.title,
                description: input.description.as_deref(),
                about: Named { indicator: input.indicator.as_deref(), element: input.element.as_deref() },
                lead: input.lead.as_deref(),
            };
            let done = verbs::add(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Changes an item: what it says, at which meeting it stands, its place, and whether it is done or dropped.
    async fn work_item_change(&self, ctx: &Context<'_>, input: WorkItemChangeInput) -> Option<Result<WorkItemPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let (indicator, element) = (given(&input.indicator), given(&input.element));
            let named = || Named { indicator: flat(indicator), element: flat(element) };
            let wanted = ChangeInput {
                meeting: given(&input.meeting).map(|id| id.map(meeting)),
                title: input.title.as_deref(),
                description: given(&input.description).map(|words| words.map(String::as_str)),
                about: (indicator.is_some() || element.is_some()).then(named),
                lead: given(&input.lead).map(|words| words.map(String::as_str)),
                state: input.state.map(Into::into),
                position: input.position,
            };
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let seen = (id::expect(&input.item, Kind::WorkItem).ok(), input.revision);
            let done = verbs::change(&deed, seen, &wanted).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }
}

fn flat(field: Option<Option<&String>>) -> Option<&str> {
    field.flatten().map(String::as_str)
}

fn meeting(id: &ID) -> Option<Uuid> {
    id::expect(id, Kind::Meeting).ok()
}

/// The item as it reads after the change.
async fn told(ctx: &Context<'_>, tx: Change, outcome: Result<Uuid, Refusal>) -> Result<WorkItemPayload> {
    let (id, user_errors) = finish(tx, outcome).await?;
    let item = match id {
        Some(id) => find(ctx, id).await?,
        None => None,
    };
    Ok(WorkItemPayload { item, user_errors })
}
