//! What the rows of one state of a database say belongs to it, of every council.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend};

use super::manifest::Trail;
use crate::error::Result;
use crate::rows::read_rows;

/// Columns that name files, by the tables they are in. A table that an older database lacks is passed over.
const NAMED_IN: [(&str, &str); 3] = [("upload", "storage_key"), ("pack", "storage_key"), ("council_brand", "logo_key")];

pub struct Contents {
    /// Keys of files, each once, in order.
    pub files: Vec<String>,
    pub trails: Vec<Trail>,
    pub schema: Vec<String>,
}

impl Contents {
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let tables = tables(db).await?;
        let named: Vec<String> = NAMED_IN
            .iter()
            .filter(|(table, _)| tables.contains(*table))
            .map(|(table, column)| format!("SELECT {column} AS file FROM {table} WHERE {column} IS NOT NULL"))
            .collect();
        let sql = format!("{} ORDER BY file", named.join(" UNION "));
        let files = if named.is_empty() { Vec::new() } else { read_rows(db, "listing files", &sql, Vec::new(), |row| row.next()).await? };
        let trails = match tables.contains("audit_head") {
            true => {
                let sql = "SELECT c.code, h.seq, h.hash FROM council c LEFT JOIN audit_head h ON h.council_id = c.id ORDER BY c.code";
                read_rows(db, "listing audit trails", sql, Vec::new(), |row| {
                    let code = row.next()?;
                    let (seq, hash) = (row.next::<Option<i64>>()?, row.next::<Option<String>>()?);
                    Ok(Trail { code, head: seq.zip(hash).map(|(seq, hash)| format!("{seq}:{hash}")) })
                })
                .await?
            }
            false => Vec::new(),
        };
        let sql = "SELECT version FROM seaql_migrations ORDER BY version";
        let schema = read_rows(db, "listing migrations", sql, Vec::new(), |row| row.next()).await?;
        Ok(Self { files, trails, schema })
    }
}

/// The tables there are.
pub async fn tables(db: &impl ConnectionTrait) -> Result<HashSet<String>> {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table'",
    };
    Ok(read_rows(db, "listing tables", sql, Vec::new(), |row| row.next()).await?.into_iter().collect())
}
