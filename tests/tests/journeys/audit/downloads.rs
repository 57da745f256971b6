//! Every file that leaves is on record: who asked for its link, and from where it was fetched.

use serde_json::json;
use tests::{World, for_each_database, trail, workbook};

#[tokio::test]
async fn a_file_that_is_sent_stands_in_the_trail_and_one_that_is_not_does_not() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", 61.2]]);
        keeper.take(world.code, "q1.xlsx", workbook("Return", &rows)).await;
        let input = json!({ "council": world.code, "forum": "OSP", "period": "2024/25 Q1" });
        let pack = keeper.run("PackBuild", json!({ "input": input })).await.data()["packBuild"]["pack"]["id"].clone();
        harness.settle().await;
        let before = trail(harness, world.council, 0).await.len() as i64;
        let url = keeper.run("Pack", json!({ "id": pack })).await.data()["node"]["download"]["url"].clone();
        let url = url.as_str().expect("a link").to_owned();
        assert_eq!(trail(harness, world.council, before).await, [], "a link alone is no download");

        let sent = harness.visitor().download(&url).await;
        let request = sent.headers()["x-request-id"].to_str().expect("an id").to_owned();
        assert_eq!(sent.status(), 200);
        let told = trail(harness, world.council, before).await;
        assert_eq!(told.len(), 1, "{told:#?}");
        let one = &told[0];
        assert_eq!((one.verb.as_str(), one.outcome.as_str(), one.via.as_str()), ("download", "DONE", "link"));
        assert_eq!((one.person, one.role.as_deref()), (Some(world.keeper.id), Some("PERFORMANCE_TEAM")));
        assert_eq!(one.subject, format!("pack {}", tests::uuid_of(&pack)));
        assert_eq!(one.after.as_deref(), Some(r#"{"file":"performance-pack-huntingdonshire-april-to-june-2024.xlsx"}"#));
        assert_eq!((one.request.as_deref(), one.address.as_deref()), (Some(request.as_str()), Some("127.0.0.1")));

        // A head sends nothing; a range is answered whole; each is what it is.
        let path = url.trim_start_matches(&harness.url);
        let client = reqwest::Client::new();
        assert_eq!(client.head(format!("{}{path}", harness.url)).send().await.expect("is answered").status(), 200);
        assert_eq!(trail(harness, world.council, before).await.len(), 1);
        let part = client.get(format!("{}{path}", harness.url)).header("range", "bytes=0-9").send().await.expect("is answered");
        assert_eq!(part.status(), 200);
        assert_eq!(trail(harness, world.council, before).await.len(), 2);

        // What is refused sends nothing either.
        assert_eq!(harness.visitor().download(&format!("{url}x")).await.status(), 401);
        harness.later(chrono::Duration::minutes(6));
        assert_eq!(harness.visitor().download(&url).await.status(), 401);
        assert_eq!(trail(harness, world.council, before).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_link_of_somebody_suspended_since_opens_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let query = "mutation($input: TemplateIssueInput!) { templateIssue(input: $input) { template { download { url } } } }";
        let input = json!({ "council": world.code, "element": "S1", "period": "2024/25 Q1" });
        let data = world.keeper().gql(query, json!({ "input": input })).await.data();
        let url = data["templateIssue"]["template"]["download"]["url"].as_str().expect("a link").to_owned();
        assert_eq!(harness.visitor().download(&url).await.status(), 200);
        let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let suspend = "UPDATE person SET suspended_at = '2024-10-14 09:00:00+00:00'";
        sea_orm::ConnectionTrait::execute_unprepared(&*change, suspend).await.expect("suspends");
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let before = trail(harness, world.council, 0).await.len();
        assert_eq!(harness.visitor().download(&url).await.status(), 401);
        assert_eq!(trail(harness, world.council, 0).await.len(), before);
    })
    .await;
}
