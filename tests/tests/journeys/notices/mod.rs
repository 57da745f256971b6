//! Reminders: due once each, sent by one node, to whom they concern, and to nobody else.

mod delivered;
mod due;
mod forgotten;
mod settings;

use std::sync::Arc;

use goldenthread::access::GrantScope;
use goldenthread::app::App;
use goldenthread::notices::{self, Mailer, Ways};
use goldenthread::reach::Reach;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, Relay, World, framework};

pub const SET: &str = "mutation($input: NoticeSettingsSetInput!) { noticeSettingsSet(input: $input) {
    settings { webhookHost byMail mailReady daysBefore daysBetween setAt } secret userErrors { code field } } }";
const SWITCH: &str = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { userErrors { code } } }";
const WITHDRAW: &str = "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { userErrors { code message } } }";
const LIST: &str = "query($council: String!, $state: NoticeState) { council(code: $council) { notices(state: $state) { totalCount
    nodes { kind channel state about period dueOn person attempts nextAt sentAt lastError } } } }";

/// A council whose returns go through states from the second quarter on, with a manager of Waste Services and an
/// administrator.
pub struct Reminded<'a> {
    pub world: World<'a>,
    pub admin: Person,
    pub sam: Person,
}

impl<'a> Reminded<'a> {
    pub async fn new(harness: &'a Harness, code: &'static str) -> Reminded<'a> {
        let world = World::with(harness, code, &framework(code)).await;
        let admin = harness.person(world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let sam =
            harness.person(world.council, "Sam Service", &[(Role::ServiceManager, GrantScope::Element(world.element("S1").await))]).await;
        let input = json!({ "council": code, "from": "2024-07-01", "reason": "Agreed" });
        let switched = harness.sign_in(&admin).gql(SWITCH, json!({ "input": input })).await.data();
        assert_eq!(switched["workflowSwitch"]["userErrors"], json!([]));
        Reminded { world, admin, sam }
    }

    /// Somebody's way in with a token of today.
    pub fn client(&self, person: &Person) -> Client<'a> {
        let harness = self.world.harness;
        harness.client(Some(harness.token(person.id, Some(self.world.council))))
    }

    /// Somebody's role is withdrawn.
    pub async fn withdraw(&self, person: &Person) {
        let held = self.client(person).gql("{ viewer { grants { id } } }", json!({})).await.data();
        let input = json!({ "id": held["viewer"]["grants"][0]["id"], "reason": "Moved on" });
        let withdrawn = self.client(&self.admin).gql(WITHDRAW, json!({ "input": input })).await.data();
        assert_eq!(withdrawn["grantWithdraw"]["userErrors"], json!([]));
    }

    /// Sets where reminders go; answers the payload.
    pub async fn set(&self, mut input: Value) -> Value {
        input["council"] = json!(self.world.code);
        self.client(&self.admin).gql(SET, json!({ "input": input })).await.data()["noticeSettingsSet"].clone()
    }

    /// The log, the latest first: `RETURN_DUE MAIL SENT S1 2024/25 Q2 to Sam Service`.
    pub async fn log(&self) -> Vec<String> {
        let data = self.world.keeper_now().gql(LIST, json!({ "council": self.world.code })).await.data();
        let nodes = data["council"]["notices"]["nodes"].as_array().expect("a list").clone();
        assert_eq!(data["council"]["notices"]["totalCount"], nodes.len());
        let text = |value: &Value| value.as_str().unwrap_or("the webhook").to_owned();
        let line = |one: &Value| {
            let [kind, channel, state, about, person] = ["kind", "channel", "state", "about", "person"].map(|of| text(&one[of]));
            format!("{kind} {channel} {state} {about} to {person}")
        };
        nodes.iter().map(line).collect()
    }

    /// The reminders of a state.
    pub async fn listed(&self, state: &str) -> Vec<Value> {
        let data = self.world.keeper_now().gql(LIST, json!({ "council": self.world.code, "state": state })).await.data();
        data["council"]["notices"]["nodes"].as_array().expect("a list").clone()
    }
}

/// A node with a mail relay, beside the harness's own.
pub fn node(harness: &Harness, relay: Option<&Relay>) -> App {
    let mailer = relay.map(|relay| Mailer::of(&relay.url, "Performance <performance@example.org>").expect("a relay"));
    App { notices: Arc::new(Ways::new(mailer, Reach::Anywhere)), ..harness.app.clone() }
}

/// What a node does at a time: how many reminders were written, and how many taken up.
pub async fn turn(node: &App) -> (usize, usize) {
    notices::turn(node).await.unwrap_or_else(|error| panic!("{}", error.log_text()))
}
