//! What is fuzzed, and what must hold whatever the bytes are. One function a target: `cargo fuzz run <target>` calls them on
//! a nightly compiler, and `importers/tests/fuzz` for a bounded number of times on any.
//!
//! Nothing may panic, take long or ask for much; beside that, each says what it checks.

use importers::figure::{Column, Expected, interpret, plain};
use importers::mapping::Own;
use importers::words::{place_key, without_note_marks};
use importers::{Content, Limits, RawCell, Reading, Scale, Settings, diagnostic, read_with};
use rules::measure::{Frequency, YearBasis};
use rules::period::Period;
use rules::period::spelling::{Context, find_period, looks_like_period, names_target, read, split_period};
use rust_decimal::Decimal;

/// A file of any bytes: what is said of it has a known code and a place, and nothing beside an error of the whole file.
pub fn sheet(bytes: &[u8]) {
    let limits = Limits {
        bytes: 1 << 20,
        inflated_bytes: 4 << 20,
        entries: 100,
        sheets: 10,
        sheet_cells: 20_000,
        cells: 40_000,
        rows: 5_000,
        columns: 300,
        cell_characters: 1_000,
        ..Limits::default()
    };
    sound(&importers::read(bytes, "upload.xlsx", &limits), &limits);
}

/// A table of words as councils write them, in an order nobody would: each byte is a word, a separator or a line's end.
pub fn layout(bytes: &[u8]) {
    const WORDS: &[&str] = &[
        "Ref",
        "Indicator",
        "Period",
        "Result",
        "Target",
        "Actual",
        "RAG",
        "Comment",
        "Area code",
        "Local authority",
        "E07000011",
        "Numerator",
        "Denominator",
        "Unit",
        "WM01",
        "Household waste recycled",
        "Q1 2023/24",
        "Q2 2023/24",
        "2023/24",
        "2022-23",
        "Apr-23",
        "Q1",
        "2023",
        "87.2",
        "0.872",
        "87.2%",
        "1,234",
        "[c]",
        "[x]",
        "..",
        "-",
        "#DIV/0!",
        "Total",
        "Note: provisional",
        "Huntingdonshire",
        "(000s)",
        "£ thousand",
        "Environment",
        "R",
        "G",
        "CHN1 2010-11",
        "harrassment6",
        "as at 31 March 2024",
        "24-Feb",
        "45809",
        "TRUE",
        "Month",
        "Year",
        "12",
        "Comments",
        "Q1 to Q3 2024/25",
        "South Cambridgeshire",
    ];
    let mut text = String::new();
    for byte in bytes.iter().take(4_096) {
        match byte {
            0..=95 => text.push_str(WORDS[usize::from(*byte) % WORDS.len()]),
            96..=199 => text.push(','),
            200..=239 => text.push('\n'),
            _ => text.push_str("\n\n"),
        }
    }
    let limits = Limits { rows: 5_000, columns: 300, sheet_cells: 20_000, ..Limits::default() };
    // Whose figures are wanted decides what is read of tables with many authorities: it is asked with and without.
    let own = bytes.first().is_some_and(|first| first % 2 == 0).then(|| Own { gss_code: None, names: vec!["Huntingdonshire".to_owned()] });
    let reading = read_with(text.as_bytes(), "Waste 2023-24.csv", &limits, &Settings { own, ..Settings::default() });
    sound(&reading, &limits);
    for row in reading.values.iter().take(200) {
        for cell in row.value.iter().chain(row.target.as_deref()).chain(&row.numerator) {
            let _ = interpret(cell, &row.sheet, &Expected { unit: "Per cent", ..Expected::default() });
        }
    }
}

fn sound(reading: &Reading, limits: &Limits) {
    for found in &reading.diagnostics {
        assert!(diagnostic::find(&found.code).is_some(), "{found:?}");
        assert!(!found.places.is_empty() && found.places.len() <= found.count, "{found:?}");
        assert!(!found.message.is_empty(), "{found:?}");
    }
    assert!(reading.values.len() <= limits.cells);
    assert!(reading.format.is_some() || reading.has_errors());
    assert!(reading.values.is_empty() || !reading.diagnostics.iter().any(|d| d.code == "FIL-002"), "figures of a damaged file");
}

/// A text that may be a period, a heading with one, a label with notes or a council's name. What is split off is read no
/// other way than it is found, and what a period prints reads back.
pub fn period(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let year = Period::year(YearBasis::Financial, 2000 + i32::from(first & 31));
    let context = Context {
        year: year.filter(|_| first & 32 == 0),
        return_period: Period::quarter(2023, u32::from(first & 3) + 1).filter(|_| first & 64 == 0),
        basis: Some(YearBasis::Academic).filter(|_| first & 128 == 0),
        column_holds_years: first & 1 == 0,
        ..Context::default()
    };
    if let Ok((reading, _)) = read(&text, &context) {
        let (from, to) = reading.days();
        assert!(from <= to, "{text:?}");
        for frequency in Frequency::ALL {
            if let Ok(period) = reading.for_cumulative_indicator(*frequency, YearBasis::Financial) {
                assert_eq!(period.to_string().parse(), Ok(period), "{text:?}");
            }
        }
    }
    let _ = (looks_like_period(&text), names_target(&text), text.parse::<Period>());
    if let Some((rest, period)) = split_period(&text) {
        assert!(find_period(&text).is_some() && text.contains(&period) && rest.len() <= text.len() + 1, "{text:?}");
    }
    let (label, _) = without_note_marks(&text);
    assert!(label.len() <= text.len(), "{text:?}");
    let key = place_key(&text);
    assert!(!key.contains("  ") && key.trim() == key, "{text:?}");
}

/// A cell where a figure is asked for: it is a value, a reason for having none, two parts of a ratio, or nothing and then
/// something is said, blank cells apart.
pub fn figure(bytes: &[u8]) {
    const UNITS: [&str; 8] = ["Per cent", "Number", "Pounds", "Days", "Hours", "Ratio", "Yes or no", "Rate per 1,000"];
    let [unit, kind, flags, rest @ ..] = bytes else { return };
    let text = String::from_utf8_lossy(rest).into_owned();
    let number = || {
        let bits = rest.iter().take(8).fold(0_i64, |bits, byte| bits << 8 | i64::from(*byte));
        Decimal::new(bits, u32::from(flags >> 4))
    };
    let content = match kind % 8 {
        0 => Content::Number(number()),
        1 => Content::Duration(number()),
        2 => Content::Error(text),
        3 => Content::Bool(flags & 1 == 0),
        4 => Content::Blank,
        _ => Content::Text(text),
    };
    let cell = RawCell {
        cell: "F14".to_owned(),
        content,
        percent: [None, Some(false), Some(true)][usize::from(flags % 3)],
        number_format: None,
        formula: (flags & 8 != 0).then(|| "A1*2".to_owned()),
        uncached: flags & 7 == 7,
        struck: flags & 7 == 6,
        scale: [None, Some(Scale::Thousands), Some(Scale::Millions)][usize::from(unit / 8) % 3],
        missing: None,
        percent_as: None,
    };
    let column = Column { fractions: usize::from(kind / 8) % 3, ones: usize::from(kind / 16) % 2, larger: usize::from(kind / 32) % 3 };
    let usual = (flags & 32 != 0).then_some((Decimal::ONE, Decimal::ONE_HUNDRED));
    let expected = Expected { unit: UNITS[usize::from(unit % 8)], column, usual, ..Expected::default() };
    let (figure, problems) = interpret(&cell, "Waste", &expected);
    let taken = figure.value.is_some() || figure.absence.is_some() || figure.numerator.is_some();
    let blank = matches!(cell.content, Content::Blank);
    assert!(taken || blank || !problems.is_empty(), "{cell:?} gave nothing and nothing was said");
    assert!(problems.iter().all(|problem| diagnostic::find(&problem.code).is_some()), "{problems:?}");
    let _ = plain(&cell, "Waste");
}
