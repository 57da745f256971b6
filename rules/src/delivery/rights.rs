//! Which permissions read and record what (`domain.md` §8). Over what, the grant says.

use super::action::ActionKind;
use super::book::{DeliveryRow, RecordKind};
use crate::permission::Permission as P;

/// The permission that reads records of a kind.
#[must_use]
pub const fn reads(kind: RecordKind) -> P {
    match kind {
        RecordKind::Recommendation
        | RecordKind::Project
        | RecordKind::Milestone
        | RecordKind::Dependency
        | RecordKind::Action
        | RecordKind::Insight => P::ViewPlans,
        RecordKind::Risk => P::ViewRisks,
        RecordKind::Money => P::ViewMoney,
        RecordKind::Theme | RecordKind::Assessment => P::ViewAssessments,
    }
}

/// The permissions any of which records this, the first of them the one people are told of.
#[must_use]
pub const fn records(row: &DeliveryRow) -> &'static [P] {
    match row {
        // Whoever plans remedies plans nothing else, and whoever keeps service plans plans no remedies.
        DeliveryRow::Action(row) => match row.kind {
            ActionKind::Remedial => &[P::ManageActions, P::PlanRemedies],
            ActionKind::CorporatePlan | ActionKind::ServicePlan | ActionKind::Recommendation => &[P::ManageActions, P::ManageServicePlans],
        },
        _ => of_kind(row.kind()),
    }
}

/// The permissions any of which records something of a kind somewhere.
#[must_use]
pub const fn of_kind(kind: RecordKind) -> &'static [P] {
    match kind {
        RecordKind::Recommendation => &[P::ManageActions, P::ManageServicePlans, P::RaiseRecommendation],
        RecordKind::Action => &[P::ManageActions, P::ManageServicePlans, P::PlanRemedies],
        RecordKind::Project | RecordKind::Milestone | RecordKind::Dependency => &[P::ManageProgrammes],
        RecordKind::Risk => &[P::ManageRisks],
        RecordKind::Money => &[P::ManageMoney],
        RecordKind::Theme | RecordKind::Assessment => &[P::ManageAssessments],
        RecordKind::Insight => &[P::ManageActions, P::ManageServicePlans, P::WriteCommentary],
    }
}

/// Every permission that records something of delivery.
pub const RECORDS: &[P] = &[
    P::ManageActions,
    P::ManageServicePlans,
    P::PlanRemedies,
    P::RaiseRecommendation,
    P::ManageProgrammes,
    P::ManageRisks,
    P::ManageMoney,
    P::ManageAssessments,
    P::WriteCommentary,
];
