//! What a forum asked and is still owed, as data: worded in the pack's language.

use chrono::NaiveDate;
use rules::question::{Kind, State};

/// A question, a recommendation or a call for information, as it stood at the pack's instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackQuestion {
    /// Its number in the council.
    pub number: i32,
    /// What is asked for.
    pub kind: Kind,
    /// Where it stood.
    pub state: State,
    /// What is asked.
    pub words: String,
    /// What it is about, for instance `WM01 Household waste recycled`.
    pub about: Option<String>,
    /// Which member asked, by name; none where it was the forum itself.
    pub asked_by: Option<String>,
    /// The day it was asked: of the meeting, else the day it was put on record.
    pub asked_on: NaiveDate,
    /// Who was to answer, by name.
    pub answers: Option<String>,
    /// By which day.
    pub due_on: Option<NaiveDate>,
    /// Whether the answer was late at the pack's instant.
    pub overdue: bool,
    /// The last answer that was given.
    pub answer: Option<PackAnswer>,
    /// What was missing in that answer, where it was sent back.
    pub returned: Option<String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackAnswer {
    /// What was answered; none where the pack's readers are not given it.
    pub words: Option<String>,
    /// When.
    pub on: NaiveDate,
}
