//! Warnings as nodes see them fire.

use std::sync::Arc;

use async_graphql::{Context, SimpleObject, Subscription};
use futures::Stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::feed::WarningRecord;
use crate::activity::{Happening, WarningSeen};
use crate::error::{Error, Result};
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
        let session = Arc::clone(ctx.data_unchecked::<Arc<Session>>());
        let actor = session.actor().await?;
        if actor.council.code != council {
            return Err(Error::not_found("There is no such council here, or none of yours."));
        }
        may_look(&actor)?;
        let receiver = session.app.activity.watch(&session.app, actor.council.id).await?;
        let began = RaisedWarning { at: DateTime(session.app.clock.now()), warning: None };
        session.refresh().await;
        let watch = Watch { session, receiver, began: Some(began), over: false };
        Ok(futures::stream::unfold(watch, |mut watch| async move { watch.next().await.map(|event| (event, watch)) }))
    }
}

struct Watch {
    session: Arc<Session>,
    receiver: Receiver<Arc<Happening>>,
    began: Option<RaisedWarning>,
    over: bool,
}

impl Watch {
    /// The next warning the viewer may see; none after the last.
    async fn next(&mut self) -> Option<Result<RaisedWarning>> {
        if let Some(began) = self.began.take() {
            return Some(Ok(began));
        }
        while !self.over {
            let happening = match self.receiver.recv().await {
                Ok(happening) => happening,
                Err(RecvError::Lagged(missed)) => {
                    self.over = true;
                    let message = format!("{missed} events were missed: read `council.warningFeed`, and watch again.");
                    return Some(Err(Error::limit(message)));
                }
                Err(RecvError::Closed) => return None,
            };
            let Happening::Warning(seen) = &*happening else { continue };
            match self.sees(seen).await {
                Ok(true) => {
                    let at = DateTime(seen.recorded.recorded_at);
                    return Some(WarningRecord::of(&seen.recorded).map(|warning| RaisedWarning { at, warning: Some(warning) }));
                }
                Ok(false) => {}
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    /// Whether the viewer may read what it is about, with the rights they have now.
    async fn sees(&self, seen: &WarningSeen) -> Result<bool> {
        let Some(seat) = &seen.seat else { return Ok(false) };
        let session = self.session.renewed();
        let actor = session.actor().await?;
        let today = session.app.clock.today();
        let (readings, snapshot) = session.readings(today).await?;
        let viewing = Viewing::of(&actor, readings, &snapshot, seen.catalogue.as_ref(), today).await?;
        Ok(viewing.sees(&actor, seat))
    }
}
