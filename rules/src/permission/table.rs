//! The table of roles and permissions, one row a role in the order of `domain.md` §8.

use super::words::Permission as P;
use super::words::ScopeKind::{Council, Element, Forum, Indicator};
use super::words::{Permission, Role, ScopeKind};

/// How far a permission goes for whoever holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all.
    No,
    /// Inside the grant's own scope.
    Within,
    /// The whole council, whatever the grant's scope.
    Council,
    /// Every council.
    AllCouncils,
}

/// One role. Whatever stands in none of the three lists it may not do.
pub(super) struct Row {
    /// The role.
    pub role: Role,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// What it can be held over; nothing where it is held over no scope of a council.
    pub held_over: &'static [ScopeKind],
    /// Inside the grant's own scope.
    pub within: &'static [Permission],
    /// Over the whole council.
    pub council: &'static [Permission],
    /// Over every council, besides reading what is published.
    pub everywhere: &'static [Permission],
}

/// The policy. Everybody reads what is published, of every council: no row repeats it.
pub(super) const TABLE: [Row; 17] = [
    Row {
        role: Role::CouncilAdministrator,
        purpose: "Looks after people, their roles and the council's settings; sees no figures by that.",
        held_over: &[Council],
        within: &[],
        council: &[P::ManagePeople, P::ManageSettings, P::Reorganise],
        everywhere: &[],
    },
    Row {
        role: Role::PerformanceTeam,
        purpose: "Keeps the framework, its indicators and targets, opens and closes periods, assures returns, brings in any service's \
            figures, actions and risks, shares figures with other councils, releases and builds packs.",
        held_over: &[Council],
        within: &[],
        council: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::ViewReleased,
            P::ViewPack,
            P::EditFramework,
            P::ImportFramework,
            P::RecordTargets,
            P::ManageBenchmarks,
            P::ShareFigures,
            P::OpenAndClosePeriods,
            P::IssueTemplate,
            P::ImportValues,
            P::AssureReturn,
            P::ActOnWarnings,
            P::Release,
            P::BuildPack,
            P::ViewPlans,
            P::ViewRisks,
            P::ViewMoney,
            P::ViewAssessments,
            P::ManageActions,
            P::ManageRisks,
        ],
        everywhere: &[],
    },
    Row {
        role: Role::ProgrammeOffice,
        purpose: "Keeps programmes, projects, milestones and service plans.",
        held_over: &[Council],
        within: &[],
        council: &[P::ViewFramework, P::ViewPlans, P::ActOnWarnings, P::ManageProgrammes, P::ManageServicePlans],
        everywhere: &[],
    },
    Row {
        role: Role::Director,
        purpose: "Reads the whole council; approves returns and recommends targets of a directorate.",
        held_over: &[Element],
        within: &[P::RecommendTargets, P::ApproveReturn, P::ActOnWarnings, P::BuildPack, P::AnswerQuestion],
        council: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::ViewReleased,
            P::ViewPack,
            P::ViewPlans,
            P::ViewRisks,
            P::ViewMoney,
            P::ViewAssessments,
        ],
        everywhere: &[],
    },
    Row {
        role: Role::ServiceManager,
        purpose: "Answers for a service: submits its returns, explains its figures, plans remedies, keeps its actions and risks.",
        held_over: &[Element],
        within: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::ViewPack,
            P::ViewPlans,
            P::ViewRisks,
            P::ProposeTargets,
            P::IssueTemplate,
            P::ImportValues,
            P::WriteCommentary,
            P::PlanRemedies,
            P::SubmitReturn,
            P::ActOnWarnings,
            P::BuildPack,
            P::ManageActions,
            P::ManageRisks,
        ],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::DataProvider,
        purpose: "Enters a service's or an indicator's values and commentary; does not submit them.",
        held_over: &[Element, Indicator],
        within: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::IssueTemplate,
            P::ImportValues,
            P::EnterValues,
            P::WriteCommentary,
        ],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::Staff,
        purpose: "Reads their service's plan, indicators and figures.",
        held_over: &[Element],
        within: &[P::ViewFramework, P::ViewFigures, P::ViewApprovedFigures, P::ViewPlans],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::CabinetMember,
        purpose: "Reads what is approved and calls for information.",
        held_over: &[Council],
        within: &[],
        council: &[P::ViewFramework, P::ViewApprovedFigures, P::ViewPack, P::CallForInformation],
        everywhere: &[],
    },
    Row {
        role: Role::PortfolioHolder,
        purpose: "Reads drafts within a portfolio, reviews its targets and answers scrutiny.",
        held_over: &[Element],
        within: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::ViewPack,
            P::ViewPlans,
            P::ViewRisks,
            P::ViewMoney,
            P::ReviewTargets,
            P::AnswerQuestion,
        ],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::ScrutinyMember,
        purpose: "Reads what was released to a forum; asks questions and raises recommendations there.",
        held_over: &[Forum],
        within: &[P::ViewReleased, P::ViewPack, P::AskQuestion, P::RaiseRecommendation],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::ScrutinyOfficer,
        purpose: "Serves a forum: its meetings, packs, questions and recommendations.",
        held_over: &[Forum],
        within: &[P::ViewReleased, P::ViewPack, P::BuildPack, P::ManageMeetings, P::RecordQuestions],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::GovernanceCommittee,
        purpose: "Follows risks and assessments, and the evidence of the annual governance statement.",
        held_over: &[Forum],
        within: &[P::ViewRisks, P::ViewAssessments, P::ManageAssessments],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::Finance,
        purpose: "Keeps budgets, actuals, forecasts and unit costs.",
        held_over: &[Council],
        within: &[],
        council: &[P::ViewFramework, P::ViewMoney, P::ManageMoney],
        everywhere: &[],
    },
    Row {
        role: Role::HumanResources,
        purpose: "Enters the values of workforce indicators.",
        held_over: &[Council],
        within: &[],
        council: &[P::ViewFramework, P::EnterWorkforceValues],
        everywhere: &[],
    },
    Row {
        role: Role::InternalAudit,
        purpose: "Reads everything and the audit trail; raises recommendations and changes nothing else.",
        held_over: &[Council],
        within: &[],
        council: &[
            P::ViewFramework,
            P::ViewFigures,
            P::ViewApprovedFigures,
            P::ViewReleased,
            P::ViewPack,
            P::ViewPlans,
            P::ViewRisks,
            P::ViewMoney,
            P::ViewAssessments,
            P::ViewAuditTrail,
            P::RaiseRecommendation,
        ],
        everywhere: &[],
    },
    Row {
        role: Role::Public,
        purpose: "Anybody at all: reads what is published.",
        held_over: &[],
        within: &[],
        council: &[],
        everywhere: &[],
    },
    Row {
        role: Role::PlatformOperator,
        purpose: "Creates and suspends councils; sees no council's figures.",
        held_over: &[],
        within: &[],
        council: &[],
        everywhere: &[P::CreateCouncil, P::SuspendCouncil],
    },
];

/// How far a permission goes for a role.
#[must_use]
pub fn reach(role: Role, permission: Permission) -> Reach {
    if permission == P::ViewPublished {
        return Reach::AllCouncils;
    }
    let Some(row) = row(role) else { return Reach::No };
    if row.everywhere.contains(&permission) {
        Reach::AllCouncils
    } else if row.council.contains(&permission) {
        Reach::Council
    } else if row.within.contains(&permission) {
        Reach::Within
    } else {
        Reach::No
    }
}

/// Whether a permission can be held over a part of the framework: some role has it inside an element or an indicator.
/// The others are about the whole council, a forum or the platform, and nothing narrows them to an element.
#[must_use]
pub fn is_over_elements(permission: Permission) -> bool {
    let over_parts = |row: &Row| row.held_over.iter().any(|scope| matches!(scope, Element | Indicator));
    permission == P::ViewPublished || TABLE.iter().any(|row| over_parts(row) && row.within.contains(&permission))
}

/// The roles that have a permission, in the order of the table.
pub fn roles_with(permission: Permission) -> impl Iterator<Item = Role> {
    TABLE.iter().map(|row| row.role).filter(move |role| reach(*role, permission) != Reach::No)
}

/// The kinds of scope a role can be held over. The public and the platform operator hold theirs over no scope of a
/// council: nobody there gives them.
#[must_use]
pub fn held_over(role: Role) -> &'static [ScopeKind] {
    row(role).map_or(&[], |row| row.held_over)
}

/// Whether a role can be held over a scope of that kind.
#[must_use]
pub fn may_hold(role: Role, scope: ScopeKind) -> bool {
    held_over(role).contains(&scope)
}

/// What a role is for, in a sentence.
#[must_use]
pub fn describe(role: Role) -> &'static str {
    row(role).map_or("", |row| row.purpose)
}

/// Whether a permission only reads. A provider whose grant names single indicators may *read* the rest of the
/// service that owns them (§4): for these permissions such a grant's own scope is that service.
#[must_use]
pub const fn is_for_reading(permission: Permission) -> bool {
    matches!(
        permission,
        P::ViewPublished
            | P::ViewFramework
            | P::ViewFigures
            | P::ViewApprovedFigures
            | P::ViewReleased
            | P::ViewPack
            | P::ViewPlans
            | P::ViewRisks
            | P::ViewMoney
            | P::ViewAssessments
            | P::ViewAuditTrail
    )
}

fn row(role: Role) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.role == role)
}
