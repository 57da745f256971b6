//! Who enters figures: those whose role says so, over what it says.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::json;
use tests::{World, for_each_database, trail};

use super::{RECORD, accepted, figure, record, refusals, send};

const CREATE: &str = "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) { secret userErrors { code } } }";

#[tokio::test]
async fn a_provider_of_one_indicator_enters_that_and_no_other() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let grants = [(Role::DataProvider, GrantScope::Indicator(world.indicator("WM02").await))];
        let dana = harness.person(world.council, "Dana Data", &grants).await;
        let client = harness.sign_in(&dana);
        let payload = record(&client, json!([figure("WM02", "2024-04", "45")])).await;
        assert_eq!(accepted(&payload), [1, 0, 0]);
        // Of the same service, and not theirs; nothing of the call is taken.
        let before = harness.holds(world.council).await;
        let refused = record(&client, json!([figure("WM02", "2024-05", "52"), figure("WM01", "2024/25 Q1", "61.2")])).await;
        assert_eq!(refusals(&refused), ["IND-005 input.figures.1.indicator"]);
        assert_eq!(harness.holds(world.council).await, before);
        // They see their own entry and take it back.
        let id = payload["import"]["id"].as_str().expect("an id");
        assert_eq!(client.undo(id).await["reversed"], 1);
    })
    .await;
}

#[tokio::test]
async fn a_script_with_the_right_to_enter_enters_and_accepts_what_it_planned() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let dana =
            harness.person(world.council, "Dana Data", &[(Role::DataProvider, GrantScope::Element(world.element("S1").await))]).await;
        let token = async |name: &str, permission: &str| {
            let permissions = [permission, "VIEW_FRAMEWORK"];
            let input = json!({ "name": name, "permissions": permissions, "expiresOn": "2024-12-31" });
            let made = harness.sign_in(&dana).gql(CREATE, json!({ "input": input })).await.data();
            harness.client(made["machineTokenCreate"]["secret"].as_str().map(str::to_owned))
        };
        let script = token("Sensors", "ENTER_VALUES").await;
        let input = json!({ "council": "huntingdonshire", "figures": [figure("WM02", "2024-04", "45")], "preview": true });
        let planned = send(&script, input).await;
        assert_eq!(planned["import"]["state"], "PLANNED");
        let id = planned["import"]["id"].as_str().expect("an id");
        assert_eq!(script.plan(id).await["counts"]["new"], 1);
        assert_eq!(script.accept(id, json!({})).await["userErrors"], json!([]));
        // Entering is not importing: a workbook is not its to send.
        assert_eq!(script.upload("figures.csv", b"Ref,Period,Result\n".to_vec()).await.status(), 403);
        // Nor is reading entering.
        let reader = token("Screens", "VIEW_FIGURES").await;
        let input = json!({ "council": "huntingdonshire", "figures": [figure("WM02", "2024-05", "52")] });
        assert_eq!(reader.gql(RECORD, json!({ "input": input })).await.codes(), ["FORBIDDEN"]);
    })
    .await;
}

#[tokio::test]
async fn the_trail_says_what_was_entered_and_that_it_was_accepted() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let last = trail(harness, world.council, 0).await.last().map_or(0, |event| event.seq);
        let payload = record(&keeper, json!([figure("WM02", "2024-04", "45")])).await;
        let told = trail(harness, world.council, last).await;
        let verbs: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!(verbs, ["values.record", "import.accept"]);
        let after: serde_json::Value = serde_json::from_str(told[0].after.as_deref().expect("JSON")).expect("JSON");
        assert_eq!(after, json!({ "figures": 1, "sha256": payload["import"]["sha256"] }));
        // A reader of the trail reads what was sent, by the import the event names.
        let ines = harness.person(world.council, "Ines Audit", &[(Role::InternalAudit, GrantScope::Council)]).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Import { entered } } }";
        let read = harness.sign_in(&ines).gql(query, json!({ "id": payload["import"]["id"] })).await.data();
        assert_eq!(read["node"]["entered"], r#"[{"indicator":"WM02","period":"2024-04","value":"45"}]"#);
        // Another council has no such import.
        let stranger = World::new(harness, "devon").await;
        let other = stranger.keeper().gql(query, json!({ "id": payload["import"]["id"] })).await.data();
        assert_eq!(other["node"], serde_json::Value::Null);
        let refused = send(&stranger.keeper(), json!({ "council": "huntingdonshire", "figures": [figure("WM02", "2024-04", "1")] })).await;
        assert_eq!(refusals(&refused), ["COUNCIL_NOT_FOUND input.council"]);
    })
    .await;
}
