//! Saying by hand who a person is to a provider.

use entity::identity::Model;
use rules::permission::Permission;
use sea_orm::{ColumnTrait, Condition, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::grants::withdraw;
use super::groups::{of_grant, of_mapping};
use super::provider::Provider;
use super::service::{may_set, one};
use super::store;
use crate::access::scope::of_council;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{ContextExt, Refusal, Result, UserError};

const SUBJECT_CHARS_MAX: usize = 255;

/// Who a person is to a provider.
#[derive(Debug, Clone)]
pub struct Link {
    pub provider: Provider,
    pub row: Model,
}

/// Links a person to a subject of a provider. Said twice, nothing changes.
pub async fn link(app: &App, tx: Change, actor: &Actor, person: Uuid, provider: Uuid, subject: &str) -> Result<Link, Refusal> {
    let (scope, provider) = enter(&tx, actor, person, provider).await?;
    if !(1..=SUBJECT_CHARS_MAX).contains(&subject.chars().count()) || subject.chars().any(char::is_control) {
        let message = format!("A subject is {SUBJECT_CHARS_MAX} characters at most, as tokens have it in `sub`.");
        return Err(UserError::new("SUBJECT_INVALID", message, Some(&["input", "subject"])).into());
    }
    let linked = links(&tx, &scope, &provider, person, subject).await?;
    if let Some(row) = linked.iter().find(|row| row.subject == subject) {
        if row.person_id == person {
            return Ok(Link { row: row.clone(), provider });
        }
        let message = "This subject is linked to somebody else.";
        return Err(UserError::new("SUBJECT_TAKEN", message, Some(&["input", "subject"])).into());
    }
    if linked.iter().any(|row| row.person_id == person) {
        let message = "They are linked to another subject of this provider: unlink that first.";
        return Err(UserError::new("PERSON_LINKED", message, Some(&["input", "person"])).into());
    }
    let row = Model {
        council_id: scope.council,
        id: app.ids.next(),
        provider_id: provider.id,
        person_id: person,
        subject: subject.to_owned(),
        linked_at: app.clock.now(),
        groups_at: None,
    };
    store::insert_identity(&tx, row.clone()).await?;
    let after = json!({ "provider": provider.name, "subject": subject }).to_string();
    let event = Event { verb: "directory.link", subject: format!("person {person}"), before: None, after: Some(after) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    app.directories.seen.forget(provider.id);
    Ok(Link { provider, row })
}

/// Takes a link away, with the roles that the provider's groups brought: from the next request on, tokens of that
/// subject let nobody in. Where people are known by a verified address, a new token links them again; whoever is not
/// to come back is suspended. Said twice, nothing changes.
pub async fn unlink(app: &App, tx: Change, actor: &Actor, person: Uuid, provider: Uuid) -> Result<Provider, Refusal> {
    let (scope, provider) = enter(&tx, actor, person, provider).await?;
    let linked = links(&tx, &scope, &provider, person, "").await?;
    let Some(row) = linked.into_iter().next() else { return Ok(provider) };
    store::delete_identity(&tx, scope.council, row.id).await?;
    let mappings = store::mappings(&*tx, scope.council).await?;
    let ours: Vec<_> = mappings.iter().filter(|row| row.provider_id == provider.id).map(of_mapping).collect();
    let held = store::brought(&*tx, scope.council, Some(person), None).await?;
    let these: Vec<Uuid> = held.iter().filter(|row| of_grant(row).is_some_and(|what| ours.contains(&what))).map(|row| row.id).collect();
    withdraw(app, &tx, &scope, &these, &format!("No longer linked to {}", provider.name)).await?;
    let before = json!({ "provider": provider.name, "subject": row.subject }).to_string();
    let after = json!({ "provider": provider.name, "subject": null }).to_string();
    let event = Event { verb: "directory.unlink", subject: format!("person {person}"), before: Some(before), after: Some(after) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    app.directories.seen.forget(provider.id);
    Ok(provider)
}

/// The right, the provider, and that the person is of the council.
async fn enter(tx: &Change, actor: &Actor, person: Uuid, provider: Uuid) -> Result<(Scope, Provider), Refusal> {
    let scope = may_set(actor, Permission::ManagePeople)?;
    let provider = one(store::providers(&**tx, scope.council).await?, provider)?;
    let people = of_council::<entity::person::Entity>(scope.council).filter(entity::person::Column::Id.eq(person));
    if people.one(&**tx).await.context("finding a person")?.is_none() {
        return Err(UserError::new("PERSON_NOT_FOUND", "There is no such person here.", Some(&["input", "person"])).into());
    }
    Ok((scope, provider))
}

/// The person's link and the subject's, at a provider.
async fn links(tx: &Change, scope: &Scope, provider: &Provider, person: Uuid, subject: &str) -> Result<Vec<Model>> {
    use entity::identity::Column;
    let of = of_council::<entity::identity::Entity>(scope.council).filter(Column::ProviderId.eq(provider.id));
    let either = Condition::any().add(Column::PersonId.eq(person)).add(Column::Subject.eq(subject));
    of.filter(either).all(&**tx).await.context("reading who is linked")
}
