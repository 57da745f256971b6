//! Planning, changing, holding and calling off meetings.

use chrono::NaiveDate;
use entity::meeting::Model;
use rules::meeting::{MeetingAct, MeetingState};
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::store;
use crate::access::Scope;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, text_if_any, written, written_at};
use crate::forums::store::{ForumEntry, forum, last_to_change};
use crate::rows::{months, period};

/// The longest title and agenda reference, and the longest note.
const TITLE_CHARACTERS_MAX: usize = 200;
const NOTE_CHARACTERS_MAX: usize = 4_000;

/// A meeting with its forum.
pub struct Met {
    pub meeting: Model,
    pub forum: ForumEntry,
}

/// A meeting to be planned.
pub struct PlanInput<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The forum's code.
    pub forum: &'a str,
    pub held_on: NaiveDate,
    pub period: Option<Period>,
    pub agenda_reference: Option<&'a str>,
    pub title: Option<&'a str>,
    pub note: Option<&'a str>,
}

/// What is to change of a meeting. None stays as it is; of what may be empty, the inner none empties it.
#[derive(Default)]
pub struct ChangeInput<'a> {
    pub held_on: Option<NaiveDate>,
    pub period: Option<Option<Period>>,
    pub agenda_reference: Option<Option<&'a str>>,
    pub title: Option<Option<&'a str>>,
    pub note: Option<Option<&'a str>>,
}

/// Which meeting, as whoever acts last saw it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub id: Option<Uuid>,
    pub revision: i32,
}

/// Enters a meeting that is to come, or that took place before it was entered.
pub async fn plan(deed: &Deed<'_>, input: &PlanInput<'_>) -> Result<Met, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    deed.council(input.council)?;
    let forum = deed.forum(&scope, input.forum).await?;
    let meeting = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        forum_id: forum.id,
        held_on: deed.day(input.held_on, "heldOn")?,
        period_start: input.period.map(Period::start),
        period_months: input.period.map(months),
        agenda_reference: text_if_any(input.agenda_reference, "agendaReference", TITLE_CHARACTERS_MAX)?,
        title: text_if_any(input.title, "title", TITLE_CHARACTERS_MAX)?,
        state: MeetingState::Planned.to_string(),
        note: text_if_any(input.note, "note", NOTE_CHARACTERS_MAX)?,
        revision: 1,
        created_by: scope.person,
        created_at: deed.now(),
        changed_at: deed.now(),
    };
    possible(deed, &scope, &meeting).await?;
    store::insert(deed.tx, meeting.clone()).await?;
    deed.record(&scope, "meeting.plan", format!("meeting {}", meeting.id), [None, kept(&forum, &meeting)?]).await?;
    Ok(Met { meeting, forum })
}

/// Says something else of a meeting that was not called off.
pub async fn change(deed: &Deed<'_>, seen: Seen, input: &ChangeInput<'_>) -> Result<Met, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    let (Met { meeting: before, forum }, to) = about_to(deed, &scope, seen, MeetingAct::Change).await?;
    let mut after = next(deed, &before, to);
    if let Some(day) = input.held_on {
        after.held_on = deed.day(day, "heldOn")?;
    }
    if let Some(period) = input.period {
        (after.period_start, after.period_months) = (period.map(Period::start), period.map(months));
    }
    if let Some(reference) = input.agenda_reference {
        after.agenda_reference = text_if_any(reference, "agendaReference", TITLE_CHARACTERS_MAX)?;
    }
    if let Some(title) = input.title {
        after.title = text_if_any(title, "title", TITLE_CHARACTERS_MAX)?;
    }
    if let Some(note) = input.note {
        after.note = text_if_any(note, "note", NOTE_CHARACTERS_MAX)?;
    }
    possible(deed, &scope, &after).await?;
    if to == MeetingState::Held {
        has_come(deed, after.held_on)?;
    }
    keep(deed, &scope, "meeting.change", (&forum, &before, after)).await
}

/// Says that a meeting took place.
pub async fn hold(deed: &Deed<'_>, seen: Seen) -> Result<Met, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    let (Met { meeting: before, forum }, to) = about_to(deed, &scope, seen, MeetingAct::Hold).await?;
    has_come(deed, before.held_on)?;
    let after = next(deed, &before, to);
    keep(deed, &scope, "meeting.hold", (&forum, &before, after)).await
}

/// Calls a meeting off; its note says why from then on.
pub async fn cancel(deed: &Deed<'_>, seen: Seen, reason: &str) -> Result<Met, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageMeetings)?;
    let reason = text(reason, "reason", NOTE_CHARACTERS_MAX)?;
    let (Met { meeting: before, forum }, to) = about_to(deed, &scope, seen, MeetingAct::Cancel).await?;
    let after = Model { note: Some(reason), ..next(deed, &before, to) };
    keep(deed, &scope, "meeting.cancel", (&forum, &before, after)).await
}

/// A meeting of a forum that is covered, in the state it was seen in, and where the act leads.
async fn about_to(deed: &Deed<'_>, scope: &Scope, seen: Seen, act: MeetingAct) -> Result<(Met, MeetingState), Refusal> {
    let found = match seen.id {
        Some(id) => store::find(&**deed.tx, scope, id).await?.filter(|meeting| scope.covers_forum(meeting.forum_id)),
        None => None,
    };
    let met = match found {
        Some(meeting) => forum(&**deed.tx, scope, meeting.forum_id).await?.map(|forum| Met { meeting, forum }),
        None => None,
    };
    let met = met.ok_or_else(|| {
        UserError::new("MEETING_NOT_FOUND", "There is no meeting with this id that you may change.", Some(&["input", "meeting"]))
    })?;
    let now: MeetingState = met.meeting.state.parse().context("reading a meeting's state")?;
    if met.meeting.revision != seen.revision {
        return Err(moved(deed, scope, &met.meeting, now).await?.into());
    }
    let to = act.leads(now).ok_or_else(|| {
        let message = format!("The meeting is {}: that cannot be done to it any more.", now.words().to_lowercase());
        UserError::new("MEETING_NOT_NOW", message, Some(&["input", "meeting"]))
    })?;
    Ok((met, to))
}

/// What somebody is told whose sight of a meeting is no longer so.
async fn moved(deed: &Deed<'_>, scope: &Scope, meeting: &Model, now: MeetingState) -> Result<UserError> {
    let who = last_to_change(&**deed.tx, scope, &format!("meeting {}", meeting.id)).await?;
    let who = who.unwrap_or_else(|| "somebody".to_owned());
    let message = format!(
        "The meeting was changed in the meantime, by {who} on {}: it is {} now, for {}, at revision {}. Look at it again.",
        written_at(meeting.changed_at),
        now.words().to_lowercase(),
        written(meeting.held_on),
        meeting.revision
    );
    Ok(UserError::new("MEETING_MOVED", message, Some(&["input", "revision"])))
}

fn next(deed: &Deed<'_>, before: &Model, to: MeetingState) -> Model {
    Model { state: to.to_string(), revision: before.revision + 1, changed_at: deed.now(), ..before.clone() }
}

async fn keep(deed: &Deed<'_>, scope: &Scope, verb: &str, (forum, before, after): (&ForumEntry, &Model, Model)) -> Result<Met, Refusal> {
    store::update(deed.tx, &after).await?;
    deed.record(scope, verb, format!("meeting {}", after.id), [kept(forum, before)?, kept(forum, &after)?]).await?;
    Ok(Met { meeting: after, forum: forum.clone() })
}

/// Refuses a meeting before its period has ended, and a second one on a day.
async fn possible(deed: &Deed<'_>, scope: &Scope, meeting: &Model) -> Result<(), Refusal> {
    let period = period_of(meeting)?;
    if let Some(period) = period.filter(|period| meeting.held_on <= period.end()) {
        let message = format!("A meeting on {} comes before {} ends.", written(meeting.held_on), period.words());
        return Err(UserError::new("MEETING_TOO_EARLY", message, Some(&["input", "heldOn"])).into());
    }
    let there = store::on_day(&**deed.tx, scope, meeting.forum_id, meeting.held_on).await?;
    if there.is_some_and(|other| other.id != meeting.id) {
        let message = format!("The forum meets on {} already: change that meeting.", written(meeting.held_on));
        return Err(UserError::new("MEETING_THERE", message, Some(&["input", "heldOn"])).into());
    }
    Ok(())
}

fn has_come(deed: &Deed<'_>, day: NaiveDate) -> Result<(), Refusal> {
    if day <= deed.today() {
        return Ok(());
    }
    let message = format!("A meeting that took place was not on {}, which is to come.", written(day));
    Err(UserError::new("MEETING_TO_COME", message, Some(&["input", "meeting"])).into())
}

/// The reporting period a meeting looks at.
pub fn period_of(meeting: &Model) -> Result<Option<Period>> {
    meeting.period_start.zip(meeting.period_months).map(|(start, months)| period(start, months)).transpose()
}

/// What the trail keeps of a meeting.
#[derive(Serialize)]
struct Kept<'a> {
    forum: &'a str,
    held_on: NaiveDate,
    period: Option<String>,
    agenda_reference: Option<&'a str>,
    title: Option<&'a str>,
    state: &'a str,
    note: Option<&'a str>,
}

fn kept(forum: &ForumEntry, meeting: &Model) -> Result<Option<String>> {
    Ok(state(&Kept {
        forum: &forum.code,
        held_on: meeting.held_on,
        period: period_of(meeting)?.map(|period| period.to_string()),
        agenda_reference: meeting.agenda_reference.as_deref(),
        title: meeting.title.as_deref(),
        state: &meeting.state,
        note: meeting.note.as_deref(),
    }))
}
