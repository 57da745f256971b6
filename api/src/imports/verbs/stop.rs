//! Ending an import that is not to be applied: refusing its plan, or cancelling it before it has one.

use entity::import;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, Told, planned, reason, scope_over};
use crate::audit;
use crate::error::{Refusal, Result, UserError};
use crate::imports::decisions::Decided;
use crate::imports::service::{State, may_import, mine};
use crate::imports::store;

/// Refuses a plan: it is never applied, and says who refused it and why.
pub async fn refuse(deed: &Deed<'_>, id: Uuid, why: &str) -> Result<import::Model, Refusal> {
    let mut row = deed.import(id).await?;
    planned(&row, "refused")?;
    let scope = scope_over(deed, &row)?;
    let why = reason(why, &["input", "reason"])?;
    let before = audit::state(&row.state);
    row.state = State::Declined.to_string();
    store::save(&**deed.tx, row.clone()).await?;
    let after = audit::state(&Ended { state: &row.state, reason: Some(&why) });
    let told = Told { verb: "import.refuse", reason: Some(why), before, after };
    deed.decided(&scope, &row, Decided::Declined, told).await?;
    Ok(row)
}

/// Cancels an import that waits or is being read: whoever reads it stops, and nothing of it is kept but that it was sent.
pub async fn cancel(deed: &Deed<'_>, id: Uuid) -> Result<import::Model, Refusal> {
    let mut row = deed.import(id).await?;
    if State::of(&row)?.is_settled() {
        let message = "This import is not being read any more: refuse its plan, or undo it.";
        return Err(UserError::new("IMPORT_NOT_READING", message, Some(&["input", "id"])).into());
    }
    let scope = may_import(deed.actor)?;
    mine(deed.actor, &row)?;
    let before = audit::state(&row.state);
    row.state = State::Cancelled.to_string();
    store::save(&**deed.tx, row.clone()).await?;
    let after = audit::state(&Ended { state: &row.state, reason: None });
    let told = Told { verb: "import.cancel", reason: None, before, after };
    deed.decided(&scope, &row, Decided::Cancelled, told).await?;
    Ok(row)
}

/// What the trail keeps of an end.
#[derive(Serialize)]
struct Ended<'a> {
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}
