//! The work programme: one answer with all a forum has before it.

use serde_json::{Value, json};
use tests::{Client, for_each_database};

use super::{Panel, done, seen, with};

const PROGRAMME: &str = "query($from: Date, $until: Date) { council(code: \"huntingdonshire\") { forums { code
    workProgramme(from: $from, until: $until) { from until
        meetings { meeting { heldOn title packs { id } questions { number } } items { title state lead indicator { code } element { code } } }
        unscheduled { title meeting { state } } periods { period endsOn returnsDueOn meeting { heldOn } }
        answersDue { number dueOn overdue assignedTo } } } } }";
const ITEM: &str = "item { id revision title state position meeting { heldOn } indicator { code } element { code title } lead description }
    userErrors { code message }";

/// The panel's programme in the last quarter of 2024.
async fn programme(client: &Client<'_>) -> Value {
    let data = client.gql(PROGRAMME, json!({ "from": "2024-09-01", "until": "2024-12-31" })).await.data();
    let forums = data["council"]["forums"].as_array().expect("forums").clone();
    forums.into_iter().find(|forum| forum["code"] == "OSP").expect("the panel")["workProgramme"].clone()
}

async fn item(client: &Client<'_>, verb: &str, input: Value) -> Value {
    let name = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
    let document = format!("mutation($input: {name}!) {{ it: {verb}(input: $input) {{ {ITEM} }} }}");
    client.gql(&document, json!({ "input": input })).await.data()["it"].clone()
}

fn of(more: Value) -> Value {
    with(json!({ "council": "huntingdonshire", "forum": "OSP" }), more)
}

#[tokio::test]
async fn a_programme_is_what_is_planned_reported_and_owed_in_one_answer() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let meet = async |on: &str, period: Option<&str>| done(&officer, "meetingPlan", of(json!({ "heldOn": on, "period": period }))).await;
        let (october, december) = (meet("2024-10-22", Some("2024/25 Q2")).await, meet("2024-12-03", None).await);
        let recycling = json!({ "meeting": october["id"], "title": "Recycling", "indicator": "WM01", "lead": "Head of Waste" });
        let added = item(&officer, "workItemAdd", of(recycling)).await;
        assert_eq!(added["userErrors"], json!([]));
        assert_eq!((&added["item"]["position"], &added["item"]["revision"]), (&json!(1), &json!(1)));
        for (title, meeting) in [("Planning plan", &december["id"]), ("Flats", &Value::Null), ("Old", &december["id"])] {
            let input = of(json!({ "title": title, "meeting": meeting, "element": "S2" }));
            assert_eq!(item(&officer, "workItemAdd", input).await["userErrors"], json!([]));
        }
        panel.assigned("What share came from flats?", "2024-11-01").await;
        panel.assigned("And next year?", "2025-02-01").await;

        let whole = programme(&officer).await;
        let expected = json!({
            "from": "2024-09-01", "until": "2024-12-31",
            "meetings": [
                { "meeting": { "heldOn": "2024-10-22", "title": null, "packs": [], "questions": [] },
                    "items": [{ "title": "Recycling", "state": "PLANNED", "lead": "Head of Waste", "indicator": { "code": "WM01" }, "element": null }] },
                { "meeting": { "heldOn": "2024-12-03", "title": null, "packs": [], "questions": [] },
                    "items": [
                        { "title": "Planning plan", "state": "PLANNED", "lead": null, "indicator": null, "element": { "code": "S2" } },
                        { "title": "Old", "state": "PLANNED", "lead": null, "indicator": null, "element": { "code": "S2" } },
                    ] },
            ],
            "unscheduled": [{ "title": "Flats", "meeting": null }],
            "periods": [{ "period": "2024/25 Q2", "endsOn": "2024-09-30", "returnsDueOn": "2024-10-31", "meeting": { "heldOn": "2024-10-22" } }],
            "answersDue": [{ "number": 1, "dueOn": "2024-11-01", "overdue": false, "assignedTo": "Dora Place" }],
        });
        assert_eq!(whole, expected);
        // A member reads the same; a member of another forum does not see this one; a stranger sees nothing of it.
        assert_eq!(programme(&panel.as_(&panel.member)).await, expected);
        let data = panel.as_(&panel.elsewhere).gql("{ council(code: \"huntingdonshire\") { forums { code } } }", json!({})).await.data();
        assert_eq!(data["council"]["forums"], json!([{ "code": "SLT" }]));
        let stranger = Panel::new(harness, "devon").await;
        let query = "query($id: ID!) { node(id: $id) { id } }";
        for (client, found) in [(panel.as_(&panel.member), true), (panel.as_(&panel.elsewhere), false), (stranger.as_(&stranger.officer), false)] {
            assert_eq!(!client.gql(query, json!({ "id": added["item"]["id"] })).await.data()["node"].is_null(), found);
        }

        // A meeting that is called off lets go of what was planned for it.
        let cancel = with(seen("meeting", &december), json!({ "reason": "No quorum" }));
        done(&officer, "meetingCancel", cancel).await;
        let whole = programme(&officer).await;
        assert_eq!(whole["meetings"].as_array().expect("meetings").len(), 1);
        let nowhere = json!([{ "title": "Planning plan", "meeting": { "state": "CANCELLED" } }, { "title": "Flats", "meeting": null },
            { "title": "Old", "meeting": { "state": "CANCELLED" } }]);
        assert_eq!(whole["unscheduled"], nowhere);
    })
    .await;
}

#[tokio::test]
async fn an_item_is_changed_by_whoever_serves_the_forum_from_what_they_saw() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let meeting = done(&officer, "meetingPlan", of(json!({ "heldOn": "2024-10-22" }))).await;
        let added =
            item(&officer, "workItemAdd", of(json!({ "title": "Recycling", "indicator": "WM01", "description": "All of it." }))).await;
        let first = added["item"].clone();
        let change = |of: &Value, more: Value| with(json!({ "item": of["id"], "revision": of["revision"] }), more);
        let more = json!({ "meeting": meeting["id"], "element": "S1", "description": null, "position": 3 });
        let changed = item(&officer, "workItemChange", change(&first, more)).await["item"].clone();
        let expected = json!({ "id": first["id"], "revision": 2, "title": "Recycling", "state": "PLANNED", "position": 3,
            "meeting": { "heldOn": "2024-10-22" }, "indicator": null, "element": { "code": "S1", "title": "Waste Services" },
            "lead": null, "description": null });
        assert_eq!(changed, expected);
        let stale = item(&officer, "workItemChange", change(&first, json!({ "state": "DROPPED" }))).await;
        assert_eq!(stale["userErrors"][0]["code"], "WORK_ITEM_MOVED");
        let words = stale["userErrors"][0]["message"].as_str().expect("a sentence");
        assert!(words.contains("by Oona Officer on 14 October 2024") && words.contains("revision 2"), "{words}");
        for (more, code) in [
            (json!({ "position": 0 }), "POSITION_OUT_OF_RANGE"),
            (json!({ "title": " " }), "TEXT_NEEDED"),
            (json!({ "indicator": "BN01" }), "INDICATOR_NOT_FOUND"),
            (json!({ "indicator": "WM01", "element": "S1" }), "ABOUT_ONE_THING"),
            (json!({ "meeting": "n00000000000000000000000000000000" }), "MEETING_NOT_FOUND"),
        ] {
            assert_eq!(item(&officer, "workItemChange", change(&changed, more.clone())).await["userErrors"][0]["code"], code, "{more}");
        }
        let off = json!({ "meeting": null, "element": null, "state": "DONE" });
        let done_with = item(&officer, "workItemChange", change(&changed, off)).await["item"].clone();
        assert_eq!((&done_with["meeting"], &done_with["element"], &done_with["state"]), (&Value::Null, &Value::Null, &json!("DONE")));
        // Done, and at no meeting: there is nothing left to be planned.
        assert_eq!(programme(&officer).await["unscheduled"], json!([]));
        assert_eq!(harness.count(panel.world.council, "audit_event WHERE verb LIKE 'work-item.%'").await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_programme_costs_as_many_statements_however_much_is_planned() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let fill = async |n: u32| {
            let meeting = done(&officer, "meetingPlan", of(json!({ "heldOn": format!("2024-11-{n:02}") }))).await;
            let input = of(json!({ "title": format!("Item {n}"), "meeting": meeting["id"], "indicator": "WM01" }));
            assert_eq!(item(&officer, "workItemAdd", input).await["userErrors"], json!([]));
            panel.assigned(&format!("Question {n}?"), "2024-11-30").await;
        };
        fill(1).await;
        let (one, _) = harness.statements(programme(&officer)).await;
        for n in 2..8 {
            fill(n).await;
        }
        let (seven, whole) = harness.statements(programme(&officer)).await;
        assert_eq!(whole["meetings"].as_array().expect("meetings").len(), 7);
        assert_eq!(whole["answersDue"].as_array().expect("answers").len(), 7);
        assert_eq!(one, seven);
    })
    .await;
}
