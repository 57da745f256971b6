//! Entering a council. The platform operator's work, and the demonstration's.

use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::app::App;
use crate::error::{ContextExt, Result};

/// What a new council is.
#[derive(Debug, Clone)]
pub struct NewCouncil<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub gss_code: Option<&'a str>,
}

/// Enters a council and answers its id.
pub async fn create(app: &App, new: &NewCouncil<'_>) -> Result<Uuid> {
    let id = app.ids.next();
    let row = entity::council::ActiveModel {
        id: Set(id),
        code: Set(new.code.to_owned()),
        name: Set(new.name.to_owned()),
        kind: Set(new.kind.to_owned()),
        gss_code: Set(new.gss_code.map(str::to_owned)),
        created_at: Set(app.clock.now()),
        suspended_at: Set(None),
    };
    entity::council::Entity::insert(row).exec_without_returning(app.db.pool()).await.context("entering a council")?;
    Ok(id)
}

/// A council by its code, for the command line.
pub async fn by_code(app: &App, code: &str) -> Result<Option<Uuid>> {
    use sea_orm::{ColumnTrait, QueryFilter};
    #[expect(clippy::disallowed_methods, reason = "councils are not a council's rows")]
    let query = entity::council::Entity::find().filter(entity::council::Column::Code.eq(code));
    Ok(query.one(app.db.pool()).await.context("finding a council")?.map(|c| c.id))
}
