//! Which media type a client wants its answer in, and whether packed.

use axum::http::{HeaderMap, HeaderName, header};

/// What answers are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/json`: a document that cannot be executed is answered 200.
    Json,
    /// `application/graphql-response+json`: the status says what happened.
    GraphqlResponse,
}

/// The header as it is sent. Both types are UTF-8.
impl Media {
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    const fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
        }
    }
}

/// Ranges beyond these are not looked at.
const RANGES_MAX: usize = 64;

/// How good a media type is to a client, from 0, not at all, to 1000, and how exactly it is named: by itself, by its kind, or as
/// anything at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wish {
    exactness: u8,
    quality: u16,
}

/// The type a client wants; none when it wants neither.
///
/// The newer one is for who names it and wants nothing more; `*/*` and silence are for the older, as clients that say
/// so were written when there was no other.
pub fn wanted(headers: &HeaderMap) -> Option<Media> {
    let Some(ranges) = ranges(headers, &header::ACCEPT) else { return Some(Media::Json) };
    let (newer, older) = (wish(&ranges, Media::GraphqlResponse.essence()), wish(&ranges, Media::Json.essence()));
    let named = newer.filter(|wish| wish.exactness == 2 && wish.quality > 0);
    let older = older.filter(|wish| wish.quality > 0);
    match (named, older) {
        (Some(newer), Some(older)) if older.quality > newer.quality => Some(Media::Json),
        (Some(_), _) => Some(Media::GraphqlResponse),
        (None, Some(_)) => Some(Media::Json),
        (None, None) => None,
    }
}

/// Whether a browser asks, for a page to look at.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let Some(ranges) = ranges(headers, &header::ACCEPT) else { return false };
    wish(&ranges, "text/html").is_some_and(|wish| wish.exactness == 2 && wish.quality > 0)
}

/// Whether a client takes gzip: it has to say so.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let Some(codings) = ranges(headers, &header::ACCEPT_ENCODING) else { return false };
    let of = |name: &str| {
        codings.iter().find_map(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            (parts.next() == Some(name)).then(|| parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, quality))
        })
    };
    of("gzip").or_else(|| of("*")).is_some_and(|quality| quality > 0)
}

/// What `Accept` or one of its kind says, in lower case; none when it says nothing.
fn ranges(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<String>> {
    let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<String> = lines.flat_map(|line| line.split(',')).map(|range| range.trim().to_ascii_lowercase()).collect();
    let ranges: Vec<String> = ranges.into_iter().filter(|range| !range.is_empty()).take(RANGES_MAX).collect();
    (!ranges.is_empty()).then_some(ranges)
}

/// What the most exact of some ranges says of a type.
fn wish(ranges: &[String], essence: &str) -> Option<Wish> {
    let kind = essence.split('/').next().unwrap_or_default();
    let matching = ranges.iter().filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let named = parts.next().unwrap_or_default();
        let exactness = match named {
            _ if named == essence => 2,
            "*/*" => 0,
            _ if named.strip_suffix("/*") == Some(kind) => 1,
            _ => return None,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1000, quality);
        Some(Wish { exactness, quality })
    });
    matching.max_by_key(|wish| wish.exactness)
}

/// A quality in thousandths. What cannot be read is no wish.
fn quality(text: &str) -> u16 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, thousandths.parse::<u16>()) {
        ("0", Ok(thousandths)) => thousandths,
        ("1", Ok(0)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())])
    }

    #[test]
    fn the_newer_type_is_for_who_names_it() {
        use Media::{GraphqlResponse, Json};
        for (accept, media) in [
            ("application/json", Some(Json)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("APPLICATION/GRAPHQL-RESPONSE+JSON; charset=utf-8", Some(GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/json, application/graphql-response+json;q=0.9", Some(Json)),
            ("application/graphql-response+json;q=0.1, */*;q=0.01", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0, */*", Some(Json)),
            ("application/json;q=0, */*", None),
            ("multipart/mixed, application/json;q=0.5", Some(Json)),
            ("text/html", None),
            ("application/graphql-response+jsonx", None),
            ("application/json;q=2", None),
            ("", Some(Json)),
        ] {
            assert_eq!(wanted(&of(accept)), media, "{accept}");
        }
        assert_eq!(wanted(&HeaderMap::new()), Some(Json));
    }

    #[test]
    fn a_page_is_for_who_names_html() {
        assert!(wants_page(&of("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")));
        for accept in ["*/*", "application/json", "text/html;q=0"] {
            assert!(!wants_page(&of(accept)), "{accept}");
        }
    }
}
