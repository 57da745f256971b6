//! Two people with the same return: one plan is taken, the other is told that it is stale, and is made anew.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, framework, trail, workbook, workbook_of};

use super::decisions::state;
use super::{counts, lines, read};

const ACCEPT: &str = "mutation($input: ImportAcceptInput!) { importAccept(input: $input) { import { state }
    stale { key because period indicator { code } } userErrors { code message } } }";
const REPLAN: &str =
    "mutation($input: ImportReplanInput!) { importReplan(input: $input) { import { id state digest } userErrors { code } } }";

fn figures(wm01: f64, pl01: f64) -> Vec<u8> {
    let rows =
        json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", wm01], ["PL01", "2024/25 Q1", pl01], ["BN01", "2024/25 Q1", 22.4]]);
    workbook("Return", &rows)
}

async fn accept(client: &Client<'_>, id: &str, mut saying: Value) -> Value {
    saying["id"] = json!(id);
    client.gql(ACCEPT, json!({ "input": saying })).await.data()["importAccept"].clone()
}

#[tokio::test]
async fn of_two_people_at_once_one_is_taken_and_the_other_is_told_what_changed() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let other = harness.person(world.council, "Olu Other", &[(Role::PerformanceTeam, GrantScope::Council)]).await;
        let (perry, olu) = (world.keeper(), harness.sign_in(&other));
        let ids = [
            perry.submit("huntingdonshire", "perry.xlsx", figures(61.2, 88.0)).await,
            olu.submit("huntingdonshire", "olu.xlsx", figures(56.4, 88.0)).await,
        ];
        let (one, two) = tokio::join!(accept(&perry, &ids[0], json!({})), accept(&olu, &ids[1], json!({})));
        let first = usize::from(one["import"].is_null());
        let (taken, refused) = if first == 0 { (&one, &two) } else { (&two, &one) };
        assert_eq!((&taken["import"]["state"], &taken["stale"], &taken["userErrors"]), (&json!("ACCEPTED"), &json!([]), &json!([])));
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("PLAN_OUT_OF_DATE")));
        // Who was first, what they sent, and what the other sent.
        let (name, file, value, late) = match first {
            0 => ("Perry Team", "perry.xlsx", "61.2", "56.4%"),
            _ => ("Olu Other", "olu.xlsx", "56.4", "61.2%"),
        };
        let stale = |code: &str, held: &str| {
            let because = format!("{held} is held, entered on 14 October 2024 by {name} with {file}");
            json!({ "key": format!("{code} 2024/25 Q1"), "because": because, "period": "2024/25 Q1", "indicator": { "code": code } })
        };
        assert_eq!(refused["stale"], json!([stale("WM01", value), stale("PL01", "88"), stale("BN01", "22.4")]));
        let message = refused["userErrors"][0]["message"].as_str().expect("a sentence");
        assert!(message.starts_with("CHG-006") && message.contains("3 of its rows") && message.contains("importReplan"), "{message}");
        assert_eq!(harness.count(world.council, "observation").await, 3);

        // Planned anew from the workbook that was kept, it says what it would change now.
        let (client, id) = if first == 0 { (&olu, &ids[1]) } else { (&perry, &ids[0]) };
        let digest = state(client, id).await["digest"].clone();
        let again = client.gql(REPLAN, json!({ "input": { "id": id } })).await.data()["importReplan"].clone();
        assert_eq!(
            (&again["import"]["state"], &again["import"]["digest"], &again["userErrors"]),
            (&json!("QUEUED"), &Value::Null, &json!([]))
        );
        harness.settle().await;
        let plan = client.plan(id).await;
        assert_eq!(counts(&plan), [0, 1, 2, 0, 0, 1], "{plan:#}");
        assert_eq!(lines(&plan)[0], format!("CHANGED WM01 2024/25 Q1: {value}% → {late}"));
        // Whoever still has the old plan before them accepts nothing.
        let old = accept(client, id, json!({ "digest": digest })).await;
        assert_eq!(old["userErrors"][0]["code"], "PLAN_OUT_OF_DATE");
        let saying = json!({ "acknowledgements": [{ "code": "CHG-003", "reason": "Counted twice before" }] });
        assert_eq!(accept(client, id, saying).await["import"]["state"], "ACCEPTED");
        assert_eq!(format!("{}%", read(client, "WM01", "2024/25 Q1", None).await["value"].as_str().expect("a value")), late);
        assert_eq!(harness.count(world.council, "observation WHERE superseded_at IS NULL").await, 3);
        let verbs: Vec<String> = trail(harness, world.council, 0).await.into_iter().map(|event| event.verb).collect();
        assert!(verbs.ends_with(&["import.accept".into(), "import.replan".into(), "import.accept".into()]), "{verbs:?}");
    })
    .await;
}

#[tokio::test]
async fn a_plan_refused_for_a_closed_period_is_made_anew_when_it_is_open_again() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let period = async |verb: &str| {
            let text = format!(
                "mutation {{ done: {verb}(input: {{ council: \"huntingdonshire\", period: \"2024/25 Q1\" }}) {{ userErrors {{ code }} }} }}"
            );
            assert_eq!(keeper.gql(&text, json!({})).await.data()["done"]["userErrors"], json!([]));
        };
        period("periodClose").await;
        let id = keeper.submit("huntingdonshire", "q1.xlsx", figures(61.2, 88.0)).await;
        assert_eq!(state(&keeper, &id).await["viewerActs"], json!(["REPLAN"]));
        assert_eq!(keeper.plan(&id).await["state"], "REFUSED");
        period("periodOpen").await;
        let again = keeper.gql(REPLAN, json!({ "input": { "id": id } })).await.data();
        assert_eq!(again["importReplan"]["userErrors"], json!([]));
        harness.settle().await;
        let plan = keeper.plan(&id).await;
        assert_eq!((&plan["state"], counts(&plan)), (&json!("PLANNED"), [3, 0, 0, 0, 0, 0]), "{plan:#}");
        assert_eq!(accept(&keeper, &id, json!({})).await["import"]["state"], "ACCEPTED");
        let over = keeper.gql(REPLAN, json!({ "input": { "id": id } })).await.data();
        assert_eq!(over["importReplan"]["userErrors"][0]["code"], "IMPORT_NOT_PLANNED");
    })
    .await;
}

#[tokio::test]
async fn of_two_frameworks_at_once_the_second_is_told_which_rows_changed() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let with_target = |target: &str| {
            let mut book = framework("huntingdonshire");
            book.targets[0].target = Some(target.parse().expect("a decimal"));
            workbook_of(&book)
        };
        let first = keeper.submit("huntingdonshire", "first.xlsx", with_target("62")).await;
        let second = keeper.submit("huntingdonshire", "second.xlsx", with_target("63")).await;
        assert_eq!(accept(&keeper, &first, json!({})).await["import"]["state"], "ACCEPTED");
        let refused = accept(&keeper, &second, json!({})).await;
        assert_eq!((&refused["import"], &refused["userErrors"][0]["code"]), (&Value::Null, &json!("PLAN_OUT_OF_DATE")));
        let stale = json!([{
            "key": "target WM01 2024/25", "because": "it was changed since", "period": "2024/25", "indicator": { "code": "WM01" },
        }]);
        assert_eq!(refused["stale"], stale);
    })
    .await;
}
