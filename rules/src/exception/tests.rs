use super::triggers::rank;
use super::*;
use crate::period::Period;
use crate::series::{YearEnd, YearToDate};
use crate::status::{Reason, Status, Thresholds};
use crate::travel::{Direction, Travel};

fn status(colour: Colour) -> Status {
    Status { colour, because: String::new(), reason: Reason::NoForecast, by_rule: false }
}

/// Quarters from 2023/24 Q1, all with the same travel and forecast.
fn quarters(colours: &[Colour], went: Direction, forecast: Colour) -> Vec<Point> {
    let mut next = Period::quarter(2023, 1);
    let mut points = Vec::new();
    for colour in colours {
        let period = next.unwrap();
        next = period.next();
        points.push(Point {
            period,
            observation: None,
            value: rank(*colour).map(Into::into),
            absence: None,
            numerator: None,
            denominator: None,
            decimal_places: 1,
            thresholds: Thresholds::default(),
            status: status(*colour),
            year_end: YearEnd { forecast: None, target: None, status: status(forecast) },
            travel: Travel { on_previous_period: went, on_same_period_last_year: Direction::NotComparable },
            year_to_date: YearToDate { value: None, complete: false, expected: 1, reported: 0 },
            disagrees: false,
        });
    }
    points
}

fn found(colours: &[Colour], went: Direction, forecast: Colour) -> Option<(u32, ExceptionKind, String)> {
    let points = quarters(colours, went, forecast);
    assess(&ExceptionInput::of(&points, Purpose::Operational)).map(|e| (e.points, e.kind, e.why()))
}

use Colour::{Amber, Blue, Green, NoData, NotApplicable, NotDue, Red};
use Direction::{Declined, Same};

#[test]
fn red_after_green_is_a_concern() {
    let why = "Red; was Green last quarter".to_owned();
    assert_eq!(found(&[Green, Green, Red], Same, NotApplicable), Some((75, ExceptionKind::Concern, why)));
}

#[test]
fn a_run_of_red_is_counted_and_what_was_missed() {
    let why = "Red for 3 quarters; forecast Red at year end; missed in 3 of 4 quarters".to_owned();
    assert_eq!(found(&[Green, Red, Red, Red], Same, Red), Some((50 + 20 + 15, ExceptionKind::Concern, why)));
}

#[test]
fn amber_adds_up_to_a_watch() {
    let why = "Amber and worsening".to_owned();
    assert_eq!(found(&[Amber], Declined, NotApplicable), Some((20, ExceptionKind::Watch, why)));
    let why = "Amber for 2 quarters".to_owned();
    assert_eq!(found(&[Amber, Amber], Same, Green), Some((10, ExceptionKind::Watch, why)));
    assert_eq!(found(&[Amber], Same, Green), None);
}

#[test]
fn a_forecast_worse_than_now_is_watched() {
    let why = "forecast Amber at year end".to_owned();
    assert_eq!(found(&[Green, Green], Same, Amber), Some((20, ExceptionKind::Watch, why)));
}

#[test]
fn each_further_period_without_a_result_adds_ten() {
    assert_eq!(found(&[Green, NoData], Same, NotApplicable), Some((30, ExceptionKind::Concern, "no result for the quarter".into())));
    let why = "no result for 3 quarters".to_owned();
    assert_eq!(found(&[NoData, NoData, NoData], Same, NotApplicable), Some((50, ExceptionKind::Concern, why.clone())));
    assert_eq!(found(&[NoData, NoData, NoData, NotDue], Same, NotApplicable), Some((50, ExceptionKind::Concern, why)));
}

#[test]
fn a_figure_whose_status_nobody_chose_is_a_result() {
    let mut points = quarters(&[NoData, NoData], Same, NotApplicable);
    points[1].value = Some(3.into());
    assert_eq!(assess(&ExceptionInput::of(&points, Purpose::Operational)), None);
}

#[test]
fn recovery_is_an_improvement_unless_something_else_is_to_be_said() {
    assert_eq!(found(&[Red, Green], Same, Green), Some((0, ExceptionKind::Improvement, "back to Green".into())));
    let why = "forecast Red at year end; back to Green".to_owned();
    assert_eq!(found(&[Red, Green], Same, Red), Some((20, ExceptionKind::Watch, why)));
    assert_eq!(found(&[Blue, Blue], Same, Blue), None);
    assert_eq!(found(&[], Same, Green), None);
}

#[test]
fn a_contextual_indicator_is_watched_when_two_readings_go_the_wrong_way() {
    let mut points = quarters(&[Green, Green, Green], Declined, NotApplicable);
    for point in &mut points {
        point.status = status(NotApplicable);
    }
    let input = ExceptionInput::of(&points, Purpose::Contextual);
    let exception = assess(&input).unwrap();
    assert_eq!((exception.points, exception.codes), (10, vec!["X12"]));
    points[1].travel.on_previous_period = Same;
    assert_eq!(assess(&ExceptionInput::of(&points, Purpose::Contextual)), None);
}

#[test]
fn phrases_stop_at_two_hundred_characters() {
    let phrases = vec!["x".repeat(150), "y".repeat(60), "z".into()];
    let exception = Exception { points: 50, kind: ExceptionKind::Concern, codes: vec![], triggers: vec![], months: 3, phrases };
    assert_eq!(exception.why(), "x".repeat(150));
}

#[test]
fn a_published_figure_revised_beyond_tolerance_is_watched() {
    let points = quarters(&[Green, Green], Same, Green);
    let found = |purpose, from: &str, to: &str| {
        let revised = Some((from.parse().unwrap(), to.parse().unwrap()));
        assess(&ExceptionInput { revised, ..ExceptionInput::of(&points, purpose) }).map(|e| (e.points, e.kind, e.why()))
    };
    let why = |words: &str| Some((15, ExceptionKind::Watch, words.to_owned()));
    assert_eq!(found(Purpose::Operational, "4.1", "6.0"), why("revised from 4.1 to 6.0"));
    assert_eq!(found(Purpose::Contextual, "1204", "1190"), why("revised from 1,204.0 to 1,190.0"));
    // A hundredth, or one of the last decimal, is tolerated.
    assert_eq!(found(Purpose::Operational, "1204", "1192"), None);
    assert_eq!(found(Purpose::Operational, "4.1", "4.2"), None);
    assert_eq!(found(Purpose::Operational, "0.0", "0.2"), why("revised from 0.0 to 0.2"));
}

#[test]
fn what_is_linked_to_a_figure_adds_to_it_and_calls_for_a_look_alone() {
    let of = |colour, linked| {
        let points = quarters(&[colour, colour], Same, NotApplicable);
        let found = assess(&ExceptionInput { linked, ..ExceptionInput::of(&points, Purpose::Operational) });
        found.map(|e| (e.points, e.kind, e.codes.clone(), e.why()))
    };
    assert_eq!(of(Colour::Green, 0), None);
    let one = "a linked action or risk calls for attention".to_owned();
    assert_eq!(of(Colour::Green, 1), Some((10, ExceptionKind::Watch, vec!["X13"], one)));
    let (points, kind, codes, why) = of(Colour::Red, 3).unwrap();
    assert_eq!((points, kind, codes), (60, ExceptionKind::Concern, vec!["X01", "X13"]));
    assert_eq!(why, "Red for 2 quarters; 3 linked actions or risks call for attention");
}

#[test]
fn an_unusual_change_for_the_worse_counts_and_one_for_the_better_is_told_alone() {
    let points = quarters(&[Green, Green, Red], Same, NotApplicable);
    let with = |unusual, worst_quarter| {
        let input = ExceptionInput { unusual, worst_quarter, ..ExceptionInput::of(&points, Purpose::Operational) };
        assess(&input).map(|e| (e.points, e.codes.clone(), e.why()))
    };
    let why = "Red; was Green last quarter; unusual change, not chance; worst quarter of neighbours".to_owned();
    assert_eq!(with(Some(Unusual::Concern), true), Some((100, vec!["X01", "X02", "X08", "X11"], why)));
    let green = quarters(&[Green, Green, Green], Same, NotApplicable);
    for purpose in [Purpose::Operational, Purpose::Contextual] {
        let input = ExceptionInput { unusual: Some(Unusual::Improvement), ..ExceptionInput::of(&green, purpose) };
        let found = assess(&input).unwrap();
        assert_eq!((found.points, found.kind, found.codes), (0, ExceptionKind::Improvement, vec!["X14"]));
        let input = ExceptionInput { worst_quarter: true, ..ExceptionInput::of(&green, purpose) };
        assert_eq!(assess(&input).map(|e| (e.points, e.kind)), Some((10, ExceptionKind::Watch)));
    }
}

#[test]
fn what_was_unusual_before_a_missing_figure_is_not_said_again() {
    let points = quarters(&[Green, Green, NoData], Same, NotApplicable);
    let input = ExceptionInput { unusual: Some(Unusual::Concern), ..ExceptionInput::of(&points, Purpose::Operational) };
    assert_eq!(assess(&input).unwrap().codes, vec!["X06"]);
}
