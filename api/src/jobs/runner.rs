//! Takes jobs and does them, one at a time on each node.

use std::time::Duration;

use super::queue::{self, ATTEMPTS_MAX, Job, Kind};
use crate::app::App;
use crate::error::{ContextExt, Error, Result};
use crate::{imports, packs};

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
        let outcome = apart(app, &job).await;
        if let Err(error) = &outcome {
            tracing::error!(job = %job.id, kind = %job.kind, attempt = job.attempts, cause = error.log_text(), "job failed");
        }
        let failure = outcome.err();
        if failure.is_some() && job.attempts >= ATTEMPTS_MAX {
            give_up(app, &job).await?;
        }
        queue::finish(app, &job, failure.map(|error| error.log_text())).await?;
    }
    Ok(())
}

/// Does a job in a task of its own: one that panics is one that failed, and the runner goes on.
async fn apart(app: &App, job: &Job) -> Result<()> {
    if job.attempts > ATTEMPTS_MAX {
        return Err(Error::internal("doing a job", &"whoever did it last never came back"));
    }
    let (app, job) = (app.clone(), job.clone());
    tokio::spawn(async move { work(&app, &job).await }).await.context("doing a job")?
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
