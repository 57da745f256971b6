//! The figures of returns, judged: what each lacks, and whether it is still what was approved.

use std::collections::{BTreeMap, HashMap};

use rules::aggregate::derive;
use rules::cycle::{Entry, Missing, owed};
use rules::measure::ValueState;
use rules::period::Period;
use rules::series::Point;
use rules::status::Colour;
use rust_decimal::Decimal;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::book::Book;
use super::derive::{Derived, FigureKey};
use super::store::approved::{self, Approved};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::IndicatorEntry;
use crate::values::service::{Asked, judged};
use crate::values::store::Words;

/// One figure of a return as it stands.
#[derive(Debug, Clone)]
pub struct Figure {
    pub key: FigureKey,
    pub point: Point,
    /// How firm the figure held is.
    pub firm: Option<ValueState>,
    pub words: Option<Words>,
    /// The reading held now.
    pub held: Option<Uuid>,
    /// As it was last approved.
    pub approved: Option<Approved>,
    /// The multiplier of its definition: what makes a value of numerator and denominator.
    pub multiplier: Decimal,
}

impl Figure {
    /// Whether a figure was given.
    pub fn given(&self) -> bool {
        self.point.value.is_some()
    }

    /// What it lacks before its return can be submitted. What is not due yet lacks nothing.
    pub fn missing(&self) -> Vec<Missing> {
        if !self.given() && self.point.absence.is_none() && self.point.status.colour == Colour::NotDue {
            return Vec::new();
        }
        let words = self.words.as_ref();
        owed(&Entry {
            status: self.point.status.colour,
            given: self.given(),
            absence: self.point.absence,
            commentary: words.and_then(|words| words.commentary.as_deref()),
            action: words.and_then(|words| words.action.as_deref()),
            owner: words.and_then(|words| words.action_owner.as_deref()),
            has_due: words.is_some_and(|words| words.action_due.is_some()),
        })
    }

    /// Whether it is due: asked for now, whatever was given.
    pub fn due(&self) -> bool {
        self.given() || self.point.absence.is_some() || self.point.status.colour != Colour::NotDue
    }

    /// Whether another reading is held than the one that was approved; none where it never was approved.
    pub fn differs(&self) -> Option<bool> {
        self.approved.as_ref().map(|approved| approved.observation != self.held)
    }

    /// Whether it has come since it was approved as not due.
    pub fn late(&self) -> bool {
        let not_due = self.approved.as_ref().is_some_and(|approved| approved.status == Colour::NotDue);
        not_due && self.held.is_some() && self.differs() == Some(true)
    }

    /// The value that was approved.
    pub fn approved_value(&self) -> Option<Decimal> {
        let approved = self.approved.as_ref()?;
        approved.value.or_else(|| derive(approved.numerator?, approved.denominator?, self.multiplier))
    }
}

/// The figures of these returns, by return, each in its return's order. Four statements an edition, however many returns.
pub async fn figures(db: &DatabaseTransaction, scope: &Scope, book: &Book, returns: &[&Derived]) -> Result<HashMap<Uuid, Vec<Figure>>> {
    let mut found = HashMap::new();
    let mut editions: BTreeMap<usize, Vec<&Derived>> = BTreeMap::new();
    for one in returns {
        editions.entry(one.edition).or_default().push(one);
    }
    for of_edition in editions.into_values() {
        found.extend(of_one_edition(db, scope, book, &of_edition).await?);
    }
    Ok(found)
}

async fn of_one_edition(db: &DatabaseTransaction, scope: &Scope, book: &Book, returns: &[&Derived]) -> Result<Vec<(Uuid, Vec<Figure>)>> {
    let Some(catalogue) = returns.first().and_then(|one| book.catalogue(one)) else { return Ok(Vec::new()) };
    let keys: Vec<FigureKey> = returns.iter().flat_map(|one| one.figures.iter().copied()).collect();
    let mut indicators: Vec<Uuid> = keys.iter().map(|(indicator, _)| *indicator).collect();
    indicators.sort_unstable();
    indicators.dedup();
    let entries: Vec<&IndicatorEntry> = indicators.iter().filter_map(|id| catalogue.indicator(*id)).collect();
    let Some(asked) = asked(returns, book) else { return Ok(Vec::new()) };
    let mut series = judged(db, scope, &entries, asked).await?;
    let held = approved::held(db, scope, &keys).await?;
    let mut approved = approved::approved(db, scope, &keys).await?;
    let mut found = Vec::with_capacity(returns.len());
    for one in returns {
        let mut figures = Vec::with_capacity(one.figures.len());
        for key @ (indicator, period) in &one.figures {
            let Some((judged, entry)) = series.get_mut(indicator).zip(catalogue.indicator(*indicator)) else { continue };
            let Some(point) = judged.points.iter().find(|point| point.period == *period).cloned() else { continue };
            let observation = point.observation.and_then(|at| judged.figures.observations.get(at));
            figures.push(Figure {
                key: *key,
                firm: observation.map(|observation| observation.state),
                words: point.observation.and_then(|at| judged.figures.words(at)).cloned(),
                held: held.get(key).copied(),
                approved: approved.remove(key),
                multiplier: entry.version_in(Some(*period)).multiplier.0,
                point,
            });
        }
        found.push((one.id, figures));
    }
    Ok(found)
}

/// The span of periods that has every figure of these returns, as often as an indicator can be due: monthly.
fn asked(returns: &[&Derived], book: &Book) -> Option<Asked> {
    let periods = || returns.iter().flat_map(|one| one.figures.iter().map(|(_, own)| *own).chain([one.period]));
    let from = periods().map(Period::start).min()?;
    let until = returns.iter().map(|one| one.period).max_by_key(|period| period.end())?;
    let months = |day: chrono::NaiveDate| chrono::Datelike::year(&day) * 12 + chrono::Datelike::month0(&day) as i32;
    let last = usize::try_from(months(until.end()) - months(from) + 1).unwrap_or(1);
    Some(Asked { until, last, words: true, as_at: None, today: book.today })
}
