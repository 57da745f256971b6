//! Whether plans are being delivered: brought in by workbook or told one by one, read by whoever's responsibility covers it.

mod assessed;
mod budget;
mod circles;
mod decided;
mod diagnosed;
mod entered;
mod entries;
mod exported;
mod foreign;
mod kept_apart;
pub mod model;
mod packs;
mod peers;
mod programmes;
mod refused;
mod risks;
mod scale;
mod setup;
mod sight;
mod taken_back;
mod withdrawn;

use std::path::Path;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, World};

pub const CODE: &str = "huntingdonshire";

const WARNINGS: &str = "query($id: ID!) { node(id: $id) { ... on Import { openWarnings { code } } } }";

/// A workbook of the demonstration: `huntingdonshire/framework.xlsx`.
pub fn demo(file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo").join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Accepts a plan that refuses nothing, every warning taken upon oneself; answers the plan.
pub async fn accept_all(client: &Client<'_>, id: &str) -> Value {
    let plan = client.plan(id).await;
    assert_eq!((&plan["state"], &plan["counts"]["refused"]), (&json!("PLANNED"), &json!(0)), "{plan:#}");
    let accepted = client.accept(id, acknowledging(client, id).await).await;
    assert_eq!(accepted["userErrors"], json!([]), "{plan:#}");
    plan
}

/// What accepting is told where every warning is right as it is.
pub async fn acknowledging(client: &Client<'_>, id: &str) -> Value {
    let open = client.gql(WARNINGS, json!({ "id": id })).await.data()["node"]["openWarnings"].clone();
    let codes = open.as_array().expect("warnings").iter();
    let said: Vec<Value> = codes.map(|warning| json!({ "code": warning["code"], "reason": "It is so." })).collect();
    json!({ "acknowledgements": said })
}

/// Sends a workbook and accepts all of it; answers the id of its import.
pub async fn bring(client: &Client<'_>, name: &str, bytes: Vec<u8>) -> String {
    let id = client.submit(CODE, name, bytes).await;
    accept_all(client, &id).await;
    id
}

/// Somebody of a council who holds a role over something.
pub async fn someone<'a>(world: &World<'a>, name: &str, role: Role, scope: GrantScope) -> Client<'a> {
    let person = world.harness.person(world.council, name, &[(role, scope)]).await;
    world.harness.sign_in(&person)
}

/// What of delivery somebody reads.
pub async fn delivery(client: &Client<'_>, fields: &str) -> Value {
    let query = format!("{{ council(code: \"{CODE}\") {{ delivery {{ {fields} }} }} }}");
    client.gql(&query, json!({})).await.data()["council"]["delivery"].clone()
}

/// The same, as it read at an instant.
pub async fn delivery_at(client: &Client<'_>, at: &str, fields: &str) -> Value {
    let query = format!("{{ council(code: \"{CODE}\") {{ delivery(asAt: \"{at}\") {{ {fields} }} }} }}");
    client.gql(&query, json!({})).await.data()["council"]["delivery"].clone()
}

/// The codes of a list, in its order.
#[track_caller]
pub fn codes(list: &Value) -> Vec<String> {
    let all = list.as_array().unwrap_or_else(|| panic!("{list} is no list"));
    all.iter().map(|one| one["code"].as_str().expect("a code").to_owned()).collect()
}

/// What came of telling of something: `Ok` with what is told now, or code and field of the first refusal.
pub async fn tell(client: &Client<'_>, what: &str, fields: &str, input: Value) -> Result<Value, String> {
    tell_of(client, CODE, what, fields, input).await
}

/// The same for a council of any code.
pub async fn tell_of(client: &Client<'_>, council: &str, what: &str, fields: &str, mut input: Value) -> Result<Value, String> {
    input["council"] = json!(council);
    let name = what[..1].to_uppercase() + &what[1..];
    let of = if what == "theme" { "instrument" } else { what };
    let document = format!(
        "mutation($input: {name}RecordInput!) {{ {what}Record(input: $input) {{ {of} {{ {fields} }} userErrors {{ code message field }} }} }}"
    );
    let answer = client.gql(&document, json!({ "input": input })).await;
    let payload = &answer.body["data"][format!("{what}Record")];
    match (payload.is_object(), payload["userErrors"].get(0)) {
        (true, None) => Ok(payload[of].clone()),
        (true, Some(error)) => Err(refusal(error)),
        (false, _) => Err(answer.codes().join(" ")),
    }
}

/// Code and field of a refusal: `PLN-005 input.revisedDueOn`.
pub fn refusal(error: &Value) -> String {
    assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{error:#}");
    let field: Vec<&str> = error["field"].as_array().map(|path| path.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
    format!("{} {}", error["code"].as_str().expect("a code"), field.join("."))
}

/// Withdraws something; answers its ref, or code and field of the first refusal.
pub async fn withdraw(client: &Client<'_>, kind: &str, code: &str, reason: &str) -> Result<Value, String> {
    let document =
        "mutation($input: DeliveryWithdrawInput!) { deliveryWithdraw(input: $input) { code userErrors { code message field } } }";
    let input = json!({ "council": CODE, "kind": kind, "code": code, "reason": reason });
    let answer = client.gql(document, json!({ "input": input })).await;
    let payload = &answer.body["data"]["deliveryWithdraw"];
    match (payload.is_object(), payload["userErrors"].get(0)) {
        (true, None) => Ok(payload["code"].clone()),
        (true, Some(error)) => Err(refusal(error)),
        (false, _) => Err(answer.codes().join(" ")),
    }
}

/// The council of the demonstration with everybody who keeps something of delivery, on a day when all of it was told.
pub struct Town<'a> {
    pub world: World<'a>,
    pub office: Client<'a>,
    pub finance: Client<'a>,
    pub committee: Client<'a>,
}

impl<'a> Town<'a> {
    /// With its framework alone.
    pub async fn new(harness: &'a Harness) -> Town<'a> {
        harness.at("2025-03-10T09:00:00Z");
        let world = World::empty(harness, CODE).await;
        bring(&world.keeper(), "framework.xlsx", demo("huntingdonshire/framework.xlsx")).await;
        let committee = GrantScope::Forum(world.forum("CGC").await);
        Town {
            office: someone(&world, "Olga Office", Role::ProgrammeOffice, GrantScope::Council).await,
            finance: someone(&world, "Fay Nance", Role::Finance, GrantScope::Council).await,
            committee: someone(&world, "Councillor Chair", Role::GovernanceCommittee, committee).await,
            world,
        }
    }

    /// With all the demonstration tells, each workbook brought in by whoever keeps what it holds.
    pub async fn full(harness: &'a Harness) -> Town<'a> {
        let town = Self::new(harness).await;
        let keeper = town.keeper();
        bring(&keeper, "peer-challenge.xlsx", demo("huntingdonshire/peer-challenge.xlsx")).await;
        bring(&town.office, "programmes.xlsx", demo("huntingdonshire/programmes.xlsx")).await;
        bring(&keeper, "plans.xlsx", demo("huntingdonshire/plans.xlsx")).await;
        bring(&town.finance, "budget.xlsx", demo("huntingdonshire/budget.xlsx")).await;
        bring(&town.committee, "assessments.xlsx", demo("huntingdonshire/assessments.xlsx")).await;
        harness.later(chrono::Duration::hours(1));
        town
    }

    pub fn keeper(&self) -> Client<'a> {
        self.world.keeper()
    }
}
