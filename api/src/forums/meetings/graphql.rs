//! The meeting as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::NaiveDate;
use entity::meeting::Model;
use rules::meeting::{MeetingAct as Act, MeetingState as State};
use rules::period::Period as Months;
use rules::permission::Permission;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::store;
use super::verbs::{Met, period_of};
use crate::error::{ContextExt, Error, Result};
use crate::forums::graphql::{Forum, find_entry, reads_papers};
use crate::forums::questions;
use crate::forums::questions::graphql::Question;
use crate::forums::store::ForumEntry;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::packs::graphql::Pack;

/// Meetings listed at most.
pub const MEETINGS_MAX: usize = 500;
/// Meetings a list is reckoned to have, and packs and questions a meeting, for the schema's limit.
pub const MEETINGS_EXPECTED: usize = 20;
const OF_A_MEETING: usize = 10;

/// Where a meeting stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::meeting::MeetingState")]
pub enum MeetingState {
    /// It is to come.
    Planned,
    /// It took place.
    Held,
    /// It will not, or did not, take place.
    Cancelled,
}

/// What is done about a meeting.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::meeting::MeetingAct")]
pub enum MeetingAct {
    /// Say something else of it: another day, period, title, agenda reference or note.
    Change,
    /// Say that it took place.
    Hold,
    /// Call it off.
    Cancel,
}

/// Something that can be done about a meeting in the state it is in.
#[derive(SimpleObject)]
pub struct MeetingChoice {
    /// What.
    act: MeetingAct,
    /// Whether the viewer may do it now.
    possible: bool,
    /// Why not, in a sentence; null where they may.
    because: Option<String>,
}

/// Meetings shown together, whose packs and questions are found together.
pub struct Meetings {
    met: Vec<(Model, State, Option<Months>, Arc<ForumEntry>)>,
    packs: OnceCell<HashMap<(Uuid, NaiveDate), Vec<Pack>>>,
    questions: OnceCell<HashMap<Uuid, Vec<Question>>>,
}

impl Meetings {
    pub fn of(met: impl IntoIterator<Item = (Model, Arc<ForumEntry>)>) -> Result<Arc<Self>> {
        let read = |(meeting, forum): (Model, Arc<ForumEntry>)| {
            let state = meeting.state.parse().context("reading a meeting's state")?;
            let period = period_of(&meeting)?;
            Ok((meeting, state, period, forum))
        };
        let met = met.into_iter().map(read).collect::<Result<_>>()?;
        Ok(Arc::new(Self { met, packs: OnceCell::new(), questions: OnceCell::new() }))
    }

    /// Each of them, in order.
    pub fn all(self: &Arc<Self>) -> Vec<Meeting> {
        (0..self.met.len()).map(|at| Meeting { set: Arc::clone(self), at }).collect()
    }

    async fn packs(&self, ctx: &Context<'_>) -> Result<&HashMap<(Uuid, NaiveDate), Vec<Pack>>> {
        let load = async || {
            let forums: Vec<&ForumEntry> = self.met.iter().map(|(.., forum)| &**forum).collect();
            let days: Vec<NaiveDate> = self.met.iter().map(|(meeting, ..)| meeting.held_on).collect();
            crate::packs::graphql::of_meetings(ctx, &forums, &days).await
        };
        self.packs.get_or_try_init(load).await
    }

    async fn questions(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Vec<Question>>> {
        let load = async || {
            let ids: Vec<Uuid> = self.met.iter().map(|(meeting, ..)| meeting.id).collect();
            questions::graphql::of_meetings(ctx, &ids).await
        };
        self.questions.get_or_try_init(load).await
    }
}

/// A meeting with those shown beside it.
#[derive(Clone)]
pub struct Meeting {
    set: Arc<Meetings>,
    at: usize,
}

impl Meeting {
    /// One by itself.
    pub fn one(met: Met) -> Result<Self> {
        Ok(Self { set: Meetings::of([(met.meeting, Arc::new(met.forum))])?, at: 0 })
    }

    pub fn row(&self) -> &Model {
        &self.set.met[self.at].0
    }

    /// Where it stands.
    pub fn stands(&self) -> MeetingState {
        self.set.met[self.at].1.into()
    }

    /// The reporting period it looks at.
    pub fn looks_at(&self) -> Option<Months> {
        self.set.met[self.at].2
    }

    /// What only those read who read the forum's papers.
    async fn paper(&self, ctx: &Context<'_>, words: Option<&String>) -> Result<Option<String>> {
        let actor = session(ctx).actor().await?;
        Ok(words.filter(|_| reads_papers(&actor, self.row().forum_id)).cloned())
    }

    fn forum_entry(&self) -> &ForumEntry {
        &self.set.met[self.at].3
    }
}

/// A meeting of a forum.
#[Object]
impl Meeting {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Meeting, self.row().id)
    }

    /// The body that meets.
    async fn forum(&self) -> Forum {
        self.forum_entry().clone().into()
    }

    /// The day it is, or was, held.
    async fn held_on(&self) -> Date {
        Date(self.row().held_on)
    }

    /// The reporting period it looks at.
    async fn period(&self) -> Option<Period> {
        self.looks_at().map(Period)
    }

    /// Where the papers are found on its agenda. For whoever sits on the forum or reads what is released to it; null for others.
    async fn agenda_reference(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.paper(ctx, self.row().agenda_reference.as_ref()).await.transpose()
    }

    /// What it is called, where the forum's name and the day do not say enough.
    async fn title(&self) -> Option<&str> {
        self.row().title.as_deref()
    }

    /// Where it stands.
    async fn state(&self) -> MeetingState {
        self.stands()
    }

    /// What is to be known of it; of a meeting that was called off, why. For whoever sits on the forum or reads what is
    /// released to it; null for others.
    async fn note(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.paper(ctx, self.row().note.as_ref()).await.transpose()
    }

    /// Grows with every change: give it back to change the meeting from what you saw.
    async fn revision(&self) -> i32 {
        self.row().revision
    }

    /// When it was last changed.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.row().changed_at)
    }

    /// Packs made for it that the viewer may see: of its forum, for its day. The latest first; 1,000 at most of all meetings
    /// in a list.
    #[graphql(complexity = "OF_A_MEETING * child_complexity")]
    async fn packs(&self, ctx: &Context<'_>) -> Option<Result<Vec<Pack>>> {
        let mine = async || {
            let of = (self.row().forum_id, self.row().held_on);
            Ok(self.set.packs(ctx).await?.get(&of).cloned().unwrap_or_default())
        };
        Some(mine().await)
    }

    /// What was asked at it, as far as the viewer may see: by number. 200 at most.
    #[graphql(complexity = "OF_A_MEETING * child_complexity")]
    async fn questions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Question>>> {
        let mine = async || Ok(self.set.questions(ctx).await?.get(&self.row().id).cloned().unwrap_or_default());
        Some(mine().await)
    }

    /// What can be done about it in the state it is in, and whether the viewer may.
    async fn viewer_acts(&self, ctx: &Context<'_>) -> Option<Result<Vec<MeetingChoice>>> {
        let all = async || {
            let (row, state, actor) = (self.row(), self.set.met[self.at].1, session(ctx).actor().await?);
            let today = session(ctx).app.clock.today();
            let right = actor.scope_for(Permission::ManageMeetings).ok().filter(|scope| scope.covers_forum(row.forum_id));
            let choice = |act: &Act| {
                let because = match (&right, act) {
                    (None, _) => Some(Error::no_role(Permission::ManageMeetings).message),
                    (Some(_), Act::Hold) if row.held_on > today => Some("Its day is still to come.".to_owned()),
                    _ => None,
                };
                MeetingChoice { act: (*act).into(), possible: because.is_none(), because }
            };
            Ok(Act::ALL.iter().filter(|act| act.leads(state).is_some()).map(choice).collect())
        };
        Some(all().await)
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|scope| scope.covers_forum(self.row().forum_id)));
        Some(can().await)
    }
}

/// From which day until which a list reaches, when nobody said: a year either way.
pub fn range(ctx: &Context<'_>, from: Option<Date>, until: Option<Date>, days_max: i64) -> Result<(NaiveDate, NaiveDate)> {
    let today = session(ctx).app.clock.today();
    let year = chrono::Days::new(365);
    let from = from.map(|day| day.0).or_else(|| today.checked_sub_days(year)).unwrap_or(today);
    let until = until.map(|day| day.0).or_else(|| today.checked_add_days(year)).unwrap_or(today);
    if until < from {
        return Err(Error::bad_input("`until` comes before `from`."));
    }
    if (until - from).num_days() > days_max {
        return Err(Error::limit(format!("From `from` until `until` are {days_max} days at most: ask for less.")));
    }
    Ok((from, until))
}

/// Meetings of a forum the viewer may see, in the order of their days.
pub async fn of_forum(ctx: &Context<'_>, forum: &ForumEntry, days: (NaiveDate, NaiveDate)) -> Result<Vec<Meeting>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let most = u64::try_from(MEETINGS_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let rows = store::between(&**snapshot, &actor.own_scope(), &[forum.id], days, most).await?;
    if rows.len() > MEETINGS_MAX {
        return Err(Error::limit(format!("There are more than {MEETINGS_MAX} meetings in these days: ask for less.")));
    }
    let forum = Arc::new(forum.clone());
    Ok(Meetings::of(rows.into_iter().map(|row| (row, Arc::clone(&forum))))?.all())
}

/// A meeting of a forum the viewer may see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Meeting>> {
    let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
    let Some(meeting) = store::find(&**snapshot, &actor.own_scope(), id).await? else { return Ok(None) };
    let forum = find_entry(ctx, meeting.forum_id).await?;
    forum.map(|forum| Meeting::one(Met { meeting, forum })).transpose()
}
