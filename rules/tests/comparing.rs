//! Comparisons with a group and combined baselines against what numpy and scipy work out (`reference/make.py`). The
//! answers are committed; nothing here runs Python.

use proptest::prelude::*;
use rules::aggregate::{self, rounded};
use rules::baseline::{self, Combined, Predecessor, Why, combine};
use rules::benchmark::{Comparison, Part, QuartilePosition, Question, Reason, Standing, compare};
use rules::measure::{Absence, Aggregation, Polarity, ValueState};
use rust_decimal::Decimal;
use serde_json::Value;

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("make.py writes JSON")
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_str().map(|text| text.parse().expect("make.py writes decimals"))
}

fn word<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    value.as_str().expect("a word").parse().expect("a word that is known")
}

fn count(value: &Value) -> Option<u32> {
    value.as_u64().map(|count| u32::try_from(count).expect("a small count"))
}

/// `value numerator denominator standing`, a dash for none.
fn part(value: &Value) -> Option<Part> {
    let [value, numerator, denominator, standing] = value.as_str()?.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{value} is not four words")
    };
    let figure = |text: &str| (text != "-").then(|| text.parse().expect("a decimal"));
    let standing = standing.parse().expect("a standing");
    Some(Part { value: figure(value), numerator: figure(numerator), denominator: figure(denominator), standing })
}

/// The answers are written to twelve places.
fn written(value: Option<Decimal>) -> Option<Decimal> {
    value.map(|value| rounded(value, 12))
}

#[test]
fn comparisons_are_those_of_numpy_and_scipy() {
    let mut compared = 0;
    for case in cases(include_str!("reference/comparisons.json")) {
        let members: Vec<Part> = case["members"].as_array().expect("members").iter().filter_map(part).collect();
        let ours = part(&case["ours"]);
        let found = compare(&Question {
            polarity: word(&case["polarity"]),
            decimal_places: count(&case["decimal_places"]).unwrap(),
            multiplier: decimal(&case["multiplier"]).unwrap(),
            ours: ours.as_ref(),
            ours_in_group: case["ours_in_group"] == true,
            members: &members,
        });
        let expected = &case["expected"];
        let name = &case["name"];
        for (figure, found) in [
            ("lowest", found.lowest),
            ("highest", found.highest),
            ("mean", found.mean),
            ("median", found.median),
            ("lower_quartile", found.lower_quartile),
            ("upper_quartile", found.upper_quartile),
            ("ratio_of_sums", found.ratio_of_sums),
            ("from_median", found.from_median),
        ] {
            assert_eq!(written(found), decimal(&expected[figure]), "{figure} of {name}");
        }
        for (number, found) in [
            ("counted", Some(found.counted)),
            ("shared", Some(found.shared)),
            ("missing", Some(found.missing)),
            ("suppressed", Some(found.suppressed)),
            ("not_responsible", Some(found.not_responsible)),
            ("not_yet", Some(found.not_yet)),
            ("abolished", Some(found.abolished)),
            ("not_comparable", Some(found.not_comparable)),
            ("rank", found.rank),
            ("of", found.of),
            ("rank_shared_with", Some(found.rank_shared_with)),
        ] {
            assert_eq!(found, count(&expected[number]), "{number} of {name}");
        }
        assert_eq!(found.position, word::<QuartilePosition>(&expected["position"]), "position of {name}");
        compared += 1;
    }
    assert_eq!(compared, 282);
}

#[test]
fn combined_baselines_are_those_of_numpy() {
    let mut compared = 0;
    for case in cases(include_str!("reference/baselines.json")) {
        let rows = case["predecessors"].as_array().expect("predecessors");
        let predecessors: Vec<Predecessor<'_>> = rows
            .iter()
            .map(|row| Predecessor {
                name: row["name"].as_str().expect("a name"),
                part: aggregate::Part {
                    value: decimal(&row["value"]),
                    numerator: decimal(&row["numerator"]),
                    denominator: decimal(&row["denominator"]),
                },
                absence: (row["shape"] == "suppressed").then_some(Absence::Suppressed),
                state: ValueState::Final,
                responsible: row["shape"] != "elsewhere",
                divided: row["shape"] == "divided",
            })
            .collect();
        let counts = case["counts"] == true;
        let question = baseline::Question {
            aggregation: if counts { Aggregation::Cumulative } else { Aggregation::Ratio },
            unit: if counts { "Tonnes" } else { "Per cent" },
            multiplier: if counts { Decimal::ONE } else { Decimal::ONE_HUNDRED },
            predecessors: &predecessors,
        };
        let found = combine(&question);
        assert_eq!(Some(found.from), count(&case["from"]), "{case}");
        assert_eq!(Some(found.of), count(&case["of"]), "{case}");
        assert_eq!(found.complete, case["of"] != 0 && case["from"] == case["of"], "{case}");
        for (figure, found) in [("numerator", found.numerator), ("denominator", found.denominator), ("value", found.value)] {
            assert_eq!(written(found), decimal(&case[figure]), "{figure} of {case}");
        }
        let missing: Vec<(&str, Why)> = found.missing.iter().map(|missing| (missing.who.as_str(), missing.why)).collect();
        let expected: Vec<(&str, Why)> = rows
            .iter()
            .filter_map(|row| {
                let why = match row["shape"].as_str().expect("a shape") {
                    "percentage" if !counts => Why::OnlyAPercentage,
                    "nothing" => Why::NoData,
                    "suppressed" => Why::Suppressed,
                    "divided" => Why::Divided,
                    _ => return None,
                };
                Some((row["name"].as_str().expect("a name"), why))
            })
            .collect();
        assert_eq!(missing, expected, "{case}");
        compared += 1;
    }
    assert_eq!(compared, 150);
}

fn figure() -> BoxedStrategy<Decimal> {
    (-2_000_i64..2_000, 0_u32..3).prop_map(|(digits, scale)| Decimal::new(digits, scale)).boxed()
}

/// Anything a decimal can hold, its ends among them.
fn any_decimal() -> BoxedStrategy<Decimal> {
    let held = (any::<i128>(), 0_u32..=28).prop_map(|(digits, scale)| Decimal::from_i128_with_scale(digits >> 32, scale));
    prop_oneof![8 => held, 1 => Just(Decimal::MAX), 1 => Just(Decimal::MIN), 1 => Just(Decimal::ZERO)].boxed()
}

fn any_part(number: BoxedStrategy<Decimal>, standings: &'static [Standing]) -> impl Strategy<Value = Part> {
    use proptest::option::of;
    (of(number.clone()), of(number.clone()), of(number), proptest::sample::select(standings))
        .prop_map(|(value, numerator, denominator, standing)| Part { value, numerator, denominator, standing })
}

const COUNTING: &[Standing] = &[Standing::Published, Standing::Shared];
const LEFT_OUT: &[Standing] = &[
    Standing::Missing,
    Standing::Suppressed,
    Standing::NotResponsible,
    Standing::NotYet,
    Standing::Abolished,
    Standing::NotSameDefinition,
];

fn without_counts_of_the_left_out(comparison: &Comparison) -> Comparison {
    let reasons = comparison.reasons.iter().filter(|reason| !matches!(reason, Reason::LeftOut { .. })).copied().collect();
    Comparison { missing: 0, suppressed: 0, not_responsible: 0, not_yet: 0, abolished: 0, not_comparable: 0, reasons, ..comparison.clone() }
}

fn polarity() -> impl Strategy<Value = Polarity> {
    proptest::sample::select(Polarity::ALL)
}

proptest! {
    #[test]
    fn whoever_does_not_count_changes_nothing_but_their_count(
        members in proptest::collection::vec(any_part(figure(), COUNTING), 0..9),
        strangers in proptest::collection::vec((any_part(figure(), LEFT_OUT), any::<prop::sample::Index>()), 1..6),
        ours in proptest::option::of(any_part(figure(), Standing::ALL)),
        ours_in_group: bool,
        polarity in polarity(),
        decimal_places in 0_u32..3,
    ) {
        let multiplier = Decimal::ONE_HUNDRED;
        let mut crowded = members.clone();
        for (stranger, at) in &strangers {
            crowded.insert(at.index(crowded.len() + 1), *stranger);
        }
        let ask = |members: &[Part]| compare(&Question { polarity, decimal_places, multiplier, ours: ours.as_ref(), ours_in_group, members });
        let (alone, among) = (ask(&members), ask(&crowded));
        prop_assert_eq!(without_counts_of_the_left_out(&alone), without_counts_of_the_left_out(&among));
        for standing in Standing::ALL {
            let came = strangers.iter().filter(|(stranger, _)| stranger.standing == *standing).count();
            prop_assert_eq!(among.left_out(*standing) as usize, alone.left_out(*standing) as usize + came);
        }
    }

    #[test]
    fn the_order_of_members_says_nothing(
        members in proptest::collection::vec(any_part(figure(), Standing::ALL), 0..9).prop_flat_map(|members| {
            (Just(members.clone()), Just(members).prop_shuffle())
        }),
        ours in any_part(figure(), Standing::ALL),
        polarity in polarity(),
    ) {
        let ask = |members: &[Part]| {
            compare(&Question { polarity, decimal_places: 1, multiplier: Decimal::ONE, ours: Some(&ours), ours_in_group: true, members })
        };
        prop_assert_eq!(ask(&members.0), ask(&members.1));
    }

    #[test]
    fn nothing_panics_and_every_member_is_accounted_for(
        members in proptest::collection::vec(any_part(any_decimal(), Standing::ALL), 0..9),
        ours in proptest::option::of(any_part(any_decimal(), Standing::ALL)),
        ours_in_group: bool,
        polarity in polarity(),
        decimal_places in 0_u32..40,
        multiplier in any_decimal(),
    ) {
        let found = compare(&Question { polarity, decimal_places, multiplier, ours: ours.as_ref(), ours_in_group, members: &members });
        let left_out: u32 = Standing::ALL.iter().map(|standing| found.left_out(*standing)).sum();
        prop_assert_eq!((found.counted + left_out) as usize, members.len() + usize::from(ours_in_group && ours.is_some()));
        prop_assert!(found.shared <= found.counted);
        prop_assert_eq!(found.rank.is_some(), found.of.is_some());
        prop_assert!(found.rank <= found.of && found.rank != Some(0));
        prop_assert!(found.counted < 4 || found.upper_quartile.is_some());
        let places = [found.lowest, found.lower_quartile, found.median, found.upper_quartile, found.highest];
        let given: Vec<Decimal> = places.into_iter().flatten().collect();
        prop_assert!(given.is_sorted(), "{:?}", given);
        if found.mean.is_none() {
            prop_assert!(found.reasons.contains(&Reason::NobodyCounts) || found.reasons.contains(&Reason::TooLarge));
        }
        for reason in &found.reasons {
            prop_assert!(reason.to_string().chars().next().is_some_and(|first| !first.is_lowercase()));
        }
    }

    #[test]
    fn a_baseline_accounts_for_every_predecessor(
        parts in proptest::collection::vec((any_part(any_decimal(), COUNTING), any::<(bool, bool, bool)>()), 0..6),
        aggregation in proptest::sample::select(Aggregation::ALL),
        unit in proptest::sample::select(&["Number", "Per cent", "Days", "Pounds per head", "Tonnes"][..]),
    ) {
        let names: Vec<String> = (0..parts.len()).map(|who| format!("council {who}")).collect();
        let predecessors: Vec<Predecessor<'_>> = parts.iter().zip(&names).map(|((part, (responsible, divided, provisional)), name)| Predecessor {
            name,
            part: aggregate::Part { value: part.value, numerator: part.numerator, denominator: part.denominator },
            absence: None,
            state: if *provisional { ValueState::Provisional } else { ValueState::Final },
            responsible: *responsible,
            divided: *divided,
        }).collect();
        let found: Combined = combine(&baseline::Question { aggregation, unit, multiplier: Decimal::ONE, predecessors: &predecessors });
        prop_assert_eq!(found.from as usize + found.missing.len(), found.of as usize);
        prop_assert_eq!(found.of as usize + found.not_responsible.len(), parts.len());
        prop_assert_eq!(found.complete, found.of > 0 && found.missing.is_empty());
        prop_assert!(found.provisional.len() <= found.from as usize);
        prop_assert_eq!(found.value.is_some(), found.from > 0 && found.unworkable.is_none());
    }
}
