//! Patterns of text that several rules look for.

use regex::Regex;

/// A pattern compiled once.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).expect("the pattern is a constant"));
        &*PATTERN
    }};
}
pub(crate) use pattern;

/// A month's name, whole or cut.
macro_rules! month {
    () => {
        "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    };
}
pub(crate) use month;

/// `[note 3]`.
pub fn note_marks() -> &'static Regex {
    pattern!(r"(?i)\[note\s*([0-9A-Za-z]+)\]")
}

/// `[x]`, `[c]`, `[u1]`: a mark with a meaning of its own.
pub fn shorthand() -> &'static Regex {
    pattern!(r"\[(b|c|er|e|f|low|p|r|u|w|x|z|ns|sss|ss|s)(\d*)\]")
}

/// At most so many characters, on one line.
pub fn brief(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most { line } else { line.chars().take(most.saturating_sub(3)).chain("...".chars()).collect() }
}

/// The text with single spaces, in lower case.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a number format shows a day or a time: a letter of one that is neither quoted, escaped nor in a condition.
#[must_use]
pub fn is_date(format: &str) -> bool {
    let mut chars = format.split(';').next().unwrap_or_default().chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '_' | '\\' => drop(chars.next()),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if matches!(inner.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    return true;
                }
            }
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn a_date_is_told_from_a_figure() {
        for date in ["d mmmm yyyy_)", "[hh]:mm", "[$-809]dd/mm/yy;@"] {
            assert!(is_date(date), "{date}");
        }
        for figure in ["#,##0_)", "0.0%", "\"days\" 0", "General", "[Red]0.0", "0\\d"] {
            assert!(!is_date(figure), "{figure}");
        }
    }
}
