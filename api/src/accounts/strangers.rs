//! Tries at councils that are not there. Nothing of theirs is in the database, so they are counted here, by the same
//! rules: whoever guesses is made to wait alike, and is not told by it which councils there are.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::limits::{self, OF_ACCOUNT, OF_ACCOUNT_WITHIN, OF_ADDRESS, OF_ADDRESS_WITHIN, ROW_KEPT, Tally};

/// Tries remembered at most; the oldest are forgotten.
const TRIES_MAX: usize = 10_000;

/// A try at a council that is not there, by the SHA-256 of what was typed.
#[derive(Debug, Clone)]
pub struct Stranger {
    pub id: Uuid,
    pub code: String,
    pub account: String,
    pub place: String,
}

/// What each node was asked of late, the earliest first.
#[derive(Default)]
pub struct Strangers {
    tries: Mutex<VecDeque<(DateTime<Utc>, Stranger)>>,
}

impl Strangers {
    /// What was tried before. Unless it must wait, this try counts from now on.
    pub fn count(&self, one: Stranger, now: DateTime<Utc>) -> Tally {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        while tries.len() >= TRIES_MAX || tries.front().is_some_and(|(at, _)| *at <= now - ROW_KEPT) {
            tries.pop_front();
        }
        // The latest first, as far as each rule looks back.
        let at = |same: &dyn Fn(&Stranger) -> bool| -> Vec<DateTime<Utc>> {
            tries.iter().rev().filter(|(_, known)| known.code == one.code && same(known)).map(|(at, _)| *at).collect()
        };
        let row = at(&|known| known.account == one.account && known.place == one.place);
        let nth = |of: &[DateTime<Utc>], n: i64| usize::try_from(n - 1).ok().and_then(|n| of.get(n)).copied();
        let tally = Tally {
            in_a_row: i64::try_from(row.len()).unwrap_or(i64::MAX),
            last_failed: row.first().copied(),
            of_account: nth(&at(&|known| known.account == one.account), OF_ACCOUNT).filter(|at| *at > now - OF_ACCOUNT_WITHIN),
            of_address: nth(&at(&|known| known.place == one.place), OF_ADDRESS).filter(|at| *at > now - OF_ADDRESS_WITHIN),
            known_here: false,
        };
        if limits::wait(&tally, now).is_none() {
            tries.push_back((now, one));
        }
        tally
    }

    /// Forgets a try whose password was not looked at.
    pub fn void(&self, id: Uuid) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).retain(|(_, known)| known.id != id);
    }
}
