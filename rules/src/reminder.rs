//! When people are reminded of what they owe: before its last day, on it, and at intervals once it has passed; how often a
//! reminder that could not be delivered is tried again.
//!
//! Pure: days and counts in, days and seconds out. A day that nobody was awake for is made up for on the next, once.

use chrono::{Duration, NaiveDate};

use crate::closed_set;

closed_set! {
    /// What somebody is reminded of.
    Kind {
        /// A return is due soon, or today.
        ReturnDue = "RETURN_DUE", "A return is due";
        /// A return's last day has passed.
        ReturnOverdue = "RETURN_OVERDUE", "A return is overdue";
        /// A return came back with questions.
        ReturnQueried = "RETURN_QUERIED", "A return was queried";
        /// An answer to a committee is due soon, or today.
        QuestionDue = "QUESTION_DUE", "An answer is due";
        /// The last day for an answer to a committee has passed.
        QuestionOverdue = "QUESTION_OVERDUE", "An answer is overdue";
        /// An early warning fired: told to a council's webhook, never to a person.
        EarlyWarning = "EARLY_WARNING", "An early warning";
    }
}

/// Days a council may choose between 0 and this before a last day.
pub const DAYS_BEFORE_MAX: i32 = 60;
/// Days a council may choose between 1 and this between reminders of what is overdue.
pub const DAYS_BETWEEN_MAX: i32 = 60;
/// So many days after its last day nobody is reminded any more: somebody has to decide something else by then.
pub const OVERDUE_DAYS_MAX: i64 = 92;
/// How long a reminder is tried to be delivered, in seconds: a day.
pub const TRIED_SECONDS_MAX: i64 = 24 * 60 * 60;
/// The longest pause between two tries, in seconds: an hour.
const PAUSE_SECONDS_MAX: i64 = 60 * 60;

/// When a council's people are reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Days before the last day.
    pub days_before: i32,
    /// Days between reminders once it has passed; below 1 is 1.
    pub days_between: i32,
}

/// A reminder's own day, and whether the last day has passed by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day the reminder belongs to: the same for every look between two reminders.
    pub day: NaiveDate,
    /// Whether it is of something overdue.
    pub overdue: bool,
}

impl Schedule {
    /// The reminder that stands on a day for something with a last day; none when it is too early, or too late to help.
    #[must_use]
    pub fn due(self, last_day: NaiveDate, today: NaiveDate) -> Option<Due> {
        let left = (last_day - today).num_days();
        match left {
            0 => Some(Due { day: last_day, overdue: false }),
            1.. if left <= i64::from(self.days_before) => {
                last_day.checked_sub_signed(Duration::days(i64::from(self.days_before))).map(|day| Due { day, overdue: false })
            }
            1.. => None,
            _ => {
                let passed = left.checked_neg().filter(|passed| *passed <= OVERDUE_DAYS_MAX)?;
                let between = i64::from(self.days_between.max(1));
                // The first the day after, then each so many days later.
                let since = (passed - 1) / between * between + 1;
                last_day.checked_add_signed(Duration::days(since)).map(|day| Due { day, overdue: true })
            }
        }
    }
}

/// Seconds until a delivery that failed so often is tried again: a minute, then twice as long each time, an hour at most.
#[must_use]
pub fn pause_seconds(tries: i32) -> i64 {
    let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or_default().min(10);
    (60_i64 << doublings).min(PAUSE_SECONDS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The days on which something new is said, over a span.
    fn said(schedule: Schedule, from: &str, days: i64) -> Vec<String> {
        let mut said: Vec<String> = (0..days)
            .filter_map(|n| schedule.due(day("2024-07-31"), day(from) + Duration::days(n)))
            .map(|due| format!("{}{}", due.day, if due.overdue { " overdue" } else { "" }))
            .collect();
        said.dedup();
        said
    }

    #[test]
    fn people_are_reminded_before_on_the_day_and_at_intervals_after() {
        let weekly = Schedule { days_before: 7, days_between: 7 };
        assert_eq!(
            said(weekly, "2024-07-01", 50),
            ["2024-07-24", "2024-07-31", "2024-08-01 overdue", "2024-08-08 overdue", "2024-08-15 overdue"]
        );
        assert_eq!(
            said(Schedule { days_before: 0, days_between: 1 }, "2024-07-20", 14),
            ["2024-07-31", "2024-08-01 overdue", "2024-08-02 overdue"]
        );
    }

    #[test]
    fn a_day_nobody_was_awake_for_is_made_up_for_once() {
        let weekly = Schedule { days_before: 7, days_between: 7 };
        // Asleep from the 20th to the 27th, and from the 5th to the 10th.
        assert_eq!(weekly.due(day("2024-07-31"), day("2024-07-28")), Some(Due { day: day("2024-07-24"), overdue: false }));
        assert_eq!(weekly.due(day("2024-07-31"), day("2024-08-11")), Some(Due { day: day("2024-08-08"), overdue: true }));
    }

    #[test]
    fn it_ends_and_no_number_breaks_it() {
        let daily = Schedule { days_before: 7, days_between: 1 };
        assert!(daily.due(day("2024-07-31"), day("2024-10-31")).is_some());
        assert!(daily.due(day("2024-07-31"), day("2024-11-01")).is_none());
        let odd = Schedule { days_before: i32::MAX, days_between: i32::MIN };
        assert!(odd.due(NaiveDate::MAX, NaiveDate::MIN).is_none());
        assert!(odd.due(NaiveDate::MIN, NaiveDate::MAX).is_none());
        assert_eq!(odd.due(day("2024-07-31"), day("2024-08-02")).map(|due| due.day), Some(day("2024-08-02")));
    }

    #[test]
    fn tries_come_further_and_further_apart() {
        let pauses: Vec<i64> = (1..=9).map(pause_seconds).collect();
        assert_eq!(pauses, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!((pause_seconds(0), pause_seconds(i32::MAX), pause_seconds(i32::MIN)), (60, 3600, 60));
    }
}
