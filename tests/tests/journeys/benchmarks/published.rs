//! Workbooks as they were published, where they are at hand.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;
use tests::for_each_database;

use super::{AREA, CODE, File, beside, bring, council, fly_tips, map, said};

/// A published workbook; says so where it is not at hand.
fn workbook(name: &str) -> Option<String> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/workbooks"));
    let path = folder.join(name);
    if path.exists() {
        return Some(path.display().to_string());
    }
    writeln!(std::io::stderr(), "SKIPPED: {name} is not at hand").expect("stderr takes a line");
    None
}

#[tokio::test]
async fn fly_tips_of_huntingdonshire_read_as_they_were_published() {
    let Some(path) = workbook("defra_flytipping_incidents_actions.xlsx") else { return };
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        let file = File { dataset: "DEFRA-FLYTIPPING", edition: "2021-22", published: "2023-01-11", ..fly_tips(harness) };
        let taken = said(&bring(harness, &path, &file));
        assert!(taken.contains("changed 0, same 0, older than what is held 0, refused 0"), "{taken}");
        let done = map(&keeper, json!({ "indicator": "FLY1", "dataset": "DEFRA-FLYTIPPING", "measure": "INCIDENTS" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        let found = beside(&keeper, "FLY1", "2021/22", Some("SAME-TYPE"), 10).await;
        let published: Vec<&str> = found.as_array().expect("periods").iter().map(|one| one["published"].as_str().unwrap_or("-")).collect();
        assert_eq!((published.first(), published.last(), published.len()), (Some(&"352"), Some(&"1247"), 10), "{published:?}");
        let again = said(&bring(harness, &path, &file));
        assert!(again.contains("This very file was brought in before: nothing was changed."), "{again}");
    })
    .await;
}
