//! Warnings of returns, risks and milestones.

use super::*;

fn said(kind: Kind, given: &[(&str, i64)], facts: Facts<'_>) -> Vec<Firing> {
    firings(&Parameters::of(kind, given.iter().copied()).unwrap(), &facts)
}

#[test]
fn a_return_is_overdue_from_the_day_after_until_it_is_submitted() {
    let found = |days, submitted: Option<&str>, today: &str| {
        let facts = ReturnFacts { due_on: day("2024-07-31"), submitted_on: submitted.map(day), today: day(today) };
        said(Kind::ReturnOverdue, &[("days", days)], Facts::Return(facts))
    };
    assert_eq!(found(1, None, "2024-07-31"), []);
    let late = found(1, None, "2024-08-01");
    assert_eq!(told(&late), [("1 August 2024".into(), "1 August 2024".into(), None)]);
    assert_eq!(late[0].words(), "Due on 31 July 2024 and not submitted 1 day after");
    assert_eq!(found(1, Some("2024-07-31"), "2024-09-01"), []);
    let ended = found(1, Some("2024-08-03"), "2024-09-01");
    assert_eq!(told(&ended), [("1 August 2024".into(), "1 August 2024".into(), Some(("3 August 2024".into(), Ceased::NoLonger)))]);
    assert_eq!(ended[0].words(), "Due on 31 July 2024 and submitted 3 days after");
    // Waiting five days: it is known by the same first day, and four days late are no warning.
    assert_eq!((found(5, Some("2024-08-04"), "2024-09-01"), found(5, None, "2024-08-04")), (vec![], vec![]));
    assert_eq!(told(&found(5, None, "2024-08-05")), [("1 August 2024".into(), "5 August 2024".into(), None)]);
    // What is submitted later is not known on the day.
    assert!(found(1, Some("2024-08-09"), "2024-08-02")[0].is_current());
}

#[test]
fn a_risk_is_above_its_appetite_from_look_to_look() {
    let look = |as_at: &str, score, appetite, open| RiskLook { as_at: day(as_at), score, appetite, open };
    let looks = [
        look("2024-01-10", Some(9), Some(9), true),
        look("2024-02-10", Some(12), Some(9), true),
        look("2024-03-10", Some(16), Some(9), true),
        look("2024-04-10", Some(16), Some(16), true),
        look("2024-05-10", Some(20), Some(12), true),
        look("2024-06-10", None, Some(12), true),
        look("2024-07-10", Some(20), Some(12), true),
        look("2024-08-10", Some(20), Some(12), false),
    ];
    let found = said(Kind::RiskAboveAppetite, &[], Facts::Risk(RiskFacts { looks: &looks }));
    let days = |from: &str, to: &str, why| (from.to_owned(), from.to_owned(), Some((to.to_owned(), why)));
    assert_eq!(
        told(&found),
        [
            days("10 February 2024", "10 April 2024", Ceased::NoLonger),
            days("10 May 2024", "10 June 2024", Ceased::NoFigure),
            days("10 July 2024", "10 August 2024", Ceased::NoLonger)
        ]
    );
    assert_eq!(found[0].words(), "Scored 16 on 10 March 2024, above the appetite of 9, since 10 February 2024");
    let by_four = said(Kind::RiskAboveAppetite, &[("by", 4)], Facts::Risk(RiskFacts { looks: &looks[..4] }));
    assert_eq!(told(&by_four), [days("10 March 2024", "10 April 2024", Ceased::NoLonger)]);
}

fn milestone(days: i64, tellings: &[(&str, &str, &str)], today: &str) -> Vec<Firing> {
    let tellings: Vec<MilestoneTelling> = tellings
        .iter()
        .map(|(as_at, forecast, actual)| MilestoneTelling {
            as_at: day(as_at),
            forecast: forecast.parse().ok(),
            actual: actual.parse().ok(),
        })
        .collect();
    let facts = MilestoneFacts { baseline: day("2024-06-30"), tellings: &tellings, today: day(today) };
    said(Kind::MilestoneSlipped, &[("days", days)], Facts::Milestone(facts))
}

#[test]
fn a_milestone_slips_when_it_is_told_or_when_its_day_is_past() {
    assert_eq!(milestone(1, &[], "2024-06-30"), []);
    assert_eq!(told(&milestone(1, &[], "2024-07-03")), [("1 July 2024".into(), "1 July 2024".into(), None)]);
    let slipped = milestone(1, &[("2024-03-01", "2024-06-30", ""), ("2024-04-01", "2024-07-14", "")], "2024-05-01");
    assert_eq!(told(&slipped), [("1 April 2024".into(), "1 April 2024".into(), None)]);
    assert_eq!(slipped[0].words(), "Agreed for 30 June 2024 and expected on 14 July 2024: 14 days later");
    // Fourteen days are fewer than thirty, until the calendar makes them thirty.
    assert_eq!(milestone(30, &[("2024-04-01", "2024-07-14", "")], "2024-07-29"), []);
    let past = milestone(30, &[("2024-04-01", "2024-07-14", "")], "2024-08-02");
    assert_eq!(told(&past), [("30 July 2024".into(), "30 July 2024".into(), None)]);
    assert!(matches!(past[0].evidence, Evidence::MilestoneSlipped { days: 33, .. }), "{past:?}");
}

#[test]
fn a_milestone_that_is_reached_or_brought_forward_warns_no_more() {
    let told_late = ("2024-04-01", "2024-07-14", "");
    let reached = milestone(1, &[told_late, ("2024-07-10", "", "2024-07-08")], "2024-12-01");
    assert_eq!(told(&reached), [("1 April 2024".into(), "1 April 2024".into(), Some(("10 July 2024".into(), Ceased::NoLonger)))]);
    let back = milestone(1, &[told_late, ("2024-05-01", "2024-06-20", ""), ("2024-06-01", "2024-08-01", "")], "2024-06-02");
    assert_eq!(
        told(&back),
        [
            ("1 April 2024".into(), "1 April 2024".into(), Some(("1 May 2024".into(), Ceased::NoLonger))),
            ("1 June 2024".into(), "1 June 2024".into(), None)
        ]
    );
    // Brought forward, and not reached when its day came.
    let again = milestone(1, &[told_late, ("2024-05-01", "2024-06-20", "")], "2024-07-02");
    assert_eq!(again.iter().map(|f| f.since.to_string()).collect::<Vec<_>>(), ["1 April 2024", "1 July 2024"]);
    assert_eq!(milestone(1, &[("2024-06-29", "", "2024-06-29")], "2024-12-01"), []);
    // Two tellings of one day: the later counts. One of tomorrow does not.
    assert_eq!(milestone(1, &[told_late, ("2024-04-01", "2024-06-30", "")], "2024-05-01"), []);
    assert_eq!(milestone(1, &[("2024-05-02", "2024-07-14", "")], "2024-05-01"), []);
}
