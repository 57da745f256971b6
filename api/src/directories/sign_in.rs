//! From a provider's token to a person of the council.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::cache::Known as Keys;
use super::claims;
use super::groups;
use super::provider::{LinkBy, Provider};
use super::seen::Found;
use super::store::{self, Identity, Known};
use super::token::{self, Head, Proven, SKEW_SECONDS, Said};
use crate::access::{By, Credential, Origin, Way};
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::{Error, Result};
use crate::files::sha256;

/// Whom a token names that is not ours. Seen for the first time by this node, it links its person if it may, brings
/// their roles up to date with their groups, and is put on record; after that it costs one statement.
pub async fn identify(app: &App, origin: Origin, token: &str) -> Result<Credential> {
    let head = Head::read(token)?;
    let said = Said::read(token)?;
    let provider = store::provider_of(app, &said).await?;
    let proven = verify(app, &provider, &head, token).await?;
    let hash = sha256(token.as_bytes());
    let person = match app.directories.seen.find(&hash, provider.id) {
        Some(Found::Person(person)) => person,
        _ => first_sight(app, origin, &provider, &proven, hash).await?,
    };
    let until = still_good(&proven);
    let way = Way::Directory { provider: provider.name, provider_id: provider.id, subject: proven.subject, issued: proven.issued, until };
    Ok(Credential::Person { council: provider.council, person, way })
}

async fn verify(app: &App, provider: &Provider, head: &Head, token: &str) -> Result<Proven> {
    token::pinned(head, provider)?;
    let now = app.clock.now();
    fn key<'a>(keys: &'a Keys, head: &Head) -> Option<&'a super::keys::Key> {
        keys.published.keys.find(head.kid.as_deref(), head.algorithm)
    }
    let keys = app.directories.keys(&provider.issuer, now, |keys| key(keys, head).is_some()).await;
    let keys = keys.map_err(|trouble| Error::unauthenticated(&format!("no keys of {}: {}", provider.name, trouble.message)))?;
    token::check(token, head, provider, key(&keys, head), now)
}

/// Who a token's subject is, or may become.
enum Who {
    Linked(Known),
    /// Of a verified address, and to be linked.
    Linkable(Known),
    Nobody(&'static str),
}

async fn look(db: &impl ConnectionTrait, provider: &Provider, proven: &Proven) -> Result<Who> {
    let (known, linked) = match store::by_subject(db, provider, &proven.subject).await? {
        Some(known) => (known, true),
        None if provider.link_by == LinkBy::Subject => return Ok(Who::Nobody("nobody is linked to the subject")),
        None => {
            let email = match claims::verified_email(proven, provider) {
                Ok(email) => email,
                Err(why) => return Ok(Who::Nobody(why)),
            };
            match store::by_email(db, provider, &email).await? {
                None => return Ok(Who::Nobody("nobody of the council has the address")),
                Some(known) if known.identity.is_some() => return Ok(Who::Nobody("the address is of somebody linked to another subject")),
                Some(known) => (known, false),
            }
        }
    };
    Ok(match known {
        Known { suspended: true, .. } => Who::Nobody("suspended"),
        Known { tokens_valid_from: Some(from), .. } if proven.issued < from => Who::Nobody("signed out everywhere since"),
        known if linked => Who::Linked(known),
        known => Who::Linkable(known),
    })
}

async fn first_sight(app: &App, origin: Origin, provider: &Provider, proven: &Proven, hash: String) -> Result<uuid::Uuid> {
    let seen = &app.directories.seen;
    let _turn = seen.turn(&hash).await;
    let found = seen.find(&hash, provider.id);
    if let Some(Found::Person(person)) = found {
        return Ok(person);
    }
    let remember = |hash: String, found: Found| {
        let until = still_good(proven);
        seen.remember(hash, provider.id, found, until, app.clock.now());
    };
    // Nobody is refused without anything being locked; that somebody of the directory tried is put on record once.
    let snapshot = app.db.snapshot(provider.council).await?;
    let who = look(&*snapshot, provider, proven).await?;
    drop(snapshot);
    if let (Who::Nobody(why), Some(Found::Nobody)) = (&who, found) {
        return Err(Error::unauthenticated(why));
    }
    let tx = app.db.change(provider.council).await?;
    match look(&*tx, provider, proven).await? {
        Who::Nobody(why) => {
            record_nobody(app, &tx, origin, provider, proven, why).await?;
            tx.commit().await?;
            remember(hash, Found::Nobody);
            Err(Error::unauthenticated(why))
        }
        Who::Linked(known) => {
            let person = known.person;
            enter(app, &tx, origin, provider, proven, known).await?;
            tx.commit().await?;
            remember(hash, Found::Person(person));
            Ok(person)
        }
        Who::Linkable(known) => {
            let person = known.person;
            let known = link(app, &tx, origin, provider, proven, known).await?;
            enter(app, &tx, origin, provider, proven, known).await?;
            tx.commit().await?;
            remember(hash, Found::Person(person));
            Ok(person)
        }
    }
}

fn by(provider: &Provider, origin: Origin, actor: String) -> By {
    By { actor, via: format!("directory {}", provider.name), machine: None, origin }
}

async fn link(app: &App, tx: &Change, origin: Origin, provider: &Provider, proven: &Proven, known: Known) -> Result<Known> {
    let identity = Identity { id: app.ids.next(), subject: proven.subject.clone(), groups_at: None };
    let row = entity::identity::Model {
        council_id: provider.council,
        id: identity.id,
        provider_id: provider.id,
        person_id: known.person,
        subject: identity.subject.clone(),
        linked_at: app.clock.now(),
        groups_at: None,
    };
    store::insert_identity(tx, row).await?;
    let by = by(provider, origin, format!("{} <{}>", known.name, known.email));
    let behind = Behind { person: Some(known.person), role: None, by: &by };
    let after = json!({ "provider": provider.name, "subject": proven.subject, "address": known.email }).to_string();
    let event = Event { verb: "directory.link", subject: format!("person {}", known.person), before: None, after: Some(after) };
    audit::record_of(app, tx, provider.council, &behind, Outcome::Done, event).await?;
    Ok(Known { identity: Some(identity), ..known })
}

async fn enter(app: &App, tx: &Change, origin: Origin, provider: &Provider, proven: &Proven, known: Known) -> Result<()> {
    let by = by(provider, origin, format!("{} <{}>", known.name, known.email));
    let behind = Behind { person: Some(known.person), role: None, by: &by };
    groups::bring_up_to_date(app, tx, provider, proven, &known, &behind).await?;
    let after = json!({ "provider": provider.name, "subject": proven.subject, "until": proven.expires }).to_string();
    let event = Event { verb: "sign-in.directory", subject: format!("person {}", known.person), before: None, after: Some(after) };
    audit::record_of(app, tx, provider.council, &behind, Outcome::Done, event).await
}

async fn record_nobody(app: &App, tx: &Change, origin: Origin, provider: &Provider, proven: &Proven, why: &str) -> Result<()> {
    let by = by(provider, origin, format!("{} of {}", proven.subject, provider.name));
    let behind = Behind { person: None, role: None, by: &by };
    let after = json!({ "provider": provider.name, "subject": proven.subject, "why": why }).to_string();
    let event = Event { verb: "sign-in.directory", subject: format!("provider {}", provider.id), before: None, after: Some(after) };
    audit::record_of(app, tx, provider.council, &behind, Outcome::Failed, event).await
}

/// Until when a token is taken, clocks of two machines differing.
fn still_good(proven: &Proven) -> chrono::DateTime<chrono::Utc> {
    proven.expires.checked_add_signed(chrono::Duration::seconds(SKEW_SECONDS)).unwrap_or(proven.expires)
}
