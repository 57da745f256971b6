//! The trail as internal audit reads it, and its workbook.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use rules::permission::Permission;

use super::export;
use super::store::{self, Filter, Place};
use super::{Outcome, record};
use crate::error::{ContextExt, Error, Refusal, Result, UserError, payload};
use crate::graphql::download::Download;
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;
use crate::people::graphql::Role;

/// Bytes of what a filter's text may have.
const TEXT_BYTES_MAX: usize = 200;

/// How what an event tells of ended.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "Outcome")]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused: whoever asked had not the right.
    Refused,
    /// It was tried and failed: a wrong password, for instance.
    Failed,
}

/// An event of the audit trail.
#[derive(Clone)]
pub struct AuditEvent {
    row: entity::audit_event::Model,
    roles: Vec<rules::permission::Role>,
    outcome: Option<Outcome>,
}

impl AuditEvent {
    fn of(row: entity::audit_event::Model) -> Result<Self> {
        let roles = row.role.iter().flat_map(|roles| roles.split(','));
        let roles = roles.map(str::parse).collect::<Result<_, _>>().context("reading an event's roles")?;
        let outcome = row.outcome.as_deref().map(str::parse).transpose().context("reading an event's outcome")?;
        Ok(Self { row, roles, outcome })
    }
}

/// Something that was done, refused or failed: who, in which role, on what, and when. An event is never changed.
#[Object]
impl AuditEvent {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::AuditEvent, self.row.id)
    }

    /// Its place in the council's trail, from 1. Null for events from before the trail was chained.
    async fn seq(&self) -> Option<i64> {
        self.row.seq
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.row.at)
    }

    /// Who, as they were called then: name and address.
    async fn actor(&self) -> Option<&str> {
        self.row.actor.as_deref()
    }

    /// The person behind it; null for nobody of the council, and for what the service did by itself.
    async fn person_id(&self) -> Option<ID> {
        self.row.person_id.map(|person| id::id(Kind::Person, person))
    }

    /// How they came in: `password`, `token`, `directory …`, `machine token …`, `link`, `job`, `command line`.
    async fn via(&self) -> Option<&str> {
        self.row.via.as_deref()
    }

    /// The role that gave the right; of a refusal and of a download every role held then.
    async fn roles(&self) -> Vec<Role> {
        self.roles.iter().copied().map(Into::into).collect()
    }

    /// What was done, for instance `import.accept`, `refused`, `download`.
    async fn verb(&self) -> &str {
        &self.row.verb
    }

    /// What it was done to, for instance `import 0190…`; of a refusal the operation and the fields.
    async fn subject(&self) -> &str {
        &self.row.subject
    }

    /// How it ended. Null for events from before the trail was chained.
    async fn outcome(&self) -> Option<AuditOutcome> {
        self.outcome.map(Into::into)
    }

    /// The state before, as JSON.
    async fn before(&self) -> Option<&str> {
        self.row.before.as_deref()
    }

    /// The state after, as JSON; of a refusal the permissions that were missing.
    async fn after(&self) -> Option<&str> {
        self.row.after.as_deref()
    }

    /// The request it came with: what the answer's header `x-request-id` said.
    async fn request_id(&self) -> Option<&str> {
        self.row.request_id.as_deref()
    }

    /// The network address it came from.
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// SHA-256 over the event and the hash of the one before, 64 hexadecimal digits.
    async fn hash(&self) -> Option<&str> {
        self.row.hash.as_deref()
    }
}

crate::connection! {
    /// A page of the audit trail.
    AuditEventConnection, AuditEventEdge, AuditEvent
}

/// Where a council's audit trail ends.
#[derive(SimpleObject)]
pub struct AuditHead {
    /// Number of the last event.
    seq: i64,
    /// Its hash.
    hash: String,
    /// When it was recorded.
    at: DateTime,
    /// Number and hash together, to note on paper or in minutes: `goldenthread audit verify --head` checks that the
    /// trail still has it.
    note: String,
}

/// Which events. Everything that is given must hold.
#[derive(InputObject, Default)]
pub struct AuditFilter {
    /// At this instant or later.
    pub from: Option<DateTime>,
    /// Before this instant.
    pub until: Option<DateTime>,
    /// Of this person.
    pub person: Option<ID>,
    /// In this role; refusals and downloads of whoever held it.
    pub role: Option<Role>,
    /// What the verb begins with: `import` finds `import.submit` and `import.accept`.
    pub verb: Option<String>,
    /// What the subject begins with, or the id of the import, pack or other thing it is about.
    pub subject: Option<String>,
    /// How it ended.
    pub outcome: Option<AuditOutcome>,
    /// What the answer's header `x-request-id` said.
    pub request_id: Option<String>,
}

impl AuditFilter {
    /// The filter as the trail is asked by.
    fn read(self) -> Result<Filter, UserError> {
        let wrong = |field: &str, message: &str| UserError::new("FILTER_WRONG", message, Some(&["input", "filter", field]));
        for (field, text) in [("verb", &self.verb), ("subject", &self.subject), ("requestId", &self.request_id)] {
            if text.as_ref().is_some_and(|text| text.len() > TEXT_BYTES_MAX) {
                return Err(wrong(field, &format!("A filter's text has {TEXT_BYTES_MAX} bytes at most.")));
            }
        }
        if self.from.zip(self.until).is_some_and(|(from, until)| from.0 >= until.0) {
            return Err(wrong("until", "`until` must come after `from`."));
        }
        let person = self.person.map(|person| id::expect(&person, Kind::Person)).transpose();
        let person = person.map_err(|_| wrong("person", "This is not the id of a person."))?;
        let request = self.request_id.map(|request| request.trim().parse()).transpose();
        let request = request.map_err(|_| wrong("requestId", "Write the id as the header `x-request-id` says it."))?;
        let thing = self.subject.as_ref().and_then(|subject| id::read(&ID(subject.clone()))).map(|(_, uuid)| uuid);
        Ok(Filter {
            from: self.from.map(|at| at.0),
            until: self.until.map(|at| at.0),
            person,
            role: self.role.map(Into::into),
            verb: self.verb,
            subject: self.subject.filter(|_| thing.is_none()),
            thing,
            outcome: self.outcome.map(Into::into),
            request,
        })
    }
}

/// A page of the trail, the newest first.
pub async fn connection(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<String>,
    filter: Option<AuditFilter>,
) -> Result<AuditEventConnection> {
    let (scope, snapshot) = session(ctx).scope(Permission::ViewAuditTrail).await?;
    let ask = Ask::new(first, after.as_deref())?;
    let filter = filter.unwrap_or_default().read().map_err(|refusal| Error::bad_input(refusal.message))?;
    let behind = match &ask.after {
        None => None,
        Some(key) => Some(Place::read(key).ok_or_else(|| Error::bad_input("`after` is not a cursor of this connection."))?),
    };
    let counts = ctx.look_ahead().field("totalCount").exists();
    let total = if counts { store::count(&**snapshot, &scope, &filter).await? } else { 0 };
    let rows = store::page(&**snapshot, &scope, &filter, behind, ask.first as u64 + 1).await?;
    let events = rows.into_iter().map(AuditEvent::of).collect::<Result<Vec<_>>>()?;
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    Ok(AuditEventConnection::fetched(events, &ask, total, |event| Place::of(&event.row).key(), AuditEvent::clone))
}

/// Where the trail ends; none before its first event.
pub async fn head(ctx: &Context<'_>) -> Result<Option<AuditHead>> {
    let (scope, snapshot) = session(ctx).scope(Permission::ViewAuditTrail).await?;
    let head = record::head(&**snapshot, scope.council).await?;
    Ok(head.map(|head| AuditHead { note: format!("{}:{}", head.seq, head.hash), seq: head.seq, hash: head.hash, at: DateTime(head.at) }))
}

/// What of the trail is wanted as a workbook.
#[derive(InputObject)]
pub struct AuditExportInput {
    /// The council's code.
    council: String,
    /// Which events; all without it.
    filter: Option<AuditFilter>,
}

/// What became of asking for a workbook of the trail.
#[derive(SimpleObject)]
pub struct AuditExportPayload {
    /// The workbook (`.xlsx`), by a link that works for five minutes; null when it was refused.
    download: Option<Download>,
    /// How many events it holds.
    events: i32,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FILTER_WRONG`, `AUDIT_TOO_MUCH` (over 50,000 events).
    user_errors: Vec<UserError>,
}

/// The audit trail.
#[derive(Default)]
pub struct AuditMutation;

/// The audit trail.
#[Object]
impl AuditMutation {
    /// Writes the audit trail, or what a filter leaves of it, into a workbook. That it was done stands in the trail.
    async fn audit_export(&self, ctx: &Context<'_>, input: AuditExportInput) -> Option<Result<AuditExportPayload>> {
        Some(exported(ctx, input).await)
    }
}

async fn exported(ctx: &Context<'_>, input: AuditExportInput) -> Result<AuditExportPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let act = async || {
        actor.scope_for(Permission::ViewAuditTrail)?;
        if !input.council.eq_ignore_ascii_case(&actor.council.code) {
            let message = format!("There is no council {} here, or none of yours.", input.council);
            return Err(Refusal::User(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"]))));
        }
        export::export(&session.app, &actor, &input.filter.unwrap_or_default().read()?).await
    };
    let (made, user_errors) = payload(act().await)?;
    let Some(made) = made else { return Ok(AuditExportPayload { download: None, events: 0, user_errors }) };
    let download = Download::of(session, &made.storage_key, &made.file_name, made.subject).await?;
    session.refresh().await;
    let events = i32::try_from(made.events).unwrap_or(i32::MAX);
    Ok(AuditExportPayload { download: Some(download), events, user_errors })
}
