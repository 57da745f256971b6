//! Targets on their way from a service manager's proposal to a decision, and what they do and do not touch.

mod life;
mod meanwhile;
mod model;
mod refusals;
mod sight;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, World};

pub const CODE: &str = "huntingdonshire";

/// Everybody a target passes, of Waste Services.
pub struct Cast<'a> {
    pub manager: Client<'a>,
    pub director: Client<'a>,
    pub holder: Client<'a>,
    pub officer: Client<'a>,
    pub keeper: Client<'a>,
}

impl<'a> Cast<'a> {
    pub async fn of(world: &World<'a>) -> Cast<'a> {
        let somebody = async |name: &str, role, scope| {
            let person = world.harness.person(world.council, name, &[(role, scope)]).await;
            world.harness.sign_in(&person)
        };
        let (s1, d1) = (GrantScope::Element(world.element("S1").await), GrantScope::Element(world.element("D1").await));
        Cast {
            manager: somebody("Mina Manager", Role::ServiceManager, s1).await,
            director: somebody("Dara Director", Role::Director, d1).await,
            holder: somebody("Petra Portfolio", Role::PortfolioHolder, d1).await,
            officer: somebody("Oscar Officer", Role::ScrutinyOfficer, GrantScope::Forum(world.forum("OSP").await)).await,
            keeper: world.keeper(),
        }
    }
}

/// What is read of a proposal.
const SHOWN: &str = "id state revision version proposedBy effectiveFrom reason evidence { kind words }
    targets { period proposed { target intervention } before { target } reachesBack }
    earlier { version targets { period proposed { target } } } decision { by on reference }
    trend(last: 2) { period value status { colour } } indicator { code }
    history { act from to by forum words } viewerActs { act to needs permission possible because }";

/// What a proposal is to say, where nothing else is.
pub fn proposal(targets: Value) -> Value {
    let mut said = json!({
        "council": CODE, "indicator": "WM01", "effectiveFrom": "2024-10-01", "reason": "New food waste rounds",
        "evidence": { "kind": "TREND", "words": "Three winters at 61 and rising" },
    });
    said["targets"] = targets;
    said
}

/// What came of an act: the proposal, or the code of the first thing that can be put right, or of the error.
pub async fn act(client: &Client<'_>, name: &str, input: Value) -> Result<Value, String> {
    let field = format!("{}{}", name[..1].to_lowercase(), &name[1..]);
    let document =
        format!("mutation($input: {name}Input!) {{ {field}(input: $input) {{ proposal {{ {SHOWN} }} userErrors {{ code message }} }} }}");
    let answer = client.gql(&document, json!({ "input": input })).await;
    let payload = &answer.body["data"][field.as_str()];
    match payload["proposal"].as_object() {
        Some(_) => {
            assert_eq!(payload["userErrors"], json!([]));
            Ok(payload["proposal"].clone())
        }
        None => Err(payload["userErrors"][0]["code"].as_str().map_or_else(|| answer.codes().join(" "), str::to_owned)),
    }
}

pub async fn propose(client: &Client<'_>, input: Value) -> Value {
    act(client, "TargetPropose", input).await.expect("is proposed")
}

/// An act on a proposal as it was read last.
pub async fn on(client: &Client<'_>, name: &str, of: &Value, mut saying: Value) -> Result<Value, String> {
    saying["proposal"] = of["id"].clone();
    saying["revision"] = of["revision"].clone();
    act(client, name, saying).await
}

/// Supported by the portfolio holder, as it was proposed.
pub async fn supported(cast: &Cast<'_>, proposed: &Value) -> Value {
    on(&cast.holder, "TargetReview", proposed, json!({ "supported": true })).await.expect("is supported")
}

pub fn decision() -> Value {
    json!({ "decidedBy": "Cabinet", "decidedOn": "2024-10-10", "reference": "24/77" })
}

/// The proposals somebody reads, each as state and version.
pub async fn seen(client: &Client<'_>) -> Vec<String> {
    let query = format!("{{ council(code: \"{CODE}\") {{ targetProposals {{ totalCount nodes {{ id state version }} }} }} }}");
    let body = client.gql(&query, json!({})).await.body;
    let list = &body["data"]["council"]["targetProposals"];
    let nodes = list["nodes"].as_array().cloned().unwrap_or_default();
    if !list.is_null() {
        assert_eq!(list["totalCount"], nodes.len());
    }
    for node in &nodes {
        let query = "query($id: ID!) { node(id: $id) { ... on TargetProposal { state } } }";
        let found = client.gql(query, json!({ "id": node["id"] })).await.data();
        assert_eq!(found["node"]["state"], node["state"], "a list and a look by id agree");
    }
    nodes.iter().map(|node| format!("{} {}", node["state"].as_str().expect("a state"), node["version"])).collect()
}

/// One period of an indicator: what was aimed at and the colour, as at an instant if one is given.
pub async fn judged(client: &Client<'_>, indicator: &str, period: &str, as_at: Option<&str>) -> (Value, Value) {
    let query = "query($code: String!, $indicator: String!, $period: Period!, $asAt: DateTime) {
        council(code: $code) { indicator(code: $indicator) { series(until: $period, last: 1, asAt: $asAt) {
            period target status { colour } } } } }";
    let variables = json!({ "code": CODE, "indicator": indicator, "period": period, "asAt": as_at });
    let data = client.gql(query, variables).await.data();
    let point = data["council"]["indicator"]["series"][0].clone();
    assert_eq!(point["period"], period);
    (point["target"].clone(), point["status"]["colour"].clone())
}

/// A return of one figure of the recycling rate.
pub async fn reported(client: &Client<'_>, period: &str, value: f64) {
    let rows = json!([["Ref", "Indicator", "Period", "Result"], ["WM01", "Household waste recycled", period, value]]);
    client.take(CODE, "figures.xlsx", tests::workbook("Return", &rows)).await;
}

/// A council with two quarters reported.
pub async fn world(harness: &Harness) -> World<'_> {
    let world = World::new(harness, CODE).await;
    let keeper = world.keeper();
    reported(&keeper, "2024/25 Q1", 61.2).await;
    reported(&keeper, "2024/25 Q2", 60.4).await;
    world
}
