//! A small framework to change.

use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{
    Aggregation, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Polarity, Purpose, YearBasis,
};
use rules::period::Period;
use rules::status::Shape;
use rust_decimal::Decimal;

use crate::round_trip::day;

pub const EDITION: &str = "2023/24";

pub fn element(code: &str, kind: ElementKind, parent: Option<&str>) -> ElementRow {
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

pub fn indicator(code: &str, owner: &str) -> IndicatorRow {
    IndicatorRow {
        code: code.into(),
        version: 1,
        applies_from: None,
        title: format!("Title of {code}"),
        definition: "What is counted.".into(),
        rationale: None,
        calculation: None,
        purpose: Purpose::Operational,
        unit: "Per cent".into(),
        decimal_places: 1,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Mean,
        numerator: None,
        denominator: None,
        multiplier: Decimal::ONE_HUNDRED,
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

pub fn target(indicator: &str, period: &str, target: i64, intervention: Option<i64>) -> TargetRow {
    TargetRow {
        indicator: indicator.into(),
        period: period.parse().unwrap(),
        target: Some(target.into()),
        intervention: intervention.map(Decimal::from),
        lower: None,
        upper: None,
        intervention_lower: None,
        intervention_upper: None,
        evidence: None,
        approved_by: None,
    }
}

pub fn link(from: &str, from_indicator: bool, to: &str) -> LinkRow {
    LinkRow { from: from.into(), from_indicator, kind: LinkKind::ContributesTo, to: to.into() }
}

pub fn forum(code: &str, remit: &[&str]) -> ForumRow {
    ForumRow {
        code: code.into(),
        title: format!("Title of {code}"),
        kind: ForumKind::Scrutiny,
        position: 1,
        meets: Some("Quarterly".into()),
        gets: ForumGets::Everything,
        remit: remit.iter().map(|code| (*code).to_owned()).collect(),
    }
}

/// Rows 2 on of each sheet: P1, O1, D1, S1, S2; A1 and A2; 85 with 80 for A1.
pub fn book() -> FrameworkBook {
    FrameworkBook {
        edition: EditionRow {
            council: "somewhere".into(),
            title: "Performance framework".into(),
            edition: EDITION.into(),
            from: day("2023-04-01"),
            until: None,
            state: FrameworkState::Adopted,
            adopted_by: None,
            adopted_on: None,
            minute_reference: None,
            note: None,
        },
        elements: vec![
            element("P1", ElementKind::Plan, None),
            element("O1", ElementKind::Outcome, Some("P1")),
            element("D1", ElementKind::Directorate, None),
            element("S1", ElementKind::Service, Some("D1")),
            element("S2", ElementKind::Service, Some("D1")),
        ],
        links: vec![link("A1", true, "O1"), link("S2", false, "O1")],
        indicators: vec![indicator("A1", "S1"), indicator("A2", "S2")],
        targets: vec![target("A1", "2023/24", 85, Some(80))],
        rules: vec![RuleRow { indicator: None, applies_from: day("2023-04-01"), shape: Shape::Levels }],
        periods: vec![ReportingPeriodRow { period: Period::quarter(2023, 1).unwrap(), open: true, due_on: Some(day("2023-07-31")) }],
        forums: vec![forum("F1", &["S1", "S2"])],
    }
}
