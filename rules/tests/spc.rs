//! Control charts against `reference/spc.json`, worked out by `reference/make_spc.py` with numpy, and against figures
//! published elsewhere. Nothing here runs Python.

use proptest::prelude::*;
use rules::measure::Polarity;
use rules::period::Period;
use rules::spc::{Assurance, Baseline, Basis, Chart, ChartPoint, Limits, Reading, Side, Start, Variation, chart};
use rust_decimal::Decimal;
use serde_json::Value;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no decimal"))
}

/// Months from April 2015 on.
fn month(index: usize) -> Period {
    Period::month(2015 + (index as i32 + 3) / 12, (index as u32 + 3) % 12 + 1).expect("a month from 2015 on")
}

fn readings<'a>(values: impl IntoIterator<Item = Option<&'a str>>) -> Vec<Reading> {
    values.into_iter().enumerate().map(|(index, value)| Reading { period: month(index), value: value.map(dec) }).collect()
}

fn charted(values: &[&str], polarity: Polarity) -> Chart {
    chart(&readings(values.iter().copied().map(Some)), &[], &[], polarity)
}

fn close(found: Decimal, expected: f64, what: &str) {
    let found: f64 = found.to_string().parse().expect("a decimal is a number");
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found}, not {expected}");
}

fn signals(point: &ChartPoint) -> String {
    let said = point.signals.iter().map(|signal| format!("{}{}", signal.cause, if signal.side == Side::High { '+' } else { '-' }));
    let mut said: Vec<String> = said.collect();
    said.sort();
    said.join(" ")
}

#[test]
fn charts_are_those_of_the_reference() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("reference/spc.json")).unwrap();
    let (mut points, mut marked, mut assured) = (0, 0, 0);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let polarity: Polarity = case["polarity"].as_str().unwrap().parse().unwrap();
        let given = readings(case["values"].as_array().unwrap().iter().map(Value::as_str));
        // Every other cut is a baseline, the rest breaks: both begin a segment.
        let cuts: Vec<Period> = case["cuts"].as_array().unwrap().iter().map(|cut| month(cut.as_u64().unwrap() as usize)).collect();
        let baselines: Vec<Baseline> = cuts.iter().step_by(2).map(|from| Baseline { from: *from, reason: "New contract".into() }).collect();
        let breaks: Vec<Period> = cuts.iter().skip(1).step_by(2).copied().collect();
        let chart = chart(&given, &baselines, &breaks, polarity);

        let segments = case["segments"].as_array().unwrap();
        assert_eq!(chart.segments.len(), segments.len(), "{name}");
        for (found, expected) in chart.segments.iter().zip(segments) {
            assert_eq!(found.basis.code(), expected["basis"], "{name}");
            assert_eq!(
                (u64::from(found.points), u64::from(found.gaps)),
                (expected["points"].as_u64().unwrap(), expected["gaps"].as_u64().unwrap()),
                "{name}"
            );
            assert_eq!(found.limits.is_some(), expected["lines"].is_array(), "{name}");
            if let Some(Limits { mean, mean_moving_range, lower, upper, lower_near, upper_near }) = found.limits {
                for (place, line) in [mean, mean_moving_range, lower, upper, lower_near, upper_near].into_iter().enumerate() {
                    close(line, expected["lines"][place].as_f64().unwrap(), &format!("{name}, line {place}"));
                }
            }
        }
        let expected = case["points"].as_array().unwrap();
        assert_eq!(chart.points.len(), expected.len(), "{name}");
        for (found, expected) in chart.points.iter().zip(expected) {
            assert_eq!(
                (signals(found).as_str(), found.variation.code()),
                (expected[0].as_str().unwrap(), expected[1].as_str().unwrap()),
                "{name}, {}",
                found.period
            );
            points += 1;
            marked += usize::from(!found.signals.is_empty());
        }
        if let Some(target) = case["target"].as_str() {
            let found = chart.assurance(dec(target), polarity).map(Assurance::code);
            assert_eq!(found, case["assurance"].as_str(), "{name}");
            assured += usize::from(found.is_some());
        }
    }
    assert_eq!((cases.len(), points, marked, assured), (163, 4298, 1005, 40), "the whole table was compared");
}

/// The vignette "Deviations from Excel defaults" of NHSRplotthedots 0.2.2: with outliers not screened, "the same output as Excel", the
/// caption says UPL 6.95, mean 1.94, LPL -3.06, and one point, the fifth, is a special cause: improvement.
#[test]
fn the_published_example_of_the_nhs_excel_tools() {
    let chart =
        charted(&["1", "2", "1", "2", "10", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1"], Polarity::HigherIsBetter);
    let limits = chart.segments[0].limits.unwrap();
    assert_eq!([limits.mean, limits.upper, limits.lower].map(|line| line.round_dp(2)), [dec("1.94"), dec("6.95"), dec("-3.06")]);
    let special: Vec<usize> = (0..18).filter(|at| chart.points[*at].variation != Variation::CommonCause).collect();
    assert_eq!(special, [4]);
    assert_eq!(chart.points[4].variation, Variation::ImprovementHigh);
    assert_eq!(chart.points[4].variation.label(), "Special cause, improvement");
}

/// R's `set.seed(123); rnorm(20)`, the sample of NHSRplotthedots' own tests (`tests/testthat/_snaps/ptd_spc.md`): mean 0.142, limits
/// -3.01 and 3.29, all common cause; in halves 0.0746, -2.60, 2.75 and 0.209, -3.28, 3.70. None of its ranges is screened out.
#[test]
fn the_sample_of_the_nhs_r_package() {
    const SAMPLE: [&str; 20] = [
        "-0.56047565",
        "-0.23017749",
        "1.55870831",
        "0.07050839",
        "0.12928774",
        "1.71506499",
        "0.46091621",
        "-1.26506123",
        "-0.68685285",
        "-0.44566197",
        "1.22408180",
        "0.35981383",
        "0.40077145",
        "0.11068272",
        "-0.55584113",
        "1.78691314",
        "0.49785048",
        "-1.96661716",
        "0.70135590",
        "-0.47279141",
    ];
    let lines = |chart: &Chart, places: u32| {
        chart
            .segments
            .iter()
            .map(|segment| segment.limits.map(|l| [l.mean.round_dp(places), l.lower.round_dp(2), l.upper.round_dp(2)]))
            .collect::<Vec<_>>()
    };
    let whole = charted(&SAMPLE, Polarity::HigherIsBetter);
    assert_eq!(lines(&whole, 3), [Some([dec("0.142"), dec("-3.01"), dec("3.29")])]);
    assert!(whole.points.iter().all(|point| point.variation == Variation::CommonCause));
    let halves = chart(&readings(SAMPLE.map(Some)), &[], &[month(10)], Polarity::HigherIsBetter);
    assert_eq!(lines(&halves, 4)[0], Some([dec("0.0746"), dec("-2.60"), dec("2.75")]));
    assert_eq!(lines(&halves, 3)[1], Some([dec("0.209"), dec("-3.28"), dec("3.70")]));
    assert!(halves.segments.iter().all(|segment| segment.basis == Basis::Trial), "ten points are a trial");
    assert_eq!(halves.segments[1].start, Start::DefinitionBreak);
}

/// NHSRplotthedots' tests of two of three: near either limit on either side of the mean is common cause (its issue 143).
#[test]
fn two_near_opposite_limits_are_common_cause() {
    let mut values = ["1", "-1"].repeat(8);
    values[14] = "5.5";
    values[15] = "-5.5";
    let chart = charted(&values, Polarity::HigherIsBetter);
    assert_eq!(chart.points[14..].iter().map(|point| point.variation).collect::<Vec<_>>(), [Variation::CommonCause; 2]);
}

/// Any decimal there is, and small whole numbers that tie often.
fn figure() -> impl Strategy<Value = Option<Decimal>> {
    let any = (any::<i128>(), 0_u32..=28)
        .prop_map(|(mantissa, scale)| Decimal::try_from_i128_with_scale(mantissa >> 33, scale).unwrap_or(Decimal::MAX));
    prop_oneof![1 => Just(None), 2 => any.prop_map(Some), 7 => (-4_i64..5).prop_map(|small| Some(Decimal::from(small)))]
}

fn small() -> impl Strategy<Value = Vec<Option<Decimal>>> {
    let one = prop_oneof![1 => Just(None), 9 => (-300_i64..300).prop_map(|tenths| Some(Decimal::new(tenths, 1)))];
    proptest::collection::vec(one, 0..40)
}

fn of(values: &[Option<Decimal>], polarity: Polarity) -> Chart {
    let readings: Vec<Reading> = values.iter().enumerate().map(|(index, value)| Reading { period: month(index), value: *value }).collect();
    chart(&readings, &[], &[month(20)], polarity)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_figures_make_a_chart_panic_and_every_reading_is_on_it(values in proptest::collection::vec(figure(), 0..40)) {
        let chart = of(&values, Polarity::LowerIsBetter);
        prop_assert_eq!(chart.points.iter().map(|point| point.value).collect::<Vec<_>>(), values.clone());
        let counted: u32 = chart.segments.iter().map(|segment| segment.points + segment.gaps).sum();
        prop_assert_eq!(counted as usize, values.len());
        for point in &chart.points {
            prop_assert!(!chart.because(point, 2).is_empty());
            let special = !matches!(point.variation, Variation::CommonCause | Variation::TooFewPoints | Variation::NoFigure);
            prop_assert_eq!(special, !point.signals.is_empty());
        }
    }

    /// What is high for figures is low for the same turned round, and what is better for one polarity is worse for the other.
    #[test]
    fn turned_round_the_chart_says_the_opposite(values in small()) {
        let turned: Vec<Option<Decimal>> = values.iter().map(|value| value.map(|value| -value)).collect();
        let (chart, mirror) = (of(&values, Polarity::HigherIsBetter), of(&turned, Polarity::LowerIsBetter));
        for (one, other) in chart.points.iter().zip(&mirror.points) {
            let sides = |point: &ChartPoint| point.signals.iter().map(|s| (s.cause, s.side, s.from, s.until, s.points)).collect::<Vec<_>>();
            let opposite: Vec<_> = sides(other)
                .into_iter()
                .map(|(cause, side, from, until, points)| (cause, if side == Side::High { Side::Low } else { Side::High }, from, until, points))
                .collect();
            prop_assert_eq!(sides(one), opposite);
            prop_assert_eq!(one.variation.label(), other.variation.label());
        }
    }

    /// Moving every figure by the same amount and measuring in another unit changes no judgement.
    #[test]
    fn the_unit_and_the_zero_change_no_judgement(values in small(), by in -1000_i64..1000, times in 1_i64..50) {
        let moved: Vec<Option<Decimal>> = values.iter().map(|value| value.map(|v| v * Decimal::from(times) + Decimal::from(by))).collect();
        let (chart, other) = (of(&values, Polarity::None), of(&moved, Polarity::None));
        let judged = |chart: &Chart| chart.points.iter().map(|point| (point.variation, point.signals.clone())).collect::<Vec<_>>();
        prop_assert_eq!(judged(&chart), judged(&other));
    }
}
