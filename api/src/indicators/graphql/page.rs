//! Indicators shown together: what one of them asks for is fetched for all.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, InputType, Lookahead, Pos, SelectionField};
use chrono::NaiveDate;
use rules::permission::Permission;
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

use crate::benchmarks::Ground;
use crate::benchmarks::compared::{Compared, Ours};
use crate::benchmarks::graphql::{BenchmarkComparison, Shown};
use crate::error::{Error, Result};
use crate::frameworks::book::context_of;
use crate::frameworks::catalogue::Held;
use crate::frameworks::{Catalogue, IndicatorEntry, store};
use crate::graphql::plain::{Plain, Selection};
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;
use crate::returns::locks::{Gate, Takes};
use crate::targets::history::{self};
use crate::values::graphql::SeriesPoint;
use crate::values::reading::{Read, Readings, judged_for};
use crate::values::service::Asked;
use crate::warnings::store::BaselineEntry;

/// Indicators shown together, which fetch their figures together.
pub struct Page {
    pub catalogue: Arc<Catalogue>,
    /// The day on which elements are where they are.
    pub on: NaiveDate,
    /// The period asked about, which decides the version shown.
    pub at: Option<rules::period::Period>,
    pub(super) indicators: Vec<Uuid>,
    /// Whether they are there by name alone, as what a role covers: then the rest of them asks for the right to read it.
    pub(super) named: bool,
    /// What the rest of the document is going to ask of this page.
    expected: Vec<Asked>,
    judged: Mutex<Vec<(Asked, Arc<OnceCell<JudgedPage>>)>>,
    gate: OnceCell<Gate>,
    /// The measures that explain indicators of this page, together: their figures are fetched once for all.
    explaining: OnceCell<Arc<Page>>,
    /// What the indicators of the page aimed at, then and now, read by whoever asks first.
    aimed: OnceCell<HashMap<Uuid, Vec<history::Entry>>>,
    /// From when the limits of charts are taken anew, of every indicator.
    baselines: OnceCell<HashMap<Uuid, Vec<BaselineEntry>>>,
    /// Definitions of indicators that are read because they were released, as they read then.
    as_released: OnceCell<HashMap<Uuid, entity::indicator_version::Model>>,
    /// What each `series` of the document selects, by where it stands: read for the first indicator, used for all.
    selected: Selected<SeriesPoint>,
    /// The same of each `benchmark`.
    selected_benchmarks: Selected<BenchmarkComparison>,
    /// The page beside groups, by what was asked: found by whoever asks first.
    benchmarked: Mutex<Vec<(Beside, ShownOnce)>>,
}

/// What fields of the document select, by where they stand.
type Selected<T> = std::sync::Mutex<Vec<(Pos, Arc<Option<Selection<T>>>)>>;

/// A page beside a group, found once.
type ShownOnce = Arc<OnceCell<Arc<Shown>>>;

/// The periods that are compared, and the group they are compared with.
type Beside = (Asked, Option<String>);

pub type JudgedPage = Arc<HashMap<Uuid, Read>>;

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
            baselines: OnceCell::new(),
            as_released: OnceCell::new(),
            aimed: OnceCell::new(),
            selected: std::sync::Mutex::default(),
            selected_benchmarks: std::sync::Mutex::default(),
            benchmarked: Mutex::default(),
        }
    }

    pub(super) fn selected(&self, ctx: &Context<'_>) -> Arc<Option<Selection<SeriesPoint>>> {
        selected(&self.selected, ctx)
    }

    pub(super) fn selected_benchmarks(&self, ctx: &Context<'_>) -> Arc<Option<Selection<BenchmarkComparison>>> {
        selected(&self.selected_benchmarks, ctx)
    }

    /// The whole page beside groups, found by whoever asks first: as many statements for one indicator as for all.
    pub(super) async fn benchmarked(&self, ctx: &Context<'_>, asked: Asked, group: Option<&str>) -> Result<Arc<Shown>> {
        let asked_of = (asked, group.map(str::to_owned));
        let cell = {
            let mut known = self.benchmarked.lock().await;
            match known.iter().find(|(other, _)| *other == asked_of) {
                Some((_, cell)) => Arc::clone(cell),
                None => {
                    let cell = Arc::new(OnceCell::new());
                    known.push((asked_of, Arc::clone(&cell)));
                    cell
                }
            }
        };
        let shown = cell
            .get_or_try_init(|| async {
                let judged = self.judged(ctx, asked).await?;
                let on = self.on.min(session(ctx).app.clock.today());
                let (readings, snapshot) = session(ctx).readings(on).await?;
                let scope = readings.of_figures()?;
                let of = |id: &Uuid| {
                    let (read, entry) = (judged.get(id)?, self.catalogue.indicator(*id)?);
                    Some(Ours { indicator: *id, definitions: &entry.definitions, points: read.judged.last(asked.last) })
                };
                let ours: Vec<Ours<'_>> = self.indicators.iter().filter_map(of).collect();
                let entries: Vec<&IndicatorEntry> = self.indicators.iter().filter_map(|id| self.catalogue.indicator(*id)).collect();
                let ground = Ground::load(&**snapshot, scope, &entries).await?;
                let shared = crate::sharing::may_see(&*session(ctx).actor().await?).is_ok();
                let shared_on = shared.then(|| session(ctx).app.clock.today());
                let compared = Compared::load(&**snapshot, scope, ground, &ours, group, shared_on).await?;
                Ok::<_, Error>(Arc::new(Shown::new(compared)))
            })
            .await?;
        Ok(Arc::clone(shown))
    }

    /// Whether a figure is taken. What decides it is read by whoever asks first.
    pub(super) async fn takes(&self, ctx: &Context<'_>, indicator: Uuid, period: rules::period::Period) -> Result<Takes> {
        let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
        let today = session(ctx).app.clock.today();
        let gate = self.gate.get_or_try_init(|| Gate::load(&**snapshot, &scope, today)).await?;
        gate.takes(&**snapshot, &scope, indicator, period).await
    }

    /// What the viewer reads, over what stood below their elements on the page's day.
    pub(super) async fn readings(&self, ctx: &Context<'_>) -> Result<Arc<Readings>> {
        let on = self.on.min(session(ctx).app.clock.today());
        Ok(session(ctx).readings(on).await?.0)
    }

    /// What indicators were when they were last released, of those that are read for no other reason. One statement where there
    /// are any.
    pub(super) async fn as_released(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, entity::indicator_version::Model>> {
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
    pub(super) async fn explaining(&self, ctx: &Context<'_>) -> Result<&Arc<Self>> {
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
    pub(super) fn explained_by(&self, entry: &IndicatorEntry) -> Result<Vec<String>> {
        context_of(entry.version_in(self.at).context_for.as_deref())
    }

    /// What an indicator of the page aimed at, then and now.
    pub(super) async fn aimed(&self, ctx: &Context<'_>, id: Uuid) -> Result<&[history::Entry]> {
        let all = self.aimed.get_or_try_init(|| history::of(ctx, &self.indicators)).await?;
        Ok(all.get(&id).map_or(&[], Vec::as_slice))
    }

    /// From when the limits of charts are taken anew, by indicator. One statement a page.
    pub(super) async fn baselines(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Vec<BaselineEntry>>> {
        self.baselines
            .get_or_try_init(|| async {
                let (actor, snapshot) = (session(ctx).actor().await?, session(ctx).snapshot().await?);
                crate::warnings::store::baselines(&**snapshot, &actor.own_scope(), None).await
            })
            .await
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

fn selected<T: Plain>(of: &Selected<T>, ctx: &Context<'_>) -> Arc<Option<Selection<T>>> {
    let mut known = of.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, selection)) = known.iter().find(|(at, _)| *at == ctx.item.pos) {
        return Arc::clone(selection);
    }
    let selection = Arc::new(if session(ctx).merges(ctx) { None } else { Selection::of(&ctx.field()) });
    known.push((ctx.item.pos, Arc::clone(&selection)));
    selection
}

/// The day from which "due" follows: then, for a question as at then.
pub(super) fn today(as_at: Option<chrono::DateTime<chrono::Utc>>, ctx: &Context<'_>) -> NaiveDate {
    as_at.map_or_else(|| session(ctx).app.clock.today(), |at| at.date_naive())
}

/// How many periods are asked for, if that many may be.
pub(super) fn periods(last: i32) -> Option<usize> {
    usize::try_from(last).ok().filter(|last| *last <= super::PERIODS_MAX)
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
