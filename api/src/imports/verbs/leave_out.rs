//! Rows that are named to be left out when an import is accepted.

use std::collections::HashSet;

use sea_orm::Value;
use uuid::Uuid;

use super::{Deed, named};
use crate::access::Scope;
use crate::error::{Refusal, Result, UserError};
use crate::imports::outcomes;
use crate::imports::plan::ChangeKind;
use crate::rows::read_rows;

/// Rows and indicators that one acceptance may name.
const NAMED_TOGETHER_MAX: usize = 10_000;
/// Of one statement.
const NAMED_A_STATEMENT: usize = 5_000;

/// What is to be left out.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// Rows of the plan.
    pub rows: Vec<Uuid>,
    /// Codes of indicators, with every row about them.
    pub indicators: Vec<String>,
}

/// A row that is left out.
#[derive(Debug, Clone)]
pub struct Left {
    id: Uuid,
    seq: i32,
    kind: String,
    indicator: Option<String>,
    pub key: String,
    pub sheet: Option<String>,
    pub cell: Option<String>,
}

/// Marks the rows that are left out, and answers them in order. A row or indicator that the plan does not have is refused:
/// what it stands for would be applied by mistake.
pub async fn leave_out(deed: &Deed<'_>, scope: &Scope, import: Uuid, left_out: &LeftOut) -> Result<Vec<Left>, Refusal> {
    if left_out.rows.len() + left_out.indicators.len() > NAMED_TOGETHER_MAX {
        let message = format!("Name {NAMED_TOGETHER_MAX} rows and indicators to be left out at most.");
        return Err(UserError::new("TOO_MANY_ROWS", message, Some(&["input", "leaveOut"])).into());
    }
    let ids: Vec<Value> = left_out.rows.iter().map(|id| (*id).into()).collect();
    let mut found = rows(deed, scope, import, "id", &ids).await?;
    let there: HashSet<Uuid> = found.iter().map(|row| row.id).collect();
    let unknown = left_out.rows.iter().filter(|id| !there.contains(id)).count();
    if unknown > 0 {
        let message = format!(
            "{unknown} of the rows to be left out are not in this plan. Nothing was accepted: look at the plan again, its rows may be others by now."
        );
        return Err(UserError::new("ROW_NOT_FOUND", message, Some(&["input", "leaveOut"])).into());
    }
    let codes: Vec<String> = left_out.indicators.iter().map(|code| code.trim().to_uppercase()).collect();
    let wanted: Vec<Value> = codes.iter().map(|code| code.as_str().into()).collect();
    let about = rows(deed, scope, import, "UPPER(indicator_code)", &wanted).await?;
    let known: HashSet<String> = about.iter().filter_map(|row| Some(row.indicator.as_ref()?.to_uppercase())).collect();
    let absent: Vec<&str> = codes.iter().map(String::as_str).filter(|code| !known.contains(*code)).collect();
    if !absent.is_empty() {
        let message = format!("The plan has no row about {}. Nothing was accepted.", named(absent.into_iter()));
        return Err(UserError::new("ROW_NOT_FOUND", message, Some(&["input", "leaveOutIndicators"])).into());
    }
    found.extend(about.into_iter().filter(|row| !there.contains(&row.id)));
    // What was refused is taken by nobody anyway.
    found.retain(|row| row.kind != ChangeKind::Refused.code());
    found.sort_by_key(|row| row.seq);
    let numbers: Vec<i32> = found.iter().map(|row| row.seq).collect();
    outcomes::leave_out(deed.tx, scope, import, &numbers).await?;
    Ok(found)
}

/// The rows of a plan of which something is one of these.
async fn rows(deed: &Deed<'_>, scope: &Scope, import: Uuid, what: &str, wanted: &[Value]) -> Result<Vec<Left>> {
    let mut found = Vec::new();
    for some in wanted.chunks(NAMED_A_STATEMENT) {
        let mut values: Vec<Value> = vec![scope.council.into(), import.into()];
        values.extend(some.iter().cloned());
        let places: Vec<String> = (3..=values.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "SELECT id, seq, kind, indicator_code, key, sheet, cell FROM import_change \
            WHERE council_id = $1 AND import_id = $2 AND {what} IN ({})",
            places.join(", ")
        );
        let read = read_rows(&**deed.tx, "finding rows to leave out", &sql, values, |row| {
            let (id, seq, kind, indicator) = (row.next()?, row.next()?, row.next()?, row.next()?);
            Ok(Left { id, seq, kind, indicator, key: row.next()?, sheet: row.next()?, cell: row.next()? })
        });
        found.extend(read.await?);
    }
    Ok(found)
}
