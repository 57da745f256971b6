//! From "the quarter has ended" to "scrutiny has asked, and been answered", as the councils of the sources do it: every step
//! by whoever is responsible for it, through the front door.

mod devon;
mod nottingham;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Filled, Harness, Person, World};

const RETURNS: &str = "query($council: String!, $period: Period!) { council(code: $council) { returns(period: $period) { nodes {
    id revision state round overdue element { code title }
    figures { nodes { indicator { id code } period due missing differs point { value target lower status { colour } } approved { value } } } } } } }";
const SEEN: &str =
    "query($council: String!, $period: Period!) { council(code: $council) { framework(at: $period) { indicators(first: 500) {
    nodes { code series(until: $period, last: 1) { period value reading } } } } } }";
const COLLECTION: &str = "query($council: String!, $period: Period!) { council(code: $council) { collection(period: $period) {
    whole { owed open submitted assured approved published overdue figuresExpected figuresGiven figuresExplained }
    directorates { element { code } counts { owed approved overdue } } } } }";

/// A council of the demonstration, with a person for each seat its journey needs.
pub struct Town<'a> {
    pub world: World<'a>,
    pub period: &'static str,
    /// The period's return of each service, as last looked at.
    pub returns: BTreeMap<String, Value>,
    managers: BTreeMap<String, Person>,
}

/// What `Town` is made of.
pub struct Plan {
    pub code: &'static str,
    /// The reporting period the journey is about.
    pub period: &'static str,
    pub due_on: &'static str,
    /// From which day returns go through their states.
    pub from: &'static str,
    /// When the journey begins: once the period's data are there.
    pub at: &'static str,
}

impl<'a> Town<'a> {
    /// The council with the framework of the demonstration, its period open and its workflow on.
    pub async fn new(harness: &'a Harness, plan: &Plan) -> Town<'a> {
        harness.at(plan.at);
        let world = World::empty(harness, plan.code).await;
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo").join(plan.code).join("framework.xlsx");
        let keeper = world.keeper();
        let id = keeper.submit(plan.code, "framework.xlsx", std::fs::read(path).expect("the demonstration's framework")).await;
        let acknowledged = json!({ "acknowledgements": acknowledged(&keeper.plan(&id).await["diagnostics"]["nodes"]) });
        assert_eq!(keeper.accept(&id, acknowledged).await["userErrors"], json!([]));
        let open = json!({ "council": plan.code, "period": plan.period, "dueOn": plan.due_on });
        act(&world.keeper(), "periodOpen", "PeriodOpenInput", open, "period { open }").await;
        let admin = harness.person(world.council, "Ada Ministrator", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let switch = json!({ "council": plan.code, "from": plan.from, "reason": "Cabinet asked for assured figures." });
        act(&harness.sign_in(&admin), "workflowSwitch", "WorkflowSwitchInput", switch, "workflow { from }").await;
        let mut town = Town { world, period: plan.period, returns: BTreeMap::new(), managers: BTreeMap::new() };
        town.look().await;
        for service in town.returns.keys().cloned().collect::<Vec<_>>() {
            let person = town.holder(&format!("Manager of {service}"), Role::ServiceManager, &service).await;
            town.managers.insert(service, person);
        }
        town
    }

    pub fn code(&self) -> &'static str {
        self.world.code
    }

    /// Somebody who holds a role over an element.
    pub async fn holder(&self, name: &str, role: Role, element: &str) -> Person {
        let scope = GrantScope::Element(self.world.element(element).await);
        self.world.harness.person(self.world.council, name, &[(role, scope)]).await
    }

    /// Somebody who sits on a forum, or serves it.
    pub async fn seated(&self, role: Role, forum: &str) -> Person {
        let scope = GrantScope::Forum(self.world.forum(forum).await);
        self.world.harness.person(self.world.council, &format!("{} of {forum}", role.words()), &[(role, scope)]).await
    }

    /// The front door, as the manager of a service.
    pub fn manager(&self, service: &str) -> Client<'a> {
        self.world.harness.sign_in(&self.managers[service])
    }

    /// The front door, as somebody.
    pub fn door(&self, person: &Person) -> Client<'a> {
        self.world.harness.sign_in(person)
    }

    /// Reads every return of the period anew, as the performance team.
    pub async fn look(&mut self) {
        let data = self.world.keeper().gql(RETURNS, json!({ "council": self.code(), "period": self.period })).await.data();
        let nodes = data["council"]["returns"]["nodes"].as_array().expect("returns").clone();
        self.returns = nodes.into_iter().map(|one| (one["element"]["code"].as_str().expect("a code").to_owned(), one)).collect();
    }

    /// Enters every figure a service owes, on target, explained and with a remedial action; some of them otherwise.
    pub async fn enter(&self, service: &str, otherwise: &[(&str, &str)]) -> Value {
        let figures: Vec<Value> = figures(&self.returns[service])
            .map(|figure| {
                let (code, period) = (&figure["indicator"]["code"], &figure["period"]);
                let given = otherwise.iter().find(|(other, _)| *code == **other).map(|(_, value)| json!(value));
                let mut entered = explained();
                entered["indicator"] = code.clone();
                entered["period"] = period.clone();
                entered["value"] = given.unwrap_or_else(|| on_target(figure));
                entered
            })
            .collect();
        record(&self.manager(service), self.code(), &figures).await
    }

    /// Fills in a service's template, in a spreadsheet program as it were, and sends it.
    pub async fn send(&self, service: &str, otherwise: &[(&str, f64)]) {
        let manager = self.manager(service);
        let input = json!({ "council": self.code(), "element": service, "period": self.period });
        let issued = act(&manager, "templateIssue", "TemplateIssueInput", input, "template { download { url } }").await;
        let blank = manager.download(issued["template"]["download"]["url"].as_str().expect("a link")).await.bytes().await.expect("bytes");
        let mut form = Filled::new(&blank);
        for figure in figures(&self.returns[service]) {
            let (code, period) = (figure["indicator"]["code"].as_str().expect("a ref"), figure["period"].as_str().expect("a period"));
            let printed = form.asked().iter().find(|row| row.starts_with(&format!("{code}, "))).expect("it is asked for").clone();
            let printed = printed.split_once(", ").expect("ref and period").1.to_owned();
            let given = otherwise.iter().find(|(other, _)| code == *other).map(|(_, value)| *value);
            let value = given.unwrap_or_else(|| on_target(figure).as_str().and_then(|text| text.parse().ok()).expect("a number"));
            assert!(!period.is_empty());
            form.fill(code, &printed, "Result (you fill in)", value).say(
                code,
                &printed,
                "Commentary (you fill in)",
                "As the workbook explains.",
            );
            form.say(code, &printed, "Action to get back on track (you fill in)", "A second crew.").say(
                code,
                &printed,
                "Action owner (you fill in)",
                "Head of service",
            );
            form.say(code, &printed, "Action due date (you fill in)", "2024-12-01");
        }
        manager.take(self.code(), "return.xlsx", form.bytes()).await;
    }

    /// Moves a service's return on, as somebody; answers the payload.
    pub async fn step(&self, client: &Client<'_>, verb: &str, service: &str, with: Value) -> Value {
        let one = &self.returns[service];
        let mut input = json!({ "return": one["id"], "revision": one["revision"] });
        for (name, value) in with.as_object().expect("an object") {
            input[name] = value.clone();
        }
        let kind = match verb {
            "returnRecall" | "returnReopen" => "ReturnReasonInput",
            "returnQuery" => "ReturnQueryInput",
            _ => "ReturnActInput",
        };
        tried(client, verb, kind, input, "return { state revision }").await
    }

    /// The same, which has to work.
    pub async fn stepped(&mut self, client: &Client<'_>, verb: &str, service: &str, with: Value) {
        let payload = self.step(client, verb, service, with).await;
        assert_eq!(payload["userErrors"], json!([]), "{verb} {service}");
        self.look().await;
    }

    /// Whether somebody who may approve returns may approve this one; it is approved if so.
    pub async fn approves(&self, person: &Person, service: &str) -> bool {
        let one = &self.returns[service];
        let query = "mutation($input: ReturnActInput!) { returnApprove(input: $input) { return { state } userErrors { code } } }";
        let answer = self.door(person).gql(query, json!({ "input": { "return": one["id"], "revision": one["revision"] } })).await;
        match answer.codes().first().map(String::as_str) {
            None => answer.data()["returnApprove"]["userErrors"] == json!([]),
            Some(code) => {
                assert_eq!(code, "FORBIDDEN", "{service}");
                false
            }
        }
    }

    /// Submits a return, has it assured by the performance team and approved by a director.
    pub async fn approve(&mut self, service: &str, director: &Person) {
        let (manager, keeper, director) = (self.manager(service), self.world.keeper(), self.door(director));
        for (client, verb) in [(&manager, "returnSubmit"), (&keeper, "returnAssure"), (&director, "returnApprove")] {
            self.stepped(client, verb, service, json!({})).await;
        }
    }

    /// Gives a forum the period's figures; answers the payload.
    pub async fn release(&self, forum: &str, with: Value) -> Value {
        let mut input = json!({ "council": self.code(), "forum": forum, "period": self.period });
        for (name, value) in with.as_object().expect("an object") {
            input[name] = value.clone();
        }
        tried(&self.world.keeper(), "forumRelease", "ForumReleaseInput", input, "release { id asAt despite }").await
    }

    /// Refs of the indicators somebody reads a figure of the period of, each with the figure and how it is read.
    pub async fn seen_by(&self, client: &Client<'_>) -> BTreeMap<String, (String, String)> {
        let data = client.gql(SEEN, json!({ "council": self.code(), "period": self.period })).await.data();
        let Some(nodes) = data["council"]["framework"]["indicators"]["nodes"].as_array() else { return BTreeMap::new() };
        let of = |node: &Value| {
            let point = &node["series"][0];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (!point["value"].is_null()).then(|| (text(&node["code"]), (text(&point["value"]), text(&point["reading"]))))
        };
        nodes.iter().filter_map(of).collect()
    }

    /// How far the period's collection is.
    pub async fn collection(&self) -> Value {
        let variables = json!({ "council": self.code(), "period": self.period });
        self.world.keeper().gql(COLLECTION, variables).await.data()["council"]["collection"].clone()
    }

    /// Asks for a forum's pack; answers its id, or the code of why not.
    pub async fn pack(&self, client: &Client<'_>, forum: &str, meeting_on: &str) -> Result<String, String> {
        let input = json!({ "council": self.code(), "forum": forum, "period": self.period, "meetingOn": meeting_on });
        let payload = tried(client, "packBuild", "PackBuildInput", input, "pack { id }").await;
        if let Some(code) = payload["userErrors"][0]["code"].as_str() {
            return Err(code.to_owned());
        }
        self.world.harness.settle().await;
        Ok(payload["pack"]["id"].as_str().expect("an id").to_owned())
    }
}

/// What goes with a figure that is off target.
fn explained() -> Value {
    let action = json!({ "text": "A second crew from November.", "owner": "Head of service", "due": "2024-12-01" });
    json!({ "commentary": "Two vacancies since August.", "remedialAction": action })
}

/// The figures of a return.
pub fn figures(one: &Value) -> impl Iterator<Item = &Value> {
    one["figures"]["nodes"].as_array().expect("figures").iter().filter(|figure| figure["due"] == true)
}

/// A figure that meets its target, if it has one.
fn on_target(figure: &Value) -> Value {
    let point = &figure["point"];
    [&point["target"], &point["lower"]].into_iter().find(|held| !held.is_null()).cloned().unwrap_or_else(|| json!("90"))
}

/// Enters figures, taking every warning upon oneself; answers the payload.
pub async fn record(client: &Client<'_>, council: &str, figures: &[Value]) -> Value {
    let input = |acknowledge: Value| json!({ "council": council, "figures": figures, "acknowledge": acknowledge });
    let first = tried(client, "valuesRecord", "ValuesRecordInput", input(json!([])), "import { id state }").await;
    let errors = first["userErrors"].as_array().expect("a list");
    if errors.is_empty() {
        return first;
    }
    tried(client, "valuesRecord", "ValuesRecordInput", input(acknowledged(&json!(errors))), "import { id state }").await
}

/// Every finding that is a warning, or whose severity is not told, taken upon oneself.
fn acknowledged(findings: &Value) -> Value {
    let warned = findings.as_array().expect("findings").iter().filter(|one| one.get("severity").is_none_or(|how| how == "WARNING"));
    let codes: BTreeSet<&str> = warned.filter_map(|one| one["code"].as_str()).collect();
    codes.into_iter().map(|code| json!({ "code": code, "reason": "Checked with the service." })).collect()
}

/// Does something; answers the payload, whatever it says.
pub async fn tried(client: &Client<'_>, verb: &str, kind: &str, input: Value, thing: &str) -> Value {
    let query = format!("mutation($input: {kind}!) {{ {verb}(input: $input) {{ {thing} userErrors {{ code message field }} }} }}");
    client.gql(&query, json!({ "input": input })).await.data()[verb].clone()
}

/// Does something that has to work; answers the payload.
pub async fn act(client: &Client<'_>, verb: &str, kind: &str, input: Value, thing: &str) -> Value {
    let payload = tried(client, verb, kind, input, thing).await;
    assert_eq!(payload["userErrors"], json!([]), "{verb}");
    payload
}

/// The codes of a payload's user errors.
pub fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().expect("a list").iter().filter_map(|error| error["code"].as_str()).collect()
}
