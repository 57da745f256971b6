//! The baseline a successor makes of its predecessors' figures.

use entity::Text;
use rules::aggregate::Part;
use rules::area::{Register, SuccessionKind};
use rules::baseline::{Combined, Predecessor, Question, combine};
use rules::measure::{Absence, ValueState};
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Side;
use super::matched::{self, Candidate, How};
use super::names::{self, Succession};
use crate::access::Scope;
use crate::benchmarks::Ground;
use crate::benchmarks::store::areas;
use crate::error::Result;
use crate::frameworks::IndicatorEntry;
use crate::rows::{months, one_of, read_rows};

/// A combined baseline, and what each predecessor brought.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub period: Period,
    pub combined: Combined,
    /// Decimals the value is shown with.
    pub decimal_places: u32,
    /// By the predecessor's code.
    pub parts: Vec<Brought>,
}

/// What one predecessor brought.
#[derive(Debug, Clone)]
pub struct Brought {
    pub of: Succession,
    /// Its indicator, and why it is taken for this one; none where it handed none over.
    pub indicator: Option<(Candidate, How)>,
    pub part: Part,
    pub absence: Option<Absence>,
    pub state: Option<ValueState>,
}

/// A figure that was handed over: what it is made of, why there is none, how firm it is.
type Handed = (Part, Option<Absence>, ValueState);

/// An indicator's baseline of a period from the figures of the council's predecessors. Fourteen statements at most.
///
/// Who handed nothing over of an indicator is waited for, unless the service it is of, as what it is mapped to says, is none that an
/// authority of its sort has.
pub async fn baseline(db: &impl ConnectionTrait, scope: &Scope, entry: &IndicatorEntry, period: Period) -> Result<Baseline> {
    let predecessors = names::agreed(db, scope, Side::Predecessor).await?;
    let candidates = matched::candidates(db, scope).await?;
    let said = matched::said(db, scope, entry.id).await?;
    let mut parts: Vec<Brought> = predecessors
        .into_iter()
        .map(|of| {
            let handed = candidates.get(&of.other.id).map(Vec::as_slice).unwrap_or_default();
            let indicator = matched::matched(entry, said.get(&of.other.id), handed).map(|(one, how)| (one.clone(), how));
            Brought { of, indicator, part: NOTHING, absence: None, state: None }
        })
        .collect();
    let ids: Vec<Uuid> = parts.iter().filter_map(|part| part.indicator.as_ref().map(|(one, _)| one.id)).collect();
    for (indicator, (part, absence, state)) in handed(db, scope, &ids, period).await? {
        let brought = parts.iter_mut().find(|part| part.indicator.as_ref().is_some_and(|(one, _)| one.id == indicator));
        if let Some(brought) = brought {
            (brought.part, brought.absence, brought.state) = (part, absence, Some(state));
        }
    }
    parts.sort_by(|a, b| a.of.other.code.cmp(&b.of.other.code));
    let version = entry.version_in(Some(period));
    let ground = Ground::of_measures(db, scope, &[entry]).await?;
    let service = ground.service(entry.id, period);
    let register = if service.is_some() { areas::known(db).await?.register } else { Register::default() };
    let has_it = |brought: &Brought| {
        let kind = brought.of.other.gss_code.as_deref().and_then(|code| register.find(code)).map(|area| area.kind);
        brought.indicator.is_some() || service.zip(kind).is_none_or(|(service, kind)| service.responsible(kind))
    };
    let asked: Vec<Predecessor<'_>> = parts.iter().map(|brought| predecessor(brought, has_it(brought))).collect();
    let question =
        Question { aggregation: version.aggregation.0, unit: &version.unit, multiplier: version.multiplier.0, predecessors: &asked };
    let combined = combine(&question);
    let decimal_places = u32::try_from(version.decimal_places).unwrap_or_default();
    Ok(Baseline { period, combined, decimal_places, parts })
}

const NOTHING: Part = Part { value: None, numerator: None, denominator: None };

fn predecessor(brought: &Brought, responsible: bool) -> Predecessor<'_> {
    Predecessor {
        name: &brought.of.other.name,
        part: brought.part,
        absence: brought.absence,
        state: brought.state.unwrap_or(ValueState::Final),
        responsible,
        divided: brought.of.kind == SuccessionKind::Split,
    }
}

/// The figures of indicators that were handed over to the council, of a period. One statement, none where there are none.
async fn handed(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid], period: Period) -> Result<Vec<(Uuid, Handed)>> {
    if indicators.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![scope.council.into(), period.start().into(), months(period).into()];
    let chosen = one_of(db.get_database_backend(), "f.handed_indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT f.handed_indicator_id, f.value, f.numerator, f.denominator, f.absence, f.state FROM handed_figure f \
        WHERE f.to_council_id = $1 AND f.period_start = $2 AND f.period_months = $3 AND {chosen}"
    );
    read_rows(db, "loading figures that were handed over", &sql, values, |row| {
        let indicator = row.next()?;
        let decimal = || -> Result<Option<Decimal>> { row.next_decimal() };
        let part = Part { value: decimal()?, numerator: decimal()?, denominator: decimal()? };
        let absence = row.next::<Option<Text<Absence>>>()?.map(|absence| absence.0);
        Ok((indicator, (part, absence, row.next::<Text<ValueState>>()?.0)))
    })
    .await
}
