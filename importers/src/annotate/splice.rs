//! Changing a text in places, leaving the rest of it as it is.

use std::ops::Range;

/// Changes to a text, each where it belongs, in order of place.
#[derive(Default)]
pub(super) struct Splices {
    changes: Vec<(Range<usize>, String)>,
}

impl Splices {
    pub fn insert(&mut self, at: usize, text: String) {
        self.replace(at..at, text);
    }

    pub fn replace(&mut self, range: Range<usize>, text: String) {
        self.changes.push((range, text));
    }

    /// The text with the changes in it; none when they do not fit it.
    pub fn applied(mut self, text: &str) -> Option<String> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let grown: usize = self.changes.iter().map(|(_, text)| text.len()).sum();
        let mut out = String::with_capacity(text.len() + grown);
        let mut done = 0;
        for (range, change) in self.changes {
            out.push_str(text.get(done..range.start)?);
            out.push_str(&change);
            done = range.end;
        }
        out.push_str(text.get(done..)?);
        Some(out)
    }
}

/// The text of a start tag with an attribute set.
pub(super) fn with_attribute(tag: &str, name: &str, value: &str) -> Option<String> {
    for quote in ['"', '\''] {
        let opened = format!("{name}={quote}");
        let found = tag.match_indices(&opened).find(|(at, _)| tag[..*at].ends_with(char::is_whitespace));
        if let Some((at, _)) = found {
            let from = at + opened.len();
            let until = from + tag.get(from..)?.find(quote)?;
            return Some(format!("{}{value}{}", tag.get(..from)?, tag.get(until..)?));
        }
    }
    let name_ends = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))?;
    Some(format!("{} {name}=\"{value}\"{}", tag.get(..name_ends)?, tag.get(name_ends..)?))
}

/// Text as it stands in XML, without what XML cannot hold.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// `x:` of `x:sheetData`.
pub(super) fn prefix(name: &str) -> &str {
    name.rfind(':').map_or("", |at| &name[..=at])
}
