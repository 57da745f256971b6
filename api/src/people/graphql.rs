//! Who asks, and what they may do, as the API shows it.

use async_graphql::{Context, Enum, Object, SimpleObject, Union};
use std::sync::Arc;

use crate::access::{Actor, GrantScope};
use crate::councils::graphql::Council;
use crate::error::{Error, Result};
use crate::forums::graphql::Forum;
use crate::frameworks::graphql::Element;
use crate::graphql::scalars::Date;
use crate::graphql::session::session;
use crate::indicators::graphql::Indicator;

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

/// The signed-in person.
pub struct Viewer {
    pub actor: Arc<Actor>,
}

/// The signed-in person, the roles they hold and what they may do.
#[Object]
impl Viewer {
    /// Their name.
    async fn name(&self) -> &str {
        &self.actor.name
    }

    /// Their e-mail address.
    async fn email(&self) -> &str {
        &self.actor.email
    }

    /// The council they belong to.
    async fn council(&self) -> Council {
        Council::of(&self.actor)
    }

    /// Roles in force today, each with what it covers.
    async fn grants(&self, ctx: &Context<'_>) -> Option<Result<Vec<Grant>>> {
        Some(super::service::grants(session(ctx), &self.actor).await)
    }

    /// What they may do somewhere in their council. Whether they may do it to one thing, that thing's `viewerCan`
    /// says.
    async fn can(&self) -> Vec<Permission> {
        self.actor.can().into_iter().map(Into::into).collect()
    }
}

/// A role held over something from a day until a day.
#[derive(SimpleObject)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// What it covers. Null when that is gone from the council's framework.
    pub scope: Option<Covered>,
    /// First day.
    pub from: Date,
    /// Last day; null while it has no end.
    pub until: Option<Date>,
}

/// What a role covers: the council, an element with all below it, one indicator, or a forum.
#[derive(Union)]
#[graphql(name = "GrantScope")]
pub enum Covered {
    Council(Council),
    Element(Element),
    Indicator(Indicator),
    Forum(Forum),
}

impl Viewer {
    /// The viewer of an operation; none for a visitor without a token.
    pub async fn of(ctx: &Context<'_>) -> Result<Option<Self>, Error> {
        if !session(ctx).signed_in() {
            return Ok(None);
        }
        Ok(Some(Self { actor: session(ctx).actor().await? }))
    }
}

impl GrantScope {
    /// Whether naming what it covers needs the framework.
    pub const fn needs_framework(self) -> bool {
        matches!(self, Self::Element(_) | Self::Indicator(_))
    }
}
