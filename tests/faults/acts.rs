//! One return, acted on by everybody in turn: submitted, assured, approved, reopened.

use goldenthread::access::GrantScope;
use goldenthread::app::Clock;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Harness, Person, World, workbook};
use uuid::Uuid;

const QUARTER: &str = "2024/25 Q1";
/// Steps that a return tells: its latest.
const STEPS_MAX: i64 = 200;

/// How far the return is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub state: String,
    pub revision: i64,
}

/// A council whose Waste Services owe a return that lacks nothing.
pub struct Office<'a> {
    harness: &'a Harness,
    pub council: Uuid,
    keeper: Person,
    manager: Person,
    director: Person,
    id: String,
}

impl<'a> Office<'a> {
    pub async fn open(harness: &'a Harness) -> Office<'a> {
        let world = World::new(harness, "huntingdonshire").await;
        let admin = harness.person(world.council, "Ada Switch", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let switch = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { userErrors { code } } }";
        let input = json!({ "council": world.code, "from": "2024-04-01", "reason": "Agreed by the leadership team" });
        let switched = harness.sign_in(&admin).gql(switch, json!({ "input": input })).await.data();
        assert_eq!(switched["workflowSwitch"]["userErrors"], json!([]));
        let waste = GrantScope::Element(world.element("S1").await);
        let manager = harness.person(world.council, "Sam Service", &[(Role::ServiceManager, waste)]).await;
        let director = harness.person(world.council, "Dora Director", &[(Role::Director, waste)]).await;
        let rows = json!([
            ["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", QUARTER, 58.1, "Wet spring", "Two more crews", "Waste manager", "2024-12-15"],
            ["WM02", "2024-04", 40, "", "", "", ""],
            ["WM02", "2024-05", 41, "", "", "", ""],
            ["WM02", "2024-06", 42, "", "", "", ""],
        ]);
        world.keeper().take(world.code, "q1.xlsx", workbook("Return", &rows)).await;
        let query = "query($council: String!, $period: Period) { council(code: $council) { returns(period: $period, element: \"S1\") { nodes { id } } } }";
        let found = world.keeper().gql(query, json!({ "council": world.code, "period": QUARTER })).await.data();
        let id = found["council"]["returns"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        // From here on the product runs by itself, by its own clock.
        harness.app.clock.set(Clock::System.now());
        let now = |person: Person| Person { token: harness.token(person.id, Some(world.council)), ..person };
        Office { harness, council: world.council, keeper: now(world.keeper.clone()), manager: now(manager), director: now(director), id }
    }

    /// Somebody of the performance team.
    pub const fn keeper(&self) -> &Person {
        &self.keeper
    }

    /// The same as [`Self::next`], where the service may say that it cannot now: none then.
    pub async fn attempt(&self, url: &str, http: &reqwest::Client, now: &Standing) -> Option<Standing> {
        let answer = self.send(url, http, now).await?;
        if let Some(error) = answer.get("errors") {
            assert_eq!(error[0]["extensions"]["code"], "UNAVAILABLE", "{answer}");
            return None;
        }
        done(&answer)
    }

    /// How far the return is, whoever serves.
    pub async fn standing(&self) -> Standing {
        let query = "query($id: ID!) { node(id: $id) { ... on Return { state revision history { from to } } } }";
        let found = self.harness.sign_in(&self.keeper).gql(query, json!({ "id": self.id })).await.data()["node"].clone();
        let steps = found["history"].as_array().expect("steps");
        let standing = read(&found);
        assert_eq!(i64::try_from(steps.len()).expect("a count"), standing.revision.min(STEPS_MAX), "a step for each revision: {found}");
        assert!(steps.windows(2).all(|pair| pair[0]["to"] == pair[1]["from"]), "{found}");
        standing
    }

    /// Does what comes next; answers what was acknowledged, none when nothing came back.
    pub async fn next(&self, url: &str, http: &reqwest::Client, now: &Standing) -> Option<Standing> {
        done(&self.send(url, http, now).await?)
    }

    async fn send(&self, url: &str, http: &reqwest::Client, now: &Standing) -> Option<Value> {
        let (act, kind, who, extra) = match now.state.as_str() {
            "OPEN" => ("returnSubmit", "ReturnActInput", &self.manager, None),
            "SUBMITTED" => ("returnAssure", "ReturnActInput", &self.keeper, None),
            "ASSURED" => ("returnApprove", "ReturnActInput", &self.director, None),
            "APPROVED" => ("returnReopen", "ReturnReasonInput", &self.keeper, Some("A depot was late")),
            other => panic!("a return is not {other} here"),
        };
        let mut input = json!({ "return": self.id, "revision": now.revision });
        if let Some(reason) = extra {
            input["reason"] = json!(reason);
        }
        let query =
            format!("mutation($input: {kind}!) {{ {act}(input: $input) {{ return {{ state revision }} userErrors {{ code message }} }} }}");
        let body = json!({ "query": query, "variables": { "input": input } });
        let asked = http.post(format!("{url}/graphql")).bearer_auth(&who.token).json(&body).send().await.ok()?;
        asked.json().await.ok()
    }

    /// From wherever it is to where it is next open, which shows that everything can still be done.
    pub async fn round(&self, url: &str, http: &reqwest::Client) {
        let mut now = self.standing().await;
        for _ in 0..4 {
            now = self.next(url, http, &now).await.expect("is answered");
        }
        assert_eq!(self.standing().await, now);
    }
}

/// What an act that was done led to.
fn done(answer: &Value) -> Option<Standing> {
    let payload = answer["data"].as_object().and_then(|acts| acts.values().next()).unwrap_or_else(|| panic!("not done: {answer}"));
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    Some(read(&payload["return"]))
}

fn read(found: &Value) -> Standing {
    Standing {
        state: found["state"].as_str().unwrap_or_else(|| panic!("no return: {found}")).to_owned(),
        revision: found["revision"].as_i64().expect("a number"),
    }
}
