//! What somebody who is signed in asked for and had not the right to: one event an operation.
//!
//! Written before the answer leaves, so that none is lost; an operation that was refused nothing costs nothing here.
//! Nobody floods the trail: beyond a number a minute refusals are counted, and the next event tells how many there were.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{PathSegment, ServerError, Value};
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::record::{Event, Outcome, Who, append, state};
use crate::access::{Actor, By, Credential};
use crate::error::{Code, Error, Result};
use crate::graphql::errors::is_forbidden;
use crate::graphql::session::Session;

/// Refusals of one person recorded in a minute on this node; the rest are counted.
pub const A_MINUTE_MAX: u32 = 60;
/// People whose refusals are counted at a time.
const PEOPLE_MAX: usize = 10_000;
/// Paths an event names, and characters of a name a client chose.
const PATHS_MAX: usize = 10;
const NAME_CHARACTERS_MAX: usize = 100;

/// How often whom was refused lately.
#[derive(Default)]
pub struct Refusals {
    lately: Mutex<HashMap<(Uuid, Uuid), Lately>>,
}

struct Lately {
    since: DateTime<Utc>,
    recorded: u32,
    untold: u64,
}

impl Refusals {
    /// Whether one more is recorded, and how many before it were only counted.
    fn admit(&self, council: Uuid, person: Uuid, now: DateTime<Utc>) -> Option<u64> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: DateTime<Utc>| now - since >= Duration::minutes(1) || now < since;
        if lately.len() >= PEOPLE_MAX && !lately.contains_key(&(council, person)) {
            lately.retain(|_, of| !over(of.since));
        }
        let of = lately.entry((council, person)).or_insert(Lately { since: now, recorded: 0, untold: 0 });
        if over(of.since) {
            (of.since, of.recorded) = (now, 0);
        }
        if of.recorded >= A_MINUTE_MAX {
            of.untold += 1;
            return None;
        }
        of.recorded += 1;
        Some(std::mem::take(&mut of.untold))
    }
}

/// What was refused, of one operation.
#[derive(Debug, Default, PartialEq, Eq)]
struct Refused {
    subject: String,
    permissions: Vec<String>,
    because: String,
}

/// What an event tells of a refusal.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    /// The rights that were missing.
    permissions: Vec<String>,
    because: String,
    /// How many refusals before this one were only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_recorded_before: Option<u64>,
}

/// Records what an operation was refused; nothing when it was refused nothing.
pub async fn of_operation(session: &Arc<Session>, operation: Option<&str>, errors: &[ServerError]) {
    if let Some(refused) = refused(operation, errors) {
        record(session, refused).await;
    }
}

/// Records what a request outside GraphQL was refused; nothing when it was something else.
pub async fn of_request(session: &Arc<Session>, request: &str, error: &Error) {
    if error.code != Code::Forbidden {
        return;
    }
    let permissions = error.permission.iter().map(ToString::to_string).collect();
    record(session, Refused { subject: request.to_owned(), permissions, because: error.message.clone() }).await;
}

fn refused(operation: Option<&str>, errors: &[ServerError]) -> Option<Refused> {
    let said = |error: &ServerError, what: &str| match error.extensions.as_ref()?.get(what)? {
        Value::String(text) => Some(text.clone()),
        _ => None,
    };
    let (mut paths, mut permissions, mut because) = (Vec::new(), Vec::new(), None);
    for error in errors.iter().filter(|error| is_forbidden(error)) {
        let path = path(&error.path);
        if !paths.contains(&path) {
            paths.push(path);
        }
        permissions.extend(said(error, "permission"));
        because.get_or_insert_with(|| error.message.clone());
    }
    let because = because?;
    permissions.sort();
    permissions.dedup();
    let more = paths.len().saturating_sub(PATHS_MAX);
    paths.truncate(PATHS_MAX);
    let mut subject = format!("{}: {}", operation.map_or("operation".to_owned(), cut), paths.join(", "));
    if more > 0 {
        subject = format!("{subject} and {more} more");
    }
    Some(Refused { subject, permissions, because })
}

/// Names of fields alone: which row of a list it was says nothing of the right.
fn path(path: &[PathSegment]) -> String {
    let names = path.iter().filter_map(|step| if let PathSegment::Field(name) = step { Some(name.as_str()) } else { None });
    cut(&names.collect::<Vec<_>>().join("."))
}

fn cut(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARACTERS_MAX).collect()
}

async fn record(session: &Arc<Session>, refused: Refused) {
    // In a task of its own: a client that hangs up meanwhile does not keep it from being recorded.
    let session = Arc::clone(session);
    let written = tokio::spawn(async move { write(&session, refused).await }).await;
    match written {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(cause = error.log_text(), "a refusal was not recorded"),
        Err(cause) => tracing::error!(%cause, "a refusal was not recorded"),
    }
}

async fn write(session: &Session, refused: Refused) -> Result<()> {
    let app = &session.app;
    let (council, person, roles, by) = match (session.actor().await, &session.credential) {
        (Ok(actor), _) => (actor.council.id, Some(actor.person), roles_held(&actor), By::clone(&actor.by)),
        // Suspended since the operation began: what it was refused counts all the same.
        (Err(_), Some(Credential::Person { council, person, .. })) => {
            (*council, Some(*person), None, By { origin: session.origin, ..By::default() })
        }
        (Err(_), Some(Credential::Machine(key))) => {
            (key.council, None, None, By { machine: Some(key.id), origin: session.origin, ..By::default() })
        }
        // The platform operator belongs to no council and has no trail there; a visitor is nobody.
        (Err(_), Some(Credential::Operator { operator, .. })) => {
            tracing::warn!(%operator, subject = refused.subject, because = refused.because, "a platform operator was refused");
            return Ok(());
        }
        (Err(_), None) => return Ok(()),
    };
    let counted = person.or(by.machine).unwrap_or_default();
    let Some(untold) = app.refusals.admit(council, counted, app.clock.now()) else { return Ok(()) };
    // What was read is let go of: no operation waits for a connection with one in hand.
    session.refresh().await;
    let told = Told { permissions: refused.permissions, because: refused.because, not_recorded_before: (untold > 0).then_some(untold) };
    let event = Event { verb: "refused", subject: refused.subject, before: None, after: state(&told) };
    let tx = app.db.change(council).await?.aside();
    append(app, &tx, council, &Who { person, roles, by: &by }, Outcome::Refused, event).await?;
    tx.commit().await
}

/// Every role somebody holds, as the trail keeps them.
pub(super) fn roles_held(actor: &Actor) -> Option<String> {
    let mut roles: Vec<String> = actor.grants.iter().map(|grant| grant.role.to_string()).collect();
    roles.sort();
    roles.dedup();
    (!roles.is_empty()).then(|| roles.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap()
    }

    #[test]
    fn sixty_a_minute_are_recorded_and_the_rest_is_told_of_in_the_next() {
        let (refusals, council, person) = (Refusals::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        for n in 0..60 {
            assert_eq!(refusals.admit(council, person, at(n)), Some(0), "{n}");
        }
        for _ in 0..7 {
            assert_eq!(refusals.admit(council, person, at(59)), None);
        }
        assert_eq!(refusals.admit(council, Uuid::from_u128(3), at(59)), Some(0), "another person is counted apart");
        assert_eq!(refusals.admit(council, person, at(60)), Some(7));
        assert_eq!(refusals.admit(council, person, at(61)), Some(0));
    }

    #[test]
    fn only_so_many_people_are_counted_at_a_time() {
        let (refusals, council) = (Refusals::default(), Uuid::from_u128(1));
        for n in 0..PEOPLE_MAX as u128 {
            refusals.admit(council, Uuid::from_u128(n), at(0));
        }
        refusals.admit(council, Uuid::from_u128(u128::MAX), at(61));
        assert_eq!(refusals.lately.lock().unwrap().len(), 1);
    }

    #[test]
    fn an_operation_that_was_refused_nothing_is_no_refusal() {
        let error = |message: &str, code: &str, path: &[&str]| {
            let mut error = ServerError::new(message, None);
            error.path = path.iter().map(|step| PathSegment::Field((*step).to_owned())).collect();
            let mut extensions = async_graphql::ErrorExtensionValues::default();
            extensions.set("code", code);
            extensions.set("permission", "VIEW_FIGURES");
            error.extensions = Some(extensions);
            error
        };
        assert_eq!(refused(Some("A"), &[]), None);
        assert_eq!(refused(Some("A"), &[error("x", "NOT_FOUND", &["a"])]), None);
        let many: Vec<ServerError> = (0..12).map(|n| error("No.", "FORBIDDEN", &["council", &format!("f{n}")])).collect();
        let told = refused(None, &many).unwrap();
        assert_eq!(told.permissions, ["VIEW_FIGURES"]);
        assert!(told.subject.starts_with("operation: council.f0, council.f1, ") && told.subject.ends_with("council.f9 and 2 more"));
    }
}
