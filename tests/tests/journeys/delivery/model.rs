//! Records of the small framework with two projects beside it, each as plain as it can be; a journey says what is otherwise.
//!
//! ```text
//! TP Transformation ─ PA Front door, PB Depot
//! ```

use exporters::delivery::render_delivery;
use goldenthread::access::GrantScope;
use rules::delivery::action::{ActionKind, ActionStatus, RecommendationSource, RecommendationWeight, Response};
use rules::delivery::book::{
    ActionRow, AssessmentRow, DeliveryBook, DeliveryRow, DependencyRow, InsightRow, MilestoneRow, MoneyRow, ProjectRow, RecommendationRow,
    RiskRow, ThemeRow,
};
use rules::delivery::insight::InsightOrigin;
use rules::delivery::money::Fund;
use rules::delivery::project::Stage;
use rules::delivery::risk::RiskState;
use rules::framework::{ElementRow, FrameworkBook};
use rules::measure::ElementKind;
use rules::permission::Role;
use tests::{Client, Harness, World, day, framework, period};

use super::{CODE, someone};

/// The day everything is told of, unless a journey says another: the journeys begin two weeks later.
pub const TOLD: &str = "2024-09-30";

fn element(code: &str, title: &str, kind: ElementKind, parent: Option<&str>) -> ElementRow {
    let mut row = framework(CODE).elements.remove(0);
    row.code = code.to_owned();
    row.title = title.to_owned();
    row.kind = kind;
    row.parent = parent.map(str::to_owned);
    row.position = 9;
    row
}

/// The small framework with a programme of two projects.
pub fn with_projects(council: &str) -> FrameworkBook {
    let mut book = framework(council);
    book.elements.push(element("TP", "Transformation", ElementKind::Programme, None));
    book.elements.push(element("PA", "Front door", ElementKind::Project, Some("TP")));
    book.elements.push(element("PB", "Depot", ElementKind::Project, Some("TP")));
    book
}

/// A council of that framework with those who keep its plans.
pub struct Small<'a> {
    pub world: World<'a>,
    /// Of the performance team: actions and risks of the whole council.
    pub keeper: Client<'a>,
    pub office: Client<'a>,
    pub finance: Client<'a>,
    /// Of Waste Services.
    pub manager: Client<'a>,
}

impl<'a> Small<'a> {
    pub async fn new(harness: &'a Harness) -> Small<'a> {
        Self::of(harness, CODE).await
    }

    pub async fn of(harness: &'a Harness, council: &'static str) -> Small<'a> {
        let world = World::with(harness, council, &with_projects(council)).await;
        let waste = GrantScope::Element(world.element("S1").await);
        Small {
            keeper: world.keeper(),
            office: someone(&world, "Olga Office", Role::ProgrammeOffice, GrantScope::Council).await,
            finance: someone(&world, "Fay Nance", Role::Finance, GrantScope::Council).await,
            manager: someone(&world, "Mina Manager", Role::ServiceManager, waste).await,
            world,
        }
    }

    /// Somebody who keeps assessments, for the panel.
    pub async fn committee(&self) -> Client<'a> {
        let panel = GrantScope::Forum(self.world.forum("SLT").await);
        someone(&self.world, "Councillor Chair", Role::GovernanceCommittee, panel).await
    }
}

/// Rows as the workbook that brings them in.
pub fn book(rows: impl IntoIterator<Item = DeliveryRow>) -> Vec<u8> {
    let book = DeliveryBook { council: CODE.to_owned(), title: "Plans".to_owned(), rows: rows.into_iter().collect() };
    render_delivery(&book, "2024-10-01T09:00:00Z".parse().expect("an instant")).expect("a workbook")
}

pub fn recommendation(code: &str) -> RecommendationRow {
    RecommendationRow {
        code: code.to_owned(),
        title: format!("Recommendation {code}"),
        weight: RecommendationWeight::Formal,
        source: RecommendationSource::InternalAudit,
        report: Some("Audit of waste".to_owned()),
        made_by: None,
        made_on: None,
        element: Some("S1".to_owned()),
        response: Response::Accepted,
        reply: None,
        lead: None,
        due_on: None,
        evidence: None,
    }
}

pub fn action(code: &str) -> ActionRow {
    ActionRow {
        code: code.to_owned(),
        title: format!("Action {code}"),
        kind: ActionKind::ServicePlan,
        answers: None,
        milestone: None,
        indicator: None,
        element: Some("S1".to_owned()),
        mode: None,
        lead_officer: "Head of Waste".to_owned(),
        lead_member: None,
        due_on: Some(day("2025-03-31")),
        revised_due_on: None,
        status: ActionStatus::OnTrack,
        progress: None,
        decision: None,
        as_at: day(TOLD),
    }
}

pub fn project(element: &str) -> ProjectRow {
    ProjectRow {
        element: element.to_owned(),
        stage: Stage::Delivery,
        time: None,
        cost: None,
        scope: None,
        benefits: None,
        starts_on: day("2024-04-01"),
        baseline_end: day("2025-03-31"),
        forecast_end: None,
        ended_on: None,
        manager: "Head of Change".to_owned(),
        sponsor: None,
        budget: None,
        spent: None,
        forecast_spend: None,
        summary: None,
        decision: None,
        as_at: day(TOLD),
    }
}

pub fn milestone(code: &str, project: &str, baseline: &str) -> MilestoneRow {
    MilestoneRow {
        code: code.to_owned(),
        project: project.to_owned(),
        title: format!("Milestone {code}"),
        baseline: day(baseline),
        forecast: None,
        actual: None,
        owner: None,
        note: None,
        decision: None,
        as_at: day(TOLD),
    }
}

pub fn waits(code: &str, on: &str, days: u32) -> DependencyRow {
    DependencyRow { waits: code.to_owned(), on: on.to_owned(), days, note: None }
}

pub fn risk(code: &str) -> RiskRow {
    RiskRow {
        code: code.to_owned(),
        title: format!("Risk {code}"),
        cause: "Drivers leave".to_owned(),
        event: "Rounds are missed".to_owned(),
        impact: "Complaints".to_owned(),
        element: "S1".to_owned(),
        indicator: None,
        owner: "Head of Waste".to_owned(),
        inherent_likelihood: 4,
        inherent_impact: 4,
        residual_likelihood: 3,
        residual_impact: 3,
        target_likelihood: None,
        target_impact: None,
        appetite: 9,
        controls: None,
        further_action: None,
        action_due: None,
        state: RiskState::Open,
        review_on: None,
        review: None,
        as_at: day(TOLD),
    }
}

pub fn money(element: &str, of: &str, budget: i64) -> MoneyRow {
    MoneyRow {
        element: element.to_owned(),
        period: period(of),
        fund: Fund::Revenue,
        budget: Some(budget.into()),
        virement: None,
        actual: None,
        forecast: None,
        tolerance: None,
        note: None,
    }
}

pub fn theme(theme: &str) -> ThemeRow {
    ThemeRow {
        instrument: "BV".to_owned(),
        instrument_title: "Best Value".to_owned(),
        theme: theme.to_owned(),
        title: format!("Theme {theme}"),
        characteristics: vec!["Challenge is invited".to_owned()],
        failures: Vec::new(),
        scale: ["Weak", "Sound", "Strong"].map(str::to_owned).to_vec(),
        published: None,
    }
}

pub fn assessment(theme: &str, edition: &str, rating: &str) -> AssessmentRow {
    AssessmentRow {
        instrument: "BV".to_owned(),
        edition: edition.to_owned(),
        theme: theme.to_owned(),
        rating: rating.to_owned(),
        narrative: "As it was found.".to_owned(),
        evidence: Vec::new(),
        assessed_by: None,
        assessed_on: day(&format!("{edition}-06-30")),
    }
}

pub fn insight(code: &str) -> InsightRow {
    InsightRow {
        code: code.to_owned(),
        element: "S1".to_owned(),
        origin: InsightOrigin::Complaints,
        period: None,
        text: format!("Insight {code}"),
        source: None,
        told_on: day(TOLD),
        sensitive: false,
    }
}
