//! What everyone may do with comparator groups and metric mappings.

use serde_json::{Value, json};
use tests::{Harness, World};

use super::acts::{Act, Arrange};
use crate::benchmarks::{File, MAP, SAVE, fly_tips, said, stands};

const WITHDRAW_GROUP: &str = "mutation($input: ComparatorGroupWithdrawInput!) { comparatorGroupWithdraw(input: $input) { group { code } userErrors { code message } } }";
const WITHDRAW_MAPPING: &str =
    "mutation($input: MetricMappingWithdrawInput!) { metricMappingWithdraw(input: $input) { mapping { id } userErrors { code message } } }";

/// Each act on groups and mappings.
pub fn acts() -> [Act; 4] {
    [
        Act { field: "comparatorGroupSave", document: SAVE, input: |things, _| a_group(things.world.code), arrange: Arrange::Nothing },
        Act {
            field: "comparatorGroupWithdraw",
            document: WITHDRAW_GROUP,
            input: |_, id| json!({ "group": id, "reason": "Not used" }),
            arrange: Arrange::Group,
        },
        Act {
            field: "metricMappingSet",
            document: MAP,
            input: |things, _| a_mapping(things.world.code, "BN01"),
            arrange: Arrange::Nothing,
        },
        Act {
            field: "metricMappingWithdraw",
            document: WITHDRAW_MAPPING,
            input: |_, id| json!({ "mapping": id, "reason": "Wrong" }),
            arrange: Arrange::Mapped,
        },
    ]
}

fn a_group(council: &str) -> Value {
    json!({ "council": council, "code": "NEAR", "edition": "2024", "title": "Near us", "areas": ["E07000008", "E07000009"] })
}

fn a_mapping(council: &str, indicator: &str) -> Value {
    let group = (indicator == "WM02").then_some("NEAR");
    json!({ "council": council, "indicator": indicator, "dataset": "BINS", "measure": "MISSED", "group": group, "sameDefinition": false,
        "note": "Ours" })
}

/// A group of a council's own, kept by the performance team.
pub async fn group(world: &World<'_>) -> String {
    let data = world.keeper_now().gql(SAVE, json!({ "input": a_group(world.code) })).await.data();
    data["comparatorGroupSave"]["group"]["id"].as_str().unwrap_or_else(|| panic!("{data:#}")).to_owned()
}

/// An indicator mapped to a published measure by the performance team.
pub async fn mapped(world: &World<'_>, indicator: &str) -> String {
    let data = world.keeper_now().gql(MAP, json!({ "input": a_mapping(world.code, indicator) })).await.data();
    data["metricMappingSet"]["mapping"]["id"].as_str().unwrap_or_else(|| panic!("{data:#}")).to_owned()
}

/// Brings published figures in, lets councils stand in their areas, and gives each a group and a mapping.
pub async fn published(harness: &Harness, worlds: [(&World<'_>, &str); 2]) {
    let path = harness.folder.join("bins.csv");
    std::fs::write(&path, "code,title,unit,better is,frequency,service area\nMISSED,Missed bins,Number,Lower,Monthly,Waste collection\n")
        .expect("writes");
    let path = path.display().to_string();
    let text = "Month,LA code,LA name,Measure code,Value\nJune 2024,E07000008,Cambridge,MISSED,41\n\
        June 2024,E07000009,East Cambridgeshire,MISSED,38\n";
    let file = File { name: "missed.csv", text: text.to_owned(), dataset: "BINS", also: &["--measures", &path], ..fly_tips(harness) };
    said(&file.bring(harness));
    for (world, area) in worlds {
        stands(world, area).await;
        group(world).await;
        mapped(world, "WM02").await;
    }
}
