//! Undoing: what an import changed goes back to what stood before, what it brought goes, unless something came to
//! depend on it since. What stays is listed with the reason.
//!
//! Dated facts (definitions, targets, rules) are superseded and stay readable as at any instant they were in force.

mod decide;
mod used;

use entity::import_change::{Column, Entity, Model};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use self::decide::{Decision, Gone};
use super::step::Steps;
use super::write::Writer;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::frameworks::batch;
use crate::frameworks::book::{Which, held};
use crate::imports::plan::{ChangeKind, Fate, Undone};

/// Takes back what an import wrote. The caller commits or drops the transaction.
pub async fn undo(app: &App, tx: &Change, scope: &Scope, import: Uuid) -> Result<Undone> {
    let written = [ChangeKind::New.code(), ChangeKind::Changed.code()];
    let query = scoped::<Entity>(scope)
        .filter(Column::ImportId.eq(import))
        .filter(Column::Kind.is_in(written))
        .filter(Column::Outcome.is_null().or(Column::Outcome.eq(Fate::Failed.code())))
        .order_by_asc(Column::Seq);
    let changes: Vec<Model> = query.all(&**tx).await.context("loading what an import wrote")?;
    let steps = Steps::of(&changes)?;
    if steps.label.is_empty() {
        return Ok(Undone::default());
    }
    let held = held(&**tx, scope, Which::Label(&steps.label)).await?;
    let used = used::load(&**tx, scope).await?;
    let Decision { back, gone, undone } = decide::decide(steps, &held, &used);
    let at = tx.at(&app.clock);
    leave(tx, scope, &gone, at).await?;
    let writer = Writer { app, tx, scope, import: Some(import), at, held: &held };
    if held.edition.is_some() && writer.write(back).await?.is_err() {
        return Err(Error::internal("undoing a framework's import", &"a row that was checked leads nowhere"));
    }
    clear(tx, scope, &gone, at).await?;
    Ok(undone)
}

/// Removes what points at elements and indicators.
async fn leave(tx: &Change, scope: &Scope, gone: &Gone, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    use entity::{element_link, forum, forum_remit, indicator_link};
    let council = scope.council;
    batch::remove::<element_link::Entity>(tx, council, element_link::Column::Id, &gone.links).await?;
    batch::remove::<indicator_link::Entity>(tx, council, indicator_link::Column::Id, &gone.links).await?;
    batch::remove::<forum_remit::Entity>(tx, council, forum_remit::Column::ForumId, &gone.forums).await?;
    batch::remove::<forum::Entity>(tx, council, forum::Column::Id, &gone.forums).await?;
    batch::supersede::<entity::target::Entity>(tx, council, &gone.targets, at).await?;
    batch::supersede::<entity::status_rule::Entity>(tx, council, &gone.rules, at).await
}

/// Removes the rest, once what stays has gone back to where it was.
async fn clear(tx: &Change, scope: &Scope, gone: &Gone, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    use entity::{element, framework, membership, placement, reporting_period, status_rule};
    let council = scope.council;
    batch::supersede::<entity::indicator_version::Entity>(tx, council, &gone.versions, at).await?;
    batch::remove::<membership::Entity>(tx, council, membership::Column::Id, &gone.memberships).await?;
    batch::remove::<placement::Entity>(tx, council, placement::Column::Id, &gone.placements).await?;
    batch::remove::<element::Entity>(tx, council, element::Column::Id, &gone.elements).await?;
    batch::remove::<reporting_period::Entity>(tx, council, reporting_period::Column::Id, &gone.periods).await?;
    // An edition that never should have been takes its ended rules along: they judged nothing else. What they said
    // stays in the import's own rows.
    batch::remove::<status_rule::Entity>(tx, council, status_rule::Column::FrameworkId, &gone.editions).await?;
    batch::remove::<framework::Entity>(tx, council, framework::Column::Id, &gone.editions).await
}
