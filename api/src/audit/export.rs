//! The trail as a workbook.

use entity::audit_event::Model;
use exporters::trail::{Trail, TrailEvent, render_trail};
use rules::permission::Permission;
use serde::Serialize;

use super::record::{self, Event, state};
use super::store::{self, Filter};
use crate::access::Actor;
use crate::app::App;
use crate::error::{ContextExt, Refusal, Result, UserError};

/// Events of one workbook.
pub const EVENTS_MAX: usize = 50_000;

/// A workbook of events, kept.
pub struct Exported {
    pub events: usize,
    pub bytes: Vec<u8>,
    pub storage_key: String,
    pub file_name: String,
    /// What the trail calls it.
    pub subject: String,
}

/// What the trail keeps of an export.
#[derive(Serialize)]
struct Told<'a> {
    filter: &'a Filter,
    events: usize,
    head: Option<&'a str>,
    sha256: &'a str,
}

/// Writes the events a filter leaves into a workbook, and that it did into the trail.
pub async fn export(app: &App, actor: &Actor, filter: &Filter) -> Result<Exported, Refusal> {
    let scope = actor.scope_for(Permission::ViewAuditTrail)?;
    let snapshot = app.db.snapshot(scope.council).await?;
    let rows = store::page(&*snapshot, &scope, filter, None, EVENTS_MAX as u64 + 1).await?;
    let head = record::head(&*snapshot, scope.council).await?.map(|head| format!("{}:{}", head.seq, head.hash));
    drop(snapshot);
    if rows.len() > EVENTS_MAX {
        let message =
            format!("A workbook holds {EVENTS_MAX} events of the trail at most: narrow the filter, for instance by `from` and `until`.");
        return Err(UserError::new("AUDIT_TOO_MUCH", message, Some(&["input", "filter"])).into());
    }
    let (events, now) = (rows.len(), app.clock.now());
    let trail = Trail {
        council: actor.council.name.clone(),
        as_at: now,
        made_by: format!("{} <{}>", actor.name, actor.email),
        narrowed: filter.words(),
        head: head.clone(),
        language: "en-GB".into(),
        events: rows.into_iter().map(told).collect(),
    };
    let rendered = tokio::task::spawn_blocking(move || render_trail(&trail));
    let bytes = rendered.await.context("waiting for a workbook of the trail")?.context("rendering a workbook of the trail")?;
    let storage_key = app.files.keep(scope.council, "audit", bytes.clone()).await?;
    let sha256 = crate::files::sha256(&bytes);
    let file_name = format!("audit-trail-{}-{}.xlsx", actor.council.code, now.format("%Y-%m-%d-%H%M%S"));
    let subject = format!("audit trail {}", actor.council.code);
    let after = state(&Told { filter, events, head: head.as_deref(), sha256: &sha256 });
    let tx = app.db.change(scope.council).await?;
    record::record(app, &tx, &scope, Event { verb: "audit.export", subject: subject.clone(), before: None, after }).await?;
    tx.commit().await?;
    Ok(Exported { events, bytes, storage_key, file_name, subject })
}

fn told(row: Model) -> TrailEvent {
    TrailEvent {
        seq: row.seq,
        at: row.at,
        who: row.actor.or_else(|| row.person_id.map(|id| format!("Person {id}"))),
        via: row.via,
        roles: row.role.as_deref().map(words_of).unwrap_or_default(),
        verb: row.verb,
        subject: row.subject,
        outcome: row.outcome.map(|outcome| outcome.parse().map_or(outcome, |known: super::Outcome| known.words().to_owned())),
        before: row.before,
        after: row.after,
        request: row.request_id,
        address: row.address,
        hash: row.hash,
    }
}

/// Roles as a person reads them; a code this version does not know stands as it is.
fn words_of(roles: &str) -> String {
    let words = |code: &str| code.parse().map_or_else(|_| code.to_owned(), |role: rules::permission::Role| role.words().to_owned());
    roles.split(',').map(words).collect::<Vec<_>>().join("; ")
}
