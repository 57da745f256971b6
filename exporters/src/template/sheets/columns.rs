//! Columns of `rules::workbook::RETURN` by their place, from 0, for what has to name them.

pub(super) const NUMERATOR: u16 = 10;
pub(super) const DENOMINATOR: u16 = 11;
pub(super) const RESULT: u16 = 12;
pub(super) const NO_RESULT: u16 = 13;
pub(super) const STATE: u16 = 14;
pub(super) const COMMENTARY: u16 = 15;
pub(super) const ACTION: u16 = 16;
pub(super) const OWNER: u16 = 17;
pub(super) const DUE: u16 = 18;
pub(super) const FORECAST: u16 = 19;
pub(super) const CHECK: u16 = 20;

/// A column as an address has it: `K` of 10. There are fewer columns than letters.
pub(super) fn letter(column: u16) -> char {
    char::from(b'A' + u8::try_from(column).unwrap_or(25).min(25))
}

#[cfg(test)]
mod tests {
    use rules::workbook::RETURN;

    use super::*;

    #[test]
    fn the_columns_named_by_number_are_the_ones_meant() {
        let heading = |n: u16| RETURN.columns[usize::from(n)].heading;
        assert_eq!(heading(NUMERATOR), "Numerator (you fill in)");
        assert_eq!(heading(DENOMINATOR), "Denominator (you fill in)");
        assert_eq!(heading(RESULT), "Result (you fill in)");
        assert_eq!(heading(NO_RESULT), "If no result, why (you fill in)");
        assert_eq!(heading(STATE), "Value state (you fill in)");
        assert_eq!(heading(COMMENTARY), "Commentary (you fill in)");
        assert_eq!(heading(ACTION), "Action to get back on track (you fill in)");
        assert_eq!(heading(OWNER), "Action owner (you fill in)");
        assert_eq!(heading(DUE), "Action due date (you fill in)");
        assert_eq!(heading(FORECAST), "Year-end forecast (you fill in)");
        assert_eq!(heading(CHECK), "Check");
        assert!(RETURN.columns.len() <= 26);
        assert_eq!((letter(0), letter(CHECK)), ('A', 'U'));
    }
}
