//! What the program is made of, and with what: the bill of materials tells all of it and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// Ours: their sources are the repository's own.
const ROOMS: [&str; 6] = ["entity", "exporters", "goldenthread", "importers", "migration", "rules"];

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn bill() -> String {
    let made = Command::new(root().join("scripts/sbom")).env("SOURCE_DATE_EPOCH", "1760000000").output().expect("runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).expect("text")
}

/// Checksums of `Cargo.lock` by name and version, read here by hand.
fn locked() -> BTreeMap<String, Option<String>> {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).expect("a lock file");
    let blocks = lock.split("[[package]]").skip(1).map(|block| {
        let of =
            |key: &str| block.lines().find_map(|line| line.strip_prefix(&format!("{key} = "))).map(|it| it.trim_matches('"').to_owned());
        (format!("pkg:cargo/{}@{}", of("name").expect("a name"), of("version").expect("a version")), of("checksum"))
    });
    blocks.collect()
}

#[test]
fn the_bill_of_materials_is_what_the_lock_file_says_is_built_in() {
    let text = bill();
    assert_eq!(text, bill(), "the same sources give the same bytes");
    let bill: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&json!("CycloneDX"), &json!("1.6")));
    assert_eq!(bill["metadata"]["timestamp"], "2025-10-09T08:53:20Z");
    let locked = locked();
    let mut names = BTreeSet::new();
    let parts = bill["components"].as_array().expect("parts").iter().chain([&bill["metadata"]["component"]]);
    for part in parts {
        let (name, of) = (part["name"].as_str().expect("a name"), part["purl"].as_str().expect("an address"));
        let checksum = locked.get(of).unwrap_or_else(|| panic!("{of} is not in Cargo.lock"));
        let told = part["hashes"][0]["content"].as_str();
        assert_eq!((told, told.is_none()), (checksum.as_deref(), ROOMS.contains(&name)), "{of}");
        assert!(part["licenses"][0]["expression"].as_str().is_some_and(|licence| !licence.is_empty()), "{of} has no licence");
        names.insert(name.to_owned());
    }
    for (name, inside) in
        [("sea-orm", true), ("libsqlite3-sys", true), ("cc", true), ("rules", true), ("proptest", false), ("guidance", false)]
    {
        assert_eq!(names.contains(name), inside, "{name}");
    }
    // Whatever something needs is there, and everything is needed by something.
    let needs = bill["dependencies"].as_array().expect("needs");
    let known: BTreeSet<&str> = needs.iter().filter_map(|one| one["ref"].as_str()).collect();
    let needed: BTreeSet<&str> =
        needs.iter().flat_map(|one| one["dependsOn"].as_array().expect("a list")).filter_map(Value::as_str).collect();
    let program = bill["metadata"]["component"]["purl"].as_str().expect("an address");
    assert_eq!(needed.iter().copied().chain([program]).collect::<BTreeSet<_>>(), known);
}

#[test]
fn releases_are_built_with_one_rust_that_the_workspace_allows() {
    let pinned = std::fs::read_to_string(root().join("scripts/toolchain")).expect("a toolchain");
    let pinned = pinned.lines().last().expect("a line").split(' ').nth(1).expect("a version");
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let least = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).expect("a least version").trim_matches('"');
    assert!(pinned.starts_with(&format!("{least}.")), "{pinned} is not {least}");
}
