//! Separated text cut into fields: any of four separators, any line end, quotation marks with line ends inside.

/// How much of the text is looked at to find the separator, in bytes.
const SNIFF_BYTES: usize = 64 << 10;

/// How many rows of it.
const SNIFF_ROWS: usize = 50;

/// One field, with where it stands counted from 0. Blank lines count as rows, lines inside quotation marks do not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub row: u32,
    pub column: u32,
    pub text: String,
    /// The text ends before the quotation mark that would close this field.
    pub unclosed: bool,
}

/// The fields of a text, in order.
pub(super) struct Fields<'a> {
    rest: &'a str,
    separator: char,
    row: u32,
    column: u32,
}

impl<'a> Fields<'a> {
    pub fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, separator, row: 0, column: 0 }
    }

    /// Bytes that are not read yet.
    pub const fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next field; none at the end.
    pub fn next_field(&mut self) -> Option<Field> {
        if self.rest.is_empty() && self.column == 0 {
            return None;
        }
        let (row, column) = (self.row, self.column);
        let (mut text, mut unclosed) = (String::new(), false);
        if let Some(inside) = self.rest.strip_prefix('"') {
            self.rest = inside;
            unclosed = !self.quoted(&mut text);
        }
        let end = self.rest.find([self.separator, '\n', '\r']).unwrap_or(self.rest.len());
        let (bare, rest) = self.rest.split_at(end);
        text.push_str(bare);
        let after = rest.chars().next();
        self.rest = match after {
            Some('\r') => rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\r')).unwrap_or_default(),
            Some(c) => rest.get(c.len_utf8()..).unwrap_or_default(),
            None => "",
        };
        if after == Some(self.separator) {
            self.column = self.column.saturating_add(1);
        } else {
            (self.row, self.column) = (self.row.saturating_add(1), 0);
        }
        Some(Field { row, column, text, unclosed })
    }

    /// What stands between quotation marks, two for one inside. Whether they are closed.
    fn quoted(&mut self, text: &mut String) -> bool {
        loop {
            let Some((inside, rest)) = self.rest.split_once('"') else {
                text.push_str(std::mem::take(&mut self.rest));
                return false;
            };
            text.push_str(inside);
            match rest.strip_prefix('"') {
                Some(more) => {
                    text.push('"');
                    self.rest = more;
                }
                None => {
                    self.rest = rest;
                    return true;
                }
            }
        }
    }
}

/// The separator of a text, and the text without the line `sep=;` that some programs put first.
///
/// The separator is the one that cuts the first rows into the same number of fields most often.
pub(super) fn separator(text: &str) -> (char, &str) {
    const KNOWN: [char; 4] = [',', ';', '\t', '|'];
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    let said =
        first.trim_matches('"').strip_prefix("sep=").and_then(|said| said.chars().next().filter(|c| said.len() == 1 && KNOWN.contains(c)));
    if let Some(said) = said {
        return (said, rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])).unwrap_or(rest));
    }
    let head = text.get(..text.floor_char_boundary(SNIFF_BYTES)).unwrap_or(text);
    // The last of several that are as good is taken: the comma.
    let best = KNOWN.into_iter().rev().max_by_key(|separator| agreement(head, *separator));
    (best.unwrap_or(','), text)
}

/// How many rows agree on a number of fields over one, and on how many.
fn agreement(text: &str, separator: char) -> (usize, u32) {
    let mut fields = Fields::new(text, separator);
    let mut widths = vec![0_u32; SNIFF_ROWS];
    while let Some(field) = fields.next_field() {
        match widths.get_mut(field.row as usize) {
            Some(width) => *width = field.column,
            None => break,
        }
    }
    widths.retain(|width| *width > 0);
    widths.iter().map(|width| (widths.iter().filter(|other| *other == width).count(), *width)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
        let mut fields = Fields::new(text, separator);
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(field) = fields.next_field() {
            rows.resize(field.row as usize + 1, Vec::new());
            rows[field.row as usize].push(field.text);
        }
        rows
    }

    #[test]
    fn the_separator_is_found_by_what_the_rows_agree_on() {
        for (text, separator_of) in [
            ("a,b,c\n1,2,3\n", ','),
            ("a;b;c\n1,5;2,5;3\n", ';'),
            ("a\tb\n1,234\t2\n", '\t'),
            ("a|b\r1,234|2\r", '|'),
            ("\"one, two\";b\n\"x, y\nz\";2\n", ';'),
            ("only one column\n", ','),
            ("Title, with a comma\n\nRef;Period;Result\nA;B;1\nC;D;2\n", ';'),
            ("", ','),
        ] {
            assert_eq!(separator(text), (separator_of, text), "{text:?}");
        }
        assert_eq!(separator("sep=|\r\na|b,c\n"), ('|', "a|b,c\n"));
        assert_eq!(separator("sep=\n"), (',', "sep=\n"));
    }

    #[test]
    fn fields_are_what_a_spreadsheet_program_makes_of_them() {
        let one = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("a,b\nc,d", vec![one(&["a", "b"]), one(&["c", "d"])]),
            ("a,b\r\nc\rd,e,f\n", vec![one(&["a", "b"]), one(&["c"]), one(&["d", "e", "f"])]),
            ("\"x, \"\"y\"\"\nz\",2\n", vec![one(&["x, \"y\"\nz", "2"])]),
            ("6\" pipe,\"6\" pipe\n", vec![one(&["6\" pipe", "6 pipe"])]),
            (",,\n", vec![one(&["", "", ""])]),
            ("a,\n", vec![one(&["a", ""])]),
            ("a,", vec![one(&["a", ""])]),
            ("", vec![]),
            ("\n\na", vec![one(&[""]), one(&[""]), one(&["a"])]),
        ] {
            assert_eq!(rows(text, ','), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_noticed() {
        let mut fields = Fields::new("a,b\n\"c,d\ne,f\n", ',');
        let last = std::iter::from_fn(|| fields.next_field()).last().unwrap();
        assert_eq!(last, Field { row: 1, column: 0, text: "c,d\ne,f\n".to_owned(), unclosed: true });
        let mut fields = Fields::new("\"\"\"\",x", ',');
        assert_eq!(fields.next_field(), Some(Field { row: 0, column: 0, text: "\"".to_owned(), unclosed: false }));
    }
}
