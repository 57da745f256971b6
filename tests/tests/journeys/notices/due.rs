//! Who is reminded of what, and when.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Person, Receiver, Relay, for_each_database};

use super::{Reminded, node, turn};
use crate::entry::{accepted, send};

const RETURNS: &str = "query($council: String!) { council(code: $council) { returns(period: \"2024/25 Q2\", element: \"S1\") {
    nodes { id revision state } } } }";
const SUBMIT: &str =
    "mutation($input: ReturnActInput!) { returnSubmit(input: $input) { return { revision state } userErrors { code message } } }";
const QUERY: &str =
    "mutation($input: ReturnQueryInput!) { returnQuery(input: $input) { return { revision state } userErrors { code message } } }";

#[tokio::test]
async fn people_are_reminded_before_on_the_day_and_after_and_once_each_time() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        // Nobody asked for reminders yet.
        harness.at("2024-10-31T08:00:00Z");
        assert_eq!(turn(&node).await, (0, 0));
        harness.at("2024-10-14T09:00:00Z");
        assert_eq!(reminded.set(json!({ "byMail": true, "daysBefore": 7, "daysBetween": 7 })).await["userErrors"], json!([]));
        assert_eq!(turn(&node).await, (0, 0), "the last day is more than a week away");

        let mut subjects = Vec::new();
        for day in ["2024-10-23", "2024-10-24", "2024-10-25", "2024-10-31", "2024-11-01", "2024-11-05", "2024-11-08", "2024-11-14"] {
            harness.at(&format!("{day}T08:00:00Z"));
            let (written, taken) = turn(&node).await;
            assert_eq!(written, taken, "{day}");
            assert_eq!(turn(&node).await, (0, 0), "{day}, again");
            subjects.extend((0..written).map(|_| day));
        }
        assert_eq!(subjects, ["2024-10-24", "2024-10-31", "2024-11-01", "2024-11-08"]);
        let posted = relay.posted();
        let of = "the return of Waste Services for July to September 2024";
        let said: Vec<String> = posted.iter().map(|letter| letter.header("subject").expect("a subject")).collect();
        assert_eq!(said, [format!("Due: {of}"), format!("Due: {of}"), format!("Overdue: {of}"), format!("Overdue: {of}")]);
        let first = &posted[0];
        assert_eq!(
            (first.from.as_str(), first.to.as_slice()),
            ("performance@example.org", ["sam.service@example.org".to_owned()].as_slice())
        );
        assert_eq!(first.header("auto-submitted").as_deref(), Some("auto-generated"));
        assert!(first.body().contains("Dear Sam Service,") && first.body().contains("Last day: 31 October 2024."), "{}", first.body());
        let ids: std::collections::BTreeSet<String> = posted.iter().filter_map(|letter| letter.header("message-id")).collect();
        assert_eq!(ids.len(), 4);
        harness.at("2024-11-08T09:00:00Z");
        let line = |kind: &str| format!("{kind} MAIL SENT S1 2024/25 Q2 to Sam Service");
        assert_eq!(reminded.log().await, [line("RETURN_OVERDUE"), line("RETURN_OVERDUE"), line("RETURN_DUE"), line("RETURN_DUE")]);
    })
    .await;
}

#[tokio::test]
async fn a_return_that_was_submitted_reminds_nobody_and_one_that_came_back_does() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        reminded.set(json!({ "byMail": true })).await;
        // The relay puts it off; meanwhile the return is submitted.
        harness.at("2024-10-24T08:00:00Z");
        relay.busy(1);
        assert_eq!(turn(&node).await, (1, 1));
        assert_eq!(reminded.listed("WAITING").await[0]["attempts"], 1);
        let sam = reminded.client(&reminded.sam);
        let figure = |code: &str, period: &str, value: &str| json!({ "indicator": code, "period": period, "value": value });
        let figures = json!([
            figure("WM01", "2024/25 Q2", "61.2"),
            figure("WM02", "2024-07", "41"),
            figure("WM02", "2024-08", "42"),
            figure("WM02", "2024-09", "43")
        ]);
        assert_eq!(accepted(&send(&sam, json!({ "council": "huntingdonshire", "figures": figures })).await), [4, 0, 0]);
        let of = sam.gql(RETURNS, json!({ "council": "huntingdonshire" })).await.data()["council"]["returns"]["nodes"][0].clone();
        let submitted = sam.gql(SUBMIT, json!({ "input": { "return": of["id"], "revision": of["revision"] } })).await.data();
        assert_eq!(submitted["returnSubmit"]["userErrors"], json!([]), "{submitted:#}");
        harness.at("2024-10-24T08:05:00Z");
        assert_eq!(turn(&node).await, (0, 1));
        let dropped = reminded.listed("DROPPED").await;
        assert_eq!((dropped.len(), &dropped[0]["lastError"]), (1, &json!("It was done meanwhile.")));
        // Neither on the day nor after.
        for day in ["2024-10-31", "2024-11-01"] {
            harness.at(&format!("{day}T08:00:00Z"));
            assert_eq!(turn(&node).await, (0, 0), "{day}");
        }
        assert_eq!(relay.posted(), []);

        let indicator = reminded.world.indicator("WM01").await;
        let questions = json!([{ "indicator": format!("i{}", indicator.simple()), "question": "Is June in it?" }]);
        let revision = &submitted["returnSubmit"]["return"]["revision"];
        let input = json!({ "return": of["id"], "revision": revision, "questions": questions });
        let queried = reminded.world.keeper_now().gql(QUERY, json!({ "input": input })).await.data();
        assert_eq!(queried["returnQuery"]["userErrors"], json!([]));
        assert_eq!(turn(&node).await, (2, 2), "sent back, and overdue");
        assert_eq!(turn(&node).await, (0, 0));
        let mut subjects: Vec<String> = relay.posted().iter().filter_map(|letter| letter.header("subject")).collect();
        subjects.sort();
        let of = "the return of Waste Services for July to September 2024";
        assert_eq!(subjects, [format!("Overdue: {of}"), format!("Sent back with questions: {of}")]);
        assert!(
            relay.posted().iter().all(|letter| !letter.text.contains("61.2") && !letter.text.contains("Is June")),
            "no figure, nobody's words"
        );
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_role_meanwhile_is_not_reminded() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        reminded.set(json!({ "byMail": true })).await;
        harness.at("2024-10-24T08:00:00Z");
        relay.busy(1);
        assert_eq!(turn(&node).await, (1, 1));
        reminded.withdraw(&reminded.sam).await;
        harness.at("2024-10-24T08:05:00Z");
        assert_eq!(turn(&node).await, (0, 1));
        assert_eq!(relay.posted(), []);
        assert_eq!(reminded.listed("DROPPED").await[0]["lastError"], "The person does not answer for it any more.");
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_answer_any_more_is_not_reminded_to() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        reminded.set(json!({ "byMail": true })).await;
        let s1 = reminded.world.element("S1").await;
        let dora = director(&reminded).await;
        question(&reminded, &dora, 12, "2024-10-21", Some(s1)).await;
        relay.busy(1);
        assert_eq!(turn(&node).await, (1, 1));
        reminded.withdraw(&dora).await;
        harness.later(chrono::Duration::minutes(5));
        assert_eq!(turn(&node).await, (0, 1));
        assert_eq!(relay.posted(), []);
        assert_eq!(reminded.listed("DROPPED").await[0]["lastError"], "The person does not answer for it any more.");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_due_reminds_whoever_was_asked_in_the_councils_language() {
    for_each_database(async |harness| {
        let reminded = Reminded::new(harness, "huntingdonshire").await;
        let relay = Relay::start().await;
        let node = node(harness, Some(&relay));
        reminded.set(json!({ "byMail": true })).await;
        let brand = json!({ "council": "huntingdonshire", "languages": ["cy-GB", "en-GB"] });
        reminded.client(&reminded.admin).gql(crate::brand::SET, json!({ "input": brand })).await.data();
        let dora = director(&reminded).await;
        question(&reminded, &dora, 12, "2024-10-21", None).await;
        assert_eq!(turn(&node).await, (1, 1));
        let posted = relay.posted();
        assert_eq!(posted[0].to, ["dora.director@example.org"]);
        assert_eq!(posted[0].header("subject").as_deref(), Some("I'w gyflwyno: cwestiwn 12"));
        harness.at("2024-10-22T09:00:00Z");
        assert_eq!(turn(&node).await, (1, 1));
        assert_eq!(relay.posted()[1].header("subject").as_deref(), Some("Yn hwyr: cwestiwn 12"));
        assert_eq!(reminded.log().await[0], "QUESTION_OVERDUE MAIL SENT question 12 to Dora Director");
    })
    .await;
}

#[tokio::test]
async fn a_council_that_is_not_reminded_hears_nothing_of_another() {
    for_each_database(async |harness| {
        let (one, other) = (Reminded::new(harness, "huntingdonshire").await, Reminded::new(harness, "devon").await);
        let receiver = Receiver::start().await;
        let node = node(harness, None);
        one.set(json!({ "byMail": false, "webhookUrl": receiver.url })).await;
        harness.at("2024-10-31T08:00:00Z");
        // Three services owe a return, and only one has a manager: the council's own program hears of all.
        assert_eq!(turn(&node).await, (3, 3));
        let mut about: Vec<String> = receiver
            .called()
            .iter()
            .map(|called| {
                let body: Value = serde_json::from_str(&called.body).expect("JSON");
                assert_eq!(
                    (&body["council"], &body["kind"], &body["dueOn"]),
                    (&json!("huntingdonshire"), &json!("RETURN_DUE"), &json!("2024-10-31"))
                );
                format!("{} {}", body["return"]["element"].as_str().expect("a code"), body["return"]["period"].as_str().expect("a period"))
            })
            .collect();
        about.sort();
        assert_eq!(about, ["S1 2024/25 Q2", "S2 2024/25 Q2", "S3 2024/25 Q2"]);
        assert_eq!(other.log().await, Vec::<String>::new());
        assert_eq!(one.log().await.len(), 3);
    })
    .await;
}

/// Whoever may answer for Place.
async fn director(reminded: &Reminded<'_>) -> Person {
    let place = GrantScope::Element(reminded.world.element("D1").await);
    reminded.world.harness.person(reminded.world.council, "Dora Director", &[(Role::Director, place)]).await
}

/// A question on record that waits for somebody's answer, about an element or nothing in particular.
async fn question(reminded: &Reminded<'_>, person: &Person, number: i32, due_on: &str, element_id: Option<uuid::Uuid>) {
    use entity::scrutiny_question::Entity;
    use sea_orm::{EntityTrait, IntoActiveModel};
    let harness = reminded.world.harness;
    let row = entity::scrutiny_question::Model {
        council_id: reminded.world.council,
        id: harness.app.ids.next(),
        forum_id: None,
        meeting_id: None,
        number,
        kind: "INFORMATION".to_owned(),
        indicator_id: None,
        element_id,
        period_start: None,
        period_months: None,
        words: "What did it cost?".to_owned(),
        asked_by: None,
        recorded_by: reminded.admin.id,
        recorded_at: harness.app.clock.now(),
        assigned_to: Some(person.id),
        due_on: Some(tests::day(due_on)),
        state: "ASSIGNED".to_owned(),
        revision: 1,
        changed_at: harness.app.clock.now(),
    };
    let change = harness.app.db.change(reminded.world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
    Entity::insert(row.into_active_model()).exec_without_returning(&*change).await.expect("is kept");
    change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
}
