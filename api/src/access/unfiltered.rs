//! For tests alone: the application's own filter by council taken out, to see what row-level security does by itself.

use std::cell::Cell;

use sea_orm::DbBackend;

thread_local! {
    static OUT: Cell<bool> = const { Cell::new(false) };
}

/// Takes the filter out, on this thread, until dropped.
pub struct Unfiltered(());

impl Unfiltered {
    pub fn begin() -> Self {
        OUT.set(true);
        Self(())
    }
}

impl Drop for Unfiltered {
    fn drop(&mut self) {
        OUT.set(false);
    }
}

/// Whether the filter is out.
pub fn is_out() -> bool {
    OUT.get()
}

/// A statement without the condition on its council, whichever table's; its parameters stay as they are.
pub fn sql(backend: DbBackend, sql: &str) -> String {
    if !is_out() {
        return sql.to_owned();
    }
    const FILTER: &str = "council_id = $1";
    let always = if backend == DbBackend::Postgres { "$1::uuid IS NOT NULL" } else { "$1 IS NOT NULL" };
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(FILTER) {
        // With the table's name before it, if there is one.
        let before = rest[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
        out.push_str(before);
        out.push_str(always);
        rest = &rest[at + FILTER.len()..];
    }
    out.push_str(rest);
    out
}

#[test]
fn every_form_of_the_condition_is_taken_out() {
    let _out = Unfiltered::begin();
    let statement = "SELECT 1 FROM a JOIN b ON b.council_id = a.council_id WHERE a.council_id = $1 AND council_id = $1 AND x = $2";
    let expected = "SELECT 1 FROM a JOIN b ON b.council_id = a.council_id WHERE $1 IS NOT NULL AND $1 IS NOT NULL AND x = $2";
    assert_eq!(sql(DbBackend::Sqlite, statement), expected);
}
