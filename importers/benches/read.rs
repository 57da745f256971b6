//! Reading a filled return of 300 rows, and a long sheet of 20,000.

use criterion::{Criterion, criterion_group, criterion_main};
use importers::{Limits, read};
use rust_xlsxwriter::{Format, Workbook};

/// A long table with the columns of a return.
fn long(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet().set_name("Return").expect("the name is short");
    let headings = ["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary"];
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write(0, column, heading).expect("inside the sheet");
    }
    for row in 1..=rows {
        let (quarter, indicator) = (row % 4 + 1, row / 40);
        sheet.write(row, 0, format!("PI{indicator}")).expect("inside the sheet");
        sheet.write(row, 1, format!("Indicator number {indicator}")).expect("inside the sheet");
        sheet.write(row, 2, format!("Q{quarter} {}/{:02}", 2014 + row / 4 % 10, 15 + row / 4 % 10)).expect("inside the sheet");
        sheet.write_with_format(row, 3, f64::from(row % 1_000) / 1_000.0, &percent).expect("inside the sheet");
        sheet.write(row, 4, row % 1_000).expect("inside the sheet");
        sheet.write(row, 5, 1_000).expect("inside the sheet");
        sheet.write(row, 6, "On target; nothing else to say about it.").expect("inside the sheet");
    }
    book.save_to_buffer().expect("a workbook of cells")
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10);
    for rows in [300, 20_000] {
        let bytes = long(rows);
        let found = read(&bytes, "return.xlsx", &Limits::default()).values.len();
        assert_eq!(found, rows as usize, "every row is read");
        group.bench_function(format!("{rows} rows"), |b| b.iter(|| read(&bytes, "return.xlsx", &Limits::default())));
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
