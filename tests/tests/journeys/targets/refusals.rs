//! What cannot be proposed or done, each with its code, and nothing changed by it.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework};

use super::{CODE, Cast, act, decision, on, proposal, propose, supported, world};

#[tokio::test]
async fn what_could_judge_nothing_is_not_proposed() {
    for_each_database(async |harness| {
        let mut book = framework(CODE);
        let retired = book.indicators.iter_mut().find(|row| row.code == "WM02").expect("missed bins");
        retired.lifecycle = rules::measure::Lifecycle::Retired;
        let world = World::with(harness, CODE, &book).await;
        let cast = Cast::of(&world).await;
        let q3 = |figures: Value| {
            let mut aim = json!({ "period": "2024/25 Q3" });
            aim.as_object_mut().expect("an object").extend(figures.as_object().expect("an object").clone());
            json!([aim])
        };
        let with = |targets: Value, field: &str, value: Value| {
            let mut input = proposal(targets);
            input[field] = value;
            input
        };
        let good = || q3(json!({ "target": "62" }));
        let held = harness.holds(world.council).await;
        for (input, code) in [
            (proposal(json!([])), "TARGETS_NEEDED"),
            (
                proposal(Value::Array(
                    (0..61).map(|n| json!({ "period": format!("{}/{:02}", 2024 + n, (25 + n) % 100), "target": "1" })).collect(),
                )),
                "TARGETS_NEEDED",
            ),
            (proposal(q3(json!({}))), "TARGET_EMPTY"),
            (proposal(json!([{ "period": "2024/25 Q3", "target": "1" }, { "period": "2024/25 Q3", "target": "2" }])), "PERIOD_TWICE"),
            (proposal(json!([{ "period": "2024-11", "target": "62" }])), "PERIOD_UNSUITED"),
            (proposal(q3(json!({ "target": "62", "intervention": "65" }))), "INTERVENTION_ON_WRONG_SIDE"),
            (proposal(q3(json!({ "lower": "62", "upper": "60" }))), "RANGE_NOT_NESTED"),
            (with(json!([{ "period": "2024/25", "target": "62" }]), "indicator", json!("SI01")), "CONTEXTUAL_TARGET"),
            (with(json!([{ "period": "2024/25", "target": "62" }]), "indicator", json!("WM02")), "INDICATOR_RETIRED"),
            (with(good(), "indicator", json!("NONE")), "INDICATOR_NOT_FOUND"),
            (with(good(), "indicator", Value::Null), "INDICATOR_NOT_FOUND"),
            // Another service's, and another council's: as if they were not there.
            (with(good(), "indicator", json!("PL01")), "INDICATOR_NOT_FOUND"),
            (with(good(), "council", json!("devon")), "COUNCIL_NOT_FOUND"),
            (with(good(), "evidence", json!({ "kind": "TREND" })), "TEXT_NEEDED"),
            (with(good(), "evidence", json!({ "kind": "BENCHMARK", "words": " " })), "TEXT_NEEDED"),
            (with(good(), "evidence", json!({ "kind": "NONE", "words": "Neighbours reach 64" })), "EVIDENCE_KIND_NEEDED"),
            (with(good(), "reason", json!("a".repeat(2_001))), "TEXT_TOO_LONG"),
            (with(good(), "proposal", json!("o0")), "REVISION_NEEDED"),
        ] {
            assert_eq!(act(&cast.manager, "TargetPropose", input.clone()).await, Err(code.to_owned()), "{input}");
        }
        for other in [&cast.director, &cast.holder, &cast.officer, &cast.keeper] {
            assert_eq!(act(other, "TargetPropose", proposal(good())).await, Err("FORBIDDEN".to_owned()));
        }
        assert_eq!(harness.holds(world.council).await, held);
        let proposed = propose(&cast.manager, proposal(good())).await;
        assert_eq!(act(&cast.manager, "TargetPropose", proposal(good())).await, Err("ALREADY_PROPOSED".to_owned()));
        on(&cast.manager, "TargetWithdraw", &proposed, json!({ "reason": "Wrong quarter" })).await.expect("is withdrawn");
        propose(&cast.manager, proposal(good())).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_acts_out_of_turn_or_for_what_is_not_theirs() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let d2 = GrantScope::Element(world.element("D2").await);
        let elsewhere = async |name: &str, role, scope| harness.sign_in(&harness.person(world.council, name, &[(role, scope)]).await);
        let other_director = elsewhere("Dan Elsewhere", Role::Director, d2).await;
        let other_officer = elsewhere("Olga Elsewhere", Role::ScrutinyOfficer, GrantScope::Forum(world.forum("SLT").await)).await;
        let stranger = World::new(harness, "devon").await;
        let target = json!([{ "period": "2024/25 Q3", "target": "62" }]);
        let proposed = propose(&cast.manager, proposal(target)).await;
        let comment = json!({ "forum": "OSP", "comment": "Noted." });
        let held = harness.holds(world.council).await;
        for (client, name, saying, code) in [
            (&cast.keeper, "TargetApprove", decision(), "PROPOSAL_NOT_NOW"),
            (&cast.officer, "TargetScrutinise", comment.clone(), "PROPOSAL_NOT_FOUND"),
            (&other_director, "TargetRecommend", json!({}), "FORBIDDEN"),
            (&cast.manager, "TargetRecommend", json!({}), "FORBIDDEN"),
            (&cast.director, "TargetReview", json!({ "supported": true }), "FORBIDDEN"),
            (&cast.holder, "TargetApprove", decision(), "FORBIDDEN"),
            (&stranger.keeper(), "TargetRefuse", json!({ "reason": "Ours is better" }), "PROPOSAL_NOT_FOUND"),
            (&cast.keeper, "TargetRefuse", json!({ "reason": "" }), "REASON_NEEDED"),
        ] {
            assert_eq!(on(client, name, &proposed, saying).await, Err(code.to_owned()), "{name}");
        }
        assert_eq!(harness.holds(world.council).await, held);
        let reviewed = supported(&cast, &proposed).await;
        let held = harness.holds(world.council).await;
        let saying = |field: &str, value: Value| {
            let mut saying = decision();
            saying[field] = value;
            saying
        };
        for (client, name, saying, code) in [
            // A forum of theirs, whose remit is the whole council, and one that is another's.
            (&other_officer, "TargetScrutinise", comment.clone(), "FORUM_NOT_FOUND"),
            (&cast.officer, "TargetScrutinise", json!({ "forum": "SLT", "comment": "Noted." }), "FORUM_NOT_FOUND"),
            (&cast.officer, "TargetScrutinise", json!({ "forum": "OSP", "comment": " " }), "TEXT_NEEDED"),
            (&cast.keeper, "TargetApprove", saying("decidedBy", json!(" ")), "DECISION_NEEDED"),
            (&cast.keeper, "TargetApprove", saying("reference", json!("")), "DECISION_NEEDED"),
            (&cast.keeper, "TargetApprove", saying("decidedOn", json!("2024-10-15")), "DECISION_TO_COME"),
            (&cast.director, "TargetRecommend", json!({}), "PROPOSAL_NOT_NOW"),
        ] {
            assert_eq!(on(client, name, &reviewed, saying).await, Err(code.to_owned()), "{name}");
        }
        assert_eq!(harness.holds(world.council).await, held);
        on(&other_officer, "TargetScrutinise", &reviewed, json!({ "forum": "SLT", "comment": "Noted." })).await.expect("the whole council");
    })
    .await;
}

#[tokio::test]
async fn who_proposed_takes_no_later_step_whatever_their_roles() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let s1 = GrantScope::Element(world.element("S1").await);
        let grants =
            [(Role::ServiceManager, s1), (Role::Director, s1), (Role::PortfolioHolder, s1), (Role::PerformanceTeam, GrantScope::Council)];
        let everything = harness.sign_in(&harness.person(world.council, "Evie Everything", &grants).await);
        let target = json!([{ "period": "2024/25 Q3", "target": "62" }]);
        let proposed = propose(&everything, proposal(target)).await;
        let separate = Err("SEPARATION_OF_DUTIES".to_owned());
        assert_eq!(on(&everything, "TargetRecommend", &proposed, json!({})).await, separate);
        assert_eq!(on(&everything, "TargetReview", &proposed, json!({ "supported": true })).await, separate);
        assert_eq!(on(&everything, "TargetRefuse", &proposed, json!({ "reason": "No" })).await, separate);
        let offered: Vec<(String, bool)> = proposed["viewerActs"]
            .as_array()
            .expect("acts")
            .iter()
            .map(|act| (act["act"].as_str().expect("an act").to_owned(), act["possible"] == true))
            .collect();
        let expected =
            [("PROPOSE", true), ("RECOMMEND", false), ("REVIEW", false), ("RETURN", false), ("REFUSE", false), ("WITHDRAW", true)];
        assert_eq!(offered, expected.map(|(act, may)| (act.to_owned(), may)));
        let because = proposed["viewerActs"][1]["because"].as_str().expect("a reason");
        assert!(because.starts_with("Whoever proposed a target does not recommend it"), "{because}");

        let reviewed = supported(&cast, &proposed).await;
        assert_eq!(on(&everything, "TargetApprove", &reviewed, decision()).await, separate);
        on(&cast.keeper, "TargetApprove", &reviewed, decision()).await.expect("by somebody else");
    })
    .await;
}
