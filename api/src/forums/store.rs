//! The statements that read forums.

use entity::Text;
use rules::measure::{ForumGets, ForumKind};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::rows::read_rows;

/// A forum with its remit.
#[derive(Debug, Clone)]
pub struct ForumEntry {
    pub id: Uuid,
    pub code: String,
    pub title: String,
    pub kind: ForumKind,
    pub position: i32,
    pub meets: Option<String>,
    pub gets: ForumGets,
    /// Elements in its remit; empty for the whole council.
    pub remit: Vec<Uuid>,
    /// The same by ref and title.
    pub remit_names: Vec<(String, String)>,
}

/// Every forum of the council, in the order of the cascade. One statement.
pub async fn forums(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<ForumEntry>> {
    these(db, "WHERE f.council_id = $1", vec![scope.council.into()]).await
}

/// A forum by id. One statement.
pub async fn forum(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<ForumEntry>> {
    let found = these(db, "WHERE f.council_id = $1 AND f.id = $2", vec![scope.council.into(), id.into()]).await?;
    Ok(found.into_iter().next())
}

async fn these(db: &impl ConnectionTrait, which: &str, values: Vec<Value>) -> Result<Vec<ForumEntry>> {
    let sql = format!(
        "SELECT f.id, f.code, f.title, f.kind, f.position, f.meets, f.gets, r.element_id, e.code, e.title \
        FROM forum f LEFT JOIN forum_remit r ON r.council_id = f.council_id AND r.forum_id = f.id \
        LEFT JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id {which} ORDER BY f.position, f.code, f.id, r.id"
    );
    let mut forums: Vec<ForumEntry> = Vec::new();
    read_rows(db, "loading forums", &sql, values, |row| {
        let forum = ForumEntry {
            id: row.next()?,
            code: row.next()?,
            title: row.next()?,
            kind: row.next::<Text<_>>()?.0,
            position: row.next()?,
            meets: row.next()?,
            gets: row.next::<Text<_>>()?.0,
            remit: Vec::new(),
            remit_names: Vec::new(),
        };
        if forums.last().is_none_or(|last| last.id != forum.id) {
            forums.push(forum);
        }
        let element: Option<Uuid> = row.next()?;
        let name = row.next::<Option<String>>()?.zip(row.next::<Option<String>>()?);
        if let Some(last) = forums.last_mut() {
            last.remit.extend(element);
            last.remit_names.extend(name);
        }
        Ok(())
    })
    .await?;
    Ok(forums)
}

/// Codes of the elements in a forum's remit; none for the whole council. One statement.
pub async fn remit_codes(db: &impl ConnectionTrait, scope: &Scope, forum: Uuid) -> Result<Vec<String>> {
    let sql = "SELECT e.code FROM forum_remit r JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id \
        WHERE r.council_id = $1 AND r.forum_id = $2 ORDER BY e.code";
    read_rows(db, "loading a forum's remit", sql, vec![scope.council.into(), forum.into()], |row| row.next()).await
}

/// Who changed something last, by name, as the audit trail tells it: `meeting 0190…`. One statement.
pub async fn last_to_change(db: &impl ConnectionTrait, scope: &Scope, subject: &str) -> Result<Option<String>> {
    let sql = "SELECT p.name FROM audit_event a JOIN person p ON p.council_id = a.council_id AND p.id = a.person_id \
        WHERE a.council_id = $1 AND a.subject = $2 AND a.outcome = 'DONE' ORDER BY a.seq DESC LIMIT 1";
    let found = read_rows(db, "finding who changed something", sql, vec![scope.council.into(), subject.into()], |row| row.next()).await?;
    Ok(found.into_iter().next())
}
