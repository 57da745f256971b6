//! What can be wrong with a trail, in words.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use entity::audit_event::Model;
use serde::Serialize;
use uuid::Uuid;

/// Findings told of one council; the rest are counted.
pub const FINDINGS_MAX: usize = 100;

rules::closed_set! {
    /// What is wrong.
    Kind {
        /// What an event says, its hash or its seal is not what was written.
        Changed = "CHANGED", "Changed";
        /// Events are gone.
        Missing = "MISSING", "Missing";
        /// An event stands at another place than it was written at.
        Renumbered = "RENUMBERED", "Renumbered";
        /// An event was added by something else than the service.
        Inserted = "INSERTED", "Inserted";
        /// An event, sealed or not, that this service's key did not seal: written anew, or added.
        NotSealed = "NOT_SEALED", "Not sealed by this service";
        /// Two genuine events follow each other that were not written one after the other.
        Forked = "FORKED", "Of two histories";
        /// Events from before the chain were changed, added or taken away.
        Before = "BEFORE_THE_CHAIN", "Before the chain";
        /// Where the trail ends is not what was written.
        Head = "HEAD", "End of the trail";
        /// A council without any event: its first, that it was created, was taken away with all that followed.
        Empty = "EMPTY", "Emptied";
        /// The trail is not the one whose end was noted earlier.
        Noted = "NOTED_HEAD", "End noted earlier";
    }
}

/// An event as a finding names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    pub seq: Option<i64>,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub verb: String,
    pub who: String,
}

impl Named {
    pub fn of(row: &Model) -> Self {
        let who = row.actor.clone().or_else(|| row.person_id.map(|id| format!("person {id}")));
        Self { seq: row.seq, id: row.id, at: row.at, verb: row.verb.clone(), who: who.unwrap_or_else(|| "nobody named".into()) }
    }

    /// `event 7 (id, 14 October 2024 at 09:00:00 UTC, pack.build, by …)`.
    pub fn words(&self) -> String {
        let number = self.seq.map_or_else(|| "an event without a number".to_owned(), |seq| format!("event {seq}"));
        format!("{number} ({}, {}, {}, by {})", self.id, self.at.format("%-d %B %Y at %H:%M:%S UTC"), self.verb, self.who)
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub kind: Kind,
    /// First number it is about, and the last.
    pub seq: Option<i64>,
    pub until: Option<i64>,
    /// The event, or the first of several.
    pub event: Option<Named>,
    /// A sentence for a person.
    pub message: String,
}

/// The end of a trail as somebody noted it: `1000:9f86d0…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    pub seq: i64,
    pub hash: String,
}

impl std::fmt::Display for Noted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Noted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let malformed = || format!("{text:?} is not the end of a trail: write it as `audit verify` prints it, number:hash.");
        let (seq, hash) = text.trim().split_once(':').ok_or_else(malformed)?;
        let hash = hash.to_ascii_lowercase();
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(malformed());
        }
        match seq.parse() {
            Ok(seq) if seq > 0 => Ok(Self { seq, hash }),
            _ => Err(malformed()),
        }
    }
}

/// What reading a council's trail came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Events in the chain.
    pub events: u64,
    /// Events from before there was a chain.
    pub before_the_chain: u64,
    /// Of the first event and the last.
    pub first: Option<DateTime<Utc>>,
    pub last: Option<DateTime<Utc>>,
    /// Where the trail ends: to be noted elsewhere.
    pub head: Option<Noted>,
    pub findings: Vec<Finding>,
    /// Findings beyond [`FINDINGS_MAX`].
    pub more: usize,
}

impl Report {
    /// Whether the trail is as it was written.
    pub fn is_well(&self) -> bool {
        self.findings.is_empty() && self.more == 0
    }
}

/// `event 4` or `events 4 to 9`.
pub fn numbers(from: i64, until: i64) -> String {
    if from == until { format!("event {from}") } else { format!("events {from} to {until}") }
}
