//! The sender's own file back, with its cells marked and what is wrong with them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, workbook};

/// An import's annotated workbook: sheet by sheet, its rows as text.
async fn annotated(client: &Client<'_>, plan: &Value) -> Vec<(String, Vec<Vec<String>>)> {
    let answer = client.download(plan["annotatedWorkbook"]["url"].as_str().expect("a link")).await;
    assert_eq!(answer.status(), 200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.bytes().await.expect("bytes").to_vec())).expect("a workbook");
    let names = book.sheet_names();
    let text = |cell: &Data| cell.to_string();
    let rows = |range: calamine::Range<Data>| range.rows().map(|row| row.iter().map(text).collect()).collect();
    names.into_iter().map(|name| (name.clone(), rows(book.worksheet_range(&name).expect("a sheet")))).collect()
}

#[tokio::test]
async fn a_sender_gets_their_own_workbook_back_with_what_is_wrong() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", "about sixty"]]);
        let sent = [("q1.xlsx", workbook("Return", &rows)), ("q1.csv", b"Ref,Period,Result\nWM01,2024/25 Q1,about sixty\n".to_vec())];
        for (name, bytes) in sent {
            let id = keeper.submit(world.code, name, bytes).await;
            let plan = keeper.plan(&id).await;
            let sheets = annotated(&keeper, &plan).await;
            assert_eq!(sheets.len(), 2, "{name}");
            assert!(sheets[0].1.iter().flatten().any(|cell| cell == "about sixty"), "{name}: {sheets:?}");
            let (last, said) = &sheets[1];
            assert_eq!(last, "Messages");
            let found = said.iter().find(|row| row[3] == "VAL-019").unwrap_or_else(|| panic!("{name}: {said:?}"));
            let cell = if name.ends_with("xlsx") { "D2" } else { "C2" };
            assert_eq!((found[0].as_str(), found[1].as_str(), found[2].as_str()), (sheets[0].0.as_str(), cell, "Error"), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_opened_gives_its_findings_and_one_without_any_gives_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit(world.code, "q1.xlsx", b"%PDF-1.7 \0\x01".to_vec()).await;
        let sheets = annotated(&keeper, &keeper.plan(&id).await).await;
        assert!(sheets.iter().any(|(name, rows)| name == "Findings" && rows.iter().flatten().any(|cell| cell == "FIL-003")), "{sheets:?}");

        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", 61.2]]);
        let id = keeper.submit(world.code, "q1.xlsx", workbook("Return", &rows)).await;
        assert_eq!(keeper.plan(&id).await["annotatedWorkbook"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_nothing_once_its_person_may_not_see_the_import() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let admin = harness.sign_in(&world.somebody(Role::CouncilAdministrator).await);
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", "soon"]]);
        let id = keeper.submit(world.code, "q1.xlsx", workbook("Return", &rows)).await;
        let plan = keeper.plan(&id).await;
        let link = plan["annotatedWorkbook"]["url"].as_str().expect("a link");
        assert_eq!(keeper.download(link).await.status(), 200);
        let grants = "{ viewer { grants { id } } }";
        let held = keeper.gql(grants, json!({})).await.data();
        let withdraw = "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { userErrors { code } } }";
        for grant in held["viewer"]["grants"].as_array().expect("grants") {
            let done = admin.gql(withdraw, json!({ "input": { "id": grant["id"], "reason": "Has left" } })).await.data();
            assert_eq!(done["grantWithdraw"]["userErrors"], json!([]));
        }
        assert_eq!(keeper.download(link).await.status(), 404);
    })
    .await;
}
