//! Taking on what a predecessor's plan carries: its elements in the successor's framework, and roles for its people.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{Text, element, person, placement, reception, role_grant};
use rules::measure::ElementKind;
use rules::period::Period;
use rules::permission::{Permission, Role, ScopeKind, may_hold};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::Side;
use super::names;
use crate::access::{Scope, scoped};
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text_if_any, written};
use crate::frameworks::catalogue::Catalogue;
use crate::frameworks::{service as frameworks, store};
use crate::rows::read_rows;

/// Characters before a code at most.
const PREFIX_MAX: usize = 20;
/// Rows of one INSERT: 20 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 1_500;

/// What was taken on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    pub elements: usize,
    /// People who are new to the council.
    pub people: usize,
    pub grants: usize,
    /// Roles their holders have already.
    pub held: usize,
}

/// A plan of a predecessor's that is addressed to the council.
struct Carried {
    id: Uuid,
    on: NaiveDate,
    elements: Vec<CarriedElement>,
    grants: Vec<CarriedGrant>,
}

struct CarriedElement {
    code: String,
    kind: ElementKind,
    title: String,
    label: Option<String>,
    description: Option<String>,
    owner: Option<String>,
    parent: Option<String>,
    position: i32,
}

struct CarriedGrant {
    email: String,
    name: String,
    role: Role,
    element: Option<String>,
}

/// Takes on what a predecessor's plan carries, from the successor's first day on: all of it or nothing. Elements come into the edition that
/// stands on that day, their codes behind `prefix`; people are known by their address, and entered where they are not.
pub async fn receive(deed: &Deed<'_>, council: &str, predecessor: &str, prefix: Option<&str>) -> Result<Taken, Refusal> {
    let scope = deed.actor.scope_for(Permission::Reorganise)?;
    deed.council(council)?;
    let prefix = text_if_any(prefix, "prefix", PREFIX_MAX)?.unwrap_or_default();
    let of = names::agreed_with(&**deed.tx, &scope, Side::Predecessor, predecessor, "predecessor").await?;
    let field: Option<&[&str]> = Some(&["input", "predecessor"]);
    let carried = carried(&**deed.tx, &scope, of.other.id).await?;
    let carried = carried.ok_or_else(|| {
        UserError::new("PLAN_NOT_APPLIED", format!("{} has applied no plan yet: there is nothing to take on.", of.other.name), field)
    })?;
    let before = scoped::<reception::Entity>(&scope).filter(reception::Column::OfCouncilId.eq(of.other.id)).one(&**deed.tx).await;
    if before.context("finding what was taken on")?.is_some() {
        return Err(UserError::new("PLAN_RECEIVED", "It was taken on already.", field).into());
    }
    let editions = store::editions(&**deed.tx, &scope, None).await?;
    let edition = Period::new(carried.on, 1).and_then(|first| frameworks::edition_at(editions, first)).ok_or_else(|| {
        let message = format!("No edition of the framework stands on {}: make one first, in draft if need be.", written(carried.on));
        UserError::new("NO_FRAMEWORK", message, Some(&["input", "council"]))
    })?;
    let catalogue = store::catalogue(&**deed.tx, &scope, edition, None).await?;
    let elements = elements(deed, &scope, &catalogue, (&carried, &prefix)).await?;
    let taken = people(deed, &scope, &carried, &elements).await?;
    let taken = Taken { elements: elements.len(), ..taken };
    let row = reception::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        of_council_id: of.other.id,
        reorganisation_id: carried.id,
        received_at: deed.now(),
        received_by: scope.person,
    };
    reception::Entity::insert(row.into_active_model()).exec_without_returning(&**deed.tx).await.context("noting what was taken on")?;
    let after = state(&json!({
        "of": of.other.code, "elements": taken.elements, "people": taken.people, "grants": taken.grants, "held": taken.held,
    }));
    deed.record(&scope, "reorganisation.receive", format!("reorganisation {}", carried.id), [None, after]).await?;
    Ok(taken)
}

/// What a council's plan carries to this one. Three statements.
async fn carried(db: &impl ConnectionTrait, scope: &Scope, of: Uuid) -> Result<Option<Carried>> {
    let values = || vec![scope.council.into(), of.into()];
    let sql = "SELECT id, on_date FROM reorganisation WHERE to_council_id = $1 AND council_id = $2";
    let found = read_rows(db, "finding an applied plan", sql, values(), |row| Ok((row.next()?, row.next()?))).await?;
    let Some((id, on)) = found.into_iter().next() else { return Ok(None) };
    let sql = "SELECT code, kind, title, label, description, owner, parent_code, position FROM carried_element \
        WHERE to_council_id = $1 AND council_id = $2 ORDER BY code";
    let elements = read_rows(db, "loading what is carried on", sql, values(), |row| {
        Ok(CarriedElement {
            code: row.next()?,
            kind: row.next::<Text<ElementKind>>()?.0,
            title: row.next()?,
            label: row.next()?,
            description: row.next()?,
            owner: row.next()?,
            parent: row.next()?,
            position: row.next()?,
        })
    });
    let elements = elements.await?;
    let sql = "SELECT email, name, role, element_code FROM carried_grant WHERE to_council_id = $1 AND council_id = $2 ORDER BY email, id";
    let grants = read_rows(db, "loading which roles are carried on", sql, values(), |row| {
        let (email, name) = (row.next()?, row.next()?);
        let role: Role = row.next::<String>()?.parse().context("reading a role")?;
        Ok(CarriedGrant { email, name, role, element: row.next()? })
    });
    Ok(Some(Carried { id, on, elements, grants: grants.await? }))
}

/// Enters the elements; answers their ids by the predecessor's codes.
async fn elements(
    deed: &Deed<'_>,
    scope: &Scope,
    catalogue: &Catalogue,
    (carried, prefix): (&Carried, &str),
) -> Result<HashMap<String, Uuid>, Refusal> {
    let code = |one: &CarriedElement| format!("{prefix}{}", one.code);
    let taken: Vec<String> = carried.elements.iter().map(code).filter(|code| catalogue.element_by_code(code).is_some()).collect();
    if let Some(first) = taken.first() {
        let message = format!("{} of its elements have codes the framework has too, {first} first: give a prefix.", taken.len());
        return Err(UserError::new("ELEMENT_CODE_TAKEN", message, Some(&["input", "prefix"])).into());
    }
    let ids: HashMap<String, Uuid> = carried.elements.iter().map(|one| (one.code.clone(), deed.app.ids.next())).collect();
    let id = |code: &str| ids.get(code).copied();
    let from = Some(carried.on).filter(|on| *on > catalogue.edition.stands_from);
    let (mut elements, mut places) = (Vec::new(), Vec::new());
    for one in &carried.elements {
        let Some(own) = id(&one.code) else { continue };
        elements.push(
            element::Model {
                council_id: scope.council,
                id: own,
                framework_id: catalogue.edition.id,
                code: code(one),
                kind: Text(one.kind),
                level: Text(one.kind.level()),
                label: one.label.clone(),
                title: one.title.clone(),
                mode: None,
                description: one.description.clone(),
                owner: one.owner.clone(),
                created_at: deed.now(),
            }
            .into_active_model(),
        );
        places.push(
            placement::Model {
                council_id: scope.council,
                id: deed.app.ids.next(),
                element_id: own,
                framework_id: catalogue.edition.id,
                parent_id: one.parent.as_deref().and_then(id),
                position: one.position,
                stands_from: from,
                stands_until: None,
            }
            .into_active_model(),
        );
    }
    for rows in elements.chunks(ROWS_A_STATEMENT) {
        let insert = element::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("taking elements on")?;
    }
    for rows in places.chunks(ROWS_A_STATEMENT) {
        let insert = placement::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("taking elements on")?;
    }
    Ok(ids)
}

/// What tells a role somebody holds from their others.
type Key = (Uuid, String, Option<Uuid>);

/// Enters whoever is not known, and gives the roles that are not held: two statements to look, and as few to write.
async fn people(deed: &Deed<'_>, scope: &Scope, carried: &Carried, elements: &HashMap<String, Uuid>) -> Result<Taken, Refusal> {
    let sql = "SELECT email, id FROM person WHERE council_id = $1";
    let known = read_rows(&**deed.tx, "loading people", sql, vec![scope.council.into()], |row| Ok((row.next()?, row.next()?))).await?;
    let mut known: HashMap<String, Uuid> = known.into_iter().collect();
    let sql = "SELECT person_id, role, element_id FROM role_grant WHERE council_id = $1 AND withdrawn_at IS NULL \
        AND scope_kind IN ('COUNCIL', 'ELEMENT') AND (until_on IS NULL OR until_on >= $2)";
    let values = vec![scope.council.into(), carried.on.into()];
    let held =
        read_rows(&**deed.tx, "loading who holds which role", sql, values, |row| Ok((row.next()?, row.next()?, row.next()?))).await?;
    let mut held: HashSet<Key> = held.into_iter().collect();
    let (mut people, mut grants, mut taken) = (Vec::new(), Vec::new(), Taken::default());
    for one in &carried.grants {
        let element = one.element.as_deref().and_then(|code| elements.get(code)).copied();
        let kind = if one.element.is_some() { ScopeKind::Element } else { ScopeKind::Council };
        if !may_hold(one.role, kind) || (one.element.is_some() && element.is_none()) {
            continue;
        }
        let person = *known.entry(one.email.clone()).or_insert_with(|| {
            let id = deed.app.ids.next();
            let row = person::Model {
                council_id: scope.council,
                id,
                email: one.email.clone(),
                name: one.name.clone(),
                created_at: deed.now(),
                suspended_at: None,
                tokens_valid_from: None,
            };
            people.push(row.into_active_model());
            id
        });
        // Nobody gives themselves a role, by this way as by any other.
        if person == scope.person {
            continue;
        }
        if !held.insert((person, one.role.to_string(), element)) {
            taken.held += 1;
            continue;
        }
        let row = role_grant::Model {
            council_id: scope.council,
            id: deed.app.ids.next(),
            person_id: person,
            role: one.role.to_string(),
            scope_kind: kind.to_string(),
            element_id: element,
            indicator_id: None,
            forum_id: None,
            from_on: carried.on.max(deed.app.clock.today()),
            until_on: None,
            deputy_for: None,
            reason: Some("Carried on from a predecessor council.".to_owned()),
            granted_by: Some(scope.person),
            directory_group: None,
            created_at: deed.now(),
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_reason: None,
        };
        grants.push(row.into_active_model());
    }
    (taken.people, taken.grants) = (people.len(), grants.len());
    for rows in people.chunks(ROWS_A_STATEMENT) {
        let insert = person::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("entering people")?;
    }
    for rows in grants.chunks(ROWS_A_STATEMENT) {
        let insert = role_grant::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("giving roles")?;
    }
    Ok(taken)
}
