//! Several at once: of those who act on the same state exactly one is heard.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework_of};

use super::{CODE, Cast, act, decision, on, proposal, propose, supported, world};

#[tokio::test]
async fn of_many_who_act_at_once_one_is_heard_and_the_others_are_told() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let another = harness.person(world.council, "Ann Other", &[(Role::PerformanceTeam, GrantScope::Council)]).await;
        let another = harness.sign_in(&another);
        for round in 0..4 {
            let target = json!([{ "period": "2024/25 Q3", "target": (62 + round).to_string() }]);
            let reviewed = supported(&cast, &propose(&cast.manager, proposal(target)).await).await;
            let before = harness.count(world.council, "target").await;
            let comment = json!({ "forum": "OSP", "comment": "Noted." });
            let results = tokio::join!(
                on(&cast.keeper, "TargetApprove", &reviewed, decision()),
                on(&another, "TargetApprove", &reviewed, decision()),
                on(&another, "TargetRefuse", &reviewed, json!({ "reason": "Not now" })),
                on(&cast.manager, "TargetWithdraw", &reviewed, json!({ "reason": "Not now" })),
                on(&cast.holder, "TargetReview", &reviewed, json!({ "supported": false, "comment": "Not now" })),
                on(&cast.officer, "TargetScrutinise", &reviewed, comment),
            );
            let results = [results.0, results.1, results.2, results.3, results.4, results.5];
            let heard: Vec<&Value> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
            assert_eq!(heard.len(), 1, "{results:?}");
            let told: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
            assert!(told.iter().all(|code| *code == "PROPOSAL_MOVED"), "{told:?}");
            let became = i64::from(heard[0]["state"] == "APPROVED");
            assert_eq!(harness.count(world.council, "target").await, before + became);
            assert_eq!(heard[0]["revision"], 3);
            // Whatever was heard, the next round begins without a proposal under way.
            if !matches!(heard[0]["state"].as_str(), Some("APPROVED" | "REFUSED" | "WITHDRAWN")) {
                on(&cast.manager, "TargetWithdraw", heard[0], json!({ "reason": "Next round" })).await.expect("is withdrawn");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_was_slower_is_told_who_did_what() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let proposed = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q3", "target": "62" }]))).await;
        supported(&cast, &proposed).await;
        let input = json!({ "proposal": proposed["id"], "revision": proposed["revision"] });
        let document = "mutation($input: TargetRecommendInput!) { targetRecommend(input: $input) { proposal { id } userErrors { code message field } } }";
        let error = cast.director.gql(document, json!({ "input": input })).await.data()["targetRecommend"]["userErrors"][0].clone();
        assert_eq!(error, json!({
            "code": "PROPOSAL_MOVED",
            "message": "Somebody acted on this proposal since you read it: Petra Portfolio on 14 October 2024 at 09:00 UTC (support). \
                It is reviewed now: read it again.",
            "field": ["input", "revision"],
        }));
    })
    .await;
}

#[tokio::test]
async fn a_definition_that_changed_meanwhile_is_looked_at_again() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let proposed = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q3", "target": "62" }]))).await;
        let reviewed = supported(&cast, &proposed).await;
        let mut book = tests::framework(CODE);
        book.indicators[0].lifecycle = rules::measure::Lifecycle::Retired;
        cast.keeper.take(CODE, "framework.xlsx", tests::workbook_of(&book)).await;
        assert_eq!(on(&cast.keeper, "TargetApprove", &reviewed, decision()).await, Err("INDICATOR_RETIRED".to_owned()));
        assert_eq!(harness.count(world.council, "target").await, 5);
    })
    .await;
}

#[tokio::test]
async fn twenty_proposals_cost_as_many_statements_as_two() {
    for_each_database(async |harness| {
        let world = World::with(harness, CODE, &framework_of(CODE, 65)).await;
        let cast = Cast::of(&world).await;
        let query = format!(
            "{{ council(code: \"{CODE}\") {{ targetProposals {{ totalCount nodes {{ {} }} }} }} }}",
            "id targets { period before { target } } earlier { version } trend { value } history { by } viewerActs { possible because } indicator { code targets { nodes { period } } }"
        );
        let mut costs = Vec::new();
        let mut approvals = Vec::new();
        for (first, last) in [(6, 8), (9, 65)] {
            for n in (first..=last).filter(|n| n % 3 == 0) {
                let mut input = proposal(json!([{ "period": "2024/25", "target": "40" }]));
                input["indicator"] = json!(format!("IX{n:03}"));
                input["effectiveFrom"] = json!("2024-04-01");
                act(&cast.manager, "TargetPropose", input).await.expect("is proposed");
            }
            let (sent, answer) = harness.statements(cast.keeper.gql(&query, json!({}))).await;
            let list = answer.data()["council"]["targetProposals"].clone();
            assert_eq!(list["nodes"].as_array().map(Vec::len), Some(last / 3 - 1));
            costs.push(sent);
        }
        assert_eq!(costs[0], costs[1]);
        // Approving many periods costs as much as approving one.
        for periods in [1, 4] {
            let aims: Vec<Value> = (1..=periods).map(|q| json!({ "period": format!("2025/26 Q{q}"), "target": "62" })).collect();
            let mut input = proposal(Value::Array(aims));
            input["effectiveFrom"] = json!("2025-04-01");
            input["indicator"] = json!("WM01");
            let proposed = propose(&cast.manager, input.clone()).await;
            let reviewed = supported(&cast, &proposed).await;
            let (sent, done) = harness.statements(on(&cast.keeper, "TargetApprove", &reviewed, decision())).await;
            assert_eq!(done.expect("is approved")["state"], "APPROVED");
            approvals.push(sent);
        }
        assert_eq!(approvals[0], approvals[1]);
    })
    .await;
}
