//! What a document may cost before it is even validated.
//!
//! Validation visits a fragment as often as it is spread, so fragments that spread each other twice double the work
//! with every level. Here each fragment's size is worked out once, and a document whose expansion would be too
//! large is refused.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{Name, Request, ServerError, Value as ConstValue};

use super::tokens;
use crate::bounds::{Limit, Limits};
use crate::error::{Error, Result};

/// Refuses a request that is too large. A document that does not parse is left for the schema to answer.
pub fn check(request: &mut Request, limits: &Limits, introspection: bool) -> Result<(), Box<ServerError>> {
    found_wrong(request, limits, introspection)
        .map_err(|error| Box::new(async_graphql::Error::from(error).into_server_error(Default::default())))
}

fn found_wrong(request: &mut Request, limits: &Limits, introspection: bool) -> Result<()> {
    if values(request) > limits.get(Limit::Values) {
        return Err(limits.refusal(Limit::Values));
    }
    if holds_nul(request) {
        return Err(Error::bad_input("A text holds the character U+0000: leave it out."));
    }
    tokens::check(&request.query, limits).map_err(|limit| limits.refusal(limit))?;
    let Ok(document) = request.parsed_query() else { return Ok(()) };
    let mut sizes = Sizes { document, limits, known: HashMap::new() };
    let mut whole = Size::default();
    for (_, operation) in document.operations.iter() {
        whole.add(sizes.of(&operation.node.selection_set.node, 0)?);
    }
    let counts = [
        (Limit::Fields, whole.fields),
        (Limit::Aliases, whole.aliases),
        (Limit::Depth, whole.depth),
        (Limit::Introspections, whole.introspections),
    ];
    for (limit, counted) in counts {
        if counted > limits.get(limit) {
            return Err(limits.refusal(limit));
        }
    }
    if whole.introspections > 0 && !introspection {
        return Err(Error::bad_input("This installation does not describe itself here: its schema is in `schema.graphql`."));
    }
    Ok(())
}

/// What the client calls the operation it asks for; none when it has no name, or the document does not parse.
pub fn operation(request: &mut Request) -> Option<String> {
    if request.operation_name.is_some() {
        return request.operation_name.clone();
    }
    let document = request.parsed_query().ok()?;
    document.operations.iter().next().and_then(|(name, _)| name.map(ToString::to_string))
}

/// What kind of operation is asked for; none when there is no such operation.
pub fn kind(request: &mut Request) -> Option<OperationType> {
    let name = request.operation_name.clone();
    chosen(request.parsed_query().ok()?, name.as_deref()).map(|operation| operation.ty)
}

/// The operation of a document that has this name, or the only one; none when there is no such operation.
pub fn chosen<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let asked = match name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name)),
        None => operations.next(),
    };
    asked.map(|(_, operation)| &operation.node)
}

/// Whether the operation asked for is to be watched rather than answered once.
pub fn is_subscription(request: &mut Request) -> bool {
    kind(request) == Some(OperationType::Subscription)
}

/// How many values a request's variables hold.
fn values(request: &Request) -> u64 {
    fn within(value: &ConstValue) -> u64 {
        1 + match value {
            ConstValue::List(list) => list.iter().map(within).sum(),
            ConstValue::Object(fields) => fields.values().map(within).sum(),
            _ => 0,
        }
    }
    request.variables.values().map(within).sum()
}

/// Whether a text somewhere in a request holds U+0000, which PostgreSQL can keep nowhere.
fn holds_nul(request: &Request) -> bool {
    fn within(value: &ConstValue) -> bool {
        match value {
            ConstValue::String(text) => text.contains('\0'),
            ConstValue::List(list) => list.iter().any(within),
            ConstValue::Object(fields) => fields.values().any(within),
            _ => false,
        }
    }
    // In a document the character is written out or escaped.
    let escaped = || request.query.match_indices("\\u").any(|(at, _)| request.query[at + 2..].starts_with("0000"));
    request.query.contains('\0') || escaped() || request.variables.values().any(within)
}

/// What a selection comes to, its fragments written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    fields: u64,
    aliases: u64,
    depth: u64,
    /// How often the schema itself is asked for.
    introspections: u64,
    /// How deep lists of a type's parts stand in one another.
    lists: u64,
}

/// What leads from a type to further ones: each inside another multiplies the answer by a whole schema.
const LISTS: [&str; 4] = ["fields", "interfaces", "possibleTypes", "inputFields"];

impl Size {
    fn add(&mut self, other: Self) {
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.depth = self.depth.max(other.depth);
        self.introspections = self.introspections.saturating_add(other.introspections);
        self.lists = self.lists.max(other.lists);
    }
}

struct Sizes<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    known: HashMap<&'a Name, Size>,
}

impl<'a> Sizes<'a> {
    fn of(&mut self, set: &'a SelectionSet, nested: u64) -> Result<Size> {
        // Fragments that name one another in a long row nest as deep as there are fragments.
        if nested > self.limits.get(Limit::Nesting) {
            return Err(self.limits.refusal(Limit::Nesting));
        }
        let mut size = Size::default();
        for item in &set.items {
            let one = match &item.node {
                Selection::Field(field) => self.field(&field.node, nested)?,
                Selection::InlineFragment(fragment) => self.of(&fragment.node.selection_set.node, nested + 1)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node, nested + 1)?,
            };
            size.add(one);
            // A spread is work for validation whatever it expands to, and even when there is no such fragment.
            size.fields = size.fields.saturating_add(1);
        }
        Ok(size)
    }

    fn field(&mut self, field: &'a Field, nested: u64) -> Result<Size> {
        if field.directives.len() > self.limits.count(Limit::DirectivesOfField) {
            return Err(self.limits.refusal(Limit::DirectivesOfField));
        }
        let name = field.name.node.as_str();
        let mut size = self.of(&field.selection_set.node, nested + 1)?;
        size.lists = size.lists.saturating_add(u64::from(LISTS.contains(&name)));
        if matches!(name, "__schema" | "__type") {
            size.introspections = size.introspections.saturating_add(1);
            if size.lists > self.limits.get(Limit::IntrospectionLists) {
                return Err(self.limits.refusal(Limit::IntrospectionLists));
            }
        }
        size.aliases = size.aliases.saturating_add(u64::from(field.alias.is_some()));
        size.depth = size.depth.saturating_add(1);
        Ok(size)
    }

    fn fragment(&mut self, name: &'a Name, nested: u64) -> Result<Size> {
        if let Some(size) = self.known.get(name) {
            return Ok(*size);
        }
        let Some(fragment) = self.document.fragments.get(name) else { return Ok(Size::default()) };
        // While it is being counted it counts nothing: validation refuses fragments that spread themselves.
        self.known.insert(name, Size::default());
        let size = self.of(&fragment.node.selection_set.node, nested)?;
        self.known.insert(name, size);
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> Option<String> {
        check(&mut Request::new(query), &Limits::default(), true).err().map(|refusal| refusal.message)
    }

    #[test]
    fn fragments_that_spread_each_other_twice_are_refused_at_once() {
        let mut query = String::from("{ ...F0 }");
        for level in 0..30 {
            query += &format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}", next = level + 1);
        }
        let why = "The document asks for more than 5,000 fields: ask in smaller parts.";
        assert_eq!(refused(&query).as_deref(), Some(why), "the last spread names no fragment");
        query += " fragment F30 on Query { __typename }";
        assert_eq!(refused(&query).as_deref(), Some(why));
    }

    #[test]
    fn a_fragment_that_spreads_itself_is_left_to_validation() {
        assert_eq!(refused("{ ...A } fragment A on Query { ...A }"), None);
    }

    #[test]
    fn aliases_depth_and_directives_count_through_fragments() {
        let aliases: String = (0..250).map(|n| format!(" a{n}: __typename")).collect();
        assert_eq!(refused(&format!("{{ ...F ...F }} fragment F on Query {{ {aliases} }}")), None);
        let why = refused(&format!("{{ ...F ...F ...F }} fragment F on Query {{ {aliases} }}")).unwrap();
        assert!(why.starts_with("A document gives 500 fields another name at most"), "{why}");
        let nest = |n: usize, inside: &str| "{ a ".repeat(n) + inside + &" }".repeat(n);
        assert_eq!(refused(&(nest(10, "{ ...F }") + " fragment F on T " + &nest(10, ""))), None);
        let why = refused(&(nest(10, "{ ...F }") + " fragment F on T " + &nest(11, ""))).unwrap();
        assert!(why.starts_with("Fields stand 20 deep in one another at most"), "{why}");
        let why = refused("{ a @b @b @b @b @b @b }").unwrap();
        assert_eq!(why, "A field has 5 directives at most.");
    }

    #[test]
    fn a_row_of_fragments_longer_than_brackets_may_nest_is_refused() {
        let row: String = (0..1_000).map(|n| format!(" fragment F{n} on Query {{ ...F{} }}", n + 1)).collect();
        let why = refused(&format!("{{ ...F0 }} {row}")).unwrap();
        assert!(why.starts_with("Brackets stand 64 deep"), "{why}");
    }

    #[test]
    fn variables_are_counted_inside_lists_and_objects() {
        let sent = |n: usize| {
            let list = serde_json::json!({ "a": [{ "b": vec![0; n] }] });
            Request::new("{ a }").variables(async_graphql::Variables::from_json(list))
        };
        assert_eq!(values(&sent(5)), 8);
        let why = check(&mut sent(100_000), &Limits::default(), true).unwrap_err();
        assert_eq!(why.message, "Variables hold 100,000 values at most: send them in parts.");
    }

    #[test]
    fn the_schema_is_asked_for_a_few_times_and_not_inside_itself() {
        let standard = "{ __schema { types { ...T } } } fragment T on __Type { fields { args { type { ofType { ofType { name } } } } } \
            interfaces { name } possibleTypes { name } inputFields { name } }";
        assert_eq!(refused(standard), None);
        let inside = "{ __schema { types { ...T } } } fragment T on __Type { fields { type { ...U } } } \
            fragment U on __Type { possibleTypes { name } }";
        let why = refused(inside).unwrap();
        assert!(why.starts_with("Below `__schema`, fields and types are listed 1 deep"), "{why}");
        let times = |n: usize| format!("{{ {} }}", (0..n).map(|n| format!("a{n}: __schema {{ types {{ name }} }} ")).collect::<String>());
        assert_eq!(refused(&times(5)), None);
        assert_eq!(refused(&times(6)).as_deref(), Some("A document asks for the schema 5 times at most."));
        // A field of the product's may have the name of a schema's.
        assert_eq!(refused("{ a { fields { b { fields { c { fields { d } } } } } } }"), None);
    }

    #[test]
    fn an_installation_may_keep_its_schema_to_itself() {
        for query in ["{ __schema { types { name } } }", "{ ...F } fragment F on Query { t: __type(name: \"Query\") { name } }"] {
            assert!(check(&mut Request::new(query), &Limits::default(), true).is_ok(), "{query}");
            assert!(check(&mut Request::new(query), &Limits::default(), false).is_err(), "{query}");
        }
        assert!(check(&mut Request::new("{ __typename }"), &Limits::default(), false).is_ok());
    }
}
