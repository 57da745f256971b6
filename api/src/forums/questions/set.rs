//! Questions shown together, and one of them: what belongs to all is found once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::Context;
use rules::question::Act;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::about::read_by_name;
use super::store::{self, QuestionEntry, StepEntry};
use crate::access::Scope;
use crate::error::Result;
use crate::forums::meetings;
use crate::forums::meetings::graphql::{Meeting, Meetings};
use crate::forums::store::{ForumEntry, forums};
use crate::graphql::session::session;
use crate::people::target;

/// Questions shown together, whose forums, meetings and histories are found together.
pub struct Questions {
    scope: Scope,
    entries: Vec<QuestionEntry>,
    forums: OnceCell<HashMap<Uuid, ForumEntry>>,
    meetings: OnceCell<HashMap<Uuid, Meeting>>,
    steps: OnceCell<HashMap<Uuid, Vec<StepEntry>>>,
    owners: OnceCell<HashMap<Uuid, Uuid>>,
    /// Of the indicators they are about, those the viewer reads by name.
    named: OnceCell<HashSet<Uuid>>,
}

impl Questions {
    pub fn of(scope: Scope, entries: Vec<QuestionEntry>) -> Arc<Self> {
        let (forums, meetings, steps) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Arc::new(Self { scope, entries, forums, meetings, steps, owners: OnceCell::new(), named: OnceCell::new() })
    }

    /// Each of them, in order.
    pub fn all(self: &Arc<Self>) -> Vec<Question> {
        (0..self.entries.len()).map(|at| Question { set: Arc::clone(self), at }).collect()
    }

    pub async fn forums(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, ForumEntry>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let all = forums(&**snapshot, &self.scope).await?;
            Ok(all.into_iter().map(|forum| (forum.id, forum)).collect())
        };
        self.forums.get_or_try_init(load).await
    }

    pub async fn meetings(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Meeting>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let mut ids: Vec<Uuid> = self.entries.iter().filter_map(|entry| entry.meeting).collect();
            ids.sort_unstable();
            ids.dedup();
            let rows = meetings::store::these(&**snapshot, &self.scope, &ids).await?;
            let forums = self.forums(ctx).await?;
            let met = rows.into_iter().filter_map(|row| Some((forums.get(&row.forum_id)?.clone().into(), row)));
            let all = Meetings::of(met.map(|(forum, row)| (row, forum)))?.all();
            Ok(all.into_iter().map(|meeting| (meeting.row().id, meeting)).collect())
        };
        self.meetings.get_or_try_init(load).await
    }

    async fn steps(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Vec<StepEntry>>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let ids: Vec<Uuid> = self.entries.iter().map(|entry| entry.id).collect();
            store::steps(&**snapshot, &self.scope, &ids).await
        };
        self.steps.get_or_try_init(load).await
    }

    async fn owners(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Uuid>> {
        let load = async || {
            let (snapshot, today) = (session(ctx).snapshot().await?, session(ctx).app.clock.today());
            let mut ids: Vec<Uuid> = self.entries.iter().filter_map(|entry| entry.indicator.as_ref().map(|(id, ..)| *id)).collect();
            ids.sort_unstable();
            ids.dedup();
            target::owners(&**snapshot, &self.scope, &ids, today).await
        };
        self.owners.get_or_try_init(load).await
    }
}

impl Questions {
    async fn named(&self, ctx: &Context<'_>) -> Result<&HashSet<Uuid>> {
        let load = async || {
            let ids = self.entries.iter().filter_map(|entry| entry.indicator.as_ref().map(|(id, ..)| *id)).collect();
            read_by_name(ctx, ids).await
        };
        self.named.get_or_try_init(load).await
    }
}

/// A question with those shown beside it.
#[derive(Clone)]
pub struct Question {
    pub set: Arc<Questions>,
    at: usize,
}

impl Question {
    pub fn entry(&self) -> &QuestionEntry {
        &self.set.entries[self.at]
    }

    pub async fn done(&self, ctx: &Context<'_>) -> Result<&[StepEntry]> {
        Ok(self.set.steps(ctx).await?.get(&self.entry().id).map_or(&[], Vec::as_slice))
    }

    /// The indicator it is about, if the viewer reads it by name or is to answer.
    pub async fn indicator_read(&self, ctx: &Context<'_>) -> Result<Option<&(Uuid, String, String)>> {
        let Some(indicator) = &self.entry().indicator else { return Ok(None) };
        let person = session(ctx).actor().await?.person;
        let answers = self.entry().assigned_to.as_ref().is_some_and(|(id, _)| *id == person);
        Ok((answers || self.set.named(ctx).await?.contains(&indicator.0)).then_some(indicator))
    }

    /// The element that owns the indicator it is about.
    pub async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Uuid>> {
        let Some((id, ..)) = &self.entry().indicator else { return Ok(None) };
        Ok(self.set.owners(ctx).await?.get(id).copied())
    }

    /// The step that gave the answer that stands; none before the first.
    pub async fn answered(&self, ctx: &Context<'_>) -> Result<Option<&StepEntry>> {
        Ok(self.done(ctx).await?.iter().rfind(|step| step.act == Act::Answer))
    }
}
