//! Reminders: of returns that are due, overdue or queried, and of answers a committee waits for. By mail to whoever answers
//! for them, and to the council's own webhook.
//!
//! Promises: which reminders there are follows from what is owed on the day (`rules::reminder`), so that a node that slept
//! makes up for it once; each is written before it is sent, once however many nodes look (`once`), and sent by one of them; a
//! node that dies between sending and saying so repeats it with the same id, once; what cannot be delivered is tried for a
//! day and then given up with the reason; nobody is reminded of what was done meanwhile, nor whoever may
//! not do it any more. A reminder holds no figure, and
//! goes nowhere a council did not say, nor to an address that is not public ([`crate::reach`]). What became of one is kept for
//! a year, or as long as the installation says, and then forgotten.

mod about;
mod fill;
pub mod graphql;
mod mail;
pub mod mutations;
mod owed;
mod prune;
mod send;
mod settings;
mod store;
mod task;
mod warned;
mod webhook;

use rules::closed_set;

pub use mail::Mailer;
pub use prune::{KEPT_DAYS, KEPT_DAYS_MAX, KEPT_DAYS_MIN};
pub use task::{serve, turn};
pub use webhook::{Hook, signature};

use crate::reach::Reach;

closed_set! {
    /// How a reminder travels.
    Channel {
        /// To a person, by the installation's mail relay.
        Mail = "MAIL", "Mail";
        /// To the address the council gave.
        Webhook = "WEBHOOK", "Webhook";
    }
}

closed_set! {
    /// Where a reminder stands.
    State {
        /// To be sent, or sent again.
        Waiting = "WAITING", "Waiting";
        /// Taken by whoever it was sent to.
        Sent = "SENT", "Sent";
        /// Given up.
        Failed = "FAILED", "Given up";
        /// Not needed any more when its turn came.
        Dropped = "DROPPED", "No longer needed";
    }
}

/// How reminders leave a node, and how long they are remembered.
pub struct Ways {
    /// None: this installation has no mail relay.
    pub mail: Option<Mailer>,
    pub hook: Hook,
    /// Days a reminder is kept after it was written.
    pub kept_days: u32,
}

impl Ways {
    pub fn new(mail: Option<Mailer>, reach: Reach) -> Self {
        Self { mail, hook: Hook::new(reach), kept_days: KEPT_DAYS }
    }

    /// The same, with reminders kept for so many days.
    #[must_use]
    pub fn kept_for(self, kept_days: u32) -> Self {
        Self { kept_days, ..self }
    }
}
