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
    value: Decimal,
    state: ValueState,
}

/// Brings the copies of the council's shares to what they should be; answers whether any was not. A fixed number of statements, however
/// many shares, indicators and figures, but for what is written.
pub async fn renew(app: &App, tx: &Change, scope: &Scope) -> Result<bool> {
    let today = app.clock.today();
    let standing = store::standing(&**tx, scope, today).await?;
    let ids: Vec<Uuid> = standing.iter().map(|share| share.id).collect();
    let offered = store::indicators(&**tx, scope, &ids).await?;
    let wanted = wanted(tx, scope, &standing, &offered, today).await?;
    let held = scoped::<shared_figure::Entity>(scope).all(&**tx).await.context("loading what is shared")?;
    let (mut stale, mut changed, mut kept) = (Vec::new(), HashSet::new(), HashSet::new());
    for row in &held {
        let key = (row.share_indicator_id, row.period_start, row.period_months);
        if wanted.get(&row.share_id).and_then(|of| of.get(&key)).is_some_and(|copy| copy.reads(row)) {
            kept.insert((row.share_id, key));
        } else {
            stale.push(row.id);
            changed.insert(row.share_id);
        }
    }
    delete(tx, scope, &stale).await?;
    for share in &standing {
        let of = wanted.get(&share.id).into_iter().flatten();
        let fresh: Vec<(&Key, &Copy)> = of.filter(|(key, _)| !kept.contains(&(share.id, **key))).collect();
        if !fresh.is_empty() {
            changed.insert(share.id);
            insert(app, tx, scope, share, fresh).await?;
        }
    }
    let members = groups::members_of(&**tx, scope, standing.iter().filter_map(|share| share.group.as_ref().map(|(id, _)| *id))).await?;
    for share in standing.iter().filter(|share| changed.contains(&share.id)) {
        tx.reaches(share.reached(&members));
    }
    Ok(!changed.is_empty())
}

/// Which copies there should be, by share.
async fn wanted(
    tx: &Change,
    scope: &Scope,
    standing: &[Given],
    offered: &HashMap<Uuid, Vec<Offered>>,
    today: NaiveDate,
) -> Result<HashMap<Uuid, HashMap<Key, Copy>>> {
    let mut wanted = HashMap::new();
    let Some(first) = standing.iter().map(|share| share.from.start()).min() else { return Ok(wanted) };
    let Some(catalogue) = catalogue_in_force(&**tx, scope, today).await? else { return Ok(wanted) };
    let shared: HashSet<Uuid> = offered.values().flatten().map(|one| one.indicator).collect();
    let judged = judged(&**tx, scope, &catalogue, &shared, (first, today)).await?;
    for share in standing {
        let mut of = HashMap::new();
        for one in offered.get(&share.id).into_iter().flatten() {
            let Some((entry, judged)) = catalogue.indicator(one.indicator).zip(judged.get(&one.indicator)) else { continue };
            of.extend(copies(entry, judged, share.from).map(|(period, copy)| ((one.id, period.start(), months(period)), copy)));
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
    let passed = (today.year() - first.year()) * 12 + i32::try_from(today.month()).unwrap_or(12);
    let last = usize::try_from(passed).unwrap_or(1).max(1);
    judged_through(db, scope, catalogue, &wanted, Asked { until, last, words: false, as_at: None, today }).await
}

/// What may leave of an indicator's figures.
fn copies<'a>(entry: &'a IndicatorEntry, judged: &'a Judged, from: Period) -> impl Iterator<Item = (Period, Copy)> + 'a {
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

async fn insert(app: &App, tx: &Change, scope: &Scope, share: &Given, copies: Vec<(&Key, &Copy)>) -> Result<()> {
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
            })
            .await?;
    }
    insert.finish(tx).await
}
