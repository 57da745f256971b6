//! A plan in words, for a terminal.

use entity::import;
use importers::Severity;

use crate::access::Actor;
use crate::app::App;
use crate::error::{ContextExt, Result};
use crate::imports::service::State;
use crate::imports::store;

/// Findings shown.
const SHOWN_MAX: usize = 200;

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
