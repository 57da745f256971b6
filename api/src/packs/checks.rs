//! What the officer who has a pack built is told of it, and nobody reads in it: `rules::proof` over what it shows.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::pack_check::{Column, Entity, Model};
use rules::audience::Audience;
use rules::proof::{self, Proof, Words};
use rules::series::Point;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::figures::Measure;
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::frameworks::Catalogue;
use crate::values::store::Words as Said;

/// Kept of one pack at most: whoever has so many begins elsewhere.
pub const CHECKS_MAX: usize = 2_000;

/// Something to look at before a pack goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `C01`.
    pub code: &'static str,
    /// The ref of the indicator.
    pub indicator: String,
    pub words: String,
}

/// All there is to look at of what a pack shows to an audience, indicator by indicator.
pub fn checks(catalogue: &Catalogue, council: &str, shown: &[&Measure<'_>], audience: Audience, today: NaiveDate) -> Vec<Check> {
    let titles = catalogue.elements.iter().map(|e| e.title.as_str()).chain(catalogue.indicators.iter().map(|i| i.latest().title.as_str()));
    let own: Vec<&str> = [council].into_iter().chain(titles).collect();
    let found = shown.iter().flat_map(|measure| {
        let of = |remark: proof::Remark| Check { code: remark.code, indicator: measure.entry.code.clone(), words: remark.words };
        let points: Vec<Point> = measure.points_for(audience).cloned().collect();
        proof::read(&proof(measure, &points, audience, today, &own)).into_iter().map(of)
    });
    found.take(CHECKS_MAX).collect()
}

fn proof<'a>(measure: &'a Measure<'_>, points: &'a [Point], audience: Audience, today: NaiveDate, own_names: &'a [&'a str]) -> Proof<'a> {
    let version = measure.version;
    let (now, before) = match points {
        [.., before, now] => (measure.words_of(now), measure.words_of(before)),
        [now] => (measure.words_of(now), None),
        [] => (None, None),
    };
    Proof {
        points,
        purpose: version.purpose.0,
        unit: &version.unit,
        sensitive: measure.sensitive(),
        words: audience.sees_words(measure.sensitive()).then(|| (words(now), words(before))),
        year: points.last().and_then(|point| point.period.year_of(version.year_basis.0)),
        today,
        own_names,
    }
}

fn words(said: Option<&Said>) -> Words<'_> {
    said.map_or_else(Words::default, |said| Words {
        commentary: said.commentary.as_deref(),
        action: said.action.as_deref(),
        owner: said.action_owner.as_deref(),
        due: said.action_due,
    })
}

/// Keeps what was found with the pack. One statement, none where nothing was found.
pub async fn keep(app: &App, tx: &Change, council: Uuid, pack: Uuid, found: &[Check]) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let rows = (1..).zip(found).map(|(seq, check)| {
        let row = Model {
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
    Entity::insert_many(rows).exec_without_returning(&**tx).await.context("keeping what was found in a pack")?;
    Ok(())
}

/// What was found of each of these packs, in the order to be read. One statement.
pub async fn of(db: &impl ConnectionTrait, scope: &Scope, packs: &[Uuid]) -> Result<HashMap<Uuid, Vec<Model>>> {
    let of_packs = scoped::<Entity>(scope).filter(Column::PackId.is_in(packs.iter().copied())).order_by_asc(Column::Seq);
    let mut found: HashMap<Uuid, Vec<Model>> = HashMap::new();
    for check in of_packs.all(db).await.context("loading what was found in packs")? {
        found.entry(check.pack_id).or_default().push(check);
    }
    Ok(found)
}
