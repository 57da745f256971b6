//! Warnings as nodes see them fire.

use async_graphql::{Context, SimpleObject, Subscription};
use futures::Stream;

use super::feed::WarningRecord;
use crate::access::Actor;
use crate::activity::{Happening, Watched, watch};
use crate::error::Result;
use crate::graphql::scalars::DateTime;
use crate::graphql::session::Session;
use crate::warnings::eyes::{Viewing, may_look};

/// A warning that was seen to fire while one watches.
#[derive(SimpleObject)]
pub struct RaisedWarning {
    /// When it was seen.
    at: DateTime,
    /// The warning. Null in the first event, which says that the watch has begun: what is seen from then on is told, and a client that
    /// reads `council.warningFeed` after it misses nothing.
    warning: Option<WarningRecord>,
}

#[derive(Default)]
pub struct WarningSubscription;

/// What can be watched.
#[Subscription]
impl WarningSubscription {
    /// Warnings of a council as they are seen to fire, from now on: each to whoever may read at that moment what it is about as it was
    /// recorded. Whoever falls far behind is told so and let go.
    async fn warning_raised(&self, ctx: &Context<'_>, council: String) -> Result<impl Stream<Item = Result<RaisedWarning>> + use<>> {
        watch(ctx, &council, Raised).await
    }
}

/// Warnings that are seen to fire.
struct Raised;

impl Watched for Raised {
    type Event = RaisedWarning;

    const INSTEAD: &'static str = "`council.warningFeed`";

    fn may(actor: &Actor) -> Result<()> {
        may_look(actor)
    }

    fn began(&self, at: chrono::DateTime<chrono::Utc>) -> RaisedWarning {
        RaisedWarning { at: DateTime(at), warning: None }
    }

    fn told(&self, happening: &Happening) -> Option<Result<RaisedWarning>> {
        let Happening::Warning(seen) = happening else { return None };
        let at = DateTime(seen.recorded.recorded_at);
        Some(WarningRecord::of(&seen.recorded).map(|warning| RaisedWarning { at, warning: Some(warning) }))
    }

    /// Whether the viewer may read what it is about.
    async fn sees(&self, session: &Session, happening: &Happening) -> Result<bool> {
        let Happening::Warning(seen) = happening else { return Ok(false) };
        let Some(seat) = &seen.seat else { return Ok(false) };
        let actor = session.actor().await?;
        let today = session.app.clock.today();
        let (readings, snapshot) = session.readings(today).await?;
        let viewing = Viewing::of(&actor, readings, &snapshot, seen.catalogue.as_ref(), today).await?;
        Ok(viewing.sees(&actor, seat))
    }
}
