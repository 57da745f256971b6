//! Takes jobs and does them: several at once on each node, and of one council no more than its share.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinSet};
use uuid::Uuid;

use super::queue::{self, ATTEMPTS_MAX, Job, Kind};
use super::share::Share;
use crate::app::App;
use crate::db::by_the_clock;
use crate::error::{ContextExt, Error, Result};
use crate::{imports, packs};

/// How often a node says that it works on a job: several times within a lease.
const RENEW: Duration = Duration::from_secs(4);
/// How long until a node looks for jobs other nodes enqueued.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Works for as long as the service runs.
pub async fn serve(app: App) {
    let mut hands = Hands::new(app);
    loop {
        if let Err(error) = hands.take_up().await {
            tracing::error!(cause = error.log_text(), "looking for jobs failed");
        }
        let added = Arc::clone(&hands.app.job_added);
        tokio::select! {
            Some(ended) = hands.ended() => {
                if let Err(error) = ended {
                    tracing::error!(cause = error.log_text(), "saying how a job ended failed");
                }
            }
            () = added.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Does every job there is. After a failure to look for jobs, or to note how one ended, no more are taken up.
pub async fn run_until_idle(app: &App) -> Result<()> {
    let mut hands = Hands::new(app.clone());
    let mut so_far = Ok(());
    loop {
        if so_far.is_ok() {
            so_far = hands.take_up().await;
        }
        match hands.ended().await {
            Some(ended) => so_far = so_far.and(ended),
            None => return so_far,
        }
    }
}

/// The jobs a node has in hand. Dropped, it leaves them to whoever takes them up when their leases end.
struct Hands {
    app: App,
    share: Share,
    working: JoinSet<Result<()>>,
    /// Whose each job in hand is.
    councils: HashMap<Id, Uuid>,
}

impl Hands {
    fn new(app: App) -> Self {
        Self { app, share: Share::of_this_machine(), working: JoinSet::new(), councils: HashMap::new() }
    }

    /// Takes up as many jobs as there are places for.
    async fn take_up(&mut self) -> Result<()> {
        while self.working.len() < self.share.all {
            let Some(job) = queue::claim(&self.app, &self.served()).await? else { return Ok(()) };
            let (app, council) = (self.app.clone(), job.council);
            let task = self.working.spawn(async move { see_to(&app, &job).await });
            self.councils.insert(task.id(), council);
        }
        Ok(())
    }

    /// Councils that have their share.
    fn served(&self) -> Vec<Uuid> {
        let mut served: Vec<Uuid> = self.councils.values().copied().collect();
        served.retain(|council| self.councils.values().filter(|other| *other == council).count() >= self.share.council);
        served.sort_unstable();
        served.dedup();
        served
    }

    /// Waits until a job in hand has ended, and says whether that could be noted; none when there are none.
    async fn ended(&mut self) -> Option<Result<()>> {
        let (task, noted) = match self.working.join_next_with_id().await? {
            Ok(ended) => ended,
            Err(error) => (error.id(), Err(Error::internal("looking after a job", &error))),
        };
        self.councils.remove(&task);
        Some(noted)
    }
}

/// Does a job and notes how it ended.
async fn see_to(app: &App, job: &Job) -> Result<()> {
    let failure = match apart(app, job).await {
        Ended::Done => None,
        // Whoever has it now says how it ended.
        Ended::TakenOver => return Ok(()),
        Ended::Failed(error) => Some(error),
    };
    if let Some(error) = &failure {
        tracing::error!(job = %job.id, kind = %job.kind, attempt = job.attempts, cause = error.log_text(), "job failed");
    }
    if failure.is_some() && job.attempts >= ATTEMPTS_MAX {
        give_up(app, job).await?;
    }
    queue::finish(app, job, failure.map(|error| error.log_text())).await
}

/// How a try at a job ended.
enum Ended {
    Done,
    Failed(Error),
    /// Another node took this one for dead.
    TakenOver,
}

/// Does a job in a task of its own, and says all the while that it is worked on: one that panics is one that failed, and
/// the runner goes on.
async fn apart(app: &App, job: &Job) -> Ended {
    if job.attempts > ATTEMPTS_MAX {
        return Ended::Failed(Error::internal("doing a job", &"whoever did it last never came back"));
    }
    let (node, doing) = (app.clone(), job.clone());
    let mut task = Aborted(tokio::spawn(async move { work(&node, &doing).await }));
    loop {
        tokio::select! {
            done = &mut task.0 => {
                return match done.context("doing a job").and_then(|done| done) {
                    Ok(()) => Ended::Done,
                    Err(error) => Ended::Failed(error),
                };
            }
            () = tokio::time::sleep(RENEW) => match by_the_clock(queue::renew(app, job)).await {
                Ok(true) => {}
                Ok(false) => return Ended::TakenOver,
                // A database that is busy or away now may answer before the lease ends.
                Err(error) => tracing::warn!(job = %job.id, cause = error.log_text(), "could not say that a job is worked on"),
            },
        }
    }
}

/// A task that ends when nobody waits for it any more.
struct Aborted(tokio::task::JoinHandle<Result<()>>);

impl Drop for Aborted {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn work(app: &App, job: &Job) -> Result<()> {
    match job.kind {
        Kind::PlanImport => imports::job::run(app, job).await,
        Kind::BuildPack => packs::job::run(app, job).await,
    }
}

/// Tells the import or pack that it will not come.
async fn give_up(app: &App, job: &Job) -> Result<()> {
    match job.kind {
        Kind::PlanImport => imports::job::give_up(app, job).await,
        Kind::BuildPack => packs::job::give_up(app, job).await,
    }
}
