//! Takes jobs and does them: several at once on each node, and of one council no more than its share.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use tracing::Instrument;
use uuid::Uuid;

use super::queue::{self, ATTEMPTS_MAX, Job, Kind};
use super::share::Share;
use crate::app::App;
use crate::db::by_the_clock;
use crate::error::{Code, ContextExt, Error, Result};
use crate::telemetry::account;
use crate::telemetry::health::Loop;
use crate::telemetry::jobs::Doing;
use crate::{imports, packs};

/// How often a node says that it works on a job: several times within a lease.
const RENEW: Duration = Duration::from_secs(4);
/// How long until a node looks for jobs it was not told of: those whose node died.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// How long a job in hand may go on once the service is told to stop, before it is handed back: most are done by then, and
/// the others another node takes up at once.
const FAREWELL: Duration = Duration::from_secs(1);

/// Works until the service is told to stop; then hands back what is not done soon, and returns.
pub async fn serve(app: App, stopping: watch::Receiver<bool>) {
    let mut hands = Hands::new(app, stopping.clone());
    while !*stopping.borrow() {
        let taken_up = hands.take_up().await;
        if let Err(error) = &taken_up {
            tracing::error!(cause = error.log_text(), "looking for jobs failed");
        }
        hands.app.went_round(Loop::Jobs, taken_up.is_ok());
        let db = hands.app.db.clone();
        tokio::select! {
            Some(ended) = hands.ended() => {
                if let Err(error) = ended {
                    tracing::error!(cause = error.log_text(), "saying how a job ended failed");
                }
            }
            () = db.news().job() => {}
            () = stopped(&stopping) => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
    while let Some(ended) = hands.ended().await {
        if let Err(error) = ended {
            tracing::error!(cause = error.log_text(), "saying how a job ended failed");
        }
    }
}

/// Waits until the service is told to stop: for ever where nobody is left to tell it.
async fn stopped(stopping: &watch::Receiver<bool>) {
    if stopping.clone().wait_for(|stopping| *stopping).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Does every job there is. After a failure to look for jobs, or to note how one ended, no more are taken up.
pub async fn run_until_idle(app: &App) -> Result<()> {
    let (_never, stopping) = watch::channel(false);
    let mut hands = Hands::new(app.clone(), stopping);
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
    stopping: watch::Receiver<bool>,
}

impl Hands {
    fn new(app: App, stopping: watch::Receiver<bool>) -> Self {
        Self { app, share: Share::of_this_machine(), working: JoinSet::new(), councils: HashMap::new(), stopping }
    }

    /// Takes up as many jobs as there are places for.
    async fn take_up(&mut self) -> Result<()> {
        while self.working.len() < self.share.all {
            let Some(job) = queue::claim(&self.app, &self.served()).await? else { return Ok(()) };
            let (app, council, stopping) = (self.app.clone(), job.council, self.stopping.clone());
            let task = self.working.spawn(async move { see_to(&app, &job, &stopping).await });
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
async fn see_to(app: &App, job: &Job, stopping: &watch::Receiver<bool>) -> Result<()> {
    let doing = Doing::begin(app, job);
    let account = Arc::clone(&doing.account);
    let span = tracing::info_span!("job", request = %account.request);
    let (outcome, noted) = account.of(done(app, job, stopping)).instrument(span).await;
    doing.end(app, job, outcome);
    noted
}

/// Does it, and answers how it ended, for whoever watches, and whether that could be noted.
async fn done(app: &App, job: &Job, stopping: &watch::Receiver<bool>) -> (&'static str, Result<()>) {
    let failure = match apart(app, job, stopping).await {
        Ended::Done => None,
        // Whoever has it now says how it ended.
        Ended::TakenOver => return ("taken_over", Ok(())),
        Ended::Stopped => return ("handed_back", queue::hand_back(app, job).await),
        Ended::Failed(error) => Some(error),
    };
    let outcome = match &failure {
        None => "done",
        Some(_) if job.attempts >= ATTEMPTS_MAX => "given_up",
        Some(_) => "failed",
    };
    match note(app, job, failure).await {
        Ok(true) => ("put_off", Ok(())),
        noted => (outcome, noted.map(drop)),
    }
}

/// Notes how a job ended; says whether it was put off.
async fn note(app: &App, job: &Job, failure: Option<Error>) -> Result<bool> {
    if let Some(error) = &failure {
        tracing::error!(job = %job.id, kind = %job.kind, attempt = job.attempts, cause = error.log_text(), "job failed");
    }
    if failure.as_ref().is_some_and(|error| error.code == Code::Unavailable) && queue::put_off(app, job).await? {
        return Ok(true);
    }
    if failure.is_some() && job.attempts >= ATTEMPTS_MAX {
        give_up(app, job).await?;
    }
    queue::finish(app, job, failure.map(|error| error.log_text())).await.map(|()| false)
}

/// How a try at a job ended.
enum Ended {
    Done,
    Failed(Error),
    /// Another node took this one for dead.
    TakenOver,
    /// The service stops: another node does it, or this one when it starts again.
    Stopped,
}

/// Does a job in a task of its own, and says all the while that it is worked on: one that panics is one that failed, and
/// the runner goes on.
async fn apart(app: &App, job: &Job, stopping: &watch::Receiver<bool>) -> Ended {
    if job.attempts > ATTEMPTS_MAX {
        return Ended::Failed(Error::internal("doing a job", &"whoever did it last never came back"));
    }
    let (node, doing) = (app.clone(), job.clone());
    let account = account::current().unwrap_or_default();
    let inside = async move { account.of(work(&node, &doing)).await };
    let mut task = Aborted(tokio::spawn(inside.in_current_span()));
    let mut enough = pin!(async {
        stopped(stopping).await;
        tokio::time::sleep(FAREWELL).await;
    });
    loop {
        tokio::select! {
            done = &mut task.0 => {
                return match done.context("doing a job").and_then(|done| done) {
                    Ok(()) => Ended::Done,
                    Err(error) => Ended::Failed(error),
                };
            }
            () = &mut enough => {
                // What it was about to write is undone with it; only then is it anybody's.
                task.0.abort();
                return match (&mut task.0).await {
                    Ok(Ok(())) => Ended::Done,
                    Ok(Err(error)) => Ended::Failed(error),
                    Err(_) => Ended::Stopped,
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
