//! F: charts and sparklines.

use std::collections::BTreeMap;

use super::objects::drawings;
use crate::area::address;
use crate::book::Book;
use crate::drawing::Floating;
use crate::words::pattern;
use crate::xml::Element;

pub fn apart(book: &Book) -> Vec<String> {
    let both = book.worksheets().filter(|s| !s.tables.is_empty() && s.drawings.iter().any(|d| d.kind == Floating::Chart));
    both.map(|sheet| format!("'{}' has a table and charts", sheet.name)).collect()
}

pub fn told_apart(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, drawing) in drawings(book, Floating::Chart) {
        let Some(part) = &drawing.chart else { continue };
        let chart = part.deep("chart").into_iter().next().unwrap_or(part);
        let mut wrong = |why: &str| found.push(format!("the chart at {} {why}", sheet.place(&drawing.at())));
        if chart.child("title").is_none() {
            wrong("has no title");
        }
        if part.deep("lineChart").into_iter().chain(part.deep("scatterChart")).any(has_equal_lines) {
            wrong("has two lines that differ by colour alone");
        }
        let told = |bar: &Element| !bar.deep("pattFill").is_empty() || bar.child("dLbls").is_some();
        if part.deep("barChart").iter().any(|bars| bars.all("ser").skip(1).any(|bar| !told(bar))) {
            wrong("has bars that differ by colour alone");
        }
        if part.deep("pieChart").into_iter().chain(part.deep("doughnutChart")).any(|pie| pie.deep("dLbls").is_empty()) {
            wrong("has slices that differ by colour alone");
        }
    }
    found
}

/// Two lines of one dash and one marker, neither labelled.
fn has_equal_lines(lines: &Element) -> bool {
    let mut looks: BTreeMap<(String, String, bool), bool> = BTreeMap::new();
    for line in lines.all("ser") {
        let shape = line.child("spPr");
        let value = |of: Option<&Element>, name: &str, otherwise: &str| {
            let first = of.and_then(|of| of.deep(name).into_iter().next().and_then(|e| e.get("val")));
            first.unwrap_or(otherwise).to_owned()
        };
        let is_unseen = shape.is_some_and(|s| !s.deep("noFill").is_empty());
        let look = (value(shape, "prstDash", "solid"), value(line.child("marker"), "symbol", "none"), is_unseen);
        let labelled = line.child("dLbls").is_some();
        if looks.insert(look, labelled).is_some_and(|before| !labelled && !before) {
            return true;
        }
    }
    false
}

pub fn sparklines(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets().filter(|sheet| !sheet.sparklines.is_empty()) {
        if !pattern!(r"(?i)sparkline|trend line|small (line )?(chart|graph)|mini").is_match(&sheet.column_a().join("\n")) {
            found.push(format!("'{}' has sparklines that column A does not explain", sheet.name));
        }
        for table in &sheet.tables {
            let columns: Vec<u32> =
                sheet.sparklines.iter().filter(|(row, column)| table.area.has(*row, *column)).map(|(_, c)| *c).collect();
            let headings = table.across().filter(|column| !columns.contains(column)).filter_map(|column| sheet.at(table.area.top, column));
            let has_words = || headings.map(|c| &c.text).any(|h| pattern!("(?i)trend|direction|change|movement").is_match(h));
            if !columns.is_empty() && !has_words() {
                found.push(format!("the table {} has sparklines and no trend in words", table.name));
            }
        }
        let outside = sheet.sparklines.iter().filter(|(row, column)| !sheet.in_table(*row, *column));
        found.extend(outside.map(|(row, column)| format!("{} has a sparkline outside the table", sheet.place(&address(*row, *column)))));
    }
    found
}
