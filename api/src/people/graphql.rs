//! The words of the permission table, as the API shows them.

use async_graphql::Enum;

/// A responsibility, in the order of `domain.md` §8 (seed 001, Appendix A). Deputies hold the same role.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::permission::Role")]
pub enum Role {
    /// Looks after accounts, roles and settings; sees no figures.
    CouncilAdministrator,
    /// Business intelligence and performance management.
    PerformanceTeam,
    /// Strategic insights and delivery.
    ProgrammeOffice,
    /// A member of the senior leadership team, over a directorate.
    Director,
    /// Answers for a service.
    ServiceManager,
    /// A team leader or whoever hands figures in.
    DataProvider,
    /// Anyone who works in a service.
    Staff,
    /// The leader and the cabinet.
    CabinetMember,
    /// A cabinet member as holder of a portfolio of elements.
    PortfolioHolder,
    /// A member of a scrutiny committee or panel.
    ScrutinyMember,
    /// Serves a scrutiny committee or panel.
    ScrutinyOfficer,
    /// A member of the corporate governance committee.
    GovernanceCommittee,
    /// Keeps budgets and outturn.
    Finance,
    /// Keeps workforce figures.
    HumanResources,
    /// Reads everything, changes nothing but its own recommendations.
    InternalAudit,
    /// Anybody at all, signed in or not.
    Public,
    /// Runs the platform for all councils; sees no council's figures.
    PlatformOperator,
}

/// Something a person may be permitted to do. Reading comes first; what one may change, one may also read.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::permission::Permission")]
pub enum Permission {
    /// Read what is published, of any council.
    ViewPublished,
    /// Read elements, the golden thread and what indicators mean.
    ViewFramework,
    /// Read values, targets, commentary and returns as they stand, drafts included.
    ViewFigures,
    /// Read figures that were approved.
    ViewApprovedFigures,
    /// Read what was released to a forum, with its questions and answers.
    ViewReleased,
    /// Read and download packs.
    ViewPack,
    /// Read service plans, actions, programmes, projects and milestones.
    ViewPlans,
    /// Read risks.
    ViewRisks,
    /// Read budgets, actuals and outturn.
    ViewMoney,
    /// Read assessments and governance evidence.
    ViewAssessments,
    /// Read and export the audit trail.
    ViewAuditTrail,
    /// Invite and suspend people, grant and withdraw roles.
    ManagePeople,
    /// Change the council's settings.
    ManageSettings,
    /// Say which council follows this one or came before it, and what becomes of its elements and roles.
    Reorganise,
    /// Change elements, links, indicators and status rules.
    EditFramework,
    /// Import a framework workbook.
    ImportFramework,
    /// Keep the record of targets.
    RecordTargets,
    /// Propose a target.
    ProposeTargets,
    /// Recommend a target.
    RecommendTargets,
    /// Review a proposed target.
    ReviewTargets,
    /// Keep comparator groups and comparison figures.
    ManageBenchmarks,
    /// Share figures with other councils, answer what they share, join groups of councils.
    ShareFigures,
    /// Open and close reporting periods.
    OpenAndClosePeriods,
    /// Have a return template made.
    IssueTemplate,
    /// Hand in a workbook of values: a filled return or any other layout.
    ImportValues,
    /// Enter values.
    EnterValues,
    /// Enter and read the values of workforce indicators.
    EnterWorkforceValues,
    /// Write commentary: what a figure shows and why.
    WriteCommentary,
    /// Plan remedial action.
    PlanRemedies,
    /// Submit a return.
    SubmitReturn,
    /// Assure a submitted return, or query it back.
    AssureReturn,
    /// Approve an assured return, or query it back.
    ApproveReturn,
    /// Acknowledge, answer or mute an early warning of what one may read.
    ActOnWarnings,
    /// Release information to a forum.
    Release,
    /// Build the pack for a meeting. Over a forum: of what is released to it.
    BuildPack,
    /// Keep a forum's meetings.
    ManageMeetings,
    /// Call for information.
    CallForInformation,
    /// Ask a question on what was released.
    AskQuestion,
    /// Put a meeting's questions and recommendations on record and chase their answers.
    RecordQuestions,
    /// Answer a question.
    AnswerQuestion,
    /// Raise a recommendation.
    RaiseRecommendation,
    /// Keep programmes, projects and milestones.
    ManageProgrammes,
    /// Keep service plans.
    ManageServicePlans,
    /// Keep actions.
    ManageActions,
    /// Keep risks.
    ManageRisks,
    /// Keep budgets, actuals, forecasts and unit costs.
    ManageMoney,
    /// Keep assessments and the evidence of the annual governance statement.
    ManageAssessments,
    /// Create a council.
    CreateCouncil,
    /// Suspend a council.
    SuspendCouncil,
}
