//! Watching an import being read.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, ID, SimpleObject, Subscription};
use entity::import;
use futures::Stream;
use uuid::Uuid;

use super::graphql::ImportState;
use super::service::{self, State};
use crate::app::App;
use crate::error::{Error, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::session::Session;
use crate::news::Ear;

/// Another node may be reading, which this one does not hear: look this often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct ImportProgress {
    /// Where it stands.
    pub state: ImportState,
    /// Parts of the way to the plan that are done, of `total`: the file read, its rows understood, compared and kept. Never
    /// falls, unless the import is planned anew. Kept about twice a second.
    pub done: i32,
    /// Parts of the way in all; 0 while it waits.
    pub total: i32,
}

impl ImportProgress {
    /// How far an import is.
    pub fn of(app: &App, row: &import::Model) -> Result<Self> {
        let (done, total) = app.paces.of(&app.db, row);
        Ok(Self { state: State::of(row)?.into(), done, total })
    }
}

#[derive(Default)]
pub struct ImportSubscription;

/// What can be watched.
#[Subscription]
impl ImportSubscription {
    /// An import being read: an event now and with every step, until its plan is ready or it is refused.
    async fn import_progress(&self, ctx: &Context<'_>, id: ID) -> Result<impl Stream<Item = Result<ImportProgress>> + use<>> {
        let id = id::expect(&id, Kind::Import)?;
        let session = Arc::clone(ctx.data_unchecked::<Arc<Session>>());
        let ear = session.app.db.news().listen();
        let council = look(&session, id).await?.council;
        let watch = Watch { session, council, id, ear, last: None, over: false };
        Ok(futures::stream::unfold(watch, |mut watch| async move { watch.next().await.map(|event| (event, watch)) }))
    }
}

struct Watch {
    session: Arc<Session>,
    council: Uuid,
    id: Uuid,
    ear: Ear,
    last: Option<ImportProgress>,
    over: bool,
}

impl Watch {
    /// The next event; none after the last. Each look has a state of the database, and rights, of its own.
    async fn next(&mut self) -> Option<Result<ImportProgress>> {
        while !self.over {
            match look(&self.session, self.id).await {
                Ok(Seen { progress, settled, .. }) => {
                    self.over = settled;
                    if self.last.as_ref() != Some(&progress) {
                        self.last = Some(progress.clone());
                        return Some(Ok(progress));
                    }
                }
                Err(error) => {
                    self.over = true;
                    return Some(Err(error));
                }
            }
            if !self.over {
                self.wait().await;
            }
        }
        None
    }

    async fn wait(&mut self) {
        let again = self.session.app.db.news().look_again(LOOK_AGAIN);
        let _ = tokio::time::timeout(again, self.ear.import(self.council, self.id)).await;
    }
}

/// What a look shows.
struct Seen {
    council: Uuid,
    progress: ImportProgress,
    /// Nothing more is to come.
    settled: bool,
}

async fn look(session: &Session, id: Uuid) -> Result<Seen> {
    let session = session.renewed();
    let actor = session.actor().await?;
    let snapshot = session.snapshot().await?;
    let row = service::find(&**snapshot, &actor, id).await?.ok_or_else(|| Error::not_found("There is no such import here."))?;
    let (progress, settled) = (ImportProgress::of(&session.app, &row)?, State::of(&row)?.is_settled());
    Ok(Seen { council: row.council_id, progress, settled })
}
