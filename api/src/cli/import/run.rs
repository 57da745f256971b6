//! Doing what is asked with workbooks and with imports.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use entity::import;
use uuid::Uuid;

use super::ending::{Line, Outcome, print};
use super::plan::{find, planned};
use super::{Nothing, One, Why, Workbooks, decide, files, plan, show};
use crate::access::Actor;
use crate::app::App;
use crate::audit::downloads::by_command;
use crate::cli::person::name;
use crate::config::Config;
use crate::error::{ContextExt, Error, Refusal, Result};
use crate::graphql::id::{self, Kind};
use crate::imports::service::{Options, State};
use crate::imports::verbs::{self, Deed};
use crate::imports::{annotated, store};

/// Reads workbooks one after another, and accepts their plans if asked to.
pub async fn workbooks(config: &Config, args: &Workbooks) -> Result<ExitCode> {
    let found = files::find(&args.paths)?;
    for path in &found.passed_over {
        tracing::debug!("passed over {}", path.display());
    }
    let app = App::open(config).await?;
    let actor = args.person().actor(&app).await?;
    if let Some(folder) = &args.annotated {
        tokio::fs::create_dir_all(folder).await.map_err(|why| Error::bad_input(format!("{}: {why}", folder.display())))?;
    }
    let options = Options { period: args.period, mapping_named: args.mapping.clone(), ..Options::default() };
    let mut gravest = Outcome::Accepted;
    for path in &found.files {
        let line = one(&app, &actor, args, &options, path).await;
        gravest = gravest.max(line.outcome);
        tell(args.json, &line)?;
    }
    Ok(gravest.exit_code())
}

/// Deals with one workbook. Whatever goes wrong is its own.
async fn one(app: &App, actor: &Actor, args: &Workbooks, options: &Options, path: &Path) -> Line {
    let line = Line::of(path.display().to_string(), Outcome::Planned);
    let bytes = match read(app, path).await {
        Ok(bytes) => bytes,
        Err(error) => return line.ended(error.into()),
    };
    let row = match plan::plan(app, actor, &name(path), bytes, options).await {
        Ok(row) => row,
        Err(refusal) => return line.ended(refusal),
    };
    decided(app, actor, args, (line, row), path)
        .await
        .unwrap_or_else(|error| Line::of(path.display().to_string(), Outcome::Failed).ended(error.into()))
}

async fn decided(app: &App, actor: &Actor, args: &Workbooks, (line, row): (Line, import::Model), path: &Path) -> Result<Line> {
    let mut line = line.with(app, actor, &row).await?;
    if !args.json {
        show::show(app, actor, &row).await?;
    }
    if let Some(folder) = &args.annotated {
        line.annotated = annotate(app, actor, &row, folder, path).await?;
    }
    if State::of(&row)? == State::Refused || (row.errors > 0 && !args.accept) {
        line.outcome = Outcome::Errors;
    } else if args.accept {
        line = accepted(app, actor, &args.deciding, &row, line).await?;
    }
    Ok(line)
}

/// The file's bytes. What is too large is not read at all.
async fn read(app: &App, path: &Path) -> Result<Vec<u8>> {
    let unreadable = |why: std::io::Error| Error::bad_input(format!("{}: {why}", path.display()));
    let size = tokio::fs::metadata(path).await.map_err(unreadable)?;
    if !size.is_file() {
        return Err(Error::bad_input(format!("{}: this is no file.", path.display())));
    }
    if usize::try_from(size.len()).is_ok_and(|size| size > app.upload_bytes_max) {
        return Err(Error::limit(format!("{}: a workbook is {} bytes at most.", path.display(), app.upload_bytes_max)));
    }
    tokio::fs::read(path).await.map_err(unreadable)
}

/// Writes the annotated workbook into a folder; where to, if there is anything to mark.
async fn annotate(app: &App, actor: &Actor, row: &import::Model, folder: &Path, path: &Path) -> Result<Option<PathBuf>> {
    if !annotated::is_any(row) {
        return Ok(None);
    }
    let snapshot = app.db.snapshot(actor.council.id).await?;
    let found = store::diagnostics(&*snapshot, &actor.own_scope(), row.id, 0, None).await?;
    drop(snapshot);
    let place = app.reader.places.for_job(actor.council.id).await?;
    let bytes = annotated::make(app, &place, actor, row, &found).await?;
    // With the whole of the file's name: a folder may hold the same return in two formats.
    let own = annotated::file_name(row);
    let ending = own.rsplit_once('.').map_or("xlsx", |(_, ending)| ending);
    let out = folder.join(format!("{}-annotated.{ending}", name(path)));
    by_command(app, actor, format!("import {}", row.id), &name(&out)).await?;
    tokio::fs::write(&out, bytes).await.context("writing an annotated workbook")?;
    Ok(Some(out))
}

/// Accepts a plan, or says why not.
async fn accepted(app: &App, actor: &Actor, deciding: &decide::Deciding, row: &import::Model, line: Line) -> Result<Line> {
    let acceptance = deciding.acceptance(app, actor, row).await?;
    let accept = async |deed: &Deed<'_>| Ok((verbs::accept(deed, row.id, &acceptance).await.map_err(|not| not.refusal)?, ()));
    match verbs::by_command(app, actor, accept).await {
        Ok((row, ())) => {
            let mut line = line.counted(&row);
            (line.outcome, line.open_warnings) = (Outcome::Accepted, Vec::new());
            Ok(line)
        }
        Err(refusal) => Ok(line.ended(refusal)),
    }
}

/// Says how one workbook or import ended.
fn tell(json: bool, line: &Line) -> Result<()> {
    if json {
        return print(line);
    }
    match line.outcome {
        Outcome::Accepted => println!("{}: accepted.", line.file),
        Outcome::Planned => println!("{}: planned, import {}.", line.file, line.import.as_deref().unwrap_or_default()),
        Outcome::Waits | Outcome::Errors | Outcome::Failed => {
            let code = line.code.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
            let message = line.message.as_deref().unwrap_or("it has errors; nothing of it was accepted.");
            eprintln!("{}: {message}{code}", line.file);
        }
    }
    Ok(())
}

/// The import somebody names, and they themselves.
pub(super) async fn named<T: clap::Args>(config: &Config, one: &One<T>) -> Result<(App, Actor, Uuid)> {
    let app = App::open(config).await?;
    let actor = one.person.actor(&app).await?;
    let id = id::expect(&one.id.as_str().into(), Kind::Import).or_else(|error| Uuid::try_parse(&one.id).map_err(|_| error))?;
    Ok((app, actor, id))
}

/// `goldenthread import accept`.
pub async fn accept(config: &Config, one: &One<decide::Deciding>) -> Result<ExitCode> {
    let (app, actor, id) = named(config, one).await?;
    let row = find(&app, &actor, id).await?;
    let line = Line::of(row.file_name.clone(), Outcome::Planned).with(&app, &actor, &row).await?;
    let line = accepted(&app, &actor, &one.saying, &row, line).await?;
    tell(one.json, &line)?;
    Ok(line.outcome.exit_code())
}

/// `goldenthread import refuse`.
pub async fn refuse(config: &Config, one: &One<Why>) -> Result<ExitCode> {
    let (app, actor, id) = named(config, one).await?;
    let refuse = async |deed: &Deed<'_>| Ok((verbs::refuse(deed, id, &one.saying.reason).await?, ()));
    ended(one, verbs::by_command(&app, &actor, refuse).await.map(|(row, ())| row))
}

/// `goldenthread import cancel`.
pub async fn cancel(config: &Config, one: &One<Nothing>) -> Result<ExitCode> {
    let (app, actor, id) = named(config, one).await?;
    let cancel = async |deed: &Deed<'_>| Ok((verbs::cancel(deed, id).await?, ()));
    ended(one, verbs::by_command(&app, &actor, cancel).await.map(|(row, ())| row))
}

/// `goldenthread import replan`.
pub async fn replan(config: &Config, one: &One<Nothing>) -> Result<ExitCode> {
    let (app, actor, id) = named(config, one).await?;
    let replan = async |deed: &Deed<'_>| Ok((verbs::replan(deed, id).await?, ()));
    let row = match verbs::by_command(&app, &actor, replan).await {
        Ok((row, ())) => row,
        Err(refusal) => return ended(one, Err(refusal)),
    };
    let row = planned(&app, &actor, &row.file_name, id).await?;
    if !one.json {
        show::show(&app, &actor, &row).await?;
    }
    let outcome = if State::of(&row)? == State::Refused || row.errors > 0 { Outcome::Errors } else { Outcome::Planned };
    let line = Line::of(row.file_name.clone(), outcome).with(&app, &actor, &row).await?;
    tell(one.json, &line)?;
    Ok(line.outcome.exit_code())
}

/// Says what became of an import that was refused or cancelled.
fn ended<T: clap::Args>(one: &One<T>, outcome: Result<import::Model, Refusal>) -> Result<ExitCode> {
    let line = match outcome {
        Ok(row) => {
            let line = Line::of(row.file_name.clone(), Outcome::Accepted).counted(&row);
            match one.json {
                true => print(&line)?,
                false => println!("{}: {}.", row.file_name, State::of(&row)?.words().to_lowercase()),
            }
            line
        }
        Err(refusal) => {
            let line = Line::of(one.id.clone(), Outcome::Errors).ended(refusal);
            tell(one.json, &line)?;
            line
        }
    };
    Ok(line.outcome.exit_code())
}
