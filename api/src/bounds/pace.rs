//! How fast somebody asks: a token bucket each, on this node.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

/// Buckets kept at once. Those that are full again say nothing and are let go first.
const BUCKETS_MAX: usize = 100_000;
/// What is asked within this time may come all at once.
const SPAN: Duration = Duration::from_secs(60);

/// The buckets of one kind of asker. A bucket holds a minute's worth and fills evenly; it is as full as it can be to begin with.
#[derive(Debug)]
pub struct Pace<K> {
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K> Default for Pace<K> {
    fn default() -> Self {
        Self { buckets: Mutex::default() }
    }
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// What is left, in parts of an operation.
    left: f64,
    at: DateTime<Utc>,
}

impl Bucket {
    /// What is left now, filled since. A clock that was set back fills nothing, and empties nothing.
    fn filled(self, per_minute: f64, now: DateTime<Utc>) -> Self {
        let since = (now - self.at).to_std().unwrap_or_default().as_secs_f64();
        Self { left: (self.left + since * per_minute / SPAN.as_secs_f64()).min(per_minute), at: now }
    }
}

impl<K: Hash + Eq> Pace<K> {
    /// Takes one operation of somebody's, or says how long they have to wait for the next.
    pub fn take(&self, who: K, per_minute: u64, now: DateTime<Utc>) -> Result<(), Duration> {
        // Rates are a million at most: exact in a float.
        let per_minute = per_minute as f64;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(&who) {
            buckets.retain(|_, bucket| bucket.filled(per_minute, now).left < per_minute);
            // Everybody is busy: better to forget what they had than to grow, or to refuse whoever comes new.
            if buckets.len() >= BUCKETS_MAX {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: per_minute, at: now });
        *bucket = bucket.filled(per_minute, now);
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        Err(Duration::from_secs_f64((1.0 - bucket.left) * SPAN.as_secs_f64() / per_minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_728_896_400 + second, 0).unwrap()
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_as_it_fills() {
        let pace = Pace::default();
        for n in 0..120 {
            assert_eq!(pace.take("somebody", 120, at(0)), Ok(()), "{n}");
        }
        assert_eq!(pace.take("somebody", 120, at(0)), Err(Duration::from_millis(500)));
        assert_eq!(pace.take("another", 120, at(0)), Ok(()), "everybody has their own");
        assert_eq!((pace.take("somebody", 120, at(1)), pace.take("somebody", 120, at(1))), (Ok(()), Ok(())));
        assert!(pace.take("somebody", 120, at(1)).is_err());
    }

    #[test]
    fn a_clock_that_is_set_back_closes_nobody_out() {
        let pace = Pace::default();
        assert_eq!(pace.take("somebody", 2, at(3_600)), Ok(()));
        assert_eq!(pace.take("somebody", 2, at(0)), Ok(()));
        assert!(pace.take("somebody", 2, at(0)).is_err());
        assert_eq!(pace.take("somebody", 2, at(30)), Ok(()), "it fills from the new time on");
    }

    #[test]
    fn a_flood_of_askers_takes_no_more_memory_than_stated() {
        let pace = Pace::default();
        for n in 0..BUCKETS_MAX + 10 {
            assert_eq!(pace.take(n, 60, at(0)), Ok(()));
        }
        assert!(pace.buckets.lock().unwrap().len() <= BUCKETS_MAX);
    }
}
