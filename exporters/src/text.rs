//! Text made fit for a cell, and how much room it takes on paper.
//!
//! Spreadsheet programs fit rows only when a person opens the file, and some converters never do, so heights are
//! worked out here from the shapes of Arial's letters.

/// Most characters a cell takes.
pub(crate) const CELL_CHARS_MAX: usize = 32_767;

/// What XML, a cell and a screen reader can hold: no control characters, no space at either end, line breaks as
/// line feeds, never three in a row, and no more than a cell takes.
pub(crate) fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            '\t' | '\u{a0}' => ' ',
            c if c.is_control() && c != '\n' => continue,
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => continue,
            c => c,
        };
        breaks = if c == '\n' { breaks + 1 } else { 0 };
        if breaks <= 2 {
            out.push(c);
        }
    }
    let mut trimmed = out.trim().to_owned();
    // The limit is counted in UTF-16 units by some programs and in characters by others: the smaller holds for both.
    if trimmed.encode_utf16().count() > CELL_CHARS_MAX {
        trimmed = cut(&trimmed, CELL_CHARS_MAX / 2);
    }
    trimmed
}

/// Whether nothing needs to be done, as is so of most texts: told from their bytes alone.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let space = |byte: Option<&u8>| byte.is_some_and(|byte| *byte == b' ');
    bytes.len() <= CELL_CHARS_MAX && !space(bytes.first()) && !space(bytes.last()) && bytes.iter().all(|byte| (0x20..0x7f).contains(byte))
}

/// Text for a cell of a table, where a dash, a dot or `n/a` would be a symbol standing for something: those are no text.
pub(crate) fn said(text: Option<&str>) -> Option<String> {
    let text = clean(text?);
    let plain = text.to_lowercase();
    let empty = matches!(plain.as_str(), "n/a" | "na" | "n.a." | "n.a" | "nil" | "null" | "none" | "tbc" | "tba" | "#n/a");
    (!empty && text.chars().any(char::is_alphanumeric)).then_some(text)
}

/// At most `most` characters, the last of them an ellipsis when something was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A title for the document: a dash between spaces reads as a file name, so it becomes a comma.
pub(crate) fn title(text: &str) -> String {
    let mut out = clean(text).replace(['\n', '_'], " ");
    for dash in [" - ", " – ", " — "] {
        out = out.replace(dash, ", ");
    }
    out
}

/// A sentence with a full stop.
pub(crate) fn ended(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// The first letter made a capital.
pub(crate) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// What programs add to the letters' own widths when they fit them to a screen, found by looking.
const SLACK: f64 = 1.03;

/// Width of one character of Arial as a part of its size.
fn em(c: char) -> f64 {
    ASCII.get(c as usize).copied().unwrap_or_else(|| shape(c))
}

/// The same of those most texts are made of.
const ASCII: [f64; 128] = {
    let mut widths = [0.0; 128];
    let mut at = 0;
    while at < widths.len() {
        widths[at] = shape(at as u8 as char);
        at += 1;
    }
    widths
};

const fn shape(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '’' | '‘' => 0.222,
        ' ' | 'f' | 't' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' | '[' | ']' => 0.278,
        'r' | '(' | ')' | '-' | '"' | '“' | '”' => 0.34,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 0.5,
        'm' | 'M' => 0.833,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 0.722,
        'G' | 'O' | 'Q' => 0.778,
        'W' | '@' | '…' | '—' => 1.0,
        '%' => 0.889,
        'A' | 'B' | 'E' | 'F' | 'K' | 'P' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' | '&' => 0.667,
        c if c.is_ascii() => 0.556,
        c if (c as u32) < 0x2000 => 0.6,
        _ => 1.0,
    }
}

/// Width in pixels of text set in Arial of `points`.
pub(crate) fn pixels(text: &str, points: f64, bold: bool) -> f64 {
    let scale = points * 4.0 / 3.0 * SLACK * if bold { 1.08 } else { 1.0 };
    text.chars().map(em).sum::<f64>() * scale
}

/// Width in pixels of the longest run that cannot be broken.
pub(crate) fn longest_word(text: &str, points: f64, bold: bool) -> f64 {
    text.split([' ', '\n', '-', '/']).map(|word| pixels(word, points, bold)).fold(0.0, f64::max)
}

/// Where lines begin (byte offsets) when text is wrapped into `room` pixels. At least one line.
pub(crate) fn lines(text: &str, room: f64, points: f64, bold: bool) -> Vec<usize> {
    let mut starts = vec![0];
    wrap(text, room, points, bold, |start| starts.push(start));
    starts
}

/// How many lines text is wrapped into.
pub(crate) fn line_count(text: &str, room: f64, points: f64, bold: bool) -> usize {
    let mut count = 1;
    wrap(text, room, points, bold, |_| count += 1);
    count
}

fn wrap(text: &str, room: f64, points: f64, bold: bool, mut begins: impl FnMut(usize)) {
    let scale = points * 4.0 / 3.0 * SLACK * if bold { 1.08 } else { 1.0 };
    let room = room.max(points * 2.0);
    let (mut used, mut since_break, mut break_at) = (0.0, 0.0, None);
    for (at, c) in text.char_indices() {
        if c == '\n' {
            begins(at + 1);
            (used, since_break, break_at) = (0.0, 0.0, None);
            continue;
        }
        let wide = em(c) * scale;
        if used + wide > room && c != ' ' {
            match break_at {
                Some(start) => {
                    begins(start);
                    used = since_break;
                }
                None => {
                    begins(at);
                    used = 0.0;
                }
            }
            break_at = None;
        }
        used += wide;
        since_break += wide;
        if matches!(c, ' ' | '-' | '/') {
            break_at = Some(at + c.len_utf8());
            since_break = 0.0;
        }
    }
}

/// A file name: lower case, words joined by dashes, at most 60 characters with `.xlsx`.
pub(crate) fn file_name(what: &str, council: &str, period: &str) -> String {
    let (what, council, period) = (dashed(what), dashed(council), dashed(period));
    // The period tells packs apart, so it is the council's name that is cut.
    let room = 55_usize.saturating_sub(what.len() + period.len() + 2);
    let mut place: &str = council.get(..room).unwrap_or(&council);
    if place.len() < council.len() && !council[place.len()..].starts_with('-') {
        place = place.rsplit_once('-').map_or(place, |(whole_words, _)| whole_words);
    }
    let parts = [what.as_str(), place.trim_matches('-'), period.as_str()];
    let whole = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join("-");
    let short: String = whole.chars().take(55).collect();
    format!("{}.xlsx", short.trim_matches('-'))
}

fn dashed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = unaccented(c);
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// The letter under an accent of Welsh, Gaelic or Cornish: a file's name keeps the letter.
const fn unaccented(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ẁ' | 'ẃ' | 'ŵ' | 'ẅ' => 'w',
        'ỳ' | 'ý' | 'ŷ' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_stray_spaces_do_not_reach_a_cell() {
        assert_eq!(clean("  one\u{1}\u{b} two\r\nthree\t\u{ffff} \n\n\n\nfour "), "one two\nthree  \n\nfour");
    }

    #[test]
    fn a_symbol_in_place_of_words_is_no_text() {
        assert_eq!(said(Some(" - ")), None);
        assert_eq!(said(Some("N/A")), None);
        assert_eq!(said(Some("None of the crews were short")), Some("None of the crews were short".to_owned()));
    }

    #[test]
    fn lines_break_at_spaces_and_at_line_feeds() {
        // Arial 12: "aaaa" is 4 x 0.556 x 16 = 35.6 pixels and a space 4.4, and three in a hundred more.
        assert_eq!(lines("aaaa aaaa aaaa", 80.0, 12.0, false), vec![0, 10]);
        assert_eq!(lines("aaaa\naaaa", 80.0, 12.0, false), vec![0, 5]);
        assert_eq!(lines("aaaaaaaaaaaaaaaaaaaa", 80.0, 12.0, false).len(), 3);
    }

    #[test]
    fn a_file_name_keeps_its_period_and_sixty_characters() {
        assert_eq!(
            file_name("performance pack", "Exampleshire", "July to September 2023"),
            "performance-pack-exampleshire-july-to-september-2023.xlsx"
        );
        let long = file_name("performance pack", "Bournemouth, Christchurch and Poole Council", "July to September 2023");
        assert!(long.len() <= 60 && long.ends_with("july-to-september-2023.xlsx"), "{long}");
    }
}
