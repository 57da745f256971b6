//! The statements of groups of councils.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::{council_group, council_group_invitation, council_group_member};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::access::Scope;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::{Row, one_of, read_rows};
use crate::sharing::named::{Named, named_of};

/// A group the council is in, or may join.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: Uuid,
    pub name: String,
    pub purpose: Option<String>,
    pub created_at: DateTime<Utc>,
    /// Whoever made it.
    pub founder: Named,
    /// Since when the council is in it; none while it is not.
    pub joined_at: Option<DateTime<Utc>>,
    /// Who is in it, by code.
    pub members: Vec<Member>,
    /// Who may join it, by code.
    pub invited: Vec<Named>,
}

/// A council that is in a group.
#[derive(Debug, Clone)]
pub struct Member {
    pub council: Named,
    pub joined_at: DateTime<Utc>,
}

/// That the council `$1` is in a group or may be: it is invited to it.
const MINE: &str = "FROM council_group_invitation i JOIN council_group g ON g.council_id = i.council_id AND g.id = i.group_id \
    JOIN council c ON c.id = g.council_id \
    LEFT JOIN council_group_member m ON m.council_id = $1 AND m.group_id = g.id AND m.left_at IS NULL WHERE i.to_council_id = $1";

/// One of a council's groups.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Group>> {
    Ok(groups(db, scope, Some(id)).await?.into_iter().next())
}

/// The groups of a council, by name, or one of them, with who is in them and who may be. Three statements at most.
pub async fn groups(db: &impl ConnectionTrait, scope: &Scope, id: Option<Uuid>) -> Result<Vec<Group>> {
    let mut values = vec![scope.council.into()];
    values.extend(id.map(sea_orm::Value::from));
    let one = if id.is_some() { " AND g.id = $2" } else { "" };
    let sql = format!(
        "SELECT g.id, g.name, g.purpose, g.created_at, c.id, c.code, c.name, c.gss_code, m.joined_at {MINE}{one} ORDER BY g.name, g.id"
    );
    let mut groups: Vec<Group> = read_rows(db, "loading groups of councils", &sql, values, |row| {
        let (id, name, purpose, created_at) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let founder = named(&row)?;
        Ok(Group { id, name, purpose, created_at, founder, joined_at: row.next()?, members: Vec::new(), invited: Vec::new() })
    })
    .await?;
    let ids: Vec<Uuid> = groups.iter().map(|group| group.id).collect();
    let mut members = members(db, scope, &ids).await?;
    let mut invited = invited(db, scope, &ids).await?;
    for group in &mut groups {
        group.members = members.remove(&group.id).unwrap_or_default();
        group.invited = invited.remove(&group.id).unwrap_or_default();
        group.invited.retain(|council| group.members.iter().all(|member| member.council.id != council.id));
        // Whom else it invited is between whoever made it and each of them.
        if group.founder.id != scope.council {
            group.invited.retain(|council| council.id == scope.council);
        }
    }
    Ok(groups)
}

fn named(row: &Row<'_>) -> Result<Named> {
    named_of(row)?.ok_or_else(|| crate::error::Error::internal("reading a group of councils", &"of no council"))
}

/// Who is in groups the council is invited to.
async fn members(db: &impl ConnectionTrait, scope: &Scope, groups: &[Uuid]) -> Result<HashMap<Uuid, Vec<Member>>> {
    let mut found: HashMap<Uuid, Vec<Member>> = HashMap::new();
    if groups.is_empty() {
        return Ok(found);
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "m.group_id", groups, &mut values);
    let sql = format!(
        "SELECT m.group_id, c.id, c.code, c.name, c.gss_code, m.joined_at FROM council_group_member m JOIN council c ON c.id = m.council_id \
        WHERE {chosen} AND m.left_at IS NULL AND EXISTS (SELECT 1 FROM council_group_invitation i WHERE i.to_council_id = $1 \
            AND i.group_id = m.group_id) ORDER BY c.code"
    );
    read_rows(db, "loading who is in groups of councils", &sql, values, |row| {
        let group = row.next()?;
        let council = named(&row)?;
        found.entry(group).or_default().push(Member { council, joined_at: row.next()? });
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Who may be in groups: of those the council made, everybody; of others, the council.
async fn invited(db: &impl ConnectionTrait, scope: &Scope, groups: &[Uuid]) -> Result<HashMap<Uuid, Vec<Named>>> {
    let mut found: HashMap<Uuid, Vec<Named>> = HashMap::new();
    if groups.is_empty() {
        return Ok(found);
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "i.group_id", groups, &mut values);
    let sql = format!(
        "SELECT i.group_id, c.id, c.code, c.name, c.gss_code FROM council_group_invitation i JOIN council c ON c.id = i.to_council_id \
        WHERE {chosen} AND (i.council_id = $1 OR i.to_council_id = $1) ORDER BY c.code"
    );
    read_rows(db, "loading who may be in groups of councils", &sql, values, |row| {
        let group = row.next()?;
        found.entry(group).or_default().push(named(&row)?);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Everybody who is in one of these groups, of those the council is in. One statement, none where there are none.
pub async fn members_of(db: &impl ConnectionTrait, scope: &Scope, groups: impl Iterator<Item = Uuid>) -> Result<Vec<Uuid>> {
    let mut groups: Vec<Uuid> = groups.collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "m.group_id", &groups, &mut values);
    let sql = format!(
        "SELECT DISTINCT m.council_id FROM council_group_member m WHERE {chosen} AND m.left_at IS NULL AND EXISTS (SELECT 1 FROM \
            council_group_invitation i WHERE i.to_council_id = $1 AND i.group_id = m.group_id)"
    );
    read_rows(db, "loading who is in groups of councils", &sql, values, |row| row.next()).await
}

/// The name of a group the council is in; none where it is in no such group.
pub async fn joined(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<String>> {
    Ok(find(db, scope, id).await?.filter(|group| group.joined_at.is_some()).map(|group| group.name))
}

/// How many groups the council made, and how many it may be in.
pub async fn counts(db: &impl ConnectionTrait, scope: &Scope) -> Result<usize> {
    let sql = "SELECT count(*) FROM council_group WHERE council_id = $1";
    let found = read_rows(db, "counting groups of councils", sql, vec![scope.council.into()], |row| row.next::<i64>()).await?;
    Ok(found.first().and_then(|count| usize::try_from(*count).ok()).unwrap_or_default())
}

pub async fn insert(tx: &Change, group: council_group::Model) -> Result<()> {
    council_group::Entity::insert(group.into_active_model()).exec_without_returning(&**tx).await.context("entering a group of councils")?;
    Ok(())
}

pub async fn invite(tx: &Change, invitation: council_group_invitation::Model) -> Result<()> {
    let row = invitation.into_active_model();
    council_group_invitation::Entity::insert(row).exec_without_returning(&**tx).await.context("inviting a council")?;
    Ok(())
}

pub async fn join(tx: &Change, member: council_group_member::Model) -> Result<()> {
    let row = member.into_active_model();
    council_group_member::Entity::insert(row).exec_without_returning(&**tx).await.context("joining a group of councils")?;
    Ok(())
}

/// Says that the council is in a group no more.
pub async fn leave(tx: &Change, scope: &Scope, group: Uuid, at: DateTime<Utc>) -> Result<()> {
    use council_group_member::{Column, Entity};
    let mine = Entity::update_many().filter(Column::CouncilId.eq(scope.council)).filter(Column::GroupId.eq(group));
    mine.filter(Column::LeftAt.is_null())
        .col_expr(Column::LeftAt, Expr::value(at))
        .col_expr(Column::LeftBy, Expr::value(scope.person))
        .exec(&**tx)
        .await
        .context("leaving a group of councils")
        .map(drop)
}
