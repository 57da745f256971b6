//! The rooms of the house and the doors between them, as `ARCHITECTURE.md` draws them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Every door between rooms. A new one is the part of a change to argue about.
const DOORS: [(&str, &[&str]); 8] = [
    ("rules", &[]),
    ("importers", &["rules"]),
    ("exporters", &["rules"]),
    ("entity", &["rules"]),
    ("migration", &[]),
    ("goldenthread", &["entity", "exporters", "importers", "migration", "rules"]),
    ("guidance", &[]),
    ("tests", &["entity", "exporters", "goldenthread", "importers", "migration", "rules"]),
];

/// What no pure room may know: runtimes, databases, GraphQL, HTTP, and the command line.
const WORLDLY: [&str; 12] = [
    "tokio",
    "futures",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "async-graphql",
    "axum",
    "reqwest",
    "clap",
    "getrandom",
    "object_store",
    "tracing",
];

/// The packages of the workspace, each with what it depends on outside its tests.
fn packages() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
            let kept = dependencies.filter(|d| d["kind"] != "dev").map(|d| d["name"].as_str().expect("a name").to_owned());
            (package["name"].as_str().expect("a name").to_owned(), kept.collect())
        })
        .collect()
}

#[test]
fn rooms_open_only_on_the_rooms_they_are_meant_to() {
    let packages = packages();
    let rooms: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    let found: BTreeMap<&str, Vec<&str>> = packages
        .iter()
        .map(|(room, needs)| (room.as_str(), needs.iter().map(String::as_str).filter(|d| rooms.contains(d)).collect()))
        .collect();
    let expected: BTreeMap<&str, Vec<&str>> = DOORS.iter().map(|(room, doors)| (*room, doors.to_vec())).collect();
    assert_eq!(found, expected);
}

#[test]
fn pure_rooms_know_nothing_of_the_world() {
    let packages = packages();
    for room in ["rules", "importers", "exporters"] {
        let known: Vec<&str> = WORLDLY.into_iter().filter(|worldly| packages[room].contains(*worldly)).collect();
        assert_eq!(known, Vec::<&str>::new(), "{room}");
    }
}
