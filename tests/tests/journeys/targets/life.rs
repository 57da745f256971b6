//! The whole life of a proposal, and what an approved target does to figures before and after it.

use serde_json::{Value, json};
use tests::{for_each_database, trail};

use super::{CODE, Cast, decision, judged, on, proposal, propose, reported, supported, world};

const HISTORY: &str = "query($code: String!) { council(code: $code) { indicator(code: \"WM01\") { targets { totalCount nodes {
    period aimed { target intervention } before { target } evidence approvedBy decision { by on reference } effectiveFrom proposal
    imported recordedBy supersededAt } } } } }";

fn quarters() -> Value {
    json!([{ "period": "2024/25 Q3", "target": "62", "intervention": "57" }, { "period": "2024/25 Q4", "target": "63.5" }])
}

#[tokio::test]
async fn a_target_passes_everybody_and_holds_from_its_day_on() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let open = json!({ "input": { "council": CODE, "period": "2024/25 Q3" } });
        let opened = "mutation($input: PeriodOpenInput!) { periodOpen(input: $input) { userErrors { code } } }";
        assert_eq!(cast.keeper.gql(opened, open).await.data()["periodOpen"]["userErrors"], json!([]));
        let before = harness.app.clock.now().to_rfc3339();

        let proposed = propose(&cast.manager, proposal(quarters())).await;
        assert_eq!(
            (&proposed["state"], &proposed["revision"], &proposed["version"], &proposed["proposedBy"]),
            (&json!("PROPOSED"), &json!(1), &json!(1), &json!("Mina Manager"))
        );
        let expected = json!([
            { "period": "2024/25 Q3", "proposed": { "target": "62", "intervention": "57" }, "before": null, "reachesBack": false },
            { "period": "2024/25 Q4", "proposed": { "target": "63.5", "intervention": null }, "before": null, "reachesBack": false },
        ]);
        assert_eq!(proposed["targets"], expected);
        // The trend stands beside it, judged by what was aimed at then.
        let trend = json!([
            { "period": "2024/25 Q1", "value": "61.2", "status": { "colour": "GREEN" } },
            { "period": "2024/25 Q2", "value": "60.4", "status": { "colour": "GREEN" } },
        ]);
        assert_eq!(proposed["trend"], trend);

        harness.later(chrono::Duration::hours(1));
        let recommended = on(&cast.director, "TargetRecommend", &proposed, json!({ "comment": "Stretching, and right" })).await;
        let recommended = recommended.expect("is recommended");
        assert_eq!(recommended["state"], "RECOMMENDED");
        let reviewed = supported(&cast, &recommended).await;
        let comment = json!({ "forum": "OSP", "comment": "Members asked for 63 in the last quarter." });
        let commented = on(&cast.officer, "TargetScrutinise", &reviewed, comment).await.expect("is commented on");
        assert_eq!((&commented["state"], &commented["trend"]), (&json!("SCRUTINISED"), &Value::Null));
        // Nothing holds before it is decided.
        assert_eq!(harness.count(world.council, "target WHERE superseded_at IS NULL").await, 5);
        let approved = on(&cast.keeper, "TargetApprove", &commented, decision()).await.expect("is approved");
        assert_eq!(
            (&approved["state"], &approved["revision"], &approved["decision"]),
            (&json!("APPROVED"), &json!(5), &json!({ "by": "Cabinet", "on": "2024-10-10", "reference": "24/77" }))
        );
        let steps: Vec<String> = approved["history"]
            .as_array()
            .expect("steps")
            .iter()
            .map(|step| {
                let text = |field: &str| step[field].as_str().unwrap_or("-").to_owned();
                format!("{} {}→{} by {} for {}: {}", text("act"), text("from"), text("to"), text("by"), text("forum"), text("words"))
            })
            .collect();
        assert_eq!(
            steps,
            [
                "PROPOSE PROPOSED→PROPOSED by Mina Manager for -: New food waste rounds",
                "RECOMMEND PROPOSED→RECOMMENDED by Dara Director for -: Stretching, and right",
                "REVIEW RECOMMENDED→REVIEWED by Petra Portfolio for -: -",
                "SCRUTINISE REVIEWED→SCRUTINISED by Oscar Officer for OSP: Members asked for 63 in the last quarter.",
                "APPROVE SCRUTINISED→APPROVED by Perry Team for -: -",
            ]
        );
        assert_eq!(approved["viewerActs"], json!([]), "nothing more can be done");

        // The quarters before keep what they were judged by; the next is judged by the new target.
        harness.at("2025-01-10T09:00:00Z");
        let keeper = world.keeper_now();
        reported(&keeper, "2024/25 Q3", 61.0).await;
        assert_eq!(judged(&keeper, "WM01", "2024/25 Q2", None).await, (json!("60"), json!("GREEN")));
        assert_eq!(judged(&keeper, "WM01", "2024/25 Q3", None).await, (json!("62"), json!("AMBER")));
        assert_eq!(judged(&keeper, "WM01", "2024/25 Q3", Some(&before)).await.0, json!("60"), "as it read before the decision");

        let history = keeper.gql(HISTORY, json!({ "code": CODE })).await.data()["council"]["indicator"]["targets"].clone();
        assert_eq!(history["totalCount"], 3);
        let of =
            |period: &str| history["nodes"].as_array().and_then(|all| all.iter().find(|one| one["period"] == period)).expect("is there");
        let third = of("2024/25 Q3");
        assert_eq!((&third["period"], &third["aimed"]["target"], &third["before"]), (&json!("2024/25 Q3"), &json!("62"), &Value::Null));
        assert_eq!(third["approvedBy"], "Cabinet, 10 October 2024 (24/77)");
        assert_eq!((&third["evidence"], &third["imported"]), (&json!("Three winters at 61 and rising"), &json!(false)));
        assert_eq!((&third["proposal"], &third["effectiveFrom"]), (&approved["id"], &json!("2024-10-01")));
        assert_eq!((&third["recordedBy"], &third["decision"]["reference"]), (&json!("Perry Team"), &json!("24/77")));
        let flat = of("2024/25");
        assert_eq!((&flat["period"], &flat["aimed"]["target"], &flat["imported"]), (&json!("2024/25"), &json!("60"), &json!(true)));

        let told: Vec<String> = trail(harness, world.council, 0).await.into_iter().map(|event| event.verb).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).filter(|verb| verb.starts_with("target.")).collect();
        assert_eq!(told, ["target.propose", "target.recommend", "target.review", "target.scrutinise", "target.approve"]);
    })
    .await;
}

#[tokio::test]
async fn what_was_aimed_at_before_is_kept_and_linked() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        for (target, kind) in [("62", "TREND"), ("64", "NONE")] {
            harness.later(chrono::Duration::days(1));
            let mut input = proposal(json!([{ "period": "2024/25 Q3", "target": target }]));
            if kind == "NONE" {
                input["evidence"] = json!({ "kind": "NONE" });
            }
            let proposed = propose(&cast.manager, input).await;
            let reviewed = supported(&cast, &proposed).await;
            // Nobody recommended it and no forum commented: both may be left out.
            on(&cast.keeper, "TargetApprove", &reviewed, decision()).await.expect("is approved");
        }
        let history = cast.keeper.gql(HISTORY, json!({ "code": CODE })).await.data()["council"]["indicator"]["targets"]["nodes"].clone();
        // The year ends later than its third quarter.
        assert_eq!(history[0]["period"], "2024/25");
        let [now, then] = [&history[1], &history[2]];
        assert_eq!((&now["aimed"]["target"], &now["before"]["target"], &now["supersededAt"]), (&json!("64"), &json!("62"), &Value::Null));
        assert_eq!(now["evidence"], Value::Null, "marked as one without evidence");
        assert_eq!((&then["aimed"]["target"], &then["before"]), (&json!("62"), &Value::Null));
        assert!(then["supersededAt"].is_string());
        // The proposal that is decided shows what it replaced, not what holds since.
        let nodes = "{ council(code: \"huntingdonshire\") { targetProposals { nodes { targets { before { target } } } } } }";
        let list = cast.manager.gql(nodes, json!({})).await.data()["council"]["targetProposals"]["nodes"].clone();
        assert_eq!(list[0]["targets"][0]["before"]["target"], "62");
        assert_eq!(list[1]["targets"][0]["before"], Value::Null);
        assert_eq!(harness.count(world.council, "target_proposal_row WHERE before_id IS NOT NULL AND target_id IS NOT NULL").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_past_is_judged_anew_only_where_the_decision_says_so() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        // The year's own target, decided in its middle: the quarters that are over would be judged anew.
        let year = json!([{ "period": "2024/25", "target": "70", "intervention": "61" }]);
        let proposed = propose(&cast.manager, proposal(year)).await;
        assert_eq!(proposed["targets"][0]["reachesBack"], true);
        let reviewed = supported(&cast, &proposed).await;
        let held = harness.holds(world.council).await;
        assert_eq!(on(&cast.keeper, "TargetApprove", &reviewed, decision()).await, Err("REACHES_BACK".to_owned()));
        assert_eq!(harness.holds(world.council).await, held);
        assert_eq!(judged(&cast.keeper, "WM01", "2024/25 Q1", None).await, (json!("60"), json!("GREEN")));

        let before = harness.app.clock.now().to_rfc3339();
        harness.later(chrono::Duration::hours(1));
        let mut saying = decision();
        saying["reachingBack"] = json!("Council resolved that the whole year is judged by it.");
        let approved = on(&cast.keeper, "TargetApprove", &reviewed, saying.clone()).await.expect("is approved");
        assert_eq!(approved["history"][2]["words"], "Council resolved that the whole year is judged by it.");
        assert_eq!(approved["targets"][0]["before"]["target"], "60");
        assert_eq!(judged(&cast.keeper, "WM01", "2024/25 Q1", None).await, (json!("70"), json!("AMBER")));
        assert_eq!(judged(&cast.keeper, "WM01", "2024/25 Q1", Some(&before)).await, (json!("60"), json!("GREEN")));

        // Said of what reaches back nowhere, it is refused: a decision is not to be put on record for more than it says.
        let proposed = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q3", "target": "71" }]))).await;
        let reviewed = supported(&cast, &proposed).await;
        assert_eq!(on(&cast.keeper, "TargetApprove", &reviewed, saying).await, Err("REACHES_BACK_NOWHERE".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn what_is_returned_is_proposed_again_and_looked_at_again() {
    for_each_database(async |harness| {
        let world = world(harness).await;
        let cast = Cast::of(&world).await;
        let proposed = propose(&cast.manager, proposal(quarters())).await;
        let reviewed = supported(&cast, &proposed).await;
        let comment = json!({ "forum": "OSP", "comment": "Not ambitious." });
        let commented = on(&cast.officer, "TargetScrutinise", &reviewed, comment).await.expect("is commented on");
        let wordless = json!({ "supported": false, "comment": "  " });
        assert_eq!(on(&cast.holder, "TargetReview", &commented, wordless).await, Err("REASON_NEEDED".to_owned()));
        let back = json!({ "supported": false, "comment": "The panel is right." });
        let returned = on(&cast.holder, "TargetReview", &commented, back).await.expect("is returned");
        assert_eq!(returned["state"], "RETURNED");
        for (client, name, saying) in [
            (&cast.keeper, "TargetApprove", decision()),
            (&cast.director, "TargetRecommend", json!({})),
            (&cast.holder, "TargetReview", json!({ "supported": true })),
        ] {
            assert_eq!(on(client, name, &returned, saying).await, Err("PROPOSAL_NOT_NOW".to_owned()), "{name}");
        }
        // Waste Services' manager, with other figures; another indicator's would be another proposal.
        let mut again = proposal(json!([{ "period": "2024/25 Q3", "target": "64" }]));
        again["indicator"] = json!("WM02");
        assert_eq!(on(&cast.manager, "TargetPropose", &returned, again.clone()).await, Err("INDICATOR_OTHER".to_owned()));
        again["indicator"] = Value::Null;
        let again = on(&cast.manager, "TargetPropose", &returned, again).await.expect("is proposed again");
        assert_eq!((&again["state"], &again["version"]), (&json!("PROPOSED"), &json!(2)));
        assert_eq!(again["targets"].as_array().map(Vec::len), Some(1));
        assert_eq!(again["earlier"][0]["targets"][1]["proposed"]["target"], "63.5");
        assert_eq!(
            on(&cast.keeper, "TargetApprove", &again, decision()).await,
            Err("PROPOSAL_NOT_NOW".to_owned()),
            "support was for others"
        );
        let reviewed = supported(&cast, &again).await;
        on(&cast.keeper, "TargetApprove", &reviewed, decision()).await.expect("is approved");
        assert_eq!(harness.count(world.council, "target WHERE superseded_at IS NULL").await, 6, "the last version alone holds");

        let withdrawn = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q4", "target": "64" }]))).await;
        let withdrawn = on(&cast.manager, "TargetWithdraw", &withdrawn, json!({ "reason": "Funding fell through" })).await;
        assert_eq!(withdrawn.expect("is withdrawn")["state"], "WITHDRAWN");
        let refused = propose(&cast.manager, proposal(json!([{ "period": "2024/25 Q4", "target": "64" }]))).await;
        let refused = on(&cast.keeper, "TargetRefuse", &refused, json!({ "reason": "Cabinet keeps 60" })).await.expect("is refused");
        assert_eq!((&refused["state"], &refused["history"][1]["words"]), (&json!("REFUSED"), &json!("Cabinet keeps 60")));
        assert_eq!(harness.count(world.council, "target").await, 6);
    })
    .await;
}
