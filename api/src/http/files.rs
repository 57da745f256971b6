//! Downloads by signed link: the link is the right, for five minutes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::{Door, identity};
use crate::error::Result;

/// A file whose link still works.
pub async fn get(State(door): State<Arc<Door>>, Path(token): Path<String>) -> Response {
    match open(&door, &token).await {
        Ok(response) => response,
        Err(error) => identity::refuse(&error),
    }
}

async fn open(door: &Door, token: &str) -> Result<Response> {
    let link = door.app.keys.read_link(token, door.app.clock.now())?;
    let bytes = door.app.files.load(&link.key).await?;
    // Names are made by this service: letters, digits, dots and dashes.
    let name: String = link.name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
