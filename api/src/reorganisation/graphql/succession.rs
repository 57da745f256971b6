//! Who follows whom, as the API shows it.

use async_graphql::{Context, ID, Object};
use rules::permission::Permission;

use super::{CouncilSuccessionKind, SuccessionSide};
use crate::access::{Actor, Scope};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::session::session;
use crate::people::graphql::Permission as Can;
use crate::reorganisation::Side;
use crate::reorganisation::names::{self, Succession};
use crate::sharing::graphql::OtherCouncil;

/// That one council follows another.
#[derive(Clone)]
pub struct CouncilSuccession {
    pub(super) one: Succession,
}

/// That one council follows another: agreed where both say so, of the same day and kind.
#[Object]
impl CouncilSuccession {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::Succession, self.one.id)
    }

    /// What the other council is to this one.
    async fn side(&self) -> SuccessionSide {
        self.one.side.into()
    }

    /// The other council.
    async fn council(&self) -> OtherCouncil {
        (&self.one.other).into()
    }

    /// The successor's first day.
    async fn on(&self) -> Date {
        Date(self.one.on)
    }

    /// What becomes of the predecessor.
    async fn kind(&self) -> CouncilSuccessionKind {
        self.one.kind.into()
    }

    /// Whether this council says so; where it does not, the other does.
    async fn named_by_us(&self) -> bool {
        self.one.ours
    }

    /// Whether both say so, of the same day and kind.
    async fn agreed(&self) -> bool {
        self.one.agreed
    }

    /// When it was said.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.one.recorded_at)
    }

    /// What the viewer may do: say otherwise, hand figures over, say which indicators are meant.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Can>>> {
        let can = async || {
            let actor = session(ctx).actor().await?;
            let about: &[Permission] = match (self.one.agreed, self.one.side) {
                (false, _) => &[Permission::Reorganise],
                (true, Side::Successor) => &[Permission::Reorganise, Permission::ShareFigures],
                (true, Side::Predecessor) => &[Permission::Reorganise, Permission::ManageBenchmarks],
            };
            Ok(about.iter().filter(|permission| actor.scope_for(**permission).is_ok()).map(|permission| (*permission).into()).collect())
        };
        Some(can().await)
    }
}

/// The right to see who follows whom: whoever reorganises, and whoever reads the framework.
fn may_see(actor: &Actor) -> Result<Scope> {
    actor.scope_for(Permission::Reorganise).or_else(|_| actor.scope_for(Permission::ViewFramework))
}

/// Who follows the council and who came before it, by day.
pub async fn successions(ctx: &Context<'_>) -> Result<Vec<CouncilSuccession>> {
    let session = session(ctx);
    let scope = may_see(&*session.actor().await?)?;
    let all = names::all(&**session.snapshot().await?, &scope).await?;
    Ok(all.into_iter().map(|one| CouncilSuccession { one }).collect())
}
