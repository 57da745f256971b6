//! Which of several words is nearest to one, for suggestions only: nothing is ever read by likeness.

/// How unlike two texts are, in hundredths of the pieces of three letters they do not share: 0 is the same.
pub(super) fn unlike(one: &str, other: &str) -> usize {
    let (one, other) = (pieces(one), pieces(other));
    let shared = one.iter().filter(|piece| other.binary_search(piece).is_ok()).count();
    let all = one.len() + other.len() - shared;
    100 - (shared * 100).checked_div(all).unwrap_or(100)
}

/// The nearest of several texts, the likest first, at most `most`; those that share little are not near.
pub(super) fn nearest<'a>(text: &str, among: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let key = super::spelled::heading_key(text);
    let mut near: Vec<(usize, &str)> = among.map(|other| (unlike(&key, &super::spelled::heading_key(other)), other)).collect();
    near.retain(|(unlike, _)| *unlike <= 70);
    near.sort();
    near.dedup();
    near.into_iter().take(most).map(|(_, other)| other).collect()
}

/// The pieces of three letters a text is made of, sorted; long texts by their beginning.
fn pieces(text: &str) -> Vec<[char; 3]> {
    let padded: Vec<char> =
        ['\u{1}', '\u{1}'].into_iter().chain(text.chars().flat_map(char::to_lowercase).take(200)).chain(['\u{1}']).collect();
    let mut pieces: Vec<[char; 3]> = padded.windows(3).filter_map(|w| if let [a, b, c] = w { Some([*a, *b, *c]) } else { None }).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}
