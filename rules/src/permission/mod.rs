//! Who may do what (`domain.md` §8): the whole policy as one table.
//!
//! A role is held over a scope; [`reach`] says how far each permission goes for it, and [`may_hold`] over which
//! kinds of scope it can be held at all. Nothing elsewhere branches on a role. The table prints itself as a page
//! for people who do not read code ([`page`]), kept as `PERMISSIONS.md` and compared by a test. What one person may not
//! do to the same thing, whatever their roles, [`separated`] says.

mod page;
mod separate;
mod table;
mod words;

#[cfg(test)]
mod tests;

pub use page::page;
pub use separate::{separated, separated_from};
pub use table::{Reach, describe, held_over, is_for_reading, is_over_elements, may_hold, reach, roles_with};
pub use words::{Permission, Role, ScopeKind};
