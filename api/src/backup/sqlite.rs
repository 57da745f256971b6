//! SQLite's half: a copy of the file as at one instant, made while others write.

use std::path::Path;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::contents::Contents;
use crate::db::compare_decimals;
use crate::error::{ContextExt, Error, Result};
use crate::rows::read_rows;

/// Copies the database at an address into a file that is not there yet, and says what it holds. Nobody waits meanwhile.
pub async fn copy_out(url: &str, to: &Path) -> Result<Contents> {
    let source = open(url, false).await?;
    let into = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", [to.display().to_string().into()]);
    source.execute_raw(into).await.context("copying the database")?;
    source.close().await.context("closing the database")?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).context("keeping the database's copy")?;
    let copy = open(&format!("sqlite://{}", to.display()), true).await?;
    let found: Vec<String> =
        read_rows(&copy, "checking the database's copy", "PRAGMA quick_check(5)", Vec::new(), |row| row.next()).await?;
    if found != ["ok"] {
        return Err(Error::bad_input(format!("The database is damaged, and so is its copy: {}.", found.join("; "))));
    }
    let contents = Contents::read(&copy).await?;
    copy.close().await.context("closing the database's copy")?;
    Ok(contents)
}

/// Opens it without making or changing anything. A copy that nobody else has open may be read without locks.
async fn open(url: &str, copy: bool) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite =
            sqlite.create_if_missing(false).busy_timeout(std::time::Duration::from_secs(30)).collation("decimal", compare_decimals);
        if copy { sqlite.read_only(true).immutable(true) } else { sqlite }
    });
    Database::connect(options).await.context("opening the database")
}
