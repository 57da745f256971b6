//! Roles, the kinds of scope they are held over, and what can be permitted.

use crate::closed_set;

closed_set! {
    /// A responsibility, in the order of `domain.md` §8 (seed 001, Appendix A). Deputies hold the same role.
    Role {
        /// Looks after accounts, roles and settings; sees no figures.
        CouncilAdministrator = "COUNCIL_ADMINISTRATOR", "Council administrator";
        /// Business intelligence and performance management.
        PerformanceTeam = "PERFORMANCE_TEAM", "Performance team";
        /// Strategic insights and delivery.
        ProgrammeOffice = "PROGRAMME_OFFICE", "Programme office";
        /// A member of the senior leadership team, over a directorate.
        Director = "DIRECTOR", "Director";
        /// Answers for a service.
        ServiceManager = "SERVICE_MANAGER", "Service manager";
        /// A team leader or whoever hands figures in.
        DataProvider = "DATA_PROVIDER", "Team leader or data provider";
        /// Anyone who works in a service.
        Staff = "STAFF", "Staff";
        /// The leader and the cabinet.
        CabinetMember = "CABINET_MEMBER", "Leader or cabinet member";
        /// A cabinet member as holder of a portfolio of elements.
        PortfolioHolder = "PORTFOLIO_HOLDER", "Portfolio holder";
        /// A member of a scrutiny committee or panel.
        ScrutinyMember = "SCRUTINY_MEMBER", "Scrutiny member";
        /// Serves a scrutiny committee or panel.
        ScrutinyOfficer = "SCRUTINY_OFFICER", "Scrutiny officer";
        /// A member of the corporate governance committee.
        GovernanceCommittee = "GOVERNANCE_COMMITTEE", "Corporate governance committee";
        /// Keeps budgets and outturn.
        Finance = "FINANCE", "Finance";
        /// Keeps workforce figures.
        HumanResources = "HUMAN_RESOURCES", "Human resources";
        /// Reads everything, changes nothing but its own recommendations.
        InternalAudit = "INTERNAL_AUDIT", "Internal audit";
        /// Anybody at all, signed in or not.
        Public = "PUBLIC", "Public";
        /// Runs the platform for all councils; sees no council's figures.
        PlatformOperator = "PLATFORM_OPERATOR", "Platform operator";
    }
}

closed_set! {
    /// What a grant of a role covers.
    ScopeKind {
        /// The whole council.
        Council = "COUNCIL", "The whole council";
        /// An element and all that stands below it.
        Element = "ELEMENT", "An element and all below it";
        /// One indicator.
        Indicator = "INDICATOR", "An indicator";
        /// One forum.
        Forum = "FORUM", "A forum";
    }
}

closed_set! {
    /// Something a person may be permitted to do. Reading comes first; what one may change, one may also read.
    Permission {
        /// Read what is published, of any council.
        ViewPublished = "VIEW_PUBLISHED", "Read what is published";
        /// Read elements, the golden thread and what indicators mean.
        ViewFramework = "VIEW_FRAMEWORK", "Read the framework";
        /// Read values, targets, commentary and returns as they stand, drafts included.
        ViewFigures = "VIEW_FIGURES", "Read figures, drafts included";
        /// Read figures that were approved.
        ViewApprovedFigures = "VIEW_APPROVED_FIGURES", "Read approved figures";
        /// Read what was released to a forum, with its questions and answers.
        ViewReleased = "VIEW_RELEASED", "Read what was released to a forum";
        /// Read and download packs, of those made for an audience that sees no more than the reader may.
        ViewPack = "VIEW_PACK", "Read packs";
        /// Read service plans, actions, programmes, projects and milestones.
        ViewPlans = "VIEW_PLANS", "Read plans, actions and projects";
        /// Read risks.
        ViewRisks = "VIEW_RISKS", "Read risks";
        /// Read budgets, actuals and outturn.
        ViewMoney = "VIEW_MONEY", "Read budgets and outturn";
        /// Read assessments and governance evidence.
        ViewAssessments = "VIEW_ASSESSMENTS", "Read assessments";
        /// Read and export the audit trail.
        ViewAuditTrail = "VIEW_AUDIT_TRAIL", "Read and export the audit trail";

        /// Invite and suspend people, grant and withdraw roles.
        ManagePeople = "MANAGE_PEOPLE", "Manage people and their roles";
        /// Change the council's settings.
        ManageSettings = "MANAGE_SETTINGS", "Change the council's settings";
        /// Say which council follows this one or came before it, and what becomes of its elements and roles.
        Reorganise = "REORGANISE", "Reorganise: name successors and predecessors, and carry on or end what they have";

        /// Change elements, links, indicators and status rules.
        EditFramework = "EDIT_FRAMEWORK", "Change the framework and its indicators";
        /// Import a framework workbook.
        ImportFramework = "IMPORT_FRAMEWORK", "Import a framework";
        /// Keep the record of targets.
        RecordTargets = "RECORD_TARGETS", "Record targets";
        /// Propose a target.
        ProposeTargets = "PROPOSE_TARGETS", "Propose targets";
        /// Recommend a target.
        RecommendTargets = "RECOMMEND_TARGETS", "Recommend targets";
        /// Review a proposed target.
        ReviewTargets = "REVIEW_TARGETS", "Review targets";
        /// Keep comparator groups and comparison figures.
        ManageBenchmarks = "MANAGE_BENCHMARKS", "Keep benchmarks";
        /// Share figures with other councils, answer what they share, join groups of councils.
        ShareFigures = "SHARE_FIGURES", "Share figures with other councils";

        /// Open and close reporting periods.
        OpenAndClosePeriods = "OPEN_AND_CLOSE_PERIODS", "Open and close periods";
        /// Have a return template made.
        IssueTemplate = "ISSUE_TEMPLATE", "Issue return templates";
        /// Hand in a workbook of values: a filled return or any other layout.
        ImportValues = "IMPORT_VALUES", "Import values";
        /// Enter values.
        EnterValues = "ENTER_VALUES", "Enter values";
        /// Enter and read the values of workforce indicators.
        EnterWorkforceValues = "ENTER_WORKFORCE_VALUES", "Enter workforce values";
        /// Write commentary: what a figure shows and why.
        WriteCommentary = "WRITE_COMMENTARY", "Write commentary and explain";
        /// Plan remedial action.
        PlanRemedies = "PLAN_REMEDIES", "Plan remedial action";
        /// Submit a return.
        SubmitReturn = "SUBMIT_RETURN", "Submit returns";
        /// Assure a submitted return, or query it back.
        AssureReturn = "ASSURE_RETURN", "Assure returns";
        /// Approve an assured return, or query it back.
        ApproveReturn = "APPROVE_RETURN", "Approve returns";
        /// Acknowledge, answer or mute an early warning of what one may read.
        ActOnWarnings = "ACT_ON_WARNINGS", "Acknowledge, answer and mute early warnings";

        /// Release information to a forum.
        Release = "RELEASE", "Release information to forums";
        /// Build the pack for a meeting. Over a forum: of what is released to it. Over an element: its own edition of it.
        BuildPack = "BUILD_PACK", "Build packs";
        /// Keep a forum's meetings.
        ManageMeetings = "MANAGE_MEETINGS", "Manage meetings";
        /// Call for information.
        CallForInformation = "CALL_FOR_INFORMATION", "Call for information";
        /// Ask a question on what was released.
        AskQuestion = "ASK_QUESTION", "Ask questions";
        /// Put a meeting's questions and recommendations on record and chase their answers.
        RecordQuestions = "RECORD_QUESTIONS", "Record questions and chase answers";
        /// Answer a question.
        AnswerQuestion = "ANSWER_QUESTION", "Answer questions";
        /// Raise a recommendation.
        RaiseRecommendation = "RAISE_RECOMMENDATION", "Raise recommendations";

        /// Keep programmes, projects and milestones.
        ManageProgrammes = "MANAGE_PROGRAMMES", "Manage programmes, projects and milestones";
        /// Keep service plans.
        ManageServicePlans = "MANAGE_SERVICE_PLANS", "Manage service plans";
        /// Keep actions.
        ManageActions = "MANAGE_ACTIONS", "Manage actions";
        /// Keep risks.
        ManageRisks = "MANAGE_RISKS", "Manage risks";
        /// Keep budgets, actuals, forecasts and unit costs.
        ManageMoney = "MANAGE_MONEY", "Manage budgets, actuals, forecasts and unit costs";
        /// Keep assessments and the evidence of the annual governance statement.
        ManageAssessments = "MANAGE_ASSESSMENTS", "Manage assessments and governance evidence";

        /// Create a council.
        CreateCouncil = "CREATE_COUNCIL", "Create councils";
        /// Suspend a council.
        SuspendCouncil = "SUSPEND_COUNCIL", "Suspend councils";
    }
}
