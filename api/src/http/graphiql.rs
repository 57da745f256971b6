//! GraphiQL, carried in the binary: a browser needs no other server.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

const PAGE: &str = include_str!("../../assets/graphiql/index.html");
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// The page itself.
pub fn page() -> Response {
    Html(PAGE).into_response()
}

/// What the page asks for. Kept compressed, and every browser takes it so.
pub async fn asset(Path(name): Path<String>) -> Response {
    let (media, bytes): (_, &'static [u8]) = match name.as_str() {
        "graphiql.js" => (SCRIPT, include_bytes!("../../assets/graphiql/graphiql.js.gz")),
        "graphiql.css" => (STYLE, include_bytes!("../../assets/graphiql/graphiql.css.gz")),
        "react.js" => (SCRIPT, include_bytes!("../../assets/graphiql/react.js.gz")),
        "react-dom.js" => (SCRIPT, include_bytes!("../../assets/graphiql/react-dom.js.gz")),
        "graphql-ws.js" => (SCRIPT, include_bytes!("../../assets/graphiql/graphql-ws.js.gz")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [(header::CONTENT_TYPE, media), (header::CONTENT_ENCODING, "gzip"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, bytes).into_response()
}
