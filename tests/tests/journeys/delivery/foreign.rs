//! Rows that are not the sender's to record: refused one by one, and nothing told of what is held there.

use rules::delivery::action::ActionKind;
use rules::delivery::book::DeliveryRow::{Action, Insight, Milestone, Money, Project, Recommendation, Risk};
use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::model::{Small, action, book, insight, milestone, money, project, recommendation, risk};
use super::{CODE, bring, delivery};
use crate::imports::{counts, findings};

/// What a workbook is told: kinds of its rows in order, and its findings.
async fn planned(
    client: &Client<'_>,
    rows: impl IntoIterator<Item = rules::delivery::book::DeliveryRow>,
) -> (Vec<String>, Vec<String>, Value) {
    let id = client.submit(CODE, "plans.xlsx", book(rows)).await;
    let plan = client.plan(&id).await;
    let kinds = plan["changes"]["nodes"].as_array().expect("rows").iter().map(|row| row["kind"].as_str().expect("a kind").to_owned());
    (kinds.collect(), findings(&plan), plan)
}

#[tokio::test]
async fn finance_sends_money_and_the_programme_office_sends_programmes() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let before = harness.written(small.world.council).await;
        let (kinds, found, plan) = planned(&small.finance, [Action(action("A1")), Money(money("S1", "2024/25", 1000))]).await;
        assert_eq!((kinds, found), (vec!["REFUSED".into(), "NEW".into()], vec!["PLN-014 at Actions!A6".to_owned()]), "{plan:#}");
        let mut remedy = action("A2");
        remedy.kind = ActionKind::Remedial;
        let rows = [Money(money("S1", "2024/25", 1000)), Action(action("A1")), Action(remedy.clone()), Project(project("PA"))];
        let (kinds, found, plan) = planned(&small.office, rows).await;
        // In the order of the sheets: projects, actions, money.
        assert_eq!(kinds, ["NEW", "NEW", "REFUSED", "REFUSED"]);
        assert_eq!(found, ["PLN-014 at Actions!A7", "PLN-014 at Money!A6"], "{plan:#}");
        let (kinds, found, _) = planned(&small.keeper, [Action(remedy), Project(project("PA")), Money(money("S1", "2024/25", 1000))]).await;
        assert_eq!(kinds, ["REFUSED", "NEW", "REFUSED"]);
        assert_eq!(found, ["PLN-014 at Projects!A6", "PLN-014 at Money!A6"]);
        assert_eq!(harness.written(small.world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_service_manager_keeps_what_hangs_on_the_service_and_nothing_beside_it() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let about = |code: &str, element: Option<&str>| {
            let mut row = recommendation(code);
            row.element = element.map(str::to_owned);
            Recommendation(row)
        };
        let mut taken = action("A9");
        taken.element = Some("S2".to_owned());
        bring(&small.keeper, "held.xlsx", book([about("R1", Some("S1")), about("R2", Some("S2")), about("R3", None), Action(taken)])).await;
        let on = |code: &str, change: &dyn Fn(&mut rules::delivery::book::ActionRow)| {
            let mut row = action(code);
            row.element = None;
            change(&mut row);
            Action(row)
        };
        let rows = vec![
            on("A1", &|row| row.element = Some("S1".to_owned())),
            on("A2", &|row| row.element = Some("S2".to_owned())),
            on("A3", &|row| row.indicator = Some("WM02".to_owned())),
            on("A4", &|row| row.indicator = Some("PL01".to_owned())),
            on("A5", &|row| row.answers = Some("R1".to_owned())),
            on("A6", &|row| row.answers = Some("R2".to_owned())),
            on("A7", &|row| row.answers = Some("R3".to_owned())),
            on("A8", &|row| row.element = Some("CP".to_owned())),
            // Another service's, brought over.
            on("A9", &|row| row.element = Some("S1".to_owned())),
        ];
        let id = small.manager.submit(CODE, "plans.xlsx", book(rows)).await;
        let plan = small.manager.plan(&id).await;
        let expected = "PLN-014 at Actions!A7, Actions!A9, Actions!A11, Actions!A12, Actions!A13, Actions!A14";
        assert_eq!((findings(&plan), counts(&plan)[..4].to_vec()), (vec![expected.to_owned()], vec![3, 0, 0, 6]), "{plan:#}");
        assert_eq!(small.manager.accept(&id, json!({ "validRowsOnly": true })).await["userErrors"], json!([]));
        let told = delivery(&small.keeper, "actions(first: 20) { nodes { code element { code } } }").await;
        assert_eq!(super::codes(&told["actions"]["nodes"]), ["A1", "A3", "A5", "A9"]);
        assert_eq!(told["actions"]["nodes"][3]["element"]["code"], "S2");
    })
    .await;
}

#[tokio::test]
async fn a_workbook_tells_its_sender_nothing_of_records_that_are_not_theirs() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let mut secret = insight("IN-SECRET");
        (secret.element, secret.sensitive, secret.text) = ("S3".into(), true, "A household that could be known".into());
        let mut theirs = risk("RK-THEIRS");
        (theirs.element, theirs.title) = ("S3".into(), "Fraud in benefits".into());
        let mut asked = action("AC-THEIRS");
        (asked.element, asked.title) = (Some("S3".into()), "Move the office".into());
        bring(&small.keeper, "held.xlsx", book([Insight(secret), Risk(theirs.clone()), Action(asked.clone())])).await;
        bring(&small.office, "programme.xlsx", book([Project(project("PA")), Milestone(milestone("M1", "PA", "2024-12-13"))])).await;
        let rows = [Insight(insight("IN-SECRET")), Risk(risk("RK-THEIRS")), Action(action("AC-THEIRS")), Action(action("A1"))];
        let (kinds, found, plan) = planned(&small.manager, rows).await;
        assert_eq!(kinds, ["REFUSED", "NEW", "REFUSED", "REFUSED"]);
        assert_eq!(found, ["PLN-014 at Actions!A6, Insight!A6", "PLN-014 at Risks!A6"], "{plan:#}");
        for word in ["household", "Fraud", "Move the office"] {
            assert!(!plan.to_string().contains(word), "{plan:#}");
        }
        // Nor which others there are.
        let (_, _, plan) = planned(&small.manager, [Insight(insight("I1")), Risk(risk("RK1")), Action(action("A1"))]).await;
        for code in ["IN-SECRET", "RK-THEIRS", "AC-THEIRS"] {
            assert!(!plan.to_string().contains(code), "{plan:#}");
        }
        // Nor by saying of a recommendation of theirs that it is one's own.
        let (mut brought, mut answers, mut held) = (recommendation("R1"), action("A2"), action("A3"));
        (brought.element, answers.element, answers.answers) = (Some("S1".into()), None, Some("R1".into()));
        (held.element, held.answers, held.title) = (None, Some("R1".into()), "Sell the depot".into());
        let mut of_benefits = recommendation("R1");
        of_benefits.element = Some("S3".into());
        bring(&small.keeper, "recommended.xlsx", book([Recommendation(of_benefits), Action(held)])).await;
        let rows = [Recommendation(brought), Action(answers), Action(action("A3"))];
        let (kinds, _, plan) = planned(&small.manager, rows).await;
        assert_eq!(kinds, ["REFUSED", "REFUSED", "REFUSED"], "{plan:#}");
        assert!(!plan.to_string().contains("Sell the depot"), "{plan:#}");
        // Whoever may record them is told what stays as it is.
        let (_, _, plan) = planned(&small.keeper, [Risk(risk("RK1")), Action(action("A1"))]).await;
        let told = plan["diagnostics"]["nodes"].to_string();
        assert!(told.contains("RK-THEIRS") && told.contains("AC-THEIRS") && !told.contains("IN-SECRET"), "{told}");
    })
    .await;
}
