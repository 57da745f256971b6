//! The roles there are, for whoever gives them.

use async_graphql::{Enum, SimpleObject};
use rules::permission::{self, Permission as P, Role as Named};

use super::effective::Reach;
use super::graphql::{Permission, Role};

/// What a role can be held over.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(name = "GrantScopeKind", remote = "rules::permission::ScopeKind")]
pub enum ScopeKind {
    /// The whole council.
    Council,
    /// An element and all that stands below it.
    Element,
    /// One indicator.
    Indicator,
    /// One forum.
    Forum,
}

/// A role and what it allows: enough for a form to give it with.
#[derive(SimpleObject)]
pub struct RoleDescription {
    /// The role.
    pub role: Role,
    /// What it is called.
    pub words: &'static str,
    /// What it is for, in a sentence.
    pub description: &'static str,
    /// What it can be held over; empty for roles that no administrator gives.
    pub held_over: Vec<ScopeKind>,
    /// What it allows, in the order of the permission table.
    pub permissions: Vec<RolePermission>,
}

/// Something a role allows.
#[derive(SimpleObject)]
pub struct RolePermission {
    /// What it allows.
    pub permission: Permission,
    /// What that is called.
    pub words: &'static str,
    /// How far it goes.
    pub reach: Reach,
}

impl RoleDescription {
    /// Every role, in the order of the permission table.
    pub fn all() -> Vec<Self> {
        Named::ALL.iter().copied().map(Self::of).collect()
    }

    fn of(role: Named) -> Self {
        let allowed = |permission: &P| {
            let reach = Reach::of(permission::reach(role, *permission))?;
            Some(RolePermission { permission: (*permission).into(), words: permission.words(), reach })
        };
        Self {
            role: role.into(),
            words: role.words(),
            description: permission::describe(role),
            held_over: permission::held_over(role).iter().copied().map(Into::into).collect(),
            permissions: P::ALL.iter().filter_map(allowed).collect(),
        }
    }
}
