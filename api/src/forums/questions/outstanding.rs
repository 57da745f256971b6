//! What a forum's pack opens with: what was outstanding at an instant, and what was settled since another.

use chrono::{DateTime, NaiveDate, Utc};
use entity::Text;
use rules::question::{Act, Kind, State};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::store::{StepEntry, states, steps};
use crate::access::Scope;
use crate::error::Result;
use crate::rows::read_rows;

/// Questions looked at for a pack.
const QUESTIONS_MAX: i64 = 1_000;

/// A question as it stood at an instant.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: Uuid,
    pub number: i32,
    pub kind: Kind,
    pub state: State,
    pub words: String,
    /// Ref and title.
    pub indicator: Option<(String, String)>,
    /// Whether the indicator was released to the forum by then, and not withdrawn since.
    pub given: bool,
    /// Whether what is written beside the indicator's figures may speak of persons.
    pub sensitive: bool,
    pub element: Option<(String, String)>,
    pub asked_by: Option<String>,
    /// The day of the meeting, else the day it was put on record.
    pub asked_on: NaiveDate,
    pub assigned_to: Option<String>,
    pub due_on: Option<NaiveDate>,
    /// When the last answer was given, and what it was.
    pub answer: Option<(DateTime<Utc>, String)>,
    /// What was missing in that answer.
    pub returned: Option<String>,
}

/// Questions of a forum that were outstanding at an instant, and those whose answer was accepted between another and it; by
/// number, 1,000 at most. Two statements.
pub async fn of_forum(
    db: &impl ConnectionTrait,
    scope: &Scope,
    forum: Uuid,
    at: DateTime<Utc>,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<Standing>> {
    let mut found = standing(db, scope, forum, at, since).await?;
    let ids: Vec<Uuid> = found.iter().map(|question| question.id).collect();
    let mut history = steps(db, scope, &ids).await?;
    for question in &mut found {
        let done: Vec<StepEntry> = history.remove(&question.id).unwrap_or_default().into_iter().filter(|step| step.at <= at).collect();
        let answer = done.iter().rposition(|step| step.act == Act::Answer);
        question.answer = answer.and_then(|n| Some((done[n].at, done[n].words.clone()?)));
        let after = answer.map_or(&[][..], |n| &done[n..]);
        question.returned = after.iter().rfind(|step| step.act == Act::Return).and_then(|step| step.words.clone());
    }
    Ok(found)
}

async fn standing(
    db: &impl ConnectionTrait,
    scope: &Scope,
    forum: Uuid,
    at: DateTime<Utc>,
    since: Option<DateTime<Utc>>,
) -> Result<Vec<Standing>> {
    // Its title when the question was put on record; and whether it is sensitive now, whatever it was then.
    let title = "v.recorded_at <= q.recorded_at AND (v.superseded_at IS NULL OR v.superseded_at > q.recorded_at) \
        AND (v.applies_from IS NULL OR v.applies_from <= q.recorded_at)";
    let of_version = |column: &str, which: &str| {
        format!(
            "(SELECT v.{column} FROM indicator_version v WHERE v.council_id = q.council_id AND v.indicator_id = q.indicator_id \
                AND {which} ORDER BY v.version DESC LIMIT 1)"
        )
    };
    let sql = format!(
        "SELECT q.id, q.number, q.kind, s.to_state, q.words, i.code, {}, CASE WHEN EXISTS (SELECT 1 FROM release_indicator g \
                JOIN forum_release r ON r.council_id = g.council_id AND r.id = g.release_id AND r.withdrawn_at IS NULL \
                WHERE g.council_id = q.council_id AND g.indicator_id = q.indicator_id AND r.forum_id = q.forum_id \
                    AND r.released_at <= $3) THEN 1 ELSE 0 END, {}, e.code, e.title, q.asked_by, m.held_on, q.recorded_at, \
            a.name, s.due_on \
        FROM scrutiny_question q \
        JOIN question_step s ON s.council_id = q.council_id AND s.question_id = q.id AND s.seq = (SELECT MAX(t.seq) FROM question_step t \
            WHERE t.council_id = q.council_id AND t.question_id = q.id AND t.at <= $3) \
        LEFT JOIN indicator i ON i.council_id = q.council_id AND i.id = q.indicator_id \
        LEFT JOIN element e ON e.council_id = q.council_id AND e.id = q.element_id \
        LEFT JOIN meeting m ON m.council_id = q.council_id AND m.id = q.meeting_id \
        LEFT JOIN person a ON a.council_id = s.council_id AND a.id = s.assigned_to \
        WHERE q.council_id = $1 AND q.forum_id = $2 AND (s.to_state IN ({}) OR (s.to_state = '{}' AND s.at > $4)) \
        ORDER BY q.number LIMIT {QUESTIONS_MAX}",
        of_version("title", title),
        of_version("sensitive", "v.superseded_at IS NULL"),
        states(State::is_outstanding),
        State::Accepted
    );
    // Nothing was settled since an instant that is to come.
    let values: Vec<Value> = vec![scope.council.into(), forum.into(), at.into(), since.unwrap_or(at).into()];
    read_rows(db, "loading what a forum is owed", &sql, values, |row| {
        let (id, number) = (row.next()?, row.next()?);
        let (kind, state) = (row.next::<Text<_>>()?.0, row.next::<Text<_>>()?.0);
        let words = row.next()?;
        let (code, title): (Option<String>, Option<String>) = (row.next()?, row.next()?);
        let indicator = code.map(|code| (code, title.unwrap_or_default()));
        let given = row.next::<i32>()? > 0;
        let sensitive = row.next::<Option<bool>>()?.unwrap_or_default();
        let element = row.next::<Option<String>>()?.zip(row.next::<Option<String>>()?);
        let asked_by = row.next()?;
        let (held_on, recorded_at): (Option<NaiveDate>, DateTime<Utc>) = (row.next()?, row.next()?);
        let asked_on = held_on.unwrap_or_else(|| recorded_at.date_naive());
        let (assigned_to, due_on) = (row.next()?, row.next()?);
        Ok(Standing {
            id,
            number,
            kind,
            state,
            words,
            indicator,
            given,
            sensitive,
            element,
            asked_by,
            asked_on,
            assigned_to,
            due_on,
            answer: None,
            returned: None,
        })
    })
    .await
}
