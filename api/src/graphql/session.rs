//! One operation: who asks, and the one state of the council it reads.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use async_graphql::Context;
use chrono::NaiveDate;
use rules::permission::Permission;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::access::{Actor, Credential, Origin, Scope, Way};
use crate::accounts::machines;
use crate::app::App;
use crate::db::{Change, Snapshot};
use crate::error::{Error, Result};
use crate::graphql::written;
use crate::kept::{Kept, Place, Question};
use crate::people::holders::Eligible;
use crate::people::operators::{self, Operator};
use crate::releases::graphql::OfForums;
use crate::telemetry::account;
use crate::values::reading::Readings;

/// Made by the door for each operation; the snapshot is opened when first needed.
pub struct Session {
    pub app: App,
    /// What the request showed; none for a visitor.
    pub credential: Option<Credential>,
    /// Quoted in logs and the audit trail.
    pub origin: Origin,
    /// What the client calls itself.
    pub client: Option<String>,
    /// Whether it is a subscription's, which shows what raises no revision too: a replica may not know that yet.
    follows: AtomicBool,
    state: Mutex<Option<State>>,
    /// Whether its document selects objects twice under one key.
    merges: OnceLock<bool>,
    /// Whether somebody was signed in, or tried to be, by this operation.
    entered: AtomicBool,
    /// Who may do what today, by permission: many locks ask the same.
    eligible: Mutex<HashMap<Permission, Arc<Eligible>>>,
    /// What whoever asks reads of which indicators, by the day on which their elements stood.
    readings: Mutex<HashMap<NaiveDate, Arc<Readings>>>,
    /// What is told of plans, programmes, risks and money, as it was read for this operation.
    pub(crate) delivery: crate::delivery::graphql::Read,
    /// The latest releases of every forum, by how many of each.
    pub(crate) releases: Mutex<HashMap<usize, OfForums>>,
}

#[derive(Clone)]
struct State {
    snapshot: Arc<Snapshot>,
    actor: Arc<Actor>,
}

impl Session {
    pub fn new(app: App, credential: Option<Credential>, origin: Origin) -> Self {
        Self {
            app,
            credential,
            origin,
            client: None,
            follows: AtomicBool::new(false),
            state: Mutex::new(None),
            merges: OnceLock::new(),
            entered: AtomicBool::new(false),
            eligible: Mutex::default(),
            readings: Mutex::default(),
            delivery: crate::delivery::graphql::Read::default(),
            releases: Mutex::default(),
        }
    }

    /// The same, of a client that says what it is.
    pub fn of_client(self, client: Option<String>) -> Self {
        Self { client, ..self }
    }

    /// The session of accounts the request was made in; none for a visitor and for other ways to show who one is.
    pub const fn account_session(&self) -> Option<Uuid> {
        match &self.credential {
            Some(Credential::Person { way: Way::Session { session, .. }, .. }) => Some(*session),
            _ => None,
        }
    }

    /// Makes sure that whoever the request shows is in use: a person who may sign in, a session that has not ended, a
    /// machine token that was not revoked, an operator. A visitor passes.
    pub async fn admit(&self) -> Result<()> {
        match &self.credential {
            None => Ok(()),
            Some(Credential::Operator { .. }) => self.operator().await.map(drop),
            Some(_) => self.state().await.map(drop),
        }
    }

    /// The signed-in person, with rights as they are now.
    pub async fn actor(&self) -> Result<Arc<Actor>> {
        Ok(self.state().await?.actor)
    }

    /// The platform operator who asks.
    pub async fn operator(&self) -> Result<Operator> {
        match &self.credential {
            Some(Credential::Operator { until, .. }) if *until <= self.app.clock.now() => Err(Error::unauthenticated("expired since")),
            Some(Credential::Operator { operator, issued, .. }) => operators::in_use(&self.app, *operator, *issued).await,
            Some(_) => Err(Error::forbidden("This is for the platform operator.")),
            None => Err(Error::unauthenticated("a visitor")),
        }
    }

    /// The state of the council this operation reads.
    pub async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        Ok(self.state().await?.snapshot)
    }

    /// Whether the request showed who asks at all.
    pub const fn signed_in(&self) -> bool {
        self.credential.is_some()
    }

    /// Whether the platform operator asks, who belongs to no council.
    pub const fn is_operator(&self) -> bool {
        matches!(self.credential, Some(Credential::Operator { .. }))
    }

    /// The right to do something and the state to read it from.
    pub async fn scope(&self, permission: Permission) -> Result<(Scope, Arc<Snapshot>)> {
        let state = self.state().await?;
        Ok((state.actor.scope_for(permission)?, state.snapshot))
    }

    /// The same over what stood below the actor's elements on a day: for reading what was then.
    pub async fn scope_on(&self, permission: Permission, on: NaiveDate) -> Result<(Scope, Arc<Snapshot>)> {
        let state = self.state().await?;
        Ok((state.actor.scope_on(permission, on)?, state.snapshot))
    }

    /// Who may do something today, read once an operation.
    pub async fn eligible(&self, permission: Permission) -> Result<Arc<Eligible>> {
        let mut known = self.eligible.lock().await;
        if let Some(eligible) = known.get(&permission) {
            return Ok(Arc::clone(eligible));
        }
        let state = self.state().await?;
        let (scope, today) = (state.actor.own_scope(), self.app.clock.today());
        let eligible = Arc::new(Eligible::load(&**state.snapshot, &scope, permission, today).await?);
        known.insert(permission, Arc::clone(&eligible));
        Ok(eligible)
    }

    /// Of which indicators whoever asks reads what, over what stood below their elements on a day: read once an operation.
    pub async fn readings(&self, on: NaiveDate) -> Result<(Arc<Readings>, Arc<Snapshot>)> {
        let state = self.state().await?;
        let mut known = self.readings.lock().await;
        if let Some(readings) = known.get(&on) {
            return Ok((Arc::clone(readings), state.snapshot));
        }
        let readings = Arc::new(Readings::of(&state.actor, &**state.snapshot, on).await?);
        known.insert(on, Arc::clone(&readings));
        Ok((readings, state.snapshot))
    }

    /// Where the answer to a question belongs that is read in this operation's state.
    pub async fn place(&self, kept: &Kept, who: &Credential, question: Question) -> Option<Place> {
        let state = self.state().await.ok()?;
        kept.place(&state.snapshot, who, &state.actor, question).await.ok()?
    }

    /// Has what is asked read on the primary: it shows what is written without raising the council's revision.
    pub fn follow(&self) {
        self.follows.store(true, Ordering::Relaxed);
    }

    /// Lets go of what was read, so that what follows a change reads the changed state.
    pub async fn refresh(&self) {
        self.eligible.lock().await.clear();
        self.readings.lock().await.clear();
        self.releases.lock().await.clear();
        self.delivery.clear().await;
        self.state.lock().await.take();
    }

    /// A change to the council of whoever asks, with their rights as they are inside it: what was withdrawn by a change
    /// before this one is gone. What was read so far is let go, so that nobody waits for a connection with one in hand.
    pub async fn change(&self) -> Result<(Change, Actor)> {
        self.refresh().await;
        let (council, credential) = self.council()?;
        let change = self.app.db.change(council).await?;
        let actor = Actor::load(&*change, credential, self.app.clock.now(), self.origin).await?;
        Ok((change, actor))
    }

    /// A session for the same person that reads anew: what a subscription uses for each of its events.
    pub fn renewed(&self) -> Self {
        let renewed = Self::new(self.app.clone(), self.credential.clone(), self.origin).of_client(self.client.clone());
        renewed.follow();
        renewed
    }

    /// Lets one try of a visitor's to be signed in pass, and refuses the operation's next: a request is one guess.
    pub fn enter_once(&self) -> Result<()> {
        if self.entered.swap(true, Ordering::Relaxed) {
            return Err(Error::limit("Sign in, refresh or set a password once an operation: send the next one by itself."));
        }
        Ok(())
    }

    /// Whether the operation selects objects twice under one key, so that the library has to merge what they show.
    pub fn merges(&self, ctx: &Context<'_>) -> bool {
        *self.merges.get_or_init(|| written::merges(&ctx.query_env.operation.node, &ctx.query_env.fragments))
    }

    /// The council of whoever asks.
    fn council(&self) -> Result<(Uuid, &Credential)> {
        match &self.credential {
            None => Err(Error::unauthenticated("a visitor")),
            Some(Credential::Operator { .. }) => {
                Err(Error::forbidden("A platform operator belongs to no council and sees none of its figures."))
            }
            Some(credential @ Credential::Person { council, .. }) => Ok((*council, credential)),
            Some(credential @ Credential::Machine(key)) => Ok((key.council, credential)),
        }
    }

    async fn state(&self) -> Result<State> {
        let mut state = self.state.lock().await;
        if let Some(state) = &*state {
            return Ok(state.clone());
        }
        let (council, credential) = self.council()?;
        let snapshot = if self.follows.load(Ordering::Relaxed) {
            self.app.db.snapshot(council).await
        } else {
            self.app.db.snapshot_anywhere(council).await
        };
        let snapshot = Arc::new(snapshot?);
        let actor = Arc::new(Actor::load(&**snapshot, credential, self.app.clock.now(), self.origin).await?);
        machines::touch(&self.app, &actor);
        account::acts(&actor);
        let made = State { snapshot, actor };
        *state = Some(made.clone());
        Ok(made)
    }
}

/// The operation's session.
pub fn session<'a>(ctx: &Context<'a>) -> &'a Session {
    ctx.data_unchecked::<Arc<Session>>()
}
