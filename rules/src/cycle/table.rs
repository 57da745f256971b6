//! States, acts and the table of both.

use crate::closed_set;
use crate::permission::{Permission as P, separated};

closed_set! {
    /// Where a return stands.
    State {
        /// It takes figures.
        Open = "OPEN", "Open";
        /// The service stands by its figures; nobody else has looked yet.
        Submitted = "SUBMITTED", "Submitted";
        /// Sent back with questions: it takes figures again.
        Queried = "QUERIED", "Queried";
        /// Somebody else has looked at the figures.
        Assured = "ASSURED", "Assured";
        /// Somebody answers for the figures; they are kept as they were then.
        Approved = "APPROVED", "Approved";
        /// What was approved is what the public reads.
        Published = "PUBLISHED", "Published";
        /// What was approved stays so; the service stands by figures that came since, because they were not due then.
        LateSubmitted = "LATE_SUBMITTED", "Approved with late figures submitted";
        /// What was approved stays so; its late figures were sent back with questions.
        LateQueried = "LATE_QUERIED", "Approved with late figures queried";
        /// What was approved stays so; somebody else has looked at its late figures.
        LateAssured = "LATE_ASSURED", "Approved with late figures assured";
    }
}

closed_set! {
    /// What moves a return.
    Act {
        /// Stand by the figures.
        Submit = "SUBMIT", "Submit";
        /// Take it back before anybody looked.
        Recall = "RECALL", "Take back";
        /// Send it back to the service with questions on indicators.
        Query = "QUERY", "Query";
        /// Say that the figures were looked at.
        Assure = "ASSURE", "Assure";
        /// Answer for the figures.
        Approve = "APPROVE", "Approve";
        /// Let the public read what was approved.
        Publish = "PUBLISH", "Publish";
        /// Take a correction: what was approved stays until the correction is approved in its turn.
        Reopen = "REOPEN", "Reopen for a correction";
    }
}

closed_set! {
    /// What has to come with an act.
    Needs {
        /// Nothing.
        Nothing = "NOTHING", "Nothing";
        /// Every figure that is due, or why there is none; an explanation and a remedial action with an owner and a day for each
        /// that is amber or red.
        Explanations = "EXPLANATIONS", "Every figure, explained and with a remedial action where it is amber or red";
        /// A figure at least that was not due when the return was approved and has come since, and of each such an explanation and
        /// a remedial action as of any other.
        LateFigures = "LATE_FIGURES", "Figures that were not due when it was approved, explained and with a remedial action as any other";
        /// A question on one indicator at least.
        Questions = "QUESTIONS", "A question on an indicator";
        /// Why.
        Reason = "REASON", "A reason";
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

/// Every step there is, in the order of a return's life. What is not here cannot be done.
pub const STEPS: [Step; 22] = [
    on(Act::Submit, State::Open, State::Submitted, P::SubmitReturn, Needs::Explanations),
    on(Act::Recall, State::Submitted, State::Open, P::SubmitReturn, Needs::Reason),
    on(Act::Query, State::Submitted, State::Queried, P::AssureReturn, Needs::Questions),
    on(Act::Submit, State::Queried, State::Submitted, P::SubmitReturn, Needs::Explanations),
    on(Act::Assure, State::Submitted, State::Assured, P::AssureReturn, Needs::Nothing),
    on(Act::Query, State::Assured, State::Queried, P::ApproveReturn, Needs::Questions),
    on(Act::Approve, State::Assured, State::Approved, P::ApproveReturn, Needs::Nothing),
    on(Act::Publish, State::Approved, State::Published, P::Release, Needs::Nothing),
    on(Act::Reopen, State::Assured, State::Open, P::AssureReturn, Needs::Reason),
    on(Act::Reopen, State::Approved, State::Open, P::AssureReturn, Needs::Reason),
    on(Act::Reopen, State::Published, State::Open, P::AssureReturn, Needs::Reason),
    on(Act::Submit, State::Approved, State::LateSubmitted, P::SubmitReturn, Needs::LateFigures),
    on(Act::Submit, State::Published, State::LateSubmitted, P::SubmitReturn, Needs::LateFigures),
    on(Act::Recall, State::LateSubmitted, State::Approved, P::SubmitReturn, Needs::Reason),
    on(Act::Query, State::LateSubmitted, State::LateQueried, P::AssureReturn, Needs::Questions),
    on(Act::Submit, State::LateQueried, State::LateSubmitted, P::SubmitReturn, Needs::LateFigures),
    on(Act::Assure, State::LateSubmitted, State::LateAssured, P::AssureReturn, Needs::Nothing),
    on(Act::Query, State::LateAssured, State::LateQueried, P::ApproveReturn, Needs::Questions),
    on(Act::Approve, State::LateAssured, State::Approved, P::ApproveReturn, Needs::Nothing),
    on(Act::Reopen, State::LateSubmitted, State::Open, P::AssureReturn, Needs::Reason),
    on(Act::Reopen, State::LateQueried, State::Open, P::AssureReturn, Needs::Reason),
    on(Act::Reopen, State::LateAssured, State::Open, P::AssureReturn, Needs::Reason),
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

/// Whether figures of a return in this state may be entered and corrected.
#[must_use]
pub const fn takes_figures(state: State) -> bool {
    matches!(state, State::Open | State::Queried)
}

/// Whether what a return says was approved and is not being corrected: its late figures may still be on their way.
#[must_use]
pub const fn is_approved(state: State) -> bool {
    matches!(state, State::Approved | State::Published | State::LateSubmitted | State::LateQueried | State::LateAssured)
}

/// How one figure stood when its return was last moved on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    /// Whether there was a figure, or a reason why there is none, when the return was last submitted.
    pub given: bool,
    /// Whether it was approved as not due.
    pub not_due: bool,
}

/// Whether a figure may be entered in a state. Every figure while the return has not been submitted; afterwards those whose data
/// come later: what was not there when it was submitted (else it would have been lacking), and what was approved as not due.
#[must_use]
pub const fn takes(state: State, stood: Stood) -> bool {
    match state {
        State::Open | State::Queried => true,
        State::Submitted | State::Assured | State::LateSubmitted | State::LateAssured => !stood.given,
        State::Approved | State::Published | State::LateQueried => stood.not_due,
    }
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The return is in a state in which the act means nothing: it may have been moved on by somebody else.
    NotNow {
        /// The state it is in.
        state: State,
    },
    /// Whoever did an earlier step in this round does not do this one.
    Separate {
        /// The step that person did.
        did: Act,
        /// Why not both.
        because: &'static str,
    },
}

/// Why somebody whose roles allow an act may still not do it to this return; none where they may. `done` are the acts of
/// this round, since the return was last opened, that the same person did.
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

/// Why a return takes no figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The state that locks it.
    pub state: State,
    /// What lets it take figures again, each with the permission it needs.
    pub opens: Vec<&'static Step>,
}

/// What locks the figures of a return in a state; none where they may be changed.
#[must_use]
pub fn lock(state: State) -> Option<Lock> {
    let opens = || steps_from(state).filter(|step| takes_figures(step.to)).collect();
    (!takes_figures(state)).then(|| Lock { state, opens: opens() })
}

impl Lock {
    /// The ways to open it: `take back (whoever may submit returns), or query (whoever may assure returns)`.
    #[must_use]
    pub fn ways(&self) -> String {
        let way = |step: &&Step| format!("{} (whoever may {})", step.act.words().to_lowercase(), step.permission.words().to_lowercase());
        self.opens.iter().copied().map(|step| way(&step)).collect::<Vec<_>>().join(", or ")
    }

    /// The same as a sentence: `The return is submitted. To change its figures: take back (whoever may submit returns), …`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("The return is {}. To change its figures: {}.", self.state.words().to_lowercase(), self.ways())
    }
}
