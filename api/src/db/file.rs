//! SQLite's database as a file.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use crate::error::{ContextExt, Error, Result};

/// The file of an address, as the driver reads it; none of one that is in memory, and of PostgreSQL's.
pub fn file_of(url: &str) -> Option<PathBuf> {
    if !url.starts_with("sqlite:") || url.contains(":memory:") || url.contains("mode=memory") {
        return None;
    }
    let options: SqliteConnectOptions = url.parse().ok()?;
    Some(options.get_filename().to_path_buf()).filter(|path| !path.as_os_str().is_empty())
}

/// The right to make tables, of one process at a time. No lock of SQLite's outlasts a transaction, so a file beside the database is
/// locked for as long as it is open, which the system ends however a process does. It stays: whoever deleted it would let two in.
pub struct Turn {
    _file: File,
}

impl Turn {
    /// Waits for it; none where the database is no file.
    pub async fn wait(url: &str) -> Result<Option<Self>> {
        // Where it has no folder to lie in, opening it says so.
        let Some(database) = file_of(url).filter(|file| file.parent().is_some_and(|folder| folder == Path::new("") || folder.is_dir()))
        else {
            return Ok(None);
        };
        let mut path = database.into_os_string();
        path.push("-migrating");
        let doing = "waiting to bring the tables up to date";
        let waited = tokio::task::spawn_blocking(move || {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
            file.lock()?;
            std::io::Result::Ok(Self { _file: file })
        });
        waited.await.map_err(|why| Error::internal(doing, &why))?.context(doing).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_the_file_the_driver_opens() {
        let file = |url: &str| file_of(url).map(|path| path.display().to_string());
        assert_eq!(file("sqlite:///srv/golden%20thread/council.db?mode=rwc").as_deref(), Some("/srv/golden thread/council.db"));
        assert_eq!(file("sqlite://data/goldenthread.db").as_deref(), Some("data/goldenthread.db"));
        assert_eq!(file("sqlite::memory:"), None);
        assert_eq!(file("postgres://goldenthread@localhost/goldenthread"), None);
    }
}
