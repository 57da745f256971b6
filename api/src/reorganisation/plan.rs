//! What becomes of a predecessor's elements and of the roles its people hold when it ends: planned, looked at, and then done as it was
//! looked at.
//!
//! Everything ends on the day before the successor's first, by date: what stood until then reads as it stood. What is carried is told to
//! the successor, which takes it on for itself. Roles that look after people or read the trail stay: somebody keeps the record.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use chrono::{Days, NaiveDate};
use entity::{carried_element, carried_grant, reorganisation};
use rules::permission::{Permission, Reach, Role, ScopeKind, reach};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::Side;
use super::names::{self, Succession};
use crate::access::{Scope, scoped};
use crate::app::Clock;
use crate::db::{Change, Reached};
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::files::sha256;
use crate::forums::deed::{Deed, state, text};
use crate::frameworks::catalogue::{Catalogue, Element};
use crate::frameworks::{service as frameworks, store};
use crate::rows::{execute, read_rows};

/// Elements and roles named to end at most.
const NAMED_MAX: usize = 1_000;
/// Characters of a reason at most.
const WORDS_MAX: usize = 2_000;
/// Rows of one INSERT: 15 columns each stay under SQLite's 32,766 parameters.
const ROWS_A_STATEMENT: usize = 2_000;

rules::closed_set! {
    /// What becomes of something.
    Fate {
        /// The successor is to go on with it.
        Carried = "CARRIED", "Carried on";
        /// It ends with the council.
        Ended = "ENDED", "Ended";
    }
}

/// What is to end, each with why; the rest is carried on.
#[derive(Debug, Clone, Default)]
pub struct Ends {
    /// By the element's code.
    pub elements: Vec<(String, String)>,
    /// By the grant's id.
    pub grants: Vec<(Uuid, String)>,
}

/// What becomes of an element.
#[derive(Debug, Clone)]
pub struct OfElement {
    pub element: Element,
    pub parent: Option<String>,
    pub position: i32,
    pub fate: Fate,
    pub because: Option<String>,
}

/// What becomes of a role somebody holds.
#[derive(Debug, Clone)]
pub struct OfGrant {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub element: Option<String>,
    pub fate: Fate,
    pub because: Option<String>,
    /// Whether it stays in the council too.
    pub stays: bool,
}

/// A plan, as it is looked at.
#[derive(Debug, Clone)]
pub struct Plan {
    pub successor: Succession,
    /// The council's last day.
    pub last_day: NaiveDate,
    pub elements: Vec<OfElement>,
    pub grants: Vec<OfGrant>,
    /// What stands in the way, in sentences.
    pub problems: Vec<String>,
    /// Whether one was applied already.
    pub applied: bool,
}

impl Plan {
    /// What tells it from any other plan.
    pub fn digest(&self) -> String {
        let mut lines = format!("{} {}\n", self.successor.other.id, self.last_day);
        for one in &self.elements {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "element {} {} {:?} {} {:?}", one.element.id, one.fate, one.parent, one.position, one.because);
        }
        for one in &self.grants {
            let _ = writeln!(lines, "grant {} {} {} {:?} {:?}", one.id, one.role, one.fate, one.element, one.because);
        }
        sha256(lines.as_bytes())
    }
}

/// What would become of everything. A fixed number of statements.
pub async fn plan(db: &impl ConnectionTrait, scope: &Scope, successor: Succession, ends: &Ends) -> Result<Plan, Refusal> {
    if ends.elements.len() + ends.grants.len() > NAMED_MAX {
        let message = format!("Name {NAMED_MAX} elements and roles at most.");
        return Err(UserError::new("TOO_MANY_ENDS", message, Some(&["input"])).into());
    }
    let last_day = successor.on.checked_sub_days(Days::new(1)).unwrap_or(successor.on);
    let edition = frameworks::edition_in_force(store::editions(db, scope, None).await?, last_day);
    let catalogue = match edition {
        Some(edition) => Some(store::catalogue(db, scope, edition, None).await?),
        None => None,
    };
    let elements = catalogue.as_ref().map_or_else(|| Ok(Vec::new()), |catalogue| elements(catalogue, last_day, &ends.elements))?;
    let grants = grants(db, scope, last_day, (&elements, &ends.grants)).await?;
    let mut problems = Vec::new();
    for element in catalogue.iter().flat_map(|catalogue| &catalogue.elements) {
        if element.places.iter().any(|place| place.from.is_some_and(|from| from > last_day)) {
            problems.push(format!("{} is to stand from after {last_day}: say otherwise in the framework first.", element.code));
        }
    }
    let applied = scoped::<reorganisation::Entity>(scope).filter(reorganisation::Column::ToCouncilId.eq(successor.other.id)).one(db).await;
    let applied = applied.context("finding an applied plan")?.is_some();
    Ok(Plan { successor, last_day, elements, grants, problems, applied })
}

fn elements(catalogue: &Catalogue, last_day: NaiveDate, ends: &[(String, String)]) -> Result<Vec<OfElement>, Refusal> {
    let mut named: HashMap<Uuid, String> = HashMap::new();
    for (code, reason) in ends {
        let element = catalogue.element_by_code(code.trim()).filter(|element| element.place_on(last_day).is_some()).ok_or_else(|| {
            let message = format!("No element {code} stands on the council's last day.");
            UserError::new("ELEMENT_NOT_FOUND", message, Some(&["input", "endElements"]))
        })?;
        named.insert(element.id, text(reason, "reason", WORDS_MAX)?);
    }
    // Each before what stands below it.
    let mut ended: HashMap<Uuid, String> = HashMap::new();
    let mut found = Vec::new();
    for id in catalogue.in_order(last_day) {
        let Some((element, place)) = catalogue.element(id).and_then(|element| Some((element, element.place_on(last_day)?))) else {
            continue;
        };
        let parent = place.parent.and_then(|parent| catalogue.element(parent));
        let above =
            parent.filter(|parent| ended.contains_key(&parent.id)).map(|parent| format!("It stands below {}, which ends.", parent.code));
        let because = named.get(&id).cloned().or(above);
        if let Some(because) = &because {
            ended.insert(id, because.clone());
        }
        let fate = if because.is_some() { Fate::Ended } else { Fate::Carried };
        let parent = parent.map(|parent| parent.code.clone());
        found.push(OfElement { element: element.clone(), parent, position: place.position, fate, because });
    }
    Ok(found)
}

/// Roles that are held beyond the last day, and what becomes of each. One statement.
async fn grants(
    db: &impl ConnectionTrait,
    scope: &Scope,
    last_day: NaiveDate,
    (elements, ends): (&[OfElement], &[(Uuid, String)]),
) -> Result<Vec<OfGrant>, Refusal> {
    let sql = "SELECT g.id, p.email, p.name, g.role, g.scope_kind, e.code, p.suspended_at IS NOT NULL, g.directory_group IS NOT NULL, \
        g.until_on IS NOT NULL OR g.deputy_for IS NOT NULL \
        FROM role_grant g JOIN person p ON p.council_id = g.council_id AND p.id = g.person_id \
        LEFT JOIN element e ON e.council_id = g.council_id AND e.id = g.element_id \
        WHERE g.council_id = $1 AND g.withdrawn_at IS NULL AND (g.until_on IS NULL OR g.until_on > $2) ORDER BY p.email, g.id";
    let mut named: HashMap<Uuid, String> = HashMap::new();
    for (id, reason) in ends {
        named.insert(*id, text(reason, "reason", WORDS_MAX)?);
    }
    let carried: HashSet<&str> = elements.iter().filter(|one| one.fate == Fate::Carried).map(|one| one.element.code.as_str()).collect();
    let found = read_rows(db, "loading who holds which role", sql, vec![scope.council.into(), last_day.into()], |row| {
        let (id, email, name): (Uuid, String, String) = (row.next()?, row.next()?, row.next()?);
        let role: Role = row.next::<String>()?.parse().context("reading a grant")?;
        let kind: ScopeKind = row.next::<String>()?.parse().context("reading a grant")?;
        let (element, suspended, by_directory): (Option<String>, bool, bool) = (row.next()?, row.next()?, row.next()?);
        let for_a_time: bool = row.next()?;
        let enters_people = reach(role, Permission::ManagePeople) != Reach::No;
        let why = match kind {
            _ if suspended => Some("The person is suspended."),
            _ if by_directory => Some("It comes from the council's directory."),
            _ if for_a_time => Some("It is held for a time, or for somebody else: the successor gives it anew."),
            _ if enters_people => Some("The successor chooses who enters its people."),
            ScopeKind::Forum => Some("Forums are not carried on."),
            ScopeKind::Indicator => Some("The successor says who reports its indicators."),
            ScopeKind::Element if !element.as_deref().is_some_and(|code| carried.contains(code)) => {
                Some("The element it is over is not carried on.")
            }
            ScopeKind::Element | ScopeKind::Council => None,
        };
        let because = named.remove(&id).or_else(|| why.map(str::to_owned));
        let fate = if because.is_some() { Fate::Ended } else { Fate::Carried };
        let stays = [Permission::ManagePeople, Permission::ViewAuditTrail].iter().any(|permission| reach(role, *permission) != Reach::No);
        Ok(OfGrant { id, email, name, role, element, fate, because, stays })
    })
    .await?;
    if !named.is_empty() {
        let message = "A role that is to end is not held beyond the council's last day.";
        return Err(UserError::new("GRANT_NOT_FOUND", message, Some(&["input", "endGrants"])).into());
    }
    Ok(found)
}

/// Does what was looked at, if it is still so: ends elements and roles on the council's last day, and tells the successor what it is to
/// carry on.
pub async fn apply(deed: &Deed<'_>, council: &str, successor: &str, ends: &Ends, digest: &str) -> Result<Plan, Refusal> {
    let scope = deed.actor.scope_for(Permission::Reorganise)?;
    deed.council(council)?;
    let successor = names::agreed_with(&**deed.tx, &scope, Side::Successor, successor, "successor").await?;
    let plan = plan(&**deed.tx, &scope, successor, ends).await?;
    let refused = |code: &str, message: &str, field: &[&str]| Refusal::from(UserError::new(code, message, Some(field)));
    if plan.applied {
        return Err(refused("PLAN_APPLIED", "The plan was applied already.", &["input", "successor"]));
    }
    if let Some(problem) = plan.problems.first() {
        return Err(refused("PLAN_HAS_PROBLEMS", problem, &["input", "successor"]));
    }
    if plan.digest() != digest.trim() {
        return Err(refused("PLAN_CHANGED", "The plan is another than the one you looked at: look at it again.", &["input", "digest"]));
    }
    let id = deed.app.ids.next();
    let row = reorganisation::Model {
        council_id: scope.council,
        id,
        to_council_id: plan.successor.other.id,
        on_date: plan.successor.on,
        digest: digest.trim().to_owned(),
        applied_at: deed.now(),
        applied_by: scope.person,
    };
    reorganisation::Entity::insert(row.into_active_model()).exec_without_returning(&**deed.tx).await.context("applying a plan")?;
    told(deed, &scope, id, &plan).await?;
    ended(deed.tx, &deed.app.clock, &scope, &plan).await?;
    let count = |fate: Fate| {
        let elements = plan.elements.iter().filter(|one| one.fate == fate).count();
        json!({ "elements": elements, "grants": plan.grants.iter().filter(|one| one.fate == fate).count() })
    };
    let after = state(&json!({
        "successor": plan.successor.other.code, "lastDay": plan.last_day, "carried": count(Fate::Carried), "ended": count(Fate::Ended),
    }));
    deed.record(&scope, "reorganisation.apply", format!("reorganisation {id}"), [None, after]).await?;
    deed.tx.reaches(Reached::Councils([plan.successor.other.id].into()));
    Ok(Plan { applied: true, ..plan })
}

/// Ends what is held and stands beyond the last day, by that date: three statements.
async fn ended(tx: &Change, clock: &Clock, scope: &Scope, plan: &Plan) -> Result<()> {
    let values = || vec![scope.council.into(), plan.last_day.into()];
    let sql = "UPDATE placement SET stands_until = $2 WHERE council_id = $1 AND (stands_until IS NULL OR stands_until > $2) \
        AND (stands_from IS NULL OR stands_from <= $2)";
    execute(&**tx, "ending where elements stand", sql, values()).await?;
    for ids in plan.grants.iter().filter(|one| !one.stays).map(|one| one.id).collect::<Vec<_>>().chunks(ROWS_A_STATEMENT) {
        let mut values = values();
        let chosen = crate::rows::one_of(tx.get_database_backend(), "id", ids, &mut values);
        let sql = format!("UPDATE role_grant SET until_on = $2 WHERE council_id = $1 AND from_on <= $2 AND {chosen}");
        execute(&**tx, "ending roles", &sql, values).await?;
        // What would begin when the council is over never does.
        let mut values = vec![scope.council.into(), plan.last_day.into(), tx.at(clock).into(), scope.person.into()];
        let chosen = crate::rows::one_of(tx.get_database_backend(), "id", ids, &mut values);
        let sql = format!(
            "UPDATE role_grant SET withdrawn_at = $3, withdrawn_by = $4, withdrawn_reason = 'The council ends before it begins.' \
            WHERE council_id = $1 AND from_on > $2 AND {chosen}"
        );
        execute(&**tx, "withdrawing roles that begin later", &sql, values).await?;
    }
    Ok(())
}

/// Tells the successor what it is to carry on, and what ends.
async fn told(deed: &Deed<'_>, scope: &Scope, id: Uuid, plan: &Plan) -> Result<()> {
    let to = plan.successor.other.id;
    let elements = plan.elements.iter().filter(|one| one.fate == Fate::Carried).map(|one| carried_element::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        reorganisation_id: id,
        to_council_id: to,
        element_id: one.element.id,
        code: one.element.code.clone(),
        kind: one.element.kind.code().to_owned(),
        title: one.element.title.clone(),
        label: one.element.label.clone(),
        description: one.element.description.clone(),
        owner: one.element.owner.clone(),
        parent_code: one.parent.clone(),
        position: one.position,
        fate: one.fate.code().to_owned(),
    });
    let elements: Vec<_> = elements.map(IntoActiveModel::into_active_model).collect();
    for rows in elements.chunks(ROWS_A_STATEMENT) {
        let insert = carried_element::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("telling which elements are carried on")?;
    }
    let grants = plan.grants.iter().filter(|one| one.fate == Fate::Carried).map(|one| carried_grant::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        reorganisation_id: id,
        to_council_id: to,
        grant_id: one.id,
        email: one.email.clone(),
        name: one.name.clone(),
        role: one.role.to_string(),
        element_code: one.element.clone(),
        fate: one.fate.code().to_owned(),
    });
    let grants: Vec<_> = grants.map(IntoActiveModel::into_active_model).collect();
    for rows in grants.chunks(ROWS_A_STATEMENT) {
        let insert = carried_grant::Entity::insert_many(rows.iter().cloned());
        insert.exec_without_returning(&**deed.tx).await.context("telling which roles are carried on")?;
    }
    Ok(())
}

/// The plan as somebody looks at it.
pub async fn looked_at(db: &impl ConnectionTrait, scope: &Scope, successor: &str, ends: &Ends) -> Result<Plan> {
    let told = |refusal| match refusal {
        Refusal::User(user) => Error::bad_input(user.message),
        Refusal::Error(error) => error,
    };
    let successor = names::agreed_with(db, scope, Side::Successor, successor, "successor").await.map_err(told)?;
    plan(db, scope, successor, ends).await.map_err(told)
}
