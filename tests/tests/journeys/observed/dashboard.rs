//! The dashboard, the alerts and the handbook ask and tell of what there is, and of nothing else.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use regex::Regex;
use serde_json::{Value, json};
use tests::{Harness, World, for_each_database, workbook};

use super::exposition::{Exposition, gather};
use crate::imports::first_quarter;

const OPENING: &str = "<!-- metrics: written by the test `the_handbook_lists_every_metric`, with GOLDENTHREAD_UPDATE_METRICS=1 -->\n";
const CLOSING: &str = "<!-- end of metrics -->\n";

fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(file(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The metrics of a product somebody has used: what never happened by a name of a client's has no series.
async fn busy(harness: &Harness) -> Exposition {
    let world = World::new(harness, "huntingdonshire").await;
    world.keeper().take("huntingdonshire", "q1.xlsx", workbook("Return", &first_quarter())).await;
    assert_eq!(world.keeper().gql("{ councils { code } }", json!({})).await.codes(), ["FORBIDDEN"]);
    gather(harness).await
}

/// Every expression of a dashboard.
fn expressions(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "expr" || name == "query" && text.contains('(') => found.push(text.clone()),
                    value => expressions(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| expressions(value, found)),
        _ => {}
    }
}

/// Asserts that an expression asks for metrics and labels there are; answers the metrics.
#[track_caller]
fn check(expression: &str, exposition: &Exposition, labels: &BTreeSet<String>) -> BTreeSet<String> {
    let names = exposition.names();
    let metric = Regex::new(r"\b(?:goldenthread|process)_[a-z0-9_]+").expect("a pattern");
    let asked: BTreeSet<String> = metric.find_iter(expression).map(|found| found.as_str().to_owned()).collect();
    assert!(!asked.is_empty(), "{expression} asks for nothing of ours");
    for name in &asked {
        assert!(names.contains(name), "{expression}: there is no {name}");
    }
    let label = Regex::new(r#"([a-z_]+)(?:=~|!=|=)"|by \(([a-z_, ]+)\)|, ([a-z_]+)\)$"#).expect("a pattern");
    for found in label.captures_iter(expression).flat_map(|found| found.iter().skip(1).flatten().map(|it| it.as_str()).collect::<Vec<_>>())
    {
        for label in found.split(',').map(str::trim) {
            assert!(labels.contains(label), "{expression}: no metric has a label {label}");
        }
    }
    asked
}

/// Labels metrics have here, and those Prometheus adds.
fn labels(exposition: &Exposition) -> BTreeSet<String> {
    let label = Regex::new(r#"([a-z_]+)=""#).expect("a pattern");
    let ours =
        exposition.samples.keys().flat_map(|sample| label.captures_iter(sample).map(|found| found[1].to_owned()).collect::<Vec<_>>());
    ours.chain(["instance", "job"].map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_dashboard_and_the_alerts_ask_for_what_there_is() {
    for_each_database(async |harness| {
        let exposition = busy(harness).await;
        let labels = labels(&exposition);
        let dashboard: Value = serde_json::from_str(&text("deploy/grafana/goldenthread.json")).expect("JSON");
        let mut found = Vec::new();
        expressions(&dashboard, &mut found);
        assert!(found.len() > 30, "{found:#?}");
        let shown: BTreeSet<String> = found.iter().flat_map(|expression| check(expression, &exposition, &labels)).collect();
        // What is counted is to be seen somewhere.
        for (name, of) in &exposition.described {
            let of_it = |sample: &String| sample.starts_with(name.as_str());
            assert!(shown.iter().any(of_it) || name == "goldenthread_statements_per_operation", "{name} ({}) is nowhere shown", of.kind);
        }
        let ids: Vec<i64> = dashboard["panels"].as_array().expect("panels").iter().filter_map(|panel| panel["id"].as_i64()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "each panel has an id of its own");
        let alerts = text("deploy/prometheus/alerts.yml");
        let alerts: Vec<&str> = alerts.lines().filter_map(|line| line.trim().strip_prefix("expr: ")).collect();
        assert!(alerts.len() >= 8);
        for expression in alerts {
            check(expression, &exposition, &labels);
        }
    })
    .await;
}

#[tokio::test]
async fn the_handbook_lists_every_metric() {
    for_each_database(async |harness| {
        let exposition = busy(harness).await;
        let mut table = "| metric | type | what it tells |\n|---|---|---|\n".to_owned();
        for (name, of) in &exposition.described {
            writeln!(table, "| `{name}` | {} | {} |", of.kind, of.help).expect("a text takes it");
        }
        let handbook = text("docs/observability.md");
        let (before, rest) = handbook.split_once(OPENING).expect("a place for the metrics");
        let (_, after) = rest.split_once(CLOSING).expect("an end of the metrics");
        let told = format!("{before}{OPENING}{table}{CLOSING}{after}");
        if std::env::var_os("GOLDENTHREAD_UPDATE_METRICS").is_some() {
            std::fs::write(file("docs/observability.md"), &told).expect("writes");
            return;
        }
        assert!(told == handbook, "docs/observability.md is out of date: run this test once with GOLDENTHREAD_UPDATE_METRICS=1");
    })
    .await;
}
