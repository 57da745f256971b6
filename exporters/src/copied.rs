//! A copy of what somebody sent, with cells marked and a sheet that says what was found: for files that cannot be changed
//! in place.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, FormatAlign, Url, Workbook, Worksheet};

use crate::RenderError;
use crate::problems::Finding;
use crate::sheet::{excel_day, excel_time};

/// Fills of marked cells. Dark text on either is read with ease: over 8 to 1.
const ERROR_FILL: u32 = 0x00FA_DBDD;
const WARNING_FILL: u32 = 0x00FF_E9B8;
/// Lines of the sheet of messages.
const LINES_MAX: usize = 20_000;
const HEADINGS: [(&str, u32); 8] = [
    ("Sheet", 22),
    ("Cell", 12),
    ("Weight", 12),
    ("Code", 11),
    ("What is wrong", 60),
    ("What to do", 52),
    ("What was seen", 26),
    ("What was expected", 26),
];

/// A sheet to be copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CopiedSheet {
    /// Its name.
    pub name: String,
    /// Cells that hold something: row and column counted from 0, what it is, and its number format.
    pub cells: Vec<(u32, u16, Copied, Option<String>)>,
    /// Cells to be marked, and whether gravely.
    pub marks: Vec<(u32, u16, bool)>,
}

/// What a copied cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// A number.
    Number(Decimal),
    /// Words; an error or a truth is written in words too.
    Text(String),
    /// A day.
    Date(chrono::NaiveDate),
}

/// The copy as the bytes of a workbook. Nothing in it is a formula.
///
/// # Errors
/// [`RenderError`] when a workbook cannot hold what it was given.
pub fn render_copy(
    sheets: &[CopiedSheet],
    findings: &[Finding],
    created_at: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&excel_time(created_at)?);
    workbook.set_properties(&properties);
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        names.push(free_name(&sheet.name, &names));
    }
    for (sheet, name) in sheets.iter().zip(&names) {
        copy(workbook.add_worksheet().set_name(name)?, sheet)?;
    }
    let said = free_name("Messages", &names);
    let renamed = |sheet: &str| sheets.iter().position(|s| s.name == sheet).and_then(|at| names.get(at));
    messages(workbook.add_worksheet().set_name(said)?, findings, renamed)?;
    Ok(workbook.save_to_buffer()?)
}

/// A name a sheet may have and none has yet.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let kept: String =
        wanted.chars().map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { ' ' } else { c }).collect();
    let kept = kept.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let kept = if kept.is_empty() { "Sheet" } else { kept };
    let cut = |text: &str, most: usize| -> String { text.chars().take(most).collect() };
    let free = |name: &String| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let first = cut(kept, 31);
    if free(&first) {
        return first;
    }
    (2..).map(|n| format!("{} {n}", cut(kept, 24))).find(free).unwrap_or(first)
}

fn copy(to: &mut Worksheet, sheet: &CopiedSheet) -> Result<(), RenderError> {
    let mark = |grave: bool| Format::new().set_background_color(Color::RGB(if grave { ERROR_FILL } else { WARNING_FILL }));
    let mut left: std::collections::BTreeMap<(u32, u16), bool> =
        sheet.marks.iter().map(|(row, column, grave)| ((*row, *column), *grave)).collect();
    for (row, column, what, number_format) in &sheet.cells {
        let mut format = left.remove(&(*row, *column)).map_or_else(Format::new, mark);
        match what {
            Copied::Number(number) => {
                if let Some(code) = number_format {
                    format = format.set_num_format(code);
                }
                to.write_number_with_format(*row, *column, number.to_f64().unwrap_or_default(), &format)?;
            }
            Copied::Date(date) => {
                let code = number_format.as_deref().unwrap_or("dd/mm/yyyy");
                to.write_datetime_with_format(*row, *column, &excel_day(*date)?, &format.set_num_format(code))?;
            }
            Copied::Text(text) => {
                let cut: String = text.chars().take(32_767).collect();
                to.write_string_with_format(*row, *column, cut, &format)?;
            }
        }
    }
    for ((row, column), grave) in left {
        to.write_blank(row, column, &mark(grave))?;
    }
    Ok(())
}

fn messages<'a>(to: &mut Worksheet, findings: &[Finding], renamed: impl Fn(&str) -> Option<&'a String>) -> Result<(), RenderError> {
    let plain = Format::new().set_font_name("Arial").set_text_wrap().set_align(FormatAlign::Top);
    let bold = plain.clone().set_bold();
    to.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS) {
        to.set_column_width(column, width)?.write_string_with_format(0, column, heading, &bold)?;
    }
    for (row, finding) in (1_u32..).zip(findings.iter().take(LINES_MAX)) {
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        let sheet = finding.sheet.clone().unwrap_or_else(|| "Whole file".to_owned());
        let cell = or(&finding.cell);
        let words = [
            &sheet,
            &cell,
            &finding.severity,
            &finding.code,
            &finding.message,
            &or(&finding.suggestion),
            &or(&finding.seen),
            &or(&finding.expected),
        ];
        for (column, text) in (0_u16..).zip(words) {
            to.write_string_with_format(row, column, text.chars().take(32_767).collect::<String>(), &plain)?;
        }
        if let (false, Some(name)) = (cell.is_empty(), finding.sheet.as_deref().and_then(&renamed)) {
            let target = format!("internal:'{}'!{cell}", name.replace('\'', "''"));
            to.write_url_with_text(row, 1, Url::new(target), cell.as_str())?;
        }
    }
    if findings.len() > LINES_MAX {
        let row = u32::try_from(LINES_MAX + 1).unwrap_or(u32::MAX);
        to.write_string_with_format(row, 4, format!("{} more messages are not listed here.", findings.len() - LINES_MAX), &plain)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn sheets_get_names_a_workbook_may_have() {
        assert_eq!(free_name("Q1: a/b?", &[]), "Q1  a b");
        assert_eq!(free_name("'", &[]), "Sheet");
        assert_eq!(free_name("messages", &["Messages".into()]), "messages 2");
        assert_eq!(free_name(&"x".repeat(40), &[]).len(), 31);
    }
}
