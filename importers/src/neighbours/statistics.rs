//! The neighbours of the Office for National Statistics: a sheet for each model, a row for each area, and its neighbours
//! beside it, nearest first, each by code and name.

use super::{ListKind, Named, Neighbour, NeighbourLists};
use crate::diagnostic::Diagnostic;
use crate::list::spelled;
use crate::sheet::{Book, Row, Sheet};

/// Rows among which the headings are looked for.
const ROWS_SEARCHED: usize = 60;

/// Reads every such sheet; false where there is none.
pub(super) fn read(book: &Book, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) -> bool {
    let mut some = false;
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden) {
        let Some(columns) = sheet.rows.iter().take(ROWS_SEARCHED).find_map(Columns::of) else { continue };
        some = true;
        let model = title(sheet, columns.headings);
        let start = sheet.rows.partition_point(|row| row.index <= columns.headings);
        for row in sheet.rows.iter().skip(start).filter(|row| row.filled().next().is_some()) {
            rows(sheet, row, &columns, model.as_ref(), out, problems);
        }
    }
    if some {
        out.kind = Some(ListKind::OfficeForNationalStatistics);
    }
    some
}

struct Columns {
    headings: u32,
    code: u32,
    name: Option<u32>,
    /// Place, code, name; in order of place.
    neighbours: Vec<(u32, u32, Option<u32>)>,
}

impl Columns {
    fn of(row: &Row) -> Option<Self> {
        let (mut code, mut name, mut neighbours) = (None, None, Vec::<(u32, u32, Option<u32>)>::new());
        for cell in row.filled() {
            let key = spelled(cell);
            let words: Vec<&str> = key.split(' ').collect();
            match words.as_slice() {
                ["neighbour", place, "code"] => neighbours.push((place.parse().ok()?, cell.column, None)),
                ["neighbour", place, "name"] => {
                    let place: u32 = place.parse().ok()?;
                    if let Some(known) = neighbours.iter_mut().find(|(known, ..)| *known == place) {
                        known.2 = Some(cell.column);
                    }
                }
                [.., "code"] if code.is_none() => code = Some(cell.column),
                [.., "name"] if name.is_none() => name = Some(cell.column),
                _ => {}
            }
        }
        neighbours.sort_unstable();
        Some(Self { headings: row.index, code: code?, name, neighbours }).filter(|columns| !columns.neighbours.is_empty())
    }
}

fn named(row: &Row, code: u32, name: Option<u32>) -> Named {
    let text = |column: u32| row.cell(column).filter(|cell| !cell.is_blank())?.words(row.index);
    Named { code: text(code), name: name.and_then(text) }
}

fn rows(sheet: &Sheet, row: &Row, columns: &Columns, model: Option<&String>, out: &mut NeighbourLists, problems: &mut Vec<Diagnostic>) {
    let area = named(row, columns.code, columns.name);
    if area.code.is_none() {
        let message = "This row names no area by its code; it was not read.";
        problems.push(Diagnostic::new("LST-002", sheet.place(row.index, columns.code), message).suggest("Write the code."));
        return;
    }
    for (place, code, name) in &columns.neighbours {
        let neighbour = named(row, *code, *name);
        if neighbour.code.is_none() && neighbour.name.is_none() {
            continue;
        }
        let at = sheet.place(row.index, *code);
        let model = model.cloned();
        out.neighbours.push(Neighbour { model, area: area.clone(), neighbour, place: *place, closeness: None, distance: None, at });
    }
}

/// The sheet's title without its number: `Table 7a: Global statistical nearest neighbours`.
fn title(sheet: &Sheet, headings: u32) -> Option<String> {
    let first = sheet.rows.first().filter(|row| row.index < headings)?.filled().next()?.text();
    let numbered = first.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("table "));
    let rest = first.split_once(':').filter(|_| numbered).map_or(first.as_str(), |(_, rest)| rest.trim());
    Some(rest.to_owned()).filter(|title| !title.is_empty())
}
