//! Reading tables as a mapping says: finding the sheets and columns it speaks of, however the edition has drifted, and
//! saying precisely what it no longer finds.

use rules::period::spelling::split_period;

use super::block;
use super::header::Header;
use super::heading::{Reach, columns};
use super::kept;
use super::near::nearest;
use super::spelled::heading_key;
use super::tables::{Found, Missing};
use super::told::{self, Applied};
use crate::diagnostic::Diagnostic;
use crate::mapping::{Mapping, Settings, TableMapping, missing_key};
use crate::sheet::{Book, Row, Sheet};

/// Filled rows of a sheet among which headings are looked for.
const ROWS_SEARCHED: usize = 60;

/// What mappings come to for one workbook.
pub(super) struct Chosen<'a> {
    pub tables: Told<'a>,
    pub missing: Missing,
}

/// Which tables mappings tell.
pub(super) enum Told<'a> {
    /// None: they are those recognised.
    None,
    /// Those of a kept mapping; the others are read as ever.
    Kept(Vec<Found<'a>>),
    /// Those of the sender's own mapping, and no others.
    Own(Vec<Found<'a>>),
    /// The sender's own mapping cannot be used, and nothing is read.
    Unusable,
}

/// How one mapping fits a workbook.
pub(super) struct Fit<'a> {
    /// The kept mapping's name; an empty text for the sender's own.
    pub name: String,
    pub tables: Vec<Found<'a>>,
    pub problems: Vec<Diagnostic>,
    /// Columns it speaks of, and those that were found.
    pub asked: usize,
    pub found: usize,
    /// Each of its tables has a sheet, and at least half of its columns.
    pub is_of_this_shape: bool,
    /// Each of its tables has a sheet with all of its columns.
    pub is_whole: bool,
}

/// The sender's own mapping, else a kept one.
pub(super) fn choose<'a>(book: &'a Book, found: &[Found<'a>], settings: &Settings, problems: &mut Vec<Diagnostic>) -> Chosen<'a> {
    if let Some(mapping) = &settings.mapping {
        let faults = mapping.check();
        if !faults.is_empty() {
            problems.extend(faults.into_iter().map(|fault| {
                let message = format!("{}: {}", fault.path, fault.message);
                Diagnostic::new("MAP-004", crate::Place::file(), message).suggest("Correct the mapping and send it again.")
            }));
            return Chosen { tables: Told::Unusable, missing: Missing::new() };
        }
        let missing = missing(mapping);
        if mapping.tables.is_empty() {
            return Chosen { tables: Told::None, missing };
        }
        let fit = fit(book, found, mapping, "");
        problems.extend(fit.problems);
        return Chosen { tables: Told::Own(fit.tables), missing };
    }
    match kept::choose(book, found, settings, problems) {
        Some((saved, fit)) => {
            problems.extend(fit.problems);
            Chosen { tables: Told::Kept(fit.tables), missing: missing(&saved.mapping) }
        }
        None => Chosen { tables: Told::None, missing: Missing::new() },
    }
}

fn missing(mapping: &Mapping) -> Missing {
    mapping.missing.iter().map(|missing| (missing_key(&missing.word), missing.means)).collect()
}

/// How a mapping fits; `name` is empty for the sender's own. Of a kept one only sheets that have all its columns count,
/// where there are any.
pub(super) fn fit<'a>(book: &'a Book, found: &[Found<'a>], mapping: &Mapping, name: &str) -> Fit<'a> {
    let (name_of, tables, problems) = (name.to_owned(), Vec::new(), Vec::new());
    let mut fit = Fit { name: name_of, tables, problems, asked: 0, found: 0, is_of_this_shape: true, is_whole: true };
    for (at, table) in mapping.tables.iter().enumerate() {
        let path = format!("tables[{at}]");
        fit.asked += table.columns.len();
        let sheets: Vec<&'a Sheet> = sheets(book, table);
        let mut readings: Vec<(&'a Sheet, Applied)> = Vec::new();
        for sheet in sheets {
            let known = found.iter().find(|(known, _)| std::ptr::eq(*known, sheet)).map_or(&[][..], |(_, headers)| headers);
            readings.extend(best_table(sheet, known, table, &path, name).map(|applied| (sheet, applied)));
        }
        // Without a sheet's name, it is every sheet whose headings fit; the best of them where none does.
        let most = readings.iter().map(|(_, applied)| applied.fits).max().unwrap_or(0);
        let needed = if table.sheet.is_none() { table.columns.len().div_ceil(2).max(1).min(most) } else { 0 };
        readings.retain(|(_, applied)| applied.fits >= needed && (table.columns.is_empty() || applied.fits > 0 || table.sheet.is_some()));
        let is_whole = |(_, applied): &(&Sheet, Applied)| applied.found == table.columns.len();
        if !name.is_empty() && readings.iter().any(is_whole) {
            readings.retain(is_whole);
        }
        fit.is_whole &= readings.iter().any(is_whole);
        if readings.is_empty() {
            fit.problems.push(no_sheet(book, table, &path));
            (fit.is_of_this_shape, fit.is_whole) = (false, false);
            continue;
        }
        fit.found += readings.iter().map(|(_, applied)| applied.found).max().unwrap_or(0);
        fit.is_of_this_shape &=
            readings.iter().any(|(_, applied)| applied.found * 2 >= table.columns.len() && (applied.found > 0 || table.columns.is_empty()));
        for (sheet, applied) in readings {
            fit.problems.extend(applied.problems);
            match fit.tables.iter_mut().find(|(known, _)| std::ptr::eq(*known, sheet)) {
                Some((_, headers)) => headers.push(applied.header),
                None => fit.tables.push((sheet, vec![applied.header])),
            }
        }
    }
    fit
}

/// The sheets a table's mapping may mean: hidden ones only by name.
fn sheets<'a>(book: &'a Book, table: &TableMapping) -> Vec<&'a Sheet> {
    let Some(name) = &table.sheet else { return book.sheets.iter().filter(|sheet| !sheet.hidden).collect() };
    let exact: Vec<&Sheet> = book.sheets.iter().filter(|sheet| sheet.name.trim().eq_ignore_ascii_case(name.trim())).collect();
    if !exact.is_empty() {
        return exact;
    }
    let key = sheet_key(name);
    book.sheets.iter().filter(|sheet| sheet_key(&sheet.name) == key).collect()
}

/// A sheet's name without the period it may hold, case and punctuation: `A1 - Apr-Jun 18` and `A1` are one, and all that are
/// nothing but a period are alike.
fn sheet_key(name: &str) -> String {
    let key = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    match split_period(name) {
        Some((rest, _)) if key(&rest).is_empty() => "(period)".to_owned(),
        Some((rest, _)) => key(&rest),
        None => key(name),
    }
}

fn no_sheet(book: &Book, table: &TableMapping, path: &str) -> Diagnostic {
    let names = || book.sheets.iter().map(|sheet| sheet.name.as_str());
    let (path, message, near) = match &table.sheet {
        Some(name) if !sheets(book, table).is_empty() => {
            let message = format!("no table was found on the sheet {name:?}");
            return Diagnostic::new("MAP-001", crate::Place::sheet(name), format!("{path}: {message}."))
                .suggest("Give its heading rows in the mapping, and what its columns hold.");
        }
        Some(name) => (format!("{path}.sheet"), format!("the workbook has no sheet called {name:?}"), nearest(name, names(), 3)),
        None => (path.to_owned(), "no sheet has a table with these headings".to_owned(), Vec::new()),
    };
    let listed = if near.is_empty() { names().take(10).collect() } else { near };
    let listed: Vec<String> = listed.into_iter().map(|name| format!("{name:?}")).collect();
    Diagnostic::new("MAP-001", crate::Place::file(), format!("{path}: {message}."))
        .suggest(format!("Its sheets are {}; correct the mapping, or leave the sheet out of it.", listed.join(", ")))
}

/// The table of a sheet that most of a mapping's columns fit.
fn best_table(sheet: &Sheet, known: &[Header], table: &TableMapping, path: &str, name: &str) -> Option<Applied> {
    let mut candidates: Vec<Header> = match table.heading_rows {
        Some(rows) => at_rows(sheet, rows).into_iter().collect(),
        None => known.to_vec(),
    };
    if table.heading_rows.is_none() {
        candidates.extend(by_headings(sheet, table));
    }
    let mut best: Option<Applied> = None;
    for header in candidates {
        let applied = told::apply(sheet, header, table, path, name);
        if best.as_ref().is_none_or(|best| (applied.fits, applied.found) > (best.fits, best.found)) {
            best = Some(applied);
        }
    }
    best
}

/// A table whose heading rows the mapping gives.
fn at_rows(sheet: &Sheet, (first, last): (u32, u32)) -> Option<Header> {
    let rows: Vec<&Row> =
        sheet.rows.iter().filter(|row| (first..=last).contains(&(row.index + 1)) && row.filled().next().is_some()).collect();
    let bottom = rows.last()?.index;
    let mut header = Header::new(first - 1, bottom.max(last - 1), columns(sheet, &rows, Reach::Any));
    header.table = sheet.tables.iter().copied().find(|table| table.top == header.bottom);
    Some(header)
}

/// A table by the row that holds most of a mapping's headings, with those above it.
fn by_headings(sheet: &Sheet, table: &TableMapping) -> Option<Header> {
    let wanted: Vec<String> = table.columns.iter().filter_map(|c| c.heading.as_deref()).map(lowest_key).collect();
    let fits = |row: &Row| row.filled().filter(|cell| wanted.contains(&heading_key(&cell.text()))).count();
    let rows = sheet.rows.iter().take(ROWS_SEARCHED).enumerate().map(|(at, row)| (at, fits(row)));
    let (at, _) = rows.fold(None, |best: Option<(usize, usize)>, (at, fits)| match best {
        Some((_, most)) if most >= fits => best,
        _ if fits == 0 => best,
        _ => Some((at, fits)),
    })?;
    let row = sheet.rows.get(at)?;
    let first = row.filled().next()?.column;
    block::above(sheet, 0..at + 1, row.index + 1, first)
}

fn lowest_key(heading: &str) -> String {
    heading_key(heading.rsplit('|').next().unwrap_or(heading))
}
