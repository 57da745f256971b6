//! Recommendations of the peer challenge, and the actions that answer them.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{Town, accept_all, bring, codes, delivery, demo};
use crate::imports::{counts, lines};

const FILE: &str = "huntingdonshire/peer-challenge.xlsx";

fn tally(weight: &str, [recommendations, actions, completed, under_way]: [u32; 4]) -> Value {
    json!({
        "report": "Corporate Peer Challenge: Six Month Visit, Action Plan", "source": "PEER_CHALLENGE", "weight": weight,
        "recommendations": recommendations,
        "actions": {
            "total": actions, "completed": completed, "underWay": under_way, "notStarted": 0, "cancelled": 0, "deferred": 0,
        },
    })
}

#[tokio::test]
async fn the_peers_recommendations_are_counted_as_their_action_plan_counts_them() {
    for_each_database(async |harness| {
        let town = Town::new(harness).await;
        let keeper = town.keeper();
        bring(&keeper, "peer-challenge.xlsx", demo(FILE)).await;
        let tallies = "recommendationTallies { report source weight recommendations
            actions { total completed underWay notStarted cancelled deferred } }";
        let told = delivery(&keeper, tallies).await;
        let mut tallies = told["recommendationTallies"].as_array().expect("tallies").clone();
        tallies.sort_by_key(|of| of["weight"].to_string());
        assert_eq!(tallies, [tally("ADDITIONAL", [7, 7, 3, 4]), tally("FORMAL", [8, 27, 23, 4])]);

        let one = "recommendation(code: \"r4\") { code title element { code } response due: dueOn standing
            counts { total completed underWay } actions { code status } }
            actions(recommendation: \"R4\", first: 100) { totalCount }";
        let told = delivery(&keeper, one).await;
        let of = &told["recommendation"];
        assert_eq!((&of["code"], &of["element"]["code"], &of["response"]), (&json!("R4"), &json!("S-PLN"), &json!("ACCEPTED")));
        assert_eq!(of["counts"], json!({ "total": 6, "completed": 5, "underWay": 1 }));
        assert_eq!(codes(&of["actions"]), ["R4-1", "R4-2", "R4-3", "R4-4", "R4-5", "R4-6"]);
        assert_eq!((&of["actions"][5]["status"], &of["standing"]), (&json!("ON_TRACK"), &json!("ON_TRACK")));
        assert_eq!(told["actions"]["totalCount"], 6);
        // All done is completed; whatever is still to be done is not.
        let standing = "r7: recommendation(code: \"R7\") { standing } as1: recommendation(code: \"AS1\") { standing }
            none: recommendation(code: \"R9\") { code }
            peers: recommendations(source: PEER_CHALLENGE) { code } audit: recommendations(source: INTERNAL_AUDIT) { code }";
        let told = delivery(&keeper, standing).await;
        assert_eq!((&told["r7"]["standing"], &told["as1"]["standing"]), (&json!("COMPLETED"), &json!("ON_TRACK")));
        assert_eq!(told["none"], Value::Null);
        assert_eq!((codes(&told["peers"]).len(), codes(&told["audit"]).len()), (15, 0));
    })
    .await;
}

#[tokio::test]
async fn the_same_workbook_again_changes_nothing() {
    for_each_database(async |harness| {
        let town = Town::new(harness).await;
        let keeper = town.keeper();
        let first = keeper.submit(super::CODE, "peer-challenge.xlsx", demo(FILE)).await;
        let plan = accept_all(&keeper, &first).await;
        assert_eq!((&plan["layout"], counts(&plan)[..4].to_vec()), (&json!("DELIVERY"), vec![49, 0, 0, 0]), "{plan:#}");
        let first = "Match money and workforce to the agreed political priorities, and look at how th…";
        assert_eq!(lines(&plan)[0], format!("NEW nothing nothing: nothing → {first}"));
        assert_eq!(plan["changes"]["nodes"][0]["place"], json!({ "sheet": "Recommendations", "cell": "A5" }));

        harness.later(chrono::Duration::hours(1));
        let before = harness.written(town.world.council).await;
        let again = keeper.submit(super::CODE, "again.xlsx", demo(FILE)).await;
        let plan = accept_all(&keeper, &again).await;
        assert_eq!(counts(&plan)[..4], [0, 0, 49, 0], "{plan:#}");
        assert_eq!(harness.written(town.world.council).await, before);
        // There is nothing of it to take back.
        assert_eq!(keeper.undo(&again).await["reversed"], 0);
        assert_eq!(harness.written(town.world.council).await, before);
        assert_eq!(delivery(&keeper, "actionCounts { total }").await["actionCounts"]["total"], 34);
    })
    .await;
}
