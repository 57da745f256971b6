//! Planning figures.
use super::*;
use crate::{
    access::{Actor, Scope, token::Keys},
    app::App,
    db::Change,
    error::{Result, UserError},
};
pub struct Asked<'a> {
    pub today: chrono::NaiveDate,
    pub period: Option<Period>,
    pub keys: &'a Keys,
}
pub async fn plan(_db: &impl sea_orm::ConnectionTrait, _actor: &Actor, _asked: &Asked<'_>, _reading: &importers::Reading) -> Result<Plan> {
    Ok(Plan::default())
}
pub async fn apply(
    _app: &App,
    _tx: &Change,
    _scope: &Scope,
    _import: Uuid,
    _changes: &[entity::import_change::Model],
    _reason: Option<&str>,
) -> Result<Result<(), UserError>> {
    Ok(Ok(()))
}
pub async fn undo(_app: &App, _tx: &Change, _scope: &Scope, _import: Uuid) -> Result<Undone> {
    Ok(Undone::default())
}
