//! Records as they are held, or were.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rules::delivery::book::{DeliveryRow, RecordKind};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::load;
use crate::access::Scope;
use crate::error::Result;
use crate::rows::as_at_condition;

/// What is told of a record from an instant on.
#[derive(Debug, Clone)]
pub struct Record {
    /// The record: what stays while what is told of it changes.
    pub id: Uuid,
    /// This telling of it.
    pub version: Uuid,
    pub row: DeliveryRow,
    /// The element it hangs on by itself, in the edition it was recorded in.
    pub element: Option<Uuid>,
    /// The indicator it is about.
    pub indicator: Option<Uuid>,
    pub recorded_at: DateTime<Utc>,
    pub superseded_at: Option<DateTime<Utc>>,
    /// Who recorded it; none where nobody is known.
    pub recorder: Option<Uuid>,
    /// The same by name.
    pub recorded_by: Option<String>,
}

/// Which tellings are read.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    /// As things read now, or as they read at an instant.
    AsAt(Option<DateTime<Utc>>),
    /// The same of money alone, of periods that begin in these days.
    Within { as_at: Option<DateTime<Utc>>, from: NaiveDate, until: NaiveDate },
    /// Every telling there was, or there was by an instant.
    Every(Option<DateTime<Utc>>),
}

impl Which {
    /// The condition on the table `v`, whose parameters are `$2` and following, and these.
    pub(super) fn condition(self) -> (String, Vec<Value>) {
        match self {
            Self::AsAt(as_at) => (as_at_condition("v", as_at, 2), as_at.map(Into::into).into_iter().collect()),
            Self::Within { as_at, from, until } => {
                let days = vec![Value::from(from), Value::from(until)];
                let condition = format!("v.period_start >= $2 AND v.period_start <= $3 AND {}", as_at_condition("v", as_at, 4));
                (condition, days.into_iter().chain(as_at.map(Into::into)).collect())
            }
            Self::Every(None) => ("v.recorded_at IS NOT NULL".to_owned(), Vec::new()),
            Self::Every(Some(as_at)) => ("v.recorded_at <= $2".to_owned(), vec![as_at.into()]),
        }
    }
}

/// Records of some kinds, each kind in order of code. A statement a kind, and one more for the evidence of assessments.
pub async fn records(db: &impl ConnectionTrait, scope: &Scope, kinds: &[RecordKind], which: Which) -> Result<Vec<Record>> {
    let mut found = Vec::new();
    for kind in kinds {
        let mut of_kind = load::of_kind(db, scope, *kind, which).await?;
        of_kind.sort_by_cached_key(|record| (natural(&record.row.code()), record.recorded_at, record.version));
        found.extend(of_kind);
    }
    Ok(found)
}

/// The course of each record day by day, the latest telling first: of tellings of one day the last, and none of what was taken back
/// since. A record of which nothing is told any more has no course.
pub fn courses(tellings: Vec<Record>, as_at: Option<DateTime<Utc>>) -> HashMap<Uuid, Vec<Record>> {
    let mut by_record: HashMap<Uuid, Vec<Record>> = HashMap::new();
    for telling in tellings {
        by_record.entry(telling.id).or_default().push(telling);
    }
    let current = |telling: &Record| telling.superseded_at.is_none_or(|at| as_at.is_some_and(|as_at| at > as_at));
    let mut courses = HashMap::new();
    for (id, mut tellings) in by_record {
        tellings.sort_by_key(|telling| std::cmp::Reverse((telling.recorded_at, telling.version)));
        if !tellings.first().is_some_and(current) {
            continue;
        }
        let mut course: Vec<Record> = Vec::new();
        let mut next: Option<DateTime<Utc>> = None;
        for telling in tellings {
            // What ended before the next was told was taken back: it, and what it stood on, is no part of the course.
            if next.zip(telling.superseded_at).is_some_and(|(next, ended)| ended < next) {
                break;
            }
            next = Some(telling.recorded_at);
            let day = telling.row.as_at();
            // Whatever was told before of the same day, or of a later one, was corrected.
            if course.last().is_none_or(|later| day.is_none() || day < later.row.as_at()) {
                course.push(telling);
            }
        }
        courses.insert(id, course);
    }
    courses
}

/// What a course said by the end of a day; none before the first.
pub fn told_by(course: &[Record], day: NaiveDate) -> Option<&Record> {
    course.iter().find(|telling| telling.row.as_at().is_none_or(|as_at| as_at <= day))
}

/// Records by what they are told by.
pub fn by_key(records: &[Record]) -> HashMap<(RecordKind, String), &Record> {
    records.iter().map(|record| ((record.row.kind(), record.row.code()), record)).collect()
}

/// So that `R2` comes before `R10`: letters and numbers apart, numbers by their size.
pub fn natural(code: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = Vec::new();
    let mut rest = code;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, after) = rest.split_at(words);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(digits);
        parts.push((text.to_lowercase(), number.parse().unwrap_or(u64::MAX)));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn codes_are_in_the_order_people_count() {
        let mut codes = ["R10", "R2", "A1-10", "A1-9", "R2-1", "", "99999999999999999999999"];
        codes.sort_by_key(|code| natural(code));
        assert_eq!(codes, ["", "99999999999999999999999", "A1-9", "A1-10", "R2", "R2-1", "R10"]);
    }
}
