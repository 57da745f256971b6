//! Secrets that are handed out once and kept as hashes: machine tokens, refresh tokens, one-time links.
//!
//! A key says which council's row to look at, so that it can be found under row-level security; the rest is a secret of
//! 256 bits, which nobody guesses.

use uuid::Uuid;

use crate::error::{ContextExt, Result};
use crate::files::{hex, sha256};

const HEX: usize = 32 + 32 + 64;

/// A key taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub council: Uuid,
    /// The row that keeps its hash.
    pub id: Uuid,
    secret_hash: String,
}

impl Key {
    /// Takes a key apart that begins with a prefix; none when it is not one.
    pub fn read(prefix: &str, text: &str) -> Option<Self> {
        let rest = text.strip_prefix(prefix)?;
        if rest.len() != HEX || !rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let (council, rest) = rest.split_at(32);
        let (id, secret) = rest.split_at(32);
        Some(Self { council: Uuid::try_parse(council).ok()?, id: Uuid::try_parse(id).ok()?, secret_hash: secret_hash(secret) })
    }

    /// A new key and the hash that is kept of it.
    pub fn make(prefix: &str, council: Uuid, id: Uuid) -> Result<(String, String)> {
        let secret = secret()?;
        let hash = secret_hash(&secret);
        Ok((format!("{prefix}{}{}{secret}", council.simple(), id.simple()), hash))
    }

    /// Whether this is the key a hash was kept of.
    pub fn fits(&self, hash: &str) -> bool {
        same(hash, &self.secret_hash)
    }
}

/// 256 random bits in hexadecimal.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).context("making a secret")?;
    Ok(hex(&bytes))
}

/// What is kept of a secret that is random enough not to be guessed.
fn secret_hash(secret: &str) -> String {
    sha256(secret.as_bytes())
}

/// Whether two hashes are the same, in a time that does not say where they differ.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |differ, (l, r)| differ | (l ^ r)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_fits_its_own_hash_and_no_other() {
        let (council, id) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let (text, hash) = Key::make("gtx_", council, id).unwrap_or_else(|error| panic!("{}", error.log_text()));
        let (_, other) = Key::make("gtx_", council, id).unwrap_or_else(|error| panic!("{}", error.log_text()));
        let key = Key::read("gtx_", &text).expect("reads back");
        assert_eq!((key.council, key.id, key.fits(&hash), key.fits(&other)), (council, id, true, false));
        assert!(!hash.contains(&text[68..]), "the secret is not kept");
        for wrong in [text.replace("gtx_", "gtm_"), text.to_uppercase(), text[1..].to_owned(), format!("{text}0"), "gtx_".to_owned()] {
            assert!(Key::read("gtx_", &wrong).is_none(), "{wrong}");
        }
    }
}
