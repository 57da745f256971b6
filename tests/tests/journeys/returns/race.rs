//! Several people at one return at the same time: exactly one is done, and the others are told what happened.

use futures::future::join_all;
use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::stage::{Office, codes};

/// What each of several acts at once came to, all of them on the return as it was seen before.
async fn at_once(office: &Office<'_>, acts: &[(&Client<'_>, &str, Value)]) -> Vec<Value> {
    let revision = office.revision().await;
    join_all(acts.iter().map(|(client, act, extra)| office.act_at(client, act, revision.clone(), extra.clone()))).await
}

/// Makes sure one was done and every other was told what; answers the state it led to.
fn one_won(outcomes: &[Value], names: &[&str]) -> String {
    let done: Vec<&Value> = outcomes.iter().filter(|payload| codes(payload).is_empty()).collect();
    let [done] = &done[..] else { panic!("{outcomes:#?}") };
    let state = done["return"]["state"].as_str().expect("a state").to_owned();
    for lost in outcomes.iter().filter(|payload| !codes(payload).is_empty()) {
        assert_eq!((codes(lost), &lost["return"]), (vec!["RETURN_MOVED"], &Value::Null), "{lost}");
        let message = lost["userErrors"][0]["message"].as_str().expect("a message");
        let told = format!("It is {} now", state.to_lowercase());
        assert!(message.contains(&told) && names.iter().any(|name| message.contains(name)), "{message}");
    }
    state
}

#[tokio::test]
async fn of_several_acts_at_once_one_is_done_and_the_others_are_told() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        office.complete().await;
        let waste = GrantScope::Element(office.world.element("S1").await);
        let person = async |name: &str, role, over| harness.sign_in(&harness.person(office.world.council, name, &[(role, over)]).await);
        let managers = [office.of(&office.manager), person("Mia Manager", Role::ServiceManager, waste).await];
        let teams = [office.keeper(), person("Pat Team", Role::PerformanceTeam, GrantScope::Council).await];
        let directors = [office.of(&office.director), person("Dan Director", Role::Director, waste).await];
        let indicator = format!("i{}", office.world.indicator("WM01").await.simple());
        let question = json!({ "questions": [{ "indicator": indicator, "question": "All depots?" }] });
        let reason = json!({ "reason": "Too soon" });
        let names = ["Sam Service", "Mia Manager", "Perry Team", "Pat Team", "Dora Director", "Dan Director"];

        for round in 0..3 {
            // The first acts of all in the first round: there is no row to lock yet.
            let first: Vec<_> = managers.iter().chain(&managers).map(|one| (one, "returnSubmit", json!({}))).collect();
            assert_eq!(one_won(&at_once(&office, &first).await, &names), "SUBMITTED", "{round}");
            let looked = [
                (&teams[0], "returnAssure", json!({})),
                (&teams[1], "returnQuery", question.clone()),
                (&managers[0], "returnRecall", reason.clone()),
                (&teams[1], "returnAssure", json!({})),
            ];
            match one_won(&at_once(&office, &looked).await, &names).as_str() {
                "ASSURED" => {}
                "OPEN" => office.done(&managers[1], "returnSubmit", json!({})).await,
                "QUERIED" => {
                    let asked =
                        office.seen(&managers[0]).await["questions"].as_array().and_then(|all| all.last()).expect("a question").clone();
                    let answer = "mutation($input: ReturnAnswerInput!) { returnAnswer(input: $input) { userErrors { code } } }";
                    let input = json!({ "input": { "question": asked["id"], "answer": "All three" } });
                    assert_eq!(managers[0].gql(answer, input).await.data()["returnAnswer"]["userErrors"], json!([]));
                    office.done(&managers[1], "returnSubmit", json!({})).await;
                }
                other => panic!("{round}: {other}"),
            }
            if office.seen(&teams[0]).await["state"] == "SUBMITTED" {
                office.done(&teams[0], "returnAssure", json!({})).await;
            }
            let decided = [
                (&directors[0], "returnApprove", json!({})),
                (&directors[1], "returnApprove", json!({})),
                (&teams[0], "returnReopen", reason.clone()),
                (&directors[1], "returnQuery", question.clone()),
            ];
            one_won(&at_once(&office, &decided).await, &names);
            let now = office.seen(&teams[0]).await;
            let steps = now["history"].as_array().expect("steps").clone();
            assert_eq!(json!(steps.len()), now["revision"], "{round}");
            assert!(steps.windows(2).all(|pair| pair[0]["to"] == pair[1]["from"]), "{round}: {steps:?}");
            // Ready for the next round.
            match now["state"].as_str() {
                Some("OPEN") => {}
                Some("QUERIED") => {
                    let asked = now["questions"].as_array().and_then(|all| all.last()).expect("a question").clone();
                    let answer = "mutation($input: ReturnAnswerInput!) { returnAnswer(input: $input) { userErrors { code } } }";
                    let input = json!({ "input": { "question": asked["id"], "answer": "All three" } });
                    assert_eq!(managers[0].gql(answer, input).await.data()["returnAnswer"]["userErrors"], json!([]));
                }
                _ => office.done(&teams[0], "returnReopen", reason.clone()).await,
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_import_is_not_accepted_between_a_submission_s_check_and_its_step() {
    for_each_database(async |harness| {
        let office = Office::open(harness).await;
        office.complete().await;
        let keeper = office.keeper();
        let rows = json!([["Ref", "Period", "Result"], ["WM01", super::stage::Q1, 61.2]]);
        let planned = keeper.submit(office.world.code, "late.xlsx", tests::workbook("Return", &rows)).await;
        let revision = office.revision().await;
        let manager = office.of(&office.manager);
        let saying = json!({ "acknowledgedWarnings": ["CHG-003"], "reason": "Late tonnages" });
        let (submitted, accepted) =
            futures::join!(office.act_at(&manager, "returnSubmit", revision, json!({})), keeper.accept(&planned, saying));
        assert_eq!(codes(&submitted), Vec::<&str>::new());
        // Either the figure came before the submission, or it was refused for it; never after it.
        let value = office.seen(&keeper).await["figures"]["nodes"][0]["point"]["value"].clone();
        match codes(&accepted)[..] {
            [] => assert_eq!(value, "61.2"),
            ["PLAN_OUT_OF_DATE"] => assert_eq!(value, "58.1"),
            _ => panic!("{accepted}"),
        }
        let history = office.seen(&keeper).await["history"].clone();
        assert_eq!(history.as_array().map(Vec::len), Some(1), "{history}");
    })
    .await;
}
