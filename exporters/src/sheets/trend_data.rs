//! Every figure of every period on a line of its own: for machines, and to be imported again without a change.

use rules::measure::ValueState;

use crate::pack::PackPoint;
use crate::reading::{self, Read, Reading};
use crate::table::{Cell, TablePage, figures, words};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Trend data",
        "trend_data",
        read.title("Trend data"),
        "It has one row for each indicator and period, at full precision.",
    );
    page.readers = "Analysts and journalists";
    page.keys = 4;
    page.columns = vec![
        words("Ref", 9),
        words("Indicator", 30),
        words("Period", 20),
        figures("Period start", 13),
        figures("Period end", 13),
        figures("Value", 12),
        figures("Target", 12),
        figures("Intervention level", 14),
        figures("Numerator", 13),
        figures("Denominator", 14),
        words("Unit", 12),
        words("Status", 12),
        words("Value state", 12),
        figures("Revised on", 13),
    ];
    page.rows = read.all.iter().flat_map(|r| r.until.iter().map(move |point| row(read, r, point))).collect();
    Some(page)
}

fn row(read: &Read, reading: &Reading, point: &PackPoint) -> Vec<Cell> {
    let hidden = reading::hidden(point);
    let part = |value: Option<rust_decimal::Decimal>| match value {
        _ if hidden => Cell::Mark("[c]"),
        Some(value) => {
            Cell::Figure(crate::figures::float(value), if value.fract().is_zero() { "#,##0_)" } else { "#,##0.##_)" }.to_owned())
        }
        None => Cell::Mark("[z]"),
    };
    vec![
        Cell::words(reading.indicator.code.clone()),
        Cell::words(reading.indicator.title.clone()),
        Cell::words(point.period.words()),
        Cell::Date(point.period.start()),
        Cell::Date(point.period.end()),
        reading.value(Some(point)),
        reading.figure(point.target),
        reading.figure(point.intervention),
        part(point.numerator),
        part(point.denominator),
        Cell::words(reading.unit()),
        Cell::words(read.word(point.status.colour)),
        Cell::text(point.state.map(ValueState::words), "No value"),
        Cell::date(point.revised_on),
    ]
}
