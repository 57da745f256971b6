//! Cheap questions asked of headings, before it is known what a sheet holds.

use super::parts::Year;
use super::scan::scan;
use super::tokens::{Token, cut};

/// Whether a heading looks like a period, right or wrong: `Q1 2023/24`, `Apr-23`, `2023/25`. Plain numbers do not,
/// years from 1990 to 2100 apart, and words that only name a kind of period (`Quarter`, `Year`) do not.
#[must_use]
pub fn looks_like_period(text: &str) -> bool {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.len() == 4 && text.parse().is_ok_and(|year: u32| (1990..=2100).contains(&year));
    }
    let Ok(tokens) = cut(text) else { return false };
    match scan(text, &tokens) {
        Ok(parts) => {
            let year = match parts.year {
                Some(Year::Pair { .. } | Year::One { short: false, .. }) => true,
                Some(Year::Range { first, .. }) => text.contains(&first.to_string()),
                Some(Year::One { short: true, .. }) => parts.basis.is_some(),
                None => false,
            };
            year || parts.unit.is_some() || parts.months.is_some() || parts.days.0.is_some()
        }
        Err(refusal) => match refusal.code {
            "PER-015" | "PER-025" => true,
            "PER-026" => tokens.iter().any(|t| matches!(t, Token::Number { .. })),
            _ => false,
        },
    }
}

/// Whether a heading names a period and says it holds targets: `Target 2023/24`.
#[must_use]
pub fn names_target(text: &str) -> bool {
    looks_like_period(text) && cut(text).and_then(|tokens| scan(text, &tokens)).is_ok_and(|parts| parts.target)
}
