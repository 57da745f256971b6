//! Which group brings which role.

use entity::directory_grant::Model;
use rules::permission::{Permission, Role, ScopeKind, may_hold};
use uuid::Uuid;

use super::claims::GROUP_CHARS_MAX;
use super::groups::{What, listed, of_grant, of_mapping};
use super::provider::Provider;
use super::service::{may_set, one};
use super::store::{self, Withdrawal};
use crate::access::{Actor, Scope, Target};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::people::target::{self, Ref};
use crate::rows::read_rows;

/// Mappings of one council's providers.
const MAPPINGS_MAX: usize = 500;

/// A group of a provider, and the role it brings.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub provider: Uuid,
    /// As the provider's tokens write it.
    pub group: String,
    pub role: Role,
    /// One code at most; none is the council.
    pub over: Ref,
}

/// What a role is to cover, found in the council.
struct Covers {
    kind: ScopeKind,
    over: Option<Uuid>,
}

/// All that a mapping's code names in any edition: a role over an element is one over what other editions call the same.
struct Alike {
    kind: ScopeKind,
    ids: Vec<Uuid>,
}

impl Alike {
    async fn find(tx: &Change, scope: &Scope, mapping: &Mapping) -> Result<Self> {
        let (kind, code) = mapping.over.named()?;
        let sql = match kind {
            ScopeKind::Council => return Ok(Self { kind, ids: Vec::new() }),
            ScopeKind::Element => "SELECT id FROM element WHERE council_id = $1 AND lower(code) = lower($2)",
            ScopeKind::Indicator => "SELECT id FROM indicator WHERE council_id = $1 AND lower(code) = lower($2)",
            ScopeKind::Forum => "SELECT id FROM forum WHERE council_id = $1 AND lower(code) = lower($2)",
        };
        let values = vec![scope.council.into(), code.into()];
        let ids = read_rows(&**tx, "finding what a code names", sql, values, |row| row.next::<Uuid>()).await?;
        Ok(Self { kind, ids })
    }

    /// Whether a mapping that is kept is this one.
    fn is(&self, mapping: &Mapping, row: &Model) -> bool {
        let over = row.element_id.or(row.indicator_id).or(row.forum_id);
        row.group_name == mapping.group
            && row.role == mapping.role.code()
            && row.scope_kind == self.kind.code()
            && over.is_none_or(|over| self.ids.contains(&over))
    }
}

/// Lets a group bring a role: whoever is in it holds the role from their next token on. Said twice, nothing changes.
pub async fn set(app: &App, tx: Change, actor: &Actor, mapping: &Mapping) -> Result<Provider, Refusal> {
    let scope = may_set(actor, Permission::ManagePeople)?;
    let provider = one(store::providers(&*tx, scope.council).await?, mapping.provider)?;
    let covers = found(app, &tx, &scope, mapping).await?;
    holdable(mapping, covers.kind)?;
    if provider.groups_claim.is_none() {
        let message = format!("{} has no groups yet: name the claim that has them first.", provider.name);
        return Err(UserError::new("GROUPS_CLAIM_MISSING", message, Some(&["input", "provider"])).into());
    }
    let all = store::mappings(&*tx, scope.council).await?;
    let alike = Alike::find(&tx, &scope, mapping).await?;
    if let Some(same) = all.iter().find(|row| alike.is(mapping, row)) {
        if same.provider_id == provider.id {
            return Ok(provider);
        }
        let message = "Another identity provider's group of this name brings the same role: it could not be said whose it is.";
        return Err(UserError::new("GROUP_MAPPED_ELSEWHERE", message, Some(&["input", "group"])).into());
    }
    if all.len() >= MAPPINGS_MAX {
        let message = format!("A council's groups bring {MAPPINGS_MAX} roles at most.");
        return Err(UserError::new("TOO_MANY_GROUPS", message, None).into());
    }
    let of = |wanted: ScopeKind| covers.over.filter(|_| covers.kind == wanted);
    let row = Model {
        council_id: scope.council,
        id: app.ids.next(),
        provider_id: provider.id,
        group_name: mapping.group.clone(),
        role: mapping.role.to_string(),
        scope_kind: covers.kind.to_string(),
        element_id: of(ScopeKind::Element),
        indicator_id: of(ScopeKind::Indicator),
        forum_id: of(ScopeKind::Forum),
        created_at: app.clock.now(),
        created_by: Some(scope.person),
    };
    let after = listed([&of_mapping(&row)]);
    store::insert_mapping(&tx, row).await?;
    let event = Event { verb: "directory.grant-set", subject: format!("provider {}", provider.id), before: None, after };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    app.directories.seen.forget(provider.id);
    Ok(provider)
}

/// Lets a group bring a role no more, and withdraws it from whoever it was brought to. Said twice, nothing changes.
pub async fn remove(app: &App, tx: Change, actor: &Actor, mapping: &Mapping) -> Result<Provider, Refusal> {
    let scope = may_set(actor, Permission::ManagePeople)?;
    let provider = one(store::providers(&*tx, scope.council).await?, mapping.provider)?;
    let alike = Alike::find(&tx, &scope, mapping).await?;
    let all = store::mappings(&*tx, scope.council).await?;
    let rows: Vec<&Model> = all.iter().filter(|row| row.provider_id == provider.id && alike.is(mapping, row)).collect();
    if rows.is_empty() {
        return Ok(provider);
    }
    for row in &rows {
        store::delete_mapping(&tx, scope.council, row.id).await?;
    }
    let what: Vec<What> = rows.into_iter().map(of_mapping).collect();
    let brought = store::brought(&*tx, scope.council, None, Some(&mapping.group)).await?;
    let these: Vec<Uuid> = brought.iter().filter(|row| of_grant(row).is_some_and(|it| what.contains(&it))).map(|row| row.id).collect();
    withdraw(app, &tx, &scope, &these, "The group brings this role no more").await?;
    let event =
        Event { verb: "directory.grant-remove", subject: format!("provider {}", provider.id), before: listed(&what), after: listed([]) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    app.directories.seen.forget(provider.id);
    Ok(provider)
}

/// Withdraws roles that groups brought.
pub async fn withdraw(app: &App, tx: &Change, scope: &Scope, ids: &[Uuid], reason: &str) -> Result<()> {
    // A statement takes a bounded number of parameters.
    for ids in ids.chunks(1000) {
        let why = Withdrawal { reason, at: app.clock.now(), by: Some(scope.person) };
        store::withdraw_grants(tx, scope.council, ids, &why).await?;
    }
    Ok(())
}

/// The public and the platform's operators hold nothing of a council's. Who administers the council is decided by the
/// council in this service: a directory's keeper must not become its administrator by adding themselves to a group.
fn holdable(mapping: &Mapping, kind: ScopeKind) -> Result<(), UserError> {
    let role = mapping.role;
    if matches!(role, Role::CouncilAdministrator | Role::Public | Role::PlatformOperator) {
        let message = format!("No group brings the role of {}.", role.words().to_lowercase());
        return Err(UserError::new("ROLE_NOT_MAPPABLE", message, Some(&["input", "role"])));
    }
    if !may_hold(role, kind) {
        let message = format!("{} is not held over {}.", role.words(), kind.words().to_lowercase());
        return Err(UserError::new("SCOPE_NOT_ALLOWED", message, Some(&["input", "scope"])));
    }
    let chars = mapping.group.chars().count();
    if !(1..=GROUP_CHARS_MAX).contains(&chars) || mapping.group.chars().any(char::is_control) {
        let message = format!("A group's name is one line of {GROUP_CHARS_MAX} characters at most, as tokens write it.");
        return Err(UserError::new("GROUP_INVALID", message, Some(&["input", "group"])));
    }
    Ok(())
}

/// What a mapping's role is to cover. Absent and another council's look the same.
async fn found(app: &App, tx: &Change, scope: &Scope, mapping: &Mapping) -> Result<Covers, Refusal> {
    let (kind, code) = mapping.over.named()?;
    let over = match target::find(&**tx, scope, kind, code, app.clock.today()).await? {
        Some(Target::Anywhere) => None,
        Some(Target::Element(id) | Target::Indicator { id, .. } | Target::Forum(id)) => Some(id),
        None => {
            let field = kind.code().to_lowercase();
            let message = format!("Your council has no {field} of this code. Look it up under `council`, and mind its spelling.");
            return Err(UserError::new("SCOPE_NOT_FOUND", message, Some(&["input", "scope", &field])).into());
        }
    };
    Ok(Covers { kind, over })
}
