//! A page of indicators beside a group costs as much for three as for sixty.

use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, framework_of};

use super::{AREA, fly_tips, keep_group, map, said, stands};

const PAGE: &str = "query($council: String!) { council(code: $council) { framework(at: \"2024/25 Q2\") { indicators(first: 100) { nodes { code
    series(until: \"2024/25 Q2\", last: 4) { value }
    benchmark(period: \"2024/25 Q2\", last: 4) { period counted median rank position because source { dataset } members { code value } } } } } } }";

async fn cost(harness: &Harness, code: &'static str, area: &str, indicators: usize) -> (u64, usize) {
    let world = World::with(harness, code, &framework_of(code, indicators)).await;
    stands(&world, area).await;
    let keeper = world.keeper();
    let mut text = "Quarter,LA code,LA name,Measure code,Value\n".to_owned();
    for n in 6..=indicators {
        for (at, area) in ["E07000008", "E07000009", "E07000010", "E07000012", "E07000077"].iter().enumerate() {
            text += &format!("2024-25 Q1,{area},,X{n},{}\n2024-25 Q2,{area},,X{n},{}\n", at * 10 + n, at * 10 + n + 1);
        }
    }
    let dataset = format!("MANY-{indicators}");
    let file = super::File { name: "many.csv", text, dataset: &dataset, also: &[], ..fly_tips(harness) };
    said(&file.bring(harness));
    keep_group(&keeper, code).await;
    for n in 6..=indicators {
        let input =
            json!({ "council": code, "indicator": format!("IX{n:03}"), "dataset": dataset, "measure": format!("X{n}"), "group": "CIPFA" });
        let done = map(&keeper, input).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
    }
    let (sent, answer) = harness.statements(keeper.gql(PAGE, json!({ "council": code }))).await;
    let nodes = answer.data()["council"]["framework"]["indicators"]["nodes"].as_array().expect("nodes").clone();
    let compared = nodes.iter().filter(|node| node["benchmark"][3]["counted"] == 5).count();
    let one = nodes.iter().find(|node| node["code"] == "IX006").expect("it is there");
    // numpy.median([7, 17, 27, 37, 47]).
    assert_eq!((&one["benchmark"][3]["median"], &one["benchmark"][0]["counted"]), (&json!("27"), &json!(0)), "{one:#}");
    assert!(nodes.iter().filter(|node| node["code"] == "WM01").all(|node| node["benchmark"] == Value::Null));
    (sent, compared)
}

#[tokio::test]
async fn sixty_indicators_beside_a_group_cost_as_many_statements_as_eight() {
    for_each_database(async |harness| {
        let few = cost(harness, "huntingdonshire", AREA, 8).await;
        let many = cost(harness, "devon", "E07000041", 60).await;
        assert_eq!((few.1, many.1), (3, 55));
        assert_eq!(few.0, many.0);
    })
    .await;
}
