//! The key that all nodes of an installation sign with: known to the database by its fingerprint.

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};

/// Refuses to serve with another key than the one the database's tokens, links and audit trail were signed with. The first
/// to come says which that is.
pub async fn agree_on_key(pool: &DatabaseConnection, fingerprint: &str) -> Result<()> {
    let doing = "asking which key this installation signs with";
    let first = "UPDATE installation SET signing_key = $2 WHERE id = $1 AND signing_key IS NULL";
    let held = "SELECT signing_key FROM installation WHERE id = $1";
    let backend = pool.get_database_backend();
    let read = async || {
        let row = pool.query_one_raw(Statement::from_sql_and_values(backend, held, [Uuid::nil().into()])).await.context(doing)?;
        row.map(|row| row.try_get_by_index::<Option<String>>(0)).transpose().context(doing).map(Option::flatten)
    };
    let mut known: Option<String> = read().await?;
    if known.is_none() {
        let keep = Statement::from_sql_and_values(backend, first, [Uuid::nil().into(), fingerprint.into()]);
        pool.execute_raw(keep).await.context(doing)?;
        known = read().await?;
    }
    match known {
        Some(known) if known != fingerprint => Err(Error::internal("starting", &other_key(&known, fingerprint))),
        _ => Ok(()),
    }
}

fn other_key(known: &str, given: &str) -> String {
    format!(
        "the signing key here ({given}) is not the one this database's tokens, links and audit trail are signed with ({known}): give this \
        node the installation's signing.key (GOLDENTHREAD_SIGNING_KEY). Where that is lost, `goldenthread migrate --adopt-signing-key` has \
        this one taken from now on; tokens and links of before then work no more, and the trail of before cannot be verified."
    )
}

/// Takes another key from now on. As the tables' owner.
pub async fn adopt_key(owner: &DatabaseConnection, fingerprint: &str) -> Result<()> {
    let sql = "UPDATE installation SET signing_key = $2 WHERE id = $1";
    let adopt = Statement::from_sql_and_values(owner.get_database_backend(), sql, [Uuid::nil().into(), fingerprint.into()]);
    owner.execute_raw(adopt).await.context("taking another signing key").map(drop)
}
