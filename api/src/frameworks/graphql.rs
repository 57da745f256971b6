//! Frameworks, elements, links and gaps as the API shows them.

use std::sync::Arc;

use async_graphql::{Context, ID, InputType, Interface, Object, SimpleObject, Value};
use chrono::NaiveDate;
use rules::measure::LinkKind as Kind;
use rules::permission::Permission;
use rules::rollup::Counts;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::catalogue::{Catalogue, Edition};
use super::sight::Sight;
use super::{service, store};
use crate::access::Scope;
use crate::db::Snapshot;
use crate::delivery::graphql::council::Plan;
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind as IdKind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;
use crate::graphql::words::{ElementKind, FrameworkState, GapKind, Level, LinkKind, Mode};
use crate::indicators::graphql::{Indicator, IndicatorConnection, Page, expected_series};
use crate::values::reading::Readings;
use crate::values::service::Asked;

/// A council's framework edition, as it stands in a period.
pub struct Framework {
    readings: Arc<Readings>,
    edition: Edition,
    at: Option<rules::period::Period>,
    today: NaiveDate,
    /// The day on which elements are where they are.
    on: NaiveDate,
    expected: Expected,
    page: OnceCell<Arc<Page>>,
}

/// What the document asks of the edition's indicators, so that the summary and the series share one reading.
#[derive(Default)]
pub struct Expected {
    /// Indicators on the first page; none when several pages are asked for, or another one.
    first: Option<usize>,
    series: Vec<Asked>,
}

impl Expected {
    /// What is selected below a field that answers frameworks.
    pub fn below(ctx: &Context<'_>, today: NaiveDate) -> Self {
        let indicators = ctx.look_ahead().field("indicators");
        let [only] = &indicators.selection_fields()[..] else { return Self::default() };
        let Ok(arguments) = only.arguments() else { return Self::default() };
        let argument = |name: &str| arguments.iter().find(|(known, value)| known == name && *value != Value::Null).map(|(_, v)| v.clone());
        let first = i32::parse(argument("first")).ok().and_then(|first| usize::try_from(first).ok());
        Self { first: first.filter(|_| argument("after").is_none()), series: expected_series(&indicators, today) }
    }
}

impl Framework {
    pub fn new(readings: Arc<Readings>, edition: Edition, at: Option<rules::period::Period>, today: NaiveDate) -> Self {
        let on = at.map_or(today, rules::period::Period::end);
        Self { readings, edition, at, today, on, expected: Expected::default(), page: OnceCell::new() }
    }

    /// The same, knowing what it is going to be asked.
    pub fn expecting(self, expected: Expected) -> Self {
        Self { expected, ..self }
    }

    /// Every indicator of the edition the viewer may see, loaded once an operation.
    async fn page(&self, ctx: &Context<'_>) -> Result<&Arc<Page>> {
        self.page
            .get_or_try_init(|| async {
                let snapshot = session(ctx).snapshot().await?;
                let scope = self.readings.of_framework()?;
                let catalogue = Arc::new(store::catalogue(&**snapshot, scope, self.edition.clone(), None).await?);
                let visible = service::named_indicators(&catalogue, &self.readings);
                // A connection that shows fewer has a page of its own.
                let whole = self.expected.first.is_some_and(|first| first >= visible.len());
                let expected = if whole { self.expected.series.clone() } else { Vec::new() };
                Ok(Page::expecting(catalogue, self.on, self.at, visible, expected))
            })
            .await
    }

    async fn counts(&self, ctx: &Context<'_>, period: rules::period::Period) -> Result<Summary> {
        let page = self.page(ctx).await?;
        let asked = Asked { until: period, last: 1, words: false, as_at: None, today: session(ctx).app.clock.today() };
        let judged = page.judged(ctx, asked).await?;
        let (mut current, mut year_end) = (Counts::default(), Counts::default());
        for point in judged.values().flat_map(|read| read.judged.last(1)) {
            current.add(point.status.colour);
            year_end.add(point.year_end.status.colour);
        }
        // What is not approved, or not released, is in no count: it is said how many these are.
        let not_seen = judged.values().filter(|read| read.judged.last(1).is_empty()).count();
        let not_seen = u32::try_from(not_seen).unwrap_or(u32::MAX);
        Ok(Summary { current: current.into(), year_end: year_end.into(), not_seen })
    }

    async fn connection(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<IndicatorConnection> {
        let ask = Ask::new(first, after.as_deref())?;
        let page = self.page(ctx).await?;
        let visible = service::named_indicators(&page.catalogue, &self.readings);
        // Each page of the connection fetches figures for its own rows only; the whole edition shares one page.
        let (range, _) = crate::graphql::page::cut(&visible, &ask, Uuid::to_string);
        let shared = if range.len() == visible.len() {
            Arc::clone(page)
        } else {
            Page::new(Arc::clone(&page.catalogue), self.on, self.at, visible[range].to_vec())
        };
        Ok(IndicatorConnection::of(&visible, &ask, Uuid::to_string, |id| Indicator { page: Arc::clone(&shared), id: *id }))
    }
}

/// A council's framework edition: what it plans at three levels and how it measures it.
#[Object]
impl Framework {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(IdKind::Framework, self.edition.id)
    }

    /// What the framework is called.
    async fn title(&self) -> &str {
        &self.edition.title
    }

    /// Which edition, for instance `2023/24`.
    async fn edition(&self) -> &str {
        &self.edition.edition
    }

    /// DRAFT, ADOPTED or SUPERSEDED: one that was adopted is superseded when the one that follows it begins.
    async fn state(&self) -> FrameworkState {
        self.edition.state_on(self.today).into()
    }

    /// First day it stands.
    async fn stands_from(&self) -> Date {
        Date(self.edition.stands_from)
    }

    /// Last day it stands; null while open-ended.
    async fn stands_until(&self) -> Option<Date> {
        self.edition.stands_until.map(Date)
    }

    /// The body that adopted it.
    async fn adopted_by(&self) -> Option<&str> {
        self.edition.adopted_by.as_deref()
    }

    /// When it was adopted.
    async fn adopted_on(&self) -> Option<Date> {
        self.edition.adopted_on.map(Date)
    }

    /// Minute or decision reference of the adoption.
    async fn minute_reference(&self) -> Option<&str> {
        self.edition.minute_reference.as_deref()
    }

    /// What a reader must know, for instance that figures are illustrative.
    async fn note(&self) -> Option<&str> {
        self.edition.note.as_deref()
    }

    /// How many indicators have which status in a period, now and at the year end. States that are not colours are
    /// counted apart. Of what the viewer reads: drafts, what was approved, or what was released to their forum.
    async fn summary(&self, ctx: &Context<'_>, period: Period) -> Option<Result<Summary>> {
        Some(self.counts(ctx, period.0).await)
    }

    /// Its indicators, in the framework's order: those of the viewer's part of it, and those released to their forum. 500 a page
    /// at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn indicators(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<IndicatorConnection>> {
        Some(self.connection(ctx, first, after).await)
    }

    /// What the viewer may do somewhere in it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|_| true));
        Some(can().await)
    }

    /// Elements at the top of the trees, in order: plans, directorates, programmes.
    #[graphql(complexity = "crate::graphql::page::MANY * child_complexity")]
    async fn elements(&self, ctx: &Context<'_>) -> Option<Result<Vec<Element>>> {
        let top = async || {
            let catalogue = Arc::clone(&self.page(ctx).await?.catalogue);
            let scope = self.readings.whole_framework()?;
            let sight = Sight::of(&**session(ctx).snapshot().await?, scope, &catalogue, self.on).await?;
            let ids: Vec<Uuid> = catalogue.children(None, self.on).iter().map(|e| e.id).filter(|id| sight.has(*id)).collect();
            Ok(ids.into_iter().map(|id| Element { catalogue: Arc::clone(&catalogue), id, on: self.on, named: false }).collect())
        };
        Some(top().await)
    }
}

/// Counts by status for a period: as it stands, and as the year is expected to end.
#[derive(SimpleObject)]
pub struct Summary {
    /// The period's own statuses.
    pub current: StatusCounts,
    /// Statuses of the year-end forecasts.
    pub year_end: StatusCounts,
    /// Indicators that are in no count because their figure is not approved, or not released to the viewer's forum; 0 for whoever
    /// reads drafts.
    pub not_seen: u32,
}

/// How many indicators have which status.
#[derive(SimpleObject)]
pub struct StatusCounts {
    /// On target or better.
    pub green: u32,
    /// Off target, within what is tolerated.
    pub amber: u32,
    /// Off target beyond what is tolerated.
    pub red: u32,
    /// Better than target by a margin.
    pub blue: u32,
    /// A value and nothing to judge it by.
    pub no_target: u32,
    /// A value was due and there is none.
    pub no_data: u32,
    /// Nothing is owed yet.
    pub not_due: u32,
    /// The question does not arise.
    pub not_applicable: u32,
    /// A value that may not be shown.
    pub suppressed: u32,
}

impl From<Counts> for StatusCounts {
    fn from(c: Counts) -> Self {
        Self {
            green: c.green,
            amber: c.amber,
            red: c.red,
            blue: c.blue,
            no_target: c.no_target,
            no_data: c.no_data,
            not_due: c.not_due,
            not_applicable: c.not_applicable,
            suppressed: c.suppressed,
        }
    }
}

/// An element of a framework where it stands on a day.
#[derive(Clone)]
pub struct Element {
    pub catalogue: Arc<Catalogue>,
    pub id: Uuid,
    pub on: NaiveDate,
    /// Whether it is there by name alone, as what a role covers: then the rest of it asks for the right to read it.
    pub named: bool,
}

impl Element {
    /// What says more than its name.
    async fn read(&self, ctx: &Context<'_>) -> Result<&super::Element> {
        if self.named && !self.seen(ctx).await?.2.has(self.id) {
            return Err(Error::no_role(Permission::ViewFramework));
        }
        self.row()
    }

    /// What stands above it, for whoever reads it; and by name for whoever was released an indicator that it or something below it
    /// owns.
    async fn above(&self, ctx: &Context<'_>) -> Result<&super::Element> {
        let refused = match self.read(ctx).await {
            Ok(row) => return Ok(row),
            Err(refused) => refused,
        };
        let (readings, _) = session(ctx).readings(self.on.min(session(ctx).app.clock.today())).await?;
        let given = |i: &&super::IndicatorEntry| readings.releases(i.id).is_some() && self.catalogue.is_within(i.owner, self.id, self.on);
        if self.catalogue.indicators.iter().any(|i| given(&i)) { self.row() } else { Err(refused) }
    }

    fn row(&self) -> Result<&super::Element> {
        self.catalogue.element(self.id).ok_or_else(|| Error::not_found("This element is not in the edition."))
    }

    /// The right to read the framework as it stood on the element's day, and what that shows.
    async fn seen(&self, ctx: &Context<'_>) -> Result<(Scope, Arc<Snapshot>, Sight)> {
        let (scope, snapshot) = session(ctx).scope_on(Permission::ViewFramework, self.on.min(session(ctx).app.clock.today())).await?;
        let sight = Sight::of(&**snapshot, &scope, &self.catalogue, self.on).await?;
        Ok((scope, snapshot, sight))
    }

    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<crate::people::graphql::Permission>> {
        let actor = session(ctx).actor().await?;
        Ok(actor.can_where(|scope| scope.covers_element(self.id)))
    }

    fn other(&self, id: Uuid) -> Self {
        Self { catalogue: Arc::clone(&self.catalogue), id, on: self.on, named: false }
    }
}

/// Something the council plans or is organised by: a plan, priority, outcome, directorate, service, programme …
#[Object]
impl Element {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(IdKind::Element, self.id)
    }

    /// The council's own ref for it, unique in the edition.
    async fn code(&self) -> Result<&str> {
        Ok(&self.row()?.code)
    }

    /// The council's own words.
    async fn title(&self) -> Result<&str> {
        Ok(&self.row()?.title)
    }

    /// What it is.
    async fn kind(&self) -> Result<ElementKind> {
        Ok(self.row()?.kind.into())
    }

    /// Which of the three levels it belongs to.
    async fn level(&self) -> Result<Level> {
        Ok(self.row()?.level.into())
    }

    /// The council's own word for its kind: `Key area`, `Division`.
    async fn label(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.read(ctx).await?.label.as_deref())
    }

    /// Do, enable or influence.
    async fn mode(&self, ctx: &Context<'_>) -> Result<Option<Mode>> {
        Ok(self.read(ctx).await?.mode.map(Into::into))
    }

    /// A sentence or two about it.
    async fn description(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.read(ctx).await?.description.as_deref())
    }

    /// Who answers for it, by name or post.
    async fn owner(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.read(ctx).await?.owner.as_deref())
    }

    /// What it stands under on the day asked about; null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Element>> {
        let parent = self.above(ctx).await?.place_on(self.on).and_then(|place| place.parent);
        // What is known by name leads to names.
        Ok(parent.map(|id| Self { named: self.named, ..self.other(id) }))
    }

    /// From the top of its tree down to itself.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn path(&self, ctx: &Context<'_>) -> Result<Vec<Element>> {
        self.read(ctx).await?;
        Ok(self.catalogue.path(self.id, self.on).iter().map(|e| self.other(e.id)).collect())
    }

    /// Its plan, with all below it: actions, risks, money and insight. A service plan, or the corporate plan.
    async fn plan(&self, ctx: &Context<'_>) -> Option<Result<Plan>> {
        Some(self.read(ctx).await.map(|row| Plan::of(ctx, &row.code)))
    }

    /// What stands directly below it, in order, as far as the viewer may see it.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Element>> {
        self.read(ctx).await?;
        let (_, _, sight) = self.seen(ctx).await?;
        let below = self.catalogue.children(Some(self.id), self.on);
        Ok(below.iter().filter(|e| sight.has(e.id)).map(|e| self.other(e.id)).collect())
    }

    /// Elements and indicators that contribute to it or map to it.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn contributors(&self, ctx: &Context<'_>) -> Option<Result<Vec<Contributor>>> {
        Some(contributors(self, ctx).await)
    }

    /// Elements of other plans it maps to.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn mapped_to(&self, ctx: &Context<'_>) -> Option<Result<Vec<Element>>> {
        let mapped = async || {
            self.read(ctx).await?;
            let (scope, snapshot, sight) = self.seen(ctx).await?;
            let links = store::links(&**snapshot, &scope, &self.catalogue).await?.iter();
            let from_here = links.filter(|l| l.from == self.id && l.kind == Kind::MapsTo && sight.has(l.to));
            Ok(from_here.map(|l| self.other(l.to)).collect())
        };
        Some(mapped().await)
    }

    /// What the viewer may do with it and all below it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        Some(self.permissions(ctx).await)
    }
}

async fn contributors(element: &Element, ctx: &Context<'_>) -> Result<Vec<Contributor>> {
    element.read(ctx).await?;
    let (scope, snapshot, sight) = element.seen(ctx).await?;
    let catalogue = &element.catalogue;
    let linked = store::links(&**snapshot, &scope, catalogue).await?.iter().filter(|l| l.to == element.id && sight.has(l.from));
    let mut found: Vec<Contributor> =
        linked.map(|l| Contributor::Element(ElementLink { link: l.kind.into(), element: element.other(l.from) })).collect();
    let inside: Vec<Uuid> = catalogue
        .indicators
        .iter()
        .filter(|i| i.contributes_to.contains(&element.id) && scope.covers_indicator(i.id, i.owner))
        .map(|i| i.id)
        .collect();
    let page = Page::new(Arc::clone(catalogue), element.on, None, inside.clone());
    found.extend(inside.into_iter().map(|id| {
        Contributor::Indicator(IndicatorLink { link: Kind::ContributesTo.into(), indicator: Indicator { page: Arc::clone(&page), id } })
    }));
    Ok(found)
}

/// What contributes to an element, and how.
#[derive(Interface)]
#[graphql(field(name = "link", ty = "&LinkKind", desc = "What the link says."))]
pub enum Contributor {
    Element(ElementLink),
    Indicator(IndicatorLink),
}

/// An element that contributes to or maps to another.
#[derive(SimpleObject)]
pub struct ElementLink {
    /// What the link says.
    pub link: LinkKind,
    /// The element the link comes from.
    pub element: Element,
}

/// An indicator that contributes to an element.
#[derive(SimpleObject)]
pub struct IndicatorLink {
    /// What the link says.
    pub link: LinkKind,
    /// The indicator the link comes from.
    pub indicator: Indicator,
}

/// A hole in the golden thread.
#[derive(SimpleObject)]
pub struct ThreadGap {
    /// What sort of hole.
    pub kind: GapKind,
    /// The reason in a sentence.
    pub because: String,
    /// The element with the hole, if it is an element's.
    pub element: Option<Element>,
    /// The indicator with the hole, if it is an indicator's.
    pub indicator: Option<Indicator>,
}

/// The holes in a catalogue's golden thread, as it stands on a day.
pub fn thread_gaps(
    catalogue: &Arc<Catalogue>,
    links: &[super::catalogue::ElementLink],
    scope: &Scope,
    sight: &Sight,
    on: NaiveDate,
) -> Vec<ThreadGap> {
    let visible = service::visible_indicators(catalogue, scope);
    let page = Page::new(Arc::clone(catalogue), on, None, visible.clone());
    service::gaps(catalogue, links, on)
        .into_iter()
        .filter(|gap| gap.indicator.is_none_or(|id| visible.contains(&id)) && gap.element.is_none_or(|id| sight.has(id)))
        .map(|gap| ThreadGap {
            kind: gap.kind.into(),
            because: gap.because,
            element: gap.element.map(|id| Element { catalogue: Arc::clone(catalogue), id, on, named: false }),
            indicator: gap.indicator.map(|id| Indicator { page: Arc::clone(&page), id }),
        })
        .collect()
}
