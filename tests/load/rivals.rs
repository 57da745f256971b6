//! What others' programs answer to the same questions, from the same database: PostGraphile, as its preset makes it, and Strawberry,
//! with a data loader for each relation.
//!
//! Either judges nothing, signs nobody in and keeps no council from another; it answers what is stored. Its queries ask for the
//! stored fields of what the product's questions ask for (`tests/load/rivals`).

use std::path::Path;
use std::process::Command;

use reqwest::Client;
use serde_json::{Value, json};

use crate::cases::POINTS;
use crate::generate::{Council, INDICATORS};
use crate::process::Server;
use crate::traffic::{Case, Question};

/// PostGraphile from the folder it was installed into.
pub fn postgraphile(folder: &Path, database: &str) -> Server {
    let node = folder.join("node_modules/.bin/node");
    Server::start(Command::new(node).current_dir(folder).args(["postgraphile.mjs", database]).env("GRAPHILE_ENV", "production"))
}

/// Strawberry from the folder it was installed into.
pub fn strawberry(folder: &Path, database: &str) -> Server {
    Server::start(Command::new(folder.join("python/bin/python")).arg(folder.join("strawberry_app.py")).arg(database))
}

/// Every council's scorecard of Strawberry's.
pub async fn strawberry_scorecards(server: &Server, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let question = question(server, include_str!("rivals/strawberry.graphql"), &json!({ "council": council.id }));
        let check = |answer: &Value| {
            assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
            let indicators = answer["data"]["council"]["indicators"].as_array().expect("indicators");
            assert_eq!(indicators.len(), INDICATORS);
            assert!(indicators.iter().all(|one| one["observations"].as_array().is_some_and(|figures| figures.len() == POINTS)));
        };
        cases.push(question.into_case(client, check).await);
    }
    cases
}

/// Every council's scorecard.
pub async fn scorecards(server: &Server, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let question = question(server, include_str!("rivals/scorecard.graphql"), &json!({ "council": council.id }));
        cases.push(question.into_case(client, |answer| drop(indicators(answer))).await);
    }
    cases
}

/// The indicators of a scorecard, whole.
fn indicators(answer: &Value) -> Vec<Value> {
    assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
    let nodes = answer["data"]["councilByRowId"]["membershipsByCouncilId"]["nodes"].as_array().expect("indicators");
    assert_eq!(nodes.len(), INDICATORS);
    let indicators: Vec<Value> = nodes.iter().map(|node| node["indicatorByCouncilIdAndIndicatorId"].clone()).collect();
    for indicator in &indicators {
        assert_eq!(indicator["observationsByCouncilIdAndIndicatorId"]["nodes"].as_array().expect("figures").len(), POINTS);
    }
    indicators
}

/// A few of each council's indicators, one at a time.
pub async fn singles(server: &Server, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let whole = question(server, include_str!("rivals/scorecard.graphql"), &json!({ "council": council.id }));
        for indicator in indicators(&whole.ask_json(client).await).into_iter().step_by(INDICATORS / 5) {
            let variables = json!({ "council": council.id, "id": indicator["rowId"] });
            let check = |answer: &Value| {
                let figures = &answer["data"]["indicatorByCouncilIdAndRowId"]["observationsByCouncilIdAndIndicatorId"]["nodes"];
                assert_eq!(figures.as_array().expect("figures").len(), POINTS);
            };
            cases.push(question(server, include_str!("rivals/indicator.graphql"), &variables).into_case(client, check).await);
        }
    }
    cases
}

/// Every page of every council's list.
pub async fn lists(server: &Server, councils: &[Council], client: &Client) -> Vec<Case> {
    let mut cases = Vec::new();
    for council in councils {
        let mut after = Value::Null;
        loop {
            let question = question(server, include_str!("rivals/list.graphql"), &json!({ "council": council.id, "after": after }));
            let page = question.ask_json(client).await["data"]["councilByRowId"]["membershipsByCouncilId"]["pageInfo"].take();
            let check = |answer: &Value| assert!(answer.get("errors").is_none(), "{}", answer["errors"]);
            cases.push(question.into_case(client, check).await);
            if page["hasNextPage"] == false {
                break;
            }
            after = page["endCursor"].clone();
        }
    }
    cases
}

fn question(server: &Server, query: &str, variables: &Value) -> Question {
    let body = json!({ "query": query, "variables": variables }).to_string();
    Question { url: format!("{}/graphql", server.url), token: None, body: Some(body) }
}
