//! Headings that hold a period among other words: `CHN1 2010-11`, `Female 2017`, `Fly-tips (Q1 2023/24)`.

use std::ops::Range;

use super::parts::Year;
use super::reading::Context;
use super::scan::scan;
use super::tokens::{Token, Word, cut};
use super::{looks_like_period, read};
use crate::measure::YearBasis;
use crate::period::Period;

/// The longest heading that is looked at, in characters.
const HEADING_CHARS_MAX: usize = 400;

/// The most words a period is written in: `Q4 2024/25: Jan 2025 - Mar 2025` has seven.
const WORDS_MAX: usize = 10;

/// Words that make of two times a comparison, of which a heading is neither.
const COMPARING: [&str; 22] = [
    "change",
    "changes",
    "changed",
    "difference",
    "increase",
    "increased",
    "decrease",
    "decreased",
    "variance",
    "variation",
    "growth",
    "movement",
    "since",
    "between",
    "compared",
    "comparison",
    "against",
    "versus",
    "vs",
    "than",
    "previous",
    "last",
];

/// Words that join a period to what it is of, and belong to neither.
const JOINING: [&str; 12] = ["in", "for", "during", "of", "the", "at", "on", "and", "by", "as", "to", "from"];

/// Finds the one period in a heading: the rest of it and the period's text, both as written and trimmed.
///
/// `CHN1 2010-11` gives `("CHN1", "2010-11")`, `2023/24 Target` gives `("Target", "2023/24")`, a heading that is
/// wholly a period gives an empty rest. None when there is no period, when two are named, when a change from one
/// to another is, or when what looks like one more probably counts something (`aged 18-19`, `PM10`, `may`). The text
/// found is not yet read: [`read`] may still refuse it, as in `autumn 2010-2022`, and says why.
#[must_use]
pub fn split_period(text: &str) -> Option<(String, String)> {
    let found = find_period(text)?;
    let period = unbracketed(text.get(found.clone())?);
    let before = loose_end(text.get(..found.start)?, true);
    let after = loose_end(text.get(found.end..)?, false);
    let rest = [before, after].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    Some((rest, period.to_owned()))
}

/// Where in a heading its one period stands, in bytes; see [`split_period`].
#[must_use]
pub fn find_period(text: &str) -> Option<Range<usize>> {
    if text.chars().nth(HEADING_CHARS_MAX).is_some() {
        return None;
    }
    let words = words(text);
    let is_saying = |word: &Range<usize>| text.get(word.clone()).is_some_and(says_what);
    let (mut first, mut last) = (0, words.len());
    while words.get(first).is_some_and(is_saying) {
        first += 1;
    }
    while last > first && words.get(last - 1).is_some_and(is_saying) {
        last -= 1;
    }
    let span = |from: usize, to: usize| Some(words.get(from)?.start..words.get(to)?.end);
    let whole = span(first, last.checked_sub(1)?)?;
    if text.get(whole.clone()).is_some_and(looks_like_period) {
        return Some(whole);
    }
    if words.iter().any(|word| text.get(word.clone()).is_some_and(compares)) {
        return None;
    }
    let mut found: Option<(usize, usize)> = None;
    for length in (1..=(last - first).min(WORDS_MAX)).rev() {
        for from in first..=last - length {
            let to = from + length - 1;
            let inside = found.is_some_and(|(start, end)| start <= from && to <= end);
            if inside || !span(from, to).and_then(|span| text.get(span)).is_some_and(stands_alone) {
                continue;
            }
            if found.replace((from, to)).is_some() {
                return None;
            }
        }
    }
    found.and_then(|(from, to)| span(from, to))
}

/// The pieces of a text between spaces, bars and underlines, without what only sets them apart.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace() || c == '|' || c == '_', start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words.retain(|word| text.get(word.clone()).is_some_and(|word| word.contains(char::is_alphanumeric)));
    words
}

/// Whether a word at the edge of a heading says what the figures are, not when: `Outturn`, `Target`.
fn says_what(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let joins = JOINING.iter().any(|known| word.eq_ignore_ascii_case(known));
    !joins && cut(word).is_ok_and(|tokens| matches!(tokens.as_slice(), [Token::Word(Word::Filler | Word::Target)]))
}

fn compares(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    COMPARING.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether words among others are surely a period: a year in full, a quarter or half by number, or a month's name
/// that is no other word.
fn stands_alone(text: &str) -> bool {
    let text = unbracketed(text);
    let joined = |word: &str| JOINING.iter().any(|known| word.eq_ignore_ascii_case(known));
    let starts_loose = text.split_whitespace().next().is_some_and(|word| joined(word) && !word.eq_ignore_ascii_case("as"));
    let ends_loose = text.split_whitespace().next_back().is_some_and(joined);
    if starts_loose || ends_loose || !text.starts_with(char::is_alphanumeric) || !looks_like_period(text) {
        return false;
    }
    // Read as if in the middle of a sheet that says everything else; what is refused there is no period here, a
    // few faults apart that are better shown to the sender.
    let year = Period::year(YearBasis::Financial, 2023);
    let context = Context { year, basis: Some(YearBasis::Financial), return_period: year, ..Context::default() };
    if let Err(refusal) = read(text, &context)
        && !matches!(refusal.code, "PER-015" | "PER-022" | "PER-025" | "PER-026")
    {
        return false;
    }
    let Ok(tokens) = cut(text) else { return false };
    let Ok(parts) = scan(text, &tokens) else { return true };
    let in_full = text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let counted = parts.unit.is_some_and(|(_, number)| number > 0);
    match (parts.year, parts.months) {
        (Some(Year::Pair { .. }), _) => in_full || text.contains('/') || parts.basis.is_some() || counted,
        (Some(Year::Range { .. } | Year::One { short: false, .. }), _) => true,
        (Some(Year::One { short: true, .. }), _) => parts.basis.is_some() || counted,
        (None, Some(months)) => {
            let dated = months.first.1.is_some() || months.last.1.is_some();
            dated || months.first != months.last || counted || is_month_only(text)
        }
        (None, None) => counted || parts.days.0.is_some() || parts.window.is_some(),
    }
}

/// A month's name as a name is written; `may`, `March` and `mar` are words too.
fn is_month_only(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase()) && !["may", "march", "mar"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Without brackets around it, or one that its partner stands outside of.
fn unbracketed(text: &str) -> &str {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '\u{2013}' | '\u{2014}' | '.'));
    let count = |c: char| text.matches(c).count();
    let inner = match (text.strip_prefix(['(', '[']), text.strip_suffix([')', ']'])) {
        (Some(rest), Some(_)) => rest.get(..rest.len().saturating_sub(1)).filter(|inner| !inner.contains(['(', ')', '[', ']'])),
        (Some(rest), None) if count('(') + count('[') > count(')') + count(']') => Some(rest),
        (None, Some(rest)) if count('(') + count('[') < count(')') + count(']') => Some(rest),
        _ => None,
    };
    inner.map_or(text, unbracketed)
}

/// What stands before or after a period, without the signs and words that only joined the two.
fn loose_end(text: &str, before: bool) -> &str {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '|' | '_' | ',' | ';' | ':' | '-' | '/' | '\u{2013}' | '\u{2014}');
    let (open, close) = (['(', '['], [')', ']']);
    let mut text = text.trim_matches(is_sign);
    loop {
        let shorter = if before {
            let word = text.rsplit(is_sign).next().unwrap_or_default();
            let joins = word.len() < text.len() && JOINING.iter().any(|known| word.eq_ignore_ascii_case(known));
            text.strip_suffix(open).or_else(|| text.strip_suffix(word).filter(|_| joins))
        } else {
            text.strip_prefix(close)
        };
        match shorter {
            Some(shorter) => text = shorter.trim_matches(is_sign),
            None => return text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_split_into_what_it_is_of_and_when() {
        for (heading, rest, period) in [
            ("CHN1 2010-11", "CHN1", "2010-11"),
            ("Female 2017", "Female", "2017"),
            ("EU (Non-UK) 2017", "EU (Non-UK)", "2017"),
            ("A1 - Apr-Jun 18", "A1", "Apr-Jun 18"),
            ("2018-19;Q1", "", "2018-19;Q1"),
            ("Q4 2024/25: Jan 2025 - Mar 2025", "", "Q4 2024/25: Jan 2025 - Mar 2025"),
            ("1 October 2024 to 31 March 2025", "", "1 October 2024 to 31 March 2025"),
            ("H1 (Apr-Sep)", "", "H1 (Apr-Sep)"),
            ("autumn 2010-2022", "", "autumn 2010-2022"),
            ("England, autumn 2010-2022", "England", "autumn 2010-2022"),
            ("Dec-22", "", "Dec-22"),
            ("24-Feb", "", "24-Feb"),
            ("Missed bins 24-Feb", "Missed bins", "24-Feb"),
            ("2023/24 Target", "Target", "2023/24"),
            ("Outturn 2023/24", "Outturn", "2023/24"),
            ("Q1 2023/24\nActual", "Actual", "Q1 2023/24"),
            ("2023/24 | Q1 | Actual", "Actual", "2023/24 | Q1"),
            ("Fly-tips (Q1 2023/24)", "Fly-tips", "Q1 2023/24"),
            ("Q1 (2023/24) RAG", "RAG", "Q1 (2023/24)"),
            ("Number of fly-tips in 2023/24", "Number of fly-tips", "2023/24"),
            ("Recycling rate: 2018-19", "Recycling rate", "2018-19"),
            ("Key Stage 2 2023", "Key Stage 2", "2023"),
            ("Missed bins April 2023 (number)", "Missed bins (number)", "April 2023"),
            ("Missed bins Apr-23", "Missed bins", "Apr-23"),
            ("Value_2018_19", "Value", "2018_19"),
            ("Live tables 1 October 2024 to 31 March 2025", "Live tables", "1 October 2024 to 31 March 2025"),
            ("Balance as at 31 March 2024", "Balance", "as at 31 March 2024"),
            ("Households 12 months to June 2023", "Households", "12 months to June 2023"),
            ("Missed bins Q1", "Missed bins", "Q1"),
            ("Missed bins September", "Missed bins", "September"),
            ("Q1 Target", "Target", "Q1"),
            ("Fly-tips 2023/25", "Fly-tips", "2023/25"),
        ] {
            assert_eq!(split_period(heading), Some((rest.to_owned(), period.to_owned())), "{heading}");
        }
    }

    #[test]
    fn what_counts_compares_or_names_two_periods_is_not_split() {
        for heading in [
            "",
            "Indicator",
            "PM10",
            "PM2",
            "ASC1",
            "KPI12",
            "NI 192",
            "Category 1",
            "B and C roads",
            "People aged 18-19",
            "Aged 16 to 24",
            "Residents who may apply",
            "MARCH partnership",
            "Change 2021/22 to 2022/23",
            "% change from 2021 to 2022",
            "2022/23 against 2021/22",
            "Recycling 2021/22 2022/23",
            "Q1 I feel safe 2023/24",
            "Waste 1234",
            "Target",
            "Year",
            "Up to 2",
            "(000s)",
        ] {
            assert_eq!(split_period(heading), None, "{heading}");
        }
        assert_eq!(split_period(&"2023 ".repeat(100)), None);
    }

    #[test]
    fn the_place_of_a_period_is_given_in_bytes() {
        assert_eq!(find_period("£ thousand 2017-18"), Some(12..19));
        assert_eq!(find_period("2017-18"), Some(0..7));
    }
}
