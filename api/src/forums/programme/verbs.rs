//! Adding to a work programme, and changing what stands in it.

use entity::work_item::Model;
use rules::meeting::{MeetingState, WorkState};
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::store;
use crate::access::Scope;
use crate::error::{Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any, written_at};
use crate::forums::meetings;
use crate::forums::questions::about::{self, About, Named};
use crate::forums::store::{ForumEntry, forum, last_to_change};

/// Items of a forum that are planned: what is done or dropped makes room.
const ITEMS_MAX: usize = 1_000;
/// The longest title, and the longest of other texts.
const TITLE_CHARACTERS_MAX: usize = 200;
const DESCRIPTION_CHARACTERS_MAX: usize = 4_000;
/// Places are not written further apart than anybody counts.
const PLACE_MAX: i32 = 1_000_000;

/// What a forum means to look at.
pub struct AddInput<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The forum's code.
    pub forum: &'a str,
    /// The inner none for an id that is no meeting's.
    pub meeting: Option<Option<Uuid>>,
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub about: Named<'a>,
    pub lead: Option<&'a str>,
}

/// What is to change of an item. None stays as it is; of what may be empty, the inner none empties it.
#[derive(Default)]
pub struct ChangeInput<'a> {
    /// The innermost none for an id that is no meeting's.
    pub meeting: Option<Option<Option<Uuid>>>,
    pub title: Option<&'a str>,
    pub description: Option<Option<&'a str>>,
    /// Both none empties it.
    pub about: Option<Named<'a>>,
    pub lead: Option<Option<&'a str>>,
    pub state: Option<WorkState>,
    pub position: Option<i32>,
}

/// Adds an item behind the others.
pub async fn add(deed: &Deed<'_>, input: &AddInput<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    deed.council(input.council)?;
    let forum = deed.forum(&scope, input.forum).await?;
    let (count, position) = store::room(deed.tx, &scope, forum.id).await?;
    if usize::try_from(count).is_ok_and(|count| count >= ITEMS_MAX) {
        let message = format!("The work programme has {ITEMS_MAX} items planned, which is the most: say which are done, or drop some.");
        return Err(UserError::new("TOO_MANY_ITEMS", message, Some(&["input", "forum"])).into());
    }
    let meeting_id = match input.meeting {
        Some(id) => Some(meeting(deed, &scope, &forum, id).await?),
        None => None,
    };
    let About { indicator, element } = about::find(deed, &scope, Some(&forum), input.about, None).await?;
    let item = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        forum_id: forum.id,
        meeting_id,
        title: text(input.title, "title", TITLE_CHARACTERS_MAX)?,
        description: text_if_any(input.description, "description", DESCRIPTION_CHARACTERS_MAX)?,
        element_id: element,
        indicator_id: indicator,
        lead: text_if_any(input.lead, "lead", TITLE_CHARACTERS_MAX)?,
        state: WorkState::Planned.to_string(),
        position,
        revision: 1,
        created_by: scope.person,
        created_at: deed.now(),
        changed_at: deed.now(),
    };
    let (id, after) = (item.id, kept(&forum, &item));
    store::insert(deed.tx, item).await?;
    deed.record(&scope, "work-item.add", format!("work item {id}"), [None, after]).await?;
    Ok(id)
}

/// Changes an item: what it says, at which meeting it stands, whether it is done or dropped.
pub async fn change(deed: &Deed<'_>, (id, revision): (Option<Uuid>, i32), input: &ChangeInput<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    let (before, forum) = seen(deed, &scope, id, revision).await?;
    let mut after = Model { revision: before.revision + 1, changed_at: deed.now(), ..before.clone() };
    if let Some(wanted) = input.meeting {
        after.meeting_id = match wanted {
            Some(id) => Some(meeting(deed, &scope, &forum, id).await?),
            None => None,
        };
    }
    if let Some(title) = input.title {
        after.title = text(title, "title", TITLE_CHARACTERS_MAX)?;
    }
    if let Some(description) = input.description {
        after.description = text_if_any(description, "description", DESCRIPTION_CHARACTERS_MAX)?;
    }
    if let Some(named) = input.about {
        let About { indicator, element } = about::find(deed, &scope, Some(&forum), named, None).await?;
        (after.indicator_id, after.element_id) = (indicator, element);
    }
    if let Some(lead) = input.lead {
        after.lead = text_if_any(lead, "lead", TITLE_CHARACTERS_MAX)?;
    }
    if let Some(state) = input.state {
        after.state = state.to_string();
    }
    if let Some(position) = input.position {
        if !(1..=PLACE_MAX).contains(&position) {
            let message = format!("A place is a number from 1 to {PLACE_MAX}.");
            return Err(UserError::new("POSITION_OUT_OF_RANGE", message, Some(&["input", "position"])).into());
        }
        after.position = position;
    }
    store::update(deed.tx, &after).await?;
    deed.record(&scope, "work-item.change", format!("work item {}", after.id), [kept(&forum, &before), kept(&forum, &after)]).await?;
    Ok(after.id)
}

/// An item of a forum that is covered, in the state it was seen in.
async fn seen(deed: &Deed<'_>, scope: &Scope, id: Option<Uuid>, revision: i32) -> Result<(Model, ForumEntry), Refusal> {
    let found = match id {
        Some(id) => store::find(&**deed.tx, scope, id).await?.filter(|item| scope.covers_forum(item.row.forum_id)),
        None => None,
    };
    let item = found.map(|item| item.row).ok_or_else(|| {
        UserError::new("WORK_ITEM_NOT_FOUND", "There is no item with this id that you may change.", Some(&["input", "item"]))
    })?;
    if item.revision != revision {
        let who = last_to_change(&**deed.tx, scope, &format!("work item {}", item.id)).await?.unwrap_or_else(|| "somebody".to_owned());
        let message = format!(
            "The item was changed in the meantime, by {who} on {}: it is at revision {} now. Look at it again.",
            written_at(item.changed_at),
            item.revision
        );
        return Err(UserError::new("WORK_ITEM_MOVED", message, Some(&["input", "revision"])).into());
    }
    let forum = forum(&**deed.tx, scope, item.forum_id).await?.ok_or_else(|| Error::internal("finding an item's forum", &item.forum_id))?;
    Ok((item, forum))
}

/// A meeting of the forum that was not called off.
async fn meeting(deed: &Deed<'_>, scope: &Scope, forum: &ForumEntry, id: Option<Uuid>) -> Result<Uuid, Refusal> {
    let found = match id {
        Some(id) => meetings::store::find(&**deed.tx, scope, id).await?,
        None => None,
    };
    let refusal = |code: &str, message: &str| UserError::new(code, message, Some(&["input", "meeting"]));
    let meeting = found
        .filter(|meeting| meeting.forum_id == forum.id)
        .ok_or_else(|| refusal("MEETING_NOT_FOUND", "The forum has no such meeting: `forum.meetings` lists them."))?;
    if meeting.state == MeetingState::Cancelled.code() {
        return Err(refusal("MEETING_NOT_NOW", "That meeting was called off.").into());
    }
    Ok(meeting.id)
}

/// What the trail keeps of an item.
#[derive(Serialize)]
struct Kept<'a> {
    forum: &'a str,
    meeting: Option<Uuid>,
    title: &'a str,
    description: Option<&'a str>,
    lead: Option<&'a str>,
    state: &'a str,
    position: i32,
}

fn kept(forum: &ForumEntry, item: &Model) -> Option<String> {
    state(&Kept {
        forum: &forum.code,
        meeting: item.meeting_id,
        title: &item.title,
        description: item.description.as_deref(),
        lead: item.lead.as_deref(),
        state: &item.state,
        position: item.position,
    })
}
