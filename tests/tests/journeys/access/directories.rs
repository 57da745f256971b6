//! What everyone may do with identity providers.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Oidc, World};

use super::acts::{Act, Arrange};
use super::stage::Things;

const ADD: &str =
    "mutation($input: IdentityProviderAddInput!) { identityProviderAdd(input: $input) { provider { id } userErrors { code message } } }";
const UPDATE: &str = "mutation($input: IdentityProviderUpdateInput!) {
    identityProviderUpdate(input: $input) { provider { id } userErrors { code message } } }";
const DISABLE: &str = "mutation($input: IdentityProviderInput!) {
    identityProviderDisable(input: $input) { provider { id } userErrors { code message } } }";
const ENABLE: &str = "mutation($input: IdentityProviderInput!) {
    identityProviderEnable(input: $input) { provider { id } userErrors { code message } } }";
const SET: &str =
    "mutation($input: DirectoryGrantInput!) { directoryGrantSet(input: $input) { provider { id } userErrors { code message } } }";
const REMOVE: &str =
    "mutation($input: DirectoryGrantInput!) { directoryGrantRemove(input: $input) { provider { id } userErrors { code message } } }";
const LINK: &str = "mutation($input: PersonLinkInput!) { personLink(input: $input) { link { subject } userErrors { code message } } }";
const UNLINK: &str = "mutation($input: PersonUnlinkInput!) { personUnlink(input: $input) { provider { id } userErrors { code message } } }";

/// Each act of sign-in with directories.
pub fn acts() -> [Act; 8] {
    let act = |field, document, input| Act { field, document, input, arrange: Arrange::Nothing };
    [
        // The provider itself is that of the stage, and is known by the council's settings.
        act("identityProviderAdd", ADD, |things, _| {
            let issuer = things.issuer.as_str();
            new(things.world.code, "Another", issuer, "another audience of this council")
        }),
        act("identityProviderUpdate", UPDATE, |things, _| json!({ "provider": things.provider, "name": "Guildhall" })),
        act("identityProviderDisable", DISABLE, |things, _| json!({ "provider": things.provider })),
        act("identityProviderEnable", ENABLE, |things, _| json!({ "provider": things.provider })),
        act("directoryGrantSet", SET, |things, _| mapping(things, "financiers", "FINANCE")),
        act("directoryGrantRemove", REMOVE, |things, _| mapping(things, "financiers", "FINANCE")),
        act("personUnlink", UNLINK, |things, _| json!({ "person": things.keeper, "provider": things.provider })),
        act("personLink", LINK, |things, _| json!({ "person": things.keeper, "provider": things.provider, "subject": "keeper" })),
    ]
}

fn new(council: &str, name: &str, issuer: &str, audience: &str) -> Value {
    json!({
        "council": council, "name": name, "issuer": issuer, "audience": format!("{audience} {council}"), "algorithms": ["RS256"],
        "groupsClaim": "groups",
    })
}

fn mapping(things: &Things<'_>, group: &str, role: &str) -> Value {
    json!({ "provider": things.provider, "group": group, "role": role })
}

/// Enters a provider, a group that brings a role, and who the keeper is; answers the provider's id.
pub async fn arrange(world: &World<'_>, oidc: &Oidc, keeper: &str) -> String {
    let administrator = world.harness.person(world.council, "Addie Settings", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let client = world.harness.sign_in(&administrator);
    let done = async |document: &str, input: Value| {
        let data = client.gql(document, json!({ "input": input })).await.data();
        let payload = data.as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default();
        assert_eq!(payload["userErrors"], json!([]));
        payload
    };
    let added = done(ADD, new(world.code, "Town Hall", &oidc.issuer, "goldenthread of")).await;
    let provider = added["provider"]["id"].as_str().expect("an id").to_owned();
    done(SET, json!({ "provider": provider, "group": "keepers", "role": "PERFORMANCE_TEAM" })).await;
    done(LINK, json!({ "person": keeper, "provider": provider, "subject": "keeper" })).await;
    provider
}
