//! What one client may ask of a node, and what it is told beyond that.
//!
//! Every limit is a row of one table ([`table`]): its name, its value unless an installation says otherwise, what it counts and
//! the sentence a client is refused with. The code asks the table, the handbook's page `docs/limits.md` is printed from it, and
//! `--limit NAME=N` sets it. Rates ([`pace`]) and places ([`places`]) are counted by each node for itself.

pub mod limits;
pub mod pace;
pub mod page;
pub mod places;
pub mod table;

pub use limits::{Bounds, Limits, Setting};
pub use pace::Pace;
pub use places::{Place, Places};
pub use table::Limit;
