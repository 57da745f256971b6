//! What is checked of a provider's token, and in which order: first what costs nothing, the signature, then what it says.
//!
//! A token's own word decides only where to look: which provider it says it is from, and which of that provider's keys
//! it says it was signed with. Keys it brings along or points at (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::keys::Key;
use super::provider::Provider;
use crate::access::token::TOKEN_BYTES_MAX;
use crate::error::{Error, Result};

/// Clocks of two machines may differ by this much.
pub const SKEW_SECONDS: i64 = 60;
const SUBJECT_CHARS_MAX: usize = 255;
const KID_CHARS_MAX: usize = 255;
/// Audiences of one token.
const AUDIENCES_MAX: usize = 20;
/// Kinds of token that let somebody in: an ID token, and an access token (RFC 9068).
const TYPES: [&str; 4] = ["jwt", "at+jwt", "application/jwt", "application/at+jwt"];

/// The head of a token, unproven.
#[derive(Debug)]
pub struct Head {
    pub algorithm: Algorithm,
    pub kid: Option<String>,
}

/// What a token says of where it is from and what for, unproven: tells where to look, and nothing else.
#[derive(Debug)]
pub struct Said {
    pub issuer: String,
    pub audiences: Vec<String>,
}

/// What a token proves.
#[derive(Debug)]
pub struct Proven {
    pub subject: String,
    pub issued: DateTime<Utc>,
    pub expires: DateTime<Utc>,
    pub claims: Map<String, Value>,
}

impl Head {
    /// Reads a token's head. Symmetric signatures are refused whatever a provider publishes, and so is anything the
    /// head calls critical: none of it is known here.
    pub fn read(token: &str) -> Result<Self> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(Error::unauthenticated("too long"));
        }
        let head = jsonwebtoken::decode_header(token).map_err(|why| Error::unauthenticated(&format!("no token's head: {why}")))?;
        if matches!(head.alg, Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) {
            return Err(Error::unauthenticated("a symmetric signature"));
        }
        if head.crit.is_some() {
            return Err(Error::unauthenticated("its head calls something critical"));
        }
        if head.typ.is_some_and(|typ| !TYPES.iter().any(|known| known.eq_ignore_ascii_case(&typ))) {
            return Err(Error::unauthenticated("not a token to sign in with"));
        }
        if head.kid.as_ref().is_some_and(|kid| kid.chars().count() > KID_CHARS_MAX) {
            return Err(Error::unauthenticated("its key's name is too long"));
        }
        Ok(Self { algorithm: head.alg, kid: head.kid })
    }
}

impl Said {
    /// Reads what a token says of itself.
    pub fn read(token: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Claims {
            iss: String,
            aud: Value,
        }
        let claims: Claims = jsonwebtoken::dangerous::insecure_decode_claims(token)
            .map_err(|why| Error::unauthenticated(&format!("no issuer and audience: {why}")))?;
        let audiences = audiences(&claims.aud).ok_or_else(|| Error::unauthenticated("no audience"))?;
        if audiences.iter().chain([&claims.iss]).any(|said| said.chars().any(char::is_control)) {
            return Err(Error::unauthenticated("an issuer or audience with control characters"));
        }
        Ok(Self { issuer: claims.iss, audiences })
    }
}

/// Checks a token that says it is of a provider with one of its keys. `None` for the key is none of that name.
pub fn check(token: &str, head: &Head, provider: &Provider, key: Option<&Key>, now: DateTime<Utc>) -> Result<Proven> {
    pinned(head, provider)?;
    let key = key.ok_or_else(|| Error::unauthenticated("signed with no key its issuer publishes for that"))?;
    let mut signature = Validation::new(head.algorithm);
    // What it says is compared below, with the application's clock, which tests can set.
    signature.required_spec_claims.clear();
    signature.validate_exp = false;
    signature.validate_nbf = false;
    signature.validate_aud = false;
    let found = jsonwebtoken::decode::<Map<String, Value>>(token, &key.decoding, &signature)
        .map_err(|why| Error::unauthenticated(&format!("its signature: {why}")))?;
    proven(found.claims, provider, now)
}

/// Whether a provider's signatures may be made so.
pub fn pinned(head: &Head, provider: &Provider) -> Result<()> {
    if provider.algorithms.iter().any(|algorithm| algorithm.of_token() == head.algorithm) {
        return Ok(());
    }
    Err(Error::unauthenticated(&format!("{:?} is not taken from {}", head.algorithm, provider.name)))
}

fn proven(claims: Map<String, Value>, provider: &Provider, now: DateTime<Utc>) -> Result<Proven> {
    let refused = |why: &str| Err(Error::unauthenticated(why));
    if claims.get("iss").and_then(Value::as_str) != Some(provider.issuer.as_str()) {
        return refused("another issuer");
    }
    if !claims.get("aud").and_then(audiences).is_some_and(|all| all.contains(&provider.audience)) {
        return refused("another audience");
    }
    // What a provider tells of somebody who signed out looks like a token otherwise.
    if claims.contains_key("events") {
        return refused("a token that tells of an event");
    }
    let Some(expires) = instant(&claims, "exp") else { return refused("no expiry") };
    if now.timestamp() >= expires.timestamp().saturating_add(SKEW_SECONDS) {
        return refused("expired");
    }
    if claims.contains_key("nbf") && !instant(&claims, "nbf").is_some_and(|from| has_come(from, now)) {
        return refused("not valid yet");
    }
    // Both kinds of token must have one (OpenID Connect Core 2, RFC 9068 2.2).
    let Some(issued) = instant(&claims, "iat") else { return refused("no time of issue") };
    if !has_come(issued, now) {
        return refused("issued in the future");
    }
    let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    if !(1..=SUBJECT_CHARS_MAX).contains(&subject.chars().count()) || subject.chars().any(char::is_control) {
        return refused("no subject");
    }
    Ok(Proven { subject: subject.to_owned(), issued, expires, claims })
}

fn has_come(instant: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    instant.timestamp() <= now.timestamp().saturating_add(SKEW_SECONDS)
}

/// A claim as an instant: seconds, perhaps with a fraction, which is dropped.
fn instant(claims: &Map<String, Value>, name: &str) -> Option<DateTime<Utc>> {
    let value = claims.get(name)?;
    // A number too large becomes the largest, which is no instant.
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))?;
    DateTime::from_timestamp(seconds, 0)
}

/// Whom a token is for: one, or a list.
fn audiences(claim: &Value) -> Option<Vec<String>> {
    match claim {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(many) if (1..=AUDIENCES_MAX).contains(&many.len()) => many.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}
