//! A framework that uses everything a framework can, and texts that programs like to make something else of.

use rules::framework::{ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use rules::measure::{
    Aggregation, Dimension, ElementKind, ForumGets, ForumKind, Frequency, Lifecycle, LinkKind, Mode, Polarity, Purpose, YearBasis,
};
use rules::status::{Band, Colour, Margin, Shape};
use rust_decimal::Decimal;
use tests::{day, framework, indicator, period};

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn element(code: &str, title: &str, kind: ElementKind, parent: Option<&str>) -> ElementRow {
    ElementRow {
        code: code.to_owned(),
        title: title.to_owned(),
        kind,
        label: None,
        parent: parent.map(str::to_owned),
        mode: None,
        description: None,
        owner: None,
        position: 7,
        stands_from: None,
        stands_until: None,
    }
}

fn elements(book: &mut FrameworkBook) {
    let described = |row: ElementRow| ElementRow {
        label: Some("Key area".to_owned()),
        mode: Some(Mode::Influence),
        description: Some("=1+1\nA second line, with \"quotes\" & <angles>.\n\nAnd a third; it ends here.".to_owned()),
        owner: Some("@Head of O'Brien & Sons".to_owned()),
        ..row
    };
    book.elements.extend([
        described(element("007", "-5 degrees", ElementKind::Theme, Some("CP"))),
        element("1.10", "TRUE", ElementKind::OperatingPrinciple, None),
        element("1-2", "2023-04-01", ElementKind::Outcome, Some("007")),
        element("T1", "1/2", ElementKind::Team, Some("S1")),
        ElementRow { mode: Some(Mode::Enable), ..element("CH", "+44 programme", ElementKind::Programme, None) },
        ElementRow { mode: Some(Mode::Do), ..element("CH/1", "£m saved – or not", ElementKind::Project, Some("CH")) },
        element("CH/1.1", "1E5", ElementKind::Milestone, Some("CH/1")),
        element("LP", "Local Plan", ElementKind::Plan, None),
        // Moved to another directorate half-way through the year.
        ElementRow { stands_until: Some(day("2024-09-30")), ..element("S4", "Housing", ElementKind::Service, Some("D1")) },
        ElementRow { stands_from: Some(day("2024-10-01")), ..element("S4", "Housing", ElementKind::Service, Some("D2")) },
    ]);
    let link = |from: &str, from_indicator, kind, to: &str| LinkRow { from: from.to_owned(), from_indicator, kind, to: to.to_owned() };
    book.links.extend([
        link("O1", false, LinkKind::MapsTo, "1-2"),
        link("CH/1", false, LinkKind::ContributesTo, "O2"),
        link("E/1", true, LinkKind::ContributesTo, "1-2"),
        link("E/1", true, LinkKind::ContributesTo, "O1"),
    ]);
}

fn filled() -> IndicatorRow {
    let said = |text: &str| Some(text.to_owned());
    IndicatorRow {
        definition: "=HYPERLINK(\"https://example.org\")\nSecond line: 5 < 6 & 7 > 6.".to_owned(),
        rationale: said("'quoted'"),
        calculation: said("100 * a / b"),
        unit: "Rate per 1,000".to_owned(),
        decimal_places: 6,
        polarity: Polarity::WithinRange,
        frequency: Frequency::HalfYearly,
        year_basis: YearBasis::Academic,
        aggregation: Aggregation::Ratio,
        numerator: said("1,000"),
        denominator: said("#N/A of them"),
        multiplier: decimal("0.000001"),
        minimum: Some(decimal("-123456789012.34")),
        maximum: Some(decimal("0.1234567891234567")),
        headline: true,
        critical: true,
        unit_cost: true,
        statutory: true,
        dimension: Some(Dimension::Efficiency),
        source: said("Ask: who?"),
        data_lag_days: 400,
        baseline_period: Some(period("2022-12")),
        baseline_value: Some(decimal("12345678901234567.89")),
        responsible: said("Ann (interim)"),
        accountable: said("Bob"),
        portfolio_holder: said("Cllr Zoë Ó Dálaigh"),
        data_provider: said("Dŵr Cymru"),
        external_metric: said("2011-12"),
        aliases: vec!["NI 192".to_owned(), "BV82a".to_owned(), "5%".to_owned()],
        ..indicator("E/1", "50% of everything", "S4")
    }
}

fn indicators(book: &mut FrameworkBook) {
    let first = filled();
    book.indicators.push(first.clone());
    book.indicators.push(IndicatorRow {
        version: 2,
        applies_from: Some(period("2024/25")),
        title: "50% of everything, counted anew".to_owned(),
        frequency: Frequency::Annual,
        year_basis: YearBasis::Financial,
        dimension: None,
        ..first
    });
    for (n, aggregation) in Aggregation::ALL.iter().enumerate() {
        let (frequency, year_basis) = (Frequency::ALL[n % 4], YearBasis::ALL[n % 3]);
        let row = indicator(&format!("AG{n}"), &format!("Of kind {n}"), "T1");
        let purpose = Purpose::Contextual;
        book.indicators.push(IndicatorRow {
            purpose,
            aggregation: *aggregation,
            frequency,
            year_basis,
            polarity: Polarity::ALL[n % 4],
            ..row
        });
    }
    book.indicators.extend([
        IndicatorRow { lifecycle: Lifecycle::Proposed, purpose: Purpose::Contextual, ..indicator("PR1", "Proposed", "S2") },
        IndicatorRow { lifecycle: Lifecycle::Retired, purpose: Purpose::Contextual, ..indicator("RE1", "Retired", "S2") },
        IndicatorRow { purpose: Purpose::Contextual, unit: "Yes or no".to_owned(), ..indicator("YN1", "Accredited", "CH/1") },
    ]);
}

fn targets(book: &mut FrameworkBook) {
    let empty = |of: &str, at: &str| TargetRow {
        indicator: of.to_owned(),
        period: period(at),
        target: None,
        intervention: None,
        lower: None,
        upper: None,
        intervention_lower: None,
        intervention_upper: None,
        evidence: None,
        approved_by: None,
    };
    book.targets.extend([
        TargetRow {
            lower: Some(decimal("-0.000001")),
            upper: Some(decimal("0.000002")),
            intervention_lower: Some(decimal("-1")),
            intervention_upper: Some(decimal("0.1234567")),
            evidence: Some("-3% a year, since 2019/20\nSee appendix".to_owned()),
            ..empty("E/1", "2024/25")
        },
        TargetRow { target: Some(decimal("4.5")), ..empty("WM02", "2024-12") },
        TargetRow { target: Some(decimal("3")), approved_by: Some("2024-03-14".to_owned()), ..empty("WM02", "2025-01") },
    ]);
}

fn rules(book: &mut FrameworkBook) {
    let rule = |indicator: &str, from: &str, shape| RuleRow { indicator: Some(indicator.to_owned()), applies_from: day(from), shape };
    let band = |name: &str, colour, below: Option<&str>| Band { name: name.to_owned(), colour, below: below.map(decimal) };
    book.rules.extend([
        RuleRow {
            indicator: None,
            applies_from: day("2024-10-01"),
            shape: Shape::Tolerance { amber: Margin::Percent(decimal("7.5")), blue: Some(Margin::Percent(decimal("10"))) },
        },
        rule("E/1", "2024-04-01", Shape::Range),
        rule("WM02", "2024-04-01", Shape::ToleranceWithDirection { amber: Margin::Percent(decimal("10")) }),
        rule("BN01", "2024-04-01", Shape::Tolerance { amber: Margin::Points(decimal("0.25")), blue: None }),
        rule("YN1", "2024-04-01", Shape::Words),
        rule(
            "PL01",
            "2024-04-01",
            Shape::Bands {
                bands: vec![
                    band("Poor", Colour::Red, Some("40")),
                    band("Fair", Colour::Amber, Some("62.5")),
                    band("Good", Colour::Green, Some("90")),
                    band("Excellent", Colour::Blue, None),
                ],
            },
        ),
    ]);
}

/// It: on top of the small framework, every kind of element, link, indicator, target, rule, period and forum.
pub fn every_feature(council: &str) -> FrameworkBook {
    let mut book = framework(council);
    book.edition.note = Some("=A1: every figure is illustrative;\nnothing here is real.".to_owned());
    elements(&mut book);
    indicators(&mut book);
    targets(&mut book);
    rules(&mut book);
    let open = |at: &str, open, due_on| ReportingPeriodRow { period: period(at), open, due_on };
    book.periods.extend([
        open("2024-10", false, Some(day("2024-11-15"))),
        open("2024/25 H1", true, None),
        open("2024/25", false, None),
        open("2024/25 Q3", true, Some(day("2025-01-31"))),
    ]);
    for (n, kind) in (0_u32..).zip(ForumKind::ALL) {
        book.forums.push(ForumRow {
            code: format!("F{n}"),
            title: format!("Forum, the \"{n}\" of them"),
            kind: *kind,
            position: 10 + n,
            meets: (n % 2 == 0).then(|| "Every 2nd Tuesday; not in August".to_owned()),
            gets: ForumGets::ALL[n as usize % ForumGets::ALL.len()],
            remit: ["CH/1", "D2", "007"].iter().take(n as usize % 4).map(|code| (*code).to_owned()).collect(),
        });
    }
    // Rows of a remit stand in the order of their refs, as an export writes them.
    book.forums.iter_mut().for_each(|forum| forum.remit.sort());
    book
}
