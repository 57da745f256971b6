//! Figures beside those of other councils: a prompt for questions, and nobody's league table. Indicators stand in the pack's own order.

use rules::benchmark::QuartilePosition;

use crate::pack::PackComparison;
use crate::reading::{Read, Reading};
use crate::table::{Cell, TablePage};

pub(super) fn page(read: &Read) -> TablePage {
    let mut page = read.page("benchmarking", "benchmarking");
    page.readers = read.say("readers-directors").to_owned();
    page.keys = 2;
    page.lines.push(read.say("benchmarking-questions").to_owned());
    page.columns = vec![
        read.text_column("column-ref", 9),
        read.text_column("column-indicator", 26),
        read.text_column("column-period", 14),
        read.figure_column("column-our-value", 11),
        read.text_column("column-unit", 10),
        read.text_column("column-comparator-group", 20),
        read.figure_column("column-group-median", 11),
        read.figure_column("column-lower-quartile", 11),
        read.figure_column("column-upper-quartile", 11),
        read.figure_column("column-lowest", 11),
        read.figure_column("column-highest", 11),
        read.figure_column("column-rank", 7),
        read.figure_column("column-rank-of", 7),
        read.figure_column("column-without-figure", 9),
        read.text_column("column-position", 14),
        read.text_column("column-same-definition", 11),
        read.text_column("column-source", 24),
    ];
    page.rows = compared(read).filter_map(|(reading, of)| row(read, reading, of)).collect();
    page
}

/// Comparisons of indicators the pack has, in the order of the pack.
pub(super) fn compared<'r, 'a>(read: &'r Read<'a>) -> impl Iterator<Item = (&'r Reading<'a>, &'a PackComparison)> {
    read.pack.compared.with_others.iter().filter_map(|of| Some((read.find(&of.code)?, of)))
}

fn row(read: &Read, reading: &Reading, of: &PackComparison) -> Option<Vec<Cell>> {
    let now = of.path.last()?;
    let whole = |n: u32| Cell::Figure(f64::from(n), "#,##0_)".to_owned());
    let ranked = of.position != QuartilePosition::NotRanked || of.rank.is_some();
    let shared = if of.shared > 0 { crate::language::tell!(read.language, "benchmarking-shared", n = of.shared) } else { String::new() };
    let source = [of.source.clone(), shared].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    Some(vec![
        read.words(&of.code),
        read.words(&reading.indicator.title),
        Cell::Text(read.language.period(now.period)),
        reading.figure(now.ours),
        Cell::Text(reading.unit()),
        read.words(&of.group),
        reading.figure(now.median),
        reading.figure(now.lower_quartile),
        reading.figure(now.upper_quartile),
        reading.figure(now.lowest),
        reading.figure(now.highest),
        of.rank.map_or(Cell::Mark("[z]"), whole),
        if ranked { whole(of.of) } else { Cell::Mark("[z]") },
        whole(of.without),
        Cell::Text(read.language.word("position", of.position.code()).to_owned()),
        read.cell(if of.same_definition { "definition-same" } else { "definition-other" }),
        read.words(&source),
    ])
}
