//! A framework edition as a workbook.

use chrono::NaiveDate;
use exporters::framework::render_framework;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::{Exported, WAITING_MAX};
use crate::access::scope::Within;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event, state};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::files::sha256;
use crate::frameworks::catalogue::Edition;
use crate::frameworks::{book, service, store};

/// What the trail keeps.
#[derive(Serialize)]
struct Told<'a> {
    edition: &'a str,
    sha256: &'a str,
}

/// Writes an edition into a workbook, that in force now where none is named. For whoever reads the whole framework with
/// its figures: targets and baselines are in it.
pub async fn export(app: &App, actor: &Actor, label: Option<&str>) -> Result<Exported, Refusal> {
    let scope = may(actor)?;
    let turn = super::turn().await?;
    let snapshot = app.db.snapshot(scope.council).await?;
    let edition = edition(&*snapshot, &scope, label, app.clock.today()).await?;
    let held = book::load(&*snapshot, &scope, &edition).await?;
    drop(snapshot);
    let now = app.clock.now();
    let rendered = tokio::task::spawn_blocking(move || render_framework(&held, now));
    let bytes = rendered.await.context("waiting for a framework's workbook")?.context("rendering a framework")?;
    let hash = sha256(&bytes);
    drop(turn);
    app.files.let_go(scope.council, "frameworks", WAITING_MAX).await?;
    let storage_key = app.files.keep(scope.council, "frameworks", bytes).await?;
    let file_name = format!("framework-{}-{}.xlsx", actor.council.code, dashed(&edition.edition));
    let subject = format!("framework {}", edition.id);
    let after = state(&Told { edition: &edition.edition, sha256: &hash });
    let tx = app.db.change(scope.council).await?;
    audit::record(app, &tx, &scope, Event { verb: "framework.export", subject: subject.clone(), before: None, after }).await?;
    tx.commit().await?;
    Ok(Exported { storage_key, file_name, subject, rows: 0 })
}

/// The right to it.
pub fn may(actor: &Actor) -> Result<Scope> {
    whole(actor, Permission::ViewFigures)?;
    whole(actor, Permission::ViewFramework)
}

/// The right to something over the whole council; over a part it is not enough.
fn whole(actor: &Actor, permission: Permission) -> Result<Scope> {
    let scope = actor.scope_for(permission)?;
    match scope.within {
        Within::Council => Ok(scope),
        Within::Only(_) => {
            let message = "A framework's workbook holds the whole council's indicators and targets, and your roles are over a part of it.";
            Err(Error::refused(permission, message))
        }
    }
}

async fn edition(db: &impl ConnectionTrait, scope: &Scope, label: Option<&str>, today: NaiveDate) -> Result<Edition, Refusal> {
    let mut editions = store::editions(db, scope, None).await?;
    let labels: Vec<String> = editions.iter().map(|edition| edition.edition.clone()).collect();
    let found = match label {
        None => service::edition_in_force(editions, today),
        Some(label) => {
            let at = editions.iter().position(|edition| edition.edition.eq_ignore_ascii_case(label.trim()));
            at.map(|at| editions.swap_remove(at))
        }
    };
    found.ok_or_else(|| {
        let message = match (label, labels.as_slice()) {
            (_, []) => "The council has no framework yet.".to_owned(),
            (label, labels) => format!("There is no edition {}. There are: {}.", label.unwrap_or_default(), labels.join(", ")),
        };
        UserError::new("NO_FRAMEWORK", message, Some(&["input", "edition"])).into()
    })
}

/// An edition's label as part of a file's name.
fn dashed(label: &str) -> String {
    let plain: String = label.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
