//! `goldenthread serve`.

use std::process::ExitCode;

use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::config::Config;
use crate::error::{ContextExt, Result};
use crate::{http, jobs, notices};

/// Runs something async to its end and says on standard error why it failed.
pub fn start(work: impl Future<Output = Result<ExitCode>>) -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => {
            eprintln!("goldenthread: the runtime did not start: {why}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(work) {
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
        let listener = TcpListener::bind(config.listen).await.context("listening")?;
        println!("Golden Thread serves {}/graphql", app.base_url);
        listen(app, listener).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Serves on a listener, with this node's job runner beside it.
pub async fn listen(app: App, listener: TcpListener) -> Result<()> {
    if let Some(advice) = app.db.advice().await? {
        tracing::warn!("{advice}");
    }
    let runner = tokio::spawn(jobs::serve(app.clone()));
    let reminder = tokio::spawn(notices::serve(app.clone()));
    let calendar = tokio::spawn(crate::returns::schedule::serve(app.clone()));
    http::serve(listener, app, stopped()).await;
    runner.abort();
    reminder.abort();
    calendar.abort();
    Ok(())
}

/// Waits until somebody at the terminal, or whoever runs the service, says that it is enough.
async fn stopped() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
