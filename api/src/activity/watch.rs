//! Watching a council: one loop for whatever is watched, and each event to whoever may see it at that moment.

use std::sync::Arc;

use async_graphql::Context;
use chrono::{DateTime, Utc};
use futures::Stream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::Happening;
use crate::access::Actor;
use crate::error::{Error, Result};
use crate::graphql::session::Session;

/// What is watched for.
pub trait Watched: Send + Sync + 'static {
    type Event: Send;

    /// What whoever missed events is to read instead.
    const INSTEAD: &'static str;

    /// Refuses whoever could never see any event.
    fn may(actor: &Actor) -> Result<()>;

    /// The first event: a client that reads what there is after it misses nothing.
    fn began(&self, at: DateTime<Utc>) -> Self::Event;

    /// What is told of what happened; none where that is not watched.
    fn told(&self, happening: &Happening) -> Option<Result<Self::Event>>;

    /// Whether the viewer may see it, in a session with the rights they have now.
    fn sees(&self, session: &Session, happening: &Happening) -> impl Future<Output = Result<bool>> + Send;
}

struct Watch<W: Watched> {
    session: Arc<Session>,
    of: W,
    receiver: Receiver<Arc<Happening>>,
    began: Option<W::Event>,
    over: bool,
}

/// Watches the viewer's council from now on.
pub async fn watch<W: Watched>(ctx: &Context<'_>, council: &str, of: W) -> Result<impl Stream<Item = Result<W::Event>> + use<W>> {
    let session = Arc::clone(ctx.data_unchecked::<Arc<Session>>());
    let actor = session.actor().await?;
    if actor.council.code != council {
        return Err(Error::not_found("There is no such council here, or none of yours."));
    }
    W::may(&actor)?;
    let receiver = session.app.activity.watch(&session.app, actor.council.id).await?;
    let began = Some(of.began(session.app.clock.now()));
    session.refresh().await;
    let watch = Watch { session, of, receiver, began, over: false };
    Ok(futures::stream::unfold(watch, |mut watch| async move { watch.next().await.map(|event| (event, watch)) }))
}

impl<W: Watched> Watch<W> {
    /// The next event the viewer may see; none after the last.
    async fn next(&mut self) -> Option<Result<W::Event>> {
        if let Some(began) = self.began.take() {
            return Some(Ok(began));
        }
        while !self.over {
            let happening = match self.receiver.recv().await {
                Ok(happening) => happening,
                Err(RecvError::Lagged(missed)) => {
                    self.over = true;
                    let message = format!("{missed} events were missed: read {}, and watch again.", W::INSTEAD);
                    return Some(Err(Error::limit(message)));
                }
                Err(RecvError::Closed) => return None,
            };
            let Some(event) = self.of.told(&happening) else { continue };
            match self.of.sees(&self.session.renewed(), &happening).await {
                Ok(true) => return Some(event),
                Ok(false) => {}
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
