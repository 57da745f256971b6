//! Cells, with the words they show.

use crate::area;
use crate::xml::Element;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number, a day among them.
    Number,
    /// True or false.
    Truth,
    /// An error such as `#DIV/0!`.
    Error,
    /// Nothing: a look alone.
    Nothing,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Row, from 1.
    pub row: u32,
    /// Column, from 1.
    pub column: u32,
    /// What it holds.
    pub kind: Kind,
    /// The words, or the number as it is stored.
    pub text: String,
    /// The number; 0 of all else.
    pub number: f64,
    /// Which of the workbook's looks it has.
    pub style: usize,
    /// The formula, where there is one.
    pub formula: Option<String>,
    /// `superscript` or `subscript`, where some of its letters are.
    pub(crate) raised: Option<String>,
}

impl Cell {
    /// Where it is: `B7`.
    #[must_use]
    pub fn at(&self) -> String {
        area::address(self.row, self.column)
    }

    /// Holds nothing, or spaces.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.kind == Kind::Nothing || (self.kind == Kind::Text && self.text.trim().is_empty())
    }

    /// Holds words.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.kind == Kind::Text
    }
}

/// The words of an entry of shared strings, and letters of it that are raised or lowered.
pub fn rich(entry: &Element) -> (String, Option<String>) {
    let (mut words, mut raised) = (String::new(), None);
    for child in &entry.children {
        match child.name.as_str() {
            "t" => words.push_str(&child.text),
            "r" => {
                words.push_str(child.child("t").map_or("", |t| &t.text));
                let align = child.child("rPr").and_then(|look| look.child("vertAlign")).and_then(|align| align.get("val"));
                if let Some(align @ ("superscript" | "subscript")) = align {
                    raised.get_or_insert_with(|| align.to_owned());
                }
            }
            _ => {}
        }
    }
    (words, raised)
}

/// A cell of a worksheet's part.
pub fn cell(element: &Element, row: u32, column: u32, strings: &[(String, Option<String>)]) -> Cell {
    let value = element.child("v").map(|v| v.text.as_str());
    let mut cell = Cell {
        row,
        column,
        kind: Kind::Text,
        text: value.unwrap_or_default().to_owned(),
        number: 0.0,
        style: element.number("s").unwrap_or(0),
        formula: element.child("f").map(|f| if f.text.is_empty() { "(shared)".to_owned() } else { f.text.clone() }),
        raised: None,
    };
    match element.get("t").unwrap_or("n") {
        "s" if value.is_some() => {
            (cell.text, cell.raised) = cell.text.parse().ok().and_then(|at: usize| strings.get(at).cloned()).unwrap_or_default();
        }
        "inlineStr" => (cell.text, cell.raised) = element.child("is").map(rich).unwrap_or_default(),
        "str" => {}
        "b" => cell.kind = Kind::Truth,
        "e" => cell.kind = Kind::Error,
        _ => match value.filter(|v| !v.is_empty()).map(|v| v.trim().parse()) {
            Some(Ok(number)) => (cell.kind, cell.number) = (Kind::Number, number),
            Some(Err(_)) => {}
            None => cell.kind = Kind::Nothing,
        },
    }
    cell
}
