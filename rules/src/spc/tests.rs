//! What a chart says, case by case. Whole charts are compared with the reference in `tests/spc.rs`; here are the runs, the segments
//! and the words. Figures are worked by hand.

use rust_decimal::Decimal;

use super::*;
use crate::measure::{Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use crate::series::{Definition, Observation, Series};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn month(index: usize) -> Period {
    Period::month(2022 + (index as i32 + 3) / 12, (index as u32 + 3) % 12 + 1).unwrap()
}

/// From April 2022 on; a blank is a gap.
fn given(values: &[&str]) -> Vec<Reading> {
    values.iter().enumerate().map(|(index, value)| Reading { period: month(index), value: value.parse().ok() }).collect()
}

fn charted(values: &[&str]) -> Chart {
    chart(&given(values), &[], &[], Polarity::HigherIsBetter)
}

fn baseline(index: usize, reason: &str) -> Baseline {
    Baseline { from: month(index), reason: reason.into() }
}

fn causes(point: &ChartPoint) -> Vec<(SpecialCause, Side)> {
    point.signals.iter().map(|signal| (signal.cause, signal.side)).collect()
}

/// Mean 50, ranges of 2 throughout: limits 44.68 and 55.32, near limits 46.4533… and 53.5466….
const STEADY: [&str; 12] = ["49", "51", "49", "51", "49", "51", "49", "51", "49", "51", "49", "51"];

#[test]
fn a_steady_process_has_its_limits_and_nothing_to_say() {
    let chart = charted(&STEADY);
    let limits = chart.segments[0].limits.unwrap();
    assert_eq!((limits.mean, limits.mean_moving_range, limits.lower, limits.upper), (dec("50"), dec("2"), dec("44.68"), dec("55.32")));
    assert_eq!([limits.lower_near, limits.upper_near].map(|line| line.round_dp(4)), [dec("46.4533"), dec("53.5467")]);
    assert_eq!(chart.variation(), Variation::CommonCause);
    assert_eq!(chart.because(chart.latest().unwrap(), 1), ["51.0 is within what chance explains, 44.7 to 55.3 around a mean of 50.0"]);
    assert_eq!((chart.points[0].moving_range, chart.points[1].moving_range), (None, Some(dec("2"))));
}

#[test]
fn a_series_that_never_moves_is_on_its_mean_even_in_thirds() {
    let third = Decimal::ONE_HUNDRED / Decimal::from(3);
    for value in [third, dec("7.5"), Decimal::ZERO] {
        let given: Vec<Reading> = (0..13).map(|index| Reading { period: month(index), value: Some(value) }).collect();
        let chart = chart(&given, &[], &[], Polarity::LowerIsBetter);
        assert!(chart.points.iter().all(|point| point.variation == Variation::CommonCause), "{value}");
        let limits = chart.segments[0].limits.unwrap();
        assert_eq!((limits.mean_moving_range, limits.lower == limits.upper), (Decimal::ZERO, true));
    }
}

#[test]
fn a_run_marks_all_its_points_and_tells_where_it_begins_and_ends() {
    // Mean of 20: (12 × 50 + 8 × 54) / 20 = 51.6; 52 to 56 are above it.
    let chart = charted(&[&STEADY[..], &["53", "55", "53", "55", "53", "55", "53", "55"]].concat());
    for point in &chart.points[12..] {
        let shift = point.signals.iter().find(|signal| signal.cause == SpecialCause::Shift).unwrap();
        assert_eq!((shift.side, shift.from, shift.until, shift.points), (Side::High, month(12), month(19), 8));
        assert_eq!(point.variation, Variation::ImprovementHigh);
    }
    let before = chart.points[11].signals[0];
    assert_eq!(
        (before.cause, before.side, before.from, before.until, before.points),
        (SpecialCause::Shift, Side::Low, month(0), month(11), 12)
    );
    let latest = chart.latest().unwrap();
    assert_eq!(chart.because(latest, 0)[0], "One of 8 points in a row above the mean of 52, 2023-04 to 2023-11");
}

#[test]
fn where_a_rise_turns_into_a_fall_the_top_belongs_to_the_fall() {
    let chart = charted(&["10", "11", "12", "13", "14", "15", "16", "15.5", "14.5", "13.5", "12.5", "11.5", "10.5"]);
    let trend = |at: usize| *chart.points[at].signals.iter().find(|signal| signal.cause == SpecialCause::Trend).unwrap();
    assert_eq!((trend(5).side, trend(5).until, trend(5).points), (Side::High, month(6), 7));
    assert_eq!((trend(6).side, trend(6).from, trend(6).until, trend(6).points), (Side::Low, month(6), month(12), 7));
    assert_eq!(trend(6).words(dec("16"), &chart.segments[0].limits.unwrap(), 0), "One of 7 points in a row falling, 2022-10 to 2023-04");
    // Rising below the mean is an improvement, falling above it a concern: a trend says more than the side it is on.
    assert_eq!((chart.points[1].variation, chart.points[7].variation), (Variation::ImprovementHigh, Variation::ConcernLow));
    // Outside the limits says more than a trend.
    assert_eq!((chart.points[0].signals.len(), chart.points[0].variation), (2, Variation::ConcernLow));
}

#[test]
fn gaps_are_passed_over_and_counted() {
    let with = charted(&["49", "", "51", "49", "51", "49", "51", "", "", "49", "51", "49", "51", "49", "51"]);
    let without = charted(&STEADY);
    assert_eq!((with.gaps, with.segments[0].gaps, with.segments[0].points), (3, 3, 12));
    assert_eq!(with.segments[0].limits, without.segments[0].limits);
    assert_eq!(with.points[2].moving_range, Some(dec("2")), "from the point before the gap");
    assert_eq!((with.points[1].variation, with.points[1].moving_range), (Variation::NoFigure, None));
    assert_eq!(with.because(&with.points[1], 0), ["There is no figure for the period"]);
    assert_eq!(with.segments[0].words(), "Judged by 12 points; 3 periods without a figure are passed over");
    let trailing = charted(&[&STEADY[..], &["70", ""]].concat());
    assert_eq!((trailing.latest().unwrap().period, trailing.variation()), (month(12), Variation::ImprovementHigh));
}

#[test]
fn eleven_points_have_trial_limits_and_no_judgement_and_seven_have_neither() {
    let mut eleven = STEADY[..10].to_vec();
    eleven.push("900");
    let chart = charted(&eleven);
    assert_eq!((chart.segments[0].basis, chart.segments[0].limits.is_some()), (Basis::Trial, true));
    assert!(chart.points.iter().all(|point| point.signals.is_empty() && point.variation == Variation::TooFewPoints));
    assert_eq!(chart.assurance(dec("5000"), Polarity::HigherIsBetter), None);
    let because = chart.because(chart.latest().unwrap(), 0);
    assert_eq!(because, ["Too few points: 11 points of the 12 a judgement needs; the limits are trial limits"]);
    assert_eq!(charted(&STEADY[..8]).segments[0].basis, Basis::Trial);
    let seven = charted(&STEADY[..7]);
    assert_eq!(
        (seven.segments[0].basis, seven.segments[0].limits, seven.variation()),
        (Basis::TooFewPoints, None, Variation::TooFewPoints)
    );
    let none = charted(&[]);
    assert_eq!((none.variation(), none.segments.len(), none.assurance(dec("1"), Polarity::HigherIsBetter)), (Variation::NoFigure, 0, None));
}

#[test]
fn baselines_and_breaks_begin_segments_and_no_run_crosses_them() {
    let higher = ["59", "61", "59", "61", "59", "61", "59", "61", "59", "61", "59", "61"];
    let values = given(&[&STEADY[..], &higher].concat());
    let cut = chart(&values, &[baseline(12, "Second depot opened")], &[], Polarity::HigherIsBetter);
    assert_eq!(cut.segments.iter().map(|s| s.limits.unwrap().mean).collect::<Vec<_>>(), [dec("50"), dec("60")]);
    assert!(cut.points.iter().all(|point| point.variation == Variation::CommonCause));
    assert_eq!(cut.points[12].moving_range, None);
    assert_eq!(cut.segments[1].words(), "Judged by 12 points; new baseline from 2023-04: Second depot opened");
    let uncut = chart(&values, &[], &[], Polarity::HigherIsBetter);
    assert!(causes(&uncut.points[23]).contains(&(SpecialCause::Shift, Side::High)));

    let broken = chart(&values, &[], &[month(12)], Polarity::HigherIsBetter);
    assert_eq!((&broken.segments[1].start, broken.segments[1].limits), (&Start::DefinitionBreak, cut.segments[1].limits));
    let both = chart(&values, &[baseline(12, "First thought"), baseline(12, "Recount")], &[month(12)], Polarity::HigherIsBetter);
    assert_eq!((both.segments.len(), &both.segments[1].start), (2, &Start::Baseline("Recount".into())));
    let beside = chart(&values, &[baseline(0, "Began"), baseline(40, "To come")], &[], Polarity::HigherIsBetter);
    assert_eq!((beside.segments.len(), &beside.segments[0].start), (1, &Start::First));
    // A baseline of a quarter begins with the first month in it.
    let quarter = Baseline { from: Period::quarter(2023, 1).unwrap(), reason: "New system".into() };
    assert_eq!(chart(&values, &[quarter], &[], Polarity::HigherIsBetter).segments[1].from, month(12));
}

#[test]
fn better_and_worse_follow_polarity() {
    let values = [&STEADY[..], &["70"]].concat();
    let said = |polarity| chart(&given(&values), &[], &[], polarity).variation();
    assert_eq!(said(Polarity::HigherIsBetter), Variation::ImprovementHigh);
    assert_eq!(said(Polarity::LowerIsBetter), Variation::ConcernHigh);
    assert_eq!((said(Polarity::None), said(Polarity::WithinRange)), (Variation::NeitherHigh, Variation::NeitherHigh));
    assert_eq!(said(Polarity::LowerIsBetter).label(), "Special cause, concern");
    assert!(said(Polarity::LowerIsBetter).is_concern() && said(Polarity::HigherIsBetter).is_improvement());
    assert!(Variation::ALL.iter().all(|one| one.words().parse() == Ok(*one)), "each has words of its own");
}

#[test]
fn a_target_is_passed_failed_or_hit_or_missed() {
    let chart = charted(&STEADY);
    let said = |target: &str, polarity| chart.assurance(dec(target), polarity);
    assert_eq!(said("44.67", Polarity::HigherIsBetter), Some(Assurance::ConsistentlyPassing));
    assert_eq!(said("44.68", Polarity::HigherIsBetter), Some(Assurance::HitOrMiss), "on a limit is not beyond it");
    assert_eq!(said("55.33", Polarity::HigherIsBetter), Some(Assurance::ConsistentlyFailing));
    assert_eq!(said("55.33", Polarity::LowerIsBetter), Some(Assurance::ConsistentlyPassing));
    assert_eq!(said("44.67", Polarity::LowerIsBetter), Some(Assurance::ConsistentlyFailing));
    assert_eq!((said("60", Polarity::None), said("60", Polarity::WithinRange)), (None, None));
    let limits = chart.segments[0].limits.unwrap();
    assert_eq!(
        Assurance::ConsistentlyFailing.because(&limits, dec("60"), 1),
        "The target of 60.0 is beyond the limits of 44.7 and 55.3 on the better side: unless something changes it is missed"
    );
}

#[test]
fn figures_too_large_are_said_and_do_not_panic() {
    let given: Vec<Reading> = (0..14)
        .map(|index| Reading { period: month(index), value: Some(if index % 2 == 0 { Decimal::MAX } else { Decimal::MIN }) })
        .collect();
    let chart = chart(&given, &[], &[], Polarity::HigherIsBetter);
    assert_eq!((chart.segments[0].basis, chart.segments[0].limits, chart.variation()), (Basis::TooLarge, None, Variation::TooFewPoints));
    assert_eq!(chart.because(&chart.points[3], 0), ["The figures are too large to be judged exactly"]);
}

#[test]
fn a_cumulative_figure_reads_as_what_its_period_added() {
    let definition = |version, applies_from| Definition {
        version,
        applies_from,
        purpose: Purpose::Operational,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Monthly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Cumulative,
        decimal_places: 0,
        multiplier: Decimal::ONE,
        data_lag_days: 0,
    };
    // From February 2023; nothing for June; another definition from August.
    let figures = ["100", "110", "7", "15", "", "30", "39", "50"];
    let at = |index: usize| Period::month(2023, index as u32 + 2).unwrap();
    let observations: Vec<Observation> = (figures.iter().enumerate())
        .map(|(index, figure)| Observation {
            period: at(index),
            definition_version: if index < 6 { 1 } else { 2 },
            value: figure.parse().ok(),
            numerator: None,
            denominator: None,
            absence: None,
            state: ValueState::Final,
            forecast: None,
        })
        .collect();
    let definitions = [definition(1, None), definition(2, Some(at(6)))];
    let today = chrono::NaiveDate::from_ymd_opt(2024, 1, 15).unwrap();
    let points = Series { definitions: &definitions, observations: &observations, targets: &[], rules: &[], today }.points(at(7), 8);
    let breaks = breaks(&definitions);
    assert_eq!(breaks, [at(6)]);
    let added: Vec<Option<Decimal>> =
        readings(&points, Aggregation::Cumulative, YearBasis::Financial, &breaks).iter().map(|reading| reading.value).collect();
    // February's own year began before; March adds 10; April begins the year; May adds 8; July follows a gap; August a break.
    let expected = [None, Some("10"), Some("7"), Some("8"), None, None, None, Some("11")].map(|value| value.map(dec));
    assert_eq!(added, expected);
    let plain = readings(&points, Aggregation::Latest, YearBasis::Financial, &breaks);
    assert_eq!(plain.iter().map(|reading| reading.value).collect::<Vec<_>>(), points.iter().map(|point| point.value).collect::<Vec<_>>());
}

#[test]
fn a_chart_is_kept_and_read_back() {
    let chart = chart(&given(&[&STEADY[..], &["", "70"]].concat()), &[baseline(3, "Moved")], &[], Polarity::HigherIsBetter);
    let kept = serde_json::to_string(&chart).unwrap();
    assert_eq!(serde_json::from_str::<Chart>(&kept).unwrap(), chart);
}
