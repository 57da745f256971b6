//! What titles and the sheet's name say of a whole table: the year, the period, what is measured, in which thousands.

use std::collections::HashMap;

use chrono::Datelike;
use rules::measure::Frequency;
use rules::period::spelling::{Context, Reading, read, split_period};

use super::disagree;
use super::header::{Header, Measure};
use super::heading::Column;
use super::roles::Role;
use super::spelled::scale;
use super::{beside, groups};
use crate::address::a1;
use crate::row::{PeriodContent, Text, TextKind};
use crate::sheet::{Row, Sheet, Value};
use crate::words::without_note_marks;

/// Title rows above a table that are read.
const TITLES_MAX: usize = 20;

/// Cells of a row of titles; one with more is a table's.
const TITLE_CELLS_MAX: usize = 4;

/// Characters of a title that may be the name of what is measured.
const NAME_CHARS_MAX: usize = 200;

/// Gives a table what its titles say, where neither headings nor a mapping do.
pub(super) fn settle(sheet: &Sheet, header: &mut Header) {
    let titles = titles(sheet, header);
    match &header.period {
        None => header.period = period(sheet, &titles),
        Some((told, _)) if header.told.period && uses_period(header) => {
            let named = period(sheet, &titles);
            let problem = named.and_then(|(named, cell)| disagree::period(sheet, told, &PeriodContent::Text(named), &cell, "period"));
            header.told.disagrees |= problem.is_some();
            header.remarks.extend(problem);
        }
        Some(_) => {}
    }
    if header.measure.is_none() {
        header.measure = name(&titles).map(Measure::Words);
    }
    header.rivals = groups::keyed(header) == Some(false) && !beside::rivals(header).is_empty();
    // Those right below the headings are of their own columns only.
    let units = sheet.rows.iter().filter(|row| row.index < header.bottom && is_skipped(header, row)).flat_map(texts);
    let named = titles.into_iter().chain(units).find_map(|(text, cell)| Some((scale(&text)?, text, cell)));
    match (header.multiplier, named) {
        (None, named) => header.multiplier = named.map(|(scale, ..)| scale),
        (Some(told), Some((named, text, cell))) if header.told.multiplier && uses_multiplier(header) => {
            let problem = disagree::multiplier(sheet, told, named, (&cell, &text), "multiplier");
            header.told.disagrees |= problem.is_some();
            header.remarks.extend(problem);
        }
        (Some(_), _) => {}
    }
}

/// Whether figures have no other multiplier than the table's.
fn uses_multiplier(header: &Header) -> bool {
    header.columns.iter().any(|c| c.multiplier.is_none() && matches!(c.role, Some(Role::Value | Role::Numerator) | None))
}

/// Whether figures have no other period than the table's.
fn uses_period(header: &Header) -> bool {
    let undated = |column: &Column| column.period.is_none() && matches!(column.role, Some(Role::Value | Role::Numerator) | None);
    header.find(Role::Period).is_none() && header.columns.iter().any(undated)
}

/// Texts above the headings, and where they stand. Rows of figures are other tables' and say nothing.
fn titles(sheet: &Sheet, header: &Header) -> Vec<(String, String)> {
    let end = sheet.rows.partition_point(|row| row.index < header.top);
    let above = sheet.rows.iter().take(end).rev().take_while(|row| row.index >= header.above).filter(|row| !is_skipped(header, row));
    let is_text = |row: &Row| row.filled().all(|cell| matches!(cell.value, Value::Text(_)));
    let mut rows: Vec<&Row> = above.take_while(|row| row.filled().count() <= TITLE_CELLS_MAX || is_text(row)).collect();
    rows.retain(|row| !row.hidden && is_text(row) && row.filled().count() <= TITLE_CELLS_MAX);
    rows.truncate(TITLES_MAX);
    rows.into_iter().rev().flat_map(texts).collect()
}

fn texts(row: &Row) -> impl Iterator<Item = (String, String)> {
    row.filled().map(|cell| (cell.text(), a1(row.index, cell.column)))
}

/// A row among the headings that heads nothing.
fn is_skipped(header: &Header, row: &Row) -> bool {
    header.skipped.iter().any(|(_, skipped)| *skipped == row.index)
}

/// The one period of sheet name and titles, and where it stands; none when they name none, or two. The sheet's name
/// counts first: titles also speak of when something was published.
fn period(sheet: &Sheet, titles: &[(String, String)]) -> Option<(String, String)> {
    let found = |text: &str| {
        // A title of several lines says the period on one of them.
        text.lines().filter_map(split_period).map(|(_, period)| period).rfind(|period| read(period, &Context::default()).is_ok())
    };
    if let Some(period) = found(&sheet.name) {
        return Some((period, "A1".to_owned()));
    }
    let mut periods: HashMap<String, (String, String)> = HashMap::new();
    let mut first = None;
    for (text, cell) in titles {
        let lower = text.to_lowercase();
        if ["revised", "published", "updated", "update", "printed"].iter().any(|word| lower.contains(word)) {
            continue;
        }
        if let Some(period) = found(text) {
            let key = read(&period, &Context::default()).map_or_else(|_| period.clone(), |(reading, _)| format!("{:?}", reading.days()));
            first.get_or_insert_with(|| key.clone());
            periods.entry(key).or_insert((period, cell.clone()));
        }
    }
    first.filter(|_| periods.len() == 1).and_then(|key| periods.remove(&key))
}

/// The first title with words, as the name of what a table without any other name measures: `Table 1: ` and the period
/// are no part of it.
fn name(titles: &[(String, String)]) -> Option<Text> {
    titles.iter().find_map(|(text, cell)| {
        let line = text.lines().next()?;
        let rest = without_number(line);
        let rest = split_period(rest).map_or_else(|| rest.to_owned(), |(rest, _)| rest);
        let text = without_note_marks(&rest).0;
        let words = text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && text.chars().count() <= NAME_CHARS_MAX;
        words.then(|| Text { text, cell: cell.clone(), kind: TextKind::Text })
    })
}

/// A title without `Table 1:`, `Table A1 -`.
fn without_number(title: &str) -> &str {
    let numbered = title.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("table "));
    let rest = title.split_once([':', '-', '\u{2013}', '\u{2014}']).filter(|(number, _)| numbered && number.trim().len() <= 12);
    rest.map_or(title, |(_, rest)| rest.trim())
}

/// The first calendar year of the one year pair that the rows above a table and the sheet's name speak of:
/// 2023 for `2023/24`. None when they speak of none, or of more than one.
pub(crate) fn year(sheet: &Sheet, header: &Header) -> Option<i32> {
    let above = sheet.rows.iter().skip_while(|row| row.index < header.above);
    let titles = above.take_while(|row| row.index < header.top).flat_map(|row| row.filled().map(crate::sheet::Cell::text));
    let mut years: Vec<i32> = titles.chain([sheet.name.clone()]).flat_map(|text| pairs(&text)).collect();
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        // `Year ending March 2024` names a year without a pair.
        [] => header.period.as_ref().and_then(|(period, _)| financial_year(period)),
        _ => None,
    }
}

fn financial_year(period: &str) -> Option<i32> {
    match read(period, &Context::default()) {
        Ok((Reading::Period(period), _)) if period.frequency() == Some(Frequency::Annual) && period.start().month() == 4 => {
            Some(period.start().year())
        }
        _ => None,
    }
}

/// Year pairs in a text: `2023/24`, `2023-24`, `2023/2024`, `23/24`, `2023 to 2024`.
pub(super) fn pairs(text: &str) -> Vec<i32> {
    let text = text.replace(['–', '—', '‑'], "-").replace(" to ", "/").replace([' ', '\u{a0}'], "\u{1}");
    let mut found = Vec::new();
    let words = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-')));
    for word in words {
        let Some((first, second)) = word.split_once(['/', '-']) else { continue };
        let (Ok(start), Ok(end)) = (first.parse::<i32>(), second.parse::<i32>()) else { continue };
        let start = match first.len() {
            4 => start,
            2 => 2_000 + start,
            _ => continue,
        };
        let follows = match second.len() {
            4 => end == start + 1,
            2 => end == (start + 1) % 100,
            _ => false,
        };
        if follows && (1990..=2100).contains(&start) {
            found.push(start);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn years_are_found_in_titles() {
        for (title, years) in [
            ("Performance report 2023/24, quarter 2", vec![2023]),
            ("Results 2023-24 and 2022-23", vec![2023, 2022]),
            ("April 2023 to 2024", vec![2023]),
            ("23/24 outturn", vec![2023]),
            ("Printed 12/05/2023", vec![]),
            ("2023/25 plan", vec![]),
            ("As at 2023", vec![]),
        ] {
            assert_eq!(pairs(title), years, "{title}");
        }
    }
}
