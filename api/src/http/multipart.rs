//! Files beside a request, as the GraphQL multipart request specification has them: `operations`, `map`, then the files.

use std::collections::HashMap;

use async_graphql::{Request, UploadValue, Value};
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode};
use multer::{Constraints, Field, Multipart, SizeLimit};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use super::body::{self, Broken};
use super::reply::Refused;
use super::{Door, asked};
use crate::bounds::Limit;
use crate::error::{ContextExt, Error};

/// `map` names a few places.
const MAP_BYTES_MAX: u64 = 4_096;
/// Places of one file.
const PLACES_MAX: usize = 8;
/// What stands between the parts.
const BETWEEN_BYTES_MAX: u64 = 16 * 1_024;

const ORDER: &str = "A multipart request is `operations`, then `map`, then the files it names.";

/// Reads a request and puts its files in their places.
pub async fn receive(door: &Door, headers: &HeaderMap, content_type: &str, sent: Body) -> Result<Request, Refused> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| Refused::malformed("The multipart request names no boundary."))?;
    let limits = &door.app.bounds.limits;
    let files_max = limits.count(Limit::Files);
    let file_bytes = u64::try_from(door.app.upload_bytes_max).unwrap_or(u64::MAX);
    let whole = [limits.get(Limit::RequestBytes), MAP_BYTES_MAX, BETWEEN_BYTES_MAX].into_iter().sum::<u64>();
    let whole = whole.saturating_add(file_bytes.saturating_mul(limits.get(Limit::Files)));
    let sizes = SizeLimit::new()
        .whole_stream(whole)
        .per_field(file_bytes)
        .for_field("operations", limits.get(Limit::RequestBytes))
        .for_field("map", MAP_BYTES_MAX);
    let chunks = body::chunks(headers, sent, usize::try_from(whole).unwrap_or(usize::MAX), limits);
    let mut parts = Multipart::with_constraints(chunks, boundary, Constraints::new().size_limit(sizes));

    let operations = named(door, &mut parts, "operations").await?;
    let mut request = asked::of_parameters(door, asked::parsed(door, &operations)?)?;
    let map = named(door, &mut parts, "map").await?;
    let mut map: HashMap<String, Vec<String>> =
        serde_json::from_slice(&map).map_err(|_| Refused::malformed("`map` is not an object of lists of places."))?;
    if map.len() > files_max {
        return Err(Refused::of(StatusCode::BAD_REQUEST, limits.refusal(Limit::Files)));
    }
    while let Some(part) = parts.next_field().await.map_err(|why| broken(door, &why))? {
        let name = part.name().unwrap_or_default().to_owned();
        let places = map.remove(&name).ok_or_else(|| Refused::malformed(ORDER))?;
        if places.is_empty() || places.len() > PLACES_MAX {
            return Err(Refused::malformed(format!("`map` names 1 to {PLACES_MAX} places for each file.")));
        }
        let file = kept(door, part).await?;
        for place in &places {
            put(&mut request, place, &file)?;
        }
    }
    match map.keys().next() {
        None => Ok(request),
        Some(_) => Err(Refused::malformed("`map` names a file that did not come.")),
    }
}

/// The next part, which must be of this name.
async fn named(door: &Door, parts: &mut Multipart<'_>, name: &str) -> Result<Vec<u8>, Refused> {
    let part = parts.next_field().await.map_err(|why| broken(door, &why))?.filter(|part| part.name() == Some(name));
    let part = part.ok_or_else(|| Refused::malformed(ORDER))?;
    Ok(part.bytes().await.map_err(|why| broken(door, &why))?.to_vec())
}

/// Keeps a file where it is gone when nobody has it open any more.
async fn kept(door: &Door, mut part: Field<'_>) -> Result<UploadValue, Refused> {
    let ours = |error: Error| Refused::from(error);
    let filename = part.file_name().ok_or_else(|| Refused::malformed("A file comes with its name."))?.to_owned();
    let content_type = part.content_type().map(ToString::to_string);
    let mut file = tokio::fs::File::from_std(tempfile::tempfile().context("making a file for an upload").map_err(ours)?);
    while let Some(chunk) = part.chunk().await.map_err(|why| broken(door, &why))? {
        file.write_all(&chunk).await.context("keeping an upload").map_err(ours)?;
    }
    file.flush().await.context("keeping an upload").map_err(ours)?;
    file.rewind().await.context("keeping an upload").map_err(ours)?;
    Ok(UploadValue { filename, content_type, content: file.into_std().await })
}

/// Puts a file where `map` says it goes: a variable, or a place inside one, that is null until then.
fn put(request: &mut Request, place: &str, file: &UploadValue) -> Result<(), Refused> {
    let wrong = || Refused::malformed(format!("`map` names `{}`, where the variables have no null.", shown(place)));
    let path = place.strip_prefix("variables.").ok_or_else(wrong)?;
    let mut steps = path.split('.');
    let first = steps.next().and_then(|name| request.variables.get(name)).ok_or_else(wrong)?;
    let found = steps.try_fold(first, |value, step| match value {
        Value::List(list) => list.get(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get(step),
        _ => None,
    });
    if found != Some(&Value::Null) {
        return Err(wrong());
    }
    let own = file.try_clone().context("keeping an upload").map_err(Refused::from)?;
    request.set_upload(place, own);
    Ok(())
}

/// As much of a place as is worth telling back.
fn shown(place: &str) -> String {
    place.chars().filter(|c| !c.is_control()).take(100).collect()
}

fn broken(door: &Door, why: &multer::Error) -> Refused {
    let limits = &door.app.bounds.limits;
    let too_large = || Error::limit(format!("A workbook is {} bytes at most.", door.app.upload_bytes_max));
    match why {
        multer::Error::FieldSizeExceeded { field_name: Some(name), .. } if name == "operations" => {
            Refused::of(StatusCode::PAYLOAD_TOO_LARGE, limits.refusal(Limit::RequestBytes))
        }
        multer::Error::FieldSizeExceeded { field_name: Some(name), .. } if name == "map" => {
            Refused::of(StatusCode::PAYLOAD_TOO_LARGE, Error::limit(format!("`map` is {MAP_BYTES_MAX} bytes at most.")))
        }
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            Refused::of(StatusCode::PAYLOAD_TOO_LARGE, too_large())
        }
        multer::Error::StreamReadFailed(cause) => {
            let broken = cause.downcast_ref::<Broken>().copied().unwrap_or(Broken::Lost);
            broken.refused(limits, too_large())
        }
        _ => Refused::malformed("The body is not multipart as its head says."),
    }
}
