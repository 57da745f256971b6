//! How what is told of something came to be.

use async_graphql::{Context, SimpleObject};
use rules::delivery::book::RecordKind;

use super::{At, Sight, courses};
use crate::delivery::Record;
use crate::error::Result;
use crate::graphql::scalars::{Date, DateTime};

/// What was told of a record on a day: one entry for each day, the last word of it.
#[derive(SimpleObject, Clone)]
pub struct Telling {
    /// The day it tells of; null for what is told of no day.
    pub as_at: Option<Date>,
    /// When it was recorded.
    pub recorded_at: DateTime,
    /// By whom; null where nobody is known.
    pub recorded_by: Option<String>,
    /// What was told, as a workbook has it: each heading with what stands under it, blanks left out.
    pub cells: Vec<TellingCell>,
}

/// A cell of a telling.
#[derive(SimpleObject, Clone)]
pub struct TellingCell {
    /// The heading.
    pub heading: String,
    /// What stands under it.
    pub text: String,
}

/// Everything told of a record, the latest first. What was told while it hung on what the viewer may not read is left out.
pub async fn history(ctx: &Context<'_>, kind: RecordKind, record: &Record, at: At) -> Result<Vec<Telling>> {
    let courses = courses(ctx, kind, at.as_at).await?;
    let sight = Sight::of(ctx, kind, at).await?;
    Ok(courses.get(&record.id).into_iter().flatten().filter(|told| sight.place(told).is_some()).map(telling).collect())
}

fn telling(of: &Record) -> Telling {
    let cells = of.row.cells().into_iter().map(|(heading, shown)| TellingCell { heading: heading.to_owned(), text: shown.to_string() });
    Telling {
        as_at: of.row.as_at().map(Date),
        recorded_at: DateTime(of.recorded_at),
        recorded_by: of.recorded_by.clone(),
        cells: cells.filter(|cell| !cell.text.is_empty()).collect(),
    }
}
