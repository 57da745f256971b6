//! Figures out as data, and in again.

use std::path::Path;
use std::process::Command;

use goldenthread::app::Clock;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Harness, World, csv, for_each_database, framework_of, trail, workbook};

use super::{DATA, ask, fetch, printed, run};
use crate::imports::{counts, findings, first_quarter};

/// Figures of two periods with every kind of row: percentages of under one, absences, a state, a forecast, a correction.
async fn filled<'a>(harness: &'a Harness, code: &'static str) -> World<'a> {
    let world = World::new(harness, code).await;
    let keeper = world.keeper();
    keeper.take(code, "q1.xlsx", workbook("Return", &first_quarter())).await;
    let rows = json!([
        ["Ref", "Period", "Result", "Value state", "Year-end forecast", "If no result, why"],
        ["WM01", "2024/25 Q2", null, null, null, "Suppressed"],
        ["PL01", "2024/25 Q2", "0.5%", "Provisional", 87.25, null],
        ["BN01", "2024/25 Q2", null, null, null, "Not available"],
        ["WM02", "2024-07", 0, "Final", 600, null],
        ["SI01", "2023/24", 81234, null, null, null],
    ]);
    let id = keeper.submit(code, "q2.csv", csv(&rows)).await;
    let plan = keeper.plan(&id).await;
    if plan["counts"]["refused"] != 0 {
        panic!("{:#?}", findings(&plan));
    }
    let found = plan["diagnostics"]["nodes"].as_array().expect("findings");
    let warnings: Vec<&Value> = found.iter().filter(|found| found["severity"] == "WARNING").map(|found| &found["code"]).collect();
    let saying = json!({ "acknowledgedWarnings": warnings, "reason": "As it is" });
    assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
    harness.later(chrono::Duration::days(3));
    let rows = json!([["Ref", "Period", "Result", "Numerator", "Denominator"], ["WM01", "2024/25 Q1", 56.4321, 5643.21, 10000]]);
    let id = keeper.submit(code, "late.xlsx", workbook("Return", &rows)).await;
    let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Tonnages arrived late" });
    assert_eq!(keeper.accept(&id, saying).await["userErrors"], json!([]));
    world
}

/// Eleven: six of the first quarter, five of the file behind it.
const ROWS: i64 = 11;

#[tokio::test]
async fn what_is_exported_imports_as_nothing_new_in_every_format() {
    for_each_database(async |harness| {
        let world = filled(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        for (format, name) in [("XLSX", "data.xlsx"), ("CSV", "data.csv")] {
            let input = json!({ "council": "huntingdonshire", "format": format });
            let payload = ask(&keeper, DATA, input).await;
            assert_eq!(payload["rows"], ROWS, "{payload:#}");
            let bytes = fetch(&keeper, &payload).await;
            nothing_new(&world, name, bytes.clone()).await;
            // The same file is made on either database.
            if format == "XLSX" && harness.database.starts_with("sqlite") {
                match in_open_document(&bytes) {
                    Some(ods) => nothing_new(&world, "data.ods", ods).await,
                    None => eprintln!("SKIPPED: LibreOffice is not here to write the .ods"),
                }
            }
        }
    })
    .await;
}

/// Submits a file and makes sure that it holds every figure and changes none.
async fn nothing_new(world: &World<'_>, name: &str, bytes: Vec<u8>) {
    let keeper = world.keeper();
    let id = keeper.submit(world.code, name, bytes).await;
    let plan = keeper.plan(&id).await;
    assert_eq!(plan["layout"], "LONG", "{name}: {plan:#}");
    let [new, changed, same, refused, errors, _] = counts(&plan);
    assert_eq!([new, changed, same, refused, errors], [0, 0, ROWS, 0, 0], "{name}: {:#?}\n{:#?}", findings(&plan), plan["changes"]);
    let codes: Vec<&str> =
        plan["diagnostics"]["nodes"].as_array().expect("findings").iter().filter_map(|found| found["code"].as_str()).collect();
    assert!(codes.contains(&"CHG-001") && !codes.iter().any(|code| matches!(*code, "CHG-002" | "CHG-003")), "{name}: {codes:?}");
}

/// The workbook saved by LibreOffice as an OpenDocument one; none where LibreOffice is not.
fn in_open_document(workbook: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let from = folder.path().join("data.xlsx");
    std::fs::write(&from, workbook).expect("writes");
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let to = folder.path().to_str().expect("a path");
    let words = [&profile, "--headless", "--convert-to", "ods", "--outdir", to, from.to_str().expect("a path")];
    let done = Command::new("soffice").args(words).output().ok()?;
    assert!(done.status.success(), "{done:?}");
    Some(std::fs::read(folder.path().join("data.ods")).expect("converted"))
}

/// Rows of a file of comma-separated values, without quotation marks.
fn lines(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("the mark Excel needs");
    text.split("\r\n").filter(|line| !line.is_empty()).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

async fn exported(world: &World<'_>, client: &tests::Client<'_>, mut input: Value) -> Vec<Vec<String>> {
    input["council"] = json!(world.code);
    input["format"] = json!("CSV");
    lines(&fetch(client, &ask(client, DATA, input).await).await)
}

#[tokio::test]
async fn figures_are_exact_and_say_what_the_council_says_of_them() {
    for_each_database(async |harness| {
        let world = filled(harness, "huntingdonshire").await;
        let rows = exported(&world, &world.keeper(), json!({})).await;
        let headings: Vec<String> = exporters::data::DATA_COLUMNS.iter().map(|column| column.heading.to_owned()).collect();
        assert_eq!(rows[0], headings);
        // In the framework's order, then of time.
        let keys: Vec<(&str, &str)> = rows[1..].iter().map(|row| (row[1].as_str(), row[5].as_str())).collect();
        let expected = [
            ("BN01", "2024-04-01"),
            ("BN01", "2024-07-01"),
            ("PL01", "2024-04-01"),
            ("PL01", "2024-07-01"),
            ("SI01", "2023-04-01"),
            ("WM01", "2024-04-01"),
            ("WM01", "2024-07-01"),
            ("WM02", "2024-04-01"),
            ("WM02", "2024-05-01"),
            ("WM02", "2024-06-01"),
            ("WM02", "2024-07-01"),
        ];
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        let row = |code: &str, start: &str| {
            let found = rows.iter().find(|row| row[1] == code && row[5] == start).unwrap_or_else(|| panic!("{code} {start}: {rows:#?}"));
            found.join(",")
        };
        assert_eq!(
            row("WM01", "2024-04-01"),
            "Huntingdonshire Council,WM01,Household waste recycled,Waste Services,April to June 2024,2024-04-01,2024-06-30,56.4321,,Final,60,\
            55,,,Amber,,5643.21,10000,Per cent,Higher,2024-10-17,2024-10-17"
        );
        // Not even its parts, where a figure may not be shown.
        assert_eq!(
            row("WM01", "2024-07-01"),
            "Huntingdonshire Council,WM01,Household waste recycled,Waste Services,July to September 2024,2024-07-01,2024-09-30,,Suppressed,\
            Final,60,55,,,Suppressed,,,,Per cent,Higher,,2024-10-14"
        );
        assert_eq!(
            row("PL01", "2024-07-01"),
            "Huntingdonshire Council,PL01,Major applications decided in time,Planning,July to September 2024,2024-07-01,2024-09-30,0.5,,\
            Provisional,90,,,,Red,87.25,,,Per cent,Higher,,2024-10-14"
        );
        assert_eq!(
            row("SI01", "2023-04-01"),
            "Huntingdonshire Council,SI01,Households in the district,Waste Services,April 2023 to March 2024,2023-04-01,2024-03-31,81234,,\
            Final,,,,,Not applicable,,,,Number,Higher,,2024-10-14"
        );
    })
    .await;
}

#[tokio::test]
async fn an_export_is_narrowed_by_periods_elements_and_indicators() {
    for_each_database(async |harness| {
        let world = filled(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let codes = async |input: Value| {
            let rows = exported(&world, &keeper, input).await;
            let mut codes: Vec<String> = rows[1..].iter().map(|row| format!("{} {}", row[1], &row[5][..7])).collect();
            codes.sort_unstable();
            codes
        };
        assert_eq!(
            codes(json!({ "from": "2024/25 Q2", "until": "2024/25 Q2" })).await,
            ["BN01 2024-07", "PL01 2024-07", "WM01 2024-07", "WM02 2024-07"]
        );
        // No edition stood then: the one in force now says what was measured.
        assert_eq!(codes(json!({ "until": "2023/24" })).await, ["SI01 2023-04"]);
        assert_eq!(codes(json!({ "element": "d2" })).await, ["BN01 2024-04", "BN01 2024-07"]);
        // What contributes to an outcome, whoever owns it.
        assert_eq!(codes(json!({ "element": "O2", "from": "2024/25 Q2" })).await, ["BN01 2024-07", "PL01 2024-07"]);
        assert_eq!(codes(json!({ "indicators": ["bn01", "SI01"], "from": "2024/25 Q2" })).await, ["BN01 2024-07"]);
        for (input, code) in [
            (json!({ "element": "XX" }), "ELEMENT_NOT_FOUND"),
            (json!({ "indicators": ["WM01", "XX99"] }), "INDICATOR_NOT_FOUND"),
            (json!({ "from": "2024/25 Q2", "until": "2024/25 Q1" }), "PERIODS_BACKWARDS"),
            (json!({ "indicators": vec!["WM01"; 501] }), "DATA_TOO_MUCH"),
        ] {
            let mut input = input;
            input["council"] = json!("huntingdonshire");
            let payload = ask(&keeper, DATA, input).await;
            assert_eq!((&payload["download"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!(code)));
        }
        let without = World::empty(harness, "devon").await;
        let payload = ask(&without.keeper(), DATA, json!({ "council": "devon" })).await;
        assert_eq!((&payload["download"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!("NO_FRAMEWORK")));
    })
    .await;
}

#[tokio::test]
async fn everybody_takes_away_what_they_may_read_and_nobody_more() {
    for_each_database(async |harness| {
        let world = filled(harness, "huntingdonshire").await;
        let other = filled(harness, "devon").await;
        let manager = harness.sign_in(&world.somebody(Role::ServiceManager).await);
        let rows = exported(&world, &manager, json!({})).await;
        let mut owners: Vec<&str> = rows[1..].iter().map(|row| row[3].as_str()).collect();
        owners.dedup();
        assert_eq!((owners, rows.len()), (vec!["Waste Services"], 8));
        // Another service's look as if they were not there.
        for input in [json!({ "indicators": ["BN01"] }), json!({ "element": "S3" })] {
            let mut input = input;
            input["council"] = json!("huntingdonshire");
            let refused = ask(&manager, DATA, input).await;
            assert!(refused["userErrors"][0]["code"].as_str().expect("a code").ends_with("_NOT_FOUND"), "{refused:#}");
        }
        let stranger = ask(&other.keeper(), DATA, json!({ "council": "huntingdonshire" })).await;
        assert_eq!((&stranger["download"], &stranger["userErrors"][0]["code"]), (&Value::Null, &json!("COUNCIL_NOT_FOUND")));
        let own = exported(&other, &other.keeper(), json!({})).await;
        assert!(own[1..].iter().all(|row| row[0] == "Devon Council"), "{own:#?}");
        for role in [Role::CouncilAdministrator, Role::CabinetMember, Role::ScrutinyMember] {
            let client = harness.sign_in(&world.somebody(role).await);
            let answer = client.gql(DATA, json!({ "input": { "council": "huntingdonshire" } })).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{role:?}");
        }

        let before = trail(harness, world.council, 0).await.len() as i64;
        let payload = ask(&world.keeper(), DATA, json!({ "council": "huntingdonshire", "until": "2024/25 Q1", "format": "CSV" })).await;
        let bytes = fetch(&world.keeper(), &payload).await;
        let told = trail(harness, world.council, before).await;
        let verbs: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!(verbs, ["data.export", "download"]);
        let after: Value = serde_json::from_str(told[0].after.as_deref().expect("a state")).expect("JSON");
        let expected = json!({ "wanted": { "from": null, "until": "2024/25 Q1", "element": null, "indicators": [] }, "format": "CSV",
            "rows": 7, "sha256": goldenthread::files::sha256(&bytes) });
        assert_eq!(after, expected);
    })
    .await;
}

#[tokio::test]
async fn sixty_indicators_cost_as_many_statements_as_five() {
    for_each_database(async |harness| {
        let mut costs = Vec::new();
        for (code, indicators) in [("huntingdonshire", 5), ("devon", 60)] {
            let world = World::with(harness, code, &framework_of(code, indicators)).await;
            let mut rows = vec![json!(["Ref", "Period", "Result"])];
            rows.extend((6..=indicators).flat_map(|n| ["2024/25 Q1", "2024/25 Q2"].map(|at| json!([format!("IX{n:03}"), at, n]))));
            rows.push(json!(["BN01", "2024/25 Q1", 22]));
            world.keeper().take(code, "figures.xlsx", workbook("Return", &Value::Array(rows))).await;
            let (sent, payload) = harness.statements(ask(&world.keeper(), DATA, json!({ "council": code }))).await;
            assert_eq!(payload["rows"], 2 * (indicators - 5) + 1);
            costs.push(sent);
        }
        assert_eq!(costs[0], costs[1]);
        assert!(costs[0] <= 16, "{costs:?}");
    })
    .await;
}

#[tokio::test]
async fn the_command_line_exports_what_its_person_may_read() {
    for_each_database(async |harness| {
        let world = filled(harness, "huntingdonshire").await;
        let asked = ask(&world.keeper(), DATA, json!({ "council": "huntingdonshire", "format": "CSV" })).await;
        let by_http = fetch(&world.keeper(), &asked).await;
        world.somebody(Role::ServiceManager).await;
        harness.app.clock.set(Clock::System.now());
        let out = harness.folder.join("taken.csv");
        let export = |email: &str, more: &[&str]| {
            let path = out.to_str().expect("a path");
            let words = ["data", "export", "--council", "huntingdonshire", "--as", email, "--out", path];
            run(harness, &[&words[..], more].concat())
        };
        let done = export("perry.team@example.org", &[]);
        assert!(done.status.success() && printed(&done).ends_with("taken.csv: 11 rows\n"), "{done:?}");
        assert_eq!(std::fs::read(&out).expect("is there"), by_http);
        let done = export("service.manager@example.org", &["--from", "2024/25 Q2", "--indicator", "WM01", "--indicator", "WM02"]);
        assert!(done.status.success() && printed(&done).ends_with("taken.csv: 2 rows\n"), "{done:?}");
        let refused = export("service.manager@example.org", &["--indicator", "BN01"]);
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("INDICATOR_NOT_FOUND"), "{refused:?}");
        std::fs::remove_file(&out).expect("was there");
        let book = export("perry.team@example.org", &["--format", "xlsx"]);
        assert!(book.status.success(), "{book:?}");
        assert!(Path::new(&out).is_file() && std::fs::read(&out).expect("is there").starts_with(b"PK"));
    })
    .await;
}
