//! Trusted documents: what an installation answers, when it answers nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use async_graphql::parser::parse_query;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::files::hex;

/// A document larger than this was not written by hand, and no client of ours sends one.
const DOCUMENT_BYTES_MAX: u64 = 1 << 20;
/// Documents of one installation.
const DOCUMENTS_MAX: usize = 20_000;
/// A file of all of them.
const FILE_BYTES_MAX: u64 = 64 << 20;

/// Documents by their SHA-256 in hexadecimal.
#[derive(Debug, Default)]
pub struct Trusted {
    documents: HashMap<String, Arc<str>>,
}

/// What Apollo's `generate-persisted-query-manifest` writes.
#[derive(Deserialize)]
struct Manifest {
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

/// The two kinds of file there are.
#[derive(Deserialize)]
#[serde(untagged)]
enum Listed {
    Manifest(Manifest),
    ByHash(BTreeMap<String, String>),
}

impl Trusted {
    /// Reads a folder of `.graphql` files, or a JSON file of documents by their hash.
    pub fn load(path: &Path) -> Result<Self> {
        let wrong = |why: String| Error::bad_input(format!("Trusted documents cannot be read from {}: {why}.", path.display()));
        let documents = if path.is_dir() { in_folder(path) } else { in_file(path) }.map_err(wrong)?;
        if documents.is_empty() {
            return Err(wrong("there is none".into()));
        }
        if documents.len() > DOCUMENTS_MAX {
            return Err(wrong(format!("there are more than {DOCUMENTS_MAX}")));
        }
        let mut trusted = Self::default();
        for (name, hash, text) in documents {
            let made = sha256(&text);
            if hash.is_some_and(|hash| hash != made) {
                return Err(wrong(format!("{name} is not the hash of its document, which is {made}")));
            }
            parse_query(&text).map_err(|why| wrong(format!("{name} is no document: {why}")))?;
            trusted.documents.insert(made, text.into());
        }
        Ok(trusted)
    }

    /// The document with a hash, given with or without the name of its algorithm.
    pub fn find(&self, hash: &str) -> Option<&str> {
        let hex = hash.strip_prefix("sha256:").unwrap_or(hash).to_ascii_lowercase();
        self.documents.get(&hex).map(|text| &**text)
    }

    /// The names of their operations.
    pub fn names(&self) -> BTreeSet<String> {
        let parsed = self.documents.values().filter_map(|text| parse_query(text).ok());
        parsed
            .flat_map(|document| document.operations.iter().filter_map(|(name, _)| name.map(ToString::to_string)).collect::<Vec<_>>())
            .collect()
    }

    /// Whether a text is one of them, to the byte.
    pub fn holds(&self, text: &str) -> bool {
        self.documents.contains_key(&sha256(text))
    }
}

/// A document's name in what is told, its hash where one was given, and its text.
type Found = (String, Option<String>, String);

fn in_folder(path: &Path) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|why| why.to_string())? {
        let file = entry.map_err(|why| why.to_string())?.path();
        if file.extension().is_none_or(|kind| kind != "graphql" && kind != "gql") {
            continue;
        }
        found.push((file.display().to_string(), None, read(&file, DOCUMENT_BYTES_MAX)?));
    }
    Ok(found)
}

fn in_file(path: &Path) -> Result<Vec<Found>, String> {
    let text = read(path, FILE_BYTES_MAX)?;
    let listed =
        serde_json::from_str(&text).map_err(|_| "it is neither an object of documents by their hash nor a manifest of Apollo's")?;
    Ok(match listed {
        Listed::Manifest(manifest) => manifest.operations.into_iter().map(|one| (one.id.clone(), Some(one.id), one.body)).collect(),
        Listed::ByHash(documents) => {
            let bare = |hash: &str| hash.strip_prefix("sha256:").unwrap_or(hash).to_owned();
            documents.into_iter().map(|(hash, text)| (hash.clone(), Some(bare(&hash)), text)).collect()
        }
    })
}

fn read(path: &Path, bytes_max: u64) -> Result<String, String> {
    let told = |why: std::io::Error| format!("{}: {why}", path.display());
    let size = std::fs::metadata(path).map_err(told)?.len();
    if size > bytes_max {
        return Err(format!("{} has {size} bytes, and {bytes_max} is the most", path.display()));
    }
    std::fs::read_to_string(path).map_err(told)
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    // `printf '{ __typename }' | sha256sum`
    const HASH: &str = "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b";

    fn of(file: &str, text: &str) -> Result<Trusted> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(file);
        std::fs::write(&path, text).unwrap();
        Trusted::load(if file.ends_with(".json") { &path } else { folder.path() })
    }

    #[test]
    fn folders_manifests_and_plain_lists_are_read() {
        let manifest = format!(
            r#"{{"format":"apollo-persisted-query-manifest","version":1,"operations":[{{"id":"{HASH}","name":"A","type":"query","body":"{{ __typename }}"}}]}}"#
        );
        let plain = format!(r#"{{"{HASH}":"{{ __typename }}"}}"#);
        let prefixed = format!(r#"{{"sha256:{HASH}":"{{ __typename }}"}}"#);
        for (file, text) in [("a.graphql", "{ __typename }"), ("a.json", &*manifest), ("b.json", &*plain), ("c.json", &*prefixed)] {
            let trusted = of(file, text).unwrap_or_else(|error| panic!("{file}: {}", error.message));
            assert_eq!(trusted.find(HASH), Some("{ __typename }"), "{file}");
            assert_eq!(trusted.find(&format!("sha256:{}", HASH.to_uppercase())), Some("{ __typename }"), "{file}");
            assert_eq!((trusted.find("00"), trusted.holds("{ __typename }"), trusted.holds("{ __typename } ")), (None, true, false));
        }
    }

    #[test]
    fn what_cannot_be_trusted_is_not_begun_with() {
        let why = |file: &str, text: &str| of(file, text).unwrap_err().message;
        assert!(why("a.graphql", "{ a").contains("is no document"));
        assert!(why("a.txt", "{ a }").ends_with("there is none."));
        assert!(why("a.json", r#"{"00":"{ __typename }"}"#).contains(HASH));
        assert!(why("a.json", "[]").contains("neither an object"));
        assert!(Trusted::load(Path::new("/nowhere")).unwrap_err().message.contains("/nowhere"));
    }
}
