//! The indicator as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, InputType, Lookahead, Object, Pos, SelectionField, SimpleObject};
use chrono::NaiveDate;
use rules::permission::Permission;
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

use crate::access::Target;
use crate::error::{Error, Result};
use crate::frameworks::book::context_of;
use crate::frameworks::catalogue::Held;
use crate::frameworks::graphql::Element;
use crate::frameworks::{Catalogue, IndicatorEntry, store};
use crate::graphql::id::{self, Kind};
use crate::graphql::lock::Lock;
use crate::graphql::page::Ask;
use crate::graphql::plain::{PlainList, Selection};
use crate::graphql::scalars::{DateTime, Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::{Aggregation, Dimension, Disposition, Frequency, Lifecycle, Polarity, Purpose, YearBasis};
use crate::returns::locks::{Gate, Takes};
use crate::targets::history::{self, IndicatorTargetConnection};
use crate::values::graphql::SeriesPoint;
use crate::values::reading::{Read, Readings, judged_for};
use crate::values::service::Asked;

/// The most periods one series may have.
const PERIODS_MAX: usize = 120;

/// Indicators shown together, which fetch their figures together.
pub struct Page {
    pub catalogue: Arc<Catalogue>,
    /// The day on which elements are where they are.
    pub on: NaiveDate,
    /// The period asked about, which decides the version shown.
    pub at: Option<rules::period::Period>,
    indicators: Vec<Uuid>,
    /// Whether they are there by name alone, as what a role covers: then the rest of them asks for the right to read it.
    named: bool,
    /// What the rest of the document is going to ask of this page.
    expected: Vec<Asked>,
    judged: Mutex<Vec<(Asked, Arc<OnceCell<JudgedPage>>)>>,
    gate: OnceCell<Gate>,
    /// The measures that explain indicators of this page, together: their figures are fetched once for all.
    explaining: OnceCell<Arc<Page>>,
    /// What the indicators of the page aimed at, then and now, read by whoever asks first.
    aimed: OnceCell<HashMap<Uuid, Vec<history::Entry>>>,
    /// Definitions of indicators that are read because they were released, as they read then.
    as_released: OnceCell<HashMap<Uuid, entity::indicator_version::Model>>,
    /// What each `series` of the document selects, by where it stands: read for the first indicator, used for all.
    selected: std::sync::Mutex<Vec<(Pos, SelectedSeries)>>,
}

type SelectedSeries = Arc<Option<Selection<SeriesPoint>>>;

type JudgedPage = Arc<HashMap<Uuid, Read>>;

impl Page {
    pub fn new(catalogue: Arc<Catalogue>, on: NaiveDate, at: Option<rules::period::Period>, indicators: Vec<Uuid>) -> Arc<Self> {
        Self::expecting(catalogue, on, at, indicators, Vec::new())
    }

    /// Indicators of which only the names are given away.
    pub fn named(catalogue: Arc<Catalogue>, on: NaiveDate, indicators: Vec<Uuid>) -> Arc<Self> {
        Arc::new(Self { named: true, ..Self::made(catalogue, on, None, indicators, Vec::new()) })
    }

    /// A page that knows what it is going to be asked, so that whoever asks first fetches for all.
    pub fn expecting(
        catalogue: Arc<Catalogue>,
        on: NaiveDate,
        at: Option<rules::period::Period>,
        indicators: Vec<Uuid>,
        expected: Vec<Asked>,
    ) -> Arc<Self> {
        Arc::new(Self::made(catalogue, on, at, indicators, expected))
    }

    fn made(
        catalogue: Arc<Catalogue>,
        on: NaiveDate,
        at: Option<rules::period::Period>,
        indicators: Vec<Uuid>,
        expected: Vec<Asked>,
    ) -> Self {
        Self {
            catalogue,
            on,
            at,
            indicators,
            named: false,
            expected,
            judged: Mutex::default(),
            gate: OnceCell::new(),
            explaining: OnceCell::new(),
            as_released: OnceCell::new(),
            aimed: OnceCell::new(),
            selected: std::sync::Mutex::default(),
        }
    }

    fn selected(&self, ctx: &Context<'_>) -> SelectedSeries {
        let mut known = self.selected.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, selection)) = known.iter().find(|(at, _)| *at == ctx.item.pos) {
            return Arc::clone(selection);
        }
        let selection = Arc::new(Selection::of(&ctx.field()));
        known.push((ctx.item.pos, Arc::clone(&selection)));
        selection
    }

    /// Whether a figure is taken. What decides it is read by whoever asks first.
    async fn takes(&self, ctx: &Context<'_>, indicator: Uuid, period: rules::period::Period) -> Result<Takes> {
        let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
        let today = session(ctx).app.clock.today();
        let gate = self.gate.get_or_try_init(|| Gate::load(&**snapshot, &scope, today)).await?;
        gate.takes(&**snapshot, &scope, indicator, period).await
    }

    /// What the viewer reads, over what stood below their elements on the page's day.
    async fn readings(&self, ctx: &Context<'_>) -> Result<Arc<Readings>> {
        let on = self.on.min(session(ctx).app.clock.today());
        Ok(session(ctx).readings(on).await?.0)
    }

    /// What indicators were when they were last released, of those that are read for no other reason. One statement where there
    /// are any.
    async fn as_released(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, entity::indicator_version::Model>> {
        self.as_released
            .get_or_try_init(|| async {
                let on = self.on.min(session(ctx).app.clock.today());
                let (readings, snapshot) = session(ctx).readings(on).await?;
                let entries = self.indicators.iter().filter_map(|id| self.catalogue.indicator(*id));
                // Where no period is asked about, that of the last figure that was given: the definition of next year is none of theirs.
                let latest = |entry: &IndicatorEntry| {
                    let given = readings.releases(entry.id).filter(|_| !readings.in_framework(entry.id, entry.owner))?;
                    let until = self.at.map_or(given.until(), |at| Some(at.end()))?;
                    Some((entry.id, (given.latest()?, until)))
                };
                let latest: HashMap<Uuid, (chrono::DateTime<chrono::Utc>, NaiveDate)> = entries.filter_map(latest).collect();
                let mut found = HashMap::new();
                if latest.is_empty() {
                    return Ok(found);
                }
                let ids: Vec<Uuid> = latest.keys().copied().collect();
                for version in store::versions_ever(&**snapshot, readings.of_framework()?, &ids).await? {
                    let held = Held { from: version.recorded_at, until: version.superseded_at };
                    let shown = |(at, until): &(_, NaiveDate)| held.at(*at) && version.applies_from.is_none_or(|from| from <= *until);
                    if latest.get(&version.indicator_id).is_some_and(shown) {
                        // Versions come in order: the last that applies stands.
                        found.insert(version.indicator_id, version);
                    }
                }
                Ok(found)
            })
            .await
    }

    /// The measures that explain indicators of this page and that the viewer may see.
    async fn explaining(&self, ctx: &Context<'_>) -> Result<&Arc<Self>> {
        self.explaining
            .get_or_try_init(|| async {
                let readings = self.readings(ctx).await?;
                let of_page = |code: &String| self.catalogue.indicator_by_code(code).is_some_and(|entry| self.holds(entry.id));
                let mut found = Vec::new();
                for entry in self.catalogue.indicators.iter().filter(|entry| readings.names(entry.id, entry.owner)) {
                    if self.explained_by(entry)?.iter().any(of_page) {
                        found.push(entry.id);
                    }
                }
                Ok(Self::new(Arc::clone(&self.catalogue), self.on, self.at, found))
            })
            .await
    }

    /// Codes of the indicators that one explains.
    fn explained_by(&self, entry: &IndicatorEntry) -> Result<Vec<String>> {
        context_of(entry.version_in(self.at).context_for.as_deref())
    }

    /// What an indicator of the page aimed at, then and now.
    async fn aimed(&self, ctx: &Context<'_>, id: Uuid) -> Result<&[history::Entry]> {
        let all = self.aimed.get_or_try_init(|| history::of(ctx, &self.indicators)).await?;
        Ok(all.get(&id).map_or(&[], Vec::as_slice))
    }

    /// Whether an indicator is on the page.
    pub fn holds(&self, id: Uuid) -> bool {
        self.indicators.contains(&id)
    }

    /// The figures of the whole page, fetched by whoever asks first: the periods asked for, and maybe earlier ones that
    /// others ask for.
    pub async fn judged(&self, ctx: &Context<'_>, asked: Asked) -> Result<JudgedPage> {
        let asked = self.expected.iter().fold(asked, Asked::widened);
        let cell = {
            let mut known = self.judged.lock().await;
            match known.iter().find(|(other, _)| *other == asked) {
                Some((_, cell)) => Arc::clone(cell),
                None => {
                    let cell = Arc::new(OnceCell::new());
                    known.push((asked, Arc::clone(&cell)));
                    cell
                }
            }
        };
        let page = cell
            .get_or_try_init(|| async {
                // As the page was found: by what stood below the viewer's elements on its day.
                let on = self.on.min(session(ctx).app.clock.today());
                let (readings, snapshot) = session(ctx).readings(on).await?;
                Ok::<_, Error>(Arc::new(judged_for(&readings, &snapshot, &self.catalogue, &self.indicators, asked).await?))
            })
            .await?;
        Ok(Arc::clone(page))
    }
}

/// The day from which "due" follows: then, for a question as at then.
fn today(as_at: Option<chrono::DateTime<chrono::Utc>>, ctx: &Context<'_>) -> NaiveDate {
    as_at.map_or_else(|| session(ctx).app.clock.today(), |at| at.date_naive())
}

/// How many periods are asked for, if that many may be.
fn periods(last: i32) -> Option<usize> {
    usize::try_from(last).ok().filter(|last| *last <= PERIODS_MAX)
}

/// What the series selected of these indicators will ask of their page. Of what is not understood here nothing is
/// expected: it will be fetched, or refused, when it is asked for.
pub fn expected_series(indicators: &Lookahead<'_>, today: NaiveDate) -> Vec<Asked> {
    let mut series = indicators.field("nodes").field("series").selection_fields();
    series.extend(indicators.field("edges").field("node").field("series").selection_fields());
    series.iter().filter_map(|field| expected(field, today)).collect()
}

fn expected(field: &SelectionField<'_>, today: NaiveDate) -> Option<Asked> {
    let arguments = field.arguments().ok()?;
    let argument = |name: &str| arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let until = Period::parse(argument("until")).ok()?.0;
    let last = match argument("last") {
        None => 12,
        Some(value) => i32::parse(Some(value)).ok()?,
    };
    let as_at = Option::<DateTime>::parse(argument("asAt")).ok()?.map(|at| at.0);
    let today = as_at.map_or(today, |at| at.date_naive());
    Some(Asked { until, last: periods(last)?, words: SeriesPoint::words_wanted(field), as_at, today })
}

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
        Ok(PlainList::new(SeriesPoint::last(read, sensitive, last), self.page.selected(ctx)))
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
