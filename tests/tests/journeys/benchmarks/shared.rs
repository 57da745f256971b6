//! What another council shares stands in for what nobody has published, marked, and only while it is shared.

use serde_json::{Value, json};
use tests::{Harness, World, for_each_database};

use super::{AREA, CODE, File, beside, council, fly_tips, keep_group, map, map_fly_tips, said};
use crate::sharing::{ACCEPT, OFFER, WITHDRAW, act, id, report, turn};

const GIVER: &str = "south-cambridgeshire";
const YEAR: &str = "2023/24";
/// Three of our neighbours and us; South Cambridgeshire is not among them yet.
const PUBLISHED: &str = "Year,LA code,LA name,Total Incidents\n2023-24,E07000008,Cambridge,10\n2023-24,E07000009,East Cambridgeshire,20\n\
    2023-24,E07000010,Fenland,30\n2023-24,E07000011,Huntingdonshire,25\n";

/// We, with 33 fly-tips; and a council of South Cambridgeshire, with 36 that nobody has published.
async fn stage(harness: &Harness) -> (World<'_>, World<'_>) {
    let (ours, theirs) = (council(harness, CODE, AREA).await, council(harness, GIVER, "E07000012").await);
    said(&File { text: PUBLISHED.to_owned(), ..fly_tips(harness) }.bring(harness));
    keep_group(&ours.keeper(), CODE).await;
    map_fly_tips(&ours.keeper(), CODE).await;
    report(&ours, &[("FLY1", YEAR, "33")]).await;
    report(&theirs, &[("FLY1", YEAR, "36")]).await;
    (ours, theirs)
}

/// Its fly-tips, offered so.
async fn offered(giver: &World<'_>, to: &Value) -> String {
    let mut input = crate::sharing::offer(GIVER, &["FLY1"], to);
    input["from"] = json!("2020/21");
    id(&act(&giver.keeper(), OFFER, input).await.expect("is offered"))
}

/// How the group reads: counted, shared, missing, median, our rank of how many; and what is said of South Cambridgeshire.
async fn read(ours: &World<'_>) -> Value {
    let found = beside(&ours.keeper_now(), "FLY1", YEAR, None, 1).await[0].clone();
    let members = found["members"].as_array().expect("members");
    let theirs = members.iter().find(|one| one["code"] == "E07000012").expect("a member");
    json!([
        [found["counted"], found["shared"], found["missing"], found["median"], found["rank"], found["of"]],
        [theirs["value"], theirs["standing"], theirs["shared"]],
    ])
}

#[tokio::test]
async fn what_is_shared_stands_in_for_what_is_not_published_while_it_is_shared() {
    for_each_database(async |harness| {
        let (ours, theirs) = stage(harness).await;
        // Fewer are better: 33 is last of 10, 20, 30 and itself.
        let without = json!([[3, 0, 2, "20", 4, 4], [null, "MISSING", false]]);
        assert_eq!(read(&ours).await, without);

        // Shared, it is nobody's measure until its own council says which it is, and that it counts just that.
        let share = offered(&theirs, &json!({ "toCouncil": CODE })).await;
        act(&ours.keeper(), ACCEPT, json!({ "share": share })).await.expect("is accepted");
        assert_eq!(read(&ours).await, without);
        let mapped = async |same: bool| {
            let note = if same { None } else { Some("Without private land") };
            let input = json!({ "council": GIVER, "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS", "sameDefinition": same,
                "note": note });
            assert_eq!(map(&theirs.keeper(), input).await["userErrors"], json!([]));
            turn(harness).await;
        };
        mapped(false).await;
        assert_eq!(read(&ours).await, without, "it counts something else");
        mapped(true).await;
        // numpy.median([10, 20, 30, 36]).
        let with = json!([[4, 1, 1, "25", 4, 5], ["36", "SHARED", true]]);
        assert_eq!(read(&ours).await, with);

        // To whom it is not shared, it is not there.
        let others = council(harness, "fenland", "E07000010").await;
        keep_group(&others.keeper(), "fenland").await;
        map_fly_tips(&others.keeper(), "fenland").await;
        report(&others, &[("FLY1", YEAR, "30")]).await;
        let query =
            "query { council(code: \"fenland\") { indicator(code: \"FLY1\") { benchmark(period: \"2023/24\") { shared members { value } } } } }";
        let elsewhere = others.keeper().gql(query, json!({})).await.data()["council"]["indicator"]["benchmark"][0].clone();
        assert!(elsewhere["shared"] == 0 && !elsewhere.to_string().contains("36"), "{elsewhere:#}");

        // A correction is what is compared with the next round.
        report(&theirs, &[("FLY1", YEAR, "26")]).await;
        turn(harness).await;
        assert_eq!(read(&ours).await, json!([[4, 1, 1, "23", 5, 5], ["26", "SHARED", true]]));

        act(&theirs.keeper(), WITHDRAW, json!({ "share": share, "reason": "Recounted" })).await.expect("is withdrawn");
        assert_eq!(read(&ours).await, without);
    })
    .await;
}

#[tokio::test]
async fn what_is_published_is_never_replaced_and_a_share_that_ended_counts_no_more() {
    for_each_database(async |harness| {
        let (ours, theirs) = stage(harness).await;
        let input = json!({ "council": GIVER, "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS" });
        assert_eq!(map(&theirs.keeper(), input).await["userErrors"], json!([]));
        let mut input = crate::sharing::offer(GIVER, &["FLY1"], &json!({ "toAll": true }));
        (input["from"], input["until"]) = (json!("2020/21"), json!("2024-10-20"));
        act(&theirs.keeper(), OFFER, input).await.expect("is shared");
        assert_eq!(read(&ours).await[1], json!(["36", "SHARED", true]));
        // Nobody has looked yet whether copies are to be deleted: what is over is over.
        harness.at("2024-10-21T00:00:00Z");
        assert_eq!(read(&ours).await[1], json!([null, "MISSING", false]));

        offered(&theirs, &json!({ "toAll": true })).await;
        assert_eq!(read(&ours).await[1], json!(["36", "SHARED", true]));
        let text = format!("{PUBLISHED}2023-24,E07000012,South Cambridgeshire,40\n");
        let revised = File { text, edition: "2023-24 revised", published: "2024-10-20", ..fly_tips(harness) };
        said(&revised.bring(harness));
        assert_eq!(read(&ours).await, json!([[4, 0, 1, "25", 4, 5], ["40", "PUBLISHED", false]]));
    })
    .await;
}

/// What the sheet of comparisons says in an edition for officers that is made now.
async fn printed(ours: &World<'_>, more: Value) -> String {
    let client = ours.keeper_now();
    let mut input = json!({ "council": CODE, "forum": "SLT", "period": "2024/25 Q1", "meetingOn": "2024-10-22", "profile": "OFFICER" });
    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let data = client.run("PackBuild", json!({ "input": input })).await.data()["packBuild"].clone();
    assert_eq!(data["userErrors"], json!([]));
    client.harness.settle().await;
    let pack = crate::packs::pack(&client, data["pack"]["id"].as_str().expect("an id")).await;
    crate::packs::cells(&crate::packs::bytes(&client, &pack).await, "Benchmarking").join("\n")
}

#[tokio::test]
async fn an_edition_of_the_whole_remit_for_officers_counts_what_is_shared_and_one_of_a_service_does_not() {
    for_each_database(async |harness| {
        let (ours, theirs) = stage(harness).await;
        let input = json!({ "council": GIVER, "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS" });
        assert_eq!(map(&theirs.keeper(), input).await["userErrors"], json!([]));
        offered(&theirs, &json!({ "toAll": true })).await;
        let whole = printed(&ours, json!({})).await;
        assert!(whole.contains("with the figure of 1 council that shared it") && whole.contains("36"), "{whole}");
        let service = printed(&ours, json!({ "element": "S1" })).await;
        assert!(service.contains("Nearest neighbours, 2024") && !service.contains("shared") && !service.contains("36"), "{service}");
        let cabinet = printed(&ours, json!({ "profile": "CABINET" })).await;
        assert!(!cabinet.contains("36"), "{cabinet}");
    })
    .await;
}
