//! What a comparison says in words, and its edges. Its figures are held against numpy's in `tests/comparing.rs`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::figures::{mean, quartile};
use super::*;
use crate::area::{self, AuthorityType, ServiceArea};
use crate::measure::{Absence, Polarity, YearBasis};
use crate::period::Period;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn published(value: &str) -> Part {
    Part { value: Some(dec(value)), ..Part::without(Standing::Published) }
}

fn ask(ours: Option<&Part>, members: &[Part], polarity: Polarity) -> Comparison {
    compare(&Question { polarity, decimal_places: 1, multiplier: Decimal::ONE_HUNDRED, ours, ours_in_group: false, members })
}

fn said(comparison: &Comparison) -> Vec<String> {
    comparison.reasons.iter().map(ToString::to_string).collect()
}

/// The answers are those printed in Excel's documentation of QUARTILE and in R's of `quantile(mtcars$wt)`.
#[test]
fn quartiles_are_those_that_excel_and_r_print() {
    let values = |text: &str| text.split(' ').map(dec).collect::<Vec<_>>();
    assert_eq!(quartile(&values("1 2 4 7 8 9 10 12"), 1), Some(dec("3.5")));
    let weights = values(
        "1.513 1.615 1.835 1.935 2.14 2.2 2.32 2.465 2.62 2.77 2.78 2.875 3.15 3.17 3.19 3.215 3.435 3.44 3.44 3.44 3.46 3.52 3.57 \
         3.57 3.73 3.78 3.84 3.845 4.07 5.25 5.345 5.424",
    );
    let quartiles = [0, 1, 2, 3, 4].map(|quarters| quartile(&weights, quarters));
    assert_eq!(quartiles, ["1.513", "2.58125", "3.325", "3.61", "5.424"].map(|text| Some(dec(text))));
    assert_eq!(quartile(&[], 2), None);
}

#[test]
fn values_at_the_ends_of_what_can_be_held_have_quartiles_and_no_wrong_mean() {
    let ends = [Decimal::MIN, Decimal::MIN, Decimal::MAX, Decimal::MAX];
    assert_eq!(quartile(&ends, 2), Some(Decimal::ZERO));
    assert_eq!(quartile(&[Decimal::MAX, Decimal::MAX], 2), Some(Decimal::MAX));
    assert_eq!(mean(&[Decimal::MAX, Decimal::MAX]), None);
    let members = [Part { value: Some(Decimal::MAX), ..published("0") }; 4];
    let found = ask(Some(&published("1")), &members, Polarity::LowerIsBetter);
    assert_eq!((found.mean, found.upper_quartile, found.rank), (None, Some(Decimal::MAX), Some(1)));
    assert!(said(&found).contains(&"A figure is too large to be worked out".to_owned()));
}

#[test]
fn who_has_not_the_service_is_counted_apart_and_gets_no_average() {
    let members = [published("40"), published("50"), Part { standing: Standing::NotResponsible, ..published("99") }];
    let found = ask(Some(&published("45")), &members, Polarity::HigherIsBetter);
    assert_eq!((found.counted, found.not_responsible, found.missing), (2, 1, 0));
    assert_eq!((found.highest, found.mean, found.of), (Some(dec("50")), Some(dec("45")), Some(3)));
    assert_eq!(
        said(&found),
        [
            "1 of the group is not counted: the council does not have this service",
            "Quartiles need 4 values, and there are 2",
            "There is no ratio of sums: no value came with a numerator and a denominator",
        ]
    );
    let ours = Part::without(Standing::NotResponsible);
    let found = ask(Some(&ours), &members, Polarity::HigherIsBetter);
    assert_eq!((found.rank, found.position, found.from_median), (None, QuartilePosition::NotRanked, None));
    assert_eq!(found.reasons.last(), Some(&Reason::OursLeftOut { standing: Standing::NotResponsible }));
    assert_eq!(said(&found).last().unwrap(), "Our value is not placed: the council does not have this service");
}

#[test]
fn shared_values_count_and_are_said_to_be_shared() {
    let members = [published("40"), Part { standing: Standing::Shared, ..published("50") }, Part::without(Standing::Shared)];
    let found = ask(None, &members, Polarity::HigherIsBetter);
    assert_eq!((found.counted, found.shared, found.missing), (2, 1, 1));
    assert!(said(&found).contains(&"1 of the values is shared by the council and not published".to_owned()));
    assert!(said(&found).contains(&"1 of the group is not counted: there is no value".to_owned()));
    assert_eq!(found.reasons.last(), Some(&Reason::NoneOfOurs));
}

#[test]
fn the_group_is_of_us_only_where_it_holds_us() {
    let (ours, members) = (published("90"), [published("10"), published("20"), published("30")]);
    let ask = |ours_in_group| {
        compare(&Question {
            polarity: Polarity::HigherIsBetter,
            decimal_places: 0,
            multiplier: Decimal::ONE,
            ours: Some(&ours),
            ours_in_group,
            members: &members,
        })
    };
    let (beside, among) = (ask(false), ask(true));
    assert_eq!(
        (beside.counted, beside.median, beside.highest, beside.position),
        (3, Some(dec("20")), Some(dec("30")), QuartilePosition::NotRanked)
    );
    assert_eq!(
        (among.counted, among.median, among.highest, among.position),
        (4, Some(dec("25")), Some(dec("90")), QuartilePosition::BestQuarter)
    );
    assert_eq!((beside.rank, beside.of), (Some(1), Some(4)));
    assert_eq!((among.rank, among.of), (Some(1), Some(4)));
}

#[test]
fn on_the_edge_of_two_quarters_the_better_one_counts_at_shown_precision() {
    // Quartiles 20, 30 and 40.
    let members = ["10", "20", "30", "40", "50"].map(published);
    let at = |value: &str, polarity| ask(Some(&published(value)), &members, polarity).position;
    use QuartilePosition::{BestQuarter, SecondQuarter, ThirdQuarter, WorstQuarter};
    for (value, higher, lower) in [
        ("39.95", BestQuarter, ThirdQuarter),
        ("39.94", SecondQuarter, ThirdQuarter),
        ("40.05", BestQuarter, WorstQuarter),
        ("40.04", BestQuarter, ThirdQuarter),
        ("30", SecondQuarter, SecondQuarter),
        ("29.9", ThirdQuarter, SecondQuarter),
        ("20.04", ThirdQuarter, BestQuarter),
        ("19.9", WorstQuarter, BestQuarter),
    ] {
        assert_eq!((at(value, Polarity::HigherIsBetter), at(value, Polarity::LowerIsBetter)), (higher, lower), "{value}");
    }
}

#[test]
fn where_neither_way_is_better_nobody_is_ranked_and_it_is_said_why() {
    let members = ["10", "20", "30", "40"].map(published);
    for (polarity, reason) in [(Polarity::None, Reason::NoPreference), (Polarity::WithinRange, Reason::RangePreferred)] {
        let found = ask(Some(&published("25")), &members, polarity);
        assert_eq!((found.rank, found.of, found.position), (None, None, QuartilePosition::NotRanked));
        assert_eq!((found.median, found.from_median), (Some(dec("25")), Some(Decimal::ZERO)));
        assert!(found.reasons.contains(&reason), "{polarity}");
    }
}

#[test]
fn a_group_of_equals_has_no_quarters() {
    let members = ["100", "100", "100", "100"].map(published);
    let found = ask(Some(&published("100")), &members, Polarity::HigherIsBetter);
    assert_eq!((found.rank, found.rank_shared_with, found.position), (Some(1), 4, QuartilePosition::NotRanked));
    assert!(found.reasons.contains(&Reason::QuartersAlike));
}

#[test]
fn with_nobody_there_is_nothing_and_it_is_said_once() {
    let alone = ask(Some(&published("1")), &[], Polarity::HigherIsBetter);
    assert_eq!(alone, Comparison { reasons: vec![Reason::NobodyCounts], ..Comparison::default() });
}

#[test]
fn alone_in_its_own_group_a_council_is_ranked_among_nobody() {
    let question = Question {
        polarity: Polarity::LowerIsBetter,
        decimal_places: 0,
        multiplier: Decimal::ONE,
        ours: Some(&published("7")),
        ours_in_group: true,
        members: &[Part::without(Standing::Missing)],
    };
    let found = compare(&question);
    assert_eq!((found.counted, found.missing, found.median, found.rank, found.of), (1, 1, Some(dec("7")), None, None));
    assert_eq!(found.reasons.iter().filter(|reason| **reason == Reason::NobodyCounts).count(), 1);
}

#[test]
fn a_ratio_of_sums_is_of_everybody_or_of_nobody() {
    let of = |n: &str, d: &str| Part { numerator: Some(dec(n)), denominator: Some(dec(d)), ..Part::without(Standing::Published) };
    let both = [of("1", "2"), of("90", "98")];
    let found = ask(None, &both, Polarity::HigherIsBetter);
    // 91 of 100; the mean of 50 and 91.8 is another figure.
    assert_eq!(found.ratio_of_sums, Some(dec("91")));
    let nothing = [of("1", "2"), of("3", "-2")];
    let found = ask(None, &nothing, Polarity::HigherIsBetter);
    assert_eq!(found.ratio_of_sums, None);
    assert!(said(&found).contains(&"There is no ratio of sums: the denominators add up to 0".to_owned()));
    let found = ask(None, &[both[0], both[1], published("70")], Polarity::HigherIsBetter);
    assert_eq!(found.ratio_of_sums, None);
    assert!(said(&found).contains(&"There is no ratio of sums: 1 of 3 values came without a numerator and a denominator".to_owned()));
}

#[test]
fn calendar_and_financial_years_are_not_of_one_basis() {
    let year = |basis, year| Period::year(basis, year).unwrap();
    let (financial, calendar) = (year(YearBasis::Financial, 2023), year(YearBasis::Calendar, 2023));
    assert_eq!(Break::between(financial, year(YearBasis::Financial, 2019), false), Break::Same);
    assert_eq!(Break::between(financial, calendar, false), Break::PeriodBasis);
    assert_eq!(Break::between(financial, calendar, true), Break::Changed);
    assert_eq!(Break::between(financial, Period::quarter(2023, 1).unwrap(), false), Break::PeriodBasis);
    let quarter = |month| Period::new(NaiveDate::from_ymd_opt(2023, month, 1).unwrap(), 3).unwrap();
    assert!(same_basis(Period::quarter(2019, 4).unwrap(), quarter(7)));
    assert!(!same_basis(Period::quarter(2019, 4).unwrap(), quarter(8)));
    assert!(Break::Same.is_same() && !Break::PeriodBasis.is_same());
}

#[test]
fn the_year_that_shares_most_months_stands_beside_ours() {
    let year = |basis, year| Period::year(basis, year).unwrap();
    let ours = year(YearBasis::Financial, 2023);
    let calendar = [2022, 2023, 2024].map(|of| year(YearBasis::Calendar, of));
    assert_eq!(beside(ours, calendar), Some(calendar[1]));
    assert_eq!(beside(ours, [calendar[2], ours, calendar[1]]), Some(ours));
    assert_eq!(beside(ours, [calendar[0], Period::quarter(2023, 1).unwrap()]), None);
    // Six months of each: the earlier.
    let october = |of| Period::new(NaiveDate::from_ymd_opt(of, 10, 1).unwrap(), 12).unwrap();
    assert_eq!(beside(ours, [october(2023), october(2022)]), Some(october(2022)));
}

#[test]
fn where_a_members_figure_stands_is_decided_by_what_rules_it_out_first() {
    let (not_yet, ended) = (area::Standing::NotYet, area::Standing::Ended { successors: Vec::new() });
    let published = Member {
        kind: Some(AuthorityType::District),
        service: Some(ServiceArea::Homelessness),
        stood: Some(&area::Standing::Stood),
        has_figure: true,
        absence: None,
        same: Break::Same,
        shared: false,
    };
    let suppressed = Member { has_figure: false, absence: Some(Absence::Suppressed), ..published };
    for (member, standing) in [
        (published, Standing::Published),
        (Member { shared: true, ..published }, Standing::Shared),
        (Member { kind: None, stood: None, ..published }, Standing::Published),
        (Member { kind: Some(AuthorityType::County), ..published }, Standing::NotResponsible),
        (Member { kind: Some(AuthorityType::County), service: None, ..published }, Standing::Published),
        (Member { kind: Some(AuthorityType::County), stood: Some(&ended), ..suppressed }, Standing::NotResponsible),
        (Member { stood: Some(&ended), ..suppressed }, Standing::Abolished),
        (Member { stood: Some(&not_yet), ..published }, Standing::NotYet),
        (suppressed, Standing::Suppressed),
        (Member { has_figure: true, ..suppressed }, Standing::Suppressed),
        (Member { has_figure: false, same: Break::Changed, ..published }, Standing::Missing),
        (Member { absence: Some(Absence::NotCollected), ..published }, Standing::Missing),
        (Member { same: Break::PeriodBasis, shared: true, ..published }, Standing::NotSameDefinition),
    ] {
        assert_eq!(member.standing(), standing, "{member:?}");
    }
}

#[test]
fn a_measure_is_not_an_indicator_for_which_the_other_way_is_better_or_in_another_unit() {
    use Polarity::{HigherIsBetter, LowerIsBetter};
    for (theirs, ours, same, unlike) in [
        (("Per cent", HigherIsBetter), ("%", HigherIsBetter), true, None),
        (("Per cent", HigherIsBetter), ("%", LowerIsBetter), true, Some(Unlike::Polarity)),
        (("Number", LowerIsBetter), ("Number", HigherIsBetter), false, Some(Unlike::Polarity)),
        (("Number", Polarity::None), ("Number", HigherIsBetter), true, None),
        (("Number", LowerIsBetter), ("Per cent", LowerIsBetter), true, Some(Unlike::Unit)),
        (("Number", LowerIsBetter), ("Per cent", LowerIsBetter), false, None),
    ] {
        assert_eq!(Unlike::between(theirs, ours, same), unlike, "{theirs:?} {ours:?} {same}");
    }
}

#[test]
fn what_others_compare_is_in_one_unit_and_not_only_one_kind_of_unit() {
    for (one, other) in
        [("%", "Per cent"), ("Number", "count"), ("Yes/No", "yes or no"), (" Days", "days"), ("Rate per 1,000", "rate per 1,000")]
    {
        assert!(same_unit(one, other), "{one} {other}");
    }
    for (one, other) in [("£", "£000"), ("Pounds", "£m"), ("Days", "Hours"), ("Rate per 1,000", "Rate per 100,000"), ("Tonnes", "kg")] {
        assert!(!same_unit(one, other), "{one} {other}");
        assert_eq!(Unlike::between((one, Polarity::None), (other, Polarity::None), true), None, "{one} {other}");
    }
}
