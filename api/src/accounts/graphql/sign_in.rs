//! Signing in, and coming again.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use crate::accounts::refresh;
use crate::accounts::sign_in::{self, Asked};
use crate::error::{Result, UserError};
use crate::graphql::scalars::DateTime;
use crate::graphql::session::session;

/// Who says they are whom.
#[derive(InputObject)]
pub struct SignInInput {
    /// The council's code.
    council: String,
    /// Their e-mail address.
    email: String,
    /// Their password.
    password: String,
}

/// A session to be taken up again.
#[derive(InputObject)]
pub struct SignInRefreshInput {
    /// The refresh token last handed out. It works once: keep the one that comes back.
    refresh_token: String,
}

/// What a client keeps of somebody who signed in. Keep both tokens out of addresses, logs and anything other sites can
/// read.
#[derive(SimpleObject)]
pub struct SignedIn {
    /// Send it with every request: `Authorization: Bearer …`.
    access_token: String,
    /// When the access token stops working, ten minutes from now: call `signInRefresh` before.
    expires_at: DateTime,
    /// Exchange it, once, for the next two tokens. Used a second time it ends the session.
    refresh_token: String,
    /// When the refresh token stops working: after seven days unused, and thirty days after signing in at the latest.
    refresh_expires_at: DateTime,
}

/// What came of signing in.
#[derive(SimpleObject)]
pub struct SignInPayload {
    /// The tokens; null when it was refused.
    signed_in: Option<SignedIn>,
    /// Seconds until it may be tried again, with `SIGN_IN_LATER`.
    wait_seconds: Option<i32>,
    /// `SIGN_IN_FAILED`, the same whether council, address or password was wrong; or `SIGN_IN_LATER` after too many
    /// failures.
    user_errors: Vec<UserError>,
}

/// What came of coming again.
#[derive(SimpleObject)]
pub struct SignInRefreshPayload {
    /// The next tokens; null when it was refused.
    signed_in: Option<SignedIn>,
    /// `SIGN_IN_AGAIN`, whatever was wrong with the refresh token.
    user_errors: Vec<UserError>,
}

/// Signing in.
#[derive(Default)]
pub struct SignInMutation;

/// Signing in.
#[Object]
impl SignInMutation {
    /// Signs a person in with their password and begins a session. For visitors: send no token. Five failures in a row
    /// of one account from one address make further tries there wait, from one minute to a quarter of an hour; an
    /// address or account that fails far more often is open only to whoever has signed in so before.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Option<Result<SignInPayload>> {
        Some(enter(ctx, &input).await)
    }

    /// Exchanges a refresh token for the next access and refresh tokens. For visitors: send no token, the access token
    /// may be out of date. Each refresh token works once; one that comes a second time was copied, so its session ends.
    async fn sign_in_refresh(&self, ctx: &Context<'_>, input: SignInRefreshInput) -> Option<Result<SignInRefreshPayload>> {
        Some(again(ctx, &input).await)
    }
}

async fn enter(ctx: &Context<'_>, input: &SignInInput) -> Result<SignInPayload> {
    let session = session(ctx);
    session.enter_once()?;
    session.refresh().await;
    let asked = Asked {
        council: &input.council,
        email: &input.email,
        password: &input.password,
        origin: session.origin,
        client: session.client.as_deref(),
    };
    Ok(match sign_in::sign_in(&session.app, &asked).await? {
        Ok(signed_in) => SignInPayload { signed_in: Some(signed_in.into()), wait_seconds: None, user_errors: Vec::new() },
        Err(not) => SignInPayload { signed_in: None, wait_seconds: not.wait_seconds(), user_errors: vec![not.told()] },
    })
}

async fn again(ctx: &Context<'_>, input: &SignInRefreshInput) -> Result<SignInRefreshPayload> {
    let session = session(ctx);
    session.enter_once()?;
    session.refresh().await;
    Ok(match refresh::exchange(&session.app, &input.refresh_token, session.origin).await? {
        Some(signed_in) => SignInRefreshPayload { signed_in: Some(signed_in.into()), user_errors: Vec::new() },
        None => SignInRefreshPayload { signed_in: None, user_errors: vec![refresh::again()] },
    })
}

impl From<sign_in::SignedIn> for SignedIn {
    fn from(signed_in: sign_in::SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token,
            expires_at: DateTime(signed_in.access_until),
            refresh_token: signed_in.refresh.token,
            refresh_expires_at: DateTime(signed_in.refresh.until),
        }
    }
}
