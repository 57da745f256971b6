//! Accepting: exactly the plan, or exactly the plan without the rows somebody named.

use entity::import;
use importers::Layout;
use serde::Serialize;
use uuid::Uuid;

use super::acknowledge::{self, Acknowledgement};
use super::leave_out::{LeftOut, leave_out};
use super::{Deed, NAMED_MAX, Told, layout, planned, scope_over};
use crate::audit;
use crate::error::{Refusal, Result, UserError};
use crate::imports::decisions::{self, Decided, Taken};
use crate::imports::service::State;
use crate::imports::{plan, store};
use crate::text::Asked;

/// Characters of the reason for changing figures.
const REASON_CHARACTERS_MAX: usize = 2_000;
/// The code that figures held already are changed.
const REVISION: &str = "CHG-003";

/// What accepting is told.
#[derive(Debug, Clone, Default)]
pub struct Acceptance {
    /// The plan that was looked at; refused when it is another by now.
    pub digest: Option<String>,
    /// Take the rows that are right and leave the refused ones.
    pub valid_rows_only: bool,
    /// Rows that are not to be applied although they could be.
    pub left_out: LeftOut,
    /// Warnings the person takes upon themselves, each with why.
    pub acknowledged: Vec<Acknowledgement>,
    /// Why held figures are changed.
    pub reason: Option<String>,
}

/// Why a plan was not applied.
pub struct NotAccepted {
    pub refusal: Refusal,
    /// The rows of which something else is held by now, where that is why; the first hundred.
    pub stale: Vec<plan::Kept>,
}

impl<T: Into<Refusal>> From<T> for NotAccepted {
    fn from(refusal: T) -> Self {
        Self { refusal: refusal.into(), stale: Vec::new() }
    }
}

/// Applies a plan, exactly, or not at all.
pub async fn accept(deed: &Deed<'_>, id: Uuid, acceptance: &Acceptance) -> Result<import::Model, NotAccepted> {
    let mut row = deed.import(id).await?;
    planned(&row, "accepted")?;
    let scope = scope_over(deed, &row)?;
    let layout = layout(&row)?;
    check(&row, acceptance)?;
    let left = leave_out(deed, &scope, id, &acceptance.left_out).await?;
    let acknowledged = acknowledge::check(deed, &scope, id, &acceptance.acknowledged, (&left, layout)).await?;
    let reason = acceptance.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    // Whoever acknowledges that figures are changed has said why.
    let reason = reason.or_else(|| acknowledged.iter().find(|(code, ..)| code == REVISION).map(|(_, reason, _)| reason.as_str()));
    // Rows that are left out are marked so by now.
    let applied = match layout {
        Layout::Framework => {
            let taken = store::taken(&**deed.tx, &scope, id).await?;
            match plan::framework::apply(deed.app, deed.tx, &scope, id, &taken).await? {
                Ok(()) => plan::delivery::apply(deed.app, deed.tx, deed.actor, id, &taken).await?,
                Err(stale) => Err(stale),
            }
        }
        Layout::Delivery => {
            let taken = store::taken(&**deed.tx, &scope, id).await?;
            plan::delivery::apply(deed.app, deed.tx, deed.actor, id, &taken).await?
        }
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark | Layout::Entry => {
            plan::values::apply(deed.app, deed.tx, &scope, id, reason).await?
        }
    };
    applied.map_err(|stale| NotAccepted { refusal: stale.error.into(), stale: stale.rows })?;
    decisions::acknowledge(deed, &scope, id, &acknowledged).await?;
    let before = audit::state(&row.state);
    row.state = State::Accepted.to_string();
    row.accepted_at = Some(deed.now());
    row.accepted_by = Some(scope.person);
    row.left_out_rows = i32::try_from(left.len()).unwrap_or(i32::MAX);
    store::save(&**deed.tx, row.clone()).await?;
    let after = audit::state(&Kept {
        state: &row.state,
        reason,
        acknowledged: acknowledged.iter().map(Into::into).collect(),
        new: row.new_rows,
        changed: row.changed_rows,
        left_out: row.left_out_rows,
        rows_left_out: left.iter().take(NAMED_MAX).map(|row| row.key.as_str()).collect(),
    });
    let told = Told { verb: "import.accept", reason: reason.map(str::to_owned), before, after };
    deed.decided(&scope, &row, Decided::Accepted, told).await?;
    Ok(row)
}

/// What the trail keeps of an acceptance.
#[derive(Serialize)]
struct Kept<'a> {
    state: &'a str,
    reason: Option<&'a str>,
    acknowledged: Vec<KeptAcknowledgement<'a>>,
    new: i32,
    changed: i32,
    #[serde(skip_serializing_if = "is_none")]
    left_out: i32,
    /// The first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows_left_out: Vec<&'a str>,
}

#[derive(Serialize)]
struct KeptAcknowledgement<'a> {
    code: &'a str,
    reason: &'a str,
    places: i32,
}

impl<'a> From<&'a Taken> for KeptAcknowledgement<'a> {
    fn from((code, reason, places): &'a Taken) -> Self {
        Self { code, reason, places: *places }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_none(count: &i32) -> bool {
    *count == 0
}

fn check(row: &import::Model, acceptance: &Acceptance) -> Result<(), Refusal> {
    Asked::why(REASON_CHARACTERS_MAX, &["input", "reason"]).read_if_any(acceptance.reason.as_deref())?;
    if let Some(digest) = &acceptance.digest
        && row.digest.as_ref() != Some(digest)
    {
        return Err(
            UserError::new("PLAN_OUT_OF_DATE", "This is not the plan you looked at: look again.", Some(&["input", "digest"])).into()
        );
    }
    // A row that could not even be understood is an error without being a row of the plan.
    if (row.refused_rows > 0 || row.errors > 0) && !acceptance.valid_rows_only {
        let message = format!(
            "{} rows are refused, for {} errors. Correct the workbook and send it again, or accept the other rows with `validRowsOnly: true`.",
            row.refused_rows, row.errors
        );
        return Err(UserError::new("ROWS_REFUSED", message, Some(&["input", "validRowsOnly"])).into());
    }
    Ok(())
}
