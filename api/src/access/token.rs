//! Bearer tokens and signed links: JSON web tokens of our own, HS256 with a key made on first start.

use std::path::Path;

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::credential::{Credential, Way};
use crate::durable;
use crate::error::{ContextExt, Error, Result};

const ISSUER: &str = "goldenthread";
const AUDIENCE_API: &str = "goldenthread-api";
const AUDIENCE_FILE: &str = "goldenthread-file";
/// Clocks of two machines may differ by this much.
const SKEW_SECONDS: u64 = 30;
/// A token longer than this is not looked at. Those of directories list groups.
pub const TOKEN_BYTES_MAX: usize = 16 * 1024;
/// How long a download link works.
pub const LINK_LIFE: Duration = Duration::minutes(5);

/// The signing key and what is checked of every token.
pub struct Keys {
    sign: EncodingKey,
    verify: DecodingKey,
}

/// What a bearer token of ours says. Rights are not in it: they are read afresh with every request.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    /// The person, or the operator.
    sub: Uuid,
    /// The council the person belongs to; none for the platform operator.
    council: Option<Uuid>,
    /// The session it ends with; none for one the command line printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    session: Option<Uuid>,
}

/// What a download link is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileLink {
    /// Where the file is kept.
    pub key: String,
    /// What it is called when saved.
    pub name: String,
    /// Whose it is, and who asked for the link.
    pub council: Uuid,
    pub person: Uuid,
    /// What it is, for the audit trail: `pack 0190…`.
    pub subject: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct FileClaims {
    iss: String,
    aud: String,
    nbf: i64,
    exp: i64,
    #[serde(flatten)]
    link: FileLink,
}

impl Keys {
    /// Reads the key; where there is none and it is this node's to `make`, makes one only this user can read.
    pub fn load_or_make(path: &Path, make: bool) -> Result<Self> {
        match std::fs::read(path) {
            Ok(secret) if secret.len() >= 32 => Ok(Self::of(&secret)),
            Ok(_) => Err(Error::internal("reading the signing key", &"the file holds fewer than 32 bytes: remove it to have one made")),
            Err(absent) if make && absent.kind() == std::io::ErrorKind::NotFound => {
                let mut secret = [0_u8; 48];
                getrandom::fill(&mut secret).context("making a signing key")?;
                // Everything that is sealed from now on is worth nothing without it.
                if durable::keep_new(path, &secret).context("keeping the signing key")? {
                    Ok(Self::of(&secret))
                } else {
                    Self::load_or_make(path, make)
                }
            }
            Err(other) => Err(Error::internal("reading the signing key", &format!("{}: {other}", path.display()))),
        }
    }

    /// Keys from a secret of at least 32 bytes.
    pub fn of(secret: &[u8]) -> Self {
        Self { sign: EncodingKey::from_secret(secret), verify: DecodingKey::from_secret(secret) }
    }

    /// A bearer token for a person of a council, or without one for the platform operator.
    pub fn issue(&self, person: Uuid, council: Option<Uuid>, now: DateTime<Utc>, life: Duration) -> Result<String> {
        self.sign(person, council, None, now, life)
    }

    /// A bearer token that ends with a session, at the latest.
    pub fn issue_for_session(&self, person: Uuid, council: Uuid, session: Uuid, now: DateTime<Utc>, life: Duration) -> Result<String> {
        self.sign(person, Some(council), Some(session), now, life)
    }

    fn sign(&self, sub: Uuid, council: Option<Uuid>, session: Option<Uuid>, now: DateTime<Utc>, life: Duration) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE_API.into(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + life).timestamp(),
            sub,
            council,
            session,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).context("signing a token")
    }

    /// Whom a bearer token names, if it is ours, for this service, and valid now.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Credential> {
        let claims: Claims = self.check(token, AUDIENCE_API)?;
        in_time(claims.nbf, claims.exp, now)?;
        let issued = DateTime::from_timestamp(claims.iat, 0).ok_or_else(|| Error::unauthenticated("issued at no time"))?;
        let skew = Duration::seconds(i64::try_from(SKEW_SECONDS).unwrap_or_default());
        let until = DateTime::from_timestamp(claims.exp, 0).and_then(|exp| exp.checked_add_signed(skew));
        let until = until.ok_or_else(|| Error::unauthenticated("expires at no time"))?;
        Ok(match (claims.council, claims.session) {
            (Some(council), Some(session)) => Credential::Person { council, person: claims.sub, way: Way::Session { session, until } },
            (Some(council), None) => Credential::Person { council, person: claims.sub, way: Way::Token { issued, until } },
            (None, _) => Credential::Operator { operator: claims.sub, issued, until },
        })
    }

    /// A path under `/files/` that opens one file for [`LINK_LIFE`], and when it closes.
    pub fn link(&self, link: FileLink, now: DateTime<Utc>) -> Result<(String, DateTime<Utc>)> {
        let expires = now + LINK_LIFE;
        let claims = FileClaims { iss: ISSUER.into(), aud: AUDIENCE_FILE.into(), nbf: now.timestamp(), exp: expires.timestamp(), link };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).context("signing a link")?;
        Ok((format!("/files/{token}"), expires))
    }

    /// What a download link says, while it works.
    pub fn read_link(&self, token: &str, now: DateTime<Utc>) -> Result<FileLink> {
        let claims: FileClaims = self.check(token, AUDIENCE_FILE)?;
        in_time(claims.nbf, claims.exp, now)?;
        Ok(claims.link)
    }

    /// Whether a token says it is ours; its signature is checked by [`Keys::read`].
    pub fn says_ours(token: &str) -> bool {
        said_issuer(token).is_some_and(|issuer| issuer == ISSUER)
    }

    /// A secret of its own for one purpose, made from the signing key and not leading back to it. A purpose is not of
    /// the form of a token, so that no token can be made from it.
    pub fn seal(&self, purpose: &str) -> Result<Vec<u8>> {
        let message = format!("goldenthread seal for {purpose}");
        let seal = jsonwebtoken::crypto::sign(message.as_bytes(), &self.sign, Algorithm::HS256).context("making a seal")?;
        Ok(seal.into_bytes())
    }

    /// Tells this key from another and leads to neither: 32 hexadecimal digits.
    pub fn fingerprint(&self) -> Result<String> {
        let mut digits = crate::files::sha256(&self.seal("telling this key from another")?);
        digits.truncate(32);
        Ok(digits)
    }

    fn check<T: DeserializeOwned + Clone>(&self, token: &str, audience: &str) -> Result<T> {
        if token.len() > TOKEN_BYTES_MAX {
            return Err(Error::unauthenticated("too long"));
        }
        let mut checks = Validation::new(Algorithm::HS256);
        checks.set_issuer(&[ISSUER]);
        checks.set_audience(&[audience]);
        checks.set_required_spec_claims(&["iss", "aud", "exp", "nbf"]);
        // Times are compared with the application's clock, below, which tests can set.
        checks.validate_exp = false;
        checks.validate_nbf = false;
        jsonwebtoken::decode(token, &self.verify, &checks).map(|found| found.claims).map_err(|why| Error::unauthenticated(&why.to_string()))
    }
}

/// The issuer a token says it is from, unproven: tells where to look, and nothing else.
pub fn said_issuer(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Said {
        iss: String,
    }
    if token.len() > TOKEN_BYTES_MAX {
        return None;
    }
    jsonwebtoken::dangerous::insecure_decode::<Said>(token).ok().map(|said| said.claims.iss)
}

fn in_time(nbf: i64, exp: i64, now: DateTime<Utc>) -> Result<()> {
    let skew = i64::try_from(SKEW_SECONDS).unwrap_or_default();
    if now.timestamp() >= exp.saturating_add(skew) {
        return Err(Error::unauthenticated("expired"));
    }
    if now.timestamp() < nbf.saturating_sub(skew) {
        return Err(Error::unauthenticated("not valid yet"));
    }
    Ok(())
}
