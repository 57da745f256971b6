//! Released to a forum: seen as it was released, and nothing else.

use chrono::Duration;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, workbook};

use super::{codes, record, release, released, series, withdraw};
use crate::imports::first_quarter;

/// A council with its first quarter, and a member of the Overview and Scrutiny Panel, whose remit is Place.
async fn council<'a>(harness: &'a tests::Harness) -> (World<'a>, Client<'a>) {
    let world = World::new(harness, "huntingdonshire").await;
    world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
    let member = world.somebody(Role::ScrutinyMember).await;
    let member = harness.sign_in(&member);
    (world, member)
}

async fn ask(client: &Client<'_>, fields: &str) -> tests::Answer {
    client.gql(&format!("{{ council(code: \"huntingdonshire\") {{ {fields} }} }}"), json!({})).await
}

#[tokio::test]
async fn a_member_reads_what_was_released_as_it_was_released_and_nothing_else() {
    for_each_database(async |harness| {
        let (world, member) = council(harness).await;
        let keeper = world.keeper();
        // Nothing was released: nothing is there, neither by name nor by figure.
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 2, None).await, None);
        let empty = ask(
            &member,
            "framework { title indicators { totalCount } summary(period: \"2024/25 Q1\") { current { green amber red noData } } }",
        );
        let empty = empty.await.data()["council"]["framework"].clone();
        assert_eq!(empty["indicators"]["totalCount"], 0);
        assert_eq!(empty["summary"]["current"], json!({ "green": 0, "amber": 0, "red": 0, "noData": 0 }));

        let before = harness.app.clock.now();
        harness.later(Duration::minutes(1));
        released(&keeper, "SLT", "2024/25 Q1").await;
        released(&keeper, "OSP", "2024/25 Q1").await;
        harness.later(Duration::minutes(1));
        let first = ["2023/24 Q4 - NO_DATA RELEASED", "2024/25 Q1 61.2 GREEN RELEASED"];
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, None).await.unwrap(), first, "and nothing of the second quarter");
        assert_eq!(series(&member, "WM02", "2024-06", 1, None).await.unwrap(), ["2024-06 61 RED RELEASED"]);
        // Benefits is not in the panel's remit.
        assert_eq!(series(&member, "BN01", "2024/25 Q1", 1, None).await, None);

        // Corrected, and a second quarter recorded: the keeper reads it at once, the panel when it is released again.
        record(&world, "WM01", "2024/25 Q1", 59.9).await;
        record(&world, "WM01", "2024/25 Q2", 62.5).await;
        assert_eq!(
            series(&keeper, "WM01", "2024/25 Q2", 2, None).await.unwrap(),
            ["2024/25 Q1 59.9 AMBER RECORDED", "2024/25 Q2 62.5 GREEN RECORDED"]
        );
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, None).await.unwrap(), first);
        let counts = "framework { summary(period: \"2024/25 Q1\") { current { green amber red noData } } }";
        let counts = ask(&member, counts).await.data()["council"]["framework"]["summary"]["current"].clone();
        // WM01 green, WM02 red, PL01 amber or red by its own target, and the contextual SI01 not due: none of it the correction's.
        assert_eq!((&counts["green"], &counts["amber"]), (&json!(1), &json!(0)));

        harness.later(Duration::minutes(1));
        let again = released(&keeper, "OSP", "2024/25 Q1").await;
        let corrected = ["2023/24 Q4 - NO_DATA RELEASED", "2024/25 Q1 59.9 AMBER RELEASED"];
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, None).await.unwrap(), corrected);
        // As at an instant, within what had been released by then.
        let at = |instant: chrono::DateTime<chrono::Utc>| instant.to_rfc3339();
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, Some(&at(before))).await.unwrap(), Vec::<String>::new());
        let between = at(harness.app.clock.now() - Duration::seconds(30));
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, Some(&between)).await.unwrap(), first);

        // Taken back, it reads as it was released before; that of before is not seen as at then either.
        let taken = withdraw(&keeper, &again, "A recount is under way.").await;
        assert_eq!((codes(&taken), &taken["release"]["notice"]), (vec![], &json!("A recount is under way.")));
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, None).await.unwrap(), first);
        let now = at(harness.app.clock.now());
        assert_eq!(series(&member, "WM01", "2024/25 Q2", 3, Some(&now)).await.unwrap(), first);
        assert_eq!(codes(&withdraw(&keeper, &again, "Twice").await), ["WITHDRAWN_ALREADY"]);
        assert_eq!(codes(&withdraw(&keeper, &again, " ").await), ["REASON_NEEDED"]);
        let listed = ask(
            &member,
            "forums { code releases { period asAt withdrawnAt notice releasedBy } } releases { totalCount nodes { forum { code } } }",
        );
        let listed = listed.await.data()["council"].clone();
        let of_panel = &listed["forums"][0]["releases"];
        assert_eq!((of_panel[0]["notice"].as_str(), of_panel[1]["notice"].as_str()), (Some("A recount is under way."), None));
        assert_eq!(of_panel[0]["releasedBy"], "Perry Team");
        assert_eq!(
            listed["releases"],
            json!({ "totalCount": 2, "nodes": [{ "forum": { "code": "OSP" } }, { "forum": { "code": "OSP" } }] })
        );
    })
    .await;
}

#[tokio::test]
async fn released_indicators_are_there_by_definition_and_owner_and_the_rest_of_the_framework_is_not() {
    for_each_database(async |harness| {
        let (world, member) = council(harness).await;
        released(&world.keeper(), "SLT", "2024/25 Q1").await;
        released(&world.keeper(), "OSP", "2024/25 Q1").await;
        let nodes = "framework { indicators { totalCount nodes { code title definition owner { code title } outcomes { title } baseline { value } } } }";
        let found = ask(&member, nodes).await.data()["council"]["framework"]["indicators"].clone();
        assert_eq!(found["totalCount"], 4, "those of Place: {found}");
        let waste = &found["nodes"].as_array().unwrap().iter().find(|node| node["code"] == "WM01").unwrap();
        assert_eq!(waste["owner"], json!({ "code": "S1", "title": "Waste Services" }));
        let up = ask(&member, "indicator(code: \"WM01\") { owner { parent { code title parent { code } } } }").await.data();
        assert_eq!(up["council"]["indicator"]["owner"]["parent"], json!({ "code": "D1", "title": "Place", "parent": null }));
        assert_eq!((&waste["baseline"]["value"], &waste["outcomes"]), (&json!("58.4"), &json!([{ "title": "Less waste" }])));
        for (refused, field) in [
            ("framework { elements { code } }", "elements"),
            ("indicator(code: \"WM01\") { owner { parent { label } } }", "label"),
            ("indicator(code: \"WM01\") { owner { parent { children { code } } } }", "children"),
            ("indicator(code: \"WM01\") { owner { path { code } } }", "path"),
            ("indicator(code: \"WM01\") { owner { children { code } } }", "children"),
            ("indicator(code: \"WM01\") { owner { owner } }", "owner"),
            ("indicator(code: \"WM01\") { lock(period: \"2024/25 Q1\") { because } }", "lock"),
            ("frameworks { title }", "frameworks"),
            ("element(code: \"S1\") { code }", "element"),
            ("threadGaps { because }", "threadGaps"),
        ] {
            let answer = ask(&member, refused).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{field}");
        }
        let other = ask(&member, "indicator(code: \"BN01\") { title }").await.data();
        let absent = ask(&member, "indicator(code: \"NONE\") { title }").await.data();
        assert_eq!((&other, other["council"]["indicator"].is_null()), (&absent, true));

        // A remit that grows later shows nothing that was not released; nor does one that shrinks hide what was.
        let panel = world.forum("OSP").await;
        let (place, people) = (world.element("D1").await, world.element("D2").await);
        let change = harness.app.db.change(world.council).await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
        entity::forum_remit::Entity::update_many()
            .filter(entity::forum_remit::Column::ForumId.eq(panel))
            .filter(entity::forum_remit::Column::ElementId.eq(place))
            .col_expr(entity::forum_remit::Column::ElementId, Expr::value(people))
            .exec(&*change)
            .await
            .expect("moves the remit");
        change.commit().await.unwrap_or_else(|error| panic!("{}", error.log_text()));
        assert_eq!(series(&member, "BN01", "2024/25 Q1", 1, None).await, None);
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 1, None).await.unwrap(), ["2024/25 Q1 61.2 GREEN RELEASED"]);
    })
    .await;
}

#[tokio::test]
async fn a_rule_a_target_or_a_definition_changed_later_repaints_nothing_that_was_released() {
    for_each_database(async |harness| {
        let (world, member) = council(harness).await;
        released(&world.keeper(), "SLT", "2024/25 Q1").await;
        released(&world.keeper(), "OSP", "2024/25 Q1").await;
        let whole = "indicator(code: \"WM01\") { title definition baseline { value } series(until: \"2024/25 Q1\", last: 2) { period value target intervention commentary
            status { colour because } yearEnd { target status { colour } } travel { onPreviousPeriod } yearToDate { value complete } } }";
        let before = ask(&member, whole).await.data();
        assert_eq!(before["council"]["indicator"]["series"][1]["target"], "60");
        harness.later(Duration::minutes(1));
        let mut book = tests::framework("huntingdonshire");
        book.targets[0].target = Some("70".parse().unwrap());
        book.rules[0].shape = rules::status::Shape::Tolerance { amber: rules::status::Margin::Points("1".parse().unwrap()), blue: None };
        book.indicators[0].title = "Waste recycled or composted".to_owned();
        book.indicators[0].baseline_value = Some("59.9".parse().unwrap());
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "framework.xlsx", tests::workbook_of(&book)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!(
            keeper.accept(&id, json!({ "acknowledgedWarnings": [], "reason": "A new target" })).await["userErrors"],
            json!([]),
            "{plan:#}"
        );
        let drafts = ask(&keeper, whole).await.data();
        assert_eq!(drafts["council"]["indicator"]["series"][1]["target"], "70");
        assert_eq!(drafts["council"]["indicator"]["title"], "Waste recycled or composted");
        // Judged otherwise than the forum was shown, it is not published so.
        let input = json!({ "input": { "council": "huntingdonshire", "period": "2024/25 Q1", "indicators": ["WM01"] } });
        let refused = keeper.gql(super::PUBLISH, input).await.data()["figuresPublish"]["refused"].clone();
        assert_eq!(refused[0]["reason"], "CHANGED_SINCE", "{refused}");
        assert_ne!(drafts["council"]["indicator"]["series"][1]["status"], before["council"]["indicator"]["series"][1]["status"]);
        assert_eq!(ask(&member, whole).await.data(), before);
    })
    .await;
}

#[tokio::test]
async fn what_is_meant_for_next_year_is_not_released_with_this_year_s_figures() {
    for_each_database(async |harness| {
        let (world, member) = council(harness).await;
        let keeper = world.keeper();
        // The draft of next year, in which WM01 is marked and measured otherwise, was there before the release.
        crate::rolling::roll(&world).await;
        released(&keeper, "SLT", "2024/25 Q1").await;
        released(&keeper, "OSP", "2024/25 Q1").await;
        let read = async |client: &Client<'_>| {
            let data = ask(client, "indicator(code: \"WM01\") { versionNumber definition mark { disposition reason } }").await.data();
            data["council"]["indicator"].clone()
        };
        let mark = json!({ "disposition": "AMEND", "reason": "Food waste counts too" });
        assert_eq!(read(&keeper).await["mark"], mark);
        let definition = "Household waste recycled, counted as the service counts it.";
        assert_eq!(read(&member).await, json!({ "versionNumber": 1, "definition": definition, "mark": null }));
    })
    .await;
}

#[tokio::test]
async fn a_release_follows_the_cascade_and_says_what_it_waits_for() {
    for_each_database(async |harness| {
        let (world, member) = council(harness).await;
        let keeper = world.keeper();
        let early = release(&keeper, "OSP", "2024/25 Q1", None).await;
        assert_eq!(codes(&early), ["CASCADE_ORDER"]);
        assert!(early["userErrors"][0]["message"].as_str().unwrap().contains("Senior Leadership Team"), "{early}");
        assert_eq!(early["release"], Value::Null);
        for (forum, period, code) in [
            ("NONE", "2024/25 Q1", "FORUM_NOT_FOUND"),
            ("SLT", "2024/25 Q3", "PERIOD_NOT_ENDED"),
            ("SLT", "2024-05", "PERIOD_NOT_FOUND"),
            ("SLT", "2019/20 Q1", "PERIOD_NOT_FOUND"),
        ] {
            assert_eq!(codes(&release(&keeper, forum, period, None).await), [code], "{forum} {period}");
        }
        assert_eq!(codes(&release(&keeper, "SLT", "2024/25 Q1", Some(&"x".repeat(2_001))).await), ["TEXT_TOO_LONG"]);
        assert_eq!(harness.count(world.council, "forum_release").await, 0);
        let despite = release(&keeper, "OSP", "2024/25 Q1", Some("The panel meets first this year.")).await;
        assert_eq!((codes(&despite), &despite["release"]["despite"]), (vec![], &json!("The panel meets first this year.")));
        // Where no reason was needed none is kept.
        let needless = release(&keeper, "SLT", "2024/25 Q1", Some("Just so.")).await;
        assert_eq!((codes(&needless), &needless["release"]["despite"]), (vec![], &Value::Null));
        // Nobody else releases, and another council's keeper finds nothing to withdraw.
        let input = json!({ "council": "huntingdonshire", "forum": "SLT", "period": "2024/25 Q1" });
        assert_eq!(member.gql(super::RELEASE, json!({ "input": input })).await.codes(), ["FORBIDDEN"]);
        let other = World::new(harness, "devon").await;
        let stranger = other.keeper();
        let input = json!({ "release": despite["release"]["id"], "notice": "Not mine" });
        let absent = stranger.gql(super::WITHDRAW, json!({ "input": input })).await.data()["releaseWithdraw"].clone();
        assert_eq!((codes(&absent), &absent["release"]), (vec!["RELEASE_NOT_FOUND"], &Value::Null));
        assert_eq!(codes(&withdraw(&keeper, "nonsense", "No release").await), ["RELEASE_NOT_FOUND"]);
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(stranger.gql(node, json!({ "id": despite["release"]["id"] })).await.data()["node"], Value::Null);
        assert_eq!(member.gql(node, json!({ "id": despite["release"]["id"] })).await.data()["node"]["id"], despite["release"]["id"]);
        assert_eq!(member.gql(node, json!({ "id": needless["release"]["id"] })).await.data()["node"], Value::Null, "another forum's");
    })
    .await;
}

#[tokio::test]
async fn reading_what_was_released_costs_as_many_statements_however_much_there_is() {
    for_each_database(async |harness| {
        let mut costs = Vec::new();
        for (code, indicators, times) in [("huntingdonshire", 5, 1), ("devon", 60, 6)] {
            let world = World::with(harness, code, &tests::framework_of(code, indicators)).await;
            let member = harness.sign_in(&world.somebody(Role::ScrutinyMember).await);
            let keeper = world.keeper();
            for _ in 0..times {
                for forum in ["SLT", "OSP"] {
                    harness.later(Duration::minutes(1));
                    let input = json!({ "council": code, "forum": forum, "period": if times == 1 { "2024/25 Q2" } else { "2024/25 Q1" } });
                    assert_eq!(keeper.gql(super::RELEASE, json!({ "input": input })).await.data()["forumRelease"]["userErrors"], json!([]));
                }
            }
            let scorecard = json!({ "council": code, "period": "2024/25 Q1" });
            let (read, answer) = harness.statements(member.run("Scorecard", scorecard.clone())).await;
            assert!(answer.data()["council"]["framework"]["indicators"]["totalCount"].as_u64().unwrap() >= 4);
            let (whole, _) = harness.statements(keeper.run("Scorecard", scorecard)).await;
            let forums = format!("{{ council(code: \"{code}\") {{ forums {{ releases {{ id }} }} }} }}");
            let (listed, _) = harness.statements(keeper.gql(&forums, json!({}))).await;
            costs.push((read, whole, listed));
        }
        assert_eq!(costs[0], costs[1]);
        let (read, whole, _) = costs[0];
        println!("a member's Scorecard: {read} statements; the keeper's: {whole}");
        assert!(whole <= 8 && read <= 16, "{costs:?}");
    })
    .await;
}

#[tokio::test]
async fn a_forum_by_exception_is_given_what_calls_for_attention_when_it_is_released() {
    for_each_database(async |harness| {
        let mut book = tests::framework("huntingdonshire");
        let mut clinic = book.forums[0].clone();
        (clinic.code, clinic.title, clinic.position) = ("CLINIC".to_owned(), "Performance Clinic".to_owned(), 3);
        clinic.gets = rules::measure::ForumGets::ByException;
        book.forums.push(clinic);
        let world = World::with(harness, "huntingdonshire", &book).await;
        world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
        let seat = goldenthread::access::GrantScope::Forum(world.forum("CLINIC").await);
        let member = harness.sign_in(&harness.person(world.council, "Clara Clinic", &[(Role::ScrutinyMember, seat)]).await);
        let keeper = world.keeper();
        for forum in ["SLT", "OSP", "CLINIC"] {
            released(&keeper, forum, "2024/25 Q1").await;
        }
        let seen = async || {
            let data = ask(&member, "framework { indicators { nodes { code } } }").await.data();
            let nodes = data["council"]["framework"]["indicators"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| node["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        // Red: missed bins and major applications; due and never given: the households. Recycling is green, claims are amber.
        assert_eq!(seen().await, ["WM02", "PL01", "SI01"]);
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 1, None).await, None);
        harness.later(Duration::minutes(1));
        record(&world, "WM01", "2024/25 Q1", 51.0).await;
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 1, None).await, None, "red, and not released");
        released(&keeper, "CLINIC", "2024/25 Q1").await;
        assert_eq!(series(&member, "WM01", "2024/25 Q1", 1, None).await.unwrap(), ["2024/25 Q1 51 RED RELEASED"]);
        assert_eq!(seen().await, ["WM01", "WM02", "PL01", "SI01"]);
    })
    .await;
}
