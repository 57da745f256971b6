//! A small framework, invented for the journeys: two directorates, three services, five indicators.
//!
//! ```text
//! CP Corporate Plan ─ P1 Clean and green ─ O1 Less waste, O2 Homes for all
//! D1 Place ─ S1 Waste Services (WM01, WM02, SI01), S2 Planning (PL01)
//! D2 People ─ S3 Benefits (BN01)
//! ```

use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{
    Aggregation, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Polarity, Purpose, YearBasis,
};
use rules::period::Period;
use rules::status::Shape;
use rust_decimal::Decimal;

use crate::harness::day;

/// A period as people write it.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn period(text: &str) -> Period {
    text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// The small framework of a council, in its edition 2024/25.
#[must_use]
pub fn framework(council: &str) -> FrameworkBook {
    FrameworkBook {
        edition: EditionRow {
            council: council.to_owned(),
            title: "Performance Framework".to_owned(),
            edition: "2024/25".to_owned(),
            from: day("2024-04-01"),
            until: Some(day("2025-03-31")),
            state: FrameworkState::Adopted,
            adopted_by: Some("Cabinet".to_owned()),
            adopted_on: Some(day("2024-03-14")),
            minute_reference: Some("24/61".to_owned()),
            note: Some("Every figure is illustrative.".to_owned()),
        },
        elements: vec![
            element("CP", "Corporate Plan", ElementKind::Plan, None, 1),
            element("P1", "Clean and green", ElementKind::Priority, Some("CP"), 1),
            element("O1", "Less waste", ElementKind::Outcome, Some("P1"), 1),
            element("O2", "Homes for all", ElementKind::Outcome, Some("P1"), 2),
            element("D1", "Place", ElementKind::Directorate, None, 2),
            element("S1", "Waste Services", ElementKind::Service, Some("D1"), 1),
            element("S2", "Planning", ElementKind::Service, Some("D1"), 2),
            element("D2", "People", ElementKind::Directorate, None, 3),
            element("S3", "Benefits", ElementKind::Service, Some("D2"), 1),
        ],
        links: vec![
            link("WM01", true, "O1"),
            link("WM02", true, "O1"),
            link("PL01", true, "O2"),
            link("BN01", true, "O2"),
            link("S1", false, "O1"),
        ],
        indicators: indicators(),
        targets: vec![
            target("WM01", "2024/25", "60", Some("55")),
            target("WM02", "2024/25", "50", Some("60")),
            target("PL01", "2024/25", "90", None),
            target("BN01", "2024/25 Q1", "20", Some("25")),
            target("BN01", "2024/25 Q2", "19", Some("24")),
        ],
        rules: vec![RuleRow { indicator: None, applies_from: day("2023-04-01"), shape: Shape::Levels }],
        periods: vec![
            ReportingPeriodRow { period: period("2023/24"), open: true, due_on: None },
            ReportingPeriodRow { period: period("2024/25 Q1"), open: true, due_on: Some(day("2024-07-31")) },
            ReportingPeriodRow { period: period("2024/25 Q2"), open: true, due_on: Some(day("2024-10-31")) },
        ],
        forums: vec![
            forum("SLT", "Senior Leadership Team", ForumKind::LeadershipTeam, 1, ForumGets::Everything, &[]),
            forum("OSP", "Overview and Scrutiny Panel", ForumKind::Scrutiny, 2, ForumGets::Everything, &["D1"]),
        ],
    }
}

/// The small framework with more indicators like WM02, owned by turns by all services.
#[must_use]
pub fn framework_of(council: &str, indicators: usize) -> FrameworkBook {
    let mut book = framework(council);
    for n in book.indicators.len() + 1..=indicators {
        let code = format!("IX{n:03}");
        let owner = ["S1", "S2", "S3"][n % 3];
        book.links.push(link(&code, true, if n % 2 == 0 { "O1" } else { "O2" }));
        book.targets.push(target(&code, "2024/25", "50", Some("60")));
        book.indicators
            .push(IndicatorRow { polarity: Polarity::LowerIsBetter, ..indicator(&code, &format!("Complaints of kind {n}"), owner) });
    }
    book
}

fn indicators() -> Vec<IndicatorRow> {
    vec![
        IndicatorRow {
            unit: "Per cent".to_owned(),
            decimal_places: 1,
            aggregation: Aggregation::Ratio,
            numerator: Some("Tonnes recycled".to_owned()),
            denominator: Some("Tonnes collected".to_owned()),
            multiplier: decimal("100"),
            minimum: Some(decimal("0")),
            maximum: Some(decimal("100")),
            headline: true,
            baseline_period: Some(period("2023/24")),
            baseline_value: Some(decimal("58.4")),
            ..indicator("WM01", "Household waste recycled", "S1")
        },
        IndicatorRow { frequency: Frequency::Monthly, polarity: Polarity::LowerIsBetter, ..indicator("WM02", "Missed bins", "S1") },
        IndicatorRow {
            unit: "Per cent".to_owned(),
            decimal_places: 1,
            aggregation: Aggregation::Mean,
            ..indicator("PL01", "Major applications decided in time", "S2")
        },
        IndicatorRow {
            unit: "Days".to_owned(),
            decimal_places: 1,
            aggregation: Aggregation::Mean,
            polarity: Polarity::LowerIsBetter,
            ..indicator("BN01", "Days to process a claim", "S3")
        },
        IndicatorRow {
            purpose: Purpose::Contextual,
            frequency: Frequency::Annual,
            aggregation: Aggregation::Latest,
            ..indicator("SI01", "Households in the district", "S1")
        },
    ]
}

/// A quarterly count that is better when higher; a journey says what is otherwise.
#[must_use]
pub fn indicator(code: &str, title: &str, owner: &str) -> IndicatorRow {
    IndicatorRow {
        code: code.to_owned(),
        version: 1,
        applies_from: None,
        title: title.to_owned(),
        definition: format!("{title}, counted as the service counts it."),
        rationale: None,
        calculation: None,
        purpose: Purpose::Operational,
        unit: "Number".to_owned(),
        decimal_places: 0,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Sum,
        numerator: None,
        denominator: None,
        multiplier: decimal("1"),
        minimum: None,
        maximum: None,
        owner: owner.to_owned(),
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

fn element(code: &str, title: &str, kind: ElementKind, parent: Option<&str>, position: u32) -> ElementRow {
    ElementRow {
        code: code.to_owned(),
        title: title.to_owned(),
        kind,
        label: None,
        parent: parent.map(str::to_owned),
        mode: None,
        description: None,
        owner: Some(format!("Head of {title}")),
        position,
        stands_from: None,
        stands_until: None,
    }
}

fn link(from: &str, from_indicator: bool, to: &str) -> LinkRow {
    LinkRow { from: from.to_owned(), from_indicator, kind: LinkKind::ContributesTo, to: to.to_owned() }
}

fn target(indicator: &str, of: &str, target: &str, intervention: Option<&str>) -> TargetRow {
    TargetRow {
        indicator: indicator.to_owned(),
        period: period(of),
        target: Some(decimal(target)),
        intervention: intervention.map(decimal),
        lower: None,
        upper: None,
        intervention_lower: None,
        intervention_upper: None,
        evidence: Some("Trend of three years".to_owned()),
        approved_by: Some("Cabinet".to_owned()),
    }
}

fn forum(code: &str, title: &str, kind: ForumKind, position: u32, gets: ForumGets, remit: &[&str]) -> ForumRow {
    ForumRow {
        code: code.to_owned(),
        title: title.to_owned(),
        kind,
        position,
        meets: Some("Quarterly".to_owned()),
        gets,
        remit: remit.iter().map(|code| (*code).to_owned()).collect(),
    }
}
