//! T and F15: figures, the marks that stand for them, and periods.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::address;
use crate::book::Book;
use crate::cells::{Cell, Kind};
use crate::links::is_notes;
use crate::sheet::Sheet;
use crate::table::Table;
use crate::words::{brief, is_date, month, pattern};

/// Text longer than this is a sentence, in which months may be joined as its writer likes.
const PERIOD_MAX: usize = 160;
/// Longer words than these are no label of a quarter.
const QUARTER_MAX: usize = 60;

fn body<'a>(sheet: &'a Sheet, table: &Table) -> impl Iterator<Item = &'a Cell> + use<'a> {
    let (rows, columns) = (table.body(), table.across());
    rows.flat_map(move |row| columns.clone().filter_map(move |column| sheet.at(row, column)))
}

/// The cells of a column below its heading.
fn below<'a>(sheet: &'a Sheet, table: &Table, column: u32) -> Vec<&'a Cell> {
    sheet.column(table.rows(), column).filter(|cell| !cell.is_blank()).collect()
}

pub fn symbols(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.blocks() {
        for cell in body(sheet, table).filter(|c| c.is_text() && !c.is_blank()) {
            let text = cell.text.trim();
            if pattern!(r"(?i)^(n\.?/?a\.?|#n/?a|nil|null|none|tbc|tba)$").is_match(text) || !pattern!(r"\w").is_match(text) {
                found.push(format!("{} holds '{text}'", sheet.of(cell)));
            }
        }
    }
    found
}

pub fn shorthand(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables().filter(|(sheet, table)| !is_notes(sheet, table)) {
        let above = sheet.above(table).to_lowercase();
        // A table of shorthand explains in its first column what it lists.
        let listed: BTreeSet<&str> = body(sheet, table)
            .filter(|c| c.column == table.area.left && c.is_text() && pattern!(r"^\[[a-z]{1,3}\d*\]$").is_match(c.text.trim()))
            .map(|c| c.text.trim())
            .collect();
        let mut used: BTreeMap<&str, &Cell> = BTreeMap::new();
        let rows = table.area.top..=table.area.bottom;
        for cell in rows.flat_map(|row| table.across().filter_map(move |column| sheet.at(row, column))).filter(|c| c.is_text()) {
            for mark in crate::words::shorthand().find_iter(&cell.text) {
                used.entry(mark.as_str()).or_insert(cell);
            }
        }
        let silent = used.iter().filter(|(mark, _)| !above.contains(**mark) && !listed.contains(**mark));
        found.extend(silent.map(|(mark, cell)| format!("{} uses {mark}, not explained above the table", sheet.of(cell))));
    }
    found
}

pub fn glued(book: &Book) -> Vec<String> {
    let glued = pattern!(r"^[£€$]?\s*-?[\d,]+(\.\d+)?\s*%?\s*(\[[^\]]+\]|[*†‡§¹²³^]+|\([a-z]\))$");
    let cells = book.blocks().flat_map(|(sheet, table)| body(sheet, table).map(move |cell| (sheet, cell)));
    let broken = cells.filter(|(_, cell)| cell.is_text() && glued.is_match(cell.text.trim()));
    broken.map(|(sheet, cell)| format!("{} holds '{}'", sheet.of(cell), brief(&cell.text, 60))).collect()
}

pub fn as_text(book: &Book) -> Vec<String> {
    let number = pattern!(r"^[£€$]?\s*-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s*%?$");
    let code = pattern!(r"(?i)\b(code|ref|reference|number|id|key|no)\b|contact|phone");
    let mut found = Vec::new();
    for (sheet, table) in book.blocks() {
        for column in table.across() {
            let cells = below(sheet, table, column);
            let heading = sheet.at(table.area.top, column).map_or("", |c| &c.text);
            // A column of refs may look like numbers; one that holds numbers too is none of refs.
            if code.is_match(heading) && !cells.iter().any(|c| c.kind == Kind::Number) {
                continue;
            }
            let texts = cells.iter().filter(|c| c.is_text() && number.is_match(c.text.trim()));
            found.extend(texts.map(|c| format!("{} holds the number '{}' as text", sheet.of(c), c.text.trim())));
        }
    }
    found
}

pub fn aligned(book: &Book) -> Vec<String> {
    let mut found = Vec::new();
    for (sheet, table) in book.tables() {
        for column in table.across().skip(1) {
            let cells = below(sheet, table, column);
            let figures: Vec<&&Cell> = cells.iter().filter(|c| c.kind == Kind::Number && !is_date(&book.style(c).format)).collect();
            if cells.is_empty() || figures.len() * 2 <= cells.len() {
                continue;
            }
            let aside = |c: &&&&Cell| {
                matches!(book.style(c).across.as_deref(), Some("left" | "center" | "centerContinuous" | "justify" | "distributed"))
            };
            found.extend(figures.iter().filter(aside).map(|c| format!("{} is a figure that does not stand right", sheet.of(c))));
            let heading = sheet.at(table.area.top, column);
            if heading.is_some_and(|c| book.style(c).across.as_deref() != Some("right")) {
                found.push(format!("{} heads figures and does not stand right", sheet.place(&address(table.area.top, column))));
            }
        }
    }
    found
}

pub fn separated(book: &Book) -> Vec<String> {
    let cells = book.blocks().flat_map(|(sheet, table)| body(sheet, table).map(move |cell| (sheet, cell)));
    let large = cells.filter(|(_, cell)| cell.kind == Kind::Number && cell.number.abs() >= 10_000.0);
    let is_fit = |format: &str| is_date(format) || format.contains("#,##") || format.contains('%') || format.to_uppercase().contains("E+");
    let broken = large.filter(|(_, cell)| !is_fit(&book.style(cell).format));
    broken.map(|(sheet, cell)| format!("{} {} has the format '{}'", sheet.of(cell), cell.text, book.style(cell).format)).collect()
}

pub fn mixed(book: &Book) -> Vec<String> {
    let other = pattern!(r"^(\[[^\]]{1,12}\])+$|^[£€$]?[\d,.\s]+%?$");
    let mut found = Vec::new();
    for (sheet, table) in book.blocks() {
        for column in table.across() {
            let cells: Vec<&Cell> = sheet.column(table.body(), column).filter(|c| !c.is_blank()).collect();
            if cells.iter().filter(|c| c.kind == Kind::Number).count() * 2 <= cells.len() {
                continue;
            }
            let words = cells.iter().filter(|c| c.is_text() && !other.is_match(c.text.trim()));
            found.extend(words.map(|c| format!("{} '{}' is text in a column of figures", sheet.of(c), brief(&c.text, 30))));
        }
    }
    found
}

pub fn periods(book: &Book) -> Vec<String> {
    let dashed = pattern!(concat!(r"(?i)\b", month!(), r"\s*[-\u{2013}]\s*", month!(), r"\b"));
    let short = pattern!(concat!(r"(?i)^", month!(), r"[\s'\u{2019}-]\d\d$"));
    let mut found = Vec::new();
    for (sheet, cell) in book.worksheets().flat_map(|sheet| sheet.filled().map(move |cell| (sheet, cell))) {
        let format = &book.style(cell).format;
        if cell.kind == Kind::Number && is_date(format) && cuts_year(format) {
            found.push(format!("{} has the format '{format}', which cuts the year", sheet.of(cell)));
        }
        if !cell.is_text() || cell.text.chars().count() > PERIOD_MAX {
            continue;
        }
        let text = cell.text.trim();
        if dashed.is_match(text) {
            found.push(format!("{} '{}' joins months with a dash", sheet.of(cell), brief(text, 30)));
        } else if short.is_match(text) {
            found.push(format!("{} '{}' cuts the year", sheet.of(cell), brief(text, 30)));
        }
    }
    found.extend(book.tables().filter_map(|(sheet, table)| undefined_quarter(sheet, table)));
    found
}

/// `yy` and no more of it, outside quotation marks and conditions.
fn cuts_year(format: &str) -> bool {
    let plain = pattern!(r#""[^"]*"|\[[^\]]*\]"#).replace_all(&format.to_lowercase(), "").into_owned();
    pattern!("y+").find_iter(&plain).any(|run| run.as_str().len() == 2)
}

fn undefined_quarter(sheet: &Sheet, table: &Table) -> Option<String> {
    let quarter = pattern!(r"\b(Q[1-4]|Qtr\s?[1-4])\b");
    let says_month = pattern!(concat!("(?i)", month!()));
    let rows = table.area.top..=table.area.bottom;
    let mut cells = rows.flat_map(|row| table.across().filter_map(move |column| sheet.at(row, column)));
    let used = cells
        .find(|c| c.is_text() && c.text.chars().count() <= QUARTER_MAX && quarter.is_match(&c.text) && !says_month.is_match(&c.text))?;
    let above = sheet.above(table);
    let is_defined = pattern!(r"\bQ(uarter )?1\b").is_match(&above) && pattern!(r"(?i)\bapr|\bjan").is_match(&above);
    (!is_defined).then(|| format!("{} '{}': quarters are not defined above the table", sheet.of(used), brief(&used.text, 30)))
}
