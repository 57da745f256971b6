//! `goldenthread serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::benchmarks::shipped;
use crate::config::Config;
use crate::error::{ContextExt, Result};
use crate::telemetry::health::Loop;
use crate::telemetry::otlp::Exporting;
use crate::{http, jobs, news, notices};

/// How long handing jobs back may take once everything that was asked is answered.
const HANDED_BACK: Duration = Duration::from_secs(5);
/// How long work of no interest to anybody any more keeps a process that is to end.
const LEFT_OVER: Duration = Duration::from_secs(1);

/// Address space of a thread's stack, of which only what is used is memory. A document of the greatest depth in an unoptimised build
/// comes near the usual two mebibytes.
const STACK_BYTES: usize = 8 << 20;

/// Runs something async to its end and says on standard error why it failed.
pub fn start(work: impl Future<Output = Result<ExitCode>>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK_BYTES).enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => {
            eprintln!("goldenthread: the runtime did not start: {why}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LEFT_OVER);
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("goldenthread: {}", error.log_text());
            ExitCode::FAILURE
        }
    }
}

/// Serves until told to stop.
pub fn run(config: &Config) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        shipped::load(&app.db, &app.ids, &app.clock).await?;
        let listener = TcpListener::bind(config.listen).await.context("listening")?;
        // Whoever reads that it serves may tell it to stop.
        let stop = stopped();
        println!("Golden Thread serves {}/graphql", app.base_url);
        listen_until(app, listener, config, stop).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The signal of a process whose file would grow past a limit set for it.
#[cfg(unix)]
const FILE_TOO_LARGE: i32 = 25;

/// Serves on a listener, with this node's job runner beside it.
pub async fn listen(app: App, listener: TcpListener, config: &Config) -> Result<()> {
    listen_until(app, listener, config, stopped()).await
}

async fn listen_until(app: App, listener: TcpListener, config: &Config, stopped: impl Future<Output = Told>) -> Result<()> {
    let exporting = Exporting::start(&app.metrics, app.db.kind())?;
    let watching = match config.metrics_listen {
        Some(address) => Some(TcpListener::bind(address).await.context("listening for whoever gathers metrics")?),
        None => None,
    };
    if let Some(advice) = app.db.advice().await? {
        tracing::warn!("{advice}");
    }
    if let Some(advice) = crate::durable::advice(app.db.pool()).await? {
        tracing::warn!("{advice}");
    }
    // A file that may not grow is a full disk to whoever asked, and no reason to end: caught once, the signal is an error.
    #[cfg(unix)]
    let _caught = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(FILE_TOO_LARGE));
    app.health.seen(Loop::Jobs);
    let watching = watching.map(|listener| tokio::spawn(http::measured::serve(listener, app.clone())));
    let news = tokio::spawn(news::serve(app.db.clone()));
    let (stopping, told) = watch::channel(false);
    let runner = tokio::spawn(jobs::serve(app.clone(), told));
    let reminder = tokio::spawn(notices::serve(app.clone()));
    let calendar = tokio::spawn(crate::returns::schedule::serve(app.clone()));
    let shares = tokio::spawn(crate::sharing::serve(app.clone()));
    let (health, drain) = (Arc::clone(&app.health), Duration::from_secs(config.drain_seconds));
    let stop = async move {
        let told = stopped.await;
        health.stop();
        // Jobs in hand are done or handed back while what was asked is answered.
        let _ = stopping.send(true);
        // Whoever runs the service has balancers in front, which see for a while that this node is not ready before its door closes.
        if told == Told::ByTheSystem {
            tracing::info!(seconds = drain.as_secs(), "told to stop: not ready any more, and serving for a while yet");
            tokio::time::sleep(drain).await;
        }
    };
    http::serve(listener, app, stop).await;
    if tokio::time::timeout(HANDED_BACK, runner).await.is_err() {
        tracing::warn!("jobs were still in hand when the service stopped: they are taken up when their leases end");
    }
    for beside in [Some(reminder), Some(calendar), Some(shares), Some(news), watching].into_iter().flatten() {
        beside.abort();
    }
    exporting.stop().await;
    Ok(())
}

/// Who says that it is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    AtTheTerminal,
    /// SIGTERM.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there is no such signal"))]
    ByTheSystem,
}

/// Ends when somebody at the terminal, or whoever runs the service, says that it is enough: heard from when this is called, not from
/// when it is first waited for.
#[cfg(unix)]
fn stopped() -> impl Future<Output = Told> {
    use tokio::signal::unix::{SignalKind, signal};
    let (terminate, interrupt) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        match (terminate, interrupt) {
            (Ok(mut terminate), Ok(mut interrupt)) => {
                tokio::select! {
                    _ = terminate.recv() => Told::ByTheSystem,
                    _ = interrupt.recv() => Told::AtTheTerminal,
                }
            }
            _ => {
                let _ = tokio::signal::ctrl_c().await;
                Told::AtTheTerminal
            }
        }
    }
}

/// Ends when somebody at the terminal says that it is enough.
#[cfg(not(unix))]
async fn stopped() -> Told {
    let _ = tokio::signal::ctrl_c().await;
    Told::AtTheTerminal
}
