//! What is told of plans, programmes, risks, money and assessments as a workbook that imports back unchanged: of the whole council, or
//! of an element and all below it: a service plan, or the corporate plan. Or the same workbook empty, to be filled in.

use std::collections::HashMap;

use exporters::delivery::{render_delivery, render_delivery_template};
use rules::delivery::book::{DeliveryBook, DeliveryRow, RecordKind};
use rules::delivery::rights;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{Exported, WAITING_MAX};
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Event, state};
use crate::delivery::sight::{Place, Places, Remits};
use crate::delivery::{Record, Which, records};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::files::sha256;
use crate::frameworks;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Ref of an element; the whole council without it.
    pub element: Option<String>,
    /// Which kinds of record; all that may be read without any.
    pub kinds: Vec<RecordKind>,
    /// Every sheet with its headings and nothing in it.
    pub blank: bool,
}

/// What the trail keeps.
#[derive(Serialize)]
struct Told<'a> {
    element: Option<&'a str>,
    records: usize,
    sha256: &'a str,
}

/// The right to it: to read any kind of record somewhere.
pub fn may(actor: &Actor) -> Result<()> {
    let readable = |kind: &RecordKind| actor.scope_for(rights::reads(*kind)).is_ok();
    if RecordKind::ALL.iter().any(readable) { Ok(()) } else { Err(Error::no_role(Permission::ViewPlans)) }
}

/// Writes the records the actor may read into a workbook. A statement a kind.
pub async fn export(app: &App, actor: &Actor, wanted: &Wanted) -> Result<Exported, Refusal> {
    may(actor)?;
    let scope = actor.own_scope();
    let turn = super::turn().await?;
    let snapshot = app.db.snapshot(scope.council).await?;
    let (rows, title) = gathered(&*snapshot, app, actor, wanted).await?;
    drop(snapshot);
    let (count, now, council) = (rows.len(), app.clock.now(), actor.council.name.clone());
    let blank = wanted.blank;
    let book = DeliveryBook { council, title, rows };
    let render = move || if blank { render_delivery_template(&book.council, &book.title, now) } else { render_delivery(&book, now) };
    let bytes = tokio::task::spawn_blocking(render).await.context("waiting for a workbook of plans")?.context("rendering plans")?;
    let hash = sha256(&bytes);
    drop(turn);
    app.files.let_go(scope.council, "plans", WAITING_MAX).await?;
    let storage_key = app.files.keep(scope.council, "plans", bytes).await?;
    let of =
        wanted.element.as_deref().map(|code| format!("-{}", code.trim().to_lowercase().replace(['/', '.', '_'], "-"))).unwrap_or_default();
    let file_name = format!("plans-{}{of}.xlsx", actor.council.code);
    let subject = format!("council {}", scope.council);
    let after = state(&Told { element: wanted.element.as_deref(), records: count, sha256: &hash });
    let tx = app.db.change(scope.council).await?;
    audit::record(app, &tx, &scope, Event { verb: "delivery.export", subject: subject.clone(), before: None, after }).await?;
    tx.commit().await?;
    Ok(Exported { storage_key, file_name, subject, rows: count })
}

async fn gathered(db: &impl ConnectionTrait, app: &App, actor: &Actor, wanted: &Wanted) -> Result<(Vec<DeliveryRow>, String), Refusal> {
    let (scope, today) = (actor.own_scope(), app.clock.today());
    let catalogue = frameworks::service::catalogue_in_force(db, &scope, today).await?;
    let top = match &wanted.element {
        None => None,
        Some(code) => {
            let found = catalogue.as_ref().and_then(|of| of.element_by_code(code.trim()));
            Some(found.ok_or_else(|| {
                let message = format!("There is no element {code} in the framework in force.");
                UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "element"]))
            })?)
        }
    };
    let title = top.map_or_else(|| "Plans".to_owned(), |of| format!("Plan of {}", of.title));
    if wanted.blank {
        return Ok((Vec::new(), title));
    }
    let kinds: Vec<RecordKind> =
        RecordKind::ALL.iter().copied().filter(|kind| wanted.kinds.is_empty() || wanted.kinds.contains(kind)).collect();
    // What others hang on is read too, whoever may read it.
    let held = records(db, &scope, RecordKind::ALL, Which::AsAt(None)).await?;
    let places = Places::of(catalogue.as_deref(), held.iter().map(|record| &record.row));
    let mut readers = HashMap::new();
    for kind in &kinds {
        if let Ok(scope) = actor.scope_for(rights::reads(*kind)) {
            let remits = Remits::of(db, &scope, catalogue.as_ref(), today).await?;
            readers.insert(*kind, (scope, remits));
        }
    }
    let within = |place: Place| {
        let Some((catalogue, top)) = catalogue.as_ref().zip(top) else { return true };
        match place {
            Place::Council => false,
            Place::Element(id) | Place::Indicator(_, id) => catalogue.is_within(id, top.id, today),
        }
    };
    let kept = |record: &&Record| {
        let place = places.of_record(record);
        let may = readers.get(&record.row.kind()).is_some_and(|(scope, remits)| remits.covers(scope, place));
        may && within(place)
    };
    let rows = held.iter().filter(kept).map(|record| record.row.clone()).collect();
    Ok((rows, title))
}
