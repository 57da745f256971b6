//! Hashing passwords: Argon2id with OWASP's parameters, a few at a time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::error::{ContextExt, Error, Result};

/// Memory of one hash, in KiB: OWASP's 19 MiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes made at once at most: what they take of memory and processors is bounded by this.
const AT_ONCE_MAX: usize = 8;
/// How long somebody waits for their turn before they are told to come back.
const TURN_WAIT_MAX: Duration = Duration::from_secs(15);
/// How many of one network address wait for a turn at once: nobody fills the queue alone.
const WAITING_MAX: usize = 8;
/// A hash nobody's password gives, with today's parameters: what is checked where there is no account, so that it takes
/// as long. Made from 32 zero bytes that no hash of ours begins with.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Makes and checks hashes, in turn.
pub struct Passwords {
    turns: Arc<Semaphore>,
    made: Arc<AtomicU64>,
    /// How many wait, by where they ask from.
    waiting: Mutex<HashMap<String, usize>>,
}

/// One of those who wait, until it is dropped.
struct Waiting<'a> {
    of: &'a Passwords,
    place: &'a str,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut waiting = self.of.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = waiting.get_mut(self.place) {
            *count -= 1;
            if *count == 0 {
                waiting.remove(self.place);
            }
        }
    }
}

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub right: bool,
    /// Made with other parameters than today's: to be made anew while the password is at hand.
    pub outdated: bool,
}

impl Default for Passwords {
    fn default() -> Self {
        // Half the processors: requests that read figures are answered beside them.
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new((processors / 2).clamp(1, AT_ONCE_MAX))), made: Arc::default(), waiting: Mutex::default() }
    }
}

impl Passwords {
    /// Hashes made so far. A test asserts on the difference.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// The hash that is kept of a password, in the PHC string format.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        let hash = self.in_turn(None, move || hasher()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).context("hashing"));
        hash.await?
    }

    /// Whether this is the password a hash was made of. Without a hash the answer is no, and takes as long.
    pub async fn check(&self, password: &str, hash: Option<&str>) -> Result<Checked> {
        self.compare(None, password, hash).await
    }

    /// The same for whoever asks from a place, of which only so many wait at once: beyond them `LIMIT`.
    pub async fn check_from(&self, place: &str, password: &str, hash: Option<&str>) -> Result<Checked> {
        let waiting = self.wait_from(place)?;
        self.compare(Some(waiting), password, hash).await
    }

    fn wait_from<'a>(&'a self, place: &'a str) -> Result<Waiting<'a>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.entry(place.to_owned()).or_default();
        if *count >= WAITING_MAX {
            return Err(Error::limit("Many are signing in from your network just now: try again in a minute."));
        }
        *count += 1;
        drop(waiting);
        Ok(Waiting { of: self, place })
    }

    async fn compare(&self, waiting: Option<Waiting<'_>>, password: &str, hash: Option<&str>) -> Result<Checked> {
        let (password, hash, there) = (password.to_owned(), hash.unwrap_or(NOBODYS).to_owned(), hash.is_some());
        self.in_turn(waiting, move || {
            let kept = PasswordHash::new(&hash).context("reading a password's hash")?;
            let right = hasher()?.verify_password(password.as_bytes(), &kept).is_ok();
            let params = Params::try_from(&kept).context("reading a password's hash")?;
            let outdated = kept.algorithm != Algorithm::Argon2id.ident()
                || (params.m_cost(), params.t_cost(), params.p_cost()) != (MEMORY_KIB, PASSES, LANES);
            Ok(Checked { right: right && there, outdated })
        })
        .await?
    }

    /// Does something that takes long, apart from the threads that answer requests, when its turn comes. A client that
    /// goes away meanwhile gives up its turn only when the work is done.
    async fn in_turn<T: Send + 'static>(&self, waiting: Option<Waiting<'_>>, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = tokio::time::timeout(TURN_WAIT_MAX, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn.map_err(|_| Error::limit("Many are signing in just now: try again in a minute."))?;
        let turn = turn.context("waiting for a turn to hash")?;
        drop(waiting);
        self.made.fetch_add(1, Ordering::Relaxed);
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.context("hashing a password")
    }
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).context("setting up Argon2id")?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ok<T>(result: Result<T>) -> T {
        result.unwrap_or_else(|error| panic!("{}", error.log_text()))
    }

    #[tokio::test]
    async fn a_password_fits_its_own_hash_which_says_its_parameters() {
        let passwords = Passwords::default();
        let hash = ok(passwords.hash("seven plums in a ditch").await);
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, ok(passwords.hash("seven plums in a ditch").await), "salted");
        let checked = ok(passwords.check("seven plums in a ditch", Some(&hash)).await);
        assert_eq!(checked, Checked { right: true, outdated: false });
        assert!(!ok(passwords.check("eight plums in a ditch", Some(&hash)).await).right);
        assert!(!ok(passwords.check("", None).await).right);
        assert_eq!(passwords.made(), 5);
    }

    #[tokio::test]
    async fn one_place_alone_does_not_fill_the_queue() {
        let passwords = Passwords::default();
        let held: Vec<_> = (0..WAITING_MAX).map(|_| ok(passwords.wait_from("192.0.2.1"))).collect();
        let refused = passwords.check_from("192.0.2.1", "seven plums in a ditch", None).await.err().map(|error| error.code);
        assert_eq!(refused, Some(crate::error::Code::Limit));
        assert!(!ok(passwords.check_from("192.0.2.2", "seven plums in a ditch", None).await).right);
        drop(held);
        assert!(!ok(passwords.check_from("192.0.2.1", "seven plums in a ditch", None).await).right);
        assert_eq!((passwords.made(), ok(passwords.waiting.lock().map_err(|_| Error::limit("poisoned"))).len()), (2, 0));
    }

    /// The vector of RFC 9106's reference implementation: `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1`.
    #[tokio::test]
    async fn a_hash_of_other_parameters_still_fits_and_is_said_to_be_outdated() {
        let reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let checked = ok(Passwords::default().check("password", Some(reference)).await);
        assert_eq!(checked, Checked { right: true, outdated: true });
    }
}
