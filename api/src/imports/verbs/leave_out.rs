//! Rows that are named to be left out when an import is accepted.

use std::collections::HashSet;

use entity::import_change::Model;
use uuid::Uuid;

use super::named;
use crate::error::{Refusal, Result, UserError};
use crate::imports::plan::ChangeKind;

/// Rows and indicators that one acceptance may name.
const NAMED_TOGETHER_MAX: usize = 10_000;

/// What is to be left out.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// Rows of the plan.
    pub rows: Vec<Uuid>,
    /// Codes of indicators, with every row about them.
    pub indicators: Vec<String>,
}

/// A plan's rows: those to be applied, and those that are left out.
pub struct Parted {
    pub taken: Vec<Model>,
    pub left: Vec<Model>,
}

/// Parts a plan's rows. A row or indicator that the plan does not have is refused: it would be applied by mistake.
pub fn part(changes: Vec<Model>, left_out: &LeftOut) -> Result<Parted, Refusal> {
    if left_out.rows.is_empty() && left_out.indicators.is_empty() {
        return Ok(Parted { taken: changes, left: Vec::new() });
    }
    if left_out.rows.len() + left_out.indicators.len() > NAMED_TOGETHER_MAX {
        let message = format!("Name {NAMED_TOGETHER_MAX} rows and indicators to be left out at most.");
        return Err(UserError::new("ROWS_TOO_MANY", message, Some(&["input", "leaveOut"])).into());
    }
    let rows: HashSet<Uuid> = left_out.rows.iter().copied().collect();
    let there: HashSet<Uuid> = changes.iter().map(|change| change.id).collect();
    let unknown = rows.difference(&there).count();
    if unknown > 0 {
        let message = format!(
            "{unknown} of the rows to be left out are not in this plan. Nothing was accepted: look at the plan again, its rows may be others by now."
        );
        return Err(UserError::new("ROW_NOT_FOUND", message, Some(&["input", "leaveOut"])).into());
    }
    let codes: HashSet<String> = changes.iter().filter_map(|change| Some(change.indicator_code.as_ref()?.to_uppercase())).collect();
    let absent: Vec<&str> =
        left_out.indicators.iter().map(|code| code.trim()).filter(|code| !codes.contains(&code.to_uppercase())).collect();
    if !absent.is_empty() {
        let message = format!("The plan has no row about {}. Nothing was accepted.", named(absent.iter().copied()));
        return Err(UserError::new("ROW_NOT_FOUND", message, Some(&["input", "leaveOutIndicators"])).into());
    }
    let indicators: HashSet<String> = left_out.indicators.iter().map(|code| code.trim().to_uppercase()).collect();
    let is_left = |change: &Model| {
        let named = change.indicator_code.as_ref().is_some_and(|code| indicators.contains(&code.to_uppercase()));
        // What was refused is taken by nobody anyway.
        change.kind != ChangeKind::Refused.code() && (named || rows.contains(&change.id))
    };
    let (left, taken) = changes.into_iter().partition(is_left);
    Ok(Parted { taken, left })
}
