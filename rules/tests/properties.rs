//! What must hold for every figure, whatever it is.

use chrono::NaiveDate;
use proptest::prelude::*;
use rules::aggregate::{Part, derive, rounded, shown, year_to_date};
use rules::measure::{Aggregation, Frequency, Polarity, Purpose, ValueState, YearBasis};
use rules::period::Period;
use rules::series::{Definition, Observation, Series, Target, needed_from};
use rules::status::{
    Band, Colour, Margin, Question, Shape, Status, StatusRule, Thresholds, bands_from_words, check_shape, check_thresholds, judge,
    words_of_bands,
};
use rules::travel::{Direction, between};
use rust_decimal::Decimal;

/// Figures as councils have them: up to a million either way, up to four places.
fn figure() -> impl Strategy<Value = Decimal> {
    (-10_000_000_i64..10_000_000, 0_u32..5).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

/// Anything a decimal can hold, its ends among them.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    let held = (any::<i128>(), 0_u32..=28).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits >> 32, scale));
    prop_oneof![8 => held, 1 => Just(Decimal::MAX), 1 => Just(Decimal::MIN)]
}

fn margin() -> impl Strategy<Value = Margin> {
    (0_i64..5_000, any::<bool>()).prop_map(|(size, percent)| {
        let size = Decimal::new(size, 2);
        if percent { Margin::Percent(size) } else { Margin::Points(size) }
    })
}

fn one_sided_shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Levels),
        (margin(), proptest::option::of(margin())).prop_map(|(amber, blue)| Shape::Tolerance { amber, blue }),
        margin().prop_map(|amber| Shape::ToleranceWithDirection { amber }),
    ]
}

/// Ascending and open at the end, with names of their own or the colour's.
fn bands() -> impl Strategy<Value = Vec<Band>> {
    let colour = prop_oneof![Just(Colour::Red), Just(Colour::Amber), Just(Colour::Green), Just(Colour::Blue)];
    let named = (colour, proptest::option::of("[A-Za-z][A-Za-z0-9 éü%-]{0,20}[a-z]"));
    (proptest::collection::btree_set(figure(), 0..6), proptest::collection::vec(named, 6)).prop_map(|(limits, named)| {
        let tops = limits.into_iter().map(Some).chain([None]);
        tops.zip(named)
            .map(|(below, (colour, name))| Band { name: name.unwrap_or_else(|| colour.words().to_owned()), colour, below })
            .collect()
    })
}

fn ask(shape: &Shape, value: Decimal, polarity: Polarity, places: u32, thresholds: &Thresholds, before: Option<Decimal>) -> Status {
    let rule = StatusRule { version: "v1".into(), applies_from: NaiveDate::MIN, shape: shape.clone() };
    judge(&Question {
        rule: Some(&rule),
        value: Some(value),
        absence: None,
        due: true,
        polarity,
        purpose: Purpose::Operational,
        decimal_places: places,
        thresholds: Some(thresholds),
        same_period_last_year: before,
        chosen: None,
    })
}

/// 4 is best.
fn rank(colour: Colour) -> u8 {
    match colour {
        Colour::Blue => 4,
        Colour::Green => 3,
        Colour::Amber => 2,
        Colour::Red => 1,
        other => panic!("{other} is not a colour"),
    }
}

fn turned(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::HigherIsBetter => Polarity::LowerIsBetter,
        Polarity::LowerIsBetter => Polarity::HigherIsBetter,
        other => other,
    }
}

fn mirrored(thresholds: &Thresholds) -> Thresholds {
    let minus = |value: Option<Decimal>| value.map(|v| -v);
    Thresholds {
        target: minus(thresholds.target),
        intervention: minus(thresholds.intervention),
        lower: minus(thresholds.upper),
        upper: minus(thresholds.lower),
        intervention_lower: minus(thresholds.intervention_upper),
        intervention_upper: minus(thresholds.intervention_lower),
    }
}

proptest! {
    #[test]
    fn rounding_twice_is_rounding_once_and_moves_at_most_half_a_step(value in figure(), places in 0_u32..7) {
        let once = rounded(value, places);
        prop_assert_eq!(rounded(once, places), once);
        prop_assert_eq!(rounded(-value, places), -once);
        prop_assert!((once - value).abs() * Decimal::TWO <= Decimal::new(1, places));
    }

    #[test]
    fn a_printed_figure_reads_back_as_the_rounded_one(value in figure(), places in 0_u32..7) {
        let read: Decimal = shown(value, places).replace(',', "").parse().unwrap();
        prop_assert_eq!(read, rounded(value, places));
    }

    #[test]
    fn a_better_value_never_gets_a_worse_colour(
        shape in one_sided_shape(), a in figure(), b in figure(), target in figure(), intervention in proptest::option::of(figure()),
        before in proptest::option::of(figure()), higher in any::<bool>(), places in 0_u32..4,
    ) {
        let (polarity, better, worse) =
            if higher { (Polarity::HigherIsBetter, a.max(b), a.min(b)) } else { (Polarity::LowerIsBetter, a.min(b), a.max(b)) };
        let thresholds = Thresholds { target: Some(target), intervention, ..Thresholds::default() };
        let better = ask(&shape, better, polarity, places, &thresholds, before);
        let worse = ask(&shape, worse, polarity, places, &thresholds, before);
        prop_assert!(rank(better.colour) >= rank(worse.colour), "{:?} {:?}", better, worse);
    }

    #[test]
    fn turning_every_number_and_the_polarity_round_changes_no_colour(
        shape in prop_oneof![one_sided_shape(), Just(Shape::Range)], value in figure(), numbers in proptest::collection::vec(proptest::option::of(figure()), 6),
        before in proptest::option::of(figure()), polarity in prop_oneof![Just(Polarity::HigherIsBetter), Just(Polarity::LowerIsBetter), Just(Polarity::WithinRange)],
        places in 0_u32..4,
    ) {
        let thresholds = Thresholds {
            target: numbers[0],
            intervention: numbers[1],
            lower: numbers[2].zip(numbers[3]).map(|(a, b)| a.min(b)).or(numbers[2]),
            upper: numbers[2].zip(numbers[3]).map(|(a, b)| a.max(b)).or(numbers[3]),
            intervention_lower: numbers[4],
            intervention_upper: numbers[5],
        };
        let straight = ask(&shape, value, polarity, places, &thresholds, before);
        let mirror = ask(&shape, -value, turned(polarity), places, &mirrored(&thresholds), before.map(|b| -b));
        prop_assert_eq!(straight.colour, mirror.colour, "{} | {}", straight.because, mirror.because);
    }

    #[test]
    fn what_prints_as_the_target_is_on_target(target in figure(), nudge in -49_i64..=49, places in 0_u32..4, higher in any::<bool>()) {
        // Less than half a step from a target that has no more places than are shown.
        let target = rounded(target, places);
        let value = target + Decimal::new(nudge, places + 2);
        let polarity = if higher { Polarity::HigherIsBetter } else { Polarity::LowerIsBetter };
        let thresholds = Thresholds { target: Some(target), ..Thresholds::default() };
        prop_assert_eq!(ask(&Shape::Levels, value, polarity, places, &thresholds, None).colour, Colour::Green);
    }

    #[test]
    fn bands_written_and_read_are_the_same_bands_and_hold_every_value(bands in bands(), value in figure(), places in 0_u32..4) {
        prop_assert_eq!(check_shape(&Shape::Bands { bands: bands.clone() }), Ok(()));
        prop_assert_eq!(bands_from_words(&words_of_bands(&bands)), Ok(bands.clone()));
        let status = ask(&Shape::Bands { bands }, value, Polarity::None, places, &Thresholds::default(), None);
        prop_assert!((1..=4).contains(&rank(status.colour)));
    }

    #[test]
    fn text_for_bands_is_read_or_refused_and_never_a_panic(text in ".{0,80}") {
        if let Ok(bands) = bands_from_words(&text) {
            prop_assert_eq!(bands_from_words(&words_of_bands(&bands)), Ok(bands));
        }
    }

    #[test]
    fn a_year_of_a_ratio_is_the_ratio_of_its_sums(pairs in proptest::collection::vec((0_i64..10_000, 1_i64..10_000), 1..13)) {
        let hundred = Decimal::ONE_HUNDRED;
        let parts = pairs.iter().map(|(n, d)| Part { value: None, numerator: Some((*n).into()), denominator: Some((*d).into()) });
        let year = year_to_date(Aggregation::Ratio, hundred, 12, parts);
        let (above, below): (i64, i64) = pairs.iter().fold((0, 0), |(n, d), (a, b)| (n + a, d + b));
        prop_assert_eq!(year.value, derive(above.into(), below.into(), hundred));
        prop_assert_eq!((year.reported as usize, year.complete), (pairs.len(), pairs.len() == 12));
    }

    #[test]
    fn a_way_there_is_the_opposite_of_the_way_back(now in figure(), before in figure(), a in figure(), b in figure(), polarity in 0_usize..4) {
        let polarity = Polarity::ALL[polarity];
        let range = Thresholds { lower: Some(a.min(b)), upper: Some(a.max(b)), ..Thresholds::default() };
        let back = match between(now, before, polarity, 1, Some(&range)) {
            Direction::Improved => Direction::Declined,
            Direction::Declined => Direction::Improved,
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
            other => other,
        };
        prop_assert_eq!(between(before, now, polarity, 1, Some(&range)), back);
    }

    #[test]
    fn no_number_makes_judging_panic(
        value in any_decimal(), numbers in proptest::collection::vec(proptest::option::of(any_decimal()), 6), before in proptest::option::of(any_decimal()),
        size in any_decimal(), shape in 0_usize..6, polarity in 0_usize..4, places in prop_oneof![0_u32..7, Just(u32::MAX)],
    ) {
        let thresholds = Thresholds {
            target: numbers[0],
            intervention: numbers[1],
            lower: numbers[2],
            upper: numbers[3],
            intervention_lower: numbers[4],
            intervention_upper: numbers[5],
        };
        let shape = [
            Shape::Levels,
            Shape::Tolerance { amber: Margin::Percent(size), blue: Some(Margin::Points(size)) },
            Shape::ToleranceWithDirection { amber: Margin::Percent(size) },
            Shape::Range,
            Shape::Bands { bands: vec![Band { name: "Red".into(), colour: Colour::Red, below: Some(size) }] },
            Shape::Words,
        ][shape].clone();
        let polarity = Polarity::ALL[polarity];
        ask(&shape, value, polarity, places, &thresholds, before);
        let _ = check_thresholds(polarity, Purpose::Operational, &thresholds, Some(&shape));
        let _ = check_shape(&shape);
        let parts = [value, size, value].map(|v| Part { value: Some(v), numerator: Some(v), denominator: Some(size) });
        for aggregation in Aggregation::ALL {
            year_to_date(*aggregation, size, 3, parts);
        }
    }
}

fn definition(frequency: Frequency, year_basis: YearBasis) -> Definition {
    Definition {
        version: 1,
        applies_from: None,
        purpose: Purpose::Operational,
        polarity: Polarity::HigherIsBetter,
        frequency,
        year_basis,
        aggregation: Aggregation::Sum,
        decimal_places: 1,
        multiplier: Decimal::ONE,
        data_lag_days: 0,
    }
}

proptest! {
    #[test]
    fn points_are_as_many_as_asked_in_order_without_a_gap_and_need_no_more_than_they_say(
        frequency in 0_usize..4, basis in 0_usize..3, until_frequency in 0_usize..4, day in 0_u32..20_000, last in 0_usize..30,
        reported in proptest::collection::vec(proptest::option::of(-500_i64..500), 80),
    ) {
        let (frequency, basis) = (Frequency::ALL[frequency], YearBasis::ALL[basis]);
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(day.into());
        let until = Period::holding(day, Frequency::ALL[until_frequency], YearBasis::Financial).unwrap();
        let definitions = [definition(frequency, basis)];
        // Observations of the periods up to a little past `until`, some missing.
        let mut period = Period::holding(until.end(), frequency, basis).unwrap();
        let mut observations: Vec<Observation> = Vec::new();
        for value in &reported {
            if let Some(value) = value {
                observations.push(Observation {
                    period,
                    definition_version: 1,
                    value: Some((*value).into()),
                    numerator: None,
                    denominator: None,
                    absence: None,
                    state: ValueState::Final,
                    forecast: Some((*value).into()),
                });
            }
            period = period.previous().unwrap();
        }
        observations.reverse();
        let targets: Vec<Target> = Period::year(basis, until.start().format("%Y").to_string().parse().unwrap())
            .map(|period| Target { period, thresholds: Thresholds { target: Some(Decimal::TEN), ..Thresholds::default() } })
            .into_iter()
            .collect();
        let rules = [StatusRule { version: "v1".into(), applies_from: NaiveDate::MIN, shape: Shape::ToleranceWithDirection { amber: Margin::Percent(Decimal::TEN) } }];
        let series = Series { definitions: &definitions, observations: &observations, targets: &targets, rules: &rules, today: until.end() };
        let points = series.points(until, last);

        prop_assert_eq!(points.len(), last);
        for pair in points.windows(2) {
            prop_assert_eq!(pair[0].period.next(), Some(pair[1].period));
        }
        if let Some(latest) = points.last() {
            prop_assert_eq!(latest.period.months(), frequency.months());
            prop_assert!(latest.period.end() <= until.end());
            prop_assert!(latest.period.next().unwrap().end() > until.end());
        }
        for point in &points {
            let observed = observations.iter().position(|o| o.period == point.period);
            prop_assert_eq!(point.observation, observed);
            prop_assert_eq!(point.value, observed.and_then(|i| observations[i].value));
        }

        // Loading only from `needed_from` on changes nothing but where an observation is found.
        let from = needed_from(until, last, frequency, basis);
        let cut = observations.iter().position(|o| o.period.start() >= from).unwrap_or(observations.len());
        let mut again = Series { observations: &observations[cut..], ..series }.points(until, last);
        for point in &mut again {
            point.observation = point.observation.map(|i| i + cut);
        }
        prop_assert_eq!(points, again);
    }
}
