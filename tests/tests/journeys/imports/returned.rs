//! Return templates as they come back: saved by other programs, rearranged, typed over, out of date.

use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Filled, Rearranged, World, by_libreoffice, by_openpyxl, for_each_database, framework, workbook_of};

use super::templates::issue;
use super::{counts, findings, lines};

const COUNCIL: &str = "huntingdonshire";
const RESULT: &str = "Result (you fill in)";

/// Cells of the Waste Services' return, filled in as its manager would.
fn cells(form: &Filled) -> Vec<(String, Value)> {
    let at = |code: &str, period: &str, heading: &str| form.cell(code, period, heading);
    vec![
        (at("WM01", "2024/25 Q1", "Numerator (you fill in)"), json!(612)),
        (at("WM01", "2024/25 Q1", "Denominator (you fill in)"), json!(1000)),
        (at("WM01", "2024/25 Q1", "Year-end forecast (you fill in)"), json!(0.625)),
        (at("WM02", "2024-04", RESULT), json!(45)),
        (at("WM02", "2024-05", "If no result, why (you fill in)"), json!("Not collected")),
        (at("WM02", "2024-06", RESULT), json!(61)),
        (at("WM02", "2024-06", "Commentary (you fill in)"), json!("Two crews short.")),
        (at("WM02", "2024-06", "Action to get back on track (you fill in)"), json!("Recruit four loaders")),
        (at("WM02", "2024-06", "Action owner (you fill in)"), json!("Waste operations manager")),
    ]
}

const TAKEN: [&str; 4] = [
    "NEW WM01 2024/25 Q1: nothing → 61.2% (612 of 1,000)",
    "NEW WM02 2024-04: nothing → 45",
    "NEW WM02 2024-05: nothing → Not collected",
    "NEW WM02 2024-06: nothing → 61",
];

/// The template with the same typed into it without another program.
fn filled(template: &[u8]) -> Filled {
    let mut form = Filled::new(template);
    let asked = [("WM01", "2024/25 Q1"), ("WM02", "2024-04"), ("WM02", "2024-06")];
    for ((code, period), figure) in asked.into_iter().zip([0.612, 45.0, 61.0]) {
        form.fill(code, period, RESULT, figure);
    }
    form.say("WM02", "2024-05", "If no result, why (you fill in)", "Not collected");
    form
}

/// Every finding's code, weight, first cell and message.
fn told(plan: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = plan["diagnostics"]["nodes"].as_array().expect("findings").iter();
    let of = |found: &Value| (text(&found["code"]), text(&found["places"][0]["cell"]), text(&found["message"]));
    nodes.filter(|found| found["code"].as_str().is_some_and(|code| code.starts_with("TPL"))).map(of).collect()
}

async fn planned(keeper: &Client<'_>, name: &str, bytes: Vec<u8>) -> Value {
    let id = keeper.submit(COUNCIL, name, bytes).await;
    keeper.plan(&id).await
}

#[tokio::test]
async fn a_template_filled_in_and_saved_by_other_programs_plans_without_a_question() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let template = issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await;
        let form = Filled::new(&template);
        let Some(typed) = by_openpyxl(&template, &cells(&form)) else { return };
        let mut ways = vec![("openpyxl.xlsx", typed.clone())];
        for (name, format) in [("libreoffice.xlsx", "xlsx"), ("libreoffice.ods", "ods")] {
            ways.extend(by_libreoffice(&typed, format).map(|saved| (name, saved)));
        }
        for (name, bytes) in ways {
            let plan = planned(&keeper, name, bytes).await;
            assert_eq!((&plan["state"], &plan["layout"]), (&json!("PLANNED"), &json!("TEMPLATE")), "{name} {plan:#}");
            assert_eq!(lines(&plan), TAKEN, "{name} {plan:#}");
            assert_eq!((counts(&plan), told(&plan)), ([4, 0, 0, 0, 0, 0], vec![]), "{name} {plan:#}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_template_that_was_rearranged_is_read_by_its_keys_and_headings() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let mut form = filled(&issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await);
        let (result, what, unit) = (form.letter(RESULT), form.letter("What to report"), form.letter("Unit"));
        form.then(Rearranged::Sorted).then(Rearranged::Swapped(result, what)).then(Rearranged::Swapped('A', unit));
        form.then(Rearranged::Unprotected).rename("Quarter 1 final");
        let plan = planned(&keeper, "rearranged.xlsx", form.bytes()).await;
        let mut said = lines(&plan);
        said.sort();
        let mut expected = TAKEN.map(|line| line.replace(" (612 of 1,000)", ""));
        expected.sort();
        assert_eq!(said, expected, "{plan:#}");
        assert_eq!(counts(&plan), [4, 0, 0, 0, 0, 0], "{plan:#}");
        let messages: Vec<String> = told(&plan).into_iter().map(|(code, _, message)| format!("{code} {message}")).collect();
        let expected = [
            "TPL-023 The Return sheet is now called \"Quarter 1 final\"; it was found by its headings.",
            "TPL-023 The protection of the Return sheet was taken off; its cells were read as they stand.",
            "TPL-023 Columns of the Return sheet were moved, added or renamed; each was found by its heading.",
        ];
        assert_eq!(messages, expected, "{plan:#}");
    })
    .await;
}

#[tokio::test]
async fn rows_deleted_and_added_are_told_and_the_others_are_taken() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let template = issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await;
        let mut form = filled(&template);
        let gone = form.number("WM02", "2024-05");
        let (period, result) = (form.letter("Period"), form.letter(RESULT));
        form.then(Rearranged::Deleted(gone));
        form.then(Rearranged::Added(vec![('A', "PL01".to_owned()), (period, "2024/25 Q1".to_owned()), (result, "88".to_owned())]));
        let last = form.number("WM02", "2024-06");
        let plan = planned(&keeper, "rows.xlsx", form.bytes()).await;
        let taken = [lines(&plan)[0].clone(), lines(&plan)[1].clone(), lines(&plan)[2].clone()];
        assert_eq!(taken, ["NEW WM01 2024/25 Q1: nothing → 61.2%", TAKEN[1], TAKEN[3]], "{plan:#}");
        assert_eq!(counts(&plan)[..4], [3, 0, 0, 1], "{plan:#}");
        let expected = [
            ("TPL-022", format!("A{last}"), "This row was not in the template as it was issued."),
            ("TPL-021", "A1".to_owned(), "The row WM02 2024-05 of the template is missing from the Return sheet."),
        ];
        assert_eq!(told(&plan), expected.map(|(code, cell, message)| (code.to_owned(), cell, message.to_owned())), "{plan:#}");

        // A row made one of another month is none of the template's, and its own is missing.
        let mut form = filled(&template);
        form.say("WM02", "2024-05", "Period", "2024-07");
        let cell = form.cell("WM02", "2024-05", "Period");
        let plan = planned(&keeper, "another month.xlsx", form.bytes()).await;
        assert_eq!(counts(&plan)[..4], [3, 0, 0, 1], "{plan:#}");
        let said: Vec<(String, String)> = told(&plan).into_iter().map(|(code, cell, _)| (code, cell)).collect();
        assert_eq!(said, [("TPL-022".to_owned(), cell), ("TPL-021".to_owned(), "A1".to_owned())], "{plan:#}");
    })
    .await;
}

#[tokio::test]
async fn what_was_filled_in_beforehand_and_typed_over_is_told_and_ignored() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let mut form = filled(&issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await);
        form.say("WM01", "2024/25 Q1", "What to report", "Whatever we like.");
        form.say("WM01", "2024/25 Q1", "Period", "2024/25 Q2");
        form.say("WM01", "2024/25 Q1", "Indicator", "Missed bins");
        form.fill("WM01", "2024/25 Q1", "Target", 0.5);
        form.say("WM02", "2024-04", "Period", "April 2024");
        form.say("WM02", "2024-05", "Better is", "Higher");
        let plan = planned(&keeper, "typed over.xlsx", form.bytes()).await;
        assert_eq!(counts(&plan)[..4], [4, 0, 0, 0], "{plan:#}");
        assert_eq!(lines(&plan)[0], "NEW WM01 2024/25 Q1: nothing → 61.2%", "{plan:#}");
        assert_eq!(lines(&plan)[1], TAKEN[1], "a month is the same month however it is written: {plan:#}");
        let mut altered: Vec<(String, String)> = told(&plan).into_iter().map(|(code, cell, _)| (code, cell)).collect();
        altered.sort();
        let row = form.number("WM01", "2024/25 Q1");
        let mut expected: Vec<(String, String)> = ["Indicator", "What to report", "Period", "Target"]
            .map(|heading| ("TPL-020".to_owned(), format!("{}{row}", form.letter(heading))))
            .to_vec();
        expected.push(("TPL-020".to_owned(), form.cell("WM02", "2024-05", "Better is")));
        expected.sort();
        assert_eq!(altered, expected, "{plan:#}");
        assert!(findings(&plan).iter().all(|found| found.starts_with("TPL-020")), "{:?}", findings(&plan));
    })
    .await;
}

#[tokio::test]
async fn a_target_changed_since_holds_back_its_own_row_alone() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let form = filled(&issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await);
        let mut book = framework(COUNCIL);
        book.targets[0].target = Some("62".parse().expect("a decimal"));
        keeper.take(COUNCIL, "framework.xlsx", workbook_of(&book)).await;
        let plan = planned(&keeper, "stale.xlsx", form.bytes()).await;
        assert_eq!(counts(&plan)[..4], [3, 0, 0, 1], "{plan:#}");
        let message = "WM01 2024/25 Q1 is not what it was when the template was issued: target 60.0% when issued, now 62.0%.";
        let row = form.number("WM01", "2024/25 Q1");
        assert_eq!(told(&plan), [("TPL-011".to_owned(), format!("A{row}"), message.to_owned())], "{plan:#}");
    })
    .await;
}

#[tokio::test]
async fn another_services_and_another_periods_template_are_refused_naming_both() {
    for_each_database(async |harness| {
        let world = World::new(harness, COUNCIL).await;
        let keeper = world.keeper();
        let manager = harness.sign_in(&world.somebody(Role::ServiceManager).await);
        let refused = |plan: &Value, rows: i64, code: &str, message: &str| {
            assert_eq!((&plan["state"], counts(plan)[3]), (&json!("REFUSED"), rows), "{plan:#}");
            let said: Vec<(String, String)> = told(plan).into_iter().map(|(code, _, message)| (code, message)).collect();
            assert_eq!(said, [(code.to_owned(), message.to_owned())], "{plan:#}");
        };
        let mut form = Filled::new(&issue(&keeper, COUNCIL, "S2", "2024/25 Q1").await);
        form.fill("PL01", "2024/25 Q1", RESULT, 0.95);
        let plan = planned(&manager, "planning.xlsx", form.bytes()).await;
        refused(&plan, 1, "TPL-004", "This template is the return of S2; none of its figures is yours to enter.");

        let bytes = filled(&issue(&keeper, COUNCIL, "S1", "2024/25 Q1").await).bytes();
        let kept: Value = keeper.upload("return.xlsx", bytes).await.json().await.expect("JSON");
        let input = json!({ "council": COUNCIL, "upload": kept["upload"], "period": "2024/25 Q2" });
        let data = keeper.run("ImportSubmit", json!({ "input": input })).await.data();
        harness.settle().await;
        let plan = keeper.plan(data["importSubmit"]["import"]["id"].as_str().expect("an id")).await;
        refused(&plan, 4, "TPL-005", "This template is for 2024/25 Q1; it was sent for 2024/25 Q2.");
    })
    .await;
}
