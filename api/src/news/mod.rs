//! What happens, told from node to node: that a job waits, that an import moved on, that something happened in a council.
//!
//! A change says what it tells while it is made ([`Told`]), and that is told once, when it is committed: within this node at
//! once, and through PostgreSQL to the others, in the transaction itself, so that nothing is told that was not done, and
//! nothing is done that is not told. What is told are ids, never a figure or a name: whoever hears it looks for themselves,
//! with their own rights. Nothing rests on being told: whoever waits looks now and then all the same, more often while this
//! node hears nothing, and everybody looks once it hears again.
//!
//! SQLite has one node, which hears itself; a command beside it is found by looking.

mod listen;
mod told;

pub use listen::serve;
pub use told::{Ear, News, Told};

pub(crate) use told::Telling;
