//! The next pack opens with what the forum is still owed.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, for_each_database, workbook};

use super::people::id_of;
use super::{Panel, done, seen, with};
use crate::imports::first_quarter;
use crate::packs::{bytes, cells, downloaded, pack};

/// The Cover of a pack that is made now, from what is outstanding to what has changed.
async fn opening(client: &Client<'_>, more: Value) -> Vec<String> {
    let input = with(json!({ "council": "huntingdonshire", "forum": "OSP", "period": "2024/25 Q1" }), more);
    let data = client.run("PackBuild", json!({ "input": input })).await.data();
    assert_eq!(data["packBuild"]["userErrors"], json!([]));
    client.harness.settle().await;
    let id = data["packBuild"]["pack"]["id"].as_str().expect("an id").to_owned();
    let cover = cells(&bytes(client, &pack(client, &id).await).await, "Cover");
    let from = cover.into_iter().skip_while(|cell| cell != "Outstanding from earlier meetings");
    from.skip(1).take_while(|cell| cell != "What has changed since last time").collect()
}

#[tokio::test]
async fn the_next_pack_opens_with_what_is_outstanding_and_then_with_what_was_settled() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        panel.world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let meeting = |on: &str| json!({ "meetingOn": on });
        let nothing = ["No question or recommendation of an earlier meeting is recorded as open."];
        assert_eq!(opening(&panel.as_(&panel.officer), meeting("2024-10-15")).await, nothing);

        let asked = panel.asked("What share came from flats?").await;
        let head = "Question 1 (Councillor Reed, 14 October 2024), about WM01 Household waste recycled: What share came from flats?";
        harness.later(chrono::Duration::minutes(1));
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-10-22")).await;
        assert_eq!(cover, [head, "Nobody has been asked to answer it yet."]);

        let to = json!({ "person": id_of(&panel.place), "dueOn": "2024-11-01" });
        let assigned = done(&panel.as_(&panel.officer), "questionAssign", with(seen("question", &asked), to)).await;
        harness.later(chrono::Duration::minutes(1));
        assert_eq!(opening(&panel.as_(&panel.officer), meeting("2024-10-23")).await, [head, "Dora Place answers by 1 November 2024."]);
        harness.at("2024-11-02T09:00:00Z");
        assert_eq!(
            opening(&panel.as_(&panel.officer), meeting("2024-11-03")).await,
            [head, "Overdue: Dora Place was to answer by 1 November 2024."]
        );

        let answer = |of: &Value, words: &str| with(seen("question", of), json!({ "words": words }));
        let answered = done(&panel.as_(&panel.place), "questionAnswer", answer(&assigned, "A third.")).await;
        harness.later(chrono::Duration::minutes(1));
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-11-04")).await;
        assert_eq!(cover, [head, "Answered on 2 November 2024: A third. The answer has not been accepted yet."]);

        let back = with(answer(&answered, "Of which wards?"), json!({ "dueOn": "2024-11-20" }));
        let returned = done(&panel.as_(&panel.officer), "questionReturn", back).await;
        harness.later(chrono::Duration::minutes(1));
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-11-05")).await;
        let sent_back =
            "Answered on 2 November 2024: A third. The answer was sent back: Of which wards? Dora Place answers by 20 November 2024.";
        assert_eq!(cover, [head, sent_back]);

        harness.later(chrono::Duration::minutes(1));
        let again = done(&panel.as_(&panel.place), "questionAnswer", answer(&returned, "The two central ones.")).await;
        done(&panel.as_(&panel.officer), "questionAccept", seen("question", &again)).await;
        harness.later(chrono::Duration::minutes(1));
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-11-06")).await;
        let settled = ["Answered and accepted since last time", head, "Answered on 2 November 2024: The two central ones."];
        assert_eq!(cover, [&nothing[..], &settled].concat());
        // Said once: the meeting after that has heard it.
        harness.later(chrono::Duration::minutes(1));
        assert_eq!(opening(&panel.as_(&panel.officer), meeting("2024-11-07")).await, nothing);
    })
    .await;
}

#[tokio::test]
async fn a_pack_of_what_was_released_opens_with_what_is_owed_on_the_day_it_is_asked_for() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        panel.world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let release = "mutation($input: ForumReleaseInput!) { forumRelease(input: $input) { release { id } userErrors { code message } } }";
        let input = json!({ "council": "huntingdonshire", "forum": "OSP", "period": "2024/25 Q1", "despite": "Asked for early" });
        let released = panel.world.keeper().gql(release, json!({ "input": input })).await.data();
        assert_eq!(released["forumRelease"]["userErrors"], json!([]));
        let meeting = |on: &str| json!({ "meetingOn": on });

        // Asked after the release, and overdue only since: the figures stay those of the release, what is owed does not.
        harness.later(chrono::Duration::days(2));
        let assigned = panel.assigned("What share came from flats?", "2024-10-20").await;
        harness.at("2024-10-21T09:00:00Z");
        let head = "Question 1 (Councillor Reed, 16 October 2024), about WM01 Household waste recycled: What share came from flats?";
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-10-22")).await;
        assert_eq!(cover, [head, "Overdue: Dora Place was to answer by 20 October 2024."]);
        harness.later(chrono::Duration::minutes(1));
        let answer = with(seen("question", &assigned), json!({ "words": "A third." }));
        let answered = done(&panel.as_(&panel.place), "questionAnswer", answer).await;
        done(&panel.as_(&panel.officer), "questionAccept", seen("question", &answered)).await;
        harness.later(chrono::Duration::days(1));
        // The next meeting is told what was settled since the last one's pack, of the same release.
        let cover = opening(&panel.as_(&panel.officer), meeting("2024-10-23")).await;
        let nothing = "No question or recommendation of an earlier meeting is recorded as open.";
        assert_eq!(cover, [nothing, "Answered and accepted since last time", head, "Answered on 21 October 2024: A third."]);
    })
    .await;
}

#[tokio::test]
async fn a_pack_of_what_was_released_names_no_indicator_that_never_was() {
    for_each_database(async |harness| {
        let mut book = tests::framework("huntingdonshire");
        book.forums[1].gets = rules::measure::ForumGets::Headline;
        let world = tests::World::with(harness, "huntingdonshire", &book).await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        // Internal audit recommends what it likes: it reads the framework.
        let audit = harness.sign_in(&world.somebody(Role::InternalAudit).await);
        for (code, words) in [("WM01", "Collect more."), ("WM02", "Miss fewer.")] {
            let input =
                json!({ "council": "huntingdonshire", "kind": "RECOMMENDATION", "forum": "OSP", "indicator": code, "words": words });
            done(&audit, "questionRecord", input).await;
        }
        harness.later(chrono::Duration::minutes(1));
        // Of each recommendation whether it names the indicator.
        let named = |cover: Vec<String>| -> Vec<bool> {
            let heads: Vec<_> = cover.iter().filter(|line| line.starts_with("Recommendation ")).collect();
            assert!(heads[0].contains("Collect more.") && heads[1].contains("Miss fewer."), "{heads:?}");
            vec![heads[0].contains("about WM01 Household waste recycled"), heads[1].contains("about WM02 Missed bins")]
        };
        // Nothing was released: a pack is of the figures as they are.
        assert_eq!(named(opening(&keeper, json!({ "profile": "SCRUTINY" })).await), [true, true]);
        for forum in ["SLT", "OSP"] {
            crate::released::released(&keeper, forum, "2024/25 Q1").await;
        }
        harness.later(chrono::Duration::minutes(1));
        // The panel is given headlines alone, of which WM02 is none; officers know.
        let again = json!({ "profile": "SCRUTINY", "meetingOn": "2024-10-22" });
        assert_eq!(named(opening(&keeper, again).await), [true, false]);
        assert_eq!(named(opening(&keeper, json!({ "profile": "OFFICER" })).await), [true, true]);
    })
    .await;
}

#[tokio::test]
async fn a_pack_opens_with_its_own_forums_questions_and_an_edition_with_its_elements() {
    for_each_database(async |harness| {
        let panel = Panel::new(harness, "huntingdonshire").await;
        let world = &panel.world;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let ask = async |about: Value, words: &str| {
            let input = json!({ "council": "huntingdonshire", "kind": "RECOMMENDATION", "forum": "OSP", "words": words });
            done(&panel.as_(&panel.officer), "questionRecord", with(input, about)).await
        };
        ask(json!({ "indicator": "WM01" }), "Collect twice.").await;
        ask(json!({ "element": "S2" }), "Decide sooner.").await;
        ask(json!({}), "Write less.").await;
        // The cabinet's are the cabinet's.
        let cabinet = harness.person(world.council, "Cara Cabinet", &[(Role::CabinetMember, GrantScope::Council)]).await;
        let call = json!({ "council": "huntingdonshire", "kind": "INFORMATION", "words": "What does it cost?" });
        done(&panel.as_(&cabinet), "questionRecord", call).await;
        harness.later(chrono::Duration::minutes(1));
        let numbers = |cover: Vec<String>| -> Vec<String> {
            cover.iter().filter_map(|line| line.strip_prefix("Recommendation ")).map(|rest| rest[..1].to_owned()).collect()
        };
        let keeper = world.keeper_now();
        assert_eq!(numbers(opening(&keeper, json!({ "profile": "SCRUTINY" })).await), ["1", "2", "3"]);
        assert_eq!(numbers(opening(&keeper, json!({ "profile": "EXCEPTIONS" })).await), ["1", "2", "3"]);
        assert_eq!(numbers(opening(&keeper, json!({ "profile": "OFFICER", "element": "S1" })).await), ["1"]);
        assert_eq!(numbers(opening(&keeper, json!({ "profile": "OFFICER", "element": "D1" })).await), ["1", "2"]);
        assert_eq!(numbers(opening(&keeper, json!({ "forum": "SLT" })).await), [] as [String; 0]);
        assert_eq!(opening(&keeper, json!({ "profile": "OPEN_DATA" })).await, [] as [String; 0]);
        let welsh = opening_in_welsh(&panel).await;
        assert!(welsh.contains("Argymhelliad 1 (14 Hydref 2024), ynghylch WM01"), "{welsh}");
    })
    .await;
}

/// The Cover in Welsh.
async fn opening_in_welsh(panel: &Panel<'_>) -> String {
    let keeper = panel.world.keeper_now();
    let input = json!({ "council": "huntingdonshire", "forum": "OSP", "period": "2024/25 Q1", "language": "cy-GB" });
    let data = keeper.run("PackBuild", json!({ "input": input })).await.data();
    panel.world.harness.settle().await;
    let id = data["packBuild"]["pack"]["id"].as_str().expect("an id").to_owned();
    cells(&downloaded(&keeper, &pack(&keeper, &id).await).await, "Clawr").join("\n")
}
