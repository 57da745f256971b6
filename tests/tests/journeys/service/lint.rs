//! The schema by the rules others wrote.

use std::path::Path;

use serde_json::json;
use tests::node;

#[tokio::test]
async fn the_schema_has_nothing_that_graphql_eslint_or_relay_would_not() {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    assert_eq!(node("lint.mjs", &[schema.to_str().expect("a path")]).await, json!([]));

    // The linter looks: a schema with faults has them told.
    let folder = tempfile::tempdir().expect("a folder");
    let poor = folder.path().join("schema.graphql");
    let text =
        "\"What is asked.\"\ntype Query { getThings(first: Int): ThingConnection }\n\"A page.\"\ntype ThingConnection { edges: [Int] }\n";
    std::fs::write(&poor, text).expect("writes");
    let told = node("lint.mjs", &[poor.to_str().expect("a path")]).await;
    let mut rules: Vec<&str> = told.as_array().expect("a list").iter().filter_map(|fault| fault["rule"].as_str()).collect();
    rules.dedup();
    for rule in ["naming-convention", "relay-arguments", "relay-connection-types", "relay-page-info"] {
        assert!(rules.iter().any(|told| told.ends_with(rule)), "{rule}: {told:#}");
    }
}
