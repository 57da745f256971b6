//! Changes of one council that change what others read: what it shares with them.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use uuid::Uuid;

use crate::app::Ids;
use crate::error::{ContextExt, Result};
use crate::rows::one_of;

/// Other councils whose state a change is part of: what is shared with them is not the same any more.
#[derive(Debug, Default)]
pub enum Reached {
    #[default]
    Nobody,
    Councils(HashSet<Uuid>),
    Everybody,
}

impl Reached {
    /// Whoever either reaches.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everybody, _) | (_, Self::Everybody) => Self::Everybody,
            (Self::Nobody, other) => other,
            (one, Self::Nobody) => one,
            (Self::Councils(one), Self::Councils(other)) => Self::Councils(one.into_iter().chain(other).collect()),
        }
    }
}

/// Raises the revisions of other councils that a change reaches: none or one statement, and one that puts their rows in order first
/// on PostgreSQL, so that two councils that reach one another do not wait for each other for ever.
pub(super) async fn raise(tx: &DatabaseTransaction, council: Uuid, reached: Reached) -> Result<()> {
    let backend = tx.get_database_backend();
    let mut values: Vec<Value> = vec![council.into(), drawn().into()];
    let others = match reached {
        Reached::Nobody => return Ok(()),
        Reached::Councils(ids) if ids.iter().all(|id| *id == council) => return Ok(()),
        Reached::Councils(ids) => {
            let ids: Vec<Uuid> = ids.into_iter().filter(|id| *id != council).collect();
            format!(" AND {}", one_of(backend, "id", &ids, &mut values))
        }
        Reached::Everybody => String::new(),
    };
    let doing = "raising the revisions of councils a change reaches";
    if backend == DbBackend::Postgres {
        // Its own row is one of those that wait in order. Rows that point to a council's hold back no such lock.
        let order = format!("SELECT id FROM council WHERE id = $1 OR ($2::bigint IS NOT NULL{others}) ORDER BY id FOR NO KEY UPDATE");
        tx.query_all_raw(Statement::from_sql_and_values(backend, order, values.clone())).await.context(doing)?;
    }
    let raise = format!("UPDATE council SET revision = revision + 1, last_change = $2 WHERE id <> $1{others}");
    tx.execute_raw(Statement::from_sql_and_values(backend, raise, values)).await.context(doing).map(drop)
}

/// A number for a change, unlike any other's.
pub(super) fn drawn() -> i64 {
    i64::try_from(Ids.next().as_u64_pair().1 >> 1).unwrap_or_default()
}
