//! What of a framework somebody sees who holds part of it, and what they are told of what they cannot do.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database};

/// The codes of a list of elements.
fn codes(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["code"].as_str().expect("a code")).collect()
}

async fn ask(client: &Client<'_>, fields: &str) -> Value {
    client.gql(&format!("{{ council(code: \"huntingdonshire\") {{ {fields} }} }}"), json!({})).await.data()["council"].clone()
}

#[tokio::test]
async fn who_holds_a_service_sees_its_thread_and_no_other_service() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let staff = harness.person(world.council, "Sam Staff", &[(Role::Staff, GrantScope::Element(world.element("S1").await))]).await;
        let staff = harness.sign_in(&staff);
        let seen = ask(&staff, "framework { elements { code children { code children { code children { code } } } } }").await;
        let tops = &seen["framework"]["elements"];
        // The directorate above, the plan above the outcome the service contributes to; not the other directorate.
        assert_eq!(codes(tops), ["CP", "D1"]);
        assert_eq!(codes(&tops[0]["children"][0]["children"]), ["O1"]);
        assert_eq!(codes(&tops[1]["children"]), ["S1"]);
        for (code, there) in [("S1", true), ("D1", true), ("O1", true), ("CP", true), ("S2", false), ("D2", false), ("O2", false)] {
            let found = ask(&staff, &format!("element(code: \"{code}\") {{ code }}")).await;
            assert_eq!(found["element"] != Value::Null, there, "{code}");
        }
        // What is not theirs answers exactly as what is not there.
        let absent = staff.gql("{ council(code: \"huntingdonshire\") { element(code: \"NONE\") { code } } }", json!({})).await;
        let other = staff.gql("{ council(code: \"huntingdonshire\") { element(code: \"S2\") { code } } }", json!({})).await;
        assert_eq!(absent, other);
        // Nor does the way round by what they see lead there.
        let round =
            ask(&staff, "indicator(code: \"WM01\") { owner { parent { children { code } } } outcomes { parent { children { code } } } }")
                .await;
        assert_eq!(codes(&round["indicator"]["owner"]["parent"]["children"]), ["S1"]);
        assert_eq!(codes(&round["indicator"]["outcomes"][0]["parent"]["children"]), ["O1"]);
        let gaps = ask(&staff, "threadGaps { element { code } indicator { code } }").await;
        for gap in gaps["threadGaps"].as_array().expect("gaps") {
            let code = gap["element"]["code"].as_str().or(gap["indicator"]["code"].as_str()).expect("a code");
            assert!(["CP", "P1", "O1", "D1", "S1", "WM01", "WM02", "SI01"].contains(&code), "{gap}");
        }
        // Whoever reads the whole council sees all of it.
        let all = ask(&world.keeper(), "framework { elements { code children { code } } }").await;
        assert_eq!(codes(&all["framework"]["elements"]), ["CP", "D1", "D2"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_locked_says_why_and_who_can_unlock_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let scope = [(Role::ServiceManager, GrantScope::Element(world.element("S1").await))];
        let manager = harness.person(world.council, "Mo Manager", &scope).await;
        let (manager, keeper) = (harness.sign_in(&manager), world.keeper());
        let lock = async |client: &Client<'_>, code: &str, period: &str| {
            let field = format!("indicator(code: \"{code}\") {{ lock(period: \"{period}\") {{ because unlockedBy roles people }} }}");
            ask(client, &field).await["indicator"]["lock"].clone()
        };
        assert_eq!(lock(&manager, "WM01", "2024/25 Q1").await, Value::Null);
        let unknown = lock(&manager, "WM01", "2031/32 Q1").await;
        assert_eq!((&unknown["unlockedBy"], &unknown["roles"]), (&json!("OPEN_AND_CLOSE_PERIODS"), &json!(["PERFORMANCE_TEAM"])));
        assert_eq!(unknown["people"], json!(["Perry Team"]));

        let close = "mutation { periodClose(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" }) { period { open \
            lock { because unlockedBy roles } viewerCan } userErrors { code } } }";
        let closed = keeper.gql(close, json!({})).await.data()["periodClose"]["period"].clone();
        assert_eq!(closed["lock"]["unlockedBy"], "OPEN_AND_CLOSE_PERIODS");
        assert_eq!(closed["viewerCan"], json!(["OPEN_AND_CLOSE_PERIODS", "ISSUE_TEMPLATE", "IMPORT_VALUES", "ASSURE_RETURN"]));
        let shut = lock(&manager, "WM01", "2024/25 Q1").await;
        assert_eq!(shut["because"], closed["lock"]["because"], "one reason, wherever it is told");
        assert!(shut["because"].as_str().is_some_and(|because| because.contains("is closed")), "{shut}");

        // Of the council's whole staff only those who may enter figures are told about periods.
        let auditor = harness.sign_in(&world.somebody(Role::InternalAudit).await);
        let not_theirs = lock(&auditor, "WM01", "2024/25 Q2").await;
        assert_eq!(not_theirs["unlockedBy"], "IMPORT_VALUES");
        assert_eq!(not_theirs["roles"], json!(["PERFORMANCE_TEAM", "SERVICE_MANAGER", "DATA_PROVIDER"]));
        assert_eq!(not_theirs["people"], json!(["Mo Manager", "Perry Team"]), "whoever may here, and not the other services");
        assert_eq!(lock(&auditor, "BN01", "2024/25 Q2").await["people"], json!(["Perry Team"]));
        // Many locks ask who may once.
        let many = "{ council(code: \"huntingdonshire\") { framework { indicators(first: 100) { nodes { lock(period: \"2031/32\") { people } } } } } }";
        let one = "{ council(code: \"huntingdonshire\") { framework { indicators(first: 1) { nodes { lock(period: \"2031/32\") { people } } } } } }";
        let count = async |query: &str| harness.statements(keeper.gql(query, json!({}))).await.0;
        assert_eq!(count(many).await, count(one).await);

        // And a button nobody shows is refused with the same names.
        let open = "mutation { periodOpen(input: { council: \"huntingdonshire\", period: \"2024/25 Q1\" }) { period { open } } }";
        let refused = manager.gql(open, json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let error = &refused.body["errors"][0];
        assert_eq!(error["extensions"]["permission"], "OPEN_AND_CLOSE_PERIODS");
        assert!(error["message"].as_str().is_some_and(|message| message.contains("performance team")), "{error}");
        let can = ask(&manager, "viewerCan reportingPeriods { viewerCan } element(code: \"S1\") { viewerCan } forums { viewerCan }").await;
        assert!(!can.to_string().contains("OPEN_AND_CLOSE_PERIODS"), "{can}");
    })
    .await;
}
