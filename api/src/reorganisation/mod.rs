//! Councils that end and succeed each other: who follows whom, what a predecessor hands over, and the baseline a successor makes of it.
//!
//! Promises: nothing is handed over before both councils named each other, of the same day and kind; only the predecessor's performance team hands
//! its figures over, and only the successor reads them; a combined baseline is made from numerators and denominators by
//! `rules::baseline`, never from percentages, and names who had no data and why; what ends in a predecessor ends by a date, and its past
//! reads as it was.

mod baseline;
pub mod graphql;
mod handover;
mod matched;
mod names;
mod plan;
mod receive;

use rules::closed_set;

closed_set! {
    /// What another council is to one.
    Side {
        /// It follows.
        Successor = "SUCCESSOR", "Successor";
        /// It came before.
        Predecessor = "PREDECESSOR", "Predecessor";
    }
}

impl Side {
    /// What the one is to the other.
    const fn turned(self) -> Self {
        match self {
            Self::Successor => Self::Predecessor,
            Self::Predecessor => Self::Successor,
        }
    }
}
