//! The reporting cycle's own questions: how far a collection is, who owes what, and figures entered without a workbook.

use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::cases::graphql;
use crate::generate::{Council, INDICATORS, OPEN, SERVICES, code};
use crate::traffic::Case;

/// Figures entered at once.
pub const ENTERED: usize = 50;

pub const COLLECTION: &str = "query Collection($council: String!, $period: Period!) {
  council(code: $council) { collection(period: $period) {
    whole { owed open submitted approved overdue figuresExpected figuresGiven figuresExplained }
    directorates { element { title } counts { owed open overdue figuresExpected figuresGiven figuresExplained } }
  } }
}";

const RETURNS: &str = "query Returns($council: String!, $period: Period!) {
  council(code: $council) { returns(period: $period, first: 50) { totalCount nodes {
    element { title } period state dueOn overdue viewerActs { act possible because }
    figures(first: 50) { nodes { indicator { code } missing point { value status { colour } } } }
  } } }
}";

pub const ENTER: &str = "mutation Enter($input: ValuesRecordInput!) {
  valuesRecord(input: $input) { import { state counts { changed errors } } userErrors { code message } }
}";

/// How far the collection of each council's open month is, when its figures have come.
pub async fn collections(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let question = graphql(url, council, COLLECTION, &json!({ "council": council.code, "period": OPEN }));
        cases.push(question.into_case(client, check_collection).await);
    }
    cases
}

fn check_collection(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let collection = &answer["data"]["council"]["collection"];
    assert_eq!(collection["whole"]["owed"], SERVICES);
    assert_eq!((&collection["whole"]["figuresExpected"], &collection["whole"]["figuresGiven"]), (&json!(INDICATORS), &json!(INDICATORS)));
    let sum = |field: &str| -> u64 {
        let directorates = collection["directorates"].as_array().expect("directorates");
        directorates.iter().filter_map(|one| one["counts"][field].as_u64()).sum()
    };
    assert_eq!((sum("owed"), sum("figuresGiven")), (SERVICES as u64, INDICATORS as u64));
}

/// Every return of each council's open month, with its figures.
pub async fn returns(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let question = graphql(url, council, RETURNS, &json!({ "council": council.code, "period": OPEN }));
        cases.push(question.into_case(client, check_returns).await);
    }
    cases
}

fn check_returns(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let returns = &answer["data"]["council"]["returns"];
    assert_eq!(returns["totalCount"], SERVICES);
    let figures = returns["nodes"].as_array().expect("returns").iter().map(|node| node["figures"]["nodes"].as_array().expect("figures"));
    let points: Vec<&Value> = figures.flatten().map(|figure| &figure["point"]["value"]).collect();
    assert!(points.len() == INDICATORS && points.iter().all(|value| value.is_string()));
}

/// Changes [`ENTERED`] figures of each council's open month, one council after another: from the request to the answer that
/// they are taken.
pub async fn entries(url: &str, councils: &[Council], client: &Client) -> Vec<Duration> {
    let mut taken = Vec::new();
    for council in councils {
        let figure =
            |n: usize| json!({ "indicator": code(n), "period": OPEN, "value": format!("{}.5", 80 + n % 8), "reason": "Recounted" });
        let figures: Vec<Value> = (0..ENTERED).map(figure).collect();
        let question =
            graphql(url, council, ENTER, &json!({ "input": { "council": council.code, "figures": figures, "acknowledge": [] } }));
        let begun = Instant::now();
        let answer = question.ask_json(client).await;
        taken.push(begun.elapsed());
        let import = &answer["data"]["valuesRecord"]["import"];
        assert_eq!((&import["state"], &import["counts"]["changed"]), (&json!("ACCEPTED"), &json!(ENTERED)), "{answer:#}");
    }
    taken.sort_unstable();
    taken
}
