//! What stands behind a figure: the two counts it is worked out from, and the contextual measures that explain it,
//! for instance the backlog behind the completions.

use rust_decimal::Decimal;

use crate::figures::float;
use crate::reading::{self, Read, Reading};
use crate::table::{Cell, TablePage};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let linked = read.all.iter().any(|reading| !explained(read, reading).is_empty());
    let id = if linked { "context" } else { "counts" };
    let mut page = read.page("context", "figures_in_context");
    page.lines = vec![read.language.word("purpose", id).to_owned()];
    page.shows = read.language.word("shows", id).to_owned();
    page.readers = read.say("readers-members").to_owned();
    page.keys = 2;
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 28),
        read.text_column("column-latest-period", 15),
        read.text_column("column-status", 11),
        read.text_column("column-year-end-status", 11),
        read.figure_column("column-latest", 11),
        read.text_column("column-unit", 10),
        read.text_column("column-numerator-is", 20),
        read.figure_column("column-numerator", 12),
        read.text_column("column-denominator-is", 20),
        read.figure_column("column-denominator", 13),
    ];
    // Where nothing is said to explain anything, no column says so row by row.
    if linked {
        page.columns.extend([
            read.text_column("column-explained-by", 26),
            read.figure_column("column-its-previous", 11),
            read.figure_column("column-its-latest", 11),
            read.text_column("column-its-unit", 10),
        ]);
    }
    page.rows = read.all.iter().flat_map(|reading| rows(read, reading, linked)).collect();
    Some(page)
}

/// The measures of the pack that explain an indicator.
fn explained<'r, 'a>(read: &'r Read<'a>, reading: &Reading) -> Vec<&'r Reading<'a>> {
    reading.indicator.context.iter().filter_map(|code| read.find(code)).collect()
}

/// A row for each measure that explains it; one row where it has its two counts alone; none where it has neither.
fn rows(read: &Read, reading: &Reading, linked: bool) -> Vec<Vec<Cell>> {
    let explained = explained(read, reading);
    let counted = reading.latest.is_some_and(|p| p.numerator.is_some() || p.denominator.is_some());
    if explained.is_empty() && !counted {
        return Vec::new();
    }
    let own = own(read, reading);
    if !linked {
        return vec![own];
    }
    let beside = |by: Option<&Reading>| {
        let mut row = own.clone();
        row.extend(match by {
            Some(by) => [Cell::Text(by.name()), by.value(by.previous()), by.value(by.latest), Cell::Text(by.unit())],
            None => [read.cell("no-context"), Cell::Mark("[z]"), Cell::Mark("[z]"), read.cell("status-not-applicable")],
        });
        row
    };
    if explained.is_empty() { vec![beside(None)] } else { explained.into_iter().map(|by| beside(Some(by))).collect() }
}

fn own(read: &Read, reading: &Reading) -> Vec<Cell> {
    let (of, latest) = (reading.indicator, reading.latest);
    let hidden = latest.is_some_and(reading::hidden);
    let part = |value: Option<Decimal>| match value {
        _ if hidden => Cell::Mark("[c]"),
        Some(value) => Cell::Figure(float(value), if value.fract().is_zero() { "#,##0_)" } else { "#,##0.##_)" }.to_owned()),
        None => Cell::Mark("[z]"),
    };
    vec![
        read.words(&of.code),
        read.words(&of.title),
        read.text(latest.map(|p| read.language.period(p.period)).as_deref(), "no-period-yet"),
        read.status(reading.colour()),
        read.status(reading.year_end()),
        reading.value(latest),
        Cell::Text(reading.unit()),
        read.text(of.numerator.as_deref(), "not-a-ratio"),
        part(latest.and_then(|p| p.numerator)),
        read.text(of.denominator.as_deref(), "not-a-ratio"),
        part(latest.and_then(|p| p.denominator)),
    ]
}
