//! Telling of records without a workbook.

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use rules::delivery::book::{RecordKind, Shown, theme_code};
use rules::text::ClosedSet;

use super::project::Dependency;
use super::words::{
    ActionKind, ActionStatus, DeliveryStatus, Fund, InsightOrigin, ProjectStage, RecommendationResponse, RecommendationSource,
    RecommendationWeight, RiskState,
};
use super::{
    Action, Assessment, At, Insight, Instrument, Milestone, Money, Project, Recommendation, Risk, assessment, insight, money, project,
    recommendation, risk,
};
use crate::delivery::entry::{self, Given};
use crate::error::{Code, Error, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::scalars::{Date, Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::Mode;

fn put(given: &mut Given, heading: &'static str, shown: Shown) {
    given.cells.insert(heading, shown);
}

fn over<T>(given: &mut Given, heading: &'static str, value: &MaybeUndefined<T>, shown: impl FnOnce(&T) -> Shown) {
    match value {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => put(given, heading, Shown::Blank),
        MaybeUndefined::Value(value) => put(given, heading, shown(value)),
    }
}

fn text(given: &mut Given, heading: &'static str, value: &MaybeUndefined<String>) {
    over(given, heading, value, |text| Shown::Text(text.clone()));
}

fn day(given: &mut Given, heading: &'static str, value: &MaybeUndefined<Date>) {
    over(given, heading, value, |day| Shown::Day(day.0));
}

fn figure(given: &mut Given, heading: &'static str, value: &MaybeUndefined<Decimal>) {
    over(given, heading, value, |figure| Shown::Figure(figure.0));
}

fn whole(given: &mut Given, heading: &'static str, value: &MaybeUndefined<u32>) {
    over(given, heading, value, |whole| Shown::Figure((*whole).into()));
}

fn period(given: &mut Given, heading: &'static str, value: &MaybeUndefined<Period>) {
    over(given, heading, value, |period| Shown::Text(period.0.to_string()));
}

fn yes(given: &mut Given, heading: &'static str, value: &MaybeUndefined<bool>) {
    over(given, heading, value, |yes| Shown::Text(if *yes { "Yes" } else { "No" }.to_owned()));
}

fn list(given: &mut Given, heading: &'static str, value: &MaybeUndefined<Vec<String>>) {
    over(given, heading, value, |items| Shown::Text(items.join(&entry::ITEMS.to_string())));
}

fn word<R: ClosedSet + From<T>, T: Copy>(given: &mut Given, heading: &'static str, value: &MaybeUndefined<T>) {
    over(given, heading, value, |word| Shown::Text(R::from(*word).words().to_owned()));
}

/// Tells of a record and makes the change so; answers what can be put right, where it was refused.
async fn tell(
    ctx: &Context<'_>,
    council: &str,
    record: (RecordKind, &str),
    (given, acknowledged): (&Given, &[String]),
) -> Result<Option<UserError>> {
    let (tx, actor) = session(ctx).change().await?;
    let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
    let done = entry::record(&deed, council, record, given, acknowledged).await;
    let (_, errors) = finish(tx, done).await?;
    Ok(errors.into_iter().next())
}

/// What was told, for whoever may read it: some may tell what they may not read.
fn readable<T>(found: Result<Option<T>>) -> Result<Option<T>> {
    match found {
        Err(Error { code: Code::Forbidden, .. }) => Ok(None),
        found => found,
    }
}

/// What is told of a recommendation. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct RecommendationRecordInput {
    /// Code of the council.
    council: String,
    /// Its ref: a new one, or that of one that is held.
    code: String,
    /// What is recommended.
    title: MaybeUndefined<String>,
    /// One of the report's own, or a suggestion beside them; its own unless this says otherwise.
    weight: MaybeUndefined<RecommendationWeight>,
    /// Where it comes from.
    source: MaybeUndefined<RecommendationSource>,
    /// The report it stands in.
    report: MaybeUndefined<String>,
    /// The body that made it.
    made_by: MaybeUndefined<String>,
    /// When.
    made_on: MaybeUndefined<Date>,
    /// Ref of the element it is about; left out for the whole council.
    element: MaybeUndefined<String>,
    /// What was said to it.
    response: MaybeUndefined<RecommendationResponse>,
    /// In which words.
    reply: MaybeUndefined<String>,
    /// Who leads what is done about it.
    lead: MaybeUndefined<String>,
    /// By when all of it is to be done.
    due_on: MaybeUndefined<Date>,
    /// What shows that it was done.
    evidence: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct RecommendationPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    recommendation: Option<Recommendation>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl RecommendationRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Recommendation", &self.title);
        word::<rules::delivery::action::RecommendationWeight, _>(&mut given, "Weight", &self.weight);
        word::<rules::delivery::action::RecommendationSource, _>(&mut given, "Source", &self.source);
        text(&mut given, "Report", &self.report);
        text(&mut given, "Made by", &self.made_by);
        day(&mut given, "Date made", &self.made_on);
        text(&mut given, "Element", &self.element);
        word::<rules::delivery::action::Response, _>(&mut given, "Response", &self.response);
        text(&mut given, "Reply", &self.reply);
        text(&mut given, "Lead", &self.lead);
        day(&mut given, "Due date", &self.due_on);
        text(&mut given, "Evidence", &self.evidence);
        given
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of an action. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ActionRecordInput {
    /// Code of the council.
    council: String,
    /// Its ref: a new one, or that of one that is held.
    code: String,
    /// What is to be done.
    title: MaybeUndefined<String>,
    /// What it belongs to.
    kind: MaybeUndefined<ActionKind>,
    /// Ref of the recommendation it answers.
    answers: MaybeUndefined<String>,
    /// Ref of the milestone it is done for.
    milestone: MaybeUndefined<String>,
    /// Ref of the indicator it is to bring back on target.
    indicator: MaybeUndefined<String>,
    /// Ref of the element whose plan it stands in.
    element: MaybeUndefined<String>,
    /// Do, enable or influence.
    mode: MaybeUndefined<Mode>,
    /// Who answers for it.
    lead_officer: MaybeUndefined<String>,
    /// Which member answers for it.
    lead_member: MaybeUndefined<String>,
    /// The day first promised.
    due_on: MaybeUndefined<Date>,
    /// The day promised now, where it is another.
    revised_due_on: MaybeUndefined<Date>,
    /// Where it stands.
    status: MaybeUndefined<ActionStatus>,
    /// What was done, and what comes next.
    progress: MaybeUndefined<String>,
    /// The decision by which it was cancelled or put off.
    decision: MaybeUndefined<String>,
    /// The day this is told of.
    as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ActionPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    action: Option<Action>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl ActionRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Action", &self.title);
        word::<rules::delivery::action::ActionKind, _>(&mut given, "Kind", &self.kind);
        text(&mut given, "Answers", &self.answers);
        text(&mut given, "Milestone", &self.milestone);
        text(&mut given, "Indicator", &self.indicator);
        text(&mut given, "Element", &self.element);
        word::<rules::measure::Mode, _>(&mut given, "Council role", &self.mode);
        text(&mut given, "Lead officer", &self.lead_officer);
        text(&mut given, "Lead member", &self.lead_member);
        day(&mut given, "Due date", &self.due_on);
        day(&mut given, "Revised due date", &self.revised_due_on);
        word::<rules::delivery::action::ActionStatus, _>(&mut given, "Status", &self.status);
        text(&mut given, "Progress", &self.progress);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of a programme or project. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ProjectRecordInput {
    /// Code of the council.
    council: String,
    /// Ref of its element.
    element: String,
    /// How far it is.
    stage: MaybeUndefined<ProjectStage>,
    /// Whether it keeps to its days.
    time: MaybeUndefined<DeliveryStatus>,
    /// Whether it keeps to its money.
    cost: MaybeUndefined<DeliveryStatus>,
    /// Whether it does what was agreed.
    scope: MaybeUndefined<DeliveryStatus>,
    /// Whether it brings what was promised.
    benefits: MaybeUndefined<DeliveryStatus>,
    /// The day it begins.
    starts_on: MaybeUndefined<Date>,
    /// The day it was agreed to end. Another one later takes a decision.
    baseline_end: MaybeUndefined<Date>,
    /// The day it is expected to end, where that is another.
    forecast_end: MaybeUndefined<Date>,
    /// The day it ended.
    ended_on: MaybeUndefined<Date>,
    /// Who runs it.
    manager: MaybeUndefined<String>,
    /// Who answers for it.
    sponsor: MaybeUndefined<String>,
    /// Pounds approved, for all of it.
    budget: MaybeUndefined<Decimal>,
    /// Pounds spent so far.
    spent: MaybeUndefined<Decimal>,
    /// Pounds all of it is expected to cost.
    forecast_spend: MaybeUndefined<Decimal>,
    /// What members should know.
    summary: MaybeUndefined<String>,
    /// The decision by which the agreed end was changed, or it was stopped.
    decision: MaybeUndefined<String>,
    /// The day this is told of.
    as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ProjectPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    project: Option<Project>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl ProjectRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.element.clone()));
        word::<rules::delivery::project::Stage, _>(&mut given, "Stage", &self.stage);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Time", &self.time);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Cost", &self.cost);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Scope", &self.scope);
        word::<rules::delivery::project::DeliveryStatus, _>(&mut given, "Benefits", &self.benefits);
        day(&mut given, "Starts on", &self.starts_on);
        day(&mut given, "Baseline end", &self.baseline_end);
        day(&mut given, "Forecast end", &self.forecast_end);
        day(&mut given, "Ended on", &self.ended_on);
        text(&mut given, "Manager", &self.manager);
        text(&mut given, "Sponsor", &self.sponsor);
        figure(&mut given, "Approved budget", &self.budget);
        figure(&mut given, "Spent to date", &self.spent);
        figure(&mut given, "Forecast spend", &self.forecast_spend);
        text(&mut given, "Summary", &self.summary);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    fn key(&self) -> String {
        self.element.clone()
    }
}

/// What is told of a milestone. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct MilestoneRecordInput {
    /// Code of the council.
    council: String,
    /// Its ref: a new one, or that of one that is held.
    code: String,
    /// Ref of the programme or project it is of.
    project: MaybeUndefined<String>,
    /// What is reached.
    title: MaybeUndefined<String>,
    /// The day agreed. Another one later takes a decision.
    baseline: MaybeUndefined<Date>,
    /// The day expected, where that is another.
    forecast: MaybeUndefined<Date>,
    /// The day it was reached.
    actual: MaybeUndefined<Date>,
    /// Who answers for it.
    owner: MaybeUndefined<String>,
    /// Why it slipped, and what is done about it.
    note: MaybeUndefined<String>,
    /// The decision by which the agreed day was changed.
    decision: MaybeUndefined<String>,
    /// The day this is told of.
    as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct MilestonePayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    milestone: Option<Milestone>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl MilestoneRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Project", &self.project);
        text(&mut given, "Milestone", &self.title);
        day(&mut given, "Baseline date", &self.baseline);
        day(&mut given, "Forecast date", &self.forecast);
        day(&mut given, "Actual date", &self.actual);
        text(&mut given, "Owner", &self.owner);
        text(&mut given, "Note", &self.note);
        text(&mut given, "Decision", &self.decision);
        day(&mut given, "As at", &self.as_at);
        given
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of a milestone or project that waits for another. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct DependencyRecordInput {
    /// Code of the council.
    council: String,
    /// Ref of the milestone or project that waits; a project stands for its end.
    waits: String,
    /// Ref of what it waits for.
    on: String,
    /// Days between them at least; 0 unless this says otherwise.
    days: MaybeUndefined<u32>,
    /// Why.
    note: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct DependencyPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    dependency: Option<Dependency>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl DependencyRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.waits.clone()));
        put(&mut given, "Waits for", Shown::Text(self.on.clone()));
        whole(&mut given, "Days between", &self.days);
        text(&mut given, "Why", &self.note);
        given
    }

    fn key(&self) -> String {
        format!("{} waits for {}", self.waits.trim(), self.on.trim())
    }
}

/// What is told of a risk. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct RiskRecordInput {
    /// Code of the council.
    council: String,
    /// Its ref: a new one, or that of one that is held.
    code: String,
    /// What it is called.
    title: MaybeUndefined<String>,
    /// What may bring it about.
    cause: MaybeUndefined<String>,
    /// What may happen.
    event: MaybeUndefined<String>,
    /// What that would do.
    impact: MaybeUndefined<String>,
    /// Ref of the element it bears on.
    element: MaybeUndefined<String>,
    /// Ref of the indicator it bears on.
    indicator: MaybeUndefined<String>,
    /// Who answers for it.
    owner: MaybeUndefined<String>,
    /// 1 to 5, were nothing done about it.
    inherent_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, were nothing done about it.
    inherent_impact: MaybeUndefined<u32>,
    /// 1 to 5, with what is done about it now.
    residual_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, with what is done about it now.
    residual_impact: MaybeUndefined<u32>,
    /// 1 to 5, with all that is planned done.
    target_likelihood: MaybeUndefined<u32>,
    /// 1 to 5, with all that is planned done.
    target_impact: MaybeUndefined<u32>,
    /// The highest score that is borne, 1 to 25.
    appetite: MaybeUndefined<u32>,
    /// What is done about it now.
    controls: MaybeUndefined<String>,
    /// What is to be done about it yet.
    further_action: MaybeUndefined<String>,
    /// By when.
    action_due: MaybeUndefined<Date>,
    /// Whether it is looked after; open unless this says otherwise.
    state: MaybeUndefined<RiskState>,
    /// The day it is to be looked at again.
    review_on: MaybeUndefined<Date>,
    /// What this look found.
    review: MaybeUndefined<String>,
    /// The day it was looked at.
    as_at: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct RiskPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    risk: Option<Risk>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl RiskRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Risk", &self.title);
        text(&mut given, "Cause", &self.cause);
        text(&mut given, "Event", &self.event);
        text(&mut given, "Impact", &self.impact);
        text(&mut given, "Element", &self.element);
        text(&mut given, "Indicator", &self.indicator);
        text(&mut given, "Owner", &self.owner);
        whole(&mut given, "Inherent likelihood", &self.inherent_likelihood);
        whole(&mut given, "Inherent impact", &self.inherent_impact);
        whole(&mut given, "Residual likelihood", &self.residual_likelihood);
        whole(&mut given, "Residual impact", &self.residual_impact);
        whole(&mut given, "Target likelihood", &self.target_likelihood);
        whole(&mut given, "Target impact", &self.target_impact);
        whole(&mut given, "Appetite", &self.appetite);
        text(&mut given, "Controls", &self.controls);
        text(&mut given, "Further action", &self.further_action);
        day(&mut given, "Action due date", &self.action_due);
        word::<rules::delivery::risk::RiskState, _>(&mut given, "State", &self.state);
        day(&mut given, "Next review", &self.review_on);
        text(&mut given, "Review", &self.review);
        day(&mut given, "As at", &self.as_at);
        given
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of money of an element, as at the end of a period. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct MoneyRecordInput {
    /// Code of the council.
    council: String,
    /// Ref of the element.
    element: String,
    /// The year, or a period of it.
    period: Period,
    /// Revenue or capital.
    fund: Fund,
    /// Pounds voted for the year.
    budget: MaybeUndefined<Decimal>,
    /// Pounds moved to it in the period; below zero, from it.
    virement: MaybeUndefined<Decimal>,
    /// Pounds spent from the beginning of the year to the end of the period.
    actual: MaybeUndefined<Decimal>,
    /// Pounds the year is expected to come to.
    forecast: MaybeUndefined<Decimal>,
    /// Per cent of the budget the year may end from it before it is amber, and twice that before it is red: 0 to 100.
    tolerance: MaybeUndefined<Decimal>,
    /// Why it is not as planned, and what is done about it.
    note: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct MoneyPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    money: Option<Money>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl MoneyRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.element.clone()));
        put(&mut given, "Period", Shown::Text(self.period.0.to_string()));
        put(&mut given, "Fund", Shown::Text(rules::delivery::money::Fund::from(self.fund).words().to_owned()));
        figure(&mut given, "Budget", &self.budget);
        figure(&mut given, "Virement", &self.virement);
        figure(&mut given, "Actual to date", &self.actual);
        figure(&mut given, "Forecast outturn", &self.forecast);
        figure(&mut given, "Tolerance", &self.tolerance);
        text(&mut given, "Note", &self.note);
        given
    }

    fn key(&self) -> String {
        format!("{} {} {}", self.element.trim(), self.period.0, rules::delivery::money::Fund::from(self.fund).words().to_lowercase())
    }
}

/// What is told of a theme of an instrument of assessment. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct ThemeRecordInput {
    /// Code of the council.
    council: String,
    /// Ref of the instrument.
    instrument: String,
    /// Ref of the theme.
    theme: String,
    /// What the instrument is called.
    instrument_title: MaybeUndefined<String>,
    /// What the theme is called.
    title: MaybeUndefined<String>,
    /// What is found where all is well.
    characteristics: MaybeUndefined<Vec<String>>,
    /// What is found where it is not.
    failures: MaybeUndefined<Vec<String>>,
    /// The ratings there are, from worst to best; the same for every theme of the instrument.
    scale: MaybeUndefined<Vec<String>>,
    /// Where it stands written.
    published: MaybeUndefined<String>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct ThemePayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    instrument: Option<Instrument>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl ThemeRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.instrument.clone()));
        put(&mut given, "Theme", Shown::Text(self.theme.clone()));
        text(&mut given, "Instrument", &self.instrument_title);
        text(&mut given, "Theme title", &self.title);
        list(&mut given, "Characteristics", &self.characteristics);
        list(&mut given, "Indicators of potential failure", &self.failures);
        list(&mut given, "Ratings", &self.scale);
        text(&mut given, "Source", &self.published);
        given
    }

    fn key(&self) -> String {
        theme_code(self.instrument.trim(), self.theme.trim())
    }
}

/// What is told of a theme in an edition of an assessment. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct AssessmentRecordInput {
    /// Code of the council.
    council: String,
    /// Ref of the instrument.
    instrument: String,
    /// The edition.
    edition: String,
    /// Ref of the theme.
    theme: String,
    /// One of the instrument's ratings.
    rating: MaybeUndefined<String>,
    /// Why.
    narrative: MaybeUndefined<String>,
    /// What shows it: `Indicator PI1`, `Action A4`, `Risk R2`.
    evidence: MaybeUndefined<Vec<String>>,
    /// Who found it.
    assessed_by: MaybeUndefined<String>,
    /// When.
    assessed_on: MaybeUndefined<Date>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct AssessmentPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    assessment: Option<Assessment>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl AssessmentRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.instrument.clone()));
        put(&mut given, "Edition", Shown::Text(self.edition.clone()));
        put(&mut given, "Theme", Shown::Text(self.theme.clone()));
        text(&mut given, "Rating", &self.rating);
        text(&mut given, "Narrative", &self.narrative);
        list(&mut given, "Evidence", &self.evidence);
        text(&mut given, "Assessed by", &self.assessed_by);
        day(&mut given, "Assessed on", &self.assessed_on);
        given
    }

    fn key(&self) -> String {
        format!("{} {}", theme_code(self.instrument.trim(), self.theme.trim()), self.edition.trim())
    }
}

/// What is told of an element that no figure tells. What is left out stays as it is held, what is null is blank from now on.
#[derive(InputObject)]
pub struct InsightRecordInput {
    /// Code of the council.
    council: String,
    /// Its ref: a new one, or that of one that is held.
    code: String,
    /// Ref of the element.
    element: MaybeUndefined<String>,
    /// Where it comes from.
    origin: MaybeUndefined<InsightOrigin>,
    /// The period it speaks of.
    period: MaybeUndefined<Period>,
    /// What is told.
    text: MaybeUndefined<String>,
    /// The survey, report or person it is from.
    source: MaybeUndefined<String>,
    /// When it was told.
    told_on: MaybeUndefined<Date>,
    /// It may speak of persons: no pack prints it.
    sensitive: MaybeUndefined<bool>,
    /// Codes of warnings that are right as they are.
    #[graphql(default)]
    acknowledge: Vec<String>,
}

/// What became of telling it.
#[derive(SimpleObject)]
pub struct InsightPayload {
    /// As it is told now; null when it was refused, or is not the viewer's to read.
    insight: Option<Insight>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `DETAIL_NEEDED`, `REF_INVALID`, `WHOLE_NUMBER_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, and
    /// the codes of findings of plans (`PLN-…`), which `diagnosticCodes` lists.
    user_errors: Vec<UserError>,
}

impl InsightRecordInput {
    fn given(&self) -> Given {
        let mut given = Given::default();
        put(&mut given, "Ref", Shown::Text(self.code.clone()));
        text(&mut given, "Element", &self.element);
        word::<rules::delivery::insight::InsightOrigin, _>(&mut given, "Origin", &self.origin);
        period(&mut given, "Period", &self.period);
        text(&mut given, "Insight", &self.text);
        text(&mut given, "Source", &self.source);
        day(&mut given, "Date", &self.told_on);
        yes(&mut given, "Sensitive", &self.sensitive);
        given
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// What is told of plans, programmes, risks, money and assessments.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::delivery::book::RecordKind")]
pub enum DeliveryRecordKind {
    /// A recommendation.
    Recommendation,
    /// How a programme or project stands.
    Project,
    /// A milestone.
    Milestone,
    /// That a milestone or project waits for another: `M1 waits for M2`.
    Dependency,
    /// An action.
    Action,
    /// A risk.
    Risk,
    /// Money of an element: `S-HR 2024/25 Q1 revenue`.
    Money,
    /// A theme of an instrument: `BV LEAD`.
    Theme,
    /// What was found about a theme: `BV LEAD 2024`.
    Assessment,
    /// Something told of an element that no figure tells.
    Insight,
}

/// Something that was told by mistake.
#[derive(InputObject)]
pub struct DeliveryWithdrawInput {
    /// Code of the council.
    council: String,
    /// What it is.
    kind: DeliveryRecordKind,
    /// Its ref, or what stands for one.
    code: String,
    /// Why, 500 characters at most.
    reason: String,
}

/// What became of withdrawing it.
#[derive(SimpleObject)]
pub struct DeliveryWithdrawPayload {
    /// Its ref; null when it was refused.
    code: Option<String>,
    /// What can be put right: `COUNCIL_NOT_FOUND`, `RECORD_NOT_FOUND`, `RECORD_NEEDED`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Telling of plans, programmes, risks, money and assessments.
#[derive(Default)]
pub struct DeliveryMutation;

/// Telling of plans, programmes, risks, money and assessments.
#[Object]
impl DeliveryMutation {
    /// Tells of a recommendation: a new one, or how one that is held stands now. What was told before stays readable.
    async fn recommendation_record(&self, ctx: &Context<'_>, input: RecommendationRecordInput) -> Option<Result<RecommendationPayload>> {
        let verb = async || {
            let (recommendation, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Recommendation, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(recommendation::by_code(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(RecommendationPayload { recommendation, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of an action: a new one, or how one that is held stands now. What was told before stays readable.
    async fn action_record(&self, ctx: &Context<'_>, input: ActionRecordInput) -> Option<Result<ActionPayload>> {
        let verb = async || {
            let (action, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Action, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(super::council::action(ctx, &input.key()).await)?, Vec::new()),
                };
            Ok(ActionPayload { action, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of how a programme or project stands: a new one, or how one that is held stands now. What was told before stays readable.
    async fn project_record(&self, ctx: &Context<'_>, input: ProjectRecordInput) -> Option<Result<ProjectPayload>> {
        let verb = async || {
            let (project, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Project, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(project::by_code(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(ProjectPayload { project, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of a milestone: a new one, or how one that is held stands now. What was told before stays readable.
    async fn milestone_record(&self, ctx: &Context<'_>, input: MilestoneRecordInput) -> Option<Result<MilestonePayload>> {
        let verb = async || {
            let (milestone, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Milestone, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(project::milestone(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(MilestonePayload { milestone, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of that a milestone or project waits for another: a new one, or how one that is held stands now. What was told before stays readable.
    async fn dependency_record(&self, ctx: &Context<'_>, input: DependencyRecordInput) -> Option<Result<DependencyPayload>> {
        let verb = async || {
            let (dependency, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Dependency, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(project::dependency(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(DependencyPayload { dependency, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of a risk: a new one, or how one that is held stands now. What was told before stays readable.
    async fn risk_record(&self, ctx: &Context<'_>, input: RiskRecordInput) -> Option<Result<RiskPayload>> {
        let verb = async || {
            let (risk, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Risk, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(risk::by_code(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(RiskPayload { risk, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of money of an element, as at the end of a period: a new one, or how one that is held stands now. What was told before stays readable.
    async fn money_record(&self, ctx: &Context<'_>, input: MoneyRecordInput) -> Option<Result<MoneyPayload>> {
        let verb = async || {
            let (money, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Money, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(money::of_element(ctx, (&input.element, input.fund, input.period.0)).await)?, Vec::new()),
                };
            Ok(MoneyPayload { money, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of a theme of an instrument of assessment: a new one, or how one that is held stands now. What was told before stays readable.
    async fn theme_record(&self, ctx: &Context<'_>, input: ThemeRecordInput) -> Option<Result<ThemePayload>> {
        let verb = async || {
            let (instrument, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Theme, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(assessment::instrument(ctx, &input.instrument, At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(ThemePayload { instrument, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of what was found about a theme in an edition of an assessment: a new one, or how one that is held stands now. What was told before stays readable.
    async fn assessment_record(&self, ctx: &Context<'_>, input: AssessmentRecordInput) -> Option<Result<AssessmentPayload>> {
        let verb = async || {
            let (assessment, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Assessment, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(assessment::by_code(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(AssessmentPayload { assessment, user_errors })
        };
        Some(verb().await)
    }

    /// Tells of something of an element that no figure tells: a new one, or how one that is held stands now. What was told before stays readable.
    async fn insight_record(&self, ctx: &Context<'_>, input: InsightRecordInput) -> Option<Result<InsightPayload>> {
        let verb = async || {
            let (insight, user_errors) =
                match tell(ctx, &input.council, (RecordKind::Insight, &input.key()), (&input.given(), &input.acknowledge)).await? {
                    Some(error) => (None, vec![error]),
                    None => (readable(insight::by_code(ctx, &input.key(), At::of(ctx, None)).await)?, Vec::new()),
                };
            Ok(InsightPayload { insight, user_errors })
        };
        Some(verb().await)
    }

    /// Takes back what was told of a record by mistake: it is told no more, and reads as it did as at any earlier instant.
    async fn delivery_withdraw(&self, ctx: &Context<'_>, input: DeliveryWithdrawInput) -> Option<Result<DeliveryWithdrawPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = entry::withdraw(&deed, &input.council, (input.kind.into(), &input.code), &input.reason).await;
            let (done, user_errors) = finish(tx, done).await?;
            Ok(DeliveryWithdrawPayload { code: done.map(|_| input.code.clone()), user_errors })
        };
        Some(verb().await)
    }
}
