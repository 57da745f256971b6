//! A council that ends: looked at first, done as it was looked at, and its past as it was.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, day, for_each_database, trail, workbook};

use super::{APPLY, Party, RECEIVE, act, agree};
use crate::imports::first_quarter;

const PLAN: &str = "query($code: String!, $elements: [EndElementInput!]!, $grants: [EndGrantInput!]!) { council(code: $code) {
    reorganisationPlan(successor: \"ouse\", endElements: $elements, endGrants: $grants) { digest applied carried ended lastDay problems
        elements { code parent fate because } grants { id email role element fate because stays } } } }";

async fn plan(client: &Client<'_>, elements: &Value) -> Value {
    let variables = json!({ "code": "huntingdonshire", "elements": elements, "grants": [] });
    client.gql(PLAN, variables).await.data()["council"]["reorganisationPlan"].clone()
}

fn fates(rows: &Value, name: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    rows.as_array()
        .expect("rows")
        .iter()
        .map(|row| format!("{} {}: {}", text(&row[name]), text(&row["fate"]), text(&row["because"])))
        .collect()
}

#[tokio::test]
async fn a_council_ends_as_it_was_looked_at_and_its_past_reads_as_it_was() {
    for_each_database(async |harness| {
        let (old, new) = (Party::of(harness, "huntingdonshire").await, Party::of(harness, "ouse").await);
        old.world.keeper().take(old.world.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let s1 = GrantScope::Element(old.world.element("S1").await);
        let s3 = GrantScope::Element(old.world.element("S3").await);
        harness.person(old.world.council, "Wanda Waste", &[(Role::ServiceManager, s1)]).await;
        harness.person(old.world.council, "Ben Benefits", &[(Role::ServiceManager, s3)]).await;
        agree(&old, &new, "MERGED").await;
        let scorecard = async || {
            let variables = json!({ "council": "huntingdonshire", "period": "2024/25 Q1" });
            old.world.keeper().run("Scorecard", variables).await.data()
        };
        let before = (scorecard().await, harness.holds(old.world.council).await);

        // Looking changes nothing.
        let ends = json!([{ "code": "D2", "reason": "Goes to the county" }]);
        let looked = plan(&old.administrator, &ends).await;
        assert_eq!(
            (&looked["lastDay"], &looked["applied"], &looked["problems"], &looked["ended"]),
            (&json!("2025-03-31"), &json!(false), &json!([]), &json!(4))
        );
        assert_eq!(
            fates(&looked["elements"], "code")[4..],
            ["D1 CARRIED: -", "S1 CARRIED: -", "S2 CARRIED: -", "D2 ENDED: Goes to the county", "S3 ENDED: It stands below D2, which ends."]
        );
        assert_eq!(
            fates(&looked["grants"], "email"),
            [
                "adi.admin@example.org ENDED: The successor chooses who enters its people.",
                "ben.benefits@example.org ENDED: The element it is over is not carried on.",
                "perry.team@example.org CARRIED: -",
                "wanda.waste@example.org CARRIED: -",
            ]
        );
        assert_eq!(harness.holds(old.world.council).await, before.1);

        // Another plan than the one that was looked at is not done.
        let input = |digest: &Value, elements: &Value| {
            json!({ "council": "huntingdonshire", "successor": "ouse", "digest": digest, "endElements": elements })
        };
        let refused = act(&old.administrator, APPLY, input(&looked["digest"], &json!([]))).await;
        assert_eq!(refused, Err("PLAN_CHANGED input.digest".to_owned()));
        harness.person(old.world.council, "Nina New", &[(Role::Staff, s1)]).await;
        let refused = act(&old.administrator, APPLY, input(&looked["digest"], &ends)).await;
        assert_eq!(refused, Err("PLAN_CHANGED input.digest".to_owned()));
        let digest = plan(&old.administrator, &ends).await["digest"].clone();
        let done = act(&old.administrator, APPLY, input(&digest, &ends)).await.expect("is done");
        assert_eq!((&done["applied"], &done["successor"]["code"], &done["ended"]), (&json!(true), &json!("ouse"), &json!(4)));
        assert_eq!(act(&old.administrator, APPLY, input(&digest, &ends)).await, Err("PLAN_APPLIED input.successor".to_owned()));
        let last = trail(harness, old.world.council, 0).await.pop().expect("an event");
        assert_eq!(
            (last.verb.as_str(), serde_json::from_str::<Value>(last.after.as_deref().expect("a state")).expect("JSON")),
            (
                "reorganisation.apply",
                json!({ "successor": "ouse", "lastDay": "2025-03-31", "carried": { "elements": 7, "grants": 3 },
                    "ended": { "elements": 2, "grants": 2 } })
            )
        );

        // The past reads as it did; on the first day of the successor only whoever keeps the record has a role.
        assert_eq!(scorecard().await, before.0);
        harness.at("2025-04-01T09:00:00Z");
        let now = |person: &Client<'_>| {
            let id = person.person().expect("somebody");
            harness.client(Some(harness.token(id, Some(old.world.council))))
        };
        let can = async |client: Client<'_>| client.gql("{ viewer { can } }", json!({})).await.data()["viewer"]["can"].clone();
        assert_eq!(can(now(&old.world.keeper())).await, json!([]));
        assert_eq!(can(now(&old.administrator)).await, json!(["VIEW_PUBLISHED", "MANAGE_PEOPLE", "MANAGE_SETTINGS", "REORGANISE"]));
    })
    .await;
}

#[tokio::test]
async fn nobody_looks_at_another_councils_plan_and_none_is_made_without_a_successor() {
    for_each_database(async |harness| {
        let (old, new) = (Party::of(harness, "huntingdonshire").await, Party::of(harness, "ouse").await);
        let variables = json!({ "code": "huntingdonshire", "elements": [], "grants": [] });
        assert_eq!(old.administrator.gql(PLAN, variables.clone()).await.codes(), ["BAD_USER_INPUT"]);
        agree(&old, &new, "MERGED").await;
        assert_eq!(new.administrator.gql(PLAN, variables.clone()).await.body, json!({ "data": { "council": null } }));
        assert_eq!(old.world.keeper().gql(PLAN, variables).await.codes(), ["FORBIDDEN"]);
        let unknown = json!([{ "code": "NONE", "reason": "Goes" }]);
        let variables = json!({ "code": "huntingdonshire", "elements": unknown, "grants": [] });
        assert_eq!(old.administrator.gql(PLAN, variables).await.codes(), ["BAD_USER_INPUT"]);
        let digest = plan(&old.administrator, &json!([])).await["digest"].clone();
        let input = json!({ "council": "huntingdonshire", "successor": "ouse", "digest": digest, "endElements": unknown });
        assert_eq!(act(&old.administrator, APPLY, input).await, Err("ELEMENT_NOT_FOUND input.endElements".to_owned()));
        assert_eq!(
            act(&new.administrator, APPLY, json!({ "council": "huntingdonshire", "successor": "ouse", "digest": digest })).await,
            Err("COUNCIL_NOT_FOUND input.council".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn the_successor_takes_on_what_is_carried_all_of_it_once_or_nothing() {
    for_each_database(async |harness| {
        let old = Party::of(harness, "huntingdonshire").await;
        let mut book = tests::framework("ouse");
        book.edition.until = Some(day("2026-03-31"));
        let new = Party::with(harness, World::with(harness, "ouse", &book).await).await;
        let s1 = GrantScope::Element(old.world.element("S1").await);
        harness.person(old.world.council, "Wanda Waste", &[(Role::ServiceManager, s1)]).await;
        agree(&old, &new, "MERGED").await;
        let take = async |more: Value| {
            let mut input = json!({ "council": "ouse", "predecessor": "huntingdonshire" });
            input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            let data = new.administrator.gql(RECEIVE, json!({ "input": input })).await.data()["reorganisationReceive"].clone();
            let counts = ["elements", "people", "grants", "held"].map(|of| data[of].as_i64().expect("a count"));
            data["userErrors"][0]["code"].as_str().map_or(Ok(counts), |code| Err(code.to_owned()))
        };
        assert_eq!(take(json!({ "prefix": "H-" })).await, Err("PLAN_NOT_APPLIED".to_owned()));
        let ends = json!([{ "code": "CP", "reason": "The successor has its own" }]);
        let digest = plan(&old.administrator, &ends).await["digest"].clone();
        let input = json!({ "council": "huntingdonshire", "successor": "ouse", "digest": digest, "endElements": ends });
        act(&old.administrator, APPLY, input).await.expect("is done");

        let before = harness.holds(new.world.council).await;
        assert_eq!(take(json!({})).await, Err("ELEMENT_CODE_TAKEN".to_owned()), "both have a D1");
        // D1, S1, S2, D2, S3; Wanda, who is new, and Perry, who is known and holds the role already. Who enters people is not carried.
        let whole = Ok([5, 1, 1, 1]);
        assert_eq!(take(json!({ "prefix": "H-", "preview": true })).await, whole);
        assert_eq!(harness.holds(new.world.council).await, before, "looking changes nothing");
        assert_eq!(take(json!({ "prefix": "H-" })).await, whole);
        assert_eq!(take(json!({ "prefix": "X-" })).await, Err("PLAN_RECEIVED".to_owned()));

        // They stand, and hold, from the first day on.
        let read = "query($code: String!) { council(code: $code) { element(code: \"H-S1\") { title parent { code } }
            person(email: \"wanda.waste@example.org\") { name grants { role from } } } }";
        let read = async |client: Client<'_>| client.gql(read, json!({ "code": "ouse" })).await.body["data"]["council"].clone();
        harness.at("2025-04-01T09:00:00Z");
        let now = |person: &Client<'_>| harness.client(Some(harness.token(person.person().expect("somebody"), Some(new.world.council))));
        let element = read(now(&new.world.keeper())).await["element"].clone();
        assert_eq!(element, json!({ "title": "Waste Services", "parent": { "code": "H-D1" } }));
        let wanda = read(now(&new.administrator)).await["person"].clone();
        assert_eq!(wanda, json!({ "name": "Wanda Waste", "grants": [{ "role": "SERVICE_MANAGER", "from": "2025-04-01" }] }));
    })
    .await;
}
