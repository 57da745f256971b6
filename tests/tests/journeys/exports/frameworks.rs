//! A framework out and in again, as its keeper does it.

use std::path::Path;

use goldenthread::app::Clock;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{World, for_each_database, framework, workbook_of};

use super::every_feature::every_feature;
use super::{FRAMEWORK, ask, fetch, printed, run};
use crate::imports::{counts, findings};

#[tokio::test]
async fn a_framework_with_every_feature_comes_back_unchanged() {
    for_each_database(async |harness| {
        let book = every_feature("huntingdonshire");
        let world = World::empty(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        let id = keeper.submit("huntingdonshire", "framework.xlsx", workbook_of(&book)).await;
        let plan = keeper.plan(&id).await;
        assert_eq!((&counts(&plan)[1..5], findings(&plan)), (&[0, 0, 0, 0][..], Vec::new()), "{plan:#}");
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        let exported = fetch(&keeper, &ask(&keeper, FRAMEWORK, json!({ "council": "Huntingdonshire" })).await).await;
        let before = harness.written(world.council).await;
        let id = keeper.submit("huntingdonshire", "exported.xlsx", exported).await;
        let plan = keeper.plan(&id).await;
        let [new, changed, same, refused, errors, warnings] = counts(&plan);
        assert_eq!([new, changed, refused, errors, warnings], [0; 5], "{:#?}\n{:#?}", findings(&plan), plan["changes"]);
        let forums = book.forums.len();
        let rows = 1 + book.elements.len() + book.links.len() + book.indicators.len() + book.targets.len();
        assert_eq!(same, i64::try_from(rows + book.rules.len() + book.periods.len() + forums).expect("few"));
        assert_eq!(keeper.accept(&id, json!({})).await["userErrors"], json!([]));
        assert_eq!(harness.written(world.council).await, before);
    })
    .await;
}

#[tokio::test]
async fn each_of_several_editions_comes_back_unchanged_and_an_unknown_one_is_said_to_be() {
    for_each_database(async |harness| {
        let mut later = framework("huntingdonshire");
        later.edition.edition = "2025/26".to_owned();
        later.edition.from = tests::day("2025-04-01");
        later.edition.until = None;
        later.indicators.retain(|indicator| indicator.code != "PL01");
        later.links.retain(|link| link.from != "PL01");
        later.targets.retain(|target| target.indicator != "PL01");
        later.elements.retain(|element| element.code != "S2");
        let world = World::new(harness, "huntingdonshire").await;
        let keeper = world.keeper();
        keeper.take("huntingdonshire", "2025.xlsx", workbook_of(&later)).await;
        for edition in ["2024/25", "2025/26"] {
            let input = json!({ "council": "huntingdonshire", "edition": edition });
            let exported = fetch(&keeper, &ask(&keeper, FRAMEWORK, input).await).await;
            let id = keeper.submit("huntingdonshire", "exported.xlsx", exported).await;
            let plan = keeper.plan(&id).await;
            let [new, changed, same, refused, errors, _] = counts(&plan);
            assert_eq!([new, changed, refused, errors], [0; 4], "{edition}: {:#?}\n{:#?}", findings(&plan), plan["changes"]);
            assert!(same > 20, "{edition}: {same}");
        }
        let input = json!({ "council": "huntingdonshire", "edition": "1999/00" });
        let unknown = ask(&keeper, FRAMEWORK, input).await;
        assert_eq!((&unknown["download"], &unknown["userErrors"][0]["code"]), (&Value::Null, &json!("NO_FRAMEWORK")));
        let message = unknown["userErrors"][0]["message"].as_str().expect("words");
        assert!(message.contains("2024/25") && message.contains("2025/26"), "{message}");
    })
    .await;
}

#[tokio::test]
async fn only_who_reads_the_whole_framework_and_its_figures_takes_it_away() {
    for_each_database(async |harness| {
        let world = World::new(harness, "huntingdonshire").await;
        let other = World::new(harness, "devon").await;
        for (role, may) in [
            (Role::PerformanceTeam, true),
            (Role::Director, true),
            (Role::InternalAudit, true),
            (Role::CabinetMember, false),
            (Role::ServiceManager, false),
            (Role::CouncilAdministrator, false),
        ] {
            let client = harness.sign_in(&world.somebody(role).await);
            let answer = client.gql(FRAMEWORK, json!({ "input": { "council": "huntingdonshire" } })).await;
            assert_eq!(answer.codes().is_empty(), may, "{role:?}: {:#}", answer.body);
            if !may {
                assert_eq!(answer.codes(), ["FORBIDDEN"], "{role:?}");
            }
        }
        let stranger = ask(&other.keeper(), FRAMEWORK, json!({ "council": "huntingdonshire" })).await;
        assert_eq!((&stranger["download"], &stranger["userErrors"][0]["code"]), (&Value::Null, &json!("COUNCIL_NOT_FOUND")));
    })
    .await;
}

/// The demonstration's frameworks, through the command line alone.
#[tokio::test]
async fn the_frameworks_of_three_councils_come_back_unchanged_by_the_command_line() {
    for_each_database(async |harness| {
        harness.app.clock.set(Clock::System.now());
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
        for code in ["nottingham", "devon", "huntingdonshire"] {
            World::empty(harness, code).await;
            let perry = ["--council", code, "--as", "perry.team@example.org"];
            let book = demo.join(code).join("framework.xlsx");
            let words = ["import", "--accept", "--acknowledge", "FRM-004=Its target is being set", book.to_str().expect("a path")];
            let taken = run(harness, &[&words[..], &perry].concat());
            assert!(taken.status.success(), "{code}: {taken:?}");

            let out = harness.folder.join(format!("{code}.xlsx"));
            let out = out.to_str().expect("a path");
            let exported = run(harness, &[&["framework", "export", "--out", out], &perry[..]].concat());
            assert!(exported.status.success(), "{code}: {exported:?}");
            assert_eq!(printed(&exported), format!("{out}\n"));

            let again = run(harness, &[&["import", "--json", out], &perry[..]].concat());
            let line: Value = serde_json::from_str(&printed(&again)).expect("a line of JSON");
            let counts = &line["counts"];
            let found: Vec<&Value> = ["new", "changed", "refused", "errors"].iter().map(|of| &counts[of]).collect();
            assert_eq!(found, [0, 0, 0, 0], "{code}: {line:#}");
            assert!(counts["same"].as_i64().is_some_and(|same| same > 100), "{code}: {counts}");
        }
    })
    .await;
}
