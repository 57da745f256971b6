//! Planning an import anew from the workbook that was kept.

use entity::import;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, Told, record, scope_over};
use crate::access::Scope;
use crate::app::App;
use crate::audit;
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::imports::decisions::Decided;
use crate::imports::pace::Pace;
use crate::imports::service::{State, may_import, mine};
use crate::imports::{entry, job, mappings, store};
use crate::jobs;

/// Queues an import to be read and planned again, as whoever asks now: its plan is out of date, or what kept it from
/// being taken was put right. The plan it had is gone.
pub async fn replan(deed: &Deed<'_>, id: Uuid) -> Result<import::Model, Refusal> {
    let mut row = deed.import(id).await?;
    if !matches!(State::of(&row)?, State::Planned | State::Refused) {
        let message = "Only a plan that nobody has decided about is made anew. Send the workbook again.";
        return Err(UserError::new("IMPORT_NOT_PLANNED", message, Some(&["input", "id"])).into());
    }
    let before = audit::state(&row.state);
    let scope = if entry::is_entry(&row) {
        let scope = scope_over(deed, &row)?;
        entry_again(deed, &scope, &mut row).await?;
        scope
    } else {
        let scope = may_import(deed.actor)?;
        mine(deed.actor, &row)?;
        again(deed.app, deed.tx, &scope, &mut row).await?;
        scope
    };
    let after = audit::state(&Again { state: &row.state });
    deed.decided(&scope, &row, Decided::Replanned, Told { verb: "import.replan", reason: None, before, after }).await?;
    Ok(row)
}

/// Puts an import back into the queue, without the plan it had.
pub async fn again(app: &App, tx: &Change, scope: &Scope, row: &mut import::Model) -> Result<()> {
    store::forget_plan(tx, scope, row.id).await?;
    mappings::store::keep_tables(tx, scope, &app.ids, row.id, &[]).await?;
    row.state = State::Queued.to_string();
    (row.layout, row.digest, row.failure, row.planned_at) = (None, None, None, None);
    (row.done, row.total, row.errors, row.warnings) = (0, 0, 0, 0);
    (row.new_rows, row.changed_rows, row.same_rows, row.refused_rows) = (0, 0, 0, 0);
    store::save(&**tx, row.clone()).await?;
    jobs::enqueue(app, tx, scope, jobs::Kind::PlanImport, row.id).await
}

/// Plans figures anew that were entered without a workbook: there is nothing to be read, so it is done at once.
async fn entry_again(deed: &Deed<'_>, scope: &Scope, row: &mut import::Model) -> Result<()> {
    let figures = entry::store::figures(&**deed.tx, scope, row.id).await?;
    let plan = record::plan_of(deed, &figures).await?;
    job::planned(row, &plan, deed.now());
    store::keep_plan(deed.tx, scope, &deed.app.ids, row.id, &plan, &Pace::default()).await?;
    store::save(&**deed.tx, row.clone()).await
}

/// What the trail keeps of it.
#[derive(Serialize)]
struct Again<'a> {
    state: &'a str,
}
