//! RETURN_OVERDUE: not submitted so many days after the day it was due.

use chrono::Days;

use super::{Ceased, Ending, Evidence, Firing, Kind, Moment, Parameters, ReturnFacts};

pub(super) fn firings(parameters: &Parameters, facts: &ReturnFacts) -> Vec<Firing> {
    fire(parameters.at_least("days"), facts).into_iter().collect()
}

fn fire(days: u32, facts: &ReturnFacts) -> Option<Firing> {
    let since = facts.due_on.succ_opt()?;
    let fired = facts.due_on.checked_add_days(Days::new(days.into()))?;
    // What is submitted later than today is not known yet.
    let submitted = facts.submitted_on.filter(|day| *day <= facts.today);
    let last = submitted.unwrap_or(facts.today);
    let missed = submitted.is_none_or(|day| day >= fired) && facts.today >= fired;
    missed.then(|| Firing {
        kind: Kind::ReturnOverdue,
        since: Moment::Day(since),
        fired: Moment::Day(fired),
        until: submitted.map(|day| Ending { at: Moment::Day(day), why: Ceased::NoLonger }),
        evidence: Evidence::ReturnOverdue {
            due_on: facts.due_on,
            days: u32::try_from((last - facts.due_on).num_days()).unwrap_or_default(),
        },
    })
}
