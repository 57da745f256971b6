use chrono::NaiveDate;

use super::*;
use crate::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use crate::measure::{
    Aggregation, Disposition, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Polarity, Purpose,
    YearBasis,
};
use crate::status::{Margin, Shape};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn edition(label: &str, from: &str, until: &str) -> EditionRow {
    EditionRow {
        council: "devon".into(),
        title: "Framework".into(),
        edition: label.into(),
        from: day(from),
        until: until.parse().ok(),
        state: FrameworkState::Adopted,
        adopted_by: None,
        adopted_on: None,
        minute_reference: None,
        note: None,
    }
}

fn element(code: &str, kind: ElementKind, parent: Option<&str>) -> ElementRow {
    ElementRow {
        code: code.into(),
        title: format!("Title of {code}"),
        kind,
        label: None,
        parent: parent.map(str::to_owned),
        mode: None,
        description: None,
        owner: None,
        position: 1,
        stands_from: None,
        stands_until: None,
    }
}

fn indicator(code: &str, owner: &str) -> IndicatorRow {
    IndicatorRow {
        code: code.into(),
        version: 1,
        applies_from: None,
        title: format!("Title of {code}"),
        definition: "Counted.".into(),
        rationale: None,
        calculation: None,
        purpose: Purpose::Operational,
        unit: "Number".into(),
        decimal_places: 0,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Sum,
        numerator: None,
        denominator: None,
        multiplier: rust_decimal::Decimal::ONE,
        minimum: None,
        maximum: None,
        owner: owner.into(),
        headline: false,
        critical: false,
        unit_cost: false,
        statutory: false,
        dimension: None,
        source: None,
        data_lag_days: 0,
        baseline_period: None,
        baseline_value: None,
        responsible: None,
        accountable: None,
        portfolio_holder: None,
        data_provider: None,
        external_metric: None,
        aliases: Vec::new(),
        lifecycle: Lifecycle::Active,
        sensitive: false,
        context_for: Vec::new(),
    }
}

fn link(from: &str, from_indicator: bool, to: &str) -> LinkRow {
    LinkRow { from: from.into(), from_indicator, kind: LinkKind::ContributesTo, to: to.into() }
}

fn target(indicator: &str, period: &str, target: &str) -> TargetRow {
    TargetRow {
        indicator: indicator.into(),
        period: period.parse().unwrap(),
        target: target.parse().ok(),
        intervention: None,
        lower: None,
        upper: None,
        intervention_lower: None,
        intervention_upper: None,
        evidence: None,
        approved_by: None,
    }
}

fn rule(indicator: Option<&str>, from: &str, shape: Shape) -> RuleRow {
    RuleRow { indicator: indicator.map(str::to_owned), applies_from: day(from), shape }
}

fn open(period: &str, due: &str) -> ReportingPeriodRow {
    ReportingPeriodRow { period: period.parse().unwrap(), open: true, due_on: due.parse().ok() }
}

fn tolerance() -> Shape {
    Shape::Tolerance { amber: Margin::Percent(rust_decimal::Decimal::TEN), blue: None }
}

/// A year in which Parks moved from D1 to D2 and Markets ended.
fn year() -> FrameworkBook {
    let parks = element("S1", ElementKind::Service, Some("D1"));
    FrameworkBook {
        edition: edition("2024/25", "2024-04-01", "2025-03-31"),
        elements: vec![
            element("P1", ElementKind::Plan, None),
            element("O1", ElementKind::Outcome, Some("P1")),
            element("D1", ElementKind::Directorate, None),
            element("D2", ElementKind::Directorate, None),
            ElementRow { stands_until: Some(day("2024-09-30")), ..parks.clone() },
            ElementRow { parent: Some("D2".into()), stands_from: Some(day("2024-10-01")), ..parks },
            ElementRow { stands_until: Some(day("2024-12-31")), ..element("S2", ElementKind::Service, Some("D1")) },
            element("T1", ElementKind::Team, Some("S2")),
        ],
        links: vec![link("A", true, "O1"), link("B", true, "O1"), link("S1", false, "O1"), link("S2", false, "O1")],
        indicators: vec![
            indicator("A", "S1"),
            indicator("B", "D1"),
            indicator("C", "D2"),
            IndicatorRow { lifecycle: Lifecycle::Retired, ..indicator("R", "S2") },
        ],
        targets: vec![target("A", "2024/25", "60"), target("A", "2024/25 Q2", "15"), target("C", "2024/25", "9.0")],
        rules: vec![
            rule(None, "2020-04-01", Shape::Levels),
            rule(None, "2023-04-01", tolerance()),
            rule(None, "2027-04-01", Shape::Levels),
            rule(Some("B"), "2023-04-01", Shape::Range),
        ],
        periods: vec![
            open("2023/24", ""),
            open("2024/25 Q1", "2024-07-31"),
            open("2024/25 Q2", "2024-10-31"),
            open("2024/25 Q4", "2025-05-15"),
        ],
        forums: vec![ForumRow {
            code: "OSP".into(),
            title: "Panel".into(),
            kind: ForumKind::Scrutiny,
            position: 1,
            meets: None,
            gets: ForumGets::Everything,
            remit: vec!["D2".into(), "S2".into()],
        }],
    }
}

fn marked(pairs: &[(&str, Disposition)]) -> Marks {
    pairs.iter().map(|(code, mark)| ((*code).to_owned(), *mark)).collect()
}

#[test]
fn what_stands_at_the_end_is_carried_on_and_what_was_marked_stays_behind() {
    let marks = marked(&[("A", Disposition::Retain), ("B", Disposition::Remove)]);
    let rolled = roll(&year(), &edition("2025/26", "2025-04-01", "2026-03-31"), &marks).unwrap();
    let elements: Vec<(&str, Option<&str>)> = rolled.book.elements.iter().map(|row| (row.code.as_str(), row.parent.as_deref())).collect();
    assert_eq!(elements, [("P1", None), ("O1", Some("P1")), ("D1", None), ("D2", None), ("S1", Some("D2"))]);
    assert!(rolled.book.elements.iter().all(|row| row.stands_from.is_none() && row.stands_until.is_none()));
    assert_eq!(rolled.ended, ["S2", "T1"], "a team goes with its service");
    assert_eq!(rolled.book.indicators.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(), ["A", "C"]);
    let left = |code: &str, because| Left { code: code.into(), because };
    assert_eq!(rolled.left, [left("B", LeftBecause::Removed), left("R", LeftBecause::Retired)]);
    assert_eq!(rolled.unmarked, ["C"]);
    assert_eq!(rolled.book.links, [link("A", true, "O1"), link("S1", false, "O1")]);
    assert_eq!(rolled.book.rules, [rule(None, "2023-04-01", tolerance()), rule(None, "2027-04-01", Shape::Levels)]);
    assert_eq!(rolled.book.forums[0].remit, ["D2"]);
    assert_eq!(rolled.book.targets, []);
}

#[test]
fn the_calendar_goes_on_and_never_reaches_back() {
    let periods = |from: &str, until: &str| {
        let rolled = roll(&year(), &edition("next", from, until), &marked(&[("R", Disposition::Remove)])).unwrap();
        rolled.book.periods.iter().map(|row| (row.period.to_string(), row.due_on.map(|day| day.to_string()))).collect::<Vec<_>>()
    };
    let due = |period: &str, day: Option<&str>| (period.to_owned(), day.map(str::to_owned));
    assert_eq!(
        periods("2025-04-01", "2026-03-31"),
        [
            due("2025/26 Q1", Some("2025-07-31")),
            due("2025/26 Q2", Some("2025-10-31")),
            // No third quarter was held: as long after the end as the last quarter of all.
            due("2025/26 Q3", Some("2026-02-14")),
            due("2025/26", None),
            due("2025/26 Q4", Some("2026-05-15")),
        ]
    );
    // An edition of nine months has no year, and one that begins in a quarter begins with the next.
    assert_eq!(
        periods("2025-05-10", "2025-12-31").iter().map(|(period, _)| period.as_str()).collect::<Vec<_>>(),
        ["2025/26 Q2", "2025/26 Q3"]
    );
    assert_eq!(periods("2025-04-01", "").len(), 5, "a year of an edition without an end");
}

#[test]
fn an_indicator_whose_owner_ended_waits_for_another() {
    let mut book = year();
    book.indicators.push(indicator("X", "S2"));
    let next = edition("2025/26", "2025-04-01", "2026-03-31");
    assert_eq!(roll(&book, &next, &Marks::new()).map(|_| ()), Err(Ownerless(vec!["X".into()])));
    assert!(roll(&book, &next, &marked(&[("X", Disposition::Remove)])).is_ok());
    // An edition that begins while the service still stands takes it along.
    assert!(roll(&book, &edition("2024/25b", "2024-12-01", "2025-03-31"), &Marks::new()).is_ok());
}

#[test]
fn a_rolled_edition_differs_by_what_was_left_and_by_what_is_not_decided_yet() {
    let book = year();
    let mut next = roll(&book, &edition("2025/26", "2025-04-01", "2026-03-31"), &marked(&[("B", Disposition::Remove)])).unwrap().book;
    next.targets = book.targets.clone();
    let compared = compare(&book, &next);
    let (added, gone) = (compared.added.len(), compared.gone.iter().map(|one| one.code.as_str()).collect::<Vec<_>>());
    // The team stood in its own row until the end of the year.
    assert_eq!((added, gone), (0, vec!["T1"]));
    assert_eq!((compared.renamed.len(), compared.moved.len(), compared.amended.len()), (0, 0, 0));
    assert_eq!((compared.retained, compared.removed, compared.new), (vec!["A".into(), "C".into()], vec!["B".into(), "R".into()], vec![]));
    let gone_rule = RuleChange { indicator: Some("B".into()), before: Some("Range".into()), after: None };
    assert_eq!(compared.rules, [gone_rule]);
    // Nothing is aimed at in the new year yet.
    let targets: Vec<String> = compared.targets.iter().map(|one| format!("{} {} {:?}", one.indicator, one.period, one.after)).collect();
    assert_eq!(targets, ["A 2025/26 Q2 None", "A 2025/26 None", "C 2025/26 None"]);
}

#[test]
fn every_kind_of_change_is_told() {
    let book = year();
    let mut next = roll(&book, &edition("2025/26", "2025-04-01", "2026-03-31"), &Marks::new()).unwrap().book;
    next.elements.push(element("S9", ElementKind::Service, Some("D1")));
    next.elements[1].title = "Fewer tonnes".into();
    next.elements[4].parent = Some("D1".into());
    let second = IndicatorRow { version: 2, applies_from: "2025/26 Q1".parse().ok(), unit: "Per cent".into(), ..indicator("A", "S1") };
    next.indicators.push(second);
    next.indicators.push(indicator("N", "S9"));
    next.rules = vec![rule(None, "2025-04-01", Shape::Levels), rule(Some("B"), "2023-04-01", Shape::Range)];
    next.targets = book.targets.clone();
    next.targets.extend([
        target("A", "2025/26", "60"),
        target("A", "2025/26 Q2", "16"),
        target("C", "2025/26", "9"),
        target("N", "2025/26", "1"),
    ]);
    let compared = compare(&book, &next);
    let codes = |of: &[ElementChange]| of.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
    assert_eq!(
        (codes(&compared.added), codes(&compared.renamed), codes(&compared.moved)),
        (vec!["S9".into()], vec!["O1".into()], vec!["S1".into()])
    );
    assert_eq!((compared.moved[0].parent_before.as_deref(), compared.moved[0].parent_after.as_deref()), (Some("D2"), Some("D1")));
    let field = FieldChange { field: "Unit", before: "Number".into(), after: "Per cent".into() };
    assert_eq!(compared.amended, [IndicatorChange { code: "A".into(), fields: vec![field] }]);
    assert_eq!(compared.new, ["N"]);
    let changed =
        RuleChange { indicator: None, before: Some("Tolerance, amber within 10% of the target".into()), after: Some("Levels".into()) };
    assert_eq!(compared.rules, [changed]);
    // 9.0 and 9 are the same; an indicator that is new has nothing to be compared with.
    let targets: Vec<String> = compared.targets.iter().map(|one| format!("{} {}", one.indicator, one.period)).collect();
    assert_eq!(targets, ["A 2025/26 Q2"]);
}
