//! Councils as others know them: by code, name and area.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Result;
use crate::rows::{Row, read_rows};

/// A council as another knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub gss_code: Option<String>,
}

/// The next four columns: id, code, name, area.
pub fn named_of(row: &Row<'_>) -> Result<Option<Named>> {
    let (id, code, name): (Option<Uuid>, Option<String>, Option<String>) = (row.next()?, row.next()?, row.next()?);
    let gss_code = row.next()?;
    Ok(id.zip(code).zip(name).map(|((id, code), name)| Named { id, code, name, gss_code }))
}

/// A council in use by its code, whoever asks.
pub async fn council(db: &impl ConnectionTrait, code: &str) -> Result<Option<Named>> {
    let sql = "SELECT c.id, c.code, c.name, c.gss_code FROM council c WHERE c.code = $1 AND c.suspended_at IS NULL";
    let found = read_rows(db, "finding a council", sql, vec![code.trim().to_lowercase().into()], |row| named_of(&row)).await?;
    Ok(found.into_iter().flatten().next())
}
