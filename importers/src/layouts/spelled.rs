//! Headings however they are dressed: as they are compared, and what they multiply their figures by.

use crate::row::Scale;

/// A heading as it is compared.
pub(crate) fn key(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    let mut depth = 0_u32;
    for c in heading.to_lowercase().chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() => out.push(plain(c)),
            '\'' | '\u{2019}' | '.' => {}
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ŵ' => 'w',
        'ŷ' => 'y',
        c => c,
    }
}

/// A heading as a mapping's is compared with it: without case, punctuation and note marks. What stands in brackets
/// counts, unlike for [`key`]: it may be all that tells two columns apart.
pub(crate) fn heading_key(heading: &str) -> String {
    let (heading, _) = crate::words::without_note_marks(heading);
    let mut out = String::with_capacity(heading.len());
    for c in heading.to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() => out.push(plain(c)),
            '\'' | '\u{2019}' => {}
            '|' => {
                out.truncate(out.trim_end().len());
                out.push('|');
            }
            _ if out.ends_with([' ', '|']) || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end_matches([' ', '|']).len());
    out
}

/// What a heading multiplies its figures by. `(m)` alone may be metres, months or men and multiplies nothing. `per £000` and `per (000s)` are rates and multiply nothing.
pub(crate) fn scale(heading: &str) -> Option<Scale> {
    let text: String = heading.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\'')).collect();
    let has = |marks: &[&str]| {
        marks.iter().any(|mark| {
            text.match_indices(mark).any(|(at, _)| !text.get(..at).is_some_and(|before| before.trim_end_matches('(').ends_with("per")))
        })
    };
    if has(&["£m)", "(£m", "£million", "(millions)", "inmillions"]) || text.ends_with("£m") || (text.contains('£') && text.contains("(m)"))
    {
        Some(Scale::Millions)
    } else if has(&["£000", "£k", "(thousands)", "(000s)", "(000)", "£thousand", "inthousands"])
        || (text.contains('£') && text.contains("(k)"))
    {
        Some(Scale::Thousands)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_read_from_headings() {
        assert_eq!(scale("Actual £m"), Some(Scale::Millions));
        assert_eq!(scale("Spend (£000)"), Some(Scale::Thousands));
        assert_eq!(scale("£ thousand"), Some(Scale::Thousands));
        assert_eq!(scale("Actual"), None);
        assert_eq!(scale("£ per month"), None);
        assert_eq!(scale("Result (m)"), None);
        assert_eq!(scale("Population (M)"), None);
        assert_eq!(scale("Result (k)"), None);
        assert_eq!(scale("Spend £ (m)"), Some(Scale::Millions));
        assert_eq!(scale("Number of households\n in area5 (000s)"), Some(Scale::Thousands));
        assert_eq!(scale("Households assessed as homeless\nper (000s)"), None);
        assert_eq!(scale("Net current expenditure (£ thousand)"), Some(Scale::Thousands));
    }
}
