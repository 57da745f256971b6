//! Pages: keyset connections by the Relay server specification, over rows that are already in order.

use async_graphql::SimpleObject;
use base64_lite::{decode, encode};

use crate::error::{Error, Result};

/// The most rows a page may have.
pub const PAGE_MAX: usize = 500;
/// The rows of a page when nobody said.
pub const PAGE_DEFAULT: usize = 50;

/// What a list without pages counts as, for the schema's limit: what stands below one element, and the tops of all trees. Such
/// lists lead to one another, so a document that follows them far is refused by what it could come to.
pub const FEW: usize = 5;
pub const MANY: usize = 30;

/// Where a page stands in the whole.
#[derive(Debug, Clone, SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow this page.
    pub has_next_page: bool,
    /// Whether rows come before this page.
    pub has_previous_page: bool,
    /// Cursor of the first row.
    pub start_cursor: Option<String>,
    /// Cursor of the last row: give it as `after` for the next page.
    pub end_cursor: Option<String>,
}

/// What a page may cost, for the schema's limit: its rows, as many as are asked for.
pub fn cost(first: Option<i32>, row: usize) -> usize {
    let rows = first.map_or(PAGE_DEFAULT, |first| usize::try_from(first).unwrap_or_default().min(PAGE_MAX));
    rows.saturating_mul(row).saturating_add(1)
}

/// What a client asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    pub first: usize,
    pub after: Option<String>,
}

impl Ask {
    /// Checks the arguments of a connection. A page over the maximum is refused, never cut short in silence.
    pub fn new(first: Option<i32>, after: Option<&str>) -> Result<Self> {
        let first = match first {
            None => PAGE_DEFAULT,
            Some(n) => usize::try_from(n).map_err(|_| Error::bad_input("`first` must not be negative."))?,
        };
        if first > PAGE_MAX {
            return Err(Error::limit(format!(
                "A page holds {PAGE_MAX} rows at most; ask for `first: {PAGE_MAX}` and continue with `after`."
            )));
        }
        let after =
            after.map(|cursor| decode(cursor).ok_or_else(|| Error::bad_input("`after` is not a cursor of this service."))).transpose()?;
        Ok(Self { first, after })
    }
}

/// The opaque form of a row's key.
pub fn cursor(key: &str) -> String {
    encode(key)
}

/// Cuts a page out of keys in order: the range of rows on the page, and where it stands.
pub fn cut<T>(rows: &[T], ask: &Ask, key: impl Fn(&T) -> String) -> (std::ops::Range<usize>, PageInfo) {
    let start = match &ask.after {
        None => 0,
        Some(after) => rows.iter().position(|row| key(row) == *after).map_or(rows.len(), |at| at + 1),
    };
    let end = rows.len().min(start.saturating_add(ask.first));
    let page = &rows[start..end];
    let info = PageInfo {
        has_next_page: end < rows.len(),
        has_previous_page: start > 0,
        start_cursor: page.first().map(|row| cursor(&key(row))),
        end_cursor: page.last().map(|row| cursor(&key(row))),
    };
    (start..end, info)
}

/// Hexadecimal is all an opaque cursor needs.
mod base64_lite {
    pub fn encode(key: &str) -> String {
        crate::files::hex(key.as_bytes())
    }

    pub fn decode(cursor: &str) -> Option<String> {
        if cursor.len() > 512 || !cursor.is_ascii() || !cursor.len().is_multiple_of(2) {
            return None;
        }
        let bytes = (0..cursor.len()).step_by(2).map(|at| u8::from_str_radix(&cursor[at..at + 2], 16).ok()).collect::<Option<Vec<_>>>()?;
        String::from_utf8(bytes).ok()
    }
}

/// Declares a connection and its edge for one type of node.
#[macro_export]
macro_rules! connection {
    ($(#[$meta:meta])* $connection:ident, $edge:ident, $node:ty) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $connection {
            /// The rows of this page.
            pub nodes: Vec<$node>,
            /// The rows of this page, each with its cursor.
            pub edges: Vec<$edge>,
            /// Where this page stands in the whole.
            pub page_info: $crate::graphql::page::PageInfo,
            /// How many rows there are in all. Counted only when asked for.
            pub total_count: i32,
        }

        /// A row and its cursor.
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Give it as `after` to continue behind this row.
            pub cursor: String,
            /// The row.
            pub node: $node,
        }

        impl $connection {
            /// Cuts a page out of rows in order; `key` must tell rows apart.
            pub fn of<T>(
                rows: &[T],
                ask: &$crate::graphql::page::Ask,
                key: impl Fn(&T) -> String,
                node: impl Fn(&T) -> $node,
            ) -> Self {
                let (range, page_info) = $crate::graphql::page::cut(rows, ask, &key);
                let page = rows[range].iter().map(|row| (key(row), node(row))).collect();
                Self::dress(page, page_info, rows.len())
            }

            /// Dresses rows a statement fetched behind the cursor, one more than the page holds if there are more.
            pub fn fetched<T>(
                mut rows: Vec<T>,
                ask: &$crate::graphql::page::Ask,
                total: usize,
                key: impl Fn(&T) -> String,
                node: impl Fn(&T) -> $node,
            ) -> Self {
                let has_next_page = rows.len() > ask.first;
                rows.truncate(ask.first);
                let page: Vec<(String, $node)> = rows.iter().map(|row| (key(row), node(row))).collect();
                let page_info = $crate::graphql::page::PageInfo {
                    has_next_page,
                    has_previous_page: ask.after.is_some(),
                    start_cursor: page.first().map(|(key, _)| $crate::graphql::page::cursor(key)),
                    end_cursor: page.last().map(|(key, _)| $crate::graphql::page::cursor(key)),
                };
                Self::dress(page, page_info, total)
            }

            fn dress(page: Vec<(String, $node)>, page_info: $crate::graphql::page::PageInfo, total: usize) -> Self {
                Self {
                    nodes: page.iter().map(|(_, node)| node.clone()).collect(),
                    edges: page.into_iter().map(|(key, node)| $edge { cursor: $crate::graphql::page::cursor(&key), node }).collect(),
                    page_info,
                    total_count: i32::try_from(total).unwrap_or(i32::MAX),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_without_gap_or_overlap() {
        let rows: Vec<u32> = (0..7).collect();
        let (first, info) = cut(&rows, &Ask::new(Some(3), None).unwrap(), ToString::to_string);
        assert_eq!((first, info.has_next_page, info.has_previous_page), (0..3, true, false));
        let (second, info) = cut(&rows, &Ask::new(Some(4), info.end_cursor.as_deref()).unwrap(), ToString::to_string);
        assert_eq!((second, info.has_next_page, info.has_previous_page), (3..7, false, true));
    }

    #[test]
    fn a_page_over_the_maximum_or_a_made_up_cursor_is_refused() {
        assert_eq!(Ask::new(Some(501), None).unwrap_err().code.text(), "LIMIT");
        assert_eq!(Ask::new(Some(-1), None).unwrap_err().code.text(), "BAD_USER_INPUT");
        assert_eq!(Ask::new(None, Some("zz")).unwrap_err().code.text(), "BAD_USER_INPUT");
    }
}
