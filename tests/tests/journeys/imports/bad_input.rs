//! Files that cannot be taken: each is said in a sentence with a code and a cell, nothing is written, and the service
//! goes on.

use serde_json::{Value, json};
use tests::{UPLOAD_BYTES_MAX, World, for_each_database, workbook, workbook_of};

use super::{counts, findings, first_quarter};

/// Sends a workbook of which nothing can be taken.
async fn refused(world: &World<'_>, file_name: &str, bytes: Vec<u8>) -> Value {
    let keeper = world.keeper();
    let before = world.harness.written(world.council).await;
    let id = keeper.submit(world.code, file_name, bytes).await;
    let plan = keeper.plan(&id).await;
    assert_eq!(plan["state"], "REFUSED", "{file_name}: {plan:#}");
    assert_eq!(plan["viewerCan"], json!([]), "{file_name}");
    let accepted = keeper.accept(&id, json!({ "validRowsOnly": true })).await;
    assert_eq!((&accepted["import"], &accepted["userErrors"][0]["code"]), (&Value::Null, &json!("IMPORT_NOT_PLANNED")), "{file_name}");
    assert_eq!(world.harness.written(world.council).await, before, "{file_name}");
    for found in plan["diagnostics"]["nodes"].as_array().expect("findings") {
        let message = found["message"].as_str().expect("a message");
        assert!(message.len() > 10 && !message.contains("Error("), "{file_name}: {message}");
    }
    plan
}

/// And then a good one still goes in.
async fn still_answers(world: &World<'_>) {
    world.keeper().take(world.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
}

/// What Excel makes of a workbook with a password: a compound file whose directory names the encrypted package.
fn encrypted() -> Vec<u8> {
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 1016]).chain(name).chain([0; 480]).collect()
}

#[tokio::test]
async fn files_that_are_no_workbook_are_refused_with_their_code() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let good = workbook("Return", &first_quarter());
        let cut = good[..good.len() / 2].to_vec();
        let mut flipped = good.clone();
        let sheet = b"xl/worksheets/sheet1.xml";
        let at = flipped.windows(sheet.len()).position(|bytes| bytes == sheet).expect("a sheet") + sheet.len();
        flipped[at + 60..at + 64].fill(0xff);
        let cases = [
            ("letter.xlsx", b"%PDF-1.7 Dear council, please find".to_vec(), "FIL-003"),
            ("picture.xlsx", [&b"\x89PNG\r\n\x1a\n"[..], &[0; 500]].concat(), "FIL-003"),
            ("empty.xlsx", Vec::new(), "FIL-009"),
            ("encrypted.xlsx", encrypted(), "FIL-001"),
            ("cut.xlsx", cut, "FIL-002"),
            ("flipped.xlsx", flipped, "FIL-002"),
        ];
        for (file_name, bytes, code) in cases {
            let plan = refused(&world, file_name, bytes).await;
            assert_eq!(findings(&plan).iter().map(|found| &found[..7]).collect::<Vec<_>>(), [code], "{file_name}: {plan:#}");
            assert_eq!(counts(&plan), [0, 0, 0, 0, 1, 0], "{file_name}");
        }
        still_answers(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_workbook_over_the_limit_is_refused_at_both_doors() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let uploads = harness.count(world.council, "upload").await;
        let large = vec![b'x'; UPLOAD_BYTES_MAX + 1];
        let upload = keeper.upload("large.xlsx", large.clone()).await;
        assert_eq!(upload.status(), 413);
        let said: Value = upload.json().await.expect("JSON");
        assert_eq!(said["error"], json!({ "code": "LIMIT", "message": "A workbook is 2097152 bytes at most." }));

        let variables = json!({ "input": { "council": "huntingdonshire" } });
        let beside = keeper.run_with_file("ImportSubmit", variables, "large.xlsx", large).await;
        assert_eq!((beside.status, beside.message()), (413, "A workbook is 2097152 bytes at most."));
        assert_eq!(harness.count(world.council, "upload").await, uploads);
        assert_eq!(keeper.upload("fits.xlsx", vec![b'x'; UPLOAD_BYTES_MAX]).await.status(), 201);
        still_answers(&world).await;
    })
    .await;
}

#[tokio::test]
async fn rows_that_cannot_be_taken_say_which_cell_and_what_to_do() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let rows = json!([
            ["Ref", "Indicator", "Period", "Result"],
            ["WM01", "Household waste recycled", "2024/25 Q1", 61.2],
            ["WM10", null, "2024/25 Q1", 45],
            ["PL01", "Major applications decided in time", "2024/25 Q1", "about ninety"],
            ["BN01", "Days to process a claim", "2022/23 Q4", 22.4],
            ["PL01", "Major applications decided in time", "2024/25", 91],
            ["WM01", "Household waste recycled", "2024/25 Q2", 161.2],
        ]);
        let id = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &rows)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(counts(&plan)[..4], [1, 0, 0, 5], "{plan:#}");
        let mut found = findings(&plan);
        found.sort();
        let expected =
            ["CHG-004 at Return!C5", "IND-001 at Return!A3", "PER-031 at Return!C6", "VAL-019 at Return!D4", "VAL-030 at Return!D7"];
        assert_eq!(found, expected, "{plan:#}");
        let unknown = plan["diagnostics"]["nodes"].as_array().expect("findings").iter().find(|found| found["code"] == "IND-001");
        assert!(unknown.expect("found").to_string().contains("WM10"), "{unknown:?}");

        // All or nothing, unless the sender says otherwise.
        let all = keeper.accept(&id, json!({})).await;
        assert_eq!((&all["import"], &all["userErrors"][0]["code"]), (&Value::Null, &json!("ROWS_REFUSED")));
        assert_eq!(harness.count(world.council, "observation").await, 0);
        let valid = keeper.accept(&id, json!({ "validRowsOnly": true })).await;
        assert_eq!((&valid["import"]["state"], &valid["userErrors"]), (&json!("ACCEPTED"), &json!([])));
        assert_eq!(harness.count(world.council, "observation").await, 1);
        assert!(plan["annotatedWorkbook"]["url"].as_str().is_some());
        let problems = keeper.download(plan["annotatedWorkbook"]["url"].as_str().expect("a link")).await;
        assert_eq!(problems.status(), 200);
        assert!(problems.bytes().await.expect("bytes").starts_with(b"PK"));
    })
    .await;
}

#[tokio::test]
async fn a_value_in_the_wrong_cell_is_an_error_and_not_a_figure() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let rows = json!([
            ["Ref", "Indicator", "Period", "Result"],
            ["Household waste recycled", "WM01", "2024/25 Q1", 61.2],
            [61.2, null, "2024/25 Q1", "WM01"],
            ["WM01", "Major applications decided in time", "2024/25 Q1", 61.2],
            ["WM01", "Household waste recycled", 61.2, "2024/25 Q1"],
            [null, null, "2024/25 Q1", 61.2],
        ]);
        let plan = refused(&world, "shifted.xlsx", workbook("Return", &rows)).await;
        assert_eq!(counts(&plan)[..3], [0, 0, 0], "{plan:#}");
        still_answers(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_period_that_is_closed_takes_nothing_more() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let close = "mutation($input: PeriodCloseInput!) { periodClose(input: $input) { period { period open } userErrors { code } } }";
        let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
        let closed = keeper.gql(close, json!({ "input": input })).await.data();
        assert_eq!(closed["periodClose"], json!({ "period": { "period": "2024/25 Q1", "open": false }, "userErrors": [] }));

        let plan = refused(&world, "q1.xlsx", workbook("Return", &first_quarter())).await;
        assert_eq!(counts(&plan)[..4], [0, 0, 0, 6], "{plan:#}");
        let expected =
            ["CHG-004 at Return!C2, Return!C6, Return!C7", "CHG-004 at Return!C3", "CHG-004 at Return!C4", "CHG-004 at Return!C5"];
        assert_eq!(findings(&plan), expected, "{plan:#}");

        let open = "mutation($input: PeriodOpenInput!) { periodOpen(input: $input) { period { period open } userErrors { code } } }";
        let opened = keeper.gql(open, json!({ "input": input })).await.data();
        assert_eq!(opened["periodOpen"]["period"]["open"], true);
        still_answers(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_plan_whose_period_was_closed_meanwhile_is_refused() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let close = "mutation($input: PeriodCloseInput!) { periodClose(input: $input) { userErrors { code } } }";
        let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
        keeper.gql(close, json!({ "input": input })).await.data();
        let refused = keeper.accept(&id, json!({})).await;
        assert_eq!(refused["import"], Value::Null, "{refused:#}");
        assert_eq!(refused["userErrors"][0]["code"], "PERIOD_CLOSED");
        assert_eq!(harness.count(world.council, "observation").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_template_of_another_council_is_refused_whole() {
    for_each_database(async |harness| {
        let ours = World::new(harness, "huntingdonshire").await;
        let theirs = World::new(harness, "devon").await;
        let template = super::templates::issue(&theirs.keeper(), "devon", "S1", "2024/25 Q1").await;
        let plan = refused(&ours, "return.xlsx", template).await;
        assert!(findings(&plan).iter().any(|found| found.starts_with("TPL-003")), "{plan:#}");
        assert_eq!(harness.count(theirs.council, "observation").await, 0);
        let plan = refused(&ours, "framework.xlsx", workbook_of(&tests::framework("devon"))).await;
        assert!(findings(&plan).iter().any(|found| found.starts_with("FRM-014")), "{plan:#}");
        still_answers(&ours).await;
    })
    .await;
}
