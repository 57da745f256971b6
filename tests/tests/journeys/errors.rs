//! Codes of user errors: the page that lists them, what the service can answer, and what the schema says of each mutation.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use goldenthread::graphql::schema::sdl;

const UPDATE: &str = "GOLDENTHREAD_UPDATE_ERRORS";
const PAGE: &str = "../docs/errors.md";
/// Mutations named in a row; of a code that more of them answer, how many.
const NAMED_MAX: usize = 8;

/// Words of the same look in the service's source that no mutation answers: what is worked on, and the command line's own.
const OTHERS: [&str; 14] = [
    "BAD_USER_INPUT",
    "INTERVENTION_LEVEL",
    "LIST_COST",
    "NOT_FOUND",
    "NOT_READ",
    "PACK_FAILED",
    "PASSWORD_CHANGED",
    "PERSISTED_QUERY_NOT_FOUND",
    "PERSISTED_QUERY_NOT_SUPPORTED",
    "SCREAMING_SNAKE_CASE",
    "SIGNED_OUT",
    "SIGNED_OUT_EVERYWHERE",
    "TOKEN_REUSED",
    "VALUE_STATE",
];
/// The same, of which there are more: settings, and closed sets that have a list of their own.
const PREFIXES: [&str; 5] = ["GOLDENTHREAD_", "MIMALLOC_", "CARGO_", "DATABASE_", "OTEL_"];

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The sources of a room, without its tests.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        if entry.is_dir() && name != "tests" {
            sources(&entry, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = std::fs::read_to_string(&entry).expect("a source");
            found.push(text.split("#[cfg(test)]\nmod tests").next().expect("something").to_owned());
        }
    }
}

/// The words in quotes that look like a code, outside comments and closed sets.
fn codes(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut in_set = false;
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        in_set = (in_set || line.contains("closed_set! {")) && line != "}";
        if in_set {
            continue;
        }
        found.extend(line.split('"').skip(1).step_by(2).filter(|word| is_code(word)).map(str::to_owned));
    }
    found
}

fn is_code(word: &str) -> bool {
    let parts: Vec<&str> = word.split('_').collect();
    let upper = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase());
    parts.len() > 1 && parts.iter().all(upper)
}

/// The rows of the page: a code, what it says, what to do, and the mutations.
fn rows(page: &str) -> Vec<[String; 4]> {
    let row = |line: &str| {
        let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        cells.try_into().unwrap_or_else(|cells| panic!("{cells:?} is no row"))
    };
    page.lines().filter(|line| line.starts_with("| `")).map(row).collect()
}

/// Which mutations say that they answer a code, from the schema.
fn answered() -> BTreeMap<String, BTreeSet<String>> {
    let sdl = sdl();
    let (mut payloads, mut mutations) = (BTreeMap::<String, BTreeSet<String>>::new(), Vec::new());
    let (mut within, mut told, mut in_text) = ("", String::new(), false);
    for line in sdl.lines() {
        let text = line.trim();
        let quotes = text.matches("\"\"\"").count();
        if quotes > 0 || in_text {
            if !in_text {
                told.clear();
            }
            told = format!("{told} {text}");
            in_text ^= quotes % 2 == 1;
        } else if let Some(name) = text.strip_prefix("type ") {
            within = name.split(' ').next().expect("a name");
        } else if within == "Mutation" && text.contains('(') {
            let (name, payload) = (text.split('(').next().expect("a name"), text.rsplit(": ").next().expect("a type"));
            mutations.push((name.to_owned(), payload.trim_end_matches('!').to_owned()));
        } else if text.starts_with("userErrors:") {
            let codes = told.split('`').skip(1).step_by(2).filter(|word| is_code(word)).map(str::to_owned);
            payloads.insert(within.to_owned(), codes.collect());
        }
    }
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, payload) in mutations {
        for code in payloads.get(&payload).unwrap_or_else(|| panic!("{name} answers {payload}, which has no user errors")) {
            found.entry(code.clone()).or_default().insert(name.clone());
        }
    }
    found
}

#[test]
fn the_page_lists_the_codes_there_are_and_who_answers_them() {
    let mut page = std::fs::read_to_string(at(PAGE)).expect("docs/errors.md");
    let answered = answered();
    let who = |code: &str| {
        let names: Vec<String> = answered.get(code).into_iter().flatten().map(|name| format!("`{name}`")).collect();
        if names.len() > NAMED_MAX { format!("{} mutations", names.len()) } else { names.join(", ") }
    };
    if std::env::var_os(UPDATE).is_some() {
        let row = |line: &str| match line.starts_with("| `") {
            true => {
                let [code, says, todo, _] = rows(line).remove(0);
                let who = who(code.trim_matches('`'));
                format!("| {code} | {says} | {todo} | {who} |\n")
            }
            false => format!("{line}\n"),
        };
        page = page.lines().map(row).collect();
        std::fs::write(at(PAGE), &page).expect("writes docs/errors.md");
    }
    let rows = rows(&page);
    let listed: Vec<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    assert!(listed.is_sorted() && listed.len() > 150, "in the order of their codes, each once");
    for [code, says, todo, mutations] in &rows {
        let code = code.trim_matches('`');
        assert!(!says.is_empty() && !todo.is_empty(), "{code} is not explained");
        assert!(answered.contains_key(code), "{code}: no payload says in its description that it answers this");
        assert_eq!(*mutations, who(code), "{code}: run once with {UPDATE}=1");
    }

    let mut texts = Vec::new();
    sources(&at("../api/src"), &mut texts);
    let said: BTreeSet<String> = texts.iter().flat_map(|text| codes(text)).collect();
    // What is wrong with a target is said in the words of `rules`.
    let rules = std::fs::read_to_string(at("../rules/src/status/thresholds.rs")).expect("a source");
    let faults: BTreeSet<String> = rules.split('"').skip(1).step_by(2).filter(|word| is_code(word)).map(str::to_owned).collect();
    let is_other = |code: &&String| OTHERS.contains(&code.as_str()) || PREFIXES.iter().any(|prefix| code.starts_with(prefix));
    let there: BTreeSet<&str> = said.iter().filter(|code| !is_other(code)).map(String::as_str).collect();
    let listed: BTreeSet<&str> = listed.into_iter().collect();
    let missing: Vec<_> = there.difference(&listed).collect();
    assert!(missing.is_empty(), "not on the page: {missing:?}. Say there what they mean, or here that they are no codes of user errors");
    let gone: Vec<_> = listed.difference(&there).filter(|code| !faults.contains(**code)).collect();
    assert!(gone.is_empty(), "on the page, and nowhere in the source: {gone:?}");
    let needless: Vec<_> = OTHERS.iter().filter(|other| !said.contains(**other)).collect();
    assert!(needless.is_empty(), "nowhere in the source any more: {needless:?}");
    let undocumented: Vec<_> = answered.keys().filter(|code| !listed.contains(code.as_str())).collect();
    assert!(undocumented.is_empty(), "in descriptions of payloads, and not on the page: {undocumented:?}");
}
