//! Entering a council's identity providers, changing them, and letting them rest.

use rules::permission::Permission;
use serde_json::json;
use uuid::Uuid;

use super::cache::Known;
use super::provider::{Algorithm, LinkBy, Provider, kept};
use super::store::{self, Written};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::{Change, Snapshot};
use crate::error::{Error, Refusal, Result, UserError};
use crate::graphql::session::Session;

/// Providers of one council.
const PROVIDERS_MAX: usize = 10;
const NAME_CHARS_MAX: usize = 100;
const AUDIENCE_CHARS_MAX: usize = 255;
const CLAIM_CHARS_MAX: usize = 255;

/// A provider to be entered.
#[derive(Debug, Clone)]
pub struct NewProvider {
    /// The council's code.
    pub council: String,
    pub name: String,
    pub issuer: String,
    pub audience: String,
    pub algorithms: Vec<Algorithm>,
    pub link_by: LinkBy,
    pub email_claim: String,
    pub groups_claim: Option<String>,
}

/// What to change of a provider; what is none stays. The issuer stays for good: the subjects linked are its own.
#[derive(Debug, Clone)]
pub struct Changed {
    pub id: Uuid,
    pub name: Option<String>,
    pub audience: Option<String>,
    pub algorithms: Option<Vec<Algorithm>>,
    pub link_by: Option<LinkBy>,
    pub email_claim: Option<String>,
    pub groups_claim: Option<Option<String>>,
}

/// Who may see how people sign in: whoever sets it, and whoever audits it.
pub fn may_see(actor: &Actor) -> Result<Scope> {
    let audits = |_| actor.scope_for(Permission::ViewAuditTrail);
    actor.scope_for(Permission::ManageSettings).or_else(audits).or_else(|_| actor.scope_for(Permission::ManageSettings))
}

/// The right to set how people sign in. No script has it, whatever its token was given.
pub fn may_set(actor: &Actor, permission: Permission) -> Result<Scope> {
    if actor.is_machine() {
        return Err(Error::refused(permission, "How people sign in is not for scripts to set: sign in yourself."));
    }
    actor.scope_for(permission)
}

/// A council's providers.
pub async fn providers(snapshot: &Snapshot, scope: &Scope) -> Result<Vec<Provider>> {
    store::providers(&**snapshot, scope.council).await
}

/// Enters a provider, if it answers and has keys for what is pinned.
pub async fn add(session: &Session, new: NewProvider) -> Result<Provider, Refusal> {
    let (app, actor) = (&session.app, session.actor().await?);
    let scope = may_set(&actor, Permission::ManageSettings)?;
    own_council(&actor, &new.council)?;
    let provider = Provider {
        council: scope.council,
        id: app.ids.next(),
        name: new.name.trim().to_owned(),
        // As its tokens write it, so nothing is trimmed or changed.
        issuer: new.issuer,
        audience: new.audience,
        algorithms: pinned(&new.algorithms),
        link_by: new.link_by,
        email_claim: new.email_claim,
        groups_claim: new.groups_claim,
        created_at: app.clock.now(),
        disabled_at: None,
    };
    sound(&provider)?;
    // Nothing is locked while the provider is asked, so who asks for it is looked at again below.
    session.refresh().await;
    asked(app, &provider).await?;
    let (tx, actor) = session.change().await?;
    let scope = may_set(&actor, Permission::ManageSettings)?;
    let others = store::providers(&*tx, scope.council).await?;
    if others.len() >= PROVIDERS_MAX {
        let message = format!("A council has {PROVIDERS_MAX} identity providers at most, disabled ones counted.");
        return Err(UserError::new("TOO_MANY_PROVIDERS", message, None).into());
    }
    named_once(&provider, &others)?;
    let row = entity::identity_provider::Model {
        council_id: provider.council,
        id: provider.id,
        name: provider.name.clone(),
        issuer: provider.issuer.clone(),
        audience: provider.audience.clone(),
        algorithms: kept(&provider.algorithms),
        link_by: provider.link_by.to_string(),
        email_claim: provider.email_claim.clone(),
        groups_claim: provider.groups_claim.clone(),
        created_at: provider.created_at,
        created_by: Some(scope.person),
        disabled_at: None,
    };
    free(store::insert_provider(&tx, row).await?)?;
    record(app, &tx, &scope, "provider.add", None, &provider).await?;
    tx.commit().await?;
    Ok(provider)
}

/// Changes a provider's settings.
pub async fn update(session: &Session, changed: Changed) -> Result<Provider, Refusal> {
    let (app, actor) = (&session.app, session.actor().await?);
    let scope = may_set(&actor, Permission::ManageSettings)?;
    let asks = changed.algorithms.is_some();
    let apply = |provider: &Provider| Provider {
        name: changed.name.as_ref().map_or_else(|| provider.name.clone(), |name| name.trim().to_owned()),
        audience: changed.audience.clone().unwrap_or_else(|| provider.audience.clone()),
        algorithms: changed.algorithms.as_deref().map_or_else(|| provider.algorithms.clone(), pinned),
        link_by: changed.link_by.unwrap_or(provider.link_by),
        email_claim: changed.email_claim.clone().unwrap_or_else(|| provider.email_claim.clone()),
        groups_claim: changed.groups_claim.clone().unwrap_or_else(|| provider.groups_claim.clone()),
        ..provider.clone()
    };
    let after = apply(&one(providers(&*session.snapshot().await?, &scope).await?, changed.id)?);
    sound(&after)?;
    session.refresh().await;
    if asks {
        asked(app, &after).await?;
    }
    let (tx, actor) = session.change().await?;
    let scope = may_set(&actor, Permission::ManageSettings)?;
    let all = store::providers(&*tx, scope.council).await?;
    let before = one(all.clone(), changed.id)?;
    let after = apply(&before);
    named_once(&after, &all)?;
    if before != after {
        free(store::update_provider(&tx, &after).await?)?;
        record(app, &tx, &scope, "provider.update", Some(&before), &after).await?;
        tx.commit().await?;
        app.directories.seen.forget(after.id);
    }
    Ok(after)
}

/// Takes no token of a provider any more, from the next request on; or takes them again. Done twice, nothing changes.
pub async fn set_enabled(app: &App, tx: Change, actor: &Actor, id: Uuid, enabled: bool) -> Result<Provider, Refusal> {
    let scope = may_set(actor, Permission::ManageSettings)?;
    let before = one(store::providers(&*tx, scope.council).await?, id)?;
    if before.disabled_at.is_none() == enabled {
        return Ok(before);
    }
    let after = Provider { disabled_at: (!enabled).then(|| app.clock.now()), ..before.clone() };
    free(store::update_provider(&tx, &after).await?)?;
    let verb = if enabled { "provider.enable" } else { "provider.disable" };
    record(app, &tx, &scope, verb, Some(&before), &after).await?;
    tx.commit().await?;
    app.directories.seen.forget(after.id);
    Ok(after)
}

/// Refuses another council's code as one that does not exist.
fn own_council(actor: &Actor, code: &str) -> Result<(), UserError> {
    if code.eq_ignore_ascii_case(&actor.council.code) {
        return Ok(());
    }
    let message = format!("There is no council {code} here, or none of yours.");
    Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])))
}

/// The provider of an id among a council's.
pub fn one(all: Vec<Provider>, id: Uuid) -> Result<Provider, UserError> {
    let found = all.into_iter().find(|provider| provider.id == id);
    found.ok_or_else(|| UserError::new("PROVIDER_NOT_FOUND", "There is no such identity provider here.", Some(&["input", "provider"])))
}

fn named_once(provider: &Provider, others: &[Provider]) -> Result<(), UserError> {
    if others.iter().any(|other| other.id != provider.id && other.name.eq_ignore_ascii_case(&provider.name)) {
        let message = format!("Another identity provider is called {}.", provider.name);
        return Err(UserError::new("NAME_TAKEN", message, Some(&["input", "name"])));
    }
    Ok(())
}

fn free(written: Written) -> Result<(), UserError> {
    if written == Written::Done {
        return Ok(());
    }
    let message = "This issuer is entered already for this audience. Ask the provider for an audience of this service's own, and the \
        platform's operator if the council is not yours.";
    Err(UserError::new("ISSUER_TAKEN", message, Some(&["input", "issuer"])))
}

/// Each once, in the order of the list.
fn pinned(algorithms: &[Algorithm]) -> Vec<Algorithm> {
    Algorithm::ALL.iter().copied().filter(|algorithm| algorithms.contains(algorithm)).collect()
}

fn sound(provider: &Provider) -> Result<(), UserError> {
    let claim = |name: &str| plain(name, CLAIM_CHARS_MAX);
    let wrong = if !plain(&provider.name, NAME_CHARS_MAX) {
        Some(("NAME_INVALID", format!("A name is one line of {NAME_CHARS_MAX} characters at most."), "name"))
    } else if !plain(&provider.audience, AUDIENCE_CHARS_MAX) {
        Some((
            "AUDIENCE_INVALID",
            format!("An audience is {AUDIENCE_CHARS_MAX} characters at most, as tokens have it in `aud`."),
            "audience",
        ))
    } else if provider.algorithms.is_empty() {
        Some(("ALGORITHMS_MISSING", "Choose at least one algorithm that its signatures are made with.".to_owned(), "algorithms"))
    } else if !claim(&provider.email_claim) {
        Some(("CLAIM_INVALID", "Name the claim that has the address: usually `email`.".to_owned(), "emailClaim"))
    } else if !provider.groups_claim.as_deref().is_none_or(claim) {
        Some(("CLAIM_INVALID", "Name the claim that has the groups, usually `groups`, or none.".to_owned(), "groupsClaim"))
    } else {
        None
    };
    wrong.map_or(Ok(()), |(code, message, field)| Err(UserError::new(code, message, Some(&["input", field]))))
}

/// A line with something on it.
fn plain(text: &str, chars_max: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= chars_max && !text.chars().any(char::is_control)
}

/// Asks the provider for its keys, and whether one is for what is pinned.
async fn asked(app: &App, provider: &Provider) -> Result<(), UserError> {
    let known = app.directories.ask(&provider.issuer, app.clock.now()).await.map_err(|trouble| trouble.user_error())?;
    if offered(&known, &provider.algorithms).is_empty() {
        let message = "The issuer publishes keys, and none for the algorithms chosen.";
        return Err(UserError::new("ALGORITHM_NOT_OFFERED", message, Some(&["input", "algorithms"])));
    }
    Ok(())
}

/// Those algorithms a provider has keys for.
pub fn offered(known: &Known, algorithms: &[Algorithm]) -> Vec<Algorithm> {
    algorithms.iter().copied().filter(|algorithm| known.published.keys.offers(algorithm.of_token())).collect()
}

async fn record(app: &App, tx: &Change, scope: &Scope, verb: &str, before: Option<&Provider>, after: &Provider) -> Result<()> {
    let state = |provider: &Provider| {
        json!({
            "name": provider.name, "issuer": provider.issuer, "audience": provider.audience, "algorithms": provider.algorithms,
            "linkBy": provider.link_by, "emailClaim": provider.email_claim, "groupsClaim": provider.groups_claim,
            "disabledAt": provider.disabled_at,
        })
        .to_string()
    };
    let event = Event { verb, subject: format!("provider {}", after.id), before: before.map(state), after: Some(state(after)) };
    audit::record(app, tx, scope, event).await
}
