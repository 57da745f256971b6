//! What a request shows of who asks, as far as it can be read without the council's rows.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::machine::MachineKey;

/// Who a request says it is. Its signature was checked; whether the person, session or machine token it names is in use
/// is found with the actor, and so is whether the token is still good: a socket outlives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Credential {
    /// A person of a council, by a token of ours or of the council's identity provider.
    Person { council: Uuid, person: Uuid, way: Way },
    /// A script, by a machine token of a person's.
    Machine(MachineKey),
    /// The platform operator, who belongs to no council.
    Operator { operator: Uuid, issued: DateTime<Utc>, until: DateTime<Utc> },
}

impl Credential {
    /// From when it is nobody's, as far as it says so itself.
    pub const fn until(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Person { way: Way::Session { until, .. } | Way::Token { until, .. } | Way::Directory { until, .. }, .. }
            | Self::Operator { until, .. } => Some(*until),
            Self::Machine(_) => None,
        }
    }

    /// Who shows it, for counting what they ask.
    pub const fn who(&self) -> Uuid {
        match self {
            Self::Person { person, .. } => *person,
            Self::Machine(key) => key.id,
            Self::Operator { operator, .. } => *operator,
        }
    }
}

/// How a person signed in, and until when their token is good.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    /// With a password; the token ends with the session.
    Session { session: Uuid, until: DateTime<Utc> },
    /// By a token the command line printed.
    Token { issued: DateTime<Utc>, until: DateTime<Utc> },
    /// By a token of the council's identity provider.
    Directory {
        /// What the council calls it.
        provider: String,
        provider_id: Uuid,
        /// Who they are to it.
        subject: String,
        /// When the token was issued, and until when it is good.
        issued: DateTime<Utc>,
        until: DateTime<Utc>,
    },
}

/// Where a request came from, for the audit trail and the limits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin {
    /// Quoted in logs and the audit trail; none on the command line.
    pub request: Option<Uuid>,
    /// Network address of the client.
    pub address: Option<IpAddr>,
}

/// Who does something and how they came in, as the audit trail keeps it.
#[derive(Debug, Clone, Default)]
pub struct By {
    /// Name and address as they were then.
    pub actor: String,
    /// `password`, `token`, `directory …`, `machine token …`, `job`, `command line`.
    pub via: String,
    /// The machine token that asks.
    pub machine: Option<Uuid>,
    pub origin: Origin,
}
