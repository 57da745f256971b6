//! What was done about a warning: seen, answered, left alone for a while.

use chrono::{DateTime, NaiveDate, Utc};
use rules::closed_set;
use uuid::Uuid;

closed_set! {
    /// Something done about a warning.
    Act {
        /// Somebody has seen it.
        Acknowledge = "ACKNOWLEDGE", "Acknowledge";
        /// Somebody says what is behind it.
        Answer = "ANSWER", "Answer";
        /// It is left alone until a day.
        Mute = "MUTE", "Mute";
        /// It is left alone no more.
        Unmute = "UNMUTE", "Unmute";
    }
}

closed_set! {
    /// How a warning is handled.
    State {
        /// Nobody did anything about it.
        Open = "OPEN", "Open";
        /// Somebody has seen it.
        Acknowledged = "ACKNOWLEDGED", "Acknowledged";
        /// Somebody said what is behind it.
        Answered = "ANSWERED", "Answered";
        /// It is left alone until a day: then it is again what it was before.
        Muted = "MUTED", "Muted";
    }
}

/// Something that was done, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub warning: Uuid,
    pub seq: i32,
    pub act: Act,
    /// The answer, or why it was muted.
    pub words: Option<String>,
    pub muted_until: Option<NaiveDate>,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// Whether a warning is muted on a day, and by which step: the last that muted it, unless it was unmuted since or its day is past.
pub fn muted(steps: &[Step], on: NaiveDate) -> Option<&Step> {
    let last = steps.iter().rfind(|step| matches!(step.act, Act::Mute | Act::Unmute))?;
    (last.act == Act::Mute && last.muted_until.is_some_and(|until| on <= until)).then_some(last)
}

/// How a warning is handled on a day, and the step that says so: of acknowledging and answering the last word is the answer's.
pub fn state(steps: &[Step], on: NaiveDate) -> (State, Option<&Step>) {
    if let Some(step) = muted(steps, on) {
        return (State::Muted, Some(step));
    }
    let last = |act: Act| steps.iter().rfind(|step| step.act == act);
    match (last(Act::Answer), last(Act::Acknowledge)) {
        (Some(step), _) => (State::Answered, Some(step)),
        (None, Some(step)) => (State::Acknowledged, Some(step)),
        (None, None) => (State::Open, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn step(seq: i32, act: Act, until: Option<&str>) -> Step {
        let (warning, by, at) = (Uuid::nil(), "Sam".to_owned(), DateTime::UNIX_EPOCH);
        Step { warning, seq, act, words: None, muted_until: until.map(day), by, at }
    }

    #[test]
    fn a_muted_warning_comes_back_as_it_was() {
        let mut steps = vec![step(1, Act::Acknowledge, None), step(2, Act::Mute, Some("2024-12-31"))];
        let on = |steps: &[Step], text: &str| state(steps, day(text)).0;
        assert_eq!(on(&steps, "2024-12-31"), State::Muted);
        assert_eq!(on(&steps, "2025-01-01"), State::Acknowledged);
        steps.push(step(3, Act::Unmute, None));
        assert_eq!(on(&steps, "2024-12-01"), State::Acknowledged);
        steps.push(step(4, Act::Answer, None));
        steps.push(step(5, Act::Acknowledge, None));
        assert_eq!(on(&steps, "2024-12-01"), State::Answered);
        assert_eq!(state(&[], day("2024-12-01")), (State::Open, None));
    }
}
