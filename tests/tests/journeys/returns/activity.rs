//! Watching a council: returns as they move, approvals, imports, returns that become overdue.

use serde_json::{Value, json};
use tests::{Socket, for_each_database, workbook};

use super::stage::{Office, Q1};

const WATCH: &str = "subscription($council: String!, $kinds: [ActivityKind!]) { councilActivity(council: $council, kinds: $kinds) {
    kind by element period act state fileName importEvent } }";

async fn watching(office: &Office<'_>, token: &str, kinds: Option<Vec<&str>>) -> Socket {
    let mut socket = Socket::open(&office.world.harness.url, token).await;
    let variables = json!({ "council": office.world.code, "kinds": kinds });
    socket.send(&json!({ "id": "1", "type": "subscribe", "payload": { "query": WATCH, "variables": variables } })).await;
    // What happens from the first event on is told.
    assert_eq!(next(&mut socket).await["kind"], "WATCHING");
    socket
}

async fn next(socket: &mut Socket) -> Value {
    let message = tokio::time::timeout(std::time::Duration::from_secs(20), socket.next()).await.expect("in time").expect("an event");
    assert_eq!(message["type"], "next", "{message}");
    message["payload"]["data"]["councilActivity"].clone()
}

fn step(by: &str, act: &str, state: &str) -> Value {
    let kind = if act == "APPROVE" { "APPROVAL" } else { "RETURN" };
    json!({ "kind": kind, "by": by, "element": "S1", "period": Q1, "act": act, "state": state, "fileName": null, "importEvent": null })
}

#[tokio::test]
async fn what_happens_is_seen_by_whoever_may_see_it() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        office.complete().await;
        let mut team = watching(&office, &office.world.keeper.token, None).await;
        let mut manager = watching(&office, &office.manager.token, Some(vec!["APPROVAL", "OVERDUE"])).await;
        office.approve().await;
        for (by, act, state) in
            [("Sam Service", "SUBMIT", "SUBMITTED"), ("Perry Team", "ASSURE", "ASSURED"), ("Dora Director", "APPROVE", "APPROVED")]
        {
            assert_eq!(next(&mut team).await, step(by, act, state));
        }
        assert_eq!(next(&mut manager).await, step("Dora Director", "APPROVE", "APPROVED"));

        let rows = json!([["Ref", "Period", "Result"], ["PL01", Q1, 71.5]]);
        let id = office.keeper().take(office.world.code, "planning.xlsx", workbook("Return", &rows)).await;
        let import = |event: &str| {
            json!({ "kind": "IMPORT", "by": "Perry Team", "element": null, "period": null, "act": null, "state": null,
                "fileName": "planning.xlsx", "importEvent": event })
        };
        let mut seen = vec![next(&mut team).await, next(&mut team).await];
        seen.sort_by_key(|event| event["importEvent"] != "PLANNED");
        assert_eq!(seen, [import("PLANNED"), import("ACCEPTED")]);
        office.keeper().undo(&id).await;
        assert_eq!(next(&mut team).await, import("UNDONE"));
        // The second quarter is due on 31 October: its returns become overdue the day after. The manager sees their own.
        drop((team, manager));
        harness.at("2024-10-31T23:59:00Z");
        let token = |id| harness.token(id, Some(office.world.council));
        let mut team = watching(&office, &token(office.world.keeper.id), None).await;
        let mut manager = watching(&office, &token(office.manager.id), Some(vec!["APPROVAL", "OVERDUE"])).await;
        harness.at("2024-11-01T00:00:05Z");
        let overdue = next(&mut manager).await;
        assert_eq!(
            json!([overdue["kind"], overdue["element"], overdue["period"], overdue["by"]]),
            json!(["OVERDUE", "S1", "2024/25 Q2", null])
        );
        let mut late = Vec::new();
        for _ in 0..3 {
            let event = next(&mut team).await;
            late.push(format!("{} {}", event["kind"], event["element"]));
        }
        late.sort();
        assert_eq!(late, [r#""OVERDUE" "S1""#, r#""OVERDUE" "S2""#, r#""OVERDUE" "S3""#]);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_watches_nothing_and_a_withdrawn_role_ends_it() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        office.complete().await;
        let mut stranger = Socket::open(&harness.url, &office.stranger.token).await;
        let variables = json!({ "council": office.world.code });
        stranger.send(&json!({ "id": "1", "type": "subscribe", "payload": { "query": WATCH, "variables": variables } })).await;
        let refused = stranger.next().await.expect("is answered");
        let error = if refused["type"] == "error" { &refused["payload"][0] } else { &refused["payload"]["errors"][0] };
        assert_eq!(error["extensions"]["code"], "NOT_FOUND", "{refused}");

        // The director's role is withdrawn while they watch: what happens afterwards is not theirs to see.
        let mut director = watching(&office, &office.director.token, None).await;
        let mut team = watching(&office, &office.world.keeper.token, None).await;
        office.done(&office.of(&office.manager), "returnSubmit", json!({})).await;
        assert_eq!(next(&mut director).await, step("Sam Service", "SUBMIT", "SUBMITTED"));
        next(&mut team).await;
        withdraw(&office).await;
        office.done(&office.keeper(), "returnAssure", json!({})).await;
        assert_eq!(next(&mut team).await, step("Perry Team", "ASSURE", "ASSURED"));
        let told = tokio::time::timeout(std::time::Duration::from_secs(3), director.next()).await;
        assert!(told.is_err(), "the director was told {told:?}");
    })
    .await;
}

/// Takes the director's role away.
async fn withdraw(office: &Office<'_>) {
    use goldenthread::access::GrantScope;
    use rules::permission::Role;
    let admin =
        office.world.harness.person(office.world.council, "Wilma Withdraws", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
    let admin = office.of(&admin);
    let query = "query($council: String!) { council(code: $council) { person(email: \"dora.director@example.org\") { grants { id } } } }";
    let data = admin.gql(query, json!({ "council": office.world.code })).await.data();
    let grant = data["council"]["person"]["grants"][0]["id"].clone();
    let document = "mutation($input: GrantWithdrawInput!) { grantWithdraw(input: $input) { userErrors { code } } }";
    let data = admin.gql(document, json!({ "input": { "id": grant, "reason": "Left" } })).await.data();
    assert_eq!(data["grantWithdraw"]["userErrors"], json!([]));
}
