//! What a reminder is about, as it is kept and as a webhook is told it.

use chrono::NaiveDate;
use exporters::reminder::{Reminder, Subject};
use rules::period::Period;
use rules::reminder::Kind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::graphql::id;

/// What a reminder is about. Holds no figure, and nobody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    pub kind: Kind,
    /// The council's code and name.
    pub council: String,
    pub council_name: String,
    #[serde(rename = "return", skip_serializing_if = "Option::is_none", default)]
    pub of_return: Option<AboutReturn>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub question: Option<AboutQuestion>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub warning: Option<AboutWarning>,
}

/// An early warning: its opaque id, which rule fired, for what, and since when. What it rests on is read where it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutWarning {
    pub id: String,
    pub kind: rules::warning::Kind,
    /// INDICATOR, RETURN, RISK or MILESTONE.
    pub subject: rules::warning::Subject,
    /// The ref of the subject; of a return that of its element.
    pub code: String,
    pub title: String,
    /// The reporting period, of a return.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<Period>,
    pub since: NaiveDate,
}

/// A return: its opaque id, whose, and for when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutReturn {
    pub id: String,
    /// The element's code and title.
    pub element: String,
    pub title: String,
    pub period: Period,
}

/// A committee's question: its opaque id, and its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutQuestion {
    pub id: String,
    pub number: i32,
}

impl AboutReturn {
    pub fn new(uuid: Uuid, (code, title): (&str, &str), period: Period) -> Self {
        Self { id: id::id(id::Kind::Return, uuid).to_string(), element: code.to_owned(), title: title.to_owned(), period }
    }
}

impl AboutQuestion {
    pub fn new(uuid: Uuid, number: i32) -> Self {
        Self { id: id::id(id::Kind::Question, uuid).to_string(), number }
    }
}

impl About {
    /// The letter to somebody; none where it says nothing a letter could be about.
    pub fn reminder(&self, person: &str) -> Option<Reminder> {
        let subject = match (&self.of_return, &self.question) {
            (Some(of), _) => Subject::Return { element: of.title.clone(), period: of.period },
            (None, Some(question)) => Subject::Question { number: question.number },
            (None, None) => return None,
        };
        let (council, person) = (self.council_name.clone(), person.to_owned());
        Some(Reminder { kind: self.kind, council, person, subject, due_on: self.due_on })
    }

    /// What it is about, in a few words for a list.
    pub fn words(&self) -> String {
        match (&self.of_return, &self.question, &self.warning) {
            (Some(of), _, _) => format!("{} {}", of.element, of.period),
            (None, Some(question), _) => format!("question {}", question.number),
            (None, None, Some(warning)) => format!("{} {}", warning.kind, warning.code),
            (None, None, None) => String::new(),
        }
    }
}
