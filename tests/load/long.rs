//! A long workbook: every indicator, month by month, with numerator and denominator, and commentary on some.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use crate::generate::{code, open_months};

/// Headings, in order.
const HEADINGS: [&str; 7] = ["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary"];
/// Every tenth row has commentary.
pub const TOLD_EVERY: usize = 10;

/// What a workbook holds, worked out beside it.
pub struct Long {
    pub file: Vec<u8>,
    pub rows: usize,
    /// Of the results.
    pub sum: Decimal,
    /// Rows with commentary.
    pub told: usize,
}

/// Tenths of a result: no month like the one before, none far from it.
fn tenths(indicator: usize, month: usize) -> usize {
    700 + indicator % 97 + month * 7 % 13
}

/// `indicators` × `months` rows, a percentage each.
pub fn long(indicators: usize, months: u32) -> Long {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Figures").expect("the name is short");
    for (column, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write(0, column, heading).expect("inside the sheet");
    }
    let months: Vec<NaiveDate> = open_months(months).collect();
    let rows = (0..indicators).flat_map(|n| (0..months.len()).map(move |at| (n, at)));
    let (mut sum, mut told, mut count) = (Decimal::ZERO, 0, 0);
    for (row, (n, at)) in (1_u32..).zip(rows) {
        let tenths = tenths(n, at);
        let whole = u32::try_from(tenths).expect("a small number");
        sheet.write(row, 0, code(n)).expect("inside the sheet");
        sheet.write(row, 1, format!("Indicator number {} of a council's services, in per cent", n + 1)).expect("inside the sheet");
        sheet.write(row, 2, months[at].format("%b %Y").to_string()).expect("inside the sheet");
        sheet.write(row, 3, f64::from(whole) / 10.0).expect("inside the sheet");
        sheet.write(row, 4, whole * 2).expect("inside the sheet");
        sheet.write(row, 5, 2_000).expect("inside the sheet");
        if count % TOLD_EVERY == 0 {
            let words = format!("Row {row}: as expected for the time of the year, and nothing else to say about it.");
            sheet.write(row, 6, words).expect("inside the sheet");
            told += 1;
        }
        sum += Decimal::new(i64::from(whole), 1);
        count += 1;
    }
    Long { file: book.save_to_buffer().expect("a workbook of cells"), rows: count, sum, told }
}
