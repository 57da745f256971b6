//! A template in another language: its own machine sheet says how each of our words is printed there, so that no language
//! has to be known here.

use std::collections::HashMap;
use std::sync::Arc;

use rules::workbook::{RETURN, TEMPLATE_SHEET, TEMPLATE_WORD};

use crate::sheet::{Book, Row, Sheet, Value, tidy};
use crate::stamp::TemplateStamp;

/// Most words a machine sheet may say; a template of ours says fewer than a hundred.
const WORDS_MAX: usize = 500;

/// The workbook with cells that are one of our words, and nothing else, in English; none where the template says of no
/// word that it is printed otherwise. What people wrote in sentences stays as it is.
pub(super) fn in_english(book: &Book, stamp: &TemplateStamp) -> Option<Book> {
    let said = stamp.others.iter().take(WORDS_MAX).filter_map(|(key, printed)| {
        let english = key.strip_prefix(TEMPLATE_WORD.trim_end())?.trim();
        (!english.is_empty()).then(|| (spelled(printed), Arc::from(english)))
    });
    let words: HashMap<String, Arc<str>> = said.filter(|(printed, _)| !printed.is_empty()).collect();
    if words.is_empty() {
        return None;
    }
    let sheets = book.sheets.iter().map(|sheet| if sheet.name == TEMPLATE_SHEET { sheet.clone() } else { worded(sheet, &words) });
    Some(Book {
        format: book.format,
        sheets: sheets.collect(),
        property: book.property.clone(),
        defined_name: book.defined_name.clone(),
        diagnostics: Vec::new(),
    })
}

fn worded(sheet: &Sheet, words: &HashMap<String, Arc<str>>) -> Sheet {
    let english = |text: &str| words.get(&spelled(text));
    let row = |row: &Row| {
        let mut row = row.clone();
        for cell in &mut row.cells {
            if let Value::Text(text) = &cell.value
                && let Some(word) = english(text)
            {
                cell.value = Value::Text(word.clone());
            }
        }
        row
    };
    // It keeps its name: places are told as the sender sees them.
    Sheet { rows: sheet.rows.iter().map(row).collect(), ..sheet.clone() }
}

/// What the template itself calls its Return sheet.
pub(super) fn called(stamp: &TemplateStamp) -> &str {
    let said =
        stamp.others.iter().find(|(key, _)| key.strip_prefix(TEMPLATE_WORD.trim_end()).is_some_and(|word| word.trim() == RETURN.name));
    said.map_or(RETURN.name, |(_, printed)| printed)
}

/// As people may have retyped it.
fn spelled(text: &str) -> String {
    tidy(text).replace('\n', " ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Format, Layout, Reading};
    use crate::sheet::Cell;

    fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let cell = |(column, text): (usize, &&str)| Cell {
            column: u32::try_from(column).unwrap(),
            value: if text.is_empty() { Value::Blank } else { text.parse().map_or_else(|_| Value::Text((*text).into()), Value::Number) },
            style: Arc::default(),
            formula: None,
            uncached: false,
        };
        let row = |(index, cells): (usize, &&[&str])| Row {
            index: u32::try_from(index).unwrap(),
            cells: cells.iter().enumerate().map(cell).collect(),
            ..Row::default()
        };
        Sheet { name: name.to_owned(), rows: rows.iter().enumerate().map(row).collect(), ..Sheet::default() }
    }

    fn book(words: &[(&str, &str)]) -> Book {
        let headings: &[&str] = &[
            "Cyf",
            "Dangosydd",
            "Cyfnod",
            "Uned",
            "Canlyniad (i chi ei lenwi)",
            "Os dim canlyniad, pam (i chi ei lenwi)",
            "Sylwebaeth (i chi ei lenwi)",
        ];
        let given: &[&str] = &["WM01", "Biniau", "2023/24 Q1", "Nifer", "12", "", "Dim targed y chwarter hwn"];
        let absent: &[&str] = &["WM02", "Ailgylchu", "2023/24 Q1", "Y cant", "", "Heb ei  gasglu", "Heb ei gasglu"];
        let mut book = Book::new(Format::Xlsx);
        book.sheets.push(sheet("Ffurflen", &[&["Ffurflen, Gwastraff"], headings, given, absent]));
        let keys: Vec<Vec<String>> = [("schema", "return/1"), ("fingerprint", "F")]
            .into_iter()
            .map(|(key, value)| vec![key.to_owned(), value.to_owned()])
            .chain(words.iter().map(|(english, printed)| vec![format!("{TEMPLATE_WORD}{english}"), (*printed).to_owned()]))
            .collect();
        let keys: Vec<Vec<&str>> = keys.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let keys: Vec<&[&str]> = keys.iter().map(Vec::as_slice).collect();
        book.sheets.push(sheet(TEMPLATE_SHEET, &keys));
        book
    }

    const WELSH: [(&str, &str); 9] = [
        ("Return", "Ffurflen"),
        ("Ref", "Cyf"),
        ("Indicator", "Dangosydd"),
        ("Period", "Cyfnod"),
        ("Unit", "Uned"),
        ("Result (you fill in)", "Canlyniad (i chi ei lenwi)"),
        ("If no result, why (you fill in)", "Os dim canlyniad, pam (i chi ei lenwi)"),
        ("Commentary (you fill in)", "Sylwebaeth (i chi ei lenwi)"),
        ("Not collected", "Heb ei gasglu"),
    ];

    fn read(words: &[(&str, &str)]) -> Reading {
        let (mut reading, mut rows) = (Reading::default(), super::super::Gathered::default());
        super::super::read(&book(words), &mut reading, &mut rows);
        reading.values = rows.finish().unwrap().iter().map(Result::unwrap).collect();
        reading
    }

    #[test]
    fn a_template_in_another_language_is_read_by_the_words_it_says_itself() {
        let reading = read(&WELSH);
        assert_eq!(reading.layout, Some(Layout::Template));
        assert!(reading.values.iter().all(|row| row.sheet == "Ffurflen"), "places are named as the sender sees them");
        let codes: Vec<_> = reading.values.iter().map(|row| row.code.as_ref().unwrap().text.as_str()).collect();
        assert_eq!(codes, ["WM01", "WM02"]);
        assert!(reading.values[0].value.is_some());
        assert_eq!(reading.values[0].commentary.as_ref().unwrap().text, "Dim targed y chwarter hwn");
        assert_eq!(reading.values[1].absence_reason.as_ref().unwrap().text, "Not collected");
        // The sheet bears its own name, in Welsh: it was not renamed.
        assert!(reading.diagnostics.iter().all(|d| d.code != "TPL-023" || !d.message.contains("now called")), "{:?}", reading.diagnostics);
    }

    #[test]
    fn without_those_words_its_sheet_is_not_found() {
        let found: Vec<String> = read(&[]).diagnostics.iter().map(|d| d.code.to_string()).collect();
        assert!(found.contains(&"TPL-031".to_owned()), "{found:?}");
    }
}
