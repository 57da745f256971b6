//! Taking a backup.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::manifest::{Manifest, Piece};
use super::{DATABASE, FILES, KEY, LIST, is_postgres, postgres, sqlite};
use crate::access::token::Keys;
use crate::app;
use crate::config::Config;
use crate::durable;
use crate::error::{Code, ContextExt, Error, Result};
use crate::files::{Files, sha256};

/// Names of missing files kept in the manifest.
pub const MISSING_MAX: usize = 10_000;

/// What is wanted.
pub struct Wanted {
    /// A folder that is not there yet, or empty.
    pub to: PathBuf,
    pub with_key: bool,
    pub pg_dump: PathBuf,
}

/// What was taken.
pub struct Taken {
    pub manifest: Manifest,
}

/// Takes a backup of whatever is configured, at this instant, while others go on.
pub async fn take(config: &Config, wanted: &Wanted, now: DateTime<Utc>) -> Result<Taken> {
    let key = config.signing_key();
    if !key.exists() {
        let message =
            format!("{} is not there: name the service's own data folder with --data, a backup is sealed with its key.", key.display());
        return Err(Error::bad_input(message));
    }
    let keys = Keys::load_or_make(&key, false)?;
    make_empty(&wanted.to)?;
    let copy = wanted.to.join(DATABASE);
    let contents = match is_postgres(config) {
        true => postgres::copy_out(&config.database_url(), &copy, &wanted.pg_dump).await?,
        false => sqlite::copy_out(&config.database_url(), &copy).await?,
    };
    let kind = if is_postgres(config) { "POSTGRESQL" } else { "SQLITE" };
    let files = app::files(config)?;
    let kept = keep_files(&files, &wanted.to, &contents.files).await?;
    if wanted.with_key {
        let secret = std::fs::read(&key).context("reading the signing key")?;
        durable::keep_new(&wanted.to.join(KEY), &secret).context("keeping the signing key")?;
    }
    let database = Piece::of(&copy).context("reading the database's copy")?;
    let list = Piece::of(&wanted.to.join(LIST)).context("reading the list of files")?;
    let mut manifest = Manifest::new(kind, now, database, list);
    (manifest.files, manifest.files_bytes, manifest.missing) = (kept.count, kept.bytes, kept.missing);
    (manifest.schema, manifest.councils) = (contents.schema, contents.trails);
    Ok(Taken { manifest: manifest.write(&wanted.to, &keys)? })
}

/// A folder of its own, which nobody else may look into.
fn make_empty(folder: &Path) -> Result<()> {
    app::make_private_folder(folder).context("making the backup's folder")?;
    let mut found = std::fs::read_dir(folder).context("looking into the backup's folder")?;
    if found.next().is_some() {
        return Err(Error::bad_input(format!("{} is not empty: a backup has a folder of its own.", folder.display())));
    }
    // It may have been made for it, and not as closed.
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700)).context("closing the backup's folder")?;
    Ok(())
}

#[derive(Default)]
struct Kept {
    count: u64,
    bytes: u64,
    missing: Vec<String>,
}

/// Copies files, each held against the hash it is named by, and lists them. What is gone or altered is told, and does not keep the
/// rest from being saved.
async fn keep_files(files: &Files, to: &Path, keys: &[String]) -> Result<Kept> {
    let mut kept = Kept::default();
    let doing = "keeping a file";
    let mut list = std::io::BufWriter::new(std::fs::File::create(to.join(LIST)).context(doing)?);
    let mut folders = std::collections::BTreeSet::new();
    for key in keys {
        let named = key.rsplit('/').next().unwrap_or_default();
        let bytes = match files.load(key).await {
            Ok(bytes) if sha256(&bytes) == named => bytes,
            // The store is away: this is no moment for a backup.
            Err(error) if error.code == Code::Unavailable => return Err(error),
            _ => {
                if kept.missing.len() < MISSING_MAX {
                    kept.missing.push(key.clone());
                }
                continue;
            }
        };
        let path = to.join(FILES).join(safe(key)?);
        let folder = path.parent().unwrap_or(to);
        if folders.insert(folder.to_owned()) {
            app::make_private_folder(folder).context(doing)?;
        }
        std::fs::write(&path, &bytes).and_then(|()| std::fs::File::open(&path)?.sync_all()).context(doing)?;
        writeln!(list, "{named} {} {key}", bytes.len()).context(doing)?;
        kept.count += 1;
        kept.bytes += bytes.len() as u64;
    }
    let list = list.into_inner().map_err(|why| Error::of(doing, why.error()))?;
    list.sync_all().context(doing)?;
    for folder in &folders {
        durable::sync_folder(folder).context(doing)?;
    }
    Ok(kept)
}

/// A key as a path below a folder, and nowhere else.
pub(super) fn safe(key: &str) -> Result<PathBuf> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if key.split('/').all(plain) {
        return Ok(key.split('/').collect());
    }
    Err(Error::bad_input(format!("{key:?} is not the key of a file of this service.")))
}
