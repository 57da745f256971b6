//! The statements that read and write packs.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::pack::{Column, Entity, Model};
use entity::pack_check;
use rules::audience::Audience;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::checks::Check;
use super::sight::Sight;
use super::state::{Profile, State};
use crate::access::scope::of_council;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::rows::{period, read_rows};

/// Packs looked through for the last meeting's at most: those made again for one meeting are passed over.
const LOOKED_AT_MAX: u64 = 200;
/// Packs shown beside meetings at most.
const OF_MEETINGS_MAX: u64 = 1_000;

/// Packs somebody may read.
fn within(sight: &Sight) -> Select<Entity> {
    scoped::<Entity>(&sight.scope).filter(sight.condition())
}

/// One pack that somebody may read.
pub async fn find(db: &impl ConnectionTrait, sight: &Sight, id: Uuid) -> Result<Option<Model>> {
    within(sight).filter(Column::Id.eq(id)).one(db).await.context("finding a pack")
}

/// Packs behind the cursor, the latest first: one more than the page holds, if there are more.
pub async fn page(db: &impl ConnectionTrait, sight: &Sight, ask: &Ask) -> Result<Vec<Model>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).context("reading a cursor")).transpose()?;
    let mut packs = within(sight).order_by_desc(Column::Id).limit(u64::try_from(ask.first).unwrap_or(u64::MAX).saturating_add(1));
    if let Some(after) = after {
        packs = packs.filter(Column::Id.lt(after));
    }
    packs.all(db).await.context("loading packs")
}

/// Packs of these forums for meetings from a day until another, the latest first.
pub async fn of_meetings(
    db: &impl ConnectionTrait,
    sight: &Sight,
    forums: &[Uuid],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Model>> {
    within(sight)
        .filter(Column::ForumId.is_in(forums.iter().copied()))
        .filter(Column::MeetingOn.between(from, until))
        .order_by_desc(Column::Id)
        .limit(OF_MEETINGS_MAX)
        .all(db)
        .await
        .context("loading packs of meetings")
}

/// How many packs somebody may read.
pub async fn count(db: &impl ConnectionTrait, sight: &Sight) -> Result<usize> {
    let found = within(sight).count(db).await.context("counting packs")?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

/// What a pack is compared with.
#[derive(Debug, Default)]
pub struct Earlier {
    /// The last one of an earlier meeting: of a period that ended earlier, or of the same one for an earlier day.
    pub of_last_meeting: Option<Model>,
    /// The first that was issued for the same meeting, in whatever language and for whichever of its readers.
    pub first_of_meeting: Option<Model>,
}

/// Packs the forum was given before this one was asked for, for the same audience and of the same element or none. In each
/// edition of the framework an element has an id of its own; its ref stays.
pub async fn earlier(db: &impl ConnectionTrait, scope: &Scope, pack: &Model, audience: Audience) -> Result<Earlier> {
    passed(db, scope, pack, audience, (Column::AsAt, pack.as_at)).await
}

/// When the last meeting's pack was asked for, which its figures may be older than; none where this is the first.
pub async fn last_asked(db: &impl ConnectionTrait, scope: &Scope, pack: &Model, audience: Audience) -> Result<Option<DateTime<Utc>>> {
    let before = passed(db, scope, pack, audience, (Column::CreatedAt, pack.created_at)).await?;
    Ok(before.of_last_meeting.map(|pack| pack.created_at))
}

async fn passed(
    db: &impl ConnectionTrait,
    scope: &Scope,
    pack: &Model,
    audience: Audience,
    (by, until): (Column, DateTime<Utc>),
) -> Result<Earlier> {
    let of_element = match pack.element_id {
        Some(element) => Column::ElementId.is_in(of_one_ref(db, scope, element).await?),
        None => Column::ElementId.is_null(),
    };
    let found = scoped::<Entity>(scope)
        .filter(Column::ForumId.eq(pack.forum_id))
        .filter(Column::Profile.is_in(Profile::codes_for(audience)))
        .filter(of_element)
        .filter(Column::State.eq(State::Ready.code()))
        .filter(by.lt(until))
        .order_by_desc(by)
        .limit(LOOKED_AT_MAX)
        .all(db)
        .await
        .context("finding earlier packs")?;
    let of = |pack: &Model| period(pack.period_start, pack.period_months);
    let now = of(pack)?;
    let mut earlier = Earlier::default();
    for other in found {
        let then = of(&other)?;
        let days = other.meeting_on.zip(pack.meeting_on).filter(|(then, now)| then != now);
        if then.end() < now.end() || (then == now && days.is_some_and(|(then, now)| then < now)) {
            earlier.of_last_meeting.get_or_insert(other);
        } else if then == now && days.is_none() {
            earlier.first_of_meeting = Some(other);
        }
    }
    Ok(earlier)
}

/// The elements of every edition that have the ref of one. One statement.
async fn of_one_ref(db: &impl ConnectionTrait, scope: &Scope, element: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT o.id FROM element e JOIN element o ON o.council_id = e.council_id AND o.code = e.code \
        WHERE e.council_id = $1 AND e.id = $2";
    read_rows(db, "finding an element in other editions", sql, vec![scope.council.into(), element.into()], |row| row.next()).await
}

/// Ref and title of each of these elements. One statement.
pub async fn elements(db: &impl ConnectionTrait, scope: &Scope, ids: &[Uuid]) -> Result<HashMap<Uuid, (String, String)>> {
    use entity::element::{Column, Entity};
    let found = scoped::<Entity>(scope).filter(Column::Id.is_in(ids.iter().copied())).all(db).await.context("loading packs' elements")?;
    Ok(found.into_iter().map(|element| (element.id, (element.code, element.title))).collect())
}

/// What a person is called.
pub async fn person_name(db: &impl ConnectionTrait, scope: &Scope, person: Uuid) -> Result<Option<String>> {
    use entity::person::{Column, Entity};
    let found = scoped::<Entity>(scope).filter(Column::Id.eq(person)).one(db).await.context("finding who asked for a pack")?;
    Ok(found.map(|person| person.name))
}

/// Enters a pack.
pub async fn insert(tx: &Change, pack: Model) -> Result<()> {
    let row = pack.into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(&**tx).await.context("entering a pack")?;
    Ok(())
}

/// What was rendered, as the row keeps it.
pub struct Kept {
    pub sha256: String,
    pub size_bytes: i64,
    pub storage_key: String,
    pub file_name: String,
    pub reaches_beyond: bool,
}

/// Says that a pack is being built; false when it is READY or FAILED already.
pub async fn mark_building(tx: &Change, council: Uuid, id: Uuid) -> Result<bool> {
    move_on(tx, council, id, vec![(Column::State, Expr::value(State::Building.code()))]).await
}

/// Says that a pack is there; false when it was already.
pub async fn mark_ready(tx: &Change, council: Uuid, id: Uuid, kept: &Kept) -> Result<bool> {
    let set = vec![
        (Column::State, Expr::value(State::Ready.code())),
        (Column::Sha256, Expr::value(kept.sha256.clone())),
        (Column::SizeBytes, Expr::value(kept.size_bytes)),
        (Column::StorageKey, Expr::value(kept.storage_key.clone())),
        (Column::FileName, Expr::value(kept.file_name.clone())),
        (Column::ReachesBeyond, Expr::value(kept.reaches_beyond)),
    ];
    move_on(tx, council, id, set).await
}

/// Says that a pack will not come, and why; false when it is there already.
pub async fn mark_failed(tx: &Change, council: Uuid, id: Uuid, why: &str) -> Result<bool> {
    let set = vec![(Column::State, Expr::value(State::Failed.code())), (Column::Failure, Expr::value(why))];
    move_on(tx, council, id, set).await
}

/// A pack that is READY or FAILED never changes again: the condition is in the statement itself, so that two nodes
/// that built the same pack cannot both say so.
async fn move_on(tx: &Change, council: Uuid, id: Uuid, set: Vec<(Column, sea_orm::sea_query::SimpleExpr)>) -> Result<bool> {
    let open = [State::Queued.code(), State::Building.code()];
    let mut update =
        Entity::update_many().filter(Column::CouncilId.eq(council)).filter(Column::Id.eq(id)).filter(Column::State.is_in(open));
    for (column, value) in set {
        update = update.col_expr(column, value);
    }
    let done = update.exec(&**tx).await.context("moving a pack on")?;
    Ok(done.rows_affected > 0)
}

/// A job's own pack, whatever the person who asked for it may still see.
pub async fn of_job(db: &impl ConnectionTrait, council: Uuid, id: Uuid) -> Result<Option<Model>> {
    of_council::<Entity>(council).filter(Column::Id.eq(id)).one(db).await.context("finding a job's pack")
}

/// Keeps what was found with the pack. One statement, none where nothing was found.
pub async fn keep_checks(app: &App, tx: &Change, council: Uuid, pack: Uuid, found: &[Check]) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let rows = (1..).zip(found).map(|(seq, check)| {
        let row = pack_check::Model {
            council_id: council,
            id: app.ids.next(),
            pack_id: pack,
            seq,
            code: check.code.to_owned(),
            indicator: check.indicator.clone(),
            words: check.words.clone(),
        };
        row.into_active_model().reset_all()
    });
    pack_check::Entity::insert_many(rows).exec_without_returning(&**tx).await.context("keeping what was found in a pack")?;
    Ok(())
}

/// What was found of each of these packs, in the order to be read. One statement.
pub async fn checks_of(db: &impl ConnectionTrait, scope: &Scope, packs: &[Uuid]) -> Result<HashMap<Uuid, Vec<pack_check::Model>>> {
    let of_packs = scoped::<pack_check::Entity>(scope)
        .filter(pack_check::Column::PackId.is_in(packs.iter().copied()))
        .order_by_asc(pack_check::Column::Seq);
    let mut found: HashMap<Uuid, Vec<pack_check::Model>> = HashMap::new();
    for check in of_packs.all(db).await.context("loading what was found in packs")? {
        found.entry(check.pack_id).or_default().push(check);
    }
    Ok(found)
}
