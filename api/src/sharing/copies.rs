//! The copies of figures that are shared: which there should be, and making it so.
//!
//! What may leave is read as anybody reads it who does not see drafts: where returns go through their states what was approved, and
//! elsewhere what is recorded. Of that the value at the precision it is shown at, of periods from the share's first on, where there is
//! one and nothing keeps it back.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use entity::shared_figure;
use rules::aggregate::rounded;
use rules::measure::{Lifecycle, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::groups::store as groups;
use super::store::{self, Given, Offered};
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::benchmarks::Ground;
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::frameworks::catalogue::NOW;
use crate::frameworks::service::catalogue_in_force;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::rows::{execute, months, one_of};
use crate::values::Judged;
use crate::values::reading::{Gate, Through, Upto, judged_through};
use crate::values::service::Asked;

/// Copies deleted by one statement: SQLite takes 32,766 parameters.
const IDS_A_STATEMENT: usize = 30_000;

/// What tells a copy of a share from its others.
type Key = (Uuid, NaiveDate, i32);

/// A copy as it is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Copy {
    code: String,
    title: String,
    unit: String,
    decimal_places: i32,
    polarity: &'static str,
    metric: Option<String>,
    /// The published measure it is.
    measure: Option<Uuid>,
    value: Decimal,
    state: ValueState,
}

/// What is to be written so that the copies of a council's shares are what they should be.
pub struct Plan {
    /// Copies that no share has any more, or that read otherwise now.
    stale: Vec<Uuid>,
    fresh: Vec<(Given, Vec<(Key, Copy)>)>,
    /// Shares that read otherwise afterwards.
    changed: Vec<Given>,
}

impl Plan {
    /// Whether all copies are what they should be.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares the copies of the council's shares with what they should be. A fixed number of statements, however many shares,
/// indicators and figures.
pub async fn plan(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Plan> {
    let standing = store::standing(db, scope, today).await?;
    let ids: Vec<Uuid> = standing.iter().map(|share| share.id).collect();
    let offered = store::indicators(db, scope, &ids).await?;
    let mut wanted = wanted(db, scope, &standing, &offered, today).await?;
    let held = scoped::<shared_figure::Entity>(scope).all(db).await.context("loading what is shared")?;
    let (mut stale, mut changed) = (Vec::new(), HashSet::new());
    for row in &held {
        let key = (row.share_indicator_id, row.period_start, row.period_months);
        let of = wanted.get_mut(&row.share_id);
        if let Some(of) = of.filter(|of| of.get(&key).is_some_and(|copy| copy.reads(row))) {
            of.remove(&key);
        } else {
            stale.push(row.id);
            changed.insert(row.share_id);
        }
    }
    let mut fresh = Vec::new();
    for share in &standing {
        let of: Vec<(Key, Copy)> = wanted.remove(&share.id).into_iter().flatten().collect();
        if !of.is_empty() {
            changed.insert(share.id);
            fresh.push((share.clone(), of));
        }
    }
    let changed = standing.into_iter().filter(|share| changed.contains(&share.id)).collect();
    Ok(Plan { stale, fresh, changed })
}

/// Writes what a plan says.
pub async fn apply(app: &App, tx: &Change, scope: &Scope, plan: &Plan) -> Result<()> {
    delete(tx, scope, &plan.stale).await?;
    for (share, copies) in &plan.fresh {
        insert(app, tx, scope, share, copies).await?;
    }
    let groups = plan.changed.iter().filter_map(|share| share.group.as_ref().map(|(id, _)| *id));
    let members = groups::members_of(&**tx, scope, groups).await?;
    for share in &plan.changed {
        tx.reaches(share.reached(&members));
    }
    Ok(())
}

/// How many copies there would be if each indicator had a figure for each of its periods from its share's first until now.
pub async fn places(db: &impl ConnectionTrait, scope: &Scope, catalogue: &Catalogue, today: NaiveDate) -> Result<usize> {
    let standing = store::standing(db, scope, today).await?;
    let ids: Vec<Uuid> = standing.iter().map(|share| share.id).collect();
    let offered = store::indicators(db, scope, &ids).await?;
    let of = |share: &Given| -> usize {
        let passed = months_between(share.from.start(), today);
        let each = |one: &Offered| {
            let every = catalogue.indicator(one.indicator).map_or(1, |entry| entry.latest().frequency.0.months().max(1));
            passed.div_ceil(usize::try_from(every).unwrap_or(1))
        };
        offered.get(&share.id).into_iter().flatten().map(each).sum()
    };
    Ok(standing.iter().map(of).sum())
}

/// The months from a day's until another's, that one with it.
fn months_between(first: NaiveDate, last: NaiveDate) -> usize {
    let passed =
        (last.year() - first.year()) * 12 + i32::try_from(last.month()).unwrap_or(12) - i32::try_from(first.month()).unwrap_or(1) + 1;
    usize::try_from(passed).unwrap_or_default()
}

/// Which copies there should be, by share.
async fn wanted(
    db: &impl ConnectionTrait,
    scope: &Scope,
    standing: &[Given],
    offered: &HashMap<Uuid, Vec<Offered>>,
    today: NaiveDate,
) -> Result<HashMap<Uuid, HashMap<Key, Copy>>> {
    let mut wanted = HashMap::new();
    let Some(first) = standing.iter().map(|share| share.from.start()).min() else { return Ok(wanted) };
    let Some(catalogue) = catalogue_in_force(db, scope, today).await? else { return Ok(wanted) };
    let shared: HashSet<Uuid> = offered.values().flatten().map(|one| one.indicator).collect();
    let entries: Vec<&IndicatorEntry> = shared.iter().filter_map(|id| catalogue.indicator(*id)).collect();
    let ground = Ground::of_measures(db, scope, &entries).await?;
    let judged = judged(db, scope, &catalogue, &shared, (first, today)).await?;
    for share in standing {
        let mut of = HashMap::new();
        for one in offered.get(&share.id).into_iter().flatten() {
            let Some((entry, judged)) = catalogue.indicator(one.indicator).zip(judged.get(&one.indicator)) else { continue };
            of.extend(copies(entry, judged, &ground, share.from).map(|(period, copy)| ((one.id, period.start(), months(period)), copy)));
        }
        wanted.insert(share.id, of);
    }
    Ok(wanted)
}

/// The figures of indicators that may leave the council, from a day on until today.
async fn judged(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    shared: &HashSet<Uuid>,
    (first, today): (NaiveDate, NaiveDate),
) -> Result<HashMap<Uuid, Judged>> {
    let leaves =
        |entry: &&IndicatorEntry| shared.contains(&entry.id) && entry.lifecycle != Lifecycle::Proposed && !entry.latest().sensitive;
    let through = || Through { upto: Upto::Instant(NOW), gate: Gate::Approved };
    let wanted: Vec<_> = catalogue.indicators.iter().filter(leaves).map(|entry| (entry, through())).collect();
    let Some(until) = Period::month(today.year(), today.month()) else { return Ok(HashMap::new()) };
    let last = months_between(first, today).max(1);
    judged_through(db, scope, catalogue, &wanted, Asked { until, last, words: false, as_at: None, today }).await
}

/// What may leave of an indicator's figures.
fn copies<'a>(
    entry: &'a IndicatorEntry,
    judged: &'a Judged,
    ground: &'a Ground,
    from: Period,
) -> impl Iterator<Item = (Period, Copy)> + 'a {
    let shown = judged.points.iter().filter(move |point| point.period.start() >= from.start() && point.absence.is_none());
    shown.filter_map(move |point| {
        let value = point.value?;
        let state = judged.figures.observations.get(point.observation?)?.state;
        let version = entry.version_in(Some(point.period));
        if version.sensitive {
            return None;
        }
        let copy = Copy {
            code: entry.code.clone(),
            title: version.title.clone(),
            unit: version.unit.clone(),
            decimal_places: version.decimal_places,
            polarity: version.polarity.0.code(),
            metric: version.external_metric.clone(),
            measure: ground.measure_in(entry.id, point.period),
            value: rounded(value, point.decimal_places),
            state,
        };
        Some((point.period, copy))
    })
}

impl Copy {
    /// Whether a row says so already.
    fn reads(&self, row: &shared_figure::Model) -> bool {
        row.value.0 == self.value
            && row.state == self.state.code()
            && row.polarity == self.polarity
            && row.measure_id == self.measure
            && (row.decimal_places, &row.code, &row.title, &row.unit, &row.metric)
                == (self.decimal_places, &self.code, &self.title, &self.unit, &self.metric)
    }
}

async fn delete(tx: &Change, scope: &Scope, ids: &[Uuid]) -> Result<()> {
    for ids in ids.chunks(IDS_A_STATEMENT) {
        let mut values = vec![scope.council.into()];
        let chosen = one_of(tx.get_database_backend(), "id", ids, &mut values);
        let sql = format!("DELETE FROM shared_figure WHERE council_id = $1 AND {chosen}");
        execute(&**tx, "deleting what is shared no more", &sql, values).await?;
    }
    Ok(())
}

async fn insert(app: &App, tx: &Change, scope: &Scope, share: &Given, copies: &[(Key, Copy)]) -> Result<()> {
    let same = vec![
        ("council_id", scope.council.into()),
        ("share_id", share.id.into()),
        ("audience", share.audience.code().into()),
        ("to_council_id", share.to.as_ref().map(|to| to.id).into()),
        ("to_group_id", share.group.as_ref().map(|(id, _)| *id).into()),
        ("copied_at", tx.at(&app.clock).into()),
    ];
    let columns = [
        ("id", Kind::Uuid),
        ("share_indicator_id", Kind::Uuid),
        ("code", Kind::Text),
        ("title", Kind::Text),
        ("unit", Kind::Text),
        ("decimal_places", Kind::Int),
        ("polarity", Kind::Text),
        ("metric", Kind::Text),
        ("period_start", Kind::Date),
        ("period_months", Kind::Int),
        ("value", Kind::Decimal),
        ("state", Kind::Text),
        ("measure_id", Kind::Uuid),
    ];
    let mut insert = Insert::into(tx, "sharing figures", "shared_figure", same, &columns);
    for ((indicator, start, months), copy) in copies {
        insert
            .row(tx, |fields| {
                fields.uuid(app.ids.next());
                fields.uuid(*indicator);
                fields.text(copy.code.as_str());
                fields.text(copy.title.as_str());
                fields.text(copy.unit.as_str());
                fields.int(copy.decimal_places);
                fields.text(copy.polarity);
                fields.text(copy.metric.as_deref());
                fields.date(*start);
                fields.int(*months);
                fields.decimal(copy.value);
                fields.text(copy.state.code());
                fields.uuid(copy.measure);
            })
            .await?;
    }
    insert.finish(tx).await
}
