//! Records beside one another.

mod checks;
mod declared;
mod promises;
mod waits;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::delivery::action::{ActionKind, ActionStatus, RecommendationSource, RecommendationWeight, Response};
use crate::delivery::insight::InsightOrigin;
use crate::delivery::money::Fund;
use crate::delivery::project::Stage;
use crate::delivery::risk::RiskState;
use crate::period::Period;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn recommendation() -> RecommendationRow {
    RecommendationRow {
        code: "REC1".to_owned(),
        title: "Publish what was spent".to_owned(),
        weight: RecommendationWeight::Formal,
        source: RecommendationSource::PeerChallenge,
        report: None,
        made_by: None,
        made_on: None,
        element: None,
        response: Response::Awaited,
        reply: None,
        lead: None,
        due_on: None,
        evidence: None,
    }
}

fn action() -> ActionRow {
    ActionRow {
        code: "A1".to_owned(),
        title: "Recruit".to_owned(),
        kind: ActionKind::ServicePlan,
        answers: None,
        milestone: None,
        indicator: None,
        element: some("WASTE"),
        mode: None,
        lead_officer: "Head of Waste".to_owned(),
        lead_member: None,
        due_on: None,
        revised_due_on: None,
        status: ActionStatus::NotStarted,
        progress: None,
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn project() -> ProjectRow {
    ProjectRow {
        element: "PRJ".to_owned(),
        stage: Stage::Delivery,
        time: None,
        cost: None,
        scope: None,
        benefits: None,
        starts_on: day("2024-04-01"),
        baseline_end: day("2025-03-31"),
        forecast_end: None,
        ended_on: None,
        manager: "Programme office".to_owned(),
        sponsor: None,
        budget: None,
        spent: None,
        forecast_spend: None,
        summary: None,
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn milestone() -> MilestoneRow {
    MilestoneRow {
        code: "M1".to_owned(),
        project: "PRJ".to_owned(),
        title: "Contract let".to_owned(),
        baseline: day("2024-12-01"),
        forecast: None,
        actual: None,
        owner: None,
        note: None,
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn dependency(waits: &str, on: &str) -> DependencyRow {
    DependencyRow { waits: waits.to_owned(), on: on.to_owned(), days: 0, note: None }
}

fn risk() -> RiskRow {
    RiskRow {
        code: "R1".to_owned(),
        title: "Depot fire".to_owned(),
        cause: "Batteries".to_owned(),
        event: "Fire".to_owned(),
        impact: "No collections".to_owned(),
        element: "WASTE".to_owned(),
        indicator: None,
        owner: "Head of Waste".to_owned(),
        inherent_likelihood: 5,
        inherent_impact: 5,
        residual_likelihood: 3,
        residual_impact: 4,
        target_likelihood: None,
        target_impact: None,
        appetite: 12,
        controls: None,
        further_action: None,
        action_due: None,
        state: RiskState::Open,
        review_on: None,
        review: None,
        as_at: day("2024-09-30"),
    }
}

fn money() -> MoneyRow {
    let period = Period::quarter(2024, 2).unwrap();
    MoneyRow {
        element: "WASTE".to_owned(),
        period,
        fund: Fund::Revenue,
        budget: None,
        virement: None,
        actual: None,
        forecast: Some(Decimal::ZERO),
        tolerance: None,
        note: None,
    }
}

fn theme(code: &str, scale: &[&str]) -> ThemeRow {
    ThemeRow {
        instrument: "BVT".to_owned(),
        instrument_title: "Best value".to_owned(),
        theme: code.to_owned(),
        title: "Continuous improvement".to_owned(),
        characteristics: Vec::new(),
        failures: Vec::new(),
        scale: scale.iter().map(|word| (*word).to_owned()).collect(),
        published: None,
    }
}

fn assessment() -> AssessmentRow {
    AssessmentRow {
        instrument: "BVT".to_owned(),
        edition: "2024".to_owned(),
        theme: "CI".to_owned(),
        rating: "Good".to_owned(),
        narrative: "It learns.".to_owned(),
        evidence: Vec::new(),
        assessed_by: None,
        assessed_on: day("2024-06-01"),
    }
}

fn insight() -> InsightRow {
    InsightRow {
        code: "I1".to_owned(),
        element: "WASTE".to_owned(),
        origin: InsightOrigin::Staff,
        period: None,
        text: "Two left.".to_owned(),
        source: None,
        told_on: day("2024-10-01"),
        sensitive: false,
    }
}

/// What is held: a service, a programme, a project and an indicator, and one record of each kind others lead to. Today is 1 October
/// 2024.
fn held() -> Vec<DeliveryRow> {
    vec![
        DeliveryRow::Recommendation(recommendation()),
        DeliveryRow::Project(project()),
        DeliveryRow::Milestone(milestone()),
        DeliveryRow::Action(action()),
        DeliveryRow::Risk(risk()),
        DeliveryRow::Theme(theme("CI", &["Inadequate", "Good"])),
    ]
}

fn ground(records: &[DeliveryRow]) -> Ground<'_> {
    Ground::new(
        [("WASTE", ElementKind::Service), ("PRG", ElementKind::Programme), ("PRJ", ElementKind::Project)].into(),
        ["WM01"].into(),
        records.iter().map(|row| ((row.kind(), row.code()), row)).collect(),
        day("2024-10-01"),
    )
}

/// Codes with their headings, of a record beside some others. Every heading is one of its sheet.
fn beside(row: &DeliveryRow, before: Option<&DeliveryRow>, records: &[DeliveryRow]) -> Vec<(&'static str, &'static str)> {
    let findings = check(row, before, &ground(records));
    for finding in &findings {
        assert!(row.kind().field(finding.heading).is_some(), "{finding:?}");
        assert!(finding.message.ends_with('.'), "{finding:?}");
        assert!(CODES.iter().any(|(code, _, _)| *code == finding.code), "{finding:?}");
    }
    findings.into_iter().map(|finding| (finding.code, finding.heading)).collect()
}

/// The same of a record that is new, beside [`held`].
fn found(row: impl Into<DeliveryRow>) -> Vec<(&'static str, &'static str)> {
    beside(&row.into(), None, &held())
}

macro_rules! into_row {
    ($($row:ident $kind:ident;)+) => { $(
        impl From<$row> for DeliveryRow {
            fn from(row: $row) -> Self {
                Self::$kind(row)
            }
        }
    )+ };
}

into_row! {
    RecommendationRow Recommendation;
    ProjectRow Project;
    MilestoneRow Milestone;
    DependencyRow Dependency;
    ActionRow Action;
    RiskRow Risk;
    MoneyRow Money;
    ThemeRow Theme;
    AssessmentRow Assessment;
    InsightRow Insight;
}

#[test]
fn the_page_on_file_is_what_is_read_and_written_by() {
    // To renew it, write what `page` gives to docs/delivery.md.
    assert_eq!(page(), include_str!("../../../../docs/delivery.md"));
}
