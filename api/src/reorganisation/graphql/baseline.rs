//! A baseline from predecessors' figures, as the API shows it.

use async_graphql::{Context, Enum, Object, SimpleObject};
use rules::aggregate::rounded;
use rules::permission::Permission;

use crate::error::{Error, Result};
use crate::frameworks::service::catalogue_in_force;
use crate::graphql::page::FEW;
use crate::graphql::scalars::{Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::{Absence, ValueState};
use crate::reorganisation::baseline::{Baseline, Brought, baseline};
use crate::reorganisation::matched;
use crate::sharing::graphql::OtherCouncil;

/// Why a predecessor's figure is not in a baseline.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::baseline::Why")]
pub enum BaselineGap {
    /// There is none for the period.
    NoData,
    /// There is a value, and not the two figures it was made from.
    OnlyAPercentage,
    /// It is known and may not be shown.
    Suppressed,
    /// Its ground went to several, and no figure says which part came here.
    Divided,
}

/// Why there is no value though there are figures.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::baseline::Unworkable")]
pub enum BaselineUnworkable {
    /// The denominators add up to 0.
    ZeroDenominator,
    /// A sum does not fit.
    TooLarge,
}

/// Why a predecessor's indicator is taken for one of the successor's.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "matched::How")]
pub enum PredecessorMatch {
    /// The successor's people said so.
    Mapped,
    /// Both are mapped to the same external metric.
    SameMetric,
    /// Both have the same code and unit.
    SameCode,
}

/// What one predecessor brought.
#[derive(Clone, SimpleObject)]
pub struct PredecessorPart {
    /// Which.
    council: OtherCouncil,
    /// Its own ref for the indicator; null where it handed over none that is taken for this one.
    code: Option<String>,
    /// Why that one is taken.
    matched: Option<PredecessorMatch>,
    /// Its value.
    value: Option<Decimal>,
    /// Above the line.
    numerator: Option<Decimal>,
    /// Below the line.
    denominator: Option<Decimal>,
    /// Why there is none, where somebody said why.
    absence: Option<Absence>,
    /// How firm it is.
    state: Option<ValueState>,
    /// Why it is not in the baseline; null where it is.
    missing: Option<BaselineGap>,
    /// The same in a sentence.
    because: Option<String>,
}

/// A baseline made of predecessors' figures: counts added up, everything else made again from numerators and denominators.
pub struct PredecessorBaseline {
    of: Baseline,
}

/// A baseline made of predecessors' figures: counts added up, everything else made again from numerators and denominators, never from
/// percentages.
#[Object]
impl PredecessorBaseline {
    /// The period.
    async fn period(&self) -> Period {
        Period(self.of.period)
    }

    /// The combined value, at the precision the indicator is shown at. It is no baseline to be judged by where it is not complete.
    async fn value(&self) -> Option<Decimal> {
        self.of.combined.value.map(|value| Decimal(rounded(value, self.of.decimal_places)))
    }

    /// The sum of the numerators; null for a count.
    async fn numerator(&self) -> Option<Decimal> {
        self.of.combined.numerator.map(Decimal)
    }

    /// The sum of the denominators; null for a count.
    async fn denominator(&self) -> Option<Decimal> {
        self.of.combined.denominator.map(Decimal)
    }

    /// How many predecessors' figures are in it.
    async fn from(&self) -> i32 {
        i32::try_from(self.of.combined.from).unwrap_or(i32::MAX)
    }

    /// How many predecessors there are.
    async fn of(&self) -> i32 {
        i32::try_from(self.of.combined.of).unwrap_or(i32::MAX)
    }

    /// Whether every one of them is in it.
    async fn complete(&self) -> bool {
        self.of.combined.complete
    }

    /// Whether a figure in it may yet change.
    async fn provisional(&self) -> bool {
        !self.of.combined.provisional.is_empty()
    }

    /// Why there is no value though there are figures.
    async fn unworkable(&self) -> Option<BaselineUnworkable> {
        self.of.combined.unworkable.map(Into::into)
    }

    /// What each brought, by its code.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn parts(&self) -> Vec<PredecessorPart> {
        self.of.parts.iter().map(|part| self.part(part)).collect()
    }
}

impl PredecessorBaseline {
    fn part(&self, of: &Brought) -> PredecessorPart {
        let missing = self.of.combined.missing.iter().find(|missing| missing.who == of.of.other.name).map(|missing| missing.why);
        let (code, how) = of.indicator.as_ref().map(|(one, how)| (one.code.clone(), *how)).unzip();
        PredecessorPart {
            council: (&of.of.other).into(),
            code,
            matched: how.map(Into::into),
            value: of.part.value.map(Decimal),
            numerator: of.part.numerator.map(Decimal),
            denominator: of.part.denominator.map(Decimal),
            absence: of.absence.map(Into::into),
            state: of.state.map(Into::into),
            missing: missing.map(Into::into),
            because: missing.map(|why| format!("{}.", why.words())),
        }
    }
}

/// The baseline of an indicator by its code, for a period; none where the council has no such indicator the viewer reads figures of.
pub async fn predecessor_baseline(ctx: &Context<'_>, code: &str, period: rules::period::Period) -> Result<Option<PredecessorBaseline>> {
    let session = session(ctx);
    let actor = session.actor().await?;
    let scope = actor
        .scope_for(Permission::ViewFigures)
        .or_else(|refused| actor.scope_for(Permission::ViewApprovedFigures).map_err(|_: Error| refused))?;
    let snapshot = session.snapshot().await?;
    let Some(catalogue) = catalogue_in_force(&**snapshot, &scope, session.app.clock.today()).await? else { return Ok(None) };
    let Some(entry) = catalogue.indicator_by_code(code).filter(|entry| scope.covers_indicator(entry.id, entry.owner)) else {
        return Ok(None);
    };
    Ok(Some(PredecessorBaseline { of: baseline(&**snapshot, &scope, entry, period).await? }))
}
