//! The schema: the roots, and what each slice hangs on them.

use async_graphql::{Context, ID, Interface, MergedObject, MergedSubscription, Object, Schema};

use rules::delivery::book::RecordKind;

use super::id::{self, Kind};
use super::page::{MANY, PAGE_MAX};
use super::session::session;
use crate::accounts::graphql::{MachineTokenMutation, PasswordMutation, SessionMutation, SignInMutation};
use crate::activity::ActivitySubscription;
use crate::audit::graphql::AuditMutation;
use crate::benchmarks::graphql as benchmarks;
use crate::benchmarks::graphql::mutations::BenchmarkMutation;
use crate::bounds::{Bounds, Limit};
use crate::councils::graphql::Council;
use crate::councils::mutations::{CouncilEntry, CouncilMutation};
use crate::councils::operator;
use crate::delivery::graphql as delivery;
use crate::delivery::graphql::mutations::DeliveryMutation;
use crate::delivery::graphql::{Action, Assessment, Insight, Milestone, Project, Recommendation, Risk};
use crate::directories::graphql::IdentityProvider;
use crate::directories::mutations::DirectoryMutation;
use crate::editions::mutations::EditionMutation;
use crate::error::{Error, Result};
use crate::exports::graphql::ExportMutation;
use crate::forums::calendar::mutations::CalendarMutation;
use crate::forums::graphql::Forum;
use crate::forums::meetings::graphql::Meeting;
use crate::forums::meetings::mutations::MeetingMutation;
use crate::forums::programme::graphql::WorkItem;
use crate::forums::programme::mutations::ProgrammeMutation;
use crate::forums::questions::graphql::Question;
use crate::forums::questions::mutations::QuestionMutation;
use crate::imports::entry::graphql::EntryMutation;
use crate::imports::graphql::{DiagnosticCode, Import, ImportMutation, ImportSubscription};
use crate::imports::mappings::mutations::MappingMutation;
use crate::kept::Keepable;
use crate::notices::mutations::NoticeMutation;
use crate::packs::graphql::{Pack, PackMutation};
use crate::people::grants::Grant;
use crate::people::mutations::PeopleMutation;
use crate::people::person::Person;
use crate::people::roles::RoleDescription;
use crate::people::viewer::Viewer;
use crate::people::{grants, person};
use crate::publications::graphql::PublishedCouncil;
use crate::publications::mutations::PublicationMutation;
use crate::releases::graphql::Release;
use crate::releases::mutations::ReleaseMutation;
use crate::reorganisation::graphql::mutations::ReorganisationMutation;
use crate::returns::graphql::{PeriodMutation, Return, ReturnMutation, TemplateMutation};
use crate::sharing::graphql::mutations::SharingMutation;
use crate::targets::graphql::TargetProposal;
use crate::targets::graphql::mutations::TargetMutation;
use crate::warnings::graphql::{WarningMutation, WarningSubscription};

pub type Api = Schema<Query, Mutation, Subscription>;

/// The schema with its limits. Those of a document's size are checked before it comes here; here they stand once more.
pub fn build(bounds: &Bounds) -> Api {
    let limits = &bounds.limits;
    let schema = Schema::build(Query, Mutation::default(), Subscription::default())
        .limit_depth(limits.count(Limit::Depth))
        .limit_recursive_depth(limits.count(Limit::Nesting))
        .limit_complexity(limits.count(Limit::Complexity))
        .limit_directives(limits.count(Limit::DirectivesOfField));
    // What is not described is not suggested either.
    if bounds.introspection { schema.finish() } else { schema.disable_suggestions().finish() }
}

/// The schema as text, as committed in `schema.graphql`.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    build(&Bounds::default()).sdl_with_options(options)
}

/// Which questions of it may be answered from what is kept.
pub fn keepable() -> Keepable {
    // What the library prints it also reads; were it not so, nothing would be kept, and a test would say so.
    async_graphql::parser::parse_schema(sdl()).map(|schema| Keepable::of(&schema)).unwrap_or_default()
}

/// How long the list of diagnostic codes is.
const DIAGNOSTIC_CODES: usize = importers::diagnostic::CATALOGUE.len();

/// How many roles there are.
const ROLES: usize = rules::permission::Role::ALL.len();

/// Questions.
pub struct Query;

// In groups, as the library has every act wait inside all those that stand before it in one row.
/// Acts: one a mutation, with what a person can put right in `userErrors`.
#[derive(MergedObject, Default)]
pub struct Mutation(FigureActs, ReturnActs, CouncilActs, AccountActs, ForumActs, DeliveryMutation, BetweenActs);

/// What brings frameworks and figures in, and out again.
#[derive(MergedObject, Default)]
struct FigureActs(ImportMutation, EntryMutation, MappingMutation, PackMutation, TemplateMutation, ExportMutation, BenchmarkMutation);

/// What moves figures, targets and editions from draft to published.
#[derive(MergedObject, Default)]
struct ReturnActs(PeriodMutation, ReturnMutation, ReleaseMutation, PublicationMutation, TargetMutation, EditionMutation, WarningMutation);

/// What sets a council up.
#[derive(MergedObject, Default)]
struct CouncilActs(PeopleMutation, CouncilMutation, AuditMutation, DirectoryMutation, NoticeMutation);

/// How people and scripts are let in.
#[derive(MergedObject, Default)]
struct AccountActs(SignInMutation, PasswordMutation, SessionMutation, MachineTokenMutation);

/// What forums do.
#[derive(MergedObject, Default)]
struct ForumActs(MeetingMutation, QuestionMutation, ProgrammeMutation, CalendarMutation);

/// What councils do with one another.
#[derive(MergedObject, Default)]
struct BetweenActs(SharingMutation, ReorganisationMutation);

/// What can be watched.
#[derive(MergedSubscription, Default)]
pub struct Subscription(ImportSubscription, ActivitySubscription, WarningSubscription);

/// Something with an id that says what it is.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque id."))]
pub enum Node {
    Council(Council),
    Import(Box<Import>),
    Pack(Box<Pack>),
    Person(Box<Person>),
    Grant(Box<Grant>),
    IdentityProvider(Box<IdentityProvider>),
    Return(Box<Return>),
    Release(Box<Release>),
    Forum(Box<Forum>),
    Meeting(Box<Meeting>),
    Question(Box<Question>),
    WorkItem(Box<WorkItem>),
    TargetProposal(Box<TargetProposal>),
    Action(Box<Action>),
    Recommendation(Box<Recommendation>),
    Project(Box<Project>),
    Milestone(Box<Milestone>),
    Risk(Box<Risk>),
    Assessment(Box<Assessment>),
    Insight(Box<Insight>),
}

/// Questions.
#[Object]
impl Query {
    /// Who asks, in which roles, and what they may do. Null for a visitor without a token.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Result<Viewer>> {
        Viewer::of(ctx).await.transpose()
    }

    /// A council by its code. Null when there is none, or none of yours.
    async fn council(&self, ctx: &Context<'_>, code: String) -> Option<Result<Council>> {
        crate::councils::graphql::council(ctx, &code).await.transpose()
    }

    /// Every council on the platform, in the order of their codes. For the platform operator, who sees that they are there
    /// and nothing of what they hold.
    #[graphql(complexity = "PAGE_MAX * child_complexity")]
    async fn councils(&self, ctx: &Context<'_>) -> Option<Result<Vec<CouncilEntry>>> {
        let list = async || {
            session(ctx).operator().await?;
            Ok(operator::list(&session(ctx).app).await?.into_iter().map(Into::into).collect())
        };
        Some(list().await)
    }

    /// What a council published, for anybody, signed in or not. Null when there is no such council.
    async fn published(&self, ctx: &Context<'_>, council: String) -> Option<Result<PublishedCouncil>> {
        crate::publications::graphql::published(ctx, &council).await.transpose()
    }

    /// Anything with an id. Null when there is nothing, or nothing of yours.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Node>> {
        node(ctx, &id).await.transpose()
    }

    /// Several things by id, in the order asked; null for each that is absent or not yours. 100 at most.
    #[graphql(complexity = "ids.len().saturating_mul(child_complexity)")]
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Option<Result<Vec<Option<Node>>>> {
        let find = async || {
            if ids.len() > 100 {
                return Err(Error::limit("Ask for 100 nodes at most."));
            }
            let mut found = Vec::with_capacity(ids.len());
            for id in &ids {
                found.push(node(ctx, id).await?);
            }
            Ok(found)
        };
        Some(find().await)
    }

    /// Every role there is: what it is for, what it can be held over and what it allows.
    #[graphql(complexity = "ROLES * child_complexity")]
    async fn roles(&self) -> Vec<RoleDescription> {
        RoleDescription::all()
    }

    /// National frameworks, by code, the latest edition of each first: for anybody who is signed in.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn catalogues(&self, ctx: &Context<'_>) -> Option<Result<Vec<benchmarks::Catalogue>>> {
        Some(benchmarks::catalogues(ctx).await)
    }

    /// An edition of a national framework by its code; the latest when no edition is given. Null when there is none.
    async fn catalogue(&self, ctx: &Context<'_>, code: String, edition: Option<String>) -> Option<Result<benchmarks::Catalogue>> {
        benchmarks::catalogue(ctx, &code, edition.as_deref()).await.transpose()
    }

    /// Datasets of published figures that were brought in for every council, by code: for anybody who is signed in.
    #[graphql(complexity = "MANY * child_complexity")]
    async fn benchmark_datasets(&self, ctx: &Context<'_>) -> Option<Result<Vec<benchmarks::BenchmarkDataset>>> {
        Some(benchmarks::datasets(ctx).await)
    }

    /// An area by its code, with who followed it and whom it followed: for anybody who is signed in. Null when there is none.
    async fn area(&self, ctx: &Context<'_>, code: String) -> Option<Result<benchmarks::Area>> {
        benchmarks::area(ctx, &code).await.transpose()
    }

    /// What each diagnostic code of an import means.
    #[graphql(complexity = "DIAGNOSTIC_CODES * child_complexity")]
    async fn diagnostic_codes(&self) -> Vec<DiagnosticCode> {
        DiagnosticCode::all()
    }
}

async fn node(ctx: &Context<'_>, id: &ID) -> Result<Option<Node>> {
    let Some((kind, uuid)) = id::read(id) else { return Ok(None) };
    match kind {
        Kind::Council => {
            let actor = session(ctx).actor().await?;
            Ok((actor.council.id == uuid).then(|| Node::Council(Council::of(&actor))))
        }
        Kind::Import => Ok(crate::imports::graphql::find(ctx, uuid).await?.map(|import| Node::Import(Box::new(import)))),
        Kind::Pack => Ok(crate::packs::graphql::find(ctx, uuid).await?.map(|pack| Node::Pack(Box::new(pack)))),
        Kind::Person => Ok(person::find(ctx, uuid).await?.map(|person| Node::Person(Box::new(person)))),
        Kind::Grant => Ok(grants::find(ctx, uuid).await?.map(|grant| Node::Grant(Box::new(grant)))),
        Kind::IdentityProvider => {
            Ok(crate::directories::graphql::find(ctx, uuid).await?.map(|provider| Node::IdentityProvider(Box::new(provider))))
        }
        Kind::Return => Ok(crate::returns::graphql::find(ctx, uuid).await?.map(|found| Node::Return(Box::new(found)))),
        Kind::Release => Ok(crate::releases::graphql::find(ctx, uuid).await?.map(|release| Node::Release(Box::new(release)))),
        Kind::Forum => Ok(crate::forums::graphql::find(ctx, uuid).await?.map(|forum| Node::Forum(Box::new(forum)))),
        Kind::Meeting => Ok(crate::forums::meetings::graphql::find(ctx, uuid).await?.map(|meeting| Node::Meeting(Box::new(meeting)))),
        Kind::Question => Ok(crate::forums::questions::graphql::find(ctx, uuid).await?.map(|question| Node::Question(Box::new(question)))),
        Kind::WorkItem => Ok(crate::forums::programme::graphql::find(ctx, uuid).await?.map(|item| Node::WorkItem(Box::new(item)))),
        Kind::TargetProposal => {
            Ok(crate::targets::graphql::find(ctx, uuid).await?.map(|proposal| Node::TargetProposal(Box::new(proposal))))
        }
        Kind::Action => {
            let found = delivery::find(ctx, RecordKind::Action, uuid).await?;
            Ok(found.and_then(|(record, at)| Action::of(&record, at)).map(|found| Node::Action(Box::new(found))))
        }
        Kind::Recommendation => {
            let found = delivery::find(ctx, RecordKind::Recommendation, uuid).await?;
            Ok(found.and_then(|(record, at)| Recommendation::of(&record, at)).map(|found| Node::Recommendation(Box::new(found))))
        }
        Kind::Project => {
            let found = delivery::find(ctx, RecordKind::Project, uuid).await?;
            Ok(found.and_then(|(record, at)| Project::of(&record, at)).map(|found| Node::Project(Box::new(found))))
        }
        Kind::Milestone => {
            let found = delivery::find(ctx, RecordKind::Milestone, uuid).await?;
            Ok(found.and_then(|(record, at)| Milestone::of(&record, at)).map(|found| Node::Milestone(Box::new(found))))
        }
        Kind::Risk => {
            let found = delivery::find(ctx, RecordKind::Risk, uuid).await?;
            Ok(found.and_then(|(record, at)| Risk::of(&record, at)).map(|found| Node::Risk(Box::new(found))))
        }
        Kind::Assessment => {
            let found = delivery::find(ctx, RecordKind::Assessment, uuid).await?;
            Ok(found.and_then(|(record, at)| Assessment::of(&record, at)).map(|found| Node::Assessment(Box::new(found))))
        }
        Kind::Insight => {
            let found = delivery::find(ctx, RecordKind::Insight, uuid).await?;
            Ok(found.and_then(|(record, at)| Insight::of(&record, at)).map(|found| Node::Insight(Box::new(found))))
        }
        _ => Ok(None),
    }
}
