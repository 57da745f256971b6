//! What became of the rows of a plan: left out, taken back, kept, failed. Written on the rows themselves, so that each
//! list is a page of the plan.

use std::collections::HashMap;
use std::fmt::Write;

use sea_orm::Value;
use uuid::Uuid;

use super::plan::{ChangeKind, Fate, Kept, Undone};
use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{execute, read_rows};

/// Rows of one UPDATE.
const ROWS_A_STATEMENT: usize = 5_000;

/// Writes what became of rows, given by their numbers.
async fn mark(tx: &Change, scope: &Scope, import: Uuid, fate: Fate, rows: &[(i32, Option<&str>)]) -> Result<()> {
    for some in rows.chunks(ROWS_A_STATEMENT) {
        let mut values: Vec<Value> = vec![scope.council.into(), import.into(), fate.code().into()];
        let mut reasons: HashMap<&str, usize> = HashMap::new();
        let mut list = String::new();
        for (at, (seq, because)) in some.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            let because = match because {
                None => "NULL".to_owned(),
                Some(text) => {
                    let place = *reasons.entry(text).or_insert_with(|| {
                        values.push((*text).into());
                        values.len()
                    });
                    format!("CAST(${place} AS TEXT)")
                }
            };
            write!(list, "{comma}({seq}, {because})").context("listing rows")?;
        }
        // Both databases call the columns of a list of values column1, column2.
        let sql = format!(
            "UPDATE import_change SET outcome = $3, because = told.column2 FROM (VALUES {list}) AS told \
            WHERE import_change.council_id = $1 AND import_change.import_id = $2 AND import_change.seq = told.column1"
        );
        execute(&**tx, "keeping what became of a plan's rows", &sql, values).await?;
    }
    Ok(())
}

/// Marks rows that are not to be applied.
pub async fn leave_out(tx: &Change, scope: &Scope, import: Uuid, rows: &[i32]) -> Result<()> {
    let rows: Vec<(i32, Option<&str>)> = rows.iter().map(|seq| (*seq, None)).collect();
    mark(tx, scope, import, Fate::LeftOut, &rows).await
}

/// Marks what undoing did with each row that had been written and not taken back before.
pub async fn undone(tx: &Change, scope: &Scope, import: Uuid, undone: &Undone) -> Result<()> {
    let written = format!(
        "council_id = $1 AND import_id = $2 AND kind IN ('{}', '{}') AND (outcome IS NULL OR outcome = '{}')",
        ChangeKind::New.code(),
        ChangeKind::Changed.code(),
        Fate::Failed.code()
    );
    let values = || vec![Value::from(scope.council), Value::from(import)];
    let mut numbers: HashMap<(String, String), i32> = HashMap::new();
    if !undone.kept.is_empty() || !undone.failed.is_empty() {
        let sql = format!("SELECT subject, key, seq FROM import_change WHERE {written}");
        let read = read_rows(&**tx, "numbering a plan's rows", &sql, values(), |row| Ok(((row.next()?, row.next()?), row.next()?)));
        numbers = read.await?.into_iter().collect();
    }
    let sql = format!("UPDATE import_change SET outcome = '{}', because = NULL WHERE {written}", Fate::Reversed.code());
    execute(&**tx, "keeping what was taken back", &sql, values()).await?;
    let numbered = |rows: &'_ [Kept]| -> Vec<(i32, String)> {
        let number = |row: &Kept| numbers.get(&(row.subject.to_string(), row.row_key.clone())).copied();
        rows.iter().filter_map(|row| Some((number(row)?, row.because.clone()))).collect()
    };
    for (fate, rows) in [(Fate::Kept, numbered(&undone.kept)), (Fate::Failed, numbered(&undone.failed))] {
        let rows: Vec<(i32, Option<&str>)> = rows.iter().map(|(seq, because)| (*seq, Some(because.as_str()))).collect();
        mark(tx, scope, import, fate, &rows).await?;
    }
    Ok(())
}

/// Whether an undoing left rows that can be tried again.
pub async fn has_failed(tx: &Change, scope: &Scope, import: Uuid) -> Result<bool> {
    let sql = "SELECT 1 FROM import_change WHERE council_id = $1 AND import_id = $2 AND outcome = $3 LIMIT 1";
    let values = vec![scope.council.into(), import.into(), Fate::Failed.code().into()];
    let found = read_rows(&**tx, "looking for rows to try again", sql, values, |row| row.next::<i32>()).await?;
    Ok(!found.is_empty())
}
