//! The acts on mappings.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::graphql::ImportMapping;
use super::service;
use super::words::WorkbookMapping;
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::session::session;
use crate::imports::graphql::Import;
use crate::imports::service as imports;

/// How an import's workbook is to be read.
#[derive(InputObject)]
pub struct ImportMapInput {
    /// The import.
    id: ID,
    /// What its tables and columns are. Begin with `Import.tables { asMapping }`.
    mapping: WorkbookMapping,
    /// Keep the mapping under this name, for workbooks of the same shape to come.
    save_as: Option<String>,
}

/// A mapping to be kept.
#[derive(InputObject)]
pub struct ImportMappingSaveInput {
    /// The council's code.
    council: String,
    /// Its name. A mapping kept under it before is replaced.
    name: String,
    /// What it says.
    mapping: WorkbookMapping,
}

/// A kept mapping to be removed.
#[derive(InputObject)]
pub struct ImportMappingRemoveInput {
    /// The mapping.
    id: ID,
}

/// What came of reading a workbook as a mapping says.
#[derive(SimpleObject)]
pub struct ImportMapPayload {
    /// The import, queued to be read again: watch it with `importProgress`.
    import: Option<Import>,
    /// The mapping, where it was kept.
    mapping: Option<ImportMapping>,
    /// What the person can put right: `IMPORT_NOT_FOUND`, `IMPORT_NOT_PLANNED`, `NOT_A_WORKBOOK`, `MAPPING_INVALID`, `MAPPING_TOO_LARGE`,
    /// `NAME_INVALID`, `TOO_MANY_MAPPINGS`. Nothing was changed.
    user_errors: Vec<UserError>,
}

/// What came of keeping or removing a mapping.
#[derive(SimpleObject)]
pub struct ImportMappingPayload {
    /// The mapping as it is kept, or was.
    mapping: Option<ImportMapping>,
    /// What the person can put right: `COUNCIL_NOT_FOUND`, `MAPPING_NOT_FOUND`, `MAPPING_INVALID`, `MAPPING_TOO_LARGE`,
    /// `NAME_INVALID`, `TOO_MANY_MAPPINGS`.
    user_errors: Vec<UserError>,
}

/// The acts on mappings.
#[derive(Default)]
pub struct MappingMutation;

#[Object]
impl MappingMutation {
    /// Read an import's workbook again, this time as a mapping says, and plan it anew. Nothing of the council changes.
    async fn import_map(&self, ctx: &Context<'_>, input: ImportMapInput) -> Option<Result<ImportMapPayload>> {
        let act = async || {
            let (done, user_errors) = payload(map(ctx, input).await)?;
            session(ctx).refresh().await;
            let (import, mapping) = done.unzip();
            Ok(ImportMapPayload { import, mapping: mapping.flatten(), user_errors })
        };
        Some(act().await)
    }

    /// Keep a mapping for workbooks to come. For those who may import for the whole council.
    async fn import_mapping_save(&self, ctx: &Context<'_>, input: ImportMappingSaveInput) -> Option<Result<ImportMappingPayload>> {
        let act = async || {
            let (mapping, user_errors) = payload(save(ctx, input).await)?;
            session(ctx).refresh().await;
            Ok(ImportMappingPayload { mapping, user_errors })
        };
        Some(act().await)
    }

    /// Remove a kept mapping. Imports read with it stay as they are.
    async fn import_mapping_remove(&self, ctx: &Context<'_>, input: ImportMappingRemoveInput) -> Option<Result<ImportMappingPayload>> {
        let act = async || {
            let (mapping, user_errors) = payload(remove(ctx, &input).await)?;
            session(ctx).refresh().await;
            Ok(ImportMappingPayload { mapping, user_errors })
        };
        Some(act().await)
    }
}

async fn map(ctx: &Context<'_>, input: ImportMapInput) -> Result<(Import, Option<ImportMapping>), Refusal> {
    let app = &session(ctx).app;
    let (tx, actor) = session(ctx).change().await?;
    imports::may_import(&actor)?;
    let id = id::expect(&input.id, Kind::Import)
        .map_err(|_| UserError::new("IMPORT_NOT_FOUND", "There is no such import here.", Some(&["input", "id"])))?;
    let mapping = input.mapping.into();
    let row = service::read_again(app, &tx, &actor, id, &mapping).await?;
    let kept = match &input.save_as {
        Some(name) => Some(service::save(app, &tx, &actor, name, &mapping).await?),
        None => None,
    };
    imports::moved(&tx, &row)?;
    tx.commit().await?;
    Ok((Import { row }, kept.map(ImportMapping::of)))
}

async fn save(ctx: &Context<'_>, input: ImportMappingSaveInput) -> Result<ImportMapping, Refusal> {
    let app = &session(ctx).app;
    let (tx, actor) = session(ctx).change().await?;
    service::may_keep(&actor)?;
    if actor.council.code != input.council {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    let row = service::save(app, &tx, &actor, &input.name, &input.mapping.into()).await?;
    tx.commit().await?;
    Ok(ImportMapping::of(row))
}

async fn remove(ctx: &Context<'_>, input: &ImportMappingRemoveInput) -> Result<ImportMapping, Refusal> {
    let app = &session(ctx).app;
    let (tx, actor) = session(ctx).change().await?;
    let id = id::expect(&input.id, Kind::ImportMapping).ok();
    let row = service::remove(app, &tx, &actor, id).await?;
    tx.commit().await?;
    Ok(ImportMapping::of(row))
}
