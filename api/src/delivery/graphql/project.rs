//! Programmes, projects and their milestones.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::NaiveDate;
use rules::delivery::book::{DeliveryRow, DependencyRow, MilestoneRow, ProjectRow, RecordKind, waiting};
use rules::delivery::project::{self, Knock};

use super::action::Action;
use super::history::{Telling, history};
use super::words::{DeliveryStatus, MilestoneState, ProjectStage};
use super::{At, Told, ground, told, told_of, visible};
use crate::delivery::held::told_by;
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Decimal};
use crate::graphql::session::session;

told_of! {
    /// How a programme or project stands, as it was last told.
    Project, Project, ProjectRow
}

told_of! {
    /// A day of a project that matters, as it was last told.
    Milestone, Milestone, MilestoneRow
}

crate::connection! {
    /// A page of milestones.
    MilestoneConnection, MilestoneEdge, Milestone
}

/// One the viewer may read, by the ref of its element.
pub async fn by_code(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Project>> {
    let all = visible(ctx, RecordKind::Project, at).await?;
    let found = all.iter().find(|(record, _)| record.row.code().eq_ignore_ascii_case(code.trim()));
    Ok(found.and_then(|(record, _)| Project::of(record, at)))
}

/// The milestones the viewer may read.
pub async fn milestones(ctx: &Context<'_>, at: At) -> Result<Vec<Milestone>> {
    let all = visible(ctx, RecordKind::Milestone, at).await?;
    Ok(all.iter().filter_map(|(record, _)| Milestone::of(record, at)).collect())
}

/// One the viewer may read, by its ref.
pub async fn milestone(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Milestone>> {
    let all = visible(ctx, RecordKind::Milestone, at).await?;
    let found = all.iter().find(|(record, _)| record.row.code().eq_ignore_ascii_case(code.trim()));
    Ok(found.and_then(|(record, _)| Milestone::of(record, at)))
}

fn rows<T>(told: &Told, of: impl Fn(&DeliveryRow) -> Option<&T>) -> Vec<&T> {
    told.iter().filter_map(|record| of(&record.row)).collect()
}

/// What waits for something that comes later, by ref: what that is, where the viewer may read it, and the earliest day it can be.
pub type Knocks = HashMap<String, (Option<String>, NaiveDate)>;

/// Worked out once an operation.
async fn knocks(ctx: &Context<'_>, at: At) -> Result<Arc<Knocks>> {
    // Held until it is there: whoever asks meanwhile waits instead of working it out as well.
    let mut known = session(ctx).delivery.knocks.lock().await;
    if let Some(knocks) = known.get(&at.as_at) {
        return Ok(Arc::clone(knocks));
    }
    let mut readable: HashSet<String> = HashSet::new();
    for kind in [RecordKind::Project, RecordKind::Milestone] {
        readable.extend(visible(ctx, kind, at).await?.iter().map(|(record, _)| record.row.code()));
    }
    let projects = told(ctx, RecordKind::Project, at.as_at).await?;
    let milestones = told(ctx, RecordKind::Milestone, at.as_at).await?;
    let dependencies = told(ctx, RecordKind::Dependency, at.as_at).await?;
    let found = waiting(
        &rows(&projects, |row| if let DeliveryRow::Project(row) = row { Some(row) } else { None }),
        &rows(&milestones, |row| if let DeliveryRow::Milestone(row) = row { Some(row) } else { None }),
        &rows(&dependencies, |row| if let DeliveryRow::Dependency(row) = row { Some(row) } else { None }),
    );
    let held_up = |Knock { waits, on, earliest, .. }: Knock<&str>| (waits.to_owned(), (readable.get(on).cloned(), earliest));
    let knocks: Arc<Knocks> = Arc::new(found.into_iter().map(held_up).collect());
    known.insert(at.as_at, Arc::clone(&knocks));
    Ok(knocks)
}

/// That something cannot be when it is expected, as what it waits for comes later. Its own day stays what its people say.
#[derive(SimpleObject)]
pub struct HeldUp {
    /// Ref of the milestone or project it waits for, directly; null where the viewer may not read that.
    by: Option<String>,
    /// The earliest day it can be, all that is before it considered.
    earliest: Date,
    /// Days later than expected.
    days: i64,
}

async fn held_up(ctx: &Context<'_>, code: &str, expected: NaiveDate, at: At) -> Result<Option<HeldUp>> {
    let knocks = knocks(ctx, at).await?;
    let Some((by, earliest)) = knocks.get(code).cloned() else { return Ok(None) };
    Ok(Some(HeldUp { by, earliest: Date(earliest), days: (earliest - expected).num_days() }))
}

/// That something waits for something else.
#[derive(SimpleObject)]
pub struct Dependency {
    /// Ref of the milestone or project that waits; a project stands for its end.
    code: String,
    /// Ref of what it waits for.
    waits_for: String,
    /// Days between them at least.
    days: u32,
    /// Why.
    note: Option<String>,
}

impl From<&DependencyRow> for Dependency {
    fn from(row: &DependencyRow) -> Self {
        Self { code: row.waits.clone(), waits_for: row.on.clone(), days: row.days, note: row.note.clone() }
    }
}

/// One the viewer may read, by what it is told by.
pub async fn dependency(ctx: &Context<'_>, code: &str, at: At) -> Result<Option<Dependency>> {
    let all = visible(ctx, RecordKind::Dependency, at).await?;
    let found = all.iter().find(|(record, _)| record.row.code().eq_ignore_ascii_case(code));
    Ok(found.and_then(|(record, _)| if let DeliveryRow::Dependency(row) = &record.row { Some(row.into()) } else { None }))
}

impl Project {
    fn end(&self) -> project::Milestone {
        project::Milestone { baseline: self.row.baseline_end, forecast: self.row.forecast_end, actual: self.row.ended_on }
    }

    fn sides(of: &ProjectRow) -> Option<project::DeliveryStatus> {
        project::worst(&[of.time, of.cost, of.scope, of.benefits])
    }

    async fn own_milestones(&self, ctx: &Context<'_>) -> Result<Vec<Milestone>> {
        let all = visible(ctx, RecordKind::Milestone, self.at).await?;
        let mine = all.iter().filter(|(record, _)| record.row.element() == Some(&self.row.element));
        let mut own: Vec<Milestone> = mine.filter_map(|(record, _)| Milestone::of(record, self.at)).collect();
        own.sort_by_key(|of| (of.days().day(), of.row.code.clone()));
        Ok(own)
    }
}

/// How a programme or project stands: stage, days, money, and what is reported of time, cost, scope and benefits.
#[Object]
impl Project {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Project, self.record.id)
    }

    /// Ref of its element.
    async fn code(&self) -> &str {
        &self.row.element
    }

    /// Its element, on which KPIs and the golden thread hang; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        ground(ctx).await.map(|ground| ground.element(&self.row.element)).transpose()
    }

    /// How far it is.
    async fn stage(&self) -> ProjectStage {
        self.row.stage.into()
    }

    /// Whether it keeps to its days.
    async fn time(&self) -> Option<DeliveryStatus> {
        self.row.time.map(Into::into)
    }

    /// Whether it keeps to its money.
    async fn cost(&self) -> Option<DeliveryStatus> {
        self.row.cost.map(Into::into)
    }

    /// Whether it does what was agreed.
    async fn scope(&self) -> Option<DeliveryStatus> {
        self.row.scope.map(Into::into)
    }

    /// Whether it brings what was promised.
    async fn benefits(&self) -> Option<DeliveryStatus> {
        self.row.benefits.map(Into::into)
    }

    /// The worst of the four; null where none was reported.
    async fn overall(&self) -> Option<DeliveryStatus> {
        Self::sides(&self.row).map(Into::into)
    }

    /// The same as it was told by the end of a day; null before anything was told.
    async fn overall_on(&self, ctx: &Context<'_>, day: Date) -> Option<Result<DeliveryStatus>> {
        let find = async || {
            let courses = super::courses(ctx, RecordKind::Project, self.at.as_at).await?;
            let then = courses.get(&self.record.id).and_then(|course| told_by(course, day.0));
            let row = then.and_then(|then| if let DeliveryRow::Project(row) = &then.row { Some(row) } else { None });
            Ok(row.and_then(Self::sides).map(Into::into))
        };
        find().await.transpose()
    }

    /// The day it begins.
    async fn starts_on(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// The day it was agreed to end.
    async fn baseline_end(&self) -> Date {
        Date(self.row.baseline_end)
    }

    /// The day it is expected to end, where that is another.
    async fn forecast_end(&self) -> Option<Date> {
        self.row.forecast_end.map(Date)
    }

    /// The day it ended.
    async fn ended_on(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }

    /// Days it ends later than agreed; below zero, sooner.
    async fn slippage_days(&self) -> i64 {
        self.end().slippage()
    }

    /// Who runs it.
    async fn manager(&self) -> &str {
        &self.row.manager
    }

    /// Who answers for it.
    async fn sponsor(&self) -> Option<&str> {
        self.row.sponsor.as_deref()
    }

    /// Pounds approved, for all of it.
    async fn budget(&self) -> Option<Decimal> {
        self.row.budget.map(Decimal)
    }

    /// Pounds spent so far.
    async fn spent(&self) -> Option<Decimal> {
        self.row.spent.map(Decimal)
    }

    /// Pounds all of it is expected to cost.
    async fn forecast_spend(&self) -> Option<Decimal> {
        self.row.forecast_spend.map(Decimal)
    }

    /// Pounds it is expected to cost above what was approved; below zero, under it.
    async fn variance(&self) -> Option<Decimal> {
        self.row.forecast_spend?.checked_sub(self.row.budget?).map(Decimal)
    }

    /// What members should know.
    async fn summary(&self) -> Option<&str> {
        self.row.summary.as_deref()
    }

    /// The decision by which the agreed end was changed, or it was stopped.
    async fn decision(&self) -> Option<&str> {
        self.row.decision.as_deref()
    }

    /// The day this is told of.
    async fn as_at(&self) -> Date {
        Date(self.row.as_at)
    }

    /// Its milestones, by the day they were reached or are expected.
    #[graphql(complexity = "crate::graphql::page::MANY * child_complexity")]
    async fn milestones(&self, ctx: &Context<'_>) -> Option<Result<Vec<Milestone>>> {
        Some(self.own_milestones(ctx).await)
    }

    /// The next milestone that is not reached.
    async fn next_milestone(&self, ctx: &Context<'_>) -> Option<Result<Milestone>> {
        let next = self.own_milestones(ctx).await;
        next.map(|all| all.into_iter().find(|of| of.row.actual.is_none())).transpose()
    }

    /// What it, or a milestone of it, waits for, and what waits for it.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn dependencies(&self, ctx: &Context<'_>) -> Option<Result<Vec<Dependency>>> {
        let find = async || {
            let own = self.own_milestones(ctx).await?;
            let mine = |code: &String| *code == self.row.element || own.iter().any(|of| of.row.code == *code);
            let all = visible(ctx, RecordKind::Dependency, self.at).await?;
            let rows = all.iter().filter_map(|(record, _)| if let DeliveryRow::Dependency(row) = &record.row { Some(row) } else { None });
            Ok(rows.filter(|row| mine(&row.waits) || mine(&row.on)).map(Dependency::from).collect())
        };
        Some(find().await)
    }

    /// That it cannot end when expected, as something it waits for comes later; null where nothing holds it up.
    async fn held_up(&self, ctx: &Context<'_>) -> Option<Result<HeldUp>> {
        held_up(ctx, &self.row.element, self.end().day(), self.at).await.transpose()
    }

    /// What was told of it, day by day, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Project, &self.record, self.at).await)
    }
}

impl Milestone {
    pub(super) fn days(&self) -> project::Milestone {
        project::Milestone { baseline: self.row.baseline, forecast: self.row.forecast, actual: self.row.actual }
    }

    pub(super) fn state_now(&self) -> project::MilestoneState {
        self.days().state(self.at.on)
    }

    pub(super) fn row(&self) -> &MilestoneRow {
        &self.row
    }
}

/// A day of a programme or project that matters: as agreed, as expected, as reached.
#[Object]
impl Milestone {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Milestone, self.record.id)
    }

    /// Its ref, unique among the council's milestones.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// What is reached.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// The day agreed.
    async fn baseline(&self) -> Date {
        Date(self.row.baseline)
    }

    /// The day expected, where that is another.
    async fn forecast(&self) -> Option<Date> {
        self.row.forecast.map(Date)
    }

    /// The day it was reached.
    async fn actual(&self) -> Option<Date> {
        self.row.actual.map(Date)
    }

    /// How it stands today, or on the day of the instant asked for.
    async fn state(&self) -> MilestoneState {
        self.state_now().into()
    }

    /// Days later than agreed; below zero, sooner.
    async fn slippage_days(&self) -> i64 {
        self.days().slippage()
    }

    /// Who answers for it.
    async fn owner(&self) -> Option<&str> {
        self.row.owner.as_deref()
    }

    /// Why it slipped, and what is done about it.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// The decision by which the agreed day was changed.
    async fn decision(&self) -> Option<&str> {
        self.row.decision.as_deref()
    }

    /// The day this is told of.
    async fn as_at(&self) -> Date {
        Date(self.row.as_at)
    }

    /// The programme or project it is of, where it was reported on.
    async fn project(&self, ctx: &Context<'_>) -> Option<Result<Project>> {
        by_code(ctx, &self.row.project, self.at).await.transpose()
    }

    /// The element of its programme or project; null where the edition in force has none of its ref.
    async fn element(&self, ctx: &Context<'_>) -> Option<Result<Element>> {
        ground(ctx).await.map(|ground| ground.element(&self.row.project)).transpose()
    }

    /// That it cannot be when expected, as something it waits for comes later; null where nothing holds it up.
    async fn held_up(&self, ctx: &Context<'_>) -> Option<Result<HeldUp>> {
        held_up(ctx, &self.row.code, self.days().day(), self.at).await.transpose()
    }

    /// The actions done for it, of those the viewer may read.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Option<Result<Vec<Action>>> {
        let find = async || {
            let all = visible(ctx, RecordKind::Action, self.at).await?;
            let done_for = |row: &DeliveryRow| matches!(row, DeliveryRow::Action(row) if row.milestone.as_ref() == Some(&self.row.code));
            let mine = all.iter().filter(|(record, _)| done_for(&record.row));
            Ok(mine.filter_map(|(record, _)| Action::of(record, self.at)).collect())
        };
        Some(find().await)
    }

    /// What was told of it, day by day, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<Telling>>> {
        Some(history(ctx, RecordKind::Milestone, &self.record, self.at).await)
    }
}
