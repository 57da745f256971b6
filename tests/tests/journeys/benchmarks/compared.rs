//! What is said of an indicator beside a group.

use serde_json::{Value, json};
use tests::{World, for_each_database};

use super::{AREA, CODE, beside, council, fly_tips, keep_group, map, map_fly_tips, said, stands};
use crate::entry::{figure, record};

#[tokio::test]
async fn a_council_stands_beside_its_neighbours_with_everything_that_must_be_known() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        keep_group(&keeper, CODE).await;
        assert_eq!(beside(&keeper, "FLY1", "2023/24", None, 1).await, Value::Null, "it is mapped to nothing yet");
        map_fly_tips(&keeper, CODE).await;
        let none = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        assert_eq!((&none["value"], &none["rank"], &none["counted"]), (&Value::Null, &Value::Null, &json!(5)));
        assert_eq!(none["because"][1], "There is no value of ours to place", "{none:#}");

        let taken = record(&keeper, json!([figure("FLY1", "2023/24", "20")])).await;
        assert_eq!(taken["userErrors"], json!([]), "{taken:#}");
        let both = beside(&keeper, "FLY1", "2023/24", None, 2).await;
        let now = &both[1];
        // numpy.percentile([10, 20, 20, 40, 55], [25, 50, 75]) and .mean().
        let expected = json!({ "period": "2023/24", "theirPeriod": null, "value": "20", "published": "25", "publishedDiffers": true,
            "counted": 5, "shared": 0, "missing": 0, "suppressed": 0, "notResponsible": 0, "notYet": 0, "abolished": 0, "notComparable": 0,
            "lowest": "10", "highest": "55", "lowerQuartile": "20", "median": "20", "upperQuartile": "40", "mean": "29",
            "ratioOfSums": null, "rank": 2, "of": 6, "rankSharedWith": 2, "position": "BEST_QUARTER", "difference": "0",
            "sameDefinition": true, "group": "CIPFA", "groupEdition": "2024", "groupTitle": "Nearest neighbours",
            "source": { "dataset": "FLY", "title": "Fly-tipping incidents", "publisher": "Defra", "licence": "OGL v3.0",
                "edition": "2023-24", "revision": 1, "publishedOn": "2024-09-01", "state": "FINAL" } });
        for (field, value) in expected.as_object().expect("an object") {
            assert_eq!(&now[field], value, "{field}: {now:#}");
        }
        assert_eq!(now["because"], json!(["There is no ratio of sums: no value came with a numerator and a denominator"]));
        // By name: nobody comes before anybody.
        let names: Vec<&str> = now["members"].as_array().expect("members").iter().map(|m| m["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["Cambridge", "East Cambridgeshire", "Fenland", "South Cambridgeshire", "Uttlesford"]);
        let cambridge =
            json!({ "code": "E07000008", "name": "Cambridge", "value": "10", "numerator": null, "denominator": null, "standing": "PUBLISHED", "shared": false });
        assert_eq!(now["members"][0], cambridge);

        // The year before three had a figure, and we none: no quartiles, and no rank.
        let before = &both[0];
        assert_eq!((&before["counted"], &before["missing"], &before["median"]), (&json!(3), &json!(2), &json!("20")), "{before:#}");
        assert_eq!((&before["lowerQuartile"], &before["rank"], &before["position"]), (&Value::Null, &Value::Null, &json!("NOT_RANKED")));
        assert_eq!(before["because"][0], "2 of the group are not counted: there is no value");
        assert_eq!(before["because"][1], "Quartiles need 4 values, and there are 3");
        let absent = before["members"].as_array().expect("members").iter().find(|m| m["name"] == "Uttlesford").expect("a member").clone();
        assert_eq!((&absent["value"], &absent["standing"]), (&Value::Null, &json!("MISSING")));
    })
    .await;
}

#[tokio::test]
async fn who_has_not_the_service_is_told_apart_and_given_no_average() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        let measures = "code,title,unit,decimals,better is,frequency,year,service area,written as\n\
            ASC1,Quality of life of carers,Score,1,Higher,Yearly,Financial,Adult social care,Carer quality of life\n";
        std::fs::write(harness.folder.join("care.csv"), measures).expect("writes");
        let path = harness.folder.join("care.csv").display().to_string();
        let text = "Financial year,Local authority code,Local authority name,Measure,Code,Value\n\
            2023-24,E10000003,Cambridgeshire,Carer quality of life,ASC1,7.4\n2023-24,E10000008,Devon,Carer quality of life,ASC1,7.2\n\
            2023-24,E06000031,Peterborough,Carer quality of life,ASC1,7.6\n2023-24,E07000008,Cambridge,Carer quality of life,ASC1,9.9\n";
        let file = super::File { text: text.to_owned(), dataset: "ASCOF", also: &["--measures", &path], ..fly_tips(harness) };
        said(&file.bring(harness));
        let done = map(&keeper, json!({ "indicator": "ASC1", "dataset": "ASCOF", "measure": "ASC1" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        let input = json!({ "council": CODE, "code": "MIXED", "edition": "1", "title": "Mixed",
            "areas": ["Cambridge", "E10000003", "E10000008", "Peterborough"] });
        let saved = keeper.gql(super::SAVE, json!({ "input": input })).await.data();
        assert_eq!(saved["comparatorGroupSave"]["userErrors"], json!([]));
        record(&keeper, json!([figure("ASC1", "2023/24", "8")])).await;
        let found = beside(&keeper, "ASC1", "2023/24", Some("MIXED"), 1).await[0].clone();
        // Cambridge is a district: what is published of it counts for nothing, and neither does what we say of ourselves.
        assert_eq!((&found["counted"], &found["notResponsible"], &found["median"]), (&json!(3), &json!(1), &json!("7.4")), "{found:#}");
        assert_eq!((&found["rank"], &found["position"], &found["difference"]), (&Value::Null, &json!("NOT_RANKED"), &Value::Null));
        let because: Vec<&str> = found["because"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert!(because.contains(&"Our value is not placed: the council does not have this service"), "{because:#?}");
        let cambridge = &found["members"][0];
        assert_eq!(
            (&cambridge["name"], &cambridge["value"], &cambridge["standing"]),
            (&json!("Cambridge"), &Value::Null, &json!("NOT_RESPONSIBLE"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_renamed_area_is_one_line_and_a_merged_one_is_not() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        // Barnsley had another code until 2025; Cumberland followed Carlisle, Allerdale and Copeland in 2023.
        let text = "Year,LA code,LA name,Total Incidents\n2023-24,E08000016,Barnsley,5\n2023-24,E06000063,Cumberland,90\n\
            2022-23,E07000028,Carlisle,30\n2022-23,E08000016,Barnsley,6\n";
        let file = super::File { text: text.to_owned(), ..fly_tips(harness) };
        said(&file.bring(harness));
        let input = json!({ "council": CODE, "code": "PAST", "edition": "1", "title": "Then and now",
            "areas": ["E08000038", "E07000028", "E06000063"] });
        let saved = keeper.gql(super::SAVE, json!({ "input": input })).await.data();
        assert_eq!(saved["comparatorGroupSave"]["userErrors"], json!([]));
        let done = map(&keeper, json!({ "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS", "group": "PAST" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        let both = beside(&keeper, "FLY1", "2023/24", None, 2).await;
        let of = |at: usize| -> Vec<String> {
            let members = both[at]["members"].as_array().expect("members").clone();
            members
                .iter()
                .map(|m| format!("{} {} {}", m["name"].as_str().unwrap_or("-"), m["standing"].as_str().unwrap_or("-"), m["value"]))
                .collect()
        };
        assert_eq!(of(0), ["Barnsley PUBLISHED \"6\"", "Carlisle PUBLISHED \"30\"", "Cumberland NOT_YET null"]);
        assert_eq!(of(1), ["Barnsley PUBLISHED \"5\"", "Carlisle ABOLISHED null", "Cumberland PUBLISHED \"90\""]);
        assert_eq!((&both[1]["abolished"], &both[0]["notYet"]), (&json!(1), &json!(1)));
    })
    .await;
}

#[tokio::test]
async fn other_months_and_other_definitions_are_shown_and_not_ranked() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        let text = "Year,LA code,LA name,Total Incidents\n2023,E07000008,Cambridge,5\n2023,E07000010,Fenland,9\n";
        std::fs::write(harness.folder.join("calendar.csv"), super::MEASURES.replace("Financial", "Calendar")).expect("writes");
        let path = harness.folder.join("calendar.csv").display().to_string();
        let file = super::File { text: text.to_owned(), dataset: "CAL", also: &["--measures", &path], ..fly_tips(harness) };
        said(&file.bring(harness));
        said(&fly_tips(harness).bring(harness));
        keep_group(&keeper, CODE).await;
        let done = map(&keeper, json!({ "indicator": "FLY1", "dataset": "CAL", "measure": "INCIDENTS", "group": "CIPFA" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        record(&keeper, json!([figure("FLY1", "2023/24", "7")])).await;
        let found = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        assert_eq!((&found["sameDefinition"], &found["theirPeriod"], &found["median"]), (&json!(false), &json!("2023"), &json!("7")), "{found:#}");
        assert_eq!((&found["value"], &found["rank"]), (&json!("7"), &Value::Null));
        assert_eq!(found["because"][0], "Ours is for April 2023 to March 2024, theirs for January to December 2023: not the same months");

        // Said again from the same period on, the mapping takes the place of the one before.
        let note = "Ours counts only what is on public land";
        let input = json!({ "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS", "group": "CIPFA", "sameDefinition": false, "note": note });
        assert_eq!(map(&keeper, input).await["userErrors"], json!([]));
        let found = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        assert_eq!((&found["sameDefinition"], &found["theirPeriod"], &found["counted"]), (&json!(false), &Value::Null, &json!(5)));
        assert_eq!(found["because"][0], format!("The council does not count quite what the measure counts: {note}"));
        assert_eq!(found["rank"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn an_external_metric_that_names_a_catalogue_counts_until_a_mapping_says_otherwise() {
    for_each_database(async |harness| {
        let mut book = super::book(CODE);
        book.indicators.iter_mut().find(|row| row.code == "ASC1").expect("it is there").external_metric = Some("Oflog: ASC1".to_owned());
        book.indicators.iter_mut().find(|row| row.code == "FLY1").expect("it is there").external_metric = Some("Oflog: none".to_owned());
        let world = World::with(harness, CODE, &book).await;
        // A county, which has social care.
        stands(&world, "E10000003").await;
        let keeper = world.keeper();
        let text = "Financial year,Local authority code,Local authority name,Measure,Code,Value\n\
            2023-24,E10000008,Devon,\"Outcome, ASC Carer Quality of Life\",ASC1,7.2\n\
            2023-24,E10000014,Hampshire,\"Outcome, ASC Carer Quality of Life\",ASC1,7.6\n";
        let file = super::File { text: text.to_owned(), dataset: "OFLOG-ASC", also: &[], ..fly_tips(harness) };
        said(&file.bring(harness));
        record(&keeper, json!([figure("ASC1", "2023/24", "7.4")])).await;
        let found = beside(&keeper, "ASC1", "2023/24", Some("SAME-TYPE"), 1).await[0].clone();
        assert_eq!(
            (&found["counted"], &found["median"], &found["rank"], &found["of"]),
            (&json!(3), &json!("7.4"), &json!(2), &json!(3)),
            "{found:#}"
        );
        assert_eq!(beside(&keeper, "FLY1", "2023/24", None, 1).await, Value::Null, "the catalogue has no such metric");
        let done = map(&keeper, json!({ "indicator": "ASC1", "catalogue": "OFLOG", "metric": "ASC2" })).await;
        assert_eq!(done["userErrors"], json!([]), "{done:#}");
        let found = beside(&keeper, "ASC1", "2023/24", Some("SAME-TYPE"), 1).await[0].clone();
        assert_eq!(found["because"][0], "Nobody publishes figures of Quality of life of people who use services yet", "{found:#}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_in_the_worst_quarter_is_warned_of_it_where_the_council_wants_that() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        keep_group(&keeper, CODE).await;
        map_fly_tips(&keeper, CODE).await;
        record(&keeper, json!([figure("FLY1", "2023/24", "50")])).await;
        let warned = async || crate::warnings::of_kind(&world.keeper_now(), "BOTTOM_QUARTILE").await;
        crate::warnings::set_rule(&keeper, "BOTTOM_QUARTILE", true, json!([])).await;
        // Of 10, 20, 20, 40 and 55 the upper quartile is 40: less is better, and 50 is in the worst quarter.
        let found = warned().await;
        assert_eq!(crate::warnings::lines(&found), ["BOTTOM_QUARTILE FLY1 2023-04-01 OPEN"]);
        let words = found[0]["evidence"]["words"].as_str().expect("words");
        assert!(words.ends_with("in 2023/24: 5 of 6 with 50"), "{words}");
        record(&keeper, json!([{ "indicator": "FLY1", "period": "2023/24", "value": "30", "reason": "Recount" }])).await;
        assert_eq!(warned().await, Vec::<Value>::new());
    })
    .await;
}

#[tokio::test]
async fn where_another_measure_takes_over_the_break_is_said_in_that_period_alone() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        said(&fly_tips(harness).bring(harness));
        let text = super::FLY_TIPS.to_owned();
        said(&super::File { name: "new.csv", text, dataset: "FLY-NEW", ..fly_tips(harness) }.bring(harness));
        keep_group(&keeper, CODE).await;
        map_fly_tips(&keeper, CODE).await;
        let input = json!({ "indicator": "FLY1", "dataset": "FLY-NEW", "measure": "INCIDENTS", "from": "2023/24", "group": "CIPFA" });
        assert_eq!(map(&keeper, input).await["userErrors"], json!([]));
        record(&keeper, json!([figure("FLY1", "2023/24", "50")])).await;
        let found = beside(&keeper, "FLY1", "2023/24", None, 2).await;
        let breaks = |at: usize| {
            let because = found[at]["because"].as_array().expect("sentences").iter();
            because.filter(|one| one.as_str().is_some_and(|one| one.contains("not one series"))).cloned().collect::<Vec<_>>()
        };
        let words = "Fly-tipping incidents (Fly-tipping incidents)";
        assert_eq!(breaks(1), [json!(format!("Compared by {words} from 2023/24 on, and by {words} before: not one series"))]);
        assert_eq!((breaks(0), &found[1]["rank"]), (Vec::new(), &json!(5)), "{found:#}");

        // A break that the catalogue tells of is said too.
        let list = "code,title,unit,better is,source,break,written as\nT1,Tips,Number,Lower,Defra,2023/24,INCIDENTS\n";
        let path = harness.folder.join("tips.csv");
        std::fs::write(&path, list).expect("writes");
        let path = path.display().to_string();
        let import = ["catalogue", "import", &path, "--code", "TIPS", "--edition", "1", "--title", "Tips", "--publisher", "Defra"];
        said(&super::run(harness, &[&import[..], &["--licence", "OGL v3.0"]].concat()));
        let mut input = json!({ "indicator": "FLY1", "dataset": "FLY", "measure": "INCIDENTS", "catalogue": "TIPS", "metric": "T1",
            "from": "2023/24", "group": "CIPFA" });
        assert_eq!(map(&keeper, input.clone()).await["userErrors"], json!([]));
        let found = beside(&keeper, "FLY1", "2023/24", None, 2).await;
        assert_eq!(found[1]["because"][0], "By its catalogue, Tips from 2023/24 on is not comparable with what was before");
        assert!(!found[0].to_string().contains("comparable"), "{found:#}");
        // Two datasets go by the metric's name: neither is taken by itself.
        for name in ["dataset", "measure"] {
            input[name] = Value::Null;
        }
        assert_eq!(map(&keeper, input).await["userErrors"], json!([]));
        let found = beside(&keeper, "FLY1", "2023/24", None, 1).await;
        assert_eq!(found[0]["counted"], 0);
        assert!(found[0]["because"][0].as_str().is_some_and(|said| said.starts_with("Several published measures")), "{found:#}");
    })
    .await;
}
