//! Machine tokens: long-lived secrets for scripts, kept as hashes, narrowed to chosen permissions.
//!
//! A token says which council's row to look at, so that it can be found under row-level security; the rest is a secret
//! of 256 bits.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::{ContextExt, Error, Result};
use crate::files::sha256;
use crate::rows::read_rows;

/// What every machine token begins with: so that one left in a repository is recognised.
pub const PREFIX: &str = "gtm_";
const HEX: usize = 32 + 32 + 64;

/// A machine token taken apart.
#[derive(Debug, Clone)]
pub struct MachineKey {
    pub council: Uuid,
    pub id: Uuid,
    secret_hash: String,
}

/// A machine token that is in use.
pub struct Machine {
    pub person: Uuid,
    pub name: String,
    /// Codes of permissions, as JSON.
    pub permissions: String,
    pub element: Option<Uuid>,
}

impl MachineKey {
    /// Takes a token apart; none when it is not one.
    pub fn read(token: &str) -> Option<Self> {
        let rest = token.strip_prefix(PREFIX)?;
        if rest.len() != HEX || !rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let (council, rest) = rest.split_at(32);
        let (id, secret) = rest.split_at(32);
        Some(Self { council: Uuid::try_parse(council).ok()?, id: Uuid::try_parse(id).ok()?, secret_hash: secret_hash(secret) })
    }

    /// A new token and the hash that is kept of it.
    pub fn make(council: Uuid, id: Uuid) -> Result<(String, String)> {
        let secret = secret()?;
        let hash = secret_hash(&secret);
        Ok((format!("{PREFIX}{}{}{secret}", council.simple(), id.simple()), hash))
    }

    /// The token's row, if it is in use and this is its secret.
    pub async fn find(&self, db: &impl ConnectionTrait, now: chrono::DateTime<chrono::Utc>) -> Result<Machine> {
        let sql = "SELECT person_id, name, permissions, element_id, secret_hash FROM machine_token \
            WHERE council_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3";
        let values = vec![self.council.into(), self.id.into(), now.into()];
        let rows = read_rows(db, "finding a machine token", sql, values, |row| {
            let machine = Machine { person: row.next()?, name: row.next()?, permissions: row.next()?, element: row.next()? };
            Ok((machine, row.next::<String>()?))
        })
        .await?;
        match rows.into_iter().next() {
            Some((machine, hash)) if same(&hash, &self.secret_hash) => Ok(machine),
            _ => Err(Error::unauthenticated("no such machine token in use")),
        }
    }
}

/// 256 random bits in hexadecimal.
pub fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).context("making a secret")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is kept of a secret that is random enough not to be guessed.
pub fn secret_hash(secret: &str) -> String {
    sha256(secret.as_bytes())
}

/// Whether two hashes are the same, in a time that does not say where they differ.
pub fn same(left: &str, right: &str) -> bool {
    left.len() == right.len() && left.bytes().zip(right.bytes()).fold(0, |differ, (l, r)| differ | (l ^ r)) == 0
}
