//! The handbook's page on limits, printed from the table.

use std::fmt::Write;

use super::limits::grouped;
use super::table::TABLE;

const OPENING: &str = "# Limits

Everything that comes from outside has a limit. What is beyond one is refused as a whole, before or instead of being done: with
`extensions.code` `LIMIT` and a sentence that says what to change, or, where there is nobody to tell, by closing the connection.
Nothing is cut short in silence. An installation sets limits with `--limit NAME=N` (as often as needed) or all in one
variable, `GOLDENTHREAD_LIMITS=depth=30,aliases=100`.

Rates and numbers of connections are counted by each node for itself: behind a balancer, a client that reaches n nodes has up
to n times as many. Rates are token buckets: a minute's worth may come at once, then as the bucket fills. Behind reverse proxies set
`GOLDENTHREAD_TRUSTED_PROXIES`, or all clients are one address. An address is an IPv4 address or an IPv6 /64.

| limit | unless set | may be | counts | ends with | says |
|---|---|---|---|---|---|
";

const CLOSING: &str = "
Clients that accept `application/graphql-response+json` get these statuses; to others a well-formed request beyond a limit of its
document is answered 200, as GraphQL over HTTP says. The largest workbook is set by `GOLDENTHREAD_UPLOAD_BYTES_MAX`, and limits of
a workbook's content are in [imports.md](imports.md). Pages of connections have at most 500 rows.

## Trusted documents

With `GOLDENTHREAD_TRUSTED_DOCUMENTS` only documents known beforehand are answered. It names a folder of `.graphql` files, one
document each, or a JSON file: an object of documents by their SHA-256 in hexadecimal (GraphQL Code Generator writes one with
`hashAlgorithm: 'sha256'`), or a manifest of Apollo's `generate-persisted-query-manifest`. The service reads it once, at start, and does not start when
a document does not parse or a hash is not its document's. A client asks for a document by

- `\"documentId\": \"sha256:<hex>\"`, or the bare hash,
- `\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"<hex>\"}}`,
- or by its text, which must be the same to the byte;

by POST, by GET (`documentId=…`, `extensions=…`) or on a socket. Anything else is answered with the code
`PERSISTED_QUERY_NOT_FOUND`. Documents are held to the same limits as any other. Without the setting, a request that has a hash and
no text is answered with the code `PERSISTED_QUERY_NOT_SUPPORTED`, after which Apollo Client sends the text.

## Introspection and GraphiQL

`GOLDENTHREAD_INTROSPECTION=false` refuses documents that ask for `__schema` or `__type`, and suggests no names in errors;
`GOLDENTHREAD_GRAPHIQL=false` gives browsers no GraphiQL. Both are on unless set. What the API is stays in `schema.graphql`.
";

/// The page.
pub fn page() -> String {
    let mut page = OPENING.to_owned();
    for row in &TABLE {
        let default = grouped(row.default);
        let range = if row.least == row.most { "as it is".to_owned() } else { format!("{} – {}", grouped(row.least), grouped(row.most)) };
        let says = row.says.replace("{n}", &default);
        // Writing to a string cannot fail.
        let _ = writeln!(page, "| `{}` | {default} | {range} | {} | {} | {says} |", row.name, row.counts, row.ends);
    }
    page + CLOSING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handbook_says_what_the_table_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/limits.md");
        if std::env::var_os("GOLDENTHREAD_UPDATE_LIMITS").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        let kept = std::fs::read_to_string(path).unwrap_or_default();
        assert!(kept == page(), "docs/limits.md is out of date: run this test once with GOLDENTHREAD_UPDATE_LIMITS=1");
    }
}
