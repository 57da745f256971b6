//! The statements of sign-in with directories.

use chrono::{DateTime, Utc};
use entity::{directory_grant, identity, identity_provider, role_grant};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, SqlErr};
use uuid::Uuid;

use super::provider::Provider;
use super::token::Said;
use crate::access::scope::of_council;
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::read_rows;

/// The provider in use whose tokens say so of themselves, of whatever council. A token for two councils at once is
/// for neither.
pub async fn provider_of(app: &App, said: &Said) -> Result<Provider> {
    let columns =
        "council_id, id, name, issuer, audience, algorithms, link_by, email_claim, groups_claim, created_at, created_by, disabled_at";
    let places: Vec<String> = (0..said.audiences.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT {columns} FROM identity_provider WHERE issuer = $1 AND audience IN ({}) AND disabled_at IS NULL LIMIT 2",
        places.join(", ")
    );
    let values = std::iter::once(&said.issuer).chain(&said.audiences).map(|text| text.as_str().into()).collect();
    let snapshot = app.db.snapshot_across_councils("sign-in").await?;
    let rows = read_rows(&*snapshot, "finding whose token this is", &sql, values, |row| {
        Ok(identity_provider::Model {
            council_id: row.next()?,
            id: row.next()?,
            name: row.next()?,
            issuer: row.next()?,
            audience: row.next()?,
            algorithms: row.next()?,
            link_by: row.next()?,
            email_claim: row.next()?,
            groups_claim: row.next()?,
            created_at: row.next()?,
            created_by: row.next()?,
            disabled_at: row.next()?,
        })
    })
    .await?;
    let mut rows = rows.into_iter();
    match (rows.next(), rows.next()) {
        (Some(row), None) => row.try_into(),
        (None, _) => Err(Error::unauthenticated("an issuer and audience not known here")),
        (Some(_), Some(_)) => Err(Error::unauthenticated("for two councils' audiences at once")),
    }
}

/// A person as somebody about to sign in.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: Uuid,
    pub name: String,
    pub email: String,
    /// Who they are to the provider; none while they are not linked.
    pub identity: Option<Identity>,
    /// Suspended, with their council or alone.
    pub suspended: bool,
    pub tokens_valid_from: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone)]
pub struct Identity {
    pub id: Uuid,
    pub subject: String,
    pub groups_at: Option<DateTime<Utc>>,
}

const KNOWN: &str = "SELECT p.id, p.name, p.email, p.suspended_at IS NOT NULL OR c.suspended_at IS NOT NULL, p.tokens_valid_from, \
    i.id, i.subject, i.groups_at FROM person p JOIN council c ON c.id = p.council_id \
    LEFT JOIN identity i ON i.council_id = p.council_id AND i.person_id = p.id AND i.provider_id = $2 WHERE p.council_id = $1 AND ";

/// Whoever a subject of a provider is linked to.
pub async fn by_subject(db: &impl ConnectionTrait, provider: &Provider, subject: &str) -> Result<Option<Known>> {
    known(db, provider, "i.subject = $3", subject).await
}

/// The council's person of an address.
pub async fn by_email(db: &impl ConnectionTrait, provider: &Provider, email: &str) -> Result<Option<Known>> {
    known(db, provider, "p.email = $3", email).await
}

async fn known(db: &impl ConnectionTrait, provider: &Provider, who: &str, value: &str) -> Result<Option<Known>> {
    let values = vec![provider.council.into(), provider.id.into(), value.into()];
    let sql = format!("{KNOWN}{who}");
    let rows = read_rows(db, "finding who signs in", &sql, values, |row| {
        let (person, name, email, suspended, tokens_valid_from) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
        let (id, subject, groups_at) = (row.next::<Option<Uuid>>()?, row.next::<Option<String>>()?, row.next()?);
        let identity = id.zip(subject).map(|(id, subject)| Identity { id, subject, groups_at });
        Ok(Known { person, name, email, identity, suspended, tokens_valid_from })
    })
    .await?;
    Ok(rows.into_iter().next())
}

/// Links a person to a subject.
pub async fn insert_identity(tx: &Change, row: identity::Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    identity::Entity::insert(row).exec_without_returning(&**tx).await.context("linking a person to a directory")?;
    Ok(())
}

/// Takes a link away.
pub async fn delete_identity(tx: &Change, council: Uuid, id: Uuid) -> Result<()> {
    use identity::Column;
    let of = identity::Entity::delete_many().filter(Column::CouncilId.eq(council)).filter(Column::Id.eq(id));
    of.exec(&**tx).await.context("unlinking a person from a directory")?;
    Ok(())
}

/// Keeps when the token was issued whose groups were looked at.
pub async fn groups_looked_at(tx: &Change, council: Uuid, identity: Uuid, issued: DateTime<Utc>) -> Result<()> {
    use identity::Column;
    identity::Entity::update_many()
        .filter(Column::CouncilId.eq(council))
        .filter(Column::Id.eq(identity))
        .col_expr(Column::GroupsAt, Expr::value(issued))
        .exec(&**tx)
        .await
        .context("keeping when groups were looked at")?;
    Ok(())
}

/// A council's providers, in the order they were entered.
pub async fn providers(db: &impl ConnectionTrait, council: Uuid) -> Result<Vec<Provider>> {
    let rows = of_council::<identity_provider::Entity>(council).order_by_asc(identity_provider::Column::Id).all(db).await;
    rows.context("reading identity providers")?.into_iter().map(TryInto::try_into).collect()
}

/// How an entry or a change of a provider ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Done,
    /// The issuer and audience are entered already, perhaps by another council.
    Taken,
}

/// Enters a provider.
pub async fn insert_provider(tx: &Change, row: identity_provider::Model) -> Result<Written> {
    let row = row.into_active_model().reset_all();
    written(identity_provider::Entity::insert(row).exec_without_returning(&**tx).await.map(drop), "entering an identity provider")
}

/// Keeps a provider's settings as they are now.
pub async fn update_provider(tx: &Change, provider: &Provider) -> Result<Written> {
    use identity_provider::Column;
    let done = identity_provider::Entity::update_many()
        .filter(Column::CouncilId.eq(provider.council))
        .filter(Column::Id.eq(provider.id))
        .col_expr(Column::Name, Expr::value(provider.name.as_str()))
        .col_expr(Column::Audience, Expr::value(provider.audience.as_str()))
        .col_expr(Column::Algorithms, Expr::value(super::provider::kept(&provider.algorithms)))
        .col_expr(Column::LinkBy, Expr::value(provider.link_by.to_string()))
        .col_expr(Column::EmailClaim, Expr::value(provider.email_claim.as_str()))
        .col_expr(Column::GroupsClaim, Expr::value(provider.groups_claim.clone()))
        .col_expr(Column::DisabledAt, Expr::value(provider.disabled_at))
        .exec(&**tx)
        .await;
    written(done.map(drop), "changing an identity provider")
}

fn written(done: std::result::Result<(), sea_orm::DbErr>, doing: &str) -> Result<Written> {
    match done {
        Ok(()) => Ok(Written::Done),
        Err(why) if matches!(why.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(Written::Taken),
        Err(why) => Err(Error::of(doing, &why)),
    }
}

/// Which groups bring which roles, of a council's providers.
pub async fn mappings(db: &impl ConnectionTrait, council: Uuid) -> Result<Vec<directory_grant::Model>> {
    use directory_grant::Column;
    let all = of_council::<directory_grant::Entity>(council).order_by_asc(Column::GroupName).order_by_asc(Column::Id);
    all.all(db).await.context("reading what groups bring")
}

/// Lets a group bring a role.
pub async fn insert_mapping(tx: &Change, row: directory_grant::Model) -> Result<()> {
    let row = row.into_active_model().reset_all();
    directory_grant::Entity::insert(row).exec_without_returning(&**tx).await.context("mapping a group")?;
    Ok(())
}

/// Lets a group bring a role no more.
pub async fn delete_mapping(tx: &Change, council: Uuid, id: Uuid) -> Result<()> {
    use directory_grant::Column;
    let of = directory_grant::Entity::delete_many().filter(Column::CouncilId.eq(council)).filter(Column::Id.eq(id));
    of.exec(&**tx).await.context("removing a mapping")?;
    Ok(())
}

/// Roles that groups brought a person, or anybody, and that are still held.
pub async fn brought(
    db: &impl ConnectionTrait,
    council: Uuid,
    person: Option<Uuid>,
    group: Option<&str>,
) -> Result<Vec<role_grant::Model>> {
    use role_grant::Column;
    let mut query = of_council::<role_grant::Entity>(council).filter(Column::WithdrawnAt.is_null());
    query = match group {
        Some(group) => query.filter(Column::DirectoryGroup.eq(group)),
        None => query.filter(Column::DirectoryGroup.is_not_null()),
    };
    if let Some(person) = person {
        query = query.filter(Column::PersonId.eq(person));
    }
    query.order_by_asc(Column::Id).all(db).await.context("reading roles that groups brought")
}

/// Gives roles, in one statement.
pub async fn insert_grants(tx: &Change, rows: Vec<role_grant::Model>) -> Result<()> {
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    role_grant::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("giving roles that groups bring")?;
    Ok(())
}

/// Why roles are withdrawn, when, and by whom.
pub struct Withdrawal<'a> {
    pub reason: &'a str,
    pub at: DateTime<Utc>,
    pub by: Option<Uuid>,
}

/// Withdraws roles, in one statement.
pub async fn withdraw_grants(tx: &Change, council: Uuid, ids: &[Uuid], why: &Withdrawal<'_>) -> Result<()> {
    let mut values = vec![council.into(), why.at.into(), why.by.into(), why.reason.into()];
    let these = crate::rows::one_of(tx.get_database_backend(), "id", ids, &mut values);
    let sql = format!(
        "UPDATE role_grant SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 WHERE council_id = $1 AND withdrawn_at IS NULL AND {these}"
    );
    let statement = sea_orm::Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await.context("withdrawing roles that groups brought")?;
    Ok(())
}
