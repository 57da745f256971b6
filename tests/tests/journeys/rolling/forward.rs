//! Marking, rolling forward and adopting: what is carried on, who goes on seeing what, and that the past is not repainted.

use goldenthread::access::GrantScope;
use rules::framework::ElementRow;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, day, for_each_database, framework, framework_of, trail, workbook};

use super::{CODE, act, adoption, codes, marks, next};

const STATES: &str = "query($code: String!) { council(code: $code) { framework { edition } frameworks { edition state standsUntil }
    indicator(code: \"PL01\") { code } } }";

#[tokio::test]
async fn an_edition_is_made_from_the_last_and_takes_its_place_on_its_day() {
    for_each_database(async |harness| {
        let mut book = framework(CODE);
        // Planning moved in October; what is carried on stands where it stood last.
        let at = book.elements.iter().position(|element| element.code == "S2").expect("Planning");
        let moved = ElementRow { parent: Some("D2".into()), stands_from: Some(day("2024-10-01")), ..book.elements[at].clone() };
        book.elements[at].stands_until = Some(day("2024-09-30"));
        book.elements.push(moved);
        let world = World::with(harness, CODE, &book).await;
        let keeper = world.keeper();
        let s1 = GrantScope::Element(world.element("S1").await);
        let manager = harness.person(world.council, "Mina Manager", &[(Role::ServiceManager, s1)]).await;
        let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", "2024/25 Q1", 61.2]]);
        keeper.take(CODE, "q1.xlsx", workbook("Return", &rows)).await;

        let marked = act(&keeper, "IndicatorMark", marks()).await.expect("is marked");
        assert_eq!(marked["framework"]["edition"], "2024/25");
        let read = "query($code: String!) { council(code: $code) { indicator(code: \"PL01\") { mark { disposition reason } } } }";
        let mark = keeper.gql(read, json!({ "code": CODE })).await.data()["council"]["indicator"]["mark"].clone();
        assert_eq!(mark, json!({ "disposition": "REMOVE", "reason": "No longer ours" }));
        // A workbook brought in again leaves marks as they are.
        let mut again = book.clone();
        again.indicators[2].title = "Major applications in time".into();
        keeper.take(CODE, "framework.xlsx", tests::workbook_of(&again)).await;

        let rolled = act(&keeper, "FrameworkRollForward", next()).await.expect("is rolled forward");
        assert_eq!((&rolled["framework"]["state"], &rolled["framework"]["title"]), (&json!("DRAFT"), &json!("Performance Framework")));
        assert_eq!(codes(&rolled), ["WM01", "WM02", "BN01", "SI01"]);
        assert_eq!(rolled["carried"], json!(["WM01", "WM02", "BN01", "SI01"]));
        assert_eq!(rolled["unmarked"], json!(["WM02", "SI01"]), "nobody had marked these");
        assert_eq!(rolled["left"], json!([{ "code": "PL01", "because": "REMOVED" }]));
        assert_eq!(rolled["ended"], json!([]));
        let made = "query($code: String!) { council(code: $code) { framework(at: \"2025/26\") { edition
            elements { code children { code children { code } } } } } }";
        let framework = keeper.gql(made, json!({ "code": CODE })).await.data()["council"]["framework"].clone();
        assert_eq!(framework["edition"], "2025/26");
        let people = framework["elements"].as_array().expect("tops").iter().find(|top| top["code"] == "D2").expect("People").clone();
        let below: Vec<&str> = people["children"].as_array().expect("services").iter().filter_map(|one| one["code"].as_str()).collect();
        assert!(below.contains(&"S2") && below.contains(&"S3"), "{below:?}");
        let framework_id = "SELECT id FROM framework WHERE edition = '2025/26'";
        for (rows, count) in [
            (format!("reporting_period WHERE framework_id = ({framework_id})"), 5),
            (format!("reporting_period WHERE framework_id = ({framework_id}) AND period_start < '2025-04-01'"), 0),
            (format!("membership WHERE framework_id = ({framework_id})"), 4),
            (format!("indicator_link WHERE framework_id = ({framework_id})"), 3),
            (format!("element_link WHERE framework_id = ({framework_id})"), 1),
            (format!("status_rule WHERE framework_id = ({framework_id})"), 1),
            (format!("forum_remit WHERE element_id IN (SELECT id FROM element WHERE framework_id = ({framework_id}))"), 1),
            ("indicator_version".to_owned(), 6),
        ] {
            assert_eq!(harness.count(world.council, &rows).await, count, "{rows}");
        }

        // A draft is in force for nobody, and neither is an edition that begins next year.
        let states = async || keeper.gql(STATES, json!({ "code": CODE })).await.data()["council"].clone();
        let now = states().await;
        assert_eq!((&now["framework"]["edition"], &now["indicator"]["code"]), (&json!("2024/25"), &json!("PL01")));
        let adopted = act(&keeper, "FrameworkAdopt", adoption()).await.expect("is adopted");
        assert_eq!(
            (&adopted["framework"]["state"], &adopted["framework"]["adoptedBy"], &adopted["framework"]["minuteReference"]),
            (&json!("ADOPTED"), &json!("Council"), &json!("24/90"))
        );
        let now = states().await;
        assert_eq!((&now["framework"]["edition"], &now["indicator"]["code"]), (&json!("2024/25"), &json!("PL01")));
        let expected = json!([
            { "edition": "2025/26", "state": "ADOPTED", "standsUntil": "2026-03-31" },
            { "edition": "2024/25", "state": "ADOPTED", "standsUntil": "2025-03-31" },
        ]);
        assert_eq!(now["frameworks"], expected);

        harness.at("2025-04-02T09:00:00Z");
        let keeper = world.keeper_now();
        let now = keeper.gql(STATES, json!({ "code": CODE })).await.data()["council"].clone();
        assert_eq!((&now["framework"]["edition"], &now["indicator"]), (&json!("2025/26"), &Value::Null));
        assert_eq!(now["frameworks"][1], json!({ "edition": "2024/25", "state": "SUPERSEDED", "standsUntil": "2025-03-31" }));
        // The service manager's role goes with the ref of the service, and the past is judged as it was.
        let manager = harness.client(Some(harness.token(manager.id, Some(world.council))));
        let series = "query($code: String!) { council(code: $code) { framework(at: \"2024/25 Q1\") { edition } indicator(code: \"WM01\") {
            owner { code } series(until: \"2024/25 Q1\", last: 1) { target status { colour because } } } } }";
        let told = manager.gql(series, json!({ "code": CODE })).await.data()["council"].clone();
        assert_eq!((&told["framework"]["edition"], &told["indicator"]["owner"]["code"]), (&json!("2024/25"), &json!("S1")));
        let point = &told["indicator"]["series"][0];
        assert_eq!((&point["target"], &point["status"]["colour"]), (&json!("60"), &json!("GREEN")));
        assert!(point["status"]["because"].as_str().is_some_and(|why| why.contains("1 April 2023")), "{point}");
        let verbs: Vec<String> = trail(harness, world.council, 0).await.into_iter().map(|event| event.verb).collect();
        let told: Vec<&str> =
            verbs.iter().map(String::as_str).filter(|verb| verb.starts_with("framework.") || *verb == "indicator.mark").collect();
        assert_eq!(told, ["indicator.mark", "framework.roll-forward", "framework.adopt"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_follow_is_refused_and_changes_nothing() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let keeper = world.keeper();
        let stranger = World::new(harness, "devon").await;
        let manager = harness.sign_in(&world.somebody(Role::ServiceManager).await);
        let held = harness.holds(world.council).await;
        let with = |mut input: Value, field: &str, value: Value| {
            input[field] = value;
            input
        };
        let one = |indicator: &str, disposition: &str, reason: Value| {
            json!({ "marks": [{ "indicator": indicator, "disposition": disposition, "reason": reason }] })
        };
        for (name, input, code) in [
            ("IndicatorMark", json!({ "marks": [] }), "MARKS_NEEDED"),
            ("IndicatorMark", one("NONE", "RETAIN", Value::Null), "INDICATOR_NOT_FOUND"),
            ("IndicatorMark", one("PL01", "REMOVE", Value::Null), "REASON_NEEDED"),
            ("IndicatorMark", one("PL01", "AMEND", json!(" ")), "REASON_NEEDED"),
            ("IndicatorMark", with(marks(), "edition", json!("1999/00")), "EDITION_NOT_FOUND"),
            ("IndicatorMark", with(marks(), "council", json!("devon")), "COUNCIL_NOT_FOUND"),
            ("FrameworkRollForward", with(next(), "edition", json!(" ")), "EDITION_NEEDED"),
            ("FrameworkRollForward", with(next(), "edition", json!("2024/25")), "EDITION_TAKEN"),
            ("FrameworkRollForward", with(next(), "from", json!("1999/00")), "EDITION_NOT_FOUND"),
            ("FrameworkRollForward", with(next(), "standsUntil", json!("2025-03-31")), "EDITION_DATES"),
            ("FrameworkRollForward", with(next(), "standsUntil", json!("2035-04-01")), "EDITION_DATES"),
            ("FrameworkRollForward", with(next(), "standsFrom", json!("2024-04-01")), "EDITION_DATES"),
            ("FrameworkRollForward", with(next(), "council", json!("devon")), "COUNCIL_NOT_FOUND"),
            ("FrameworkAdopt", adoption(), "EDITION_NOT_FOUND"),
            ("FrameworkAdopt", with(adoption(), "edition", json!("2024/25")), "EDITION_NOT_DRAFT"),
            ("FrameworkAdopt", with(adoption(), "adoptedBy", json!("")), "DECISION_NEEDED"),
            ("FrameworkAdopt", with(adoption(), "minuteReference", json!(" ")), "DECISION_NEEDED"),
            ("FrameworkAdopt", with(adoption(), "adoptedOn", json!("2024-10-15")), "DECISION_TO_COME"),
        ] {
            assert_eq!(act(&keeper, name, input.clone()).await, Err(code.to_owned()), "{name} {input}");
            assert_eq!(act(&stranger.keeper(), name, with(input, "council", json!(CODE))).await, Err("COUNCIL_NOT_FOUND".to_owned()));
        }
        for (name, input) in [("IndicatorMark", marks()), ("FrameworkRollForward", next()), ("FrameworkAdopt", adoption())] {
            assert_eq!(act(&manager, name, input).await, Err("FORBIDDEN".to_owned()));
        }
        assert_eq!(harness.holds(world.council).await, held);

        act(&keeper, "FrameworkRollForward", next()).await.expect("is rolled forward");
        // Nothing is made from a draft; two drafts may be made, and one of them adopted.
        let third = json!({ "edition": "2026/27", "from": "2025/26", "standsFrom": "2026-04-01" });
        assert_eq!(act(&keeper, "FrameworkRollForward", third).await, Err("EDITION_NOT_ADOPTED".to_owned()));
        let other = json!({ "edition": "2025/26 b", "standsFrom": "2025-04-01" });
        act(&keeper, "FrameworkRollForward", other).await.expect("another draft");
        let (one, two) = tokio::join!(act(&keeper, "FrameworkAdopt", adoption()), act(&keeper, "FrameworkAdopt", adoption()));
        assert_eq!([&one, &two].iter().filter(|result| result.is_ok()).count(), 1, "{one:?} {two:?}");
        assert!([&one, &two].iter().any(|result| **result == Err("EDITION_NOT_DRAFT".to_owned())));
        let late = with(adoption(), "edition", json!("2025/26 b"));
        assert_eq!(act(&keeper, "FrameworkAdopt", late).await, Err("EDITION_BEFORE_ANOTHER".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn sixty_indicators_roll_forward_in_as_many_statements_as_five() {
    for_each_database(async |harness| {
        let mut costs = Vec::new();
        for (council, indicators) in [("huntingdonshire", 5), ("devon", 60)] {
            let world = World::with(harness, council, &framework_of(council, indicators)).await;
            let mut input = next();
            input["council"] = json!(council);
            let all: Vec<Value> =
                world_codes(&world).await.into_iter().map(|code| json!({ "indicator": code, "disposition": "RETAIN" })).collect();
            let marked = harness.statements(act(&world.keeper(), "IndicatorMark", json!({ "council": council, "marks": all }))).await;
            let rolled = harness.statements(act(&world.keeper(), "FrameworkRollForward", input)).await;
            assert_eq!(rolled.1.as_ref().map(|payload| payload["carried"].as_array().map(Vec::len)), Ok(Some(indicators)));
            let compare =
                "query($code: String!) { council(code: $code) { frameworkComparison(from: \"2024/25\", to: \"2025/26\") { retained } } }";
            let compared = harness.statements(world.keeper().gql(compare, json!({ "code": council }))).await;
            assert_eq!(compared.1.data()["council"]["frameworkComparison"]["retained"].as_array().map(Vec::len), Some(indicators));
            costs.push([marked.0, rolled.0, compared.0]);
        }
        assert_eq!(costs[0], costs[1]);
    })
    .await;
}

async fn world_codes(world: &World<'_>) -> Vec<String> {
    let query = "query($code: String!) { council(code: $code) { framework { indicators(first: 500) { nodes { code } } } } }";
    let data = world.keeper().gql(query, json!({ "code": world.code })).await.data();
    let nodes = data["council"]["framework"]["indicators"]["nodes"].as_array().expect("indicators").clone();
    nodes.iter().map(|node| node["code"].as_str().expect("a code").to_owned()).collect()
}
