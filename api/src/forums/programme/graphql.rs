//! The work programme as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::NaiveDate;
use uuid::Uuid;

use super::store::{self, ItemEntry};
use crate::error::Result;
use crate::forums::graphql::{Forum, Reference, find_entry, reads_papers};
use crate::forums::meetings::graphql::{Meeting, MeetingState, Meetings, of_forum};
use crate::forums::meetings::verbs::Met;
use crate::forums::questions::about::read_by_name;
use crate::forums::questions::graphql::{Question, due_in};
use crate::forums::store::ForumEntry;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::values::calendar::open_periods;

/// Where an item of a work programme stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::meeting::WorkState")]
pub enum WorkState {
    /// To be looked at.
    Planned,
    /// Looked at.
    Done,
    /// No longer meant to be.
    Dropped,
}

/// An item with its forum and, where it has one, its meeting.
#[derive(Clone)]
pub struct WorkItem {
    entry: Arc<ItemEntry>,
    forum: Arc<ForumEntry>,
    meeting: Option<Meeting>,
    /// Whether the viewer reads the indicator it is about by name.
    named: bool,
}

/// Something a forum means to look at.
#[Object]
impl WorkItem {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::WorkItem, self.entry.row.id)
    }

    /// Whose work it is.
    async fn forum(&self) -> Forum {
        ForumEntry::clone(&self.forum).into()
    }

    /// The meeting it is to be looked at; null while it has none.
    async fn meeting(&self) -> Option<&Meeting> {
        self.meeting.as_ref()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.entry.row.title
    }

    /// What it is about, and what is expected.
    async fn description(&self) -> Option<&str> {
        self.entry.row.description.as_deref()
    }

    /// The indicator it is about, by ref and its title when the item was added; null for whoever was never given it.
    async fn indicator(&self) -> Option<Reference> {
        named(self.entry.indicator.as_ref().filter(|_| self.named))
    }

    /// The element it is about.
    async fn element(&self) -> Option<Reference> {
        named(self.entry.element.as_ref())
    }

    /// Who brings it, by name or post.
    async fn lead(&self) -> Option<&str> {
        self.entry.row.lead.as_deref()
    }

    /// Where it stands.
    async fn state(&self) -> WorkState {
        self.entry.state.into()
    }

    /// Its place among the forum's items: the lowest first.
    async fn position(&self) -> i32 {
        self.entry.row.position
    }

    /// Grows with every change: give it back to change the item from what you saw.
    async fn revision(&self) -> i32 {
        self.entry.row.revision
    }

    /// When it was last changed.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.entry.row.changed_at)
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|scope| scope.covers_forum(self.forum.id)));
        Some(can().await)
    }
}

fn named(of: Option<&(String, String)>) -> Option<Reference> {
    of.map(|(code, title)| Reference { code: code.clone(), title: title.clone() })
}

/// A meeting with what is to be looked at it.
#[derive(Clone, SimpleObject)]
pub struct WorkMeeting {
    /// The meeting.
    meeting: Meeting,
    /// Items planned for it and those done, in their order; those dropped are left out.
    items: Vec<WorkItem>,
}

/// A reporting period that ends.
#[derive(Clone, SimpleObject)]
pub struct WorkPeriod {
    /// Which.
    period: Period,
    /// Its last day.
    ends_on: Date,
    /// Last day for returns.
    returns_due_on: Option<Date>,
    /// The first meeting of the forum that looks at it and was not called off.
    meeting: Option<Meeting>,
}

/// What a forum has before it from a day until another.
#[derive(SimpleObject)]
pub struct WorkProgramme {
    /// The first day.
    from: Date,
    /// The last day.
    until: Date,
    /// Its meetings in the order of their days, those called off left out; each with its items.
    meetings: Vec<WorkMeeting>,
    /// Items still planned that are at no meeting, or at one that was called off; whatever the days.
    unscheduled: Vec<WorkItem>,
    /// Reporting periods that end in these days, the earliest first.
    periods: Vec<WorkPeriod>,
    /// The forum's questions whose answer falls due in these days, as far as the viewer sees them: by day, then number. 500 at
    /// most.
    answers_due: Vec<Question>,
}

/// A forum's programme: the statements are the same however much there is.
pub async fn programme(ctx: &Context<'_>, forum: &ForumEntry, days: (NaiveDate, NaiveDate)) -> Result<WorkProgramme> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let scope = actor.own_scope();
    let forum = Arc::new(forum.clone());
    let items = store::of_forum(&**snapshot, &scope, forum.id, days).await?;
    let at: Vec<Uuid> = items.iter().filter_map(|item| item.row.meeting_id).collect();
    let met = of_forum(ctx, &forum, days).await?;
    let meetings = beside(ctx, &forum, at, &met).await?;
    let read = read_by_name(ctx, items.iter().filter_map(|item| item.row.indicator_id).collect()).await?;
    let entered = |item: &ItemEntry| {
        let meeting = item.row.meeting_id.and_then(|id| meetings.get(&id).cloned());
        let named = item.row.indicator_id.is_some_and(|id| read.contains(&id));
        WorkItem { entry: Arc::new(item.clone()), forum: Arc::clone(&forum), meeting, named }
    };
    let stands = |meeting: &&Meeting| meeting.stands() != MeetingState::Cancelled;
    let kept = |item: &&ItemEntry| item.state != rules::meeting::WorkState::Dropped;
    let of_meeting = |meeting: &Meeting| {
        let items = items.iter().filter(kept).filter(|item| item.row.meeting_id == Some(meeting.row().id)).map(entered).collect();
        WorkMeeting { meeting: meeting.clone(), items }
    };
    let nowhere = |item: &&ItemEntry| {
        let meeting = item.row.meeting_id.and_then(|id| meetings.get(&id));
        item.state == rules::meeting::WorkState::Planned && meeting.filter(stands).is_none()
    };
    Ok(WorkProgramme {
        from: Date(days.0),
        until: Date(days.1),
        meetings: met.iter().filter(stands).map(of_meeting).collect(),
        unscheduled: items.iter().filter(nowhere).map(entered).collect(),
        periods: periods(ctx, &met, days).await?,
        answers_due: due_in(ctx, forum.id, days).await?,
    })
}

/// The meetings of items by id: those of these days, and the others. One statement.
async fn beside(ctx: &Context<'_>, forum: &Arc<ForumEntry>, ids: Vec<Uuid>, met: &[Meeting]) -> Result<HashMap<Uuid, Meeting>> {
    let mut meetings: HashMap<Uuid, Meeting> = met.iter().map(|meeting| (meeting.row().id, meeting.clone())).collect();
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let mut others: Vec<Uuid> = ids.into_iter().filter(|id| !meetings.contains_key(id)).collect();
    others.sort_unstable();
    others.dedup();
    let rows = crate::forums::meetings::store::these(&**snapshot, &actor.own_scope(), &others).await?;
    let all = Meetings::of(rows.into_iter().map(|row| (row, Arc::clone(forum))))?.all();
    meetings.extend(all.into_iter().map(|meeting| (meeting.row().id, meeting)));
    Ok(meetings)
}

/// Reporting periods that end in these days. Which there are is no secret of the framework's: whoever sees the forum is told.
async fn periods(ctx: &Context<'_>, met: &[Meeting], (from, until): (NaiveDate, NaiveDate)) -> Result<Vec<WorkPeriod>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let calendar = open_periods(&**snapshot, &actor.own_scope()).await?;
    let mut periods: Vec<WorkPeriod> = Vec::new();
    // That of the edition in force comes first, and stands for those of the others.
    for row in calendar.editions.iter().flatten().filter(|row| (from..=until).contains(&row.period.end())) {
        if !periods.iter().any(|known| known.period.0 == row.period) {
            let looks = |meeting: &&Meeting| meeting.looks_at() == Some(row.period) && meeting.stands() != MeetingState::Cancelled;
            periods.push(WorkPeriod {
                period: Period(row.period),
                ends_on: Date(row.period.end()),
                returns_due_on: row.due_on.map(Date),
                meeting: met.iter().find(looks).cloned(),
            });
        }
    }
    periods.sort_by_key(|of| (of.ends_on.0, of.period.0.months()));
    Ok(periods)
}

/// An item of a forum whose papers the viewer reads.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<WorkItem>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let scope = actor.own_scope();
    let Some(entry) = store::find(&**snapshot, &scope, id).await? else { return Ok(None) };
    let Some(forum) = find_entry(ctx, entry.row.forum_id).await? else { return Ok(None) };
    if !reads_papers(&actor, forum.id) {
        return Ok(None);
    }
    let meeting = match entry.row.meeting_id {
        Some(id) => crate::forums::meetings::store::find(&**snapshot, &scope, id).await?,
        None => None,
    };
    let meeting = meeting.map(|meeting| Meeting::one(Met { meeting, forum: forum.clone() })).transpose()?;
    let named = !read_by_name(ctx, entry.row.indicator_id.into_iter().collect()).await?.is_empty();
    Ok(Some(WorkItem { entry: Arc::new(entry), forum: Arc::new(forum), meeting, named }))
}
