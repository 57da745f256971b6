//! Forecasts of the year end against `reference/forecast.json`, worked out by `reference/make_forecast.py` with scipy. Nothing here
//! runs Python.

use proptest::prelude::*;
use rules::forecast::{BackTest, Bounds, Withheld, Year, back_test, forecast};
use rules::measure::{Aggregation, YearBasis};
use rules::period::Period;
use rust_decimal::Decimal;
use serde_json::Value;

fn may(text: &Value) -> Option<Decimal> {
    text.as_str().map(|text| text.parse().expect("make_forecast.py writes decimals"))
}

fn number(figure: Decimal) -> f64 {
    figure.to_string().parse().expect("a decimal is a number")
}

/// The table of t has six decimals, scipy's fifteen: so far may an end of the interval be out.
fn close(found: Decimal, expected: &Value, scale: f64, what: &str) {
    let (found, expected): (f64, f64) = (number(found), expected.as_f64().expect("a number"));
    assert!((found - expected).abs() <= 1e-6 * scale.abs().max(1e-3), "{what}: {found}, not {expected}");
}

#[test]
fn forecasts_are_those_of_the_reference() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("reference/forecast.json")).unwrap();
    let (mut made, mut ratios, mut cut, mut tried) = (0, 0, 0, 0);
    for (number, case) in cases.iter().enumerate() {
        let what = format!("case {number}");
        let aggregation: Aggregation = case["aggregation"].as_str().unwrap().parse().unwrap();
        let years: Vec<Year> = case["years"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(index, figures)| Year {
                year: Period::year(YearBasis::Financial, 2005 + index as i32).unwrap(),
                to_date: may(&figures[0]),
                outturn: may(&figures[1]),
            })
            .collect();
        let bounds = Bounds { least: may(&case["bounds"][0]), most: may(&case["bounds"][1]) };
        let to_date = may(&case["to_date"]).unwrap();
        let found = forecast(aggregation, to_date, &years, bounds);
        let expected = &case["forecast"];
        if expected.is_null() {
            assert_eq!(found, Err(Withheld::TooFewYears), "{what}");
        } else {
            let found = found.unwrap();
            let scale = [&found.value, &found.upper, &found.lower]
                .map(|f| f.to_string().parse::<f64>().unwrap().abs())
                .into_iter()
                .fold(0.0, f64::max);
            for (figure, place) in [(found.value, 0), (found.lower, 1), (found.upper, 2)] {
                close(figure, &expected["figures"][place], scale, &what);
            }
            assert_eq!(found.method.code(), expected["method"], "{what}");
            assert_eq!(found.years.len() as u64, expected["years"].as_u64().unwrap(), "{what}");
            let cuts = [found.cut_at_least.is_some(), found.cut_at_most.is_some()];
            assert_eq!(cuts.map(Value::from).to_vec(), *expected["cut"].as_array().unwrap(), "{what}");
            made += 1;
            ratios += usize::from(expected["method"] == "RATIO");
            cut += usize::from(cuts[0] || cuts[1]);
        }
        let BackTest { trials, within, mean_absolute_error, mean_absolute_percentage_error } = back_test(aggregation, &years, bounds);
        let expected = &case["back_test"];
        assert_eq!(
            (trials.len() as u64, u64::from(within)),
            (expected["of"].as_u64().unwrap(), expected["within"].as_u64().unwrap()),
            "{what}"
        );
        for (figure, told) in [(mean_absolute_error, &expected["error"]), (mean_absolute_percentage_error, &expected["percent"])] {
            assert_eq!(figure.is_some(), told.is_number(), "{what}");
            if let Some(figure) = figure {
                close(figure, told, told.as_f64().unwrap(), &what);
                tried += 1;
            }
        }
    }
    assert!(made > 80 && ratios > 25 && cut > 10 && tried > 100, "{made} {ratios} {cut} {tried}");
}

fn any_decimal() -> impl Strategy<Value = Option<Decimal>> {
    let any = (any::<i128>(), 0_u32..=28)
        .prop_map(|(mantissa, scale)| Some(Decimal::try_from_i128_with_scale(mantissa >> 33, scale).unwrap_or(Decimal::MAX)));
    prop_oneof![1 => Just(None), 3 => any, 6 => (-20_i64..200).prop_map(|small| Some(Decimal::from(small)))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_figures_make_a_forecast_panic_and_none_is_beyond_its_interval_or_bounds(
        to_date in any_decimal(),
        figures in proptest::collection::vec((any_decimal(), any_decimal()), 0..14),
        aggregation in proptest::sample::select(Aggregation::ALL),
    ) {
        let years: Vec<Year> = figures
            .iter()
            .zip(2000..)
            .map(|((to_date, outturn), year)| Year {
                year: Period::year(YearBasis::Calendar, year).unwrap(),
                to_date: *to_date,
                outturn: *outturn,
            })
            .collect();
        let both = [Bounds::default(), Bounds::PERCENT].map(|bounds| forecast(aggregation, to_date.unwrap_or_default(), &years, bounds));
        for made in both.into_iter().flatten() {
            prop_assert!(made.lower <= made.value && made.value <= made.upper, "{:?}", made);
            prop_assert!(made.years.len() >= 3 && !made.words(1).is_empty());
        }
        if let Ok(made) = forecast(aggregation, to_date.unwrap_or_default(), &years, Bounds::PERCENT) {
            prop_assert!(made.lower >= Decimal::ZERO && made.upper <= Decimal::ONE_HUNDRED);
        }
        let tried = back_test(aggregation, &years, Bounds::PERCENT);
        prop_assert!(tried.within as usize <= tried.trials.len() && tried.trials.len() <= 7);
    }
}
