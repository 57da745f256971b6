//! Every figure of every period on a line of its own: for machines, and to be imported again without a change.

use rules::measure::ValueState;
use rust_decimal::Decimal;

use crate::figures::float;
use crate::language::tell;
use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading};
use crate::table::{Cell, Column, TablePage};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("trend-data", "trend_data");
    page.readers = read.say("readers-analysts").to_owned();
    page.keys = 4;
    let given = |point: &PackPoint| point.value.is_some() || point.absence.is_some();
    let all = || read.all.iter().flat_map(|r| r.until.iter().map(move |point| (r, point)));
    let parts = all().any(|(_, p)| p.numerator.is_some() || p.denominator.is_some());
    let silent = all().filter(|(_, point)| !given(point)).count();
    if silent > 0 {
        page.lines.push(tell!(read.language, "trend-silent", n = silent));
    }
    if parts {
        page.lines.push(read.say("trend-parts-blank").to_owned());
    }
    page.columns = columns(read, parts);
    page.rows = all().filter(|(_, point)| given(point)).map(|(r, point)| row(read, r, point, parts)).collect();
    Some(page)
}

/// Numerator and denominator have columns only where some figure has them.
fn columns(read: &Read, parts: bool) -> Vec<Column> {
    let mut columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 30),
        read.text_column("column-period", 20),
        read.figure_column("column-period-start", 13),
        read.figure_column("column-period-end", 13),
        read.figure_column("column-value", 12),
        read.figure_column("column-target", 12),
        read.figure_column("column-intervention-level", 14),
    ];
    if parts {
        columns.extend([read.figure_column("column-numerator", 13), read.figure_column("column-denominator", 14)]);
    }
    columns.extend([
        read.text_column("column-unit", 12),
        read.text_column("column-status", 12),
        read.text_column("column-value-state", 12),
        read.figure_column("column-revised-on", 13),
    ]);
    columns
}

fn row(read: &Read, reading: &Reading, point: &PackPoint, parts: bool) -> Vec<Cell> {
    let hidden = reading::hidden(point);
    let part = |value: Option<Decimal>| match value.filter(|_| !hidden) {
        Some(value) => Cell::Figure(float(value), if value.fract().is_zero() { "#,##0_)" } else { "#,##0.##_)" }.to_owned()),
        None => Cell::Text(String::new()),
    };
    let mut cells = vec![
        read.words(&reading.indicator.code),
        read.words(&reading.indicator.title),
        Cell::Text(read.language.period(point.period)),
        Cell::Date(point.period.start()),
        Cell::Date(point.period.end()),
        reading.value(Some(point)),
        reading.figure(point.target),
        reading.figure(point.intervention),
    ];
    if parts {
        cells.extend([part(point.numerator), part(point.denominator)]);
    }
    // A stated absence is as settled as a figure: the import asks the same of both.
    let state = point.state.unwrap_or(ValueState::Final);
    cells.extend([
        Cell::Text(reading.unit()),
        Cell::Text(read.word(point.status.colour)),
        Cell::Text(read.language.word("state", state.code()).to_owned()),
        read.date(point.revised_on),
    ]);
    cells
}
