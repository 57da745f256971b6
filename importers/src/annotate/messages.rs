//! The sheet that says what was found.

use std::fmt::Write as _;

use super::Remark;
use super::splice::escaped;
use super::styles::Styles;

/// What the sheet is called, unless the sender has one of that name.
const NAME: &str = "Messages";
/// Lines of the sheet; the API lists the rest.
const LINES_MAX: usize = 20_000;
const HEADINGS: [&str; 8] = ["Sheet", "Cell", "Weight", "Code", "What is wrong", "What to do", "What was seen", "What was expected"];
const WIDTHS: [u32; 8] = [22, 12, 12, 11, 60, 52, 26, 26];

/// A name no sheet has.
pub fn name(sheets: &[&str]) -> String {
    let taken = |name: &str| sheets.iter().any(|sheet| sheet.eq_ignore_ascii_case(name));
    let mut name = NAME.to_owned();
    let mut n = 2;
    while taken(&name) {
        name = format!("{NAME} {n}");
        n += 1;
    }
    name
}

/// The sheet as a part of a workbook. Every cell is text, so that nothing sent can become a formula.
pub(super) fn sheet(remarks: &[Remark], styles: &mut Styles<'_>) -> String {
    let (plain, bold) = styles.of_messages();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet \
         xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><cols>",
    );
    for (at, width) in WIDTHS.iter().enumerate() {
        let _ = write!(out, "<col min=\"{0}\" max=\"{0}\" width=\"{width}\" customWidth=\"1\"/>", at + 1);
    }
    out.push_str("</cols><sheetData>");
    row(&mut out, 1, bold, HEADINGS);
    let mut links = String::new();
    let mut line = 1;
    for remark in remarks.iter().take(LINES_MAX) {
        line += 1;
        let (sheet, cell) = match remark.place.sheet.as_str() {
            "" => ("Whole file", ""),
            sheet => (sheet, remark.place.cell.as_str()),
        };
        if !cell.is_empty() {
            let target = format!("'{}'!{cell}", sheet.replace('\'', "''"));
            let _ = write!(links, "<hyperlink ref=\"B{line}\" location=\"{}\"/>", escaped(&target));
        }
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        let (suggestion, seen, expected) = (or(&remark.suggestion), or(&remark.seen), or(&remark.expected));
        let words = [sheet, cell, remark.severity.words(), &remark.code, &remark.message, &suggestion, &seen, &expected];
        row(&mut out, line, plain, words);
    }
    if remarks.len() > LINES_MAX {
        let more = format!("{} more messages are not listed here.", remarks.len() - LINES_MAX);
        row(&mut out, line + 1, plain, ["", "", "", "", &more, "Put these right first and send the workbook again.", "", ""]);
    }
    out.push_str("</sheetData>");
    if !links.is_empty() {
        let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
    }
    // A4, landscape, one page wide.
    out.push_str("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
    out
}

fn row(out: &mut String, number: usize, style: usize, cells: [&str; 8]) {
    let _ = write!(out, "<row r=\"{number}\">");
    for (column, text) in ('A'..='H').zip(cells) {
        if !text.is_empty() {
            let _ = write!(
                out,
                "<c r=\"{column}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(text)
            );
        }
    }
    out.push_str("</row>");
}
