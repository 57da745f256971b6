//! Downloads by signed link: the link is the right, for five minutes. What is sent stands in the audit trail; a HEAD sends
//! nothing and is not recorded, and a range is answered with the whole file.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};

use super::{Door, identity};
use crate::access::Origin;
use crate::audit::downloads;
use crate::error::Result;
use crate::imports::annotated;

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
    let (bytes, name) = match annotated::fetched(&door.app, &link).await? {
        Some(made) => made,
        None => (door.app.files.load(&link.key).await?, link.name.clone()),
    };
    if *method == Method::GET {
        downloads::by_link(&door.app, &link, origin).await?;
    }
    // Names are made by this service: letters, digits, dots and dashes.
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect();
    let kind = match name.rsplit('.').next() {
        Some("xlsm") => MACROS,
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        _ => WORKBOOK,
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
