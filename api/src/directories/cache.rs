//! Keys of providers, fetched when needed and kept for a while.
//!
//! Per issuer one fetch at a time. Keys older than [`FRESH`] are fetched again behind the request that noticed, which
//! is served with the old ones; a `kid` that is not known has them fetched before it is refused. Whatever the reason,
//! an issuer is asked at most once every [`PAUSE`], so that forged tokens cannot be turned against it. While it does
//! not answer its keys go on being good until they are [`KEPT`] old.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Duration, Utc};
use tokio::sync::OwnedMutexGuard;

use super::fetch::{Fetcher, Published, Trouble};
use super::seen::Seen;
use crate::reach::Reach;

/// Keys are fetched again after this long.
pub const FRESH: Duration = Duration::minutes(10);
/// Keys are not used any more after this long.
pub const KEPT: Duration = Duration::hours(1);
/// An issuer is left alone for this long after it was asked.
pub const PAUSE: Duration = Duration::seconds(30);
/// Issuers whose keys are kept. Only providers that councils entered come here.
const ISSUERS_MAX: usize = 1000;

/// What this node knows of providers and their tokens.
pub struct Directories {
    fetcher: Fetcher,
    issuers: Mutex<HashMap<String, Arc<Issuer>>>,
    pub seen: Seen,
}

/// An issuer's keys, and when it was asked for them.
#[derive(Default)]
struct Issuer {
    state: RwLock<State>,
    /// Held by whoever asks it.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default, Clone)]
struct State {
    known: Option<Arc<Known>>,
    asked_at: Option<DateTime<Utc>>,
    /// Why the last asking brought nothing.
    trouble: Option<Trouble>,
}

/// What an issuer published when it last answered.
#[derive(Debug)]
pub struct Known {
    pub published: Published,
    pub at: DateTime<Utc>,
}

/// How things stand with an issuer, for its administrator.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    pub known: Option<Arc<Known>>,
    pub asked_at: Option<DateTime<Utc>>,
    pub trouble: Option<Trouble>,
}

impl Directories {
    pub fn new(reach: Reach) -> Self {
        Self { fetcher: Fetcher::new(reach), issuers: Mutex::default(), seen: Seen::default() }
    }

    /// Asks an issuer now, whatever is known: its administrator wants to hear what it answers.
    pub async fn ask(&self, issuer: &str, now: DateTime<Utc>) -> Result<Arc<Known>, Trouble> {
        let published = self.fetcher.published(issuer).await?;
        let known = Arc::new(Known { published, at: now });
        self.issuer(issuer).set(State { known: Some(Arc::clone(&known)), asked_at: Some(now), trouble: None });
        Ok(known)
    }

    /// An issuer's keys, such that `suffices` if it publishes any that do. Why there are none is told to the log.
    pub async fn keys(
        self: &Arc<Self>,
        issuer: &str,
        now: DateTime<Utc>,
        suffices: impl Fn(&Known) -> bool,
    ) -> Result<Arc<Known>, Trouble> {
        let entry = self.issuer(issuer);
        let state = entry.get();
        let good = state.usable(now).filter(|known| suffices(known));
        if let Some(known) = good {
            if !within(now, known.at, FRESH) && !state.was_asked(now) {
                self.ask_behind(issuer, &entry, now);
            }
            return Ok(known);
        }
        // Whoever waited for another's asking looks at what that brought.
        let turn = Arc::clone(&entry.turn).lock_owned().await;
        if !entry.get().was_asked(now) {
            self.refresh(issuer, &entry, now, &turn).await;
        }
        let state = entry.get();
        state.usable(now).ok_or_else(|| state.trouble.unwrap_or_else(|| Trouble::new("ISSUER_UNREACHABLE", "It was not asked yet.")))
    }

    /// How things stand with an issuer on this node.
    pub fn standing(&self, issuer: &str) -> Standing {
        let found = self.lock().get(issuer).cloned();
        let state = found.map(|issuer| issuer.get()).unwrap_or_default();
        Standing { known: state.known, asked_at: state.asked_at, trouble: state.trouble }
    }

    /// Returns when no issuer is being asked.
    pub async fn idle(&self) {
        let all: Vec<Arc<Issuer>> = self.lock().values().cloned().collect();
        for issuer in all {
            drop(issuer.turn.lock().await);
        }
    }

    fn ask_behind(self: &Arc<Self>, issuer: &str, entry: &Arc<Issuer>, now: DateTime<Utc>) {
        // Somebody else is at it.
        let Ok(turn) = Arc::clone(&entry.turn).try_lock_owned() else { return };
        let (this, issuer, entry) = (Arc::clone(self), issuer.to_owned(), Arc::clone(entry));
        tokio::spawn(async move { this.refresh(&issuer, &entry, now, &turn).await });
    }

    /// Asks an issuer, in its turn, and keeps what it answers.
    async fn refresh(&self, issuer: &str, entry: &Issuer, now: DateTime<Utc>, _turn: &OwnedMutexGuard<()>) {
        let state = State { asked_at: Some(now), ..entry.get() };
        // Kept before it answers: a request that is given up has asked all the same.
        entry.set(state.clone());
        match self.fetcher.published(issuer).await {
            Ok(published) => entry.set(State { known: Some(Arc::new(Known { published, at: now })), trouble: None, ..state }),
            Err(trouble) => {
                tracing::warn!(issuer, why = trouble.message, "the keys of an identity provider were not fetched");
                entry.set(State { trouble: Some(trouble), ..state });
            }
        }
    }

    fn issuer(&self, issuer: &str) -> Arc<Issuer> {
        let mut issuers = self.lock();
        if let Some(found) = issuers.get(issuer) {
            return Arc::clone(found);
        }
        if issuers.len() >= ISSUERS_MAX {
            // The one that was asked longest ago makes room.
            let oldest = issuers.iter().min_by_key(|(_, entry)| entry.get().asked_at).map(|(issuer, _)| issuer.clone());
            oldest.map(|oldest| issuers.remove(&oldest));
        }
        Arc::clone(issuers.entry(issuer.to_owned()).or_default())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Issuer>>> {
        self.issuers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Issuer {
    fn get(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, state: State) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

impl State {
    fn usable(&self, now: DateTime<Utc>) -> Option<Arc<Known>> {
        self.known.clone().filter(|known| within(now, known.at, KEPT))
    }

    fn was_asked(&self, now: DateTime<Utc>) -> bool {
        self.asked_at.is_some_and(|at| within(now, at, PAUSE))
    }
}

/// Whether something is no older than so long. A clock that was set back makes it old.
fn within(now: DateTime<Utc>, at: DateTime<Utc>, age: Duration) -> bool {
    at <= now && now - at < age
}
