//! A council's own groups of comparators.

use std::collections::HashMap;

use entity::{Text, comparator_group, comparator_member};
use rules::area::AuthorityType;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use crate::access::Scope;
use crate::app::Ids;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::rows::read_rows;

/// A group with its members, in the order they were given.
#[derive(Debug, Clone)]
pub struct OwnGroup {
    pub row: comparator_group::Model,
    pub members: Vec<String>,
}

/// Those that stand, by code, the latest edition of each first. Two statements.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope) -> Result<Vec<OwnGroup>> {
    let sql = "SELECT id, code, edition, title, kind, stands_from, stands_until, source, licence, recorded_at, recorded_by \
        FROM comparator_group WHERE council_id = $1 AND superseded_at IS NULL ORDER BY code, stands_from DESC, edition DESC";
    let mut groups = read_rows(db, "loading comparator groups", sql, vec![scope.council.into()], |row| {
        let (id, code, edition, title) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let kind = row.next_word::<AuthorityType>()?.map(Text);
        let (stands_from, stands_until, source, licence) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let (recorded_at, recorded_by) = (row.next()?, row.next()?);
        let council_id = scope.council;
        let row = comparator_group::Model {
            council_id,
            id,
            code,
            edition,
            title,
            kind,
            stands_from,
            stands_until,
            source,
            licence,
            recorded_at,
            superseded_at: None,
            recorded_by,
        };
        Ok(OwnGroup { row, members: Vec::new() })
    })
    .await?;
    let sql = "SELECT m.group_id, m.area_code FROM comparator_member m \
        JOIN comparator_group g ON g.council_id = m.council_id AND g.id = m.group_id \
        WHERE m.council_id = $1 AND g.superseded_at IS NULL ORDER BY m.group_id, m.place";
    let places: HashMap<Uuid, usize> = groups.iter().enumerate().map(|(at, group)| (group.row.id, at)).collect();
    read_rows(db, "loading members of comparator groups", sql, vec![scope.council.into()], |row| {
        let (id, code): (Uuid, String) = (row.next()?, row.next()?);
        if let Some(group) = places.get(&id).and_then(|at| groups.get_mut(*at)) {
            group.members.push(code);
        }
        Ok(())
    })
    .await?;
    Ok(groups)
}

/// Keeps a group.
pub async fn record(tx: &Change, ids: &Ids, group: &OwnGroup) -> Result<()> {
    let doing = "keeping a comparator group";
    comparator_group::Entity::insert(group.row.clone().into_active_model()).exec_without_returning(&**tx).await.context(doing)?;
    let members = group.members.iter().zip(0..).map(|(code, place)| {
        let (council_id, group_id) = (group.row.council_id, group.row.id);
        comparator_member::Model { council_id, id: ids.next(), group_id, place, area_code: code.clone() }.into_active_model()
    });
    comparator_member::Entity::insert_many(members).exec_without_returning(&**tx).await.context(doing)?;
    Ok(())
}

/// Ends a group: it reads so no longer from an instant on.
pub async fn supersede(tx: &Change, scope: &Scope, id: Uuid, at: chrono::DateTime<chrono::Utc>) -> Result<()> {
    use comparator_group::Column;
    let of = Column::CouncilId.eq(scope.council).and(Column::Id.eq(id));
    let update = comparator_group::Entity::update_many().filter(of).col_expr(Column::SupersededAt, Expr::value(at));
    update.exec(&**tx).await.context("ending a comparator group")?;
    Ok(())
}
