//! Answers in the order they were asked for.
//!
//! The specification has an answer's fields stand as they do in the document ("Serialized Map Ordering", "Field Collection");
//! async-graphql puts them in the order in which they were found out. A key stands where the document has it first, be it in a
//! fragment on another type, or skipped there.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Name, Positioned, Request, Value};

use super::limits;
use crate::bounds::{Limit, Limits};

/// The keys of an object in an answer, in order, and below each those of the objects there. What is selected of several types
/// counts together: an object has the keys of its own.
#[derive(Debug, Default)]
pub struct Order(IndexMap<Name, Order>);

/// How much a document that was checked holds at most (`graphql::limits`).
struct Room<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    items: u64,
    nesting: u64,
}

impl Order {
    /// The order of the operation a request asks for; none at all for a document that validation will refuse, as a fragment that
    /// spreads itself is endless.
    pub fn of(request: &mut Request, limits: &Limits) -> Self {
        let mut order = Self::default();
        let name = request.operation_name.clone();
        if let Ok(document) = request.parsed_query()
            && let Some(operation) = limits::chosen(document, name.as_deref())
        {
            let mut room = Room { fragments: &document.fragments, items: limits.get(Limit::Fields), nesting: limits.get(Limit::Nesting) };
            if order.add(&operation.selection_set.node, &mut room, 0).is_none() {
                return Self::default();
            }
        }
        order
    }

    /// None where there is more than a checked document has.
    fn add(&mut self, set: &SelectionSet, room: &mut Room<'_>, nested: u64) -> Option<()> {
        if nested > room.nesting {
            return None;
        }
        for item in &set.items {
            room.items = room.items.checked_sub(1)?;
            match &item.node {
                Selection::Field(field) => {
                    let below = self.0.entry(field.node.response_key().node.clone()).or_default();
                    below.add(&field.node.selection_set.node, room, nested + 1)?;
                }
                Selection::InlineFragment(fragment) => self.add(&fragment.node.selection_set.node, room, nested + 1)?,
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = room.fragments.get(&spread.node.fragment_name.node) {
                        self.add(&fragment.node.selection_set.node, room, nested + 1)?;
                    }
                }
            }
        }
        Some(())
    }

    /// Puts an answer in this order.
    pub fn put(&self, answer: &mut Value) {
        match answer {
            Value::Object(fields) => self.put_object(fields),
            Value::List(list) => list.iter_mut().for_each(|one| self.put(one)),
            _ => {}
        }
    }

    fn put_object(&self, fields: &mut IndexMap<Name, Value>) {
        if !self.is_kept(fields) {
            let mut ordered = IndexMap::with_capacity(fields.len());
            for key in self.0.keys() {
                ordered.extend(fields.swap_remove_entry(key));
            }
            // An object inside a scalar is none of the document's.
            ordered.append(fields);
            *fields = ordered;
        }
        for (key, value) in fields.iter_mut().filter(|(_, value)| matches!(value, Value::Object(_) | Value::List(_))) {
            if let Some(below) = self.0.get(key) {
                below.put(value);
            }
        }
    }

    /// Whether an object's keys stand in this order.
    fn is_kept(&self, fields: &IndexMap<Name, Value>) -> bool {
        let mut keys = self.0.keys();
        fields.keys().all(|key| keys.any(|known| known == key))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn put(document: &str, answer: serde_json::Value) -> String {
        let mut answer = Value::from_json(answer).unwrap();
        Order::of(&mut Request::new(document), &Limits::default()).put(&mut answer);
        serde_json::to_string(&answer).unwrap()
    }

    #[test]
    fn fields_stand_as_in_the_document() {
        let document = "{ b { y x ...F } ... on Q { a c: d @skip(if: true) } b { w } } fragment F on T { v { n m } }";
        let answer = json!({ "a": 1, "b": [{ "w": 5, "x": 2, "v": { "m": 4, "n": 3 }, "y": 1 }, null, { "y": 1, "x": 2 }] });
        assert_eq!(put(document, answer), r#"{"b":[{"y":1,"x":2,"v":{"n":3,"m":4},"w":5},null,{"y":1,"x":2}],"a":1}"#);
    }

    #[test]
    fn nothing_of_an_answer_is_lost_that_the_document_does_not_name() {
        assert_eq!(
            put("{ scalar b }", json!({ "b": 1, "scalar": { "z": 1, "a": 2 }, "more": 3 })),
            r#"{"scalar":{"a":2,"z":1},"b":1,"more":3}"#
        );
        assert_eq!(put("{ not a document", json!({ "b": 1 })), r#"{"b":1}"#);
    }

    #[test]
    fn fragments_without_end_have_no_order() {
        let mut document = String::from("{ b a ...F0 }");
        for n in 0..12 {
            let others: String = (0..12).map(|other| format!(" ...F{other}")).collect();
            document += &format!(" fragment F{n} on Query {{ {others} }}");
        }
        assert_eq!(put(&document, json!({ "a": 1, "b": 2 })), r#"{"a":1,"b":2}"#);
        assert_eq!(put("{ b a ...F } fragment F on Query { ...F }", json!({ "a": 1, "b": 2 })), r#"{"a":1,"b":2}"#);
    }
}
