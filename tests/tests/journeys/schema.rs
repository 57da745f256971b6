//! The API as text, and the documents the frontends send.

use std::path::Path;

use goldenthread::graphql::schema::sdl;

const UPDATE: &str = "GOLDENTHREAD_UPDATE_SCHEMA";

#[test]
fn schema_graphql_is_what_the_service_speaks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema.graphql");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, sdl()).expect("writes schema.graphql");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let current = sdl();
    let differs = committed.lines().zip(current.lines()).position(|(was, is)| was != is);
    let at = differs.unwrap_or_else(|| committed.lines().count().min(current.lines().count()));
    assert!(
        committed == current,
        "schema.graphql is out of date from line {}: {:?} is now {:?}. Run the tests once with {UPDATE}=1 and look at the change.",
        at + 1,
        committed.lines().nth(at),
        current.lines().nth(at),
    );
}

/// Descriptions are the API's manual: every type, field, argument and value has one.
#[test]
fn everything_in_the_schema_is_described() {
    let sdl = sdl();
    let mut undescribed = Vec::new();
    let (mut described, mut in_text, mut within) = (false, false, "");
    for line in sdl.lines() {
        let text = line.trim();
        let quotes = text.matches("\"\"\"").count();
        if quotes > 0 || in_text {
            in_text ^= quotes % 2 == 1;
            described = true;
            continue;
        }
        let declares = ["type ", "enum ", "input ", "union ", "interface ", "scalar ", "schema "].iter().any(|kind| text.starts_with(kind));
        if declares {
            within = text;
        }
        let member = within != "schema {" && line.starts_with('\t') && text.starts_with(|c: char| c.is_ascii_alphabetic());
        if (declares && text != "schema {" || member) && !described {
            undescribed.push(format!("{within} … {text}"));
        }
        described = false;
    }
    assert_eq!(undescribed, Vec::<String>::new());
}
