//! Figures a predecessor hands over to its successor, with what they are made of.

use std::collections::HashSet;

use chrono::{Datelike, Months, NaiveDate};
use entity::handed_indicator;
use rules::measure::{Absence, Lifecycle};
use rules::period::Period;
use rules::permission::Permission;
use rules::series::Point;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;

use super::{Side, names};
use crate::access::Scope;
use crate::bulk::{Insert, Kind};
use crate::db::{Change, Reached};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state};
use crate::frameworks::catalogue::NOW;
use crate::frameworks::service::catalogue_in_force;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::rows::{execute, months};
use crate::values::Judged;
use crate::values::reading::{Gate, Through, Upto, judged_through};
use crate::values::service::Asked;

/// Indicators named at once at most.
const INDICATORS_MAX: usize = 500;
/// Months of figures that are handed over: twenty years.
const MONTHS: usize = 240;
/// And no longer ago than so.
const YEARS: Months = Months::new(240);
/// Indicators written by one statement.
const ROWS_A_STATEMENT: usize = 1_000;

/// What was handed over.
#[derive(Debug, Clone, Copy)]
pub struct Handed {
    pub indicators: usize,
    pub figures: usize,
}

/// Hands over the figures of indicators, all of the edition in force where none is named: what was approved where returns are approved,
/// else what is recorded, with numerators and denominators. What was handed over before is replaced.
pub async fn hand_over(deed: &Deed<'_>, council: &str, to: &str, indicators: &[String]) -> Result<Handed, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    deed.council(council)?;
    let succession = names::agreed_with(&**deed.tx, &scope, Side::Successor, to, "toCouncil").await?;
    let today = deed.today();
    let catalogue = catalogue_in_force(&**deed.tx, &scope, today).await?;
    let catalogue =
        catalogue.ok_or_else(|| UserError::new("NO_FRAMEWORK", "The council has no framework yet.", Some(&["input", "council"])))?;
    let chosen = chosen(&catalogue, indicators)?;
    let through = |entry| (entry, Through { upto: Upto::Instant(NOW), gate: Gate::Approved });
    let wanted: Vec<(&IndicatorEntry, Through)> = chosen.iter().map(|entry| through(*entry)).collect();
    let judged = judged_through(&**deed.tx, &scope, &catalogue, &wanted, asked(today)?).await?;
    forget(deed.tx, &scope, succession.other.id).await?;
    let from = deed.app.clock.today().checked_sub_months(YEARS).unwrap_or(NaiveDate::MIN);
    let mut figures = 0;
    let (mut rows, mut parts) = (Vec::new(), Vec::new());
    for entry in &chosen {
        let Some(judged) = judged.get(&entry.id) else { continue };
        let row = indicator_row(deed, &scope, entry, succession.other.id);
        figures += judged.points.iter().filter(|point| point.observation.is_some() && goes(entry, point, from)).count();
        parts.push((row.id, *entry, judged));
        rows.push(row.into_active_model());
    }
    let handed = Handed { indicators: rows.len(), figures };
    if !rows.is_empty() {
        for some in rows.chunks(ROWS_A_STATEMENT) {
            let insert = handed_indicator::Entity::insert_many(some.iter().cloned());
            insert.exec_without_returning(&**deed.tx).await.context("handing indicators over")?;
        }
    }
    insert(deed, &scope, (succession.other.id, from), &parts).await?;
    let codes: Vec<&str> = chosen.iter().map(|entry| entry.code.as_str()).collect();
    let after = state(&json!({ "to": succession.other.code, "indicators": codes, "figures": figures }));
    deed.record(&scope, "figures.hand-over", format!("council {}", succession.other.id), [None, after]).await?;
    deed.tx.reaches(Reached::Councils([succession.other.id].into()));
    Ok(handed)
}

/// Deletes everything that was handed over to a council; answers how many figures that were.
pub async fn forget(tx: &Change, scope: &Scope, to: Uuid) -> Result<u64> {
    let these = || vec![scope.council.into(), to.into()];
    let doing = "taking back what was handed over";
    let figures = execute(&**tx, doing, "DELETE FROM handed_figure WHERE council_id = $1 AND to_council_id = $2", these()).await?;
    execute(&**tx, doing, "DELETE FROM handed_indicator WHERE council_id = $1 AND to_council_id = $2", these()).await?;
    Ok(figures)
}

/// Until now, as far back as figures are handed over.
fn asked(today: NaiveDate) -> Result<Asked> {
    let until = Period::month(today.year(), today.month());
    let until = until.ok_or_else(|| Error::internal("handing figures over", &"today is in no month"))?;
    Ok(Asked { until, last: MONTHS, words: false, as_at: None, today })
}

fn chosen<'a>(catalogue: &'a Catalogue, codes: &[String]) -> Result<Vec<&'a IndicatorEntry>, Refusal> {
    let field: Option<&[&str]> = Some(&["input", "indicators"]);
    if codes.len() > INDICATORS_MAX {
        return Err(
            UserError::new("INDICATORS_NEEDED", format!("Name {INDICATORS_MAX} indicators at most, or none for all."), field).into()
        );
    }
    // What is sensitive stays, and what is only proposed has nothing to hand over.
    let leaves = |entry: &&IndicatorEntry| entry.lifecycle != Lifecycle::Proposed && !entry.latest().sensitive;
    if codes.is_empty() {
        return Ok(catalogue.indicators.iter().filter(leaves).collect());
    }
    let (mut seen, mut chosen) = (HashSet::new(), Vec::new());
    for code in codes {
        let entry = catalogue.indicator_by_code(code.trim()).ok_or_else(|| {
            UserError::new("INDICATOR_NOT_FOUND", format!("There is no indicator {code} in the edition in force."), field)
        })?;
        if entry.latest().sensitive {
            let message = format!("{} is marked sensitive: it stays in the council.", entry.code);
            return Err(UserError::new("INDICATOR_SENSITIVE", message, field).into());
        }
        if leaves(&entry) && seen.insert(entry.id) {
            chosen.push(entry);
        }
    }
    Ok(chosen)
}

fn indicator_row(deed: &Deed<'_>, scope: &Scope, entry: &IndicatorEntry, to: Uuid) -> handed_indicator::Model {
    let latest = entry.latest();
    handed_indicator::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        to_council_id: to,
        indicator_id: entry.id,
        code: entry.code.clone(),
        title: latest.title.clone(),
        unit: latest.unit.clone(),
        metric: latest.external_metric.clone(),
        handed_at: deed.now(),
        handed_by: scope.person,
    }
}

/// Whether a figure is handed over: of the last twenty years, and not of a period in which the indicator may speak of persons.
fn goes(entry: &IndicatorEntry, point: &Point, from: NaiveDate) -> bool {
    point.period.start() >= from && !entry.version_in(Some(point.period)).sensitive
}

async fn insert(deed: &Deed<'_>, scope: &Scope, (to, from): (Uuid, NaiveDate), parts: &[(Uuid, &IndicatorEntry, &Judged)]) -> Result<()> {
    let same = vec![("council_id", scope.council.into()), ("to_council_id", to.into())];
    let columns = [
        ("id", Kind::Uuid),
        ("handed_indicator_id", Kind::Uuid),
        ("period_start", Kind::Date),
        ("period_months", Kind::Int),
        ("value", Kind::Decimal),
        ("numerator", Kind::Decimal),
        ("denominator", Kind::Decimal),
        ("absence", Kind::Text),
        ("state", Kind::Text),
    ];
    let mut insert = Insert::into(deed.tx, "handing figures over", "handed_figure", same, &columns);
    for (indicator, entry, judged) in parts {
        for point in judged.points.iter().filter(|point| goes(entry, point, from)) {
            let Some(observed) = point.observation.and_then(|at| judged.figures.observations.get(at)) else { continue };
            // What may not be shown is not handed over: that it is suppressed is.
            let open = point.absence != Some(Absence::Suppressed);
            insert
                .row(deed.tx, |fields| {
                    fields.uuid(deed.app.ids.next());
                    fields.uuid(*indicator);
                    fields.date(point.period.start());
                    fields.int(months(point.period));
                    fields.decimal(point.value.filter(|_| open));
                    fields.decimal(point.numerator.filter(|_| open));
                    fields.decimal(point.denominator.filter(|_| open));
                    fields.text(point.absence.map(Absence::code));
                    fields.text(observed.state.code());
                })
                .await?;
        }
    }
    insert.finish(deed.tx).await
}
