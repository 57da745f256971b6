//! What a document may cost before it is even validated.
//!
//! Validation visits a fragment as often as it is spread, so fragments that spread each other twice double the work
//! with every level. Here each fragment's size is worked out once, and a document whose expansion would be too
//! large is refused.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql::{ErrorExtensionValues, Name, Request, ServerError, Value as ConstValue};

/// Fields of a document once all fragments are written out. GraphiQL's introspection has under 200.
const SELECTIONS_MAX: u64 = 5_000;
/// Fields may be nested this deep: GraphiQL's introspection needs 15.
pub const DEPTH_MAX: usize = 20;
/// Fields of the answer, lists counted by the page or span asked for. The contract's scorecard of 500 indicators with 12
/// periods each is under 250,000.
pub const COMPLEXITY_MAX: usize = 400_000;
/// Directives of one field.
pub const DIRECTIVES_MAX: usize = 5;

/// Refuses a document that is too large. A document that does not parse is left for the schema to answer.
pub fn check(request: &mut Request) -> Result<(), Box<ServerError>> {
    if holds_nul(request) {
        let mut refusal = ServerError::new("A text holds the character U+0000: leave it out.", None);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", "BAD_USER_INPUT");
        refusal.extensions = Some(extensions);
        return Err(Box::new(refusal));
    }
    let Ok(document) = request.parsed_query() else { return Ok(()) };
    let mut sizes = Sizes { document, known: HashMap::new() };
    let total =
        document.operations.iter().fold(0_u64, |sum, (_, operation)| sum.saturating_add(sizes.of(&operation.node.selection_set.node, 0)));
    if total <= SELECTIONS_MAX {
        return Ok(());
    }
    let mut refusal = ServerError::new(format!("The document asks for more than {SELECTIONS_MAX} fields: ask in smaller parts."), None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", "LIMIT");
    refusal.extensions = Some(extensions);
    Err(Box::new(refusal))
}

/// What the client calls the operation it asks for; none when it has no name, or the document does not parse.
pub fn operation(request: &mut Request) -> Option<String> {
    if request.operation_name.is_some() {
        return request.operation_name.clone();
    }
    let document = request.parsed_query().ok()?;
    document.operations.iter().next().and_then(|(name, _)| name.map(ToString::to_string))
}

/// Whether the operation asked for is to be watched rather than answered once.
pub fn is_subscription(request: &mut Request) -> bool {
    let name = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else { return false };
    let mut operations = document.operations.iter();
    let asked = match &name {
        Some(name) => operations.find(|(known, _)| known.is_some_and(|known| known.as_str() == name)),
        None => operations.next(),
    };
    asked.is_some_and(|(_, operation)| operation.node.ty == OperationType::Subscription)
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

struct Sizes<'a> {
    document: &'a ExecutableDocument,
    known: HashMap<&'a Name, u64>,
}

impl<'a> Sizes<'a> {
    fn of(&mut self, set: &'a SelectionSet, depth: usize) -> u64 {
        // Deeper than anything the schema takes: validation will say so.
        if depth > 64 {
            return SELECTIONS_MAX + 1;
        }
        set.items.iter().fold(0_u64, |sum, item| {
            let size = match &item.node {
                Selection::Field(field) => 1_u64.saturating_add(self.of(&field.node.selection_set.node, depth + 1)),
                Selection::InlineFragment(fragment) => 1_u64.saturating_add(self.of(&fragment.node.selection_set.node, depth + 1)),
                // A spread is work for validation whatever it expands to, and even when there is no such fragment.
                Selection::FragmentSpread(spread) => 1_u64.saturating_add(self.fragment(&spread.node.fragment_name.node, depth + 1)),
            };
            sum.saturating_add(size)
        })
    }

    fn fragment(&mut self, name: &'a Name, depth: usize) -> u64 {
        if let Some(size) = self.known.get(name) {
            return *size;
        }
        let Some(fragment) = self.document.fragments.get(name) else { return 0 };
        // While it is being counted it counts nothing: validation refuses fragments that spread themselves.
        self.known.insert(name, 0);
        let size = self.of(&fragment.node.selection_set.node, depth);
        self.known.insert(name, size);
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_that_spread_each_other_twice_are_refused_at_once() {
        let mut query = String::from("{ ...F0 }");
        for level in 0..30 {
            query += &format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}", next = level + 1);
        }
        assert!(check(&mut Request::new(query.clone())).is_err(), "the last spread names no fragment");
        query += " fragment F30 on Query { __typename }";
        assert!(check(&mut Request::new(query)).is_err());
    }

    #[test]
    fn a_fragment_that_spreads_itself_is_left_to_validation() {
        assert!(check(&mut Request::new("{ ...A } fragment A on Query { ...A }")).is_ok());
    }
}
