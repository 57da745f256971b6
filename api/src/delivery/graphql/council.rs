//! Where plans, programmes, risks and money are found: under the council, and under each element.

use std::sync::Arc;

use async_graphql::{Context, Object};
use rules::delivery::book::RecordKind;
use rules::delivery::project::MilestoneState as State;
use rules::delivery::risk::{Rating, RiskState as Open};
use uuid::Uuid;

use super::action::{self, Action, ActionConnection, ActionCounts};
use super::assessment::{self, Instrument};
use super::insight::{self, Insight};
use super::money::{self, Money, Wanted};
use super::project::{self, Milestone, MilestoneConnection, Project};
use super::recommendation::{self, Recommendation, RecommendationTally};
use super::risk::{self, Risk, RiskCell, RiskConnection};
use super::words::{ActionKind, ActionStatus, Fund, InsightOrigin, MilestoneState, RecommendationSource, RiskBand};
use super::{At, ground, inside, visible};
use crate::error::Result;
use crate::frameworks::IndicatorEntry;
use crate::graphql::page::{Ask, MANY};
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;
use crate::indicators::graphql::{Indicator, Page};

/// Which actions are asked for.
#[derive(Default)]
pub struct Filter {
    pub element: Option<String>,
    pub status: Option<Vec<ActionStatus>>,
    pub kind: Option<ActionKind>,
    pub indicator: Option<String>,
    pub recommendation: Option<String>,
    pub overdue: Option<bool>,
}

/// Actions the viewer may read, in the order of their refs.
pub async fn actions(ctx: &Context<'_>, filter: &Filter, at: At) -> Result<Vec<Action>> {
    let ground = ground(ctx).await?;
    let asked = filter.element.as_ref().map(|code| ground.below(code.trim()).unwrap_or_default());
    let is = |wanted: &Option<String>, held: Option<&String>| {
        wanted.as_ref().is_none_or(|wanted| held.is_some_and(|held| held.eq_ignore_ascii_case(wanted.trim())))
    };
    let kind = filter.kind.map(rules::delivery::action::ActionKind::from);
    let statuses: Option<Vec<rules::delivery::action::ActionStatus>> =
        filter.status.as_ref().map(|all| all.iter().map(|one| (*one).into()).collect());
    let found = visible(ctx, RecordKind::Action, at).await?;
    let found = found.iter().filter(|(_, place)| asked.as_ref().is_none_or(|elements| inside(*place, elements)));
    Ok(found
        .filter_map(|(record, _)| Action::of(record, at))
        .filter(|of| {
            let row = of.row();
            kind.is_none_or(|kind| kind == row.kind)
                && statuses.as_ref().is_none_or(|all| all.contains(&row.status))
                && is(&filter.indicator, row.indicator.as_ref())
                && is(&filter.recommendation, row.answers.as_ref())
                && filter.overdue.is_none_or(|overdue| overdue == (of.lateness().overdue > 0))
        })
        .collect())
}

/// An action the viewer may read, by its ref.
pub async fn action(ctx: &Context<'_>, code: &str) -> Result<Option<Action>> {
    let all = actions(ctx, &Filter::default(), At::of(ctx, None)).await?;
    Ok(all.into_iter().find(|of| of.row().code.eq_ignore_ascii_case(code.trim())))
}

/// Whether the plans are being delivered: everything of delivery that the viewer may read, as it reads now or read at an instant.
pub struct Delivery {
    at: At,
}

impl Delivery {
    pub fn of(ctx: &Context<'_>, as_at: Option<DateTime>) -> Self {
        Self { at: At::of(ctx, as_at.map(|at| at.0)) }
    }
}

/// Whether the plans are being delivered: actions and recommendations, programmes and projects, risks, money, assessments, insight. Of
/// each what the viewer may read: their responsibility covers what it hangs on.
#[Object]
impl Delivery {
    /// Actions, in the order of their refs: of an element and all below it, of some statuses, of a kind, for an indicator, answering a
    /// recommendation, overdue or not. 500 a page at most.
    #[expect(clippy::too_many_arguments, reason = "what a client may narrow the list by")]
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn actions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "The ref of an element.")] element: Option<String>,
        status: Option<Vec<ActionStatus>>,
        kind: Option<ActionKind>,
        #[graphql(desc = "The ref of an indicator.")] indicator: Option<String>,
        #[graphql(desc = "The ref of a recommendation.")] recommendation: Option<String>,
        overdue: Option<bool>,
    ) -> Option<Result<ActionConnection>> {
        let find = async || {
            let ask = Ask::new(first, after.as_deref())?;
            let filter = Filter { element, status, kind, indicator, recommendation, overdue };
            let found = actions(ctx, &filter, self.at).await?;
            Ok(ActionConnection::of(&found, &ask, |of| of.row().code.clone(), Action::clone))
        };
        Some(find().await)
    }

    /// An action by its ref. Null when absent or not yours to see.
    async fn action(&self, ctx: &Context<'_>, code: String) -> Option<Result<Action>> {
        let all = actions(ctx, &Filter::default(), self.at).await;
        all.map(|all| all.into_iter().find(|of| of.row().code.eq_ignore_ascii_case(code.trim()))).transpose()
    }

    /// How actions stand: all of them, or those of an element and all below it.
    async fn action_counts(&self, ctx: &Context<'_>, element: Option<String>) -> Option<Result<ActionCounts>> {
        let filter = Filter { element, ..Filter::default() };
        Some(actions(ctx, &filter, self.at).await.map(|all| action::counts(all.iter()).into()))
    }

    /// Recommendations, a report's own before the suggestions beside them, in the order of their refs: all, or those of one source.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn recommendations(&self, ctx: &Context<'_>, source: Option<RecommendationSource>) -> Option<Result<Vec<Recommendation>>> {
        let source = source.map(rules::delivery::action::RecommendationSource::from);
        let all = recommendation::all(ctx, self.at).await;
        Some(all.map(|all| all.into_iter().filter(|of| source.is_none_or(|source| source == of.row().source)).collect()))
    }

    /// A recommendation by its ref. Null when absent or not yours to see.
    async fn recommendation(&self, ctx: &Context<'_>, code: String) -> Option<Result<Recommendation>> {
        recommendation::by_code(ctx, &code, self.at).await.transpose()
    }

    /// How many recommendations there are of each report and weight, and how the actions that answer them stand.
    async fn recommendation_tallies(&self, ctx: &Context<'_>) -> Option<Result<Vec<RecommendationTally>>> {
        Some(recommendation::tallies(ctx, self.at).await)
    }

    /// Programmes and projects that were reported on, in the order of their refs: all, or those at and below an element.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn projects(&self, ctx: &Context<'_>, element: Option<String>) -> Option<Result<Vec<Project>>> {
        let find = async || {
            let below = match &element {
                Some(code) => Some(ground(ctx).await?.below(code.trim()).unwrap_or_default()),
                None => None,
            };
            let all = visible(ctx, RecordKind::Project, self.at).await?;
            let here = all.iter().filter(|(_, place)| below.as_ref().is_none_or(|elements| inside(*place, elements)));
            Ok(here.filter_map(|(record, _)| Project::of(record, self.at)).collect())
        };
        Some(find().await)
    }

    /// A programme or project by the ref of its element. Null when absent, not reported on, or not yours to see.
    async fn project(&self, ctx: &Context<'_>, code: String) -> Option<Result<Project>> {
        project::by_code(ctx, &code, self.at).await.transpose()
    }

    /// Milestones by the day they were reached or are expected: all, or those in some states. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn milestones(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        state: Option<Vec<MilestoneState>>,
    ) -> Option<Result<MilestoneConnection>> {
        let find = async || {
            let ask = Ask::new(first, after.as_deref())?;
            let states: Option<Vec<State>> = state.map(|all| all.into_iter().map(Into::into).collect());
            let mut found = project::milestones(ctx, self.at).await?;
            found.retain(|of| states.as_ref().is_none_or(|all| all.contains(&of.state_now())));
            found.sort_by_key(|of| (of.days().day(), of.row().code.clone()));
            Ok(MilestoneConnection::of(&found, &ask, |of| of.row().code.clone(), Milestone::clone))
        };
        Some(find().await)
    }

    /// Risks, the highest residual score first: all, those at and below an element, of a band, within what is borne or not; closed ones
    /// where they are asked for. 500 a page at most.
    #[expect(clippy::too_many_arguments, reason = "what a client may narrow the list by")]
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn risks(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "The ref of an element.")] element: Option<String>,
        band: Option<RiskBand>,
        within_appetite: Option<bool>,
        #[graphql(desc = "Whether closed risks are listed too.", default = false)] closed: bool,
    ) -> Option<Result<RiskConnection>> {
        let find = async || {
            let ask = Ask::new(first, after.as_deref())?;
            let below = match &element {
                Some(code) => Some(ground(ctx).await?.below(code.trim()).unwrap_or_default()),
                None => None,
            };
            let all = visible(ctx, RecordKind::Risk, self.at).await?;
            let here = all.iter().filter(|(_, place)| below.as_ref().is_none_or(|elements| inside(*place, elements)));
            let mut found: Vec<Risk> = here
                .filter_map(|(record, _)| Risk::of(record, self.at))
                .filter(|of| closed || of.row().state != Open::Closed)
                .filter(|of| within_appetite.is_none_or(|within| within == of.is_within()))
                .filter(|of| band.is_none_or(|band| of.row().ratings()[1].is_some_and(|now| RiskBand::from(now.band()) == band)))
                .collect();
            let score = |of: &Risk| of.row().ratings()[1].map_or(0, Rating::score);
            found.sort_by_cached_key(|of| (std::cmp::Reverse(score(of)), crate::delivery::held::natural(&of.row().code)));
            Ok(RiskConnection::of(&found, &ask, |of| of.row().code.clone(), Risk::clone))
        };
        Some(find().await)
    }

    /// A risk by its ref. Null when absent or not yours to see.
    async fn risk(&self, ctx: &Context<'_>, code: String) -> Option<Result<Risk>> {
        risk::by_code(ctx, &code, self.at).await.transpose()
    }

    /// The heat map: 25 cells of likelihood and impact, from the likeliest and worst down, with the open risks that score so now.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn heat_map(&self, ctx: &Context<'_>) -> Option<Result<Vec<RiskCell>>> {
        Some(risk::heat_map(ctx, self.at).await)
    }

    /// Money of elements in the financial year a period stands in, as at the period's end, in the framework's order: all, or those at
    /// and below an element; of one fund.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn money(
        &self,
        ctx: &Context<'_>,
        period: Period,
        #[graphql(desc = "The ref of an element.")] element: Option<String>,
        fund: Option<Fund>,
    ) -> Option<Result<Vec<Money>>> {
        Some(money::money(ctx, Wanted { until: period.0, element, fund }, self.at).await)
    }

    /// Unit costs: indicators that say what one of something costs, which are ratios of a cost over a volume, in the framework's order.
    /// Their `series` has both; those with the same `externalMetric` compare between services and councils.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn unit_costs(&self, ctx: &Context<'_>) -> Option<Result<Vec<Indicator>>> {
        let find = async || {
            let today = session(ctx).app.clock.today();
            let (readings, _) = session(ctx).readings(today).await?;
            readings.of_framework()?;
            let Some(catalogue) = ground(ctx).await?.catalogue.clone() else { return Ok(Vec::new()) };
            let is_one = |of: &&IndicatorEntry| of.latest().unit_cost && readings.names(of.id, of.owner);
            let ids: Vec<Uuid> = catalogue.indicators.iter().filter(is_one).map(|of| of.id).collect();
            let page = Page::new(catalogue, today, None, ids.clone());
            Ok(ids.into_iter().map(|id| Indicator { page: Arc::clone(&page), id }).collect())
        };
        Some(find().await)
    }

    /// Instruments of assessment with what was found by them.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn instruments(&self, ctx: &Context<'_>) -> Option<Result<Vec<Instrument>>> {
        Some(assessment::instruments(ctx, self.at).await)
    }

    /// What is told of elements that no figure tells, the latest first: all, or of an element and all below it; of one origin.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn insights(&self, ctx: &Context<'_>, element: Option<String>, origin: Option<InsightOrigin>) -> Option<Result<Vec<Insight>>> {
        Some(insight::insights(ctx, element.as_deref(), origin, self.at).await)
    }
}

/// The plan of an element: what is to be done at it and below it, what endangers it, what it costs, and what is told of it. A service
/// plan is that of a service, the corporate plan that of the strategic plan.
pub struct Plan {
    code: String,
    at: At,
}

impl Plan {
    pub fn of(ctx: &Context<'_>, code: &str) -> Self {
        Self { code: code.to_owned(), at: At::of(ctx, None) }
    }
}

/// The plan of an element and all below it: a service plan, or the corporate plan. Of each part what the viewer may read.
#[Object]
impl Plan {
    /// What is to be done, in the order of the refs.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>, status: Option<Vec<ActionStatus>>) -> Option<Result<Vec<Action>>> {
        let filter = Filter { element: Some(self.code.clone()), status, ..Filter::default() };
        Some(actions(ctx, &filter, self.at).await)
    }

    /// How its actions stand.
    async fn action_counts(&self, ctx: &Context<'_>) -> Option<Result<ActionCounts>> {
        let filter = Filter { element: Some(self.code.clone()), ..Filter::default() };
        Some(actions(ctx, &filter, self.at).await.map(|all| action::counts(all.iter()).into()))
    }

    /// How the element itself stands, where it is a programme or project that was reported on.
    async fn project(&self, ctx: &Context<'_>) -> Option<Result<Project>> {
        project::by_code(ctx, &self.code, self.at).await.transpose()
    }

    /// The open risks, the highest residual score first.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn risks(&self, ctx: &Context<'_>) -> Option<Result<Vec<Risk>>> {
        let find = async || {
            let below = ground(ctx).await?.below(&self.code).unwrap_or_default();
            let all = visible(ctx, RecordKind::Risk, self.at).await?;
            let here = all.iter().filter(|(_, place)| inside(*place, &below));
            let mut found: Vec<Risk> = here.filter_map(|(record, _)| Risk::of(record, self.at)).collect();
            found.retain(|of| of.row().state != Open::Closed);
            found.sort_by_key(|of| (std::cmp::Reverse(of.row().ratings()[1].map(Rating::score)), of.row().code.clone()));
            Ok(found)
        };
        Some(find().await)
    }

    /// Its money in the financial year a period stands in, as at the period's end.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn money(&self, ctx: &Context<'_>, period: Period, fund: Option<Fund>) -> Option<Result<Vec<Money>>> {
        Some(money::money(ctx, Wanted { until: period.0, element: Some(self.code.clone()), fund }, self.at).await)
    }

    /// What is told of it that no figure tells, the latest first.
    #[graphql(complexity = "crate::graphql::page::FEW * child_complexity")]
    async fn insights(&self, ctx: &Context<'_>, origin: Option<InsightOrigin>) -> Option<Result<Vec<Insight>>> {
        Some(insight::insights(ctx, Some(&self.code), origin, self.at).await)
    }
}
