//! The indicator as the API shows it.

mod page;
mod process;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use crate::access::Target;
use crate::benchmarks::graphql::BenchmarkComparison;
use crate::error::{Error, Result};
use crate::frameworks::IndicatorEntry;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::lock::Lock;
use crate::graphql::page::Ask;
use crate::graphql::plain::PlainList;
use crate::graphql::scalars::{DateTime, Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::{Aggregation, Dimension, Disposition, Frequency, Lifecycle, Polarity, Purpose, YearBasis};
use crate::returns::locks::Takes;
use crate::targets::history::{self, IndicatorTargetConnection};
use crate::values::graphql::SeriesPoint;
use crate::values::service::Asked;
use crate::warnings::graphql::{ControlChart, StatisticalForecast};

pub use page::{Page, expected_series};
use page::{periods, today};

/// The most periods one series may have.
const PERIODS_MAX: usize = 120;

/// Something the council measures.
#[derive(Clone)]
pub struct Indicator {
    pub page: Arc<Page>,
    pub id: Uuid,
}

/// What becomes of an indicator in the next edition.
#[derive(SimpleObject)]
pub struct IndicatorMark {
    /// Retained, amended or removed.
    disposition: Disposition,
    /// Why.
    reason: Option<String>,
}

/// A value for a period, to compare later ones with.
#[derive(SimpleObject)]
pub struct Baseline {
    /// The period it stands for.
    pub period: Option<Period>,
    /// Its value.
    pub value: Option<Decimal>,
}

impl Indicator {
    fn entry(&self) -> Result<&IndicatorEntry> {
        self.page.catalogue.indicator(self.id).ok_or_else(|| Error::not_found("This indicator is not in the edition."))
    }

    /// The entry, for what says more than the indicator's name.
    async fn read(&self, ctx: &Context<'_>) -> Result<&IndicatorEntry> {
        let entry = self.entry()?;
        if self.page.named {
            let (scope, _) = session(ctx).scope(Permission::ViewFramework).await?;
            if !scope.covers_indicator(entry.id, entry.owner) {
                return Err(Error::no_role(Permission::ViewFramework));
            }
        }
        Ok(entry)
    }

    async fn definition_in(&self, ctx: &Context<'_>) -> Result<&entity::indicator_version::Model> {
        let entry = self.read(ctx).await?;
        self.defined(ctx, entry).await
    }

    /// Its definition in the period asked about; as it was released, for whoever reads it for no other reason.
    async fn defined<'a>(&'a self, ctx: &Context<'_>, entry: &'a IndicatorEntry) -> Result<&'a entity::indicator_version::Model> {
        if self.page.named {
            return Ok(entry.version_in(self.page.at));
        }
        let released = self.page.as_released(ctx).await?.get(&self.id);
        Ok(released.unwrap_or_else(|| entry.version_in(self.page.at)))
    }

    /// The last periods that end by then, judged, for whoever may read them.
    pub async fn points(
        &self,
        ctx: &Context<'_>,
        until: rules::period::Period,
        last: i32,
        as_at: Option<chrono::DateTime<chrono::Utc>>,
    ) -> Result<PlainList<SeriesPoint>> {
        let last = periods(last).ok_or_else(|| Error::limit(format!("`last` is between 0 and {PERIODS_MAX}.")))?;
        let words = SeriesPoint::words_wanted(&ctx.field());
        let asked = Asked { until, last, words, as_at, today: today(as_at, ctx) };
        let page = self.page.judged(ctx, asked).await?;
        let read = page.get(&self.id).ok_or_else(|| Error::forbidden("None of your roles lets you read this indicator's figures."))?;
        let sensitive = self.entry()?.version_in(self.page.at).sensitive || self.defined(ctx, self.entry()?).await?.sensitive;
        let (count, id, selection) = (read.judged.last(last).len(), self.id, self.page.selected(ctx));
        let make = move |at: usize| {
            let read = page.get(&id)?;
            Some(SeriesPoint::read(read, read.judged.last(last).get(at)?, sensitive))
        };
        Ok(PlainList::new(count, make, selection))
    }

    /// The last periods that end by then beside a group, for whoever may read its figures; none where it is mapped to nothing.
    async fn benchmarks(
        &self,
        ctx: &Context<'_>,
        until: rules::period::Period,
        group: Option<&str>,
        last: i32,
    ) -> Result<Option<PlainList<BenchmarkComparison>>> {
        let last = periods(last).ok_or_else(|| Error::limit(format!("`last` is between 0 and {PERIODS_MAX}.")))?;
        let asked = Asked { until, last, words: false, as_at: None, today: today(None, ctx) };
        let page = self.page.judged(ctx, asked).await?;
        page.get(&self.id).ok_or_else(|| Error::forbidden("None of your roles lets you read this indicator's figures."))?;
        let shown = self.page.benchmarked(ctx, asked, group).await?;
        if !shown.compared.knows(self.id) {
            return Ok(None);
        }
        let members = ctx.look_ahead().field("members").exists();
        let (selection, catalogue, id) = (self.page.selected_benchmarks(ctx), Arc::clone(&self.page.catalogue), self.id);
        let count = page.get(&id).map_or(0, |read| read.judged.last(last).len());
        let make = move |at: usize| {
            let point = page.get(&id)?.judged.last(last).get(at)?;
            let beside = shown.compared.beside(id, &catalogue.indicator(id)?.definitions, point);
            Some(shown.dress(&beside, members))
        };
        Ok(Some(PlainList::new(count, make, selection)))
    }

    /// Makes sure the viewer may read the indicator's figures.
    async fn figures(&self, ctx: &Context<'_>) -> Result<()> {
        let entry = self.entry()?;
        let readings = self.page.readings(ctx).await?;
        readings.of_figures()?;
        let covered = readings.reading(entry.id, entry.owner).is_some();
        covered.then_some(()).ok_or_else(|| Error::forbidden("None of your roles lets you read this indicator's figures."))
    }

    async fn compared_with(&self, ctx: &Context<'_>) -> Result<Option<Baseline>> {
        let version = self.definition_in(ctx).await?;
        self.figures(ctx).await?;
        let period = match (version.baseline_start, version.baseline_months) {
            (Some(start), Some(months)) => Some(Period(crate::rows::period(start, months)?)),
            _ => None,
        };
        let value = version.baseline_value.map(|v| Decimal(v.0));
        Ok((period.is_some() || value.is_some()).then_some(Baseline { period, value }))
    }

    async fn targets_shown(&self, ctx: &Context<'_>, ask: Ask) -> Result<IndicatorTargetConnection> {
        let owner = self.entry()?.owner;
        history::readable(&*session(ctx).actor().await?, self.id, owner)?;
        let shown = history::shown(self.page.aimed(ctx, self.id).await?);
        Ok(IndicatorTargetConnection::of(&shown, &ask, |one| one.entry.id.to_string(), history::Shown::dressed))
    }

    async fn explained(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let code = &self.read(ctx).await?.code;
        let page = self.page.explaining(ctx).await?;
        let mut found = Vec::new();
        for id in page.indicators.iter().copied() {
            let entry = page.catalogue.indicator(id);
            if entry.map(|entry| self.page.explained_by(entry)).transpose()?.is_some_and(|codes| codes.contains(code)) {
                found.push(Self { page: Arc::clone(page), id });
            }
        }
        Ok(found)
    }

    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<crate::people::graphql::Permission>> {
        let actor = session(ctx).actor().await?;
        let owner = self.entry()?.owner;
        Ok(actor.can_where(|scope| scope.covers_indicator(self.id, owner)))
    }

    /// Whether it has a figure for a period, that can be corrected though the indicator is retired.
    async fn has_figure(&self, ctx: &Context<'_>, period: rules::period::Period) -> Result<bool> {
        let session = session(ctx);
        let (actor, snapshot) = (session.actor().await?, session.snapshot().await?);
        let days = (period.end(), period.end());
        let kept = crate::returns::retired::kept(&**snapshot, &actor.own_scope(), [&*self.page.catalogue], days).await?;
        Ok(kept.contains(&(self.id, period)))
    }

    /// Why the viewer can enter no figure for a period, and which permission changes that.
    async fn entry_lock(&self, ctx: &Context<'_>, period: rules::period::Period) -> Result<Option<Lock>> {
        let entry = self.read(ctx).await?;
        if !self.page.readings(ctx).await?.in_framework(entry.id, entry.owner) {
            return Err(Error::no_role(Permission::ViewFramework));
        }
        let here = Target::Indicator { id: self.id, owner: entry.owner };
        let actor = session(ctx).actor().await?;
        if entry.lifecycle == rules::measure::Lifecycle::Retired && !self.has_figure(ctx, period).await? {
            return Ok(Some(Lock::new(Permission::EditFramework, here, "The indicator is retired.")));
        }
        let may = |p: &Permission| actor.scope_for(*p).is_ok_and(|scope| scope.covers_indicator(self.id, entry.owner));
        if ![Permission::ImportValues, Permission::EnterValues].iter().any(may) {
            let because = "None of your roles lets you enter figures for this indicator.";
            return Ok(Some(Lock::new(Permission::ImportValues, here, because)));
        }
        let because = match self.page.takes(ctx, self.id, period).await? {
            Takes::Yes(_) => return Ok(None),
            Takes::Locked(locked) => {
                let opens = locked.lock.opens.first().map_or(Permission::AssureReturn, |step| step.permission);
                return Ok(Some(Lock::new(opens, Target::Element(locked.element), locked.words())));
            }
            Takes::Closed(closed) => {
                let (period, ended) = (closed.reporting.words(), closed.ended_in_words());
                format!("{period} is closed and takes no figures until it is opened again{ended}.")
            }
            Takes::Unknown => format!("{} belongs to no reporting period: one has to be opened.", period.words()),
        };
        Ok(Some(Lock::new(Permission::OpenAndClosePeriods, here, because)))
    }

    /// An element it belongs to; by name alone for whoever reads the indicator because it was released to them.
    async fn element(&self, ctx: &Context<'_>, id: Uuid) -> Result<Option<Element>> {
        let entry = self.entry()?;
        let named = !self.page.readings(ctx).await?.in_framework(entry.id, entry.owner);
        let found = self.page.catalogue.element(id);
        Ok(found.map(|_| Element { catalogue: Arc::clone(&self.page.catalogue), id, on: self.page.on, named }))
    }
}

/// Something the council measures: its definition, who answers for it, and its figures.
#[Object]
impl Indicator {
    /// Opaque id, for `node`.
    async fn id(&self) -> ID {
        id::id(Kind::Indicator, self.id)
    }

    /// The council's own ref for it, unique in the council.
    async fn code(&self) -> Result<&str> {
        Ok(&self.entry()?.code)
    }

    /// What it is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.defined(ctx, self.entry()?).await?.title)
    }

    /// What is counted.
    async fn definition(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.definition_in(ctx).await?.definition)
    }

    /// Why it is measured.
    async fn rationale(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.rationale.as_deref())
    }

    /// How it is worked out.
    async fn calculation(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.calculation.as_deref())
    }

    /// What is above the line, in words.
    async fn numerator(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.numerator.as_deref())
    }

    /// What is below the line, in words.
    async fn denominator(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.denominator.as_deref())
    }

    /// The unit in words: `Per cent`, `Number`, `Pounds`, `Days`.
    async fn unit(&self, ctx: &Context<'_>) -> Result<&str> {
        Ok(&self.definition_in(ctx).await?.unit)
    }

    /// Decimals shown, and judged at.
    async fn decimal_places(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.definition_in(ctx).await?.decimal_places)
    }

    /// Which way is better.
    async fn polarity(&self, ctx: &Context<'_>) -> Result<Polarity> {
        Ok(self.definition_in(ctx).await?.polarity.0.into())
    }

    /// OPERATIONAL measures have targets; CONTEXTUAL ones have a preferred direction and none.
    async fn purpose(&self, ctx: &Context<'_>) -> Result<Purpose> {
        Ok(self.definition_in(ctx).await?.purpose.0.into())
    }

    /// How often it is due.
    async fn frequency(&self, ctx: &Context<'_>) -> Result<Frequency> {
        Ok(self.definition_in(ctx).await?.frequency.0.into())
    }

    /// Which twelve months its year is.
    async fn year_basis(&self, ctx: &Context<'_>) -> Result<YearBasis> {
        Ok(self.definition_in(ctx).await?.year_basis.0.into())
    }

    /// How periods make its year to date.
    async fn aggregation(&self, ctx: &Context<'_>) -> Result<Aggregation> {
        Ok(self.definition_in(ctx).await?.aggregation.0.into())
    }

    /// Where its figures come from.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.source.as_deref())
    }

    /// The value later ones are compared with. A figure: for whoever may read the indicator's figures.
    async fn baseline(&self, ctx: &Context<'_>) -> Option<Result<Baseline>> {
        self.compared_with(ctx).await.transpose()
    }

    /// Economy, efficiency or effectiveness.
    async fn dimension(&self, ctx: &Context<'_>) -> Result<Option<Dimension>> {
        Ok(self.definition_in(ctx).await?.dimension.map(|d| d.0.into()))
    }

    /// Among those reported to Cabinet first.
    async fn headline(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.definition_in(ctx).await?.headline)
    }

    /// Among the few that matter most.
    async fn critical(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.definition_in(ctx).await?.critical)
    }

    /// A unit cost.
    async fn unit_cost(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.definition_in(ctx).await?.unit_cost)
    }

    /// The national metric it maps to: what has the same compares between services and councils.
    async fn external_metric(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.external_metric.as_deref())
    }

    /// Whether what is written beside its figures may speak of persons: then packs for members and the public leave it out.
    async fn sensitive(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.definition_in(ctx).await?.sensitive)
    }

    /// The measures that explain it, for instance the backlog behind the completions: those the viewer may see, in the
    /// framework's order.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn context(&self, ctx: &Context<'_>) -> Option<Result<Vec<Indicator>>> {
        Some(self.explained(ctx).await)
    }

    /// The version of the definition shown, 1 for the first.
    async fn version_number(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.definition_in(ctx).await?.version)
    }

    /// PROPOSED, ACTIVE or RETIRED.
    async fn lifecycle(&self, ctx: &Context<'_>) -> Result<Lifecycle> {
        Ok(self.read(ctx).await?.lifecycle.into())
    }

    /// Who is responsible for it, by name or post.
    async fn responsible(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.responsible.as_deref())
    }

    /// Which portfolio holder answers for it.
    async fn portfolio_holder(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.definition_in(ctx).await?.portfolio_holder.as_deref())
    }

    /// The element that owns it, normally a service.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<Element>> {
        self.element(ctx, self.read(ctx).await?.owner).await
    }

    /// What it contributes to.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn outcomes(&self, ctx: &Context<'_>) -> Result<Vec<Element>> {
        let mut found = Vec::new();
        for id in &self.read(ctx).await?.contributes_to {
            found.extend(self.element(ctx, *id).await?);
        }
        Ok(found)
    }

    /// What becomes of it in the next edition, and why, where it was marked. For whoever reads it as part of the framework:
    /// null for a forum it was released to.
    async fn mark(&self, ctx: &Context<'_>) -> Result<Option<IndicatorMark>> {
        let entry = self.read(ctx).await?;
        let inside = self.page.readings(ctx).await?.in_framework(entry.id, entry.owner);
        let mark = entry.mark.clone().filter(|_| inside);
        Ok(mark.map(|(disposition, reason)| IndicatorMark { disposition: disposition.into(), reason }))
    }

    /// What it aimed at, then and now: by period, the latest first, and of one period what was recorded last first; each with
    /// the decision behind it and what it replaced. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn targets(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<IndicatorTargetConnection>> {
        let shown = async || self.targets_shown(ctx, Ask::new(first, after.as_deref())?).await;
        Some(shown().await)
    }

    /// Its last periods up to and including `until`, oldest first, each judged. With `asAt` every figure, target and
    /// rule reads as it read at that instant. Whoever reads drafts is given drafts; others what was approved, or what was
    /// released to their forum, and then a period that was not is left out, whatever instant they ask about.
    #[graphql(complexity = "usize::try_from(last).unwrap_or_default().min(PERIODS_MAX).saturating_mul(child_complexity).saturating_add(1)")]
    async fn series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last period; the indicator answers in periods of its own frequency up to its end.")] until: Period,
        #[graphql(desc = "How many periods, 120 at most.", default = 12)] last: i32,
        #[graphql(desc = "An instant in the past to read as at.")] as_at: Option<DateTime>,
    ) -> Option<Result<PlainList<SeriesPoint>>> {
        Some(self.points(ctx, until.0, last, as_at.map(|at| at.0)).await)
    }

    /// Its figures as a process, up to and including `until`: the last periods of the chart, judged by its whole history (ten years of
    /// months at most), in the version the viewer reads. Which changes are more than chance, and whether the target is met by itself.
    #[graphql(complexity = "usize::try_from(last).unwrap_or_default().min(PERIODS_MAX).saturating_mul(child_complexity).saturating_add(1)")]
    async fn special_causes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last period; the indicator answers in periods of its own frequency up to its end.")] until: Period,
        #[graphql(desc = "How many periods, 120 at most.", default = 24)] last: i32,
    ) -> Option<Result<ControlChart>> {
        Some(process::special_causes(self, ctx, until.0, last).await)
    }

    /// Where its own history says the year ends, seen from a period: statistics, beside what its manager expects
    /// (`series.yearEnd.forecast`) and never in its place. With how far off the method was in earlier years.
    async fn year_end_forecast(&self, ctx: &Context<'_>, period: Period) -> Option<Result<StatisticalForecast>> {
        Some(process::year_end(self, ctx, period.0).await)
    }

    /// It beside a group of councils, in its last periods up to and including one, oldest first: by the published measure it is
    /// mapped to. `group` is the code of a group of `council.comparatorGroups`; without it that of the mapping, else the authorities
    /// a published list says are alike, else those of the same sort. What is not published of whom is said, and never made up.
    /// Null while the indicator is mapped to no measure.
    #[graphql(complexity = "usize::try_from(last).unwrap_or_default().min(PERIODS_MAX).saturating_mul(child_complexity).saturating_add(1)")]
    async fn benchmark(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The last period; the indicator answers in periods of its own frequency up to its end.")] period: Period,
        #[graphql(desc = "Code of a comparator group.")] group: Option<String>,
        #[graphql(desc = "How many periods, 120 at most.", default = 1)] last: i32,
    ) -> Option<Result<PlainList<BenchmarkComparison>>> {
        self.benchmarks(ctx, period.0, group.as_deref(), last).await.transpose()
    }

    /// Why the viewer can enter no figure for a period; null when they can.
    async fn lock(&self, ctx: &Context<'_>, period: Period) -> Option<Result<Lock>> {
        self.entry_lock(ctx, period.0).await.transpose()
    }

    /// What the viewer may do with this indicator.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        Some(self.permissions(ctx).await)
    }
}

crate::connection! {
    /// A page of indicators.
    IndicatorConnection, IndicatorEdge, Indicator
}
