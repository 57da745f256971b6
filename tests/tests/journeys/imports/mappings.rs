//! Workbooks that do not say what they are: what was made of them is told, the sender corrects it, and the council keeps
//! the correction for the next edition.

use serde_json::{Value, json};
use tests::{Client, World, for_each_database, workbook};

use super::{counts, findings, lines, read};

const TABLES: &str = "query($id: ID!) { node(id: $id) { ... on Import { state layout tables { sheet layout firstHeadingRow lastHeadingRow
    rowsRead figures mappingName columns { column heading role indicator unsure } steppedOver { because rows first }
    asMapping { sheet columns { column heading role indicator } } } } } }";
const MAP: &str = "mutation($input: ImportMapInput!) { importMap(input: $input) { import { id state } mapping { id name }
    userErrors { code message field } } }";
const KEPT: &str = "{ council(code: \"huntingdonshire\") { importMappings { id name viewerCan mapping { tables { sheet columns { heading role indicator } }
    missing { word means } } } } }";
const REMOVE: &str =
    "mutation($input: ImportMappingRemoveInput!) { importMappingRemove(input: $input) { mapping { name } userErrors { code } } }";

/// A department's table about everybody: titles, units, a total, and days nobody calls by our name.
fn edition(sheet: &str, quarter: &str, days: f64, titles: usize) -> Vec<u8> {
    let mut rows: Vec<Value> = (0..titles).map(|n| json!([format!("Housing benefit statistics, table {n}")])).collect();
    rows.extend([
        json!(["Quarter", "ONS Code", "LA Name", "Region", "Average days1", "Caseload"]),
        json!([quarter, "E92000001", "ENGLAND", null, 21.4, 2_100_000]),
        json!([quarter, "E07000008", "Cambridge", "East", 19.5, 5_200]),
        json!([quarter, "E07000011", "Huntingdonshire ", "East", days, 6_100]),
        json!([quarter, "E06000018", "Nottingham UA", "East Midlands", "..", 30_400]),
        json!([]),
        json!(["1. Working days."]),
    ]);
    workbook(sheet, &Value::Array(rows))
}

async fn tables(client: &Client<'_>, id: &str) -> Value {
    client.gql(TABLES, json!({ "id": id })).await.data()["node"].clone()
}

fn mapping() -> Value {
    json!({
        "tables": [{ "sheet": "Q1 2024-25", "columns": [
            { "heading": "Average days", "role": "RESULT", "indicator": "BN01" },
            { "heading": "Caseload", "role": "NOT_READ" },
        ] }],
        "missing": [{ "word": "..", "means": "NOT_AVAILABLE" }],
    })
}

#[tokio::test]
async fn a_table_about_everybody_is_asked_about_mapped_kept_and_read_by_itself_next_time() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit(world.code, "stats.xlsx", edition("Q1 2024-25", "2024/25 Q1", 22.4, 2)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(counts(&plan)[..4], [0, 0, 0, 0], "{plan:#}");
        assert_eq!(findings(&plan), ["COL-005 at Q1 2024-25!E3", "COL-005 at Q1 2024-25!F3"], "{plan:#}");
        let told = tables(&keeper, &id).await;
        let table = &told["tables"][0];
        assert_eq!((&told["state"], &told["layout"]), (&json!("REFUSED"), &json!("BENCHMARK")), "{told:#}");
        assert_eq!(
            (&table["firstHeadingRow"], &table["rowsRead"], &table["mappingName"]),
            (&json!(3), &json!(1), &Value::Null),
            "{told:#}"
        );
        let roles: Vec<&str> = table["columns"].as_array().expect("columns").iter().filter_map(|c| c["role"].as_str()).collect();
        assert_eq!(roles, ["PERIOD", "AREA_CODE", "AREA", "NOT_READ", "RESULT", "RESULT"], "{told:#}");
        let stepped = table["steppedOver"].to_string();
        for why in ["TITLE", "SUBTOTAL", "OTHER_AUTHORITY", "NOTES"] {
            assert!(stepped.contains(why), "{why}: {stepped}");
        }

        // The sender says what the columns are, and the team keeps it.
        let input = json!({ "id": id, "mapping": mapping(), "saveAs": "Benefit statistics" });
        let mapped = keeper.gql(MAP, json!({ "input": input })).await.data();
        assert_eq!(mapped["importMap"]["userErrors"], json!([]), "{mapped:#}");
        harness.settle().await;
        let plan = keeper.plan(&id).await;
        assert_eq!(lines(&plan), ["NEW BN01 2024/25 Q1: nothing → 22.4 days"], "{plan:#}");
        let done = keeper.accept(&id, json!({})).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        assert_eq!(read(&keeper, "BN01", "2024/25 Q1", None).await["value"], "22.4");

        // The next edition: another sheet name, another title row. Nothing has to be said.
        let id = keeper.submit(world.code, "stats-2.xlsx", edition("Q2 2024-25", "2024/25 Q2", 21.9, 4)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(lines(&plan), ["NEW BN01 2024/25 Q2: nothing → 21.9 days"], "{plan:#}");
        assert_eq!(tables(&keeper, &id).await["tables"][0]["mappingName"], "Benefit statistics");

        // It is the council's, and can be taken away.
        let kept = keeper.gql(KEPT, json!({})).await.data()["council"]["importMappings"].clone();
        assert_eq!(
            kept[0]["mapping"]["tables"][0]["columns"][0],
            json!({ "heading": "Average days", "role": "RESULT", "indicator": "BN01" })
        );
        let removed = keeper.gql(REMOVE, json!({ "input": { "id": kept[0]["id"] } })).await.data();
        assert_eq!(removed["importMappingRemove"], json!({ "mapping": { "name": "Benefit statistics" }, "userErrors": [] }));
        let again = keeper.gql(REMOVE, json!({ "input": { "id": kept[0]["id"] } })).await.data();
        assert_eq!(again["importMappingRemove"]["userErrors"][0]["code"], "MAPPING_NOT_FOUND");
    })
    .await;
}

#[tokio::test]
async fn a_mapping_that_cannot_be_followed_is_refused_with_its_part_and_changes_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit(world.code, "stats.xlsx", edition("Q1 2024-25", "2024/25 Q1", 22.4, 2)).await;
        let before = harness.holds(world.council).await;
        let column = |column: Value| json!({ "tables": [{ "columns": [column] }] });
        for (mapping, part) in [
            (column(json!({ "column": "1", "role": "RESULT" })), "column"),
            (column(json!({ "role": "RESULT" })), "columns"),
            (column(json!({ "column": "E", "role": "RESULT", "period": "some time" })), "period"),
            (json!({ "tables": [{ "firstHeadingRow": 0 }] }), "heading"),
            (json!({ "missing": [{ "word": "", "means": "NOT_AVAILABLE" }] }), "missing"),
        ] {
            let said = keeper.gql(MAP, json!({ "input": { "id": id, "mapping": mapping } })).await.data();
            let error = &said["importMap"]["userErrors"][0];
            assert_eq!(error["code"], "MAPPING_INVALID", "{mapping}: {said}");
            assert!(error["field"].to_string().contains(part), "{mapping}: {error}");
        }
        for (id, name, code) in [("w00000000000000000000000000000000", "Stats", "IMPORT_NOT_FOUND"), (id.as_str(), " ", "NAME_INVALID")] {
            let said = keeper.gql(MAP, json!({ "input": { "id": id, "mapping": {}, "saveAs": name } })).await.data();
            assert_eq!(said["importMap"]["userErrors"][0]["code"], code, "{said}");
        }
        assert_eq!(harness.holds(world.council).await, before);
        assert_eq!(tables(&keeper, &id).await["state"], "REFUSED");
    })
    .await;
}

#[tokio::test]
async fn a_mapping_is_given_with_the_file_or_by_name() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let submit = "mutation($input: ImportSubmitInput!) { importSubmit(input: $input) { import { id } userErrors { code } } }";
        let send = async |more: Value| {
            let sent: Value = keeper.upload("stats.xlsx", edition("Q1 2024-25", "2024/25 Q1", 22.4, 1)).await.json().await.expect("JSON");
            let mut input = json!({ "council": world.code, "upload": sent["upload"] });
            input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            let done = keeper.gql(submit, json!({ "input": input })).await.data();
            harness.settle().await;
            done["importSubmit"].clone()
        };
        let given = send(json!({ "mapping": mapping() })).await;
        let id = given["import"]["id"].as_str().expect("an id").to_owned();
        assert_eq!(lines(&keeper.plan(&id).await), ["NEW BN01 2024/25 Q1: nothing → 22.4 days"]);
        assert_eq!(tables(&keeper, &id).await["tables"][0]["mappingName"], "");

        assert_eq!(send(json!({ "mappingName": "Benefit statistics" })).await["userErrors"][0]["code"], "MAPPING_NOT_FOUND");
        let save = "mutation($input: ImportMappingSaveInput!) { importMappingSave(input: $input) { userErrors { code } } }";
        let input = json!({ "council": world.code, "name": "Benefit statistics", "mapping": mapping() });
        assert_eq!(keeper.gql(save, json!({ "input": input })).await.data()["importMappingSave"]["userErrors"], json!([]));
        let named = send(json!({ "mappingName": "Benefit statistics" })).await;
        let id = named["import"]["id"].as_str().expect("an id").to_owned();
        assert_eq!(counts(&keeper.plan(&id).await)[..4], [1, 0, 0, 0]);
        let both = send(json!({ "mappingName": "Benefit statistics", "mapping": mapping() })).await;
        assert_eq!(both["userErrors"][0]["code"], "MAPPING_TWICE");
    })
    .await;
}
