//! Nottingham's month (seed 003): performance clinic, divisional leadership, corporate leadership, Leadership, Exec Panel,
//! Corporate Scrutiny, each given less of it than the one before.

use std::collections::BTreeSet;

use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Person, for_each_database};

use super::{Plan, Town, act, codes, figures};
use crate::packs::{bytes, cells, pack};

const PLAN: Plan = Plan { code: "nottingham", period: "2024-09", due_on: "2024-10-11", from: "2024-09-01", at: "2024-10-22T09:00:00Z" };

/// Services that owe figures of the month, or of the half-year that ends in it, each with the directorate that answers for it.
const SERVICES: [(&str, &str); 10] = [
    ("S-ACC", "D-FIN"),
    ("S-AHB", "D-PEO"),
    ("S-ASM", "D-PEO"),
    ("S-CDP", "D-PEO"),
    ("S-CIC", "D-PEO"),
    ("S-CUS", "D-FIN"),
    ("S-HOM", "D-COM"),
    ("S-HR", "D-FIN"),
    ("S-LAN", "D-COM"),
    ("S-STR", "D-COM"),
];

fn refs(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_month_goes_from_the_services_to_corporate_scrutiny_and_back() {
    for_each_database(async |harness| {
        let mut town = Town::new(harness, &PLAN).await;
        collected(&town).await;
        let directors = filled_in(&mut town).await;
        released(&mut town).await;
        let asked = asked(&town, &directors).await;
        corrected(&mut town, &directors).await;
        asked_again(&town, &asked).await;
        published(&mut town).await;
    })
    .await;
}

/// The month has ended and its last day has passed: ten returns are there without anybody having made them, all overdue.
async fn collected(town: &Town<'_>) {
    let services: Vec<&str> = town.returns.keys().map(String::as_str).collect();
    assert_eq!(services, SERVICES.map(|(service, _)| service));
    assert!(town.returns.values().all(|one| one["state"] == "OPEN" && one["overdue"] == true));
    let collection = town.collection().await;
    let whole = &collection["whole"];
    assert_eq!(
        [&whole["owed"], &whole["overdue"], &whole["figuresExpected"], &whole["figuresGiven"]],
        [&json!(10), &json!(10), &json!(17), &json!(0)]
    );
    let by: Vec<(&Value, &Value)> = collection["directorates"]
        .as_array()
        .expect("directorates")
        .iter()
        .map(|d| (&d["element"]["code"], &d["counts"]["owed"]))
        .collect();
    // By division, which is what stands directly above a service here.
    let by: Vec<String> = by.into_iter().map(|(code, owed)| format!("{} {owed}", code.as_str().expect("a code"))).collect();
    assert_eq!(by, ["V-ASC 2", "V-CIS 2", "V-HOU 2", "V-ENV 1", "V-FIN 1", "V-HRC 2"]);
}

/// Services enter or send their figures and submit them; somebody else assures, somebody else again approves.
async fn filled_in(town: &mut Town<'_>) -> Vec<(&'static str, Person)> {
    let mut directors = Vec::new();
    for directorate in ["D-PEO", "D-COM", "D-FIN"] {
        directors.push((directorate, town.holder(&format!("Director of {directorate}"), Role::Director, directorate).await));
    }
    // Repairs are late, and nobody says why.
    let manager = town.manager("S-LAN");
    let bare: Vec<Value> = figures(&town.returns["S-LAN"])
        .map(|figure| json!({ "indicator": figure["indicator"]["code"], "period": figure["period"], "value": figure["point"]["target"] }))
        .collect();
    super::record(&manager, "nottingham", &bare).await;
    super::record(&manager, "nottingham", &[json!({ "indicator": "CI21", "period": "2024-09", "value": "55", "reason": "Recounted" })])
        .await;
    town.look().await;
    let lacking = town.step(&manager, "returnSubmit", "S-LAN", json!({})).await;
    assert_eq!(codes(&lacking), ["FIGURE_INCOMPLETE"], "{lacking:#}");
    let said = lacking["userErrors"][0]["message"].as_str().expect("words");
    assert!(said.contains("CI21") && said.contains("an explanation") && said.contains("a remedial action"), "{said}");

    for (service, directorate) in SERVICES {
        match service {
            // By workbook, where the others are entered on a screen.
            "S-HOM" => town.send(service, &[]).await,
            "S-LAN" => _ = town.enter(service, &[("CI21", "55")]).await,
            _ => _ = town.enter(service, &[]).await,
        }
        town.look().await;
        let director = directors.iter().find(|(of, _)| *of == directorate).expect("a director").1.clone();
        if directorate == "D-PEO" {
            town.approve(service, &director).await;
        } else {
            town.stepped(&town.manager(service), "returnSubmit", service, json!({})).await;
        }
    }
    // Nobody approves what was not assured, and nobody both submits and assures.
    let community = directors[1].1.clone();
    assert_eq!(codes(&town.step(&town.door(&community), "returnApprove", "S-HOM", json!({})).await), ["RETURN_NOT_NOW"]);
    // What was submitted takes no more figures.
    let late =
        super::record(&town.manager("S-HOM"), "nottingham", &[json!({ "indicator": "CI18", "period": "2024-09", "value": "1" })]).await;
    assert_eq!(late["import"], Value::Null, "{late:#}");
    directors
}

/// Each forum is given the month in its turn, and sees what it is to see.
async fn released(town: &mut Town<'_>) {
    let clinic = town.seated(Role::ScrutinyMember, "PC-HOU").await;
    let scrutiny = town.seated(Role::ScrutinyMember, "CSC").await;
    // Housing is submitted and not approved.
    assert_eq!(codes(&town.release("PC-HOU", json!({})).await), ["NOT_APPROVED"]);
    assert!(town.seen_by(&town.door(&clinic)).await.is_empty());
    let keeper = town.world.keeper();
    for (service, directorate) in SERVICES.into_iter().filter(|(_, of)| *of != "D-PEO") {
        let director = town.holder(&format!("Deputy for {service}"), Role::Director, directorate).await;
        town.stepped(&keeper, "returnAssure", service, json!({})).await;
        town.stepped(&town.door(&director), "returnApprove", service, json!({})).await;
    }
    let counts = town.collection().await["whole"].clone();
    assert_eq!((&counts["approved"], &counts["overdue"], &counts["figuresExplained"]), (&json!(10), &json!(0), &json!(17)));

    // Out of its turn, without a reason, nothing goes to scrutiny.
    assert_eq!(codes(&town.release("CSC", json!({})).await), ["CASCADE_ORDER"]);
    for forum in ["PC-ASC", "PC-CIS", "PC-ENV", "PC-HOU", "DLT-COM", "DLT-PEO", "CLT", "LEAD", "EXP"] {
        assert_eq!(town.release(forum, json!({})).await["userErrors"], json!([]), "{forum}");
    }
    let housing = refs(&["CI18", "CI19", "CI21", "CI22", "CI23"]);
    let seen = town.seen_by(&town.door(&clinic)).await;
    assert_eq!(seen.keys().cloned().collect::<BTreeSet<_>>(), housing);
    assert!(seen.values().all(|(_, reading)| reading == "RELEASED"));
    // Corporate leadership is given what is critical, of everybody.
    let leadership = town.seated(Role::ScrutinyMember, "CLT").await;
    let critical = refs(&["CI01", "CI02", "CI09", "CI10", "CI11", "CI15", "CI18", "CI19", "CI21", "CI23", "CI37"]);
    assert_eq!(town.seen_by(&town.door(&leadership)).await.into_keys().collect::<BTreeSet<_>>(), critical);
    // Scrutiny was not given anything yet: neither figures nor a pack.
    assert!(town.seen_by(&town.door(&scrutiny)).await.is_empty());
    assert_eq!(town.pack(&keeper, "CSC", "2024-10-30").await, Err("NOT_RELEASED".to_owned()));
    assert_eq!(town.release("CSC", json!({})).await["userErrors"], json!([]));
    let exceptions = town.seen_by(&town.door(&scrutiny)).await;
    assert_eq!(exceptions.get("CI21").map(|(value, _)| value.as_str()), Some("55"));
    assert!(!exceptions.contains_key("CI18"), "{exceptions:?}");
}

/// What scrutiny asked, and who is to answer.
struct Asked {
    officer: Person,
    member: Person,
    question: Value,
}

/// The committee meets: a member asks, the officer puts it on record and asks the director of the service to answer.
async fn asked(town: &Town<'_>, directors: &[(&'static str, Person)]) -> Asked {
    let officer = town.seated(Role::ScrutinyOfficer, "CSC").await;
    let member = town.world.harness.person(town.world.council, "Cllr Osei", &[]).await;
    let door = town.door(&officer);
    let plan = json!({ "council": "nottingham", "forum": "CSC", "heldOn": "2024-10-30", "period": "2024-09", "agendaReference": "Item 5" });
    let meeting = act(&door, "meetingPlan", "MeetingPlanInput", plan, "meeting { id revision }").await["meeting"].clone();
    let words = "Why do a third of urgent repairs wait, and when will that end?";
    let input = json!({ "council": "nottingham", "kind": "QUESTION", "forum": "CSC", "meeting": meeting["id"], "indicator": "CI21",
        "period": "2024-09", "words": words, "askedBy": "Cllr Osei" });
    let recorded = act(&door, "questionRecord", "QuestionRecordInput", input, QUESTION).await["question"].clone();
    let answerers = recorded["answerers"].as_array().expect("people").clone();
    let director = answerers.iter().find(|one| one["email"] == "director.of.d-com@example.org").expect("the director may answer");
    let assign = json!({ "question": recorded["id"], "revision": recorded["revision"], "person": director["id"], "dueOn": "2024-11-20" });
    let question = act(&door, "questionAssign", "QuestionAssignInput", assign, QUESTION).await["question"].clone();
    assert_eq!((&question["state"], &question["assignedTo"]), (&json!("ASSIGNED"), &json!("Director of D-COM")));
    // Another directorate's director is not to answer it.
    let answer = json!({ "question": question["id"], "revision": question["revision"], "words": "Not mine." });
    let query = "mutation($input: QuestionAnswerInput!) { questionAnswer(input: $input) { question { id } userErrors { code } } }";
    let refused = town.door(&directors[0].1).gql(query, json!({ "input": answer })).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    Asked { officer, member, question }
}

const QUESTION: &str = "question { id number state revision assignedTo answer answerers { id email } }";

/// A figure that was approved turns out wrong: it is corrected, and who was given it reads the old one until it is given the
/// new.
async fn corrected(town: &mut Town<'_>, directors: &[(&'static str, Person)]) {
    let scrutiny = town.seated(Role::ScrutinyMember, "EXP").await;
    let reads = async |town: &Town<'_>| town.seen_by(&town.door(&scrutiny)).await.get("CI21").map(|(value, _)| value.clone());
    assert_eq!(reads(town).await.as_deref(), Some("55"));
    let keeper = town.world.keeper();
    town.world.harness.later(chrono::Duration::days(1));
    town.stepped(&keeper, "returnReopen", "S-LAN", json!({ "reason": "Contractor's returns were incomplete." })).await;
    let mut revised = super::explained();
    revised["indicator"] = json!("CI21");
    revised["period"] = json!("2024-09");
    revised["value"] = json!("61");
    revised["reason"] = json!("Contractor's last returns are in.");
    let payload = super::record(&town.manager("S-LAN"), "nottingham", &[revised]).await;
    assert_eq!(payload["userErrors"], json!([]));
    town.look().await;
    let figure = figures(&town.returns["S-LAN"]).find(|figure| figure["indicator"]["code"] == "CI21").expect("it is owed").clone();
    assert_eq!((&figure["differs"], &figure["approved"]["value"], &figure["point"]["value"]), (&json!(true), &json!("55"), &json!("61")));
    assert_eq!(reads(town).await.as_deref(), Some("55"));
    town.approve("S-LAN", &directors[1].1).await;
    // Approved, and not given to the panel.
    assert_eq!(reads(town).await.as_deref(), Some("55"));
    town.world.harness.later(chrono::Duration::days(1));
    assert_eq!(town.release("EXP", json!({ "note": "Corrected." })).await["userErrors"], json!([]));
    assert_eq!(reads(town).await.as_deref(), Some("61"));
}

/// The next pack opens with what is outstanding; then the question is answered and the committee accepts.
async fn asked_again(town: &Town<'_>, asked: &Asked) {
    let officer = town.door(&asked.officer);
    assert_eq!(town.release("CSC", json!({})).await["userErrors"], json!([]));
    let id = town.pack(&officer, "CSC", "2024-10-30").await.expect("a pack");
    let ready = pack(&officer, &id).await;
    let workbook = bytes(&officer, &ready).await;
    let cover = cells(&workbook, "Cover");
    assert!(cover.iter().any(|cell| cell.contains("urgent repairs wait")), "{cover:#?}");
    let harness = town.world.harness;
    harness.at("2024-11-12T10:00:00Z");
    let director = harness.client(Some(harness.token(asked.director(town).await, Some(town.world.council))));
    let answer = json!({ "question": asked.question["id"], "revision": asked.question["revision"], "words": "Two crews were taken on in November." });
    let answered =
        act(&director, "questionAnswer", "QuestionAnswerInput", answer, "question { state revision answer }").await["question"].clone();
    assert_eq!(answered["state"], "ANSWERED");
    let accept = json!({ "question": asked.question["id"], "revision": answered["revision"], "words": "To be looked at again in spring." });
    let accepted = act(&officer, "questionAccept", "QuestionAcceptInput", accept, "question { state }").await;
    assert_eq!(accepted["question"]["state"], "ACCEPTED");
}

impl Asked {
    /// The id of whoever is to answer.
    async fn director(&self, town: &Town<'_>) -> uuid::Uuid {
        assert_ne!(self.member.id, self.officer.id);
        let people = self.question["answerers"].as_array().expect("people");
        let director = people.iter().find(|one| one["email"] == "director.of.d-com@example.org").expect("the director");
        let _ = town;
        tests::uuid_of(&director["id"])
    }
}

/// What is approved and released can be published, and is all the public reads.
async fn published(town: &mut Town<'_>) {
    let keeper = town.world.keeper_now();
    let visitor = town.world.harness.visitor();
    let query = "{ published(council: \"nottingham\") { indicators { nodes { code series { period value } } } } }";
    let before = visitor.gql(query, json!({})).await.data();
    assert_eq!(before["published"]["indicators"]["nodes"], json!([]));
    town.look().await;
    town.stepped(&keeper, "returnPublish", "S-LAN", json!({})).await;
    let after = visitor.gql(query, json!({})).await.data();
    let nodes = after["published"]["indicators"]["nodes"].as_array().expect("a list");
    let read: Vec<(&Value, &Value)> = nodes.iter().map(|node| (&node["code"], &node["series"][0]["value"])).collect();
    assert_eq!(read.len(), 3);
    assert!(read.contains(&(&json!("CI21"), &json!("61"))), "{read:?}");
    assert_eq!(town.returns["S-LAN"]["state"], "PUBLISHED");
}
