//! Entering a council. The platform operator's work, and the demonstration's.

use entity::council::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::access::By;
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::error::{ContextExt, Error, Result};

/// What a new council is.
#[derive(Debug, Clone)]
pub struct NewCouncil<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub gss_code: Option<&'a str>,
}

/// Enters a council, which is the first event of its trail, and answers its id.
pub async fn create(app: &App, new: &NewCouncil<'_>) -> Result<Uuid> {
    let row = row(app, new);
    let tx = app.db.change(row.id).await?;
    if !insert(&*tx, &row).await? {
        return Err(Error::conflict(format!("There is a council {} already.", row.code)));
    }
    let by = By { actor: "the service".into(), via: "command line".into(), ..By::default() };
    let behind = Behind { person: None, role: None, by: &by };
    let event =
        Event { verb: "council.create", subject: format!("council {}", row.id), before: None, after: Some(state(&row).to_string()) };
    audit::record_of(app, &tx, row.id, &behind, Outcome::Done, event).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// A council as it is to be.
pub(super) fn row(app: &App, new: &NewCouncil<'_>) -> Model {
    Model {
        id: app.ids.next(),
        code: new.code.to_owned(),
        name: new.name.to_owned(),
        kind: new.kind.to_owned(),
        gss_code: new.gss_code.map(str::to_owned),
        created_at: app.clock.now(),
        suspended_at: None,
        revision: 0,
        last_change: 0,
        changed_at: None,
    }
}

/// A new council as the first event of its trail tells of it.
pub(super) fn state(row: &Model) -> serde_json::Value {
    json!({ "code": row.code, "name": row.name, "kind": row.kind, "gss_code": row.gss_code })
}

/// Enters it, unless its code is taken: then answers false.
pub(super) async fn insert(db: &impl ConnectionTrait, row: &Model) -> Result<bool> {
    let free = OnConflict::column(Column::Code).do_nothing().to_owned();
    let insert = Entity::insert(row.clone().into_active_model().reset_all()).on_conflict(free);
    let entered = insert.exec_without_returning(db).await.context("entering a council")?;
    Ok(entered == 1)
}

/// A council by its code, for the command line.
pub async fn by_code(app: &App, code: &str) -> Result<Option<Uuid>> {
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = Entity::find().filter(Column::Code.eq(code));
    Ok(query.one(app.db.pool()).await.context("finding a council")?.map(|c| c.id))
}

/// A council by its id.
pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>> {
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = Entity::find().filter(Column::Id.eq(id));
    query.one(db).await.context("finding a council")
}

/// A council in use by its code, for whoever asks without saying who they are.
pub async fn in_use(app: &App, code: &str) -> Result<Option<Model>> {
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = Entity::find().filter(Column::Code.eq(code)).filter(Column::SuspendedAt.is_null());
    query.one(app.db.pool()).await.context("finding a council")
}

/// Every council, by code: its id and code. For the command line.
pub async fn all(app: &App) -> Result<Vec<(Uuid, String)>> {
    use sea_orm::QueryOrder;
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = entity::council::Entity::find().order_by_asc(entity::council::Column::Code);
    let rows = query.all(app.db.pool()).await.context("listing councils")?;
    Ok(rows.into_iter().map(|council| (council.id, council.code)).collect())
}
