//! Machine tokens: long-lived secrets for scripts, kept as hashes, narrowed to chosen permissions.

use chrono::{DateTime, Utc};
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::key::Key;
use crate::error::{Error, Result};
use crate::rows::read_rows;

/// What every machine token begins with: so that one left in a repository is recognised.
pub const PREFIX: &str = "gtm_";
/// What no script may do, whatever its person may: deciding who may do what, and how people sign in.
pub const NOT_FOR_SCRIPTS: [Permission; 1] = [Permission::ManagePeople];

/// A machine token taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MachineKey {
    pub council: Uuid,
    pub id: Uuid,
    key: Key,
}

/// A machine token that is in use.
pub struct Machine {
    pub person: Uuid,
    pub name: String,
    /// Codes of permissions, as JSON.
    pub permissions: String,
    pub element: Option<Uuid>,
    pub expires_at: DateTime<Utc>,
    /// To the hour.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl MachineKey {
    /// Takes a token apart; none when it is not one.
    pub fn read(token: &str) -> Option<Self> {
        Key::read(PREFIX, token).map(|key| Self { council: key.council, id: key.id, key })
    }

    /// A new token and the hash that is kept of it.
    pub fn make(council: Uuid, id: Uuid) -> Result<(String, String)> {
        Key::make(PREFIX, council, id)
    }

    /// The token's row, if it is in use and this is its secret.
    pub async fn find(&self, db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Machine> {
        let sql = "SELECT person_id, name, permissions, element_id, expires_at, last_used_at, secret_hash FROM machine_token \
            WHERE council_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3";
        let values = vec![self.council.into(), self.id.into(), now.into()];
        let rows = read_rows(db, "finding a machine token", sql, values, |row| {
            let machine = Machine {
                person: row.next()?,
                name: row.next()?,
                permissions: row.next()?,
                element: row.next()?,
                expires_at: row.next()?,
                last_used_at: row.next()?,
            };
            Ok((machine, row.next::<String>()?))
        })
        .await?;
        match rows.into_iter().next() {
            Some((machine, hash)) if self.key.fits(&hash) => Ok(machine),
            _ => Err(Error::unauthenticated("no such machine token in use")),
        }
    }
}
