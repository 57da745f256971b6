//! The closed words of a question's life, as the API shows them.

use async_graphql::{Enum, SimpleObject};
use rules::question as life;

use super::store::StepEntry;
use crate::graphql::scalars::{Date, DateTime};

/// What is asked for.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::Kind")]
pub enum QuestionKind {
    /// An answer.
    Question,
    /// That something be done: the answer says whether it will be, by whom and when.
    Recommendation,
    /// A paper or figures.
    Information,
}

/// Where a question stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::State")]
pub enum QuestionState {
    /// On record; nobody was asked to answer it yet.
    Recorded,
    /// Somebody was asked to answer it by a day.
    Assigned,
    /// Answered; whoever asked has not said yet whether that will do.
    Answered,
    /// The answer will do.
    Accepted,
    /// The answer will not do: another is waited for.
    Returned,
    /// No longer asked.
    Withdrawn,
}

/// What is done about a question. `docs/questions.md` has all of it as a table.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "life::Act")]
pub enum QuestionAct {
    /// Put it on record.
    Record,
    /// Ask somebody to answer it by a day.
    Assign,
    /// Answer it.
    Answer,
    /// Say that the answer will do.
    Accept,
    /// Say that it will not.
    Return,
    /// Ask no longer.
    Withdraw,
}

/// Something that can be done about a question in the state it is in.
#[derive(SimpleObject)]
pub struct QuestionChoice {
    /// What.
    pub act: QuestionAct,
    /// Whether the viewer may do it now.
    pub possible: bool,
    /// Why not, in a sentence; null where they may.
    pub because: Option<String>,
}

/// Something that was done about a question. It never changes.
#[derive(Clone, SimpleObject)]
pub struct QuestionStep {
    /// What.
    pub act: QuestionAct,
    /// Where the question stood afterwards.
    state: QuestionState,
    /// Who did it, by name.
    person: String,
    /// When.
    at: DateTime,
    /// What came with it: the answer, what was missing in it, the committee's words, or why it was withdrawn.
    words: Option<String>,
    /// Who was to answer from then on, by name.
    assigned_to: Option<String>,
    /// And by which day.
    due_on: Option<Date>,
}

impl From<&StepEntry> for QuestionStep {
    fn from(step: &StepEntry) -> Self {
        Self {
            act: step.act.into(),
            state: step.to.into(),
            person: step.person.1.clone(),
            at: DateTime(step.at),
            words: step.words.clone(),
            assigned_to: step.assigned_to.clone(),
            due_on: step.due_on.map(Date),
        }
    }
}
