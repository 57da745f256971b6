//! What a point shows, case by case. Figures are worked by hand.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::status::{Colour, Margin, Shape};
use crate::travel::Direction;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn month(year: i32, month: u32) -> Period {
    Period::month(year, month).unwrap()
}

fn financial(year: i32) -> Period {
    Period::year(YearBasis::Financial, year).unwrap()
}

/// Monthly, higher is better, one decimal, due ten days after the month.
fn monthly() -> Definition {
    Definition {
        version: 1,
        applies_from: None,
        purpose: Purpose::Operational,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Monthly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Mean,
        decimal_places: 1,
        multiplier: Decimal::ONE_HUNDRED,
        data_lag_days: 10,
    }
}

fn observed(period: Period, value: &str) -> Observation {
    Observation {
        period,
        definition_version: 1,
        value: value.parse().ok(),
        numerator: None,
        denominator: None,
        absence: None,
        state: ValueState::Final,
        forecast: None,
    }
}

fn aims(period: Period, target: &str, intervention: &str) -> Target {
    let thresholds = Thresholds { target: target.parse().ok(), intervention: intervention.parse().ok(), ..Thresholds::default() };
    Target { period, thresholds }
}

fn rule(from: NaiveDate, shape: Shape) -> StatusRule {
    StatusRule { version: format!("rule of {from}"), applies_from: from, shape }
}

fn levels() -> Vec<StatusRule> {
    vec![rule(day(2020, 4, 1), Shape::Levels)]
}

fn points(
    definitions: &[Definition],
    observations: &[Observation],
    targets: &[Target],
    rules: &[StatusRule],
    until: Period,
    last: usize,
) -> Vec<Point> {
    Series { definitions, observations, targets, rules, today: day(2024, 1, 15) }.points(until, last)
}

fn periods(points: &[Point]) -> Vec<String> {
    points.iter().map(|point| point.period.to_string()).collect()
}

#[test]
fn a_monthly_indicator_asked_until_a_quarter_gives_its_months() {
    let shown = points(&[monthly()], &[], &[], &levels(), Period::quarter(2023, 3).unwrap(), 3);
    assert_eq!(periods(&shown), ["2023-10", "2023-11", "2023-12"]);
}

#[test]
fn an_annual_indicator_asked_until_a_quarter_gives_years_that_have_ended() {
    let annual = |year_basis| Definition { frequency: Frequency::Annual, year_basis, ..monthly() };
    let asked = |basis| periods(&points(&[annual(basis)], &[], &[], &levels(), Period::quarter(2023, 3).unwrap(), 2));
    assert_eq!(asked(YearBasis::Financial), ["2021/22", "2022/23"]);
    assert_eq!(asked(YearBasis::Academic), ["2021/22 academic", "2022/23 academic"]);
    assert_eq!(asked(YearBasis::Calendar), ["2022", "2023"]);
    let half = Definition { frequency: Frequency::HalfYearly, ..monthly() };
    assert_eq!(periods(&points(&[half], &[], &[], &levels(), month(2024, 2), 2)), ["2022/23 H2", "2023/24 H1"]);
}

#[test]
fn a_profile_target_comes_before_the_years_flat_one() {
    let targets = [aims(month(2023, 4), "70", ""), aims(financial(2023), "90", "80")];
    let observations = [observed(month(2023, 4), "75"), observed(month(2023, 5), "75")];
    let shown = points(&[monthly()], &observations, &targets, &levels(), month(2023, 5), 2);
    assert_eq!(shown[0].status.because, "75.0 is above the target of 70.0 (rule of 2020-04-01)");
    assert_eq!(shown[1].status.because, "75.0 is below the target of 90.0 and below the intervention level of 80.0 (rule of 2020-04-01)");
    assert_eq!(shown[0].year_end.target, Some(dec("90")));
}

#[test]
fn a_rule_changed_later_does_not_repaint_the_past() {
    let rules =
        [rule(day(2020, 4, 1), Shape::Levels), rule(day(2023, 5, 31), Shape::Tolerance { amber: Margin::Percent(dec("10")), blue: None })];
    let observations = [observed(month(2023, 4), "85"), observed(month(2023, 5), "85")];
    let shown = points(&[monthly()], &observations, &[aims(financial(2023), "90", "")], &rules, month(2023, 5), 2);
    assert!(shown[0].status.colour == Colour::Red && shown[0].status.because.ends_with("(rule of 2020-04-01)"), "{shown:?}");
    assert!(shown[1].status.colour == Colour::Amber && shown[1].status.because.ends_with("(rule of 2023-05-31)"), "{shown:?}");
}

#[test]
fn a_figure_is_owed_once_the_lag_has_passed() {
    let lagging = |data_lag_days| {
        let definitions = [Definition { data_lag_days, ..monthly() }];
        points(&definitions, &[], &[], &levels(), month(2023, 12), 1)[0].status.colour
    };
    // 31 December and 15 days is 15 January: today, and not past it.
    assert_eq!(lagging(15), Colour::NotDue);
    assert_eq!(lagging(14), Colour::NoData);
    assert_eq!(lagging(u32::MAX), Colour::NotDue);
}

#[test]
fn travel_is_against_the_period_before_and_last_year() {
    let observations = [observed(month(2022, 12), "80"), observed(month(2023, 11), "90"), observed(month(2023, 12), "85")];
    let travel = |definition| points(&[definition], &observations, &[], &levels(), month(2023, 12), 1)[0].travel;
    let expected = Travel { on_previous_period: Direction::Declined, on_same_period_last_year: Direction::Improved };
    assert_eq!(travel(monthly()), expected);
    let cumulative = Definition { aggregation: Aggregation::Cumulative, ..monthly() };
    assert_eq!(travel(cumulative), Travel { on_previous_period: Direction::NotComparable, ..expected });
}

#[test]
fn nothing_is_compared_or_added_up_across_a_definition_break() {
    let second = Definition { version: 2, applies_from: Some(month(2023, 10)), decimal_places: 0, ..monthly() };
    let mut observations: Vec<_> =
        [(2022, 10), (2023, 9), (2023, 10), (2023, 11)].iter().map(|(y, m)| observed(month(*y, *m), "80")).collect();
    observations[2].definition_version = 2;
    observations[3].definition_version = 2;
    let shown = points(&[monthly(), second], &observations, &[], &levels(), month(2023, 11), 3);
    assert_eq!(shown.iter().map(|p| p.decimal_places).collect::<Vec<_>>(), [1, 0, 0]);
    assert_eq!(
        shown[1].travel,
        Travel { on_previous_period: Direction::NotComparable, on_same_period_last_year: Direction::NotComparable }
    );
    assert_eq!(shown[2].travel.on_previous_period, Direction::Same);
    assert_eq!(shown[2].year_to_date, YearToDate { value: Some(dec("80")), complete: false, expected: 8, reported: 2 });
}

#[test]
fn a_change_of_frequency_changes_the_length_of_the_points() {
    let quarterly = Definition { frequency: Frequency::Quarterly, ..monthly() };
    let second = Definition { version: 2, applies_from: Some(month(2023, 10)), ..monthly() };
    let shown = points(&[quarterly, second], &[], &[], &levels(), month(2023, 11), 4);
    assert_eq!(periods(&shown), ["2023/24 Q1", "2023/24 Q2", "2023-10", "2023-11"]);
}

#[test]
fn the_year_end_is_the_latest_forecast_of_the_year_against_the_years_own_target() {
    let mut observations = vec![observed(month(2023, 3), "90"), observed(month(2023, 4), "80"), observed(month(2023, 5), "82")];
    observations[0].forecast = Some(dec("10"));
    observations[1].forecast = Some(dec("88"));
    let targets = [aims(month(2023, 4), "70", ""), aims(financial(2023), "90", "85")];
    let shown = points(&[monthly()], &observations, &targets, &levels(), month(2023, 5), 2);
    let end = &shown[1].year_end;
    assert_eq!((end.forecast, end.target, end.status.colour), (Some(dec("88")), Some(dec("90")), Colour::Amber));

    let none = points(&[monthly()], &observations[2..], &targets, &levels(), month(2023, 5), 1);
    assert_eq!((none[0].year_end.forecast, none[0].year_end.status.colour), (None, Colour::NotApplicable));
    let no_target = points(&[monthly()], &observations, &targets[..1], &levels(), month(2023, 5), 1);
    assert_eq!(no_target[0].year_end.status.colour, Colour::NoTarget);
}

#[test]
fn with_direction_the_period_needs_last_years_value_and_the_year_end_last_years_outturn() {
    let rules = [rule(day(2020, 4, 1), Shape::ToleranceWithDirection { amber: Margin::Percent(dec("10")) })];
    let quarterly = Definition { frequency: Frequency::Quarterly, ..monthly() };
    let quarter = |year, n, value: &str| observed(Period::quarter(year, n).unwrap(), value);
    // The mean of 2022/23 is 60.
    let mut observations =
        vec![quarter(2022, 1, "50"), quarter(2022, 2, "70"), quarter(2022, 3, "65"), quarter(2022, 4, "55"), quarter(2023, 1, "49")];
    observations[4].forecast = Some(dec("60"));
    let targets = [aims(financial(2023), "90", "")];
    let asked = |observations: &[Observation]| {
        points(std::slice::from_ref(&quarterly), observations, &targets, &rules, Period::quarter(2023, 1).unwrap(), 1).remove(0)
    };
    let shown = asked(&observations);
    assert_eq!((shown.status.colour, shown.year_end.status.colour), (Colour::Red, Colour::Amber));
    assert!(shown.status.because.contains("worse than 50.0 in the same period last year"), "{}", shown.status.because);
    // With a quarter of last year missing there is no outturn to compare with.
    observations.remove(2);
    assert_eq!(asked(&observations).year_end.status.colour, Colour::Red);
}

#[test]
fn a_value_is_derived_or_found_to_disagree() {
    let ratio = Definition { aggregation: Aggregation::Ratio, ..monthly() };
    let of = |value: &str, numerator: &str, denominator: &str| {
        let observation =
            Observation { numerator: numerator.parse().ok(), denominator: denominator.parse().ok(), ..observed(month(2023, 4), value) };
        let point = points(std::slice::from_ref(&ratio), &[observation], &[], &levels(), month(2023, 4), 1).remove(0);
        (point.value, point.disagrees)
    };
    assert_eq!(of("", "3", "4"), (Some(dec("75")), false));
    assert_eq!(of("66.7", "2", "3"), (Some(dec("66.7")), false));
    assert_eq!(of("66.6", "2", "3"), (Some(dec("66.6")), true));
    assert_eq!(of("5", "2", "0"), (Some(dec("5")), true));
    assert_eq!(of("", "2", "0"), (None, false));
}

#[test]
fn nothing_of_a_suppressed_figure_is_shown_or_added_up() {
    let mut observations = [observed(month(2023, 4), "10"), observed(month(2023, 5), "3")];
    observations[1].absence = Some(Absence::Suppressed);
    observations[1].numerator = Some(dec("3"));
    let shown = points(&[monthly()], &observations, &[], &levels(), month(2023, 5), 1).remove(0);
    assert_eq!((shown.value, shown.numerator, shown.status.colour), (None, None, Colour::Suppressed));
    assert_eq!(shown.year_to_date, YearToDate { value: Some(dec("10")), complete: false, expected: 2, reported: 1 });
    assert_eq!(shown.travel.on_previous_period, Direction::NotComparable);
}

#[test]
fn the_year_to_date_counts_the_months_of_the_year_so_far() {
    let observations: Vec<_> = (4..=9).filter(|m| *m != 7).map(|m| observed(month(2023, m), "10")).collect();
    let sum = Definition { aggregation: Aggregation::Sum, ..monthly() };
    let shown = points(&[sum], &observations, &[], &levels(), Period::half(2023, 1).unwrap(), 1).remove(0);
    assert_eq!(shown.year_to_date, YearToDate { value: Some(dec("50")), complete: false, expected: 6, reported: 5 });
}

#[test]
fn what_must_be_loaded_reaches_to_the_start_of_the_year_before() {
    let quarter = Period::quarter(2023, 2).unwrap();
    assert_eq!(needed_from(quarter, 1, Frequency::Monthly, YearBasis::Financial), day(2022, 4, 1));
    // Twelve months to September 2023 start in October 2022, in the year 2022/23.
    assert_eq!(needed_from(quarter, 12, Frequency::Monthly, YearBasis::Financial), day(2021, 4, 1));
    assert_eq!(needed_from(quarter, 2, Frequency::Annual, YearBasis::Financial), day(2020, 4, 1));
    assert_eq!(needed_from(quarter, usize::MAX, Frequency::Annual, YearBasis::Financial), day(1900, 1, 1));
}

#[test]
fn asking_for_everything_ends_where_the_calendar_does() {
    let annual = Definition { frequency: Frequency::Annual, ..monthly() };
    assert_eq!(points(&[annual], &[], &[], &levels(), month(1902, 6), usize::MAX).len(), 2);
    assert_eq!(points(&[], &[], &[], &levels(), month(1902, 6), 5), []);
}
