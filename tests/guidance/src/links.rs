//! Links within the workbook, and the tables that list its sheets or its notes.

use crate::area::Area;
use crate::book::Book;
use crate::sheet::Sheet;
use crate::table::Table;
use crate::words::pattern;

/// A link from a cell to a place in the same workbook.
pub struct Lead<'a> {
    pub from: String,
    /// The sheet; none for a name of the workbook's own.
    pub sheet: Option<String>,
    /// The cell, or the name.
    pub to: String,
    pub(crate) on: &'a Sheet,
}

/// Links of a sheet that stay in the workbook, formulas among them.
pub fn leads(sheet: &Sheet) -> Vec<Lead<'_>> {
    let outside = |link: &crate::sheet::Link| link.target.as_deref().and_then(|t| t.strip_prefix('#')).map(str::to_owned);
    let places =
        sheet.links.iter().filter_map(|l| Some((l.range.clone(), l.location.clone().filter(|p| !p.is_empty()).or_else(|| outside(l))?)));
    let formula = pattern!(r##"(?i)^HYPERLINK\("#([^"]+)""##);
    let worked_out = sheet.cells.values().filter_map(|cell| Some((cell.at(), formula.captures(cell.formula.as_deref()?)?[1].to_owned())));
    let split = pattern!(r"^(?:'((?:[^']|'')+)'|([^!]+))!(.+)$");
    let lead = |(from, place): (String, String)| match split.captures(&place) {
        Some(found) => {
            let name = found.get(1).or_else(|| found.get(2)).map_or("", |name| name.as_str());
            Lead { from, sheet: Some(name.replace("''", "'")), to: found[3].to_owned(), on: sheet }
        }
        None => Lead { from, sheet: None, to: place, on: sheet },
    };
    places.chain(worked_out).map(lead).collect()
}

impl Lead<'_> {
    /// Whether it starts in a table.
    pub fn is_in(&self, table: &Table) -> bool {
        Area::parse(&self.from).is_some_and(|from| table.area.has(from.top, from.left))
    }
}

/// A table of contents.
pub struct Contents<'a> {
    pub sheet: &'a Sheet,
    pub table: &'a Table,
    /// The sheets it lists, in words or by link.
    pub listed: Vec<&'a str>,
}

/// The tables that list worksheets, the fullest first: two sheets or more, or one in a table that is called contents.
pub fn contents(book: &Book) -> Vec<Contents<'_>> {
    let mut found: Vec<Contents<'_>> = book.tables().filter_map(|(sheet, table)| lists(book, sheet, table)).collect();
    found.sort_by_key(|contents| std::cmp::Reverse(contents.listed.len()));
    found
}

fn lists<'a>(book: &'a Book, sheet: &'a Sheet, table: &'a Table) -> Option<Contents<'a>> {
    let leads = leads(sheet);
    let linked: Vec<&str> = leads.iter().filter(|lead| lead.is_in(table)).filter_map(|lead| lead.sheet.as_deref()).collect();
    let said: Vec<&str> = table
        .across()
        .flat_map(|column| sheet.column(table.body(), column))
        .filter(|cell| cell.is_text())
        .map(|cell| cell.text.trim())
        .collect();
    let names = book.visible().map(|other| other.name.as_str()).filter(|name| *name != sheet.name);
    let listed: Vec<&str> = names.filter(|name| said.contains(name) || linked.contains(name)).collect();
    let title = sheet.at(1, 1).map_or("", |cell| &cell.text);
    let called = format!("{} {} {title}", sheet.name, table.name).to_lowercase().contains("contents");
    (listed.len() >= 2 || (called && !listed.is_empty())).then_some(Contents { sheet, table, listed })
}

/// Whether a table holds notes: its sheet, its name or its first heading says so.
pub fn is_notes(sheet: &Sheet, table: &Table) -> bool {
    let first = table.columns.first().map_or("", String::as_str);
    pattern!(r"(?i)\bnotes?\b").is_match(&format!("{} {} {first}", sheet.name, table.name.replace('_', " ")))
}
