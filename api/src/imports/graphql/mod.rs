//! The import as the API shows it.

mod words;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{import, import_change, import_diagnostic};
use uuid::Uuid;

use super::annotated;
use super::decided::{ImportAcknowledgement, ImportDecision, ImportOpenWarning};
use super::mappings::graphql as mappings;
use super::names::Names;
use super::progress::ImportProgress;
use super::service::{self, Sees, State};
use super::{decisions, entry, store, verbs};
use crate::access::Target;
use crate::error::{ContextExt, Result};
use crate::graphql::download::Download;
use crate::graphql::id::{self, Kind};
use crate::graphql::lock::Lock;
use crate::graphql::page::Ask;
use crate::graphql::scalars::{DateTime, Period};
use crate::graphql::session::session;
use crate::indicators::graphql::Indicator;

pub use super::mutations::{ImportMutation, KeptFigure};
pub use super::progress::ImportSubscription;
pub use words::{Act, ChangeKind, Fate, ImportState, Layout, Severity, Subject};

/// What a list that is loaded for each import by itself costs, against the schema's limit.
const LIST_COST: usize = 20;

/// A workbook on its way in.
#[derive(Clone)]
pub struct Import {
    pub row: import::Model,
}

impl Import {
    /// Its page of changes, with the indicators they are about named in one go.
    async fn change_page(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        outcome: Option<Fate>,
    ) -> Result<ChangeConnection> {
        let (ask, after) = numbered(first, after.as_deref())?;
        let snapshot = session(ctx).snapshot().await?;
        let scope = session(ctx).actor().await?.own_scope();
        let fate = outcome.map(Into::into);
        let rows = store::changes_of(&**snapshot, &scope, self.row.id, fate, (after, Some(ask.first + 1))).await?;
        let total = if ctx.look_ahead().field("totalCount").exists() {
            store::count_changes(&**snapshot, &scope, self.row.id, fate).await?
        } else {
            0
        };
        let names = Names::of(ctx, rows.iter().filter_map(|row| row.indicator_id)).await?;
        Ok(ChangeConnection::fetched(
            rows,
            &ask,
            total as usize,
            |r| r.seq.to_string(),
            |r| Change { row: r.clone(), names: names.clone() },
        ))
    }

    async fn diagnostic_page(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<DiagnosticConnection> {
        let (ask, after) = numbered(first, after.as_deref())?;
        let snapshot = session(ctx).snapshot().await?;
        let scope = session(ctx).actor().await?.own_scope();
        let rows = store::diagnostics(&**snapshot, &scope, self.row.id, after, Some(ask.first + 1)).await?;
        let total = if ctx.look_ahead().field("totalCount").exists() {
            store::count_diagnostics(&**snapshot, &scope, self.row.id).await?
        } else {
            0
        };
        Ok(DiagnosticConnection::fetched(rows, &ask, total as usize, |r| r.seq.to_string(), |r| Diagnostic { row: r.clone() }))
    }
}

/// A cursor over numbered rows.
fn numbered(first: Option<i32>, after: Option<&str>) -> Result<(Ask, i32)> {
    let ask = Ask::new(first, after)?;
    let after = match &ask.after {
        Some(text) => text.parse().map_err(|_| crate::error::Error::bad_input("`after` is not a cursor of this list."))?,
        None => 0,
    };
    Ok((ask, after))
}

/// A workbook on its way in: read, planned, and once accepted applied exactly as planned.
#[Object]
impl Import {
    /// Opaque id, for `node`, `importAccept` and `importUndo`.
    pub async fn id(&self) -> ID {
        id::id(Kind::Import, self.row.id)
    }

    /// Where it stands.
    async fn state(&self) -> Result<ImportState> {
        Ok(State::of(&self.row)?.into())
    }

    /// What the sender called the file; of figures entered without one, how many they are.
    async fn file_name(&self) -> &str {
        &self.row.file_name
    }

    /// SHA-256 of the file, or of `entered`, 64 hexadecimal digits.
    async fn sha256(&self) -> &str {
        &self.row.sha256
    }

    /// Size of the file, or of `entered`, in bytes.
    async fn bytes(&self) -> i64 {
        self.row.size_bytes
    }

    /// The figures that were entered without a workbook, exactly as they were sent: a JSON list. Null for a workbook.
    #[graphql(complexity = "LIST_COST")]
    async fn entered(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        if !entry::is_entry(&self.row) {
            return None;
        }
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let scope = session(ctx).actor().await?.own_scope();
            entry::store::find(&**snapshot, &scope, self.row.id).await
        };
        load().await.transpose()
    }

    /// How the workbook is laid out; null while it is not read, or when nothing was recognised.
    async fn layout(&self) -> Result<Option<Layout>> {
        let read: Option<importers::Layout> =
            self.row.layout.as_deref().map(str::parse).transpose().context("reading an import's layout")?;
        Ok(read.map(Into::into))
    }

    /// How many rows the plan has of each kind, and how many findings weigh what.
    async fn counts(&self) -> ImportCounts {
        let row = &self.row;
        ImportCounts {
            new: row.new_rows,
            changed: row.changed_rows,
            same: row.same_rows,
            refused: row.refused_rows,
            errors: row.errors,
            warnings: row.warnings,
            left_out: row.left_out_rows,
        }
    }

    /// Names this plan: give it to `importAccept` to be sure that the plan accepted is the plan looked at.
    async fn digest(&self) -> Option<&str> {
        self.row.digest.as_deref()
    }

    /// When it was submitted.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// When it was accepted.
    async fn accepted_at(&self) -> Option<DateTime> {
        self.row.accepted_at.map(DateTime)
    }

    /// Why it could not be read at all, when that is so.
    async fn failure(&self) -> Option<&str> {
        self.row.failure.as_deref()
    }

    /// What is wrong or worth knowing, in the order of the workbook. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn diagnostics(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<DiagnosticConnection>> {
        Some(self.diagnostic_page(ctx, first, after).await)
    }

    /// The plan, row by row. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only the rows of which this became: those left out, for instance.")] outcome: Option<Fate>,
    ) -> Option<Result<ChangeConnection>> {
        Some(self.change_page(ctx, first, after, outcome).await)
    }

    /// How far reading and planning are.
    async fn progress(&self, ctx: &Context<'_>) -> Result<ImportProgress> {
        ImportProgress::of(&session(ctx).app, &self.row)
    }

    /// The warnings that wait to be acknowledged with a reason before it can be accepted, by code; none once it is
    /// decided about.
    #[graphql(complexity = "LIST_COST * child_complexity")]
    async fn open_warnings(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportOpenWarning>>> {
        let load = async || {
            if State::of(&self.row)? != State::Planned || self.row.warnings == 0 {
                return Ok(Vec::new());
            }
            let snapshot = session(ctx).snapshot().await?;
            let scope = session(ctx).actor().await?.own_scope();
            let open = verbs::open_warnings(&**snapshot, &scope, self.row.id).await?;
            Ok(open.into_iter().map(Into::into).collect())
        };
        Some(load().await)
    }

    /// The warnings that were acknowledged when it was accepted: who, when and why.
    #[graphql(complexity = "LIST_COST * child_complexity")]
    async fn acknowledgements(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportAcknowledgement>>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let scope = session(ctx).actor().await?.own_scope();
            let found = decisions::acknowledgements(&**snapshot, &scope, self.row.id).await?;
            Ok(found.into_iter().map(Into::into).collect())
        };
        Some(load().await)
    }

    /// What was decided about it, in order: who, when and why. The first 200.
    #[graphql(complexity = "LIST_COST * child_complexity")]
    async fn decisions(&self, ctx: &Context<'_>) -> Option<Result<Vec<ImportDecision>>> {
        let load = async || {
            let snapshot = session(ctx).snapshot().await?;
            let scope = session(ctx).actor().await?.own_scope();
            let found = decisions::decisions(&**snapshot, &scope, self.row.id).await?;
            Ok(found.into_iter().map(Into::into).collect())
        };
        Some(load().await)
    }

    /// What each of its tables was taken for, in the order of the workbook. Empty for templates and framework workbooks, which
    /// say themselves what they are.
    #[graphql(complexity = "50 + 50 * child_complexity")]
    async fn tables(&self, ctx: &Context<'_>) -> Option<Result<Vec<mappings::ImportTable>>> {
        Some(mappings::tables(ctx, self).await)
    }

    /// The sender's own workbook with the cells marked that have errors and warnings, and a sheet of messages; made when it is
    /// fetched. A file that could not be opened gives the messages alone. Null when there are neither errors nor warnings, and
    /// for figures that were entered without a workbook.
    async fn annotated_workbook(&self, ctx: &Context<'_>) -> Option<Result<Download>> {
        let (row, key) = (&self.row, annotated::key(self.row.id));
        let link = async || Download::of(session(ctx), &key, &annotated::file_name(row), format!("import {}", row.id)).await;
        if annotated::is_any(row) && !entry::is_entry(row) { Some(link().await) } else { None }
    }

    /// Why the viewer cannot accept it now; null when they can, with the warnings acknowledged.
    async fn lock(&self, ctx: &Context<'_>) -> Option<Result<Lock>> {
        let lock = async || {
            let actor = session(ctx).actor().await?;
            Ok(service::lock(&actor, &self.row)?.map(|(permission, because)| Lock::new(permission, Target::Anywhere, because)))
        };
        lock().await.transpose()
    }

    /// What the viewer may do with it as it stands.
    async fn viewer_acts(&self, ctx: &Context<'_>) -> Option<Result<Vec<Act>>> {
        let may = async || {
            let actor = session(ctx).actor().await?;
            Ok(service::acts(&actor, &self.row)?.iter().copied().map(Into::into).collect())
        };
        Some(may().await)
    }

    /// By which right the viewer may accept it now, or undo it: `IMPORT_VALUES`, `IMPORT_FRAMEWORK`, or of plans and risks what records
    /// them. `viewerActs` says what else may be done.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let may = async || {
            let actor = session(ctx).actor().await?;
            Ok(service::may_now(&actor, &self.row)?.map(Into::into).into_iter().collect())
        };
        Some(may().await)
    }
}

/// How many rows of each kind a plan has, and how many findings weigh what.
#[derive(SimpleObject)]
pub struct ImportCounts {
    /// Rows that would be entered.
    pub new: i32,
    /// Rows that would supersede what is held.
    pub changed: i32,
    /// Rows that are held already.
    pub same: i32,
    /// Rows that cannot be taken.
    pub refused: i32,
    /// Findings that keep rows out.
    pub errors: i32,
    /// Findings to be acknowledged.
    pub warnings: i32,
    /// Rows that were left out when it was accepted.
    pub left_out: i32,
}

/// A row of a plan.
#[derive(Clone)]
pub struct Change {
    row: import_change::Model,
    names: Names,
}

/// A row of a plan: what is held, what would be, and the cell that says so.
#[Object(name = "ImportChange")]
impl Change {
    /// Names the row to `importAccept` when it is to be left out. Planned anew, it is another.
    pub async fn id(&self) -> ID {
        id::id(Kind::ImportChange, self.row.id)
    }

    /// What accepting does with it.
    async fn kind(&self) -> Result<ChangeKind> {
        Ok(self.row.kind.parse::<super::plan::ChangeKind>().context("reading a plan")?.into())
    }

    /// What it is about.
    async fn subject(&self) -> Result<Subject> {
        Ok(self.row.subject.parse::<super::plan::Subject>().context("reading a plan")?.into())
    }

    /// What tells it from the other rows of its subject, for instance `PI1 2023/24 Q1`.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The indicator it is about. Null when it is not about one, or about one that is not entered yet.
    async fn indicator(&self) -> Option<Indicator> {
        self.names.indicator(self.row.indicator_id?)
    }

    /// The period it is about.
    async fn period(&self) -> Result<Option<Period>> {
        match (self.row.period_start, self.row.period_months) {
            (Some(start), Some(months)) => Ok(Some(Period(crate::rows::period(start, months)?))),
            _ => Ok(None),
        }
    }

    /// What is held, in words and figures.
    async fn before(&self) -> Option<&str> {
        self.row.before.as_deref()
    }

    /// What would be held.
    async fn after(&self) -> Option<&str> {
        self.row.after.as_deref()
    }

    /// What became of it, where it is not what the plan says.
    async fn outcome(&self) -> Result<Option<Fate>> {
        let fate = self.row.outcome.as_deref().map(str::parse::<super::plan::Fate>).transpose().context("reading a plan")?;
        Ok(fate.map(Into::into))
    }

    /// Why it was kept, or could not be taken back, when the import was undone.
    async fn because(&self) -> Option<&str> {
        self.row.because.as_deref()
    }

    /// The cell it was read from.
    async fn place(&self) -> Option<Place> {
        Some(Place { sheet: self.row.sheet.clone()?, cell: self.row.cell.clone()? })
    }
}

/// A cell of a workbook. Of figures entered without one: the sheet is `figures`, the cell the field and the place in the list
/// counted from 0, `value3`.
#[derive(SimpleObject)]
pub struct Place {
    /// The worksheet; empty when it is about the whole file.
    pub sheet: String,
    /// The cell or range in A1 spelling.
    pub cell: String,
}

/// Something that is wrong or worth knowing.
#[derive(Clone)]
pub struct Diagnostic {
    row: import_diagnostic::Model,
}

/// Something that is wrong or worth knowing: one cause, with the cells it was met in.
#[Object]
impl Diagnostic {
    /// A stable code; `diagnosticCodes` says what it means.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// How much it weighs.
    async fn severity(&self) -> Result<Severity> {
        Ok(self.row.severity.parse::<importers::Severity>().context("reading a finding")?.into())
    }

    /// What is there and what was expected, in a sentence.
    async fn message(&self) -> &str {
        &self.row.message
    }

    /// What to type or choose.
    async fn suggestion(&self) -> Option<&str> {
        self.row.suggestion.as_deref()
    }

    /// What stands in the first cell, 80 characters at most.
    async fn seen(&self) -> Option<&str> {
        self.row.seen.as_deref()
    }

    /// What would have been right.
    async fn expected(&self) -> Option<&str> {
        self.row.expected.as_deref()
    }

    /// How many cells it was met in.
    async fn place_count(&self) -> i32 {
        self.row.place_count.unwrap_or_else(|| i32::try_from(store::places(&self.row).len()).unwrap_or(i32::MAX))
    }

    /// Where, in the order of the workbook: 100 places unless more are asked for, 500 at most, after the first `skip`. The
    /// first 10,000 are kept.
    #[graphql(complexity = "first.unwrap_or(100).clamp(1, 500) as usize * child_complexity")]
    async fn places(&self, first: Option<i32>, skip: Option<i32>) -> Option<Result<Vec<Place>>> {
        let few = |n: Option<i32>, unless: i32| usize::try_from(n.unwrap_or(unless)).ok();
        let (Some(first), Some(skip)) = (few(first, 100).filter(|n| *n <= crate::graphql::page::PAGE_MAX), few(skip, 0)) else {
            return Some(Err(crate::error::Error::bad_input("Ask for 0 to 500 places, after none or more of the first.")));
        };
        let places = store::places(&self.row).into_iter().skip(skip).take(first);
        Some(Ok(places.map(|p| Place { sheet: p.sheet, cell: p.cell }).collect()))
    }
}

/// What a diagnostic code means.
#[derive(SimpleObject)]
pub struct DiagnosticCode {
    /// `VAL-012`.
    pub code: String,
    /// What it usually weighs.
    pub severity: Severity,
    /// What it means, in a sentence.
    pub meaning: String,
}

impl DiagnosticCode {
    /// The catalogue.
    pub fn all() -> Vec<Self> {
        let catalogue = importers::diagnostic::CATALOGUE.iter();
        catalogue.map(|c| Self { code: c.code.into(), severity: c.severity.into(), meaning: c.meaning.into() }).collect()
    }
}

crate::connection! {
    /// A page of imports.
    ImportConnection, ImportEdge, Import
}

crate::connection! {
    /// A page of a plan.
    ChangeConnection, ChangeEdge, Change
}

crate::connection! {
    /// A page of findings.
    DiagnosticConnection, DiagnosticEdge, Diagnostic
}

/// Imports the viewer may see, the latest first.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<ImportConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    let behind = ask.after.as_deref().map(Uuid::parse_str).transpose();
    let behind = behind.map_err(|_| crate::error::Error::bad_input("`after` is not a cursor of this list."))?;
    let sees = Sees::of(&*session(ctx).actor().await?)?;
    let snapshot = session(ctx).snapshot().await?;
    let rows = store::page(&**snapshot, sees.scope(), sees.person(), behind, ask.first).await?;
    let total =
        if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, sees.scope(), sees.person()).await? } else { 0 };
    Ok(ImportConnection::fetched(rows, &ask, total as usize, |r| r.id.to_string(), |r| Import { row: r.clone() }))
}

/// An import by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Import>> {
    let actor = session(ctx).actor().await?;
    let snapshot = session(ctx).snapshot().await?;
    Ok(service::find(&**snapshot, &actor, id).await?.map(|row| Import { row }))
}
