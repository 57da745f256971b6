//! What happens in a council as it happens: returns that move, approvals, imports, returns that become overdue.
//!
//! Promises: each node looks once for each council somebody watches, however many watch, when it is told that something
//! happened there (and once a second where it hears nobody: see [`crate::news`]), and reads once whose a return is; what another
//! node did is seen like what this one did; and each event is shown to whoever may see what it is about at that moment, their rights read
//! anew.

mod graphql;
mod hub;
mod store;
mod watch;

pub use graphql::ActivitySubscription;
pub use hub::{Happening, Hub, WarningSeen};
pub use watch::{Watched, watch};
