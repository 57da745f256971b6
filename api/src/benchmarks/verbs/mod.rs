//! What a council says about its comparisons: whom it compares itself with, and which published measure an indicator is. Each is
//! dated and never overwritten: what is said anew ends what was said before.

mod group;
mod mapping;

use rules::area::{Area, AuthorityType, Register};

pub use group::{GroupInput, save, withdraw};
pub use mapping::{MappingInput, set, withdraw as withdraw_mapping};

use crate::access::Scope;
use crate::access::scope::Within;
use crate::benchmarks::place::one;
use crate::error::{Error, Result};
use crate::forums::deed::Deed;
use rules::permission::Permission;

/// Places suggested for one that is not known.
const SUGGESTED_MAX: usize = 3;

/// The right to keep benchmarks for the whole council: a group is everybody's.
fn of_council(deed: &Deed<'_>) -> Result<Scope> {
    let scope = deed.actor.scope_for(Permission::ManageBenchmarks)?;
    if matches!(scope.within, Within::Council) {
        return Ok(scope);
    }
    Err(Error::refused(Permission::ManageBenchmarks, "A comparator group is everybody's: whoever keeps it does so for the whole council."))
}

/// Why a place is not taken for any that is known.
enum NotFound {
    Unknown(String),
    Several(String),
}

/// The area of a code or a name; of several of a name, the one that is of a sort.
fn area<'a>(register: &'a Register, given: &str, kind: Option<AuthorityType>) -> Result<&'a Area, NotFound> {
    let given = given.trim();
    if let Some(area) = register.find(given) {
        return Ok(area);
    }
    let mut named: Vec<&Area> = register.named(given).into_iter().filter_map(|area| register.find(&area.code)).collect();
    named.dedup_by(|a, b| a.code == b.code);
    if named.len() > 1 {
        named.retain(|area| kind.is_none_or(|kind| area.kind == kind));
    }
    if let Some(one) = one(register, &named) {
        return Ok(one);
    }
    if named.is_empty() {
        let near: Vec<String> = register.nearest(given, SUGGESTED_MAX).into_iter().map(written).collect();
        let near = if near.is_empty() { String::new() } else { format!(" (did you mean {}?)", near.join(" or ")) };
        return Err(NotFound::Unknown(format!("{given}{near}")));
    }
    let which: Vec<String> = named.into_iter().map(written).collect();
    Err(NotFound::Several(format!("{given} is {}", which.join(" or "))))
}

fn written(area: &Area) -> String {
    format!("{} {}", area.code, area.name)
}
