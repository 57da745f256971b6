//! What is kept, and how it is found.

use std::sync::Arc;

use async_graphql::Request;
use chrono::{DateTime, NaiveDate, Utc};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use super::body::Body;
use crate::access::{Actor, Credential, Rights};
use crate::app::App;
use crate::db::{Revision, Snapshot};
use crate::error::Result;
use crate::telemetry::account;

/// What was asked: the SHA-256 of document, operation and variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question([u8; 32]);

impl Question {
    /// What a request asks; none for one that brings files.
    pub fn of(request: &Request) -> Option<Self> {
        if !request.uploads.is_empty() {
            return None;
        }
        // Each part behind its length, so that no two requests run together to the same.
        let mut hash = Sha256::new();
        let variables = serde_json::to_vec(&request.variables).ok()?;
        let operation = request.operation_name.as_deref().unwrap_or_default();
        for part in [request.query.as_bytes(), operation.as_bytes(), &variables, &[u8::from(request.operation_name.is_some())]] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Some(Self(hash.finalize().into()))
    }
}

/// Who showed a credential, as found at a revision of their council.
#[derive(Clone)]
struct Known {
    revision: Revision,
    day: NaiveDate,
    /// From when the credential is nobody's.
    until: Option<DateTime<Utc>>,
    rights: Arc<Rights>,
    /// The code of their council, for the log.
    council: Arc<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    rights: Arc<Rights>,
    day: NaiveDate,
    question: Question,
}

#[derive(Clone)]
struct Answer {
    revision: Revision,
    found: Found,
}

/// An answer that was kept.
#[derive(Clone)]
pub struct Found {
    pub body: Body,
    /// What the client calls the operation, for the log.
    pub operation: Option<Arc<str>>,
}

/// Bytes an entry takes beside its answer, about.
const ENTRY_BYTES: u64 = 512;
/// People and scripts whose rights are remembered.
const KNOWN_MAX: usize = 20_000;

#[derive(Clone)]
struct Bytewise;

impl Weighter<Key, Answer> for Bytewise {
    fn weight(&self, _: &Key, answer: &Answer) -> u64 {
        answer.found.body.bytes().len() as u64 + ENTRY_BYTES
    }
}

/// The answers a node keeps.
pub struct Kept {
    known: Cache<Credential, Known>,
    answers: Cache<Key, Answer, Bytewise>,
}

/// Where the answer to a question belongs, in the state its session reads.
pub struct Place {
    key: Key,
    revision: Revision,
}

impl Kept {
    /// Room for answers of so many bytes together; nothing is kept where there is none.
    pub fn new(bytes: u64) -> Option<Self> {
        (bytes > 0).then(|| Self {
            known: Cache::new(KNOWN_MAX),
            // Answers are tens of kilobytes and more: so many are expected that the lists of them are large enough.
            answers: Cache::with_weighter(usize::try_from(bytes / (16 << 10)).unwrap_or(usize::MAX).max(16), bytes, Bytewise),
        })
    }

    /// The answer to a question of somebody who asked before, if nothing of their council changed since. One statement where
    /// there may be one, none otherwise. Whether it is for a client that takes gzip decides what is kept from now on.
    pub async fn find(&self, app: &App, credential: &Credential, question: Question, gzip: bool) -> Result<Option<Found>> {
        let Some(known) = self.known.get(credential) else { return Ok(None) };
        let now = app.clock.now();
        if known.day != now.date_naive() || known.until.is_some_and(|until| until <= now) {
            return Ok(None);
        }
        let key = Key { rights: known.rights, day: known.day, question };
        let Some(answer) = self.answers.get(&key).filter(|answer| answer.revision == known.revision) else { return Ok(None) };
        let current = app.db.revision(key.rights.council()).await?;
        if current != Some(known.revision) {
            return Ok(None);
        }
        account::of_council(&known.council);
        Ok(Some(self.asked_again(key, answer, gzip).await))
    }

    /// Where the answer to a question of somebody's belongs who was found in a snapshot. One statement.
    pub async fn place(&self, snapshot: &Snapshot, credential: &Credential, actor: &Actor, question: Question) -> Result<Option<Place>> {
        let rights = Arc::new(actor.rights());
        let Some(revision) = snapshot.revision(rights.council()).await? else { return Ok(None) };
        let until = [actor.good_until(), credential.until()].into_iter().flatten().min();
        let known = Known { revision, day: actor.on, until, rights: Arc::clone(&rights), council: actor.council.code.as_str().into() };
        self.known.insert(credential.clone(), known);
        Ok(Some(Place { key: Key { rights, day: actor.on, question }, revision }))
    }

    /// The answer that belongs there, if somebody with the same rights asked before.
    pub async fn at(&self, place: &Place, gzip: bool) -> Option<Found> {
        let answer = self.answers.get(&place.key).filter(|answer| answer.revision == place.revision)?;
        Some(self.asked_again(place.key.clone(), answer, gzip).await)
    }

    /// Packs an answer that is wanted again by somebody who takes it so, as nearly all do: many more find room.
    async fn asked_again(&self, key: Key, answer: Answer, gzip: bool) -> Found {
        let Found { body, operation } = answer.found;
        if body.is_packed() || !gzip {
            return Found { body, operation };
        }
        let found = Found { body: body.packed().await, operation };
        if found.body.is_packed() {
            self.answers.insert(key, Answer { revision: answer.revision, found: found.clone() });
        }
        found
    }

    /// Keeps an answer that was worked out in the state its place is of, unless the day has ended since.
    pub fn keep(&self, app: &App, place: Place, found: Found) {
        if app.clock.today() == place.key.day {
            let found = Found { body: found.body.compact(), ..found };
            self.answers.insert(place.key, Answer { revision: place.revision, found });
        }
    }
}
