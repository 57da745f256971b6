//! What a reminder says, in a language's words: a letter of a subject and a few lines, for a mail. It names what is due,
//! whose it is and by when, and holds no figure: mail is read in places this product knows nothing of.

use chrono::NaiveDate;
use rules::period::Period;
use rules::reminder::Kind;

use crate::Language;
use crate::language::tell;

/// What somebody is reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Why.
    pub kind: Kind,
    /// The council's name.
    pub council: String,
    /// Who is reminded, by name.
    pub person: String,
    /// What it is about: the service a return is of, or a question's number.
    pub subject: Subject,
    /// The last day; none where none was set.
    pub due_on: Option<NaiveDate>,
}

/// What a reminder is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The return of an element for a period.
    Return {
        /// What the element is called.
        element: String,
        /// The reporting period.
        period: Period,
    },
    /// A committee's question, recommendation or call for information.
    Question {
        /// Its number in the council.
        number: i32,
    },
}

/// A mail's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Lines, each ended.
    pub body: String,
}

impl Reminder {
    /// The letter in a language.
    #[must_use]
    pub fn letter(&self, language: &Language) -> Letter {
        let what = match &self.subject {
            Subject::Return { element, period } => {
                tell!(language, "remind-return", element = one_line(element), period = language.period(*period))
            }
            Subject::Question { number } => tell!(language, "remind-question", number = number.to_string()),
        };
        let subject = match self.kind {
            // A warning is told to no person: were one, it is something to look at.
            Kind::ReturnDue | Kind::QuestionDue | Kind::EarlyWarning => tell!(language, "remind-due", what = what.as_str()),
            Kind::ReturnOverdue | Kind::QuestionOverdue => tell!(language, "remind-overdue", what = what.as_str()),
            Kind::ReturnQueried => tell!(language, "remind-queried", what = what.as_str()),
        };
        let asked = match self.kind {
            Kind::ReturnDue | Kind::ReturnOverdue => language.say("remind-submit"),
            Kind::ReturnQueried => language.say("remind-answer-queries"),
            Kind::QuestionDue | Kind::QuestionOverdue | Kind::EarlyWarning => language.say("remind-answer"),
        };
        let mut lines = vec![tell!(language, "remind-dear", person = one_line(&self.person)), String::new(), format!("{subject}.")];
        if let Some(day) = self.due_on {
            lines.push(tell!(language, "remind-last-day", day = language.day(day)));
        }
        lines.extend([asked.to_owned(), String::new(), one_line(&self.council), language.say("remind-why").to_owned(), String::new()]);
        Letter { subject: one_line(&subject), body: lines.join("\r\n") }
    }
}

/// Words that stay in one line, whatever was typed: a subject ends where its line does.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reminder(kind: Kind, subject: Subject) -> Reminder {
        let due_on = "2024-10-31".parse().ok();
        Reminder { kind, council: "Devon County Council".to_owned(), person: "Sam Somebody".to_owned(), subject, due_on }
    }

    fn a_return() -> Subject {
        Subject::Return { element: "Waste Services".to_owned(), period: "2024/25 Q2".parse().unwrap() }
    }

    #[test]
    fn a_letter_says_what_is_due_whose_it_is_and_by_when() {
        let letter = reminder(Kind::ReturnDue, a_return()).letter(&Language::english());
        assert_eq!(letter.subject, "Due: the return of Waste Services for July to September 2024");
        assert_eq!(
            letter.body,
            "Dear Sam Somebody,\r\n\r\nDue: the return of Waste Services for July to September 2024.\r\nLast day: 31 October 2024.\r\n\
            Please give its figures and submit it.\r\n\r\nDevon County Council\r\n\
            You are sent this because you answer for it in your council's performance framework.\r\n"
        );
    }

    #[test]
    fn every_kind_has_its_words_in_every_language_of_the_product() {
        for tag in ["en-GB", "cy-GB"] {
            let language = Language::find(tag).unwrap();
            let to_people = || Kind::ALL.iter().filter(|kind| **kind != Kind::EarlyWarning);
            let mut subjects: Vec<String> = to_people()
                .map(|kind| {
                    let about = if matches!(kind, Kind::QuestionDue | Kind::QuestionOverdue) {
                        Subject::Question { number: 12 }
                    } else {
                        a_return()
                    };
                    let letter = reminder(*kind, about).letter(&language);
                    assert!(
                        letter.body.contains("Sam Somebody") && letter.body.contains("2024") && !letter.body.contains("{"),
                        "{letter:?}"
                    );
                    letter.subject
                })
                .collect();
            subjects.sort();
            subjects.dedup();
            assert_eq!(subjects.len(), to_people().count(), "{subjects:?}");
        }
    }

    #[test]
    fn no_name_breaks_out_of_its_line() {
        let odd = Subject::Return { element: "Waste\r\nBcc: everybody@example.org".to_owned(), period: "2024/25".parse().unwrap() };
        let letter = reminder(Kind::ReturnOverdue, odd).letter(&Language::english());
        assert_eq!(letter.subject, "Overdue: the return of Waste Bcc: everybody@example.org for April 2024 to March 2025");
    }
}
