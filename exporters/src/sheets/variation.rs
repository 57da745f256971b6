//! Which figures change by more than chance, and whether a target lies where they go by themselves.

use crate::pack::PackVariation;
use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage};

pub(super) fn page(read: &Read) -> TablePage {
    let mut page = read.page("variation", "variation");
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 2;
    page.lines.push(read.say("variation-method").to_owned());
    if read.pack.compared.through_time.iter().any(|of| of.of_additions) {
        page.lines.push(read.say("variation-of-additions").to_owned());
    }
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 34),
        read.text_column("column-period", 16),
        read.figure_column("column-latest", 12),
        read.text_column("column-unit", 12),
        read.figure_column("column-mean", 12),
        read.figure_column("column-lower-limit", 12),
        read.figure_column("column-upper-limit", 12),
        read.figure_column("column-points", 9),
        read.text_column("column-variation", 26),
        read.text_column("column-assurance", 22),
        read.text_column("column-limits-anew", 30),
    ];
    page.rows = read.pack.compared.through_time.iter().filter_map(|of| row(read, read.find(&of.code)?, of)).collect();
    page
}

fn row(read: &Read, reading: &Reading, of: &PackVariation) -> Option<Vec<Cell>> {
    let limits = of.limits.last()?;
    let language = read.language;
    let rebased = of
        .rebased
        .as_ref()
        .map(|(from, why)| crate::language::tell!(language, "limits-anew", period = language.period(*from), why = crate::text::clean(why)));
    Some(vec![
        read.words(&of.code),
        read.words(&reading.indicator.title),
        Cell::Text(language.period(limits.period)),
        reading.figure(Some(of.value)),
        Cell::Text(reading.unit()),
        reading.figure(Some(limits.centre)),
        reading.figure(Some(limits.lower)),
        reading.figure(Some(limits.upper)),
        Cell::Figure(f64::from(of.points), "#,##0_)".to_owned()),
        Cell::Text(language.word("variation", of.variation.code()).to_owned()),
        of.assurance.map_or_else(|| read.cell("assurance-no-target"), |of| Cell::Text(language.word("assurance", of.code()).to_owned())),
        rebased.map_or_else(|| read.cell("limits-from-the-start"), Cell::Text),
    ])
}
