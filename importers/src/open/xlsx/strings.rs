//! The table of shared strings. Its `uniqueCount` is not believed: strings are counted as they come.

use std::sync::Arc;

use quick_xml::events::Event;

use super::super::package::{Package, Refusal};
use super::super::xml::Xml;

/// Every shared string at its own index, empty ones included.
pub(super) fn read(package: &mut Package<'_>, part: Option<String>) -> Result<Vec<Arc<str>>, Refusal> {
    let part = part.unwrap_or_else(|| "xl/sharedStrings.xml".to_owned());
    let Some(text) = package.text(&part)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text, &part);
    let mut strings = Vec::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(start) = event
            && start.local_name().as_ref() == "si"
        {
            strings.push(Arc::from(unescape(&xml.text(&["rPh", "phoneticPr"])?)));
        }
    }
    Ok(strings)
}

/// The first `most` characters.
pub(super) fn cut(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

/// Excel writes characters XML cannot hold as `_x000D_`.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.as_bytes().get(6) == Some(&b'_')).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some(c) = code.and_then(char::from_u32) {
            out.push(c);
            rest = &from[7..];
        } else {
            out.push_str("_x");
            rest = &from[2..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_given_back() {
        assert_eq!(unescape("a_x000D_b"), "a\rb");
        assert_eq!(unescape("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescape("max_x_value é_x"), "max_x_value é_x");
    }

    #[test]
    fn cutting_never_splits_a_character() {
        assert_eq!(cut("éé", 1), "é");
        assert_eq!(cut("éé", 9), "éé");
    }
}
