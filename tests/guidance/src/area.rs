//! Cells and ranges by their addresses. Rows and columns count from 1.

/// Rows and columns of a worksheet.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// A rectangle of cells, corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Area {
    /// Of `A1`, `$A$1:B2`, `A:B` or `1:2`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let (top, left) = corner(from)?;
        let (bottom, right) = corner(to)?;
        Some(Self { top: top.unwrap_or(1), left: left.unwrap_or(1), bottom: bottom.unwrap_or(ROWS), right: right.unwrap_or(COLUMNS) })
    }

    /// Whether a cell is in it.
    #[must_use]
    pub const fn has(&self, row: u32, column: u32) -> bool {
        self.top <= row && row <= self.bottom && self.left <= column && column <= self.right
    }
}

fn corner(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let plain = text.replace('$', "");
    let digits = plain.find(|c: char| c.is_ascii_digit()).unwrap_or(plain.len());
    let (letters, digits) = plain.split_at(digits);
    let known = letters.len() <= 3 && letters.chars().all(|c| c.is_ascii_alphabetic());
    if !known || (letters.is_empty() && digits.is_empty()) {
        return None;
    }
    let row = if digits.is_empty() { None } else { Some(digits.parse().ok()?) };
    let column = letters.bytes().fold(0, |all, letter| all * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((row, (column > 0).then_some(column)))
}

/// Row and column of one cell.
pub fn cell(text: &str) -> Option<(u32, u32)> {
    let (row, column) = corner(text)?;
    Some((row?, column?))
}

/// A column's letters.
pub fn letters(mut column: u32) -> String {
    let mut out = Vec::new();
    while column > 0 {
        out.push(char::from(b'A' + u8::try_from((column - 1) % 26).unwrap_or(0)));
        column = (column - 1) / 26;
    }
    out.iter().rev().collect()
}

/// A cell's address: `B7`.
#[must_use]
pub fn address(row: u32, column: u32) -> String {
    format!("{}{row}", letters(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        assert_eq!(Area::parse("$B$2:AA10"), Some(Area { top: 2, left: 2, bottom: 10, right: 27 }));
        assert_eq!(Area::parse("C:D").map(|a| (a.top, a.left, a.bottom, a.right)), Some((1, 3, ROWS, 4)));
        assert_eq!(Area::parse("4:4").map(|a| (a.top, a.right)), Some((4, COLUMNS)));
        assert_eq!(Area::parse("Status_1"), None);
        assert_eq!((address(7, 27), cell("XFD1")), ("AA7".to_owned(), Some((1, COLUMNS))));
    }
}
