//! Planning a framework.
use super::*;
use crate::{
    access::{Actor, Scope},
    app::App,
    db::Change,
    error::{Result, UserError},
};
pub async fn plan(
    _db: &impl sea_orm::ConnectionTrait,
    _actor: &Actor,
    _today: chrono::NaiveDate,
    _reading: &importers::Reading,
) -> Result<Plan> {
    Ok(Plan::default())
}
pub async fn apply(
    _app: &App,
    _tx: &Change,
    _scope: &Scope,
    _import: Uuid,
    _changes: &[entity::import_change::Model],
) -> Result<Result<(), UserError>> {
    Ok(Ok(()))
}
pub async fn undo(_app: &App, _tx: &Change, _scope: &Scope, _import: Uuid) -> Result<Undone> {
    Ok(Undone::default())
}
