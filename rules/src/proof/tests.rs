use super::*;
use crate::series::{YearEnd, YearToDate};
use crate::status::{Reason, Status};
use crate::travel::{Direction, Travel};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn status(colour: Colour) -> Status {
    Status { colour, because: String::new(), reason: Reason::NoForecast, by_rule: false }
}

/// Quarters up to 2023/24 Q4, a value and a colour each.
fn quarters(reported: &[(Option<i64>, Colour)]) -> Vec<Point> {
    let first = Period::quarter(2023, 4).unwrap().back(u32::try_from(reported.len() - 1).unwrap()).unwrap();
    let mut period = Some(first);
    let mut points = Vec::new();
    for (value, colour) in reported {
        let of = period.unwrap();
        period = of.next();
        points.push(Point {
            period: of,
            observation: None,
            value: value.map(Decimal::from),
            absence: None,
            numerator: None,
            denominator: None,
            decimal_places: 0,
            thresholds: Thresholds { target: Some(Decimal::from(50)), ..Thresholds::default() },
            status: status(*colour),
            year_end: YearEnd { forecast: None, target: None, status: status(Colour::NotApplicable) },
            travel: Travel { on_previous_period: Direction::Same, on_same_period_last_year: Direction::NotComparable },
            year_to_date: YearToDate { value: None, complete: false, expected: 1, reported: 0 },
            disagrees: false,
        });
    }
    points
}

const COMPLETE: Words<'_> = Words {
    commentary: Some("Crews were short of drivers."),
    action: Some("Two drivers start in May."),
    owner: Some("Head of Waste"),
    due: NaiveDate::from_ymd_opt(2024, 5, 31),
};

fn proof<'a>(points: &'a [Point], words: Option<(Words<'a>, Words<'a>)>) -> Proof<'a> {
    let year = Period::year(crate::measure::YearBasis::Financial, 2023);
    Proof { points, purpose: Purpose::Operational, unit: "Number", sensitive: false, words, year, today: day("2024-04-20"), own_names: &[] }
}

fn codes(proof: &Proof<'_>) -> Vec<&'static str> {
    read(proof).into_iter().map(|remark| remark.code).collect()
}

fn said(proof: &Proof<'_>) -> String {
    read(proof).into_iter().map(|remark| format!("{} {}", remark.code, remark.words)).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_complete_is_passed_over() {
    let points = quarters(&[(Some(55), Colour::Green), (Some(45), Colour::Red)]);
    assert_eq!(said(&proof(&points, Some((COMPLETE, Words::default())))), "");
}

#[test]
fn off_target_everything_that_is_missing_is_named() {
    let points = quarters(&[(Some(45), Colour::Amber)]);
    assert_eq!(
        said(&proof(&points, Some((Words::default(), Words::default())))),
        "C01 Amber without commentary, an action, who does it and a due date."
    );
    let some = Words { due: None, owner: Some("  "), ..COMPLETE };
    assert_eq!(said(&proof(&points, Some((some, Words::default())))), "C01 Amber without who does it and a due date.");
    let on_target = quarters(&[(Some(55), Colour::Green)]);
    assert_eq!(said(&proof(&on_target, Some((Words::default(), Words::default())))), "");
    assert_eq!(said(&proof(&points, None)), "", "words the audience does not see are not asked for");
}

#[test]
fn an_action_that_is_overdue_or_too_late_for_the_forecast() {
    let mut points = quarters(&[(Some(45), Colour::Red)]);
    let overdue = Words { due: NaiveDate::from_ymd_opt(2024, 4, 19), ..COMPLETE };
    assert_eq!(
        said(&proof(&points, Some((overdue, Words::default())))),
        "C02 The action was due on 19 April 2024 and the figure is still Red."
    );
    let today = Words { due: NaiveDate::from_ymd_opt(2024, 4, 20), ..COMPLETE };
    assert_eq!(codes(&proof(&points, Some((today, Words::default())))), [""; 0]);

    points[0].year_end.status = status(Colour::Green);
    assert_eq!(codes(&proof(&points, Some((COMPLETE, Words::default())))), ["C03"], "May is after the year's end");
    let in_march = Words { due: NaiveDate::from_ymd_opt(2024, 3, 31), ..COMPLETE };
    let early = Proof { today: day("2024-01-20"), ..proof(&points, Some((in_march, Words::default()))) };
    assert_eq!(codes(&early), [""; 0]);
}

#[test]
fn commentary_said_before_and_too_long() {
    let points = quarters(&[(Some(55), Colour::Green), (Some(55), Colour::Green)]);
    let before = Words { commentary: Some(" crews were  short of drivers. "), ..Words::default() };
    assert_eq!(codes(&proof(&points, Some((COMPLETE, before)))), ["C04"]);
    let (long, just) = ("x".repeat(601), "x".repeat(600));
    let words = |text| Words { commentary: Some(text), ..Words::default() };
    assert_eq!(said(&proof(&points, Some((words(&long), before)))), "C05 The commentary has 601 characters; 600 are read.");
    assert_eq!(codes(&proof(&points, Some((words(&just), before)))), [""; 0]);
}

#[test]
fn a_target_that_is_missing_or_nought() {
    let mut points = quarters(&[(Some(45), Colour::NoTarget)]);
    points[0].thresholds.target = None;
    assert_eq!(said(&proof(&points, None)), "C06 No target was set for this period.");
    let mut points = quarters(&[(Some(45), Colour::Green)]);
    points[0].thresholds.target = Some(Decimal::ZERO);
    assert_eq!(codes(&proof(&points, None)), ["C06"]);
    let contextual = Proof { purpose: Purpose::Contextual, ..proof(&points, None) };
    assert_eq!(codes(&contextual), [""; 0], "contextual measures have no target");
}

#[test]
fn a_value_far_from_its_target_or_the_last() {
    let far = |values: &[(Option<i64>, Colour)]| said(&proof(&quarters(values), None));
    let green = Colour::Green;
    assert_eq!(far(&[(Some(501), green)]), "C07 The value is more than 10 times, or less than a tenth of, the target.");
    assert_eq!(far(&[(Some(500), green)]), "");
    assert_eq!(far(&[(Some(4), green)]), "C07 The value is more than 10 times, or less than a tenth of, the target.");
    assert_eq!(far(&[(Some(5), green)]), "");
    assert_eq!(
        far(&[(Some(40), green), (None, Colour::NoData), (Some(401), green)]),
        "C07 The value is more than 10 times, or less than a tenth of, the last value."
    );
    assert_eq!(far(&[(Some(0), green)]), "", "nothing is said of zeros");
}

#[test]
fn two_periods_without_data() {
    let silent = |n: usize| {
        let mut reported = vec![(Some(55), Colour::Green)];
        reported.extend(std::iter::repeat_n((None, Colour::NoData), n));
        codes(&proof(&quarters(&reported), None))
    };
    assert_eq!((silent(1), silent(2)), (vec![], vec!["C09"]));
    let not_due = quarters(&[(None, Colour::NoData), (None, Colour::NoData), (None, Colour::NotDue)]);
    assert_eq!(said(&proof(&not_due, Some((Words::default(), Words::default())))), "C09 2 periods running without data.");
}

#[test]
fn few_people_are_recognised() {
    let of = |value: i64, unit: &'static str, sensitive: bool| {
        let mut points = quarters(&[(Some(value), Colour::Green)]);
        points[0].thresholds.target = None;
        codes(&Proof { unit, sensitive, ..proof(&points, None) })
    };
    assert_eq!(of(4, "Number", true), ["C10"]);
    assert_eq!(of(1, "People", false), ["C10"]);
    assert_eq!((of(5, "Number", true), of(0, "Number", true), of(4, "Number", false)), (vec![], vec![], vec![]));
    let mut points = quarters(&[(Some(40), Colour::Green)]);
    points[0].numerator = Some(Decimal::from(2));
    let percentage = |points: &[Point]| said(&Proof { unit: "Per cent", sensitive: true, ..proof(points, None) });
    assert_eq!(percentage(&points), "C10 2 is few enough for persons to be recognised: suppress it if they are people.");
    points[0].absence = Some(Absence::Suppressed);
    assert_eq!(percentage(&points), "");
}

#[test]
fn names_of_persons_in_sensitive_commentary() {
    let points = quarters(&[(Some(55), Colour::Green)]);
    let found = |text: &str, sensitive: bool| {
        let words = Words { commentary: Some(text), ..Words::default() };
        let proof = Proof {
            sensitive,
            own_names: &["Children and Families", "Exampleshire County Council"],
            ..proof(&points, Some((words, Words::default())))
        };
        said(&proof)
    };
    let named = |who: &str| format!("C11 “{who}” may be the name of a person, and this indicator is sensitive.");
    assert_eq!(found("The family of Jane Smith was moved.", true), named("Jane Smith"));
    assert_eq!(found("Seen by Dr. Patel in May.", true), named("Dr Patel"));
    assert_eq!(found("A review by Mrs Jones.", true), named("Mrs Jones"));
    assert_eq!(found("The family of Jane Smith was moved.", false), "");
    for ordinary in [
        "Two families were moved in April.",
        "Exampleshire County Council moved two families.",
        "Children and Families asked for more.",
        "The NHS England return was late. Two more are due.",
        "Crews left, Drivers stayed.",
    ] {
        assert_eq!(found(ordinary, true), "", "{ordinary}");
    }
}
