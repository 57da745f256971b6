//! P and F14: paper.

use std::collections::BTreeSet;

use super::tables::{lines, room};
use crate::area::letters;
use crate::book::Book;
use crate::sheet::Sheet;
use crate::words::{brief, pattern, plain};
use crate::xml::Element;

/// Inches across A4, upright and lying.
const ACROSS: (f64, f64) = (8.27, 11.69);
/// Rows of a table past which its headings have to be repeated.
const ROWS_SHORT: u32 = 20;
/// Rows that are sure to stand on one page.
const ROWS_A_PAGE: u32 = 40;
/// Most characters of a header or footer.
const HEADER_MAX: usize = 255;

fn page<'a>(sheet: &'a Sheet, name: &str) -> Option<&'a str> {
    sheet.page.as_ref().and_then(|page| page.get(name))
}

pub fn paper(book: &Book) -> Vec<String> {
    let other = book.worksheets().filter(|sheet| page(sheet, "paperSize") != Some("9"));
    other.map(|sheet| format!("'{}' is for paper {}", sheet.name, page(sheet, "paperSize").unwrap_or("unset"))).collect()
}

pub fn landscape(book: &Book) -> Vec<String> {
    let wide = book.worksheets().filter(|sheet| sheet.blocks.iter().any(|table| table.area.right > 5));
    wide.filter(|sheet| !sheet.is_landscape()).map(|sheet| format!("'{}' is wide and upright", sheet.name)).collect()
}

pub fn fits(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let (wide, tall) = (page(sheet, "fitToWidth").unwrap_or("1"), page(sheet, "fitToHeight").unwrap_or("1"));
        let is_long = sheet.tables.iter().any(|table| table.area.bottom > ROWS_A_PAGE);
        if !sheet.fits {
            found.push(format!("'{}' does not fit the page's width", sheet.name));
        } else if wide != "1" || (tall != "0" && is_long) {
            found.push(format!("'{}' fits {wide} wide by {tall} tall", sheet.name));
        }
    }
    found
}

pub fn repeated(book: &Book) -> Vec<String> {
    let names = book.workbook.list("definedNames", "definedName");
    let repeats = |at: usize| {
        let of_sheet = |name: &&Element| {
            let called = name.get("name").unwrap_or_default().to_lowercase();
            matches!(called.as_str(), "_xlnm.print_titles" | "print_titles") && name.number("localSheetId") == Some(at)
        };
        let found = pattern!(r"\$(\d+):\$(\d+)").captures(&names.iter().rfind(|name| of_sheet(name))?.text)?;
        Some((found[1].parse::<u32>().ok()?, found[2].parse::<u32>().ok()?))
    };
    let mut found = Vec::new();
    for (at, sheet) in book.sheets.iter().enumerate().filter(|(_, sheet)| sheet.state == "visible") {
        let [table] = sheet.tables.as_slice() else { continue };
        let is_repeated = || repeats(at).is_some_and(|(first, last)| first <= table.area.top && table.area.top <= last);
        if table.area.bottom - table.area.top > ROWS_SHORT && !is_repeated() {
            found.push(format!("'{}' does not repeat row {}", sheet.name, table.area.top));
        }
    }
    found
}

pub fn numbered(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let has = |code: &str| sheet.headers.iter().any(|(_, text)| text.contains(code));
        if !has("&P") || !has("&N") {
            found.push(format!("'{}' has no page numbers", sheet.name));
        }
        let long = sheet.headers.iter().filter(|(_, text)| text.chars().count() > HEADER_MAX);
        found.extend(long.map(|(which, _)| format!("'{}' has a {which} over {HEADER_MAX} characters", sheet.name)));
    }
    found
}

pub fn legible(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let Some(columns) = sheet.blocks.iter().map(|table| table.area.right).max() else { continue };
        let inches: f64 = (1..=columns).map(|column| (sheet.width(column) * 7.0 + 5.0) / 96.0).sum();
        let margin = |side: &str| sheet.margins.as_ref().and_then(|m| m.number(side)).unwrap_or(0.7);
        let across = if sheet.is_landscape() { ACROSS.1 } else { ACROSS.0 } - margin("left") - margin("right");
        let inside = sheet.filled().filter(|cell| sheet.blocks.iter().any(|table| table.area.has(cell.row, cell.column)));
        let smallest = inside.map(|cell| book.style(cell).points).fold(f64::MAX, f64::min);
        let printed = smallest * (across / inches).min(1.0);
        if printed < 7.95 {
            found.push(format!("'{}' is {inches:.1} inches wide: {smallest} point prints at about {printed:.1}", sheet.name));
        }
    }
    found
}

pub fn heights(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, cell) in book.worksheets().flat_map(|sheet| sheet.filled().map(move |cell| (sheet, cell))) {
        let style = book.style(cell);
        let is_set = || sheet.rows.get(&cell.row).is_some_and(|row| row.height.is_some());
        if cell.is_text() && style.wrap && lines(&cell.text, room(sheet.width(cell.column), style.points)) > 1.0 && !is_set() {
            found.push(format!("{} takes more than one line and its row has no height", sheet.of(cell)));
        }
    }
    found
}

pub fn cut(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in book.worksheets() {
        let cells = sheet.filled().map(|cell| cell.column);
        let last = cells.chain(sheet.tables.iter().map(|table| table.area.right)).max().unwrap_or(0);
        let pixels: f64 = (1..=last).map(|column| sheet.width(column) * 7.0 + 5.0).sum();
        for cell in sheet.loose().filter(|cell| cell.is_text()) {
            let style = book.style(cell);
            let longest = cell.text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
            let needed = longest as f64 * style.points * 4.0 / 3.0 * if style.bold { 0.55 } else { 0.48 };
            if !style.wrap && needed > pixels * 1.1 {
                found.push(format!("{} '{}' runs past column {}", sheet.of(cell), brief(&cell.text, 40), letters(last)));
            }
        }
    }
    found
}

pub fn headers(book: &Book) -> Vec<String> {
    let cells = book.worksheets().flat_map(Sheet::filled).filter(|cell| cell.is_text());
    let said: String = cells.map(|cell| plain(&cell.text)).collect::<Vec<_>>().join(" \n ");
    let mut found = BTreeSet::new();
    for (sheet, (which, text)) in book.worksheets().flat_map(|sheet| sheet.headers.iter().map(move |h| (sheet, h))) {
        if text.contains("&G") {
            found.insert(format!("'{}' has a picture in its {which}", sheet.name));
        }
        for words in phrases(text) {
            let words = plain(&words);
            let is_number = pattern!(r"^(page|of|sheet|/|\d+)?(\s*(page|of))?$").is_match(&words);
            if !words.is_empty() && !is_number && !said.contains(&words) && words != sheet.name.to_lowercase() {
                found.insert(format!("'{}' says '{}' in its {which} and in no cell", sheet.name, brief(&words, 40)));
            }
        }
    }
    found.into_iter().collect()
}

/// The words of a header or footer, its codes for fonts, sizes and sides taken out.
fn phrases(text: &str) -> Vec<String> {
    let plain = pattern!(r#"&"[^"]*"|&K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|&\d+"#).replace_all(text, "").replace("&&", "\0");
    let parts = pattern!(r"&[LCRPNDTAFZGBIUEXYSH]|[\n|]").split(&plain);
    parts.map(|part| part.replace('\0', "&").trim_matches([' ', ',', ';', ':', '-']).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::phrases;

    #[test]
    fn a_header_is_read_without_its_codes() {
        let words: Vec<String> =
            phrases("&L&\"Arial,Regular\"&9 Ashby && Sons&RPage &P of &N").into_iter().filter(|w| !w.is_empty()).collect();
        assert_eq!(words, ["Ashby & Sons", "Page", "of"]);
    }
}
