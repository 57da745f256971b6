//! Machine tokens.

use serde_json::json;
use tests::{World, for_each_database, workbook};

use super::*;

const CREATE: &str = "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) {
    machineToken { id name permissions element expiresAt lastUsedAt personName } secret userErrors { code message field } } }";
const REVOKE: &str = "mutation($input: MachineTokenRevokeInput!) { machineTokenRevoke(input: $input) {
    machineToken { revokedAt revokedBy revokedReason } userErrors { code } } }";

/// A token for figures of the services below Waste Services.
fn input(name: &str, permissions: &[&str]) -> Value {
    json!({ "name": name, "permissions": permissions, "expiresOn": "2024-12-31" })
}

async fn create(client: &Client<'_>, input: &Value) -> Value {
    client.gql(CREATE, json!({ "input": input })).await.data()["machineTokenCreate"].clone()
}

/// Makes a token: its id and the token itself.
async fn made(client: &Client<'_>, input: &Value) -> (String, String) {
    let payload = create(client, input).await;
    assert_eq!(payload["userErrors"], json!([]));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&payload["machineToken"]["id"]), text(&payload["secret"]))
}

async fn revoke(client: &Client<'_>, id: &str) -> Value {
    client.gql(REVOKE, json!({ "input": { "id": id, "reason": "Not needed" } })).await.data()["machineTokenRevoke"].clone()
}

#[tokio::test]
async fn a_person_gives_a_script_no_more_than_they_have() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let keeper = harness.performance_team(council).await;
        let client = harness.sign_in(&keeper);
        let payload = create(&client, &input(" Nightly figures ", &["VIEW_FIGURES", "VIEW_FRAMEWORK", "VIEW_FIGURES"])).await;
        assert!(payload["secret"].as_str().expect("a token").starts_with("gtm_"));
        let mut shown = payload["machineToken"].clone();
        shown["id"].take();
        assert_eq!(
            shown,
            json!({
                "id": null, "name": "Nightly figures", "permissions": ["VIEW_FRAMEWORK", "VIEW_FIGURES"], "element": null,
                "expiresAt": "2025-01-01T00:00:00Z", "lastUsedAt": null, "personName": "Perry Team",
            })
        );
        let mut refused = Vec::new();
        for (name, permissions, on) in [
            ("Another", vec!["VIEW_FIGURES", "MANAGE_MONEY"], "2024-12-31"),
            ("Another", vec!["MANAGE_PEOPLE"], "2024-12-31"),
            ("Another", vec![], "2024-12-31"),
            ("nightly FIGURES", vec!["VIEW_FIGURES"], "2024-12-31"),
            ("  ", vec!["VIEW_FIGURES"], "2024-12-31"),
            ("tab\tbed", vec!["VIEW_FIGURES"], "2024-12-31"),
            ("Another", vec!["VIEW_FIGURES"], "2024-10-14"),
            ("Another", vec!["VIEW_FIGURES"], "2025-10-16"),
        ] {
            let payload = create(&client, &json!({ "name": name, "permissions": permissions, "expiresOn": on })).await;
            assert_eq!((&payload["secret"], &payload["machineToken"]), (&Value::Null, &Value::Null));
            refused.push(refusal(&payload).to_owned());
        }
        let expected = [
            "NOT_YOURS_TO_GIVE",
            "NOT_FOR_SCRIPTS",
            "NO_PERMISSIONS",
            "NAME_TAKEN",
            "NAME_INVALID",
            "NAME_INVALID",
            "EXPIRY_OUT_OF_RANGE",
            "EXPIRY_OUT_OF_RANGE",
        ];
        assert_eq!(refused, expected);
        assert_eq!(harness.count(council, "machine_token").await, 1);
        // The first and the last day that may be.
        made(&client, &json!({ "name": "A day", "permissions": ["VIEW_FIGURES"], "expiresOn": "2024-10-15" })).await;
        made(&client, &json!({ "name": "A year", "permissions": ["VIEW_FIGURES"], "expiresOn": "2025-10-15" })).await;
        for n in 3..20 {
            made(&client, &input(&format!("Token {n}"), &["VIEW_FIGURES"])).await;
        }
        assert_eq!(refusal(&create(&client, &input("One more", &["VIEW_FIGURES"])).await), "TOO_MANY_TOKENS");
        assert_eq!(trail(harness, council, "machine-token").await, vec!["machine-token.create DONE"; 20]);
    })
    .await;
}

#[tokio::test]
async fn a_token_over_an_element_reads_that_and_nothing_beside_it() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let figures = json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", 61.2], ["BN01", "2024/25 Q1", 22]]);
        world.keeper().take(CODE, "figures.xlsx", workbook("Return", &figures)).await;
        let mut wanted = input("Waste dashboard", &["VIEW_FIGURES", "VIEW_FRAMEWORK"]);
        wanted["element"] = json!("S1");
        let (_, token) = made(&world.keeper(), &wanted).await;
        let script = harness.client(Some(token));
        let series = async |code: &str| {
            let query = "query($council: String!, $code: String!) { council(code: $council) { indicator(code: $code) {
                series(until: \"2024/25 Q1\", last: 1) { value } } } }";
            script.gql(query, json!({ "council": CODE, "code": code })).await.data()["council"]["indicator"].clone()
        };
        assert_eq!(series("WM01").await, json!({ "series": [{ "value": "61.2" }] }));
        assert_eq!(series("BN01").await, Value::Null);
        let packs = script.gql("{ council(code: \"huntingdonshire\") { packs { nodes { id } } } }", json!({})).await;
        assert_eq!(packs.codes(), ["FORBIDDEN"]);
        assert_eq!(packs.message(), "This machine token was not given the right to do this.");
        assert_eq!(script.upload("figures.xlsx", b"PK".to_vec()).await.status(), 403);

        // What is about the whole council is narrowed to no element.
        for whole in ["OPEN_AND_CLOSE_PERIODS", "IMPORT_FRAMEWORK", "RELEASE"] {
            wanted["permissions"] = json!(["VIEW_FRAMEWORK", whole]);
            assert_eq!(refusal(&create(&world.keeper(), &wanted).await), "NOT_YOURS_TO_GIVE", "{whole}");
        }
        wanted["permissions"] = json!(["VIEW_FRAMEWORK", "VIEW_FIGURES"]);

        // A service manager's reach ends at their service.
        let manager = world.somebody(Role::ServiceManager).await;
        wanted["element"] = json!("S3");
        assert_eq!(refusal(&create(&harness.sign_in(&manager), &wanted).await), "NOT_YOURS_TO_GIVE");
        wanted["element"] = json!("S9");
        assert_eq!(refusal(&create(&harness.sign_in(&manager), &wanted).await), "ELEMENT_NOT_FOUND");
    })
    .await;
}

#[tokio::test]
async fn how_people_sign_in_is_not_for_scripts() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let roles = [(Role::CouncilAdministrator, GrantScope::Council), (Role::PerformanceTeam, GrantScope::Council)];
        let person = harness.person(council, "Boss Both", &roles).await;
        // As if it had been given all there is, before scripts were kept from it.
        let (id, token) = made(&harness.sign_in(&person), &input("Everything", &["VIEW_FIGURES"])).await;
        change(harness, council, "UPDATE machine_token SET permissions = '[\"MANAGE_PEOPLE\",\"VIEW_FIGURES\"]'").await;
        let script = harness.client(Some(token.clone()));
        assert_eq!(script.gql("{ viewer { can } }", json!({})).await.data()["viewer"]["can"], json!(["VIEW_FIGURES"]));
        let themself = json!({ "person": format!("q{}", person.id.simple()), "reason": "x" });
        let acts = [
            (CREATE.to_owned(), input("Child", &["VIEW_FIGURES"])),
            (REVOKE.to_owned(), json!({ "id": id, "reason": "x" })),
            (LINK.to_owned(), json!({ "person": themself["person"] })),
            ("mutation($input: PersonSignOutInput!) { personSignOut(input: $input) { sessionsEnded } }".to_owned(), themself),
            ("mutation($input: SessionEndInput!) { sessionEnd(input: $input) { signedOut } }".to_owned(), json!({ "id": "s" })),
            (
                "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { sessionsEnded } }".to_owned(),
                json!({ "current": PASSWORD, "new": WRONG }),
            ),
        ];
        for (document, input) in acts {
            assert_eq!(script.gql(&document, json!({ "input": input })).await.codes(), ["FORBIDDEN"], "{document}");
        }
        for document in ["mutation { signOut { signedOut } }", "mutation { signOutEverywhere { sessionsEnded } }"] {
            assert_eq!(script.gql(document, json!({})).await.codes(), ["FORBIDDEN"], "{document}");
        }
        let read =
            "{ viewer { sessions { id } machineTokens { id } } council(code: \"huntingdonshire\") { machineTokens { nodes { id } } } }";
        assert_eq!(script.gql(read, json!({})).await.codes(), ["FORBIDDEN"; 3]);
        assert_eq!(harness.count(council, "audit_event WHERE outcome = 'DONE'").await, 2, "the council's and the token's own making");
        assert!(lets_in(harness, &token).await);
    })
    .await;
}

#[tokio::test]
async fn a_token_stops_when_it_is_revoked_when_it_ends_and_with_its_person() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let keeper = harness.performance_team(council).await;
        let other = harness.person(council, "Otto Other", &[]).await;
        let administrator = administrator(harness, council).await;
        let client = harness.sign_in(&keeper);
        let (mine, first) = made(&client, &input("First", &["VIEW_FIGURES"])).await;
        let (theirs, second) = made(&client, &input("Second", &["VIEW_FIGURES"])).await;
        let (_, third) = made(&client, &input("Third", &["VIEW_FIGURES"])).await;
        assert_eq!(refusal(&revoke(&harness.sign_in(&other), &mine).await), "MACHINE_TOKEN_NOT_FOUND");
        assert_eq!(refusal(&revoke(&client, "nonsense").await), "MACHINE_TOKEN_NOT_FOUND");
        assert!(lets_in(harness, &first).await && lets_in(harness, &second).await);
        let revoked = revoke(&client, &mine).await["machineToken"].clone();
        assert_eq!(revoked, json!({ "revokedAt": "2024-10-14T09:00:00Z", "revokedBy": "Perry Team", "revokedReason": "Not needed" }));
        assert!(!lets_in(harness, &first).await);
        assert_eq!(refusal(&revoke(&client, &mine).await), "MACHINE_TOKEN_REVOKED");
        assert_eq!(revoke(&harness.sign_in(&administrator), &theirs).await["machineToken"]["revokedBy"], "Ada Ministrator");
        assert!(!lets_in(harness, &second).await);
        // A name is free again once its token is revoked. The council's list keeps all of them.
        made(&client, &input("First", &["VIEW_FIGURES"])).await;
        let own = client.gql("{ viewer { machineTokens { name } } }", json!({})).await.data();
        assert_eq!(own["viewer"]["machineTokens"], json!([{ "name": "First" }, { "name": "Third" }]));
        let all = "query($after: String) { council(code: \"huntingdonshire\") { machineTokens(first: 3, after: $after) {
            totalCount nodes { name } pageInfo { hasNextPage endCursor } } } }";
        let office = harness.sign_in(&administrator);
        let page = office.gql(all, json!({})).await.data()["council"]["machineTokens"].clone();
        assert_eq!(page["nodes"], json!([{ "name": "First" }, { "name": "Third" }, { "name": "Second" }]));
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(4), &json!(true)));
        let rest = office.gql(all, json!({ "after": page["pageInfo"]["endCursor"] })).await.data()["council"]["machineTokens"].clone();
        assert_eq!((&rest["nodes"], &rest["pageInfo"]["hasNextPage"]), (&json!([{ "name": "First" }]), &json!(false)));

        // It may do what its person may still do.
        let can = async || harness.client(Some(third.clone())).gql("{ viewer { can } }", json!({})).await.data()["viewer"]["can"].clone();
        assert_eq!(can().await, json!(["VIEW_FIGURES"]));
        change(harness, council, "UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00' WHERE role = 'PERFORMANCE_TEAM'").await;
        assert_eq!(can().await, json!([]));
        harness.at("2024-12-31T23:59:59Z");
        assert!(lets_in(harness, &third).await);
        harness.at("2025-01-01T00:00:00Z");
        assert!(!lets_in(harness, &third).await);
    })
    .await;
}

#[tokio::test]
async fn a_token_s_last_use_is_kept_to_the_hour() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let keeper = harness.performance_team(council).await;
        let (_, token) = made(&harness.sign_in(&keeper), &input("Nightly", &["VIEW_FIGURES"])).await;
        let used = async || {
            let query = "{ viewer { machineTokens { lastUsedAt } } }";
            let data = harness.sign_in(&keeper).gql(query, json!({})).await.data();
            data["viewer"]["machineTokens"][0]["lastUsedAt"].clone()
        };
        assert_eq!(used().await, Value::Null);
        for (at, hour) in [("2024-10-20T10:20:30Z", "2024-10-20T10:00:00Z"), ("2024-10-20T11:59:59Z", "2024-10-20T11:00:00Z")] {
            harness.client(Some(harness.token(keeper.id, Some(council))));
            harness.at(at);
            assert!(lets_in(harness, &token).await);
            // It is written beside the answer: asked for until it is there.
            while used().await != json!(hour) {
                tokio::task::yield_now().await;
            }
        }
        let writes = async || harness.statements(lets_in(harness, &token)).await.0;
        let (first, second) = (writes().await, writes().await);
        assert_eq!(first, second, "a token used within the hour is only read");
    })
    .await;
}

#[tokio::test]
async fn revoking_a_token_stops_what_it_asked_for() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let wanted = input("Nightly figures", &["VIEW_FRAMEWORK", "IMPORT_VALUES", "VIEW_FIGURES"]);
        let (id, token) = made(&world.keeper(), &wanted).await;
        let script = harness.client(Some(token));
        let submit = async |value: f64| {
            let bytes = workbook("Return", &json!([["Ref", "Period", "Result"], ["WM01", "2024/25 Q1", value]]));
            let kept: Value = script.upload("figures.xlsx", bytes).await.json().await.expect("JSON");
            let input = json!({ "council": CODE, "upload": kept["upload"] });
            let data = script.run("ImportSubmit", json!({ "input": input })).await.data();
            data["importSubmit"]["import"]["id"].as_str().expect("an id").to_owned()
        };
        let first = submit(61.2).await;
        harness.settle().await;
        assert_eq!(script.plan(&first).await["state"], "PLANNED");
        let planned = harness.count(world.council, "import_change").await;
        let second = submit(61.3).await;
        revoke(&world.keeper(), &id).await;
        harness.settle().await;
        let plan = world.keeper().plan(&second).await;
        assert_eq!(plan["state"], "REFUSED", "{plan:#}");
        assert_eq!(harness.count(world.council, "import_change").await, planned, "nothing was planned");
    })
    .await;
}

#[tokio::test]
async fn tokens_somebody_else_may_have_made_stop_with_the_password_and_with_the_person() {
    for_each_database(async |harness| {
        let (council, person) = somebody(harness).await;
        let thief = harness.sign_in(&person);
        let (_, stolen) = made(&thief, &input("Stolen", &["VIEW_FIGURES"])).await;
        assert!(lets_in(harness, &stolen).await);
        let roles = [(Role::CouncilAdministrator, GrantScope::Council), (Role::PerformanceTeam, GrantScope::Council)];
        let boss = harness.person(council, "Anna Other", &roles).await;
        let office = harness.sign_in(&boss);
        let (_, bosses) = made(&office, &input("The administrator's", &["VIEW_FIGURES"])).await;
        let token = link(&office, person.id).await;
        assert_eq!(set_password(&harness.visitor(), &token, "nine pears under a hedge").await["userErrors"], json!([]));
        assert!(!lets_in(harness, &stolen).await);
        assert_eq!(thief.gql("{ viewer { name } }", json!({})).await.status, 401, "nor do tokens printed before");
        let why = "SELECT revoked_reason FROM machine_token WHERE revoked_at IS NOT NULL";
        assert_eq!(texts(harness, council, why).await, ["The password was set anew by a one-time link."]);

        // Suspended and let in again, what was theirs before stays refused: machine tokens, and links to set a password.
        harness.later(chrono::Duration::seconds(1));
        let (_, nightly) = made(&harness.client(Some(harness.token(person.id, Some(council)))), &input("Nightly", &["VIEW_FIGURES"])).await;
        let open = link(&office, person.id).await;
        let them = json!({ "input": { "id": format!("q{}", person.id.simple()), "reason": "Under inquiry" } });
        for (verb, kind) in [("personSuspend", "PersonSuspendInput"), ("personRestore", "PersonRestoreInput")] {
            let document = format!("mutation($input: {kind}!) {{ {verb}(input: $input) {{ userErrors {{ code }} }} }}");
            assert_eq!(office.gql(&document, them.clone()).await.data()[verb]["userErrors"], json!([]));
            assert!(!lets_in(harness, &nightly).await, "{verb}");
            assert_eq!(refusal(&set_password(&harness.visitor(), &open, WRONG).await), "LINK_NOT_VALID", "{verb}");
        }
        assert!(lets_in(harness, &bosses).await, "another person's goes on");
        let by = "SELECT actor || ': ' || after FROM audit_event WHERE verb = 'machine-token.revoke-all' ORDER BY seq";
        let told = texts(harness, council, by).await;
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("Perry Team <perry.team@example.org>: ") && told[0].contains("set anew"), "{told:?}");
        assert!(told[1].starts_with("Anna Other <anna.other@example.org>: ") && told[1].contains("Suspended: Under inquiry"), "{told:?}");
    })
    .await;
}
