//! What a number format says about its number. A percent sign counts only outside quotes, brackets and escapes:
//! `0.0%` multiplies by a hundred for the eye, `0.0"%"` does not (the commonest wrong reading of council workbooks).

use chrono::{Duration, NaiveDate};
use rust_decimal::Decimal;

use crate::sheet::Value;

/// What a number in a cell of this format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Meaning {
    #[default]
    Plain,
    Percent,
    Date,
    /// A time of day or a length of time.
    Time,
}

/// The code of a format that Excel knows by number only.
pub(crate) fn builtin(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "dd/mm/yyyy h:mm",
        37 | 38 => "#,##0;(#,##0)",
        39 | 40 => "#,##0.00;(#,##0.00)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

/// Reads a format code; only its first section matters, the one for positive numbers.
pub(crate) fn meaning(code: &str) -> Meaning {
    if code.eq_ignore_ascii_case("general") || code == "@" {
        return Meaning::Plain;
    }
    let (mut percent, mut day, mut month, mut clock) = (false, false, false, false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                clock |= matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
            }
            ';' => break,
            '%' => percent = true,
            'd' | 'D' | 'y' | 'Y' => day = true,
            'm' | 'M' => month = true,
            'h' | 'H' | 's' | 'S' => clock = true,
            _ => {}
        }
    }
    match (percent, day, month, clock) {
        (true, ..) => Meaning::Percent,
        (_, true, ..) | (_, _, true, false) => Meaning::Date,
        (_, _, _, true) => Meaning::Time,
        _ => Meaning::Plain,
    }
}

/// Whether a format puts a percent sign behind its number and does not multiply it: `0.0"%"`, `0.0\%`.
pub(crate) fn shows_percent_sign(code: &str) -> bool {
    let mut chars = code.chars();
    let mut shows = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => shows |= chars.by_ref().take_while(|c| *c != '"').filter(|c| *c == '%').count() > 0,
            '\\' => shows |= chars.next() == Some('%'),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                chars.by_ref().find(|c| *c == ']');
            }
            ';' => break,
            '%' => return false,
            _ => {}
        }
    }
    shows
}

/// The number that a file's text stands for, at the fifteen digits a spreadsheet program shows: what lies beyond is
/// the noise of binary fractions. None for what is no number, or one no figure of a council could be.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits <= 15 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')) {
        return text.parse().ok();
    }
    let float: f64 = text.parse().ok()?;
    from_float(float)
}

/// As [`number`], for readers that have already made a float of it.
pub(crate) fn from_float(float: f64) -> Option<Decimal> {
    if !float.is_finite() || float.abs() >= 1e24 {
        return None;
    }
    if float == 0.0 || float.abs() < 1e-24 {
        return Some(Decimal::ZERO);
    }
    Decimal::from_scientific(&format!("{float:.14e}")).ok().map(|d| d.normalize())
}

/// A number as its format means it: dates and times are told from plain numbers here.
pub(crate) fn value(number: Decimal, meaning: Meaning, from_1904: bool) -> Value {
    match meaning {
        Meaning::Date => date(number, from_1904).map_or(Value::Number(number), Value::Date),
        Meaning::Time => Value::Duration(number),
        Meaning::Plain | Meaning::Percent => Value::Number(number),
    }
}

/// The day a serial number stands for; time of day is dropped. The 1900 system counts a 29 February 1900 that
/// never was, so days before March 1900 are one off.
pub(crate) fn date(serial: Decimal, from_1904: bool) -> Option<NaiveDate> {
    let days = i64::try_from(serial.trunc()).ok().filter(|days| (0..=2_958_465).contains(days))?;
    let (epoch, days) = match (from_1904, days) {
        (true, days) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, days),
        (false, 0) => return None,
        (false, days @ 1..60) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, days),
        (false, days) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, days),
    };
    epoch.checked_add_signed(Duration::days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_percent_sign_counts_only_where_it_multiplies() {
        for code in ["0%", "0.0%", "0.00%;[Red]-0.00%", "#,##0.0 %", "0.0%\\ "] {
            assert_eq!(meaning(code), Meaning::Percent, "{code}");
        }
        for code in ["General", "0.0\"%\"", "0.0\\%", "0_%", "[$%-809]0", "@", "#,##0", "\"£\"#,##0.00", "0;0%"] {
            assert_eq!(meaning(code), Meaning::Plain, "{code}");
        }
    }

    #[test]
    fn a_percent_sign_that_does_not_multiply_is_seen() {
        for code in ["0.0\"%\"", "0.0\\%", "0.0\" % \";-0.0\"%\"", "[Red]0\"%\""] {
            assert!(shows_percent_sign(code), "{code}");
        }
        for code in ["General", "0.0%", "0_%", "[$%-809]0", "0;0\"%\"", "0\"%\"%", "0\"p\""] {
            assert!(!shows_percent_sign(code), "{code}");
        }
    }

    #[test]
    fn dates_and_times_are_told_apart() {
        for code in ["dd/mm/yyyy", "mmm-yy", "d-mmm", "[$-809]dd mmmm yyyy;@", "yyyy", "mmmm"] {
            assert_eq!(meaning(code), Meaning::Date, "{code}");
        }
        for code in ["h:mm", "[h]:mm:ss", "mm:ss", "[mm]"] {
            assert_eq!(meaning(code), Meaning::Time, "{code}");
        }
        assert_eq!(meaning("[Red]0.00"), Meaning::Plain);
        assert_eq!(meaning("0.00E+00"), Meaning::Plain);
    }

    #[test]
    fn serials_are_the_days_excel_shows() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(date(decimal("45017"), false), day(2023, 4, 1));
        assert_eq!(date(decimal("43555"), true), day(2023, 4, 1));
        assert_eq!(date(decimal("59"), false), day(1900, 2, 28));
        assert_eq!(date(decimal("61"), false), day(1900, 3, 1));
        assert_eq!(date(decimal("45017.75"), false), day(2023, 4, 1));
        assert_eq!(date(decimal("-1"), false), None);
        assert_eq!(date(decimal("99999999"), false), None);
    }

    #[test]
    fn figures_are_what_the_sender_typed() {
        for (stored, typed) in [
            ("0.1", "0.1"),
            ("0.10000000000000001", "0.1"),
            ("84.09999999999999", "84.1"),
            ("7.1999999999999993", "7.2"),
            ("1.495975E6", "1495975"),
            ("1E-3", "0.001"),
            ("-1183", "-1183"),
            ("123456789012345", "123456789012345"),
        ] {
            assert_eq!(number(stored), Some(decimal(typed)), "{stored}");
        }
        for nonsense in ["", "abc", "NaN", "inf", "1e300", "1.2.3", "--1", "-"] {
            assert_eq!(number(nonsense), None, "{nonsense}");
        }
        assert_eq!(number("1e-300"), Some(Decimal::ZERO));
    }
}
