//! Which questions may be answered from what is kept.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{
    ExecutableDocument, FieldDefinition, OperationType, Selection, SelectionSet, ServiceDocument, TypeKind, TypeSystemDefinition,
};

use crate::graphql::limits;

/// The fields whose answers depend on a council's rows, the day and the rights of whoever asks, and on nothing else: not on who
/// they are, not on the hour, and not on what is written outside a [`crate::db::Change`] (how far jobs and imports are, reminders on
/// their way, when a token was used). `*` is every field of the type. What is not named here is not kept.
const KEPT: &[(&str, &[&str])] = &[
    ("Query", &["council"]),
    ("Council", &["id", "code", "name", "element", "framework", "frameworks", "indicator", "viewerCan"]),
    (
        "Framework",
        &[
            "id",
            "title",
            "edition",
            "state",
            "standsFrom",
            "standsUntil",
            "adoptedOn",
            "adoptedBy",
            "minuteReference",
            "note",
            "elements",
            "indicators",
            "summary",
        ],
    ),
    ("Summary", ALL),
    ("StatusCounts", ALL),
    ("IndicatorConnection", ALL),
    ("IndicatorEdge", ALL),
    ("PageInfo", ALL),
    (
        "Indicator",
        &[
            "id",
            "code",
            "title",
            "definition",
            "rationale",
            "calculation",
            "numerator",
            "denominator",
            "source",
            "unit",
            "decimalPlaces",
            "polarity",
            "purpose",
            "dimension",
            "frequency",
            "yearBasis",
            "aggregation",
            "lifecycle",
            "critical",
            "headline",
            "sensitive",
            "unitCost",
            "versionNumber",
            "portfolioHolder",
            "responsible",
            "owner",
            "outcomes",
            "context",
            "baseline",
            "series",
            "targets",
            "viewerCan",
        ],
    ),
    (
        "Element",
        &[
            "children",
            "code",
            "contributors",
            "description",
            "id",
            "kind",
            "label",
            "level",
            "mappedTo",
            "mode",
            "owner",
            "parent",
            "path",
            "title",
            "viewerCan",
        ],
    ),
    ("Contributor", ALL),
    ("ElementLink", ALL),
    ("IndicatorLink", ALL),
    ("Baseline", ALL),
    ("IndicatorTargetConnection", ALL),
    ("IndicatorTargetEdge", ALL),
    (
        "IndicatorTarget",
        &["aimed", "approvedBy", "before", "decision", "effectiveFrom", "evidence", "period", "recordedAt", "recordedBy", "supersededAt"],
    ),
    ("TargetFigures", ALL),
    ("SeriesPoint", ALL),
    ("Status", ALL),
    ("YearEnd", ALL),
    ("YearToDate", ALL),
    ("Travel", ALL),
    ("RemedialAction", ALL),
];
const ALL: &[&str] = &["*"];
/// How deep what is selected may stand in itself.
const NESTED_MAX: usize = 60;

/// For each type whose fields may be kept, those fields and the types they answer.
#[derive(Default)]
pub struct Keepable(HashMap<String, HashMap<String, String>>);

impl Keepable {
    /// From the schema.
    pub fn of(schema: &ServiceDocument) -> Self {
        let types = schema.definitions.iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(of) => match &of.node.kind {
                TypeKind::Object(object) => Some((of.node.name.node.as_str(), &object.fields)),
                TypeKind::Interface(interface) => Some((of.node.name.node.as_str(), &interface.fields)),
                _ => None,
            },
            _ => None,
        });
        let fields = |names: &[&str], all: &[Positioned<FieldDefinition>]| {
            let kept = all.iter().filter(|field| names == ALL || names.contains(&field.node.name.node.as_str()));
            kept.map(|field| (field.node.name.node.to_string(), base(&field.node.ty.node).to_owned())).collect()
        };
        let kept = types.filter_map(|(name, all)| {
            let (_, names) = KEPT.iter().find(|(kept, _)| *kept == name)?;
            Some((name.to_owned(), fields(names, all)))
        });
        Self(kept.collect())
    }

    /// Whether the answer to an operation may be kept. Only for a document whose size was checked (`graphql::limits`).
    pub fn holds(&self, document: &ExecutableDocument, operation: Option<&str>) -> bool {
        limits::chosen(document, operation)
            .is_some_and(|asked| asked.ty == OperationType::Query && self.all(document, "Query", &asked.selection_set.node, 0))
    }

    fn all(&self, document: &ExecutableDocument, of: &str, set: &SelectionSet, nested: usize) -> bool {
        // Fragments that spread themselves are refused by validation, which comes later.
        nested <= NESTED_MAX
            && set.items.iter().all(|item| match &item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.as_str();
                    let answers = self.0.get(of).and_then(|fields| fields.get(name));
                    let below = &field.node.selection_set.node;
                    name == "__typename"
                        || answers.is_some_and(|answers| below.items.is_empty() || self.all(document, answers, below, nested + 1))
                }
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref();
                    let on = on.map_or(of, |on| on.node.on.node.as_str());
                    self.all(document, on, &inline.node.selection_set.node, nested + 1)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    fragment.is_some_and(|fragment| {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.all(document, on, &fragment.node.selection_set.node, nested + 1)
                    })
                }
            })
    }
}

/// The name of a type without its lists.
fn base(of: &async_graphql::parser::types::Type) -> &str {
    match &of.base {
        async_graphql::parser::types::BaseType::Named(name) => name.as_str(),
        async_graphql::parser::types::BaseType::List(inside) => base(inside),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{parse_query, parse_schema};

    use super::*;

    fn holds(document: &str, operation: Option<&str>) -> bool {
        let schema = parse_schema(crate::graphql::schema::sdl()).expect("our schema");
        Keepable::of(&schema).holds(&parse_query(document).expect("a document"), operation)
    }

    #[test]
    fn every_name_is_one_of_the_schema() {
        let schema = parse_schema(crate::graphql::schema::sdl()).expect("our schema");
        let kept = Keepable::of(&schema);
        for (of, names) in KEPT {
            let fields = kept.0.get(*of).unwrap_or_else(|| panic!("there is no type {of}"));
            assert!(*names == ALL || names.iter().all(|name| fields.contains_key(*name)), "{of}: {names:?}");
        }
        // Where all of a type is kept, so is all it leads to.
        let leads = |of: &str| kept.0[of].values().filter(|to| schema_object(&schema, to)).cloned().collect::<Vec<_>>();
        for (of, _) in KEPT.iter().filter(|(_, names)| *names == ALL) {
            for to in leads(of) {
                assert!(kept.0.contains_key(&to), "{of} leads to {to}");
            }
        }
    }

    fn schema_object(schema: &ServiceDocument, name: &str) -> bool {
        schema.definitions.iter().any(|definition| {
            matches!(definition, TypeSystemDefinition::Type(of) if of.node.name.node == name && matches!(of.node.kind, TypeKind::Object(_)))
        })
    }

    /// A field that is added to a type of which all is kept is looked at before it is kept too.
    #[test]
    fn the_fields_that_are_kept_are_those_that_were_looked_at() {
        let schema = parse_schema(crate::graphql::schema::sdl()).expect("our schema");
        let kept = Keepable::of(&schema);
        let of_all = KEPT.iter().filter(|(_, names)| *names == ALL).map(|(of, _)| {
            let mut fields: Vec<&str> = kept.0[*of].keys().map(String::as_str).collect();
            fields.sort_unstable();
            format!("{of}: {}", fields.join(" "))
        });
        let now: Vec<String> = of_all.collect();
        assert_eq!(now.join("\n"), include_str!("looked_at.txt").trim_end(), "does each new field depend on nothing else?");
    }

    #[test]
    fn figures_are_kept_and_what_else_moves_is_not() {
        let council = |inside: &str| format!("query A {{ council(code: \"c\") {{ {inside} }} }}");
        let spread =
            |inside: &str| format!("query A {{ council(code: \"c\") {{ framework {{ ...F }} }} }} fragment F on Framework {{ {inside} }}");
        for kept in [
            council(
                "framework { indicators(first: 5) { nodes { code series(until: \"2023/24\", last: 2) { value status { colour } } } } }",
            ),
            council("element(code: \"S1\") { ... on Element { children { title } } }"),
            spread("__typename summary(period: \"2023-04\") { current { green } }"),
        ] {
            assert!(holds(&kept, None), "{kept}");
        }
        assert!(!holds(&spread("viewerCan"), None));
        assert!(!holds(&spread("title ...F"), None), "a fragment that spreads itself");
        for moving in [
            "imports { nodes { state } }",
            "framework { title } packs { nodes { id } }",
            "indicator(code: \"I1\") { lock(period: \"2023-04\") { code } }",
            "framework { ...Missing }",
            "... on Node { id }",
        ] {
            assert!(!holds(&council(moving), None), "{moving}");
        }
        for other in
            ["mutation { packBuild(input: {}) { userErrors { code } } }", "{ viewer { email } }", "{ __schema { types { name } } }"]
        {
            assert!(!holds(other, None), "{other}");
        }
        let two = "query A { viewer { email } } query B { council(code: \"c\") { name } }";
        assert!(!holds(two, Some("A")) && holds(two, Some("B")) && !holds(two, Some("C")));
    }
}
