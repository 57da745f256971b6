//! What fires when, case by case: worked by hand.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::measure::{Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use crate::series::{Definition, Observation, Point, Series, Target};
use crate::spc::{SpecialCause, Variation};
use crate::status::{Shape, StatusRule, Thresholds};

mod delivery;
mod setting;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn month(index: usize) -> Period {
    Period::month(2022 + (index as i32 + 3) / 12, (index as u32 + 3) % 12 + 1).unwrap()
}

/// Monthly from April 2022, target 85 and intervention level 80, judged on 15 January 2024. A figure is `value` or
/// `value>forecast`; a blank is no observation, `-` is NOT_DUE, `*` is SUPPRESSED.
fn points_of(figures: &[&str], aggregation: Aggregation, today: &str) -> Vec<Point> {
    let definition = Definition {
        version: 1,
        applies_from: None,
        purpose: Purpose::Operational,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Monthly,
        year_basis: YearBasis::Financial,
        aggregation,
        decimal_places: 1,
        multiplier: Decimal::ONE_HUNDRED,
        data_lag_days: 10,
    };
    let observations: Vec<Observation> = figures
        .iter()
        .enumerate()
        .filter(|(_, figure)| !figure.is_empty())
        .map(|(index, figure)| {
            let (value, forecast) = figure.split_once('>').unwrap_or((figure, ""));
            let absence = match value {
                "-" => Some(crate::measure::Absence::NotDue),
                "*" => Some(crate::measure::Absence::Suppressed),
                _ => None,
            };
            Observation {
                period: month(index),
                definition_version: 1,
                value: value.parse().ok(),
                numerator: None,
                denominator: None,
                absence,
                state: ValueState::Final,
                forecast: forecast.parse().ok(),
            }
        })
        .collect();
    let thresholds = Thresholds { target: Some(dec("85")), intervention: Some(dec("80")), ..Thresholds::default() };
    let targets: Vec<Target> =
        (2022..=2024).map(|year| Target { period: Period::year(YearBasis::Financial, year).unwrap(), thresholds }).collect();
    let rules = [StatusRule { version: "rule".into(), applies_from: day("2020-04-01"), shape: Shape::Levels }];
    let series = Series { definitions: &[definition], observations: &observations, targets: &targets, rules: &rules, today: day(today) };
    series.points(month(figures.len() - 1), figures.len())
}

fn points(figures: &[&str]) -> Vec<Point> {
    points_of(figures, Aggregation::Mean, "2026-01-15")
}

fn facts(points: &[Point]) -> IndicatorFacts<'_> {
    IndicatorFacts {
        points,
        polarity: Polarity::HigherIsBetter,
        aggregation: Aggregation::Mean,
        year_basis: YearBasis::Financial,
        baselines: &[],
        breaks: &[],
        positions: &[],
    }
}

fn fired(kind: Kind, given: &[(&str, i64)], facts: IndicatorFacts<'_>) -> Vec<Firing> {
    firings(&Parameters::of(kind, given.iter().copied()).unwrap(), &Facts::Indicator(facts))
}

/// Since, fired, and how it ended.
type Told = (String, String, Option<(String, Ceased)>);

fn told(firings: &[Firing]) -> Vec<Told> {
    firings.iter().map(|f| (f.since.to_string(), f.fired.to_string(), f.until.map(|end| (end.at.to_string(), end.why)))).collect()
}

fn at(index: usize) -> String {
    month(index).to_string()
}

#[test]
fn red_fires_in_the_second_period_and_is_known_by_the_first() {
    let points = points(&["90", "75", "79", "82", "70", "71", "72"]);
    let found = fired(Kind::RedForPeriods, &[], facts(&points));
    assert_eq!(told(&found), [(at(1), at(2), Some((at(3), Ceased::NoLonger))), (at(4), at(5), None)]);
    assert_eq!(found.iter().map(Firing::is_current).collect::<Vec<_>>(), [false, true]);
    let Evidence::RedForPeriods { periods, figures, decimal_places, .. } = &found[1].evidence else { panic!("{found:?}") };
    assert_eq!(
        (*periods, figures.len(), figures[2].value, figures[2].thresholds.target, *decimal_places),
        (3, 3, Some(dec("72")), Some(dec("85")), 1)
    );
    assert_eq!(
        found[1].words(),
        "Red for 3 periods running, since 2022-08: 72.0 is below the target of 85.0 and below the intervention level of 80.0"
    );
    assert_eq!(told(&fired(Kind::RedForPeriods, &[("periods", 3)], facts(&points))), [(at(4), at(6), None)]);
    assert_eq!(fired(Kind::RedForPeriods, &[("periods", 4)], facts(&points)), []);
    assert_eq!(fired(Kind::RedForPeriods, &[("periods", 1)], facts(&points)).len(), 2);
}

#[test]
fn an_absence_ends_a_run_and_what_is_not_owed_is_passed_over() {
    let missing = points(&["75", "75", "", "75", "75"]);
    assert_eq!(
        told(&fired(Kind::RedForPeriods, &[], facts(&missing))),
        [(at(0), at(1), Some((at(2), Ceased::NoFigure))), (at(3), at(4), None)]
    );
    let suppressed = points(&["75", "*", "75"]);
    assert_eq!(fired(Kind::RedForPeriods, &[], facts(&suppressed)), []);
    let not_owed = points(&["75", "-", "75", "-"]);
    assert_eq!(told(&fired(Kind::RedForPeriods, &[], facts(&not_owed))), [(at(0), at(2), None)]);
    // The last month is not due yet: what fired before still fires.
    let not_due = points_of(&["75", "75", ""], Aggregation::Mean, "2022-07-05");
    assert_eq!(told(&fired(Kind::RedForPeriods, &[], facts(&not_due))), [(at(0), at(1), None)]);
    // Ten days later it is, and nobody gave it.
    let overdue = points_of(&["75", "75", ""], Aggregation::Mean, "2022-07-12");
    assert_eq!(told(&fired(Kind::RedForPeriods, &[], facts(&overdue))), [(at(0), at(1), Some((at(2), Ceased::NoFigure)))]);
}

#[test]
fn the_past_reads_the_same_however_much_followed() {
    let mut figures = vec!["75", "79", "82>70", "70", "71", "", "70", "71>86", "90", "88", "86", "70", "-", "99", "92", "90", "88", "40"];
    figures.extend(["39", "", "88", "30", "86", "85", "84", "83", "82", "81>70", "80", "79", "20", "19"]);
    let whole = points(&figures);
    let count = |kind| fired(kind, &[], facts(&whole)).len();
    assert_eq!([Kind::RedForPeriods, Kind::ForecastRed, Kind::Declining, Kind::SpecialCause].map(count), [5, 2, 3, 3]);
    for kind in [Kind::RedForPeriods, Kind::ForecastRed, Kind::Declining, Kind::SpecialCause] {
        let all = fired(kind, &[], facts(&whole));
        for known in 1..whole.len() {
            let then = fired(kind, &[], facts(&whole[..known]));
            // What fired by then is a beginning of what fired in all, by kind, since and day.
            assert!(
                then.len() <= all.len() && then.iter().zip(&all).all(|(a, b)| (a.since, a.fired) == (b.since, b.fired)),
                "{kind} {known}"
            );
        }
    }
}

#[test]
fn a_red_forecast_is_of_one_year() {
    // Forecast red from May, carried on in June; green in July. Red in February and, of the next year, in April.
    let figures = ["90>88", "90>79", "90", "90>86", "90", "90", "90", "90", "90", "90", "90>70", "90", "90>71", "90"];
    let points = points(&figures);
    let found = fired(Kind::ForecastRed, &[], facts(&points));
    assert_eq!(
        told(&found),
        [(at(1), at(1), Some((at(3), Ceased::NoLonger))), (at(10), at(10), Some((at(12), Ceased::NoLonger))), (at(12), at(12), None)]
    );
    let Evidence::ForecastRed { year, periods, forecast, target, .. } = &found[2].evidence else { panic!("{found:?}") };
    assert_eq!((year.to_string().as_str(), *periods, *forecast, *target), ("2023/24", 2, Some(dec("71")), Some(dec("85"))));
    assert_eq!(
        found[0].words(),
        "Forecast to end 2022/23 red, told so since 2022-05: 79.0 is below the target of 85.0 and below the intervention level of 80.0"
    );
    // In the new year nobody has forecast yet.
    let told_once = fired(Kind::ForecastRed, &[], facts(&points[..12]));
    assert!(told_once[1].is_current());
}

#[test]
fn a_decline_is_worse_three_times_running_and_a_tie_ends_it() {
    let points = points(&["95", "94", "93", "92", "92", "91", "90", "95", "94", "93", "92", "91"]);
    let found = fired(Kind::Declining, &[], facts(&points));
    assert_eq!(told(&found), [(at(1), at(3), Some((at(4), Ceased::NoLonger))), (at(8), at(10), None)]);
    assert_eq!(found[0].words(), "Worse than the period before 3 periods running, since 2022-05: 95.0, 94.0, 93.0, 92.0");
    let Evidence::Declining { periods, figures, .. } = &found[1].evidence else { panic!("{found:?}") };
    assert_eq!((*periods, figures.len()), (4, 5));
    assert_eq!(fired(Kind::Declining, &[("periods", 2)], facts(&points)).len(), 3);
}

#[test]
fn cumulative_figures_decline_against_last_year() {
    let mut figures = vec!["10", "20", "30", "40", "50", "60", "70", "80", "90", "100", "110", "120"];
    figures.extend(["9", "19", "29", "41"]);
    let points = points_of(&figures, Aggregation::Cumulative, "2026-01-15");
    let cumulative = IndicatorFacts { aggregation: Aggregation::Cumulative, ..facts(&points) };
    let found = fired(Kind::Declining, &[], cumulative);
    assert_eq!(told(&found), [(at(12), at(14), Some((at(15), Ceased::NoLonger)))]);
    assert_eq!(found[0].words(), "Worse than in the same period last year 3 periods running, since 2023-04: 9.0, 19.0, 29.0");
}

#[test]
fn a_special_cause_is_judged_by_what_was_known_then() {
    // Twelve around 90 (limits 84.68 and 95.32 once they are twelve), then 80: outside by the thirteen known then.
    let mut figures = ["89", "91"].repeat(6);
    figures.push("80");
    figures.extend(["90", "91", "89"]);
    let all = points(&figures);
    let found = fired(Kind::SpecialCause, &[], facts(&all));
    assert_eq!(told(&found), [(at(12), at(12), Some((at(13), Ceased::NoLonger)))]);
    let Evidence::SpecialCause { period, value, variation, signals, limits, .. } = &found[0].evidence else { panic!("{found:?}") };
    assert_eq!((*period, *value, *variation, signals[0].cause), (month(12), dec("80"), Variation::ConcernLow, SpecialCause::Astronomical));
    // Mean 1160 / 13, mean range (11 × 2 + 11) / 12 = 2.75: 89.2307… − 7.315.
    assert_eq!((limits.mean.round_dp(4), limits.lower.round_dp(4)), (dec("89.2308"), dec("81.9158")));
    assert_eq!(found[0].words(), "Unusual change in 2023-04, unlikely to be chance: 80.0 is below the lower limit of 81.9");
    // Higher is an improvement, and eleven points are no chart.
    let better = IndicatorFacts { polarity: Polarity::LowerIsBetter, ..facts(&all) };
    assert_eq!(fired(Kind::SpecialCause, &[], better), []);
    assert_eq!(fired(Kind::SpecialCause, &[], facts(&all[3..13])), []);
    // A new baseline begins a new process of one point.
    let baselines = [crate::spc::Baseline { from: month(12), reason: "New contract".into() }];
    assert_eq!(fired(Kind::SpecialCause, &[], IndicatorFacts { baselines: &baselines, ..facts(&all) }), []);
}

#[test]
fn a_cumulative_figure_that_only_rises_is_no_special_cause() {
    // Ten or twelve each month, and then, in the thirteenth of them, fifty.
    let mut figures: Vec<String> = (1..=12).map(|n| (n * 11 + n % 2).to_string()).collect();
    figures.extend(["50".to_owned(), "61".to_owned()]);
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    let points = points_of(&figures, Aggregation::Cumulative, "2026-01-15");
    let lower = IndicatorFacts { aggregation: Aggregation::Cumulative, polarity: Polarity::LowerIsBetter, ..facts(&points) };
    let found = fired(Kind::SpecialCause, &[], lower);
    assert_eq!(told(&found), [(at(12), at(12), Some((at(13), Ceased::NoLonger)))]);
    let Evidence::SpecialCause { value, limits, .. } = &found[0].evidence else { panic!("{found:?}") };
    // Six of 12 and six of 10 and one of 50: 182 / 13; ranges 11 of 2 and one of 40: 62 / 12.
    assert_eq!((*value, limits.mean, limits.mean_moving_range.round_dp(4)), (dec("50"), dec("14"), dec("5.1667")));
    // The same taken as they stand would be a run rising all year.
    let as_they_stand = IndicatorFacts { aggregation: Aggregation::Latest, ..lower };
    assert_eq!(told(&fired(Kind::SpecialCause, &[], as_they_stand))[0].0, at(11));
}

#[test]
fn a_place_in_the_worst_quarter_holds_until_the_next_place() {
    let place = |index: usize, worst_quarter, same_definition| Position {
        period: month(index),
        worst_quarter,
        rank: worst_quarter.map(|worst| if worst { 15 } else { 9 }),
        counted: 16,
        same_definition,
        value: Some(dec("71.25")),
        decimal_places: 1,
    };
    let positions = [
        place(0, Some(false), true),
        place(6, Some(true), true),
        place(12, Some(true), true),
        place(18, Some(true), false),
        place(20, None, true),
        place(21, Some(true), true),
        place(22, Some(false), true),
    ];
    let found = fired(Kind::BottomQuartile, &[], IndicatorFacts { positions: &positions, ..facts(&[]) });
    assert_eq!(told(&found), [(at(6), at(6), Some((at(18), Ceased::NoFigure))), (at(21), at(21), Some((at(22), Ceased::NoLonger)))]);
    assert_eq!(found[0].words(), "In the quarter of its comparator group furthest from the best in 2023-04: 15 of 16 with 71.3");
}

#[test]
fn facts_of_another_subject_fire_nothing() {
    let parameters = Parameters::default_of(Kind::RedForPeriods);
    let of_return = ReturnFacts { due_on: day("2024-07-31"), submitted_on: None, today: day("2024-09-01") };
    assert_eq!(firings(&parameters, &Facts::Return(of_return)), []);
    assert_eq!(fired(Kind::RedForPeriods, &[], facts(&[])), []);
}

#[test]
fn a_firing_is_kept_and_read_back() {
    let points = points(&["75", "75", "82"]);
    let found = fired(Kind::RedForPeriods, &[], facts(&points));
    let kept = serde_json::to_string(&found).unwrap();
    assert!(kept.contains(r#""kind":"RED_FOR_PERIODS","since":{"PERIOD":"2022-04"}"#), "{kept}");
    assert_eq!(serde_json::from_str::<Vec<Firing>>(&kept).unwrap(), found);
}
