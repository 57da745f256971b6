//! What each indicator counts, and how its status is set.

use crate::language::tell;
use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage};
use crate::{text, wording};

pub(super) fn page(read: &Read) -> Option<TablePage> {
    let mut page = read.page("definitions", "definitions");
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 26),
        read.text_column("column-definition", 36),
        read.text_column("column-numerator", 16),
        read.text_column("column-denominator", 16),
        read.text_column("column-unit", 10),
        read.text_column("column-better-is", 10),
        read.text_column("column-frequency", 12),
        read.text_column("column-kind", 14),
        read.text_column("column-how-status-is-set", 32),
        read.text_column("column-source-and-lag", 23),
    ];
    page.rows = read.all.iter().map(|reading| row(read, reading)).collect();
    Some(page)
}

fn row(read: &Read, reading: &Reading) -> Vec<Cell> {
    let of = reading.indicator;
    let word = |set: &str, code: &str| Cell::Text(read.language.word(set, code).to_owned());
    vec![
        read.words(&of.code),
        read.words(&of.title),
        read.text(Some(&of.definition), "no-definition"),
        read.text(of.numerator.as_deref(), "not-a-ratio"),
        read.text(of.denominator.as_deref(), "not-a-ratio"),
        Cell::Text(reading.unit()),
        word("polarity", of.polarity.code()),
        word("frequency", of.frequency.code()),
        Cell::Text(kind(read, reading)),
        read.text(Some(&wording::how_set(read, reading)), "no-status-is-set"),
        Cell::Text(source(read, reading)),
    ]
}

fn kind(read: &Read, reading: &Reading) -> String {
    let of = reading.indicator;
    let mut kinds = vec![read.language.word("purpose", of.purpose.code()).to_owned()];
    kinds.extend(of.headline.then(|| read.say("kind-headline").to_owned()));
    kinds.extend(of.critical.then(|| read.say("kind-critical").to_owned()));
    kinds.extend(of.dimension.map(|d| read.language.word("dimension", d.code()).to_lowercase()));
    kinds.join(", ")
}

fn source(read: &Read, reading: &Reading) -> String {
    let of = reading.indicator;
    let source = text::said(of.source.as_deref()).unwrap_or_else(|| read.say("source-not-stated").to_owned());
    match of.data_lag_days {
        0 => source,
        days => tell!(read.language, "source-and-lag", source = source, n = days),
    }
}
