//! What each indicator counts, and how its status is set.

use crate::reading::{Read, Reading};
use crate::sentences::plural;
use crate::table::{Cell, TablePage, words};
use crate::text;

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = TablePage::new(
        "Definitions",
        "definitions",
        read.title("Definitions"),
        "It says what each indicator counts, which way is better, and how its status is set.",
    );
    page.columns = vec![
        words("Ref", 9),
        words("Indicator", 26),
        words("Definition", 40),
        words("Numerator", 19),
        words("Denominator", 19),
        words("Unit", 11),
        words("Better is", 11),
        words("Frequency", 12),
        words("Kind", 15),
        words("How status is set", 24),
        words("Source and reporting lag", 20),
    ];
    page.rows = read.all.iter().map(row).collect();
    Some(page)
}

fn row(reading: &Reading) -> Vec<Cell> {
    let of = reading.indicator;
    vec![
        Cell::words(of.code.clone()),
        Cell::words(of.title.clone()),
        Cell::text(Some(&of.definition), "No definition given"),
        Cell::text(of.numerator.as_deref(), "Not a ratio"),
        Cell::text(of.denominator.as_deref(), "Not a ratio"),
        Cell::words(reading.unit()),
        Cell::words(of.polarity.words()),
        Cell::words(of.frequency.words()),
        Cell::words(kind(reading)),
        Cell::text(Some(&of.how_status_is_set), "No status is set"),
        Cell::words(source(reading)),
    ]
}

fn kind(reading: &Reading) -> String {
    let of = reading.indicator;
    let mut kinds = vec![of.purpose.words().to_owned()];
    kinds.extend(of.headline.then(|| "headline".to_owned()));
    kinds.extend(of.critical.then(|| "critical".to_owned()));
    kinds.extend(of.dimension.map(|d| d.words().to_lowercase()));
    kinds.join(", ")
}

fn source(reading: &Reading) -> String {
    let of = reading.indicator;
    let source = text::said(of.source.as_deref()).unwrap_or_else(|| "Source not stated".to_owned());
    match usize::try_from(of.data_lag_days) {
        Ok(0) | Err(_) => source,
        Ok(days) => format!("{source}; {} after the period ends", plural(days, "day", "days")),
    }
}
