//! Which tables a database has, and whether this program may serve on them: older programs and newer ones stand beside one
//! another while nodes are replaced one after another (see [`migration::compat`]).

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use crate::error::{ContextExt, Error, Result};

/// How a database's tables stand to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As this program knows them.
    Current,
    /// These migrations are missing, the first first: all of them where nothing was ever made.
    Behind(Vec<String>),
    /// A newer program made these, and this one can serve beside it.
    Ahead(Vec<String>),
    /// A newer program made this, and nobody serves who does not know it.
    TooNew(String),
    /// Both: neither older nor newer than this program.
    Astray { missing: String, unknown: String },
}

impl Standing {
    /// The refusal to serve on it, where that is so.
    pub fn refused(&self) -> Option<Error> {
        let why = match self {
            Self::Current | Self::Behind(_) | Self::Ahead(_) => return None,
            Self::TooNew(unknown) => {
                format!(
                    "it was brought up to date by a newer version of this program that this one cannot serve beside ({unknown}): install that"
                )
            }
            Self::Astray { missing, unknown } => {
                format!("it was brought up to date by a newer version of this program ({unknown}) that left out {missing}: install that")
            }
        };
        Some(Error::internal("opening the database", &why))
    }
}

/// How a database stands to this program.
pub async fn standing(pool: &DatabaseConnection) -> Result<Standing> {
    let known: Vec<String> = migration::Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let sql = "SELECT version FROM seaql_migrations";
    // No such table: nothing was ever made here.
    let Ok(rows) = pool.query_all_raw(Statement::from_string(pool.get_database_backend(), sql)).await else {
        return Ok(Standing::Behind(known));
    };
    let done: BTreeSet<String> = rows.iter().filter_map(|row| row.try_get_by_index(0).ok()).collect();
    let missing: Vec<String> = known.iter().filter(|name| !done.contains(*name)).cloned().collect();
    let unknown: Vec<String> = done.into_iter().filter(|name| !known.contains(name)).collect();
    Ok(match (missing.first(), unknown.first()) {
        (None, None) => Standing::Current,
        (Some(_), None) => Standing::Behind(missing),
        (Some(missing), Some(unknown)) => Standing::Astray { missing: missing.clone(), unknown: unknown.clone() },
        (None, Some(_)) => {
            let oldest = migration::compat::oldest(pool).await.context("asking which programs may serve")?;
            match oldest.filter(|oldest| !known.contains(oldest)) {
                None => Standing::Ahead(unknown),
                Some(oldest) => Standing::TooNew(oldest),
            }
        }
    })
}

/// Runs the migrations that are missing; nodes that start at the same time take turns.
pub async fn bring_up_to_date(owner: &DatabaseConnection) -> Result<()> {
    let turn = owner.begin().await.context("waiting to bring the tables up to date")?;
    if owner.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended('goldenthread migrations', 0))";
        turn.execute_unprepared(lock).await.context("waiting to bring the tables up to date")?;
    }
    // Another may have done it meanwhile, and be newer.
    if matches!(standing(owner).await?, Standing::Behind(_)) {
        migration::Migrator::up(owner, None).await.context("bringing the tables up to date")?;
    }
    turn.commit().await.context("bringing the tables up to date")
}
