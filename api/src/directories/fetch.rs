//! Fetching what a provider publishes: its discovery document and its keys, within limits.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;

use super::keys::KeySet;
use crate::error::UserError;
use crate::reach::Reach;

/// A document or key set is this many bytes at most.
const BYTES_MAX: usize = 256 * 1024;
/// From asking to the last byte.
const TIME_MAX: Duration = Duration::from_secs(5);
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// Why a provider cannot be used: a code a client may branch on, and a sentence for its administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub code: &'static str,
    pub message: String,
}

impl Trouble {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub fn user_error(&self) -> UserError {
        let field = if self.code == "ALGORITHM_NOT_OFFERED" { "algorithms" } else { "issuer" };
        UserError::new(self.code, self.message.clone(), Some(&["input", field]))
    }
}

/// What a provider publishes.
#[derive(Debug)]
pub struct Published {
    /// Where its keys are.
    pub jwks_uri: String,
    pub keys: KeySet,
}

/// The part of a discovery document that is used.
#[derive(Deserialize)]
struct Document {
    issuer: String,
    jwks_uri: String,
}

/// Fetches, as far as it may go.
pub struct Fetcher {
    reach: Reach,
    client: OnceLock<Client>,
}

impl Fetcher {
    pub const fn new(reach: Reach) -> Self {
        Self { reach, client: OnceLock::new() }
    }

    /// What an issuer publishes now. Its document must name it exactly as it is known here.
    pub async fn published(&self, issuer: &str) -> Result<Published, Trouble> {
        let refused = |why: &str| Trouble::new("ISSUER_NOT_ALLOWED", format!("The issuer cannot be used. {why}"));
        let url = self.reach.check(issuer).map_err(refused)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("It holds a question mark or a number sign."));
        }
        let address = format!("{}{WELL_KNOWN}", issuer.trim_end_matches('/'));
        let address = self.reach.check(&address).map_err(refused)?;
        let document = self.get(address).await?;
        let document: Document = serde_json::from_slice(&document)
            .map_err(|_| unreachable("What it answers is no discovery document with `issuer` and `jwks_uri`."))?;
        if document.issuer != issuer {
            let named: String = document.issuer.chars().take(200).collect();
            let message = format!("The document found there is of the issuer {named}: the two must be the same to the letter.");
            return Err(Trouble::new("ISSUER_MISMATCH", message));
        }
        let refused = |why: &str| Trouble::new("ISSUER_NOT_ALLOWED", format!("The address of the issuer's keys cannot be used. {why}"));
        let address = self.reach.check(&document.jwks_uri).map_err(refused)?;
        let jwks_uri = address.to_string();
        let keys = KeySet::read(&self.get(address).await?)?;
        Ok(Published { jwks_uri, keys })
    }

    async fn get(&self, url: Url) -> Result<Vec<u8>, Trouble> {
        let request = self.client()?.get(url).header(reqwest::header::ACCEPT, "application/json");
        let mut response = request.send().await.map_err(|why| {
            tracing::warn!(why = ?why, "an identity provider does not answer");
            unreachable(if why.is_timeout() { "It did not answer within five seconds." } else { "It does not answer." })
        })?;
        if response.status() != StatusCode::OK {
            return Err(unreachable(&format!("It answers with status {}.", response.status().as_u16())));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| unreachable("It broke off."))? {
            if bytes.len() + chunk.len() > BYTES_MAX {
                return Err(unreachable("It answers with more than 256 KiB."));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// Made when first needed: what a node without certificates of its own cannot make, it may never need.
    fn client(&self) -> Result<&Client, Trouble> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = self.reach.client(TIME_MAX).map_err(|why| {
            tracing::error!(why = ?why, "this node cannot ask identity providers");
            unreachable("This node cannot ask it: its log says why.")
        })?;
        Ok(self.client.get_or_init(|| client))
    }
}

fn unreachable(why: &str) -> Trouble {
    Trouble::new("ISSUER_UNREACHABLE", format!("The issuer could not be asked. {why}"))
}
