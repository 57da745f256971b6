//! Kinds, states, acts and the table of them.

use chrono::NaiveDate;

use crate::closed_set;
use crate::permission::{Permission, Permission as P, separated};

closed_set! {
    /// What is asked for.
    Kind {
        /// An answer.
        Question = "QUESTION", "Question";
        /// That something be done; the answer says whether it will be, by whom and when.
        Recommendation = "RECOMMENDATION", "Recommendation";
        /// A paper or figures.
        Information = "INFORMATION", "Call for information";
    }
}

closed_set! {
    /// Who follows a question up until it is settled.
    Keeper {
        /// A forum, by whoever serves it.
        Forum = "FORUM", "The forum";
        /// The cabinet, which called for information.
        Cabinet = "CABINET", "The cabinet";
        /// Internal audit, which recommended something to the council.
        Audit = "AUDIT", "Internal audit";
    }
}

closed_set! {
    /// Where a question stands.
    State {
        /// On record; nobody was asked to answer it yet.
        Recorded = "RECORDED", "On record";
        /// Somebody was asked to answer it by a day.
        Assigned = "ASSIGNED", "Waiting for an answer";
        /// Answered; whoever asked has not said yet whether that will do.
        Answered = "ANSWERED", "Answered, not yet accepted";
        /// The answer will do.
        Accepted = "ACCEPTED", "Accepted";
        /// The answer will not do: another is waited for.
        Returned = "RETURNED", "Sent back for a better answer";
        /// No longer asked.
        Withdrawn = "WITHDRAWN", "Withdrawn";
    }
}

impl State {
    /// Whether something is still to come: an answer, or a word on it.
    #[must_use]
    pub const fn is_outstanding(self) -> bool {
        !matches!(self, Self::Accepted | Self::Withdrawn)
    }

    /// Whether an answer is still to come.
    #[must_use]
    pub const fn waits_for_an_answer(self) -> bool {
        matches!(self, Self::Recorded | Self::Assigned | Self::Returned)
    }
}

closed_set! {
    /// What is done about a question.
    Act {
        /// Put it on record. Every question begins with it.
        Record = "RECORD", "Put on record";
        /// Ask somebody to answer it by a day; or somebody else, or by another day.
        Assign = "ASSIGN", "Assign";
        /// Answer it.
        Answer = "ANSWER", "Answer";
        /// Say that the answer will do.
        Accept = "ACCEPT", "Accept the answer";
        /// Say that it will not.
        Return = "RETURN", "Send the answer back";
        /// Ask no longer.
        Withdraw = "WITHDRAW", "Withdraw";
    }
}

closed_set! {
    /// Who takes a step.
    By {
        /// Whoever keeps it ([`Keeper`]).
        Keeper = "KEEPER", "Whoever keeps the question";
        /// Whoever keeps it, and whoever asked it themself.
        KeeperOrAsker = "KEEPER_OR_ASKER", "Whoever keeps the question, or asked it themself";
        /// Whoever may answer for what it is about; where that is nothing in particular, whoever it was assigned to.
        Answerer = "ANSWERER", "Whoever may answer for what it is about; where that is nothing in particular, whoever it was assigned to";
    }
}

closed_set! {
    /// What has to come with an act.
    Needs {
        /// Nothing; words may.
        Nothing = "NOTHING", "";
        /// Words: the answer, what is missing in it, or why it is withdrawn.
        Words = "WORDS", "Words";
        /// Somebody who may answer, and the day the answer is due.
        Answerer = "ANSWERER", "Somebody who may answer, and a day";
    }
}

impl Keeper {
    /// Who keeps a question of a kind; none where nobody could: a mere question is a forum's.
    #[must_use]
    pub const fn of(kind: Kind, of_forum: bool) -> Option<Self> {
        match (kind, of_forum) {
            (_, true) => Some(Self::Forum),
            (Kind::Information, false) => Some(Self::Cabinet),
            (Kind::Recommendation, false) => Some(Self::Audit),
            (Kind::Question, false) => None,
        }
    }

    /// The permission it is kept by: over the forum, or over the whole council.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Forum => P::RecordQuestions,
            Self::Cabinet => P::CallForInformation,
            Self::Audit => P::RaiseRecommendation,
        }
    }
}

/// By which permissions a question is put on record, over the forum or over the whole council; by none where nobody asks so.
/// The first is the keeper's, for what others asked; by another a member asks for themself.
#[must_use]
pub const fn recorders(kind: Kind, of_forum: bool) -> &'static [Permission] {
    match (kind, of_forum) {
        (Kind::Question, true) => &[P::RecordQuestions, P::AskQuestion],
        (Kind::Recommendation, true) => &[P::RecordQuestions, P::RaiseRecommendation],
        (Kind::Information, true) => &[P::RecordQuestions],
        (Kind::Information, false) => &[P::CallForInformation],
        (Kind::Recommendation, false) => &[P::RaiseRecommendation],
        (Kind::Question, false) => &[],
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
    /// By whom.
    pub by: By,
    /// With what.
    pub needs: Needs,
}

impl Step {
    /// The permission it needs, of a question that somebody keeps. Whoever asked it themself needs the one they asked by.
    #[must_use]
    pub const fn permission(&self, keeper: Keeper) -> Permission {
        match self.by {
            By::Keeper | By::KeeperOrAsker => keeper.permission(),
            By::Answerer => P::AnswerQuestion,
        }
    }
}

const fn on(act: Act, from: State, to: State, by: By, needs: Needs) -> Step {
    Step { act, from, to, by, needs }
}

/// Every step there is after a question was put on record, in the order of its life. What is not here cannot be done.
pub const STEPS: [Step; 11] = [
    on(Act::Assign, State::Recorded, State::Assigned, By::Keeper, Needs::Answerer),
    on(Act::Assign, State::Assigned, State::Assigned, By::Keeper, Needs::Answerer),
    on(Act::Answer, State::Assigned, State::Answered, By::Answerer, Needs::Words),
    on(Act::Accept, State::Answered, State::Accepted, By::Keeper, Needs::Nothing),
    on(Act::Return, State::Answered, State::Returned, By::Keeper, Needs::Words),
    // Whoever is asked now: what was missing in the answer still is.
    on(Act::Assign, State::Returned, State::Returned, By::Keeper, Needs::Answerer),
    on(Act::Answer, State::Returned, State::Answered, By::Answerer, Needs::Words),
    on(Act::Withdraw, State::Recorded, State::Withdrawn, By::KeeperOrAsker, Needs::Words),
    on(Act::Withdraw, State::Assigned, State::Withdrawn, By::KeeperOrAsker, Needs::Words),
    // From here on it is the keeper's alone: the answer is on record.
    on(Act::Withdraw, State::Answered, State::Withdrawn, By::Keeper, Needs::Words),
    on(Act::Withdraw, State::Returned, State::Withdrawn, By::Keeper, Needs::Words),
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

/// Whether an answer is late on a day. What was answered is not, however long nobody says that it will do.
#[must_use]
pub fn overdue(state: State, due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    state.waits_for_an_answer() && due_on.is_some_and(|due| due < today)
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The question is in a state in which the act means nothing: somebody else may have moved it on.
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

/// The step an act is, for somebody whose roles allow it. `done` are the acts the same person did to this question, whenever.
///
/// # Errors
/// [`Refused`], with what to tell the person.
pub fn refused(act: Act, state: State, (kind, keeper): (Kind, Keeper), done: &[Act]) -> Result<&'static Step, Refused> {
    let step = step(act, state).ok_or(Refused::NotNow { state })?;
    let permission = step.permission(keeper);
    for earlier in done {
        let of_forum = keeper == Keeper::Forum;
        let asked = recorders(kind, of_forum).iter().copied().filter(|_| *earlier == Act::Record);
        let took = STEPS.iter().filter(|other| other.act == *earlier).map(|other| other.permission(keeper));
        if let Some(because) = asked.chain(took).find_map(|used| separated(used, permission)) {
            return Err(Refused::Separate { did: *earlier, because });
        }
    }
    Ok(step)
}
