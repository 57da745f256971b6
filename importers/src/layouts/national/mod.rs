//! Tables about many authorities, read for all of them: every figure with whose it is, of what and of when.
//!
//! Areas, measures and periods are numbered as they are met; a figure is packed with the numbers. What is one figure told
//! twice is seen by them: the same three numbers.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rules::measure::ValueState;

use self::measure::Measured;
use self::table::Columns;
use self::twice::Twice;
use super::areas::Ours;
use super::duplicates::number;
use super::header::Header;
use super::sink::Sink;
use super::tables;
use crate::address::parse_a1;
use crate::benchmark::{BenchmarkFigure, BenchmarkReading, Figures, PeriodMet, Written};
use crate::diagnostic::{Diagnostic, Severity};
use crate::figure::Column;
use crate::mapping::Settings;
use crate::reading::Reading;
use crate::row::{Content, RawCell, ValueRow};
use crate::rows::NoRow;
use crate::sheet::{Book, Sheet};
use crate::watch::Watch;

mod area;
mod measure;
mod supplied;
mod table;
mod twice;

/// Reads an opened workbook for everybody.
pub(crate) fn read(book: &Book, settings: &Settings, watch: &Watch<'_>) -> (BenchmarkReading, Figures) {
    let mut met = National::default();
    let mut reading = Reading { format: Some(book.format), ..Reading::default() };
    reading.diagnostics.extend(book.diagnostics.iter().cloned());
    tables::read(book, settings, &Ours::everybody(), (&mut reading, &mut met), watch);
    met.finish(reading)
}

/// What was met so far.
#[derive(Default)]
struct National {
    out: BenchmarkReading,
    figures: Figures,
    /// Where each figure begins.
    starts: Vec<usize>,
    /// The table that is being read.
    table: Option<Columns>,
    /// The row that is being read and its area: rows have many figures.
    row: Option<(u32, Option<u32>)>,
    areas: HashMap<String, u32>,
    measures: HashMap<String, u32>,
    periods: HashMap<Written, u32>,
    twice: Twice,
    /// Rows that name nobody.
    nobody: Vec<Diagnostic>,
    /// Headings of columns that one council's reading has no use for.
    beside: Vec<crate::Place>,
    broken: Option<NoRow>,
}

impl Sink for National {
    fn wants(&self, header: &Header) -> bool {
        header.areas.is_some()
    }

    fn begin(&mut self, sheet: &Sheet, header: &Header) {
        self.row = None;
        let at = self.out.sheets.iter().position(|known| *known == sheet.name).unwrap_or_else(|| {
            self.out.sheets.push(sheet.name.clone());
            self.out.sheets.len() - 1
        });
        let columns = Columns::new(number_of(at), sheet, header);
        let read = columns.iter().flat_map(|columns| columns.read_beside(header));
        self.beside.extend(read.map(|cell| crate::Place::new(sheet.name.clone(), cell)));
        let known = &mut self.out.supplied;
        known.extend(columns.iter().flat_map(|columns| columns.supplied_here(sheet, header)));
        self.table = columns;
    }

    fn push(&mut self, sheet: &Sheet, row: &ValueRow) -> bool {
        let Some(table) = self.table.take() else { return false };
        let taken = self.take(&table, sheet, row);
        self.table = Some(table);
        taken.is_some()
    }
}

impl National {
    fn take(&mut self, table: &Columns, sheet: &Sheet, row: &ValueRow) -> Option<()> {
        let cell = row.value.as_ref().or(row.numerator.as_ref()).map(|cell| cell.cell.as_str());
        let column = cell.and_then(parse_a1).map(|(_, column)| column);
        if column.is_some_and(|column| table.is_no_figure(column)) {
            return None;
        }
        let area = self.area(table, sheet, row.row)?;
        let measured = Measured::of(table, sheet, row)?;
        let measure = self.measure(measured, row.value.as_ref());
        let period = row.period.as_ref().map(|period| self.period(sheet, period));
        let figure = BenchmarkFigure {
            sheet: table.sheet,
            row: row.row,
            area,
            measure,
            period,
            value: row.value.clone(),
            numerator: row.numerator.clone(),
            denominator: row.denominator.clone(),
            state: row.state.as_ref().and_then(|text| state(&text.text)),
            reason: row.absence_reason.as_deref().cloned(),
        };
        self.starts.push(self.figures.bytes().len());
        if let Err(why) = self.figures.push(&figure) {
            self.broken = Some(why);
        }
        let place = sheet_place(sheet, &figure);
        self.twice.saw((area, measure, period), self.starts.len() - 1, said(&figure), place);
        Some(())
    }

    /// The number of the area a row is about.
    fn area(&mut self, table: &Columns, sheet: &Sheet, row: u32) -> Option<u32> {
        if let Some((_, area)) = self.row.filter(|(known, _)| *known == row) {
            self.count(area);
            return area;
        }
        let met = sheet.row(row.checked_sub(1)?).and_then(|cells| area::of(table, sheet, cells));
        let area = met.map(|met| {
            let key = area::key(&met);
            let areas = &mut self.out.areas;
            *self.areas.entry(key).or_insert_with(|| {
                areas.push(met);
                number_of(areas.len() - 1)
            })
        });
        if area.is_none() {
            let message = "Rows with figures that name no area were not read.";
            let problem = Diagnostic::new("BMK-012", sheet.place(row.saturating_sub(1), table.first()), message);
            self.nobody.push(problem.suggest("Write the code or name of the area in each row."));
        }
        self.row = Some((row, area));
        self.count(area);
        area
    }

    fn count(&mut self, area: Option<u32>) {
        if let Some(met) = area.and_then(|at| self.out.areas.get_mut(at as usize)) {
            met.figures = met.figures.saturating_add(1);
        }
    }

    fn measure(&mut self, measured: Measured, value: Option<&RawCell>) -> u32 {
        let measures = &mut self.out.measures;
        let at = *self.measures.entry(measured.identity()).or_insert_with(|| {
            measures.push(measured.met());
            number_of(measures.len() - 1)
        });
        if let Some(met) = measures.get_mut(at as usize) {
            met.figures = met.figures.saturating_add(1);
            met.column = met.column.and(Column::of(value));
        }
        at
    }

    fn period(&mut self, sheet: &Sheet, period: &crate::row::PeriodCell) -> u32 {
        let periods = &mut self.out.periods;
        let at = *self.periods.entry((period.content.clone(), period.context_year)).or_insert_with(|| {
            periods.push(PeriodMet { period: period.clone(), sheet: sheet.name.clone(), figures: 0 });
            number_of(periods.len() - 1)
        });
        if let Some(met) = periods.get_mut(at as usize) {
            met.figures = met.figures.saturating_add(1);
        }
        at
    }

    /// What was met, without figures that contradict one another.
    fn finish(mut self, reading: Reading) -> (BenchmarkReading, Figures) {
        (self.out.format, self.out.tables) = (reading.format, reading.tables);
        self.out.diagnostics = reading.diagnostics;
        let (dropped, problems) = std::mem::take(&mut self.twice).finish();
        self.leave_out(&dropped);
        let some = !self.figures.is_empty();
        self.out.diagnostics = weighed(std::mem::take(&mut self.out.diagnostics), &self.beside, some);
        self.out.diagnostics.extend(problems);
        self.out.diagnostics.append(&mut self.nobody);
        self.out.diagnostics.extend(supplied::problems(&self.out.supplied));
        if let Some(why) = self.broken {
            let message = format!("The figures of this workbook cannot be handed on: {why}.");
            let problem = Diagnostic::new("FIL-012", crate::Place::file(), message);
            self.out.diagnostics.push(problem.suggest("Send the tables in several files."));
        }
        measure::tell_apart(&mut self.out.measures);
        (self.out, self.figures)
    }

    fn leave_out(&mut self, dropped: &[usize]) {
        if dropped.is_empty() {
            return;
        }
        for figure in dropped.iter().filter_map(|at| self.figures.at(*self.starts.get(*at)?)) {
            let areas = self.out.areas.get_mut(figure.area as usize).map(|met| &mut met.figures);
            let measures = self.out.measures.get_mut(figure.measure as usize).map(|met| &mut met.figures);
            let periods = figure.period.and_then(|at| self.out.periods.get_mut(at as usize)).map(|met| &mut met.figures);
            for count in [areas, measures, periods].into_iter().flatten() {
                *count = count.saturating_sub(1);
            }
        }
        let bytes = self.figures.bytes();
        let (mut kept, mut count) = (Vec::with_capacity(bytes.len()), 0);
        for (at, start) in self.starts.iter().enumerate().filter(|(at, _)| dropped.binary_search(at).is_err()) {
            let end = self.starts.get(at + 1).copied().unwrap_or(bytes.len());
            kept.extend_from_slice(bytes.get(*start..end).unwrap_or_default());
            count += 1;
        }
        self.figures = Figures::packed(count, kept);
    }
}

/// What was said of tables, as it weighs for a file of very many figures: a blank cell is no fault of its publisher, and
/// columns that cannot be told apart leave the others as they are.
fn weighed(diagnostics: Vec<Diagnostic>, beside: &[crate::Place], some: bool) -> Vec<Diagnostic> {
    let places: HashSet<_> = beside.iter().collect();
    let kept = diagnostics.into_iter().filter(|d| d.code != "COL-001" || !d.places.first().is_some_and(|place| places.contains(place)));
    let weigh = |problem: Diagnostic| match &*problem.code {
        "VAL-029" => Diagnostic { suggestion: None, ..problem }.weighing(Severity::Info),
        "COL-002" | "PER-029" | "PER-038" if some => problem.weighing(Severity::Warning),
        _ => problem,
    };
    kept.map(weigh).collect()
}

fn number_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn sheet_place(sheet: &Sheet, figure: &BenchmarkFigure) -> crate::Place {
    crate::Place::new(sheet.name.clone(), figure.cell())
}

/// How firm a column or heading says a figure is.
fn state(text: &str) -> Option<ValueState> {
    let words = super::heading_key(text);
    let has = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    if has(&["provisional", "draft", "unaudited", "estimated", "estimate", "p"]) {
        Some(ValueState::Provisional)
    } else if has(&["final", "revised", "audited", "confirmed", "r"]) {
        Some(ValueState::Final)
    } else {
        None
    }
}

/// What a figure says, without how it is dressed.
fn said(figure: &BenchmarkFigure) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in [&figure.value, &figure.numerator, &figure.denominator] {
        let Some(cell) = cell else {
            hasher.write_u8(0);
            continue;
        };
        // A number typed as text is that number; shown as a percentage it is another.
        let (content, percent) =
            number(&cell.content).map_or_else(|| (cell.content.clone(), false), |(number, percent)| (Content::Number(number), percent));
        match content {
            Content::Number(number) => (number, percent || cell.percent == Some(true)).hash(&mut hasher),
            content => format!("{content:?}").hash(&mut hasher),
        }
    }
    figure.reason.as_ref().map(|reason| &reason.text).hash(&mut hasher);
    hasher.finish()
}
