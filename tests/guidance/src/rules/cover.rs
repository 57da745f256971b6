//! S: the cover, the contents and where links lead.

use crate::area;
use crate::book::Book;
use crate::cells::Kind;
use crate::links::{contents, is_notes, leads};
use crate::words::{is_date, month, pattern};

/// Numbers a cover may hold, for instance of pages or years.
const NUMBERS_MAX: usize = 3;

pub fn first(book: &Book) -> Vec<String> {
    let Some(cover) = book.visible().next() else { return vec!["no visible sheet".to_owned()] };
    let wrong = |why: String| vec![format!("the first sheet '{}' {why}", cover.name)];
    if !cover.is_worksheet {
        return wrong("is not a worksheet".to_owned());
    }
    if cover.at(1, 1).is_none_or(|cell| !cell.is_text() || cell.is_blank()) {
        return wrong("has no title in A1".to_owned());
    }
    let lines = cover.column_a().len();
    if lines < 3 {
        return wrong(format!("has {lines} lines in column A, too few for a cover"));
    }
    let lists = contents(book);
    let held = cover.tables.iter().find(|table| !lists.iter().any(|c| std::ptr::eq(c.sheet, cover) && c.table.area == table.area));
    if let Some(table) = held {
        return wrong(format!("holds the table {}", table.name));
    }
    if cover.loose().filter(|cell| cell.kind == Kind::Number).count() > NUMBERS_MAX {
        return wrong("holds numbers".to_owned());
    }
    cover.loose().filter(|cell| cell.column > 1).map(|cell| format!("{} is outside column A", cover.of(cell))).collect()
}

pub fn dated(book: &Book) -> Vec<String> {
    let Some(cover) = book.visible().next() else { return vec!["no cover".to_owned()] };
    let text = cover.column_a().join("\n");
    let words = pattern!(concat!(
        r"(?i)\b\d{1,2}\s+",
        month!(),
        r"\s+\d{4}\b|\b",
        month!(),
        r"\s+\d{4}\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b"
    ));
    let day = || cover.filled().any(|cell| cell.kind == Kind::Number && is_date(&book.style(cell).format));
    let mut found = Vec::new();
    if !words.is_match(&text) && !day() {
        found.push(format!("no date on '{}'", cover.name));
    }
    if !pattern!(r"(?i)@|contact|telephone|\bphone\b").is_match(&text) {
        found.push(format!("no contact on '{}'", cover.name));
    }
    found
}

/// Workbooks of so few sheets need no contents.
fn is_small(book: &Book) -> bool {
    book.visible().count() < 3
}

pub fn listed(book: &Book) -> Vec<String> {
    if is_small(book) {
        return Vec::new();
    }
    let all = contents(book);
    let Some(contents) = all.first() else { return vec!["no table lists the worksheets".to_owned()] };
    let notes: Vec<&str> = book.tables().filter(|(sheet, table)| is_notes(sheet, table)).map(|(sheet, _)| sheet.name.as_str()).collect();
    let others = book.visible().skip(1).map(|sheet| sheet.name.as_str()).filter(|name| *name != contents.sheet.name);
    let missing = others.filter(|name| !contents.listed.contains(name) && !notes.contains(name));
    missing.map(|name| format!("'{name}' is not listed in the table {}", contents.table.name)).collect()
}

pub fn linked(book: &Book) -> Vec<String> {
    if is_small(book) {
        return Vec::new();
    }
    let all = contents(book);
    let Some(contents) = all.first() else { return vec!["no table lists the worksheets".to_owned()] };
    let leads = leads(contents.sheet);
    let inside: Vec<_> = leads.iter().filter(|lead| lead.is_in(contents.table)).collect();
    let elsewhere =
        inside.iter().filter(|lead| lead.sheet.is_some() && !matches!(lead.to.replace('$', "").to_uppercase().as_str(), "A1" | "A1:A1"));
    let mut found: Vec<String> = elsewhere.map(|lead| format!("{} leads to {}, not A1", lead.on.place(&lead.from), lead.to)).collect();
    let unlinked = contents.listed.iter().filter(|name| !inside.iter().any(|lead| lead.sheet.as_deref() == Some(**name)));
    found.extend(unlinked.map(|name| format!("'{name}' is listed but not linked")));
    found
}

pub fn leads_somewhere(book: &Book) -> Vec<String> {
    let tables: Vec<String> = book.tables().map(|(_, table)| table.name.to_lowercase()).collect();
    let names = book.workbook.list("definedNames", "definedName");
    let is_known = |name: &str| {
        let name = name.to_lowercase();
        tables.contains(&name)
            || names.iter().any(|n| n.get("name").is_some_and(|n| n.to_lowercase() == name))
            || area::cell(&name).is_some()
    };
    let mut found = Vec::new();
    for lead in book.visible().flat_map(leads) {
        let from = lead.on.place(&lead.from);
        let Some(name) = &lead.sheet else {
            if !is_known(&lead.to) {
                found.push(format!("{from} leads to the unknown name '{}'", lead.to));
            }
            continue;
        };
        match book.sheets.iter().find(|sheet| sheet.name.to_lowercase() == name.to_lowercase()) {
            None => found.push(format!("{from} leads to the missing sheet '{name}'")),
            Some(sheet) if sheet.state != "visible" => found.push(format!("{from} leads to the hidden sheet '{name}'")),
            Some(_) => {}
        }
    }
    found
}
