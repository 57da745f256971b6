//! What every node does beside its requests: look what is due, and send what waits.

use std::time::{Duration, Instant};

use super::{fill, prune, send, store};
use crate::app::App;
use crate::error::Result;
use crate::telemetry::health::Loop;
use crate::warnings;

/// How often a node looks what waits to be sent.
const SEND_AGAIN: Duration = Duration::from_secs(15);
/// How often it looks what is due.
const LOOK_AGAIN: Duration = Duration::from_secs(5 * 60);

/// Works for as long as the service runs.
pub async fn serve(app: App) {
    let mut looked: Option<Instant> = None;
    loop {
        let mut well = true;
        if looked.is_none_or(|at| at.elapsed() >= LOOK_AGAIN) {
            looked = Some(Instant::now());
            if let Err(error) = look(&app).await {
                well = false;
                tracing::error!(cause = error.log_text(), "looking for what people are to be reminded of failed");
            }
        }
        if let Err(error) = send::send(&app).await {
            well = false;
            tracing::error!(cause = error.log_text(), "sending reminders failed");
        }
        app.went_round(Loop::Reminders, well);
        tokio::time::sleep(SEND_AGAIN).await;
    }
}

/// Writes what is due in every council that reminds, and sends what waits: what a node does at a time. Answers how many
/// reminders were written, and how many taken up.
pub async fn turn(app: &App) -> Result<(usize, usize)> {
    Ok((look(app).await?, send::send(app).await?))
}

/// Looks through the councils one after the other, and forgets what is old. Trouble with one keeps the others waiting for
/// nothing.
async fn look(app: &App) -> Result<usize> {
    // What fires is recorded first, so that what is to be told of it is told in the same turn.
    if let Err(error) = warnings::look(app).await {
        tracing::error!(cause = error.log_text(), "looking for early warnings failed");
    }
    let mut written = 0;
    for setting in store::settings_of_all(app).await? {
        match fill::fill(app, &setting).await {
            Ok(count) => written += count,
            Err(error) => {
                tracing::error!(council = %setting.council, cause = error.log_text(), "a council's reminders were not written");
            }
        }
    }
    let forgotten = prune::prune(app).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "old reminders were forgotten");
    }
    Ok(written)
}
