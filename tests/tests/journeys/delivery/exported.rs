//! What is told goes out as a workbook and comes back as it is: the whole council's, a service's plan, or a blank to fill in.

use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::{CODE, Town, someone};
use crate::exports::{ask, fetch};
use goldenthread::access::GrantScope;
use rules::permission::Role;

const EXPORT: &str = "mutation($input: DeliveryExportInput!) {
    deliveryExport(input: $input) { records download { url } userErrors { code message } } }";

async fn exported(client: &Client<'_>, more: Value) -> (i64, Vec<u8>) {
    let mut input = json!({ "council": CODE });
    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let payload = ask(client, EXPORT, input).await;
    (payload["records"].as_i64().expect("a count"), fetch(client, &payload).await)
}

/// What sending a workbook would do.
async fn counts(client: &Client<'_>, name: &str, bytes: Vec<u8>) -> Value {
    let id = client.submit(CODE, name, bytes).await;
    client.plan(&id).await["counts"].clone()
}

fn same(records: i64) -> Value {
    json!({ "new": 0, "changed": 0, "same": records, "refused": 0, "errors": 0, "warnings": 0 })
}

#[tokio::test]
async fn what_goes_out_comes_back_unchanged_whoever_may_change_it() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let team = &town.keeper();
        let (records, bytes) = exported(team, json!({})).await;
        assert_eq!(records, 198);
        // The team reads all of it and records neither money nor projects nor assessments.
        assert_eq!(counts(team, "plans.xlsx", bytes.clone()).await, same(records));
        let (money, bytes) = exported(&town.finance, json!({})).await;
        assert_eq!(money, 51, "finance reads money alone");
        assert_eq!(counts(&town.finance, "money.xlsx", bytes).await, same(money));
        let (plan, bytes) = exported(team, json!({ "element": "S-PLN", "kinds": ["ACTION", "MONEY"] })).await;
        assert!(plan > 0 && plan < records, "{plan} of {records}");
        assert_eq!(counts(team, "plan.xlsx", bytes).await, same(plan));
        // A blank form says nothing.
        let (nothing, bytes) = exported(team, json!({ "blank": true })).await;
        assert_eq!((nothing, counts(team, "blank.xlsx", bytes).await), (0, same(0)));
        assert_eq!(ask(team, EXPORT, json!({ "council": CODE, "element": "NONE" })).await["userErrors"][0]["code"], "ELEMENT_NOT_FOUND");
    })
    .await;
}

#[tokio::test]
async fn a_service_takes_away_its_own_and_changes_no_others() {
    for_each_database(async |harness| {
        let town = Town::full(harness).await;
        let team = town.keeper();
        let planning = GrantScope::Element(town.world.element("S-PLN").await);
        let manager = someone(&town.world, "Planning manager", Role::ServiceManager, planning).await;
        let (own, bytes) = exported(&manager, json!({})).await;
        let (all, _) = exported(&team, json!({ "element": "S-PLN" })).await;
        assert!(own > 0 && own < all, "{own} of {all}: without its money");
        assert_eq!(counts(&manager, "mine.xlsx", bytes).await, same(own));
        // Another's workbook is refused row by row, as nothing of it is theirs to read.
        let (others, bytes) = exported(&team, json!({ "element": "S-HOU", "kinds": ["ACTION", "RISK"] })).await;
        let told = counts(&manager, "others.xlsx", bytes).await;
        assert_eq!((&told["refused"], &told["same"]), (&json!(others), &json!(0)), "{told}");
    })
    .await;
}
