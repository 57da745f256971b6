//! The statements that read forums.

use entity::Text;
use rules::measure::{ForumGets, ForumKind};
use sea_orm::ConnectionTrait;
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
}

/// Every forum of the council, in the order of the cascade. One statement.
pub async fn forums(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<ForumEntry>> {
    let sql = "SELECT f.id, f.code, f.title, f.kind, f.position, f.meets, f.gets, r.element_id \
        FROM forum f LEFT JOIN forum_remit r ON r.council_id = f.council_id AND r.forum_id = f.id \
        WHERE f.council_id = $1 ORDER BY f.position, f.code, f.id, r.id";
    let mut forums: Vec<ForumEntry> = Vec::new();
    read_rows(db, "loading forums", sql, vec![scope.council.into()], |row| {
        let forum = ForumEntry {
            id: row.next()?,
            code: row.next()?,
            title: row.next()?,
            kind: row.next::<Text<_>>()?.0,
            position: row.next()?,
            meets: row.next()?,
            gets: row.next::<Text<_>>()?.0,
            remit: Vec::new(),
        };
        if forums.last().is_none_or(|last| last.id != forum.id) {
            forums.push(forum);
        }
        if let (Some(element), Some(last)) = (row.next::<Option<Uuid>>()?, forums.last_mut()) {
            last.remit.push(element);
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
