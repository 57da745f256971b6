//! A spelling cut into words, numbers and separators, with its typography ironed out.

use super::SPELLING_CHARS_MAX;
use super::reading::Refusal;

/// One piece of a spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of digits.
    Number { value: u32, digits: usize },
    /// The name of a month, 1 to 12.
    Month(u32),
    /// A dash, a slash, `&` (which `+` is too), or a dot between two digits.
    Separator(char),
    /// Any other word that can stand in a period.
    Word(Word),
}

/// The words that can stand in a period. Anything else makes a text no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// `Q`, `Qtr`, `quarter`.
    Quarter,
    /// `FQ`: a quarter of the financial year.
    FinancialQuarter,
    /// `CQ`: a quarter of the calendar year.
    CalendarQuarter,
    /// `H`, `half`.
    Half,
    /// `M`: the month of the year beside it.
    M,
    /// `month`, `mth`, and their plurals.
    Month,
    /// `P`, `period`: a month of the accounts.
    AccountingPeriod,
    /// `year`, `yr`.
    Year,
    /// `FY`, `financial`, `fiscal`.
    Financial,
    /// `FYE`.
    FinancialYearEnding,
    /// `CY`, `calendar`.
    Calendar,
    /// `AY`, `academic`, `school`.
    Academic,
    /// `YE`.
    YearEnding,
    /// `Y` of `Y/E`.
    Y,
    /// `E` of `Y/E`.
    E,
    /// `end`.
    End,
    /// `ending`, `ended`.
    Ending,
    /// `to`, `until`.
    To,
    /// `and`, between two quarters.
    And,
    /// `date`, of `to date`.
    Date,
    /// `YTD`, `cumulative`.
    ToDate,
    /// `rolling`.
    Rolling,
    /// `average`, `mean`.
    Average,
    /// `as`, `at`.
    AsAt,
    /// `st`, `nd`, `rd`, `th`.
    Ordinal,
    /// `one`, `first`, `three`, …
    Count(u32),
    /// Says nothing about when: `outturn`, `actual`, `of`.
    Filler,
    /// `target`: says nothing about when, but what the figure is.
    Target,
    /// `census`.
    Census,
    /// `autumn`, `term`.
    Season,
    /// `latest`, `current`.
    Latest,
    /// `baseline`.
    Baseline,
}

/// Cuts a text up.
///
/// # Errors
/// PER-036 when it is empty, too long, or holds a word or sign no period has.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, Refusal> {
    if text.chars().nth(SPELLING_CHARS_MAX).is_some() {
        let message =
            format!("\u{201c}{}\u{2026}\u{201d} is longer than {SPELLING_CHARS_MAX} characters: it is not a period.", shown(text));
        return Err(Refusal::new("PER-036", message));
    }
    let no_period = || Refusal::new("PER-036", format!("\u{201c}{}\u{201d} is not a period.", shown(text)));
    let mut tokens = Vec::with_capacity(8);
    let mut word = String::with_capacity(12);
    let mut chars = text.chars().peekable();
    let mut after_digit = false;
    while let Some(c) = chars.next() {
        let digit_before = std::mem::replace(&mut after_digit, c.is_ascii_digit());
        if let Some(digit) = c.to_digit(10) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(digit) = chars.peek().and_then(|c| c.to_digit(10)) {
                value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or_else(no_period)?;
                digits += 1;
                chars.next();
            }
            tokens.push(Token::Number { value, digits });
        } else if c.is_ascii_alphabetic() {
            word.clear();
            word.push(c.to_ascii_lowercase());
            // An apostrophe inside a word is dropped: `year's`.
            while let Some(next) = chars.next_if(|c| c.is_ascii_alphabetic() || (is_apostrophe(*c) && !word.is_empty())) {
                if !is_apostrophe(next) {
                    word.push(next.to_ascii_lowercase());
                }
            }
            tokens.push(known(&word).ok_or_else(no_period)?);
        } else if is_dash(c) {
            tokens.push(Token::Separator('-'));
        } else if matches!(c, '&' | '+') {
            tokens.push(Token::Separator('&'));
        } else if c == '/' || (c == '.' && digit_before && chars.peek().is_some_and(char::is_ascii_digit)) {
            tokens.push(Token::Separator(c));
        } else if !is_nothing(c) {
            return Err(no_period());
        }
    }
    if tokens.is_empty() { Err(no_period()) } else { Ok(tokens) }
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '\u{b4}' | '\u{2018}'..='\u{201f}' | '\u{2032}')
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '_' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Signs that say nothing about when: spaces of every width, brackets, quotes, stops, and the bar between joined headings.
fn is_nothing(c: char) -> bool {
    is_apostrophe(c)
        || c.is_whitespace()
        || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '|' | ',' | ';' | ':' | '.' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn known(word: &str) -> Option<Token> {
    Some(Token::Word(match word {
        "q" | "qtr" | "qtrs" | "quarter" | "quarters" | "quarterly" => Word::Quarter,
        "fq" => Word::FinancialQuarter,
        "cq" => Word::CalendarQuarter,
        "h" | "half" => Word::Half,
        "m" => Word::M,
        "month" | "months" | "mth" | "mths" | "monthly" => Word::Month,
        "p" | "pd" | "period" => Word::AccountingPeriod,
        "year" | "years" | "yr" | "yrs" => Word::Year,
        "fy" | "financial" | "fiscal" => Word::Financial,
        "fye" => Word::FinancialYearEnding,
        "cy" | "calendar" => Word::Calendar,
        "ay" | "academic" | "school" => Word::Academic,
        "ye" => Word::YearEnding,
        "y" => Word::Y,
        "e" => Word::E,
        "end" => Word::End,
        "ending" | "ended" => Word::Ending,
        "to" | "until" | "through" | "thru" => Word::To,
        "and" => Word::And,
        "date" => Word::Date,
        "ytd" | "cumulative" => Word::ToDate,
        "rolling" => Word::Rolling,
        "average" | "avg" | "mean" => Word::Average,
        "as" | "at" => Word::AsAt,
        "st" | "nd" | "rd" | "th" => Word::Ordinal,
        "one" | "first" => Word::Count(1),
        "two" | "second" => Word::Count(2),
        "three" | "third" => Word::Count(3),
        "four" | "fourth" => Word::Count(4),
        "six" => Word::Count(6),
        "nine" => Word::Count(9),
        "twelve" => Word::Count(12),
        "outturn" | "actual" | "actuals" | "result" | "results" | "total" | "final" | "of" | "the" | "for" | "in" => Word::Filler,
        "target" | "targets" => Word::Target,
        "census" => Word::Census,
        "autumn" | "spring" | "summer" | "winter" | "term" | "terms" => Word::Season,
        "latest" | "current" | "recent" | "now" => Word::Latest,
        "baseline" => Word::Baseline,
        _ => return month_named(word).map(Token::Month),
    }))
}

fn month_named(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

/// A text as a message quotes it: never more than its first 80 characters.
pub(super) fn shown(text: &str) -> &str {
    let text = text.trim();
    text.char_indices().nth(80).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
