//! A return of each council, and what everyone may do to it: brought to the state an act needs, each time it is tried.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Person, World, workbook};

use super::acts::{Act, Arrange};
use super::stage::Things;

/// Waste Services' return for the year before, and who moves it; the performance team's keeper besides.
pub struct Returned {
    pub id: String,
    manager: Person,
    director: Person,
}

const MOVE: &str = "return { id state revision questions { id } } userErrors { code message }";

/// Every return's act that takes what is given here.
macro_rules! act {
    ($field:literal, $input:literal) => {
        concat!("mutation($input: ", $input, "!) { ", $field, "(input: $input) { return { id state } userErrors { code message } } }")
    };
}

const SWITCH: &str =
    "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { workflow { from } userErrors { code message } } }";

impl Returned {
    /// The workflow is on, the year's figures are there, the year is closed, and the return was asked about and approved.
    pub async fn of(world: &World<'_>) -> Returned {
        let harness = world.harness;
        let admin = harness.person(world.council, "Wanda Workflow", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let input = json!({ "council": world.code, "from": "2023-04-01", "reason": "Agreed in March" });
        let data = harness.sign_in(&admin).gql(SWITCH, json!({ "input": input })).await.data();
        assert_eq!(data["workflowSwitch"]["userErrors"], json!([]));
        world.keeper().take(world.code, "year.xlsx", year()).await;
        let close = "mutation($input: PeriodCloseInput!) { periodClose(input: $input) { userErrors { code } } }";
        let input = json!({ "council": world.code, "period": "2023/24" });
        assert_eq!(world.keeper().gql(close, json!({ "input": input })).await.data()["periodClose"]["userErrors"], json!([]));
        let waste = GrantScope::Element(world.element("S1").await);
        let manager = harness.person(world.council, "Sam Service", &[(Role::ServiceManager, waste)]).await;
        let director = harness.person(world.council, "Dora Director", &[(Role::Director, waste)]).await;
        let query =
            "query($council: String!) { council(code: $council) { returns(period: \"2023/24\", element: \"S1\") { nodes { id } } } }";
        let data = world.keeper().gql(query, json!({ "council": world.code })).await.data();
        let id = data["council"]["returns"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        let returned = Returned { id, manager, director };
        for state in ["QUERIED", "APPROVED"] {
            returned.bring(world, state).await;
        }
        returned
    }

    /// The return in a state: its id, its revision and the question it was last asked.
    pub async fn bring(&self, world: &World<'_>, wanted: &str) -> String {
        let read = "query($id: ID!) { node(id: $id) { ... on Return { state revision questions { id answer } } } }";
        loop {
            let now = world.keeper().gql(read, json!({ "id": self.id })).await.data()["node"].clone();
            let state = now["state"].as_str().expect("a state");
            let last = now["questions"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
            if state == wanted {
                return format!("{} {} {}", self.id, now["revision"], last["id"].as_str().unwrap_or_default());
            }
            if state == "QUERIED" && last["answer"].is_null() {
                let input = json!({ "question": last["id"], "answer": "It is right" });
                self.done(&world.harness.sign_in(&self.manager), "returnAnswer", "ReturnAnswerInput", input).await;
            }
            let (who, act, extra) = self.next(world, state, wanted).await;
            let mut input = json!({ "return": self.id, "revision": now["revision"] });
            input.as_object_mut().expect("an object").extend(extra.as_object().cloned().unwrap_or_default());
            let kind = match act {
                "returnQuery" => "ReturnQueryInput",
                "returnReopen" => "ReturnReasonInput",
                _ => "ReturnActInput",
            };
            self.done(&who, act, kind, input).await;
        }
    }

    async fn next<'a>(&self, world: &World<'a>, state: &str, wanted: &str) -> (Client<'a>, &'static str, Value) {
        let harness = world.harness;
        match (state, wanted) {
            ("OPEN" | "QUERIED", _) => (harness.sign_in(&self.manager), "returnSubmit", json!({})),
            ("SUBMITTED", "QUERIED") => {
                let indicator = format!("i{}", world.indicator("WM01").await.simple());
                (world.keeper(), "returnQuery", json!({ "questions": [{ "indicator": indicator, "question": "Is it so?" }] }))
            }
            ("SUBMITTED", _) => (world.keeper(), "returnAssure", json!({})),
            ("ASSURED", "APPROVED") => (harness.sign_in(&self.director), "returnApprove", json!({})),
            _ => (world.keeper(), "returnReopen", json!({ "reason": "A late figure" })),
        }
    }

    async fn done(&self, who: &Client<'_>, act: &str, kind: &str, input: Value) {
        let document = format!("mutation($input: {kind}!) {{ {act}(input: $input) {{ {MOVE} }} }}");
        let data = who.gql(&document, json!({ "input": input })).await.data();
        assert_eq!(data[act]["userErrors"], json!([]), "{act}");
    }
}

/// A figure for everything Waste Services owes for 2023/24, which has no targets.
fn year() -> Vec<u8> {
    let mut rows = vec![json!(["Ref", "Period", "Result"]), json!(["SI01", "2023/24", 83000])];
    rows.extend((1..=4).map(|quarter| json!(["WM01", format!("2023/24 Q{quarter}"), 57 + quarter])));
    let months = (4..=12).map(|month| (2023, month)).chain((1..=3).map(|month| (2024, month)));
    rows.extend(months.map(|(year, month)| json!(["WM02", format!("{year}-{month:02}"), 40 + month])));
    workbook("Return", &Value::Array(rows))
}

/// The id and revision that were arranged.
fn seen(arranged: &str) -> (Value, Value) {
    let mut parts = arranged.split(' ');
    let id = parts.next().unwrap_or_default();
    (json!(id), json!(parts.next().and_then(|revision| revision.parse::<i32>().ok()).unwrap_or_default()))
}

pub(super) fn acts() -> Vec<Act> {
    let plain = |_: &Things<'_>, arranged: &str| {
        let (id, revision) = seen(arranged);
        json!({ "return": id, "revision": revision })
    };
    let reasoned = |_: &Things<'_>, arranged: &str| {
        let (id, revision) = seen(arranged);
        json!({ "return": id, "revision": revision, "reason": "Too soon" })
    };
    let of = |field, document, input, state| Act { field, document, input, arrange: Arrange::Return(state) };
    vec![
        of("returnSubmit", act!("returnSubmit", "ReturnActInput"), plain, "OPEN"),
        of("returnRecall", act!("returnRecall", "ReturnReasonInput"), reasoned, "SUBMITTED"),
        Act {
            field: "returnQuery",
            document: act!("returnQuery", "ReturnQueryInput"),
            input: |things, arranged| {
                let (id, revision) = seen(arranged);
                let question = json!({ "indicator": things.wm01, "period": "2023/24 Q4", "question": "Is it so?" });
                json!({ "return": id, "revision": revision, "questions": [question] })
            },
            arrange: Arrange::Return("SUBMITTED"),
        },
        Act {
            field: "returnAnswer",
            document: act!("returnAnswer", "ReturnAnswerInput"),
            input: |_, arranged| json!({ "question": arranged.split(' ').nth(2).unwrap_or_default(), "answer": "It is" }),
            arrange: Arrange::Return("QUERIED"),
        },
        of("returnAssure", act!("returnAssure", "ReturnActInput"), plain, "SUBMITTED"),
        of("returnApprove", act!("returnApprove", "ReturnActInput"), plain, "ASSURED"),
        of("returnPublish", act!("returnPublish", "ReturnActInput"), plain, "APPROVED"),
        of("returnReopen", act!("returnReopen", "ReturnReasonInput"), reasoned, "APPROVED"),
        Act {
            field: "lateEntryAllow",
            document: act!("lateEntryAllow", "LateEntryAllowInput"),
            input: |_, arranged| json!({ "return": seen(arranged).0, "until": "2024-10-31", "reason": "The system was down" }),
            arrange: Arrange::Return("APPROVED"),
        },
        Act {
            field: "workflowSwitch",
            document: SWITCH,
            // A day before: it covers what it covered.
            input: |things, _| json!({ "council": things.world.code, "from": "2023-03-31", "reason": "From the last day of March" }),
            arrange: Arrange::Nothing,
        },
    ]
}
