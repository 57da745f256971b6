//! Takes jobs and does them, one at a time on each node.

use std::time::Duration;

use super::queue::{self, ATTEMPTS_MAX, Job, Kind};
use crate::app::App;
use crate::error::{ContextExt, Error, Result};
use crate::{imports, packs};

/// How often a node says that it works on a job: several times within a lease.
const RENEW: Duration = Duration::from_secs(4);
/// How long until a node looks for jobs other nodes enqueued.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Works for as long as the service runs.
pub async fn serve(app: App) {
    loop {
        if let Err(error) = run_until_idle(&app).await {
            tracing::error!(cause = error.log_text(), "looking for jobs failed");
        }
        let _ = tokio::time::timeout(LOOK_AGAIN, app.job_added.notified()).await;
    }
}

/// Does every job there is.
pub async fn run_until_idle(app: &App) -> Result<()> {
    while let Some(job) = queue::claim(app).await? {
        let failure = match apart(app, &job).await {
            Ended::Done => None,
            // Whoever has it now says how it ended.
            Ended::TakenOver => continue,
            Ended::Failed(error) => Some(error),
        };
        if let Some(error) = &failure {
            tracing::error!(job = %job.id, kind = %job.kind, attempt = job.attempts, cause = error.log_text(), "job failed");
        }
        if failure.is_some() && job.attempts >= ATTEMPTS_MAX {
            give_up(app, &job).await?;
        }
        queue::finish(app, &job, failure.map(|error| error.log_text())).await?;
    }
    Ok(())
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
            () = tokio::time::sleep(RENEW) => match queue::renew(app, job).await {
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
