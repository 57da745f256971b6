//! The Department for Education's statistical neighbours: a row for each authority by the department's own number, and
//! ten neighbours beside it, each a number and how close it is in words. Areas that ended stand below the others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ListKind, Named, Neighbour, NeighbourLists};
use crate::diagnostic::Diagnostic;
use crate::list::{self, Heading, List, heading, spelled};
use crate::reading::Limits;
use crate::row::Text;
use crate::sheet::{Book, Row, Sheet};

/// Rows among which the headings are looked for.
const ROWS_SEARCHED: usize = 60;

/// What the department's numbers mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Names by number.
    pub names: BTreeMap<u32, String>,
    /// What is wrong or worth knowing.
    pub diagnostics: Vec<Diagnostic>,
}

const NUMBERS: &[Heading] = &[
    heading("la number", &["la num", "la no", "number", "old la code"]),
    heading("la name", &["name"]),
    heading("region", &["region name"]),
    heading("type", &["la type"]),
];

/// Reads the department's list of numbers: `LA Number, LA Name, Region, Type`.
#[must_use]
pub fn numbers(bytes: &[u8], file_name: &str, limits: &Limits) -> Numbers {
    let mut problems = Vec::new();
    let mut names = BTreeMap::new();
    if let (_, Some(book)) = list::open(bytes, file_name, limits, &mut problems) {
        match List::in_book(&book, NUMBERS, &["la number", "la name"]) {
            Some(found) => {
                for row in found.rows() {
                    let mut entry = found.entry(row, &mut problems);
                    let (number, name) = (entry.number("la number").flatten(), entry.need("la name"));
                    if let (Some(number), Some(name)) = (number.and_then(|number| u32::try_from(number).ok()), name) {
                        names.insert(number, name);
                    }
                }
            }
            None => problems.push(list::unknown(file_name, "LA Number and LA Name")),
        }
    }
    Numbers { names, diagnostics: list::settled(problems) }
}

/// Reads the list; false where there is none.
pub(super) fn read(book: &Book, numbers: Option<&Numbers>, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) -> bool {
    let found = book.sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| {
        let columns = sheet.rows.iter().take(ROWS_SEARCHED).find_map(Columns::of)?;
        Some((sheet, columns))
    });
    let Some((sheet, columns)) = found else { return false };
    out.kind = Some(ListKind::DepartmentForEducation);
    let start = sheet.rows.partition_point(|row| row.index <= columns.headings);
    for row in sheet.rows.iter().skip(start) {
        rows(sheet, row, &columns, numbers, out, problems);
    }
    true
}

struct Columns {
    headings: u32,
    number: u32,
    name: Option<u32>,
    /// Place, number, closeness.
    neighbours: Vec<(u32, u32, Option<u32>)>,
}

impl Columns {
    fn of(row: &Row) -> Option<Self> {
        let (mut number, mut name, mut neighbours) = (None, None, Vec::<(u32, u32, Option<u32>)>::new());
        for cell in row.filled() {
            let key = spelled(cell);
            if let Some(place) = key.strip_prefix("sn").and_then(|place| place.trim().parse().ok()) {
                neighbours.push((place, cell.column, None));
            } else if key == "snp" {
                // How close the one before it is.
                if let Some(last) = neighbours.last_mut().filter(|last| last.2.is_none()) {
                    last.2 = Some(cell.column);
                }
            } else if matches!(key.as_str(), "la num" | "la number") && number.is_none() {
                number = Some(cell.column);
            } else if key == "la name" && name.is_none() {
                name = Some(cell.column);
            }
        }
        Some(Self { headings: row.index, number: number?, name, neighbours }).filter(|columns| !columns.neighbours.is_empty())
    }
}

fn rows(sheet: &Sheet, row: &Row, columns: &Columns, numbers: Option<&Numbers>, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) {
    let text = |column: u32| row.cell(column).filter(|cell| !cell.is_blank())?.words(row.index);
    let Some(number) = text(columns.number) else { return };
    let own = columns.name.and_then(text);
    let area = match own {
        Some(name) => Named { code: None, name: Some(name) },
        None => called(sheet, &number, numbers, problems),
    };
    for (place, column, closeness) in &columns.neighbours {
        let Some(number) = text(*column) else { continue };
        let neighbour = called(sheet, &number, numbers, problems);
        let closeness = closeness.and_then(text).map(|text| sentence(&text.text));
        let at = sheet.place(row.index, *column);
        out.neighbours.push(Neighbour { model: None, area: area.clone(), neighbour, place: *place, closeness, distance: None, at });
    }
}

/// The name a number stands for, else the number (LST-005).
fn called(sheet: &Sheet, number: &Text, numbers: Option<&Numbers>, problems: &mut Vec<Diagnostic>) -> Named {
    let name = number.text.parse().ok().and_then(|number: u32| numbers?.names.get(&number));
    if name.is_none() {
        let place = crate::Place::new(sheet.name.clone(), number.cell.clone());
        let message = match numbers {
            Some(_) => format!("The list of numbers does not know {}; the number was kept in place of a name.", number.text),
            None => "Authorities are named by numbers, and no list says which they are; the numbers were kept.".to_owned(),
        };
        let problem = Diagnostic::new("LST-005", place, message);
        problems.push(problem.suggest("Send the department's list of authorities' numbers with it."));
    }
    Named { code: None, name: Some(name.map_or_else(|| number.clone(), |name| Text { text: name.clone(), ..number.clone() })) }
}

/// `Extremely Close` and `Extremely close` are one.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + &letters.as_str().to_lowercase())
}
