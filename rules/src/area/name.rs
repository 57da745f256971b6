//! Names of places as they are compared, and which is nearest to a misspelt one. For comparing and suggesting only:
//! what is shown stays as it was written, and nothing is ever read by likeness.

/// How much of a text is looked at: no place has a longer name, and a cell can hold 32,767 characters.
const CHARACTERS_MAX: usize = 120;

/// What stands before a council's name and is no part of it, longest first.
const BEFORE: [&str; 17] = [
    "council of the city of",
    "metropolitan borough of",
    "metropolitan district of",
    "royal borough of",
    "london borough of",
    "county borough of",
    "borough council of",
    "city and county of",
    "city and borough of",
    "council of",
    "borough of",
    "county of",
    "city of",
    "lb of",
    "rb of",
    "lb",
    "rb",
];

/// What stands behind it.
const BEHIND: [&str; 34] = [
    "city and county of",
    "royal borough of",
    "london borough of",
    "metropolitan borough of",
    "borough of",
    "county of",
    "city of",
    "unitary authority",
    "metropolitan borough",
    "metropolitan district",
    "london borough",
    "county borough",
    "corporation",
    "council",
    "borough",
    "district",
    "unitary",
    "county",
    "city",
    "lbc",
    "mbc",
    "mdc",
    "cbc",
    "ua",
    "cc",
    "bc",
    "dc",
    "lb",
    "rb",
    "mb",
    "md",
    "bd",
    "cd",
    "la",
];

/// A place's name as it is compared: spellings of one council give one key, and where names are alike (a county and
/// its city) several places have it.
///
/// Case, spaces, punctuation, `&`, `Saint` and what kind of council it is make no difference: `City of Nottingham UA`,
/// `Nottingham City Council` and `NOTTINGHAM ` are all `nottingham`. Former and misspelt names are not mended. The
/// City of London keeps its `city of`: London is a region. Of a longer text the first 120 characters are taken.
#[must_use]
pub fn place_key(name: &str) -> String {
    let name: String = name.trim().chars().take(CHARACTERS_MAX).collect();
    let mut plain = String::with_capacity(name.len());
    for c in without_remark(&name).chars() {
        match c {
            '&' => plain.push_str(" and "),
            '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}' | '*' => {}
            c if c.is_alphanumeric() => plain.extend(c.to_lowercase()),
            _ => plain.push(' '),
        }
    }
    let words = plain.split_whitespace().filter(|word| *word != "the").map(|word| if word == "saint" { "st" } else { word });
    let whole = words.collect::<Vec<_>>().join(" ");
    let mut key = whole.as_str();
    // `Bristol, City of a`: a note's letter behind.
    if let Some(rest) = key.rsplit_once(' ').filter(|(rest, last)| last.len() == 1 && rest.ends_with(" of")) {
        key = rest.0;
    }
    while let Some(shorter) = shorter(key) {
        key = shorter;
    }
    match key {
        "london" if whole.contains("city") => "city of london".to_owned(),
        "county durham" => "durham".to_owned(),
        key => key.to_owned(),
    }
}

/// Without a mark in brackets at the end, of one letter or a word of the council's kind: `Havant (e)`, `Derby (UA)`.
fn without_remark(name: &str) -> &str {
    let name = name.trim();
    let remark = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match remark {
        Some((rest, inside)) if inside.chars().count() <= 1 || BEHIND.contains(&inside.to_ascii_lowercase().as_str()) => rest.trim_end(),
        _ => name,
    }
}

/// One word of what kind of council it is less, as long as a name is left.
fn shorter(key: &str) -> Option<&str> {
    let before = BEFORE.iter().find_map(|words| key.strip_prefix(words)?.strip_prefix(' '));
    before.or_else(|| BEHIND.iter().find_map(|words| key.strip_suffix(words)?.strip_suffix(' '))).filter(|rest| !rest.is_empty())
}

/// The pieces of three letters a key is made of, sorted.
pub(super) fn pieces(key: &str) -> Vec<[char; 3]> {
    let padded: Vec<char> = ['\u{1}', '\u{1}'].into_iter().chain(key.chars().take(CHARACTERS_MAX)).chain(['\u{1}']).collect();
    let mut pieces: Vec<[char; 3]> = padded.windows(3).filter_map(|three| three.try_into().ok()).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// How unlike two keys are by their pieces, in hundredths: 0 is the same, 100 shares nothing.
pub(super) fn unlike(one: &[[char; 3]], other: &[[char; 3]]) -> usize {
    let shared = one.iter().filter(|piece| other.binary_search(piece).is_ok()).count();
    let all = one.len() + other.len() - shared;
    100 - (shared * 100).checked_div(all).unwrap_or(100)
}

/// How many slips of the hand lie between two codes: a character put, left out, changed, or two changed about.
/// Optimal string alignment; codes are nine characters, so that this is some eighty steps.
pub(super) fn slips(one: &[u8], other: &[u8]) -> usize {
    let mut before: Vec<usize> = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut now = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, j) + usize::from(a != b)).min(at(&last, j + 1) + 1).min(at(&now, j) + 1);
            let changed_about = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if changed_about {
                least = least.min(at(&before, j - 1) + 1);
            }
            now.push(least);
        }
        before = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or_default()
}
