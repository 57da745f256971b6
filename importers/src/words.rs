//! Words that mean the same though they are written differently: labels with note marks, and names of councils.
//! For comparing only, [`tidied`] excepted. What is shown and what is stored stays as the sender wrote it.

/// Words that are counted: the digit after them belongs to them (`Stage2`), and is no note mark.
const COUNTED: [&str; 32] = [
    "area", "band", "block", "category", "class", "cluster", "cohort", "column", "covid", "form", "grade", "group", "level", "line",
    "month", "option", "over", "part", "period", "phase", "quarter", "round", "sheet", "stage", "step", "table", "tier", "type", "under",
    "ward", "week", "year",
];

/// The fewest letters of a word that a digit glued to it can be a note of: codes are shorter.
const NOTED_LETTERS_MIN: usize = 4;

/// Text without spaces and invisible characters at its ends, every inner run of spaces as one, line breaks kept: as the text
/// of a cell is read, for words that come another way.
#[must_use]
pub fn tidied(text: &str) -> String {
    crate::sheet::tidy(text)
}

/// Takes note marks off a label: the label without them, and the marks in order.
///
/// `Other violence or harrassment6` gives `("Other violence or harrassment", ["6"])`, `Total initial assessments1,2,6`
/// gives three marks, and `[note 3]`, `¹` and `*` are marks too. Codes (`PM2`, `ASC1`, `KPI12`), numbers that stand by
/// themselves (`Category 1`) and counted words (`Stage2`) stay as they are. For comparing words, never for codes.
#[must_use]
pub fn without_note_marks(label: &str) -> (String, Vec<String>) {
    let (mut out, mut marks) = (String::with_capacity(label.len()), Vec::new());
    let (mut rest, mut word_start) = (label, 0_usize);
    while let Some(c) = rest.chars().next() {
        let word = out.get(word_start..).unwrap_or_default();
        if let Some((found, taken)) = bracketed_note(rest).or_else(|| raised(rest, word)).or_else(|| glued(rest, word)) {
            marks.extend(found);
            out.truncate(out.trim_end().len());
            rest = rest.get(taken..).unwrap_or_default();
            continue;
        }
        if !c.is_alphanumeric() {
            word_start = out.len() + c.len_utf8();
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    let trimmed = out.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '†' | '‡'));
    marks.extend(out.get(trimmed.len()..).into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace()).map(String::from));
    (trimmed.trim_start().to_owned(), marks)
}

/// Marks at the start of a text, and how many bytes they take.
type Found = Option<(Vec<String>, usize)>;

/// `[note 3]`, `[1]`.
fn bracketed_note(text: &str) -> Found {
    let (inside, _) = text.strip_prefix('[')?.split_once(']').filter(|(inside, _)| inside.len() <= 20)?;
    let lower = inside.trim().to_ascii_lowercase();
    let number = lower.strip_prefix("notes").or_else(|| lower.strip_prefix("note")).unwrap_or(&lower).trim();
    let is_note =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-'));
    is_note.then(|| (vec![number.to_owned()], inside.len() + 2))
}

/// Raised digits behind anything but a unit: `m²` is one.
fn raised(text: &str, word: &str) -> Found {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|known| known == c);
    let end = text.find(|c: char| digit(c).is_none()).unwrap_or(text.len());
    let digits: String = text.get(..end)?.chars().filter_map(digit).map(|digit| digit.to_string()).collect();
    (!digits.is_empty() && !matches!(word, "m" | "km" | "cm" | "ft")).then(|| (vec![digits], end))
}

/// Plain digits glued to a word.
fn glued(text: &str, word: &str) -> Found {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let numbers = text.get(..end)?.trim_end_matches(',');
    let fit = !numbers.is_empty() && numbers.split(',').all(|number| matches!(number.len(), 1 | 2) && !number.starts_with('0'));
    if !fit || !takes_notes(word) {
        return None;
    }
    // `2b`, `1.5` and `10-11` go on: those are no notes.
    let behind = text.get(numbers.len()..)?;
    let goes_on = behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '%'));
    (!goes_on || ends_sentence(behind)).then(|| (numbers.split(',').map(str::to_owned).collect(), numbers.len()))
}

/// A stop or a dash with nothing glued behind it.
fn ends_sentence(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('.' | '-')) && chars.next().is_none_or(char::is_whitespace)
}

/// Whether a word is one of the language, whose last letters are small, and not one that is counted.
fn takes_notes(word: &str) -> bool {
    let letters = word.chars().count();
    let small = word.chars().rev().take(3).filter(|c| c.is_lowercase()).count() == 3;
    let shouted = word.chars().nth(1).is_some_and(char::is_uppercase);
    let counted = COUNTED.iter().any(|known| known.eq_ignore_ascii_case(word)) && word.starts_with(char::is_uppercase);
    let never = ["covid", "under", "over"].iter().any(|known| known.eq_ignore_ascii_case(word));
    letters >= NOTED_LETTERS_MIN && small && !shouted && !counted && !never && word.chars().all(char::is_alphabetic)
}

/// A council's name as it is compared ([`rules::area::place_key`]), without the marks of notes that tables put behind names. Where
/// there is a code, compare codes.
#[must_use]
pub fn place_key(name: &str) -> String {
    rules::area::place_key(&without_note_marks(name).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_marks_glued_to_words_are_taken_off() {
        for (label, without, marks) in [
            ("Other violence or harrassment6", "Other violence or harrassment", &["6"][..]),
            ("Total initial assessments1,2,6", "Total initial assessments", &["1", "2", "6"]),
            ("Number of households\n in area5 (000s)", "Number of households\n in area (000s)", &["5"]),
            ("Homeless - \nRelief duty owed4", "Homeless - \nRelief duty owed", &["4"]),
            ("due to service of valid Section 21 Notice3", "due to service of valid Section 21 Notice", &["3"]),
            ("Support needs of households owed a duty7:", "Support needs of households owed a duty:", &["7"]),
            ("Recycled [note 3]", "Recycled", &["3"]),
            ("Recycled [1]", "Recycled", &["1"]),
            ("Recycled¹²", "Recycled", &["12"]),
            ("Recycled* ", "Recycled", &["*"]),
        ] {
            let marks: Vec<String> = marks.iter().map(|mark| (*mark).to_owned()).collect();
            assert_eq!(without_note_marks(label), (without.to_owned(), marks), "{label}");
        }
    }

    #[test]
    fn codes_and_numbers_that_mean_something_stay() {
        for label in [
            "PM2",
            "ASC1",
            "KPI12",
            "Category 1",
            "PM10",
            "B and C roads",
            "Stage2",
            "Level4",
            "Covid19",
            "COVID-19",
            "CO2",
            "m²",
            "Qtr1",
            "NI192",
            "Ni192",
            "Q1",
            "2023/24",
            "Band D",
            "Under16",
            "Table 2a",
            "Sheet1",
            "Year1",
            "Waste2010",
            "value2018_19",
            "homes2b",
            "Rate per 1,000",
            "[c]",
            "[x]",
            "(000s)",
            "",
        ] {
            assert_eq!(without_note_marks(label), (label.to_owned(), Vec::new()), "{label}");
        }
    }

    #[test]
    fn a_councils_name_is_compared_without_the_marks_of_notes() {
        for name in ["Nottingham", "City of Nottingham UA", "Nottingham3", "Nottingham [note 2]", "Nottingham\u{a0}UA"] {
            assert_eq!(place_key(name), "nottingham", "{name}");
        }
        assert_eq!(place_key("Bristol, City of a"), "bristol");
    }
}
