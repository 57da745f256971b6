//! Uploaded workbooks and packs, kept by council and content: in a folder on one machine, or a bucket that nodes share.
//!
//! Keys begin with the council's id, so that one council's files can be told from another's at a glance, and end
//! in the SHA-256 of what they hold, so that the same file is stored once.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};

mod s3;

#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
}

/// Bytes of a large file that are in memory at once, when it is kept.
const PART_BYTES: usize = 8 << 20;
/// What is written to see whether files can be kept: no council's.
const PROBE: &str = "ready/probe";
/// How long a file that was made for one download is kept.
const DOWNLOADABLE: TimeDelta = TimeDelta::hours(1);
/// Parts on their way to the store at once.
const PARTS: usize = 2;

/// A kept file, to be sent as it is read.
pub struct Kept {
    pub size_bytes: u64,
    pub bytes: BoxStream<'static, object_store::Result<Vec<u8>>>,
}

/// Sends what a file holds, part by part.
async fn sent(file: std::fs::File, parts: &mut WriteMultipart) -> Result<()> {
    let (mut file, mut part) = (tokio::fs::File::from_std(file), vec![0; 1 << 18]);
    loop {
        let read = file.read(&mut part).await.context("reading a file to be kept")?;
        if read == 0 {
            return Ok(());
        }
        parts.wait_for_capacity(PARTS).await.context("keeping a file")?;
        parts.write(&part[..read]);
    }
}

/// SHA-256 as 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Files {
    /// Files in a folder, made if absent.
    pub fn folder(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path).context("making the folder for files")?;
        // What a row names must outlast a power cut as the row does: bytes, name and folder reach the disk before the answer.
        let store = LocalFileSystem::new_with_prefix(path).context("opening the folder for files")?.with_fsync(true);
        Ok(Self { store: Arc::new(store) })
    }

    /// Whether files can be kept: writes a small one, always the same.
    pub async fn probe(&self) -> Result<()> {
        self.store.put(&Key::from(PROBE), "ready".into()).await.context("keeping a file to see whether it can be")?;
        Ok(())
    }

    /// Files at a place: a folder or `s3://bucket/prefix`; in a folder of the data's where none is said.
    pub fn at(place: Option<&str>, folder: &Path) -> Result<Self> {
        match place {
            Some(place) if place.starts_with(s3::SCHEME) => Ok(Self { store: s3::open(place)? }),
            Some(place) if place.contains("://") => {
                Err(Error::bad_input(format!("Files cannot be kept at `{place}`: say a folder, or `s3://bucket/prefix`.")))
            }
            Some(place) => Self::folder(Path::new(place)),
            None => Self::folder(folder),
        }
    }

    /// Files in a bucket that an environment of one's own says how to reach: names and values as programs that speak S3 have them.
    pub fn bucket(address: &str, environment: &[(&str, &str)]) -> Result<Self> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Ok(Self { store: s3::open_with(address, environment)? })
    }

    /// Keeps bytes and answers the key to find them by.
    pub async fn keep(&self, council: Uuid, folder: &str, bytes: Vec<u8>) -> Result<String> {
        let key = format!("{council}/{folder}/{}", sha256(&bytes));
        self.store.put(&Key::from(key.as_str()), bytes.into()).await.context("keeping a file")?;
        Ok(key)
    }

    /// Keeps bytes under a key they had before: of a backup.
    pub async fn keep_as(&self, key: &str, bytes: Vec<u8>) -> Result<()> {
        self.store.put(&Key::from(key), bytes.into()).await.map(drop).context("keeping a file")
    }

    /// Keeps what a file holds, of which `sha256` is the hash, without holding it in memory.
    pub async fn keep_file(&self, council: Uuid, folder: &str, file: std::fs::File, sha256: &str) -> Result<String> {
        let key = format!("{council}/{folder}/{sha256}");
        let upload = self.store.put_multipart(&Key::from(key.as_str())).await.context("keeping a file")?;
        let mut parts = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        if let Err(error) = sent(file, &mut parts).await {
            // Parts that are no file yet are paid for all the same. Where the store is away, its own rule clears them.
            if let Err(why) = parts.abort().await {
                tracing::warn!(%why, key, "parts of a file that was not kept may lie in the store");
            }
            return Err(error);
        }
        parts.finish().await.context("keeping a file")?;
        Ok(key)
    }

    /// Lets go of files of a folder that were made for one download each: those older than an hour, and the oldest beyond
    /// `most`. A link to one works for five minutes.
    pub async fn let_go(&self, council: Uuid, folder: &str, most: usize) -> Result<()> {
        let mut kept: Vec<_> =
            self.store.list(Some(&Key::from(format!("{council}/{folder}")))).try_collect().await.context("listing files")?;
        kept.sort_by_key(|file| std::cmp::Reverse(file.last_modified));
        let now = DateTime::<Utc>::from(std::time::SystemTime::now());
        for (at, file) in kept.into_iter().enumerate() {
            if at < most && now.signed_duration_since(file.last_modified) < DOWNLOADABLE {
                continue;
            }
            // Two nodes may come to the same file at once.
            match self.store.delete(&file.location).await {
                Err(object_store::Error::NotFound { .. }) | Ok(()) => {}
                Err(why) => return Err(Error::of("letting go of a file", &why)),
            }
        }
        Ok(())
    }

    /// What is kept under a key, to be sent as it is read.
    pub async fn open(&self, key: &str) -> Result<Kept> {
        let found = self.store.get(&Key::from(key)).await.context("finding a file")?;
        let size_bytes = found.meta.size;
        Ok(Kept { size_bytes, bytes: found.into_stream().map_ok(|bytes| bytes.to_vec()).boxed() })
    }

    /// The bytes kept under a key.
    pub async fn load(&self, key: &str) -> Result<Vec<u8>> {
        let found = self.store.get(&Key::from(key)).await.context("finding a file")?;
        Ok(found.bytes().await.context("reading a file")?.to_vec())
    }
}
