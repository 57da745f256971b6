//! K: what the file is made of.

use crate::book::Book;
use crate::words::{brief, pattern};

pub fn readable(book: &Book) -> Vec<String> {
    let mut found: Vec<String> = book.refused.iter().map(|why| format!("another reader refuses it: {why}")).collect();
    if book.visible().next().is_none() {
        found.push("no visible worksheet".to_owned());
    }
    found
}

pub fn macros(book: &Book) -> Vec<String> {
    let parts = book.package.names().filter(|name| pattern!(r"(?i)vbaProject\.bin|/macrosheets/|vbaData\.xml").is_match(name));
    let mut found: Vec<String> = parts.map(str::to_owned).collect();
    let types = book.package.tree("[Content_Types].xml").ok().flatten().unwrap_or_default();
    if types.children.iter().any(|part| part.get("ContentType").is_some_and(|kind| kind.contains("macroEnabled"))) {
        found.push("a content type of workbooks with macros".to_owned());
    }
    found
}

pub fn outside(book: &Book) -> Vec<String> {
    let kinds = pattern!(
        r"(?i)/externalLinks/|/connections\.xml|/queryTables/|/embeddings/|/activeX/|/ctrlProps/|customUI|/webextensions/|/model/"
    );
    book.package.names().filter(|name| kinds.is_match(name) && !name.ends_with(".rels")).map(str::to_owned).collect()
}

pub fn formulas(book: &Book) -> Vec<String> {
    let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values().map(move |cell| (sheet, cell)));
    cells.filter_map(|(sheet, cell)| Some(format!("{} ={}", sheet.of(cell), brief(cell.formula.as_deref()?, 40)))).collect()
}

pub fn errors(book: &Book) -> Vec<String> {
    let named = pattern!(r"^#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$");
    let cells = book.sheets.iter().flat_map(|sheet| sheet.cells.values().map(move |cell| (sheet, cell)));
    let wrong = cells.filter(|(_, cell)| cell.kind == crate::Kind::Error || (cell.is_text() && named.is_match(cell.text.trim())));
    wrong.map(|(sheet, cell)| format!("{} {}", sheet.of(cell), cell.text)).collect()
}
