//! Answers as JSON, written once.
//!
//! What a list of plain objects shows is JSON already when it comes here (`graphql::plain`): it stands in the answer as
//! bytes, which no scalar of the API is, and is copied as it is.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{FragmentDefinition, OperationDefinition, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Response, Value};
use std::collections::{HashMap, HashSet};

/// An answer as it leaves.
pub fn answer(answer: &Response) -> serde_json::Result<Vec<u8>> {
    let mut to = Vec::with_capacity(written(&answer.data) + REST_BYTES);
    to.extend_from_slice(b"{\"data\":");
    value(&answer.data, &mut to)?;
    if !answer.errors.is_empty() {
        to.extend_from_slice(b",\"errors\":");
        serde_json::to_writer(&mut to, &answer.errors)?;
    }
    if !answer.extensions.is_empty() {
        to.extend_from_slice(b",\"extensions\":");
        serde_json::to_writer(&mut to, &answer.extensions)?;
    }
    to.push(b'}');
    Ok(to)
}

/// Room for what of an answer is not written yet.
const REST_BYTES: usize = 4 << 10;

/// Bytes of an answer that are written already, and some for every value that is not.
fn written(shown: &Value) -> usize {
    match shown {
        Value::Binary(json) => json.len(),
        Value::Object(fields) => fields.iter().map(|(key, one)| key.len() + 8 + written(one)).sum(),
        Value::List(list) => list.iter().map(|one| 1 + written(one)).sum(),
        Value::String(text) => text.len() + 2,
        _ => 8,
    }
}

fn value(shown: &Value, to: &mut Vec<u8>) -> serde_json::Result<()> {
    match shown {
        Value::Binary(json) => to.extend_from_slice(json),
        Value::Object(fields) => object(fields, to)?,
        Value::List(list) => {
            to.push(b'[');
            for (at, one) in list.iter().enumerate() {
                if at > 0 {
                    to.push(b',');
                }
                value(one, to)?;
            }
            to.push(b']');
        }
        leaf => serde_json::to_writer(to, leaf)?,
    }
    Ok(())
}

fn object(fields: &IndexMap<Name, Value>, to: &mut Vec<u8>) -> serde_json::Result<()> {
    to.push(b'{');
    for (at, (key, one)) in fields.iter().enumerate() {
        if at > 0 {
            to.push(b',');
        }
        serde_json::to_writer(&mut *to, key.as_str())?;
        to.push(b':');
        value(one, to)?;
    }
    to.push(b'}');
    Ok(())
}

/// Whether an operation selects objects twice under one key, which the library merges once both are there: what is written
/// already cannot be merged. Fragments count as written out, whatever type they are on. Only for an operation whose size was
/// checked (`graphql::limits`).
pub fn merges(operation: &OperationDefinition, fragments: &HashMap<Name, Positioned<FragmentDefinition>>) -> bool {
    within(&operation.selection_set.node, fragments)
}

fn within(set: &SelectionSet, fragments: &HashMap<Name, Positioned<FragmentDefinition>>) -> bool {
    let mut below = Vec::new();
    flatten(set, fragments, &mut below);
    let mut keys = HashSet::new();
    below.iter().any(|(key, _)| !keys.insert(*key)) || below.into_iter().any(|(_, set)| within(set, fragments))
}

/// The keys of one object that hold objects, and what is selected of those.
fn flatten<'a>(
    set: &'a SelectionSet,
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    below: &mut Vec<(&'a Name, &'a SelectionSet)>,
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) if field.node.selection_set.node.items.is_empty() => {}
            Selection::Field(field) => below.push((&field.node.response_key().node, &field.node.selection_set.node)),
            Selection::InlineFragment(fragment) => flatten(&fragment.node.selection_set.node, fragments, below),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    flatten(&fragment.node.selection_set.node, fragments, below);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_reads_as_the_library_would_write_it() {
        let data = json!({ "a": [1, -2.5, null, true, "é \"quoted\"\n\u{1}"], "b": { "c": {}, "d": [] }, "colour": "RED" });
        let mut shown = Response::new(Value::from_json(data).unwrap());
        let read = |shown: &Response| serde_json::from_slice::<serde_json::Value>(&answer(shown).unwrap()).unwrap();
        assert_eq!(read(&shown), serde_json::to_value(&shown).unwrap());
        shown.errors.push(async_graphql::ServerError::new("no", None));
        shown.extensions.insert("cost".into(), Value::from(7));
        assert_eq!(read(&shown), serde_json::to_value(&shown).unwrap());
    }

    #[test]
    fn what_is_written_stands_as_it_is() {
        let shown = Response::new(Value::List(vec![Value::Binary(r#"{"value":"1.50"}"#.into()), Value::Null]));
        assert_eq!(answer(&shown).unwrap(), br#"{"data":[{"value":"1.50"},null]}"#);
    }

    #[test]
    fn objects_under_one_key_are_found_wherever_they_stand() {
        let merged = |document: &str| {
            let document = parse_query(document).unwrap();
            document.operations.iter().map(|(_, operation)| merges(&operation.node, &document.fragments)).collect::<Vec<_>>() == [true]
        };
        for apart in ["{ a { b } c: a { b } }", "{ a b a }", "{ a { b { c } } d { b { c } } }", "{ ...F a } fragment F on Q { b { c c } }"]
        {
            assert!(!merged(apart), "{apart}");
        }
        for together in [
            "{ a { b } a { c } }",
            "{ x { a { b } ... on T { a { c } } } }",
            "{ x: a { b } x: a { b } }",
            "{ a { b } ...F } fragment F on Q { a { c } }",
            "{ y { ...F ...G } } fragment F on Q { ...G } fragment G on Q { a { c } }",
        ] {
            assert!(merged(together), "{together}");
        }
    }
}
