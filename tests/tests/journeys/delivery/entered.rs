//! Telling of records one by one: what is left out stays, what is null is blank, what is held already changes nothing.

use serde_json::{Value, json};
use tests::{for_each_database, trail};

use super::entries::{self, Entry};
use super::model::Small;
use super::{delivery, tell};

/// What the trail keeps of a state: the fields of a record.
fn state(kept: Option<&String>, kind: &str) -> Value {
    let read: Value = serde_json::from_str(kept.expect("a state")).expect("JSON");
    assert!(read[kind].is_object(), "{read:#}");
    read[kind].clone()
}

#[tokio::test]
async fn a_record_of_each_kind_is_told_new_in_part_and_blank() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let committee = small.committee().await;
        for (key, entry) in entries::all() {
            let client = entries::keeper(&small, &committee, &entry);
            let before = trail(harness, small.world.council, 0).await.last().map_or(0, |event| event.seq);
            for (input, shown) in [&entry.new, &entry.part, &entry.blank] {
                harness.later(chrono::Duration::minutes(1));
                let told = tell(client, entry.what, entry.fields, Entry::saying(&key, input)).await;
                assert_eq!(told.as_ref(), Ok(shown), "{} {input}", entry.what);
                // The same again is what is held.
                let (written, at) = (harness.holds(small.world.council).await, harness.app.clock.now());
                harness.later(chrono::Duration::minutes(1));
                let again = tell(client, entry.what, entry.fields, Entry::saying(&key, input)).await;
                assert_eq!(again.as_ref(), Ok(shown), "{} {input}", entry.what);
                assert_eq!(harness.holds(small.world.council).await, written, "{} {input} at {at}", entry.what);
            }
            let told = trail(harness, small.world.council, before).await;
            let verbs: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
            assert_eq!(verbs, vec![format!("{}.record", entry.what); 3], "one event each");
            assert_eq!((&told[0].before, told[0].person), (&None, client.person()));
            assert_eq!(state(told[1].before.as_ref(), entry.kind), state(told[0].after.as_ref(), entry.kind));
            assert_eq!(state(told[2].before.as_ref(), entry.kind), state(told[1].after.as_ref(), entry.kind));
            assert_ne!(told[2].before, told[2].after);
            assert!(told.iter().all(|event| event.subject == told[0].subject && event.subject.starts_with(&format!("{} ", entry.what))));
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_may_tell_what_they_may_not_read_is_told_that_it_was_taken() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let member = harness.sign_in(&small.world.somebody(rules::permission::Role::ScrutinyMember).await);
        let input = json!({ "code": "R1", "title": "Count bins", "source": "SCRUTINY", "element": "S1" });
        // Over the panel, whose remit is Place: Waste Services is of it, Benefits is not.
        assert_eq!(tell(&member, "recommendation", "code", input).await, Ok(Value::Null));
        let told = delivery(&small.keeper, "recommendation(code: \"R1\") { title source }").await;
        assert_eq!(told["recommendation"], json!({ "title": "Count bins", "source": "SCRUTINY" }));
        let input = json!({ "code": "R2", "title": "Pay sooner", "source": "SCRUTINY", "element": "S3" });
        assert_eq!(tell(&member, "recommendation", "code", input).await, Err("PLN-014 input.code".to_owned()));
        assert_eq!(delivery(&small.keeper, "recommendations { code }").await["recommendations"], json!([{ "code": "R1" }]));
    })
    .await;
}

#[tokio::test]
async fn several_tellings_in_one_document_are_answered_each_as_it_left_things() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        let document = "mutation {
            one: actionRecord(input: { council: \"huntingdonshire\", code: \"A1\", title: \"First\", kind: SERVICE_PLAN, element: \"S1\",
                leadOfficer: \"Head\", status: NOT_STARTED, asAt: \"2024-09-30\" }) { action { title history { asAt } } userErrors { code } }
            two: actionRecord(input: { council: \"huntingdonshire\", code: \"a1\", title: \"Second\" }) { action { code title } userErrors { code } }
            three: actionRecord(input: { council: \"huntingdonshire\", code: \"A2\", title: \"No more\" }) { action { code } userErrors { code } } }";
        let data = small.keeper.gql(document, json!({})).await.data();
        assert_eq!(data["one"]["action"], json!({ "title": "First", "history": [{ "asAt": "2024-09-30" }] }));
        assert_eq!(data["two"]["action"], json!({ "code": "A1", "title": "Second" }));
        assert_eq!(data["three"], json!({ "action": null, "userErrors": [{ "code": "DETAIL_NEEDED" }] }));
        let told = delivery(&small.keeper, "actions(first: 5) { nodes { code title } }").await;
        assert_eq!(told["actions"]["nodes"], json!([{ "code": "A1", "title": "Second" }]));
    })
    .await;
}

#[tokio::test]
async fn what_is_told_is_held_exactly() {
    for_each_database(async |harness| {
        let small = Small::new(harness).await;
        super::bring(
            &small.office,
            "projects.xlsx",
            super::model::book([
                rules::delivery::book::DeliveryRow::Project(super::model::project("PA")),
                rules::delivery::book::DeliveryRow::Project(super::model::project("PB")),
            ]),
        )
        .await;
        // Pounds of as many digits as there can be; days between up to a hundred years.
        for sum in ["1000000000000", "0.0000000000000000000000000001", "123456789012.1234567890123456"] {
            let input = json!({ "element": "PA", "budget": sum });
            let told = tell(&small.office, "project", "budget", input.clone()).await;
            assert_eq!(told, Ok(json!({ "budget": sum })));
            let before = harness.holds(small.world.council).await;
            tell(&small.office, "project", "budget", input).await.expect("is held");
            assert_eq!(harness.holds(small.world.council).await, before);
        }
        // Words as a workbook's cell is read: without what nobody can see, line by line.
        let said = json!({ "element": "PA", "summary": "  Two\u{7} lines,\r\nnot   one \u{200b}" });
        assert_eq!(tell(&small.office, "project", "summary", said).await, Ok(json!({ "summary": "Two lines,\nnot one" })));
        let days = json!({ "waits": "PA", "on": "PB", "days": 36_525 });
        assert_eq!(tell(&small.office, "dependency", "days", days).await, Ok(json!({ "days": 36_525 })));
        let more = json!({ "waits": "PA", "on": "PB", "days": 36_526 });
        assert_eq!(tell(&small.office, "dependency", "days", more).await, Err("PLN-008 input.days".to_owned()));
        assert_eq!(
            delivery(&small.office, "project(code: \"PA\") { dependencies { days } heldUp { by } }").await["project"]["dependencies"],
            json!([{ "days": 36_525 }])
        );
    })
    .await;
}
