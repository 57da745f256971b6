//! Signing in with a password.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::attempts::{self, Claim, Later, Try};
use super::policy::CHARACTERS_MAX;
use super::refresh::{self, Handed};
use super::store::{self, Holder};
use crate::access::{By, Origin};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::councils;
use crate::error::{Result, UserError};
use crate::files::sha256;

/// How long a session lasts, however much it is used.
pub const SESSION_LIFE: Duration = Duration::days(30);
/// How long it lasts unused.
pub const IDLE_LIFE: Duration = Duration::days(7);
/// How long an access token works.
pub const ACCESS_LIFE: Duration = Duration::minutes(10);
/// The longest name of a client that is kept.
const CLIENT_CHARACTERS_MAX: usize = 200;

/// Who says they are whom, and where they say it from.
pub struct Asked<'a> {
    pub council: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub origin: Origin,
    /// What the client calls itself.
    pub client: Option<&'a str>,
}

/// Somebody who signed in, or came again with a refresh token.
pub struct SignedIn {
    pub council: Uuid,
    pub person: Uuid,
    pub session: Uuid,
    pub access_token: String,
    pub access_until: DateTime<Utc>,
    pub refresh: Handed,
}

/// Why not. Whatever was wrong of council, address, password and person, it is the same.
#[derive(Debug, Clone, Copy)]
pub enum NotSignedIn {
    Failed,
    Later(Later),
}

impl NotSignedIn {
    /// In words for the person.
    pub fn told(self) -> UserError {
        match self {
            Self::Failed => {
                let message = "This council, address and password do not go together. If you have no password yet or have forgotten it, \
                    ask your council's administrator for a link to set one.";
                UserError::new("SIGN_IN_FAILED", message, None)
            }
            Self::Later(later) => later.told(),
        }
    }

    /// Seconds to wait.
    pub fn wait_seconds(self) -> Option<i32> {
        match self {
            Self::Failed => None,
            Self::Later(later) => Some(later.seconds()),
        }
    }
}

impl Later {
    /// Whole seconds, so that whoever waits them has waited long enough.
    pub fn seconds(self) -> i32 {
        let whole = self.wait.num_seconds() + i64::from(self.wait.subsec_nanos() > 0);
        i32::try_from(whole).unwrap_or(i32::MAX)
    }

    /// In words for the person.
    pub fn told(self) -> UserError {
        let minutes = (self.seconds() + 59) / 60;
        let minutes = if minutes == 1 { "a minute".to_owned() } else { format!("{minutes} minutes") };
        UserError::new("SIGN_IN_LATER", format!("There were too many tries that failed: try again in {minutes}."), None)
    }
}

/// Signs somebody in: counts the try, checks the password, begins a session.
pub async fn sign_in(app: &App, asked: &Asked<'_>) -> Result<Result<SignedIn, NotSignedIn>> {
    let council = councils::service::by_code(app, &asked.council.trim().to_lowercase()).await?;
    let code = sha256(asked.council.trim().to_lowercase().as_bytes());
    let claim = Claim { code, ..Claim::new(app, council, asked.email, asked.origin)? };
    let tried = match attempts::begin(app, &claim).await? {
        Ok(tried) => tried,
        Err(later) => return Ok(Err(NotSignedIn::Later(later))),
    };
    let checked = attempts::check(app, &claim, &tried, asked.password).await?;
    let within = asked.password.chars().count() <= CHARACTERS_MAX;
    let signed_in = match tried.holder.as_ref().filter(|holder| checked.right && within && holder.in_use) {
        Some(holder) => {
            let rehashed = if checked.outdated { Some(app.accounts.passwords.hash(asked.password).await?) } else { None };
            begin_session(app, asked, &claim, &tried, holder, rehashed).await?
        }
        None => None,
    };
    match signed_in {
        Some(signed_in) => Ok(Ok(signed_in)),
        None => {
            attempts::failed(app, &claim, &tried, "sign-in").await?;
            Ok(Err(NotSignedIn::Failed))
        }
    }
}

/// Begins a session; none when the password was changed, or the person suspended, while it was checked.
async fn begin_session(
    app: &App,
    asked: &Asked<'_>,
    claim: &Claim,
    tried: &Try,
    checked: &Holder,
    rehashed: Option<String>,
) -> Result<Option<SignedIn>> {
    let Some(council) = claim.council else { return Ok(None) };
    let now = app.clock.now();
    let tx = app.db.change(council).await?;
    let Some(holder) = store::holder_by_id(&*tx, council, checked.person).await? else { return Ok(None) };
    if !holder.in_use || holder.hash != checked.hash {
        return Ok(None);
    }
    if let Some(hash) = rehashed {
        store::rehash(&tx, council, holder.person, &hash).await?;
    }
    attempts::succeed(&tx, council, tried.id).await?;
    let session = entity::session::Model {
        council_id: council,
        id: app.ids.next(),
        person_id: holder.person,
        created_at: now,
        last_used_at: now,
        expires_at: now + SESSION_LIFE,
        ended_at: None,
        end_reason: None,
        address: asked.origin.address.map(|address| address.to_string()),
        client: asked.client.and_then(said),
    };
    store::insert_session(&tx, &session).await?;
    let refresh = refresh::hand_out(app, &tx, council, session.id, session.expires_at).await?;
    let by = By { actor: holder.actor(), ..claim.by() };
    let after = serde_json::json!({ "session": session.id, "client": session.client, "failuresBefore": tried.before });
    let event = Event { verb: "sign-in", subject: claim.subject(Some(&holder)), before: None, after: audit::state(&after) };
    let behind = Behind { person: Some(holder.person), role: None, by: &by };
    audit::record_of(app, &tx, council, &behind, Outcome::Done, event).await?;
    tx.commit().await?;
    dress(app, council, holder.person, session.id, refresh).map(Some)
}

/// What a session's client is handed.
pub fn dress(app: &App, council: Uuid, person: Uuid, session: Uuid, refresh: Handed) -> Result<SignedIn> {
    let now = app.clock.now();
    let access_token = app.keys.issue_for_session(person, council, session, now, ACCESS_LIFE)?;
    Ok(SignedIn { council, person, session, access_token, access_until: now + ACCESS_LIFE, refresh })
}

/// What a client calls itself, as far as it is kept.
fn said(client: &str) -> Option<String> {
    let kept: String = client.chars().filter(|c| !c.is_control()).take(CLIENT_CHARACTERS_MAX).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}
