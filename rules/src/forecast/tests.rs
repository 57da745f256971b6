//! Finding the years in a series, and what is said where there is no forecast. Numbers of intervals are compared with the reference in
//! `tests/forecast.rs`; those here are worked by hand.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::measure::{Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use crate::series::{Definition, Observation, Series};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn quarter(year: i32, quarter: u32) -> Period {
    Period::quarter(year, quarter).unwrap()
}

fn financial(year: i32) -> Period {
    Period::year(YearBasis::Financial, year).unwrap()
}

fn definition(version: u32, applies_from: Option<Period>, aggregation: Aggregation) -> Definition {
    Definition {
        version,
        applies_from,
        purpose: Purpose::Operational,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
        aggregation,
        decimal_places: 1,
        multiplier: Decimal::ONE_HUNDRED,
        data_lag_days: 10,
    }
}

/// Four quarters a year from 2019/20 on; a blank is no observation.
fn observed(years: &[[&str; 4]], version: impl Fn(Period) -> u32) -> Vec<Observation> {
    let mut observations = Vec::new();
    for (year, values) in (2019..).zip(years) {
        for (number, value) in (1..).zip(values) {
            let period = quarter(year, number);
            observations.extend(value.parse().ok().map(|value| Observation {
                period,
                definition_version: version(period),
                value: Some(value),
                numerator: None,
                denominator: None,
                absence: None,
                state: ValueState::Final,
                forecast: None,
            }));
        }
    }
    observations
}

fn seen(definitions: &[Definition], observations: &[Observation], at: Period, bounds: Bounds) -> (Result<Forecast, Withheld>, BackTest) {
    let today = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    of_series(&Series { definitions, observations, targets: &[], rules: &[], today }, at, bounds)
}

/// Half-years of 20, 40, 60 and 30 of outturns of 40, 80, 120 and 60: always the half.
const HALVES: [[&str; 4]; 5] =
    [["10", "10", "10", "10"], ["30", "10", "20", "20"], ["30", "30", "30", "30"], ["10", "20", "10", "20"], ["7", "8", "", ""]];

#[test]
fn a_sum_is_carried_by_how_the_year_usually_goes_on() {
    let definitions = [definition(1, None, Aggregation::Sum)];
    let (found, tried) = seen(&definitions, &observed(&HALVES, |_| 1), quarter(2023, 2), Bounds::default());
    let found = found.unwrap();
    assert_eq!((found.method, found.to_date, found.mean, found.reach), (Method::Ratio, dec("15"), dec("2"), Decimal::ZERO));
    assert_eq!((found.value, found.lower, found.upper), (dec("30"), dec("30"), dec("30")));
    assert_eq!(found.years, [2019, 2020, 2021, 2022].map(financial));
    assert_eq!(
        found.words(1),
        "30.0 expected, 80% likely between 30.0 and 30.0, from 15.0 to date and how outturn stood to year to date in 4 earlier years"
    );
    // Only 2022/23 has three years before it, and 30 × 2 is its 60.
    assert_eq!(tried.trials.iter().map(|trial| (trial.year, trial.outturn)).collect::<Vec<_>>(), [(financial(2022), dec("60"))]);
    assert_eq!((tried.within, tried.mean_absolute_error, tried.mean_absolute_percentage_error), (1, Some(dec("0")), Some(dec("0"))));
    assert_eq!(
        tried.words(1).unwrap(),
        "In 1 earlier year it would have been out by 0.0 (0.0%) on average, and 1 of 1 came within the interval"
    );
}

#[test]
fn a_mean_is_carried_by_differences_and_cut_off_where_no_figure_can_be() {
    // Half-year means 90, 92, 94 against year means 95, 98, 99: differences 5, 6, 5. From 97 that is 102.33….
    let years = [["90", "90", "100", "100"], ["92", "92", "104", "104"], ["94", "94", "104", "104"], ["97", "97", "", ""]];
    let definitions = [definition(1, None, Aggregation::Mean)];
    let (found, tried) = seen(&definitions, &observed(&years, |_| 1), quarter(2022, 2), Bounds::PERCENT);
    let found = found.unwrap();
    assert_eq!((found.method, found.mean.round_dp(4)), (Method::Difference, dec("5.3333")));
    assert_eq!((found.value, found.upper), (dec("100"), dec("100")));
    assert_eq!((found.cut_at_least, found.cut_at_most), (None, Some(dec("100"))));
    assert!(found.words(0).ends_with("in 3 earlier years; cut off at 100, beyond which there is no figure"), "{}", found.words(0));
    assert_eq!((tried.trials.len(), tried.mean_absolute_error, tried.words(0)), (0, None, None));
}

#[test]
fn where_there_is_no_forecast_it_says_why() {
    let definitions = [definition(1, None, Aggregation::Sum)];
    let all = observed(&HALVES, |_| 1);
    let said = |observations: &[Observation], at| seen(&definitions, observations, at, Bounds::default()).0.unwrap_err();
    assert_eq!(said(&all, quarter(2022, 4)), Withheld::YearOver);
    assert_eq!(said(&all, quarter(2023, 3)), Withheld::YearIncomplete);
    assert_eq!(said(&all, quarter(2024, 1)), Withheld::NoFigure);
    assert_eq!(said(&all, quarter(2021, 2)), Withheld::TooFewYears, "two years before it");
    let holed: Vec<Observation> = all.iter().filter(|o| o.period != quarter(2020, 3) && o.period != quarter(2021, 1)).cloned().collect();
    assert_eq!(said(&holed, quarter(2023, 2)), Withheld::TooFewYears, "a year with a hole is no year");
    assert_eq!(said(&all, Period::month(2023, 9).unwrap()), Withheld::NoFigure, "not one of its periods");
    let largest = "79228162514264337593543950335";
    let mut huge = HALVES;
    huge[4] = [largest, largest, "", ""];
    assert_eq!(said(&observed(&huge, |_| 1), quarter(2023, 2)), Withheld::TooLarge, "the year to date does not fit");
    assert_eq!(said(&observed(&huge, |_| 1), quarter(2023, 1)), Withheld::TooLarge, "the forecast does not");
}

#[test]
fn years_of_another_definition_are_not_compared() {
    let definitions = [definition(1, None, Aggregation::Sum), definition(2, Some(quarter(2020, 1)), Aggregation::Sum)];
    let observations = observed(&HALVES, |period| if period < quarter(2020, 1) { 1 } else { 2 });
    let (found, tried) = seen(&definitions, &observations, quarter(2023, 2), Bounds::default());
    assert_eq!(found.unwrap().years, [2020, 2021, 2022].map(financial));
    assert_eq!(tried.trials.len(), 0);
    // Changed in the middle of 2020/21: that year is of neither.
    let definitions = [definition(1, None, Aggregation::Sum), definition(2, Some(quarter(2020, 3)), Aggregation::Sum)];
    let observations = observed(&HALVES, |period| if period < quarter(2020, 3) { 1 } else { 2 });
    assert_eq!(seen(&definitions, &observations, quarter(2023, 2), Bounds::default()).0, Err(Withheld::TooFewYears));
}

#[test]
fn ten_years_are_looked_at_and_asked_for() {
    let years = vec![["10", "10", "10", "10"]; 14];
    let definitions = [definition(1, None, Aggregation::Sum)];
    let (found, tried) = seen(&definitions, &observed(&years, |_| 1), quarter(2032, 1), Bounds::default());
    assert_eq!((found.unwrap().years.len(), tried.trials.len()), (10, 7));
    let from = needed_from(quarter(2032, 1), Frequency::Quarterly, YearBasis::Financial);
    assert!(from <= financial(2022).start(), "{from}");
}

#[test]
fn an_academic_year_of_months_is_found() {
    let academic =
        Definition { frequency: Frequency::Monthly, year_basis: YearBasis::Academic, ..definition(1, None, Aggregation::Cumulative) };
    let mut observations = Vec::new();
    // September 2019 to December 2022: each month one more, so that four months in it is 4 of 12.
    for index in 0..40_u32 {
        let period = Period::month(2019 + (index as i32 + 8) / 12, (index + 8) % 12 + 1).unwrap();
        let value = Some(Decimal::from(index % 12 + 1));
        observations.push(Observation { period, value, ..observed(&[["1", "", "", ""]], |_| 1)[0].clone() });
    }
    let found = seen(&[academic], &observations, Period::month(2022, 12).unwrap(), Bounds::default()).0.unwrap();
    assert_eq!((found.to_date, found.value, found.years.len()), (dec("4"), dec("12"), 3));
}
