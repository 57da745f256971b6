//! The council as the API shows it: the door to everything it owns.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use rules::permission::Permission;
use uuid::Uuid;

use super::brand::graphql::CouncilBrand;
use crate::access::{Actor, Target};
use crate::accounts::graphql::MachineTokenConnection;
use crate::audit::graphql::{AuditEventConnection, AuditFilter, AuditHead};
use crate::benchmarks::graphql::{ComparatorGroup, MetricMapping};
use crate::delivery::graphql::council::Delivery;
use crate::directories::graphql::IdentityProvider;
use crate::editions::graphql::FrameworkComparison;
use crate::error::Result;
use crate::forums::calendar::graphql::{CalendarEntry, ENTRIES_EXPECTED, calendar};
use crate::forums::graphql::{Forum, visible};
use crate::forums::questions;
use crate::forums::questions::graphql::{Asked, QuestionConnection, QuestionKind, QuestionState};
use crate::frameworks::graphql::{Element, Expected, Framework, ThreadGap, thread_gaps};
use crate::frameworks::sight::Sight;
use crate::frameworks::{service as frameworks, store};
use crate::graphql::id::{self, Kind};
use crate::graphql::lock::Lock;
use crate::graphql::page::{FEW, MANY, PAGE_MAX};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::imports::graphql::ImportConnection;
use crate::imports::mappings::graphql::ImportMapping;
use crate::indicators::graphql::{Indicator, Page};
use crate::notices::graphql::{self as notices, NoticeConnection, NoticeSettings, NoticeState};
use crate::packs::graphql::{PackConnection, PackVerification};
use crate::people::graphql::Role;
use crate::people::holders::{Holder, holders};
use crate::people::person::{self, Person, PersonConnection, Wanted};
use crate::people::target::Ref;
use crate::releases::graphql::ReleaseConnection;
use crate::releases::store::Among;
use crate::reorganisation::graphql::{
    self as reorganisation, CouncilSuccession, EndElementInput, EndGrantInput, PredecessorBaseline, ReorganisationPlan,
};
use crate::returns::graphql::{self as returns, Collection, Filter, ReturnConnection, ReturnState, ReturnWorkflow};
use crate::sharing::graphql::{self as sharing, CouncilGroup, ReceivedShareConnection, ShareConnection};
use crate::targets::graphql::{self as targets, TargetProposalConnection, TargetState};
use crate::values::service as values;
use crate::warnings::graphql::{
    self as warnings, WarningBackTest, WarningConnection, WarningKind, WarningParameterInput, WarningRecordConnection, WarningRule,
    WarningState,
};

/// What working all warnings out is counted as, however few are asked for: a document asks a few times, not hundreds.
const WARNINGS_COST: usize = 20_000;

/// A council.
#[derive(Clone)]
pub struct Council {
    pub id: Uuid,
    code: String,
    name: String,
}

impl Council {
    /// The actor's own.
    pub fn of(actor: &Actor) -> Self {
        Self { id: actor.council.id, code: actor.council.code.clone(), name: actor.council.name.clone() }
    }
}

/// What one may do with a reporting period.
const ABOUT_PERIODS: [Permission; 7] = [
    Permission::OpenAndClosePeriods,
    Permission::IssueTemplate,
    Permission::ImportValues,
    Permission::EnterValues,
    Permission::SubmitReturn,
    Permission::AssureReturn,
    Permission::ApproveReturn,
];

/// A reporting period and whether it takes figures.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct ReportingPeriod {
    /// Figures of periods that end inside it belong to it.
    pub period: Period,
    /// Whether figures are taken.
    pub open: bool,
    /// Last day for returns.
    pub due_on: Option<Date>,
    /// The day it opens, or opened, by itself; null where nobody said.
    pub opens_on: Option<Date>,
    /// The last day it is open before it closes by itself; null where nobody said.
    pub closes_on: Option<Date>,
}

#[ComplexObject]
impl ReportingPeriod {
    /// Why it takes no figures; null while it does.
    async fn lock(&self) -> Option<Lock> {
        let because = || format!("{} is closed and takes no figures until it is opened again.", self.period.0.words());
        (!self.open).then(|| Lock::new(Permission::OpenAndClosePeriods, Target::Anywhere, because()))
    }

    /// What the viewer may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let may = |p: &Permission| actor.scope_for(*p).is_ok();
            Ok(ABOUT_PERIODS.into_iter().filter(may).map(Into::into).collect())
        };
        Some(can().await)
    }
}

/// A council and everything of it that the viewer may see.
#[Object]
impl Council {
    /// Opaque id, for `node`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Council, self.id)
    }

    /// Its code, a lower-case word.
    async fn code(&self) -> &str {
        &self.code
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.name
    }

    /// How its packs look, and in which languages they can be asked for.
    async fn brand(&self, ctx: &Context<'_>) -> Option<Result<CouncilBrand>> {
        Some(super::brand::graphql::brand(ctx).await)
    }

    /// The framework edition in force in a period, or now. An adopted edition comes before a draft. Members of a forum find in it
    /// what was released to it.
    async fn framework(&self, ctx: &Context<'_>, at: Option<Period>) -> Option<Result<Framework>> {
        let find = async || {
            let today = session(ctx).app.clock.today();
            // What a role over an element covers is what stood below it then.
            let on = at.map_or(today, |period| period.0.end().min(today));
            let (readings, snapshot) = session(ctx).readings(on).await?;
            let editions = store::editions(&**snapshot, readings.of_framework()?, None).await?;
            let chosen = match at {
                Some(period) => frameworks::edition_at(editions, period.0),
                None => frameworks::edition_in_force(editions, today),
            };
            Ok(chosen.map(|edition| Framework::new(readings, edition, at.map(|p| p.0), today).expecting(Expected::below(ctx, today))))
        };
        find().await.transpose()
    }

    /// Every framework edition, the latest first.
    async fn frameworks(&self, ctx: &Context<'_>) -> Option<Result<Vec<Framework>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let today = session(ctx).app.clock.today();
            let (readings, _) = session(ctx).readings(today).await?;
            let editions = store::editions(&**snapshot, &scope, None).await?;
            Ok(editions.into_iter().map(|edition| Framework::new(Arc::clone(&readings), edition, None, today)).collect())
        };
        Some(find().await)
    }

    /// What changed between two editions, by their labels, the one that begins earlier first: of what the viewer may see. Null
    /// when one of them is not there.
    #[graphql(complexity = "PAGE_MAX * child_complexity")]
    async fn framework_comparison(&self, ctx: &Context<'_>, from: String, to: String) -> Option<Result<FrameworkComparison>> {
        crate::editions::graphql::comparison(ctx, &from, &to).await.transpose()
    }

    /// An indicator of the edition in force now, by its code. Null when absent or not yours to see.
    async fn indicator(&self, ctx: &Context<'_>, code: String) -> Option<Result<Indicator>> {
        let find = async || {
            let today = session(ctx).app.clock.today();
            let (readings, snapshot) = session(ctx).readings(today).await?;
            let scope = readings.of_framework()?;
            let Some(catalogue) = frameworks::catalogue_in_force(&**snapshot, scope, today).await? else { return Ok(None) };
            let visible = catalogue.indicator_by_code(&code).filter(|i| readings.names(i.id, i.owner)).map(|i| i.id);
            Ok(visible.map(|id| Indicator { page: Page::new(catalogue, today, None, vec![id]), id }))
        };
        find().await.transpose()
    }

    /// An element of the edition in force now, by its code. Null when absent or not yours to see.
    async fn element(&self, ctx: &Context<'_>, code: String) -> Option<Result<Element>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let today = session(ctx).app.clock.today();
            let Some(catalogue) = frameworks::catalogue_in_force(&**snapshot, &scope, today).await? else { return Ok(None) };
            let on = today;
            let sight = Sight::of(&**snapshot, &scope, &catalogue, on).await?;
            let found = catalogue.element_by_code(&code).map(|e| e.id).filter(|id| sight.has(*id));
            Ok(found.map(|id| Element { catalogue, id, on, named: false }))
        };
        find().await.transpose()
    }

    /// Holes in the golden thread: outcomes nothing measures, indicators that contribute to nothing, elements nobody
    /// owns.
    async fn thread_gaps(&self, ctx: &Context<'_>) -> Option<Result<Vec<ThreadGap>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let today = session(ctx).app.clock.today();
            let Some(catalogue) = frameworks::catalogue_in_force(&**snapshot, &scope, today).await? else { return Ok(Vec::new()) };
            let links = store::links(&**snapshot, &scope, &catalogue).await?;
            let on = today;
            let sight = Sight::of(&**snapshot, &scope, &catalogue, on).await?;
            Ok(thread_gaps(&catalogue, links, &scope, &sight, on))
        };
        Some(find().await)
    }

    /// Reporting periods of the edition in force now, the earliest first.
    async fn reporting_periods(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReportingPeriod>>> {
        let find = async || {
            let (scope, snapshot) = session(ctx).scope(Permission::ViewFramework).await?;
            let editions = store::editions(&**snapshot, &scope, None).await?;
            let Some(edition) = frameworks::edition_in_force(editions, session(ctx).app.clock.today()) else {
                return Ok(Vec::new());
            };
            let rows = values::reporting_periods(&**snapshot, &scope, edition.id).await?;
            let days = crate::returns::schedule::days(&**snapshot, &scope).await?;
            Ok(rows.into_iter().map(|row| ReportingPeriod::on(row, &days)).collect())
        };
        Some(find().await)
    }

    /// Returns the viewer may see, the latest period first, then in the framework's order (each element with all below it before
    /// the next beside it, as they stood at the period's end): of a reporting period (of a longer
    /// period that is none, those that end in it), or of those that began lately; of an element and all below it; in a state;
    /// overdue or not; those the viewer can do something to now, or not. 500 a page at most.
    #[expect(clippy::too_many_arguments, reason = "what a client may narrow the list by")]
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn returns(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        period: Option<Period>,
        #[graphql(desc = "The code of an element.")] element: Option<String>,
        state: Option<ReturnState>,
        overdue: Option<bool>,
        mine: Option<bool>,
    ) -> Option<Result<ReturnConnection>> {
        let filter = Filter { period: period.map(|period| period.0), element, state, overdue, mine };
        Some(returns::connection(ctx, first, after, filter).await)
    }

    /// How far the collection of a period is, by directorate: of the returns the viewer may see.
    async fn collection(&self, ctx: &Context<'_>, period: Period) -> Option<Result<Collection>> {
        Some(returns::collection(ctx, period.0).await)
    }

    /// From when the council's returns go through their states.
    async fn workflow(&self, ctx: &Context<'_>) -> Option<Result<ReturnWorkflow>> {
        Some(returns::workflow(ctx).await)
    }

    /// Whether the plans are being delivered: actions and recommendations, programmes and projects, risks, money, assessments and
    /// insight, as they read now, or read at an instant.
    async fn delivery(&self, ctx: &Context<'_>, as_at: Option<DateTime>) -> Delivery {
        Delivery::of(ctx, as_at)
    }

    /// Early warnings that stand today, or stood on a day before, by what is held now: of figures in the version the viewer reads,
    /// and of returns, risks and milestones they may read; by rule, then by the ref of what they are about. Of some rules, and
    /// handled in some way, where these are given: muted ones are listed as such. 500 a page at most. They ask a question and judge
    /// nobody.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity).saturating_add(WARNINGS_COST)")]
    async fn warnings(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Today, when not given.")] at: Option<Date>,
        kind: Option<Vec<WarningKind>>,
        state: Option<Vec<WarningState>>,
    ) -> Option<Result<WarningConnection>> {
        Some(warnings::connection(ctx, warnings::Wanted { at, kind, state, first, after }).await)
    }

    /// The rules of early warning, as the council has set them or as they come.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn warning_rules(&self, ctx: &Context<'_>) -> Option<Result<Vec<WarningRule>>> {
        Some(warnings::rules(ctx).await)
    }

    /// The log of warnings that were seen to fire, and to cease, the latest first: those recorded or ceased since an instant, or all.
    /// They are recorded from figures as they stand, drafts included, and each is shown to whoever reads its subject so. 500 a page
    /// at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn warning_feed(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        since: Option<DateTime>,
    ) -> Option<Result<WarningRecordConnection>> {
        Some(warnings::feed(ctx, first, after, since).await)
    }

    /// What a rule would have found between two days, over what the viewer may read, by the figures as they read now: for tuning it
    /// before it is switched on. With the council's parameters, unless others are given.
    #[graphql(complexity = "child_complexity.saturating_add(WARNINGS_COST)")]
    async fn warning_back_test(
        &self,
        ctx: &Context<'_>,
        kind: WarningKind,
        parameters: Option<Vec<WarningParameterInput>>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Option<Result<WarningBackTest>> {
        Some(warnings::back_test(ctx, warnings::Trial { kind, parameters, from, to }).await)
    }

    /// Groups of councils it can be compared with, its own first, the latest edition of each first: those it keeps, those a
    /// published list says are alike, and those of its sort, region and nation.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn comparator_groups(&self, ctx: &Context<'_>) -> Option<Result<Vec<ComparatorGroup>>> {
        Some(crate::benchmarks::graphql::groups(ctx).await)
    }

    /// Which published measures its indicators are, in the framework's order: of the indicators the viewer reads.
    #[graphql(complexity = "PAGE_MAX * child_complexity")]
    async fn metric_mappings(&self, ctx: &Context<'_>) -> Option<Result<Vec<MetricMapping>>> {
        Some(crate::benchmarks::graphql::mappings(ctx).await)
    }

    /// Forums in the order information reaches them.
    async fn forums(&self, ctx: &Context<'_>) -> Option<Result<Vec<Forum>>> {
        Some(visible(ctx).await.map(|forums| forums.into_iter().map(Into::into).collect()))
    }

    /// Questions, recommendations and calls for information that the viewer may see, of forums, the cabinet and internal audit,
    /// the latest first: those the viewer is to answer (`mine`), in one state, of one kind, about one indicator by its ref,
    /// still outstanding or not, with a late answer or without. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn questions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(default = false)] mine: bool,
        state: Option<QuestionState>,
        kind: Option<QuestionKind>,
        indicator: Option<String>,
        outstanding: Option<bool>,
        overdue: Option<bool>,
    ) -> Option<Result<QuestionConnection>> {
        let (state, kind) = (state.map(Into::into), kind.map(Into::into));
        let asked = Asked { first, after, mine, state, kind, indicator, outstanding, overdue, ..Asked::default() };
        Some(questions::graphql::connection(ctx, asked).await)
    }

    /// What falls on which day, as far as the viewer sees it, in the order of days: editions and reporting periods that begin
    /// and end, days by which returns and answers are due, and meetings. From a day until another, a year either way of today
    /// when not given, three years at most; of one forum by its code: its meetings and answers due to it. 1,000 entries at most.
    #[graphql(complexity = "ENTRIES_EXPECTED * child_complexity")]
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        from: Option<Date>,
        until: Option<Date>,
        forum: Option<String>,
    ) -> Option<Result<Vec<CalendarEntry>>> {
        Some(calendar(ctx, from, until, forum).await)
    }

    /// What was released to forums whose releases the viewer reads, the latest first; of one forum, by its id, and of one
    /// reporting period where they are given. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn releases(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        forum: Option<ID>,
        period: Option<Period>,
    ) -> Option<Result<ReleaseConnection>> {
        let find = async || {
            let forum = forum.as_ref().map(|forum| id::expect(forum, Kind::Forum)).transpose()?;
            let which = Among { forum, period: period.map(|period| period.0) };
            crate::releases::graphql::connection(ctx, first, after.clone(), which).await
        };
        Some(find().await)
    }

    /// What the council shares with other councils, and shared, the latest first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn shares(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<ShareConnection>> {
        Some(sharing::shares(ctx, first, after).await)
    }

    /// What other councils share with this one: offers, and what is read, the latest first, with the last figures of each indicator.
    /// 500 a page at most, and 20,000 figures.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn shared_with_us(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "How many of the last figures of each indicator, 120 at most.", default = 12)] figures: i32,
    ) -> Option<Result<ReceivedShareConnection>> {
        Some(sharing::received(ctx, first, after, figures).await)
    }

    /// Groups of councils this one is in or may join, by name; one of them by its id.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn council_groups(&self, ctx: &Context<'_>, id: Option<ID>) -> Option<Result<Vec<CouncilGroup>>> {
        Some(sharing::groups(ctx, id.as_ref()).await)
    }

    /// Who follows the council, and who came before it, by the day, as it says and as others say of it.
    #[graphql(complexity = "FEW * child_complexity")]
    async fn successions(&self, ctx: &Context<'_>) -> Option<Result<Vec<CouncilSuccession>>> {
        Some(reorganisation::successions(ctx).await)
    }

    /// An indicator's baseline of a period, made of what the council's predecessors handed over: of their numerators and denominators,
    /// never of percentages. Null where there is no such indicator whose figures the viewer reads.
    async fn predecessor_baseline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the council's indicator.")] indicator: String,
        period: Period,
    ) -> Option<Result<PredecessorBaseline>> {
        reorganisation::predecessor_baseline(ctx, &indicator, period.0).await.transpose()
    }

    /// What would become of the council's elements, and of the roles its people hold, when a successor both have named follows it:
    /// carried on, but for what is said to end. Nothing is changed.
    async fn reorganisation_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The successor's code.")] successor: String,
        #[graphql(default, desc = "Elements that end, each with why.")] end_elements: Vec<EndElementInput>,
        #[graphql(default, desc = "Roles that end, each with why.")] end_grants: Vec<EndGrantInput>,
    ) -> Option<Result<ReorganisationPlan>> {
        Some(reorganisation::reorganisation_plan(ctx, &successor, end_elements, end_grants).await)
    }

    /// What the viewer may do somewhere in the council.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || Ok(session(ctx).actor().await?.can_where(|_| true));
        Some(can().await)
    }

    /// The council's people in the order of their names: all, those whose name or address has `search` in it, or those who
    /// hold a role today. For whoever manages people, and internal audit. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        search: Option<String>,
        role: Option<Role>,
    ) -> Option<Result<PersonConnection>> {
        Some(person::connection(ctx, Wanted { first, after, search, role }).await)
    }

    /// One of the council's people, by id or by e-mail address. Null when there is nobody. For whoever manages people, and
    /// internal audit.
    async fn person(&self, ctx: &Context<'_>, id: Option<ID>, email: Option<String>) -> Option<Result<Person>> {
        person::by_id_or_email(ctx, id.as_ref(), email.as_deref()).await.transpose()
    }

    /// Everybody who may do something on a day, today if none is given: to an element, an indicator or a forum, named by
    /// its code; anywhere in the council where none is named. With the roles through which, in the order of their names;
    /// what stands below an element is what stood there on that day. For whoever manages people, and internal audit.
    #[graphql(complexity = "PAGE_MAX * child_complexity")]
    async fn who_may(
        &self,
        ctx: &Context<'_>,
        permission: crate::people::graphql::Permission,
        element: Option<String>,
        indicator: Option<String>,
        forum: Option<String>,
        on: Option<Date>,
    ) -> Option<Result<Vec<Holder>>> {
        Some(holders(ctx, permission.into(), &Ref { element, indicator, forum }, on).await)
    }

    /// Imports the viewer may see, the latest first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn imports(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<ImportConnection>> {
        Some(crate::imports::graphql::connection(ctx, first, after).await)
    }

    /// How the council reads workbooks that do not explain themselves, by name: at most 100.
    #[graphql(complexity = "100 * child_complexity")]
    async fn import_mappings(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportMapping>>> {
        Some(crate::imports::mappings::graphql::mappings(ctx).await)
    }

    /// Targets on their way to a decision, and decided ones, that the viewer may read, the latest first: in one of these
    /// states where some are given, and of one indicator where its code is. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn target_proposals(
        &self,
        ctx: &Context<'_>,
        state: Option<Vec<TargetState>>,
        indicator: Option<String>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<TargetProposalConnection>> {
        let wanted = targets::Wanted { states: state, indicator, first, after };
        Some(targets::connection(ctx, wanted).await)
    }

    /// Packs the viewer may see, the latest first. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn packs(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<PackConnection>> {
        Some(crate::packs::graphql::connection(ctx, first, after).await)
    }

    /// Whether a file is a pack as it was issued, among those the viewer may see: by its SHA-256 (64 hexadecimal digits) and,
    /// where that is none that was issued, by the id it carries as its document property `pack_id`.
    async fn pack_verify(&self, ctx: &Context<'_>, sha256: String, pack: Option<ID>) -> Option<Result<PackVerification>> {
        Some(crate::packs::graphql::verification(ctx, &sha256, pack.as_ref()).await)
    }

    /// The audit trail, the newest event first: who did what, in which role, and when; for internal audit. 500 a page at
    /// most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn audit_trail(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        filter: Option<AuditFilter>,
    ) -> Option<Result<AuditEventConnection>> {
        Some(crate::audit::graphql::connection(ctx, first, after, filter).await)
    }

    /// Where the audit trail ends now: to be noted elsewhere. Null before the first event; for internal audit.
    async fn audit_head(&self, ctx: &Context<'_>) -> Option<Result<AuditHead>> {
        crate::audit::graphql::head(ctx).await.transpose()
    }

    /// Identity providers whose tokens let people of the council in, disabled ones among them, the first entered first.
    async fn identity_providers(&self, ctx: &Context<'_>) -> Option<Result<Vec<IdentityProvider>>> {
        Some(crate::directories::graphql::providers(ctx).await)
    }

    /// Where reminders of returns and answers go, and when; null while nothing was set. For the performance team and whoever
    /// manages settings.
    async fn notice_settings(&self, ctx: &Context<'_>) -> Option<Result<NoticeSettings>> {
        notices::settings(ctx).await.transpose()
    }

    /// Reminders and what became of each, the latest first: of one state, or all. For the performance team and whoever manages
    /// settings. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn notices(
        &self,
        ctx: &Context<'_>,
        state: Option<NoticeState>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<NoticeConnection>> {
        Some(notices::connection(ctx, state, first, after).await)
    }

    /// Machine tokens of everybody, in use or not, the latest first. Needs `MANAGE_PEOPLE` or `VIEW_AUDIT_TRAIL`. 500 a
    /// page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn machine_tokens(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<MachineTokenConnection>> {
        Some(crate::accounts::graphql::connection(ctx, first, after).await)
    }
}

/// The actor's council by its code; none when it is another's or nobody's.
pub async fn council(ctx: &Context<'_>, code: &str) -> Result<Option<Council>> {
    let actor = session(ctx).actor().await?;
    Ok((actor.council.code == code).then(|| Council::of(&actor)))
}
