//! Tokens this node has seen: what they were found to say need not be written down with every request.
//!
//! A token is remembered by its hash and until it expires. Forgetting one is safe: it is looked at as if it were new.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tokens remembered: a few MB. Past that, those that end soonest make room.
const TOKENS_MAX: usize = 20_000;
/// How many make room at once.
const ROOM: usize = TOKENS_MAX / 10;
/// Tokens seen for the first time at once, which are looked at one after the other when they may be the same.
const TURNS: usize = 64;

/// What a token was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Of this person, whose groups were looked at.
    Person(Uuid),
    /// Of nobody the council has: which is on record, and may change.
    Nobody,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    provider: Uuid,
    found: Found,
    until: DateTime<Utc>,
}

/// Tokens seen.
pub struct Seen {
    entries: Mutex<HashMap<String, Entry>>,
    turns: Vec<tokio::sync::Mutex<()>>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { entries: Mutex::default(), turns: (0..TURNS).map(|_| tokio::sync::Mutex::default()).collect() }
    }
}

impl Seen {
    /// What a token of a provider was found to be.
    pub fn find(&self, hash: &str, provider: Uuid) -> Option<Found> {
        self.lock().get(hash).filter(|entry| entry.provider == provider).map(|entry| entry.found)
    }

    /// Remembers what a token was found to be, until it expires.
    pub fn remember(&self, hash: String, provider: Uuid, found: Found, until: DateTime<Utc>, now: DateTime<Utc>) {
        let mut entries = self.lock();
        if entries.len() >= TOKENS_MAX {
            entries.retain(|_, entry| entry.until > now);
        }
        if entries.len() >= TOKENS_MAX {
            let mut ends: Vec<DateTime<Utc>> = entries.values().map(|entry| entry.until).collect();
            let (_, end, _) = ends.select_nth_unstable(ROOM);
            let end = *end;
            entries.retain(|_, entry| entry.until > end);
        }
        entries.insert(hash, Entry { provider, found, until });
    }

    /// Forgets a provider's tokens: its settings, links or groups are others now.
    pub fn forget(&self, provider: Uuid) {
        self.lock().retain(|_, entry| entry.provider != provider);
    }

    /// The turn of whoever looks at a token first: two requests with one new token are one sign-in.
    pub async fn turn(&self, hash: &str) -> tokio::sync::MutexGuard<'_, ()> {
        let n = hash.bytes().take(8).fold(0_usize, |n, byte| n.wrapping_mul(31).wrapping_add(byte.into()));
        self.turns[n % TURNS].lock().await
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_bounded_and_what_ends_soonest_makes_room() {
        let seen = Seen::default();
        let at = |n: usize| DateTime::from_timestamp(i64::try_from(n).unwrap(), 0).unwrap();
        let provider = Uuid::from_u128(1);
        for n in 0..=TOKENS_MAX {
            seen.remember(n.to_string(), provider, Found::Nobody, at(1000 + n), at(0));
        }
        assert!(seen.lock().len() <= TOKENS_MAX);
        assert_eq!(seen.find("0", provider), None);
        assert_eq!(seen.find(&TOKENS_MAX.to_string(), provider), Some(Found::Nobody));
        seen.forget(provider);
        assert_eq!(seen.lock().len(), 0);
    }

    #[test]
    fn a_token_is_remembered_of_its_provider_alone() {
        let seen = Seen::default();
        let (one, other, person) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        seen.remember("a".into(), one, Found::Person(person), DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
        assert_eq!((seen.find("a", one), seen.find("a", other)), (Some(Found::Person(person)), None));
        seen.forget(other);
        assert_eq!(seen.find("a", one), Some(Found::Person(person)));
    }
}
