//! Waste Services and Planning on 14 October 2024, with the workflow on, and everybody who has to do with their returns.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, World, workbook};

/// The quarter whose returns are made: it ended in June.
pub const Q1: &str = "2024/25 Q1";

pub struct Office<'a> {
    pub world: World<'a>,
    pub manager: Person,
    pub director: Person,
    pub auditor: Person,
    /// Of another council.
    pub stranger: Person,
    /// Waste Services' return for the first quarter.
    pub id: String,
}

impl<'a> Office<'a> {
    /// The figures of the quarter are in, WM01 below its target of 60 and so amber.
    pub async fn open(harness: &'a Harness) -> Office<'a> {
        Self::with(harness, &tests::framework("huntingdonshire")).await
    }

    /// The same with a framework of one's own.
    pub async fn with(harness: &'a Harness, book: &rules::framework::FrameworkBook) -> Office<'a> {
        let world = World::with(harness, "huntingdonshire", book).await;
        let other = World::new(harness, "devon").await;
        switch(&world, Some("2024-04-01")).await;
        switch(&other, Some("2024-04-01")).await;
        let (waste, theirs) = (GrantScope::Element(world.element("S1").await), GrantScope::Element(other.element("S1").await));
        let manager = harness.person(world.council, "Sam Service", &[(Role::ServiceManager, waste)]).await;
        let director = harness.person(world.council, "Dora Director", &[(Role::Director, waste)]).await;
        let auditor = harness.person(world.council, "Audrey Audit", &[(Role::InternalAudit, GrantScope::Council)]).await;
        let stranger = harness.person(other.council, "Stan Stranger", &[(Role::ServiceManager, theirs)]).await;
        let mut office = Office { world, manager, director, auditor, stranger, id: String::new() };
        office.id =
            office.returns(&office.keeper(), json!({ "period": Q1, "element": "S1" })).await[0]["id"].as_str().expect("an id").to_owned();
        office
    }

    pub fn keeper(&self) -> Client<'a> {
        self.world.keeper()
    }

    pub fn of(&self, person: &Person) -> Client<'a> {
        self.world.harness.sign_in(person)
    }

    /// The quarter's figures of Waste Services: WM01 with its explanation, remedial action, owner and day as given.
    pub async fn enter(&self, value: f64, beside: [&str; 4]) {
        let rows = json!([
            ["Ref", "Period", "Result", "Commentary", "Remedial action", "Action owner", "Action due"],
            ["WM01", Q1, value, beside[0], beside[1], beside[2], beside[3]],
            ["WM02", "2024-04", 40, "", "", "", ""],
            ["WM02", "2024-05", 41, "", "", "", ""],
            ["WM02", "2024-06", 42, "", "", "", ""],
        ]);
        self.keeper().take(self.world.code, "q1.xlsx", workbook("Return", &rows)).await;
    }

    /// Figures that lack nothing.
    pub async fn complete(&self) {
        self.enter(58.1, ["Wet spring", "Two more crews", "Waste manager", "2024-12-15"]).await;
    }

    /// The returns a list finds, with the fields the journeys look at.
    pub async fn returns(&self, client: &Client<'_>, with: Value) -> Vec<Value> {
        let query = "query($council: String!, $period: Period, $element: String, $state: ReturnState, $overdue: Boolean, $mine: Boolean) {
            council(code: $council) { returns(period: $period, element: $element, state: $state, overdue: $overdue, mine: $mine) {
                totalCount nodes { id element { code } period state round revision overdue } } } }";
        let mut variables = with;
        variables["council"] = json!(self.world.code);
        let data = client.gql(query, variables).await.data();
        data["council"]["returns"]["nodes"].as_array().cloned().unwrap_or_default()
    }

    /// The return as somebody sees it; null where they do not.
    pub async fn seen(&self, client: &Client<'_>) -> Value {
        let query = "query($id: ID!) { node(id: $id) { ... on Return { id state round revision dueOn overdue approvedAt
            figures { totalCount nodes { period due given late missing differs indicator { code } point { value status { colour } }
                approved { value status { colour } } } }
            questions { id question answer period indicator { code } }
            history { number round act from to by reason }
            lock { because unlockedBy roles } viewerCan viewerActs { act possible because } } } }";
        client.gql(query, json!({ "id": self.id })).await.data()["node"].clone()
    }

    pub async fn revision(&self) -> Value {
        self.seen(&self.keeper()).await["revision"].clone()
    }

    /// Does something to the return as it stands; answers the payload.
    pub async fn act(&self, client: &Client<'_>, act: &str, extra: Value) -> Value {
        let revision = self.revision().await;
        self.act_at(client, act, revision, extra).await
    }

    /// The same to the return as somebody saw it.
    pub async fn act_at(&self, client: &Client<'_>, act: &str, revision: Value, extra: Value) -> Value {
        let kind = match act {
            "returnQuery" => "ReturnQueryInput",
            "returnRecall" | "returnReopen" => "ReturnReasonInput",
            _ => "ReturnActInput",
        };
        let mut input = json!({ "return": self.id, "revision": revision });
        input.as_object_mut().expect("an object").extend(extra.as_object().cloned().unwrap_or_default());
        let document = format!(
            "mutation($input: {kind}!) {{ {act}(input: $input) {{ return {{ id state revision }} userErrors {{ code message field }} }} }}"
        );
        client.gql(&document, json!({ "input": input })).await.data()[act].clone()
    }

    /// The same, done.
    pub async fn done(&self, client: &Client<'_>, act: &str, extra: Value) {
        let payload = self.act(client, act, extra).await;
        assert_eq!(payload["userErrors"], json!([]), "{act}");
    }

    /// From open to approved.
    pub async fn approve(&self) {
        self.done(&self.of(&self.manager), "returnSubmit", json!({})).await;
        self.done(&self.keeper(), "returnAssure", json!({})).await;
        self.done(&self.of(&self.director), "returnApprove", json!({})).await;
    }
}

/// Switches a council's workflow, as its administrator.
pub async fn switch(world: &World<'_>, from: Option<&str>) {
    let (name, grants) = (format!("Ada Switch {}", from.unwrap_or("off")), [(Role::CouncilAdministrator, GrantScope::Council)]);
    let admin = world.harness.person(world.council, &name, &grants).await;
    let document =
        "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { workflow { from reason } userErrors { code } } }";
    let input = json!({ "council": world.code, "from": from, "reason": "Agreed by the leadership team" });
    let data = world.harness.sign_in(&admin).gql(document, json!({ "input": input })).await.data();
    assert_eq!(
        data["workflowSwitch"],
        json!({ "workflow": { "from": from, "reason": "Agreed by the leadership team" }, "userErrors": [] })
    );
}

/// The codes of a payload's refusals.
pub fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().expect("errors").iter().map(|error| error["code"].as_str().expect("a code")).collect()
}
