//! F: letters, colours and fills.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::{Area, address};
use crate::book::Book;
use crate::cells::Cell;
use crate::colour::contrast;
use crate::sheet::Sheet;
use crate::style;
use crate::table::Table;
use crate::words::{brief, pattern};

/// Rows a link's range is followed over.
const LINK_ROWS_MAX: u32 = 500;

fn cells(book: &Book) -> impl Iterator<Item = (&Sheet, &Cell)> {
    book.worksheets().flat_map(|sheet| sheet.filled().map(move |cell| (sheet, cell)))
}

pub fn fonts(book: &Book) -> Vec<String> {
    let serif =
        pattern!(r"(?i)times|georgia|garamond|cambria|palatino|bookman|century schoolbook|courier|serif$|baskerville|didot|constantia");
    let is_serif = |font: &str| serif.is_match(font) && !font.to_lowercase().contains("sans");
    let mut seen = BTreeSet::new();
    let odd = cells(book).filter(|(_, cell)| is_serif(&book.style(cell).font));
    odd.filter(|(sheet, cell)| seen.insert((&sheet.name, &book.style(cell).font)))
        .map(|(sheet, cell)| format!("{} is in {}", sheet.of(cell), book.style(cell).font))
        .collect()
}

fn smaller(book: &Book, least: f64) -> Vec<String> {
    let small = cells(book).filter(|(_, cell)| book.style(cell).points < least);
    small.map(|(sheet, cell)| format!("{} is {} point", sheet.of(cell), book.style(cell).points)).collect()
}

pub fn ten_points(book: &Book) -> Vec<String> {
    smaller(book, 10.0)
}

pub fn twelve_points(book: &Book) -> Vec<String> {
    smaller(book, 12.0)
}

/// Cells that are links.
fn linked(sheet: &Sheet) -> BTreeSet<(u32, u32)> {
    let areas = sheet.links.iter().filter_map(|link| Area::parse(&link.range));
    areas.flat_map(|a| (a.top..=a.bottom.min(a.top + LINK_ROWS_MAX)).flat_map(move |r| (a.left..=a.right).map(move |c| (r, c)))).collect()
}

pub fn slanted(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let links = linked(sheet);
        for cell in sheet.filled() {
            let style = book.style(cell);
            let is_link = || {
                let formula = cell.formula.as_deref().unwrap_or_default();
                links.contains(&(cell.row, cell.column)) || formula.to_uppercase().starts_with("HYPERLINK")
            };
            let faults = [
                (style.italic, "is italic"),
                (style.struck, "is struck through"),
                (style.underlined && !is_link(), "is underlined but not a link"),
            ];
            found.extend(faults.iter().filter(|(broken, _)| *broken).map(|(_, why)| format!("{} {why}", sheet.of(cell))));
        }
    }
    found
}

pub fn turned(book: &Book) -> Vec<String> {
    cells(book).filter(|(_, cell)| book.style(cell).rotated).map(|(sheet, cell)| format!("{} is rotated", sheet.of(cell))).collect()
}

pub fn colour_alone(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let links = linked(sheet);
        let empty = sheet.cells.values().filter(|cell| cell.is_blank() && book.style(cell).marks().1.is_some());
        found.extend(empty.map(|cell| format!("{} is filled and empty", sheet.of(cell))));
        for table in &sheet.blocks {
            let alone = table.across().filter(|column| is_unexplained(book, sheet, table, *column, &links));
            found.extend(alone.map(|column| {
                let heading = sheet.at(table.area.top, column).map_or("", |c| &c.text);
                format!("{} '{}' has colours that no words explain", sheet.place(&address(table.area.top, column)), brief(heading, 30))
            }));
        }
        found.extend(sheet.conditional.iter().filter_map(|(ranges, rule)| conditional_alone(book, sheet, ranges, rule)));
    }
    found
}

/// A column whose cells have several colours, where no column of words has one word for each colour.
fn is_unexplained(book: &Book, sheet: &Sheet, table: &Table, column: u32, links: &BTreeSet<(u32, u32)>) -> bool {
    let cells: Vec<&Cell> =
        sheet.column(table.rows(), column).filter(|cell| !cell.is_blank() && !links.contains(&(cell.row, cell.column))).collect();
    let colours: BTreeSet<_> = cells.iter().map(|cell| book.style(cell).marks()).collect();
    if colours.len() < 2 {
        return false;
    }
    let most = (table.rows().count() / 2).max(8);
    let explains = |by: u32| {
        let is_words = table.rows().all(|row| sheet.at(row, by).is_some_and(Cell::is_text));
        let mut seen = BTreeMap::new();
        let is_steady = cells.iter().all(|cell| {
            let word = sheet.at(cell.row, by).map_or(String::new(), |c| c.text.trim().to_lowercase());
            let colour = book.style(cell).marks();
            *seen.entry(word).or_insert(colour) == colour
        });
        is_words && is_steady && seen.len() > 1 && seen.len() <= most
    };
    // The first column names the rows: that each has its own name explains nothing.
    !table.across().any(|by| (by == column || by != table.area.left) && explains(by))
}

fn conditional_alone(book: &Book, sheet: &Sheet, ranges: &[String], rule: &crate::xml::Element) -> Option<String> {
    let at = || sheet.place(&ranges.join(" "));
    let shown = rule.deep("iconSet").into_iter().chain(rule.deep("dataBar"));
    if shown.filter_map(|set| set.get("showValue")).any(|value| matches!(value, "0" | "false")) {
        return Some(format!("{} shows a symbol and hides the value", at()));
    }
    let numbered = rule.number::<usize>("dxfId").and_then(|id| book.styles.conditional.get(id));
    let paints = !rule.deep("dxf").is_empty() || numbered.is_some_and(|(ink, fill)| ink.is_some() || fill.is_some());
    let by_number = matches!(rule.get("type"), Some("cellIs" | "expression" | "top10" | "aboveAverage" | "duplicateValues"));
    let names_words = rule.deep("formula").into_iter().chain(rule.deep("f")).any(|formula| formula.text.contains('"'));
    if !paints || !by_number || names_words {
        return None;
    }
    let says = pattern!("(?i)status|rag|rating|direction|result|assess");
    let touched = |table: &&Table| {
        ranges.iter().filter_map(|range| Area::parse(range)).any(|a| table.area.top <= a.bottom && a.top <= table.area.bottom)
    };
    let has_words = sheet.tables.iter().filter(touched).any(|table| table.columns.iter().any(|heading| says.is_match(heading)));
    (!has_words).then(|| format!("{} is coloured by number, with no status in words", at()))
}

pub fn contrasts(book: &Book) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (sheet, cell) in cells(book) {
        let style = book.style(cell);
        let (ink, fill) = style.colours();
        let is_large = style.points >= 18.0 || (style.bold && style.points >= 14.0);
        let got = contrast(ink, fill);
        if got < if is_large { 3.0 } else { 4.5 } && seen.insert((&sheet.name, ink, fill)) {
            found.push(format!("{} #{ink} on #{fill} is {got:.2} to 1", sheet.of(cell)));
        }
    }
    for (sheet, (ranges, rule)) in book.worksheets().flat_map(|sheet| sheet.conditional.iter().map(move |rule| (sheet, rule))) {
        let numbered = rule.number::<usize>("dxfId").and_then(|id| book.styles.conditional.get(id)).cloned();
        let within = rule.deep("dxf").into_iter().map(|dxf| style::conditional(dxf, &book.styles.theme));
        for (ink, fill) in numbered.into_iter().chain(within) {
            let got = contrast(ink.as_deref().unwrap_or("000000"), fill.as_deref().unwrap_or("FFFFFF"));
            if (ink.is_some() || fill.is_some()) && got < 4.5 {
                found.push(format!("{} is {got:.2} to 1 when it is coloured", sheet.place(&ranges.join(" "))));
            }
        }
    }
    found
}

pub fn fills(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let outside = sheet.cells.values().filter(|c| book.style(c).fill.is_some() && (c.is_blank() || !sheet.in_table(c.row, c.column)));
        found.extend(outside.map(|cell| format!("{} has a fill outside the data", sheet.of(cell))));
        let columns = sheet.column_styles.iter().filter(|(.., at)| book.styles.cells.get(*at).is_some_and(|style| style.fill.is_some()));
        found.extend(columns.map(|(first, last, _)| format!("'{}' fills columns {first} to {last}", sheet.name)));
    }
    found
}
