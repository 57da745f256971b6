//! Who asks, with the grants they hold today.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rules::permission::{self, Permission, Reach, Role};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryResult, Statement};
use uuid::Uuid;

use super::scope::{Only, Scope, Within, scoped_rows};
use super::token::Claims;
use crate::error::{ContextExt, Error, Result};

/// What a grant covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantScope {
    Council,
    /// The element and all below it.
    Element(Uuid),
    Indicator(Uuid),
    Forum(Uuid),
}

/// A role held over a scope from a day until a day.
#[derive(Debug, Clone)]
pub struct Grant {
    pub role: Role,
    pub scope: GrantScope,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// The council a person belongs to.
#[derive(Debug, Clone)]
pub struct OwnCouncil {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    /// The statisticians' code of its area.
    pub gss_code: Option<String>,
}

/// A signed-in person of one council.
#[derive(Debug)]
pub struct Actor {
    pub person: Uuid,
    pub name: String,
    pub email: String,
    pub council: OwnCouncil,
    /// In force today.
    pub grants: Vec<Grant>,
    /// Elements below each element a grant names, itself included, as they stand today.
    subtrees: HashMap<Uuid, Arc<HashSet<Uuid>>>,
    /// Owners of each indicator a grant names.
    owners: HashMap<Uuid, Vec<Uuid>>,
}

/// One statement: the person, the council and every grant in force on a day.
const WHO: &str = "SELECT p.name, p.email, c.code, c.name, g.role, g.scope_kind, g.element_id, g.indicator_id, g.forum_id, g.from_on, g.until_on, c.gss_code \
    FROM person p JOIN council c ON c.id = p.council_id \
    LEFT JOIN role_grant g ON g.council_id = p.council_id AND g.person_id = p.id AND g.withdrawn_at IS NULL \
        AND g.from_on <= $3 AND (g.until_on IS NULL OR g.until_on >= $3) \
    WHERE p.council_id = $1 AND p.id = $2 AND p.suspended_at IS NULL AND c.suspended_at IS NULL \
    ORDER BY g.from_on, g.id";

impl Actor {
    /// The person a token names, with the grants in force on `today`. An unknown, suspended or grantless person is
    /// nobody, whatever the token says.
    pub async fn load(db: &impl ConnectionTrait, claims: &Claims, today: NaiveDate) -> Result<Self> {
        Self::load_person(db, claims.council.ok_or_else(nobody)?, claims.sub, today).await
    }

    /// A person by council and id, with the grants in force on `today`: who a job acts as.
    pub async fn load_person(db: &impl ConnectionTrait, council: Uuid, person: Uuid, today: NaiveDate) -> Result<Self> {
        let asked = Statement::from_sql_and_values(db.get_database_backend(), WHO, [council.into(), person.into(), today.into()]);
        let rows = db.query_all_raw(asked).await.context("finding who asks")?;
        let first = rows.first().ok_or_else(nobody)?;
        let text = |column: usize| first.try_get_by_index::<String>(column).context("reading who asks");
        let mut actor = Self {
            person,
            name: text(0)?,
            email: text(1)?,
            council: OwnCouncil {
                id: council,
                code: text(2)?,
                name: text(3)?,
                gss_code: first.try_get_by_index(11).context("reading who asks")?,
            },
            grants: rows.iter().filter_map(|row| grant_of(row).transpose()).collect::<Result<_>>()?,
            subtrees: HashMap::new(),
            owners: HashMap::new(),
        };
        actor.load_subtrees(db, today).await?;
        actor.load_owners(db).await?;
        Ok(actor)
    }

    async fn load_subtrees(&mut self, db: &impl ConnectionTrait, today: NaiveDate) -> Result<()> {
        let tops: HashSet<Uuid> =
            self.grants.iter().filter_map(|g| if let GrantScope::Element(id) = g.scope { Some(id) } else { None }).collect();
        if tops.is_empty() {
            return Ok(());
        }
        use entity::placement::Column;
        let stands = Column::StandsFrom
            .is_null()
            .or(Column::StandsFrom.lte(today))
            .and(Column::StandsUntil.is_null().or(Column::StandsUntil.gte(today)));
        let rows: Vec<(Uuid, Option<Uuid>)> = scoped_rows::<entity::placement::Entity, _>(
            db,
            self.council.id,
            |query| query.filter(stands),
            [Column::ElementId, Column::ParentId],
        )
        .await?;
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for (element, parent) in rows {
            if let Some(parent) = parent {
                below.entry(parent).or_default().push(element);
            }
        }
        self.subtrees = tops.into_iter().map(|top| (top, Arc::new(closure(top, &below)))).collect();
        Ok(())
    }

    async fn load_owners(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let named: Vec<Uuid> =
            self.grants.iter().filter_map(|g| if let GrantScope::Indicator(id) = g.scope { Some(id) } else { None }).collect();
        if named.is_empty() {
            return Ok(());
        }
        use entity::membership::Column;
        let rows: Vec<(Uuid, Uuid)> = scoped_rows::<entity::membership::Entity, _>(
            db,
            self.council.id,
            |query| query.filter(Column::IndicatorId.is_in(named)),
            [Column::IndicatorId, Column::OwnerId],
        )
        .await?;
        for (indicator, owner) in rows {
            self.owners.entry(indicator).or_default().push(owner);
        }
        Ok(())
    }

    /// What the actor may do anywhere in the council, in the order of the permission table.
    pub fn can(&self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|p| self.scope_for(*p).is_ok()).collect()
    }

    /// The right to do something, and over what; the only maker of a [`Scope`].
    pub fn scope_for(&self, permission: Permission) -> Result<Scope> {
        let mut only = Only::default();
        let mut role = None;
        let reading = permission::is_for_reading(permission);
        for grant in &self.grants {
            match (permission::reach(grant.role, permission), grant.scope) {
                (Reach::No, _) => continue,
                (Reach::Council | Reach::AllCouncils, _) | (Reach::Within, GrantScope::Council) => {
                    return Ok(self.scope(permission, grant.role, Within::Council));
                }
                (Reach::Within, GrantScope::Element(id)) => {
                    only.elements.extend(self.subtrees.get(&id).into_iter().flat_map(|set| set.iter().copied()));
                    only.elements.insert(id);
                }
                (Reach::Within, GrantScope::Indicator(id)) => {
                    only.indicators.insert(id);
                    // What one may enter and what one may see are two scopes (`domain.md` §4): who provides single
                    // indicators reads the rest of the services that own them.
                    only.elements.extend(self.owners.get(&id).into_iter().flatten().filter(|_| reading).copied());
                }
                (Reach::Within, GrantScope::Forum(id)) => _ = only.forums.insert(id),
            }
            role = role.or(Some(grant.role));
        }
        let Some(role) = role else {
            return Err(Error::forbidden(format!("None of your roles lets you do this ({}).", permission.words())));
        };
        Ok(self.scope(permission, role, Within::Only(Arc::new(only))))
    }

    /// For reading what concerns the actor alone: their own grants, uploads and imports.
    pub fn own_scope(&self) -> Scope {
        let role = self.grants.first().map_or(Role::Public, |grant| grant.role);
        self.scope(Permission::ViewPublished, role, Within::Only(Arc::default()))
    }

    fn scope(&self, permission: Permission, role: Role, within: Within) -> Scope {
        Scope { council: self.council.id, person: self.person, role, permission, within }
    }
}

fn nobody() -> Error {
    Error::unauthenticated("This account is not in use. Ask your council's administrator.")
}

fn grant_of(row: &QueryResult) -> Result<Option<Grant>> {
    let get = "reading a grant";
    let Some(role) = row.try_get_by_index::<Option<String>>(4).context(get)? else { return Ok(None) };
    let kind: String = row.try_get_by_index(5).context(get)?;
    let id = |column: usize| row.try_get_by_index::<Uuid>(column).context(get);
    let scope = match kind.as_str() {
        "COUNCIL" => GrantScope::Council,
        "ELEMENT" => GrantScope::Element(id(6)?),
        "INDICATOR" => GrantScope::Indicator(id(7)?),
        "FORUM" => GrantScope::Forum(id(8)?),
        other => return Err(Error::internal(get, &format!("unknown scope {other}"))),
    };
    Ok(Some(Grant {
        role: role.parse().context(get)?,
        scope,
        from: row.try_get_by_index(9).context(get)?,
        until: row.try_get_by_index(10).context(get)?,
    }))
}

/// `top` and everything below it. Each element is entered once, so a loop in the rows cannot hold us.
fn closure(top: Uuid, below: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
    let mut inside = HashSet::from([top]);
    let mut next = vec![top];
    while let Some(element) = next.pop() {
        for child in below.get(&element).into_iter().flatten() {
            if inside.insert(*child) {
                next.push(*child);
            }
        }
    }
    inside
}
