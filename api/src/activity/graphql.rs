//! What happens in a council, as a subscription.

use async_graphql::{Context, Enum, ID, SimpleObject, Subscription};
use futures::Stream;
use rules::cycle::Act;
use rules::permission::Permission;

use super::hub::Happening;
use super::watch::{Watched, watch};
use crate::access::Actor;
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::Session;
use crate::imports::service as imports;
use crate::returns::graphql::{ReturnActKind, ReturnState};

/// What sort of thing happened.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
pub enum ActivityKind {
    /// The watch has begun: what happens from `at` on is told. Always the first event, whatever kinds are wanted.
    Watching,
    /// A return was moved: submitted, taken back, sent back with questions, assured, published or reopened.
    Return,
    /// A return was approved.
    Approval,
    /// A return's last day passed while the service had it.
    Overdue,
    /// An import was planned, accepted or taken back.
    Import,
}

/// What became of an import.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
pub enum ActivityImport {
    /// Its plan is ready.
    Planned,
    /// Its plan was applied.
    Accepted,
    /// It was taken back.
    Undone,
}

/// Something that happened in a council.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct CouncilActivity {
    /// What sort of thing.
    pub kind: ActivityKind,
    /// When.
    pub at: DateTime,
    /// The name of whoever did it; null where nobody did.
    pub by: Option<String>,
    /// The return it is about: `node` shows the rest.
    #[graphql(name = "return")]
    pub of: Option<ID>,
    /// The code of the element whose return it is.
    pub element: Option<String>,
    /// What the element is called.
    pub element_title: Option<String>,
    /// The return's reporting period.
    pub period: Option<Period>,
    /// What was done to the return.
    pub act: Option<ReturnActKind>,
    /// Where the return stood then.
    pub state: Option<ReturnState>,
    /// The import it is about: `node` shows the rest.
    pub import: Option<ID>,
    /// The name of the file that was sent.
    pub file_name: Option<String>,
    /// What became of the import.
    pub import_event: Option<ActivityImport>,
}

impl CouncilActivity {
    const fn blank(kind: ActivityKind, at: chrono::DateTime<chrono::Utc>) -> Self {
        Self {
            kind,
            at: DateTime(at),
            by: None,
            of: None,
            element: None,
            element_title: None,
            period: None,
            act: None,
            state: None,
            import: None,
            file_name: None,
            import_event: None,
        }
    }
}

impl CouncilActivity {
    /// As it is told; none of what is told elsewhere.
    fn told(happening: &Happening) -> Option<Self> {
        Some(match happening {
            Happening::Step(step, _) => Self {
                by: Some(step.by.clone()),
                of: Some(id::id(Kind::Return, step.of)),
                element: Some(step.code.clone()),
                element_title: Some(step.title.clone()),
                period: Some(Period(step.period)),
                act: Some(step.act.into()),
                state: Some(step.to.into()),
                ..Self::blank(if step.act == Act::Approve { ActivityKind::Approval } else { ActivityKind::Return }, step.at)
            },
            Happening::Overdue(overdue) => Self {
                of: Some(id::id(Kind::Return, overdue.of)),
                element: Some(overdue.code.clone()),
                element_title: Some(overdue.title.clone()),
                period: Some(Period(overdue.period)),
                ..Self::blank(ActivityKind::Overdue, overdue.at)
            },
            Happening::Import(import) => Self {
                by: Some(import.by.clone()),
                import: Some(id::id(Kind::Import, import.import)),
                file_name: Some(import.file_name.clone()),
                import_event: Some(match import.state.as_str() {
                    "ACCEPTED" => ActivityImport::Accepted,
                    "UNDONE" => ActivityImport::Undone,
                    _ => ActivityImport::Planned,
                }),
                ..Self::blank(ActivityKind::Import, import.at)
            },
            Happening::Warning(_) => return None,
        })
    }
}

#[derive(Default)]
pub struct ActivitySubscription;

/// What can be watched.
#[Subscription]
impl ActivitySubscription {
    /// What happens in a council from now on, within about a second: returns that move, approvals, returns that become
    /// overdue, imports. Of each kind asked for, or of all; each event to whoever may see what it is about at that moment.
    /// Whoever falls far behind is told so and let go.
    async fn council_activity(
        &self,
        ctx: &Context<'_>,
        council: String,
        #[graphql(desc = "Kinds wanted; all when not given.")] kinds: Option<Vec<ActivityKind>>,
    ) -> Result<impl Stream<Item = Result<CouncilActivity>> + use<>> {
        watch(ctx, &council, Activity { kinds }).await
    }
}

/// What is watched, of the kinds asked for.
struct Activity {
    kinds: Option<Vec<ActivityKind>>,
}

impl Watched for Activity {
    type Event = CouncilActivity;

    const INSTEAD: &'static str = "what there is now";

    fn may(actor: &Actor) -> Result<()> {
        actor.scope_for(Permission::ViewFigures).map(|_| ()).or_else(|refused| imports::may_import(actor).map(|_| ()).map_err(|_| refused))
    }

    fn began(&self, at: chrono::DateTime<chrono::Utc>) -> CouncilActivity {
        CouncilActivity::blank(ActivityKind::Watching, at)
    }

    fn told(&self, happening: &Happening) -> Option<Result<CouncilActivity>> {
        let wanted = |event: &CouncilActivity| self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&event.kind));
        CouncilActivity::told(happening).filter(wanted).map(Ok)
    }

    async fn sees(&self, session: &Session, happening: &Happening) -> Result<bool> {
        let actor = session.actor().await?;
        // Whose return it is was read once for all who watch: here only rights are.
        match happening {
            Happening::Import(import) => Ok(imports::find(&**session.snapshot().await?, &actor, import.import).await?.is_some()),
            Happening::Step(_, whose) => Ok(whose.as_ref().is_some_and(|whose| whose.seen_by(&actor))),
            Happening::Overdue(overdue) => Ok(overdue.whose.seen_by(&actor)),
            Happening::Warning(_) => Ok(false),
        }
    }
}
