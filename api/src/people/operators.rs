//! Platform operators: they create and suspend councils, belong to none, and see no figures.

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use uuid::Uuid;

use crate::app::App;
use crate::error::{ContextExt, Error, Result};

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
