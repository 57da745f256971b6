//! Who asks, and what they may do, as the API shows it.

use std::sync::Arc;

use async_graphql::{Context, Object};
use rules::permission::{self, Permission as P, Reach, Role};

use super::grants::{self, Grant};
use super::graphql::Permission;
use super::naming::{Covered, Naming};
use super::operators::Operator;
use super::person::{self, Person};
use crate::access::Actor;
use crate::accounts::graphql::{self as accounts, AccountSession, MachineToken};
use crate::councils::graphql::Council;
use crate::error::{Error, Result};
use crate::forums::calendar::graphql::CalendarFeed;
use crate::graphql::session::session;

/// What entering a figure needs, by hand or by workbook.
const ENTERING: [P; 2] = [P::EnterValues, P::ImportValues];
/// What reading a figure needs.
const VIEWING: [P; 2] = [P::ViewFigures, P::ViewApprovedFigures];

/// Whoever is signed in.
pub enum Viewer {
    Person(Arc<Actor>),
    Operator(Operator),
}

/// Whoever is signed in, the roles they hold and what they may do.
#[Object]
impl Viewer {
    /// Their name.
    async fn name(&self) -> &str {
        match self {
            Self::Person(actor) => &actor.name,
            Self::Operator(operator) => &operator.name,
        }
    }

    /// Their e-mail address.
    async fn email(&self) -> &str {
        match self {
            Self::Person(actor) => &actor.email,
            Self::Operator(operator) => &operator.email,
        }
    }

    /// The council they belong to; null for a platform operator, who belongs to none.
    async fn council(&self) -> Option<Council> {
        self.actor().map(Council::of)
    }

    /// They as one of the council's people; null for a platform operator.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        let actor = self.actor()?;
        person::find(ctx, actor.person).await.transpose()
    }

    /// Roles in force today, each with what it covers.
    async fn grants(&self, ctx: &Context<'_>) -> Option<Result<Vec<Grant>>> {
        match self {
            Self::Person(actor) => Some(grants::own(ctx, actor).await),
            Self::Operator(_) => Some(Ok(Vec::new())),
        }
    }

    /// Their sessions that go on, the latest used first. Not for machine tokens.
    async fn sessions(&self, ctx: &Context<'_>) -> Option<Result<Vec<AccountSession>>> {
        Some(accounts::sessions(ctx).await)
    }

    /// Their machine tokens in use, the latest first. Not for machine tokens.
    async fn machine_tokens(&self, ctx: &Context<'_>) -> Option<Result<Vec<MachineToken>>> {
        Some(accounts::of_viewer(ctx).await)
    }

    /// Addresses at which their calendar program reads their calendar, the latest first. Not for machine tokens.
    async fn calendar_feeds(&self, ctx: &Context<'_>) -> Option<Result<Vec<CalendarFeed>>> {
        Some(crate::forums::calendar::graphql::of_viewer(ctx).await)
    }

    /// What they may do somewhere in their council. Whether they may do it to one thing, that thing's `viewerCan`
    /// says.
    async fn can(&self) -> Vec<Permission> {
        match self {
            Self::Person(actor) => actor.can().into_iter().map(Into::into).collect(),
            Self::Operator(_) => {
                let may = |permission: &P| permission::reach(Role::PlatformOperator, *permission) != Reach::No;
                P::ALL.iter().copied().filter(may).map(Into::into).collect()
            }
        }
    }

    /// What they may enter values for, or hand in workbooks of values for: what their roles that let them are held over.
    /// Values of workforce indicators are a right of their own, in `can`.
    async fn entering(&self, ctx: &Context<'_>) -> Option<Result<Vec<Covered>>> {
        Some(self.over(ctx, ENTERING).await)
    }

    /// What they may read figures of: drafts, or those that were approved. Wider than `entering` for whoever provides
    /// single indicators, and for whoever only reads.
    async fn viewing(&self, ctx: &Context<'_>) -> Option<Result<Vec<Covered>>> {
        Some(self.over(ctx, VIEWING).await)
    }
}

impl Viewer {
    /// The viewer of an operation; none for a visitor without a token.
    pub async fn of(ctx: &Context<'_>) -> Result<Option<Self>, Error> {
        let session = session(ctx);
        if !session.signed_in() {
            return Ok(None);
        }
        if session.is_operator() {
            return Ok(Some(Self::Operator(session.operator().await?)));
        }
        Ok(Some(Self::Person(session.actor().await?)))
    }

    fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Person(actor) => Some(actor),
            Self::Operator(_) => None,
        }
    }

    /// What any of these permissions goes over.
    async fn over(&self, ctx: &Context<'_>, permissions: [P; 2]) -> Result<Vec<Covered>> {
        let Some(actor) = self.actor() else { return Ok(Vec::new()) };
        let scopes: Vec<_> = permissions.into_iter().flat_map(|permission| actor.over(permission)).collect();
        if scopes.contains(&crate::access::GrantScope::Council) {
            return Ok(vec![Covered::Council(Council::of(actor))]);
        }
        let naming = Naming::load(ctx, scopes.iter().copied()).await?;
        Ok(naming.all(scopes.into_iter().map(|scope| (scope, actor.ref_of(scope)))))
    }
}
