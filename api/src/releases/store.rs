//! The statements that read and write releases.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::Text;
use entity::forum_release::{Column, Entity, Model};
use rules::period::Period;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, Value,
};
use uuid::Uuid;

use super::ready::States;
use crate::access::scope::Within;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::rows::{months, one_of, read_rows};

/// Codes of the elements in every forum's remit; none for a forum whose remit is the whole council. One statement.
pub async fn remits(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, Vec<String>>> {
    let sql = "SELECT r.forum_id, e.code FROM forum_remit r JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id \
        WHERE r.council_id = $1 ORDER BY e.code";
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    read_rows(db, "loading forums' remits", sql, vec![scope.council.into()], |row| {
        found.entry(row.next()?).or_default().push(row.next()?);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// The last day of what each forum was given and not taken back. One statement.
pub async fn given_until(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, NaiveDate>> {
    let sql = "SELECT forum_id, MAX(period_end) FROM forum_release WHERE council_id = $1 AND withdrawn_at IS NULL GROUP BY forum_id";
    let rows =
        read_rows(db, "loading how far forums were given figures", sql, vec![scope.council.into()], |row| Ok((row.next()?, row.next()?)));
    Ok(rows.await?.into_iter().collect())
}

/// Where the returns of these elements stand, as far as anything was done to them. One statement.
pub async fn states(db: &impl ConnectionTrait, scope: &Scope, elements: &[Uuid]) -> Result<States> {
    let mut values = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "element_id", elements, &mut values);
    let sql = format!("SELECT element_id, period_start, period_months, state FROM service_return WHERE council_id = $1 AND {chosen}");
    let rows = read_rows(db, "loading where returns stand", &sql, values, |row| {
        let element: Uuid = row.next()?;
        Ok(((element, row.next_period()?), row.next::<Text<_>>()?.0))
    });
    Ok(rows.await?.into_iter().collect())
}

/// Enters a release with the indicators it gives.
pub async fn insert(app: &App, tx: &Change, row: Model, indicators: &[Uuid]) -> Result<()> {
    let (council, release) = (row.council_id, row.id);
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&**tx).await.context("entering a release")?;
    let same = vec![("council_id", council.into()), ("release_id", release.into())];
    let columns = [("id", Kind::Uuid), ("indicator_id", Kind::Uuid)];
    let mut rows = Insert::into(tx, "entering what a release gives", "release_indicator", same, &columns);
    for indicator in indicators {
        rows.row(tx, |row| {
            row.uuid(app.ids.next());
            row.uuid(*indicator);
        })
        .await?;
    }
    rows.finish(tx).await
}

/// Says that a release was withdrawn; false when it had been already.
pub async fn withdraw(tx: &Change, scope: &Scope, id: Uuid, at: DateTime<Utc>, notice: &str) -> Result<bool> {
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::Id.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .col_expr(Column::WithdrawnAt, Expr::value(at))
        .col_expr(Column::WithdrawnBy, Expr::value(scope.person))
        .col_expr(Column::Notice, Expr::value(notice))
        .exec(&**tx)
        .await
        .context("withdrawing a release")?;
    Ok(done.rows_affected > 0)
}

/// Which releases somebody looks through.
#[derive(Debug, Clone, Copy, Default)]
pub struct Among {
    pub forum: Option<Uuid>,
    pub period: Option<Period>,
}

fn among(scope: &Scope, which: Among) -> Select<Entity> {
    let mut releases = scoped::<Entity>(scope);
    if let Within::Only(only) = &scope.within {
        releases = releases.filter(Column::ForumId.is_in(only.forums.iter().copied()));
    }
    if let Some(forum) = which.forum {
        releases = releases.filter(Column::ForumId.eq(forum));
    }
    if let Some(period) = which.period {
        releases = releases.filter(Column::PeriodStart.eq(period.start())).filter(Column::PeriodMonths.eq(months(period)));
    }
    releases
}

/// Releases behind the cursor, the latest first: one more than the page holds, if there are more.
pub async fn page(db: &impl ConnectionTrait, scope: &Scope, which: Among, ask: &Ask) -> Result<Vec<Model>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).context("reading a cursor")).transpose()?;
    let mut releases = among(scope, which).order_by_desc(Column::Id).limit(u64::try_from(ask.first).unwrap_or(u64::MAX).saturating_add(1));
    if let Some(after) = after {
        releases = releases.filter(Column::Id.lt(after));
    }
    releases.all(db).await.context("loading releases")
}

/// The latest releases of every forum, so many of each. One statement.
pub async fn latest(db: &impl ConnectionTrait, scope: &Scope, of_each: usize) -> Result<Vec<Model>> {
    let mut values: Vec<Value> = vec![scope.council.into(), i64::try_from(of_each).unwrap_or(i64::MAX).into()];
    let forums = match &scope.within {
        Within::Council => String::new(),
        Within::Only(only) if only.forums.is_empty() => return Ok(Vec::new()),
        Within::Only(only) => {
            let mut forums: Vec<Uuid> = only.forums.iter().copied().collect();
            forums.sort_unstable();
            format!(" AND {}", one_of(db.get_database_backend(), "r.forum_id", &forums, &mut values))
        }
    };
    let sql = format!(
        "SELECT s.id, s.forum_id, s.period_start, s.period_end, s.period_months, s.as_at, s.meeting_id, s.person_id, s.note, s.despite, \
            s.released_at, s.withdrawn_at, s.withdrawn_by, s.notice FROM (\
            SELECT r.*, row_number() OVER (PARTITION BY r.forum_id ORDER BY r.id DESC) AS place \
            FROM forum_release r WHERE r.council_id = $1{forums}\
        ) s WHERE s.place <= $2 ORDER BY s.id DESC"
    );
    read_rows(db, "loading forums' last releases", &sql, values, |row| {
        Ok(Model {
            council_id: scope.council,
            id: row.next()?,
            forum_id: row.next()?,
            period_start: row.next()?,
            period_end: row.next()?,
            period_months: row.next()?,
            as_at: row.next()?,
            meeting_id: row.next()?,
            person_id: row.next()?,
            note: row.next()?,
            despite: row.next()?,
            released_at: row.next()?,
            withdrawn_at: row.next()?,
            withdrawn_by: row.next()?,
            notice: row.next()?,
        })
    })
    .await
}

/// How many releases somebody may look through.
pub async fn count(db: &impl ConnectionTrait, scope: &Scope, which: Among) -> Result<usize> {
    let found = among(scope, which).count(db).await.context("counting releases")?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

/// One release of a forum the scope is over.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<Model>> {
    among(scope, Among::default()).filter(Column::Id.eq(id)).one(db).await.context("finding a release")
}

/// The live release of a forum whose document a period's is: the last of the period itself, else the last that reaches so far.
/// Two statements at most.
pub async fn latest_of(db: &impl ConnectionTrait, scope: &Scope, forum: Uuid, period: Period) -> Result<Option<Model>> {
    let live = || {
        let releases = scoped::<Entity>(scope).filter(Column::ForumId.eq(forum)).filter(Column::WithdrawnAt.is_null());
        releases.order_by_desc(Column::AsAt).order_by_desc(Column::Id).limit(1)
    };
    let own = live().filter(Column::PeriodStart.eq(period.start())).filter(Column::PeriodMonths.eq(months(period)));
    let doing = "finding a forum's last release";
    match own.one(db).await.context(doing)? {
        Some(own) => Ok(Some(own)),
        None => live().filter(Column::PeriodEnd.gte(period.end())).one(db).await.context(doing),
    }
}

/// Whether anything was ever released to a forum, withdrawn or not.
pub async fn any(db: &impl ConnectionTrait, scope: &Scope, forum: Uuid) -> Result<bool> {
    let first = scoped::<Entity>(scope).filter(Column::ForumId.eq(forum)).limit(1).one(db).await;
    Ok(first.context("looking whether anything was released")?.is_some())
}

/// Indicators a release gives.
pub async fn indicators(db: &impl ConnectionTrait, scope: &Scope, release: Uuid) -> Result<Vec<Uuid>> {
    use entity::release_indicator::{Column, Entity};
    let found = scoped::<Entity>(scope).filter(Column::ReleaseId.eq(release)).all(db).await.context("loading what a release gives")?;
    Ok(found.into_iter().map(|row| row.indicator_id).collect())
}

/// Names of these people. One statement, none where there are none.
pub async fn names(db: &impl ConnectionTrait, scope: &Scope, people: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    use entity::person::{Column, Entity};
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let found = scoped::<Entity>(scope).filter(Column::Id.is_in(people.iter().copied())).all(db).await.context("naming who released")?;
    Ok(found.into_iter().map(|person| (person.id, person.name)).collect())
}

/// Whether a meeting is a forum's.
pub async fn is_meeting_of(db: &impl ConnectionTrait, scope: &Scope, forum: Uuid, meeting: Uuid) -> Result<bool> {
    use entity::meeting::{Column, Entity};
    let found = scoped::<Entity>(scope).filter(Column::Id.eq(meeting)).filter(Column::ForumId.eq(forum)).one(db).await;
    Ok(found.context("finding a meeting")?.is_some())
}

/// The release that gave a forum figures as at an instant, up to a day, withdrawn since or not.
pub async fn given_as_at(
    db: &impl ConnectionTrait,
    scope: &Scope,
    forum: Uuid,
    (until, as_at): (NaiveDate, DateTime<Utc>),
) -> Result<Option<Model>> {
    scoped::<Entity>(scope)
        .filter(Column::ForumId.eq(forum))
        .filter(Column::PeriodEnd.gte(until))
        .filter(Column::AsAt.eq(as_at))
        .order_by_desc(Column::Id)
        .limit(1)
        .one(db)
        .await
        .context("finding the release a pack is made from")
}

/// Whether anything was ever published.
pub async fn any_published(db: &impl ConnectionTrait, scope: &Scope) -> Result<bool> {
    let first = scoped::<entity::publication::Entity>(scope).limit(1).one(db).await;
    Ok(first.context("looking whether anything was published")?.is_some())
}

/// Whether the public reads any figure of a period that ends by a day.
pub async fn published_until(db: &impl ConnectionTrait, scope: &Scope, until: NaiveDate) -> Result<bool> {
    use entity::publication::{Column, Entity};
    let live = scoped::<Entity>(scope).filter(Column::SupersededAt.is_null()).filter(Column::WithdrawnAt.is_null());
    let first = live.filter(Column::PeriodEnd.lte(until)).limit(1).one(db).await;
    Ok(first.context("looking what is published")?.is_some())
}
