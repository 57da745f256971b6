//! Workbooks as councils send them, made of plain rows.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use serde_json::Value;

/// A workbook of one sheet. Numbers become number cells, texts text cells, null a blank one.
///
/// # Panics
/// On anything else.
#[must_use]
pub fn workbook(sheet: &str, rows: &Value) -> Vec<u8> {
    let mut book = Workbook::new();
    // The same rows are the same bytes: a journey may send "the very same file" again.
    let made = ExcelDateTime::from_ymd(2024, 10, 1).expect("a day");
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let page = book.add_worksheet();
    page.set_name(sheet).expect("a name a sheet may have");
    for (r, row) in rows.as_array().expect("rows").iter().enumerate() {
        for (c, cell) in row.as_array().expect("a row").iter().enumerate() {
            let (r, c) = (u32::try_from(r).expect("few rows"), u16::try_from(c).expect("few columns"));
            match cell {
                Value::Number(number) => page.write_number(r, c, number.as_f64().expect("a number")).map(drop),
                Value::String(text) => page.write_string(r, c, text).map(drop),
                Value::Null => Ok(()),
                other => panic!("{other} is nothing a cell may hold here"),
            }
            .expect("writes");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The same rows as comma-separated values.
///
/// # Panics
/// On what is not rows.
#[must_use]
pub fn csv(rows: &Value) -> Vec<u8> {
    let cell = |cell: &Value| match cell {
        Value::String(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let line = |row: &Value| row.as_array().expect("a row").iter().map(cell).collect::<Vec<_>>().join(",");
    rows.as_array().expect("rows").iter().map(line).collect::<Vec<_>>().join("\r\n").into_bytes()
}
