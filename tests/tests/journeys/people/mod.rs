//! People and the roles they hold: given, withdrawn, asked about.

mod councils;
mod giving;
mod holders;
mod listing;
mod refusals;
mod taking;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, Harness, Person, World};

/// A council with its framework, an administrator and internal audit.
pub struct Office<'a> {
    pub world: World<'a>,
    pub ada: Person,
    pub admin: Client<'a>,
    pub auditor: Client<'a>,
}

impl<'a> Office<'a> {
    pub async fn new(harness: &'a Harness, code: &'static str) -> Office<'a> {
        Self::of(World::new(harness, code).await).await
    }

    pub async fn of(world: World<'a>) -> Office<'a> {
        let harness = world.harness;
        let ada = harness.person(world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let iris = harness.person(world.council, "Iris Audit", &[(Role::InternalAudit, GrantScope::Council)]).await;
        Office { admin: harness.sign_in(&ada), auditor: harness.sign_in(&iris), ada, world }
    }

    /// Somebody with these roles.
    pub async fn person(&self, name: &str, grants: &[(Role, GrantScope)]) -> Person {
        self.world.harness.person(self.world.council, name, grants).await
    }

    /// Gives a role, as the administrator; answers the grant's id.
    pub async fn give(&self, to: &Person, role: &str, mut saying: Value) -> String {
        saying["person"] = json!(id_of(to));
        saying["role"] = json!(role);
        saying["reason"] = json!("As agreed");
        let given = act(&self.admin, "grantGive", saying).await;
        assert_eq!(given["userErrors"], json!([]), "{given:#}");
        given["it"]["id"].as_str().expect("an id").to_owned()
    }

    /// Asks something of the council.
    pub async fn ask(&self, client: &Client<'_>, fields: &str) -> Value {
        let query = format!("query($code: String!) {{ council(code: $code) {{ {fields} }} }}");
        client.gql(&query, json!({ "code": self.world.code })).await.data()["council"].clone()
    }

    /// The names of whoever may do something, as internal audit is told.
    pub async fn who_may(&self, arguments: &str) -> Vec<String> {
        let seen = self.ask(&self.auditor, &format!("whoMay({arguments}) {{ person {{ name }} }}")).await;
        let holders = seen["whoMay"].as_array().expect("a list");
        holders.iter().map(|holder| holder["person"]["name"].as_str().expect("a name").to_owned()).collect()
    }

    /// Everything the council holds, so that nothing of it changed can be said.
    pub async fn holds(&self) -> Vec<i64> {
        self.world.harness.holds(self.world.council).await
    }

    /// The last events of the audit trail: verb, person and role, before and after.
    pub async fn told(&self, subject: &str) -> Vec<(String, String, Value, Value)> {
        use sea_orm::{ConnectionTrait, Statement};
        let app = &self.world.harness.app;
        let snapshot = app.db.snapshot(self.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        let sql = "SELECT verb, actor, before, after FROM audit_event WHERE council_id = $1 AND subject = $2 ORDER BY seq";
        let statement = Statement::from_sql_and_values(app.db.backend(), sql, [self.world.council.into(), subject.into()]);
        let rows = snapshot.query_all_raw(statement).await.expect("reads");
        let json = |text: Option<String>| text.map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"));
        rows.iter()
            .map(|row| {
                let text = |at: usize| row.try_get_by_index::<Option<String>>(at).expect("a text");
                (text(0).unwrap_or_default(), text(1).unwrap_or_default(), json(text(2)), json(text(3)))
            })
            .collect()
    }
}

/// A person's id as the API writes it.
pub fn id_of(person: &Person) -> String {
    format!("q{}", person.id.simple())
}

/// Does something and answers its payload, with what it was done to as `it`.
pub async fn act(client: &Client<'_>, verb: &str, input: Value) -> Value {
    let answer = client.gql(&document(verb), json!({ "input": input })).await;
    answer.data()["payload"].clone()
}

/// The mutation of a verb.
pub fn document(verb: &str) -> String {
    let name = verb[..1].to_uppercase() + &verb[1..];
    let it = match &verb[..5] {
        "grant" => "it: grant { id from until withdrawnReason person { name } }",
        "perso" => "it: person { id name email suspendedAt }",
        _ => "it: council { code name suspendedAt }",
    };
    format!("mutation($input: {name}Input!) {{ payload: {verb}(input: $input) {{ {it} userErrors {{ code message field }} }} }}")
}

/// The code something was refused with.
pub fn refusal(payload: &Value) -> &str {
    assert_eq!(payload["it"], Value::Null, "{payload:#}");
    assert_eq!(payload["userErrors"].as_array().map(Vec::len), Some(1), "{payload:#}");
    let message = payload["userErrors"][0]["message"].as_str().expect("a sentence");
    assert!(message.ends_with('.') && message.len() > 30, "{message}");
    payload["userErrors"][0]["code"].as_str().expect("a code")
}
