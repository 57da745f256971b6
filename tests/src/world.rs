//! What most journeys begin with: a council with its framework, and whoever keeps it.

use exporters::framework::render_framework;
use goldenthread::access::GrantScope;
use rules::framework::FrameworkBook;
use rules::permission::{Role, ScopeKind, may_hold};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::client::Client;
use crate::framework::framework;
use crate::harness::{Harness, Person};

/// A council that has its framework.
pub struct World<'a> {
    pub harness: &'a Harness,
    pub council: Uuid,
    pub code: &'static str,
    /// Of the performance team.
    pub keeper: Person,
}

impl<'a> World<'a> {
    /// A council with the small framework.
    pub async fn new(harness: &'a Harness, code: &'static str) -> World<'a> {
        Self::with(harness, code, &framework(code)).await
    }

    /// A council with a framework of one's own, brought in as councils do it: by a workbook.
    pub async fn with(harness: &'a Harness, code: &'static str, book: &FrameworkBook) -> World<'a> {
        let world = Self::empty(harness, code).await;
        world.keeper().take(code, "framework.xlsx", workbook_of(book)).await;
        world
    }

    /// A council without a framework.
    pub async fn empty(harness: &'a Harness, code: &'static str) -> World<'a> {
        let council = harness.council(code).await;
        let keeper = harness.performance_team(council).await;
        World { harness, council, code, keeper }
    }

    /// The front door, as the performance team.
    pub fn keeper(&self) -> Client<'a> {
        self.harness.sign_in(&self.keeper)
    }

    /// The same with a token of today, where the clock was set since.
    pub fn keeper_now(&self) -> Client<'a> {
        self.harness.client(Some(self.harness.token(self.keeper.id, Some(self.council))))
    }

    /// The id of an element.
    pub async fn element(&self, code: &str) -> Uuid {
        self.id("element", code).await
    }

    /// The id of an indicator.
    pub async fn indicator(&self, code: &str) -> Uuid {
        self.id("indicator", code).await
    }

    async fn id(&self, field: &str, code: &str) -> Uuid {
        let query =
            format!("query($council: String!, $code: String!) {{ council(code: $council) {{ it: {field}(code: $code) {{ id }} }} }}");
        let data = self.keeper().gql(&query, json!({ "council": self.code, "code": code })).await.data();
        uuid_of(&data["council"]["it"]["id"])
    }

    /// The id of a forum.
    ///
    /// # Panics
    /// When there is none.
    pub async fn forum(&self, code: &str) -> Uuid {
        let query = "query($council: String!) { council(code: $council) { forums { id code } } }";
        let data = self.keeper().gql(query, json!({ "council": self.code })).await.data();
        let forums = data["council"]["forums"].as_array().expect("forums").clone();
        uuid_of(&forums.iter().find(|forum| forum["code"] == code).expect("a forum of that code")["id"])
    }

    /// Somebody who holds a role over what it is usually held over: the council, Waste Services, or the Overview and
    /// Scrutiny Panel. The public holds nothing; the platform operator belongs to no council.
    pub async fn somebody(&self, role: Role) -> Person {
        let scope = if may_hold(role, ScopeKind::Council) {
            Some(GrantScope::Council)
        } else if may_hold(role, ScopeKind::Element) {
            Some(GrantScope::Element(self.element("S1").await))
        } else if may_hold(role, ScopeKind::Forum) {
            Some(GrantScope::Forum(self.forum("OSP").await))
        } else {
            None
        };
        if role == Role::PlatformOperator {
            return self.harness.operator("Olive Platform").await;
        }
        let grants: Vec<(Role, GrantScope)> = scope.map(|scope| (role, scope)).into_iter().collect();
        self.harness.person(self.council, role.words(), &grants).await
    }
}

/// The uuid inside an opaque id, for grants, which have no door yet.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn uuid_of(id: &Value) -> Uuid {
    let text = id.as_str().unwrap_or_else(|| panic!("{id} is no id"));
    Uuid::try_parse(&text[1..]).expect("an id of this service")
}

/// A framework as the workbook that brings it in.
///
/// # Panics
/// When it cannot be one.
#[must_use]
pub fn workbook_of(book: &FrameworkBook) -> Vec<u8> {
    render_framework(book, "2024-03-15T09:00:00Z".parse().expect("an instant")).expect("a workbook")
}

impl Client<'_> {
    /// Sends a workbook by `/uploads`, submits it and has it read; answers the id of its import.
    ///
    /// # Panics
    /// When it is refused on the way.
    pub async fn submit(&self, council: &str, file_name: &str, bytes: Vec<u8>) -> String {
        let kept = self.upload(file_name, bytes).await;
        assert_eq!(kept.status(), 201);
        let kept: Value = kept.json().await.expect("JSON");
        let input = json!({ "council": council, "upload": kept["upload"] });
        let data = self.run("ImportSubmit", json!({ "input": input })).await.data();
        assert_eq!(data["importSubmit"]["userErrors"], json!([]));
        assert_eq!(data["importSubmit"]["import"]["state"], "QUEUED");
        self.harness.settle().await;
        data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
    }

    /// An import with its plan and its findings.
    pub async fn plan(&self, id: &str) -> Value {
        self.run("ImportPlan", json!({ "id": id })).await.data()["node"].clone()
    }

    /// Accepts an import; answers the payload.
    pub async fn accept(&self, id: &str, mut saying: Value) -> Value {
        saying["id"] = json!(id);
        self.run("ImportAccept", json!({ "input": saying })).await.data()["importAccept"].clone()
    }

    /// Takes an import back; answers the payload.
    pub async fn undo(&self, id: &str) -> Value {
        self.run("ImportUndo", json!({ "input": { "id": id } })).await.data()["importUndo"].clone()
    }

    /// Sends a workbook all of which is right, and accepts it; answers the id of its import.
    ///
    /// # Panics
    /// When anything in it is refused, or its plan is.
    pub async fn take(&self, council: &str, file_name: &str, bytes: Vec<u8>) -> String {
        let id = self.submit(council, file_name, bytes).await;
        let plan = self.plan(&id).await;
        assert_eq!((&plan["state"], &plan["counts"]["refused"]), (&json!("PLANNED"), &json!(0)), "{plan:#}");
        let accepted = self.accept(&id, json!({})).await;
        assert_eq!(accepted["userErrors"], json!([]), "{plan:#}");
        assert_eq!(accepted["import"]["state"], "ACCEPTED");
        id
    }
}
