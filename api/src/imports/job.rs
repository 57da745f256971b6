//! The slow half of submitting: read the workbook apart, plan, keep the plan and the workbook of findings.

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::import;
use importers::{Diagnostic, Layout, Reading, Rows, Settings};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::handover::Read;
use super::history;
use super::mappings;
use super::pace::{self, PARTS, Pace};
use super::plan::{self, Plan};
use super::service::{self, Options, State, moved};
use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::by_the_clock;
use crate::error::{Code, ContextExt, Result};
use crate::jobs::{self, Job};
use crate::telemetry::metrics;

/// Another node may have cancelled it: look there this often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Does the job. Run twice it does the same once: an import that is planned is left alone.
pub async fn run(app: &App, job: &Job) -> Result<()> {
    let snapshot = app.db.snapshot(job.council).await?;
    let actor = Actor::load_for_job(&*snapshot, job.council, job.person, job.machine, app.clock.now()).await;
    let actor = match actor {
        Ok(actor) => actor,
        // Whoever asked is gone: their import ends here.
        Err(error) if error.code == Code::Unauthenticated => return give_up(app, job).await,
        Err(error) => return Err(error),
    };
    let scope = actor.own_scope();
    let Some(mut row) = store::find(&*snapshot, &scope, job.subject).await? else { return Ok(()) };
    if State::of(&row)?.is_settled() {
        return Ok(());
    }
    drop(snapshot);
    // Whoever waits for it may think better of it: then the reader ends at once, wherever it runs.
    tokio::select! {
        done = read_and_plan(app, &actor, &scope, (job, &mut row)) => done,
        () = cancelled(app, &scope, job.subject) => Ok(()),
    }
}

async fn read_and_plan(app: &App, actor: &Actor, scope: &Scope, (job, row): (&Job, &mut import::Model)) -> Result<()> {
    let options: Options = serde_json::from_str(&row.options).context("reading an import's options")?;
    let snapshot = app.db.snapshot(scope.council).await?;
    let settings = mappings::service::settings(&*snapshot, actor, &options).await?;
    drop(snapshot);
    pace::keep(app, scope, row.id, 0).await?;
    let pace = Pace::default();
    let kept = pace.keep(app, scope, row.id);
    let Read { reading, rows } = read(app, row, &settings, &pace).await?;
    app.metrics.import_rows(metrics::Rows::Read, rows.len());
    let mut plan = make_plan(app, actor, row, (&reading, rows), (&options, &pace)).await?;
    let issue = compare_with_earlier(app, scope, (job, row), &reading, &mut plan).await?;
    pace.tell(&pace::KEEPING, 0, 1);
    let done = keep(app, actor, row.clone(), (&reading, issue), (plan, &pace)).await;
    drop(kept);
    done
}

/// Has the workbook read, when there is a place for it.
async fn read(app: &App, row: &import::Model, settings: &Settings, pace: &Pace) -> Result<Read> {
    let place = app.reader.places.for_job(row.council_id).await?;
    let bytes = app.files.load(&format!("{}/uploads/{}", row.council_id, row.sha256)).await?;
    let told = |hundredths| pace.tell(&pace::READING, hundredths, 100);
    let read = app.reader.read(&place, (&row.file_name, bytes), settings, told).await?;
    pace.tell(&pace::READING, 1, 1);
    Ok(read)
}

/// Ends when the import was cancelled, here or through another node.
async fn cancelled(app: &App, scope: &Scope, id: Uuid) {
    let mut ear = app.db.news().listen();
    loop {
        if by_the_clock(is_cancelled(app, scope, id)).await {
            return;
        }
        let _ = tokio::time::timeout(app.db.news().look_again(LOOK_AGAIN), ear.import(scope.council, id)).await;
    }
}

/// Whether it is known to be cancelled: a database that does not answer ends nothing.
async fn is_cancelled(app: &App, scope: &Scope, id: Uuid) -> bool {
    let Ok(snapshot) = app.db.snapshot(scope.council).await else { return false };
    let Ok(Some(row)) = store::find(&*snapshot, scope, id).await else { return false };
    State::of(&row).is_ok_and(|state| state == State::Cancelled)
}

/// Says of an import that it will not be read.
pub async fn give_up(app: &App, job: &Job) -> Result<()> {
    let tx = app.db.change(job.council).await?;
    let scope = Scope::of_job(job.council, job.person);
    let Some(mut row) = store::find(&*tx, &scope, job.subject).await? else { return Ok(()) };
    if State::of(&row)?.is_settled() {
        return Ok(());
    }
    row.state = State::Refused.to_string();
    row.failure = Some(why_given_up(job).into());
    store::save(&*tx, row.clone()).await?;
    let behind = Behind { person: None, role: None, by: &scope.by };
    let event = Event { verb: "import.fail", subject: format!("import {}", row.id), before: None, after: audit::state(&row.failure) };
    audit::record_of(app, &tx, job.council, &behind, Outcome::Failed, event).await?;
    moved(&tx, &row)?;
    tx.commit().await
}

/// What the sender is told of a job that is given up.
const fn why_given_up(job: &Job) -> &'static str {
    if job.attempts > jobs::ATTEMPTS_MAX {
        return "Reading this workbook was begun three times, and each time the service stopped before it was done. It was given up and \
            nothing of it was taken. Save it as a new workbook, or in parts, and send that; if it happens again, quote the import's id.";
    }
    "The workbook could not be read now. Send it again; if it happens again, quote the import's id."
}

/// Whether the import still waits to be planned: another node may have taken over from a slow one, and its plan may have
/// been accepted meanwhile.
async fn is_mine(tx: &crate::db::Change, scope: &Scope, row: &import::Model) -> Result<bool> {
    match store::find(&**tx, scope, row.id).await? {
        Some(now) => Ok(!State::of(&now)?.is_settled()),
        None => Ok(false),
    }
}

async fn make_plan(
    app: &App,
    actor: &Actor,
    row: &import::Model,
    (reading, rows): (&Reading, Rows),
    (options, pace): (&Options, &Pace),
) -> Result<Plan> {
    let Some(layout) = reading.layout else {
        return Ok(Plan { changes: Vec::new(), diagnostics: reading.diagnostics.clone() });
    };
    if let Err(error) = service::scope_for(actor, layout) {
        let message =
            format!("This is a workbook of the kind “{}”, which none of your roles may import. {}", layout.words(), error.message);
        let mut diagnostics = reading.diagnostics.clone();
        diagnostics.push(Diagnostic::new("ACC-001", importers::Place::file(), message).suggest("Ask the performance team to import it."));
        return Ok(Plan { changes: Vec::new(), diagnostics });
    }
    let snapshot = app.db.snapshot(row.council_id).await?;
    let today = app.clock.today();
    match layout {
        Layout::Framework => {
            let (mut plan, known) = plan::framework::plan(&*snapshot, actor, today, reading).await?;
            if let Some(sheets) = &reading.delivery {
                let records = plan::delivery::plan(&*snapshot, actor, today, (sheets, known)).await?;
                plan.changes.extend(records.changes);
                plan.diagnostics.extend(records.diagnostics);
                plan.diagnostics = importers::diagnostic::merge(plan.diagnostics);
            }
            Ok(plan)
        }
        Layout::Delivery => {
            let Some(sheets) = &reading.delivery else {
                return Ok(Plan { changes: Vec::new(), diagnostics: reading.diagnostics.clone() });
            };
            let mut plan = plan::delivery::plan(&*snapshot, actor, today, (sheets, plan::delivery::Beside::default())).await?;
            plan.diagnostics.splice(0..0, reading.diagnostics.iter().cloned());
            plan.diagnostics = importers::diagnostic::merge(plan.diagnostics);
            Ok(plan)
        }
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark | Layout::Entry => {
            let key = crate::returns::service::signing_key(app, row.council_id)?;
            let asked =
                plan::values::Asked { today, period: options.period, element: row.element_id, template_key: Some(&key), entered: None };
            plan::values::plan(&*snapshot, actor, &asked, (reading, rows), pace).await
        }
    }
}

/// Compares a plan with what the council took before; answers which issue of a template the workbook is, where it is one.
async fn compare_with_earlier(
    app: &App,
    scope: &Scope,
    (job, row): (&Job, &import::Model),
    reading: &Reading,
    plan: &mut Plan,
) -> Result<Option<Uuid>> {
    let snapshot = app.db.snapshot(scope.council).await?;
    history::later_imports(&*snapshot, scope, job.asked_at, plan).await?;
    let stamp = reading.stamp.as_ref().filter(|_| reading.layout == Some(Layout::Template));
    let template = match stamp {
        Some(stamp) => history::issued(&*snapshot, scope, stamp, plan).await?,
        None => None,
    };
    history::same_file(&*snapshot, scope, row, plan).await?;
    Ok(template)
}

async fn keep(
    app: &App,
    actor: &Actor,
    mut row: import::Model,
    (reading, issue): (&Reading, Option<Uuid>),
    (plan, pace): (Plan, &Pace),
) -> Result<()> {
    let scope = actor.own_scope();
    row.layout = reading.layout.map(|l| l.to_string());
    let tx = app.db.change(scope.council).await?;
    planned(&mut row, &plan, tx.at(&app.clock));
    if !is_mine(&tx, &scope, &row).await? {
        return Ok(());
    }
    store::keep_plan(&tx, &scope, &app.ids, row.id, &plan, pace).await?;
    mappings::store::keep_tables(&tx, &scope, &app.ids, row.id, &reading.tables).await?;
    history::keep_issue(&tx, &scope, &app.ids, row.id, issue).await?;
    store::save(&*tx, row.clone()).await?;
    moved(&tx, &row)?;
    tx.commit().await?;
    app.metrics.import_rows(metrics::Rows::Planned, plan.changes.len());
    Ok(())
}

/// Says of an import what its plan is.
pub fn planned(row: &mut import::Model, plan: &Plan, at: DateTime<Utc>) {
    let counts = plan.counts();
    let takes = plan.changes.iter().any(|c| c.kind != plan::ChangeKind::Refused);
    row.state = if takes { State::Planned } else { State::Refused }.to_string();
    (row.done, row.total) = (PARTS, PARTS);
    (row.new_rows, row.changed_rows, row.same_rows, row.refused_rows) = (counts.new, counts.changed, counts.same, counts.refused);
    (row.errors, row.warnings) = (counts.errors, counts.warnings);
    row.digest = Some(digest(plan));
    row.planned_at = Some(at);
}

/// A plan told apart from every other by what it would do.
fn digest(plan: &Plan) -> String {
    let (mut hash, mut text) = (Sha256::new(), Vec::new());
    for change in &plan.changes {
        for part in [change.kind.code(), change.subject.code(), &change.key] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        for part in [&change.before_row, &change.after_row] {
            hash.update(part.as_deref().unwrap_or_default().as_bytes());
            hash.update([0]);
        }
        hash.update(change.held.unwrap_or_default());
        hash.update(change.reason.as_deref().unwrap_or_default().as_bytes());
        if let Some(figure) = &change.figure {
            text.clear();
            // Writing to memory cannot fail.
            let _ = serde_json::to_writer(&mut text, figure);
            hash.update(&text);
        }
    }
    crate::files::hex(&hash.finalize())
}
