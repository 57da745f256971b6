//! The rows below a heading row: which hold figures, which are sections, totals, repeated headings or notes.

use std::rc::Rc;

use super::areas::{About, Areas, Met, Ours};
use super::ending;
use super::header::Header;
use super::roles::Role;
use super::timed::{self, Timed};
use crate::address::a1;
use crate::diagnostic::{Diagnostic, Severity};
use crate::mapping::{SteppedOver, Why};
use crate::sheet::{Cell, Row, Sheet, Value};

/// A row that may hold figures.
pub(crate) struct BodyRow<'a> {
    pub row: &'a Row,
    pub section: Option<String>,
    /// The time the nearest section above that names one is of.
    pub time: Option<Rc<Timed>>,
}

/// Words that are a whole row of totals.
const TOTALS: &[&str] = &["total", "totals", "grand total", "sub total", "subtotal", "average", "mean", "overall", "all", "sum"];

/// What was stepped over, kind by kind.
#[derive(Debug, Default)]
pub(crate) struct Stepped(Vec<SteppedOver>);

impl Stepped {
    /// Counts a row, which is counted from 0.
    pub fn over(&mut self, why: Why, row: u32) {
        match self.0.iter_mut().find(|known| known.why == why) {
            Some(known) => {
                known.rows += 1;
                known.first = known.first.min(row + 1);
            }
            None => self.0.push(SteppedOver { why, rows: 1, first: row + 1 }),
        }
    }

    pub fn rows(&self, why: Why) -> Option<&SteppedOver> {
        self.0.iter().find(|known| known.why == why)
    }

    /// In the order people meet them: from the top.
    pub fn into_list(mut self) -> Vec<SteppedOver> {
        self.0.sort_by_key(|known| known.first);
        self.0
    }
}

/// A table's rows and whatever was met on the way down.
#[derive(Default)]
pub(crate) struct Body<'a> {
    pub rows: Vec<BodyRow<'a>>,
    pub stepped: Stepped,
    pub met: Met,
    /// First and last row, counted from 0.
    pub extent: Option<(u32, u32)>,
}

/// Goes down a table to its end.
pub(crate) fn rows<'a>(sheet: &'a Sheet, header: &Header, ours: &Ours, problems: &mut Vec<Diagnostic>) -> Body<'a> {
    let mut body = Body::default();
    let (mut section, mut time) = (None, None);
    let mut last = header.bottom;
    let mut blank = None;
    let known_end = header.end;
    let start = sheet.rows.partition_point(|row| row.index <= header.bottom);
    let mut below = sheet.rows.iter().enumerate().skip(start).take_while(|(_, row)| row.index <= header.last);
    let mut rest = Vec::new();
    for (at, row) in below.by_ref().filter(|(_, row)| header.filled(row).next().is_some()) {
        if known_end.map_or_else(|| ending::ends(sheet, header, at, last), |end| row.index > end) {
            rest.push(row);
            break;
        }
        if row.index > last + 1 {
            blank = blank.or(Some(last + 1));
            (last + 1..row.index).take(usize::from(u16::MAX)).for_each(|row| body.stepped.over(Why::Blank, row));
        }
        last = row.index;
        body.extent = Some((body.extent.map_or(row.index, |(first, _)| first), row.index));
        if header.repeats(row) {
            body.stepped.over(Why::Headings, row.index);
            problems.push(Diagnostic::new("STR-004", sheet.place(row.index, 0), "The headings are repeated here; this row was skipped."));
        } else if let Some(areas) = &header.areas {
            authority(sheet, row, areas, ours, &mut body, problems);
        } else if header.areas.is_none() && ending::is_note(header, row) {
            let message = "Rows of notes inside the table were not read.";
            problems.push(Diagnostic::new("STR-005", sheet.place(row.index, first_column(header, row)), message));
            body.stepped.over(Why::Notes, row.index);
        } else if let Some(title) = section_title(sheet, header, row) {
            let at = first_column(header, row);
            let named = timed::of_section(&title, a1(row.index, at));
            let message = match named {
                Some(_) => "Rows that name a period and nothing else were read as the period of the rows below them.",
                None => "Rows with one filled cell were read as the titles of the sections below them.",
            };
            problems.push(Diagnostic::new("STR-003", sheet.place(row.index, at), message));
            body.stepped.over(Why::Section, row.index);
            match named {
                Some(named) => (section, time) = (None, Some(Rc::new(named))),
                None => section = Some(title),
            }
        } else if is_total(header, row) {
            problems.push(total(sheet, header, row));
            body.stepped.over(Why::Subtotal, row.index);
        } else if is_example(header, row) {
            problems.push(Diagnostic::new("STR-008", sheet.place(row.index, first_column(header, row)), "Example rows were not read."));
            body.stepped.over(Why::Example, row.index);
        } else {
            body.rows.push(BodyRow { row, section: section.clone(), time: time.clone() });
            if header.table.is_some_and(|table| row.index > table.bottom) {
                let message = "Rows right below the marked-up table were read as its own.";
                let problem = Diagnostic::new("STR-024", sheet.place(row.index, first_column(header, row)), message);
                problems.push(problem.suggest("Accept this if they belong to it; otherwise leave a blank row above them."));
            }
        }
    }
    if let Some(blank) = blank.filter(|_| header.areas.is_none()) {
        problems.push(Diagnostic::new("STR-006", sheet.place(blank, 0), "Blank rows inside the table were skipped."));
    }
    rest.extend(below.map(|(_, row)| row).filter(|row| header.filled(row).next().is_some()));
    rest.iter().for_each(|row| body.stepped.over(Why::Notes, row.index));
    report_rest(sheet, header, &rest, problems);
    body
}

/// A row of a table about many authorities.
fn authority<'a>(sheet: &Sheet, row: &'a Row, areas: &Areas, ours: &Ours, body: &mut Body<'a>, problems: &mut Vec<Diagnostic>) {
    match ours.judge(row, areas) {
        About::Us => {
            body.met.ours += 1;
            body.rows.push(BodyRow { row, section: None, time: None });
        }
        About::Other => {
            body.met.other(row, areas);
            body.stepped.over(Why::OtherAuthority, row.index);
        }
        About::Subtotal => body.stepped.over(Why::Subtotal, row.index),
        About::Nobody => body.stepped.over(Why::Section, row.index),
        About::Contradiction => {
            body.met.ours += 1;
            let at = areas.code.or(areas.name).unwrap_or_default();
            let message = "The code is that of one authority and the name that of another; the row was not read.";
            let mut problem = Diagnostic::new("BMK-004", sheet.place(row.index, at), message).suggest("Correct whichever is wrong.");
            let text = |column: Option<u32>| column.and_then(|column| row.cell(column)).map(Cell::text).unwrap_or_default();
            problem = problem.seen(&format!("{} {}", text(areas.code), text(areas.name)));
            problems.push(problem);
        }
    }
}

/// What is left below. Figures there are worth more than a remark: they may have been meant.
fn report_rest(sheet: &Sheet, header: &Header, rest: &[&Row], problems: &mut Vec<Diagnostic>) {
    let Some(first) = rest.first() else { return };
    let figures = |row: &&&Row| values(header).any(|column| row.cell(column).is_some_and(|c| matches!(c.value, Value::Number(_))));
    let place = |row: &Row| sheet.place(row.index, first_column(header, row));
    // Below many authorities there are sums of classes and regions, never ours.
    match rest.iter().find(figures).filter(|_| header.areas.is_none()) {
        Some(row) => {
            let message = "Below the end of the table there are more rows with figures; they were not read.";
            let suggestion = "Move them up to the table, or give them a heading row on a sheet of their own.";
            problems.push(Diagnostic::new("STR-005", place(row), message).suggest(suggestion).weighing(Severity::Warning));
        }
        None => problems.push(Diagnostic::new("STR-005", place(first), "Rows below the table were not read.")),
    }
}

/// Columns whose cells are figures.
pub(crate) fn values(header: &Header) -> impl Iterator<Item = u32> {
    let figure = |role| matches!(role, Some(Role::Value | Role::Numerator | Role::Denominator));
    header.columns.iter().filter(move |c| figure(c.role)).map(|c| c.column)
}

fn first_column(header: &Header, row: &Row) -> u32 {
    header.filled(row).next().map_or(0, |cell| cell.column)
}

/// The text of a row with one filled cell among or before the keys, or one merged across the table.
fn section_title(sheet: &Sheet, header: &Header, row: &Row) -> Option<String> {
    let mut filled = header.filled(row);
    let (cell, others) = (filled.next()?, filled.next());
    let text = matches!(cell.value, Value::Text(_));
    let is_value = values(header).any(|column| column == cell.column);
    let others_could_be = header.columns.len() > 1;
    let merged_across = sheet.merges.at(row.index, cell.column).is_some_and(|m| m.left == cell.column && m.right > cell.column);
    (others.is_none() && text && others_could_be && (!is_value || merged_across)).then(|| cell.text())
}

/// A row that shows how to fill the table in.
fn is_example(header: &Header, row: &Row) -> bool {
    let mut keys = header.keys.iter().filter_map(|(column, _)| row.cell(*column));
    let shows = |cell: &Cell| {
        let Value::Text(text) = &cell.value else { return false };
        let text = text.trim_start();
        // Most rows are told by their first letters.
        if !text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("example")) {
            return false;
        }
        let lower = text.to_lowercase();
        lower.trim_end() == "example" || ["example of", "example row", "example:"].iter().any(|start| lower.starts_with(start))
    };
    keys.any(shows)
}

/// What is said of a row of totals: one with a figure, words of its own and no ref may be an indicator for all that.
fn total(sheet: &Sheet, header: &Header, row: &Row) -> Diagnostic {
    let place = sheet.place(row.index, first_column(header, row));
    let words = header.find(Role::Name).and_then(|c| row.cell(c.column)).map(Cell::text).unwrap_or_default();
    let figure = values(header).any(|column| row.cell(column).is_some_and(|cell| !cell.is_blank()));
    if figure && header.find(Role::Code).is_some() && !words.is_empty() && !TOTALS.contains(&super::spelled::key(&words).as_str()) {
        let message = "This row has a figure and no ref, and is named as a total: it was not read.";
        let suggestion = "If it is an indicator, write its ref; if it is a sum of the rows above, leave it as it is.";
        return Diagnostic::new("STR-005", place, message).suggest(suggestion).weighing(Severity::Warning).seen(&words);
    }
    Diagnostic::new("STR-005", place, "Rows of totals or averages were not read: the product works them out itself.")
}

/// A row called `Total` and nothing more; one with a code of its own is an indicator, whatever it is called.
fn is_total(header: &Header, row: &Row) -> bool {
    let text = |role| header.find(role).and_then(|c| row.cell(c.column)).map(Cell::text).filter(|t| !t.is_empty());
    let is = |text: &str| TOTALS.contains(&super::spelled::key(text).as_str());
    match (text(Role::Code), text(Role::Name)) {
        (Some(code), _) => is(&code),
        (None, Some(name)) => is(&name) || (header.find(Role::Code).is_some() && name.to_lowercase().starts_with("total ")),
        (None, None) => header.filled(row).next().is_some_and(|c| is(&c.text())),
    }
}

/// A cell of a key column, or the one merged down into it.
pub(crate) fn key_cell<'a>(sheet: &'a Sheet, row: &'a Row, column: u32, problems: &mut Vec<Diagnostic>) -> Option<(&'a Cell, u32)> {
    if let Some(cell) = row.cell(column).filter(|c| !c.is_blank()) {
        return Some((cell, row.index));
    }
    let merge = sheet.merges.at(row.index, column).filter(|m| m.top < row.index && m.left == m.right)?;
    let cell = sheet.cell(merge.top, merge.left).filter(|c| !c.is_blank())?;
    if row.index == merge.top + 1 {
        let message = format!("{} is merged over several rows; it was read for each of them.", merge.a1());
        problems.push(Diagnostic::new("STR-003", crate::Place::new(sheet.name.clone(), a1(merge.top, merge.left)), message));
    }
    Some((cell, merge.top))
}
