//! Sharing between councils: chosen indicators, with a named council, a group of councils, or all of the installation.
//!
//! Promises: nothing of a council is seen by another but what it shares, for as long as it shares it, and only the value and how firm
//! it is; where returns go through their states, only what was approved; what is suppressed or sensitive never. A named council sees
//! nothing before it accepts. What is shared are copies, made and renewed by the giver alone ([`copies`]) and deleted in the transaction
//! that takes the consent back: nothing stays behind, but in packs for officers that were built before. Who reads is decided by one condition ([`addressed`]), which row-level security
//! repeats on PostgreSQL. Both councils' trails tell of it.

pub mod addressed;
pub mod copies;
pub mod graphql;
pub mod groups;
pub mod named;
mod offer;
mod received;
mod settle;
mod store;
mod task;

use chrono::NaiveDate;
use rules::closed_set;

pub use task::{serve, turn};

use crate::access::scope::Within;
use crate::access::{Actor, Scope};
use crate::error::Result;
use rules::permission::Permission;

closed_set! {
    /// With whom a council shares.
    Audience {
        /// With one council, which accepts first.
        Council = "COUNCIL", "One council";
        /// With whoever is in a group of councils.
        Group = "GROUP", "A group of councils";
        /// With every council of the installation.
        All = "ALL", "All councils";
    }
}

closed_set! {
    /// What a council that was offered figures said.
    Answer {
        /// It reads them.
        Accepted = "ACCEPTED", "Accepted";
        /// It does not, or no more.
        Declined = "DECLINED", "Declined";
    }
}

closed_set! {
    /// Where a share stands.
    State {
        /// The council it is with has not accepted yet, and sees nothing.
        Offered = "OFFERED", "Offered";
        /// It is read.
        InForce = "IN_FORCE", "In force";
        /// The council it is with does not want it, or no more.
        Declined = "DECLINED", "Declined";
        /// Its last day has passed.
        Ended = "ENDED", "Ended";
        /// It was withdrawn.
        Withdrawn = "WITHDRAWN", "Withdrawn";
    }
}

/// Where a share stands on a day.
fn state_of(withdrawn: bool, until: Option<NaiveDate>, audience: Audience, answer: Option<Answer>, today: NaiveDate) -> State {
    if withdrawn {
        return State::Withdrawn;
    }
    if until.is_some_and(|until| until < today) {
        return State::Ended;
    }
    match (audience, answer) {
        (Audience::Group | Audience::All, _) | (Audience::Council, Some(Answer::Accepted)) => State::InForce,
        (Audience::Council, None) => State::Offered,
        (Audience::Council, Some(Answer::Declined)) => State::Declined,
    }
}

/// The right to see what is shared, by the council or with it: whoever shares, whoever keeps benchmarks, and whoever reads the whole
/// council's figures.
pub fn may_see(actor: &Actor) -> Result<Scope> {
    let whole = |permission| actor.scope_for(permission).ok().filter(|scope| matches!(scope.within, Within::Council));
    let found = [Permission::ShareFigures, Permission::ManageBenchmarks, Permission::ViewFigures].into_iter().find_map(whole);
    found.map_or_else(|| actor.scope_for(Permission::ShareFigures), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_withdrawn_before_it_is_ended_and_ended_before_it_is_answered() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let today = day("2024-10-14");
        let stands = |withdrawn, until, audience, answer| state_of(withdrawn, until, audience, answer, today);
        assert_eq!(stands(false, None, Audience::Council, None), State::Offered);
        assert_eq!(stands(false, Some(today), Audience::Council, Some(Answer::Accepted)), State::InForce);
        assert_eq!(stands(false, None, Audience::Council, Some(Answer::Declined)), State::Declined);
        assert_eq!(stands(false, None, Audience::All, None), State::InForce);
        assert_eq!(stands(false, Some(day("2024-10-13")), Audience::All, None), State::Ended);
        assert_eq!(stands(true, Some(day("2024-10-13")), Audience::Group, None), State::Withdrawn);
    }
}
