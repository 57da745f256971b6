//! Authorities by their names alone. Over the columns, with indicators or periods down the rows: ours is the one that is
//! headed with our name or code, and those beside it are not read. Down the rows, with periods or indicators over the
//! columns: the heading says that they are authorities, or our name stands among them.

use super::areas::{Areas, Ours, is_authority_code, is_nation_or_total};
use super::block;
use super::content;
use super::groups;
use super::header::Header;
use super::heading::{Column, is_figure};
use super::roles::{Role, Sureness};
use super::spelled::key;
use crate::diagnostic::{Diagnostic, PLACES_MAX};
use crate::sheet::{Cell, Row, Sheet, Value};
use crate::words::place_key;

/// Filled rows of a sheet among which such headings are looked for.
const ROWS_SEARCHED: usize = 60;

/// Rows among which our name is looked for: more than there are councils.
const ROWS_DOWN: usize = 2_000;

/// Rows below headings that are looked at for figures.
const ROWS_BELOW: usize = 5;

/// Names of councils that are ordinary words, and headings without any council as well.
const ORDINARY: [&str; 2] = ["reading", "rugby"];

/// The tables of a sheet, those with authorities over the columns read as ours.
pub(super) fn across(sheet: &Sheet, found: Vec<Header>, ours: &Ours) -> Vec<Header> {
    if ours.are_everybody() && found.is_empty() {
        return below_heading(sheet).and_then(|first| down_from(sheet, first)).into_iter().collect();
    }
    if ours.called().is_none() {
        return found;
    }
    if found.is_empty() {
        return find(sheet, ours).or_else(|| down(sheet, ours)).into_iter().collect();
    }
    found.into_iter().map(|header| of_us(sheet, &header, ours).or_else(|| of_rows(sheet, &header, ours)).unwrap_or(header)).collect()
}

/// A table of authorities down the rows that nothing else showed to be one.
fn down(sheet: &Sheet, ours: &Ours) -> Option<Header> {
    down_from(sheet, below_heading(sheet).or_else(|| around_us(sheet, ours))?)
}

/// A table of authorities from its first row and the column of their names.
fn down_from(sheet: &Sheet, (first, column): (usize, u32)) -> Option<Header> {
    let row = sheet.rows.get(first)?.index;
    let mut header = block::above(sheet, 0..first, row, column)?;
    content::settle(sheet, &mut header);
    of_names(sheet, &header, column)
}

/// The first row below a heading that says authorities, and its column.
fn below_heading(sheet: &Sheet) -> Option<(usize, u32)> {
    let rows = || sheet.rows.iter().enumerate().filter(|(_, row)| row.filled().next().is_some());
    let heads = |row: &Row| {
        let words = row.filled().nth(1).is_some() && row.filled().all(|cell| !is_figure(cell));
        row.filled().find(|cell| words && content::says_authorities(&cell.text())).map(|cell| cell.column)
    };
    let two = rows().take(ROWS_SEARCHED).zip(rows().skip(1));
    two.filter_map(|((_, row), (at, below))| heads(row).filter(|column| is_data(below, *column)).map(|column| (at, column))).next()
}

/// The first of the rows of figures among which one begins with our name and others with other names, and its column.
fn around_us(sheet: &Sheet, ours: &Ours) -> Option<(usize, u32)> {
    let first_words = |row: &Row| row.filled().find(|cell| matches!(cell.value, Value::Text(_))).map(|cell| (cell.column, cell.text()));
    let is_our_row = |row: &&Row| {
        let (column, text) = first_words(row)?;
        (is_data(row, column) && ours.is_us(&text) && !ORDINARY.contains(&key(&text).as_str())).then_some(column)
    };
    let (at, column) = sheet.rows.iter().take(ROWS_DOWN).enumerate().find_map(|(at, row)| is_our_row(&row).map(|column| (at, column)))?;
    let mut first = at;
    while let Some(above) = first.checked_sub(1).filter(|above| sheet.rows.get(*above).is_some_and(|row| is_data(row, column))) {
        first = above;
    }
    let below = sheet.rows.get(at + 1).is_some_and(|row| is_data(row, column));
    (first < at || below).then_some((first, column))
}

/// A row with words in a column and a figure to the right of them.
fn is_data(row: &Row, column: u32) -> bool {
    let words = row.cell(column).is_some_and(|cell| matches!(cell.value, Value::Text(_)) && !cell.is_blank());
    words && row.filled().any(|cell| cell.column > column && is_figure(cell))
}

/// A table with a column of districts or boroughs, once our name stands among others there.
fn of_rows(sheet: &Sheet, header: &Header, ours: &Ours) -> Option<Header> {
    let column = header.find(Role::Area).filter(|column| {
        header.mapping.is_none()
            && header.areas.is_none()
            && key(column.heading.rsplit(" | ").next().unwrap_or_default()).contains("district")
    })?;
    let below = sheet.rows.iter().filter(|row| row.index > header.bottom && row.index <= header.last).take(ROWS_DOWN);
    let (mut us, mut others) = (false, false);
    for cell in below.filter_map(|row| row.cell(column.column)).filter(|cell| !cell.is_blank()) {
        if ours.is_us(&cell.text()) {
            us = true;
        } else {
            others = true;
        }
        if us && others {
            return of_names(sheet, header, column.column);
        }
    }
    None
}

/// A table whose rows are those of the authorities named in a column.
fn of_names(sheet: &Sheet, header: &Header, column: u32) -> Option<Header> {
    let mut told = header.clone();
    let names = told.columns.iter_mut().find(|known| known.column == column)?;
    names.role = Some(Role::Area);
    told.areas = Some(Areas { name: Some(column), ..told.areas.unwrap_or_default() });
    content::settle(sheet, &mut told);
    groups::fits(&told).then_some(told)
}

/// The first table with our name among its headings.
fn find(sheet: &Sheet, ours: &Ours) -> Option<Header> {
    headed(sheet, |row| row.filled().any(|cell| ours.is_us(&cell.text()))).find_map(|(at, first)| {
        let key = first.filled().next()?.column;
        // Our name over the keys is what the rows are about.
        sheet.rows.get(at)?.filled().find(|cell| cell.column > key && ours.is_us(&cell.text()))?;
        let mut header = block::above(sheet, 0..sheet.rows.partition_point(|row| row.index < first.index), first.index, key)?;
        content::settle(sheet, &mut header);
        of_us(sheet, &header, ours)
    })
}

/// Rows of words above figures, and the first row of those.
fn headed(sheet: &Sheet, names: impl Fn(&Row) -> bool) -> impl Iterator<Item = (usize, &Row)> {
    let rows = sheet.rows.iter().take(ROWS_SEARCHED).enumerate();
    let heads = rows.filter(move |(_, row)| row.filled().nth(1).is_some() && row.filled().all(|cell| !is_figure(cell)) && names(row));
    heads.filter_map(|(at, row)| {
        let below = sheet
            .rows
            .iter()
            .skip(at + 1)
            .take(ROWS_BELOW)
            .find(|below| row.filled().any(|cell| below.cell(cell.column).is_some_and(is_figure)))?;
        Some((at, below))
    })
}

/// A table as that of our own column; none when it has none, or has its results in other columns.
fn of_us(sheet: &Sheet, header: &Header, ours: &Ours) -> Option<Header> {
    let mine: Vec<u32> =
        header.columns.iter().filter(|column| parts(column).any(|part| ours.is_us(part))).map(|column| column.column).collect();
    let first = mine.first().copied()?;
    let is_ours = |column: &Column| mine.contains(&column.column);
    let results_elsewhere = || header.columns.iter().any(|column| column.role == Some(Role::Value) && !is_ours(column));
    if header.mapping.is_some() || header.areas.is_some() || results_elsewhere() {
        return None;
    }
    let (own, others): (Vec<&Column>, Vec<&Column>) = header.columns.iter().partition(|column| is_ours(column));
    let ordinary = own.into_iter().flat_map(parts).any(|part| ORDINARY.contains(&key(part).as_str()));
    if ordinary && !others.into_iter().any(|column| parts(column).any(is_area)) {
        return None;
    }
    let mut told = header.clone();
    let mut passed: Vec<String> = Vec::new();
    for column in &mut told.columns {
        if is_ours(column) {
            column.words.retain(|word| !ours.is_us(word));
            (column.role, column.sureness) = (Some(Role::Value), Sureness::Strong);
        } else if column.role.is_none() && super::beside::holds_figures(header, column) {
            column.role = Some(Role::Known);
            passed.push(column.cell.clone());
        }
    }
    keys(&mut told, first);
    told.remarks.extend(beside(sheet, &passed, ours));
    content::settle(sheet, &mut told);
    groups::fits(&told).then_some(told)
}

/// The column left of the figures that names the indicators, whatever it is headed.
fn keys(header: &mut Header, first: u32) {
    if header.find(Role::Code).is_none() && header.find(Role::Name).is_none() && header.find(Role::Period).is_none() {
        let words = |column: u32| {
            let look = header.looks.iter().find(|look| look.column == column);
            look.is_some_and(|look| look.texts * 2 > look.filled && look.periods * 2 <= look.texts)
        };
        let free = header.columns.iter().filter(|c| c.column < first && c.role.is_none() && words(c.column));
        let nearest = free.map(|column| column.column).max();
        if let Some(column) = header.columns.iter_mut().find(|column| Some(column.column) == nearest) {
            (column.role, column.sureness) = (Some(Role::Name), Sureness::Strong);
        }
    }
    // Figures under the name of a council are figures, so that what stands left of them surely names them.
    let name = header.find(Role::Name).map(|column| column.column);
    if let Some(column) = header.columns.iter_mut().find(|column| Some(column.column) == name) {
        column.sureness = column.sureness.max(Sureness::Strong);
    }
}

/// What is said of the columns beside ours.
fn beside(sheet: &Sheet, passed: &[String], ours: &Ours) -> Option<Diagnostic> {
    let (first, called) = (passed.first()?, ours.called()?);
    let place = |cell: &String| crate::Place::new(sheet.name.clone(), cell.clone());
    let message =
        format!("The columns beside that of {called} are of other authorities, or nothing this product asks for; they were not read.");
    let mut problem = Diagnostic::new("COL-001", place(first), message).suggest("If one of them is a result of ours, say so in a mapping.");
    problem.places = passed.iter().take(PLACES_MAX).map(place).collect();
    problem.count = passed.len();
    Some(problem)
}

/// What to say of a sheet whose columns are authorities, and none of them us: at least two are called councils or have
/// their codes.
pub(super) fn without_us(sheet: &Sheet, ours: &Ours) -> Option<Diagnostic> {
    let called = ours.called()?;
    let authorities = |row: &Row| row.filled().filter(|cell| is_council(&cell.text())).count();
    let (at, _) = headed(sheet, |row| authorities(row) >= 2).next()?;
    let row = sheet.rows.get(at)?;
    let first = row.filled().find(|cell| is_council(&cell.text()))?;
    let some: Vec<String> = row.filled().map(Cell::text).filter(|text| is_council(text)).take(3).collect();
    let message = format!("The columns of this table are many authorities, and none of them is {called}.");
    let advice = format!(
        "It knows, for instance, {}. If one of them is this council, correct its name or code; otherwise send a table that has this council's figures.",
        some.join(", ")
    );
    Some(Diagnostic::new("BMK-009", sheet.place(row.index, first.column), message).suggest(advice))
}

fn parts(column: &Column) -> impl Iterator<Item = &str> {
    column.heading.split(" | ")
}

/// Whether words are surely a council's name or code.
fn is_council(text: &str) -> bool {
    let key = key(text);
    let kind = key.split(' ').any(|word| matches!(word, "council" | "borough")) && key.split(' ').count() > 1;
    is_authority_code(text.trim()) || kind
}

/// Whether words are those of a council, a region or a nation.
fn is_area(text: &str) -> bool {
    is_council(text) || is_nation_or_total(&place_key(text))
}
