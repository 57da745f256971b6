//! Councils that end and succeed each other, through the front door.

mod baseline;
mod ended;
mod named;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, World};

pub use crate::sharing::{act, id};

pub const NAME: &str =
    "mutation($input: SuccessionNameInput!) { successionName(input: $input) { succession { id side agreed namedByUs on kind viewerCan
    council { code } } userErrors { code message field } } }";
pub const UNNAME: &str = "mutation($input: SuccessionWithdrawInput!) { successionWithdraw(input: $input) { succession { id agreed namedByUs } userErrors { code message field } } }";
pub const HAND_OVER: &str =
    "mutation($input: FiguresHandOverInput!) { figuresHandOver(input: $input) { indicators figures userErrors { code message field } } }";
pub const MAP: &str =
    "mutation($input: PredecessorIndicatorMapInput!) { predecessorIndicatorMap(input: $input) { baseline { value parts { code matched } }
    userErrors { code message field } } }";
pub const APPLY: &str =
    "mutation($input: ReorganisationApplyInput!) { reorganisationApply(input: $input) { plan { applied carried ended lastDay
    successor { code } } userErrors { code message field } } }";
pub const RECEIVE: &str =
    "mutation($input: ReorganisationReceiveInput!) { reorganisationReceive(input: $input) { elements people grants held
    userErrors { code message field } } }";
pub const SUCCESSIONS: &str =
    "query($code: String!) { council(code: $code) { successions { id side agreed namedByUs on kind council { code } } } }";
pub const BASELINE: &str = "query($code: String!, $indicator: String!, $period: Period!) { council(code: $code) {
    predecessorBaseline(indicator: $indicator, period: $period) { value numerator denominator from of complete provisional unworkable
        parts { council { code } code matched value numerator denominator absence state missing because } } } }";

/// A council with somebody who looks after it.
pub struct Party<'a> {
    pub world: World<'a>,
    pub administrator: Client<'a>,
}

impl<'a> Party<'a> {
    pub async fn of(harness: &'a Harness, code: &'static str) -> Party<'a> {
        Self::with(harness, World::new(harness, code).await).await
    }

    pub async fn with(harness: &'a Harness, world: World<'a>) -> Party<'a> {
        let person = harness.person(world.council, "Adi Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let administrator = harness.sign_in(&person);
        Self { world, administrator }
    }

    /// Says what another council is to this one, from April 2025.
    pub async fn names(&self, side: &str, other: &str, kind: &str) -> Result<Value, String> {
        let input = json!({ "council": self.world.code, "other": other, "side": side, "on": "2025-04-01", "kind": kind });
        act(&self.administrator, NAME, input).await
    }
}

/// Both name each other.
pub async fn agree(predecessor: &Party<'_>, successor: &Party<'_>, kind: &str) {
    predecessor.names("SUCCESSOR", successor.world.code, kind).await.expect("is named");
    let named = successor.names("PREDECESSOR", predecessor.world.code, kind).await.expect("is named");
    assert_eq!(named["agreed"], true);
}

/// Hands figures over; answers how many indicators and figures, or what was refused.
pub async fn hand_over(from: &Party<'_>, to: &str, indicators: &[&str]) -> Result<(i64, i64), String> {
    let input = json!({ "council": from.world.code, "toCouncil": to, "indicators": indicators });
    let data = from.world.keeper().gql(HAND_OVER, json!({ "input": input })).await.data()["figuresHandOver"].clone();
    match data["userErrors"][0]["code"].as_str() {
        Some(code) => Err(code.to_owned()),
        None => Ok((data["indicators"].as_i64().expect("a count"), data["figures"].as_i64().expect("a count"))),
    }
}

/// A baseline as the performance team of a council reads it.
pub async fn baseline(party: &Party<'_>, indicator: &str, period: &str) -> Value {
    let variables = json!({ "code": party.world.code, "indicator": indicator, "period": period });
    party.world.keeper().gql(BASELINE, variables).await.data()["council"]["predecessorBaseline"].clone()
}
