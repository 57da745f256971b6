//! National benchmark files: tables about many authorities, read once for all of them.
//!
//! What [`crate::read_with`] passes over for one council (BMK-010), [`read`] gives: every area's figure, with the area, the
//! measure and the period as written. It decides nothing that needs a register: whether a code is an area's, whether it
//! stood in that period, and which indicator a measure is, its caller says (BMK-002 to BMK-008). Medians, ranks and averages
//! that a file supplies are no figures of an area, and never read as such (BMK-001).
//!
//! A file has few areas, measures and periods and very many figures: the former are told once each, in order of first
//! meeting, and a figure names them by their places in those lists. Tables are recognised exactly as for one council, and a
//! mapping helps the same way.

use rules::closed_set;
use rules::measure::{Absence, ValueState};
use serde::{Deserialize, Serialize};

use crate::address::Place;
use crate::diagnostic::{Diagnostic, Severity, merge};
use crate::figure::{self, Column, Expected, Figure};
use crate::mapping::{Settings, TableRead};
use crate::reading::{Format, Limits};
use crate::row::{PeriodCell, PeriodContent, RawCell, Text};
use crate::watch::{DONE, OPENED, Watch};
use crate::{layouts, open};

mod figures;
mod period;

pub use figures::Figures;
pub use period::{PeriodAs, resolve};

closed_set! {
    /// What kind of area a row is about.
    AreaKind {
        /// A council, by its code, or whatever has a name and is none of the others.
        Authority = "AUTHORITY", "Authority";
        /// A region or a nation, by its code or name.
        Region = "REGION", "Region or nation";
        /// A total, a class of authorities, or what remains of a nation without a region.
        Total = "TOTAL", "Total";
        /// Another body with a code: a police, fire, park or combined authority.
        Other = "OTHER", "Other public body";
    }
}

closed_set! {
    /// What a file supplies that the product works out itself.
    SuppliedKind {
        /// The middle of a group, or the distance from it.
        Median = "MEDIAN", "Median";
        /// A place in an order, or the share of others behind it.
        Rank = "RANK", "Rank";
        /// A mean of a group, a region or the nation.
        Average = "AVERAGE", "Average";
    }
}

/// An area as a file writes it. One area may be met under two spellings: the register says that they are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaMet {
    /// What it is, as far as code and name tell.
    pub kind: AreaKind,
    /// The statisticians' code as written: `E07000011`. None where the file has none, or marks for none.
    pub code: Option<Text>,
    /// The name as written: `Huntingdonshire`.
    pub name: Option<Text>,
    /// A code of the older register of English authorities: `E0551`.
    pub register_code: Option<Text>,
    /// Where it was first met.
    pub place: Place,
    /// How many figures it has.
    pub figures: u32,
}

/// A measure as a file writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureMet {
    /// What tells it from the other measures of the file and stays the same from one edition to the next: lower case, without
    /// punctuation, note marks and periods. A mapping to an indicator is remembered by it.
    pub key: String,
    /// Its code, from a column: `ASC1`.
    pub code: Option<Text>,
    /// Its name, from a column, a heading or the table's title.
    pub name: Option<Text>,
    /// What else tells rows of one name apart: `Real_Annual`, `Frequency`.
    pub variant: Option<String>,
    /// The unit as written beside it or in brackets in its heading.
    pub unit: Option<String>,
    /// The title of its table, where the name is a heading's: `Total` under one title is not `Total` under another.
    pub table: Option<String>,
    /// All heading rows of its column, joined with ` | `, where the name is a heading's.
    pub heading: Option<String>,
    /// Where it was first met.
    pub place: Place,
    /// How many figures it has.
    pub figures: u32,
    /// How its plain cells look, from which fractions are told from percentages.
    pub column: Column,
}

/// A period as a file writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodMet {
    /// As written, with the year that titles or the sheet's name speak of.
    pub period: PeriodCell,
    /// The sheet it was first met on.
    pub sheet: String,
    /// How many figures it has.
    pub figures: u32,
}

/// A column that is not taken, because the product works out what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplied {
    /// What it holds.
    pub kind: SuppliedKind,
    /// Its heading.
    pub heading: String,
    /// Where that stands.
    pub place: Place,
}

/// One area's figure of one measure for one period, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenchmarkFigure {
    /// The sheet, in [`BenchmarkReading::sheets`].
    pub sheet: u32,
    /// The row, counted from 1.
    pub row: u32,
    /// The area, in [`BenchmarkReading::areas`].
    pub area: u32,
    /// The measure, in [`BenchmarkReading::measures`].
    pub measure: u32,
    /// The period, in [`BenchmarkReading::periods`]; none where the file names none.
    pub period: Option<u32>,
    /// The figure's cell.
    pub value: Option<RawCell>,
    /// Above the line.
    pub numerator: Option<RawCell>,
    /// Below the line.
    pub denominator: Option<RawCell>,
    /// How firm a column or heading says it is. A mark inside the cell counts before it: [`BenchmarkReading::interpret`].
    pub state: Option<ValueState>,
    /// Why there is none, where a column says so.
    pub reason: Option<Text>,
}

impl BenchmarkFigure {
    /// The cell it stands in: the value's, else the numerator's.
    #[must_use]
    pub fn cell(&self) -> &str {
        self.value.as_ref().or(self.numerator.as_ref()).map_or("A1", |cell| &cell.cell)
    }
}

/// Everything read from a national file but its figures, which come apart, packed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BenchmarkReading {
    /// What the bytes are; none when they are no workbook.
    pub format: Option<Format>,
    /// Sheets that gave figures, by name.
    pub sheets: Vec<String>,
    /// Areas as written, in order of first meeting.
    pub areas: Vec<AreaMet>,
    /// Measures as written, in order of first meeting.
    pub measures: Vec<MeasureMet>,
    /// Periods as written, in order of first meeting.
    pub periods: Vec<PeriodMet>,
    /// Medians, ranks and averages, which were not taken.
    pub supplied: Vec<Supplied>,
    /// What each table was taken for, in the order of the workbook.
    pub tables: Vec<TableRead>,
    /// What is wrong or worth knowing, one a cause.
    pub diagnostics: Vec<Diagnostic>,
}

impl BenchmarkReading {
    /// Whether anything in it is wrong.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Where a figure stands.
    #[must_use]
    pub fn place(&self, figure: &BenchmarkFigure) -> Place {
        Place::new(self.sheet(figure), figure.cell())
    }

    fn sheet(&self, figure: &BenchmarkFigure) -> &str {
        usize::try_from(figure.sheet).ok().and_then(|at| self.sheets.get(at)).map_or("", String::as_str)
    }

    /// What a figure's cell means for a measure in a unit, as [`figure::interpret`] reads it with the measure's other cells
    /// beside it. A column's state counts where the cell has no mark, its reason where the cell is blank.
    #[must_use]
    pub fn interpret(&self, figure: &BenchmarkFigure, unit: &str) -> (Figure, Vec<Diagnostic>) {
        let measure = usize::try_from(figure.measure).ok().and_then(|at| self.measures.get(at));
        let expected = Expected { unit, column: measure.map(|measure| measure.column).unwrap_or_default(), ..Expected::default() };
        let blank = || (Figure::default(), Vec::new());
        let read = |cell: &RawCell| figure::interpret(cell, self.sheet(figure), &expected);
        let (mut out, mut problems) = figure.value.as_ref().map_or_else(blank, read);
        for (cell, part) in [(&figure.numerator, &mut out.numerator), (&figure.denominator, &mut out.denominator)] {
            let Some(cell) = cell else { continue };
            let (number, said) = figure::plain(cell, self.sheet(figure));
            *part = number.or(*part);
            problems.extend(said);
        }
        out.state = out.state.or(figure.state);
        let nothing = out.value.is_none() && (out.numerator.is_none() || out.denominator.is_none());
        if let Some(reason) = figure.reason.as_ref().filter(|_| nothing && out.absence.is_none()) {
            out.absence = absence(&reason.text);
        }
        (out, problems)
    }
}

/// Why a figure is missing, in the words of a column of reasons.
fn absence(text: &str) -> Option<Absence> {
    let cell = RawCell {
        cell: "A1".to_owned(),
        content: crate::row::Content::Text(text.to_owned()),
        percent: None,
        number_format: None,
        formula: None,
        uncached: false,
        struck: false,
        scale: None,
        percent_as: None,
        missing: None,
    };
    figure::interpret(&cell, "", &Expected::default()).0.absence
}

/// Reads a national file for everybody. `settings`: the mapping counts, whose figures are wanted does not.
#[must_use]
pub fn read(bytes: &[u8], file_name: &str, limits: &Limits, settings: &Settings) -> (BenchmarkReading, Figures) {
    read_watched(bytes, file_name, limits, settings, &|_| ())
}

/// As [`read`]; `told` hears how much of it is done, in hundredths: each once, rising, 100 at the end.
#[must_use]
pub fn read_watched(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    settings: &Settings,
    told: &dyn Fn(usize),
) -> (BenchmarkReading, Figures) {
    let watch = Watch::new(told);
    let (mut reading, figures) = match open::open_watched(bytes, file_name, limits, &watch) {
        Ok(book) => {
            watch.tell(OPENED);
            layouts::read_everybody(&book, settings, &watch)
        }
        Err((format, refusal)) => {
            (BenchmarkReading { format, diagnostics: vec![*refusal], ..BenchmarkReading::default() }, Figures::default())
        }
    };
    reading.diagnostics = merge(reading.diagnostics);
    watch.tell(DONE);
    (reading, figures)
}

/// What a period says, without where it stands.
pub(crate) type Written = (PeriodContent, Option<i32>);
