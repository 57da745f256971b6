//! Figures offered to a named council: nothing before it accepts, values alone while it reads them, nothing afterwards.

use serde_json::{Value, json};
use tests::{Harness, Told, World, for_each_database, trail, workbook};
use uuid::Uuid;

use super::{ACCEPT, DECLINE, OFFER, WITHDRAW, act, id, lines, offer, report, seen, turn};
use crate::imports::first_quarter;

const Q1: &str = "2024/25 Q1";

/// What the first quarter's workbook says of WM01 and WM02.
const SHARED: [&str; 4] = [
    "huntingdonshire WM01 2024/25 Q1 61.2 FINAL",
    "huntingdonshire WM02 2024-04 45 FINAL",
    "huntingdonshire WM02 2024-05 52 FINAL",
    "huntingdonshire WM02 2024-06 61 FINAL",
];

async fn told(harness: &Harness, council: Uuid, verb: &str) -> Vec<Told> {
    trail(harness, council, 0).await.into_iter().filter(|event| event.verb == verb).collect()
}

#[tokio::test]
async fn what_is_offered_is_seen_once_it_is_accepted_and_never_after_it_is_withdrawn() {
    for_each_database(async |harness| {
        let ours = World::new(harness, "huntingdonshire").await;
        let (theirs, others) = (World::new(harness, "devon").await, World::new(harness, "nottingham").await);
        ours.keeper().take(ours.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let share =
            act(&ours.keeper(), OFFER, offer(ours.code, &["WM01", "wm02"], &json!({ "toCouncil": "devon" }))).await.expect("is offered");
        assert_eq!(
            (&share["state"], &share["figureCount"], &share["council"], &share["viewerCan"]),
            (&json!("OFFERED"), &json!(4), &json!({ "code": "devon" }), &json!(["SHARE_FIGURES"]))
        );

        // Devon reads what it is offered, and no figure.
        let offered = seen(&theirs, Q1).await;
        let node = &offered["sharedWithUs"]["nodes"][0];
        assert_eq!(
            (&node["state"], &node["purpose"], &node["giver"]["name"], &node["indicators"][0]["title"]),
            (&json!("OFFERED"), &json!("Benchmarking club"), &json!("Huntingdonshire Council"), &json!("Household waste recycled"))
        );
        assert_eq!((lines(&offered), offered["sharedWithUs"]["totalCount"].clone()), (Vec::<String>::new(), json!(1)));
        let accepted =
            act(&theirs.keeper(), ACCEPT, json!({ "share": share["id"], "note": "For our Q1 report" })).await.expect("is accepted");
        assert_eq!((&accepted["state"], &accepted["indicators"][0]["figures"]), (&json!("IN_FORCE"), &json!([{ "value": "61.2" }])));
        let read = seen(&theirs, Q1).await;
        assert_eq!(lines(&read), SHARED);
        // Neither what stands behind a figure nor what is said of it is among it.
        let text = read.to_string();
        for kept in ["\"612\"", "\"1000\"", "dry spring", "Two crews", "\"88\"", "\"22.4\"", "PL01"] {
            assert!(!text.contains(kept), "{kept}: {text}");
        }
        assert_eq!(seen(&others, Q1).await["sharedWithUs"]["nodes"], json!([]));
        assert_eq!(seen(&ours, Q1).await["shares"]["nodes"][0]["state"], "IN_FORCE");
        assert_eq!(seen(&ours, Q1).await["sharedWithUs"]["nodes"], json!([]), "what is one's own is not shared with one");

        // A correction, and a figure of a later period, come with the next round, once.
        report(&ours, &[("WM01", Q1, "60.9"), ("WM01", "2024/25 Q2", "59.5"), ("PL01", "2024/25 Q2", "71.5")]).await;
        assert_eq!(lines(&seen(&theirs, Q1).await), SHARED);
        assert_eq!((turn(harness).await, turn(harness).await), ((1, 0), (0, 0)));
        let renewed =
            ["huntingdonshire WM01 2024/25 Q1 60.9 FINAL", "huntingdonshire WM01 2024/25 Q2 59.5 FINAL", SHARED[1], SHARED[2], SHARED[3]];
        assert_eq!(lines(&seen(&theirs, Q1).await), renewed);

        // Withdrawn, nothing is left: not for whoever read it, and in no table.
        let withdrawn = act(&ours.keeper(), WITHDRAW, json!({ "share": share["id"], "reason": "Recounted" })).await.expect("is withdrawn");
        assert_eq!((&withdrawn["state"], &withdrawn["figureCount"]), (&json!("WITHDRAWN"), &json!(0)));
        assert_eq!(seen(&theirs, Q1).await["sharedWithUs"], json!({ "nodes": [], "totalCount": 0 }));
        assert_eq!(harness.count(ours.council, "shared_figure").await, 0);
        assert_eq!((turn(harness).await, turn(harness).await), ((0, 1), (0, 0)));
        both_trails(harness, &ours, &theirs).await;
    })
    .await;
}

/// Each council's trail tells its own half, and the withdrawal stands in both.
async fn both_trails(harness: &Harness, ours: &World<'_>, theirs: &World<'_>) {
    let after = |told: &[Told]| serde_json::from_str::<Value>(told[0].after.as_deref().expect("a state")).expect("JSON");
    let offered = told(harness, ours.council, "share.offer").await;
    assert_eq!(
        after(&offered),
        json!({ "audience": "COUNCIL", "council": "devon", "group": null, "purpose": "Benchmarking club", "from": "2024/25 Q1",
            "until": null, "indicators": ["WM01", "WM02"] })
    );
    let accepted = told(harness, theirs.council, "share.accept").await;
    assert_eq!(
        after(&accepted),
        json!({ "answer": "ACCEPTED", "of": "huntingdonshire", "purpose": "Benchmarking club", "note": "For our Q1 report" })
    );
    assert_eq!(
        after(&told(harness, ours.council, "share.withdraw").await),
        json!({ "withdrawn": true, "reason": "Recounted", "figures": 5 })
    );
    let ended = told(harness, theirs.council, "share.end").await;
    assert_eq!((after(&ended), ended.len()), (json!({ "of": "huntingdonshire", "withdrawn": true, "reason": "Recounted" }), 1));
}

#[tokio::test]
async fn whoever_declines_reads_nothing_and_may_think_again() {
    for_each_database(async |harness| {
        let (ours, theirs) = (World::new(harness, "huntingdonshire").await, World::new(harness, "devon").await);
        ours.keeper().take(ours.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let share = act(&ours.keeper(), OFFER, offer(ours.code, &["WM01"], &json!({ "toCouncil": "devon" }))).await.expect("is offered");
        let share = id(&share);
        let answer = async |document: &str| act(&theirs.keeper(), document, json!({ "share": share })).await;
        assert_eq!(answer(DECLINE).await.expect("is declined")["state"], "DECLINED");
        assert_eq!(lines(&seen(&theirs, Q1).await), Vec::<String>::new());
        assert_eq!(seen(&ours, Q1).await["shares"]["nodes"][0]["state"], "DECLINED");
        assert_eq!(answer(DECLINE).await, Err("SHARE_ANSWERED input.share".to_owned()));
        assert_eq!(answer(ACCEPT).await.expect("is accepted")["state"], "IN_FORCE");
        assert_eq!(lines(&seen(&theirs, Q1).await), [SHARED[0]]);
        assert_eq!(answer(DECLINE).await.expect("is left")["indicators"][0]["figures"], json!([]));
        assert_eq!(lines(&seen(&theirs, Q1).await), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_share_with_all_is_read_by_all_until_its_last_day() {
    for_each_database(async |harness| {
        let ours = World::new(harness, "huntingdonshire").await;
        let (theirs, others) = (World::new(harness, "devon").await, World::new(harness, "nottingham").await);
        ours.keeper().take(ours.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let mut input = offer(ours.code, &["WM01"], &json!({ "toAll": true }));
        input["until"] = json!("2024-10-20");
        let share = act(&ours.keeper(), OFFER, input).await.expect("is shared");
        assert_eq!((&share["state"], &share["audience"]), (&json!("IN_FORCE"), &json!("ALL")));
        for world in [&theirs, &others] {
            assert_eq!(lines(&seen(world, Q1).await), [SHARED[0]], "{}", world.code);
        }
        assert_eq!(act(&theirs.keeper(), DECLINE, json!({ "share": share["id"] })).await, Err("SHARE_ASKS_NOBODY input.share".to_owned()));
        harness.at("2024-10-21T00:00:00Z");
        for world in [&theirs, &others] {
            assert_eq!(seen(world, Q1).await["sharedWithUs"]["nodes"], json!([]), "{}", world.code);
        }
        assert_eq!(seen(&ours, Q1).await["shares"]["nodes"][0]["state"], "ENDED");
        turn(harness).await;
        assert_eq!(harness.count(ours.council, "shared_figure").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_of_an_answer_and_what_it_costs() {
    for_each_database(async |harness| {
        let theirs = World::new(harness, "devon").await;
        let mut costs = Vec::new();
        // The same of one indicator of one council, and of many of three.
        for (givers, indicators) in [(vec!["huntingdonshire"], vec!["WM01"]), (vec!["nottingham", "kent"], vec!["WM01", "WM02", "PL01", "BN01"])] {
            for code in givers {
                let ours = World::new(harness, code).await;
                ours.keeper().take(code, "q1.xlsx", workbook("Return", &first_quarter())).await;
                let (sent, share) =
                    harness.statements(act(&ours.keeper(), OFFER, offer(code, &indicators, &json!({ "toCouncil": "devon" })))).await;
                let share = id(&share.expect("is offered"));
                let (accepting, _) = harness.statements(act(&theirs.keeper(), ACCEPT, json!({ "share": share }))).await;
                report(&ours, &[("WM01", "2024/25 Q2", "58")]).await;
                let (renewing, _) = harness.statements(turn(harness)).await;
                let query = "query($code: String!) { council(code: $code) { sharedWithUs { totalCount nodes { indicators { figures { value } } } } } }";
                let (reading, _) = harness.statements(theirs.keeper().gql(query, json!({ "code": "devon" }))).await;
                costs.push([("offer", sent), ("accept", accepting), ("turn", renewing), ("read", reading)]);
            }
        }
        assert_eq!(costs[0], costs[1]);
        assert_eq!(costs[0], costs[2]);
        assert!(costs[0][3].1 <= 6, "{costs:?}");
    })
    .await;
}
