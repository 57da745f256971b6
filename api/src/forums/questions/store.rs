//! The statements that read and write questions.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Text, question_step, scrutiny_question};
use rules::period::Period;
use rules::question::{Act, Kind, State};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Value};
use uuid::Uuid;

use super::sight::Sight;
use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{Row, months, one_of, read_rows};

/// A question with the names of all it is about.
#[derive(Debug, Clone)]
pub struct QuestionEntry {
    pub id: Uuid,
    pub number: i32,
    pub kind: Kind,
    pub forum: Option<Uuid>,
    pub meeting: Option<Uuid>,
    /// Id, ref, and title as it stood when the question was put on record.
    pub indicator: Option<(Uuid, String, String)>,
    pub element: Option<(Uuid, String, String)>,
    pub period: Option<Period>,
    pub words: String,
    pub asked_by: Option<String>,
    /// Id and name.
    pub recorded_by: (Uuid, String),
    pub recorded_at: DateTime<Utc>,
    pub assigned_to: Option<(Uuid, String)>,
    pub due_on: Option<NaiveDate>,
    pub state: State,
    pub revision: i32,
    pub changed_at: DateTime<Utc>,
}

/// What was done about a question.
#[derive(Debug, Clone)]
pub struct StepEntry {
    pub seq: i32,
    pub act: Act,
    pub to: State,
    /// Id and name.
    pub person: (Uuid, String),
    pub at: DateTime<Utc>,
    pub words: Option<String>,
    /// Who was to answer from then on, and by when.
    pub assigned_to: Option<String>,
    pub due_on: Option<NaiveDate>,
}

/// Which questions are listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub id: Option<Uuid>,
    pub forum: Option<Uuid>,
    pub meetings: Option<Vec<Uuid>>,
    pub state: Option<State>,
    pub kind: Option<Kind>,
    /// Whether something is still to come.
    pub outstanding: Option<bool>,
    /// Whether an answer is late on a day.
    pub overdue: Option<(bool, NaiveDate)>,
    pub assigned_to: Option<Uuid>,
    /// An indicator's ref, whatever its case.
    pub indicator: Option<String>,
    /// Answers still to come that are due from a day until another.
    pub due: Option<(NaiveDate, NaiveDate)>,
}

const COLUMNS: &str = "q.id, q.number, q.kind, q.forum_id, q.meeting_id, q.indicator_id, i.code, \
    (SELECT v.title FROM indicator_version v WHERE v.council_id = q.council_id AND v.indicator_id = q.indicator_id \
        AND v.recorded_at <= q.recorded_at AND (v.superseded_at IS NULL OR v.superseded_at > q.recorded_at) \
        AND (v.applies_from IS NULL OR v.applies_from <= q.recorded_at) \
        ORDER BY v.version DESC LIMIT 1), \
    q.element_id, e.code, e.title, q.period_start, q.period_months, q.words, q.asked_by, q.recorded_by, r.name, q.recorded_at, \
    q.assigned_to, a.name, q.due_on, q.state, q.revision, q.changed_at";
const TABLES: &str = "scrutiny_question q \
    LEFT JOIN indicator i ON i.council_id = q.council_id AND i.id = q.indicator_id \
    LEFT JOIN element e ON e.council_id = q.council_id AND e.id = q.element_id \
    JOIN person r ON r.council_id = q.council_id AND r.id = q.recorded_by \
    LEFT JOIN person a ON a.council_id = q.council_id AND a.id = q.assigned_to";

/// Questions somebody sees, the latest first, from behind a number on. One statement.
pub async fn page(
    db: &impl ConnectionTrait,
    sight: &Sight,
    filter: &Filter,
    after: Option<i32>,
    most: usize,
) -> Result<Vec<QuestionEntry>> {
    let (mut conditions, mut values) = narrowed(db, sight, filter);
    if let Some(after) = after {
        values.push(after.into());
        conditions += &format!(" AND q.number < ${}", values.len());
    }
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {conditions} ORDER BY q.number DESC LIMIT ${}", values.len());
    read_rows(db, "loading questions", &sql, values, |row| entry(&row)).await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, sight: &Sight, filter: &Filter) -> Result<usize> {
    let (conditions, values) = narrowed(db, sight, filter);
    let sql = format!("SELECT count(*) FROM {TABLES} WHERE {conditions}");
    let counts = read_rows(db, "counting questions", &sql, values, |row| row.next::<i64>()).await?;
    Ok(counts.into_iter().next().and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
}

/// A question somebody sees.
pub async fn find(db: &impl ConnectionTrait, sight: &Sight, id: Uuid) -> Result<Option<QuestionEntry>> {
    let filter = Filter { id: Some(id), ..Filter::default() };
    Ok(page(db, sight, &filter, None, 1).await?.into_iter().next())
}

fn narrowed(db: &impl ConnectionTrait, sight: &Sight, filter: &Filter) -> (String, Vec<Value>) {
    let backend = db.get_database_backend();
    let mut values: Vec<Value> = vec![sight.scope.council.into()];
    let mut all = format!("q.council_id = $1 AND {}", sight.condition(backend, &mut values));
    let mut equal = |column: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            all += &format!(" AND {column} = ${}", values.len());
        }
    };
    equal("q.id", filter.id.map(Into::into));
    equal("q.forum_id", filter.forum.map(Into::into));
    equal("q.state", filter.state.map(|state| state.to_string().into()));
    equal("q.kind", filter.kind.map(|kind| kind.to_string().into()));
    equal("q.assigned_to", filter.assigned_to.map(Into::into));
    equal("lower(i.code)", filter.indicator.as_ref().map(|code| code.trim().to_lowercase().into()));
    if let Some(outstanding) = filter.outstanding {
        all += &format!(" AND q.state IN ({})", states(|state| state.is_outstanding() == outstanding));
    }
    if let Some((overdue, today)) = filter.overdue {
        values.push(today.into());
        let late = format!("(q.due_on IS NOT NULL AND q.due_on < ${} AND q.state IN ({WAITS}))", values.len(), WAITS = waiting());
        all += &if overdue { format!(" AND {late}") } else { format!(" AND NOT {late}") };
    }
    if let Some((from, until)) = filter.due {
        values.extend([from.into(), until.into()]);
        let (from, until) = (values.len() - 1, values.len());
        all += &format!(" AND q.due_on >= ${from} AND q.due_on <= ${until} AND q.state IN ({})", waiting());
    }
    match filter.meetings.as_deref() {
        Some([]) => all += " AND 1 = 0",
        Some(ids) => {
            let of = one_of(backend, "q.meeting_id", ids, &mut values);
            all += &format!(" AND {of}");
        }
        None => {}
    }
    (all, values)
}

fn waiting() -> String {
    states(State::waits_for_an_answer)
}

/// The states that are so, as a list of a statement.
pub fn states(is_so: impl Fn(State) -> bool) -> String {
    let codes: Vec<String> = State::ALL.iter().filter(|state| is_so(**state)).map(|state| format!("'{state}'")).collect();
    codes.join(", ")
}

fn entry(row: &Row<'_>) -> Result<QuestionEntry> {
    let named = || -> Result<_> {
        let (id, code, title) = (row.next::<Option<Uuid>>()?, row.next::<Option<String>>()?, row.next::<Option<String>>()?);
        Ok(id.zip(code).map(|(id, code)| (id, code, title.unwrap_or_default())))
    };
    Ok(QuestionEntry {
        id: row.next()?,
        number: row.next()?,
        kind: row.next::<Text<_>>()?.0,
        forum: row.next()?,
        meeting: row.next()?,
        indicator: named()?,
        element: named()?,
        period: row.next_period_option()?,
        words: row.next()?,
        asked_by: row.next()?,
        recorded_by: (row.next()?, row.next()?),
        recorded_at: row.next()?,
        assigned_to: row.next::<Option<Uuid>>()?.zip(row.next::<Option<String>>()?),
        due_on: row.next()?,
        state: row.next::<Text<_>>()?.0,
        revision: row.next()?,
        changed_at: row.next()?,
    })
}

/// What was done about each of these questions, in order. One statement, none for no questions.
pub async fn steps(db: &impl ConnectionTrait, scope: &Scope, questions: &[Uuid]) -> Result<HashMap<Uuid, Vec<StepEntry>>> {
    let mut found: HashMap<Uuid, Vec<StepEntry>> = HashMap::new();
    if questions.is_empty() {
        return Ok(found);
    }
    let mut values: Vec<Value> = vec![scope.council.into()];
    let of = one_of(db.get_database_backend(), "s.question_id", questions, &mut values);
    let sql = format!(
        "SELECT s.question_id, s.seq, s.act, s.to_state, s.person_id, p.name, s.at, s.words, a.name, s.due_on FROM question_step s \
        JOIN person p ON p.council_id = s.council_id AND p.id = s.person_id \
        LEFT JOIN person a ON a.council_id = s.council_id AND a.id = s.assigned_to \
        WHERE s.council_id = $1 AND {of} ORDER BY s.question_id, s.seq"
    );
    let rows = read_rows(db, "loading what was done about questions", &sql, values, |row| {
        let question: Uuid = row.next()?;
        Ok((
            question,
            StepEntry {
                seq: row.next()?,
                act: row.next::<Text<_>>()?.0,
                to: row.next::<Text<_>>()?.0,
                person: (row.next()?, row.next()?),
                at: row.next()?,
                words: row.next()?,
                assigned_to: row.next()?,
                due_on: row.next()?,
            },
        ))
    });
    for (question, step) in rows.await? {
        found.entry(question).or_default().push(step);
    }
    Ok(found)
}

/// The last number given, and how many questions a meeting has. One statement.
pub async fn numbers(tx: &Change, scope: &Scope, meeting: Option<Uuid>) -> Result<(i32, i64)> {
    let sql = "SELECT COALESCE(MAX(number), 0), COALESCE(SUM(CASE WHEN meeting_id = $2 THEN 1 ELSE 0 END), 0) \
        FROM scrutiny_question WHERE council_id = $1";
    let values = vec![scope.council.into(), meeting.into()];
    let found = read_rows(&**tx, "numbering a question", sql, values, |row| Ok((row.next::<i32>()?, row.next::<i64>()?))).await?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// Enters a question with its first step.
pub async fn insert(tx: &Change, question: scrutiny_question::Model, step: question_step::Model) -> Result<()> {
    let row = question.into_active_model().reset_all();
    scrutiny_question::Entity::insert(row).exec_without_returning(&**tx).await.context("entering a question")?;
    insert_step(tx, step).await
}

async fn insert_step(tx: &Change, step: question_step::Model) -> Result<()> {
    let row = step.into_active_model().reset_all();
    question_step::Entity::insert(row).exec_without_returning(&**tx).await.context("entering what was done about a question")?;
    Ok(())
}

/// Moves a question on from a revision, with the step that did.
pub async fn advance(tx: &Change, council: Uuid, revision: i32, step: question_step::Model) -> Result<()> {
    use scrutiny_question::{Column, Entity};
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(council))
        .filter(Column::Id.eq(step.question_id))
        .filter(Column::Revision.eq(revision))
        .col_expr(Column::State, Expr::value(step.to_state.clone()))
        .col_expr(Column::AssignedTo, Expr::value(step.assigned_to))
        .col_expr(Column::DueOn, Expr::value(step.due_on))
        .col_expr(Column::Revision, Expr::value(revision + 1))
        .col_expr(Column::ChangedAt, Expr::value(step.at))
        .exec(&**tx)
        .await
        .context("moving a question on")?;
    // Changes of a council follow one another: nobody came between.
    if done.rows_affected != 1 {
        return Err(Error::internal("moving a question on", &"it is not as it was read"));
    }
    insert_step(tx, step).await
}

/// The two columns of a period that may be absent.
pub fn columns_of(period: Option<Period>) -> (Option<NaiveDate>, Option<i32>) {
    (period.map(Period::start), period.map(months))
}
