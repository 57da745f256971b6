//! The delivery workbook: what is written imports back as the very same records, and obeys the guidance.
#![expect(clippy::unwrap_used, reason = "in a test, what cannot be unwrapped is a failure")]

use chrono::{DateTime, NaiveDate, Utc};
use exporters::delivery::{render_delivery, render_delivery_template};
use importers::{Layout, Limits, Reading, Severity};
use proptest::prelude::*;
use rules::delivery::action::{ActionKind, ActionStatus, RecommendationSource, RecommendationWeight, Response};
use rules::delivery::book::{
    ActionRow, AssessmentRow, DeliveryBook, DeliveryRow, DependencyRow, InsightRow, MilestoneRow, MoneyRow, ProjectRow, RecommendationRow,
    RecordKind, RiskRow, ThemeRow,
};
use rules::delivery::insight::InsightOrigin;
use rules::delivery::money::Fund;
use rules::delivery::project::{DeliveryStatus, Stage};
use rules::delivery::risk::RiskState;
use rules::measure::{Mode, YearBasis};
use rules::period::Period;
use rust_decimal::Decimal;

fn made() -> DateTime<Utc> {
    "2024-10-14T09:00:00Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn book(rows: Vec<DeliveryRow>) -> DeliveryBook {
    DeliveryBook { council: "Exampleshire".to_owned(), title: "Corporate plan 2024 to 2028".to_owned(), rows }
}

fn read(bytes: &[u8]) -> Reading {
    importers::read(bytes, "delivery.xlsx", &Limits::default())
}

fn rows(reading: &Reading) -> Vec<DeliveryRow> {
    reading.delivery.as_ref().unwrap().rows.iter().map(|placed| placed.row.clone()).collect()
}

/// Asserts that rows come back as they were, in their order, and that nothing is said of them.
fn comes_back(rows_sent: &[DeliveryRow]) {
    let reading = read(&render_delivery(&book(rows_sent.to_vec()), made()).unwrap());
    let said: Vec<_> = reading.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(reading.layout, Some(Layout::Delivery));
    assert_eq!(rows(&reading), rows_sent);
    assert!(reading.delivery.unwrap().unread.is_empty());
}

fn recommendation(code: &str) -> RecommendationRow {
    RecommendationRow {
        code: code.to_owned(),
        title: "=Publish \"what was spent\"; and <why>".to_owned(),
        weight: RecommendationWeight::Formal,
        source: RecommendationSource::PeerChallenge,
        report: None,
        made_by: None,
        made_on: None,
        element: None,
        response: Response::Awaited,
        reply: None,
        lead: None,
        due_on: None,
        evidence: None,
    }
}

fn action(code: &str) -> ActionRow {
    ActionRow {
        code: code.to_owned(),
        title: "Recruit four loaders".to_owned(),
        kind: ActionKind::ServicePlan,
        answers: None,
        milestone: None,
        indicator: None,
        element: some("WASTE"),
        mode: None,
        lead_officer: "Head of Waste".to_owned(),
        lead_member: None,
        due_on: None,
        revised_due_on: None,
        status: ActionStatus::NotStarted,
        progress: None,
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn project() -> ProjectRow {
    ProjectRow {
        element: "PRJ.1/a-b_c".to_owned(),
        stage: Stage::BusinessCase,
        time: Some(DeliveryStatus::Amber),
        cost: None,
        scope: Some(DeliveryStatus::Green),
        benefits: None,
        starts_on: day("2024-02-29"),
        baseline_end: day("2025-03-31"),
        forecast_end: None,
        ended_on: None,
        manager: "Programme office".to_owned(),
        sponsor: None,
        budget: Some(dec("123456789012")),
        spent: Some(dec("0.1")),
        forecast_spend: Some(dec("1204.505")),
        summary: some("Late.\nTenders were returned on 1/2/2024.\n\n- Award in May."),
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn milestone(code: &str) -> MilestoneRow {
    MilestoneRow {
        code: code.to_owned(),
        project: "PRJ.1/a-b_c".to_owned(),
        title: "Contract let".to_owned(),
        baseline: day("2024-12-01"),
        forecast: Some(day("2025-01-15")),
        actual: None,
        owner: some("Head of Waste"),
        note: None,
        decision: None,
        as_at: day("2024-09-30"),
    }
}

fn risk() -> RiskRow {
    RiskRow {
        code: "R1".to_owned(),
        title: "Fire at the depot".to_owned(),
        cause: "Batteries in the bins".to_owned(),
        event: "0044".to_owned(),
        impact: "'Collections stop".to_owned(),
        element: "WASTE".to_owned(),
        indicator: some("WM01"),
        owner: "Head of Waste".to_owned(),
        inherent_likelihood: 4,
        inherent_impact: 5,
        residual_likelihood: 2,
        residual_impact: 5,
        target_likelihood: None,
        target_impact: Some(3),
        appetite: 12,
        controls: None,
        further_action: some("True"),
        action_due: Some(day("2025-01-31")),
        state: RiskState::Occurred,
        review_on: None,
        review: some("31/12/2024"),
        as_at: day("2024-09-30"),
    }
}

fn money(budget: Option<Decimal>, virement: Option<Decimal>) -> MoneyRow {
    let period = Period::quarter(2024, 2).unwrap();
    MoneyRow {
        element: "WASTE".to_owned(),
        period,
        fund: Fund::Capital,
        budget,
        virement,
        actual: None,
        forecast: None,
        tolerance: None,
        note: None,
    }
}

fn theme() -> ThemeRow {
    ThemeRow {
        instrument: "BVT".to_owned(),
        instrument_title: "Best value".to_owned(),
        theme: "1".to_owned(),
        title: "Continuous improvement".to_owned(),
        characteristics: vec!["Learns from others, and says so".to_owned(), "Acts on what it finds".to_owned()],
        failures: Vec::new(),
        scale: vec!["Inadequate".to_owned(), "Requires improvement".to_owned(), "Good".to_owned()],
        published: some("https://www.gov.uk/best-value"),
    }
}

fn assessment(edition: &str) -> AssessmentRow {
    AssessmentRow {
        instrument: "BVT".to_owned(),
        edition: edition.to_owned(),
        theme: "1".to_owned(),
        rating: "Good".to_owned(),
        narrative: "+1 on last year".to_owned(),
        evidence: vec!["Indicator WM01".to_owned(), "Risk R1".to_owned()],
        assessed_by: None,
        assessed_on: day("2024-06-01"),
    }
}

fn insight(code: &str, sensitive: bool) -> InsightRow {
    InsightRow {
        code: code.to_owned(),
        element: "WASTE".to_owned(),
        origin: InsightOrigin::CustomerFeedback,
        period: (!sensitive).then(|| Period::year(YearBasis::Financial, 2023).unwrap()),
        text: "@ the depot: residents ask for later hours".to_owned(),
        source: None,
        told_on: day("2024-07-01"),
        sensitive,
    }
}

/// Records of every kind, in the order they come back, with what workbooks like to change: figures no binary number is, words
/// that look like figures, days and formulas, blank cells in every column that may be blank, and full ones.
fn awkward() -> Vec<DeliveryRow> {
    let told = RecommendationRow {
        weight: RecommendationWeight::Additional,
        report: some("Corporate peer challenge"),
        made_by: some("LGA"),
        made_on: Some(day("1999-12-31")),
        element: some("WASTE"),
        response: Response::Partly,
        reply: some("-"),
        lead: some("Chief executive"),
        due_on: Some(day("2025-03-31")),
        evidence: some("n/a"),
        ..recommendation("2024")
    };
    let late = ActionRow {
        answers: some("2024"),
        milestone: some("M1"),
        indicator: some("WM01"),
        mode: Some(Mode::Influence),
        lead_member: some("Cllr Ŵyn O'Hara"),
        due_on: Some(day("2024-03-31")),
        revised_due_on: Some(day("2024-12-31")),
        status: ActionStatus::Deferred,
        progress: some("Nothing yet. ".repeat(380).trim_end()),
        decision: some("Cabinet 12/24"),
        ..action("A2")
    };
    vec![
        DeliveryRow::Recommendation(recommendation("R-1")),
        DeliveryRow::Recommendation(told),
        DeliveryRow::Project(project()),
        DeliveryRow::Milestone(milestone("M2")),
        DeliveryRow::Milestone(MilestoneRow { actual: Some(day("2024-09-30")), forecast: None, owner: None, ..milestone("M1") }),
        DeliveryRow::Dependency(DependencyRow { waits: "M2".to_owned(), on: "M1".to_owned(), days: 0, note: None }),
        DeliveryRow::Dependency(DependencyRow { waits: "M1".to_owned(), on: "P".to_owned(), days: 30, note: some("1e3") }),
        DeliveryRow::Action(action("A10")),
        DeliveryRow::Action(late),
        DeliveryRow::Risk(risk()),
        DeliveryRow::Money(money(Some(dec("79228162514264337593543950335")), Some(dec("-250000.5")))),
        DeliveryRow::Money(MoneyRow {
            actual: Some(dec("0")),
            forecast: Some(dec("-0.07")),
            note: some("£12,000 over"),
            ..money(None, Some(dec("999999999999.99")))
        }),
        DeliveryRow::Theme(theme()),
        DeliveryRow::Assessment(assessment("2024")),
        DeliveryRow::Assessment(AssessmentRow { evidence: Vec::new(), assessed_by: some("Peers"), ..assessment("2021/22") }),
        DeliveryRow::Insight(insight("I1", true)),
        DeliveryRow::Insight(insight("I2", false)),
    ]
}

#[test]
fn records_of_every_kind_come_back_as_they_were() {
    let sent = awkward();
    let kinds: Vec<RecordKind> = sent.iter().map(DeliveryRow::kind).fold(Vec::new(), |mut kinds, kind| {
        if kinds.last() != Some(&kind) {
            kinds.push(kind);
        }
        kinds
    });
    assert_eq!(kinds, RecordKind::ALL);
    comes_back(&sent);
}

#[test]
fn a_record_alone_makes_a_workbook_of_one_sheet() {
    let sent = [DeliveryRow::Money(money(Some(dec("0.1")), None))];
    comes_back(&sent);
    let workbook = render_delivery(&book(sent.to_vec()), made()).unwrap();
    let placed = read(&workbook).delivery.unwrap().rows.remove(0);
    let names: Vec<String> = guidance::Book::open("one.xlsx", &workbook).unwrap().sheets.iter().map(|sheet| sheet.name.clone()).collect();
    assert_eq!(names, ["Money"]);
    assert_eq!(placed.cells["Budget"], format!("D{}", placed.row_number), "a figure is found again in its column");
}

#[test]
fn what_is_to_be_filled_in_has_every_sheet_and_no_record() {
    let form = render_delivery_template("Exampleshire", "Corporate plan", made()).unwrap();
    let opened = guidance::Book::open("form.xlsx", &form).unwrap();
    let names: Vec<&str> = opened.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, RecordKind::ALL.iter().map(|kind| kind.spec().name).collect::<Vec<_>>());
    let reading = read(&form);
    assert_eq!(reading.layout, Some(Layout::Delivery));
    assert_eq!(reading.diagnostics, []);
    assert_eq!(reading.delivery, Some(importers::delivery::DeliverySheets::default()));
    let nothing = DeliveryBook { title: "Corporate plan".to_owned(), ..book(Vec::new()) };
    assert_eq!(render_delivery(&nothing, made()).unwrap(), form, "a book of no records is a form");
}

#[test]
fn equal_books_are_equal_to_the_byte() {
    assert_eq!(render_delivery(&book(awkward()), made()).unwrap(), render_delivery(&book(awkward()), made()).unwrap());
}

#[test]
fn a_delivery_workbook_keeps_every_rule_but_those_of_a_publication() {
    // As a framework's workbook: a form to be changed and imported again. What somebody wrote stays as they wrote it, a dash or a
    // text taller than a row among it: such are left out here.
    let told = |row: &mut DeliveryRow| match row {
        DeliveryRow::Recommendation(row) => (row.reply, row.evidence) = (None, None),
        DeliveryRow::Action(row) => row.progress = some("Nothing yet."),
        _ => {}
    };
    let mut rows = awkward();
    rows.iter_mut().for_each(told);
    let broken = ["S01", "S02", "S03", "S04", "T04", "T13", "P06"];
    guidance::assert_kept_but("delivery.xlsx", &render_delivery(&book(rows), made()).unwrap(), &broken);
    let form = render_delivery_template("Exampleshire", "Corporate plan", made()).unwrap();
    guidance::assert_kept_but("form.xlsx", &form, &["S01", "S02", "S03", "S04", "T04", "P06"]);
}

fn words() -> impl Strategy<Value = String> {
    "[=+@A-Za-z£0-9][A-Za-z0-9 ,.;:'%(&<é–/-]{0,30}[A-Za-z0-9)]".prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn sum() -> impl Strategy<Value = Option<Decimal>> {
    prop::option::of((-999_999_999_999_999_i64..1_000_000_000_000_000, 0_u32..7).prop_map(|(units, scale)| Decimal::new(units, scale)))
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_i64..40_000).prop_map(|days| day("1990-01-01") + chrono::Days::new(days.unsigned_abs()))
}

fn items() -> impl Strategy<Value = Vec<String>> {
    let item = "[A-Za-z][A-Za-z ,]{0,20}[a-z]".prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    prop::collection::vec(item, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_written_comes_back(
        texts in prop::collection::vec((words(), prop::option::of(words()), a_day(), prop::option::of(a_day())), 1..6),
        sums in prop::collection::vec((sum(), sum(), sum()), 1..6),
        list in items(),
    ) {
        let actions = texts.into_iter().enumerate().map(|(at, (title, progress, as_at, due_on))| {
            DeliveryRow::Action(ActionRow { title, progress, as_at, due_on, ..action(&format!("A{at}")) })
        });
        let sums = sums.into_iter().map(|(one, two, actual)| DeliveryRow::Money(MoneyRow { actual, ..money(one, two) }));
        let themes = [DeliveryRow::Theme(ThemeRow { characteristics: list.clone(), failures: list, ..theme() })];
        comes_back(&actions.chain(sums).chain(themes).collect::<Vec<_>>());
    }
}
