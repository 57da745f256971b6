//! The rights an answer was read with.

use rules::permission::{Permission, Role};
use uuid::Uuid;

use super::grant::GrantScope;

/// Everything of whoever asks that what they read may depend on: who has the same reads the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rights {
    council: Uuid,
    /// In an order of their own.
    grants: Vec<(Role, GrantScope)>,
    /// What a machine token leaves of them.
    limit: Option<(Vec<Permission>, Option<Uuid>)>,
}

impl Rights {
    pub fn new(council: Uuid, mut grants: Vec<(Role, GrantScope)>, limit: Option<(Vec<Permission>, Option<Uuid>)>) -> Self {
        grants.sort_unstable();
        grants.dedup();
        Self { council, grants, limit }
    }

    pub const fn council(&self) -> Uuid {
        self.council
    }
}
