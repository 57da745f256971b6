//! Accepting: the stored rows of the plan, exactly, or nothing.

use entity::import_change::Model;
use rules::delivery::book::{DeliveryRow, RecordKind};
use uuid::Uuid;

use super::{Rights, left, steps};
use crate::access::Actor;
use crate::app::App;
use crate::db::Change;
use crate::delivery::check::{Incoming, check};
use crate::delivery::held::by_key;
use crate::delivery::names::Names;
use crate::delivery::sight::Places;
use crate::delivery::write::Writer;
use crate::delivery::{Which, records};
use crate::error::{Result, UserError};
use crate::frameworks;
use crate::imports::plan::{ChangeKind, STALE_MAX, Stale, out_of_date};

/// Writes what a plan says. Refused, and nothing written, when what is held is no longer what the plan saw, or when a row is not
/// whoever accepts it to record. The caller commits or drops the transaction.
pub async fn apply(app: &App, tx: &Change, actor: &Actor, import: Uuid, changes: &[Model]) -> Result<Result<(), Stale>> {
    let steps = steps(changes)?;
    if steps.is_empty() {
        return Ok(Ok(()));
    }
    let (scope, today) = (actor.own_scope(), app.clock.today());
    let catalogue = frameworks::service::catalogue_in_force(&**tx, &scope, today).await?;
    let kinds = RecordKind::around(steps.iter().map(|step| step.after.kind()));
    let held = records(&**tx, &scope, &kinds, Which::AsAt(None)).await?;
    let known = by_key(&held);
    let mut moved = Vec::new();
    for step in &steps {
        let now = known.get(&(step.after.kind(), step.after.code())).map(|record| &record.row);
        let because = match (now, step.before.as_ref()) {
            (now, before) if now == before => continue,
            (Some(_), None) => "it is there by now",
            (Some(_), Some(_)) => "it was changed since",
            (None, _) => "it is no longer there",
        };
        moved.push(left(&step.after, because));
    }
    if !moved.is_empty() {
        let count = moved.len();
        moved.truncate(STALE_MAX);
        return Ok(Err(Stale::changed(count, moved)));
    }
    let rights = Rights::of(&**tx, actor, catalogue.as_ref(), today).await?;
    let stand = Places::of(catalogue.as_deref(), held.iter().map(|record| &record.row));
    let rows = held.iter().map(|record| &record.row).chain(steps.iter().map(|step| &step.after));
    let places = Places::of(catalogue.as_deref(), rows);
    let written = |kind| matches!(kind, ChangeKind::New | ChangeKind::Changed);
    for step in steps.iter().filter(|step| written(step.kind)) {
        let before = known.get(&(step.after.kind(), step.after.code()));
        let before = before.map(|record| (*record, stand.of_record(record)));
        if rights.over(&step.after, places.place(&step.after), before).is_none() {
            let message = format!("{} {}: {}", step.after.kind().words(), step.after.code(), Rights::refusal(&step.after));
            return Ok(Err(UserError::new("ROWS_NOT_YOURS", message, Some(&["input", "id"])).into()));
        }
    }
    let names = Names::of(&**tx, &scope, catalogue.as_deref(), &kinds).await?;
    let rows: Vec<DeliveryRow> = steps.into_iter().filter(|step| written(step.kind)).map(|step| step.after).collect();
    // What a row leads to may be gone since, or left out, or wait for it by now.
    let mut incoming: Vec<Incoming> = rows.iter().cloned().map(Incoming::from).collect();
    if let Some((at, found)) = check(&mut incoming, &names, &held, today).into_iter().find(|(_, found)| found.is_error()) {
        let key = incoming.get(at).map(|of| format!("{} {}", of.row.kind().words().to_lowercase(), of.row.code())).unwrap_or_default();
        let why = format!("{key} can be no longer: {}", found.message.trim_end_matches('.'));
        return Ok(Err(out_of_date(&why).into()));
    }
    let mut writer = Writer {
        ids: &app.ids,
        tx,
        council: scope.council,
        person: scope.person,
        import: Some(import),
        at: tx.at(&app.clock),
        names,
        held: &held,
    };
    let nowhere = "what one of its rows leads to is not there, or was left out";
    Ok(writer.write(rows).await?.map_err(|_| out_of_date(nowhere).into()))
}
