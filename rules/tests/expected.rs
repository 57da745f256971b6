//! Statuses, years to date and directions against tables worked out by `expected/make.py`, a second statement of the
//! domain's rules in another language. The tables are committed; nothing here runs Python.

use std::fmt::Debug;
use std::str::FromStr;

use chrono::NaiveDate;
use rules::aggregate::{Part, rounded, year_to_date};
use rules::status::{Band, Colour, Margin, Question, Shape, StatusRule, Thresholds, judge};
use rules::travel::{Direction, Figure, compare};
use rust_decimal::Decimal;

/// A row whose cells are taken in order; none of the tables has quotes in it.
struct Row<'a> {
    line: &'a str,
    cells: std::str::Split<'a, char>,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Self {
        Self { line, cells: line.split(',') }
    }

    fn text(&mut self) -> &'a str {
        self.cells.next().unwrap_or_else(|| panic!("too few cells: {}", self.line))
    }

    fn need<T: FromStr<Err: Debug>>(&mut self) -> T {
        let text = self.text();
        text.parse().unwrap_or_else(|error| panic!("{text:?} in {}: {error:?}", self.line))
    }

    fn may<T: FromStr<Err: Debug>>(&mut self) -> Option<T> {
        let text = self.text();
        (!text.is_empty()).then(|| text.parse().unwrap_or_else(|error| panic!("{text:?} in {}: {error:?}", self.line)))
    }

    fn yes(&mut self) -> bool {
        self.text() == "True"
    }

    fn margin(&mut self) -> Option<Margin> {
        let (size, kind) = (self.may(), self.text());
        size.map(|size| if kind == "%" { Margin::Percent(size) } else { Margin::Points(size) })
    }
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().skip(1).map(Row::of)
}

fn bands(text: &str) -> Vec<Band> {
    text.split(';')
        .filter_map(|band| band.split_once(':'))
        .map(|(colour, below)| Band {
            name: colour.to_owned(),
            colour: colour.parse().expect("make.py writes colours' codes"),
            below: below.parse().ok(),
        })
        .collect()
}

#[test]
fn statuses_are_those_of_the_table() {
    let mut compared = 0;
    for mut row in rows(include_str!("expected/status.csv")) {
        let (shape, amber, blue) = (row.text(), row.margin(), row.margin());
        let (decimal_places, polarity, purpose, value, absence, due) =
            (row.need(), row.need(), row.need(), row.may(), row.may(), row.yes());
        let thresholds = Thresholds {
            target: row.may(),
            intervention: row.may(),
            lower: row.may(),
            upper: row.may(),
            intervention_lower: row.may(),
            intervention_upper: row.may(),
        };
        let (same_period_last_year, chosen, bands) = (row.may(), row.may(), bands(row.text()));
        let shape = match shape {
            "LEVELS" => Shape::Levels,
            "TOLERANCE" => Shape::Tolerance { amber: amber.unwrap(), blue },
            "TOLERANCE_WITH_DIRECTION" => Shape::ToleranceWithDirection { amber: amber.unwrap() },
            "RANGE" => Shape::Range,
            "BANDS" => Shape::Bands { bands },
            "WORDS" => Shape::Words,
            other => panic!("{other}"),
        };
        let rule = StatusRule { version: "v1".into(), applies_from: NaiveDate::MIN, shape };
        let expected: Colour = row.need();
        let status = judge(&Question {
            rule: Some(&rule),
            value,
            absence,
            due,
            polarity,
            purpose,
            decimal_places,
            thresholds: Some(&thresholds),
            same_period_last_year,
            chosen,
        });
        assert_eq!(status.colour, expected, "{}\n{}", row.line, status.because);
        compared += 1;
    }
    assert_eq!(compared, 960);
}

#[test]
fn years_to_date_are_those_of_the_table() {
    let mut compared = 0;
    for mut row in rows(include_str!("expected/year_to_date.csv")) {
        let (aggregation, multiplier, expected) = (row.need(), row.need(), row.need());
        let parts: Vec<Part> = row
            .text()
            .split(';')
            .map(|part| {
                let mut cells = part.split(':').map(|cell| cell.parse::<Decimal>().ok());
                Part { value: cells.next().unwrap(), numerator: cells.next().unwrap(), denominator: cells.next().unwrap() }
            })
            .collect();
        let year = year_to_date(aggregation, multiplier, expected, parts);
        assert_eq!(year.value.map(|value| rounded(value, 12)), row.may(), "{}", row.line);
        assert_eq!((year.reported, year.complete, year.expected), (row.need(), row.yes(), expected), "{}", row.line);
        compared += 1;
    }
    assert_eq!(compared, 250);
}

#[test]
fn directions_are_those_of_the_table() {
    let mut compared = 0;
    for mut row in rows(include_str!("expected/travel.csv")) {
        let (polarity, places) = (row.need(), row.need());
        let range = Thresholds { lower: row.may(), upper: row.may(), ..Thresholds::default() };
        let mut figure = || {
            let (value, definition_version) = (row.may(), row.need());
            value.map(|value| Figure { value, definition_version })
        };
        let (now, before) = (figure(), figure());
        let expected: Direction = row.need();
        assert_eq!(compare(now, before, polarity, places, Some(&range)), expected, "{}", row.line);
        compared += 1;
    }
    assert_eq!(compared, 240);
}
