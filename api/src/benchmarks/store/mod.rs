//! The statements about benchmarks. What belongs to no council needs no scope; groups and mappings do.

pub mod areas;
pub mod catalogues;
pub mod datasets;
pub mod figures;
pub mod groups;
pub mod mappings;
pub mod neighbours;
pub mod shared;

use sea_orm::{DbBackend, Value};

/// The condition that a column holds one of these words, whose parameters it adds.
pub fn one_of_words(backend: DbBackend, column: &str, words: &[&str], values: &mut Vec<Value>) -> String {
    values.push(serde_json::to_string(words).unwrap_or_default().into());
    let at = values.len();
    match backend {
        DbBackend::Postgres => format!("{column} IN (SELECT jsonb_array_elements_text(${at}::jsonb))"),
        _ => format!("{column} IN (SELECT value FROM json_each(${at}))"),
    }
}
