use chrono::NaiveDate;

use super::{area, day, england, succession};
use crate::area::{Register, Standing, SuccessionKind};
use crate::measure::YearBasis;
use crate::period::Period;

fn year(of: i32) -> Period {
    Period::year(YearBasis::Financial, of).unwrap()
}

fn ended(successors: &[&str]) -> Option<Standing> {
    Some(Standing::Ended { successors: successors.iter().map(|code| (*code).to_owned()).collect() })
}

#[test]
fn who_stands_on_a_periods_last_day_answers_for_it() {
    let england = england();
    assert_eq!(england.standing("E07000187", year(2022)), Some(Standing::Stood));
    assert_eq!(england.standing("E07000187", year(2023)), ended(&["E06000066"]));
    assert_eq!(england.standing("E06000066", year(2022)), Some(Standing::NotYet));
    assert_eq!(england.standing("e06000066 ", year(2023)), Some(Standing::Stood));
    assert_eq!(england.standing("E07000187", Period::year(YearBasis::Calendar, 2022).unwrap()), Some(Standing::Stood));
    assert_eq!(england.standing("E07000187", Period::year(YearBasis::Calendar, 2023).unwrap()), ended(&["E06000066"]));
    assert_eq!(england.standing("E07999999", year(2023)), None);
}

#[test]
fn a_succession_alone_says_when_a_place_ended() {
    // Corby's row has no last day.
    assert_eq!(england().standing("E07000150", year(2020)), Some(Standing::Stood));
    assert_eq!(england().standing("E07000150", year(2021)), ended(&["E06000061"]));
}

#[test]
fn a_code_that_stood_twice_did_not_stand_between() {
    let rows = vec![area("E07000001", "Rutland", "", "1996-03-31"), area("E07000001", "Rutland", "2009-04-01", "")];
    let register = Register::new(rows, Vec::new());
    let standings = [1990, 2000, 2010].map(|of| register.standing("E07000001", year(of)));
    assert_eq!(standings, [Some(Standing::Stood), ended(&[]), Some(Standing::Stood)]);
}

#[test]
fn successors_are_followed_through_chains_until_a_day() {
    let england = england();
    assert_eq!(england.standing("E07000190", year(2019)), ended(&["E07000246"]));
    assert_eq!(england.standing("E07000190", year(2023)), ended(&["E06000066"]));
    assert_eq!(england.successors("E07000190", day("2019-03-31")), [] as [&str; 0]);
    assert_eq!(england.successors("E07000190", day("2019-04-01")), ["E07000246"]);
    assert_eq!(england.successors_at_last("e07000190"), ["E06000066"]);
    assert_eq!(england.successors_at_last("E10000021"), ["E06000061", "E06000062"]);
    assert_eq!(england.successors_at_last("E06000066"), [] as [&str; 0]);
    assert_eq!(england.successors_at_last("nobody"), [] as [&str; 0]);
}

#[test]
fn predecessors_are_those_whose_ground_came_and_not_other_names_of_the_same_place() {
    let england = england();
    let of = |code: &str| england.predecessors(code).iter().map(|s| s.from.clone()).collect::<Vec<_>>();
    assert_eq!(of("E06000066"), ["E07000187", "E07000246", "E10000027"]);
    assert_eq!(of("E07000246"), ["E07000190", "E07000191"]);
    assert_eq!(of("E08000037"), [] as [&str; 0]);
    assert!(england.divided("E10000021"));
    assert!(!england.divided("E07000150") && !england.divided("E07000112") && !england.divided("E07000011"));
}

#[test]
fn predecessors_of_a_renamed_successor_are_found_through_its_former_code() {
    use SuccessionKind::{Merged, Renamed};
    let register = Register::new(
        Vec::new(),
        vec![
            succession("A", "B", "2009-04-01", Merged),
            succession("B", "C", "2013-04-01", Renamed),
            succession("Z", "C", "2019-04-01", Merged),
        ],
    );
    let of: Vec<&str> = register.predecessors("C").iter().map(|s| s.from.as_str()).collect();
    assert_eq!(of, ["A", "Z"]);
}

#[test]
fn only_a_renaming_makes_one_line_of_figures() {
    let england = england();
    assert_eq!(england.line("E08000037"), ["E08000020", "E08000037"]);
    assert_eq!(england.line("e08000020"), ["E08000020", "E08000037"]);
    assert_eq!(england.line("E07000112"), ["E07000112"]);
    assert_eq!(england.line("E07000246"), ["E07000246"]);
    assert_eq!(england.line("E06000066"), ["E06000066"]);
    assert_eq!(england.line("nobody"), [] as [&str; 0]);
}

#[test]
fn a_merger_or_a_split_called_a_renaming_makes_no_line() {
    use SuccessionKind::Renamed;
    let merger = Register::new(Vec::new(), vec![succession("A", "C", "2009-04-01", Renamed), succession("B", "C", "2009-04-01", Renamed)]);
    assert_eq!((merger.line("A"), merger.line("C")), (vec!["A"], vec!["C"]));
    let split = Register::new(Vec::new(), vec![succession("A", "B", "2009-04-01", Renamed), succession("A", "C", "2009-04-01", Renamed)]);
    assert_eq!((split.line("A"), split.line("B")), (vec!["A"], vec!["B"]));
}

#[test]
fn a_long_line_is_in_the_order_of_its_names() {
    use SuccessionKind::Renamed;
    let register =
        Register::new(Vec::new(), vec![succession("B", "A", "2013-04-01", Renamed), succession("C", "B", "2009-04-01", Renamed)]);
    for code in ["A", "B", "C"] {
        assert_eq!(register.line(code), ["C", "B", "A"]);
    }
}

#[test]
fn circles_end() {
    use SuccessionKind::{Merged, Renamed};
    let same_day = Register::new(Vec::new(), vec![succession("A", "B", "2009-04-01", Merged), succession("B", "A", "2009-04-01", Merged)]);
    assert_eq!(same_day.successors_at_last("A"), [] as [&str; 0]);
    let renamed = Register::new(
        vec![area("A", "A", "", ""), area("B", "B", "", "")],
        vec![succession("A", "B", "1974-04-01", Renamed), succession("B", "A", "1998-04-01", Renamed)],
    );
    assert_eq!(renamed.line("A"), ["B", "A"]);
    // Made again, it stands again.
    assert_eq!(renamed.successors("A", day("1980-01-01")), ["B"]);
    assert_eq!(renamed.successors_at_last("A"), [] as [&str; 0]);
    assert_eq!(renamed.standing("A", year(1980)), ended(&["B"]));
    assert_eq!(renamed.standing("A", year(2000)), Some(Standing::Stood));
    assert_eq!(renamed.standing("B", year(2000)), ended(&["A"]));
}

#[test]
fn a_place_that_follows_itself_stands_on_when_a_part_of_it_splits_off() {
    use SuccessionKind::{Merged, Split};
    let register = Register::new(
        vec![area("A", "A", "", ""), area("B", "B", "2009-04-01", ""), area("C", "C", "2023-04-01", "")],
        vec![
            succession("A", "A", "2009-04-01", Split),
            succession("A", "B", "2009-04-01", Split),
            succession("A", "C", "2023-04-01", Merged),
        ],
    );
    assert_eq!(register.standing("A", year(2015)), Some(Standing::Stood));
    assert_eq!(register.successors("A", day("2015-01-01")), ["A", "B"]);
    assert_eq!(register.standing("A", year(2023)), ended(&["B", "C"]));
    assert_eq!(register.predecessors("B").len(), 1);
}

#[test]
fn a_thousand_successions_in_every_direction_are_followed_at_once() {
    let codes: Vec<String> = (0..40).map(|n| format!("X{n:02}")).collect();
    let all = codes.iter().flat_map(|from| codes.iter().map(move |to| succession(from, to, "2009-04-01", SuccessionKind::Split)));
    let register = Register::new(Vec::new(), all.collect());
    assert_eq!(register.successors("X00", NaiveDate::MAX).len(), 40);
    assert_eq!(register.line("X00"), ["X00"]);
    assert_eq!(register.predecessors("X00").len(), 39);
}
