//! A return of thousands of rows whose sum is known beside it.

use rust_decimal::Decimal;
use rust_xlsxwriter::Workbook;

use super::generate::{code, open_months};

/// What a workbook holds.
pub struct Return {
    pub file: Vec<u8>,
    pub rows: usize,
    /// Of the results.
    pub sum: Decimal,
}

/// `indicators` × `months` rows. Each `turn` has other figures.
pub fn of(indicators: usize, months: u32, turn: usize) -> Return {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Figures").expect("the name is short");
    for (column, heading) in (0_u16..).zip(["Ref", "Period", "Result", "Numerator", "Denominator"]) {
        sheet.write(0, column, heading).expect("inside the sheet");
    }
    let (mut sum, mut row) = (Decimal::ZERO, 0_u32);
    for n in 0..indicators {
        for (at, month) in open_months(months).enumerate() {
            row += 1;
            let tenths = u32::try_from(650 + (n * 31 + at * 7 + turn * 3) % 200).expect("a small number");
            sheet.write(row, 0, code(n)).expect("inside the sheet");
            sheet.write(row, 1, month.format("%b %Y").to_string()).expect("inside the sheet");
            sheet.write(row, 2, f64::from(tenths) / 10.0).expect("inside the sheet");
            sheet.write(row, 3, tenths * 2).expect("inside the sheet");
            sheet.write(row, 4, 2_000).expect("inside the sheet");
            sum += Decimal::new(i64::from(tenths), 1);
        }
    }
    Return { file: book.save_to_buffer().expect("a workbook of cells"), rows: row as usize, sum }
}
