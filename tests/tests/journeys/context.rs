//! Measures that explain others: brought in by the framework workbook, shown beside what they explain.

use rules::measure::ForumGets;
use serde_json::json;
use tests::{World, for_each_database, framework, workbook};

use crate::packs::{bytes, cells, pack};

const CODE: &str = "huntingdonshire";

#[tokio::test]
async fn a_measure_stands_beside_what_it_explains() {
    for_each_database(async |harness| {
        let mut book = framework(CODE);
        // As somebody types it.
        book.indicators[4].context_for = vec!["wm01".into(), "WM02".into()];
        book.forums[0].gets = ForumGets::Headline;
        let world = World::with(harness, CODE, &book).await;
        let keeper = world.keeper();
        let query = "query($code: String!) { council(code: $code) { framework { indicators { nodes { code sensitive context { code
            series(until: \"2024/25 Q1\", last: 1) { value } context { code } } } } } } }";
        let read = async || keeper.gql(query, json!({ "code": CODE })).await.data()["council"]["framework"]["indicators"]["nodes"].clone();
        let nodes = read().await;
        let found: Vec<String> = nodes
            .as_array()
            .expect("indicators")
            .iter()
            .map(|node| format!("{}: {}", node["code"].as_str().unwrap_or(""), node["context"][0]["code"].as_str().unwrap_or("nothing")))
            .collect();
        assert_eq!(found, ["WM01: SI01", "WM02: SI01", "PL01: nothing", "BN01: nothing", "SI01: nothing"]);
        assert_eq!(nodes[0]["context"][0]["context"], json!([]));
        // Their figures are fetched together, however many they explain.
        let bare = harness.keeping_nothing().await;
        let asking = bare.sign_in(&world.keeper);
        let (statements, _) = harness.statements(asking.gql(query, json!({ "code": CODE }))).await;
        let one = "query($code: String!) { council(code: $code) { indicator(code: \"WM01\") { code sensitive context { code
            series(until: \"2024/25 Q1\", last: 1) { value } context { code } } } } }";
        let (of_one, _) = harness.statements(asking.gql(one, json!({ "code": CODE }))).await;
        assert!(statements <= of_one + 1, "{statements} and {of_one}");
        drop(asking);
        bare.close();

        // The forum gets headline indicators: what explains them comes with them.
        let rows = json!([
            ["Ref", "Indicator", "Period", "Result"],
            ["WM01", "Household waste recycled", "2024/25 Q1", 61.2],
            ["PL01", "Major applications decided in time", "2024/25 Q1", 88],
            ["SI01", "Households in the district", "2023/24", 81_000],
        ]);
        keeper.take(CODE, "q1.xlsx", workbook("Return", &rows)).await;
        let input = json!({ "council": CODE, "forum": "SLT", "period": "2024/25 Q1" });
        let asked = keeper.run("PackBuild", json!({ "input": input })).await.data();
        harness.settle().await;
        let id = asked["packBuild"]["pack"]["id"].as_str().expect("an id");
        let file = bytes(&keeper, &pack(&keeper, id).await).await;
        let listed = cells(&file, "Definitions");
        let codes: Vec<&str> =
            ["WM01", "WM02", "PL01", "BN01", "SI01"].into_iter().filter(|code| listed.iter().any(|c| c == code)).collect();
        assert_eq!(codes, ["WM01", "SI01"]);
    })
    .await;
}

#[tokio::test]
async fn what_explains_nothing_that_is_there_is_refused_at_its_cell() {
    for_each_database(async |harness| {
        let world = World::empty(harness, CODE).await;
        let mut book = framework(CODE);
        book.indicators[3].context_for = vec!["XX99".into()];
        book.indicators[4].context_for = vec!["SI01".into()];
        let id = world.keeper().submit(CODE, "framework.xlsx", tests::workbook_of(&book)).await;
        let plan = world.keeper().plan(&id).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Import { diagnostics(first: 50) { nodes { code message } } } } }";
        let found = world.keeper().gql(query, json!({ "id": id })).await.data()["node"]["diagnostics"]["nodes"].clone();
        let codes: Vec<&str> = found.as_array().expect("findings").iter().filter_map(|f| f["code"].as_str()).collect();
        assert!(codes.contains(&"FRM-007") && codes.contains(&"FRM-015"), "{found:#} {plan:#}");
        assert!(found.to_string().contains("SI01 cannot be the context of itself."), "{found:#}");
    })
    .await;
}
