//! What a council takes away, and that it brings nothing back but what is there.

mod data;
mod every_feature;
mod frameworks;

use std::process::{Command, Output};

use serde_json::{Value, json};
use tests::{Client, Harness, SECRET, program};

pub const DATA: &str = "mutation($input: DataExportInput!) {
    dataExport(input: $input) { rows download { url } userErrors { code message } } }";
pub const FRAMEWORK: &str = "mutation($input: FrameworkExportInput!) {
    frameworkExport(input: $input) { download { url } userErrors { code message } } }";

/// What a mutation that makes a file answered.
pub async fn ask(client: &Client<'_>, document: &str, input: Value) -> Value {
    let data = client.gql(document, json!({ "input": input })).await.data();
    data.as_object().expect("an answer").values().next().expect("one field").clone()
}

/// The bytes behind a payload's link.
pub async fn fetch(client: &Client<'_>, payload: &Value) -> Vec<u8> {
    assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
    let response = client.download(payload["download"]["url"].as_str().expect("a link")).await;
    assert_eq!(response.status(), 200);
    let length = response.headers()["content-length"].to_str().expect("text").parse::<usize>().expect("a number");
    let bytes = response.bytes().await.expect("bytes").to_vec();
    assert_eq!(bytes.len(), length);
    bytes
}

/// Runs the product's own binary on the journey's database.
pub fn run(harness: &Harness, words: &[&str]) -> Output {
    std::fs::write(harness.folder.join("signing.key"), SECRET).expect("keeps the key");
    let mut command = Command::new(program());
    command.args(words).env("DATABASE_URL", &harness.database).env("GOLDENTHREAD_DATA", &harness.folder);
    command.output().expect("runs")
}

/// What a run printed.
pub fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
