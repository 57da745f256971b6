//! Two councils with the same refs: neither reads, changes or is counted with the other's.

use rules::delivery::book::DeliveryRow::{Action, Assessment, Insight, Milestone, Money, Project, Recommendation, Risk, Theme};
use serde_json::{Value, json};
use tests::for_each_database;

use super::model::{Small, action, assessment, book, insight, milestone, money, project, recommendation, risk, theme};
use super::{CODE, accept_all, bring, tell_of};
use crate::imports::counts;

const ALL: &str =
    "query($code: String!) { council(code: $code) { delivery { recommendations { id title } actions(first: 9) { nodes { id title
    recommendation { title } milestone { title } } } projects { id manager } milestones(first: 9) { nodes { id title } }
    risks(first: 9) { nodes { id title } } money(period: \"2024/25\") { position { budget } } instruments { title themes { title
    assessments { id narrative evidenceNamed } } } insights { id text } } } }";

/// The plans of a council, in its own words.
fn plans(word: &str, budget: i64) -> [Vec<rules::delivery::book::DeliveryRow>; 4] {
    let titled = |of: &str| format!("{of} of {word}");
    let (mut asked, mut done, mut feared, mut said) = (recommendation("R1"), action("A1"), risk("RK1"), insight("I1"));
    (asked.title, done.title, feared.title, said.text) = (titled("Recommendation"), titled("Action"), titled("Risk"), titled("Insight"));
    (done.answers, done.milestone) = (Some("R1".to_owned()), Some("MA".to_owned()));
    let (mut run, mut due) = (project("PA"), milestone("MA", "PA", "2024-12-13"));
    (run.manager, due.title) = (titled("Manager"), titled("Milestone"));
    let (mut of, mut found) = (theme("LEAD"), assessment("LEAD", "2024", "Sound"));
    (of.title, found.narrative, found.evidence) = (titled("Theme"), titled("Narrative"), vec!["Action A1".to_owned()]);
    [
        vec![Project(run), Milestone(due)],
        vec![Recommendation(asked), Action(done), Risk(feared), Insight(said)],
        vec![Money(money("S1", "2024/25", budget))],
        vec![Theme(of), Assessment(found)],
    ]
}

async fn filled(small: &Small<'_>, word: &str, budget: i64) {
    let committee = small.committee().await;
    for (client, rows) in [&small.office, &small.keeper, &small.finance, &committee].into_iter().zip(plans(word, budget)) {
        let id = client.submit(small.world.code, "plans.xlsx", book(rows)).await;
        let plan = accept_all(client, &id).await;
        assert_eq!(counts(&plan)[1..4], [0, 0, 0], "all of it is new, whatever another council holds");
    }
}

/// Every id in an answer.
fn ids(of: &Value, found: &mut Vec<String>) {
    match of {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| match (name.as_str(), value.as_str()) {
            ("id", Some(id)) => found.push(id.to_owned()),
            _ => ids(value, found),
        }),
        Value::Array(items) => items.iter().for_each(|item| ids(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn what_one_council_tells_is_nowhere_in_what_another_reads() {
    for_each_database(async |harness| {
        let ours = Small::of(harness, CODE).await;
        let theirs = Small::of(harness, "devon").await;
        filled(&ours, "ours", 111).await;
        filled(&theirs, "theirs", 222).await;
        let read = async |small: &Small<'_>| small.keeper.gql(ALL, json!({ "code": small.world.code })).await.data();
        let (of_ours, of_theirs) = (read(&ours).await, read(&theirs).await);
        let (text, other) = (of_ours.to_string(), of_theirs.to_string());
        assert!(text.matches(" of ours").count() == 10 && !text.contains("theirs"), "{of_ours:#}");
        assert!(other.matches(" of theirs").count() == 10 && !other.contains("of ours"), "{of_theirs:#}");
        let budget = |of: &Value| of["council"]["delivery"]["money"][0]["position"]["budget"].clone();
        assert_eq!((budget(&of_ours), budget(&of_theirs)), (json!("111"), json!("222")));
        // By the other's code there is no council, and by id nothing.
        let crossed = theirs.keeper.gql(ALL, json!({ "code": CODE })).await;
        assert_eq!(crossed.body, json!({ "data": { "council": null } }));
        let mut all = Vec::new();
        ids(&of_ours, &mut all);
        assert_eq!(all.len(), 7);
        let node = "query($id: ID!) { node(id: $id) { id } }";
        for id in all {
            assert_eq!(theirs.keeper.gql(node, json!({ "id": id })).await.body, json!({ "data": { "node": null } }), "{id}");
            assert_eq!(ours.keeper.gql(node, json!({ "id": id })).await.data()["node"]["id"], json!(id));
        }

        // What the other council changes, and takes back, is its own.
        let before = (harness.holds(ours.world.council).await, read(&ours).await);
        harness.later(chrono::Duration::hours(1));
        let changed = tell_of(&theirs.keeper, "devon", "action", "title", json!({ "code": "A1", "title": "Changed there" })).await;
        assert_eq!(changed, Ok(json!({ "title": "Changed there" })));
        let refused = tell_of(&theirs.keeper, CODE, "action", "title", json!({ "code": "A1", "title": "Changed here" })).await;
        assert_eq!(refused, Err("COUNCIL_NOT_FOUND input.council".to_owned()));
        let withdraw = "mutation($input: DeliveryWithdrawInput!) { deliveryWithdraw(input: $input) { code userErrors { code } } }";
        let input = |council: &str| json!({ "input": { "council": council, "kind": "RISK", "code": "RK1", "reason": "Gone" } });
        let gone = theirs.keeper.gql(withdraw, input("devon")).await.data();
        assert_eq!(gone["deliveryWithdraw"]["code"], "RK1");
        let not = theirs.keeper.gql(withdraw, input(CODE)).await.data();
        assert_eq!(not["deliveryWithdraw"]["userErrors"][0]["code"], "COUNCIL_NOT_FOUND");
        assert_eq!((harness.holds(ours.world.council).await, read(&ours).await), before);
        let refused = ours
            .keeper
            .run("ImportSubmit", json!({ "input": { "council": "devon", "upload": "u00000000000000000000000000000000" } }))
            .await
            .data();
        assert_eq!(refused["importSubmit"]["userErrors"][0]["code"], "COUNCIL_NOT_FOUND");
    })
    .await;
}

#[tokio::test]
async fn an_import_of_another_council_cannot_be_accepted_or_undone() {
    for_each_database(async |harness| {
        let ours = Small::of(harness, CODE).await;
        let theirs = Small::of(harness, "devon").await;
        filled(&theirs, "theirs", 222).await;
        let taken = bring(&ours.keeper, "one.xlsx", book([Action(action("A1"))])).await;
        let waiting = ours.keeper.submit(CODE, "two.xlsx", book([Action(action("A2"))])).await;
        let before = (harness.holds(ours.world.council).await, harness.holds(theirs.world.council).await);
        assert_eq!(theirs.keeper.accept(&waiting, json!({})).await["userErrors"][0]["code"], "IMPORT_NOT_FOUND");
        assert_eq!(theirs.keeper.undo(&taken).await["userErrors"][0]["code"], "IMPORT_NOT_FOUND");
        assert_eq!(theirs.keeper.plan(&waiting).await, Value::Null);
        assert_eq!((harness.holds(ours.world.council).await, harness.holds(theirs.world.council).await), before);
        // Refs that another council has lead nowhere here.
        let mut done = action("A3");
        (done.answers, done.milestone) = (Some("R1".to_owned()), Some("MA".to_owned()));
        let id = ours.keeper.submit(CODE, "three.xlsx", book([Action(done)])).await;
        let plan = ours.keeper.plan(&id).await;
        assert_eq!(crate::imports::findings(&plan), ["PLN-001 at Actions!D6", "PLN-001 at Actions!E6"], "{plan:#}");
    })
    .await;
}
