//! The verbs of importing: keep an upload, submit, accept, undo.

use chrono::Duration;
use entity::{import, upload};
use importers::{Layout, Mapping, Severity};
use rules::closed_set;
use rules::period::Period;
use rules::permission::Permission;

use sea_orm::{EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::mappings;
use super::plan::{self, Undone};
use super::store;
use crate::access::{Actor, Scope, scope::Within};
use crate::app::{App, ImportMoved};
use crate::audit;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::files::sha256;
use crate::jobs;

/// How long an upload waits for its import.
const UPLOAD_LIFE: Duration = Duration::hours(24);
/// Characters of the reason for changing figures.
const REASON_CHARACTERS_MAX: usize = 2_000;
/// Codes of warnings one acceptance may name, and bytes of each.
const CODES_MAX: usize = 200;
const CODE_BYTES_MAX: usize = 20;
/// A file's name is kept to this many characters.
const FILE_NAME_CHARACTERS_MAX: usize = 200;

closed_set! {
    /// Where an import stands.
    State {
        /// Waits to be read.
        Queued = "QUEUED", "Queued";
        /// Is being read and planned.
        Reading = "READING", "Reading";
        /// Its plan is ready to be looked at, and to be accepted.
        Planned = "PLANNED", "Planned";
        /// Nothing in it can be taken; its findings say why.
        Refused = "REFUSED", "Refused";
        /// Its plan was applied.
        Accepted = "ACCEPTED", "Accepted";
        /// It was applied and taken back.
        Undone = "UNDONE", "Undone";
    }
}

impl State {
    /// The state of a row. The column holds nothing else.
    pub fn of(row: &import::Model) -> Result<Self> {
        row.state.parse().context("reading an import's state")
    }

    /// Whether nobody is working on it.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Queued | Self::Reading)
    }
}

/// What the sender said about the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Options {
    /// The return's period, where the file does not say.
    pub period: Option<Period>,
    /// How the sender says the workbook is to be read.
    #[serde(default)]
    pub mapping: Option<Mapping>,
    /// Name of the kept mapping it is to be read by.
    #[serde(default)]
    pub mapping_named: Option<String>,
}

/// Keeps a workbook for an import to come. Whoever may import anything may.
pub async fn keep_upload(app: &App, actor: &Actor, name: &str, bytes: Vec<u8>) -> Result<upload::Model> {
    let scope = may_import(actor)?;
    let (size, digest) = (bytes.len(), sha256(&bytes));
    let storage_key = app.files.keep(scope.council, "uploads", bytes).await?;
    let now = app.clock.now();
    let row = upload::Model {
        council_id: scope.council,
        id: app.ids.next(),
        person_id: scope.person,
        file_name: file_name(name),
        size_bytes: i64::try_from(size).context("measuring an upload")?,
        sha256: digest,
        storage_key,
        created_at: now,
        expires_at: now + UPLOAD_LIFE,
    };
    let tx = app.db.change(scope.council).await?;
    upload::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*tx).await.context("keeping an upload")?;
    let file = Sent { file: &row.file_name, sha256: &row.sha256, period: None };
    audit::record(app, &tx, &scope, event("upload.keep", "upload", row.id, None, audit::state(&file))).await?;
    tx.commit().await?;
    Ok(row)
}

/// The right to import anything at all.
pub fn may_import(actor: &Actor) -> Result<Scope> {
    actor.scope_for(Permission::ImportValues).or_else(|_| actor.scope_for(Permission::ImportFramework))
}

/// The right an import of a layout needs.
pub const fn permission_for(layout: Layout) -> Permission {
    match layout {
        Layout::Framework => Permission::ImportFramework,
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark => Permission::ImportValues,
    }
}

/// The last part of a path, without what a terminal or a header would act on.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(FILE_NAME_CHARACTERS_MAX).collect();
    if kept.trim().is_empty() { "workbook".into() } else { kept }
}

/// Queues an upload to be read and planned.
pub async fn submit(app: &App, actor: &Actor, upload: Uuid, options: &Options) -> Result<import::Model, Refusal> {
    let scope = may_import(actor)?;
    let tx = app.db.change(scope.council).await?;
    let kept = store::find_upload(&*tx, &scope, upload).await?.filter(|u| u.person_id == scope.person && u.expires_at > app.clock.now());
    let Some(kept) = kept else {
        let message = "This upload is not here any more: send the workbook again.";
        return Err(UserError::new("UPLOAD_NOT_FOUND", message, Some(&["input", "upload"])).into());
    };
    mappings::service::can_follow(&tx, &scope, options).await?;
    let row = queued(app, &scope, &kept, options)?;
    import::Entity::insert(row.clone().into_active_model()).exec_without_returning(&*tx).await.context("submitting an import")?;
    jobs::enqueue(app, &tx, &scope, jobs::Kind::PlanImport, row.id).await?;
    let file = Sent { file: &row.file_name, sha256: &row.sha256, period: options.period };
    audit::record(app, &tx, &scope, event("import.submit", "import", row.id, None, audit::state(&file))).await?;
    tx.commit().await?;
    app.job_added.notify_one();
    Ok(row)
}

fn queued(app: &App, scope: &Scope, kept: &upload::Model, options: &Options) -> Result<import::Model> {
    Ok(import::Model {
        council_id: scope.council,
        id: app.ids.next(),
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
        created_at: app.clock.now(),
        planned_at: None,
        accepted_at: None,
        accepted_by: None,
        undone_at: None,
        failure: None,
    })
}

/// How much of somebody's imports a person may see.
pub enum Sees {
    /// Everybody's.
    All(Scope),
    /// Their own.
    Own(Scope),
}

impl Sees {
    pub fn of(actor: &Actor) -> Result<Self> {
        let everywhere = |permission| actor.scope_for(permission).ok().filter(|scope| matches!(scope.within, Within::Council));
        if let Some(scope) = everywhere(Permission::ImportValues).or_else(|| everywhere(Permission::ViewAuditTrail)) {
            return Ok(Self::All(scope));
        }
        Ok(Self::Own(may_import(actor)?))
    }

    pub const fn scope(&self) -> &Scope {
        match self {
            Self::All(scope) | Self::Own(scope) => scope,
        }
    }

    /// Whose imports are listed; none for everybody's.
    pub const fn person(&self) -> Option<Uuid> {
        match self {
            Self::All(_) => None,
            Self::Own(scope) => Some(scope.person),
        }
    }
}

/// An import the actor may see; none when absent or not theirs.
pub async fn find(db: &impl sea_orm::ConnectionTrait, actor: &Actor, id: Uuid) -> Result<Option<import::Model>> {
    let Ok(sees) = Sees::of(actor) else { return Ok(None) };
    let found = store::find(db, sees.scope(), id).await?;
    Ok(found.filter(|row| sees.person().is_none_or(|person| person == row.person_id)))
}

/// What accepting is told.
#[derive(Debug, Clone, Default)]
pub struct Acceptance {
    /// The plan that was looked at; refused when it is another by now.
    pub digest: Option<String>,
    /// Take the rows that are right and leave the refused ones.
    pub valid_rows_only: bool,
    /// Codes of warnings the person takes upon themselves.
    pub acknowledged: Vec<String>,
    /// Why held figures are changed.
    pub reason: Option<String>,
}

/// What the actor may do with an import as it stands: accept it, or take it back.
pub fn may_now(actor: &Actor, row: &import::Model) -> Result<Option<Permission>> {
    if !matches!(State::of(row)?, State::Planned | State::Accepted) {
        return Ok(None);
    }
    let layout: Layout = row.layout.as_deref().unwrap_or_default().parse().context("reading an import's layout")?;
    let permission = permission_for(layout);
    let may = |scope: Scope| row.person_id == scope.person || matches!(scope.within, Within::Council);
    Ok(actor.scope_for(permission).is_ok_and(may).then_some(permission))
}

/// Why the actor cannot accept an import now, and which permission changes that; none when they can.
pub fn lock(actor: &Actor, row: &import::Model) -> Result<Option<(Permission, String)>> {
    let layout: Option<Layout> = row.layout.as_deref().map(str::parse).transpose().context("reading an import's layout")?;
    let permission = layout.map_or(Permission::ImportValues, permission_for);
    let because = match State::of(row)? {
        State::Queued | State::Reading => "It is still being read.".to_owned(),
        State::Refused => "Nothing in it can be taken: put right what its findings say, and send it again.".to_owned(),
        State::Accepted => "It was accepted. It can be undone.".to_owned(),
        State::Undone => "It was undone. Send the workbook again to bring it in again.".to_owned(),
        State::Planned if may_now(actor, row)?.is_none() => {
            "It is another person's: whoever sent it may accept it, and whoever has the permission over the whole council.".to_owned()
        }
        State::Planned if row.refused_rows > 0 => {
            format!("{} rows are refused: put them right and send it again, or accept with `validRowsOnly`.", row.refused_rows)
        }
        State::Planned => return Ok(None),
    };
    Ok(Some((permission, because)))
}

/// Applies a plan, exactly and whole, or not at all.
pub async fn accept(app: &App, actor: &Actor, id: Uuid, acceptance: &Acceptance) -> Result<import::Model, Refusal> {
    let sees = Sees::of(actor)?;
    let tx = app.db.change(sees.scope().council).await?;
    let mut row = find(&*tx, actor, id).await?.ok_or_else(absent)?;
    let layout: Layout = planned_layout(&row)?;
    let scope = actor.scope_for(permission_for(layout))?;
    mine(&row, &scope)?;
    check_acceptance(&tx, &scope, &row, acceptance).await?;
    let changes = store::changes(&*tx, &scope, id, 0, None).await?;
    let reason = acceptance.reason.as_deref();
    let applied = match layout {
        Layout::Framework => plan::framework::apply(app, &tx, &scope, id, &changes).await?,
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark => {
            plan::values::apply(app, &tx, &scope, id, &changes, reason).await?
        }
    };
    applied.map_err(Refusal::User)?;
    let before = audit::state(&row.state);
    row.state = State::Accepted.to_string();
    row.accepted_at = Some(app.clock.now());
    row.accepted_by = Some(scope.person);
    store::save(&*tx, row.clone()).await?;
    let told = Told { state: &row.state, reason, acknowledged: &acceptance.acknowledged, new: row.new_rows, changed: row.changed_rows };
    audit::record(app, &tx, &scope, event("import.accept", "import", id, before, audit::state(&told))).await?;
    tx.commit().await?;
    moved(app, &row);
    Ok(row)
}

/// Whoever did not send an import acts on it only with the right over the whole council.
pub fn mine(row: &import::Model, scope: &Scope) -> Result<()> {
    if row.person_id == scope.person || matches!(scope.within, Within::Council) {
        return Ok(());
    }
    Err(Error::forbidden("Only the sender or the performance team accepts or undoes this import."))
}

/// What the trail keeps of a file that was sent.
#[derive(Serialize)]
struct Sent<'a> {
    file: &'a str,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
}

/// What the trail keeps of an undoing.
#[derive(Serialize)]
struct TakenBack<'a> {
    state: &'a str,
    reversed: i32,
    kept: usize,
}

/// What the trail keeps of an acceptance.
#[derive(Serialize)]
struct Told<'a> {
    state: &'a str,
    reason: Option<&'a str>,
    acknowledged: &'a [String],
    new: i32,
    changed: i32,
}

fn absent() -> Refusal {
    UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"])).into()
}

fn planned_layout(row: &import::Model) -> Result<Layout, Refusal> {
    let because = match State::of(row)? {
        State::Planned => match &row.layout {
            Some(layout) => return Ok(layout.parse().context("reading an import's layout")?),
            None => "it has no plan",
        },
        State::Queued | State::Reading => "it is still being read: wait for its plan",
        State::Refused => "nothing in it can be taken: its findings say why",
        State::Accepted => "it was accepted already",
        State::Undone => "it was undone: send the workbook again",
    };
    let message = format!("This import cannot be accepted: {because}.");
    Err(UserError::new("IMPORT_NOT_PLANNED", message, Some(&["input", "id"])).into())
}

async fn check_acceptance(tx: &crate::db::Change, scope: &Scope, row: &import::Model, acceptance: &Acceptance) -> Result<(), Refusal> {
    if acceptance.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARACTERS_MAX) {
        let message = format!("A reason has {REASON_CHARACTERS_MAX} characters at most: it is kept with each figure.");
        return Err(UserError::new("REASON_TOO_LONG", message, Some(&["input", "reason"])).into());
    }
    if acceptance.acknowledged.len() > CODES_MAX || acceptance.acknowledged.iter().any(|code| code.len() > CODE_BYTES_MAX) {
        let message = format!("List {CODES_MAX} codes at most, as the findings spell them.");
        return Err(UserError::new("CODES_TOO_MANY", message, Some(&["input", "acknowledgedWarnings"])).into());
    }
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
    if row.warnings > 0 {
        let found = store::diagnostics(&**tx, scope, row.id, 0, None).await?;
        let mut open: Vec<&str> = found
            .iter()
            .filter(|d| d.severity == Severity::Warning.code() && !acceptance.acknowledged.contains(&d.code))
            .map(|d| d.code.as_str())
            .collect();
        open.sort_unstable();
        open.dedup();
        if !open.is_empty() {
            let message = format!("Look at these warnings and list them in `acknowledgedWarnings` if they are right: {}.", open.join(", "));
            return Err(UserError::new("WARNINGS_NOT_ACKNOWLEDGED", message, Some(&["input", "acknowledgedWarnings"])).into());
        }
    }
    Ok(())
}

/// Takes back what an import wrote, except what a person changed since.
pub async fn undo(app: &App, actor: &Actor, id: Uuid) -> Result<(import::Model, Undone), Refusal> {
    let sees = Sees::of(actor)?;
    let tx = app.db.change(sees.scope().council).await?;
    let mut row = find(&*tx, actor, id).await?.ok_or_else(absent)?;
    if State::of(&row)? != State::Accepted {
        let message = "Only an import that was accepted can be undone.";
        return Err(UserError::new("IMPORT_NOT_ACCEPTED", message, Some(&["input", "id"])).into());
    }
    let layout: Layout = row.layout.as_deref().unwrap_or_default().parse().context("reading an import's layout")?;
    let scope = actor.scope_for(permission_for(layout))?;
    mine(&row, &scope)?;
    let undone = match layout {
        Layout::Framework => plan::framework::undo(app, &tx, &scope, id).await?,
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark => {
            plan::values::undo(app, &tx, &scope, id).await?
        }
    };
    if undone.reversed == 0
        && let Some(kept) = undone.kept.first()
    {
        let message = format!("Nothing of this import can be taken back now. {}: {}", kept.key, kept.because);
        return Err(UserError::new("NOTHING_REVERSED", message, Some(&["input", "id"])).into());
    }
    let before = audit::state(&row.state);
    row.state = State::Undone.to_string();
    row.undone_at = Some(app.clock.now());
    store::save(&*tx, row.clone()).await?;
    let after = audit::state(&TakenBack { state: &row.state, reversed: undone.reversed, kept: undone.kept.len() });
    audit::record(app, &tx, &scope, event("import.undo", "import", id, before, after)).await?;
    tx.commit().await?;
    moved(app, &row);
    Ok((row, undone))
}

/// Tells whoever watches this import.
pub fn moved(app: &App, row: &import::Model) {
    // Nobody may be watching: that is no failure.
    let _ = app.imports_moved.send(ImportMoved { council: row.council_id, import: row.id });
}

fn event(verb: &'static str, what: &str, id: Uuid, before: Option<String>, after: Option<String>) -> audit::Event<'static> {
    audit::Event { verb, subject: format!("{what} {id}"), before, after }
}
