//! A council's benchmark page: every indicator beside sixteen comparators in twelve periods, by figures brought in from one file.

use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{Months, NaiveDate};
use reqwest::Client;
use serde_json::{Value, json};

use crate::Measure;
use crate::cases::{POINTS, graphql};
use crate::generate::{COUNCILS, Council, DISTRICTS, INDICATORS, UNTIL, code};
use crate::traffic::Case;

const COMPARATORS: usize = 16;
const DATASET: &str = "LOAD";
const GROUP: &str = "NEAR";

const PAGE: &str = "query Benchmarks($council: String!, $period: Period!) {
  council(code: $council) { framework(at: $period) { indicators(first: 300) { nodes { code title
    benchmark(period: $period, group: \"NEAR\", last: 12) {
      period value counted missing lowest lowerQuartile median upperQuartile highest mean rank of position sameDefinition
      members { code value }
    }
  } } } }
}";

/// A file of figures of twenty districts, brought in by the product's own command. Answers how many, and how long it took.
pub fn bring_in(asked: &Measure) -> (usize, Duration) {
    let last = NaiveDate::parse_from_str(&format!("{UNTIL}-01"), "%Y-%m-%d").expect("a day");
    let mut rows = "Area code,Period,Indicator,Value\n".to_owned();
    let mut count = 0;
    for (at, district) in DISTRICTS.iter().enumerate() {
        for back in 0..POINTS {
            let month = (last - Months::new(u32::try_from(back).expect("few"))).format("%b %Y");
            for n in 0..INDICATORS {
                // Spread by nothing but the three numbers, so that it is the same every time.
                let value = (at * 37 + back * 11 + n * 7) % 1_000;
                writeln!(rows, "{district},{month},Measure {:03},{}.{}", n + 1, value / 10, value % 10).expect("memory");
                count += 1;
            }
        }
    }
    let file = asked.folder.join("benchmarks.csv");
    std::fs::write(&file, rows).expect("the folder takes files");
    let begun = Instant::now();
    let told = Command::new(&asked.product)
        .args(["benchmark", "import"])
        .arg(&file)
        .args(["--dataset", DATASET, "--title", "Load", "--publisher", "Nobody", "--licence", "None: made up", "--edition", "2023/24"])
        .args(["--published", "2024-06-01", "--state", "final", "--frequency", "monthly", "--strict"])
        .arg("--data")
        .arg(&asked.folder)
        .env("DATABASE_URL", &asked.database)
        .output()
        .expect("the product runs");
    assert!(told.status.success(), "{}\n{}", String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    (count, begun.elapsed())
}

/// Says of each council's indicators which measures they are, and whom they are compared with.
pub async fn map(url: &str, councils: &[Council], client: &Client) {
    for council in &councils[..COUNCILS] {
        let group = json!({ "input": { "council": council.code, "code": GROUP, "edition": "2024", "title": "Near", "type": "DISTRICT",
            "source": "Made up", "areas": &DISTRICTS[COUNCILS..COUNCILS + COMPARATORS] } });
        let save = "mutation($input: ComparatorGroupSaveInput!) { comparatorGroupSave(input: $input) { userErrors { code message } } }";
        done(&graphql(url, council, save, &group).ask_json(client).await, "comparatorGroupSave");
        let measures = listed(url, council, client).await;
        for (n, measure) in measures.iter().enumerate() {
            let mapping = json!({ "input": { "council": council.code, "indicator": code(n), "dataset": DATASET, "measure": measure } });
            let set = "mutation($input: MetricMappingSetInput!) { metricMappingSet(input: $input) { userErrors { code message } } }";
            done(&graphql(url, council, set, &mapping).ask_json(client).await, "metricMappingSet");
        }
    }
}

fn done(answer: &Value, act: &str) {
    assert_eq!(answer["data"][act]["userErrors"], json!([]), "{answer:#}");
}

/// Codes of the measures, in the order of their titles.
async fn listed(url: &str, council: &Council, client: &Client) -> Vec<String> {
    let answer = graphql(url, council, "{ benchmarkDatasets { code measures { code title } } }", &json!({})).ask_json(client).await;
    let datasets = answer["data"]["benchmarkDatasets"].as_array().expect("datasets").clone();
    let dataset = datasets.into_iter().find(|of| of["code"] == DATASET).expect("the dataset");
    let mut measures: Vec<(String, String)> = dataset["measures"]
        .as_array()
        .expect("measures")
        .iter()
        .map(|of| (of["title"].as_str().expect("a title").to_owned(), of["code"].as_str().expect("a code").to_owned()))
        .collect();
    measures.sort();
    assert_eq!(measures.len(), INDICATORS);
    measures.into_iter().map(|(_, code)| code).collect()
}

/// The pages.
pub async fn pages(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in &councils[..COUNCILS] {
        let question = graphql(url, council, PAGE, &json!({ "council": council.code, "period": UNTIL }));
        cases.push(question.into_case(client, check).await);
    }
    cases
}

fn check(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let nodes = answer["data"]["council"]["framework"]["indicators"]["nodes"].as_array().expect("indicators");
    assert_eq!(nodes.len(), INDICATORS);
    for node in nodes {
        let boxes = node["benchmark"].as_array().expect("comparisons");
        assert_eq!(boxes.len(), POINTS);
        for of in boxes {
            assert_eq!((&of["counted"], of["members"].as_array().map(Vec::len)), (&json!(COMPARATORS), Some(COMPARATORS)), "{of:#}");
            assert!(of["median"].is_string() && of["lowerQuartile"].is_string(), "{of:#}");
        }
    }
}
