//! Telling of records without a workbook.

mod assurance;
mod plans;
mod projects;

use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, SimpleObject};
use rules::delivery::book::{RecordKind, Shown};
use rules::text::ClosedSet;

use self::assurance::{
    AssessmentPayload, AssessmentRecordInput, MoneyPayload, MoneyRecordInput, RiskPayload, RiskRecordInput, ThemePayload, ThemeRecordInput,
};
use self::plans::{ActionPayload, ActionRecordInput, InsightPayload, InsightRecordInput, RecommendationPayload, RecommendationRecordInput};
use self::projects::{
    DependencyPayload, DependencyRecordInput, MilestonePayload, MilestoneRecordInput, ProjectPayload, ProjectRecordInput,
};
use super::{At, assessment, insight, money, project, recommendation, risk};
use crate::delivery::entry::{self, Given};
use crate::error::{Code, Error, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::scalars::{Date, Decimal, Period};
use crate::graphql::session::session;

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
