//! Why something cannot be done now, and who can change that.

use async_graphql::{Context, Object};
use rules::permission::{self, Permission as P};

use super::session::session;
use crate::access::Target;
use crate::error::Result;
use crate::people::graphql::{Permission, Role};

/// People named at most.
const PEOPLE_MAX: usize = 20;

/// Why something cannot be done now.
#[derive(Debug, Clone)]
pub struct Lock {
    because: String,
    permission: P,
    /// What it has to be held over.
    over: Target,
}

impl Lock {
    pub fn new(permission: P, over: Target, because: impl Into<String>) -> Self {
        Self { because: because.into(), permission, over }
    }
}

/// Why something cannot be done now, and who can change that.
#[Object]
impl Lock {
    /// The reason, and what would lift it, in a sentence or two.
    async fn because(&self) -> &str {
        &self.because
    }

    /// The permission that lifts it.
    async fn unlocked_by(&self) -> Permission {
        self.permission.into()
    }

    /// The roles that have it.
    async fn roles(&self) -> Vec<Role> {
        permission::roles_with(self.permission).map(Into::into).collect()
    }

    /// Names of those who have it here today, in alphabetical order; the first 20.
    async fn people(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        let named = async || {
            let able = session(ctx).eligible(self.permission).await?.able(self.over);
            Ok(able.into_iter().take(PEOPLE_MAX).map(|one| one.person.name).collect())
        };
        Some(named().await)
    }
}
