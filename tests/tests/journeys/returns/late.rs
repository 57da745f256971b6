//! A figure whose data come after its return was approved.

use rules::permission::Role;
use serde_json::{Value, json};
use tests::{for_each_database, framework, workbook};

use super::stage::{Office, Q1, codes};

#[tokio::test]
async fn a_figure_whose_data_come_later_is_approved_on_the_same_return() {
    for_each_database(async |harness| {
        let mut book = framework("huntingdonshire");
        // Its data come 120 days after the quarter: on 29 October. It is the 14th.
        book.indicators.iter_mut().find(|row| row.code == "WM01").expect("is there").data_lag_days = 120;
        let office = Office::with(harness, &book).await;
        let (keeper, manager, director) = (office.keeper(), office.of(&office.manager), office.of(&office.director));
        let cabinet = harness.sign_in(&office.world.somebody(Role::CabinetMember).await);
        let months = json!([["Ref", "Period", "Result"], ["WM02", "2024-04", 40], ["WM02", "2024-05", 41], ["WM02", "2024-06", 42]]);
        keeper.take(office.world.code, "q1.xlsx", workbook("Return", &months)).await;
        office.approve().await;
        let wm01 = async |client: &tests::Client<'_>| office.seen(client).await["figures"]["nodes"][0].clone();
        let not_due = wm01(&keeper).await;
        assert_eq!(
            json!([not_due["late"], not_due["approved"]["value"], not_due["approved"]["status"]["colour"]]),
            json!([false, null, "NOT_DUE"])
        );
        assert_eq!(codes(&office.act(&manager, "returnSubmit", json!({})).await), ["RETURN_NOT_NOW"]);
        assert_eq!(office.returns(&manager, json!({ "mine": true })).await.len(), 1, "the second quarter's alone");

        harness.at("2024-11-05T09:00:00Z");
        let reads = async || {
            let query = "query($council: String!) { council(code: $council) { indicator(code: \"WM01\") {
                series(until: \"2024/25 Q1\", last: 1) { value status { colour } } } } }";
            let data = cabinet.gql(query, json!({ "council": office.world.code })).await.data();
            data["council"]["indicator"]["series"][0].clone()
        };
        let late = json!([
            ["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", Q1, 58.1, "Wet spring", "", "", ""],
        ]);
        keeper.take(office.world.code, "late.xlsx", workbook("Return", &late)).await;
        let came = wm01(&manager).await;
        assert_eq!(json!([came["late"], came["differs"], came["point"]["value"]]), json!([true, true, "58.1"]));
        assert_eq!(office.returns(&manager, json!({ "mine": true })).await.len(), 2);
        assert_eq!(reads().await["value"], Value::Null);
        // The months are locked as before, and the late figure lacks what any figure lacks.
        let month = json!([["Ref", "Period", "Result"], ["WM02", "2024-05", 44]]);
        let refused = keeper.submit(office.world.code, "month.xlsx", workbook("Return", &month)).await;
        assert_eq!(keeper.plan(&refused).await["counts"]["refused"], 1);
        assert_eq!(codes(&office.act(&manager, "returnSubmit", json!({})).await), ["FIGURE_INCOMPLETE"]);
        let whole = json!([
            ["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", Q1, 58.1, "Wet spring", "Two more crews", "Waste manager", "2024-12-15"],
        ]);
        let again = keeper.submit(office.world.code, "again.xlsx", workbook("Return", &whole)).await;
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "The action was missing" });
        assert_eq!(keeper.accept(&again, saying).await["userErrors"], json!([]));
        office.done(&manager, "returnSubmit", json!({})).await;
        let seen = office.seen(&keeper).await;
        assert_eq!((&seen["state"], &seen["round"]), (&json!("LATE_SUBMITTED"), &json!(1)));
        let counts =
            "query($council: String!) { council(code: $council) { collection(period: \"2024/25 Q1\") { whole { owed approved late } } } }";
        let data = keeper.gql(counts, json!({ "council": office.world.code })).await.data();
        assert_eq!(data["council"]["collection"]["whole"], json!({ "owed": 3, "approved": 0, "late": 1 }));
        assert_eq!(codes(&office.act(&manager, "returnSubmit", json!({})).await), ["RETURN_NOT_NOW"]);
        office.done(&keeper, "returnAssure", json!({})).await;
        assert_eq!(reads().await["value"], Value::Null);
        office.done(&director, "returnApprove", json!({})).await;
        let approved = office.seen(&keeper).await;
        assert_eq!(json!([approved["state"], approved["round"], approved["revision"]]), json!(["APPROVED", 1, 6]));
        let wm01 = &approved["figures"]["nodes"][0];
        assert_eq!(json!([wm01["late"], wm01["differs"], wm01["approved"]["value"]]), json!([false, false, "58.1"]));
        assert_eq!(reads().await, json!({ "value": "58.1", "status": { "colour": "AMBER" } }));
        let steps = approved["history"].as_array().expect("steps").iter().map(|step| format!("{} {}", step["act"], step["to"]));
        assert_eq!(
            steps.collect::<Vec<_>>(),
            [
                r#""SUBMIT" "SUBMITTED""#,
                r#""ASSURE" "ASSURED""#,
                r#""APPROVE" "APPROVED""#,
                r#""SUBMIT" "LATE_SUBMITTED""#,
                r#""ASSURE" "LATE_ASSURED""#,
                r#""APPROVE" "APPROVED""#
            ]
        );
        // Another council sees none of it.
        assert_eq!(office.seen(&office.of(&office.stranger)).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn what_is_in_a_submitted_return_is_not_undone_with_the_framework_that_brought_it() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        let keeper = office.keeper();
        office.complete().await;
        let mut book = framework("huntingdonshire");
        // Nothing of it is due for a year: the return is submitted without a figure of it.
        let food = tests::indicator("WM09", "Food waste collected", "S1");
        book.indicators.push(rules::framework::IndicatorRow { data_lag_days: 365, purpose: rules::measure::Purpose::Contextual, ..food });
        let import = keeper.take(office.world.code, "more.xlsx", tests::workbook_of(&book)).await;
        assert_eq!(office.seen(&keeper).await["figures"]["totalCount"], 5);
        office.done(&office.of(&office.manager), "returnSubmit", json!({})).await;
        let undo = "mutation($input: ImportUndoInput!) { importUndo(input: $input) { userErrors { code message } } }";
        let undone = keeper.gql(undo, json!({ "input": { "id": import } })).await.data()["importUndo"].clone();
        let (code, why) = (&undone["userErrors"][0]["code"], undone["userErrors"][0]["message"].as_str().unwrap_or_default());
        assert!(code == "NOTHING_REVERSED" && why.contains("it is in a return that was submitted"), "{undone:#}");
        assert_eq!(office.seen(&keeper).await["figures"]["totalCount"], 5);
    })
    .await;
}
