//! What a backup says of itself.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::access::token::Keys;
use crate::durable;
use crate::error::{ContextExt, Error, Result};
use crate::files::{hex, sha256};

/// The only form there is so far. One that cannot be read by an older program gets the next number.
const FORMAT: u32 = 1;
const NAME: &str = "manifest.json";
/// A manifest names councils and what was missing, no more.
const BYTES_MAX: u64 = 64 << 20;

/// What a backup holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that took it.
    pub product: String,
    pub taken_at: DateTime<Utc>,
    /// `SQLITE` or `POSTGRESQL`: each is put back into its own kind.
    pub kind: String,
    /// The database's copy.
    pub database: Piece,
    /// The list of files: a line each, its SHA-256, its bytes, its key.
    pub list: Piece,
    pub files: u64,
    pub files_bytes: u64,
    /// Keys of files that rows name and that were not there, or not whole, when the backup was taken.
    pub missing: Vec<String>,
    /// Migrations of the database, in order.
    pub schema: Vec<String>,
    pub councils: Vec<Trail>,
    /// Tells the service's key from every other, and leads back to none.
    pub key: String,
    /// What only the holder of the key can say of all the above.
    seal: String,
}

/// A file of a backup.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Piece {
    pub sha256: String,
    pub bytes: u64,
}

/// Where a council's audit trail ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trail {
    pub code: String,
    /// `1000:9f86d0…`; none of a trail without events.
    pub head: Option<String>,
}

/// Where the key is from: said when it does not fit.
pub struct Key {
    pub keys: Keys,
    pub from: String,
}

impl Manifest {
    /// One that is not sealed yet.
    pub(super) fn new(kind: &str, taken_at: DateTime<Utc>, database: Piece, list: Piece) -> Self {
        Self {
            format: FORMAT,
            product: env!("CARGO_PKG_VERSION").into(),
            taken_at,
            kind: kind.into(),
            database,
            list,
            files: 0,
            files_bytes: 0,
            missing: Vec::new(),
            schema: Vec::new(),
            councils: Vec::new(),
            key: String::new(),
            seal: String::new(),
        }
    }

    /// Seals it and writes it: from here on the folder is a backup.
    pub(super) fn write(mut self, folder: &Path, keys: &Keys) -> Result<Self> {
        self.key = fingerprint(keys)?;
        self.seal = self.sealed(keys)?;
        let text = serde_json::to_vec_pretty(&self).context("writing a backup's manifest")?;
        durable::replace(&folder.join(NAME), &text).context("writing a backup's manifest")?;
        Ok(self)
    }

    /// The manifest of a folder, which must be of a form this program knows.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let absent =
            |_| Error::bad_input(format!("{} is not there: this folder is no backup, or one that was never finished.", path.display()));
        let bytes = std::fs::metadata(&path).map_err(absent)?.len();
        let broken =
            || Error::bad_input(format!("{} is not what a backup's manifest looks like: it was cut short or altered.", path.display()));
        if bytes > BYTES_MAX {
            return Err(broken());
        }
        let text = std::fs::read(&path).context("reading a backup's manifest")?;
        let read: Self = serde_json::from_slice(&text).map_err(|_| broken())?;
        if read.format > FORMAT {
            return Err(Error::bad_input(format!("The backup was taken by a newer version ({}): install that.", read.product)));
        }
        Ok(read)
    }

    /// Makes sure that a key is the one whose service was backed up, and that the manifest is as it was sealed.
    pub fn check(&self, key: &Key) -> Result<()> {
        if self.key != fingerprint(&key.keys)? {
            let message = format!(
                "The key in {} is not the one of the service this is a backup of: with it no audit trail could be verified. Name the right \
                 one with --key.",
                key.from
            );
            return Err(Error::bad_input(message));
        }
        if self.seal != self.sealed(&key.keys)? {
            return Err(Error::bad_input(format!("{NAME} was altered since it was sealed.")));
        }
        Ok(())
    }

    fn sealed(&self, keys: &Keys) -> Result<String> {
        let plain = Self { seal: String::new(), ..self.clone() };
        let text = serde_json::to_vec(&plain).context("sealing a backup's manifest")?;
        Ok(hex(&keys.seal(&format!("backup {}", sha256(&text)))?))
    }
}

fn fingerprint(keys: &Keys) -> Result<String> {
    Ok(sha256(&keys.seal("telling keys apart")?))
}

impl Piece {
    /// Of a file as it is, read as it comes.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let mut file = std::fs::File::open(path)?;
        let mut hash = Sha256::new();
        let bytes = std::io::copy(&mut file, &mut HashWriter(&mut hash))?;
        Ok(Self { sha256: hex(&hash.finalize()), bytes })
    }

    /// What is wrong with a file that should be this; nothing when it is.
    pub fn fault(&self, folder: &Path, name: &str) -> Result<Option<String>> {
        let path = folder.join(name);
        if !path.is_file() {
            return Ok(Some(format!("{name} is missing")));
        }
        let found = Self::of(&path).context("reading a backup")?;
        Ok(match (found.bytes == self.bytes, found.sha256 == self.sha256) {
            (true, true) => None,
            (false, _) => Some(format!("{name} has {} bytes where there were {}", found.bytes, self.bytes)),
            (true, false) => Some(format!("{name} was altered")),
        })
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
