//! Putting a backup back where there is nothing.
//!
//! All of it is checked before anything is written. Then files, key and database follow in this order: the database last and
//! whole or not at all, so that an attempt that was broken off can be made again.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::manifest::{Key, Manifest, Piece};
use super::take::safe;
use super::{DATABASE, FILES, KEY, LIST, is_postgres, postgres};
use crate::access::token::Keys;
use crate::app::{self, App};
use crate::audit::verify::{Noted, verify};
use crate::config::Config;
use crate::councils;
use crate::db;
use crate::durable;
use crate::error::{ContextExt, Error, Result};

/// Faults named in a refusal.
const NAMED_MAX: usize = 20;

/// What is wanted.
pub struct Wanted {
    pub from: PathBuf,
    /// The service's key, where the backup has none and the data folder neither.
    pub key: Option<PathBuf>,
    pub pg_restore: PathBuf,
}

/// What was put back.
pub struct Restored {
    pub manifest: Manifest,
    /// Councils whose trails were verified, and events in all.
    pub councils: usize,
    pub events: u64,
}

/// Puts a backup back into whatever is configured, which must be empty.
pub async fn put_back(config: &Config, wanted: &Wanted) -> Result<Restored> {
    let manifest = Manifest::read(&wanted.from)?;
    let (key, secret) = key(config, wanted)?;
    manifest.check(&key)?;
    fits(config, &manifest)?;
    let files = check(&wanted.from, &manifest)?;
    refuse_what_is_there(config).await?;

    app::make_private_folder(&config.data).context("making the data folder")?;
    let store = app::files(config)?;
    for file in &files {
        let bytes = std::fs::read(wanted.from.join(FILES).join(safe(file)?)).context("reading a backup")?;
        store.keep_as(file, bytes).await?;
    }
    durable::keep_new(&config.signing_key(), &secret).context("keeping the signing key")?;
    put_database(config, wanted).await?;
    let (councils, events) = verified(config, &manifest).await?;
    Ok(Restored { manifest, councils, events })
}

/// The service's key: the one that is named, the backup's own, or the one the data folder has already. One that is there is kept.
fn key(config: &Config, wanted: &Wanted) -> Result<(Key, Vec<u8>)> {
    let there = config.signing_key();
    let own = wanted.from.join(KEY);
    let from = match &wanted.key {
        Some(named) => named.clone(),
        None if own.exists() => own,
        None => there.clone(),
    };
    if !from.exists() {
        let message = "The backup has no signing.key, and the data folder neither. Without the key nobody could verify the audit trail: bring it \
            from where it is kept apart and name it with --key.";
        return Err(Error::bad_input(message));
    }
    let secret = std::fs::read(&from).context("reading the signing key")?;
    if there.exists() && std::fs::read(&there).context("reading the signing key")? != secret {
        return Err(Error::bad_input(format!(
            "{} is another key than {}: restore into a folder of its own.",
            there.display(),
            from.display()
        )));
    }
    let keys = Keys::load_or_make(&from, false)?;
    Ok((Key { keys, from: from.display().to_string() }, secret))
}

/// Whether it can be put into this kind of database by this version.
fn fits(config: &Config, manifest: &Manifest) -> Result<()> {
    let kind = if is_postgres(config) { "POSTGRESQL" } else { "SQLITE" };
    if manifest.kind != kind {
        return Err(Error::bad_input(format!(
            "The backup is of {}, and DATABASE_URL is {kind}: name one of the same kind.",
            manifest.kind
        )));
    }
    let known: Vec<String> = crate::db::known_migrations();
    if let Some(newer) = manifest.schema.iter().find(|name| !known.contains(name)) {
        let message = format!("The backup was taken by a newer version ({}, {newer}): install that.", manifest.product);
        return Err(Error::bad_input(message));
    }
    Ok(())
}

/// Holds everything against the manifest; answers the keys of the files.
fn check(from: &Path, manifest: &Manifest) -> Result<Vec<String>> {
    let mut faults: Vec<String> = Vec::new();
    faults.extend(manifest.database.fault(from, DATABASE)?);
    let list = manifest.list.fault(from, LIST)?;
    let mut files = Vec::new();
    if list.is_none() {
        let lines = BufReader::new(std::fs::File::open(from.join(LIST)).context("reading a backup")?).lines();
        for line in lines {
            let line = line.context("reading a backup")?;
            let mut parts = line.splitn(3, ' ');
            let (Some(sha256), Some(Ok(bytes)), Some(key)) = (parts.next(), parts.next().map(str::parse), parts.next()) else {
                faults.push(format!("{LIST} has a line that is none: {line:?}"));
                continue;
            };
            let name = Path::new(FILES).join(safe(key)?);
            faults.extend(Piece { sha256: sha256.into(), bytes }.fault(from, &name.display().to_string())?);
            files.push(key.to_owned());
        }
    }
    faults.extend(list);
    if faults.is_empty() {
        return Ok(files);
    }
    let rest = faults.len().saturating_sub(NAMED_MAX);
    faults.truncate(NAMED_MAX);
    let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
    Err(Error::bad_input(format!("The backup is not as it was taken: {}{more}. Nothing was restored.", faults.join("; "))))
}

async fn refuse_what_is_there(config: &Config) -> Result<()> {
    let url = config.database_url();
    let empty = if is_postgres(config) {
        postgres::is_empty(&url).await?
    } else {
        let file = db::file_of(&url).ok_or_else(|| Error::bad_input("Name a database that is a file."))?;
        // What another database left beside it would be taken for its own.
        ["", "-wal", "-shm", "-journal"].iter().all(|end| !PathBuf::from(format!("{}{end}", file.display())).exists())
    };
    if empty {
        return Ok(());
    }
    Err(Error::bad_input(
        "There is a database already: a backup is restored into an empty one, and nothing is ever put in place of another.",
    ))
}

async fn put_database(config: &Config, wanted: &Wanted) -> Result<()> {
    let (url, copy) = (config.database_url(), wanted.from.join(DATABASE));
    if is_postgres(config) {
        return postgres::put_back(&url, &copy, &wanted.pg_restore).await;
    }
    let doing = "putting the database back";
    let file = db::file_of(&url).ok_or_else(|| Error::bad_input("Name a database that is a file."))?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    app::make_private_folder(folder).context(doing)?;
    let staged = file.with_extension("restoring");
    std::fs::copy(&copy, &staged).context(doing)?;
    std::fs::File::open(&staged).and_then(|file| file.sync_all()).context(doing)?;
    // Whatever was made there meanwhile stays what it is.
    let put = std::fs::hard_link(&staged, &file).and_then(|()| durable::sync_folder(folder));
    let _ = std::fs::remove_file(&staged);
    put.context(doing)
}

/// Opens what was put back, which brings an older database up to date, and reads every council's trail to where it ended.
async fn verified(config: &Config, manifest: &Manifest) -> Result<(usize, u64)> {
    let app = App::open(config).await?;
    let (mut councils, mut events) = (0, 0);
    let found = councils::service::all(&app).await?;
    if let Some(lost) = manifest.councils.iter().find(|trail| found.iter().all(|(_, code)| *code != trail.code)) {
        return Err(Error::bad_input(format!("The council {} of the backup is not in the database that was put back.", lost.code)));
    }
    for (id, code) in found {
        let trail = manifest.councils.iter().find(|trail| trail.code == code);
        let head = trail.and_then(|trail| trail.head.as_ref());
        let noted: Option<Noted> = head.map(|head| head.parse()).transpose().map_err(Error::bad_input)?;
        let report = verify(&app, id, &Vec::from_iter(noted)).await?;
        if !report.is_well() {
            let message = report.findings.first().map_or("", |finding| finding.message.as_str());
            return Err(Error::bad_input(format!(
                "Everything was put back, but the audit trail of {code} is not as it was written: {message}"
            )));
        }
        councils += 1;
        events += report.events;
    }
    Ok((councils, events))
}
