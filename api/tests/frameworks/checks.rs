//! What is refused, where, and what it takes with it.

use goldenthread::imports::plan::{ChangeKind, Subject};
use importers::Severity;
use importers::framework::Unread;
use rules::measure::{ElementKind, Polarity, Purpose};
use rules::period::Period;
use rules::status::{Margin, Shape};
use rust_decimal::Decimal;

use crate::round_trip::day;
use crate::small::{EDITION, book, element, forum, indicator, link, target};
use crate::world::{Database, World, errors, on_each_database, read, reading, tally};

#[tokio::test]
async fn another_councils_workbook_is_refused_as_a_whole() {
    on_each_database("elsewhere", async |world: World| {
        let (_, plan) = world.bring(&book()).await;
        assert_eq!(errors(&plan), ["FRM-014 Framework!A2"]);
        assert!(plan.diagnostics[0].message.contains("somewhere") && plan.diagnostics[0].message.contains("elsewhere"));
        assert_eq!(tally(&plan), [0, 0, 0, 14]);
        assert_eq!(world.book(EDITION).await, None);
    })
    .await;
}

#[tokio::test]
async fn a_refused_row_takes_only_what_depends_on_it() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.elements[3].kind = ElementKind::Milestone;
        let (_, plan) = world.bring(&book).await;
        // The service, its indicator, that indicator's target and link, the forum it is in the remit of.
        assert_eq!(errors(&plan), ["FRM-015 Elements!A5", "FRM-017 Indicators!A2 Targets!A2 Links!A2 Forums!A2"]);
        assert!(plan.diagnostics[1].message.contains("the element S1 (Elements!A5)"), "{}", plan.diagnostics[1].message);
        assert_eq!(tally(&plan), [9, 0, 0, 5]);
        let held = world.book(EDITION).await.unwrap();
        assert_eq!(held.elements.iter().map(|e| e.code.as_str()).collect::<Vec<_>>(), ["O1", "P1", "D1", "S2"]);
        assert_eq!(held.indicators.iter().map(|i| i.code.as_str()).collect::<Vec<_>>(), ["A2"]);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_could_not_be_read_is_the_cause_of_what_needs_it() {
    on_each_database("somewhere", async |world: World| {
        let mut reading = reading(&book());
        let sheets = reading.framework.as_mut().unwrap();
        sheets.elements.remove(3);
        let place = importers::Place::new("Elements", "A5");
        sheets.unread.push(Unread { sheet: "Elements".into(), code: Some("s1".into()), place });
        let plan = world.plan(&reading).await;
        assert_eq!(errors(&plan), ["FRM-017 Indicators!A2 Targets!A2 Links!A2 Forums!A2"]);
        assert_eq!(plan.diagnostics[0].message, "Rows that need the element s1 (Elements!A5) are left out until that row is put right.");
        assert_eq!(tally(&plan), [9, 0, 0, 5]);
    })
    .await;
}

#[tokio::test]
async fn a_workbook_of_one_sheet_speaks_of_what_is_held() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut reading = reading(&book());
        let sheets = reading.framework.as_mut().unwrap();
        (sheets.edition, sheets.elements, sheets.links) = (None, Vec::new(), Vec::new());
        (sheets.targets, sheets.rules, sheets.periods, sheets.forums) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        sheets.indicators[0].row.title = "Renamed".into();
        let plan = world.plan(&reading).await;
        assert_eq!(errors(&plan), Vec::<String>::new());
        assert_eq!(tally(&plan), [0, 1, 1, 0]);
        let import = world.keep(&plan).await;
        world.accept(import).await.unwrap();
        assert_eq!(world.book(EDITION).await.unwrap().indicators[0].title, "Renamed");
    })
    .await;
}

#[tokio::test]
async fn a_workbook_full_of_faults_says_each_at_its_cell() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../importers/tests/fixtures/framework.xlsx");
    let faulty = read(&std::fs::read(path).unwrap());
    on_each_database("example", async |world: World| {
        let plan = world.plan(&faulty).await;
        let of_rows = errors(&plan).into_iter().filter(|found| ["FRM-002", "FRM-005", "FRM-007"].contains(&&found[..7]));
        let expected = ["FRM-002 Indicators!A4 Indicators!A2", "FRM-007 Elements!D5", "FRM-005 Targets!D3", "FRM-007 Targets!A5"];
        assert_eq!(of_rows.collect::<Vec<_>>(), expected);
        // The edition, two elements, two indicators, two targets, three rules and two periods are right.
        assert_eq!(tally(&plan), [12, 0, 0, 9]);
    })
    .await;
}

#[tokio::test]
async fn what_is_held_carries_rows_whose_own_row_is_refused() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut changed = book();
        changed.elements[3].kind = ElementKind::Milestone;
        changed.indicators[0].title = "Renamed".into();
        let plan = world.plan_book(&changed).await;
        assert_eq!(errors(&plan), ["FRM-015 Elements!A5"]);
        assert_eq!(tally(&plan), [0, 1, 12, 1]);
    })
    .await;
}

#[tokio::test]
async fn refs_that_lead_nowhere_are_refused_at_their_cells() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.elements.push(element("S9", ElementKind::Service, Some("D9")));
        book.indicators.push(indicator("A9", "S8"));
        book.links.push(link("A8", true, "O1"));
        book.links.push(link("S1", false, "O8"));
        book.targets.push(target("A8", "2023/24", 1, None));
        book.forums.push(forum("F9", &["S1", "S8"]));
        let mut reading = reading(&book);
        let sheets = reading.framework.as_mut().unwrap();
        sheets.elements[5].cells.insert("Parent".into(), "E7".into());
        sheets.indicators[2].cells.insert("Owner".into(), "T4".into());
        let plan = world.plan(&reading).await;
        let wrong = errors(&plan);
        let expected = ["FRM-007 Elements!E7", "FRM-007 Indicators!T4 Forums!A3", "FRM-007 Targets!A3 Links!A4", "FRM-007 Links!A5"];
        assert_eq!(wrong, expected);
        assert_eq!(tally(&plan), [14, 0, 0, 6]);
    })
    .await;
}

#[tokio::test]
async fn elements_never_stand_below_themselves() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.elements[2].parent = Some("D2".into());
        book.elements.push(element("D2", ElementKind::Directorate, Some("D3")));
        book.elements.push(element("D3", ElementKind::Directorate, Some("D1")));
        let plan = world.plan_book(&book).await;
        let found: Vec<_> = plan.diagnostics.iter().filter(|d| d.code == "FRM-015").map(|d| d.message.as_str()).collect();
        let loops = [
            "D1 would stand below itself: D1 below D2 below D3 below D1.",
            "D2 would stand below itself: D2 below D3 below D1 below D2.",
            "D3 would stand below itself: D3 below D1 below D2 below D3.",
        ];
        assert_eq!(found, loops);
    })
    .await;
}

#[tokio::test]
async fn an_element_stands_in_one_place_at_a_time() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut moved = book();
        moved.elements.push(element("D2", ElementKind::Directorate, None));
        let mut later = element("S1", ElementKind::Service, Some("D2"));
        later.stands_from = Some(day("2023-10-01"));
        moved.elements.push(later);
        let plan = world.plan_book(&moved).await;
        assert_eq!(errors(&plan), ["FRM-015 Elements!A8"]);
        moved.elements[3].stands_until = Some(day("2023-09-30"));
        let plan = world.plan_book(&moved).await;
        assert_eq!(errors(&plan), Vec::<String>::new());
        assert_eq!(tally(&plan), [2, 1, 13, 0]);
    })
    .await;
}

#[tokio::test]
async fn thresholds_are_judged_by_polarity_purpose_and_the_rule_in_force() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.indicators[1].purpose = Purpose::Contextual;
        book.indicators.push(indicator("A3", "S1"));
        book.indicators[2].polarity = Polarity::WithinRange;
        book.targets = vec![
            target("A1", "2023/24", 80, Some(85)),
            target("A2", "2023/24", 1, None),
            target("A3", "2023/24", 1, None),
            target("A1", "2023-04", 1, None),
            target("A1", "2023/24 Q1", 1, None),
        ];
        let plan = world.plan_book(&book).await;
        assert_eq!(errors(&plan), ["FRM-005 Targets!A2", "FRM-004 Targets!A3", "FRM-013 Targets!A4", "FRM-019 Targets!A5"]);
    })
    .await;
}

#[tokio::test]
async fn rules_and_versions_are_checked() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.rules[0].shape = Shape::Tolerance { amber: Margin::Percent(Decimal::NEGATIVE_ONE), blue: None };
        let mut third = indicator("A1", "S1");
        (third.version, third.applies_from) = (3, Period::quarter(2023, 2));
        book.indicators.push(third);
        let mut second = indicator("A2", "S2");
        (second.version, second.applies_from) = (2, Period::quarter(2023, 2));
        book.indicators.push(second);
        let plan = world.plan_book(&book).await;
        assert_eq!(errors(&plan), ["FRM-016 Indicators!A4", "FRM-013 Status rules!A2"]);
        assert_eq!(tally(&plan), [14, 0, 0, 2]);
    })
    .await;
}

#[tokio::test]
async fn the_second_of_two_rows_with_one_key_is_refused_naming_both() {
    on_each_database("somewhere", async |world: World| {
        let mut book = book();
        book.indicators.push(indicator("a1", "s1"));
        let plan = world.plan_book(&book).await;
        assert_eq!(errors(&plan), ["FRM-002 Indicators!A4 Indicators!A2"]);
        assert_eq!(tally(&plan), [14, 0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn unit_and_polarity_do_not_change_under_figures() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut changed = book();
        changed.indicators[0].unit = "Days".into();
        assert_eq!(errors(&world.plan_book(&changed).await), Vec::<String>::new());
        let waiting = world.keep(&world.plan_book(&changed).await).await;
        world.report("A1", "2023/24 Q1").await;
        let plan = world.plan_book(&changed).await;
        assert_eq!(errors(&plan), ["FRM-008 Indicators!A2"]);
        assert_eq!(world.accept(waiting).await.unwrap_err().code, "PLAN_OUT_OF_DATE");
        changed.indicators[0].unit = "%".into();
        let plan = world.plan_book(&changed).await;
        assert_eq!(errors(&plan), Vec::<String>::new(), "another word for the same unit");
        let mut second = indicator("A1", "S1");
        (second.version, second.applies_from, second.unit) = (2, Period::quarter(2023, 2), "Days".into());
        let mut next = book();
        next.indicators.push(second);
        assert_eq!(errors(&world.plan_book(&next).await), Vec::<String>::new(), "a new version");
    })
    .await;
}

#[tokio::test]
async fn a_changed_polarity_does_not_leave_a_held_target_on_the_wrong_side() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut changed = book();
        changed.indicators[0].polarity = Polarity::LowerIsBetter;
        changed.targets.clear();
        assert_eq!(errors(&world.plan_book(&changed).await), ["FRM-005 Indicators!A2"]);
        changed.targets = vec![target("A1", "2023/24", 80, Some(85))];
        assert_eq!(errors(&world.plan_book(&changed).await), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_plan_says_what_changes_and_what_is_kept() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut changed = book();
        changed.indicators[0].unit = "Days".into();
        changed.indicators[0].source = Some("Case system".into());
        changed.elements.pop();
        changed.links.pop();
        let plan = world.plan_book(&changed).await;
        let row = plan.changes.iter().find(|change| change.kind == ChangeKind::Changed).unwrap();
        assert_eq!((row.subject, row.key.as_str()), (Subject::Indicator, "A1"));
        assert_eq!(row.before.as_deref(), Some("Unit: Per cent; Source: blank"));
        assert_eq!(row.after.as_deref(), Some("Unit: Days; Source: Case system"));
        let kept: Vec<_> = plan.diagnostics.iter().filter(|d| d.code == "FRM-018").map(|d| (d.severity, d.message.as_str())).collect();
        let of_elements = "Held by the council and not in this sheet, and kept as they are: S2.";
        let of_links = "Held by the council and not in this sheet, and kept as they are: element S2 contributes to O1.";
        assert_eq!(kept, [(Severity::Info, of_elements), (Severity::Info, of_links)]);
        let import = world.keep(&plan).await;
        world.accept(import).await.unwrap();
        let held = world.book(EDITION).await.unwrap();
        assert_eq!((held.elements.len(), held.links.len()), (5, 2));
        assert_eq!(held.indicators[0].unit, "Days");
    })
    .await;
}

#[tokio::test]
async fn a_plan_made_before_another_import_is_out_of_date() {
    on_each_database("somewhere", async |world: World| {
        world.bring(&book()).await;
        let mut one = book();
        one.targets[0].target = Some(90.into());
        let waiting = world.keep(&world.plan_book(&one).await).await;
        let mut other = book();
        other.targets[0].target = Some(95.into());
        world.bring(&other).await;
        let before = world.book(EDITION).await;
        assert_eq!(world.accept(waiting).await.unwrap_err().code, "PLAN_OUT_OF_DATE");
        assert_eq!(world.book(EDITION).await, before);
    })
    .await;
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    let mut counts = Vec::new();
    for services in [2, 300] {
        let database = Database::of(None).await;
        let world = World::within(&database, "somewhere").await;
        let mut book = book();
        for n in 10..10 + services {
            let (service, code) = (format!("S{n}"), format!("A{n}"));
            book.elements.push(element(&service, ElementKind::Service, Some("D1")));
            book.indicators.push(indicator(&code, &service));
            book.targets.push(target(&code, "2023/24", 5, None));
            book.links.push(link(&code, true, "O1"));
        }
        let before = world.app.db.statements();
        let plan = world.plan_book(&book).await;
        let planned = world.app.db.statements();
        let import = world.keep(&plan).await;
        let kept = world.app.db.statements();
        world.accept(import).await.unwrap();
        counts.push((planned - before, world.app.db.statements() - kept));
        assert_eq!(tally(&world.plan_book(&book).await)[2], plan.changes.len());
    }
    assert_eq!(counts[0], counts[1]);
}
