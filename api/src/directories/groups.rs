//! Bringing roles up to date with a person's groups.
//!
//! A role a group brought is a grant like any other, with the group's name on it. It belongs to the provider one of
//! whose mappings says the same group, role and scope; two providers of a council cannot have the same mapping, so
//! that one never takes what the other gave.

use std::collections::{BTreeSet, HashMap};

use entity::{directory_grant, role_grant};
use serde::Serialize;
use uuid::Uuid;

use super::claims::{self, Groups};
use super::provider::Provider;
use super::store::{self, Known, Withdrawal};
use super::token::Proven;
use crate::app::App;
use crate::audit::{self, Behind, Event, Outcome};
use crate::db::Change;
use crate::error::Result;

/// A group, a role and over what: what a mapping and the grants it brings have in common.
pub type What = (String, String, String, Option<Uuid>);

/// A mapping's.
pub fn of_mapping(row: &directory_grant::Model) -> What {
    let over = row.element_id.or(row.indicator_id).or(row.forum_id);
    (row.group_name.clone(), row.role.clone(), row.scope_kind.clone(), over)
}

/// A grant's, if a group brought it.
pub fn of_grant(row: &role_grant::Model) -> Option<What> {
    let over = row.element_id.or(row.indicator_id).or(row.forum_id);
    row.directory_group.clone().map(|group| (group, row.role.clone(), row.scope_kind.clone(), over))
}

/// A role as the audit trail keeps it.
#[derive(Serialize)]
pub struct Role<'a> {
    group: &'a str,
    role: &'a str,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<Uuid>,
}

/// Several, for the audit trail.
pub fn listed<'a>(all: impl IntoIterator<Item = &'a What>) -> Option<String> {
    let roles: Vec<Role<'_>> = all.into_iter().map(|(group, role, scope, over)| Role { group, role, scope, over: *over }).collect();
    audit::state(&roles)
}

/// Gives and withdraws roles as a token's groups say, unless a later token was looked at already.
pub async fn bring_up_to_date(
    app: &App,
    tx: &Change,
    provider: &Provider,
    proven: &Proven,
    known: &Known,
    behind: &Behind<'_>,
) -> Result<()> {
    let (Some(claim), Some(identity)) = (&provider.groups_claim, &known.identity) else { return Ok(()) };
    if identity.groups_at.is_some_and(|at| proven.issued < at) {
        return Ok(());
    }
    let groups = match claims::groups(&proven.claims, claim) {
        Groups::Said(groups) => groups,
        Groups::Unsaid(why) => {
            tracing::warn!(provider = provider.name, person = %known.person, claim, why, "groups were not looked at: roles stay as they are");
            return Ok(());
        }
    };
    let mappings = store::mappings(&**tx, provider.council).await?;
    let ours: HashMap<What, directory_grant::Model> =
        mappings.into_iter().filter(|row| row.provider_id == provider.id).map(|row| (of_mapping(&row), row)).collect();
    let held = store::brought(&**tx, provider.council, Some(known.person), None).await?;
    let held: Vec<(Uuid, What)> = held.iter().filter_map(|row| Some((row.id, of_grant(row)?))).collect();
    let held: Vec<(Uuid, What)> = held.into_iter().filter(|(_, what)| ours.contains_key(what)).collect();

    let has: BTreeSet<&What> = held.iter().map(|(_, what)| what).collect();
    // Nobody extends their own power: what an administrator maps brings them nothing themself.
    let own = |mapping: &directory_grant::Model| mapping.created_by == Some(known.person);
    let due: BTreeSet<&What> =
        ours.iter().filter(|(what, mapping)| groups.contains(&what.0) && !own(mapping)).map(|(what, _)| what).collect();
    let gone: Vec<Uuid> = held.iter().filter(|(_, what)| !due.contains(what)).map(|(id, _)| *id).collect();
    let new: Vec<role_grant::Model> =
        due.difference(&has).filter_map(|what| ours.get(*what)).map(|mapping| grant(app, provider, known.person, mapping)).collect();
    store::groups_looked_at(tx, provider.council, identity.id, proven.issued).await?;
    if gone.is_empty() && new.is_empty() {
        return Ok(());
    }
    if !gone.is_empty() {
        let reason = format!("No longer in the group, says {}", provider.name);
        let why = Withdrawal { reason: &reason, at: app.clock.now(), by: None };
        store::withdraw_grants(tx, provider.council, &gone, &why).await?;
    }
    if !new.is_empty() {
        store::insert_grants(tx, new).await?;
    }
    let subject = format!("person {}", known.person);
    let event = Event { verb: "directory.groups", subject, before: listed(has), after: listed(due) };
    audit::record_of(app, tx, provider.council, behind, Outcome::Done, event).await
}

/// The grant a mapping brings a person, from today on.
fn grant(app: &App, provider: &Provider, person: Uuid, mapping: &directory_grant::Model) -> role_grant::Model {
    role_grant::Model {
        council_id: provider.council,
        id: app.ids.next(),
        person_id: person,
        role: mapping.role.clone(),
        scope_kind: mapping.scope_kind.clone(),
        element_id: mapping.element_id,
        indicator_id: mapping.indicator_id,
        forum_id: mapping.forum_id,
        from_on: app.clock.today(),
        until_on: None,
        deputy_for: None,
        reason: Some(format!("In the group {}, says {}", mapping.group_name, provider.name)),
        granted_by: None,
        directory_group: Some(mapping.group_name.clone()),
        created_at: app.clock.now(),
        withdrawn_at: None,
        withdrawn_by: None,
        withdrawn_reason: None,
    }
}
