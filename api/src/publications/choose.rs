//! Which figures may be published, and why the others may not.

use std::collections::HashMap;

use entity::Text;
use entity::publication::Model;
use rules::aggregate::rounded;
use rules::audience::Audience;
use rules::measure::{Absence, Purpose, ValueState};
use rules::period::Period;
use rules::series::Point;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::access::scope::Within;
use crate::error::{Error, Result};
use crate::frameworks::catalogue::NOW;
use crate::frameworks::{Catalogue, IndicatorEntry};
use crate::rows::months;
use crate::values::Judged;
use crate::values::reading::{Gate, Through, Upto, judged_through, store};
use crate::values::service::Asked;

rules::closed_set! {
    /// Why a figure is not published.
    Why {
        /// Its return is not approved.
        NotApproved = "NOT_APPROVED", "It is not approved";
        /// Nothing was given for the period.
        NoFigure = "NO_FIGURE", "There is no figure";
        /// No forum has seen it.
        NotReleased = "NOT_RELEASED", "It was released to no forum";
        /// In the newest release that reaches its period, whichever forum's, it reads otherwise or is judged otherwise.
        ChangedSince = "CHANGED_SINCE", "It reads otherwise than when it was last released: release it again";
        /// It may yet change.
        Provisional = "PROVISIONAL", "It is provisional";
        /// The very same was withdrawn: to be published again it has to be named.
        Withdrawn = "WITHDRAWN", "It was withdrawn: name the indicator to publish it again";
    }
}

/// A figure of an indicator.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'a> {
    pub entry: &'a IndicatorEntry,
    pub period: Period,
}

/// A figure that is not published.
#[derive(Debug, Clone)]
pub struct Refused {
    pub indicator: Uuid,
    pub code: String,
    pub period: Period,
    pub why: Why,
}

/// Figures as the public is to read them, and those it is not.
#[derive(Debug, Default)]
pub struct Chosen {
    pub rows: Vec<Model>,
    pub refused: Vec<Refused>,
}

/// Looks at figures of a period and of shorter ones inside it: as they are approved, and as the newest
/// release says that reaches so far, whichever forum it was to: a correction need not be given to all again before the public has it. Fifteen
/// statements, however many figures.
pub async fn choose(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    figures: &[Figure<'_>],
    (until, today): (Period, chrono::NaiveDate),
) -> Result<Chosen> {
    if !matches!(scope.within, Within::Council) {
        return Err(Error::internal("publishing", &"the right to publish is over the whole council"));
    }
    let mut entries: Vec<&IndicatorEntry> = figures.iter().map(|figure| figure.entry).collect();
    entries.sort_unstable_by_key(|entry| entry.id);
    entries.dedup_by_key(|entry| entry.id);
    // At the most often a figure can be due, every month of the period.
    let last = usize::try_from(until.months()).unwrap_or(usize::MAX);
    let asked = Asked { until, last, words: false, as_at: None, today };
    let approved = |_: &IndicatorEntry| Upto::Instant(NOW);
    let approved = looked(db, scope, catalogue, &entries, (asked, &approved)).await?;
    let given = store::released(db, scope, None).await?;
    let released = |entry: &IndicatorEntry| Upto::Releases(given.get(&entry.id).cloned().unwrap_or_default());
    let released = looked(db, scope, catalogue, &entries, (asked, &released)).await?;
    let mut chosen = Chosen::default();
    for figure in figures {
        match row(scope, figure, approved.get(&figure.entry.id), released.get(&figure.entry.id)) {
            Ok(row) => chosen.rows.push(row),
            Err(why) => {
                let (indicator, code) = (figure.entry.id, figure.entry.code.clone());
                chosen.refused.push(Refused { indicator, code, period: figure.period, why });
            }
        }
    }
    Ok(chosen)
}

async fn looked(
    db: &impl ConnectionTrait,
    scope: &Scope,
    catalogue: &Catalogue,
    entries: &[&IndicatorEntry],
    (asked, upto): (Asked, &(dyn Fn(&IndicatorEntry) -> Upto + Sync)),
) -> Result<HashMap<Uuid, Judged>> {
    let wanted: Vec<_> = entries.iter().map(|entry| (*entry, Through { upto: upto(entry), gate: Gate::Approved })).collect();
    judged_through(db, scope, catalogue, &wanted, asked).await
}

fn row(scope: &Scope, figure: &Figure<'_>, approved: Option<&Judged>, released: Option<&Judged>) -> Result<Model, Why> {
    let of = |judged: Option<&Judged>| -> Option<(Point, Option<Uuid>, Option<ValueState>)> {
        let judged = judged?;
        let point = judged.points.iter().find(|point| point.period == figure.period)?.clone();
        let at = point.observation;
        let id = at.and_then(|at| judged.figures.id(at));
        let state = at.and_then(|at| judged.figures.observations.get(at)).map(|observation| observation.state);
        Some((point, id, state))
    };
    let (point, id, state) = of(approved).ok_or(Why::NotApproved)?;
    let (Some(id), Some(state)) = (id, state) else { return Err(Why::NoFigure) };
    let (shown, seen, _) = of(released).ok_or(Why::NotReleased)?;
    match seen {
        None => return Err(Why::NotReleased),
        // A target or a rule that changed since judges it otherwise than the forum was shown.
        Some(seen) if seen != id || shown.thresholds != point.thresholds || shown.status.colour != point.status.colour => {
            return Err(Why::ChangedSince);
        }
        Some(_) => {}
    }
    if point.value.is_some() && !Audience::Public.sees_value(state) {
        return Err(Why::Provisional);
    }
    Ok(published(scope, figure, &point, (id, state)))
}

fn published(scope: &Scope, figure: &Figure<'_>, point: &Point, (id, state): (Uuid, ValueState)) -> Model {
    let version = figure.entry.version_in(Some(figure.period));
    // What may not be shown does not leave the council.
    let open = point.absence != Some(Absence::Suppressed);
    let value = point.value.filter(|_| open).map(|value| rounded(value, point.decimal_places));
    let aimed = version.purpose.0 == Purpose::Operational;
    let aimed = |threshold: Option<rust_decimal::Decimal>| threshold.filter(|_| aimed).map(Into::into);
    Model {
        council_id: scope.council,
        id: Uuid::nil(),
        indicator_id: figure.entry.id,
        observation_id: Some(id),
        period_start: figure.period.start(),
        period_end: figure.period.end(),
        period_months: months(figure.period),
        title: version.title.clone(),
        unit: version.unit.clone(),
        polarity: version.polarity,
        value: value.map(Into::into),
        numerator: point.numerator.filter(|_| open).map(Into::into),
        denominator: point.denominator.filter(|_| open).map(Into::into),
        absence: point.absence.map(Text),
        state: Text(state),
        target: aimed(point.thresholds.target),
        intervention: aimed(point.thresholds.intervention),
        lower: aimed(point.thresholds.lower),
        upper: aimed(point.thresholds.upper),
        status: Text(point.status.colour),
        published_at: NOW,
        published_by: scope.person,
        superseded_at: None,
        withdrawn_at: None,
        notice: None,
    }
}
