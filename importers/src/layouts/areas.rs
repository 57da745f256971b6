//! Tables about many authorities: whose figures a row is about, and whether that is us.
//!
//! An authority is known by its statisticians' code, else by its name as [`place_key`] compares it. A row that is about
//! nobody in particular (a region, a nation, a total) is a subtotal.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::mapping::Own;
use crate::sheet::{Cell, Row, Value};
use crate::words::place_key;

/// How many authorities are remembered by name, to count them and to find the nearest.
const AUTHORITIES_MAX: usize = 2_000;

/// The columns that say whose figures a row is about.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Areas {
    /// Statisticians' codes: `E07000011`.
    pub code: Option<u32>,
    /// Names.
    pub name: Option<u32>,
    /// Another register's codes: `E0551`.
    pub other_code: Option<u32>,
    /// The last row with a code, counted from 0; what is below is no row of an authority.
    pub last_coded: Option<u32>,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// This council; or, where nobody said whose figures are wanted, any authority.
    Us,
    /// Another authority.
    Other,
    /// A region, a nation or a total.
    Subtotal,
    /// Code and name are those of different authorities, one of them us.
    Contradiction,
    /// The row names nobody.
    Nobody,
}

/// Whose figures are wanted, and whom the tables know.
#[derive(Debug, Default)]
pub(crate) struct Ours {
    own: Option<Known>,
    /// Every row is wanted, those of regions and totals too.
    everybody: bool,
    /// What names are, so that each is worked out once.
    names: RefCell<HashMap<String, Named>>,
}

#[derive(Debug, Clone)]
struct Known {
    code: Option<String>,
    keys: HashSet<String>,
    called: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Us,
    Subtotal,
    Other,
}

/// What was met in one table.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub ours: u32,
    /// Other authorities by code or name, and what they are called.
    pub others: HashMap<String, String>,
}

impl Ours {
    pub fn new(own: Option<&Own>) -> Self {
        let own = own.filter(|own| own.gss_code.is_some() || !own.names.is_empty()).map(|own| Known {
            code: own.gss_code.as_ref().map(|code| code.trim().to_uppercase()),
            keys: own.names.iter().map(|name| place_key(name)).filter(|key| !key.is_empty()).collect(),
            called: own.names.first().or(own.gss_code.as_ref()).cloned().unwrap_or_default(),
        });
        Self { own, everybody: false, names: RefCell::default() }
    }

    /// For whoever wants all rows of tables about many authorities.
    pub fn everybody() -> Self {
        Self { everybody: true, ..Self::default() }
    }

    /// Whether all rows are wanted.
    pub fn are_everybody(&self) -> bool {
        self.everybody
    }

    /// What the council is called; none when nobody said.
    pub fn called(&self) -> Option<String> {
        self.own.as_ref().map(|own| match &own.code {
            Some(code) if *code != own.called => format!("{} ({code})", own.called),
            _ => own.called.clone(),
        })
    }

    /// Whether words are our name or code.
    pub fn is_us(&self, text: &str) -> bool {
        let Some(own) = &self.own else { return false };
        let code = own.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(text.trim()));
        code || (!text.is_empty() && text.len() <= 100 && own.keys.contains(&place_key(text)))
    }

    /// What a row is about.
    pub fn judge(&self, row: &Row, areas: &Areas) -> About {
        let cell = |column: Option<u32>| column.and_then(|column| row.cell(column)).filter(|cell| !cell.is_blank());
        let (code, name) = (cell(areas.code), cell(areas.name));
        if self.everybody {
            // Rows of regions may leave both blank and be named in columns of their own.
            let somebody = code.or(name).or_else(|| cell(areas.other_code)).is_some() || row.filled().nth(2).is_some();
            return if somebody { About::Us } else { About::Nobody };
        }
        let name = name.map(|cell| self.named(cell));
        let by_code = code.and_then(|cell| match &cell.value {
            Value::Text(text) => Some(self.coded(text.trim())),
            _ => None,
        });
        match (by_code, name) {
            (Some(Coded::Subtotal), _) => About::Subtotal,
            (Some(Coded::Us), Some(Named::Other | Named::Subtotal)) if self.knows_names() => About::Contradiction,
            (Some(Coded::Us), _) => About::Us,
            (Some(Coded::Other), Some(Named::Us)) if self.knows_code() => About::Contradiction,
            (Some(Coded::Other), Some(Named::Us)) => About::Us,
            (Some(Coded::Other), _) => {
                if self.own.is_some() {
                    About::Other
                } else {
                    About::Us
                }
            }
            (Some(Coded::NoCode) | None, Some(Named::Us)) => About::Us,
            (Some(Coded::NoCode) | None, Some(Named::Subtotal)) => About::Subtotal,
            (Some(Coded::NoCode), None) => About::Subtotal,
            (Some(Coded::NoCode) | None, Some(Named::Other)) => self.by_other_code(row, areas),
            (None, None) => match cell(areas.other_code) {
                Some(_) => self.by_other_code(row, areas),
                None => About::Nobody,
            },
        }
    }

    fn by_other_code(&self, row: &Row, areas: &Areas) -> About {
        let code = areas.other_code.and_then(|column| row.cell(column)).map(|cell| place_key(&cell.text()));
        match (&self.own, code) {
            (None, _) => About::Us,
            (Some(own), Some(code)) if own.keys.contains(&code) => About::Us,
            _ => About::Other,
        }
    }

    fn knows_names(&self) -> bool {
        self.own.as_ref().is_some_and(|own| !own.keys.is_empty())
    }

    fn knows_code(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.code.is_some())
    }

    fn coded(&self, text: &str) -> Coded {
        if is_authority_code(text) {
            let ours = self.own.as_ref().is_some_and(|own| own.code.as_deref().is_some_and(|code| code.eq_ignore_ascii_case(text)));
            if ours { Coded::Us } else { Coded::Other }
        } else if is_code(text) {
            // Police, fire and combined authorities have codes too; regions and nations are subtotals.
            if is_region_code(text) { Coded::Subtotal } else { Coded::Other }
        } else if is_placeholder(text) {
            Coded::Subtotal
        } else {
            Coded::NoCode
        }
    }

    fn named(&self, cell: &Cell) -> Named {
        let text = match &cell.value {
            Value::Text(text) => text.to_string(),
            _ => cell.text(),
        };
        if let Some(known) = self.names.borrow().get(&text) {
            return *known;
        }
        let key = place_key(&text);
        let named = match &self.own {
            Some(own) if own.keys.contains(&key) => Named::Us,
            _ if is_placeholder(text.trim()) || is_nation_or_total(&key) => Named::Subtotal,
            _ => Named::Other,
        };
        let mut names = self.names.borrow_mut();
        if names.len() < AUTHORITIES_MAX * 4 {
            names.insert(text, named);
        }
        named
    }

    /// The authorities of a table whose names are nearest to ours, at most three.
    pub fn nearest(&self, met: &Met) -> Vec<String> {
        let Some(own) = &self.own else { return Vec::new() };
        let mut near: Vec<(usize, &String, &String)> = met
            .others
            .iter()
            .filter_map(|(code, name)| {
                let key = place_key(name);
                let distance = own.keys.iter().map(|own| super::near::unlike(own, &key)).min()?;
                (distance <= 60).then_some((distance, name, code))
            })
            .collect();
        near.sort();
        near.into_iter().take(3).map(|(_, name, code)| if name == code { name.clone() } else { format!("{name} ({code})") }).collect()
    }
}

impl Met {
    /// Counts a row of another authority.
    pub fn other(&mut self, row: &Row, areas: &Areas) {
        let text = |column: Option<u32>| column.and_then(|column| row.cell(column)).map(Cell::text).filter(|text| !text.is_empty());
        let name = text(areas.name);
        if let Some(code) = text(areas.code).or_else(|| name.clone()).or_else(|| text(areas.other_code))
            && (self.others.len() < AUTHORITIES_MAX)
            && !self.others.contains_key(&code)
        {
            let name = name.unwrap_or_else(|| code.clone());
            self.others.insert(code, name);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coded {
    Us,
    Other,
    Subtotal,
    NoCode,
}

/// A statisticians' code of anything: a letter of the country and eight digits.
pub(super) fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9
        && matches!(bytes.first(), Some(b'E' | b'W' | b'S' | b'N' | b'K' | b'e' | b'w' | b's' | b'n'))
        && bytes.iter().skip(1).all(u8::is_ascii_digit)
}

/// One of a council: E06 to E10, S12, W06, N09.
pub(super) fn is_authority_code(text: &str) -> bool {
    is_code(text)
        && text.get(..3).is_some_and(|start| {
            ["E06", "E07", "E08", "E09", "E10", "S12", "W06", "N09"].iter().any(|known| known.eq_ignore_ascii_case(start))
        })
}

/// One of a region, a nation, or another sum of authorities.
pub(super) fn is_region_code(text: &str) -> bool {
    is_code(text)
        && text.get(..3).is_some_and(|start| {
            ["E11", "E12", "E13", "E92", "W92", "S92", "N92", "K02", "K03", "K04"].iter().any(|known| known.eq_ignore_ascii_case(start))
        })
}

/// A code of the older register of English authorities: `E0551`.
pub(super) fn is_register_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 5 && bytes.first() == Some(&b'E') && bytes.iter().skip(1).all(u8::is_ascii_digit)
}

/// What stands for a code where there is none: `-`, `---`, `*Total`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c == '*' || c.is_whitespace());
    text.chars().all(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '.'))
        || ["total", "totals", "all"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Nations and regions by name, as [`place_key`] gives them; `London` is a region, the City of London is not.
pub(super) fn is_nation_or_total(key: &str) -> bool {
    const KNOWN: [&str; 30] = [
        "england",
        "wales",
        "scotland",
        "northern ireland",
        "united kingdom",
        "uk",
        "great britain",
        "england and wales",
        "london",
        "inner london",
        "outer london",
        "north east",
        "north west",
        "yorkshire and humber",
        "east midlands",
        "west midlands",
        "east of england",
        "east",
        "south east",
        "south west",
        "eastern",
        "total england",
        "rest of england",
        "london boroughs",
        "metropolitan districts",
        "unitary authorities",
        "shire counties",
        "shire districts",
        "other authorities",
        "class breakdown",
    ];
    KNOWN.contains(&key) || key.starts_with("total ") || key == "total"
}
