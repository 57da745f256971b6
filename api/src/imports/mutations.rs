//! The acts on imports.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Upload};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

use super::graphql::Import;
use super::mappings::words::WorkbookMapping;
use super::names::Names;
use super::plan::{Kept, Undone};
use super::service::{self, Options};
use super::verbs::{self, Acceptance, Acknowledgement, Deed, LeftOut, NotAccepted, Stored};
use crate::access::{Actor, Scope};
use crate::db::Change;
use crate::error::{ContextExt, Error, Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Period;
use crate::graphql::session::session;
use crate::indicators::graphql::Indicator;
use crate::telemetry::metrics;

/// A workbook to be read.
#[derive(InputObject)]
pub struct ImportSubmitInput {
    /// Code of the council it is for.
    council: String,
    /// Id answered by `POST /uploads`. Give this or `file`.
    upload: Option<ID>,
    /// The file itself, by the GraphQL multipart request specification. Give this or `upload`.
    file: Option<Upload>,
    /// The return's period, where the workbook does not say.
    period: Option<Period>,
    /// How the workbook is to be read, where it does not explain itself. Give this or `mappingName`, or neither: then the
    /// mappings the council keeps are tried.
    mapping: Option<WorkbookMapping>,
    /// Name of the kept mapping it is to be read by.
    mapping_name: Option<String>,
}

/// A plan to be applied.
#[derive(InputObject)]
pub struct ImportAcceptInput {
    /// The import.
    id: ID,
    /// `Import.digest` of the plan that was looked at: refused when the plan is another by now.
    digest: Option<String>,
    /// Take the rows that are right although others are refused. Without it, all or nothing.
    #[graphql(default = false)]
    valid_rows_only: bool,
    /// Rows of the plan (`ImportChange.id`) that are not to be applied; 10,000 at most. Warnings about them alone need no
    /// acknowledgement. `changes(outcome: LEFT_OUT)` lists them afterwards.
    #[graphql(default)]
    leave_out: Vec<ID>,
    /// Codes of indicators none of whose rows are to be applied.
    #[graphql(default)]
    leave_out_indicators: Vec<String>,
    /// The warnings the person takes upon themselves, each code of `openWarnings` with why; kept with the import.
    #[graphql(default)]
    acknowledgements: Vec<ImportAcknowledgementInput>,
    /// Codes of the warnings the person takes upon themselves, all for `reason`.
    #[graphql(default, deprecation = "Give `acknowledgements`, each with its reason. Stays until 1 December 2027.")]
    acknowledged_warnings: Vec<String>,
    /// Why figures that are held are changed; kept with each.
    reason: Option<String>,
}

/// A warning that is right as it is.
#[derive(InputObject)]
pub struct ImportAcknowledgementInput {
    /// Its code.
    code: String,
    /// Why it is right as it is, 2,000 characters at most.
    reason: String,
}

impl From<ImportAcknowledgementInput> for Acknowledgement {
    fn from(given: ImportAcknowledgementInput) -> Self {
        Self { code: given.code, reason: given.reason }
    }
}

/// A plan that is not to be applied.
#[derive(InputObject)]
pub struct ImportRefuseInput {
    /// The import.
    id: ID,
    /// Why, 500 characters at most. It is kept with the import.
    reason: String,
}

/// An import to be stopped.
#[derive(InputObject)]
pub struct ImportCancelInput {
    /// The import.
    id: ID,
}

/// An import to be planned anew.
#[derive(InputObject)]
pub struct ImportReplanInput {
    /// The import.
    id: ID,
}

/// An import to be taken back.
#[derive(InputObject)]
pub struct ImportUndoInput {
    /// The import.
    id: ID,
}

/// What came of submitting.
#[derive(SimpleObject)]
pub struct ImportSubmitPayload {
    /// The import, queued: watch it with `importProgress`.
    import: Option<Import>,
    /// What the person can put right: `COUNCIL_NOT_FOUND`, `UPLOAD_NEEDED`, `UPLOAD_NOT_FOUND`, `MAPPING_NOT_FOUND`, `MAPPING_INVALID`,
    /// `MAPPING_TOO_LARGE`, `MAPPING_TWICE`.
    user_errors: Vec<UserError>,
}

/// What came of accepting.
#[derive(SimpleObject)]
pub struct ImportAcceptPayload {
    /// The import, accepted.
    import: Option<Import>,
    /// With `PLAN_OUT_OF_DATE`: the rows of which something else is held by now, what, and by whom; the first hundred.
    /// `importReplan` plans the import anew.
    stale: Vec<KeptFigure>,
    /// What the person can put right: `IMPORT_NOT_FOUND`, `IMPORT_NOT_PLANNED`, `PLAN_OUT_OF_DATE`, `ROWS_REFUSED`,
    /// `ROWS_NOT_YOURS`, `ROW_NOT_FOUND`, `TOO_MANY_ROWS`, `TOO_MANY_CODES`, `WARNINGS_NOT_ACKNOWLEDGED`, `REASON_NEEDED`,
    /// `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `PERIOD_CLOSED`. Nothing was written.
    user_errors: Vec<UserError>,
}

/// What came of refusing an import, cancelling it or planning it anew.
#[derive(SimpleObject)]
pub struct ImportPayload {
    /// The import as it is now.
    import: Option<Import>,
    /// What the person can put right: `IMPORT_NOT_FOUND`, `IMPORT_NOT_PLANNED`, `IMPORT_NOT_READING`, `REASON_NEEDED`,
    /// `TEXT_TOO_LONG`, `TEXT_UNUSABLE`. Nothing was changed.
    user_errors: Vec<UserError>,
}

/// What came of undoing.
#[derive(SimpleObject)]
pub struct ImportUndoPayload {
    /// The import, undone.
    import: Option<Import>,
    /// How many rows were taken back: `import { changes(outcome: REVERSED) }` lists them.
    reversed: i32,
    /// What stays because it was corrected since, and by whom; the first 500.
    kept: Vec<KeptFigure>,
    /// How many there are: `import { changes(outcome: KEPT) }` lists them.
    kept_count: i32,
    /// What could not be taken back, and why; the first 500. Undo the import again to try these again.
    failed: Vec<KeptFigure>,
    /// How many there are: `import { changes(outcome: FAILED) }` lists them.
    failed_count: i32,
    /// What the person can put right: `IMPORT_NOT_FOUND`, `IMPORT_NOT_ACCEPTED`, `NOTHING_REVERSED`, `REASON_NEEDED`,
    /// `TEXT_TOO_LONG`, `TEXT_UNUSABLE`. Nothing was taken back.
    user_errors: Vec<UserError>,
}

/// Something that was left as it is, and why.
#[derive(SimpleObject)]
pub struct KeptFigure {
    /// The indicator, if it is about one.
    pub indicator: Option<Indicator>,
    /// The period, if it is about one.
    pub period: Option<Period>,
    /// What it is, for instance `PI1 2023/24 Q1`.
    pub key: String,
    /// Why it was left.
    pub because: String,
}

/// The acts on imports.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Submit a workbook to be read and planned. Nothing of the council changes until its plan is accepted.
    async fn import_submit(&self, ctx: &Context<'_>, input: ImportSubmitInput) -> Option<Result<ImportSubmitPayload>> {
        let act = async || {
            let (row, user_errors) = payload(submit(ctx, input).await)?;
            session(ctx).refresh().await;
            Ok(ImportSubmitPayload { import: row.map(|row| Import { row }), user_errors })
        };
        Some(act().await)
    }

    /// Apply an import's plan: exactly what `changes` shows, without the rows that are named to be left out, in one
    /// transaction, or nothing.
    async fn import_accept(&self, ctx: &Context<'_>, input: ImportAcceptInput) -> Option<Result<ImportAcceptPayload>> {
        let act = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let outcome = match asked(input) {
                Ok((id, acceptance)) => verbs::accept(&deed, id, &acceptance).await,
                Err(refusal) => Err(refusal.into()),
            };
            let (outcome, stale) = match outcome {
                Ok(row) => (Ok(row), Vec::new()),
                Err(NotAccepted { refusal, stale }) => (Err(refusal), stale),
            };
            let (row, user_errors) = finish(tx, outcome).await?;
            if let Some(row) = &row {
                let written = (row.new_rows + row.changed_rows).saturating_sub(row.left_out_rows);
                session(ctx).app.metrics.import_rows(metrics::Rows::Accepted, usize::try_from(written).unwrap_or_default());
            }
            Ok(ImportAcceptPayload { import: row.map(|row| Import { row }), stale: left(ctx, stale).await?, user_errors })
        };
        Some(act().await)
    }

    /// Refuse an import's plan: it is never applied, and `decisions` says who refused it and why.
    async fn import_refuse(&self, ctx: &Context<'_>, input: ImportRefuseInput) -> Option<Result<ImportPayload>> {
        Some(decide(ctx, &input.id, async |deed, id| verbs::refuse(deed, id, &input.reason).await).await)
    }

    /// Stop an import that waits to be read or is being read. Nothing of it is kept but that it was sent.
    async fn import_cancel(&self, ctx: &Context<'_>, input: ImportCancelInput) -> Option<Result<ImportPayload>> {
        Some(decide(ctx, &input.id, async |deed, id| verbs::cancel(deed, id).await).await)
    }

    /// Plan an import anew from the workbook that was kept: its plan was out of date when it was to be accepted, or what
    /// kept it from being taken was put right. Watch it with `importProgress`.
    async fn import_replan(&self, ctx: &Context<'_>, input: ImportReplanInput) -> Option<Result<ImportPayload>> {
        Some(decide(ctx, &input.id, async |deed, id| verbs::replan(deed, id).await).await)
    }

    /// Take back what an import wrote, each row by itself. What was corrected since is kept; what cannot be taken back now
    /// is listed with why, and undoing again tries it again.
    async fn import_undo(&self, ctx: &Context<'_>, input: ImportUndoInput) -> Option<Result<ImportUndoPayload>> {
        let act = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let outcome = match read(&input.id) {
                Ok(id) => verbs::undo(&deed, id).await,
                Err(refusal) => Err(refusal),
            };
            let (undone, outcome) = match outcome {
                Ok((row, undone)) => (undone, Ok(row)),
                Err(refusal) => (Undone::default(), Err(refusal)),
            };
            let (row, user_errors) = finish(tx, outcome).await?;
            Ok(ImportUndoPayload {
                import: row.map(|row| Import { row }),
                reversed: undone.reversed,
                kept_count: count(&undone.kept),
                failed_count: count(&undone.failed),
                kept: left(ctx, undone.kept).await?,
                failed: left(ctx, undone.failed).await?,
                user_errors,
            })
        };
        Some(act().await)
    }
}

/// Rows listed in a payload at most.
const LEFT_MAX: usize = 500;

fn count(rows: &[Kept]) -> i32 {
    i32::try_from(rows.len()).unwrap_or(i32::MAX)
}

/// The first of the rows that were left as they are.
async fn left(ctx: &Context<'_>, rows: Vec<Kept>) -> Result<Vec<KeptFigure>> {
    let rows = || rows.iter().take(LEFT_MAX);
    let names = Names::of(ctx, rows().filter_map(|row| row.indicator)).await?;
    let figure = |row: &Kept| KeptFigure {
        indicator: row.indicator.and_then(|id| names.indicator(id)),
        period: row.period.map(Period),
        key: row.key.clone(),
        because: row.because.clone(),
    };
    Ok(rows().map(figure).collect())
}

/// What accepting is told, from the input.
fn asked(input: ImportAcceptInput) -> Result<(Uuid, Acceptance), Refusal> {
    let id = read(&input.id)?;
    let row = |id: &ID| id::expect(id, Kind::ImportChange);
    let rows: Result<Vec<Uuid>> = input.leave_out.iter().map(row).collect();
    let rows = rows.map_err(|_| {
        let message = "Name rows to be left out by `ImportChange.id`.";
        UserError::new("ROW_NOT_FOUND", message, Some(&["input", "leaveOut"]))
    })?;
    let given = input.acknowledgements.into_iter().map(Acknowledgement::from);
    let reason = input.reason.clone().unwrap_or_default();
    let together = input.acknowledged_warnings.into_iter().map(|code| Acknowledgement { code, reason: reason.clone() });
    let acceptance = Acceptance {
        digest: input.digest,
        valid_rows_only: input.valid_rows_only,
        left_out: LeftOut { rows, indicators: input.leave_out_indicators },
        // What has a reason of its own comes last, and holds.
        acknowledged: together.chain(given).collect(),
        reason: input.reason,
    };
    Ok((id, acceptance))
}

/// Does what is decided about one import.
async fn decide(
    ctx: &Context<'_>,
    id: &ID,
    verb: impl AsyncFnOnce(&Deed<'_>, Uuid) -> Result<entity::import::Model, Refusal>,
) -> Result<ImportPayload> {
    let (tx, actor) = session(ctx).change().await?;
    let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
    let outcome = match read(id) {
        Ok(id) => verb(&deed, id).await,
        Err(refusal) => Err(refusal),
    };
    let (row, user_errors) = finish(tx, outcome).await?;
    Ok(ImportPayload { import: row.map(|row| Import { row }), user_errors })
}

/// Makes a verb's change so and tells who watches; refused, it is undone with all it wrote.
async fn finish(tx: Change, outcome: Result<entity::import::Model, Refusal>) -> Result<(Option<entity::import::Model>, Vec<UserError>)> {
    let (row, user_errors) = payload(outcome)?;
    if let Some(row) = &row {
        service::moved(&tx, row)?;
        tx.commit().await?;
    }
    Ok((row, user_errors))
}

fn read(id: &ID) -> Result<Uuid, Refusal> {
    id::expect(id, Kind::Import)
        .map_err(|_| UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"])).into())
}

/// What is to be read: bytes that were stored just now, or an upload of before.
enum Sent {
    Stored(Stored),
    Upload(Uuid),
}

/// The rights are read again inside the change: what was withdrawn while a file was received is gone.
async fn submit(ctx: &Context<'_>, mut input: ImportSubmitInput) -> Result<entity::import::Model, Refusal> {
    let session = session(ctx);
    let sent = sent(ctx, &mut input).await?;
    let (tx, actor) = session.change().await?;
    admitted(&actor, &input.council)?;
    let deed = Deed { app: &session.app, tx: &tx, actor: &actor };
    let upload = match sent {
        Sent::Stored(stored) => verbs::keep_upload(&deed, stored).await?.id,
        Sent::Upload(id) => id,
    };
    let options = Options { period: input.period.map(|p| p.0), mapping: input.mapping.map(Into::into), mapping_named: input.mapping_name };
    let row = verbs::submit(&deed, upload, &options).await?;
    tx.commit().await?;
    Ok(row)
}

/// Whether whoever asks may import for the council they name.
fn admitted(actor: &Actor, council: &str) -> Result<Scope, Refusal> {
    let scope = service::may_import(actor)?;
    if actor.council.code != council {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    Ok(scope)
}

/// Finds out what is to be read. Who may not import is told so before a byte is stored, and before anything else.
async fn sent(ctx: &Context<'_>, input: &mut ImportSubmitInput) -> Result<Sent, Refusal> {
    let session = session(ctx);
    let scope = admitted(&*session.actor().await?, &input.council)?;
    session.refresh().await;
    match (input.upload.take(), input.file.take()) {
        (Some(id), None) => Ok(Sent::Upload(id::expect(&id, Kind::Upload).map_err(|_| {
            UserError::new("UPLOAD_NOT_FOUND", "This upload is not here any more: send the workbook again.", Some(&["input", "upload"]))
        })?)),
        (None, Some(file)) => {
            let file = crate::graphql::upload::file(ctx, file)?;
            let (name, content) = (file.filename, tokio::fs::File::from_std(file.content));
            let (most, mut bytes) = (session.app.upload_bytes_max, Vec::new());
            content.take(most as u64 + 1).read_to_end(&mut bytes).await.context("receiving an upload")?;
            if bytes.len() > most {
                return Err(Error::limit(format!("A workbook is {most} bytes at most.")).into());
            }
            Ok(Sent::Stored(verbs::store_bytes(&session.app, &scope, &name, bytes).await?))
        }
        _ => {
            let message = "Give either `upload` (from POST /uploads) or `file`.";
            Err(UserError::new("UPLOAD_NEEDED", message, Some(&["input", "upload"])).into())
        }
    }
}
