//! Councils created, suspended and restored by the platform operator.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Harness, for_each_database};
use uuid::Uuid;

use super::{Office, act, document, refusal};

/// A council to be created, with some of it otherwise.
fn council(changes: &Value) -> Value {
    let mut input = json!({
        "code": "nottingham", "name": "Nottingham City Council", "kind": "Unitary", "gssCode": "E06000018",
        "administrator": { "email": "Nia.First@example.org", "name": "Nia First" },
    });
    changes.as_object().expect("an object").iter().for_each(|(key, value)| input[key] = value.clone());
    input
}

/// How many councils there are, and what one holds.
async fn all(harness: &Harness, of: Uuid) -> (i64, Vec<i64>) {
    let sql = "SELECT count(*) FROM council";
    let row = harness.app.db.pool().query_one_raw(Statement::from_string(harness.app.db.backend(), sql)).await.expect("counts");
    (row.expect("a row").try_get_by_index(0).expect("a number"), harness.holds(of).await)
}

#[tokio::test]
async fn a_council_is_created_with_an_administrator_who_gives_the_first_roles() {
    for_each_database(async |harness| {
        let olive = harness.operator("Olive Platform").await;
        let operator = harness.sign_in(&olive);
        let created = act(&operator, "councilCreate", council(&json!({}))).await;
        assert_eq!(created["userErrors"], json!([]), "{created:#}");
        let entry = json!({ "code": "nottingham", "name": "Nottingham City Council", "suspendedAt": null });
        assert_eq!(created["it"], entry);
        let listed = operator.gql("{ councils { code name kind gssCode createdAt suspendedAt } }", json!({})).await.data();
        let expected = json!([{ "code": "nottingham", "name": "Nottingham City Council", "kind": "Unitary", "gssCode": "E06000018",
            "createdAt": "2024-10-14T09:00:00Z", "suspendedAt": null }]);
        assert_eq!(listed["councils"], expected);

        let id = goldenthread::councils::service::by_code(&harness.app, "nottingham").await.unwrap_or_else(|_| panic!("finds"));
        let id = id.expect("is there");
        let snapshot = harness.app.db.snapshot(id).await.unwrap_or_else(|_| panic!("opens"));
        let nia =
            goldenthread::people::service::by_email(&*snapshot, id, "nia.first@example.org").await.unwrap_or_else(|_| panic!("finds"));
        drop(snapshot);
        let nia = harness.client(Some(harness.token(nia.expect("is there"), Some(id))));
        let viewer = nia.gql("{ viewer { council { code } can grants { role } } }", json!({})).await.data();
        let expected = json!({ "council": { "code": "nottingham" }, "can": ["VIEW_PUBLISHED", "MANAGE_PEOPLE", "MANAGE_SETTINGS", "REORGANISE"],
            "grants": [{ "role": "COUNCIL_ADMINISTRATOR" }] });
        assert_eq!(viewer["viewer"], expected);
        let bo = act(&nia, "personInvite", json!({ "council": "nottingham", "email": "bo@example.org", "name": "Bo" })).await;
        let give = json!({ "person": bo["it"]["id"], "role": "PERFORMANCE_TEAM", "reason": "First of the team" });
        assert_eq!(act(&nia, "grantGive", give).await["userErrors"], json!([]));
        // The operator who created it sees nothing of it.
        assert_eq!(operator.gql("{ council(code: \"nottingham\") { name } }", json!({})).await.codes(), ["FORBIDDEN"]);
        let invite = json!({ "input": { "council": "nottingham", "email": "x@example.org", "name": "X" } });
        assert_eq!(operator.gql(&document("personInvite"), invite).await.codes(), ["FORBIDDEN"]);
    })
    .await;
}

#[tokio::test]
async fn councils_that_cannot_be_are_refused_and_nothing_changes() {
    for_each_database(async |harness| {
        let office = Office::new(harness, "devon").await;
        let operator = harness.sign_in(&harness.operator("Olive Platform").await);
        let before = all(harness, office.world.council).await;
        for (changes, code) in [
            (json!({ "code": "devon" }), "COUNCIL_CODE_TAKEN"),
            (json!({ "code": "Nottingham" }), "COUNCIL_CODE_INVALID"),
            (json!({ "code": "not ham" }), "COUNCIL_CODE_INVALID"),
            (json!({ "code": "n".repeat(41) }), "COUNCIL_CODE_INVALID"),
            (json!({ "name": "" }), "NAME_INVALID"),
            (json!({ "kind": " " }), "KIND_INVALID"),
            (json!({ "gssCode": "06000018" }), "GSS_CODE_INVALID"),
            (json!({ "administrator": { "email": "nia", "name": "Nia" } }), "EMAIL_INVALID"),
            (json!({ "administrator": { "email": "nia@example.org", "name": " " } }), "NAME_INVALID"),
        ] {
            assert_eq!(refusal(&act(&operator, "councilCreate", council(&changes)).await), code, "{changes}");
        }
        for verb in ["councilSuspend", "councilRestore"] {
            assert_eq!(refusal(&act(&operator, verb, json!({ "code": "nowhere", "reason": "None" })).await), "COUNCIL_NOT_FOUND");
            assert_eq!(refusal(&act(&operator, verb, json!({ "code": "devon", "reason": " " })).await), "REASON_NEEDED");
        }
        // Nobody of a council does it, whatever their roles.
        for client in [&office.admin, &office.auditor] {
            for (verb, input) in [
                ("councilCreate", council(&json!({}))),
                ("councilSuspend", json!({ "code": "devon", "reason": "Ours" })),
                ("councilRestore", json!({ "code": "devon", "reason": "Ours" })),
            ] {
                assert_eq!(client.gql(&document(verb), json!({ "input": input })).await.codes(), ["FORBIDDEN"], "{verb}");
            }
        }
        assert_eq!(act(&operator, "councilRestore", json!({ "code": "devon", "reason": "Is not" })).await["userErrors"], json!([]));
        assert_eq!(all(harness, office.world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn nobody_of_a_suspended_council_is_let_in_until_it_is_restored() {
    for_each_database(async |harness| {
        let (office, other) = (Office::new(harness, "devon").await, Office::new(harness, "kent").await);
        let operator = harness.sign_in(&harness.operator("Olive Platform").await);
        let suspended = act(&operator, "councilSuspend", json!({ "code": "devon", "reason": "Merged" })).await;
        assert_eq!(suspended["it"]["suspendedAt"], "2024-10-14T09:00:00Z");
        let viewer = "{ viewer { name } }";
        for client in [&office.admin, &office.auditor, &office.world.keeper()] {
            assert_eq!(client.gql(viewer, json!({})).await.status, 401);
        }
        assert_eq!(other.admin.gql(viewer, json!({})).await.status, 200);
        assert_eq!(
            operator.gql("{ councils { code suspendedAt } }", json!({})).await.data()["councils"][0]["suspendedAt"],
            "2024-10-14T09:00:00Z"
        );
        act(&operator, "councilRestore", json!({ "code": "devon", "reason": "Apart again" })).await;
        assert_eq!(office.admin.gql(viewer, json!({})).await.status, 200);

        let told = office.told(&format!("council {}", office.world.council)).await;
        let told: Vec<_> = told.iter().map(|(verb, actor, _, after)| (verb.as_str(), actor.as_str(), after["reason"].clone())).collect();
        let by = "Olive Platform <olive.platform@example.org>";
        assert_eq!(told[0], ("council.create", "the service", Value::Null));
        assert_eq!(told[1..], [("council.suspend", by, json!("Merged")), ("council.restore", by, json!("Apart again"))]);
        let acts = "audit_event WHERE role = 'PLATFORM_OPERATOR' AND via = 'operator' AND person_id IS NULL AND outcome = 'DONE'";
        assert_eq!(harness.count(office.world.council, acts).await, 2);
        assert_eq!(harness.count(other.world.council, acts).await, 0);
    })
    .await;
}

#[tokio::test]
async fn one_code_is_taken_once_however_many_ask_at_the_same_time() {
    for_each_database(async |harness| {
        let operator = harness.sign_in(&harness.operator("Olive Platform").await);
        let text = document("councilCreate");
        let input = json!({ "input": council(&json!({})) });
        let ask = || operator.gql(&text, input.clone());
        let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
        let mut codes: Vec<String> = [a, b, c, d]
            .into_iter()
            .map(|answer| answer.data()["payload"]["userErrors"][0]["code"].as_str().unwrap_or("created").to_owned())
            .collect();
        codes.sort();
        assert_eq!(codes, ["COUNCIL_CODE_TAKEN", "COUNCIL_CODE_TAKEN", "COUNCIL_CODE_TAKEN", "created"]);
    })
    .await;
}
