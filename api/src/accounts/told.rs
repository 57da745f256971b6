//! What was put on the audit trail of late, so that somebody who keeps guessing does not fill it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::limits::Rule;

/// How long after an event the next of its kind is left out.
const QUIET: Duration = Duration::minutes(1);
/// Kinds remembered at most; the oldest are forgotten, and then told again.
const KINDS_MAX: usize = 10_000;

/// What goes on failing: an account at an address, an account anywhere, or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Failing {
    pub council: Uuid,
    pub rule: Rule,
    /// The account, unless it is the address as such.
    pub account: Option<String>,
    /// The address, unless it is the account as such.
    pub place: Option<String>,
}

/// What each node told of late.
#[derive(Default)]
pub struct Told {
    last: Mutex<HashMap<Failing, Since>>,
}

struct Since {
    at: DateTime<Utc>,
    left_out: u32,
}

impl Told {
    /// Whether it is time to tell of it, and how many were left out since it was told last.
    pub fn due(&self, failing: Failing, now: DateTime<Utc>) -> Option<u32> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(since) = last.get_mut(&failing) {
            if now - since.at < QUIET {
                since.left_out = since.left_out.saturating_add(1);
                return None;
            }
            let left_out = since.left_out;
            *since = Since { at: now, left_out: 0 };
            return Some(left_out);
        }
        if last.len() >= KINDS_MAX {
            let mut ages: Vec<DateTime<Utc>> = last.values().map(|since| since.at).collect();
            let half = ages.len() / 2;
            let (_, middle, _) = ages.select_nth_unstable(half);
            let middle = *middle;
            last.retain(|_, since| since.at > middle);
        }
        last.insert(failing, Since { at: now, left_out: 0 });
        Some(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_a_minute_is_told_and_the_next_says_how_many_were_left_out() {
        let told = Told::default();
        let failing = |account: &str| Failing { council: Uuid::nil(), rule: Rule::Pair, account: Some(account.into()), place: None };
        let at = |second: i64| DateTime::from_timestamp(second, 0).expect("an instant");
        assert_eq!(told.due(failing("a"), at(0)), Some(0));
        assert_eq!(told.due(failing("a"), at(1)), None);
        assert_eq!(told.due(failing("a"), at(59)), None);
        assert_eq!(told.due(failing("b"), at(59)), Some(0));
        assert_eq!(told.due(failing("a"), at(60)), Some(2));
        assert_eq!(told.due(failing("a"), at(120)), Some(0));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let told = Told::default();
        for n in 0..25_000_i64 {
            let failing = Failing { council: Uuid::nil(), rule: Rule::Pair, account: Some(n.to_string()), place: None };
            assert_eq!(told.due(failing, DateTime::from_timestamp(n, 0).expect("an instant")), Some(0));
        }
        assert!(told.last.lock().expect("a lock").len() <= KINDS_MAX);
    }
}
