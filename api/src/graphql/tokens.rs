//! What a document is made of, looked at before it is parsed: the parser goes as deep as the brackets do, so brackets are
//! counted first, in one pass that needs no memory.

use crate::bounds::{Limit, Limits};

/// Refuses a document of too many bytes, tokens, brackets inside one another, or directives.
pub fn check(text: &str, limits: &Limits) -> Result<(), Limit> {
    if text.len() > limits.count(Limit::DocumentBytes) {
        return Err(Limit::DocumentBytes);
    }
    let (tokens_max, nesting_max, directives_max) =
        (limits.count(Limit::Tokens), limits.count(Limit::Nesting), limits.count(Limit::Directives));
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut nesting, mut directives) = (0, 0_usize, 0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        let ends = match byte {
            // Commas are blanks, and so is the byte order mark (and any other character that no token begins with).
            b' ' | b'\t' | b'\n' | b'\r' | b',' | 0x80.. => {
                at += 1;
                continue;
            }
            b'#' => {
                at = end_of_line(bytes, at);
                continue;
            }
            b'{' | b'(' | b'[' => {
                nesting += 1;
                at + 1
            }
            b'}' | b')' | b']' => {
                nesting = nesting.saturating_sub(1);
                at + 1
            }
            b'@' => {
                directives += 1;
                at + 1
            }
            b'"' => end_of_string(bytes, at),
            _ if is_word(*byte) => at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count(),
            _ => at + 1,
        };
        at = ends;
        tokens += 1;
        if tokens > tokens_max {
            return Err(Limit::Tokens);
        }
        if nesting > nesting_max {
            return Err(Limit::Nesting);
        }
        if directives > directives_max {
            return Err(Limit::Directives);
        }
    }
    Ok(())
}

/// Names and numbers.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |length| from + length)
}

/// Behind a string's closing quotes. One that is not closed ends with its line, as the parser will say.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    if bytes[from..].starts_with(b"\"\"\"") {
        let mut at = from + 3;
        while at < bytes.len() {
            match &bytes[at..] {
                [b'\\', b'"', b'"', b'"', ..] => at += 4,
                [b'"', b'"', b'"', ..] => return at + 3,
                _ => at += 1,
            }
        }
        return at;
    }
    let mut at = from + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(setting: &str) -> Limits {
        Limits::of(&[setting.parse().unwrap()])
    }

    /// How many tokens a text has: the least limit it passes.
    fn count(text: &str) -> u64 {
        let passes = |n: &u64| {
            let mut limits = Limits::default();
            limits.set_for_test(Limit::Tokens, *n);
            check(text, &limits).is_ok()
        };
        (0..100).find(passes).unwrap()
    }

    #[test]
    fn tokens_are_counted_as_the_language_has_them() {
        assert_eq!(count("{ a }"), 3);
        // query Q ( $ a : Int = -1 ) {
        assert_eq!(count("query Q($a: Int = -1) { # (((("), 11);
        // b ( c : "…" d : """…""" ) } and each dot of a spread.
        assert_eq!(count("b(c: \"x y { (\\\" [\", d: \"\"\" \\\"\"\" { \"\"\") ...F }"), 14);
    }

    #[test]
    fn brackets_in_strings_and_comments_are_none() {
        let limits = with("nesting=20");
        let deep = "[".repeat(21);
        assert_eq!(check(&format!("{{ a(b: {deep}"), &limits), Err(Limit::Nesting));
        assert_eq!(check(&format!("{{ a(b: \"{deep}\") }}"), &limits), Ok(()));
        assert_eq!(check(&format!("{{ a(b: \"\"\"{deep}\n\"\"\") }}"), &limits), Ok(()));
        assert_eq!(check(&format!("#{deep}\n{{ a }}"), &limits), Ok(()));
        // What only looks like a string is none.
        assert_eq!(check(&format!("{{ a(b: \"x\n {deep}"), &limits), Err(Limit::Nesting));
        assert_eq!(check(&format!("{{ a(b: \"\" {deep}"), &limits), Err(Limit::Nesting));
    }

    #[test]
    fn a_long_text_is_for_a_variable() {
        let long = |n: usize| format!("{{ a(b: \"{}\") }}", "x".repeat(n));
        assert_eq!(check(&long(131_000), &Limits::default()), Ok(()));
        assert_eq!(check(&long(131_072), &Limits::default()), Err(Limit::DocumentBytes));
    }

    #[test]
    fn brackets_side_by_side_are_not_deep() {
        assert_eq!(check(&"{ a { b } c(d: [1]) }".repeat(500), &with("nesting=20")), Ok(()));
    }

    #[test]
    fn whatever_the_text_it_ends() {
        for text in ["\"", "\"\\", "\"\"\"", "\"\"\"\\\"\"", "#", "é{", "\u{feff}{ a }", "{\0}"] {
            assert_eq!(check(text, &Limits::default()), Ok(()), "{text:?}");
        }
    }

    #[test]
    fn directives_are_counted_over_the_document() {
        assert_eq!(check(&"a @include(if: true) ".repeat(201), &Limits::default()), Err(Limit::Directives));
    }
}
