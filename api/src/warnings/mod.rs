//! Early warnings: which figures, returns, risks and milestones ask for a question, by rules a council sets for itself; and what of a
//! figure's course is more than chance.
//!
//! Promises: a warning prompts a question and judges nobody; it is worked out from what is held now by [`rules::warning::firings`],
//! over the very series everybody is shown, in the version whoever asks reads, so that nobody learns from a warning what they may not
//! read; it keeps its id for as long as it stands; what is done about it is never changed; a muted one is listed with its end and
//! comes back; what fired is recorded once however many nodes look, and told once. The number of statements does not depend on how
//! much there is.

pub mod baseline;
pub mod book;
pub mod charts;
mod eyes;
mod gather;
pub mod graphql;
pub mod handling;
mod rule;
mod seats;
pub mod standing;
pub(crate) mod store;
mod subject;
mod told;
mod verbs;
mod watch;

pub use eyes::{Eyes, Seat};
pub use seats::Seats;
pub use told::Told;
pub use watch::look;
