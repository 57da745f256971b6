//! Meetings: planned, changed, held, called off.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::for_each_database;

use super::{Panel, done, meeting, refused, seen, tried, with};

fn plan(held_on: &str) -> Value {
    json!({ "council": "huntingdonshire", "forum": "OSP", "heldOn": held_on, "period": "2024/25 Q2",
        "agendaReference": "Item 7", "title": "Quarter 2", "note": "Starts at 7 pm." })
}

#[tokio::test]
async fn a_meeting_is_planned_changed_and_held_by_whoever_serves_the_forum() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let planned = done(&officer, "meetingPlan", plan("2024-10-22")).await;
        let expected = json!({ "heldOn": "2024-10-22", "period": "2024/25 Q2", "agendaReference": "Item 7", "title": "Quarter 2",
            "state": "PLANNED", "note": "Starts at 7 pm.", "revision": 1, "forum": { "code": "OSP" } });
        for (field, value) in expected.as_object().expect("an object") {
            assert_eq!(planned[field], *value, "{field}");
        }
        assert!(planned["viewerCan"].as_array().expect("a list").contains(&json!("MANAGE_MEETINGS")), "{planned:#}");

        let to_come = json!([{ "act": "CHANGE", "possible": true, "because": null },
            { "act": "HOLD", "possible": false, "because": "Its day is still to come." }, { "act": "CANCEL", "possible": true, "because": null }]);
        assert_eq!(planned["viewerActs"], to_come);
        let member = meeting(&panel.as_(&panel.member), &planned["id"]).await;
        assert!(member["viewerActs"].as_array().expect("acts").iter().all(|act| act["possible"] == false && act["because"].is_string()));

        let change = with(seen("meeting", &planned), json!({ "heldOn": "2024-11-05", "title": null }));
        let changed = done(&officer, "meetingChange", change.clone()).await;
        // What is null is emptied, what is not given stays.
        assert_eq!((&changed["title"], &changed["note"]), (&Value::Null, &json!("Starts at 7 pm.")));
        assert_eq!((&changed["heldOn"], &changed["revision"]), (&json!("2024-11-05"), &json!(2)));
        // Said again from the same sight, it is told that somebody came before.
        let told = super::act(&officer, "meetingChange", change).await;
        assert_eq!(told["userErrors"][0]["code"], "MEETING_MOVED");
        let words = told["userErrors"][0]["message"].as_str().expect("a sentence");
        assert!(words.contains("by Oona Officer on 14 October 2024") && words.contains("revision 2"), "{words}");

        assert_eq!(refused(&officer, "meetingHold", seen("meeting", &changed)).await, "MEETING_TO_COME");
        harness.at("2024-11-05T20:00:00Z");
        let held = done(&panel.as_(&panel.officer), "meetingHold", seen("meeting", &changed)).await;
        assert_eq!((&held["state"], &held["revision"]), (&json!("HELD"), &json!(3)));
        let officer = panel.as_(&panel.officer);
        for (verb, more) in [("meetingHold", json!({})), ("meetingCancel", json!({ "reason": "Fog" }))] {
            assert_eq!(refused(&officer, verb, with(seen("meeting", &held), more)).await, "MEETING_NOT_NOW", "{verb}");
        }
        // The record of one that took place is still put right, but not moved to a day to come.
        let to_come = with(seen("meeting", &held), json!({ "heldOn": "2024-11-12" }));
        assert_eq!(refused(&officer, "meetingChange", to_come).await, "MEETING_TO_COME");
        let right = done(&officer, "meetingChange", with(seen("meeting", &held), json!({ "agendaReference": "Item 8" }))).await;
        assert_eq!((&right["agendaReference"], &right["state"]), (&json!("Item 8"), &json!("HELD")));
    })
    .await;
}

#[tokio::test]
async fn a_meeting_that_was_called_off_stays_and_its_day_is_free() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let planned = done(&officer, "meetingPlan", plan("2024-10-22")).await;
        assert_eq!(refused(&officer, "meetingPlan", plan("2024-10-22")).await, "MEETING_THERE");
        let cancel = with(seen("meeting", &planned), json!({ "reason": "No quorum" }));
        let cancelled = done(&officer, "meetingCancel", cancel).await;
        assert_eq!((&cancelled["state"], &cancelled["note"]), (&json!("CANCELLED"), &json!("No quorum")));
        let again = done(&officer, "meetingPlan", plan("2024-10-22")).await;
        assert_eq!(meeting(&officer, &cancelled["id"]).await["state"], "CANCELLED");

        let list =
            "query($from: Date, $until: Date) { council(code: \"huntingdonshire\") { forums { code position gets remit { code title }
            meetings(from: $from, until: $until) { id state } } } }";
        let data = officer.gql(list, json!({})).await.data();
        let own = json!([{ "code": "OSP", "position": 2, "gets": "EVERYTHING", "remit": [{ "code": "D1", "title": "Place" }],
            "meetings": [{ "id": cancelled["id"], "state": "CANCELLED" }, { "id": again["id"], "state": "PLANNED" }] }]);
        assert_eq!(data["council"]["forums"], own);
        let later = officer.gql(list, json!({ "from": "2024-10-23", "until": "2025-10-23" })).await.data();
        assert_eq!(later["council"]["forums"][0]["meetings"], json!([]));
        let backward = officer.gql(list, json!({ "from": "2024-10-23", "until": "2024-10-22" })).await;
        assert_eq!(backward.codes(), ["BAD_USER_INPUT"]);
        let long = officer.gql(list, json!({ "from": "2010-01-01", "until": "2024-10-22" })).await;
        assert_eq!(long.codes(), ["LIMIT"]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_meeting_is_refused_and_so_is_whoever_serves_another_forum() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let other = |field: &str, value: Value| with(plan("2024-10-22"), json!({ field: value }));
        for (input, code) in [
            (other("heldOn", json!("2024-09-30")), "MEETING_TOO_EARLY"),
            (other("heldOn", json!("2199-01-01")), "DAY_OUT_OF_RANGE"),
            (other("forum", json!("SLT")), "FORUM_NOT_FOUND"),
            (other("forum", json!("NONE")), "FORUM_NOT_FOUND"),
            (other("council", json!("devon")), "COUNCIL_NOT_FOUND"),
            (other("title", json!("x".repeat(201))), "TEXT_TOO_LONG"),
            (other("note", json!("bell\u{7}")), "TEXT_UNUSABLE"),
        ] {
            assert_eq!(refused(&officer, "meetingPlan", input.clone()).await, code, "{input}");
        }
        assert_eq!(harness.count(panel.world.council, "meeting").await, 0);
        // The performance team releases; it does not keep the panel's meetings.
        for person in [&panel.member, &panel.place, &panel.world.keeper] {
            assert_eq!(tried(&panel.as_(person), "meetingPlan", plan("2024-10-22")).await.codes(), ["FORBIDDEN"]);
        }
        let planned = done(&officer, "meetingPlan", plan("2024-10-22")).await;
        // A member of another forum sees neither the forum nor its meetings; of another council, nothing.
        let stranger = Panel::new(harness, "devon").await;
        for (of, person) in [(&panel, &panel.elsewhere), (&stranger, &stranger.officer), (&stranger, &stranger.world.keeper)] {
            assert_eq!(meeting(&of.as_(person), &planned["id"]).await, Value::Null);
        }
        let absent = with(seen("meeting", &planned), json!({ "title": "Mine" }));
        assert_eq!(refused(&stranger.as_(&stranger.officer), "meetingChange", absent).await, "MEETING_NOT_FOUND");
        for person in [&panel.member, &panel.place, &panel.world.keeper] {
            assert_eq!(meeting(&panel.as_(person), &planned["id"]).await["heldOn"], "2024-10-22");
        }
    })
    .await;
}

#[tokio::test]
async fn a_forums_papers_are_for_whoever_sits_on_it_or_reads_what_is_released_to_it() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let planned = done(&panel.as_(&panel.officer), "meetingPlan", plan("2024-10-22")).await;
        let add = "mutation($input: WorkItemAddInput!) { workItemAdd(input: $input) { item { id } userErrors { code } } }";
        let input =
            json!({ "council": "huntingdonshire", "forum": "OSP", "meeting": planned["id"], "title": "Recycling", "indicator": "WM01" });
        let item = panel.as_(&panel.officer).gql(add, json!({ "input": input })).await.data()["workItemAdd"]["item"]["id"].clone();
        let s1 = GrantScope::Element(panel.world.element("S1").await);
        let osp = GrantScope::Forum(panel.world.forum("OSP").await);
        // Sits on the panel, and provides figures of Waste Services.
        let both = harness.person(panel.world.council, "Bo Both", &[(Role::ScrutinyMember, osp), (Role::DataProvider, s1)]).await;
        let provider = harness.person(panel.world.council, "Dee Provider", &[(Role::DataProvider, s1)]).await;
        let programme = "query($id: ID!) { node(id: $id) { ... on Forum { workProgramme { meetings { items { title } } } } } }";
        let forum = format!("m{}", panel.world.forum("OSP").await.simple());
        let of = "query($id: ID!) { node(id: $id) { id } }";
        for (person, reads) in [
            (&panel.officer, true),
            (&panel.member, true),
            (&panel.place, true),
            (&panel.world.keeper, true),
            (&both, true),
            (&provider, false),
        ] {
            let client = panel.as_(person);
            // That the forum meets is no secret inside the council; what it says there is.
            let seen = meeting(&client, &planned["id"]).await;
            assert_eq!(seen["heldOn"], "2024-10-22");
            assert_eq!((seen["note"].is_string(), seen["agendaReference"].is_string()), (reads, reads), "{seen:#}");
            assert_eq!(client.gql(of, json!({ "id": item })).await.data()["node"].is_object(), reads);
            let answer = client.gql(programme, json!({ "id": forum })).await;
            assert_eq!(answer.codes(), if reads { Vec::new() } else { vec!["FORBIDDEN"] });
        }
        // A script that was given the right to hand in figures is nobody on the panel.
        let create = "mutation($input: MachineTokenCreateInput!) { machineTokenCreate(input: $input) { secret userErrors { code } } }";
        let input = json!({ "name": "Loader", "permissions": ["IMPORT_VALUES"], "expiresOn": "2024-12-31" });
        let made = panel.as_(&both).gql(create, json!({ "input": input })).await.data()["machineTokenCreate"].clone();
        let script = harness.client(Some(made["secret"].as_str().unwrap_or_else(|| panic!("{made:#}")).to_owned()));
        assert_eq!(meeting(&script, &planned["id"]).await, Value::Null);
        assert_eq!(script.gql("{ council(code: \"huntingdonshire\") { forums { code } } }", json!({})).await.codes(), ["FORBIDDEN"]);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_change_one_meeting_at_once_one_does() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let officer = panel.as_(&panel.officer);
        let planned = done(&officer, "meetingPlan", plan("2024-10-22")).await;
        let try_it = |n: usize| {
            let (client, input) = (panel.as_(&panel.officer), with(seen("meeting", &planned), json!({ "title": format!("Title {n}") })));
            async move { super::act(&client, "meetingChange", input).await }
        };
        let told = futures::future::join_all((0..6).map(try_it)).await;
        let won: Vec<&Value> = told.iter().filter(|told| !told["meeting"].is_null()).collect();
        assert_eq!(won.len(), 1, "{told:#?}");
        assert!(told.iter().filter(|told| told["meeting"].is_null()).all(|told| told["userErrors"][0]["code"] == "MEETING_MOVED"));
        let now = meeting(&officer, &planned["id"]).await;
        assert_eq!((&now["title"], &now["revision"]), (&won[0]["meeting"]["title"], &json!(2)));
    })
    .await;
}
