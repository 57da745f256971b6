//! What is wrong with a workbook, said so that its sender can put it right.

use std::borrow::Cow;

use rules::closed_set;
use serde::{Deserialize, Serialize};

use crate::address::Place;

mod catalogue;

pub use catalogue::CATALOGUE;

closed_set! {
    /// How much a diagnostic weighs.
    Severity {
        /// The row or file is not taken.
        Error = "ERROR", "Error";
        /// Taken only if somebody says so.
        Warning = "WARNING", "Warning";
        /// Taken; worth knowing.
        Info = "INFO", "Information";
    }
}

/// A code of the catalogue. Codes are never used again for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// `VAL-012`.
    pub code: &'static str,
    /// What it usually weighs.
    pub severity: Severity,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

/// One cause, with every cell it was met in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// From [`CATALOGUE`].
    pub code: Cow<'static, str>,
    /// How much it weighs here.
    pub severity: Severity,
    /// What is there and what was expected, in a sentence for the sender.
    pub message: String,
    /// What to type or choose.
    pub suggestion: Option<String>,
    /// What stands in the (first) cell, cut at 80 characters.
    pub seen: Option<String>,
    /// What would have been right.
    pub expected: Option<String>,
    /// Where, at most [`PLACES_MAX`]; never empty.
    pub places: Vec<Place>,
    /// How many places there are, listed or not.
    pub count: usize,
}

/// How many places of one diagnostic are listed.
pub const PLACES_MAX: usize = 10_000;

/// How many diagnostics of one code are listed for one sheet.
pub const CODE_MAX: usize = 100;

/// How many characters of what was seen are shown.
pub const SEEN_MAX: usize = 80;

/// Finds a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Code> {
    CATALOGUE.iter().find(|c| c.code == code)
}

impl Diagnostic {
    /// A diagnostic of a known code at a place, with the severity the catalogue gives it.
    #[must_use]
    pub fn new(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        let severity = find(code).map_or(Severity::Error, |c| c.severity);
        Self {
            code: Cow::Borrowed(code),
            severity,
            message: message.into(),
            suggestion: None,
            seen: None,
            expected: None,
            places: vec![place],
            count: 1,
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// With what stands there.
    #[must_use]
    pub fn seen(mut self, seen: &str) -> Self {
        self.seen = Some(cut(seen));
        self
    }

    /// With what would have been right.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// With another weight than the catalogue's.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SEEN_MAX) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Puts diagnostics of one cause together: the same code, weight, message and suggestion in many cells is one
/// diagnostic with its places. The order is that of the first place of each.
#[must_use]
pub fn merge(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<Diagnostic> = Vec::new();
    let mut index = std::collections::HashMap::new();
    for diagnostic in diagnostics {
        let key = (diagnostic.code.clone(), diagnostic.severity, diagnostic.message.clone(), diagnostic.suggestion.clone());
        if let Some(known) = index.get(&key).and_then(|at: &usize| merged.get_mut(*at)) {
            known.count += diagnostic.count;
            let room = PLACES_MAX.saturating_sub(known.places.len());
            known.places.extend(diagnostic.places.into_iter().take(room));
        } else {
            index.insert(key, merged.len());
            merged.push(diagnostic);
        }
    }
    shorten(merged)
}

/// Lists at most [`CODE_MAX`] diagnostics of one code on one sheet; what is beyond is one more with the count.
fn shorten(merged: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen: std::collections::HashMap<(Cow<'static, str>, String), usize> = std::collections::HashMap::new();
    let mut rest: Vec<Diagnostic> = Vec::new();
    let mut kept = Vec::with_capacity(merged.len().min(1_000));
    for diagnostic in merged {
        let sheet = diagnostic.places.first().map(|p| p.sheet.clone()).unwrap_or_default();
        let count = seen.entry((diagnostic.code.clone(), sheet.clone())).or_default();
        *count += 1;
        if *count <= CODE_MAX {
            kept.push(diagnostic);
            continue;
        }
        let same = |d: &&mut Diagnostic| d.code == diagnostic.code && d.places.first().is_some_and(|p| p.sheet == sheet);
        match rest.iter_mut().find(same) {
            Some(known) => {
                known.count += diagnostic.count;
                let room = PLACES_MAX.saturating_sub(known.places.len());
                known.places.extend(diagnostic.places.into_iter().take(room));
            }
            None => {
                let meaning = find(&diagnostic.code).map_or("", |c| c.meaning).trim_end_matches('.');
                let message = format!("There is more of this on the sheet than the first {CODE_MAX} listed: {meaning}.");
                rest.push(Diagnostic { message, suggestion: None, seen: None, expected: None, ..diagnostic });
            }
        }
    }
    kept.append(&mut rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cause_in_many_cells_is_one_diagnostic_with_its_places() {
        let many = (1..=10_050).map(|row| Diagnostic::new("VAL-051", Place::new("Waste", format!("F{row}")), "Not calculated."));
        let other = Diagnostic::new("VAL-051", Place::new("Waste", "G1"), "Something else.");
        let merged = merge(many.chain([other]).collect());
        assert_eq!(merged.len(), 2);
        assert_eq!((merged[0].places.len(), merged[0].count), (10_000, 10_050));
        assert_eq!(merged[0].places[9_999], Place::new("Waste", "F10000"));
        assert_eq!((merged[1].places.len(), merged[1].count), (1, 1));
    }

    #[test]
    fn a_sheet_wrong_in_every_row_is_said_in_a_hundred_and_one() {
        let each = (1..=5_000).map(|row| Diagnostic::new("VAL-012", Place::new("Waste", format!("F{row}")), format!("Message {row}.")));
        let merged = merge(each.collect());
        assert_eq!(merged.len(), 101);
        assert_eq!((merged[100].count, merged[100].places.len()), (4_900, 4_900));
        assert_eq!(merged[100].places[0], Place::new("Waste", "F101"));
        assert!(serde_json::to_string(&merged).unwrap().len() < 1_000_000);
    }

    #[test]
    fn what_was_seen_is_cut_at_eighty_characters() {
        let long = "é".repeat(100);
        let seen = Diagnostic::new("VAL-041", Place::file(), "Long.").seen(&long).seen.unwrap();
        assert_eq!(seen.chars().count(), 81);
    }

    #[test]
    fn the_catalogue_has_each_code_once_and_in_order() {
        let codes: Vec<_> = CATALOGUE.iter().map(|c| c.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_by_key(|c| (c.split('-').next().map(str::to_owned), *c));
        sorted.dedup();
        assert_eq!(codes, sorted);
        assert!(CATALOGUE.iter().all(|c| c.meaning.ends_with('.')));
    }

    #[test]
    fn what_is_said_of_records_is_in_the_catalogue_as_the_rules_have_it() {
        use rules::delivery::book::{CODES, Weight};
        let severity = |weight| match weight {
            Weight::Error => Severity::Error,
            Weight::Warning => Severity::Warning,
            Weight::Note => Severity::Info,
        };
        let theirs: Vec<_> = CODES.iter().map(|(code, weight, meaning)| (*code, severity(*weight), *meaning)).collect();
        let ours = CATALOGUE.iter().filter(|c| c.code.starts_with("PLN-")).map(|c| (c.code, c.severity, c.meaning));
        assert_eq!(ours.collect::<Vec<_>>(), theirs);
    }

    #[test]
    fn a_diagnostic_survives_the_pipe() {
        let diagnostic = Diagnostic::new("VAL-012", Place::new("Waste", "F14"), "Too big.").seen("87.2").suggest("Type 87.2%.");
        let json = serde_json::to_string(&diagnostic).unwrap();
        assert_eq!(serde_json::from_str::<Diagnostic>(&json).unwrap(), diagnostic);
    }
}
