//! The statements of shares, as their giver has them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::Text;
use rules::period::Period;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::named::{Named, named_of};
use super::{Answer, Audience, State, state_of};
use crate::access::Scope;
use crate::db::{Change, Reached};
use crate::error::{ContextExt, Error, Result};
use crate::graphql::page::Ask;
use crate::rows::{Row, execute, one_of, read_rows};

/// A share as its giver has it.
#[derive(Debug, Clone)]
pub struct Given {
    pub id: Uuid,
    pub audience: Audience,
    pub to: Option<Named>,
    pub group: Option<(Uuid, String)>,
    pub purpose: String,
    pub from: Period,
    pub until: Option<NaiveDate>,
    pub recorded_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub answer: Option<Answer>,
    /// How many figures are copied for it.
    pub figures: i64,
}

impl Given {
    pub fn state(&self, today: NaiveDate) -> State {
        state_of(self.withdrawn_at.is_some(), self.until, self.audience, self.answer, today)
    }

    /// Whoever reads something else when it changes.
    pub fn reached(&self, members: &[Uuid]) -> Reached {
        reached(self.audience, self.to.as_ref().map(|to| to.id), members)
    }
}

/// Whoever is reached by what is shared so.
pub fn reached(audience: Audience, to: Option<Uuid>, members: &[Uuid]) -> Reached {
    match audience {
        Audience::All => Reached::Everybody,
        Audience::Council => Reached::Councils(to.into_iter().collect()),
        Audience::Group => Reached::Councils(members.iter().copied().collect()),
    }
}

/// An indicator of a share.
#[derive(Debug, Clone)]
pub struct Offered {
    pub id: Uuid,
    pub indicator: Uuid,
    pub code: String,
    pub title: String,
    pub unit: String,
    pub metric: Option<String>,
}

const GIVEN: &str = "SELECT s.id, s.audience, t.id, t.code, t.name, t.gss_code, g.id, g.name, s.purpose, s.from_start, s.from_months, \
        s.until_on, s.recorded_at, s.withdrawn_at, s.reason, a.answer, \
        (SELECT count(*) FROM shared_figure f WHERE f.council_id = s.council_id AND f.share_id = s.id) \
    FROM share s LEFT JOIN council t ON t.id = s.to_council_id LEFT JOIN council_group g ON g.id = s.to_group_id \
    LEFT JOIN share_answer a ON a.of_council_id = s.council_id AND a.share_id = s.id AND a.superseded_at IS NULL \
    WHERE s.council_id = $1";

fn given_of(row: &Row<'_>) -> Result<Given> {
    Ok(Given {
        id: row.next()?,
        audience: row.next::<Text<Audience>>()?.0,
        to: named_of(row)?,
        group: row.next::<Option<Uuid>>()?.zip(row.next()?),
        purpose: row.next()?,
        from: row.next_period()?,
        until: row.next()?,
        recorded_at: row.next()?,
        withdrawn_at: row.next()?,
        reason: row.next()?,
        answer: row.next::<Option<Text<Answer>>>()?.map(|answer| answer.0),
        figures: row.next()?,
    })
}

/// Shares of the council, the latest first, one more than a page holds where there are more. One statement.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, ask: &Ask) -> Result<Vec<Given>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).map_err(|_| Error::bad_input("`after` is not a cursor of this list.")));
    let mut values = vec![scope.council.into()];
    let mut behind = String::new();
    if let Some(after) = after.transpose()? {
        values.push(after.into());
        behind = " AND s.id < $2".to_owned();
    }
    let sql = format!("{GIVEN}{behind} ORDER BY s.id DESC LIMIT {}", ask.first.saturating_add(1));
    read_rows(db, "loading shares", &sql, values, |row| given_of(&row)).await
}

/// How many shares the council has ever given.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Result<usize> {
    let sql = "SELECT count(*) FROM share s WHERE s.council_id = $1";
    let found = read_rows(db, "counting shares", sql, vec![scope.council.into()], |row| row.next::<i64>()).await?;
    Ok(found.first().and_then(|count| usize::try_from(*count).ok()).unwrap_or_default())
}

/// A share of the council by its id.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Given>> {
    let sql = format!("{GIVEN} AND s.id = $2");
    Ok(read_rows(db, "finding a share", &sql, vec![scope.council.into(), id.into()], |row| given_of(&row)).await?.into_iter().next())
}

/// The council's shares that stand on a day. One statement.
pub async fn standing(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Vec<Given>> {
    let sql = format!("{GIVEN} AND s.withdrawn_at IS NULL AND (s.until_on IS NULL OR s.until_on >= $2) ORDER BY s.id");
    read_rows(db, "loading shares that stand", &sql, vec![scope.council.into(), today.into()], |row| given_of(&row)).await
}

/// The indicators of these shares, by share. One statement, none where there are none.
pub async fn indicators(db: &impl ConnectionTrait, scope: &Scope, shares: &[Uuid]) -> Result<HashMap<Uuid, Vec<Offered>>> {
    let mut found: HashMap<Uuid, Vec<Offered>> = HashMap::new();
    if shares.is_empty() {
        return Ok(found);
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "i.share_id", shares, &mut values);
    let sql = format!(
        "SELECT i.share_id, i.id, i.indicator_id, i.code, i.title, i.unit, i.metric FROM share_indicator i \
        WHERE i.council_id = $1 AND {chosen} ORDER BY i.code, i.id"
    );
    read_rows(db, "loading the indicators of shares", &sql, values, |row| {
        let share = row.next()?;
        let (id, indicator, code) = (row.next()?, row.next()?, row.next()?);
        found.entry(share).or_default().push(Offered { id, indicator, code, title: row.next()?, unit: row.next()?, metric: row.next()? });
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Enters a share with its indicators.
pub async fn insert(tx: &Change, share: entity::share::Model, indicators: Vec<entity::share_indicator::Model>) -> Result<()> {
    entity::share::Entity::insert(share.into_active_model()).exec_without_returning(&**tx).await.context("entering a share")?;
    let rows = indicators.into_iter().map(IntoActiveModel::into_active_model);
    entity::share_indicator::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("entering what is shared").map(drop)
}

/// Says that a share is withdrawn.
pub async fn withdraw(tx: &Change, scope: &Scope, ids: &[Uuid], at: DateTime<Utc>, reason: Option<&str>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    use entity::share::{Column, Entity};
    let these = Entity::update_many().filter(Column::CouncilId.eq(scope.council)).filter(Column::Id.is_in(ids.iter().copied()));
    these
        .col_expr(Column::WithdrawnAt, Expr::value(at))
        .col_expr(Column::WithdrawnBy, Expr::value(scope.person))
        .col_expr(Column::Reason, Expr::value(reason.map(str::to_owned)))
        .exec(&**tx)
        .await
        .context("withdrawing a share")
        .map(drop)
}

/// Deletes all copies made for these shares. One statement.
pub async fn forget(tx: &Change, scope: &Scope, shares: &[Uuid]) -> Result<u64> {
    if shares.is_empty() {
        return Ok(0);
    }
    let mut values = vec![scope.council.into()];
    let chosen = one_of(tx.get_database_backend(), "share_id", shares, &mut values);
    let sql = format!("DELETE FROM shared_figure WHERE council_id = $1 AND {chosen}");
    execute(&**tx, "deleting what was shared", &sql, values).await
}

/// Puts an answer in the place of the one before.
pub async fn put_answer(tx: &Change, answer: entity::share_answer::Model) -> Result<()> {
    use entity::share_answer::{Column, Entity};
    Entity::update_many()
        .filter(Column::CouncilId.eq(answer.council_id))
        .filter(Column::ShareId.eq(answer.share_id))
        .filter(Column::SupersededAt.is_null())
        .col_expr(Column::SupersededAt, Expr::value(answer.recorded_at))
        .exec(&**tx)
        .await
        .context("superseding an answer")?;
    Entity::insert(answer.into_active_model()).exec_without_returning(&**tx).await.context("entering an answer")?;
    Ok(())
}
