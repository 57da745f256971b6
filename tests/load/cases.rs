//! The questions asked under load, and what makes an answer whole.

use reqwest::Client;
use serde_json::{Value, json};
use tests::operation;

use crate::generate::{Council, INDICATORS, UNTIL, code};
use crate::traffic::{Case, Question};

/// Points of a series.
pub const POINTS: usize = 12;
/// Indicators asked for by themselves, of each council.
const SINGLE: usize = 5;
/// Rows of a page.
const PAGE: usize = 50;

pub const LIST: &str = "query List($council: String!, $period: Period!, $after: String) {
  council(code: $council) { framework(at: $period) { indicators(first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { code title owner { title } series(until: $period, last: 1) { period value target status { colour } } }
  } } }
}";

/// A GraphQL question of somebody's.
pub fn graphql(url: &str, council: &Council, query: &str, variables: &Value) -> Question {
    let body = json!({ "query": query, "variables": variables }).to_string();
    Question { url: format!("{url}/graphql"), token: Some(council.token.clone()), body: Some(body) }
}

/// Every council's scorecard: 300 indicators of twelve points.
pub async fn scorecards(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let variables = json!({ "council": council.code, "period": UNTIL });
        let question = graphql(url, council, operation("Scorecard"), &variables);
        cases.push(question.into_case(client, check_scorecard).await);
    }
    cases
}

fn check_scorecard(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let framework = &answer["data"]["council"]["framework"];
    assert_eq!(framework["indicators"]["totalCount"], INDICATORS);
    let counts = framework["summary"]["current"].as_object().expect("a summary");
    assert_eq!(counts.values().filter_map(Value::as_u64).sum::<u64>(), INDICATORS as u64, "the summary counts every indicator");
    let nodes = framework["indicators"]["nodes"].as_array().expect("indicators");
    assert_eq!(nodes.len(), INDICATORS);
    for node in nodes {
        let points = node["series"].as_array().expect("a series");
        assert_eq!(points.len(), POINTS);
        assert!(points.iter().all(|p| p["value"].is_string() && p["target"].is_string() && p["status"]["because"].is_string()));
        assert!(points.iter().all(|p| p["yearToDate"]["expected"].as_u64() >= p["yearToDate"]["reported"].as_u64()));
        assert!(points.iter().any(|p| p["commentary"].is_string()), "a third of the figures has commentary");
        assert!(node["owner"]["parent"]["title"].is_string());
        assert!(!node["outcomes"].as_array().expect("outcomes").is_empty());
    }
}

/// A few of each council's indicators, one at a time.
pub async fn indicators(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for n in 0..SINGLE {
        for council in councils {
            let variables = json!({ "council": council.code, "code": code(n * INDICATORS / SINGLE), "period": UNTIL });
            let question = graphql(url, council, operation("Indicator"), &variables);
            cases.push(question.into_case(client, check_indicator).await);
        }
    }
    cases
}

fn check_indicator(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let indicator = &answer["data"]["council"]["indicator"];
    assert_eq!(indicator["series"].as_array().expect("a series").len(), POINTS);
}

/// Every page of every council's list.
pub async fn lists(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let (mut after, mut pages) = (Value::Null, 0);
        loop {
            let variables = json!({ "council": council.code, "period": UNTIL, "after": after });
            let question = graphql(url, council, LIST, &variables);
            let page = question.ask_json(client).await["data"]["council"]["framework"]["indicators"]["pageInfo"].take();
            cases.push(question.into_case(client, check_list).await);
            pages += 1;
            if page["hasNextPage"] == false {
                break;
            }
            after = page["endCursor"].clone();
        }
        assert_eq!(pages, INDICATORS / PAGE, "{} has so many pages", council.code);
    }
    cases
}

fn check_list(answer: &Value) {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let nodes = answer["data"]["council"]["framework"]["indicators"]["nodes"].as_array().expect("indicators");
    assert_eq!(nodes.len(), PAGE);
    assert!(nodes.iter().all(|node| node["series"].as_array().is_some_and(|series| series.len() == 1)));
}

/// What the hand-written handler is asked.
pub async fn baseline(url: &str, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let question = Question { url: format!("{url}/scorecard/{}/{UNTIL}", council.id), token: None, body: None };
        let check = |answer: &Value| {
            let rows = answer.as_array().expect("indicators");
            assert_eq!(rows.len(), INDICATORS);
            assert!(rows.iter().all(|row| row["series"].as_array().is_some_and(|series| series.len() == POINTS)));
            assert!(rows.iter().all(|row| row["parent"].is_string() && row["outcomes"].is_array()));
            assert!(rows.iter().all(|row| row["series"][0]["target"].is_string()));
        };
        cases.push(question.into_case(client, check).await);
    }
    cases
}
