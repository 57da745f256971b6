//! Platform operators: they create and suspend councils, belong to none, and see no figures.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use crate::accounts::sessions::next_second;
use crate::app::App;
use crate::error::{ContextExt, Error, Result};
use crate::rows::execute;

/// A platform operator in use.
#[derive(Debug, Clone)]
pub struct Operator {
    pub id: Uuid,
    pub email: String,
    pub name: String,
}

/// The operator a token names. Suspended, or told to sign out since the token was issued, is nobody.
pub async fn in_use(app: &App, id: Uuid, issued: DateTime<Utc>) -> Result<Operator> {
    #[expect(clippy::disallowed_methods, reason = "operators belong to no council")]
    let found = entity::operator::Entity::find_by_id(id).one(app.db.pool()).await.context("finding an operator")?;
    let valid = |row: &entity::operator::Model| row.suspended_at.is_none() && row.tokens_valid_from.is_none_or(|from| from <= issued);
    match found.filter(valid) {
        Some(row) => Ok(Operator { id: row.id, email: row.email, name: row.name }),
        None => Err(Error::unauthenticated("no such operator in use")),
    }
}

/// Every operator, in the order of their addresses.
pub async fn all(app: &App) -> Result<Vec<entity::operator::Model>> {
    #[expect(clippy::disallowed_methods, reason = "operators belong to no council")]
    let all = entity::operator::Entity::find().order_by_asc(entity::operator::Column::Email);
    all.all(app.db.pool()).await.context("listing operators")
}

/// Enters an operator, whose address nobody else has; answers their id.
pub async fn enter(app: &App, email: &str, name: &str) -> Result<Uuid> {
    let id = app.ids.next();
    let row = entity::operator::ActiveModel {
        id: Set(id),
        email: Set(email.to_owned()),
        name: Set(name.to_owned()),
        created_at: Set(app.clock.now()),
        suspended_at: Set(None),
        tokens_valid_from: Set(None),
    };
    entity::operator::Entity::insert(row).exec_without_returning(app.db.pool()).await.context("entering an operator")?;
    Ok(id)
}

/// Suspends an operator, and refuses every token they have: whether there was one in use of that address.
pub async fn suspend(app: &App, email: &str) -> Result<bool> {
    let now = app.clock.now();
    let sql = "UPDATE operator SET suspended_at = $2, tokens_valid_from = $3 WHERE email = $1 AND suspended_at IS NULL";
    let values = vec![email.into(), now.into(), next_second(now).into()];
    Ok(execute(app.db.pool(), "suspending an operator", sql, values).await? > 0)
}
