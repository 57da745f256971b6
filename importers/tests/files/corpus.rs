//! Workbooks that councils and departments published: each ends in figures, or in a reason and what to do about it. What
//! becomes of each is written in `docs/workbooks.md`, which this compares; `GOLDENTHREAD_UPDATE_CORPUS=1` writes it.
//!
//! The files are not part of the repository; where the folder beside it is absent, this says so and passes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use importers::mapping::{Own, Settings, Why};
use importers::{Format, Limits, Reading, Severity, TableRead, read_with};

/// Unoptimised, each takes under seven seconds alone, and three times that beside the other tests on two cores.
const TIME_MAX: Duration = if cfg!(debug_assertions) { Duration::from_secs(40) } else { Duration::from_secs(5) };

/// Sheets named one by one in the table.
const SHEETS_NAMED_MAX: usize = 3;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/workbooks")
}

fn document() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/workbooks.md")
}

#[test]
fn every_published_workbook_ends_in_figures_or_in_what_to_do() {
    let Ok(files) = std::fs::read_dir(folder()) else {
        println!("{} is absent: nothing was read", folder().display());
        return;
    };
    let mut names: Vec<String> = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let own = Own { gss_code: Some("E06000018".into()), names: vec!["Nottingham City Council".into()] };
    let settings = Settings { own: Some(own), ..Settings::default() };
    let mut rows = String::new();
    for name in &names {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let started = Instant::now();
        let reading = read_with(&bytes, name, &Limits::default(), &settings);
        let taken = started.elapsed();
        println!("{name}: {taken:?}, {} figures, {} diagnostics", reading.values.len(), reading.diagnostics.len());
        assert!(taken < TIME_MAX, "{name} took {taken:?}");
        is_actionable(name, &reading);
        rows.push_str(&row(name, &reading));
    }
    let expected = format!("{HEAD}{rows}");
    if std::env::var_os("GOLDENTHREAD_UPDATE_CORPUS").is_some() {
        std::fs::write(document(), &expected).unwrap();
    }
    let written = std::fs::read_to_string(document()).unwrap_or_default();
    assert!(
        written == expected,
        "docs/workbooks.md is out of date: run this test with GOLDENTHREAD_UPDATE_CORPUS=1 and look at what changed"
    );
}

fn is_actionable(name: &str, reading: &Reading) {
    assert!(reading.format.is_some(), "{name}: {:?}", reading.diagnostics);
    assert!(!reading.values.is_empty() || reading.has_errors(), "{name}: neither figures nor a reason");
    assert!(reading.diagnostics.len() <= 300, "{name}: {} diagnostics", reading.diagnostics.len());
    for problem in &reading.diagnostics {
        assert!(importers::diagnostic::find(&problem.code).is_some(), "{name}: {problem:?}");
        assert!(!problem.places.is_empty() && problem.count >= problem.places.len(), "{name}: {problem:?}");
        assert!(problem.message.len() > 10 && problem.message.len() < 600, "{name}: {problem:?}");
        let says_what_to_do = problem.suggestion.as_ref().is_some_and(|words| words.len() > 10);
        assert!(problem.severity != Severity::Error || says_what_to_do, "{name}: {problem:?}");
    }
    for table in &reading.tables {
        assert!(table.columns.iter().all(|c| !c.column.is_empty() && !c.cell.is_empty()), "{name}: {table:?}");
    }
}

const HEAD: &str = "# What becomes of published workbooks\n\n\
    Workbooks that departments, councils and others published, each read as it is, without a mapping, for one council \
    (Nottingham, E06000018). A test reads them all and compares this table with what it finds \
    (`cargo test -p importers --test files corpus`; `GOLDENTHREAD_UPDATE_CORPUS=1` writes it anew). The files are not \
    part of the repository.\n\n\
    Figures under headings that are no indicator's name are asked about when the import is planned. What a mapping makes \
    of some of these files is in `importers/tests/files/mappings.rs`.\n\n\
    | File | Format | Layout by sheet | Rows and figures read | Stepped over | Errors and warnings |\n\
    |---|---|---|---|---|---|\n";

fn row(name: &str, reading: &Reading) -> String {
    let format = reading.format.map_or("", Format::code);
    let (rows, figures) = reading.tables.iter().fold((0, 0), |(rows, figures), t| (rows + t.rows_read, figures + t.figures));
    let read = if reading.tables.is_empty() { "-".to_owned() } else { format!("{rows} rows, {figures} figures") };
    format!("| {name} | {format} | {} | {read} | {} | {} |\n", layouts(&reading.tables), stepped(&reading.tables), asked(reading))
}

/// Layouts with their sheets, in the order of the workbook.
fn layouts(tables: &[TableRead]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for table in tables {
        let layout = table.layout.code().to_owned();
        match groups.iter_mut().find(|(known, _)| *known == layout) {
            Some((_, sheets)) => sheets.push(&table.sheet),
            None => groups.push((layout, vec![&table.sheet])),
        }
    }
    let group = |(layout, sheets): &(String, Vec<&str>)| {
        let named = sheets.iter().take(SHEETS_NAMED_MAX).map(|sheet| sheet.trim()).collect::<Vec<_>>().join(", ");
        let more = sheets.len().saturating_sub(SHEETS_NAMED_MAX);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{layout}: {named}{more}")
    };
    if groups.is_empty() { "none".to_owned() } else { groups.iter().map(group).collect::<Vec<_>>().join("; ") }
}

fn stepped(tables: &[TableRead]) -> String {
    let mut counts: BTreeMap<Why, u32> = BTreeMap::new();
    for stepped in tables.iter().flat_map(|table| &table.stepped_over) {
        *counts.entry(stepped.why).or_default() += stepped.rows;
    }
    let words = |(why, rows): (&Why, &u32)| format!("{} {rows}", why.words().to_lowercase());
    if counts.is_empty() { "-".to_owned() } else { counts.iter().map(words).collect::<Vec<_>>().join(", ") }
}

/// Errors and warnings by code, with the first message of each.
fn asked(reading: &Reading) -> String {
    let mut codes: Vec<(&str, usize, String)> = Vec::new();
    for problem in reading.diagnostics.iter().filter(|d| d.severity != Severity::Info) {
        match codes.iter_mut().find(|(code, ..)| *code == problem.code) {
            Some((_, count, _)) => *count += problem.count,
            None => {
                let place = problem.places.first().map(|p| format!("{} {}", p.sheet, p.cell)).unwrap_or_default();
                let message: String = problem.message.chars().take(160).collect();
                codes.push((&problem.code, problem.count, format!("{}: {message}", place.trim())));
            }
        }
    }
    let mut out = String::new();
    for (code, count, first) in codes {
        let joint = if out.is_empty() { "" } else { "; " };
        let _ = write!(out, "{joint}**{code}** ×{count} ({})", first.replace('|', "\\|").replace('\n', " "));
    }
    if out.is_empty() { "-".to_owned() } else { out }
}
