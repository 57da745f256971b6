//! Which questions the viewer sees: a page of them, those of meetings, those that fall due, one by its id.

use std::collections::HashMap;

use async_graphql::Context;
use chrono::NaiveDate;
use rules::question as life;
use uuid::Uuid;

use super::graphql::QuestionConnection;
use super::set::{Question, Questions};
use super::sight::Sight;
use super::store::{self, Filter, QuestionEntry};
use crate::access::Scope;
use crate::error::{Code, Error, Result};
use crate::graphql::page::Ask;
use crate::graphql::session::session;

/// Questions of several meetings shown together.
const OF_MEETINGS_MAX: usize = 2_000;
/// Answers that fall due, listed at most.
const DUE_MAX: usize = 500;

/// Which questions are asked for.
#[derive(Default)]
pub struct Asked {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub forum: Option<Uuid>,
    pub state: Option<life::State>,
    pub kind: Option<life::Kind>,
    pub outstanding: Option<bool>,
    pub overdue: Option<bool>,
    /// Those the viewer is to answer.
    pub mine: bool,
    pub indicator: Option<String>,
}

/// Questions the viewer sees, the latest first.
pub async fn connection(ctx: &Context<'_>, asked: Asked) -> Result<QuestionConnection> {
    let ask = Ask::new(asked.first, asked.after.as_deref())?;
    let malformed = |_| Error::bad_input("`after` is not a cursor of this connection.");
    let after = ask.after.as_deref().map(str::parse::<i32>).transpose().map_err(malformed)?;
    let (actor, today) = (session(ctx).actor().await?, session(ctx).app.clock.today());
    let sight = Sight::of(&actor)?;
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter {
        forum: asked.forum,
        state: asked.state,
        kind: asked.kind,
        outstanding: asked.outstanding,
        overdue: asked.overdue.map(|overdue| (overdue, today)),
        assigned_to: asked.mine.then_some(actor.person),
        indicator: asked.indicator,
        ..Filter::default()
    };
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &sight, &filter).await? } else { 0 };
    let rows = store::page(&**snapshot, &sight, &filter, after, ask.first.saturating_add(1)).await?;
    let set = Questions::of(sight.scope, rows);
    Ok(QuestionConnection::fetched(set.all(), &ask, total, |question| question.entry().number.to_string(), Question::clone))
}

/// Questions of these meetings that the viewer sees, by number; none for whoever sees none at all.
pub async fn of_meetings(ctx: &Context<'_>, meetings: &[Uuid]) -> Result<HashMap<Uuid, Vec<Question>>> {
    let mut found: HashMap<Uuid, Vec<Question>> = HashMap::new();
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(found) };
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter { meetings: Some(meetings.to_vec()), ..Filter::default() };
    let mut rows = store::page(&**snapshot, &sight, &filter, None, OF_MEETINGS_MAX + 1).await?;
    if rows.len() > OF_MEETINGS_MAX {
        return Err(Error::limit(format!("These meetings have more than {OF_MEETINGS_MAX} questions: ask for fewer meetings.")));
    }
    rows.reverse();
    for question in Questions::of(sight.scope, rows).all() {
        if let Some(meeting) = question.entry().meeting {
            found.entry(meeting).or_default().push(question);
        }
    }
    Ok(found)
}

/// Questions of a forum the viewer sees whose answer falls due in these days, by day and number.
pub async fn due_in(ctx: &Context<'_>, forum: Uuid, days: (NaiveDate, NaiveDate)) -> Result<Vec<Question>> {
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(Vec::new()) };
    let snapshot = session(ctx).snapshot().await?;
    let filter = Filter { forum: Some(forum), due: Some(days), ..Filter::default() };
    let mut rows = store::page(&**snapshot, &sight, &filter, None, DUE_MAX + 1).await?;
    if rows.len() > DUE_MAX {
        return Err(Error::limit(format!("More than {DUE_MAX} answers fall due in these days: ask for less.")));
    }
    rows.sort_by_key(|question| (question.due_on, question.number));
    Ok(Questions::of(sight.scope, rows).all())
}

/// Questions the viewer sees, shown together.
pub fn dressed(scope: Scope, entries: Vec<QuestionEntry>) -> Vec<Question> {
    Questions::of(scope, entries).all()
}

/// A question the viewer sees.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Question>> {
    let Some(sight) = sight_if_any(ctx).await? else { return Ok(None) };
    let snapshot = session(ctx).snapshot().await?;
    let found = store::find(&**snapshot, &sight, id).await?;
    Ok(found.and_then(|entry| Questions::of(sight.scope, vec![entry]).all().pop()))
}

async fn sight_if_any(ctx: &Context<'_>) -> Result<Option<Sight>> {
    match Sight::of(&*session(ctx).actor().await?) {
        Err(missing) if missing.code == Code::Forbidden => Ok(None),
        sight => sight.map(Some),
    }
}
