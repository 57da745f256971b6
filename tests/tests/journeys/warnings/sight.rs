//! Nobody learns from a warning what they may not read.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{CODE, council, lines, of_kind, seen};
use crate::notices::{node, turn};

const SWITCH: &str = "mutation($input: WorkflowSwitchInput!) { workflowSwitch(input: $input) { userErrors { code } } }";
const FEED: &str = "query($council: String!) { council(code: $council) { warningFeed(first: 100) { nodes { kind code } } } }";

#[tokio::test]
async fn what_each_role_sees_follows_from_what_they_read() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        turn(&node(harness, None)).await;
        let mut table = Vec::new();
        for role in Role::ALL.iter().copied().filter(|role| *role != Role::PlatformOperator) {
            let client = harness.sign_in(&world.somebody(role).await);
            let answer = client.gql(super::WARNINGS, json!({ "council": CODE })).await;
            let live = match answer.codes().first() {
                Some(code) => code.clone(),
                None => {
                    let nodes = answer.data()["council"]["warnings"]["nodes"].as_array().expect("a list").clone();
                    let of = |subject: &str| nodes.iter().filter(|one| one["subject"] == subject).count();
                    format!("{} of figures, {} of returns", of("INDICATOR"), of("RETURN"))
                }
            };
            let answer = client.gql(FEED, json!({ "council": CODE })).await;
            let fed = match answer.codes().first() {
                Some(code) => code.clone(),
                None => answer.data()["council"]["warningFeed"]["nodes"].as_array().map_or(0, Vec::len).to_string(),
            };
            table.push(format!("{role}: {live}; recorded {fed}"));
        }
        assert_eq!(
            table,
            [
                "COUNCIL_ADMINISTRATOR: FORBIDDEN; recorded FORBIDDEN",
                "PERFORMANCE_TEAM: 2 of figures, 3 of returns; recorded 5",
                "PROGRAMME_OFFICE: 0 of figures, 0 of returns; recorded 0",
                "DIRECTOR: 2 of figures, 3 of returns; recorded 5",
                "SERVICE_MANAGER: 2 of figures, 1 of returns; recorded 3",
                "DATA_PROVIDER: 2 of figures, 1 of returns; recorded 3",
                "STAFF: 2 of figures, 1 of returns; recorded 3",
                "CABINET_MEMBER: 2 of figures, 0 of returns; recorded 2",
                "PORTFOLIO_HOLDER: 2 of figures, 1 of returns; recorded 3",
                "SCRUTINY_MEMBER: 0 of figures, 0 of returns; recorded 0",
                "SCRUTINY_OFFICER: 0 of figures, 0 of returns; recorded 0",
                "GOVERNANCE_COMMITTEE: 0 of figures, 0 of returns; recorded 0",
                "FINANCE: FORBIDDEN; recorded FORBIDDEN",
                "HUMAN_RESOURCES: FORBIDDEN; recorded FORBIDDEN",
                "INTERNAL_AUDIT: 2 of figures, 3 of returns; recorded 5",
                "PUBLIC: FORBIDDEN; recorded FORBIDDEN",
            ]
        );
        let stranger = harness.performance_team(harness.council("devon").await).await;
        for query in [super::WARNINGS, FEED] {
            assert_eq!(harness.sign_in(&stranger).gql(query, json!({ "council": CODE })).await.data()["council"], Value::Null);
        }
        assert_eq!(harness.visitor().gql(super::WARNINGS, json!({ "council": CODE })).await.codes(), ["UNAUTHENTICATED"]);
    })
    .await;
}

#[tokio::test]
async fn the_cabinet_is_not_warned_by_figures_nobody_approved() {
    for_each_database(async |harness| {
        let world = council(harness).await;
        let cabinet = harness.person(world.council, "Carl Cabinet", &[(Role::CabinetMember, GrantScope::Council)]).await;
        let admin = harness.person(world.council, "Ada Admin", &[(Role::CouncilAdministrator, GrantScope::Council)]).await;
        let input = json!({ "council": CODE, "from": "2024-07-01", "reason": "Agreed" });
        let switched = harness.sign_in(&admin).gql(SWITCH, json!({ "input": input })).await.data();
        assert_eq!(switched["workflowSwitch"]["userErrors"], json!([]));
        // What was there when the workflow was switched on reads as it did then.
        assert_eq!(lines(&of_kind(&harness.sign_in(&cabinet), "RED_FOR_PERIODS").await), ["RED_FOR_PERIODS WM02 2024-08-01 OPEN"]);
        harness.later(chrono::Duration::minutes(5));
        // A draft that makes it three reds in the second quarter: officers are warned since July, the cabinet as before.
        super::bring(&world.keeper_now(), vec![json!(["Ref", "Period", "Result"]), json!(["WM02", "2024-07", 90])]).await;
        assert_eq!(lines(&of_kind(&world.keeper_now(), "RED_FOR_PERIODS").await), ["RED_FOR_PERIODS WM02 2024-05-01 OPEN"]);
        assert_eq!(lines(&of_kind(&harness.sign_in(&cabinet), "RED_FOR_PERIODS").await), ["RED_FOR_PERIODS WM02 2024-08-01 OPEN"]);
        // What is recorded is recorded from drafts, and shown to whoever reads drafts.
        turn(&node(harness, None)).await;
        let fed = harness.sign_in(&cabinet).gql(FEED, json!({ "council": CODE })).await.data();
        assert_eq!(fed["council"]["warningFeed"]["nodes"], json!([]));
        assert!(seen(&world.keeper_now()).await.len() > 1);
    })
    .await;
}
