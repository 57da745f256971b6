//! The statements that look for what happened lately.

use chrono::{DateTime, Utc};
use entity::Text;
use rules::cycle::{Act, State};
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::rows::read_rows;

/// Rows of one statement.
const ROWS: usize = 500;
/// Statements of one look at most: 10,000 of a kind in the two minutes a look goes back. What is beyond is told as they pass.
const PAGES_MAX: usize = 20;

/// A step of a return.
#[derive(Debug, Clone)]
pub struct StepSeen {
    pub step: Uuid,
    pub of: Uuid,
    pub element: Uuid,
    pub code: String,
    pub title: String,
    pub period: Period,
    pub act: Act,
    pub to: State,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// The steps of returns since an instant, the first first. One statement for every 500.
pub async fn steps(db: &impl ConnectionTrait, scope: &Scope, since: DateTime<Utc>) -> Result<Vec<StepSeen>> {
    let mut found: Vec<StepSeen> = Vec::new();
    for _ in 0..PAGES_MAX {
        let after = found.last().map_or((since, Uuid::nil()), |last| (last.at, last.step));
        let page = page_of_steps(db, scope, after).await?;
        let full = page.len() >= ROWS;
        found.extend(page);
        if !full {
            break;
        }
    }
    Ok(found)
}

async fn page_of_steps(db: &impl ConnectionTrait, scope: &Scope, (at, after): (DateTime<Utc>, Uuid)) -> Result<Vec<StepSeen>> {
    let sql = format!(
        "SELECT s.id, s.return_id, e.id, e.code, e.title, r.period_start, r.period_months, s.act, s.to_state, p.name, s.at FROM return_step s \
        JOIN service_return r ON r.council_id = s.council_id AND r.id = s.return_id \
        JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id \
        JOIN person p ON p.council_id = s.council_id AND p.id = s.person_id \
        WHERE s.council_id = $1 AND (s.at > $2 OR (s.at = $2 AND s.id > $3)) ORDER BY s.at, s.id LIMIT {ROWS}"
    );
    read_rows(db, "looking for steps of returns", &sql, vec![scope.council.into(), at.into(), after.into()], |row| {
        Ok(StepSeen {
            step: row.next()?,
            of: row.next()?,
            element: row.next()?,
            code: row.next()?,
            title: row.next()?,
            period: row.next_period()?,
            act: row.next::<Text<Act>>()?.0,
            to: row.next::<Text<State>>()?.0,
            by: row.next()?,
            at: row.next()?,
        })
    })
    .await
}

/// An import that was planned, accepted or taken back.
#[derive(Debug, Clone)]
pub struct ImportSeen {
    pub import: Uuid,
    pub file_name: String,
    /// `PLANNED`, `ACCEPTED` or `UNDONE`: what it came to.
    pub state: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// What became of imports since an instant, the first first: up to three things of each. One statement; the first 10,000.
pub async fn imports(db: &impl ConnectionTrait, scope: &Scope, since: DateTime<Utc>) -> Result<Vec<ImportSeen>> {
    let one = |state: &str, at: &str, person: &str| {
        format!(
            "SELECT i.id, i.file_name, '{state}', p.name, i.{at} AS at FROM import i \
            JOIN person p ON p.council_id = i.council_id AND p.id = {person} \
            WHERE i.council_id = $1 AND i.{at} >= $2 AND i.state <> 'REFUSED'"
        )
    };
    let sql = format!(
        "{} UNION ALL {} UNION ALL {} ORDER BY 5, 1 LIMIT {}",
        one("PLANNED", "planned_at", "i.person_id"),
        one("ACCEPTED", "accepted_at", "COALESCE(i.accepted_by, i.person_id)"),
        one("UNDONE", "undone_at", "i.person_id"),
        ROWS * PAGES_MAX
    );
    read_rows(db, "looking for imports", &sql, vec![scope.council.into(), since.into()], |row| {
        Ok(ImportSeen { import: row.next()?, file_name: row.next()?, state: row.next()?, by: row.next()?, at: row.next()? })
    })
    .await
}
