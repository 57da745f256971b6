//! Comparing a row with what is held under the same key.

use std::collections::HashMap;

use rules::edition::Field;
use uuid::Uuid;

use super::rows::BookRow;
use super::sheet::Entry;
use crate::frameworks::book::Held;
use crate::imports::plan::{ChangeKind, PlannedChange};

/// Characters of one field shown in a plan; the whole of it is in the stored row.
const FIELD_CHARS_MAX: usize = 80;
/// Fields shown of a row that changed in many.
const FIELDS_MAX: usize = 6;

/// A stored row of a plan: the edition it belongs to beside the row itself.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stored<T> {
    pub edition: String,
    pub row: T,
}

/// What accepting would do with each row of a sheet, in the sheet's order.
pub fn changes<T: BookRow, I>(
    edition: &str,
    entries: &[Entry<T>],
    held: &[Held<T, I>],
    indicators: &HashMap<String, Uuid>,
) -> Vec<PlannedChange> {
    let held: HashMap<String, &T> = held.iter().map(|held| (held.row.row_key(), &held.row)).collect();
    entries.iter().map(|entry| change(edition, entry, held.get(&entry.row().row_key()).copied(), indicators)).collect()
}

/// One row's change.
pub fn change<T: BookRow>(edition: &str, entry: &Entry<T>, held: Option<&T>, indicators: &HashMap<String, Uuid>) -> PlannedChange {
    let row = entry.row();
    let kind = match held {
        _ if entry.refused => ChangeKind::Refused,
        None => ChangeKind::New,
        Some(held) if held == row => ChangeKind::Same,
        Some(_) => ChangeKind::Changed,
    };
    let (before, after) = match (kind, held) {
        (ChangeKind::Changed, Some(held)) => differing(held.fields(), row.fields()),
        (_, held) => (held.map(|held| cut(&held.name())), Some(cut(&row.name()))),
    };
    let stored = |row: &T| serde_json::to_string(&Stored { edition: edition.to_owned(), row: row.clone() }).ok();
    PlannedChange {
        kind,
        subject: T::SUBJECT,
        key: row.row_key(),
        indicator: row.indicator().and_then(|code| indicators.get(code).copied()),
        indicator_code: row.indicator().map(str::to_owned),
        period: row.period(),
        before,
        after,
        before_row: held.and_then(stored),
        after_row: if entry.refused { None } else { stored(row) },
        held: None,
        figure: None,
        reason: None,
        place: Some(entry.place(T::HEADING)),
    }
}

/// The fields that differ, as they stood and as they will: `Unit: Number` and `Unit: Per cent`.
pub fn differing(before: Vec<Field>, after: Vec<Field>) -> (Option<String>, Option<String>) {
    let pairs: Vec<_> = before.into_iter().zip(after).filter(|((_, b), (_, a))| a != b).collect();
    let more = pairs.len().saturating_sub(FIELDS_MAX);
    let say = |fields: Vec<(&str, &str)>| {
        let mut words: Vec<String> = fields.iter().map(|(heading, value)| format!("{heading}: {}", shown(value))).collect();
        if more > 0 {
            words.push(format!("and {more} more"));
        }
        Some(words.join("; "))
    };
    let shown_pairs = || pairs.iter().take(FIELDS_MAX);
    (
        say(shown_pairs().map(|((heading, value), _)| (*heading, value.as_str())).collect()),
        say(shown_pairs().map(|(_, (heading, value))| (*heading, value.as_str())).collect()),
    )
}

fn shown(value: &str) -> String {
    if value.is_empty() { "blank".to_owned() } else { cut(value) }
}

/// As much of a text as a plan shows.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(FIELD_CHARS_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
