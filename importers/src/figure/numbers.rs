//! Numbers as text.

use rust_decimal::Decimal;

/// How the digits of a number were separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separators {
    /// Commas between thousands, a point before decimals, or none.
    Usual,
    /// Spaces between thousands, or a raised point.
    Odd,
    /// Digits and separators in no order that could be meant.
    Wrong,
    /// Not a number at all.
    None,
}

/// Reads `1,234.5`, `-1,234`, `−1,234`, `(1,234)`, `1 234`, `87·2`.
pub(super) fn parse(text: &str) -> Result<(Decimal, Separators), Separators> {
    let text = text.trim();
    let (text, bracketed) = match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => (inner.trim(), true),
        None => (text, false),
    };
    let (digits, minus) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (rest.trim_start(), true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let known = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{b7}' | '-') || c.is_whitespace();
    if !digits.chars().all(known) || !digits.contains(|c: char| c.is_ascii_digit()) {
        return Err(Separators::None);
    }
    let plain = digits.replace('\u{b7}', ".");
    let (whole, decimals) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, decimals)| (whole, Some(decimals)));
    let spaced = whole.contains(char::is_whitespace);
    let groups: Vec<&str> = whole.split(|c: char| c == ',' || c.is_whitespace()).collect();
    let first_fits =
        groups.first().is_some_and(|g| (groups.len() == 1 || (1..=3).contains(&g.len())) && g.chars().all(|c| c.is_ascii_digit()));
    let rest_fit = groups.iter().skip(1).all(|g| g.len() == 3 && g.chars().all(|c| c.is_ascii_digit()));
    let decimals_fit = decimals.is_none_or(|d| !d.is_empty() && d.chars().all(|c| c.is_ascii_digit()));
    let mixed = spaced && whole.contains(',');
    if !first_fits || !rest_fit || !decimals_fit || mixed || (whole.is_empty() && decimals.is_none()) {
        return Err(Separators::Wrong);
    }
    let joined = format!("{}.{}", groups.concat(), decimals.unwrap_or("0"));
    let number: Decimal =
        joined.trim_start_matches('0').trim_end_matches('.').parse().or_else(|_| joined.parse()).map_err(|_| Separators::None)?;
    let odd = spaced || digits.contains('\u{b7}');
    let number = if minus != bracketed { -number } else { number };
    Ok((number.normalize(), if odd { Separators::Odd } else { Separators::Usual }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Separators), Separators> {
        parse(text).map(|(number, separators)| (number.to_string(), separators))
    }

    #[test]
    fn numbers_are_read_as_they_are_written_here() {
        for (text, number) in [
            ("1234", "1234"),
            ("1,234", "1234"),
            ("1,234.50", "1234.5"),
            ("12,345,678", "12345678"),
            ("-1,234", "-1234"),
            ("\u{2212}1,234", "-1234"),
            ("(1,234)", "-1234"),
            (" 0.5 ", "0.5"),
            (".5", "0.5"),
            ("+3", "3"),
            ("0", "0"),
            ("007", "7"),
        ] {
            assert_eq!(read(text), Ok((number.to_owned(), Separators::Usual)), "{text}");
        }
        assert_eq!(read("1 234"), Ok(("1234".to_owned(), Separators::Odd)));
        assert_eq!(read("1\u{2009}234"), Ok(("1234".to_owned(), Separators::Odd)));
        assert_eq!(read("87·2"), Ok(("87.2".to_owned(), Separators::Odd)));
    }

    #[test]
    fn separators_that_fit_no_number_are_refused() {
        for text in ["1,234-", "12,34", "1,2345", "1.234,5", "1..2", "1.2.3", "1,,234", "1 23", "5.", "1, 234"] {
            assert_eq!(read(text), Err(Separators::Wrong), "{text}");
        }
        for text in ["", "abc", "-", "()", "12a", "NaN", "1e5"] {
            assert_eq!(read(text), Err(Separators::None), "{text}");
        }
    }
}
