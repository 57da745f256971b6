//! Downloads by signed link: the link is the right, for five minutes. What is sent stands in the audit trail; a HEAD sends
//! nothing and is not recorded, and a range is answered with the whole file.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};

use super::{Door, identity};
use crate::access::Origin;
use crate::audit::downloads;
use crate::error::Result;
use crate::imports::annotated;

const SEPARATED: &str = "text/csv; charset=utf-8; header=present";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.12";

/// A file whose link still works.
pub async fn get(State(door): State<Arc<Door>>, origin: Origin, method: Method, Path(token): Path<String>) -> Response {
    let response = match open(&door, origin, &method, &token).await {
        Ok(response) => response,
        Err(error) => identity::refuse(&error),
    };
    identity::named(response, origin)
}

async fn open(door: &Door, origin: Origin, method: &Method, token: &str) -> Result<Response> {
    let link = door.app.keys.read_link(token, door.app.clock.now())?;
    let (body, size_bytes, name) = match annotated::fetched(&door.app, &link).await? {
        Some((bytes, name)) => {
            let size_bytes = bytes.len() as u64;
            (Body::from(bytes), size_bytes, name)
        }
        None => {
            let kept = door.app.files.open(&link.key).await?;
            (Body::from_stream(kept.bytes), kept.size_bytes, link.name.clone())
        }
    };
    if *method == Method::GET {
        downloads::by_link(&door.app, &link, origin).await?;
    }
    // Names are made by this service: letters, digits, dots and dashes.
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect();
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("xlsm") => MACROS,
        Some("csv") => SEPARATED,
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        _ => WORKBOOK,
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, size_bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, body).into_response())
}
