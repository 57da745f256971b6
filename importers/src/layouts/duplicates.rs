//! The same figure twice, on one sheet or on several.

use std::collections::HashMap;

use rules::period::spelling::{Context, read};

use crate::address::Place;
use crate::diagnostic::Diagnostic;
use crate::row::{PeriodContent, ValueRow};

/// Keeps the first of rows that say the same, and none of rows that contradict one another.
pub(super) fn resolve(rows: Vec<ValueRow>, problems: &mut Vec<Diagnostic>) -> Vec<ValueRow> {
    let mut by_key: HashMap<(String, String, String), Vec<usize>> = HashMap::new();
    // A long sheet says the same few periods thousands of times; each spelling is worked out once.
    let mut spelled: HashMap<(&PeriodContent, Option<i32>), String> = HashMap::new();
    // The words of a heading (`Total`) may stand over quite different figures: they are the same once they are known to
    // mean the same indicator, which the plan asks.
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.from_heading) {
        let period =
            row.period.as_ref().map(|cell| spelled.entry((&cell.content, cell.context_year)).or_insert_with(|| period(cell)).clone());
        by_key.entry(key(row, period.unwrap_or_default())).or_default().push(at);
    }
    let mut dropped = vec![false; rows.len()];
    let mut groups: Vec<Vec<usize>> = by_key.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for group in groups {
        let Some(first) = group.first().and_then(|at| rows.get(*at)) else { continue };
        let same = group.iter().filter_map(|at| rows.get(*at)).all(|row| says(row) == says(first));
        let places: Vec<Place> = group.iter().filter_map(|at| rows.get(*at)).map(place).collect();
        let named = places.iter().take(5).map(|p| format!("'{}'!{}", p.sheet, p.cell)).collect::<Vec<_>>().join(", ");
        let (code, message, suggestion) = if same {
            ("STR-015", format!("The same figure stands in {named}; the first is kept."), "Delete the others.")
        } else {
            (
                "STR-016",
                format!("Different figures for the same indicator and period stand in {named}; none was taken."),
                "Keep the right one.",
            )
        };
        let mut problem = Diagnostic::new(code, first_place(&places), message).suggest(suggestion);
        problem.count = places.len();
        problem.places = places.into_iter().take(crate::diagnostic::PLACES_MAX).collect();
        problems.push(problem);
        for at in group.into_iter().skip(usize::from(same)) {
            if let Some(drop) = dropped.get_mut(at) {
                *drop = true;
            }
        }
    }
    rows.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(row, _)| row).collect()
}

fn first_place(places: &[Place]) -> Place {
    places.first().cloned().unwrap_or_else(Place::file)
}

fn place(row: &ValueRow) -> Place {
    let cell = row.value.as_ref().or(row.numerator.as_ref()).map(|c| c.cell.clone());
    Place::new(row.sheet.clone(), cell.unwrap_or_else(|| format!("A{}", row.row)))
}

/// What two rows must share to be the same figure: indicator, area, and the days of the period however it is written.
fn key(row: &ValueRow, period: String) -> (String, String, String) {
    let loose = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let indicator = row.code.as_ref().or(row.name.as_ref()).map(|t| loose(&t.text)).unwrap_or_default();
    let area = row.area.as_ref().map(|t| loose(&t.text)).unwrap_or_default();
    (indicator, area, period)
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

/// What a row says, places aside.
fn says(row: &ValueRow) -> impl PartialEq {
    let content = |cell: &Option<crate::row::RawCell>| cell.as_ref().map(|c| (c.content.clone(), c.percent, c.struck));
    (content(&row.value), content(&row.numerator), content(&row.denominator), row.absence_reason.as_ref().map(|t| t.text.clone()))
}
