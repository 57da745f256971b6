//! What somebody may do to a return as it stands, and why not.

use rules::cycle::{self, Act, Refused, STEPS, State, Step};
use rules::permission::Permission;

use super::book::Book;
use super::derive::Derived;
use super::store::cycle::StepEntry;
use crate::access::{Actor, Scope};

/// Why an act is not for somebody now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// None of their roles lets them, here or anywhere.
    NoRole(Permission),
    /// A role of theirs lets them elsewhere, and not to this return.
    Elsewhere(Permission),
    /// Returns of this period do not go through states.
    NoWorkflow,
    /// The period has not ended.
    TooEarly,
    /// It means nothing in the state the return is in.
    NotNow(State),
    /// It is approved, and no figure came since that was not due then.
    NothingLate(State),
    /// Whoever did an earlier step of this round does not do this one.
    Separate { did: Act, because: &'static str },
}

impl Why {
    /// The reason in a sentence, and what would lift it.
    pub fn words(&self, book: &Book, one: &Derived) -> String {
        match self {
            Self::NoRole(permission) => format!("None of your roles lets you {}.", permission.words().to_lowercase()),
            Self::Elsewhere(permission) => {
                format!("Your roles let you {} elsewhere, and not for this service.", permission.words().to_lowercase())
            }
            Self::NoWorkflow => match book.workflow.from {
                None => "The council's returns do not go through states: the workflow is switched off.".to_owned(),
                Some(from) => {
                    format!("Returns go through states from {} on, and {} began before that.", from.format("%-d %B %Y"), one.period.words())
                }
            },
            Self::TooEarly => format!("{} has not ended yet.", one.period.words()),
            Self::NotNow(state) => {
                let now: Vec<String> = cycle::steps_from(*state).map(|step| step.act.words().to_lowercase()).collect();
                format!("The return is {}. What can be done now: {}.", state.words().to_lowercase(), now.join(", "))
            }
            Self::NothingLate(state) => {
                format!("The return is {}, and no figure has come that was not due then.", state.words().to_lowercase())
            }
            Self::Separate { because, .. } => (*because).to_owned(),
        }
    }

    /// The code of the refusal, where a person can put it right.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoRole(_) | Self::Elsewhere(_) => "FORBIDDEN",
            Self::NoWorkflow => "WORKFLOW_OFF",
            Self::TooEarly => "PERIOD_NOT_ENDED",
            Self::NotNow(_) | Self::NothingLate(_) => "RETURN_NOT_NOW",
            Self::Separate { .. } => "SEPARATION_OF_DUTIES",
        }
    }
}

/// The step an act is for somebody, with the right to it; or why not. `steps` are what was done to the return so far.
pub fn may(actor: &Actor, book: &Book, one: &Derived, steps: &[StepEntry], act: Act) -> Result<(&'static Step, Scope), Why> {
    let mut why = None;
    // As it is read and counted: by who stood above the element then.
    let right = |permission: Permission| match actor.scope_on(permission, book.day(one)) {
        Ok(scope) if scope.covers_element(one.element) => Ok(scope),
        Ok(_) => Err(Why::Elsewhere(permission)),
        Err(_) => Err(Why::NoRole(permission)),
    };
    let any = STEPS.iter().filter(|step| step.act == act).any(|step| match right(step.permission) {
        Ok(_) => true,
        Err(because) => {
            why.get_or_insert(because);
            false
        }
    });
    if let (false, Some(why)) = (any, why) {
        return Err(why);
    }
    if !book.workflow.covers(one.period) {
        return Err(Why::NoWorkflow);
    }
    let state = book.state(one);
    if act == Act::Submit && cycle::is_approved(state) && cycle::step(act, state).is_some() && !book.came_late(one) {
        return Err(Why::NothingLate(state));
    }
    let round = book.round(one);
    let done: Vec<Act> = steps.iter().filter(|step| step.person == actor.person && step.round == round).map(|step| step.act).collect();
    let step = cycle::refused(act, state, &done).map_err(|refused| match refused {
        Refused::NotNow { state } => Why::NotNow(state),
        Refused::Separate { did, because } => Why::Separate { did, because },
    })?;
    let scope = right(step.permission)?;
    if act == Act::Submit && one.period.end() >= book.today {
        return Err(Why::TooEarly);
    }
    Ok((step, scope))
}
