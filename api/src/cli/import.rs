//! `goldenthread import`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use entity::import;
use importers::Severity;
use indicatif::{ProgressBar, ProgressStyle};
use rules::period::Period;

use super::person::{Person, told};
use super::start;
use crate::access::Actor;
use crate::app::App;
use crate::config::Config;
use crate::error::{ContextExt, Error, Result};
use crate::imports::service::{self, Options, State};
use crate::imports::store;
use crate::imports::verbs::{self, Acceptance, Acknowledgement, Deed};
use crate::jobs;

/// Findings shown.
const SHOWN_MAX: usize = 200;

/// What to import.
#[derive(clap::Args)]
pub struct Args {
    /// The workbook.
    file: PathBuf,
    #[command(flatten)]
    person: Person,
    /// The return's period, where the workbook does not say: `2023/24 Q1`.
    #[arg(long)]
    period: Option<Period>,
    /// Apply the plan. Without it the plan is only shown.
    #[arg(long)]
    accept: bool,
    /// Take the rows that are right although others are refused.
    #[arg(long)]
    valid_rows_only: bool,
    /// Codes of warnings that are right as they are, separated by commas; `all` for every one.
    #[arg(long, value_delimiter = ',')]
    acknowledge: Vec<String>,
    /// Why figures that are held are changed.
    #[arg(long)]
    reason: Option<String>,
}

/// Imports a workbook; the exit code is 1 when there are errors or nothing was applied that should have been.
pub fn run(config: &Config, args: &Args) -> ExitCode {
    start(async {
        let app = App::open(config).await?;
        let actor = args.person.actor(&app).await?;
        let bytes = tokio::fs::read(&args.file).await.map_err(|why| Error::bad_input(format!("{}: {why}", args.file.display())))?;
        if bytes.len() > app.upload_bytes_max {
            return Err(Error::limit(format!("A workbook is {} bytes at most.", app.upload_bytes_max)));
        }
        let name = args.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let row = plan(&app, &actor, &name, bytes, args.period).await?;
        show(&app, &actor, &row).await?;
        if !args.accept {
            let wrong = row.errors > 0 || State::of(&row)? == State::Refused;
            return Ok(if wrong { ExitCode::FAILURE } else { ExitCode::SUCCESS });
        }
        let reason = args.reason.clone().unwrap_or_default();
        let acceptance = Acceptance {
            digest: row.digest.clone(),
            valid_rows_only: args.valid_rows_only,
            acknowledged: acknowledged(&app, &actor, &row, &reason).await?,
            reason: args.reason.clone(),
            ..Acceptance::default()
        };
        let accept = async |deed: &Deed<'_>| Ok((verbs::accept(deed, row.id, &acceptance).await?.row, ()));
        verbs::by_command(&app, &actor, accept).await.map_err(told)?;
        println!("Accepted: {} entered, {} changed.", row.new_rows, row.changed_rows);
        Ok(if row.errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    })
}

/// Submits a workbook and has it planned here and now, with a bar that shows how far it is.
pub async fn plan(app: &App, actor: &Actor, name: &str, bytes: Vec<u8>, period: Option<Period>) -> Result<import::Model> {
    let upload = service::keep_upload(app, actor, name, bytes).await?;
    let mut moves = app.imports_moved.subscribe();
    let submitted = service::submit(app, actor, upload.id, &Options { period, ..Options::default() }).await.map_err(told)?;
    let bar = ProgressBar::new(0).with_message(name.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} rows") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    let planning = jobs::run_until_idle(app);
    tokio::pin!(planning);
    loop {
        tokio::select! {
            done = &mut planning => break done?,
            Ok(_) = moves.recv() => {
                let row = find(app, actor, submitted.id).await?;
                bar.set_length(u64::try_from(row.total).unwrap_or_default());
                bar.set_position(u64::try_from(row.done).unwrap_or_default());
            }
        }
    }
    // A server beside us may have taken the job.
    let row = loop {
        let row = find(app, actor, submitted.id).await?;
        if State::of(&row)?.is_settled() {
            break row;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    };
    bar.finish_and_clear();
    Ok(row)
}

async fn find(app: &App, actor: &Actor, id: uuid::Uuid) -> Result<import::Model> {
    let snapshot = app.db.snapshot(actor.council.id).await?;
    service::find(&*snapshot, actor, id).await?.ok_or_else(|| Error::not_found("The import is gone."))
}

/// Every warning of an import, acknowledged for one reason.
pub async fn acknowledged(app: &App, actor: &Actor, row: &import::Model, reason: &str) -> Result<Vec<Acknowledgement>> {
    let snapshot = app.db.snapshot(actor.council.id).await?;
    let open = verbs::open_warnings(&*snapshot, &actor.own_scope(), row.id).await?;
    Ok(open.into_iter().map(|warning| Acknowledgement { code: warning.code, reason: reason.to_owned() }).collect())
}

/// Prints the plan's counts, and its findings as a table.
pub async fn show(app: &App, actor: &Actor, row: &import::Model) -> Result<()> {
    let state = State::of(row)?;
    println!(
        "{}: {}. {} new, {} changed, {} same, {} refused; {} errors, {} warnings.",
        row.file_name,
        state.words(),
        row.new_rows,
        row.changed_rows,
        row.same_rows,
        row.refused_rows,
        row.errors,
        row.warnings
    );
    if let Some(failure) = &row.failure {
        eprintln!("{failure}");
    }
    let snapshot = app.db.snapshot(actor.council.id).await?;
    let found = store::diagnostics(&*snapshot, &actor.own_scope(), row.id, 0, Some(SHOWN_MAX)).await?;
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<[String; 4]> = found
        .iter()
        .map(|d| {
            let severity: Severity = d.severity.parse().context("reading a finding")?;
            let suggestion = d.suggestion.as_deref().map(|s| format!(" {s}")).unwrap_or_default();
            Ok([severity.words().to_owned(), d.code.clone(), cells(&store::places(d)), format!("{}{suggestion}", d.message)])
        })
        .collect::<Result<_>>()?;
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let (first, second, third) = (width(0), width(1), width(2));
    for [severity, code, place, message] in &lines {
        eprintln!("{severity:first$}  {code:second$}  {place:third$}  {message}");
    }
    Ok(())
}

/// `Return!F14`, and how many more.
fn cells(places: &[importers::Place]) -> String {
    match places {
        [] => String::new(),
        [only] if only.sheet.is_empty() => "file".to_owned(),
        [only] => format!("{}!{}", only.sheet, only.cell),
        [first, rest @ ..] => format!("{}!{} and {} more", first.sheet, first.cell, rest.len()),
    }
}
