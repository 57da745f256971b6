//! Files of published figures brought in by the command line: planned, applied whole or not at all, and never twice.

use serde_json::{Value, json};
use tests::for_each_database;

use super::{AREA, CODE, File, beside, council, fly_tips, keep_group, map_fly_tips, run, said};

const DATASETS: &str = "{ benchmarkDatasets { code title publisher licence url measures { code title unit decimalPlaces polarity multiplier
    serviceArea frequency } releases { edition revision state publishedOn fileName sha256 figures } } }";

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_a_later_release_takes_its_place() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        let file = File { state: "provisional", ..fly_tips(harness) };
        let dry: Vec<&str> = file.also.iter().copied().chain(["--dry-run"]).collect();
        let tried = said(&File { also: &dry, text: file.text.clone(), ..file }.bring(harness));
        // Nine figures of authorities and one of a region; the total below the table is nobody's.
        assert!(tried.contains("new 10, changed 0, same 0, older than what is held 0, refused 0, left out 0"), "{tried}");
        assert!(tried.contains("Nothing was changed, as asked."), "{tried}");
        assert_eq!(keeper.gql(DATASETS, json!({})).await.data(), json!({ "benchmarkDatasets": [] }));

        assert!(said(&file.bring(harness)).contains("FLY 2023-24 revision 1: 10 figures"));
        let once = keeper.gql(DATASETS, json!({})).await.data();
        let dataset = &once["benchmarkDatasets"][0];
        let measure = json!({ "code": "INCIDENTS", "title": "Fly-tipping incidents", "unit": "Number", "decimalPlaces": 0,
            "polarity": "LOWER_IS_BETTER", "multiplier": "1", "serviceArea": "STREET_CLEANSING", "frequency": "ANNUAL" });
        assert_eq!((&dataset["code"], &dataset["measures"]), (&json!("FLY"), &json!([measure])));
        assert_eq!((&dataset["releases"][0]["state"], &dataset["releases"][0]["figures"]), (&json!("PROVISIONAL"), &json!(10)));
        let again = said(&file.bring(harness));
        assert!(again.contains("same 10") && again.contains("This very file was brought in before: nothing was changed."), "{again}");
        assert_eq!(keeper.gql(DATASETS, json!({})).await.data(), once);

        keep_group(&keeper, CODE).await;
        map_fly_tips(&keeper, CODE).await;
        let before = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        assert_eq!((&before["median"], &before["source"]["state"]), (&json!("20"), &json!("PROVISIONAL")));

        // Fenland's and Uttlesford's figures are corrected in the final edition; brought in after an older file it counts all the same.
        let text =
            file.text.replace("2023-24,E07000010,Fenland,20", "2023-24,E07000010,Fenland,22").replace("Uttlesford,55", "Uttlesford,60");
        let last = File { text, published: "2025-03-01", state: "final", name: "fly-tips-final.csv", ..fly_tips(harness) };
        let finally = said(&last.bring(harness));
        assert!(finally.contains("new 0, changed 2, same 8") && finally.contains("revision 2: 10 figures"), "{finally}");
        let after = beside(&keeper, "FLY1", "2023/24", None, 1).await[0].clone();
        // numpy.percentile([10, 20, 22, 40, 60], [50, 75]).
        assert_eq!((&after["median"], &after["upperQuartile"], &after["highest"]), (&json!("22"), &json!("40"), &json!("60")));
        assert_eq!((&after["source"]["state"], &after["source"]["revision"]), (&json!("FINAL"), &json!(2)));
        let releases = keeper.gql(DATASETS, json!({})).await.data()["benchmarkDatasets"][0]["releases"].clone();
        let states: Vec<&str> = releases.as_array().expect("releases").iter().filter_map(|one| one["state"].as_str()).collect();
        assert_eq!(states, ["FINAL", "PROVISIONAL"], "both are kept");

        // An older file, brought in late, changes nothing of what counts.
        let text = file.text.replace("Cambridge,10", "Cambridge,99");
        let late = File { text, published: "2023-01-01", edition: "early", name: "early.csv", ..fly_tips(harness) };
        assert!(said(&late.bring(harness)).contains("older than what is held 10"));
        assert_eq!(beside(&keeper, "FLY1", "2023/24", None, 1).await[0]["median"], "22");
        assert!(said(&run(harness, &["benchmark", "list"])).contains("release\tearly\t1\tFINAL\t2023-01-01"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_by_cell_and_a_file_without_figures_fails() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let text = "Year,LA code,LA name,Total Incidents\n2023-24,E07000999,Nowhere,10\n2023-24,E07000010,Cambridge,10\n2023-24,E07000011,Huntingdonshire,12\n\
            2023-24,E07000028,Carlisle,7\n2023-24,E07000009,East Cambridgeshire,many\n";
        let file = File { text: text.to_owned(), ..fly_tips(harness) };
        let strict: Vec<&str> = file.also.iter().copied().chain(["--strict"]).collect();
        let refused = File { also: &strict, text: file.text.clone(), ..file }.bring(harness);
        assert_eq!(refused.status.code(), Some(3));
        assert_eq!(world.keeper().gql(DATASETS, json!({})).await.data(), json!({ "benchmarkDatasets": [] }), "nothing was changed");
        let taken = said(&file.bring(harness));
        assert!(taken.contains("new 2, changed 0, same 0, older than what is held 0, refused 3, left out 0"), "{taken}");
        assert!(taken.contains("BMK-002") && taken.contains("No area has the code or name E07000999 Nowhere."), "{taken}");
        assert!(taken.contains("BMK-004") && taken.contains("E07000010 is the code of Fenland, and the name is that of E07000008 Cambridge."), "{taken}");
        assert!(taken.contains("!D6"), "the cell is named: {taken}");
        assert!(taken.contains("BMK-003") && taken.contains("followed by E06000063 Cumberland"), "{taken}");

        let nothing = File { text: "Nothing,here\n1,2\n".to_owned(), name: "nothing.csv", ..fly_tips(harness) };
        assert_eq!(nothing.bring(harness).status.code(), Some(3));
        let absent = run(
            harness,
            &[
                "benchmark",
                "import",
                "/nowhere.csv",
                "--dataset",
                "X1",
                "--title",
                "T",
                "--publisher",
                "P",
                "--licence",
                "L",
                "--edition",
                "1",
                "--published",
                "2024-01-01",
                "--state",
                "final",
            ],
        );
        assert_eq!(absent.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&absent.stderr).contains("/nowhere.csv"), "{absent:?}");
    })
    .await;
}

#[tokio::test]
async fn areas_and_catalogues_come_with_the_program_once() {
    for_each_database(async |harness| {
        let world = council(harness, CODE, AREA).await;
        let keeper = world.keeper();
        let first = said(&run(harness, &["migrate"]));
        assert!(first.contains("Areas, lists of neighbours and catalogues were brought in."), "{first}");
        let query = "{ catalogues { code edition metrics { code source } } area(code: \"E07000028\") { name authorityType
            successors { code name on kind } predecessors { code } } nowhere: area(code: \"E99999999\") { code }
            lof: catalogue(code: \"lof\") { title publisher publishedOn } none: catalogue(code: \"LOF\", edition: \"1999\") { title } }";
        let once = keeper.gql(query, json!({})).await.data();
        assert!(!said(&run(harness, &["migrate"])).contains("were brought in"));
        assert_eq!(keeper.gql(query, json!({})).await.data(), once);
        let successor = json!({ "code": "E06000063", "name": "Cumberland", "on": "2023-04-01", "kind": "MERGED" });
        assert_eq!((&once["area"]["name"], &once["area"]["successors"]), (&json!("Carlisle"), &json!([successor])), "{once:#}");
        assert_eq!((&once["nowhere"], &once["none"]), (&Value::Null, &Value::Null));
        assert_eq!(
            once["lof"],
            json!({ "title": "Local Outcomes Framework", "publisher": "Ministry of Housing, Communities and Local Government",
            "publishedOn": "2026-02-01" })
        );
        let lof = &once["catalogues"][0];
        let without = lof["metrics"].as_array().expect("metrics").iter().filter(|metric| metric["source"].is_null()).count();
        assert_eq!((&lof["code"], without > 0), (&json!("LOF"), true), "some have no source yet");

        // Another edition of a catalogue stands beside the first; the same file again changes nothing.
        let own = "code,title,outcome,unit,better is,source\nM1,Potholes,Roads,Number,Lower,\n";
        std::fs::write(harness.folder.join("own.csv"), own).expect("writes");
        let path = harness.folder.join("own.csv").display().to_string();
        let import = [
            "catalogue",
            "import",
            &path,
            "--code",
            "ROADS",
            "--edition",
            "2026",
            "--title",
            "Roads",
            "--publisher",
            "DfT",
            "--licence",
            "OGL v3.0",
        ];
        assert!(said(&run(harness, &import)).contains("1 metrics, 1 of them without a source yet"));
        assert!(said(&run(harness, &import)).contains("is recorded already: nothing was changed."));
        let stranger = harness.visitor().gql("{ catalogues { code } }", json!({})).await;
        assert_eq!(stranger.body["data"]["catalogues"], Value::Null, "for whoever is signed in");
    })
    .await;
}
