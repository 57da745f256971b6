//! What falls on which day, as somebody sees it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::closed_set;
use rules::meeting::MeetingState;
use rules::period::Period;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store;
use crate::access::Actor;
use crate::error::{Code, ContextExt, Result};
use crate::forums::graphql::{reads_papers, seen_by};
use crate::forums::meetings;
use crate::forums::questions::sight::Sight;
use crate::forums::questions::store::{Filter, QuestionEntry, page};
use crate::forums::store::ForumEntry;

/// Entries of one answer.
pub const ENTRIES_MAX: usize = 1_000;

closed_set! {
    /// What falls on a day.
    EntryKind {
        /// An edition of the framework begins to stand.
        EditionBegins = "EDITION_BEGINS", "Edition begins";
        /// A reporting period ends.
        PeriodEnds = "PERIOD_ENDS", "Period ends";
        /// Returns of a reporting period are due.
        ReturnsDue = "RETURNS_DUE", "Returns due";
        /// A forum meets.
        Meeting = "MEETING", "Meeting";
        /// An answer to a question is due.
        AnswerDue = "ANSWER_DUE", "Answer due";
        /// An edition of the framework ends.
        EditionEnds = "EDITION_ENDS", "Edition ends";
    }
}

/// Something that falls on a day.
#[derive(Debug, Clone)]
pub struct Entry {
    pub day: NaiveDate,
    pub kind: EntryKind,
    /// In words anybody may overhear: no figure, and nothing of what a question says.
    pub title: String,
    pub forum: Option<ForumEntry>,
    pub period: Option<Period>,
    pub meeting: Option<entity::meeting::Model>,
    pub question: Option<QuestionEntry>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// What it is a day of: stays the same however often it is moved.
    pub of: String,
    /// Whether the reader reads the papers of its forum.
    pub papers: bool,
    /// When it was last put on record.
    pub recorded_at: DateTime<Utc>,
}

/// Everything from a day until another that an actor sees, in the order of days; of one forum: its meetings, and answers due
/// to it. A little more than [`ENTRIES_MAX`] at most, so that it shows. The statements are the same however much there is.
pub async fn entries(db: &impl ConnectionTrait, actor: &Actor, days: (NaiveDate, NaiveDate), forum: Option<Uuid>) -> Result<Vec<Entry>> {
    let mut forums = seen_by(db, actor).await?;
    if let Some(one) = forum {
        forums.retain(|forum| forum.id == one);
    }
    let mut all = Vec::new();
    if forum.is_none() && actor.scope_for(Permission::ViewFramework).is_ok() {
        all.extend(of_framework(db, actor, days).await?);
    }
    let forums: HashMap<Uuid, ForumEntry> = forums.into_iter().map(|forum| (forum.id, forum)).collect();
    all.extend(of_meetings(db, actor, days, &forums).await?);
    all.extend(of_answers(db, actor, days, (forum, &forums)).await?);
    all.sort_by(|one, other| (one.day, one.kind, &one.title, &one.of).cmp(&(other.day, other.kind, &other.title, &other.of)));
    Ok(all)
}

/// Editions and reporting periods: the same day of several editions is one.
async fn of_framework(db: &impl ConnectionTrait, actor: &Actor, (from, until): (NaiveDate, NaiveDate)) -> Result<Vec<Entry>> {
    let scope = actor.own_scope();
    let mut found: Vec<Entry> = Vec::new();
    let mut add =
        |kind: EntryKind, day: Option<NaiveDate>, title: String, of: String, period: Option<Period>, recorded_at: DateTime<Utc>| {
            let Some(day) = day.filter(|day| (from..=until).contains(day)) else { return };
            if !found.iter().any(|known| (known.kind, &known.of) == (kind, &of)) {
                found.push(Entry {
                    day,
                    kind,
                    title,
                    forum: None,
                    period,
                    meeting: None,
                    question: None,
                    cancelled: false,
                    of,
                    papers: false,
                    recorded_at,
                });
            }
        };
    for edition in store::editions(db, &scope).await? {
        let named = format!("{} {}", edition.title, edition.edition);
        let of = edition.id.simple().to_string();
        add(EntryKind::EditionBegins, Some(edition.from), format!("{named} begins"), of.clone(), None, edition.recorded_at);
        add(EntryKind::EditionEnds, edition.until, format!("{named} ends"), of, None, edition.recorded_at);
    }
    for row in store::periods(db, &scope).await? {
        let of = format!("{}-{}", row.period.start().format("%Y%m%d"), row.period.months());
        let words = row.period.words();
        add(EntryKind::PeriodEnds, Some(row.period.end()), format!("{words} ends"), of.clone(), Some(row.period), row.recorded_at);
        add(EntryKind::ReturnsDue, row.due_on, format!("Returns for {words} due"), of, Some(row.period), row.recorded_at);
    }
    Ok(found)
}

async fn of_meetings(
    db: &impl ConnectionTrait,
    actor: &Actor,
    days: (NaiveDate, NaiveDate),
    forums: &HashMap<Uuid, ForumEntry>,
) -> Result<Vec<Entry>> {
    let ids: Vec<Uuid> = forums.keys().copied().collect();
    let most = u64::try_from(ENTRIES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let rows = meetings::store::between(db, &actor.own_scope(), &ids, days, most).await?;
    let entry = |row: entity::meeting::Model| {
        let state: MeetingState = row.state.parse().context("reading a meeting's state")?;
        let forum = forums.get(&row.forum_id).cloned();
        let whose = forum.as_ref().map(|forum| forum.title.clone()).unwrap_or_default();
        let title = row.title.as_ref().map_or_else(|| whose.clone(), |title| format!("{whose}: {title}"));
        Ok(Entry {
            day: row.held_on,
            kind: EntryKind::Meeting,
            title,
            forum,
            period: meetings::verbs::period_of(&row)?,
            question: None,
            cancelled: state == MeetingState::Cancelled,
            of: row.id.simple().to_string(),
            papers: reads_papers(actor, row.forum_id),
            recorded_at: row.changed_at,
            meeting: Some(row),
        })
    };
    rows.into_iter().map(entry).collect()
}

async fn of_answers(
    db: &impl ConnectionTrait,
    actor: &Actor,
    days: (NaiveDate, NaiveDate),
    (only, forums): (Option<Uuid>, &HashMap<Uuid, ForumEntry>),
) -> Result<Vec<Entry>> {
    let sight = match Sight::of(actor) {
        Err(missing) if missing.code == Code::Forbidden => return Ok(Vec::new()),
        sight => sight?,
    };
    let filter = Filter { forum: only, due: Some(days), ..Filter::default() };
    let rows = page(db, &sight, &filter, None, ENTRIES_MAX + 1).await?;
    let entry = |question: QuestionEntry| {
        let forum = question.forum.and_then(|id| forums.get(&id).cloned());
        let whose = forum.as_ref().map_or_else(String::new, |forum| format!("{}: ", forum.title));
        let title = format!("{whose}answer to {} {} due", question.kind.words().to_lowercase(), question.number);
        Some(Entry {
            day: question.due_on?,
            kind: EntryKind::AnswerDue,
            title: capital(&title),
            forum,
            period: question.period,
            meeting: None,
            cancelled: false,
            of: question.id.simple().to_string(),
            papers: false,
            recorded_at: question.changed_at,
            question: Some(question),
        })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

fn capital(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
