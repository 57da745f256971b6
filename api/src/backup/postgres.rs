//! PostgreSQL's half: its own programs, on one snapshot that this process shares with them.

use std::path::Path;
use std::process::Stdio;

use reqwest::Url;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, IsolationLevel, Statement, TransactionTrait,
};
use tokio::process::Command;

use super::contents::{Contents, tables};
use crate::error::{ContextExt, Error, Result};

/// What of a program's complaint is passed on.
const SAID_CHARACTERS_MAX: usize = 2_000;
/// Parameters of an address that PostgreSQL's own programs know; the others are this service's driver's.
const KNOWN: [&str; 10] = [
    "host",
    "port",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "application_name",
    "connect_timeout",
    "options",
    "target_session_attrs",
];

/// Dumps the database at an address into a file, and says what it holds: both of the same instant.
pub async fn copy_out(url: &str, to: &Path, pg_dump: &Path) -> Result<Contents> {
    let source = connect(url).await?;
    sees_everything(&source).await?;
    let tx =
        source.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await.context("beginning a snapshot")?;
    let share = Statement::from_string(DbBackend::Postgres, "SELECT pg_export_snapshot()");
    let row = tx.query_one_raw(share).await.context("sharing a snapshot")?;
    let row = row.ok_or_else(|| Error::internal("sharing a snapshot", &"no answer"))?;
    let snapshot: String = row.try_get_by_index(0).context("sharing a snapshot")?;
    let address = Address::of(url)?;
    let mut dump = address.command(pg_dump);
    dump.args(["--format=custom", "--no-password", "--lock-wait-timeout=30000"])
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(to);
    run(dump, pg_dump).await?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).context("keeping the database's copy")?;
    let contents = Contents::read(&tx).await?;
    tx.rollback().await.context("ending a snapshot")?;
    source.close().await.context("closing the connection")?;
    Ok(contents)
}

/// Refuses a database that holds anything.
pub async fn is_empty(url: &str) -> Result<bool> {
    let target = connect(url).await?;
    let empty = tables(&target).await?.is_empty();
    target.close().await.context("closing the connection")?;
    Ok(empty)
}

/// Puts a dump back into an empty database, whole or not at all. The server's role is made where the cluster lacks it.
pub async fn put_back(url: &str, from: &Path, pg_restore: &Path) -> Result<()> {
    let target = connect(url).await?;
    migration::postgres::ensure_server_role(&target).await.context("making the server's role")?;
    target.close().await.context("closing the connection")?;
    let address = Address::of(url)?;
    let mut restore = address.command(pg_restore);
    restore.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-password"]).arg(from);
    run(restore, pg_restore).await
}

/// Row-level security hides other councils' rows, from the tables' owner too: a dump by such a login would lack them.
async fn sees_everything(db: &DatabaseConnection) -> Result<()> {
    let sql = "SELECT session_user::text, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.context("asking who backs up")?;
    let row = row.ok_or_else(|| Error::internal("asking who backs up", &"no answer"))?;
    let (user, all): (String, bool) =
        (row.try_get_by_index(0).context("asking who backs up")?, row.try_get_by_index(1).context("asking who backs up")?);
    if all {
        return Ok(());
    }
    Err(Error::bad_input(format!(
        "The database user {user} is held to one council at a time by row-level security: a backup would lack the rest. Back up as one that \
         is not: CREATE ROLE goldenthread_backup LOGIN BYPASSRLS IN ROLE pg_read_all_data."
    )))
}

async fn connect(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.context("connecting to the database")
}

/// Where the database is, as PostgreSQL's own programs take it: the password is not on the command line, where anybody reads it.
struct Address {
    url: String,
    password: Option<String>,
}

impl Address {
    fn of(url: &str) -> Result<Self> {
        let wrong = || Error::bad_input("DATABASE_URL is not an address this can be read from: postgres://user:password@host:5432/name.");
        let mut parsed = Url::parse(url).map_err(|_| wrong())?;
        let password = parsed.password().map(decoded).transpose()?;
        parsed.set_password(None).map_err(|()| wrong())?;
        let kept: Vec<(String, String)> =
            parsed.query_pairs().filter(|(name, _)| KNOWN.contains(&&**name)).map(|(name, value)| (name.into(), value.into())).collect();
        parsed.set_query(None);
        if !kept.is_empty() {
            // The form of web pages writes a space as `+`, which is none here.
            let written: Vec<String> = kept.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
            parsed.set_query(Some(&written.join("&")));
        }
        Ok(Self { url: parsed.into(), password })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.arg("--dbname").arg(&self.url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        command
    }
}

/// Runs one of PostgreSQL's programs to its end.
async fn run(mut command: Command, program: &Path) -> Result<()> {
    let done = command.output().await.map_err(|why| {
        let message = format!(
            "{} does not run ({why}): install PostgreSQL's client programs, of the server's version or a later one, or say where they are.",
            program.display()
        );
        Error::bad_input(message)
    })?;
    if done.status.success() {
        return Ok(());
    }
    let said: String = String::from_utf8_lossy(&done.stderr).trim().chars().take(SAID_CHARACTERS_MAX).collect();
    Err(Error::bad_input(format!("{} failed: {said}", program.display())))
}

/// A part of an address without its `%` escapes.
fn decoded(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_err(|_| Error::bad_input("The password in DATABASE_URL is not text."))
}

/// A value as a parameter of an address.
fn encoded(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/') {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_handed_over_where_nobody_reads_it() {
        let address =
            Address::of("postgres://ann:p%40ss%25@db.example:5433/gold?sslmode=require&statement-cache-capacity=0").expect("an address");
        assert_eq!(address.url, "postgres://ann@db.example:5433/gold?sslmode=require");
        assert_eq!(address.password.as_deref(), Some("p@ss%"));
        let address = Address::of("postgres://ann@db.example/gold?options=-c%20role%3Dx").expect("an address");
        assert_eq!((address.url.as_str(), address.password), ("postgres://ann@db.example/gold?options=-c%20role%3Dx", None));
        assert!(Address::of("somewhere").is_err());
    }
}
