//! One operation: who asks, and the one state of the council it reads.

use std::sync::Arc;

use async_graphql::Context;
use rules::permission::Permission;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::access::token::Claims;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::db::Snapshot;
use crate::error::{Error, Result};

/// Made by the door for each operation; the snapshot is opened when first needed.
pub struct Session {
    pub app: App,
    /// What the token said; none for a visitor without one.
    claims: Option<Claims>,
    /// Quoted in logs and the audit trail.
    pub request: Uuid,
    state: Mutex<Option<State>>,
}

#[derive(Clone)]
struct State {
    snapshot: Arc<Snapshot>,
    actor: Arc<Actor>,
}

impl Session {
    pub fn new(app: App, claims: Option<Claims>, request: Uuid) -> Self {
        Self { app, claims, request, state: Mutex::new(None) }
    }

    /// The signed-in person, with rights as they are now.
    pub async fn actor(&self) -> Result<Arc<Actor>> {
        Ok(self.state().await?.actor)
    }

    /// The state of the council this operation reads.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        Ok(self.state().await?.snapshot)
    }

    /// Whether a token came with the operation at all.
    pub const fn signed_in(&self) -> bool {
        self.claims.is_some()
    }

    /// Whether the token is the platform operator's, who belongs to no council.
    pub fn is_operator(&self) -> bool {
        self.claims.as_ref().is_some_and(|claims| claims.council.is_none())
    }

    /// The right to do something and the state to read it from.
    pub async fn scope(&self, permission: Permission) -> Result<(Scope, Arc<Snapshot>)> {
        let state = self.state().await?;
        Ok((state.actor.scope_for(permission)?, state.snapshot))
    }

    /// Lets go of what was read, so that what follows a change reads the changed state.
    pub async fn refresh(&self) {
        self.state.lock().await.take();
    }

    /// A session for the same person that reads anew: what a subscription uses for each of its events.
    pub fn renewed(&self) -> Self {
        Self::new(self.app.clone(), self.claims.clone(), self.request)
    }

    async fn state(&self) -> Result<State> {
        let mut state = self.state.lock().await;
        if let Some(state) = &*state {
            return Ok(state.clone());
        }
        let claims = self.claims.as_ref().ok_or_else(|| Error::unauthenticated("Sign in: send `Authorization: Bearer …` with a token."))?;
        let council =
            claims.council.ok_or_else(|| Error::forbidden("A platform operator belongs to no council and sees none of its figures."))?;
        let snapshot = Arc::new(self.app.db.snapshot(council).await?);
        let actor = Arc::new(Actor::load(&**snapshot, claims, self.app.clock.today()).await?);
        let made = State { snapshot, actor };
        *state = Some(made.clone());
        Ok(made)
    }
}

/// The operation's session.
pub fn session<'a>(ctx: &Context<'a>) -> &'a Session {
    ctx.data_unchecked::<Arc<Session>>()
}
