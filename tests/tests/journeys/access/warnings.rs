//! What everyone may do about early warnings, their rules and charts.

use serde_json::{Value, json};
use tests::World;

use super::acts::{Act, Arrange};

const ACKNOWLEDGE: &str = "mutation($input: WarningAcknowledgeInput!) { warningAcknowledge(input: $input) { warning { id revision } userErrors { code message } } }";
const ANSWER: &str =
    "mutation($input: WarningAnswerInput!) { warningAnswer(input: $input) { warning { id revision } userErrors { code message } } }";
const MUTE: &str =
    "mutation($input: WarningMuteInput!) { warningMute(input: $input) { warning { id revision } userErrors { code message } } }";
const UNMUTE: &str =
    "mutation($input: WarningUnmuteInput!) { warningUnmute(input: $input) { warning { id revision } userErrors { code message } } }";
const SET: &str = "mutation($input: WarningRuleSetInput!) { warningRuleSet(input: $input) { rule { kind } userErrors { code message } } }";
const BASELINE: &str = "mutation($input: ControlBaselineSetInput!) { controlBaselineSet(input: $input) { baselines { id from } userErrors { code message } } }";
const WITHDRAW: &str = "mutation($input: ControlBaselineWithdrawInput!) { controlBaselineWithdraw(input: $input) { baselines { id } userErrors { code message } } }";
const STANDING: &str =
    "query($council: String!) { council(code: $council) { warnings(kind: [RETURN_OVERDUE]) { nodes { id code revision } } } }";

/// Each act on a warning that stands, on a rule, and on a chart.
pub fn acts() -> [Act; 7] {
    [
        Act { field: "warningAcknowledge", document: ACKNOWLEDGE, input: |_, of| on(of, json!({})), arrange: Arrange::Warned },
        Act { field: "warningAnswer", document: ANSWER, input: |_, of| on(of, json!({ "text": "It comes." })), arrange: Arrange::Warned },
        Act { field: "warningMute", document: MUTE, input: |_, of| on(of, muting()), arrange: Arrange::Warned },
        Act { field: "warningUnmute", document: UNMUTE, input: |_, of| on(of, json!({})), arrange: Arrange::Muted },
        Act {
            field: "warningRuleSet",
            document: SET,
            input: |things, _| json!({ "council": things.world.code, "kind": "DECLINING", "enabled": false }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "controlBaselineSet",
            document: BASELINE,
            input: |things, _| json!({ "council": things.world.code, "indicator": "WM01", "from": "2023/24 Q4", "reason": "New rounds" }),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "controlBaselineWithdraw",
            document: WITHDRAW,
            input: |_, id| json!({ "baseline": id, "reason": "In error" }),
            arrange: Arrange::Baseline,
        },
    ]
}

fn muting() -> Value {
    json!({ "reason": "Known", "until": "2024-12-31" })
}

/// An act on a warning, named by its id and revision.
fn on(of: &str, mut saying: Value) -> Value {
    let (id, revision) = of.split_once(' ').unwrap_or((of, "0"));
    saying["warning"] = json!(id);
    saying["revision"] = json!(revision.parse::<i32>().unwrap_or_default());
    saying
}

async fn done(world: &World<'_>, document: &str, input: Value) -> Value {
    let data = world.keeper_now().gql(document, json!({ "input": input })).await.data();
    let payload = data.as_object().and_then(|fields| fields.values().next()).expect("a payload").clone();
    assert_eq!(payload["userErrors"], json!([]));
    payload
}

/// The warning of Waste Services' overdue return: its id and revision.
pub async fn standing(world: &World<'_>) -> String {
    let data = world.keeper_now().gql(STANDING, json!({ "council": world.code })).await.data();
    let nodes = data["council"]["warnings"]["nodes"].as_array().expect("a list").clone();
    let one = nodes.iter().find(|one| one["code"] == "S1").expect("it is overdue");
    format!("{} {}", one["id"].as_str().expect("an id"), one["revision"])
}

/// The same, muted.
pub async fn muted(world: &World<'_>) -> String {
    let warning = done(world, MUTE, on(&standing(world).await, muting())).await["warning"].clone();
    format!("{} {}", warning["id"].as_str().expect("an id"), warning["revision"])
}

/// A baseline of WM01's chart.
pub async fn baseline(world: &World<'_>) -> String {
    let input = json!({ "council": world.code, "indicator": "WM01", "from": "2024/25 Q1", "reason": "New vehicles" });
    let set = done(world, BASELINE, input).await;
    let all = set["baselines"].as_array().expect("baselines").clone();
    all.iter().find(|one| one["from"] == "2024/25 Q1").expect("it stands")["id"].as_str().expect("an id").to_owned()
}

/// Something was done about a warning, a chart has a baseline, and a node saw what fires.
pub async fn arrange(world: &World<'_>) {
    baseline(world).await;
    done(world, ACKNOWLEDGE, on(&standing(world).await, json!({}))).await;
    goldenthread::warnings::look(&world.harness.app).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}
