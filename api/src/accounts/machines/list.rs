//! Which machine tokens there are, with whose and over what.

use chrono::{DateTime, Utc};
use rules::permission::Permission;
use sea_orm::{ConnectionTrait, PaginatorTrait, Value};
use uuid::Uuid;

use super::LIVE_MAX;
use crate::access::Scope;
use crate::access::scope::of_council;
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::rows::read_rows;

/// A token as a list shows it: all but its secret, which nobody has.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: Uuid,
    pub person: Uuid,
    pub person_name: String,
    pub name: String,
    /// One this version does not know is left out.
    pub permissions: Vec<Permission>,
    /// Ref of the element it is narrowed to.
    pub element: Option<String>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub revoked_by: Option<String>,
    pub revoked_reason: Option<String>,
}

/// Tokens of a council, narrowed and ordered by what follows in the statement, whose parameters begin with `$2`.
async fn list(db: &impl ConnectionTrait, council: Uuid, narrowed: &str, given: Vec<Value>) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT t.id, t.person_id, p.name, t.name, t.permissions, e.code, t.created_at, t.expires_at, t.last_used_at, t.revoked_at, \
            r.name, t.revoked_reason \
        FROM machine_token t JOIN person p ON p.council_id = t.council_id AND p.id = t.person_id \
        LEFT JOIN element e ON e.council_id = t.council_id AND e.id = t.element_id \
        LEFT JOIN person r ON r.council_id = t.council_id AND r.id = t.revoked_by WHERE t.council_id = $1 {narrowed}"
    );
    let values = std::iter::once(council.into()).chain(given).collect();
    read_rows(db, "loading machine tokens", &sql, values, |row| {
        Ok(Listed {
            id: row.next()?,
            person: row.next()?,
            person_name: row.next()?,
            name: row.next()?,
            permissions: crate::access::actor::permissions(&row.next::<String>()?)?,
            element: row.next()?,
            created_at: row.next()?,
            expires_at: row.next()?,
            last_used_at: row.next()?,
            revoked_at: row.next()?,
            revoked_by: row.next()?,
            revoked_reason: row.next()?,
        })
    })
    .await
}

/// One token, of a person if one is given.
pub async fn find(db: &impl ConnectionTrait, council: Uuid, id: Uuid, whose: Option<Uuid>) -> Result<Option<Listed>> {
    let found = match whose {
        None => list(db, council, "AND t.id = $2", vec![id.into()]).await?,
        Some(person) => list(db, council, "AND t.id = $2 AND t.person_id = $3", vec![id.into(), person.into()]).await?,
    };
    Ok(found.into_iter().next())
}

/// A person's tokens in use, the latest first: no more than one may have.
pub async fn of_person(db: &impl ConnectionTrait, scope: &Scope, now: DateTime<Utc>) -> Result<Vec<Listed>> {
    let narrowed = format!("AND t.person_id = $2 AND t.revoked_at IS NULL AND t.expires_at > $3 ORDER BY t.id DESC LIMIT {LIVE_MAX}");
    list(db, scope.council, &narrowed, vec![scope.person.into(), now.into()]).await
}

/// A council's tokens behind the cursor, the latest first, whether in use or not: one more than the page holds.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, ask: &Ask) -> Result<Vec<Listed>> {
    let limit = ask.first.saturating_add(1);
    match ask.after.as_deref() {
        None => list(db, scope.council, &format!("ORDER BY t.id DESC LIMIT {limit}"), Vec::new()).await,
        Some(after) => {
            let after = Uuid::try_parse(after).context("reading a cursor")?;
            list(db, scope.council, &format!("AND t.id < $2 ORDER BY t.id DESC LIMIT {limit}"), vec![after.into()]).await
        }
    }
}

/// How many tokens a council has, in use or not.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Result<usize> {
    let found = of_council::<entity::machine_token::Entity>(scope.council).count(db).await.context("counting machine tokens")?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}
