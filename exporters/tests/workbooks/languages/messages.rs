//! What is wrong with a file of words, and that every message is printed somewhere.

use std::collections::BTreeSet;

use exporters::language::LANGUAGE_BYTES_MAX;
use exporters::{Language, LanguageError};

use super::ENGLISH;

fn faults(text: &str) -> Vec<String> {
    match Language::load("kw-GB", text) {
        Err(LanguageError::Messages(faults)) => faults,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_wrong_with_a_language_is_told_by_name_when_it_is_loaded() {
    let without = ENGLISH.replace("sheet-key = Key\n", "").replace("glance-now = Now: { $counted }\n", "");
    assert_eq!(faults(&without), ["the message glance-now is missing", "the message sheet-key is missing"]);
    let with = |old: &str, new: &str| {
        assert!(ENGLISH.contains(old), "{old}");
        faults(&ENGLISH.replace(old, new))
    };
    assert_eq!(
        with("contact = Contact: { $contact }", "contact = Contact: { $who }"),
        ["the message contact uses $who, which it is not given"]
    );
    assert_eq!(with("\nsheet-key = Key", "\nsheet-key = Notes"), ["the messages sheet-key and sheet-notes read the same, and must differ"]);
    assert_eq!(
        with("\nsheet-key = Key", "\nsheet-key = A name of more than thirty-one letters"),
        ["the message sheet-key cannot name a sheet: at most 31 characters, and none of [ ] : * ? / \\"]
    );
    assert_eq!(with("\nyes = Yes", "\nyes = Yes\nmaybe = Maybe"), ["the message maybe is not one this product prints"]);
    let named = |faults: Vec<String>, part: &str| assert!(faults.iter().any(|fault| fault.contains(part)), "{faults:?}");
    named(with("\nyes = Yes", "\nyes = { NUMBER($n) }"), "functions are not used here");
    named(with("\nyes = Yes", "\nyes = { nobody }"), "the message yes refers to nobody, which is not there");
    named(with("\nno = No", "\nno = { no }"), "the message no cannot be printed");
    named(with("\nyes = Yes", "\nyes = {\"\"}"), "the message yes cannot be printed: it has no text");
    named(with("\nyes = Yes", "\nyes = { $"), "line ");
    assert_eq!(Language::load("../cy", ENGLISH), Err(LanguageError::Tag("../cy".to_owned())));
    let long = format!("{ENGLISH}\n# {}", "x".repeat(LANGUAGE_BYTES_MAX));
    assert_eq!(Language::load("kw-GB", &long), Err(LanguageError::TooLarge(long.len())));
}

#[test]
fn a_language_with_messages_of_its_own_may_refer_to_them() {
    let own = ENGLISH.replace("\nyes = Yes", "\nown-yes = Jo\nyes = { own-yes }");
    assert!(Language::load("kw-GB", &own).is_ok());
}

#[test]
fn every_message_is_printed_somewhere_and_every_message_printed_is_there() {
    let mut sources = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let ids: Vec<&str> =
        ENGLISH.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).map(|l| l.split(" =").next().unwrap()).collect();
    // Messages looked up by the code of a closed set or a number.
    let by_code = [
        "month-",
        "status-",
        "direction-",
        "polarity-",
        "purpose-",
        "frequency-",
        "dimension-",
        "mode-",
        "absence-",
        "state-",
        "kind-",
        "asked-kind-",
        "change-",
        "action-",
        "made-",
        "response-",
        "weight-",
        "stage-",
        "milestone-",
        "risk-band-",
        "risk-movement-",
        "risk-state-",
        "likelihood-",
        "column-impact-",
        "fund-",
        "called-",
        "position-",
        "variation-",
        "assurance-",
        "call-past-tolerance-",
        "mark-",
        "sheet-",
        "title-",
        "purpose-",
        "shows-",
        "before-",
        "year-",
        "preference-",
        "key-status-",
        "start-",
        "lasting-",
    ];
    for id in &ids {
        let referred = ENGLISH.contains(&format!("{{ {id} }}"));
        assert!(
            sources.contains(&format!("\"{id}\"")) || referred || by_code.iter().any(|set| id.starts_with(set)),
            "{id} is printed nowhere"
        );
    }
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    for call in
        ["say(\"", "cell(\"", "text_column(\"", "figure_column(\"", "tell!(language, \"", "tell!(read.language, \"", "quoted(language, \""]
    {
        for rest in sources.split(call).skip(1) {
            let id = rest.split('"').next().unwrap();
            assert!(known.contains(id), "{id} is not a message");
        }
    }
}
