//! Every figure of every period on a line of its own: for machines, and to be imported again without a change.

use rules::measure::ValueState;
use rust_decimal::Decimal;

use crate::figures::float;
use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading};
use crate::sentences::plural;
use crate::table::{Cell, Column, TablePage, figures, words};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Trend data",
        "trend_data",
        read.title("Trend data"),
        "It has one row for each indicator and period that has a figure or a reason for none, at full precision.",
    );
    page.readers = "Analysts and journalists";
    page.keys = 4;
    let given = |point: &PackPoint| point.value.is_some() || point.absence.is_some();
    let all = || read.all.iter().flat_map(|r| r.until.iter().map(move |point| (r, point)));
    let parts = all().any(|(_, p)| p.numerator.is_some() || p.denominator.is_some());
    let silent = all().filter(|(_, point)| !given(point)).count();
    if silent > 0 {
        page.lines.push(format!("{} no row here, because no figure was given.", plural(silent, "period has", "periods have")));
    }
    if parts {
        page.lines
            .push("Numerator and denominator are blank where a figure is not worked out from two others, or may not be shown.".to_owned());
    }
    page.columns = columns(parts);
    page.rows = all().filter(|(_, point)| given(point)).map(|(r, point)| row(read, r, point, parts)).collect();
    Some(page)
}

/// Numerator and denominator have columns only where some figure has them.
fn columns(parts: bool) -> Vec<Column> {
    let mut columns = vec![
        words("Ref", 9),
        words("Indicator", 30),
        words("Period", 20),
        figures("Period start", 13),
        figures("Period end", 13),
        figures("Value", 12),
        figures("Target", 12),
        figures("Intervention level", 14),
    ];
    if parts {
        columns.extend([figures("Numerator", 13), figures("Denominator", 14)]);
    }
    columns.extend([words("Unit", 12), words("Status", 12), words("Value state", 12), figures("Revised on", 13)]);
    columns
}

fn row(read: &Read, reading: &Reading, point: &PackPoint, parts: bool) -> Vec<Cell> {
    let hidden = reading::hidden(point);
    let part = |value: Option<Decimal>| match value.filter(|_| !hidden) {
        Some(value) => Cell::Figure(float(value), if value.fract().is_zero() { "#,##0_)" } else { "#,##0.##_)" }.to_owned()),
        None => Cell::Text(String::new()),
    };
    let mut cells = vec![
        Cell::words(reading.indicator.code.clone()),
        Cell::words(reading.indicator.title.clone()),
        Cell::words(point.period.words()),
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
        Cell::words(reading.unit()),
        Cell::words(read.word(point.status.colour)),
        Cell::words(state.words()),
        Cell::date(point.revised_on),
    ]);
    cells
}
