//! Sharing between councils: offered, accepted, read, renewed, withdrawn, and nothing else seen.

mod adrift;
mod groups;
mod offered;
mod refused;

use goldenthread::sharing;
use serde_json::{Value, json};
use tests::{Client, Harness, World};

pub const OFFER: &str = "mutation($input: ShareOfferInput!) { shareOffer(input: $input) { share { id state figureCount viewerCan
    audience council { code } group { name } indicators { code title metric } } userErrors { code message field } } }";
pub const WITHDRAW: &str = "mutation($input: ShareWithdrawInput!) { shareWithdraw(input: $input) { share { id state figureCount } userErrors { code message field } } }";
pub const ACCEPT: &str =
    "mutation($input: ShareAnswerInput!) { shareAccept(input: $input) { share { id state indicators { code figures { value } } }
    userErrors { code message field } } }";
pub const DECLINE: &str =
    "mutation($input: ShareAnswerInput!) { shareDecline(input: $input) { share { id state indicators { code figures { value } } }
    userErrors { code message field } } }";
pub const CREATE: &str = "mutation($input: CouncilGroupCreateInput!) { councilGroupCreate(input: $input) { group { id name } userErrors { code message field } } }";
pub const INVITE: &str = "mutation($input: CouncilGroupInviteInput!) { councilGroupInvite(input: $input) { group { id invited { code } } userErrors { code message field } } }";
pub const JOIN: &str =
    "mutation($input: CouncilGroupInput!) { councilGroupJoin(input: $input) { group { id joinedAt } userErrors { code message field } } }";
pub const LEAVE: &str =
    "mutation($input: CouncilGroupInput!) { councilGroupLeave(input: $input) { group { id joinedAt } userErrors { code message field } } }";

/// Everything a council is shown of what is shared with it, and in its groups.
pub const SEEN: &str = "query($code: String!, $period: Period!) { council(code: $code) {
    sharedWithUs(figures: 24) { totalCount nodes { id state audience purpose from until viewerCan giver { code name } group { name }
        indicators { code title unit metric figures { period value state } } } }
    shares { totalCount nodes { id state figureCount purpose withdrawnAt reason council { code } indicators { code } } }
    councilGroups { id name joinedAt founder { code } members { council { code } } invited { code }
        jointDashboard(period: $period) { metric figures { council { code } code figure { period value state } } } } } }";

/// What an act answers: the thing it is about, or the code and field of what was refused.
pub async fn act(client: &Client<'_>, document: &str, input: Value) -> Result<Value, String> {
    let data = client.gql(document, json!({ "input": input })).await.data();
    let payload = data.as_object().and_then(|fields| fields.values().next()).expect("a payload").clone();
    let refused = payload["userErrors"].as_array().expect("errors").first().map(|error| {
        let field = error["field"].as_array().map(|path| path.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."));
        format!("{} {}", error["code"].as_str().expect("a code"), field.unwrap_or_default()).trim().to_owned()
    });
    match refused {
        Some(refused) => Err(refused),
        None => Ok(payload.as_object().and_then(|fields| fields.values().find(|value| value.is_object())).expect("a thing").clone()),
    }
}

/// The id of what an act answered.
pub fn id(of: &Value) -> String {
    of["id"].as_str().expect("an id").to_owned()
}

/// An offer of indicators from the first quarter of 2024/25 on, to whom `to` says.
pub fn offer(council: &str, indicators: &[&str], to: &Value) -> Value {
    let mut input = json!({ "council": council, "indicators": indicators, "purpose": "Benchmarking club", "from": "2024/25 Q1" });
    input.as_object_mut().expect("an object").extend(to.as_object().expect("an object").clone());
    input
}

/// What a council is shown.
pub async fn seen(world: &World<'_>, period: &str) -> Value {
    world.keeper().gql(SEEN, json!({ "code": world.code, "period": period })).await.data()["council"].clone()
}

/// Values that are shared with a council, in lines: `huntingdonshire WM01 2024/25 Q1 61.2 FINAL`.
pub fn lines(seen: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for share in seen["sharedWithUs"]["nodes"].as_array().expect("shares") {
        for indicator in share["indicators"].as_array().expect("indicators") {
            for figure in indicator["figures"].as_array().expect("figures") {
                let (giver, code) = (text(&share["giver"]["code"]), text(&indicator["code"]));
                lines.push(format!("{giver} {code} {} {} {}", text(&figure["period"]), text(&figure["value"]), text(&figure["state"])));
            }
        }
    }
    lines.sort();
    lines
}

/// Enters figures of a council, each a ref, a period and a value, whatever they were before.
pub async fn report(world: &World<'_>, rows: &[(&str, &str, &str)]) {
    let figures =
        rows.iter().map(|(code, period, value)| json!({ "indicator": code, "period": period, "value": value, "reason": "Recount" }));
    entered(world, figures.collect()).await;
}

/// Enters figures of a council as they are given.
pub async fn entered(world: &World<'_>, figures: Value) {
    let acknowledge = ["CHG-003", "VAL-031", "VAL-032", "VAL-034"].map(|code| json!({ "code": code, "reason": "As counted" }));
    let input = json!({ "council": world.code, "figures": figures, "acknowledge": acknowledge });
    crate::entry::accepted(&crate::entry::send(&world.keeper_now(), input).await);
}

/// What a node does on the clock: how many councils' copies it renewed, and how many councils it told that something ended.
pub async fn turn(harness: &Harness) -> (usize, usize) {
    sharing::turn(&harness.app).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
}
