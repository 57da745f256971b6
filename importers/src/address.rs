//! Where a cell is.

use serde::{Deserialize, Serialize};

/// A cell of a sheet, as a person finds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The worksheet's name; empty for what concerns the whole file.
    pub sheet: String,
    /// `F14`; `A1` for what concerns the whole sheet.
    pub cell: String,
}

impl Place {
    /// A cell of a sheet.
    #[must_use]
    pub fn new(sheet: impl Into<String>, cell: impl Into<String>) -> Self {
        Self { sheet: sheet.into(), cell: cell.into() }
    }

    /// The whole file.
    #[must_use]
    pub fn file() -> Self {
        Self::new("", "A1")
    }

    /// The whole sheet.
    #[must_use]
    pub fn sheet(name: &str) -> Self {
        Self::new(name, "A1")
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`, `XFD`.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The A1 address of a row and column counted from 0.
pub(crate) fn a1(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), u64::from(row) + 1)
}

/// Row and column counted from 0 of an address such as `F14` or `$F$14`. None for anything else, and for what
/// no spreadsheet program can address (over 1,048,576 rows or 16,384 columns).
pub(crate) fn parse_a1(address: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    let mut digits = false;
    for byte in address.bytes().filter(|b| *b != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if !digits => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
            }
            b'0'..=b'9' => {
                digits = true;
                row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            }
            _ => return None,
        }
    }
    ((1..=16_384).contains(&column) && (1..=1_048_576).contains(&row)).then(|| (row - 1, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_spreadsheets_write_them() {
        assert_eq!(a1(0, 0), "A1");
        assert_eq!(a1(13, 5), "F14");
        assert_eq!(a1(9, 26), "AA10");
        assert_eq!(a1(1_048_575, 16_383), "XFD1048576");
    }

    #[test]
    fn addresses_are_read_back_and_nonsense_is_not() {
        assert_eq!(parse_a1("XFD1048576"), Some((1_048_575, 16_383)));
        assert_eq!(parse_a1("$F$14"), Some((13, 5)));
        for nonsense in ["", "A", "1", "A0", "XFE1", "A1048577", "1A", "A-1", "AAAAAAAAAAAA1", "A99999999999"] {
            assert_eq!(parse_a1(nonsense), None, "{nonsense}");
        }
    }
}
