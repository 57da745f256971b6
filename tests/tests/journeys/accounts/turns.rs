//! What somebody may do is decided when their turn comes, not when they asked.

use serde_json::json;
use tests::{Answer, for_each_database};

use super::*;

const CREATE: &str = "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) { secret userErrors { code } } }";
const REVOKE: &str = "mutation($input: MachineTokenRevokeInput!) { machineTokenRevoke(input: $input) {
    machineToken { id } userErrors { code } } }";
const OUT: &str = "mutation($input: PersonSignOutInput!) { personSignOut(input: $input) { sessionsEnded userErrors { code } } }";
const EVERYWHERE: &str = "mutation { signOutEverywhere { sessionsEnded } }";

/// Asks for something that has to wait until another change of the council, under way already, is made so.
async fn behind(harness: &Harness, council: Uuid, client: &Client<'_>, asked: (&str, &Value), sql: &str) -> Answer {
    let held = harness.app.db.change(council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    let other = async {
        // Long enough to come to the council's lock.
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        held.execute_unprepared(sql).await.expect("changes");
        held.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    };
    tokio::join!(client.gql(asked.0, json!({ "input": asked.1 })), other).0
}

#[tokio::test]
async fn whoever_is_suspended_while_they_wait_their_turn_does_nothing_more() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let other = harness.performance_team(council).await;
        let them = format!("q{}", other.id.simple());
        let token = json!({ "name": "Nightly", "permissions": ["VIEW_FIGURES"], "expiresOn": "2024-12-31" });
        let kept = json!({ "name": "Kept", "permissions": ["VIEW_FIGURES"], "expiresOn": "2024-12-31" });
        let made = harness
            .sign_in(&other)
            .gql(
                "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) {
            machineToken { id } } }",
                json!({ "input": kept }),
            )
            .await
            .data();
        let acts = [
            (LINK, json!({ "person": them })),
            (CREATE, token),
            (REVOKE, json!({ "id": made["machineTokenCreate"]["machineToken"]["id"], "reason": "x" })),
            (OUT, json!({ "person": them, "reason": "x" })),
            (EVERYWHERE, Value::Null),
        ];
        let before = harness.count(council, "audit_event WHERE outcome = 'DONE'").await;
        for (n, (document, input)) in acts.iter().enumerate() {
            let name = format!("Ada Number{n}");
            let roles = [(Role::CouncilAdministrator, GrantScope::Council), (Role::PerformanceTeam, GrantScope::Council)];
            let ada = harness.person(council, &name, &roles).await;
            let client = harness.sign_in(&ada);
            let sql = format!("UPDATE person SET suspended_at = '2024-10-14 08:00:00+00:00' WHERE name = '{name}'");
            let answer = behind(harness, council, &client, (document, input), &sql).await;
            assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{document}");
        }
        for what in ["setup_link", "machine_token WHERE name = 'Nightly'", "machine_token WHERE revoked_at IS NOT NULL"] {
            assert_eq!(harness.count(council, what).await, 0, "{what}");
        }
        assert_eq!(harness.count(council, "audit_event WHERE outcome = 'DONE'").await, before);
    })
    .await;
}

#[tokio::test]
async fn a_role_withdrawn_while_its_holder_waits_their_turn_gives_no_right() {
    for_each_database(async |harness| {
        let council = harness.council(CODE).await;
        let other = harness.performance_team(council).await;
        let them = format!("q{}", other.id.simple());
        let client = harness.sign_in(&administrator(harness, council).await);
        let sql = "UPDATE role_grant SET withdrawn_at = '2024-10-14 09:00:00+00:00' WHERE role = 'COUNCIL_ADMINISTRATOR'";
        let answer = behind(harness, council, &client, (LINK, &json!({ "person": them })), sql).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        assert_eq!(harness.count(council, "setup_link").await, 0);
    })
    .await;
}
