//! What the platform operator does to councils through the API, and what a council sets for itself.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::brand::graphql::{CouncilBrandSetInput, CouncilBrandSetPayload};
use super::operator::{self, CreateInput};
use super::service::NewCouncil;
use crate::error::{Result, UserError, payload};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;

/// A council on the platform, as its operator sees it: that it is there, and nothing of what it holds.
#[derive(SimpleObject)]
pub struct CouncilEntry {
    /// Its code, a lower-case word.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `County`, `District`, `Unitary`: the council's own word.
    pub kind: String,
    /// The statisticians' code of its area.
    pub gss_code: Option<String>,
    /// When it was created.
    pub created_at: DateTime,
    /// Since when nobody of it is let in; null while they are.
    pub suspended_at: Option<DateTime>,
}

impl From<entity::council::Model> for CouncilEntry {
    fn from(row: entity::council::Model) -> Self {
        Self {
            code: row.code,
            name: row.name,
            kind: row.kind,
            gss_code: row.gss_code,
            created_at: DateTime(row.created_at),
            suspended_at: row.suspended_at.map(DateTime),
        }
    }
}

/// A council's first administrator.
#[derive(InputObject)]
pub struct CouncilAdministratorInput {
    /// Their e-mail address. Its case does not matter.
    email: String,
    /// Their name, 200 characters at most.
    name: String,
}

/// A council to be created.
#[derive(InputObject)]
pub struct CouncilCreateInput {
    /// Its code: a lower-case word that addresses, tokens and workbooks know it by. It never changes.
    code: String,
    /// Its name.
    name: String,
    /// `County`, `District`, `Unitary`: the council's own word.
    kind: String,
    /// The statisticians' code of its area, for instance `E10000008`.
    gss_code: Option<String>,
    /// Who is to look after its people and their roles.
    administrator: CouncilAdministratorInput,
}

/// A council whose people are to be let in no more.
#[derive(InputObject)]
pub struct CouncilSuspendInput {
    /// The council's code.
    code: String,
    /// Why, 500 characters at most. The council's audit trail keeps it.
    reason: String,
}

/// A council whose people are to be let in again.
#[derive(InputObject)]
pub struct CouncilRestoreInput {
    /// The council's code.
    code: String,
    /// Why, 500 characters at most. The council's audit trail keeps it.
    reason: String,
}

/// What became of creating, suspending or restoring a council.
#[derive(SimpleObject)]
pub struct CouncilPayload {
    /// The council as it is now; null when it was refused.
    council: Option<CouncilEntry>,
    /// What can be put right: `COUNCIL_CODE_INVALID`, `COUNCIL_CODE_TAKEN`, `NAME_INVALID`, `KIND_INVALID`, `GSS_CODE_INVALID`,
    /// `EMAIL_INVALID`, `COUNCIL_NOT_FOUND`, `REASON_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Councils.
#[derive(Default)]
pub struct CouncilMutation;

/// Councils.
#[Object]
impl CouncilMutation {
    /// Creates a council with its first administrator. For the platform operator.
    async fn council_create(&self, ctx: &Context<'_>, input: CouncilCreateInput) -> Option<Result<CouncilPayload>> {
        let verb = async || {
            let (session, by) = (session(ctx), operator::by(session(ctx)).await?);
            let gss_code = input.gss_code.as_deref();
            let council = NewCouncil { code: &input.code, name: &input.name, kind: &input.kind, gss_code };
            let wanted = CreateInput { council, email: &input.administrator.email, administrator: &input.administrator.name };
            told(operator::create(&session.app, &by, &wanted).await)
        };
        Some(verb().await)
    }

    /// Sets how the council's packs look and which languages they can be in. Packs already made stay
    /// as they are. For whoever changes the council's settings.
    async fn council_brand_set(&self, ctx: &Context<'_>, input: CouncilBrandSetInput) -> Option<Result<CouncilBrandSetPayload>> {
        Some(super::brand::graphql::set(ctx, input).await)
    }

    /// Lets nobody of a council in, from their next request on. All it holds stays. Suspended already, nothing changes. For
    /// the platform operator.
    async fn council_suspend(&self, ctx: &Context<'_>, input: CouncilSuspendInput) -> Option<Result<CouncilPayload>> {
        let verb = async || {
            let (session, by) = (session(ctx), operator::by(session(ctx)).await?);
            told(operator::suspend(&session.app, &by, &input.code, &input.reason).await)
        };
        Some(verb().await)
    }

    /// Lets the people of a council in again. Not suspended, nothing changes. For the platform operator.
    async fn council_restore(&self, ctx: &Context<'_>, input: CouncilRestoreInput) -> Option<Result<CouncilPayload>> {
        let verb = async || {
            let (session, by) = (session(ctx), operator::by(session(ctx)).await?);
            told(operator::restore(&session.app, &by, &input.code, &input.reason).await)
        };
        Some(verb().await)
    }
}

fn told(outcome: Result<entity::council::Model, crate::error::Refusal>) -> Result<CouncilPayload> {
    let (council, user_errors) = payload(outcome)?;
    Ok(CouncilPayload { council: council.map(Into::into), user_errors })
}
