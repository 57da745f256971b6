//! The statements that read every version of figures there ever was, and what says which of them somebody reads.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{Dec, Text};
use rules::period::Period;
use rules::reading::{Released, Releases};
use rules::series::{Observation, Target};
use rules::status::{Colour, Thresholds};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::access::Scope;
use crate::access::scope::Within;
use crate::error::{Error, Result};
use crate::frameworks::catalogue::Held;
use crate::returns::workflow::Workflow;
use crate::rows::{one_of, read_rows};
use crate::values::store::{FIGURES, NO_WORDS, Span, WORDS, Words, observation_of, thresholds_of, words_of};

/// Rows that say what was released, of all that somebody may read, at most. One an indicator is the rule; more only where older
/// periods were released again.
const RELEASED_MAX: usize = 20_000;
/// Changes of a workflow looked at, at most.
const WORKFLOWS_MAX: usize = 1_000;

/// One reading of a figure.
#[derive(Debug, Clone)]
pub struct Revision {
    pub id: Uuid,
    pub observation: Observation,
    pub words: Option<Words>,
    pub held: Held,
}

/// Everything that was ever read of one indicator.
#[derive(Debug, Default)]
pub struct History {
    /// In order of period, then of when they were recorded.
    pub figures: Vec<Revision>,
    /// In order of period.
    pub targets: Vec<(Held, Target)>,
    /// In order of period.
    pub stamps: Vec<Stamp>,
}

/// A figure that was approved or published: which reading of it, and how it was judged then.
#[derive(Debug, Clone)]
pub struct Stamp {
    pub period: Period,
    /// From when until when it stood.
    pub held: Held,
    /// The reading; none where no figure had been given.
    pub figure: Option<Uuid>,
    pub thresholds: Thresholds,
    pub colour: Colour,
    pub because: Option<String>,
}

/// Every reading of these indicators' figures and targets. Two statements, however many indicators and periods.
pub async fn histories(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid], span: Span) -> Result<HashMap<Uuid, History>> {
    let mut found: HashMap<Uuid, History> = indicators.iter().map(|id| (*id, History::default())).collect();
    if indicators.is_empty() {
        return Ok(found);
    }
    figures(db, scope, indicators, span, &mut found).await?;
    targets(db, scope, indicators, span, &mut found).await?;
    for history in found.values_mut() {
        history.figures.sort_by_key(|revision| (revision.observation.period, revision.held.from));
        history.targets.sort_by_key(|(_, target)| target.period);
    }
    Ok(found)
}

async fn figures(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, History>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "o.indicator_id", indicators, &mut values);
    let condition = format!("o.council_id = $1 AND o.period_start >= $2 AND {chosen} AND o.period_end <= $3 AND NOT o.withdrawn");
    let read = format!("SELECT {FIGURES}, o.id, o.recorded_at, o.superseded_at");
    let sql = match span.words_from {
        None => format!("{read} FROM observation o WHERE {condition}"),
        Some(from) => {
            values.push(from.into());
            let n = values.len();
            format!(
                "{read}, {NO_WORDS} FROM observation o WHERE {condition} AND o.period_start < ${n} UNION ALL \
                {read}, {WORDS} FROM observation o WHERE {condition} AND o.period_start >= ${n}"
            )
        }
    };
    read_rows(db, "loading every reading of figures", &sql, values, |row| {
        let Some(history) = found.get_mut(&row.next()?) else { return Ok(()) };
        let observation = observation_of(&row)?;
        let id = row.next()?;
        let held = Held { from: row.next()?, until: row.next()? };
        let words = if span.words_from.is_some() { words_of(&row)? } else { None };
        history.figures.push(Revision { id, observation, words, held });
        Ok(())
    })
    .await?;
    Ok(())
}

async fn targets(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, History>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "t.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT t.indicator_id, t.period_start, t.period_months, t.target, t.intervention, t.lower, t.upper, t.intervention_lower, \
            t.intervention_upper, t.recorded_at, t.superseded_at \
        FROM target t WHERE t.council_id = $1 AND t.period_start >= $2 AND t.period_start <= $3 AND {chosen}"
    );
    read_rows(db, "loading every reading of targets", &sql, values, |row| {
        let Some(history) = found.get_mut(&row.next()?) else { return Ok(()) };
        let target = Target { period: row.next_period()?, thresholds: thresholds_of(&row)? };
        history.targets.push((Held { from: row.next()?, until: row.next()? }, target));
        Ok(())
    })
    .await?;
    Ok(())
}

/// What was ever approved of these indicators' figures, put to their histories. One statement.
pub async fn approved(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, History>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "a.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT a.indicator_id, a.period_start, a.period_months, a.observation_id, a.target, a.intervention, a.lower, a.upper, \
            a.intervention_lower, a.intervention_upper, a.status, a.because, a.approved_at, a.superseded_at \
        FROM approved_figure a WHERE a.council_id = $1 AND a.period_start >= $2 AND a.period_end <= $3 AND {chosen} \
        ORDER BY a.period_start, a.approved_at"
    );
    read_rows(db, "loading what was approved", &sql, values, |row| {
        let Some(history) = found.get_mut(&row.next()?) else { return Ok(()) };
        let (period, figure) = (row.next_period()?, row.next()?);
        let thresholds = thresholds_of(&row)?;
        let (colour, because) = (row.next::<Text<Colour>>()?.0, row.next()?);
        let held = Held { from: row.next()?, until: row.next()? };
        history.stamps.push(Stamp { period, held, figure, thresholds, colour, because: Some(because) });
        Ok(())
    })
    .await?;
    Ok(())
}

/// What was ever published of these indicators' figures, put to their histories; what was withdrawn is not there. One statement.
pub async fn published(
    db: &impl ConnectionTrait,
    scope: &Scope,
    indicators: &[Uuid],
    span: Span,
    found: &mut HashMap<Uuid, History>,
) -> Result<()> {
    let mut values: Vec<Value> = vec![scope.council.into(), span.from.into(), span.until.into()];
    let chosen = one_of(db.get_database_backend(), "p.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT p.indicator_id, p.period_start, p.period_months, p.observation_id, p.target, p.intervention, p.lower, p.upper, p.status, \
            p.published_at, p.superseded_at \
        FROM publication p WHERE p.council_id = $1 AND p.period_start >= $2 AND p.period_end <= $3 AND {chosen} \
            AND p.withdrawn_at IS NULL ORDER BY p.period_start, p.published_at"
    );
    read_rows(db, "loading what was published", &sql, values, |row| {
        let Some(history) = found.get_mut(&row.next()?) else { return Ok(()) };
        let (period, figure) = (row.next_period()?, row.next()?);
        let decimal = || -> Result<_> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        let thresholds =
            Thresholds { target: decimal()?, intervention: decimal()?, lower: decimal()?, upper: decimal()?, ..Thresholds::default() };
        let colour = row.next::<Text<Colour>>()?.0;
        let held = Held { from: row.next()?, until: row.next()? };
        history.stamps.push(Stamp { period, held, figure, thresholds, colour, because: None });
        Ok(())
    })
    .await?;
    Ok(())
}

/// How the council's workflow stood, and when: the earliest first. One statement.
pub async fn workflows(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<(Held, Workflow)>> {
    let sql = format!(
        "SELECT from_on, recorded_at, superseded_at FROM return_workflow WHERE council_id = $1 ORDER BY recorded_at, id LIMIT {}",
        WORKFLOWS_MAX + 1
    );
    let found = read_rows(db, "loading how the workflow stood", &sql, vec![scope.council.into()], |row| {
        let from: Option<NaiveDate> = row.next()?;
        Ok((Held { from: row.next()?, until: row.next()? }, Workflow { from }))
    })
    .await?;
    if found.len() > WORKFLOWS_MAX {
        return Err(Error::limit(format!(
            "The workflow was switched over {WORKFLOWS_MAX} times: nobody can say any more what was approved."
        )));
    }
    Ok(found)
}

/// What was released, by indicator, to the forums a right to read releases is over; as it had been released by an instant, now
/// for none. What was withdrawn is not there, whenever it is asked about. One statement.
pub async fn released(db: &impl ConnectionTrait, scope: &Scope, by: Option<DateTime<Utc>>) -> Result<HashMap<Uuid, Releases>> {
    let mut values: Vec<Value> = vec![scope.council.into()];
    let forums = match &scope.within {
        Within::Council => String::new(),
        Within::Only(only) if only.forums.is_empty() => return Ok(HashMap::new()),
        Within::Only(only) => {
            let mut forums: Vec<Uuid> = only.forums.iter().copied().collect();
            forums.sort_unstable();
            format!(" AND {}", one_of(db.get_database_backend(), "r.forum_id", &forums, &mut values))
        }
    };
    let until = by.map_or_else(String::new, |by| {
        values.push(by.into());
        format!(" AND r.released_at <= ${}", values.len())
    });
    // A release that a later one of as long a period covers is never read.
    let sql = format!(
        "SELECT s.indicator_id, s.period_end, s.as_at FROM (\
            SELECT g.indicator_id, r.period_end, r.as_at, MAX(r.as_at) OVER (PARTITION BY g.indicator_id \
                ORDER BY r.period_end DESC, r.as_at DESC, r.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer \
            FROM forum_release r JOIN release_indicator g ON g.council_id = r.council_id AND g.release_id = r.id \
            WHERE r.council_id = $1 AND r.withdrawn_at IS NULL{forums}{until}\
        ) s WHERE s.newer IS NULL OR s.as_at > s.newer LIMIT {}",
        RELEASED_MAX + 1
    );
    let mut found: HashMap<Uuid, Vec<Released>> = HashMap::new();
    let rows = read_rows(db, "loading what was released", &sql, values, |row| {
        found.entry(row.next()?).or_default().push(Released { until: row.next()?, as_at: row.next()? });
        Ok(())
    });
    if rows.await?.len() > RELEASED_MAX {
        return Err(Error::limit("More was released again and again than can be read at once: ask as one of the forums."));
    }
    Ok(found.into_iter().map(|(indicator, releases)| (indicator, Releases::of(releases))).collect())
}
