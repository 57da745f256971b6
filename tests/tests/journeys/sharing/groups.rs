//! Groups of councils: each member's own consent, a dashboard of what is shared, and nothing left of whoever leaves.

use serde_json::{Value, json};
use tests::{World, for_each_database, trail, workbook};

use super::{CREATE, INVITE, JOIN, LEAVE, OFFER, act, id, offer, seen};
use crate::imports::first_quarter;

const Q1: &str = "2024/25 Q1";

/// What a council finds on its group's dashboard: `WM01: huntingdonshire 61.2`.
fn dashboard(seen: &Value) -> Vec<String> {
    let rows = seen["councilGroups"][0]["jointDashboard"].as_array().expect("rows");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter()
        .flat_map(|row| row["figures"].as_array().expect("figures"))
        .map(|one| format!("{}: {} {}", text(&one["code"]), text(&one["council"]["code"]), text(&one["figure"]["value"])))
        .collect()
}

fn codes(of: &Value) -> Vec<String> {
    of.as_array().expect("councils").iter().map(|one| one["council"]["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn members_of_a_group_read_what_each_shares_with_it_until_it_leaves() {
    for_each_database(async |harness| {
        let county = World::new(harness, "cambridgeshire").await;
        let (one, other) = (World::new(harness, "huntingdonshire").await, World::new(harness, "fenland").await);
        let outside = World::new(harness, "devon").await;
        for world in [&county, &one, &other, &outside] {
            world.keeper().take(world.code, "q1.xlsx", workbook("Return", &first_quarter())).await;
        }
        let made = json!({ "council": county.code, "name": "Waste partnership", "purpose": "Recycling together" });
        let group = id(&act(&county.keeper(), CREATE, made).await.expect("is made"));
        let on = json!({ "group": group });
        // Whoever is not invited finds nothing, and cannot come in.
        assert_eq!(act(&one.keeper(), JOIN, on.clone()).await, Err("GROUP_NOT_FOUND input.group".to_owned()));
        for code in ["huntingdonshire", "fenland"] {
            act(&county.keeper(), INVITE, json!({ "group": group, "toCouncil": code })).await.expect("is invited");
        }
        assert_eq!(
            act(&one.keeper(), INVITE, json!({ "group": group, "toCouncil": "devon" })).await,
            Err("GROUP_OF_ANOTHER input.group".to_owned())
        );
        assert_eq!(seen(&outside, Q1).await["councilGroups"], json!([]));
        let shared = |code: &'static str, indicators: &[&str]| offer(code, indicators, &json!({ "toGroup": group }));
        // The county shares before anybody else is there: an invitation shows who is in it, and no figure.
        act(&county.keeper(), OFFER, shared(county.code, &["WM01"])).await.expect("is shared");
        let invited = seen(&one, Q1).await["councilGroups"][0].clone();
        assert_eq!((&invited["joinedAt"], codes(&invited["members"])), (&Value::Null, vec!["cambridgeshire".to_owned()]));
        assert_eq!((dashboard(&seen(&one, Q1).await), &invited["invited"]), (Vec::new(), &json!([{ "code": "huntingdonshire" }])));
        assert_eq!(
            act(&one.keeper(), OFFER, shared(one.code, &["WM01"])).await,
            Err("GROUP_NOT_FOUND input.toGroup".to_owned()),
            "one shares with a group one is in"
        );

        for world in [&one, &other] {
            act(&world.keeper(), JOIN, on.clone()).await.expect("has joined");
        }
        act(&one.keeper(), OFFER, shared(one.code, &["WM01", "BN01"])).await.expect("is shared");
        let whole = ["BN01: huntingdonshire 22.4", "WM01: cambridgeshire 61.2", "WM01: huntingdonshire 61.2"];
        for world in [&county, &one, &other] {
            let read = seen(world, Q1).await;
            assert_eq!(dashboard(&read), whole, "{}: and nothing of fenland, which shares nothing", world.code);
            assert_eq!(codes(&read["councilGroups"][0]["members"]), ["cambridgeshire", "fenland", "huntingdonshire"]);
        }
        // Another day's figures are another period's.
        assert_eq!(dashboard(&seen(&other, "2024/25 Q2").await), Vec::<String>::new());

        // Whoever leaves reads nothing any more, and is read by nobody, at once.
        act(&one.keeper(), LEAVE, on.clone()).await.expect("has left");
        assert_eq!(harness.count(one.council, "shared_figure").await, 0);
        assert_eq!(dashboard(&seen(&county, Q1).await), ["WM01: cambridgeshire 61.2"]);
        assert_eq!(dashboard(&seen(&one, Q1).await), Vec::<String>::new());
        assert_eq!(seen(&one, Q1).await["shares"]["nodes"][0]["state"], "WITHDRAWN");
        let verbs: Vec<String> = trail(harness, one.council, 0).await.into_iter().map(|event| event.verb).collect();
        assert_eq!(verbs[verbs.len() - 4..], ["group.join", "share.offer", "share.withdraw", "group.leave"]);
        assert_eq!(act(&one.keeper(), LEAVE, on.clone()).await, Err("GROUP_NOT_JOINED input.group".to_owned()));
        // Coming again shares nothing of before.
        act(&one.keeper(), JOIN, on).await.expect("is back");
        assert_eq!(dashboard(&seen(&county, Q1).await), ["WM01: cambridgeshire 61.2"]);
    })
    .await;
}

#[tokio::test]
async fn indicators_of_one_metric_stand_together_whatever_they_are_called() {
    for_each_database(async |harness| {
        let mut books = ["cambridgeshire", "fenland"].map(tests::framework);
        let mapped = |book: &mut rules::framework::FrameworkBook, code: &str, called: &str| {
            let indicator = book.indicators.iter_mut().find(|one| one.code == code).expect("an indicator");
            (indicator.external_metric, indicator.code) = (Some("LG Inform 46".to_owned()), called.to_owned());
            book.links.iter_mut().filter(|link| link.from == code).for_each(|link| link.from = called.to_owned());
            book.targets.iter_mut().filter(|target| target.indicator == code).for_each(|target| target.indicator = called.to_owned());
        };
        mapped(&mut books[0], "WM01", "REC1");
        mapped(&mut books[1], "WM01", "WASTE-7");
        let county = World::with(harness, "cambridgeshire", &books[0]).await;
        let district = World::with(harness, "fenland", &books[1]).await;
        let made = json!({ "council": county.code, "name": "Waste partnership" });
        let group = id(&act(&county.keeper(), CREATE, made).await.expect("is made"));
        act(&county.keeper(), INVITE, json!({ "group": group, "toCouncil": "fenland" })).await.expect("is invited");
        act(&district.keeper(), JOIN, json!({ "group": group })).await.expect("has joined");
        for (world, code, value) in [(&county, "REC1", "48.5"), (&district, "WASTE-7", "51.5")] {
            super::report(world, &[(code, Q1, value), ("PL01", Q1, "90")]).await;
            act(&world.keeper(), OFFER, offer(world.code, &[code, "PL01"], &json!({ "toGroup": group }))).await.expect("is shared");
        }
        let rows = seen(&district, Q1).await["councilGroups"][0]["jointDashboard"].clone();
        let figure = |council: &str, code: &str, value: &str| {
            json!({ "council": { "code": council }, "code": code,
            "figure": { "period": Q1, "value": value, "state": "FINAL" } })
        };
        assert_eq!(
            rows,
            json!([
                { "metric": "LG Inform 46", "figures": [figure("cambridgeshire", "REC1", "48.5"), figure("fenland", "WASTE-7", "51.5")] },
                { "metric": null, "figures": [figure("cambridgeshire", "PL01", "90"), figure("fenland", "PL01", "90")] },
            ])
        );
    })
    .await;
}
