//! What anybody reads through the API without signing in.

use chrono::Duration;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework_of, workbook};

use super::{PUBLISH, UNPUBLISH, codes, released};
use crate::imports::first_quarter;

const READ: &str = "query($code: String!, $first: Int, $after: String) { published(council: $code) { code name
    indicators(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { code title unit polarity definition
        series { period value absence numerator denominator target intervention status publishedAt withdrawn notice } } } } }";

async fn read(world: &World<'_>, variables: Value) -> Value {
    world.harness.visitor().gql(READ, variables).await.data()["published"].clone()
}

#[tokio::test]
async fn anybody_reads_what_is_published_and_nothing_else() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let mut rows = first_quarter();
        rows[0] = json!(["Ref", "Indicator", "Period", "Result", "Numerator", "Denominator", "Commentary", "Reason for no result"]);
        rows[6] = json!(["BN01", "Days to process a claim", "2024/25 Q1", null, null, null, "Few claims.", "Suppressed"]);
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &rows)).await;
        let keeper = world.keeper();
        let of = json!({ "code": "huntingdonshire" });
        let name = json!("Huntingdonshire Council");
        let empty = read(&world, of.clone()).await;
        assert_eq!((&empty["name"], &empty["indicators"]["totalCount"], &empty["indicators"]["nodes"]), (&name, &json!(0), &json!([])));
        assert_eq!(read(&world, json!({ "code": "nowhere" })).await, Value::Null);

        // Nothing that no forum has seen.
        let publish = async || {
            let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
            keeper.gql(PUBLISH, json!({ "input": input })).await.data()["figuresPublish"].clone()
        };
        let unseen = publish().await;
        assert_eq!((&unseen["published"], &unseen["refused"][0]["reason"]), (&json!(0), &json!("NOT_RELEASED")), "{unseen:#}");
        released(&keeper, "SLT", "2024/25 Q1").await;
        harness.later(Duration::minutes(1));
        assert_eq!(publish().await["published"], 6);
        assert_eq!((publish().await["published"].clone(), publish().await["unchanged"].clone()), (json!(0), json!(6)));

        let all = read(&world, of.clone()).await;
        let node = |code: &str| all["indicators"]["nodes"].as_array().unwrap().iter().find(|node| node["code"] == code).unwrap().clone();
        let waste = node("WM01");
        assert_eq!(
            (&waste["title"], &waste["unit"], &waste["polarity"], &waste["definition"]),
            (
                &json!("Household waste recycled"),
                &json!("Per cent"),
                &json!("HIGHER_IS_BETTER"),
                &json!("Household waste recycled, counted as the service counts it.")
            )
        );
        let figure = &waste["series"][0];
        assert_eq!((&figure["value"], &figure["numerator"], &figure["denominator"]), (&json!("61.2"), &json!("612"), &json!("1000")));
        assert_eq!((&figure["target"], &figure["intervention"], &figure["status"]), (&json!("60"), &json!("55"), &json!("GREEN")));
        let hidden = &node("BN01")["series"][0];
        assert_eq!(
            (&hidden["value"], &hidden["absence"], &hidden["status"], &hidden["numerator"]),
            (&Value::Null, &json!("SUPPRESSED"), &json!("SUPPRESSED"), &Value::Null)
        );
        assert_eq!(node("WM02")["series"].as_array().unwrap().len(), 3);
        // The open tables say the same.
        let open = harness.visitor().get("/open/huntingdonshire/indicators/WM01.csv").send().await.expect("is answered");
        assert!(open.text().await.expect("text").contains(",61.2,,Final,60,55,"));

        // Corrected, it reads as it was published; withdrawn, the notice stands in its place.
        super::record(&world, "WM01", "2024/25 Q1", 59.9).await;
        assert_eq!(read(&world, of.clone()).await, all);
        let take = async |code: &str, notice: &str| {
            let input = json!({ "council": "huntingdonshire", "indicator": code, "period": "2024/25 Q1", "notice": notice });
            keeper.gql(UNPUBLISH, json!({ "input": input })).await.data()["publicationWithdraw"].clone()
        };
        assert_eq!(codes(&take("SI01", "None").await), ["NOT_PUBLISHED"]);
        assert_eq!(codes(&take("WM01", " ").await), ["REASON_NEEDED"]);
        assert_eq!(take("WM01", "A recount is under way.").await["withdrawn"], true);
        assert_eq!(codes(&take("WM01", "Twice").await), ["WITHDRAWN_ALREADY"]);
        // Whoever publishes a whole period does not bring it back.
        let whole = publish().await;
        let back = whole["refused"].as_array().unwrap().iter().find(|one| one["reason"] == "WITHDRAWN").cloned().unwrap_or_default();
        assert_eq!(
            (&whole["published"], &back["indicator"]),
            (&json!(0), &Value::Null),
            "it was corrected and is refused for that: {whole:#}"
        );
        assert_eq!(take("PL01", "Counted twice.").await["withdrawn"], true);
        let whole = publish().await;
        let reasons: Vec<_> =
            whole["refused"].as_array().unwrap().iter().map(|one| (one["indicator"].clone(), one["reason"].clone())).collect();
        assert!(reasons.contains(&(json!("PL01"), json!("WITHDRAWN"))), "{whole:#}");
        // By name it is, and a name said twice is one.
        let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1", "indicators": ["PL01", "pl01"] });
        assert_eq!(keeper.gql(PUBLISH, json!({ "input": input })).await.data()["figuresPublish"]["published"], 1);
        let gone =
            read(&world, of.clone()).await["indicators"]["nodes"].as_array().unwrap().iter().find(|n| n["code"] == "WM01").unwrap().clone();
        let figure = &gone["series"][0];
        let blank = ["value", "numerator", "denominator", "target", "intervention", "status", "absence"];
        assert!(blank.iter().all(|field| figure[*field].is_null()), "{figure}");
        assert_eq!((&figure["withdrawn"], &figure["notice"]), (&json!(true), &json!("A recount is under way.")));

        // A visitor gets nowhere else, and a suspended council has nothing.
        let visitor = harness.visitor();
        let council = visitor.gql("{ council(code: \"huntingdonshire\") { name } }", json!({})).await;
        assert_eq!(council.codes(), ["UNAUTHENTICATED"]);
        let operator = harness.sign_in(&harness.operator("Olive Platform").await);
        let suspend = "mutation { councilSuspend(input: { code: \"huntingdonshire\", reason: \"Left\" }) { userErrors { code } } }";
        operator.gql(suspend, json!({})).await.data();
        assert_eq!(read(&world, of).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn pages_of_what_is_published_follow_one_another_and_cost_the_same() {
    for_each_database(async |harness| {
        let mut costs = Vec::new();
        for (code, indicators) in [("huntingdonshire", 5), ("devon", 60)] {
            let world = World::with(harness, code, &framework_of(code, indicators)).await;
            let keeper = world.keeper();
            let mut rows = vec![json!(["Ref", "Period", "Result"]), json!(["WM01", "2024/25 Q1", 61.2]), json!(["PL01", "2024/25 Q1", 90])];
            rows.extend((6..=indicators).map(|n| json!([format!("IX{n:03}"), "2024/25 Q1", n])));
            keeper.take(code, "q1.xlsx", workbook("Return", &Value::Array(rows))).await;
            assert_eq!(codes(&super::release_in(&keeper, code, "SLT", "2024/25 Q1", None).await), Vec::<&str>::new());
            let input = json!({ "council": code, "period": "2024/25 Q1" });
            let (publishing, done) = harness.statements(keeper.gql(PUBLISH, json!({ "input": input }))).await;
            assert_eq!(done.data()["figuresPublish"]["published"], indicators - 3);
            let (reading, page) = harness.statements(read(&world, json!({ "code": code, "first": 100 }))).await;
            assert_eq!(page["indicators"]["nodes"].as_array().unwrap().len(), indicators - 3);
            costs.push((publishing, reading));
            let mut seen = Vec::new();
            let mut after = Value::Null;
            loop {
                let page = read(&world, json!({ "code": code, "first": 7, "after": after })).await["indicators"].clone();
                assert_eq!(page["totalCount"], indicators - 3);
                seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["code"].clone()));
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            let whole: Vec<Value> = page["indicators"]["nodes"].as_array().unwrap().iter().map(|node| node["code"].clone()).collect();
            assert_eq!(seen, whole);
        }
        assert_eq!(costs[0], costs[1], "publishing and reading");
        let visitor = harness.visitor();
        let refused = visitor.gql(READ, json!({ "code": "devon", "first": 101 })).await;
        assert_eq!(refused.codes(), ["LIMIT"]);
        let deep = "{ published(council: \"devon\") { indicators { nodes { series(last: 121) { value } } } } }";
        assert!(visitor.gql(deep, json!({})).await.codes().iter().all(|code| code == "LIMIT"));
    })
    .await;
}

#[tokio::test]
async fn of_versions_given_to_different_forums_the_one_released_last_is_the_public_s() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let keeper = world.keeper();
        let publish = async || {
            let input = json!({ "council": "huntingdonshire", "period": "2024/25 Q1", "indicators": ["WM01"] });
            let told = keeper.gql(PUBLISH, json!({ "input": input })).await.data()["figuresPublish"].clone();
            (told["published"].clone(), told["refused"][0]["reason"].clone())
        };
        let public =
            async || read(&world, json!({ "code": "huntingdonshire" })).await["indicators"]["nodes"][0]["series"][0]["value"].clone();
        let member = harness.sign_in(&{
            let team = goldenthread::access::GrantScope::Forum(world.forum("SLT").await);
            harness.person(world.council, "Terry Team", &[(rules::permission::Role::ScrutinyMember, team)]).await
        });
        let team = async || super::series(&member, "WM01", "2024/25 Q1", 1, None).await.unwrap();
        released(&keeper, "SLT", "2024/25 Q1").await;
        harness.later(Duration::minutes(1));
        super::record(&world, "WM01", "2024/25 Q1", 58.7).await;
        // What was corrected since was given to nobody as it is now.
        assert_eq!(publish().await, (json!(0), json!("CHANGED_SINCE")));
        harness.later(Duration::minutes(1));
        released(&keeper, "OSP", "2024/25 Q1").await;
        assert_eq!(publish().await, (json!(1), Value::Null));
        assert_eq!((public().await, team().await), (json!("58.7"), vec!["2024/25 Q1 61.2 GREEN RELEASED".to_owned()]));
        // Corrected again, the earlier version is no way to publish it, though one forum still reads that.
        harness.later(Duration::minutes(1));
        super::record(&world, "WM01", "2024/25 Q1", 61.2).await;
        assert_eq!(publish().await, (json!(0), json!("CHANGED_SINCE")));
        assert_eq!(public().await, "58.7");
    })
    .await;
}
