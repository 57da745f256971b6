//! Frameworks.

use exporters::framework::render_framework;
use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{
    Aggregation, Dimension, ElementKind, ForumGets, ForumKind, FrameworkState, Frequency, Lifecycle, LinkKind, Mode, Polarity, Purpose,
    YearBasis,
};
use rules::period::Period;
use rules::status::{Band, Colour, Margin, Shape};
use rules::workbook::FRAMEWORK_SHEETS;

use crate::checker;
use crate::opened::Opened;
use crate::sample::{at, day, dec};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn indicator() -> IndicatorRow {
    IndicatorRow {
        code: "EN01".to_owned(),
        version: 2,
        applies_from: Period::quarter(2023, 1),
        title: "Household waste recycled".to_owned(),
        definition: "=Tonnes recycled over tonnes collected".to_owned(),
        rationale: None,
        calculation: None,
        purpose: Purpose::Operational,
        unit: "Per cent".to_owned(),
        decimal_places: 1,
        polarity: Polarity::HigherIsBetter,
        frequency: Frequency::Quarterly,
        year_basis: YearBasis::Financial,
        aggregation: Aggregation::Ratio,
        numerator: some("Tonnes recycled"),
        denominator: some("Tonnes collected"),
        multiplier: dec("100"),
        minimum: Some(dec("0")),
        maximum: Some(dec("100")),
        owner: "WASTE".to_owned(),
        headline: true,
        critical: false,
        unit_cost: false,
        statutory: false,
        dimension: Some(Dimension::Effectiveness),
        source: None,
        data_lag_days: 30,
        baseline_period: None,
        baseline_value: Some(dec("79228162514264337593543950335")),
        responsible: None,
        accountable: None,
        portfolio_holder: None,
        data_provider: None,
        external_metric: None,
        aliases: vec!["NI192".to_owned(), "Recycling rate".to_owned()],
        lifecycle: Lifecycle::Active,
        sensitive: false,
        context_for: Vec::new(),
    }
}

pub fn book() -> FrameworkBook {
    let rule = |indicator: Option<&str>, shape| RuleRow { indicator: indicator.map(str::to_owned), applies_from: day("2023-04-01"), shape };
    FrameworkBook {
        edition: EditionRow {
            council: "exampleshire".to_owned(),
            title: "Corporate Performance Framework".to_owned(),
            edition: "2023/24".to_owned(),
            from: day("2023-04-01"),
            until: None,
            state: FrameworkState::Adopted,
            adopted_by: some("Cabinet"),
            adopted_on: Some(day("2023-03-08")),
            minute_reference: some("572"),
            note: None,
        },
        elements: vec![ElementRow {
            code: "WASTE".to_owned(),
            title: "Waste".to_owned(),
            kind: ElementKind::Service,
            label: None,
            parent: None,
            mode: Some(Mode::Do),
            description: None,
            owner: None,
            position: 1,
            stands_from: None,
            stands_until: Some(day("2023-09-30")),
        }],
        links: vec![LinkRow { from: "EN01".to_owned(), from_indicator: true, kind: LinkKind::ContributesTo, to: "WASTE".to_owned() }],
        indicators: vec![indicator()],
        targets: vec![TargetRow {
            indicator: "EN01".to_owned(),
            period: Period::year(YearBasis::Financial, 2023).unwrap(),
            target: Some(dec("85.50")),
            intervention: None,
            lower: None,
            upper: None,
            intervention_lower: None,
            intervention_upper: None,
            evidence: None,
            approved_by: None,
        }],
        rules: vec![
            rule(None, Shape::Tolerance { amber: Margin::Percent(dec("5")), blue: Some(Margin::Percent(dec("10"))) }),
            rule(
                Some("EN01"),
                Shape::Bands {
                    bands: vec![
                        Band { name: "Floor".to_owned(), colour: Colour::Red, below: Some(dec("-2.5")) },
                        Band { name: "Green".to_owned(), colour: Colour::Green, below: None },
                    ],
                },
            ),
        ],
        periods: vec![ReportingPeriodRow { period: Period::quarter(2023, 2).unwrap(), open: true, due_on: Some(day("2023-10-31")) }],
        forums: vec![ForumRow {
            code: "OSP".to_owned(),
            title: "Overview and Scrutiny Panel".to_owned(),
            kind: ForumKind::Scrutiny,
            position: 3,
            meets: some("Quarterly"),
            gets: ForumGets::ByException,
            remit: vec!["WASTE".to_owned(), "BP1".to_owned()],
        }],
    }
}

#[test]
fn sheets_and_headings_are_those_the_import_looks_for() {
    let mut opened = Opened::new(render_framework(&book(), at("2023-10-21T10:15:00Z")).unwrap());
    assert_eq!(opened.sheets(), FRAMEWORK_SHEETS.map(|s| s.name));
    for spec in FRAMEWORK_SHEETS {
        let rows = opened.rows(spec.name);
        let headings: Vec<&str> = spec.columns.iter().map(|c| c.heading).collect();
        assert!(rows.iter().any(|row| *row == headings), "{}", spec.name);
        assert!(rows[1][0].starts_with("This worksheet contains one table."));
    }
}

#[test]
fn figures_are_numbers_as_people_say_them_and_a_figure_a_number_cannot_hold_is_text() {
    let mut opened = Opened::new(render_framework(&book(), at("2023-10-21T10:15:00Z")).unwrap());
    assert_eq!(opened.cell("Targets", "EN01", "Target"), "85.5");
    assert_eq!(opened.cell("Targets", "EN01", "Period"), "2023/24");
    assert_eq!(opened.cell("Targets", "EN01", "Intervention level"), "");
    assert_eq!(opened.cell("Indicators", "EN01", "Baseline value"), "79228162514264337593543950335");
    assert_eq!(opened.cell("Indicators", "EN01", "Definition"), "=Tonnes recycled over tonnes collected");
    assert_eq!(opened.cell("Indicators", "EN01", "Headline"), "Yes");
    assert_eq!(opened.cell("Indicators", "EN01", "Aliases"), "NI192; Recycling rate");
    assert_eq!(opened.cell("Elements", "WASTE", "Stands until"), "45199", "30 September 2023 as a day number");
    assert_eq!(opened.cell("Status rules", "Framework", "Margin is"), "Per cent");
    assert_eq!(opened.cell("Status rules", "EN01", "Bands"), "Floor (Red) below -2.5; Green");
    assert_eq!(opened.cell("Forums", "OSP", "Remit"), "WASTE; BP1");
}

#[test]
fn equal_frameworks_are_equal_to_the_byte_and_an_empty_one_keeps_its_headings() {
    let made = at("2023-10-21T10:15:00Z");
    assert_eq!(render_framework(&book(), made).unwrap(), render_framework(&book(), made).unwrap());
    let mut empty = book();
    empty.forums.clear();
    let mut opened = Opened::new(render_framework(&empty, made).unwrap());
    assert!(opened.rows("Forums").iter().any(|row| row[0] == "Ref" && row[6] == "Remit"));
}

#[test]
fn margins_of_two_kinds_are_refused_and_not_written_wrong() {
    let mut book = book();
    book.rules[0].shape = Shape::Tolerance { amber: Margin::Percent(dec("5")), blue: Some(Margin::Points(dec("10"))) };
    assert!(render_framework(&book, at("2023-10-21T10:15:00Z")).is_err());
}

#[test]
fn a_framework_keeps_every_rule_but_those_of_a_publication() {
    // A form to be changed and imported again. It has no cover and no contents before the sheets the import looks for
    // (S01 to S04), a column nothing is said in yet stays blank (T04), a figure no number can hold is text (T13), and its
    // widest sheets are read on a screen (P06).
    let excepted = ["S01", "S02", "S03", "S04", "T04", "T13", "P06"];
    checker::passes_but("framework.xlsx", &render_framework(&book(), at("2023-10-21T10:15:00Z")).unwrap(), &excepted);
}
