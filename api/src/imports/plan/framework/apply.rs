//! Accepting: the stored rows of the plan, exactly, or nothing.

use entity::import_change::Model;
use uuid::Uuid;

use super::check::meaning_changed;
use super::plan::figures;
use super::step::{Steps, by_key, to_write};
use super::write::{Rows, Writer};
use crate::access::Scope;
use crate::app::App;
use crate::db::Change;
use crate::error::Result;
use crate::frameworks::book::{HeldFramework, Which, held};
use crate::imports::plan::framework::rows::BookRow;
use crate::imports::plan::{STALE_MAX, Stale, out_of_date};

/// Writes what a plan says, in order of subject. Refused, and nothing written, when what is held is no longer what the
/// plan saw. The caller commits or drops the transaction.
pub async fn apply(app: &App, tx: &Change, scope: &Scope, import: Uuid, changes: &[Model]) -> Result<Result<(), Stale>> {
    let steps = Steps::of(changes)?;
    if steps.label.is_empty() {
        return Ok(Ok(()));
    }
    let held = held(&**tx, scope, Which::Label(&steps.label)).await?;
    let mut moved = steps.moved(&held);
    if !moved.is_empty() {
        let count = moved.len();
        moved.truncate(STALE_MAX);
        return Ok(Err(Stale::changed(count, moved)));
    }
    if !keeps_meaning(tx, scope, &steps, &held).await? {
        return Ok(Err(out_of_date("figures were reported under a unit or direction that it would change").into()));
    }
    let rows = Rows {
        edition: to_write(steps.editions).pop(),
        elements: to_write(steps.elements),
        indicators: to_write(steps.indicators),
        links: to_write(steps.links),
        targets: to_write(steps.targets),
        rules: to_write(steps.rules),
        periods: to_write(steps.periods),
        forums: to_write(steps.forums),
    };
    let writer = Writer { app, tx, scope, import: Some(import), at: tx.at(&app.clock), held: &held };
    let nowhere = "what one of its rows points to is not there, or was left out";
    Ok(writer.write(rows).await?.map_err(|_| out_of_date(nowhere).into()))
}

/// Figures may have come since the plan under a unit or polarity that it changes.
async fn keeps_meaning(tx: &Change, scope: &Scope, steps: &Steps, held: &HeldFramework) -> Result<bool> {
    let known = by_key(&held.indicators);
    let changing: Vec<_> = steps
        .indicators
        .iter()
        .filter_map(|step| known.get(&step.after.row_key()).filter(|held| meaning_changed(&held.row, &step.after).is_some()))
        .map(|held| (held.ids.indicator, held.row.version))
        .collect();
    if changing.is_empty() {
        return Ok(true);
    }
    let figures = figures(&**tx, scope).await?;
    Ok(changing.iter().all(|version| !figures.contains(version)))
}
