//! Submitting a workbook and having it planned here and now.

use std::time::Duration;

use entity::import;
use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use crate::access::Actor;
use crate::app::App;
use crate::error::{Error, Refusal, Result};
use crate::imports::service::{self, Options, State};
use crate::imports::verbs::{self, Deed};
use crate::jobs;

/// A server beside us may be reading it: look how far it is this often.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// Submits a workbook and has it planned.
pub async fn plan(app: &App, actor: &Actor, name: &str, bytes: Vec<u8>, options: &Options) -> Result<import::Model, Refusal> {
    let scope = service::may_import(actor)?;
    let stored = verbs::store_bytes(app, &scope, name, bytes).await?;
    let submit = async |deed: &Deed<'_>| {
        let upload = verbs::keep_upload(deed, stored).await?;
        Ok((verbs::submit(deed, upload.id, options).await?, ()))
    };
    let (submitted, ()) = verbs::by_command(app, actor, submit).await?;
    Ok(planned(app, actor, name, submitted.id).await?)
}

/// Waits until an import in the queue is planned, doing what is in the queue, with a bar that shows how far it is.
pub async fn planned(app: &App, actor: &Actor, name: &str, id: Uuid) -> Result<import::Model> {
    let mut ear = app.db.news().listen();
    let bar = ProgressBar::new(0).with_message(name.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent}%") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(LOOK_AGAIN);
    let planning = jobs::run_until_idle(app);
    tokio::pin!(planning);
    loop {
        tokio::select! {
            done = &mut planning => break done?,
            () = ear.any_import() => {
                let row = find(app, actor, id).await?;
                let (done, of) = app.paces.of(&app.db, &row);
                bar.set_length(u64::try_from(of).unwrap_or_default());
                bar.set_position(u64::try_from(done).unwrap_or_default());
            }
        }
    }
    let row = loop {
        let row = find(app, actor, id).await?;
        if State::of(&row)?.is_settled() {
            break row;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    };
    bar.finish_and_clear();
    Ok(row)
}

/// An import that the person may see.
pub async fn find(app: &App, actor: &Actor, id: Uuid) -> Result<import::Model> {
    let snapshot = app.db.snapshot(actor.council.id).await?;
    service::find(&*snapshot, actor, id).await?.ok_or_else(|| Error::not_found("There is no such import here."))
}
