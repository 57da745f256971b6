//! The same figure twice, on one sheet or on several.

use std::collections::HashMap;

use rules::period::spelling::{Context, read};
use rust_decimal::Decimal;

use super::gathered::Gathered;
use crate::address::Place;
use crate::diagnostic::{Diagnostic, PLACES_MAX};
use crate::row::{Content, PeriodContent, RawCell, ValueRow};

/// Keeps the first of rows that say the same, and none of rows that contradict one another.
pub(super) fn resolve(rows: &mut Gathered, problems: &mut Vec<Diagnostic>) {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for alike in rows.together() {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for at in alike {
            let Some(row) = rows.get(at) else { continue };
            if let Some(key) = rows.key(&row) {
                match by_key.get_mut(key) {
                    Some(group) => group.push(at),
                    None => drop(by_key.insert(key.to_owned(), vec![at])),
                }
            }
        }
        groups.extend(by_key.into_values().filter(|group| group.len() > 1));
    }
    groups.sort();
    let mut dropped = Vec::new();
    for group in groups {
        let Some(first) = group.first().and_then(|at| rows.get(*at)) else { continue };
        let said = says(&first);
        let same = group.iter().skip(1).filter_map(|at| rows.get(*at)).all(|row| says(&row) == said);
        let places: Vec<Place> = group.iter().take(PLACES_MAX).filter_map(|at| Some(place(&rows.get(*at)?))).collect();
        problems.push(told(same, group.len(), places));
        dropped.extend(group.into_iter().skip(usize::from(same)));
    }
    dropped.sort_unstable();
    rows.leave_out(&dropped);
}

/// What is said of rows that are of one figure, and say the same of it or not.
fn told(same: bool, count: usize, places: Vec<Place>) -> Diagnostic {
    let named = places.iter().take(5).map(|p| format!("'{}'!{}", p.sheet, p.cell)).collect::<Vec<_>>().join(", ");
    let (code, message, suggestion) = if same {
        ("STR-015", format!("The same figure stands in {named}; the first is kept."), "Delete the others.")
    } else {
        ("STR-016", format!("Different figures for the same indicator and period stand in {named}; none was taken."), "Keep the right one.")
    };
    let first = places.first().cloned().unwrap_or_else(Place::file);
    let mut problem = Diagnostic::new(code, first, message).suggest(suggestion);
    problem.count = count;
    problem.places = places;
    problem
}

fn place(row: &ValueRow) -> Place {
    let cell = row.value.as_ref().or(row.numerator.as_ref()).map(|c| c.cell.clone());
    Place::new(row.sheet.clone(), cell.unwrap_or_else(|| format!("A{}", row.row)))
}

/// What two rows must share to be the same figure, in words: indicator, area, and the days of the period however it is
/// written.
#[derive(Default)]
pub(super) struct Keys {
    /// A long sheet says the same few periods thousands of times; each spelling, beside its year, is worked out once.
    spelled: HashMap<Option<i32>, HashMap<PeriodContent, String>>,
    text: String,
}

impl Keys {
    /// The key of a row. The words of a heading (`Total`) may stand over quite different figures: they are the same once
    /// they are known to mean the same indicator, which the plan asks, so those rows have none.
    pub fn of(&mut self, row: &ValueRow) -> Option<&str> {
        if row.from_heading {
            return None;
        }
        self.text.clear();
        // 1.11, 11.1 and 1.1.1 are three indicators: where the points stand counts. Looser likeness is the plan's to weigh.
        if let Some(text) = row.code.as_ref().or(row.name.as_ref()) {
            lower(text.text.trim(), &mut self.text);
        }
        self.text.push('\0');
        if let Some(area) = &row.area {
            let letters: String = area.text.chars().filter(|c| c.is_alphanumeric()).collect();
            lower(&letters, &mut self.text);
        }
        self.text.push('\0');
        if let Some(cell) = &row.period {
            let of_year = self.spelled.entry(cell.context_year).or_default();
            match of_year.get(&cell.content) {
                Some(period) => self.text.push_str(period),
                None => {
                    let period = period(cell);
                    self.text.push_str(&period);
                    of_year.insert(cell.content.clone(), period);
                }
            }
        }
        Some(&self.text)
    }
}

/// Adds a text in small letters.
fn lower(text: &str, to: &mut String) {
    if text.is_ascii() {
        to.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        to.push_str(&text.to_lowercase());
    }
}

fn period(cell: &crate::row::PeriodCell) -> String {
    match &cell.content {
        PeriodContent::Date { date, .. } => date.to_string(),
        PeriodContent::Text(text) => {
            let year = cell.context_year.and_then(|year| rules::period::Period::year(rules::measure::YearBasis::Financial, year));
            match read(text, &Context { year, ..Context::default() }) {
                Ok((reading, _)) => {
                    let (first, last) = reading.days();
                    format!("{first} {last}")
                }
                Err(_) => text.to_lowercase(),
            }
        }
    }
}

/// What a row says, places aside. A number typed as text is that number.
fn says(row: &ValueRow) -> impl PartialEq + use<> {
    let content = |cell: &Option<RawCell>| {
        cell.as_ref().map(|c| {
            let (content, percent) =
                number(&c.content).map_or_else(|| (c.content.clone(), false), |(number, percent)| (Content::Number(number), percent));
            (content, percent || c.percent == Some(true), c.struck)
        })
    };
    (content(&row.value), content(&row.numerator), content(&row.denominator), row.absence_reason.as_ref().map(|t| t.text.clone()))
}

/// The number that a text says, and whether it says it as a percentage.
pub(super) fn number(content: &Content) -> Option<(Decimal, bool)> {
    let Content::Text(text) = content else { return None };
    let text = text.trim();
    match text.strip_suffix('%') {
        Some(shown) => shown.trim_end().parse::<Decimal>().ok()?.checked_div(Decimal::ONE_HUNDRED).map(|number| (number, true)),
        None => text.parse().ok().map(|number| (number, false)),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Reading, read};

    fn plain(text: &str) -> Reading {
        read(text.as_bytes(), "figures.csv", &Limits::default())
    }

    fn has(reading: &Reading, code: &str) -> bool {
        reading.diagnostics.iter().any(|problem| problem.code == code)
    }

    #[test]
    fn codes_that_differ_by_where_their_points_stand_are_different_indicators() {
        let reading = plain("Ref,Period,Result\n1.11,Q1 2024/25,5\n11.1,Q1 2024/25,6\n1.1.1,Q1 2024/25,7\n");
        assert_eq!(reading.values.len(), 3, "{:?}", reading.diagnostics);
        assert!(!has(&reading, "STR-016") && !has(&reading, "STR-015"));
        let reading = plain("Ref,Period,Result\nWM01,Q1 2024/25,5\n wm01 ,Q1 2024/25,6\n");
        assert!(reading.values.is_empty() && has(&reading, "STR-016"));
    }

    #[test]
    fn a_number_typed_as_text_is_the_same_number() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let percent = rust_xlsxwriter::Format::new().set_num_format("0%");
        let sheet = book.add_worksheet();
        for (column, heading) in ["Ref", "Period", "Result"].iter().enumerate() {
            sheet.write(0, u16::try_from(column).unwrap(), *heading).unwrap();
        }
        for row in 1..7 {
            let code = if row < 3 {
                "WM01"
            } else if row < 5 {
                "WM02"
            } else {
                "WM03"
            };
            sheet.write(row, 0, code).unwrap().write(row, 1, "Q1 2024/25").unwrap();
        }
        sheet.write(1, 2, "100.0").unwrap().write(2, 2, 100).unwrap();
        sheet.write(3, 2, "61%").unwrap().write_with_format(4, 2, 0.61, &percent).unwrap();
        sheet.write(5, 2, "61%").unwrap().write(6, 2, 61).unwrap();
        let reading = read(&book.save_to_buffer().unwrap(), "figures.xlsx", &Limits::default());
        let cells: Vec<&str> = reading.values.iter().filter_map(|row| Some(row.value.as_ref()?.cell.as_str())).collect();
        // Whether 61 beside 61% is 61 per cent is not known before the unit is.
        assert_eq!(cells, ["C2", "C4"], "{:?}", reading.diagnostics);
        assert!(has(&reading, "STR-015") && has(&reading, "STR-016"));
    }
}
