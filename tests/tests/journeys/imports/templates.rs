//! A return template out, filled in, and back.

use serde_json::{Value, json};
use tests::{Client, Filled, World, for_each_database};

use super::{counts, findings, lines, read};

pub const ISSUE: &str = "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) {
    template { issue fingerprint rows period element { title } download { url expiresAt } } userErrors { code message field } } }";

/// A template's bytes, as the service hands it out.
pub async fn issue(client: &Client<'_>, council: &str, element: &str, period: &str) -> Vec<u8> {
    let input = json!({ "council": council, "element": element, "period": period });
    let data = client.gql(ISSUE, json!({ "input": input })).await.data();
    assert_eq!(data["templateIssue"]["userErrors"], json!([]));
    let url = data["templateIssue"]["template"]["download"]["url"].as_str().expect("a link").to_owned();
    client.download(&url).await.bytes().await.expect("bytes").to_vec()
}

#[tokio::test]
async fn a_template_says_what_is_owed_and_comes_back_filled_in() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let manager = harness.sign_in(&world.somebody(rules::permission::Role::ServiceManager).await);
        let input = json!({ "council": "huntingdonshire", "element": "S1", "period": "2024/25 Q1" });
        let data = manager.gql(ISSUE, json!({ "input": input })).await.data();
        let template = &data["templateIssue"]["template"];
        assert_eq!(
            (&template["issue"], &template["rows"], &template["element"]["title"]),
            (&json!(1), &json!(4), &json!("Waste Services"))
        );
        let url = template["download"]["url"].as_str().expect("a link");
        let bytes = manager.download(url).await.bytes().await.expect("bytes");

        let mut form = Filled::new(&bytes);
        assert_eq!(form.asked(), ["WM01, 2024/25 Q1", "WM02, 2024-04", "WM02, 2024-05", "WM02, 2024-06"]);
        form.fill("WM01", "2024/25 Q1", "Numerator (you fill in)", 612.0);
        form.fill("WM01", "2024/25 Q1", "Denominator (you fill in)", 1000.0);
        // Typed as 61.2 into a cell of percentages, Excel keeps 0.612.
        form.fill("WM01", "2024/25 Q1", "Result (you fill in)", 0.612);
        form.fill("WM02", "2024-04", "Result (you fill in)", 45.0);
        form.say("WM02", "2024-05", "If no result, why (you fill in)", "Not collected");
        form.fill("WM02", "2024-06", "Result (you fill in)", 61.0);
        form.say("WM02", "2024-06", "Commentary (you fill in)", "Two crews short.");
        form.say("WM02", "2024-06", "Action to get back on track (you fill in)", "Recruit four loaders");
        form.say("WM02", "2024-06", "Action owner (you fill in)", "Waste operations manager");

        let id = manager.submit("huntingdonshire", "Waste Q1.xlsx", form.bytes()).await;
        let plan = manager.plan(&id).await;
        assert_eq!((&plan["state"], &plan["layout"]), (&json!("PLANNED"), &json!("TEMPLATE")), "{plan:#}");
        let expected = [
            "NEW WM01 2024/25 Q1: nothing → 61.2% (612 of 1,000)",
            "NEW WM02 2024-04: nothing → 45",
            "NEW WM02 2024-05: nothing → Not collected",
            "NEW WM02 2024-06: nothing → 61",
        ];
        assert_eq!(lines(&plan), expected, "{plan:#}");
        assert_eq!(counts(&plan), [4, 0, 0, 0, 0, 0], "{:?}", findings(&plan));
        assert_eq!(manager.accept(&id, json!({})).await["userErrors"], json!([]));

        let keeper = world.keeper();
        assert_eq!(read(&keeper, "WM01", "2024/25 Q1", None).await["value"], "61.2");
        let june = read(&keeper, "WM02", "2024-06", None).await;
        assert_eq!((&june["value"], &june["commentary"]), (&json!("61"), &json!("Two crews short.")));
        let query = "{ council(code: \"huntingdonshire\") { indicator(code: \"WM02\") { series(until: \"2024-06\", last: 2) {
            value absence remedialAction { text owner due } } } } }";
        let series = keeper.gql(query, json!({})).await.data()["council"]["indicator"]["series"].clone();
        let action = json!({ "text": "Recruit four loaders", "owner": "Waste operations manager", "due": null });
        let expected = json!([
            { "value": null, "absence": "NOT_COLLECTED", "remedialAction": null },
            { "value": "61", "absence": null, "remedialAction": action },
        ]);
        assert_eq!(series, expected);

        // The very same file again.
        let again = manager.submit("huntingdonshire", "Waste Q1.xlsx", form.bytes()).await;
        let plan = manager.plan(&again).await;
        assert_eq!(counts(&plan)[..4], [0, 0, 4, 0], "{plan:#}");
    })
    .await;
}

#[tokio::test]
async fn a_second_template_of_the_same_return_is_the_next_issue() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let input = json!({ "council": "huntingdonshire", "element": "S1", "period": "2024/25 Q1" });
        let ask = async || keeper.gql(ISSUE, json!({ "input": input })).await.data()["templateIssue"]["template"].clone();
        let (first, second) = (ask().await, ask().await);
        assert_eq!((&first["issue"], &second["issue"]), (&json!(1), &json!(2)));
        assert_eq!(first["fingerprint"], second["fingerprint"]);
        assert_eq!(harness.count(world.council, "return_template").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_template_is_refused_where_nothing_can_be_returned() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let close = "mutation { periodClose(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" }) { userErrors { code } } }";
        keeper.gql(close, json!({})).await.data();
        for (element, period, code) in
            [("S9", "2024/25 Q2", "ELEMENT_NOT_FOUND"), ("S1", "2024/25 Q1", "PERIOD_CLOSED"), ("S1", "2021/22 Q1", "NO_FRAMEWORK")]
        {
            let input = json!({ "council": "huntingdonshire", "element": element, "period": period });
            let data = keeper.gql(ISSUE, json!({ "input": input })).await.data();
            let refused = &data["templateIssue"];
            assert_eq!((&refused["template"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!(code)), "{element} {period}");
        }
        assert_eq!(harness.count(world.council, "return_template").await, 0);
    })
    .await;
}
