//! The statements about benchmarks. What belongs to no council needs no scope; groups and mappings do.

pub mod areas;
pub mod catalogues;
pub mod datasets;
pub mod figures;
pub mod groups;
pub mod mappings;
pub mod neighbours;

use sea_orm::{DbBackend, Value};

/// The condition that a column holds one of these words, whose parameters it adds. On PostgreSQL they are one.
pub fn one_of_words(backend: DbBackend, column: &str, words: &[&str], values: &mut Vec<Value>) -> String {
    if backend == DbBackend::Postgres {
        let list = serde_json::to_string(words).unwrap_or_default();
        values.push(list.into());
        return format!("{column} IN (SELECT jsonb_array_elements_text(${}::jsonb))", values.len());
    }
    let list = serde_json::to_string(words).unwrap_or_default();
    values.push(list.into());
    format!("{column} IN (SELECT value FROM json_each(${}))", values.len())
}
