//! What reads otherwise than it did: earlier readings of figures, and all that changed since the forum's last pack.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::pack::Model;
use entity::{Dec, Text};
use exporters::pack::{Change, PackRevision, Stood, Why};
use rules::aggregate::{derive, rounded};
use rules::measure::Absence;
use rules::period::Period;
use rules::series::Point;
use rules::status::Thresholds;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::figures::Measure;
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::catalogue::NOW;
use crate::rows::{period, read_rows};
use crate::values::Judged;

/// What a figure read before it was superseded.
#[derive(Debug, Clone)]
pub struct Earlier {
    pub period: Period,
    value: Option<Decimal>,
    absence: Option<Absence>,
    recorded_at: DateTime<Utc>,
    superseded_at: DateTime<Utc>,
}

impl Earlier {
    /// Whether it was a value, and another one than is shown now.
    pub fn is_other_value(&self, now: &Point, places: u32) -> bool {
        self.value.is_some() && self.differs(now, places)
    }

    fn differs(&self, now: &Point, places: u32) -> bool {
        let shown = |value: Option<Decimal>| value.map(|v| rounded(v, places));
        shown(self.value) != shown(now.value) || self.absence != now.absence
    }

    /// Until when it read so.
    pub const fn until(&self) -> DateTime<Utc> {
        self.superseded_at
    }

    /// Whether this is what stood in a document of that instant.
    fn stood_at(&self, instant: DateTime<Utc>) -> bool {
        self.recorded_at <= instant && self.superseded_at > instant
    }
}

/// Earlier readings by indicator, in order of period and instant.
#[derive(Debug, Default)]
pub struct Before(HashMap<Uuid, Vec<Earlier>>);

impl Before {
    /// What was seen in earlier documents, each with its instant: of every figure printed now, what stood there.
    pub fn seen(then: &[(DateTime<Utc>, HashMap<Uuid, Judged>)], measures: &[Measure<'_>]) -> Self {
        let mut before: HashMap<Uuid, Vec<Earlier>> = HashMap::new();
        let mut instants: Vec<DateTime<Utc>> = then.iter().map(|(as_at, _)| *as_at).collect();
        instants.sort_unstable();
        for (as_at, judged) in then {
            let until = instants.iter().find(|other| *other > as_at);
            for measure in measures {
                let points = judged.get(&measure.entry.id).map_or(&[][..], |judged| &judged.points);
                let stood = measure.points.iter().map(|now| {
                    let then = points.iter().find(|point| point.period == now.period);
                    let recorded = measure.words_of(now).map(|words| words.recorded_at).filter(|at| at > as_at);
                    Earlier {
                        period: now.period,
                        value: then.and_then(|point| point.value),
                        absence: then.and_then(|point| point.absence),
                        recorded_at: *as_at,
                        superseded_at: until.copied().or(recorded).unwrap_or(NOW),
                    }
                });
                before.entry(measure.entry.id).or_default().extend(stood);
            }
        }
        for of_indicator in before.values_mut() {
            of_indicator.sort_by_key(|earlier| (earlier.period, earlier.recorded_at));
        }
        Self(before)
    }

    pub fn of(&self, measure: &Measure<'_>) -> &[Earlier] {
        self.0.get(&measure.entry.id).map_or(&[], Vec::as_slice)
    }
}

/// Earlier readings of every figure a pack prints. One statement.
pub async fn before(db: &impl ConnectionTrait, scope: &Scope, pack: &Model, measures: &[Measure<'_>]) -> Result<Before> {
    let multipliers: HashMap<Uuid, Decimal> = measures.iter().map(|m| (m.entry.id, m.version.multiplier.0)).collect();
    let Some(from) = measures.iter().filter_map(|m| m.points.first()).map(|p| p.period.start()).min() else {
        return Ok(Before::default());
    };
    let until = period(pack.period_start, pack.period_months)?.end();
    let sql = "SELECT indicator_id, period_start, period_months, value, numerator, denominator, absence, recorded_at, superseded_at \
        FROM observation WHERE council_id = $1 AND period_start >= $2 AND period_end <= $3 AND superseded_at <= $4 AND NOT withdrawn \
        ORDER BY indicator_id, period_start, recorded_at";
    let values = vec![scope.council.into(), from.into(), until.into(), pack.as_at.into()];
    let mut before = Before::default();
    read_rows(db, "loading earlier readings", sql, values, |row| {
        let indicator: Uuid = row.next()?;
        let period = row.next_period()?;
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        let (value, numerator, denominator) = (decimal()?, decimal()?, decimal()?);
        let Some(multiplier) = multipliers.get(&indicator) else { return Ok(()) };
        let absence = row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0);
        let derived = || derive(numerator?, denominator?, *multiplier);
        before.0.entry(indicator).or_default().push(Earlier {
            period,
            // What was withheld is not given away by what it was worked out from.
            value: value.or_else(derived).filter(|_| absence != Some(Absence::Suppressed)),
            absence,
            recorded_at: row.next()?,
            superseded_at: row.next()?,
        });
        Ok(())
    })
    .await?;
    Ok(before)
}

/// All that reads otherwise than in the forum's last pack, indicator by indicator: definitions, targets, values. Two
/// statements.
pub async fn since(
    db: &impl ConnectionTrait,
    scope: &Scope,
    pack: &Model,
    last: &Model,
    before: &Before,
    measures: &[Measure<'_>],
) -> Result<Vec<PackRevision>> {
    let definitions = definitions_then(db, scope, pack, last).await?;
    let targets = targets_then(db, scope, pack, last).await?;
    let covered_until = period(last.period_start, last.period_months)?.end();
    let mut found = Vec::new();
    for measure in measures {
        let id = measure.entry.id;
        found.extend(definition_changes(measure, last.as_at, definitions.get(&id).map_or(&[], Vec::as_slice)));
        found.extend(targets.get(&id).into_iter().flatten().filter_map(|then| target_change(measure, then)));
        found.extend(measure.points.iter().filter_map(|p| value_change(measure, p, before.of(measure), last.as_at, covered_until)));
    }
    Ok(found)
}

/// An indicator that is not in the framework any more, with what it was.
pub fn removed(version: &entity::indicator_version::Model, code: &str, on: NaiveDate) -> PackRevision {
    let (title, definition) = (version.title.clone(), version.definition.clone());
    PackRevision {
        what: Change::Removed,
        code: code.to_owned(),
        title: title.clone(),
        unit: version.unit.clone(),
        decimals: u32::try_from(version.decimal_places).unwrap_or_default(),
        from: Stood::Definition { title, definition },
        to: Stood::NotInFramework,
        why: Why::NotSaid,
        on,
    }
}

fn revision(measure: &Measure<'_>, what: Change, (from, to): (Stood, Stood), why: Why, on: NaiveDate) -> PackRevision {
    let (code, title) = (measure.entry.code.clone(), measure.version.title.clone());
    PackRevision { what, code, title, unit: measure.version.unit.clone(), decimals: measure.decimals(), from, to, why, on }
}

fn value_change(
    measure: &Measure<'_>,
    now: &Point,
    before: &[Earlier],
    last: DateTime<Utc>,
    covered_until: NaiveDate,
) -> Option<PackRevision> {
    let words = measure.words_of(now);
    let then = before.iter().find(|e| e.period == now.period && e.stood_at(last));
    let figure = |value, absence| Stood::Figure { period: now.period, value, absence };
    let (from, on) = match then {
        Some(then) if then.differs(now, measure.decimals()) => {
            // What may not be shown any more is not shown as it was.
            let withheld = now.absence == Some(Absence::Suppressed);
            let from = if withheld { figure(None, now.absence) } else { figure(then.value, then.absence) };
            (from, words.map_or(then.superseded_at, |w| w.recorded_at))
        }
        Some(_) => return None,
        // A figure that came late: the last pack had none where it printed that period.
        None => {
            let recorded = words?.recorded_at;
            if recorded <= last || now.period.end() > covered_until {
                return None;
            }
            (figure(None, None), recorded)
        }
    };
    let why = match words {
        Some(words) => words.reason.clone().map_or(Why::NotSaid, Why::Said),
        None => Why::Withdrawn,
    };
    Some(revision(measure, Change::Value, (from, figure(now.value, now.absence)), why, on.date_naive()))
}

struct TargetThen {
    period: Period,
    thresholds: Thresholds,
    superseded_at: DateTime<Utc>,
}

/// Targets that stood when the last pack was gathered and stand no more.
async fn targets_then(db: &impl ConnectionTrait, scope: &Scope, pack: &Model, last: &Model) -> Result<HashMap<Uuid, Vec<TargetThen>>> {
    let sql = "SELECT indicator_id, period_start, period_months, target, intervention, lower, upper, intervention_lower, \
            intervention_upper, superseded_at \
        FROM target WHERE council_id = $1 AND recorded_at <= $2 AND superseded_at > $2 AND superseded_at <= $3 \
        ORDER BY indicator_id, period_start, period_months";
    let mut found: HashMap<Uuid, Vec<TargetThen>> = HashMap::new();
    read_rows(db, "loading earlier targets", sql, vec![scope.council.into(), last.as_at.into(), pack.as_at.into()], |row| {
        let indicator = row.next()?;
        let period = row.next_period()?;
        let decimal = || -> Result<Option<Decimal>> { Ok(row.next::<Option<Dec>>()?.map(|d| d.0)) };
        let thresholds = Thresholds {
            target: decimal()?,
            intervention: decimal()?,
            lower: decimal()?,
            upper: decimal()?,
            intervention_lower: decimal()?,
            intervention_upper: decimal()?,
        };
        found.entry(indicator).or_default().push(TargetThen { period, thresholds, superseded_at: row.next()? });
        Ok(())
    })
    .await?;
    Ok(found)
}

fn target_change(measure: &Measure<'_>, then: &TargetThen) -> Option<PackRevision> {
    // Targets of periods the pack does not print are not its business.
    let printed = measure.points.iter().any(|p| then.period.holds(p.period));
    let now = measure.judged.figures.targets.iter().find(|t| t.period == then.period).map(|t| t.thresholds).unwrap_or_default();
    if !printed || now == then.thresholds {
        return None;
    }
    let stands = |thresholds| Stood::Thresholds { period: then.period, thresholds };
    Some(revision(measure, Change::Target, (stands(then.thresholds), stands(now)), Why::NotSaid, then.superseded_at.date_naive()))
}

struct DefinitionThen {
    version: i32,
    title: String,
    definition: String,
    superseded_at: DateTime<Utc>,
}

/// Definitions as they read when the last pack was gathered, where they read otherwise now.
async fn definitions_then(
    db: &impl ConnectionTrait,
    scope: &Scope,
    pack: &Model,
    last: &Model,
) -> Result<HashMap<Uuid, Vec<DefinitionThen>>> {
    let sql = "SELECT indicator_id, version, title, definition, superseded_at FROM indicator_version \
        WHERE council_id = $1 AND recorded_at <= $2 AND superseded_at > $2 AND superseded_at <= $3 ORDER BY indicator_id, version";
    let mut found: HashMap<Uuid, Vec<DefinitionThen>> = HashMap::new();
    read_rows(db, "loading earlier definitions", sql, vec![scope.council.into(), last.as_at.into(), pack.as_at.into()], |row| {
        let indicator = row.next()?;
        let then = DefinitionThen { version: row.next()?, title: row.next()?, definition: row.next()?, superseded_at: row.next()? };
        found.entry(indicator).or_default().push(then);
        Ok(())
    })
    .await?;
    Ok(found)
}

fn definition_changes(measure: &Measure<'_>, last: DateTime<Utc>, then: &[DefinitionThen]) -> Vec<PackRevision> {
    let mut found = Vec::new();
    for (at, now) in measure.entry.versions.iter().enumerate().filter(|(_, v)| v.recorded_at > last) {
        let worded = |title: &str, definition: &str| Stood::Definition { title: title.to_owned(), definition: definition.to_owned() };
        let to = worded(&now.title, &now.definition);
        let on = now.recorded_at.date_naive();
        if let Some(was) = then.iter().find(|then| then.version == now.version) {
            let from = worded(&was.title, &was.definition);
            if from != to {
                found.push(revision(measure, Change::Definition, (from, to), Why::NotSaid, was.superseded_at.date_naive()));
            }
        } else if let Some(older) = at.checked_sub(1).and_then(|at| measure.entry.versions.get(at)) {
            let from = worded(&older.title, &older.definition);
            let starts = measure.entry.definitions.get(at).and_then(|d| d.applies_from);
            let why = starts.map_or(Why::NotSaid, Why::AppliesFrom);
            found.push(revision(measure, Change::Definition, (from, to), why, on));
        } else {
            found.push(revision(measure, Change::Added, (Stood::NotInFramework, to), Why::NotSaid, on));
        }
    }
    found
}
