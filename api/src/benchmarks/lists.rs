//! Bringing in areas, catalogues and lists of neighbours: what is there is kept, what is new is added, the same again changes nothing.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use importers::areas::AreaLists;
use importers::catalogue::{ListedMetric, Metric, MetricKind};
use importers::neighbours::{Named, Neighbour};
use rules::area::{Register, ServiceArea};
use rules::measure::{Frequency, Polarity, YearBasis};
use sea_orm::Value;
use uuid::Uuid;

use super::place::one;
use super::store::areas;
use crate::app::Ids;
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::{ContextExt, Error, Result};
use crate::rows::{execute, read_rows};

/// What is said of a catalogue or a list beside what stands in it.
pub struct Edition<'a> {
    pub code: &'a str,
    pub edition: &'a str,
    pub title: &'a str,
    pub publisher: &'a str,
    pub licence: &'a str,
    pub source: Option<&'a str>,
    pub published_on: Option<NaiveDate>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub sha256: &'a str,
}

/// Adds areas and successions that are not there, and corrects those that are. Answers how many were added or corrected.
pub async fn record_areas(tx: &Change, ids: &Ids, lists: &AreaLists) -> Result<usize> {
    let known = areas::known(&**tx).await?;
    let held: HashMap<(&str, &str), _> =
        known.register.areas().iter().map(|area| ((area.code.as_str(), area.name.as_str()), area)).collect();
    let columns = [
        ("id", Kind::Uuid),
        ("code", Kind::Text),
        ("name", Kind::Text),
        ("kind", Kind::Text),
        ("region", Kind::Text),
        ("stands_from", Kind::Date),
        ("stands_until", Kind::Date),
    ];
    let (mut insert, mut count) = (Insert::into(tx, "adding areas", "area", Vec::new(), &columns), 0);
    for area in lists.areas.iter().map(|listed| &listed.row) {
        match held.get(&(area.code.as_str(), area.name.as_str())) {
            Some(same) if *same == area => continue,
            Some(_) => {
                let sql = "UPDATE area SET kind = $1, region = $2, stands_from = $3, stands_until = $4 WHERE code = $5 AND name = $6";
                let (kind, region) = (area.kind.code().into(), area.region.clone().into());
                let values = vec![kind, region, area.from.into(), area.until.into(), area.code.clone().into(), area.name.clone().into()];
                execute(&**tx, "correcting an area", sql, values).await?;
            }
            None => {
                let fill = |row: &mut crate::bulk::Fields<'_>| {
                    row.uuid(ids.next());
                    row.text(area.code.as_str());
                    row.text(area.name.as_str());
                    row.text(area.kind.code());
                    row.text(area.region.as_deref());
                    row.date(area.from);
                    row.date(area.until);
                };
                insert.row(tx, fill).await?;
            }
        }
        count += 1;
    }
    insert.finish(tx).await?;
    let columns = [("id", Kind::Uuid), ("from_code", Kind::Text), ("to_code", Kind::Text), ("on_date", Kind::Date), ("kind", Kind::Text)];
    let mut insert = Insert::into(tx, "adding successions", "area_succession", Vec::new(), &columns);
    for one in lists.successions.iter().map(|listed| &listed.row) {
        if known.successions.iter().any(|held| (&held.from, &held.to, held.on) == (&one.from, &one.to, one.on)) {
            continue;
        }
        let fill = |row: &mut crate::bulk::Fields<'_>| {
            row.uuid(ids.next());
            row.text(one.from.as_str());
            row.text(one.to.as_str());
            row.date(one.on);
            row.text(one.kind.code());
        };
        insert.row(tx, fill).await?;
        count += 1;
    }
    insert.finish(tx).await?;
    Ok(count)
}

/// Records an edition of a catalogue, in place of what was recorded of it before; answers false where the same is there.
pub async fn record_catalogue(tx: &Change, ids: &Ids, at: DateTime<Utc>, of: &Edition<'_>, metrics: &[ListedMetric]) -> Result<bool> {
    let held = "SELECT sha256 FROM catalogue WHERE code = $1 AND edition = $2 AND superseded_at IS NULL";
    let values = || vec![of.code.into(), of.edition.into()];
    let held: Vec<String> = read_rows(&**tx, "finding a catalogue", held, values(), |row| row.next()).await?;
    if held.iter().any(|sha256| sha256 == of.sha256) {
        return Ok(false);
    }
    let sql = "UPDATE catalogue SET superseded_at = $3 WHERE code = $1 AND edition = $2 AND superseded_at IS NULL";
    execute(&**tx, "ending a catalogue", sql, values().into_iter().chain([at.into()]).collect()).await?;
    let id = ids.next();
    let sql = "INSERT INTO catalogue (id, code, edition, title, publisher, published_on, in_force_from, in_force_until, licence, source, \
        sha256, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let values: Vec<Value> = vec![
        id.into(),
        of.code.into(),
        of.edition.into(),
        of.title.into(),
        of.publisher.into(),
        of.published_on.into(),
        of.from.into(),
        of.until.into(),
        of.licence.into(),
        of.source.map(str::to_owned).into(),
        of.sha256.into(),
        at.into(),
    ];
    execute(&**tx, "recording a catalogue", sql, values).await?;
    let mut insert = metrics_of(tx, id);
    for (listed, place) in metrics.iter().zip(0..) {
        metric(tx, &mut insert, ids, &listed.metric, place).await?;
    }
    insert.finish(tx).await?;
    Ok(true)
}

fn metrics_of(tx: &Change, catalogue: Uuid) -> Insert {
    let columns = [
        ("id", Kind::Uuid),
        ("place", Kind::Int),
        ("code", Kind::Text),
        ("title", Kind::Text),
        ("placeholder", Kind::Bool),
        ("outcome", Kind::Text),
        ("kind", Kind::Text),
        ("definition", Kind::Text),
        ("unit", Kind::Text),
        ("decimal_places", Kind::Int),
        ("polarity", Kind::Text),
        ("best_value", Kind::Decimal),
        ("service_area", Kind::Text),
        ("numerator", Kind::Text),
        ("denominator", Kind::Text),
        ("numerator_multiplier", Kind::Decimal),
        ("denominator_multiplier", Kind::Decimal),
        ("frequency", Kind::Text),
        ("year_basis", Kind::Text),
        ("source", Kind::Text),
        ("previous_code", Kind::Text),
        ("break_from", Kind::Text),
        ("written_as", Kind::Text),
        ("note", Kind::Text),
    ];
    Insert::into(tx, "recording metrics", "catalogue_metric", vec![("catalogue_id", catalogue.into())], &columns)
}

async fn metric(tx: &Change, insert: &mut Insert, ids: &Ids, of: &Metric, place: i32) -> Result<()> {
    let written_as = serde_json::to_string(&of.written_as).context("recording metrics")?;
    let fill = |row: &mut crate::bulk::Fields<'_>| {
        row.uuid(ids.next());
        row.int(place);
        row.text(of.code.as_str());
        row.text(of.title.as_str());
        row.bool(of.placeholder);
        row.text(of.outcome.as_deref());
        row.text(of.kind.map(MetricKind::code));
        row.text(of.definition.as_deref());
        row.text(of.unit.as_deref());
        row.int(of.decimals.and_then(|places| i32::try_from(places).ok()));
        row.text(of.better.map(Polarity::code));
        row.decimal(of.best_value);
        row.text(of.service.map(ServiceArea::code));
        row.text(of.numerator.as_deref());
        row.text(of.denominator.as_deref());
        row.decimal(of.numerator_multiplier);
        row.decimal(of.denominator_multiplier);
        row.text(of.frequency.map(Frequency::code));
        row.text(of.year_basis.map(YearBasis::code));
        row.text(of.source.as_deref());
        row.text(of.previous_code.as_deref());
        row.text(of.break_from.as_deref());
        row.text(written_as.as_str());
        row.text(of.note.as_deref());
    };
    insert.row(tx, fill).await
}

/// What became of a list of neighbours.
#[derive(Debug, Default)]
pub struct ListOutcome {
    /// How many neighbours were added.
    pub added: usize,
    /// Names and codes that are no area's, each once.
    pub unknown: Vec<String>,
}

/// Records an edition of a list of neighbours; none where the same is there. One that is there under this edition with other
/// neighbours is refused: what was compared by it would not be told the same again.
pub async fn record_neighbours(
    tx: &Change,
    ids: &Ids,
    of: &Edition<'_>,
    register: &Register,
    list: &[&Neighbour],
) -> Result<Option<ListOutcome>> {
    let held = "SELECT sha256 FROM neighbour_model WHERE code = $1 AND edition = $2";
    let held: Vec<String> = read_rows(&**tx, "finding a list", held, vec![of.code.into(), of.edition.into()], |row| row.next()).await?;
    match held.first() {
        Some(sha256) if sha256 == of.sha256 => return Ok(None),
        Some(_) => {
            let message =
                format!("{} {} is there already with other neighbours: give this list an edition of its own.", of.code, of.edition);
            return Err(Error::conflict(message));
        }
        None => {}
    }
    let id = ids.next();
    let sql = "INSERT INTO neighbour_model (id, code, edition, title, publisher, licence, source, stands_from, stands_until, sha256) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values: Vec<Value> = vec![
        id.into(),
        of.code.into(),
        of.edition.into(),
        of.title.into(),
        of.publisher.into(),
        of.licence.into(),
        of.source.map(str::to_owned).into(),
        of.from.into(),
        of.until.into(),
        of.sha256.into(),
    ];
    execute(&**tx, "recording a list", sql, values).await?;
    let columns =
        [("id", Kind::Uuid), ("area_code", Kind::Text), ("place", Kind::Int), ("neighbour_code", Kind::Text), ("distance", Kind::Decimal)];
    let mut insert = Insert::into(tx, "recording neighbours", "neighbour", vec![("model_id", id.into())], &columns);
    let mut outcome = ListOutcome::default();
    for one in list {
        let (area, neighbour) = (code(register, &one.area), code(register, &one.neighbour));
        let (Some(area), Some(neighbour)) = (area, neighbour) else {
            for (named, found) in [(&one.area, area), (&one.neighbour, neighbour)] {
                let words = [&named.code, &named.name].into_iter().flatten().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
                if found.is_none() && !outcome.unknown.contains(&words) {
                    outcome.unknown.push(words);
                }
            }
            continue;
        };
        let fill = |row: &mut crate::bulk::Fields<'_>| {
            row.uuid(ids.next());
            row.text(area);
            row.int(i32::try_from(one.place).unwrap_or(i32::MAX));
            row.text(neighbour);
            row.decimal(one.distance);
        };
        insert.row(tx, fill).await?;
        outcome.added += 1;
    }
    insert.finish(tx).await?;
    Ok(Some(outcome))
}

/// The code of an area a list names.
fn code<'a>(register: &'a Register, named: &Named) -> Option<&'a str> {
    let by_code = named.code.as_ref().and_then(|code| register.find(&code.text));
    let by_name = || one(register, &register.named(&named.name.as_ref()?.text));
    by_code.or_else(by_name).map(|area| area.code.as_str())
}
