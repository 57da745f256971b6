//! Devon's quarter (seed 002): Cabinet is given the headlines, and three scrutiny committees each the whole of their own remit.

use std::collections::BTreeSet;

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Person, for_each_database};

use super::{Plan, Town, act, codes, figures, tried};
use crate::packs::{bytes, pack, parts};

const PLAN: Plan = Plan { code: "devon", period: "2024/25 Q2", due_on: "2024-10-31", from: "2024-07-01", at: "2024-10-22T09:00:00Z" };

/// Directorates and programmes that answer for returns. A programme stands under no directorate.
const ANSWERING: [&str; 8] = ["D-IASC", "D-CYP", "D-CET", "D-PHC", "D-FIN", "D-TBS", "D-PP", "CH4"];

#[tokio::test]
async fn a_quarter_goes_to_cabinet_and_to_three_committees_by_remit() {
    for_each_database(async |harness| {
        let mut town = Town::new(harness, &PLAN).await;
        approved(&mut town).await;
        let members = released(&town).await;
        asked(&town, &members).await;
    })
    .await;
}

/// Every return of the quarter is filled in, submitted, assured and approved by whoever answers for it.
async fn approved(town: &mut Town<'_>) {
    assert!(town.returns.values().all(|one| one["overdue"] == false), "the last day is a week away");
    let mut directors = Vec::new();
    for directorate in ANSWERING {
        directors.push(town.holder(&format!("Director of {directorate}"), Role::Director, directorate).await);
    }
    let services: Vec<String> = town.returns.keys().cloned().collect();
    for service in &services {
        // What comes later than three weeks after the quarter is not owed yet.
        if figures(&town.returns[service]).next().is_some() {
            let entered = town.enter(service, &[]).await;
            assert_eq!(entered["userErrors"], json!([]), "{service}");
            town.look().await;
        }
        let manager = town.manager(service);
        town.stepped(&manager, "returnSubmit", service, json!({})).await;
    }
    let keeper = town.world.keeper();
    for service in &services {
        town.stepped(&keeper, "returnAssure", service, json!({})).await;
        let mut done = Vec::new();
        for director in &directors {
            if town.approves(director, service).await {
                done.push(director.id);
                town.look().await;
            }
        }
        // One director has it in their directorate, and no other.
        assert_eq!(done.len(), 1, "{service}");
    }
    let whole = town.collection().await["whole"].clone();
    assert_eq!((&whole["approved"], &whole["owed"]), (&json!(services.len()), &json!(services.len())));
}

/// A member of each committee, in the order of the committees.
async fn released(town: &Town<'_>) -> Vec<(&'static str, Person)> {
    let mut members = Vec::new();
    for forum in ["CHS", "HAC", "CIR"] {
        members.push((forum, town.seated(Role::ScrutinyMember, forum).await));
    }
    let cabinet = town.world.harness.person(town.world.council, "Cllr Leader", &[(Role::CabinetMember, GrantScope::Council)]).await;
    // The cabinet reads what is approved, released to a forum or not; a committee does not.
    let all: BTreeSet<String> = town.seen_by(&town.door(&cabinet)).await.into_keys().collect();
    assert!(all.contains("CY02") && all.contains("CE02") && all.contains("AS01"), "{all:?}");
    for (_, member) in &members {
        assert!(town.seen_by(&town.door(member)).await.is_empty());
    }
    assert_eq!(codes(&town.release("CHS", json!({})).await), ["CASCADE_ORDER"]);
    for forum in ["SLT", "CAB", "CHS", "HAC", "CIR"] {
        assert_eq!(town.release(forum, json!({})).await["userErrors"], json!([]), "{forum}");
    }
    let mut remits = Vec::new();
    for (forum, member) in &members {
        let seen = town.seen_by(&town.door(member)).await;
        assert!(seen.values().all(|(_, reading)| reading == "RELEASED"));
        remits.push((*forum, seen.into_keys().collect::<BTreeSet<String>>()));
    }
    let of = |forum: &str| &remits.iter().find(|(other, _)| *other == forum).expect("a committee").1;
    assert!(["CY01", "CY02", "CH02"].iter().all(|code| of("CHS").contains(*code)), "{:?}", of("CHS"));
    assert!(["AS01", "PH01", "CH01"].iter().all(|code| of("HAC").contains(*code)), "{:?}", of("HAC"));
    assert!(["CE01", "PH04", "EC04", "EC06", "EC09"].iter().all(|code| of("CIR").contains(*code)), "{:?}", of("CIR"));
    // Between them they are given everything, and nothing twice.
    let together: usize = remits.iter().map(|(_, remit)| remit.len()).sum();
    let union: BTreeSet<String> = remits.iter().flat_map(|(_, remit)| remit.iter().cloned()).collect();
    assert_eq!((together, &union), (all.len(), &all));
    members
}

/// A committee asks about what is its own, and is given a pack of that alone.
async fn asked(town: &Town<'_>, members: &[(&'static str, Person)]) {
    let officer = town.seated(Role::ScrutinyOfficer, "CHS").await;
    let door = town.door(&officer);
    let ask = |indicator: &str| {
        json!({ "council": "devon", "kind": "RECOMMENDATION", "forum": "CHS", "indicator": indicator, "period": "2024/25 Q2",
            "words": "That the backlog of plans is reported beside those finished." })
    };
    let strange = tried(&door, "questionRecord", "QuestionRecordInput", ask("CE02"), "question { id }").await;
    assert_eq!(codes(&strange), ["INDICATOR_NOT_FOUND"]);
    let recorded = act(&door, "questionRecord", "QuestionRecordInput", ask("CY01"), "question { id number }").await["question"].clone();
    let query = "query($id: ID!) { node(id: $id) { ... on Question { words } } }";
    for (forum, member) in members {
        let seen = town.door(member).gql(query, json!({ "id": recorded["id"] })).await.data()["node"].clone();
        assert_eq!(seen.is_null(), *forum != "CHS", "{forum}");
    }
    let id = town.pack(&door, "CHS", "2024-11-05").await.expect("a pack");
    let all = parts(&bytes(&door, &pack(&door, &id).await).await);
    let own: Vec<Value> = figures(&town.returns["S-CSC"]).cloned().collect();
    assert!(!own.is_empty() && all.contains("CY02") && all.contains("backlog of plans"));
    for other in ["CE02", "AS01", "EC01", "PH02"] {
        assert!(!all.contains(other), "{other} is another committee's");
    }
}
