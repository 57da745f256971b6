//! What somebody may do, and through which of their roles: an auditor's first question.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};
use chrono::NaiveDate;
use rules::permission::{self, Permission as P, Reach as Goes, separated_from};

use super::grants::{Grant, GrantSet};
use super::graphql::Permission;
use super::naming::Covered;
use super::store::{GrantEntry, PersonEntry};
use crate::access::GrantScope;
use crate::access::actor::end_of;
use crate::access::grant::Spread;
use crate::access::ground::Subtrees;
use crate::error::Result;

/// How far a permission goes.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Inside what the role is held over.
    Within,
    /// The whole council, whatever the role is held over.
    Council,
    /// Every council on the platform.
    AllCouncils,
}

impl Reach {
    /// None where a role does not give the permission.
    pub const fn of(reach: Goes) -> Option<Self> {
        match reach {
            Goes::No => None,
            Goes::Within => Some(Self::Within),
            Goes::Council => Some(Self::Council),
            Goes::AllCouncils => Some(Self::AllCouncils),
        }
    }

    /// How far a grant goes; the council is within what a role over the council is held over.
    fn of_grant(entry: &GrantEntry, permission: P) -> Option<Self> {
        let reach = Self::of(permission::reach(entry.grant.role, permission))?;
        let council = reach == Self::Within && entry.grant.scope == GrantScope::Council;
        Some(if council { Self::Council } else { reach })
    }
}

/// Something a person may do, how far, and why.
pub struct EffectivePermission {
    permission: P,
    reach: Reach,
    set: Arc<GrantSet>,
    /// Places of the grants that give it.
    through: Vec<usize>,
}

/// What a person may do with the grants of theirs that are in force on a day, in the order of the permission table.
pub fn effective(set: &Arc<GrantSet>, person: &PersonEntry, on: NaiveDate) -> Vec<EffectivePermission> {
    if person.suspended_at.is_some_and(|at| at < end_of(on)) {
        return Vec::new();
    }
    let in_force: Vec<(usize, &GrantEntry)> =
        set.entries.iter().enumerate().filter(|(_, entry)| entry.person.id == person.id && entry.in_force(on)).collect();
    let of = |permission: &P| {
        let giving = in_force.iter().filter_map(|(at, entry)| Some((*at, Reach::of_grant(entry, *permission)?)));
        let giving: Vec<(usize, Reach)> = giving.collect();
        let reach = giving.iter().map(|(_, reach)| *reach).max()?;
        let through = giving.into_iter().map(|(at, _)| at).collect();
        Some(EffectivePermission { permission: *permission, reach, set: Arc::clone(set), through })
    };
    P::ALL.iter().filter_map(of).collect()
}

/// Something a person may do on a day, how far it goes and through which roles.
#[Object]
impl EffectivePermission {
    /// What they may do.
    async fn permission(&self) -> Permission {
        self.permission.into()
    }

    /// How far it goes.
    async fn reach(&self) -> Reach {
        self.reach
    }

    /// Over what: where it stays WITHIN, each thing their roles are held over, and for reading the services that own the
    /// indicators they are held over; otherwise the council.
    async fn over(&self, ctx: &Context<'_>) -> Option<Result<Vec<Covered>>> {
        let named = async || {
            let naming = self.set.naming(ctx).await?;
            if self.reach != Reach::Within {
                return Ok(naming.all([(GrantScope::Council, None)]));
            }
            let ground = self.set.ground(ctx).await?;
            let nothing_below = Subtrees::new();
            let mut scopes = Vec::new();
            for entry in self.through.iter().map(|at| &self.set.entries[*at]) {
                scopes.push((entry.grant.scope, entry.element_code.as_deref()));
                if let Spread::Indicator(_, owners) = entry.grant.spread(self.permission, ground, &nothing_below) {
                    scopes.extend(owners.iter().map(|owner| (GrantScope::Element(*owner), None)));
                }
            }
            Ok(naming.all(scopes))
        };
        Some(named().await)
    }

    /// The roles of theirs that give it.
    async fn through(&self) -> Vec<Grant> {
        self.through.iter().map(|at| self.set.grant(*at)).collect()
    }

    /// What they may not do to the same thing they did this to, whatever their roles: separation of duties.
    async fn not_together_with(&self) -> Vec<Permission> {
        separated_from(self.permission).map(Into::into).collect()
    }
}
