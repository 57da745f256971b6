//! Kept mappings, and what the tables of an import were taken for, as the API shows them.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::import_mapping;
use importers::mapping::{ColumnRead, SteppedOver, TableRead};

use super::words::{ColumnRole, Multiplier, TableMapping, WorkbookMapping};
use super::{service, store};
use crate::error::Result;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;
use crate::imports::graphql::{Import, Layout};
use crate::people::graphql::Permission;

/// How the council reads workbooks of one shape.
pub struct ImportMapping {
    row: import_mapping::Model,
}

impl ImportMapping {
    pub fn of(row: import_mapping::Model) -> Self {
        Self { row }
    }
}

/// How the council reads workbooks of one shape: used for every workbook all of whose tables it fits.
#[Object]
impl ImportMapping {
    /// Opaque id, for `importMappingRemove`.
    async fn id(&self) -> ID {
        id::id(Kind::ImportMapping, self.row.id)
    }

    /// Its name, unique in the council.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What it says.
    async fn mapping(&self) -> Option<Result<WorkbookMapping>> {
        Some(service::said(&self.row).map(Into::into))
    }

    /// When it was kept as it is.
    async fn saved_at(&self) -> DateTime {
        DateTime(self.row.saved_at)
    }

    /// What the viewer may do with it: `IMPORT_VALUES` where they may replace or remove it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<Permission>>> {
        let may = async || {
            let actor = session(ctx).actor().await?;
            Ok(service::may_keep(&actor).map(|scope| scope.permission.into()).into_iter().collect())
        };
        Some(may().await)
    }
}

/// What a table of a workbook was taken for.
pub struct ImportTable {
    read: TableRead,
}

/// What a table of a workbook was taken for: look here when figures are missing or wrong, correct it as a mapping, and
/// send that with `importMap`.
#[Object]
impl ImportTable {
    /// The worksheet.
    async fn sheet(&self) -> &str {
        &self.read.sheet
    }

    /// How it is laid out.
    async fn layout(&self) -> Layout {
        self.read.layout.into()
    }

    /// The first heading row, counted from 1.
    async fn first_heading_row(&self) -> u32 {
        self.read.heading_rows.0
    }

    /// The last heading row, counted from 1.
    async fn last_heading_row(&self) -> u32 {
        self.read.heading_rows.1
    }

    /// The first row below the headings that was looked at; null when there is none.
    async fn first_row(&self) -> Option<u32> {
        self.read.rows.map(|(first, _)| first)
    }

    /// The last row that was looked at.
    async fn last_row(&self) -> Option<u32> {
        self.read.rows.map(|(_, last)| last)
    }

    /// Rows that gave figures.
    async fn rows_read(&self) -> u32 {
        self.read.rows_read
    }

    /// Figures read.
    async fn figures(&self) -> u32 {
        self.read.figures
    }

    /// What its columns were taken for, from left to right.
    async fn columns(&self) -> Vec<ImportColumn> {
        self.read.columns.iter().map(ImportColumn::of).collect()
    }

    /// Rows that were stepped over, and why.
    async fn stepped_over(&self) -> Vec<RowsSteppedOver> {
        self.read.stepped_over.iter().map(RowsSteppedOver::of).collect()
    }

    /// The kept mapping it was read by; an empty text for one given with the import; null when it was recognised.
    async fn mapping_name(&self) -> Option<&str> {
        self.read.mapping.as_deref()
    }

    /// What it was taken for, as a mapping to be corrected.
    async fn as_mapping(&self) -> TableMapping {
        self.read.as_mapping().into()
    }
}

/// What a column was taken for.
#[derive(SimpleObject)]
pub struct ImportColumn {
    /// Its letter.
    column: String,
    /// Its heading, those of several rows joined with ` | `.
    heading: String,
    /// What it holds; null when nothing could be made of the heading.
    role: Option<ColumnRole>,
    /// Code or name of the indicator that its heading or a mapping gives.
    indicator: Option<String>,
    /// The period that its heading or a mapping gives, as written.
    period: Option<String>,
    /// What its figures are multiplied by.
    multiplier: Option<Multiplier>,
    /// Whether its words could mean something else: look at it.
    unsure: bool,
}

impl ImportColumn {
    fn of(read: &ColumnRead) -> Self {
        Self {
            column: read.column.clone(),
            heading: read.heading.clone(),
            role: read.role.map(Into::into),
            indicator: read.indicator.clone(),
            period: read.period.clone(),
            multiplier: read.multiplier.map(Into::into),
            unsure: read.unsure,
        }
    }
}

/// Why rows were stepped over.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "importers::mapping::Why")]
pub enum SteppedOverBecause {
    /// Titles above the table.
    Title,
    /// A row of units under the headings.
    Units,
    /// A row that numbers the columns, or tells to hide them.
    ColumnNumbers,
    /// Headings repeated inside the table.
    Headings,
    /// The title of a section.
    Section,
    /// A blank row inside the table.
    Blank,
    /// Totals, averages, regions and nations.
    Subtotal,
    /// Rows of other authorities.
    OtherAuthority,
    /// An example row.
    Example,
    /// Notes and sources below.
    Notes,
}

/// Rows that were stepped over.
#[derive(SimpleObject)]
pub struct RowsSteppedOver {
    /// Why.
    because: SteppedOverBecause,
    /// How many.
    rows: u32,
    /// The first of them, counted from 1.
    first: u32,
}

impl RowsSteppedOver {
    fn of(stepped: &SteppedOver) -> Self {
        Self { because: stepped.why.into(), rows: stepped.rows, first: stepped.first }
    }
}

/// What the tables of an import were taken for.
pub async fn tables(ctx: &Context<'_>, import: &Import) -> Result<Vec<ImportTable>> {
    let snapshot = session(ctx).snapshot().await?;
    let scope = session(ctx).actor().await?.own_scope();
    let tables = store::tables(&**snapshot, &scope, import.row.id).await?;
    Ok(tables.into_iter().map(|read| ImportTable { read }).collect())
}

/// The mappings the council keeps, by name.
pub async fn mappings(ctx: &Context<'_>) -> Result<Vec<ImportMapping>> {
    let actor = session(ctx).actor().await?;
    let snapshot = session(ctx).snapshot().await?;
    Ok(service::all(&**snapshot, &actor).await?.into_iter().map(ImportMapping::of).collect())
}
