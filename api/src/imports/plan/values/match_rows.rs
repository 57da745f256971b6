//! Which indicator a row means: its code, else an alias, else its exact name; never a guess.

use std::collections::HashMap;

use importers::{Diagnostic, Place, Text, TextKind, ValueRow};
use rust_decimal::Decimal;

/// Wrong codes and names for which near ones are looked for; each costs a comparison with every indicator.
const SUGGESTED_FOR_MAX: usize = 200;
/// Near codes or names offered at most.
const SUGGESTIONS_MAX: usize = 3;
/// Letters by which a near code may differ.
const DISTANCE_MAX: usize = 2;
/// Hundredths of shared three-letter pieces that make names near.
const LIKENESS_MIN: usize = 60;

/// One indicator as it may be written.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub code: String,
    pub aliases: Vec<String>,
    /// In every version.
    pub titles: Vec<String>,
}

/// Every way the council's indicators may be written, each with the places of those it may mean.
#[derive(Debug, Default)]
pub struct Names {
    candidates: Vec<Candidate>,
    exact: HashMap<String, Vec<usize>>,
    codes: HashMap<String, Vec<usize>>,
    aliases: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
    numbers: HashMap<Decimal, Vec<usize>>,
}

/// Matches rows, remembering what it was asked.
pub struct Matcher<'a> {
    names: &'a Names,
    asked: HashMap<Written, Result<usize, Fault>>,
    suggested_for: usize,
}

type Written = (Option<(String, TextKind)>, Option<String>);

/// Why a row means no indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub message: String,
    pub suggestion: Option<String>,
    /// The fault is in the name's cell, not the code's.
    pub in_name: bool,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), suggestion: None, in_name: false }
    }

    /// As a diagnostic at the row's own cell.
    pub fn diagnostic(&self, row: &ValueRow) -> Diagnostic {
        let (first, second) = if self.in_name { (&row.name, &row.code) } else { (&row.code, &row.name) };
        let cell = first.as_ref().or(second.as_ref());
        let at = cell.map_or_else(|| format!("A{}", row.row), |text| text.cell.clone());
        let mut diagnostic = Diagnostic::new(self.code, Place::new(&row.sheet, at), &self.message);
        diagnostic.suggestion.clone_from(&self.suggestion);
        match cell {
            Some(text) => diagnostic.seen(&text.text),
            None => diagnostic,
        }
    }
}

impl Names {
    pub fn new(candidates: Vec<Candidate>) -> Self {
        let mut names = Self::default();
        for (at, candidate) in candidates.iter().enumerate() {
            put(&mut names.exact, plain(&candidate.code), at);
            put(&mut names.codes, loose(&candidate.code), at);
            if let Ok(number) = candidate.code.trim().parse::<Decimal>() {
                put(&mut names.numbers, number.normalize(), at);
            }
            for alias in &candidate.aliases {
                put(&mut names.aliases, loose(alias), at);
            }
            for title in &candidate.titles {
                put(&mut names.titles, words(title), at);
            }
        }
        names.candidates = candidates;
        names
    }

    /// All that a text may mean, by the first way of writing that fits.
    fn find(&self, text: &str) -> &[usize] {
        if let Some(exact) = self.exact.get(&plain(text)) {
            return exact;
        }
        let key = loose(text);
        self.codes.get(&key).or_else(|| self.aliases.get(&key)).map_or(&[], Vec::as_slice)
    }

    fn named(&self, name: &str) -> &[usize] {
        self.titles.get(&words(name)).or_else(|| self.aliases.get(&loose(name))).map_or(&[], Vec::as_slice)
    }

    /// The one indicator whose code stands where a name is asked for, alone or with its name behind: `PI3`,
    /// `PI3 - Disabled Facilities Grants`.
    fn coded_name(&self, text: &str) -> Option<usize> {
        let exactly = |code: &str| match self.exact.get(&plain(code)).map(Vec::as_slice) {
            Some([at]) => Some(*at),
            _ => None,
        };
        exactly(text).or_else(|| {
            let (code, name) = [" - ", " – ", " — ", ": "].iter().find_map(|between| text.split_once(between))?;
            exactly(code).filter(|at| self.named(name).contains(at))
        })
    }

    fn listed(&self, hits: &[usize]) -> String {
        hits.iter().take(SUGGESTIONS_MAX).filter_map(|at| self.candidates.get(*at)).map(|c| c.code.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Up to three indicators whose code or name is nearly this.
    fn near(&self, code: Option<&str>, name: Option<&str>) -> Vec<&Candidate> {
        let key = code.map(loose);
        let pieces = name.map(trigrams);
        let mut near: Vec<(usize, &Candidate)> = self
            .candidates
            .iter()
            .filter_map(|candidate| {
                let by_code = key.as_ref().and_then(|key| distance(key, &loose(&candidate.code)));
                let by_name =
                    pieces.as_ref().and_then(|pieces| candidate.titles.iter().filter_map(|t| unlikeness(pieces, &trigrams(t))).min());
                Some((by_code.into_iter().chain(by_name).min()?, candidate))
            })
            .collect();
        near.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
        near.into_iter().take(SUGGESTIONS_MAX).map(|(_, candidate)| candidate).collect()
    }
}

impl<'a> Matcher<'a> {
    pub fn new(names: &'a Names) -> Self {
        Self { names, asked: HashMap::new(), suggested_for: 0 }
    }

    /// The place of the indicator a row means.
    pub fn find(&mut self, row: &ValueRow) -> Result<usize, Fault> {
        let written: Written = (row.code.as_ref().map(|t| (t.text.clone(), t.kind)), row.name.as_ref().map(|t| t.text.clone()));
        if let Some(known) = self.asked.get(&written) {
            return known.clone();
        }
        let found = self.look(row.code.as_ref(), row.name.as_ref());
        self.asked.insert(written, found.clone());
        found
    }

    fn look(&mut self, code: Option<&Text>, name: Option<&Text>) -> Result<usize, Fault> {
        let by_code = code.map(|code| self.by_code(code)).transpose()?.flatten();
        let named = name.map_or(&[][..], |name| self.names.named(&name.text));
        match (by_code, named) {
            (Some(at), hits) if hits.is_empty() || hits.contains(&at) => Ok(at),
            (Some(at), hits) => Err(self.contradiction(at, hits)),
            (None, [at]) => Ok(*at),
            (None, []) => match name.and_then(|name| self.names.coded_name(&name.text)) {
                Some(at) if code.is_none() => Ok(at),
                _ => Err(self.unknown(code, name)),
            },
            (None, several) => {
                let message = format!("More than one indicator has this name: {}.", self.names.listed(several));
                Err(Fault {
                    suggestion: Some("Write the indicator's ref beside it.".into()),
                    in_name: true,
                    ..Fault::new("IND-002", message)
                })
            }
        }
    }

    fn by_code(&self, code: &Text) -> Result<Option<usize>, Fault> {
        let fits = match code.kind {
            TextKind::Date => {
                let fault = Fault::new("IND-007", "This ref is a date: Excel makes one out of refs such as 1-2.");
                return Err(Fault { suggestion: Some("Format the cell as text and type the ref again.".into()), ..fault });
            }
            TextKind::Number => return self.by_number(&code.text),
            TextKind::Text => self.names.find(&code.text),
        };
        match fits {
            [] => Ok(None),
            [at] => Ok(Some(*at)),
            several => {
                let message = format!("More than one indicator is written like this: {}.", self.names.listed(several));
                Err(Fault { suggestion: Some("Write the ref exactly as the framework has it.".into()), ..Fault::new("IND-002", message) })
            }
        }
    }

    /// Excel makes 1.1 of 1.10 and 7 of 007, so a number is every code it may have been.
    fn by_number(&self, text: &str) -> Result<Option<usize>, Fault> {
        let number = text.trim().parse::<Decimal>().map(|n| n.normalize());
        let mut fits: Vec<usize> = number.ok().and_then(|n| self.names.numbers.get(&n)).cloned().unwrap_or_default();
        fits.extend_from_slice(self.names.find(text));
        fits.sort_unstable();
        fits.dedup();
        match fits.as_slice() {
            [at] => Ok(Some(*at)),
            several => {
                let message = match several {
                    [] => "This ref is a number, and no indicator's ref could have become it.".to_owned(),
                    several => format!("This ref is a number and may have been {}.", self.names.listed(several)),
                };
                Err(Fault { suggestion: Some("Format the cell as text and type the ref again.".into()), ..Fault::new("IND-006", message) })
            }
        }
    }

    fn contradiction(&self, by_code: usize, by_name: &[usize]) -> Fault {
        let code = self.names.listed(&[by_code]);
        let message = format!("The ref is that of {code}, the name that of {}.", self.names.listed(by_name));
        Fault { suggestion: Some("Correct whichever is wrong.".into()), ..Fault::new("IND-003", message) }
    }

    fn unknown(&mut self, code: Option<&Text>, name: Option<&Text>) -> Fault {
        let Some(written) = code.or(name) else {
            return Fault::new("IND-008", "This row has a figure and neither a ref nor a name.");
        };
        let mut fault = Fault::new("IND-001", format!("No indicator is called \u{201c}{}\u{201d}.", cut(&written.text)));
        self.suggested_for += 1;
        if self.suggested_for <= SUGGESTED_FOR_MAX {
            let near = self.names.near(code.map(|t| t.text.as_str()), name.map(|t| t.text.as_str()));
            let named = near.iter().map(|c| format!("{} ({})", c.code, c.titles.last().map_or("", String::as_str)));
            let named: Vec<String> = named.collect();
            if !named.is_empty() {
                fault.suggestion = Some(format!("Did you mean {}?", named.join(" or ")));
            }
        }
        fault
    }
}

fn put<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let places = map.entry(key).or_default();
    if places.last() != Some(&at) {
        places.push(at);
    }
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A code without case, spaces, dashes and dots, and without the zeros a number in it starts with.
fn loose(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut chars = text.chars().flat_map(char::to_lowercase).filter(|c| !is_joint(*c)).peekable();
    let mut in_number = false;
    while let Some(c) = chars.next() {
        let leading_zero = c == '0' && !in_number && chars.peek().is_some_and(char::is_ascii_digit);
        in_number = c.is_ascii_digit() && (in_number || !leading_zero);
        if !leading_zero {
            key.push(c);
        }
    }
    key
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// A name without case, punctuation and doubled spaces.
fn words(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The number of letters two codes differ by (Levenshtein), none past [`DISTANCE_MAX`].
fn distance(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    if a.len().abs_diff(b.len()) > DISTANCE_MAX {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    // A code of two letters is no nearer to another of two than to any: at least half must be the same.
    row.last().copied().filter(|d| *d <= DISTANCE_MAX && d * 2 <= a.len().min(b.len()))
}

fn trigrams(text: &str) -> Vec<[char; 3]> {
    let padded: Vec<char> = format!("  {} ", words(text)).chars().take(200).collect();
    let mut pieces: Vec<[char; 3]> = padded.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// How unlike two names are, in hundredths; none when they are not near. Both are sorted.
fn unlikeness(a: &[[char; 3]], b: &[[char; 3]]) -> Option<usize> {
    let shared = a.iter().filter(|piece| b.binary_search(piece).is_ok()).count();
    let all = a.len() + b.len() - shared;
    let likeness = (shared * 100).checked_div(all)?;
    (likeness >= LIKENESS_MIN).then(|| 100 - likeness)
}

fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let candidate = |code: &str, aliases: &[&str], title: &str| Candidate {
            code: code.into(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            titles: vec![title.into()],
        };
        Names::new(vec![
            candidate("PI22", &["NI 195"], "Streets at an acceptable standard"),
            candidate("PI13", &[], "Major applications decided in time"),
            candidate("PI14", &[], "Minor applications decided in time"),
            candidate("1.1", &[], "Staff turnover"),
            candidate("1.10", &[], "Sickness absence"),
            candidate("007", &[], "Secrets kept"),
            candidate("A1", &[], "Twice"),
            candidate("A2", &[], "Twice"),
        ])
    }

    fn text(text: &str, kind: TextKind) -> Text {
        Text { text: text.into(), cell: "A5".into(), kind }
    }

    fn find(code: Option<(&str, TextKind)>, name: Option<&str>) -> Result<String, (&'static str, String)> {
        let names = names();
        let row =
            ValueRow { code: code.map(|(c, kind)| text(c, kind)), name: name.map(|n| text(n, TextKind::Text)), ..ValueRow::default() };
        let found = Matcher::new(&names).find(&row);
        found.map(|at| names.candidates[at].code.clone()).map_err(|fault| (fault.code, fault.suggestion.unwrap_or_default()))
    }

    #[test]
    fn a_code_is_found_however_it_is_spaced_and_cased() {
        for written in ["PI22", "pi22", "PI 22", "PI-22", "P.I.22", "PI022", " pi \u{2013} 22 "] {
            assert_eq!(find(Some((written, TextKind::Text)), None).unwrap(), "PI22", "{written}");
        }
        assert_eq!(find(Some(("NI195", TextKind::Text)), None).unwrap(), "PI22");
        assert_eq!(find(None, Some("streets  at an ACCEPTABLE standard")).unwrap(), "PI22");
        assert_eq!(find(Some(("unheard of", TextKind::Text)), Some("Staff turnover")).unwrap(), "1.1");
    }

    #[test]
    fn a_code_written_exactly_wins_over_one_written_alike() {
        assert_eq!(find(Some(("1.1", TextKind::Text)), None).unwrap(), "1.1");
        assert_eq!(find(Some(("1.10", TextKind::Text)), None).unwrap(), "1.10");
        assert_eq!(find(Some(("11", TextKind::Text)), None).unwrap(), "1.1");
    }

    #[test]
    fn codes_that_excel_changed_are_taken_only_when_one_fits() {
        assert_eq!(find(Some(("7", TextKind::Number)), None).unwrap(), "007");
        assert_eq!(find(Some(("1.1", TextKind::Number)), None).unwrap_err().0, "IND-006");
        assert_eq!(find(Some(("999", TextKind::Number)), None).unwrap_err().0, "IND-006");
        assert_eq!(find(Some(("01/02/2024", TextKind::Date)), None).unwrap_err().0, "IND-007");
    }

    #[test]
    fn a_near_code_or_name_is_offered_and_never_taken() {
        assert_eq!(
            find(Some(("P122", TextKind::Text)), Some("Potholes mended")).unwrap_err(),
            ("IND-001", "Did you mean PI22 (Streets at an acceptable standard)?".to_owned())
        );
        assert_eq!(
            find(None, Some("Major applications decided on time")).unwrap_err(),
            ("IND-001", "Did you mean PI13 (Major applications decided in time) or PI14 (Minor applications decided in time)?".to_owned())
        );
        assert_eq!(find(Some(("ZZZZZZ", TextKind::Text)), None).unwrap_err(), ("IND-001", String::new()));
    }

    #[test]
    fn a_code_may_stand_where_the_name_is_asked_for() {
        for (name, expected) in [("PI22", "PI22"), ("pi22", "PI22"), ("PI22 - Streets at an acceptable standard", "PI22")] {
            assert_eq!(find(None, Some(name)).unwrap(), expected, "{name}");
        }
        for name in ["PI22 - Something else", "PI 99", "PI22 and PI13"] {
            assert_eq!(find(None, Some(name)).unwrap_err().0, "IND-001", "{name}");
        }
    }

    #[test]
    fn contradictions_and_names_borne_twice_are_refused() {
        assert_eq!(find(Some(("PI13", TextKind::Text)), Some("Minor applications decided in time")).unwrap_err().0, "IND-003");
        assert_eq!(find(None, Some("Twice")).unwrap_err().0, "IND-002");
        assert_eq!(find(Some(("A2", TextKind::Text)), Some("Twice")).unwrap(), "A2");
        assert_eq!(find(None, None).unwrap_err().0, "IND-008");
    }
}
