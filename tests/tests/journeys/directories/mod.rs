//! Sign-in with a council's own identity provider, a real one.

mod groups;
mod keys;
mod people;
mod settings;
mod tokens;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Answer, Client, Harness, Oidc, Person};
use uuid::Uuid;

/// What tokens for this service are for.
pub const AUDIENCE: &str = "goldenthread";
/// The keys providers here begin with.
pub const KEYS: [(&str, &str); 3] = [("first", "RS256"), ("second", "ES256"), ("third", "EdDSA")];

const ADD: &str = "mutation($input: IdentityProviderAddInput!) { identityProviderAdd(input: $input) {
    provider { id name issuer audience algorithms linkBy emailClaim groupsClaim disabledAt trouble
        keys { jwksUri count offered fetchedAt } viewerCan }
    userErrors { code message field } } }";

/// A council whose people sign in with a provider.
pub struct Signed<'a> {
    pub harness: &'a Harness,
    pub council: Uuid,
    pub admin: Person,
    pub oidc: Oidc,
    /// The provider's id.
    pub id: String,
}

/// A council administrator.
pub async fn administrator(harness: &Harness, council: Uuid) -> Person {
    harness.person(council, "Addie Min", &[(Role::CouncilAdministrator, GrantScope::Council)]).await
}

/// What an administrator enters.
pub fn input(council: &str, issuer: &str) -> Value {
    json!({
        "council": council, "name": "Town Hall", "issuer": issuer, "audience": AUDIENCE,
        "algorithms": ["RS256", "ES256", "EdDSA"], "linkBy": "VERIFIED_EMAIL", "groupsClaim": "groups",
    })
}

/// Enters a provider; answers the payload.
pub async fn add(client: &Client<'_>, input: &Value) -> Value {
    client.gql(ADD, json!({ "input": input })).await.data()["identityProviderAdd"].clone()
}

/// Does something of this slice; answers the payload.
pub async fn act(client: &Client<'_>, verb: &str, input: &Value) -> Value {
    let mut name = verb.to_owned();
    name[..1].make_ascii_uppercase();
    let (kind, thing) = match verb {
        "identityProviderUpdate" => {
            (format!("{name}Input"), "provider { name audience algorithms linkBy emailClaim groupsClaim disabledAt }")
        }
        "identityProviderDisable" | "identityProviderEnable" => ("IdentityProviderInput".to_owned(), "provider { disabledAt }"),
        "directoryGrantSet" | "directoryGrantRemove" => {
            ("DirectoryGrantInput".to_owned(), "provider { groups { group role scope { __typename ... on Forum { code } } } }")
        }
        "personLink" => (format!("{name}Input"), "link { subject linkedAt groupsAt provider { id } }"),
        _ => (format!("{name}Input"), "provider { id }"),
    };
    let document = format!("mutation($input: {kind}!) {{ {verb}(input: $input) {{ {thing} userErrors {{ code message field }} }} }}");
    client.gql(&document, json!({ "input": input })).await.data()[verb].clone()
}

/// The codes of a payload's user errors.
pub fn codes(payload: &Value) -> Vec<&str> {
    payload["userErrors"].as_array().expect("a list").iter().map(|error| error["code"].as_str().expect("a code")).collect()
}

impl<'a> Signed<'a> {
    /// A council with a provider that vouches for addresses and names groups.
    pub async fn new(harness: &'a Harness, code: &'static str) -> Signed<'a> {
        Self::with(harness, code, |_| ()).await
    }

    /// The same, with other settings.
    pub async fn with(harness: &'a Harness, code: &'static str, change: impl FnOnce(&mut Value)) -> Signed<'a> {
        Self::of(harness, harness.council(code).await, code, change).await
    }

    /// The same, of a council that is there.
    pub async fn of(harness: &'a Harness, council: Uuid, code: &'static str, change: impl FnOnce(&mut Value)) -> Signed<'a> {
        let admin = administrator(harness, council).await;
        let oidc = Oidc::start(&KEYS).await;
        let mut input = input(code, &oidc.issuer);
        change(&mut input);
        let added = add(&harness.sign_in(&admin), &input).await;
        assert_eq!(added["userErrors"], json!([]));
        let id = added["provider"]["id"].as_str().expect("an id").to_owned();
        Signed { harness, council, admin, oidc, id }
    }

    /// The front door, as the administrator.
    pub fn administer(&self) -> Client<'a> {
        self.harness.sign_in(&self.admin)
    }

    /// What a good token of somebody says, by the journey's clock.
    pub fn claims(&self, name: &str) -> Value {
        let now = self.harness.app.clock.now().timestamp();
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        json!({ "sub": format!("subject of {name}"), "iat": now, "exp": now + 3600, "email": email, "email_verified": true })
    }

    /// A good token of somebody, with more or other claims.
    pub async fn token(&self, kid: &str, name: &str, more: Value) -> String {
        let mut claims = self.claims(name);
        for (claim, value) in more.as_object().expect("claims") {
            claims[claim] = value.clone();
        }
        self.oidc.token(kid, AUDIENCE, &claims).await
    }

    /// Who a token is let in as.
    pub async fn viewer(&self, token: &str) -> Answer {
        viewer(self.harness, token).await
    }

    /// Asserts that a token lets in somebody of a name.
    pub async fn lets_in(&self, token: &str, name: &str) {
        assert_eq!(self.viewer(token).await.data()["viewer"]["name"], name);
    }

    /// Asserts that a token lets nobody in, and that the answer says no more than that.
    pub async fn refuses(&self, token: &str, why: &str) {
        refuses(self.harness, token, why).await;
    }

    /// The audit trail's events of a verb: outcome, actor, via, subject, before and after.
    pub async fn events(&self, verb: &str) -> Vec<Value> {
        events(self.harness, self.council, verb).await
    }
}

pub async fn viewer(harness: &Harness, token: &str) -> Answer {
    let query = "{ viewer { name council { code } grants { role } } }";
    harness.client(Some(token.to_owned())).gql(query, json!({})).await
}

pub async fn refuses(harness: &Harness, token: &str, why: &str) {
    let answer = viewer(harness, token).await;
    let refused = viewer(harness, "nonsense").await;
    assert_eq!((answer.status, answer.codes()), (401, vec!["UNAUTHENTICATED".to_owned()]), "{why}: {:#}", answer.body);
    assert_eq!(answer, refused, "{why}");
}

pub async fn events(harness: &Harness, council: Uuid, verb: &str) -> Vec<Value> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let snapshot = harness.app.db.snapshot(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    #[expect(clippy::disallowed_methods, reason = "a journey looks at what was written")]
    let rows = entity::audit_event::Entity::find()
        .filter(entity::audit_event::Column::CouncilId.eq(council))
        .filter(entity::audit_event::Column::Verb.eq(verb))
        .order_by_asc(entity::audit_event::Column::Seq)
        .all(&*snapshot)
        .await
        .expect("reads");
    let state = |text: Option<String>| text.map(|text| serde_json::from_str(&text).expect("JSON")).unwrap_or(Value::Null);
    let event = |row: entity::audit_event::Model| {
        json!({ "outcome": row.outcome, "actor": row.actor, "via": row.via, "subject": row.subject, "address": row.address,
            "before": state(row.before), "after": state(row.after) })
    };
    rows.into_iter().map(event).collect()
}
