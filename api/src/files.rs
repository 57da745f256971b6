//! Uploaded workbooks and packs, kept by council and content: a folder on one machine.
//!
//! Keys begin with the council's id, so that one council's files can be told from another's at a glance, and end
//! in the SHA-256 of what they hold, so that the same file is stored once.

use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::{ContextExt, Result};

#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
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
        let store = LocalFileSystem::new_with_prefix(path).context("opening the folder for files")?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Keeps bytes and answers the key to find them by.
    pub async fn keep(&self, council: Uuid, folder: &str, bytes: Vec<u8>) -> Result<String> {
        let key = format!("{council}/{folder}/{}", sha256(&bytes));
        self.store.put(&Key::from(key.as_str()), bytes.into()).await.context("keeping a file")?;
        Ok(key)
    }

    /// The bytes kept under a key.
    pub async fn load(&self, key: &str) -> Result<Vec<u8>> {
        let found = self.store.get(&Key::from(key)).await.context("finding a file")?;
        Ok(found.bytes().await.context("reading a file")?.to_vec())
    }
}
