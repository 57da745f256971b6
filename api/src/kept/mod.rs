//! Answers kept for as long as nothing of a council changes.
//!
//! A council's performance page is read hundreds of times between two changes, and computing it takes the service longer than
//! everything else it does. An answer is kept whole, as it left, with the council's revision it was read at ([`crate::db::Change`]
//! raises it in the transaction of every change, on whichever node). Before it is given again the database is asked for the
//! revision: one statement of one row. Another revision, another day, other rights, another document or other variables: it is
//! worked out anew.
//!
//! Promises: nobody is given an answer that a request made at that moment would not have worked out. Kept is what depends on
//! nothing but a council's own rows, the day and what whoever asks may see ([`keepable`] says of which fields that is so); what
//! is kept is found by council and by the very rights it was read with, never by anything less. Errors are not kept. Memory is bounded, and
//! what is asked for again is kept packed.

mod body;
mod keepable;
mod shelf;

pub use body::Body;
pub use keepable::Keepable;
pub use shelf::{Found, Kept, Place, Question};
