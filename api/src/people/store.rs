//! The statements that read people and their roles.

use chrono::{DateTime, NaiveDate, Utc};
use rules::permission::{Permission, Role, roles_with};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::access::actor::end_of;
use crate::access::{Grant, GrantScope, Scope};
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::rows::{Row, one_of, read_rows};

/// A person as lists show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEntry {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub suspended_at: Option<DateTime<Utc>>,
}

/// A grant with everybody it names.
#[derive(Debug, Clone)]
pub struct GrantEntry {
    pub grant: Grant,
    pub person: PersonEntry,
    /// The ref of the element it is over, by which later editions know it too.
    pub element_code: Option<String>,
    pub reason: Option<String>,
    pub directory_group: Option<String>,
    pub created_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_reason: Option<String>,
    pub deputy_for: Option<PersonEntry>,
    pub granted_by: Option<PersonEntry>,
    pub withdrawn_by: Option<PersonEntry>,
}

impl GrantEntry {
    /// Whether it is in force on a day: withdrawn that day, it no longer is.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.grant.covers_day(on) && self.withdrawn_at.is_none_or(|at| at >= end_of(on))
    }
}

/// Which people are listed.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of the name or address, whatever its case.
    pub search: Option<String>,
    /// Who holds this role on the day.
    pub role: Option<(Role, NaiveDate)>,
}

const PERSON: &str = "p.id, p.name, p.email, p.suspended_at";

/// People behind the cursor in the order of their names: one more than the page holds, if there are more.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter, ask: &Ask) -> Result<Vec<PersonEntry>> {
    let (mut conditions, mut values) = narrowed(scope, filter);
    if let Some(after) = &ask.after {
        values.push(Uuid::try_parse(after).context("reading a cursor")?.into());
        let place = values.len();
        conditions +=
            &format!(" AND (lower(p.name), p.id) > (SELECT lower(a.name), a.id FROM person a WHERE a.council_id = $1 AND a.id = ${place})");
    }
    values.push(i64::try_from(ask.first).unwrap_or(i64::MAX).saturating_add(1).into());
    let sql = format!("SELECT {PERSON} FROM person p WHERE {conditions} ORDER BY lower(p.name), p.id LIMIT ${}", values.len());
    read_rows(db, "loading people", &sql, values, |row| entry(&row)).await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, filter: &Filter) -> Result<usize> {
    let (conditions, values) = narrowed(scope, filter);
    let sql = format!("SELECT count(*) FROM person p WHERE {conditions}");
    let counts = read_rows(db, "counting people", &sql, values, |row| row.next::<i64>()).await?;
    Ok(counts.into_iter().next().and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
}

fn narrowed(scope: &Scope, filter: &Filter) -> (String, Vec<Value>) {
    let mut conditions = "p.council_id = $1".to_owned();
    let mut values: Vec<Value> = vec![scope.council.into()];
    if let Some(search) = &filter.search {
        let literal = search.to_ascii_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(format!("%{literal}%").into());
        let place = values.len();
        conditions += &format!(" AND (lower(p.name) LIKE ${place} ESCAPE '\\' OR p.email LIKE ${place} ESCAPE '\\')");
    }
    if let Some((role, on)) = filter.role {
        values.extend([role.to_string().into(), on.into()]);
        let (role, on) = (values.len() - 1, values.len());
        conditions += &format!(
            " AND EXISTS (SELECT 1 FROM role_grant g WHERE g.council_id = p.council_id AND g.person_id = p.id AND g.role = ${role} \
                AND g.withdrawn_at IS NULL AND g.from_on <= ${on} AND (g.until_on IS NULL OR g.until_on >= ${on}))"
        );
    }
    (conditions, values)
}

/// A person by id.
pub async fn person(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<PersonEntry>> {
    let sql = format!("SELECT {PERSON} FROM person p WHERE p.council_id = $1 AND p.id = $2");
    let found = read_rows(db, "finding a person", &sql, vec![scope.council.into(), id.into()], |row| entry(&row)).await?;
    Ok(found.into_iter().next())
}

/// A person by address, whatever its case.
pub async fn person_by_email(db: &impl ConnectionTrait, scope: &Scope, email: &str) -> Result<Option<PersonEntry>> {
    let sql = format!("SELECT {PERSON} FROM person p WHERE p.council_id = $1 AND p.email = $2");
    let values = vec![scope.council.into(), email.trim().to_lowercase().into()];
    Ok(read_rows(db, "finding a person", &sql, values, |row| entry(&row)).await?.into_iter().next())
}

/// Every grant these people ever had, the earliest first. One statement.
pub async fn grants_of(db: &impl ConnectionTrait, scope: &Scope, people: &[Uuid]) -> Result<Vec<GrantEntry>> {
    let mut values = vec![scope.council.into()];
    let whose = one_of(db.get_database_backend(), "g.person_id", people, &mut values);
    grants(db, &whose, values).await
}

/// A grant by id.
pub async fn grant(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<GrantEntry>> {
    Ok(grants(db, "g.id = $2", vec![scope.council.into(), id.into()]).await?.into_iter().next())
}

/// Grants of the roles that give a permission, in force on a day, of people who were not suspended by its end. One
/// statement, however many people there are.
pub async fn grants_with(db: &impl ConnectionTrait, scope: &Scope, permission: Permission, on: NaiveDate) -> Result<Vec<GrantEntry>> {
    let mut values: Vec<Value> = vec![scope.council.into(), on.into(), end_of(on).into()];
    let roles = role_places(permission, &mut values);
    let condition = format!(
        "g.role IN ({roles}) AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2) \
            AND (g.withdrawn_at IS NULL OR g.withdrawn_at >= $3) AND (p.suspended_at IS NULL OR p.suspended_at >= $3)"
    );
    grants(db, &condition, values).await
}

/// Grants of the roles that give a permission, in force today or to come, of people in use.
pub async fn grants_ahead(db: &impl ConnectionTrait, scope: &Scope, permission: Permission, today: NaiveDate) -> Result<Vec<GrantEntry>> {
    let mut values: Vec<Value> = vec![scope.council.into(), today.into()];
    let roles = role_places(permission, &mut values);
    let condition =
        format!("g.role IN ({roles}) AND (g.until_on IS NULL OR g.until_on >= $2) AND g.withdrawn_at IS NULL AND p.suspended_at IS NULL");
    grants(db, &condition, values).await
}

/// As many places as the permission has roles, which is decided by the table of roles and by no row.
fn role_places(permission: Permission, values: &mut Vec<Value>) -> String {
    let first = values.len() + 1;
    values.extend(roles_with(permission).map(|role| Value::from(role.to_string())));
    let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
    if places.is_empty() { "NULL".to_owned() } else { places.join(", ") }
}

async fn grants(db: &impl ConnectionTrait, condition: &str, values: Vec<Value>) -> Result<Vec<GrantEntry>> {
    let named = |person: &str| PERSON.replace("p.", &format!("{person}."));
    let sql = format!(
        "SELECT g.id, g.role, g.scope_kind, g.element_id, g.indicator_id, g.forum_id, g.from_on, g.until_on, e.code, g.reason, \
            g.directory_group, g.created_at, g.withdrawn_at, g.withdrawn_reason, {PERSON}, {}, {}, {} \
        FROM role_grant g JOIN person p ON p.council_id = g.council_id AND p.id = g.person_id \
        LEFT JOIN element e ON e.council_id = g.council_id AND e.id = g.element_id \
        LEFT JOIN person d ON d.council_id = g.council_id AND d.id = g.deputy_for \
        LEFT JOIN person b ON b.council_id = g.council_id AND b.id = g.granted_by \
        LEFT JOIN person w ON w.council_id = g.council_id AND w.id = g.withdrawn_by \
        WHERE g.council_id = $1 AND {condition} ORDER BY g.from_on, g.id",
        named("d"),
        named("b"),
        named("w")
    );
    read_rows(db, "loading roles that people hold", &sql, values, |row| {
        let (id, role, kind) = (row.next()?, row.next::<String>()?, row.next::<String>()?);
        let scope = GrantScope::of(&kind, row.next()?, row.next()?, row.next()?)?;
        let role = role.parse().context("reading a grant")?;
        Ok(GrantEntry {
            grant: Grant { id, role, scope, from: row.next()?, until: row.next()? },
            element_code: row.next()?,
            reason: row.next()?,
            directory_group: row.next()?,
            created_at: row.next()?,
            withdrawn_at: row.next()?,
            withdrawn_reason: row.next()?,
            person: entry(&row)?,
            deputy_for: entry_option(&row)?,
            granted_by: entry_option(&row)?,
            withdrawn_by: entry_option(&row)?,
        })
    })
    .await
}

fn entry(row: &Row<'_>) -> Result<PersonEntry> {
    Ok(PersonEntry { id: row.next()?, name: row.next()?, email: row.next()?, suspended_at: row.next()? })
}

fn entry_option(row: &Row<'_>) -> Result<Option<PersonEntry>> {
    let (id, name, email, suspended_at) = (row.next::<Option<Uuid>>()?, row.next()?, row.next()?, row.next()?);
    let named = id.zip(name).zip(email);
    Ok(named.map(|((id, name), email)| PersonEntry { id, name, email, suspended_at }))
}
