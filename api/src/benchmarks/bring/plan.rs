//! What bringing a file in would change.

use std::collections::HashMap;

use importers::benchmark::{BenchmarkReading, Figures};
use importers::catalogue::Metric;
use importers::{Diagnostic, Place, Severity};
use rules::area::Register;
use rules::measure::Absence;
use rules::period::Period;
use rust_decimal::Decimal;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Said;
use super::measures::{Known, NewMeasure, known};
use super::resolve::{Figure, Resolved, resolved};
use crate::benchmarks::store::datasets::{self, Dataset};
use crate::error::Result;
use crate::rows::read_rows;

/// How many figures become what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Of which nothing was held.
    pub new: usize,
    /// Of which something else was held.
    pub changed: usize,
    /// Of which the same was held.
    pub same: usize,
    /// Older than what is held: kept behind it.
    pub earlier: usize,
    /// Not taken, for what is wrong with them.
    pub refused: usize,
    /// Not taken, as they are no authority's, of no measure that is wanted, or blank.
    pub left_out: usize,
}

/// What bringing a file in would do.
pub struct Plan {
    pub dataset: Option<Dataset>,
    pub measures: Vec<NewMeasure>,
    pub areas: Vec<String>,
    pub figures: Vec<Figure>,
    pub revision: i32,
    pub counts: Counts,
    pub diagnostics: Vec<Diagnostic>,
    /// The very same file was brought in before: there is nothing to do.
    pub there_already: bool,
    /// Whether anything is held of the dataset.
    pub held: bool,
}

impl Plan {
    /// Why nothing of it can be brought in.
    pub fn hopeless(&self) -> bool {
        !self.there_already && self.figures.is_empty()
    }
}

/// What is held of a measure, area and period, and how new the release is that says so.
struct Held {
    value: [Option<Decimal>; 3],
    absence: Option<Absence>,
    newer: bool,
}

/// Plans a file. A fixed number of statements.
pub async fn plan(
    db: &impl ConnectionTrait,
    register: &Register,
    (reading, packed): (&BenchmarkReading, &Figures),
    listed: Option<&[Metric]>,
    said: &Said<'_>,
) -> Result<Plan> {
    let dataset = datasets::all(db).await?.into_iter().find(|dataset| dataset.row.code == said.dataset);
    let releases = dataset.iter().flat_map(|dataset| &dataset.releases);
    let there_already = releases.clone().any(|release| release.sha256 == said.sha256);
    let revision =
        releases.clone().filter(|release| release.edition == said.edition).map(|release| release.revision).max().unwrap_or(0) + 1;
    let newer: Vec<Uuid> = releases
        .filter(|release| (release.published_on, release.revision) > (said.published_on, revision))
        .map(|release| release.id)
        .collect();
    let Known { measures, of, left_out, not_there } = known(reading, listed, dataset.as_ref());
    let Resolved { areas, figures, refused, left_out: left, mut diagnostics } =
        resolved(reading, packed, register, said, (&measures, &of))?;
    for (words, message) in [
        (&left_out, "Measures the list of measures does not name, which were left out"),
        (&not_there, "Measures of the list of measures that the file has not"),
    ] {
        if !words.is_empty() {
            let message = format!("{message}: {}.", words.join("; "));
            diagnostics.push(Diagnostic::new("BMK-005", Place::file(), message).weighing(Severity::Info));
        }
    }
    diagnostics.extend(reading.diagnostics.iter().cloned());
    let mut counts = Counts { refused, left_out: left, ..Counts::default() };
    let held = if dataset.is_some() { held(db, &measures, &areas, &newer).await? } else { HashMap::new() };
    for figure in &figures {
        let is = [figure.value, figure.numerator, figure.denominator];
        let count = match held.get(&(figure.measure, figure.area, figure.period)) {
            None => &mut counts.new,
            Some(held) if held.newer => &mut counts.earlier,
            Some(held) if held.value == is && held.absence == figure.absence => &mut counts.same,
            Some(_) => &mut counts.changed,
        };
        *count += 1;
    }
    if there_already {
        counts = Counts { same: figures.len(), refused, left_out: left, ..Counts::default() };
    }
    let held = !held.is_empty();
    Ok(Plan { dataset, measures, areas, figures, revision, counts, diagnostics, there_already, held })
}

/// What is held now of these measures. One statement.
async fn held(
    db: &impl ConnectionTrait,
    measures: &[NewMeasure],
    areas: &[String],
    newer: &[Uuid],
) -> Result<HashMap<(usize, usize, Period), Held>> {
    let measure_at: HashMap<Uuid, usize> =
        measures.iter().enumerate().filter_map(|(at, measure)| measure.held.map(|id| (id, at))).collect();
    let area_at: HashMap<&str, usize> = areas.iter().enumerate().map(|(at, code)| (code.as_str(), at)).collect();
    let mut found = HashMap::new();
    if measure_at.is_empty() {
        return Ok(found);
    }
    let ids: Vec<Uuid> = measure_at.keys().copied().collect();
    let mut values = Vec::new();
    let of = crate::rows::one_of(db.get_database_backend(), "measure_id", &ids, &mut values);
    let sql = format!(
        "SELECT measure_id, area_code, period_start, months, value, numerator, denominator, absence, release_id FROM benchmark_figure \
        WHERE superseded_at IS NULL AND {of}"
    );
    read_rows(db, "loading held figures", &sql, values, |row| {
        let (measure, area) = (measure_at.get(&row.next()?), row.next_text()?.and_then(|code| area_at.get(code)));
        let period = row.next_period()?;
        let value = [row.next_decimal()?, row.next_decimal()?, row.next_decimal()?];
        let (absence, release): (_, Uuid) = (row.next_word()?, row.next()?);
        if let (Some(measure), Some(area)) = (measure, area) {
            found.insert((*measure, *area, period), Held { value, absence, newer: newer.contains(&release) });
        }
        Ok(())
    })
    .await?;
    Ok(found)
}
