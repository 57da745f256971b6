//! The calendar and its feeds as the API shows them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use uuid::Uuid;

use super::entries::{self, ENTRIES_MAX, entries};
use super::feeds;
use crate::error::{Error, Result};
use crate::forums::graphql::Forum;
use crate::forums::meetings::graphql::{Meeting, Meetings, range};
use crate::forums::questions::graphql::{Question, dressed};
use crate::forums::store::ForumEntry;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;

/// Days a calendar reaches over.
const DAYS_MAX: i64 = 1_100;
/// Entries a calendar is reckoned to have, for the schema's limit.
pub const ENTRIES_EXPECTED: usize = 50;

/// What falls on a day.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "entries::EntryKind")]
pub enum CalendarKind {
    /// An edition of the framework begins to stand.
    EditionBegins,
    /// A reporting period ends.
    PeriodEnds,
    /// Returns of a reporting period are due.
    ReturnsDue,
    /// A forum meets.
    Meeting,
    /// An answer to a question is due.
    AnswerDue,
    /// An edition of the framework ends.
    EditionEnds,
}

/// Something that falls on a day.
#[derive(SimpleObject)]
pub struct CalendarEntry {
    /// The day.
    day: Date,
    /// What it is.
    kind: CalendarKind,
    /// The same in words, without figures and without what a question says.
    title: String,
    /// Whether it was called off.
    cancelled: bool,
    /// The forum it is of.
    forum: Option<Forum>,
    /// The period that ends, is returned, looked at or asked about.
    period: Option<Period>,
    /// The meeting it is.
    meeting: Option<Meeting>,
    /// The question whose answer is due.
    question: Option<Question>,
}

/// What falls in these days, as the viewer sees it.
pub async fn calendar(ctx: &Context<'_>, from: Option<Date>, until: Option<Date>, forum: Option<String>) -> Result<Vec<CalendarEntry>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let days = range(ctx, from, until, DAYS_MAX)?;
    let only = match forum {
        Some(code) => {
            let seen = crate::forums::graphql::seen_by(&**snapshot, &actor).await?;
            let found = seen.into_iter().find(|forum| forum.code.eq_ignore_ascii_case(code.trim()));
            Some(found.ok_or_else(|| Error::not_found("The council has no forum of this code that you see."))?.id)
        }
        None => None,
    };
    let found = entries(&**snapshot, &actor, days, only).await?;
    if found.len() > ENTRIES_MAX {
        return Err(Error::limit(format!("More than {ENTRIES_MAX} things fall in these days: ask for less.")));
    }
    let met = found.iter().filter_map(|entry| Some((entry.meeting.clone()?, Arc::new(entry.forum.clone()?))));
    let meetings: HashMap<Uuid, Meeting> = Meetings::of(met)?.all().into_iter().map(|meeting| (meeting.row().id, meeting)).collect();
    let asked = found.iter().filter_map(|entry| entry.question.clone()).collect();
    let questions: HashMap<Uuid, Question> =
        dressed(actor.own_scope(), asked).into_iter().map(|question| (question.entry().id, question)).collect();
    let entry = |entry: entries::Entry| CalendarEntry {
        day: Date(entry.day),
        kind: entry.kind.into(),
        title: entry.title,
        cancelled: entry.cancelled,
        forum: entry.forum.map(Into::into),
        period: entry.period.map(Period),
        meeting: entry.meeting.and_then(|row| meetings.get(&row.id).cloned()),
        question: entry.question.and_then(|question| questions.get(&question.id).cloned()),
    };
    Ok(found.into_iter().map(entry).collect())
}

/// An address at which the viewer's calendar program reads their calendar.
pub struct CalendarFeed {
    pub row: entity::calendar_feed::Model,
    pub of: Option<ForumEntry>,
}

/// An address at which the viewer's calendar program reads their calendar. The address itself was shown once, when it was made.
#[Object]
impl CalendarFeed {
    /// Opaque id, for `calendarFeedRevoke`.
    async fn id(&self) -> ID {
        id::id(Kind::CalendarFeed, self.row.id)
    }

    /// The forum it is of; null for everything its person sees.
    async fn forum(&self) -> Option<Forum> {
        self.of.clone().map(Into::into)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }
}

/// The viewer's feeds in use, the latest first.
pub async fn of_viewer(ctx: &Context<'_>) -> Result<Vec<CalendarFeed>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let feeds = feeds::of_viewer(&**snapshot, &actor).await?;
    Ok(feeds.into_iter().map(|(row, of)| CalendarFeed { row, of }).collect())
}
