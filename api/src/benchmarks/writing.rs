//! Writing what belongs to every council: one writer at a time, all of it or nothing.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::db::{Change, Db};
use crate::error::{ContextExt, Result};

/// What a transaction says it is for. Row-level security takes rows from no other.
const PURPOSE: &str = "benchmarks";

/// Begins a change of what belongs to every council. Such changes follow one another.
pub async fn begin(db: &Db) -> Result<Change> {
    let tx = db.across_councils(PURPOSE).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended('goldenthread benchmarks', 0))";
        tx.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await.context("waiting for another import")?;
    }
    Ok(tx)
}
