//! Why something cannot be done now, and who can change that.

use async_graphql::SimpleObject;
use rules::permission::{self, Permission as P};

use crate::people::graphql::{Permission, Role};

/// Why something cannot be done now, and who can change that.
#[derive(Debug, Clone, SimpleObject)]
pub struct Lock {
    /// The reason, and what would lift it, in a sentence or two.
    pub because: String,
    /// The permission that lifts it.
    pub unlocked_by: Permission,
    /// The roles that have it.
    pub roles: Vec<Role>,
}

impl Lock {
    pub fn new(permission: P, because: impl Into<String>) -> Self {
        let roles = permission::roles_with(permission).map(Into::into).collect();
        Self { because: because.into(), unlocked_by: permission.into(), roles }
    }
}
