//! The statements that read the trail.

use chrono::{DateTime, Utc};
use entity::audit_event::{Column, Entity, Model};
use rules::permission::Role;
use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use uuid::Uuid;

use super::Outcome;
use super::chain;
use crate::access::scope::of_council;
use crate::access::{Scope, scoped};
use crate::error::{ContextExt, Result};

/// Events read at a time where a whole trail is read.
const EVENTS_A_PAGE: u64 = 1_000;

/// Which events are asked for; nothing set asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// At this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What the verb begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verb: Option<String>,
    /// What the subject begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The thing the subject ends in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thing: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Uuid>,
}

impl Filter {
    /// What it says in words, a line a condition.
    pub fn words(&self) -> Vec<String> {
        let instant = |at: DateTime<Utc>| at.format("%-d %B %Y at %H:%M:%S UTC").to_string();
        let words = [
            self.from.map(|at| format!("From {}", instant(at))),
            self.until.map(|at| format!("Before {}", instant(at))),
            self.person.map(|person| format!("Of the person with the id {person}")),
            self.role.map(|role| format!("Role: {}", role.words())),
            self.verb.as_ref().map(|verb| format!("Verb begins with {verb}")),
            self.subject.as_ref().map(|subject| format!("Subject begins with {subject}")),
            self.thing.map(|thing| format!("Subject has the id {thing}")),
            self.outcome.map(|outcome| format!("Outcome: {}", outcome.words())),
            self.request.map(|request| format!("Request: {request}")),
        ];
        words.into_iter().flatten().collect()
    }

    fn narrow(&self, query: Select<Entity>) -> Select<Entity> {
        let begins = |with: &str| LikeExpr::new(format!("{}%", escaped(with))).escape('\\');
        let mut all = Condition::all();
        all = all.add_option(self.from.map(|from| Column::At.gte(from)));
        all = all.add_option(self.until.map(|until| Column::At.lt(until)));
        all = all.add_option(self.person.map(|person| Column::PersonId.eq(person)));
        all = all.add_option(self.outcome.map(|outcome| Column::Outcome.eq(outcome.code())));
        all = all.add_option(self.request.map(|request| Column::RequestId.eq(request.to_string())));
        all = all.add_option(self.verb.as_deref().map(|verb| Column::Verb.like(begins(verb))));
        all = all.add_option(self.subject.as_deref().map(|subject| Column::Subject.like(begins(subject))));
        all = all.add_option(self.thing.map(|thing| Column::Subject.like(format!("% {thing}"))));
        if let Some(role) = self.role {
            // One role, or several held, with commas between.
            let role = escaped(role.code());
            let like = |pattern: String| Column::Role.like(LikeExpr::new(pattern).escape('\\'));
            let several = [role.clone(), format!("{role},%"), format!("%,{role}"), format!("%,{role},%")];
            all = all.add(several.into_iter().fold(Condition::any(), |any, pattern| any.add(like(pattern))));
        }
        query.filter(all)
    }
}

/// Words as a pattern that matches them and nothing else.
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A place in the trail, newest first: in the chain, or among the events from before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Chained(i64),
    Before(DateTime<Utc>, Uuid),
}

impl Place {
    pub fn of(row: &Model) -> Self {
        row.seq.map_or(Self::Before(row.at, row.id), Self::Chained)
    }

    /// As the key of a cursor.
    pub fn key(self) -> String {
        match self {
            Self::Chained(seq) => format!("{seq}"),
            Self::Before(at, id) => format!("{}/{id}", at.timestamp_micros()),
        }
    }

    /// From a cursor's key; none when it is none.
    pub fn read(key: &str) -> Option<Self> {
        match key.split_once('/') {
            None => key.parse().ok().map(Self::Chained),
            Some((at, id)) => Some(Self::Before(DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?)),
        }
    }
}

/// Events behind a place, the newest first, those from before the chain last; at most `most`.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter, after: Option<Place>, most: u64) -> Result<Vec<Model>> {
    let mut rows = Vec::new();
    if !matches!(after, Some(Place::Before(..))) {
        let mut query = filter.narrow(scoped::<Entity>(scope)).filter(Column::Seq.is_not_null());
        if let Some(Place::Chained(seq)) = after {
            query = query.filter(Column::Seq.lt(seq));
        }
        rows = query.order_by_desc(Column::Seq).limit(most).all(db).await.context("reading the audit trail")?;
    }
    let left = most.saturating_sub(rows.len() as u64);
    if left == 0 {
        return Ok(rows);
    }
    let mut query = filter.narrow(scoped::<Entity>(scope)).filter(Column::Seq.is_null());
    if let Some(Place::Before(at, id)) = after {
        query = query.filter(Column::At.lte(at)).filter(Condition::any().add(Column::At.lt(at)).add(Column::Id.lt(id)));
    }
    let before = query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(left).all(db).await;
    rows.extend(before.context("reading the audit trail")?);
    Ok(rows)
}

pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<u64> {
    filter.narrow(scoped::<Entity>(scope)).count(db).await.context("counting the audit trail")
}

/// Events of the chain behind a number and an id, in the order of the chain. Two of one number both come, should
/// somebody have taken the index away that forbids it.
pub async fn chained(db: &impl ConnectionTrait, council: Uuid, after: Option<(i64, Uuid)>) -> Result<Vec<Model>> {
    let mut query = of_council::<Entity>(council).filter(Column::Seq.is_not_null());
    if let Some((seq, id)) = after {
        query = query.filter(Column::Seq.gte(seq)).filter(Condition::any().add(Column::Seq.gt(seq)).add(Column::Id.gt(id)));
    }
    let rows = query.order_by_asc(Column::Seq).order_by_asc(Column::Id).limit(EVENTS_A_PAGE).all(db).await;
    rows.context("reading the audit trail")
}

/// The events from before the chain.
pub struct BeforeTheChain {
    /// What the chain begins with.
    pub digest: String,
    pub events: u64,
    pub first: Option<DateTime<Utc>>,
    pub last: Option<DateTime<Utc>>,
    /// Those that say more than events from before the chain did, a few of them.
    pub odd: Vec<Model>,
}

/// Reads the events from before the chain, page by page. None in councils that began with it.
pub async fn before_the_chain(db: &impl ConnectionTrait, council: Uuid) -> Result<BeforeTheChain> {
    const ODD_MAX: usize = 20;
    let mut found = BeforeTheChain { digest: chain::BEGINNING.to_owned(), events: 0, first: None, last: None, odd: Vec::new() };
    let mut after: Option<(DateTime<Utc>, Uuid)> = None;
    loop {
        let mut query = of_council::<Entity>(council).filter(Column::Seq.is_null());
        if let Some((at, id)) = after {
            query = query.filter(Column::At.gte(at)).filter(Condition::any().add(Column::At.gt(at)).add(Column::Id.gt(id)));
        }
        let rows = query.order_by_asc(Column::At).order_by_asc(Column::Id).limit(EVENTS_A_PAGE).all(db).await;
        let rows = rows.context("reading the audit trail")?;
        let Some(end) = rows.last() else { return Ok(found) };
        after = Some((end.at, end.id));
        let full = rows.len() as u64 == EVENTS_A_PAGE;
        for row in rows {
            found.digest = chain::hash(&found.digest, &row);
            found.events += 1;
            found.first = found.first.or(Some(row.at));
            found.last = Some(row.at);
            if (row.hash.is_some() || row.actor.is_some()) && found.odd.len() < ODD_MAX {
                found.odd.push(row);
            }
        }
        if !full {
            return Ok(found);
        }
    }
}
