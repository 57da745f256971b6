//! The documents the frontends send: `operations.graphql`, the project's contract with them.

const DOCUMENTS: &str = include_str!("../operations.graphql");

/// Every document with its name, in order.
#[must_use]
pub fn operations() -> Vec<(&'static str, &'static str)> {
    let kinds = ["query ", "mutation ", "subscription "];
    let starts: Vec<usize> = DOCUMENTS
        .match_indices('\n')
        .map(|(at, _)| at + 1)
        .filter(|at| kinds.iter().any(|kind| DOCUMENTS[*at..].starts_with(kind)))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([DOCUMENTS.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let text = DOCUMENTS[*start..end].trim();
            let name = text.split([' ', '(', '{']).nth(1).expect("every document has a name");
            (name, text)
        })
        .collect()
}

/// The document of that name.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn operation(name: &str) -> &'static str {
    let found = operations().into_iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("operations.graphql has no {name}")).1
}
