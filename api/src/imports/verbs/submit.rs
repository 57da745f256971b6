//! Sending a workbook: its bytes are stored, an upload says whose they are, an import is queued to be read.

use chrono::{DateTime, Duration, Utc};
use entity::{import, upload};
use rules::period::Period;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde::Serialize;
use uuid::Uuid;

use super::Deed;
use crate::access::Scope;
use crate::app::App;
use crate::audit::{self, Event};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::files::sha256;
use crate::imports::service::{Options, State, may_import};
use crate::imports::{mappings, store};
use crate::jobs;

/// How long an upload waits for its import.
const UPLOAD_LIFE: Duration = Duration::hours(24);
/// A file's name is kept to this many characters.
const FILE_NAME_CHARACTERS_MAX: usize = 200;
/// Bytes a council may send within the life of an upload: two hundred workbooks of the largest size.
const UPLOADED_BYTES_MAX: i64 = 5 << 30;
/// Workbooks a council may send within the life of an upload.
const UPLOADED_MAX: i64 = 10_000;

/// A workbook whose bytes lie in the store, where they are nobody's yet.
pub struct Stored {
    name: String,
    size_bytes: i64,
    sha256: String,
    key: String,
}

/// Stores the bytes of a workbook, before the change that says whose they are: a slow disk keeps nobody waiting. The same
/// bytes are stored once, and nothing is when the council has sent too much.
pub async fn store_bytes(app: &App, scope: &Scope, name: &str, bytes: Vec<u8>) -> Result<Stored> {
    let (size_bytes, digest) = (i64::try_from(bytes.len()).context("measuring an upload")?, sha256(&bytes));
    let snapshot = app.db.snapshot(scope.council).await?;
    has_room(&*snapshot, scope, app.clock.now(), size_bytes).await?;
    drop(snapshot);
    let key = app.files.keep(scope.council, "uploads", bytes).await?;
    Ok(Stored { name: file_name(name), size_bytes, sha256: digest, key })
}

/// Refuses what is more than a council may send within a day.
async fn has_room(db: &impl ConnectionTrait, scope: &Scope, now: DateTime<Utc>, size_bytes: i64) -> Result<()> {
    let sent = store::uploaded_since(db, scope, now - UPLOAD_LIFE).await?;
    if sent.count < UPLOADED_MAX && sent.bytes.saturating_add(size_bytes) <= UPLOADED_BYTES_MAX {
        return Ok(());
    }
    let message = format!(
        "Your council sent {} workbooks of {} MB together in the last {} hours, which is as much as is taken: send this one tomorrow.",
        sent.count,
        sent.bytes >> 20,
        UPLOAD_LIFE.num_hours()
    );
    Err(Error::limit(message))
}

/// Keeps a workbook for an import to come. Whoever may import anything may.
pub async fn keep_upload(deed: &Deed<'_>, stored: Stored) -> Result<upload::Model> {
    let scope = may_import(deed.actor)?;
    let now = deed.now();
    has_room(&**deed.tx, &scope, now, stored.size_bytes).await?;
    let row = upload::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        person_id: scope.person,
        file_name: stored.name,
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
        storage_key: stored.key,
        created_at: now,
        expires_at: now + UPLOAD_LIFE,
    };
    upload::Entity::insert(row.clone().into_active_model()).exec_without_returning(&**deed.tx).await.context("keeping an upload")?;
    let file = Sent { file: &row.file_name, sha256: &row.sha256, period: None };
    audit::record(deed.app, deed.tx, &scope, event("upload.keep", "upload", row.id, audit::state(&file))).await?;
    Ok(row)
}

/// Queues an upload to be read and planned.
pub async fn submit(deed: &Deed<'_>, upload: Uuid, options: &Options) -> Result<import::Model, Refusal> {
    let scope = may_import(deed.actor)?;
    let kept = store::find_upload(&**deed.tx, &scope, upload).await?;
    let kept = kept.filter(|u| u.person_id == scope.person && u.expires_at > deed.now());
    let Some(kept) = kept else {
        let message = "This upload is not here any more: send the workbook again.";
        return Err(UserError::new("UPLOAD_NOT_FOUND", message, Some(&["input", "upload"])).into());
    };
    mappings::service::can_follow(deed.tx, &scope, options).await?;
    let row = queued(deed, &scope, &kept, options)?;
    import::Entity::insert(row.clone().into_active_model()).exec_without_returning(&**deed.tx).await.context("submitting an import")?;
    jobs::enqueue(deed.app, deed.tx, &scope, jobs::Kind::PlanImport, row.id).await?;
    let file = Sent { file: &row.file_name, sha256: &row.sha256, period: options.period };
    audit::record(deed.app, deed.tx, &scope, event("import.submit", "import", row.id, audit::state(&file))).await?;
    Ok(row)
}

fn queued(deed: &Deed<'_>, scope: &Scope, kept: &upload::Model, options: &Options) -> Result<import::Model> {
    Ok(import::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        person_id: scope.person,
        upload_id: Some(kept.id),
        file_name: kept.file_name.clone(),
        sha256: kept.sha256.clone(),
        size_bytes: kept.size_bytes,
        state: State::Queued.to_string(),
        layout: None,
        period_start: options.period.map(Period::start),
        period_months: options.period.map(crate::rows::months),
        element_id: None,
        done: 0,
        total: 0,
        new_rows: 0,
        changed_rows: 0,
        same_rows: 0,
        refused_rows: 0,
        errors: 0,
        warnings: 0,
        digest: None,
        options: serde_json::to_string(options).context("keeping an import's options")?,
        created_at: deed.now(),
        planned_at: None,
        accepted_at: None,
        accepted_by: None,
        undone_at: None,
        failure: None,
        left_out_rows: 0,
    })
}

/// The last part of a path, without what a terminal or a header would act on.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARACTERS_MAX).collect();
    if kept.trim().is_empty() { "workbook".into() } else { kept }
}

/// What the trail keeps of a file that was sent.
#[derive(Serialize)]
struct Sent<'a> {
    file: &'a str,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
}

fn event(verb: &'static str, what: &str, id: Uuid, after: Option<String>) -> Event<'static> {
    Event { verb, subject: format!("{what} {id}"), before: None, after }
}
