//! States, acts and the table of both.

use chrono::NaiveDate;

use crate::closed_set;
use crate::period::Period;
use crate::permission::{Permission as P, separated};

closed_set! {
    /// Where a proposed target stands.
    State {
        /// The service proposes it; nobody else has looked yet.
        Proposed = "PROPOSED", "Proposed";
        /// Sent back to the service with a reason: to be proposed again, or withdrawn.
        Returned = "RETURNED", "Returned";
        /// The director recommends it.
        Recommended = "RECOMMENDED", "Recommended";
        /// The portfolio holder supports it.
        Reviewed = "REVIEWED", "Reviewed";
        /// A scrutiny forum's comment is on record.
        Scrutinised = "SCRUTINISED", "Scrutinised";
        /// Decided: it is the target.
        Approved = "APPROVED", "Approved";
        /// Decided against.
        Refused = "REFUSED", "Refused";
        /// Taken back by the service.
        Withdrawn = "WITHDRAWN", "Withdrawn";
    }
}

closed_set! {
    /// What moves a proposal.
    Act {
        /// Say what should be aimed at; again, with other figures, while nobody looked yet or when it was returned.
        Propose = "PROPOSE", "Propose";
        /// Recommend it, as the director.
        Recommend = "RECOMMEND", "Recommend";
        /// Support it, as the portfolio holder.
        Review = "REVIEW", "Support";
        /// Send it back to whoever proposed it.
        Return = "RETURN", "Return";
        /// Put a scrutiny forum's comment on record.
        Scrutinise = "SCRUTINISE", "Record scrutiny's comment";
        /// Record the decision that makes it the target.
        Approve = "APPROVE", "Approve";
        /// Record that it was decided against.
        Refuse = "REFUSE", "Refuse";
        /// Take it back.
        Withdraw = "WITHDRAW", "Withdraw";
    }
}

closed_set! {
    /// What has to come with an act.
    Needs {
        /// Nothing.
        Nothing = "NOTHING", "Nothing";
        /// What is aimed at, for one period at least.
        Figures = "FIGURES", "What is aimed at in each period";
        /// Why.
        Reason = "REASON", "A reason";
        /// Which forum, and what it said.
        Comment = "COMMENT", "The forum and its comment";
        /// Who decided, when, and where that is minuted.
        Decision = "DECISION", "The body that decided, the day and the reference";
    }
}

closed_set! {
    /// What a proposal rests on (seed 001: trends, seasonality, benchmarks).
    Evidence {
        /// What was reached before.
        Trend = "TREND", "Trend";
        /// What others reach.
        Benchmark = "BENCHMARK", "Benchmark";
        /// Both.
        Both = "BOTH", "Trend and benchmark";
        /// Neither: allowed, and marked so wherever the target is shown with its evidence.
        None = "NONE", "No evidence";
    }
}

/// One line of the table: an act in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub act: Act,
    /// In which state.
    pub from: State,
    /// Where it leads.
    pub to: State,
    /// By whoever may.
    pub permission: P,
    /// With what.
    pub needs: Needs,
}

const fn on(act: Act, from: State, to: State, permission: P, needs: Needs) -> Step {
    Step { act, from, to, permission, needs }
}

/// How a proposal begins: in the state it leads to, by the same right and with the same as proposing again.
pub const FIRST: Step = on(Act::Propose, State::Proposed, State::Proposed, P::ProposeTargets, Needs::Figures);

/// Every step there is, in the order of a proposal's life. What is not here cannot be done.
pub const STEPS: [Step; 23] = [
    FIRST,
    on(Act::Propose, State::Returned, State::Proposed, P::ProposeTargets, Needs::Figures),
    on(Act::Recommend, State::Proposed, State::Recommended, P::RecommendTargets, Needs::Nothing),
    on(Act::Review, State::Proposed, State::Reviewed, P::ReviewTargets, Needs::Nothing),
    on(Act::Review, State::Recommended, State::Reviewed, P::ReviewTargets, Needs::Nothing),
    on(Act::Return, State::Proposed, State::Returned, P::ReviewTargets, Needs::Reason),
    on(Act::Return, State::Recommended, State::Returned, P::ReviewTargets, Needs::Reason),
    on(Act::Return, State::Reviewed, State::Returned, P::ReviewTargets, Needs::Reason),
    on(Act::Return, State::Scrutinised, State::Returned, P::ReviewTargets, Needs::Reason),
    on(Act::Scrutinise, State::Reviewed, State::Scrutinised, P::RecordQuestions, Needs::Comment),
    on(Act::Scrutinise, State::Scrutinised, State::Scrutinised, P::RecordQuestions, Needs::Comment),
    on(Act::Approve, State::Reviewed, State::Approved, P::RecordTargets, Needs::Decision),
    on(Act::Approve, State::Scrutinised, State::Approved, P::RecordTargets, Needs::Decision),
    on(Act::Refuse, State::Proposed, State::Refused, P::RecordTargets, Needs::Reason),
    on(Act::Refuse, State::Returned, State::Refused, P::RecordTargets, Needs::Reason),
    on(Act::Refuse, State::Recommended, State::Refused, P::RecordTargets, Needs::Reason),
    on(Act::Refuse, State::Reviewed, State::Refused, P::RecordTargets, Needs::Reason),
    on(Act::Refuse, State::Scrutinised, State::Refused, P::RecordTargets, Needs::Reason),
    on(Act::Withdraw, State::Proposed, State::Withdrawn, P::ProposeTargets, Needs::Reason),
    on(Act::Withdraw, State::Returned, State::Withdrawn, P::ProposeTargets, Needs::Reason),
    on(Act::Withdraw, State::Recommended, State::Withdrawn, P::ProposeTargets, Needs::Reason),
    on(Act::Withdraw, State::Reviewed, State::Withdrawn, P::ProposeTargets, Needs::Reason),
    on(Act::Withdraw, State::Scrutinised, State::Withdrawn, P::ProposeTargets, Needs::Reason),
];

/// A state a proposal may be approved without having been in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skip {
    /// Which.
    pub state: State,
    /// Why that is allowed.
    pub because: &'static str,
}

/// What may be left out between proposal and approval. The portfolio holder's review is not here: a member answers for
/// every target that is approved.
pub const SKIPS: [Skip; 2] = [
    Skip {
        state: State::Recommended,
        because: "A service manager and the portfolio holder may work a target out with the performance team directly, as \
            Huntingdonshire did for 2023/24.",
    },
    Skip {
        state: State::Scrutinised,
        because: "Scrutiny comments and does not decide; a decision that cannot wait for its next meeting is taken without, and the \
            proposal shows that no forum has commented.",
    },
];

/// The step an act is in a state; none where it cannot be done.
#[must_use]
pub fn step(act: Act, from: State) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.act == act && step.from == from)
}

/// What can be done in a state, by somebody.
pub fn steps_from(state: State) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(move |step| step.from == state)
}

/// Whether something can still become of a proposal.
#[must_use]
pub fn is_open(state: State) -> bool {
    steps_from(state).next().is_some()
}

/// Whether a proposal in this state is before scrutiny, or decided after it could have been: what a forum whose remit has the
/// indicator reads. It also reads what became of such a proposal, returned, refused or withdrawn from one of these states;
/// while it is drafted, for the first time or again, it is the officers' and the portfolio holder's.
#[must_use]
pub const fn is_before_scrutiny(state: State) -> bool {
    matches!(state, State::Reviewed | State::Scrutinised | State::Approved)
}

/// Whether a target for a period would judge days before it takes effect: one that starts earlier is touched only where the
/// decision says so.
#[must_use]
pub fn reaches_back(period: Period, effective_from: NaiveDate) -> bool {
    period.start() < effective_from
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The proposal is in a state in which the act means nothing: it may have been moved on by somebody else.
    NotNow {
        /// The state it is in.
        state: State,
    },
    /// Whoever did an earlier step does not do this one.
    Separate {
        /// The step that person did.
        did: Act,
        /// Why not both.
        because: &'static str,
    },
}

/// Why somebody whose roles allow an act may still not do it to this proposal; none where they may. `done` are the acts the
/// same person did to it.
///
/// # Errors
/// [`Refused`], with what to tell the person.
pub fn refused(act: Act, state: State, done: &[Act]) -> Result<&'static Step, Refused> {
    let step = step(act, state).ok_or(Refused::NotNow { state })?;
    for earlier in done {
        for permission in STEPS.iter().filter(|other| other.act == *earlier).map(|other| other.permission) {
            if let Some(because) = separated(permission, step.permission) {
                return Err(Refused::Separate { did: *earlier, because });
            }
        }
    }
    Ok(step)
}
