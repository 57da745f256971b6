//! Machine tokens.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

use crate::accounts::machines::{self as service, Listed, NewToken};
use crate::accounts::sessions::by_a_person;
use crate::error::{Error, Result, UserError, payload};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::session::session;
use crate::people::graphql::Permission;

/// A token for a script, which acts for a person with some of that person's rights. Its secret is shown once, when it is
/// made, and kept nowhere.
#[derive(Clone)]
pub struct MachineToken {
    listed: Listed,
}

/// A token for a script, which acts for a person with some of that person's rights. Its secret is shown once, when it is
/// made, and kept nowhere.
#[Object]
impl MachineToken {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::MachineToken, self.listed.id)
    }

    /// What it is for, in its person's words.
    async fn name(&self) -> &str {
        &self.listed.name
    }

    /// The person it acts for.
    async fn person(&self) -> ID {
        id::id(Kind::Person, self.listed.person)
    }

    /// The name of the person it acts for.
    async fn person_name(&self) -> &str {
        &self.listed.person_name
    }

    /// What it may do, as far as its person may still do it.
    async fn permissions(&self) -> Vec<Permission> {
        self.listed.permissions.iter().copied().map(Into::into).collect()
    }

    /// Ref of the element it is narrowed to, with all below; null when it is not.
    async fn element(&self) -> Option<&str> {
        self.listed.element.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.listed.created_at)
    }

    /// When it stops working by itself.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.listed.expires_at)
    }

    /// The hour it was last used in; null when it never was.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.listed.last_used_at.map(DateTime)
    }

    /// When it was revoked; null while it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.listed.revoked_at.map(DateTime)
    }

    /// The name of whoever revoked it.
    async fn revoked_by(&self) -> Option<&str> {
        self.listed.revoked_by.as_deref()
    }

    /// Why it was revoked.
    async fn revoked_reason(&self) -> Option<&str> {
        self.listed.revoked_reason.as_deref()
    }
}

crate::connection! {
    /// A page of machine tokens.
    MachineTokenConnection, MachineTokenEdge, MachineToken
}

/// The viewer's tokens in use, the latest first.
pub async fn of_viewer(ctx: &Context<'_>) -> Result<Vec<MachineToken>> {
    let session = session(ctx);
    let actor = session.actor().await?;
    by_a_person(&actor)?;
    let snapshot = session.snapshot().await?;
    let rows = service::of_person(&**snapshot, &actor.own_scope(), session.app.clock.now()).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Every token of the council, in use or not, the latest first.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Result<MachineTokenConnection> {
    use rules::permission::Permission::{ManagePeople, ViewAuditTrail};
    let ask = Ask::new(first, after.as_deref())?;
    if ask.after.as_deref().is_some_and(|id| Uuid::try_parse(id).is_err()) {
        return Err(Error::bad_input("`after` is not a cursor of this connection."));
    }
    let actor = session(ctx).actor().await?;
    by_a_person(&actor)?;
    let scope = actor.scope_for(ManagePeople).or_else(|error| actor.scope_for(ViewAuditTrail).map_err(|_| error))?;
    let snapshot = session(ctx).snapshot().await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { service::count(&**snapshot, &scope).await? } else { 0 };
    let rows = service::page(&**snapshot, &scope, &ask).await?;
    Ok(MachineTokenConnection::fetched(rows, &ask, total, |row| row.id.to_string(), |row| row.clone().into()))
}

/// What a token is to be.
#[derive(InputObject)]
pub struct MachineTokenCreateInput {
    /// What it is for: 1 to 80 characters, unlike those of your other tokens in use.
    name: String,
    /// What it may do, of what you may do now. What you may no longer do, it may no longer do either. `MANAGE_PEOPLE` is
    /// not for scripts.
    permissions: Vec<Permission>,
    /// Ref of an element to narrow it to, with all below. Without it, it reaches as far as you do.
    element: Option<String>,
    /// Its last day (UTC): tomorrow at the earliest, 366 days from today at the latest.
    expires_on: Date,
}

/// Which token to revoke.
#[derive(InputObject)]
pub struct MachineTokenRevokeInput {
    /// One of your own; an administrator may revoke anybody's.
    id: ID,
    /// Why: stays on the audit trail. 500 characters at most.
    reason: String,
}

/// What came of making a token.
#[derive(SimpleObject)]
pub struct MachineTokenCreatePayload {
    /// The token as lists show it; null when it was refused.
    machine_token: Option<MachineToken>,
    /// The token itself, shown this once: send it as `Authorization: Bearer …`.
    secret: Option<String>,
    /// What a person can put right: `NAME_INVALID`, `NAME_TAKEN`, `NO_PERMISSIONS`, `NOT_YOURS_TO_GIVE`, `NOT_FOR_SCRIPTS`,
    /// `ELEMENT_NOT_FOUND`, `EXPIRY_OUT_OF_RANGE`, `TOO_MANY_TOKENS`.
    user_errors: Vec<UserError>,
}

/// What came of revoking a token.
#[derive(SimpleObject)]
pub struct MachineTokenRevokePayload {
    /// The token as it is now; null when it was refused.
    machine_token: Option<MachineToken>,
    /// What a person can put right: `MACHINE_TOKEN_NOT_FOUND`, `MACHINE_TOKEN_REVOKED`, `REASON_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Machine tokens.
#[derive(Default)]
pub struct MachineTokenMutation;

/// Machine tokens.
#[Object]
impl MachineTokenMutation {
    /// Makes a token for a script of the viewer's own. 20 in use at most. Not for machine tokens.
    async fn machine_token_create(&self, ctx: &Context<'_>, input: MachineTokenCreateInput) -> Option<Result<MachineTokenCreatePayload>> {
        let create = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            let new = NewToken {
                name: &input.name,
                permissions: input.permissions.iter().copied().map(Into::into).collect(),
                element: input.element.as_deref(),
                expires_on: input.expires_on.0,
            };
            let (made, user_errors) = payload(service::create(&session.app, tx, &actor, &new).await)?;
            let (machine_token, secret) = made.map(|made| (made.listed.into(), made.token)).unzip();
            Ok(MachineTokenCreatePayload { machine_token, secret, user_errors })
        };
        Some(create().await)
    }

    /// Revokes a token: it stops with the next request, and what it asked for and is still to be done is not done. Not
    /// for machine tokens.
    async fn machine_token_revoke(&self, ctx: &Context<'_>, input: MachineTokenRevokeInput) -> Option<Result<MachineTokenRevokePayload>> {
        let revoke = async || {
            let session = session(ctx);
            let (tx, actor) = session.change().await?;
            // An id of something else names no token.
            let id = id::expect(&input.id, Kind::MachineToken).unwrap_or_default();
            let (listed, user_errors) = payload(service::revoke(&session.app, tx, &actor, id, &input.reason).await)?;
            Ok(MachineTokenRevokePayload { machine_token: listed.map(Into::into), user_errors })
        };
        Some(revoke().await)
    }
}

impl From<Listed> for MachineToken {
    fn from(listed: Listed) -> Self {
        Self { listed }
    }
}
