//! Sessions and signing out.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::passwords::refused;
use crate::accounts::sessions as service;
use crate::accounts::store;
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;

/// A session of the viewer's that goes on.
#[derive(SimpleObject)]
#[graphql(name = "Session")]
pub struct AccountSession {
    /// Opaque id.
    id: ID,
    /// When they signed in.
    created_at: DateTime,
    /// When the client last came for a new access token, which it does every ten minutes while in use.
    last_used_at: DateTime,
    /// When it ends at the latest. Unused it ends after seven days.
    expires_at: DateTime,
    /// Network address they signed in from.
    address: Option<String>,
    /// What the client called itself.
    client: Option<String>,
    /// Whether it is the one that asks.
    current: bool,
}

/// The viewer's sessions that go on, the latest used first.
pub async fn sessions(ctx: &Context<'_>) -> Result<Vec<AccountSession>> {
    let session = session(ctx);
    let actor = session.actor().await?;
    service::by_a_person(&actor)?;
    let snapshot = session.snapshot().await?;
    let rows = store::sessions(&**snapshot, actor.council.id, actor.person, session.app.clock.now()).await?;
    let current = session.account_session();
    let dress = |row: entity::session::Model| AccountSession {
        id: id::id(Kind::Session, row.id),
        created_at: DateTime(row.created_at),
        last_used_at: DateTime(row.last_used_at),
        expires_at: DateTime(row.expires_at),
        address: row.address,
        client: row.client,
        current: Some(row.id) == current,
    };
    Ok(rows.into_iter().map(dress).collect())
}

/// Which session to end.
#[derive(InputObject)]
pub struct SessionEndInput {
    /// One of the viewer's own.
    id: ID,
}

/// Whom to sign out.
#[derive(InputObject)]
pub struct PersonSignOutInput {
    /// The person.
    person: ID,
    /// Why: stays on the audit trail. 500 characters at most.
    reason: String,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub struct SignOutPayload {
    /// Whether the session has ended.
    signed_out: bool,
    /// What a person can put right: `NO_SESSION`, for a token that is of no session and ends by itself;
    /// `SESSION_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// What came of signing out everywhere.
#[derive(SimpleObject)]
pub struct SignOutEverywherePayload {
    /// How many sessions were ended; null when it was refused.
    sessions_ended: Option<i32>,
    /// What a person can put right: `PERSON_NOT_FOUND`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Signing out.
#[derive(Default)]
pub struct SessionMutation;

/// Signing out.
#[Object]
impl SessionMutation {
    /// Ends the session that asks: its tokens stop with the next request.
    async fn sign_out(&self, ctx: &Context<'_>) -> Option<Result<SignOutPayload>> {
        let out = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            let ended = match session.account_session() {
                Some(id) => service::end(&session.app, tx, &actor, id, "sign-out").await,
                None => service::by_a_person(&actor).map_err(Refusal::from).and_then(|()| Err(no_session().into())),
            };
            let (done, user_errors) = payload(ended)?;
            Ok(SignOutPayload { signed_out: done.is_some(), user_errors })
        };
        Some(out().await)
    }

    /// Ends every session of the viewer, and every token the command line printed for them. Machine tokens go on: see
    /// `machineTokenRevoke`.
    async fn sign_out_everywhere(&self, ctx: &Context<'_>) -> Option<Result<SignOutEverywherePayload>> {
        let out = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            let ended = service::end_all(&session.app, tx, &actor).await?;
            Ok(SignOutEverywherePayload { sessions_ended: Some(i32::try_from(ended).unwrap_or(i32::MAX)), user_errors: Vec::new() })
        };
        Some(out().await)
    }

    /// Ends one of the viewer's own sessions: on a device that was lost, for instance.
    async fn session_end(&self, ctx: &Context<'_>, input: SessionEndInput) -> Option<Result<SignOutPayload>> {
        let out = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            // An id of something else names none of their sessions.
            let id = id::expect(&input.id, Kind::Session).unwrap_or_default();
            let (done, user_errors) = payload(service::end(&session.app, tx, &actor, id, "session.end").await)?;
            Ok(SignOutPayload { signed_out: done.is_some(), user_errors })
        };
        Some(out().await)
    }

    /// Signs a person out everywhere, sessions and printed tokens alike. They may sign in again: to keep them out,
    /// suspend them. Needs `MANAGE_PEOPLE`.
    async fn person_sign_out(&self, ctx: &Context<'_>, input: PersonSignOutInput) -> Option<Result<SignOutEverywherePayload>> {
        let out = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            let ended = match id::expect(&input.person, Kind::Person) {
                Ok(person) => service::sign_out_person(&session.app, tx, &actor, person, &input.reason).await,
                Err(_) => refused(actor.scope_for(rules::permission::Permission::ManagePeople).map(drop)),
            };
            let (ended, user_errors) = payload(ended)?;
            Ok(SignOutEverywherePayload { sessions_ended: ended.map(|n| i32::try_from(n).unwrap_or(i32::MAX)), user_errors })
        };
        Some(out().await)
    }
}

fn no_session() -> UserError {
    UserError::new("NO_SESSION", "This token is of no session and ends by itself: `signOutEverywhere` stops it at once.", None)
}
