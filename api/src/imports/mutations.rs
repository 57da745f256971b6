//! The acts on imports.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Upload};
use tokio::io::AsyncReadExt;

use super::graphql::Import;
use super::mappings::words::WorkbookMapping;
use super::names::Names;
use super::service::{self, Acceptance, Options};
use crate::error::{ContextExt, Error, Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::Period;
use crate::graphql::session::session;
use crate::indicators::graphql::Indicator;

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
    /// Codes of the warnings the person takes upon themselves.
    #[graphql(default)]
    acknowledged_warnings: Vec<String>,
    /// Why figures that are held are changed; kept with each.
    reason: Option<String>,
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
    /// What the person can put right.
    user_errors: Vec<UserError>,
}

/// What came of accepting.
#[derive(SimpleObject)]
pub struct ImportAcceptPayload {
    /// The import, accepted.
    import: Option<Import>,
    /// What the person can put right. Nothing was written.
    user_errors: Vec<UserError>,
}

/// What came of undoing.
#[derive(SimpleObject)]
pub struct ImportUndoPayload {
    /// The import, undone.
    import: Option<Import>,
    /// How many rows were taken back.
    reversed: i32,
    /// What was not taken back, and why.
    kept: Vec<KeptFigure>,
    /// What the person can put right. Nothing was taken back.
    user_errors: Vec<UserError>,
}

/// Something an undo left as it is.
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

    /// Apply an import's plan: exactly what `changes` shows, in one transaction, or nothing.
    async fn import_accept(&self, ctx: &Context<'_>, input: ImportAcceptInput) -> Option<Result<ImportAcceptPayload>> {
        let act = async || {
            let actor = session(ctx).actor().await?;
            let acceptance = Acceptance {
                digest: input.digest,
                valid_rows_only: input.valid_rows_only,
                acknowledged: input.acknowledged_warnings,
                reason: input.reason,
            };
            session(ctx).refresh().await;
            let outcome = match read(&input.id) {
                Ok(id) => service::accept(&session(ctx).app, &actor, id, &acceptance).await,
                Err(refusal) => Err(refusal),
            };
            let (row, user_errors) = payload(outcome)?;
            Ok(ImportAcceptPayload { import: row.map(|row| Import { row }), user_errors })
        };
        Some(act().await)
    }

    /// Take back what an import wrote. Figures a person changed since are kept and listed.
    async fn import_undo(&self, ctx: &Context<'_>, input: ImportUndoInput) -> Option<Result<ImportUndoPayload>> {
        let act = async || {
            let actor = session(ctx).actor().await?;
            session(ctx).refresh().await;
            let outcome = match read(&input.id) {
                Ok(id) => service::undo(&session(ctx).app, &actor, id).await,
                Err(refusal) => Err(refusal),
            };
            let (done, user_errors) = payload(outcome)?;
            let Some((row, undone)) = done else {
                return Ok(ImportUndoPayload { import: None, reversed: 0, kept: Vec::new(), user_errors });
            };
            let names = Names::of(ctx, undone.kept.iter().filter_map(|kept| kept.indicator)).await?;
            let kept = undone.kept.into_iter().map(|k| KeptFigure {
                indicator: k.indicator.and_then(|id| names.indicator(id)),
                period: k.period.map(Period),
                key: k.key,
                because: k.because,
            });
            Ok(ImportUndoPayload { import: Some(Import { row }), reversed: undone.reversed, kept: kept.collect(), user_errors })
        };
        Some(act().await)
    }
}

fn read(id: &ID) -> Result<uuid::Uuid, Refusal> {
    id::expect(id, Kind::Import)
        .map_err(|_| UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"])).into())
}

async fn submit(ctx: &Context<'_>, input: ImportSubmitInput) -> Result<entity::import::Model, Refusal> {
    let session = session(ctx);
    let actor = session.actor().await?;
    service::may_import(&actor)?;
    if actor.council.code != input.council {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    session.refresh().await;
    let upload = match (input.upload, input.file) {
        (Some(id), None) => id::expect(&id, Kind::Upload).map_err(|_| {
            UserError::new("UPLOAD_NOT_FOUND", "This upload is not here any more: send the workbook again.", Some(&["input", "upload"]))
        })?,
        (None, Some(file)) => {
            let file = file.value(ctx).context("receiving an upload")?;
            let (name, mut content) = (file.filename, tokio::fs::File::from_std(file.content));
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes).await.context("receiving an upload")?;
            if bytes.len() > session.app.upload_bytes_max {
                return Err(Error::limit(format!("A workbook is {} bytes at most.", session.app.upload_bytes_max)).into());
            }
            service::keep_upload(&session.app, &actor, &name, bytes).await?.id
        }
        _ => {
            let message = "Give either `upload` (from POST /uploads) or `file`.";
            return Err(UserError::new("UPLOAD_NEEDED", message, Some(&["input", "upload"])).into());
        }
    };
    let options = Options { period: input.period.map(|p| p.0), mapping: input.mapping.map(Into::into), mapping_named: input.mapping_name };
    service::submit(&session.app, &actor, upload, &options).await
}
