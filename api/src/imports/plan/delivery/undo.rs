//! Undoing: what an import changed is told again as it was told before, what it brought is told no more, unless something came to
//! depend on it since. All of it stays readable as at any instant it was told.

use std::collections::{HashMap, HashSet};

use entity::import_change::{Column, Entity, Model};
use rules::delivery::book::{DeliveryRow, RecordKind, Ref, To};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Rights, Step, left, steps};
use crate::access::{Actor, scoped};
use crate::app::App;
use crate::db::Change;
use crate::delivery::held::by_key;
use crate::delivery::names::Names;
use crate::delivery::sight::Places;
use crate::delivery::write::Writer;
use crate::delivery::{Record, Which, records};
use crate::error::{ContextExt, Error, Result};
use crate::frameworks;
use crate::imports::plan::{ChangeKind, Fate, Undone};

/// Takes back what an import told. The caller commits or drops the transaction.
pub async fn undo(app: &App, tx: &Change, actor: &Actor, import: Uuid) -> Result<Undone> {
    let (scope, today) = (actor.own_scope(), app.clock.today());
    let written = [ChangeKind::New.code(), ChangeKind::Changed.code()];
    let query = scoped::<Entity>(&scope)
        .filter(Column::ImportId.eq(import))
        .filter(Column::Kind.is_in(written))
        .filter(Column::Outcome.is_null().or(Column::Outcome.eq(Fate::Failed.code())))
        .order_by_asc(Column::Seq);
    let changes: Vec<Model> = query.all(&**tx).await.context("loading what an import wrote")?;
    let steps = steps(&changes)?;
    if steps.is_empty() {
        return Ok(Undone::default());
    }
    let catalogue = frameworks::service::catalogue_in_force(&**tx, &scope, today).await?;
    let kinds = RecordKind::around(steps.iter().map(|step| step.after.kind()));
    let held = records(&**tx, &scope, &kinds, Which::AsAt(None)).await?;
    let names = Names::of(&**tx, &scope, catalogue.as_deref(), &kinds).await?;
    let rights = Rights::of(&**tx, actor, catalogue.as_ref(), today).await?;
    let places = Places::of(catalogue.as_deref(), held.iter().map(|record| &record.row));
    let known = by_key(&held);
    let mut undone = Undone::default();
    let mut ours: Vec<(&Record, Step)> = Vec::new();
    for step in steps {
        let key = (step.after.kind(), step.after.code());
        match known.get(&key) {
            Some(record) if record.row != step.after => undone.kept.push(left(&step.after, "it was changed since")),
            None => undone.kept.push(left(&step.after, "it is no longer there")),
            Some(record) if rights.over_held((record, places.of_record(record))).is_none() => {
                undone.failed.push(left(&step.after, "it is not yours to record"));
            }
            Some(record) => ours.push((record, step)),
        }
    }
    settle(&mut ours, &held, &names, &mut undone);
    undone.reversed = i32::try_from(ours.len()).unwrap_or(i32::MAX);
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
    writer.supersede(ours.iter().filter(|(_, step)| step.before.is_none()).map(|(record, _)| *record)).await?;
    let back = ours.into_iter().filter_map(|(_, step)| step.before).collect();
    if writer.write(back).await?.is_err() {
        return Err(Error::internal("undoing an import of records", &"a row that was checked leads nowhere"));
    }
    Ok(undone)
}

/// Keeps what something that stays leads to, and what would lead nowhere itself, until nothing more is kept.
fn settle(ours: &mut Vec<(&Record, Step)>, held: &[Record], names: &Names, undone: &mut Undone) {
    loop {
        let back: HashMap<(RecordKind, String), Option<&DeliveryRow>> =
            ours.iter().map(|(record, step)| ((record.row.kind(), record.row.code()), step.before.as_ref())).collect();
        let after: Vec<&DeliveryRow> = held
            .iter()
            .filter_map(|record| back.get(&(record.row.kind(), record.row.code())).copied().unwrap_or(Some(&record.row)))
            .collect();
        let there: HashSet<(RecordKind, String)> = after.iter().map(|row| (row.kind(), row.code())).collect();
        let needed: HashSet<(RecordKind, String)> = after.iter().flat_map(|row| [leads_to(row), waits_for(row)].concat()).collect();
        let why = |(record, step): &(&Record, Step)| {
            let key = (record.row.kind(), record.row.code());
            if step.before.is_none() && needed.contains(&key) {
                return Some("something that stays leads to it");
            }
            let lost = |row: &DeliveryRow| {
                let nowhere = |to: &Ref<'_>| match to.to {
                    To::Element | To::Project => !names.elements.contains_key(to.code.as_ref()),
                    To::Indicator => !names.indicators.contains_key(to.code.as_ref()),
                    To::Record(_) | To::MilestoneOrProject => false,
                };
                row.refs().iter().any(nowhere)
                    || leads_to(row).iter().any(|to| !there.contains(to))
                    || waits_for(row).iter().any(|to| !there.contains(to) && !names.elements.contains_key(&to.1))
            };
            step.before.as_ref().is_some_and(lost).then_some("what it led to before is no longer there")
        };
        let kept: Vec<usize> = ours.iter().enumerate().filter(|(_, of)| why(of).is_some()).map(|(at, _)| at).collect();
        if kept.is_empty() {
            return;
        }
        let told: Vec<_> = kept.iter().filter_map(|at| Some(left(&ours.get(*at)?.1.after, why(ours.get(*at)?)?))).collect();
        undone.failed.extend(told);
        let mut at = 0;
        ours.retain(|_| {
            at += 1;
            !kept.contains(&(at - 1))
        });
    }
}

/// The records a row leads to, but for the milestones of [`waits_for`].
fn leads_to(row: &DeliveryRow) -> Vec<(RecordKind, String)> {
    let refs = row.refs().into_iter().filter_map(|to| match to.to {
        To::Record(kind) => Some((kind, to.code.into_owned())),
        _ => None,
    });
    refs.collect()
}

/// The milestones a dependency is between. A project stands for its end by the same ref: that is an element, and no milestone.
fn waits_for(row: &DeliveryRow) -> Vec<(RecordKind, String)> {
    let ends = row.refs().into_iter().filter(|to| to.to == To::MilestoneOrProject);
    ends.map(|to| (RecordKind::Milestone, to.code.into_owned())).collect()
}
