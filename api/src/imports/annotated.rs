//! The sender's own workbook with its cells marked and a sheet of messages: made when it is fetched, in a child process.

use entity::{import, import_diagnostic};
use exporters::copied::{Copied, CopiedSheet, render_copy};
use exporters::problems::{Finding, Problems, render_problems};
use importers::annotate::{self, Annotated, Remark, SheetCopy};
use importers::{Content, Limits, Severity};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::places::Place;
use super::service;
use super::store;
use crate::access::Actor;
use crate::access::token::FileLink;
use crate::app::App;
use crate::error::{ContextExt, Error, Result};

/// What keys of links to annotated workbooks begin with: no kept file's does.
const KEY: &str = "annotated-import/";

/// The part with a workbook's macros, as its archive lists it.
const MACROS: &[u8] = b"vbaProject.bin";

/// What a child is told beside the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    pub remarks: Vec<Remark>,
    /// When the import was submitted: the time written into a workbook that is made anew.
    pub at: chrono::DateTime<chrono::Utc>,
}

/// The key a link to an import's annotated workbook has.
pub fn key(import: Uuid) -> String {
    format!("{KEY}{import}")
}

/// Whether there is anything to mark or say.
pub const fn is_any(row: &import::Model) -> bool {
    row.errors > 0 || row.warnings > 0
}

/// What the file is saved as, unless it has macros.
pub fn file_name(row: &import::Model) -> String {
    let (stem, _) = row.file_name.rsplit_once('.').unwrap_or((&row.file_name, ""));
    let stem: String = stem.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{}-annotated.xlsx", stem.trim_matches('-'))
}

/// The workbook a link is about; none when it is about a kept file. The rights of whoever the link was made for are read
/// anew.
pub async fn fetched(app: &App, link: &FileLink) -> Result<Option<(Vec<u8>, String)>> {
    let Some(import) = link.key.strip_prefix(KEY) else { return Ok(None) };
    let gone = || Error::not_found("This import is not here any more.");
    let import = Uuid::parse_str(import).map_err(|_| gone())?;
    let snapshot = app.db.snapshot(link.council).await?;
    let actor = Actor::load_person(&*snapshot, link.council, link.person, app.clock.today()).await?;
    let row = service::find(&*snapshot, &actor, import).await?.ok_or_else(gone)?;
    // Making it may take a while, and nobody shall wait for a connection meanwhile. Who waits for a place holds no workbook
    // and no findings either.
    drop(snapshot);
    let place = app.reader.places.for_request(link.council).await?;
    let snapshot = app.db.snapshot(link.council).await?;
    let found = store::diagnostics(&*snapshot, &actor.own_scope(), import, 0, None).await?;
    drop(snapshot);
    let made = make(app, &place, &actor, &row, &found).await?;
    // Whatever was made anew has no macros, and no program opens it by an ending that says it has.
    let macros = made.windows(MACROS.len()).any(|part| part == MACROS);
    let stem = link.name.rsplit_once('.').map_or(link.name.as_str(), |(stem, _)| stem);
    Ok(Some((made, format!("{stem}.{}", if macros { "xlsm" } else { "xlsx" }))))
}

/// An import's annotated workbook; where its file cannot be opened, the findings alone.
pub async fn make(app: &App, place: &Place, actor: &Actor, row: &import::Model, found: &[import_diagnostic::Model]) -> Result<Vec<u8>> {
    let remarks: Result<Vec<Vec<Remark>>> = found.iter().map(remarks).collect();
    let told = Told { remarks: remarks?.into_iter().flatten().collect(), at: row.created_at };
    let opened = !found.iter().any(|d| d.severity == Severity::Error.code() && d.code.starts_with("FIL-"));
    if opened {
        let bytes = app.files.load(&format!("{}/uploads/{}", row.council_id, row.sha256)).await?;
        if let Some(marked) = app.reader.annotate(place, &row.file_name, bytes, &told).await? {
            return Ok(marked);
        }
    }
    let problems = Problems {
        council: actor.council.name.clone(),
        file: row.file_name.clone(),
        read_at: row.created_at,
        contact: "your council's performance team".into(),
        language: "en-GB".into(),
        findings: told.remarks.iter().map(finding).collect(),
    };
    let rendered = tokio::task::spawn_blocking(move || render_problems(&problems)).await.context("writing a workbook of findings")?;
    rendered.context("writing a workbook of findings")
}

/// One remark a place.
fn remarks(of: &import_diagnostic::Model) -> Result<Vec<Remark>> {
    let severity: Severity = of.severity.parse().context("reading a finding")?;
    let remark = |place| Remark {
        place,
        severity,
        code: of.code.clone(),
        message: of.message.clone(),
        suggestion: of.suggestion.clone(),
        seen: of.seen.clone(),
        expected: of.expected.clone(),
    };
    Ok(store::places(of).into_iter().map(remark).collect())
}

fn finding(remark: &Remark) -> Finding {
    let place = Some(&remark.place).filter(|place| !place.sheet.is_empty());
    Finding {
        sheet: place.map(|place| place.sheet.clone()),
        cell: place.map(|place| place.cell.clone()),
        severity: remark.severity.words().to_owned(),
        code: remark.code.clone(),
        message: remark.message.clone(),
        suggestion: remark.suggestion.clone(),
        seen: remark.seen.clone(),
        expected: remark.expected.clone(),
    }
}

/// The child's side: the marked workbook; none when the file cannot be opened or written again.
pub fn in_child(bytes: &[u8], file_name: &str, limits: &Limits, told: &Told) -> Option<Vec<u8>> {
    match annotate::annotate(bytes, file_name, limits, &told.remarks).ok()? {
        Annotated::Workbook(bytes) => Some(bytes),
        Annotated::Cells(sheets) => {
            let marks = annotate::marks(&told.remarks);
            let sheets: Vec<CopiedSheet> = sheets.into_iter().map(|sheet| copied(sheet, &marks)).collect();
            let findings: Vec<Finding> = told.remarks.iter().map(finding).collect();
            render_copy(&sheets, &findings, told.at).ok()
        }
    }
}

fn copied(sheet: SheetCopy, marks: &annotate::Marks) -> CopiedSheet {
    let column = |column: u32| u16::try_from(column).ok();
    let cells = sheet.cells.into_iter().filter_map(|cell| {
        let what = match cell.content {
            Content::Number(number) | Content::Duration(number) => Copied::Number(number),
            Content::Text(text) | Content::Error(text) => Copied::Text(text),
            Content::Bool(yes) => Copied::Text(if yes { "TRUE" } else { "FALSE" }.to_owned()),
            Content::Date(date) => Copied::Date(date),
            Content::Blank => return None,
        };
        Some((cell.at.0, column(cell.at.1)?, what, cell.format))
    });
    let marked = marks.get(&sheet.name).into_iter().flatten();
    CopiedSheet {
        cells: cells.collect(),
        marks: marked.filter_map(|((row, at), severity)| Some((*row, column(*at)?, *severity == Severity::Error))).collect(),
        name: sheet.name,
    }
}
