//! What has to outlast a power cut: files are there whole or not at all, and a database is asked whether it keeps its word.
//!
//! The order is always the same: the bytes reach the disk under a name nobody looks for, then get their name, then the folder
//! reaches the disk. `docs/durability.md` says what that promises.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::error::{ContextExt, Result};

/// Keeps a small file that only this user may read, unless there is one of that name; says whether it was kept.
///
/// # Errors
/// What the file system answers; then there is no file of that name that was not there before.
pub fn keep_new(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    // Where it is mounted, its folder may be nobody's to write to.
    if path.exists() {
        return Ok(false);
    }
    let folder = folder_of(path);
    // In the same folder, so that it can be given its name; of this process alone, so that two that start at once do not meet.
    let staged = folder.join(format!(".{}.{}", path.file_name().unwrap_or_default().display(), std::process::id()));
    let done = written(&staged, bytes).and_then(|()| match std::fs::hard_link(&staged, path) {
        Ok(()) => Ok(true),
        Err(why) if why.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(why) => Err(why),
    });
    // A file left behind under that name holds nothing anybody reads.
    let _ = std::fs::remove_file(&staged);
    let kept = done?;
    sync_folder(folder)?;
    Ok(kept)
}

/// Keeps a small file in place of whatever has its name.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = folder_of(path);
    let staged = folder.join(format!(".{}.{}", path.file_name().unwrap_or_default().display(), std::process::id()));
    written(&staged, bytes)?;
    std::fs::rename(&staged, path)?;
    sync_folder(folder)
}

fn written(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // What a process of the same number left when it was killed.
    let _ = std::fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Sends the names in a folder to the disk. Only Unix can.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What whoever installs the service is told when its database does not keep what it said it kept; nothing of one that does.
pub async fn advice(pool: &DatabaseConnection) -> Result<Option<String>> {
    let backend = pool.get_database_backend();
    let doing = "asking the database what outlasts a power cut";
    let sql = match backend {
        DbBackend::Postgres => {
            "SELECT current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')"
        }
        _ => "SELECT journal_mode FROM pragma_journal_mode",
    };
    let Some(row) = pool.query_one_raw(Statement::from_string(backend, sql)).await.context(doing)? else { return Ok(None) };
    let text = |at| row.try_get_by_index::<String>(at).context(doing);
    if backend != DbBackend::Postgres {
        let mode = text(0)?;
        return Ok((!mode.eq_ignore_ascii_case("wal")).then(|| {
            format!(
                "SQLite keeps its journal as `{mode}` here, not as a write-ahead log: the folder is on a file system that several \
                 machines share, or that cannot map files. Readers wait for writers then. Move the data folder to a disk of this machine."
            )
        }));
    }
    let names = ["fsync", "full_page_writes", "synchronous_commit"];
    let mut off = Vec::new();
    for (at, name) in names.into_iter().enumerate() {
        // A commit that waits for one or several machines' disks is on.
        if text(at)? == "off" {
            off.push(name);
        }
    }
    Ok((!off.is_empty()).then(|| {
        format!(
            "PostgreSQL runs with {} off: a power cut can lose what was acknowledged, or the whole database. Set it on in postgresql.conf.",
            off.join(", ")
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_once_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("signing.key");
        assert!(keep_new(&path, b"first").expect("is kept"));
        assert!(!keep_new(&path, b"second").expect("is not"), "there is one already");
        assert_eq!(std::fs::read(&path).expect("reads"), b"first");
        replace(&path, b"third").expect("is replaced");
        assert_eq!(std::fs::read(&path).expect("reads"), b"third");
        assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("signing.key");
        keep_new(&path, b"secret").expect("is kept");
        assert_eq!(std::fs::metadata(&path).expect("is there").permissions().mode() & 0o777, 0o600);
    }
}
