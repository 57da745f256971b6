//! Who asks, with the grants they hold today.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rules::permission::{self, Permission, Reach, Role};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryResult, Statement};
use uuid::Uuid;

use super::credential::{By, Credential, Origin, Way};
use super::scope::{Only, Scope, Within, scoped_rows};
use crate::error::{ContextExt, Error, Result};
use crate::rows::read_rows;

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
    pub id: Uuid,
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
    /// In force on the day.
    pub grants: Vec<Grant>,
    /// The day the grants are of: today, unless somebody asks about another.
    pub on: NaiveDate,
    /// Who acts, as the audit trail tells it.
    pub by: Arc<By>,
    /// What a machine token leaves of its person's rights.
    limit: Option<Limit>,
    tree: Tree,
    /// Elements below each element a grant or limit names, itself included, as they stood on the day.
    subtrees: HashMap<Uuid, HashSet<Uuid>>,
    /// Owners of each indicator a grant names.
    owners: HashMap<Uuid, Vec<Uuid>>,
}

/// Chosen permissions, over an element if one is chosen.
#[derive(Debug)]
struct Limit {
    permissions: Vec<Permission>,
    element: Option<Uuid>,
}

/// Where elements stand, from when until when.
#[derive(Debug, Default)]
struct Tree {
    placements: Vec<Placement>,
    /// Elements of each ref, one an edition: a role over an element is a role over what later editions call the same.
    of_code: HashMap<String, Vec<Uuid>>,
    codes: HashMap<Uuid, String>,
}

#[derive(Debug)]
struct Placement {
    element: Uuid,
    parent: Option<Uuid>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

/// One statement: the person, the council and every grant in force on a day.
const WHO: &str = "SELECT p.name, p.email, c.code, c.name, g.role, g.scope_kind, g.element_id, g.indicator_id, g.forum_id, g.from_on, \
        g.until_on, c.gss_code, p.tokens_valid_from, g.id \
    FROM person p JOIN council c ON c.id = p.council_id \
    LEFT JOIN role_grant g ON g.council_id = p.council_id AND g.person_id = p.id AND g.withdrawn_at IS NULL \
        AND g.from_on <= $3 AND (g.until_on IS NULL OR g.until_on >= $3) \
    WHERE p.council_id = $1 AND p.id = $2 AND p.suspended_at IS NULL AND c.suspended_at IS NULL \
        AND ($4 IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.council_id = p.council_id AND s.id = $4 AND s.person_id = p.id \
            AND s.ended_at IS NULL AND s.expires_at > $5)) \
    ORDER BY g.from_on, g.id";

impl Actor {
    /// Whoever a credential names, with the grants in force now. An unknown, suspended or signed-out person, or a
    /// machine token that was revoked, is nobody.
    pub async fn load(db: &impl ConnectionTrait, credential: &Credential, now: DateTime<Utc>, origin: Origin) -> Result<Self> {
        match credential {
            Credential::Operator { .. } => Err(Error::forbidden("A platform operator belongs to no council and sees none of its figures.")),
            Credential::Person { council, person, way } => {
                let (session, via) = match way {
                    Way::Session(id) => (Some(*id), "password".to_owned()),
                    Way::Token { .. } => (None, "token".to_owned()),
                    Way::Directory { provider } => (None, format!("directory {provider}")),
                };
                let issued = if let Way::Token { issued } = way { Some(*issued) } else { None };
                let asked = Asked { council: *council, person: *person, session, issued, now, on: now.date_naive() };
                Self::find(db, asked, By { via, origin, ..By::default() }, None).await
            }
            Credential::Machine(key) => {
                let machine = key.find(db, now).await?;
                let by = By { via: format!("machine token {}", machine.name), machine: Some(key.id), origin, ..By::default() };
                let limit = Some(Limit { permissions: permissions(&machine.permissions)?, element: machine.element });
                let on = now.date_naive();
                Self::find(db, Asked { council: key.council, person: machine.person, session: None, issued: None, now, on }, by, limit)
                    .await
            }
        }
    }

    /// A person by council and id, with the grants in force on a day: for the command line, and for questions about who
    /// may do what.
    pub async fn load_person(db: &impl ConnectionTrait, council: Uuid, person: Uuid, on: NaiveDate) -> Result<Self> {
        let asked = Asked { council, person, session: None, issued: None, now: on.and_time(chrono::NaiveTime::MIN).and_utc(), on };
        Self::find(db, asked, By { via: "command line".into(), ..By::default() }, None).await
    }

    /// Whoever asked for a job, with the rights they have when it runs; nobody when the machine token they asked with
    /// was revoked since.
    pub async fn load_for_job(
        db: &impl ConnectionTrait,
        council: Uuid,
        person: Uuid,
        machine: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let limit = match machine {
            None => None,
            Some(id) => {
                let sql = "SELECT permissions, element_id FROM machine_token \
                    WHERE council_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3";
                let values = vec![council.into(), id.into(), now.into()];
                let rows = read_rows(db, "finding a machine token", sql, values, |row| Ok((row.next::<String>()?, row.next()?))).await?;
                let (given, element) = rows.into_iter().next().ok_or_else(|| Error::unauthenticated("the machine token was revoked"))?;
                Some(Limit { permissions: permissions(&given)?, element })
            }
        };
        let asked = Asked { council, person, session: None, issued: None, now, on: now.date_naive() };
        Self::find(db, asked, By { via: "job".into(), machine, ..By::default() }, limit).await
    }

    async fn find(db: &impl ConnectionTrait, asked: Asked, mut by: By, limit: Option<Limit>) -> Result<Self> {
        let values = [asked.council.into(), asked.person.into(), asked.on.into(), asked.session.into(), asked.now.into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), WHO, values);
        let rows = db.query_all_raw(statement).await.context("finding who asks")?;
        let first = rows.first().ok_or_else(|| Error::unauthenticated("nobody in use"))?;
        let text = |column: usize| first.try_get_by_index::<String>(column).context("reading who asks");
        let valid_from: Option<DateTime<Utc>> = first.try_get_by_index(12).context("reading who asks")?;
        if valid_from.zip(asked.issued).is_some_and(|(from, issued)| issued < from) {
            return Err(Error::unauthenticated("signed out everywhere since"));
        }
        by.actor = format!("{} <{}>", text(0)?, text(1)?);
        let mut actor = Self {
            person: asked.person,
            name: text(0)?,
            email: text(1)?,
            council: OwnCouncil {
                id: asked.council,
                code: text(2)?,
                name: text(3)?,
                gss_code: first.try_get_by_index(11).context("reading who asks")?,
            },
            grants: rows.iter().filter_map(|row| grant_of(row).transpose()).collect::<Result<_>>()?,
            on: asked.on,
            by: Arc::new(by),
            limit,
            tree: Tree::default(),
            subtrees: HashMap::new(),
            owners: HashMap::new(),
        };
        actor.load_tree(db).await?;
        actor.load_owners(db).await?;
        Ok(actor)
    }

    async fn load_tree(&mut self, db: &impl ConnectionTrait) -> Result<()> {
        let mut tops: HashSet<Uuid> =
            self.grants.iter().filter_map(|g| if let GrantScope::Element(id) = g.scope { Some(id) } else { None }).collect();
        tops.extend(self.limit.iter().filter_map(|limit| limit.element));
        if tops.is_empty() {
            return Ok(());
        }
        let sql = "SELECT p.element_id, p.parent_id, p.stands_from, p.stands_until, e.code FROM placement p \
            JOIN element e ON e.council_id = p.council_id AND e.id = p.element_id WHERE p.council_id = $1";
        let mut tree = Tree::default();
        let rows = read_rows(db, "reading where elements stand", sql, vec![self.council.id.into()], |row| {
            let placement = Placement { element: row.next()?, parent: row.next()?, from: row.next()?, until: row.next()? };
            Ok((placement, row.next::<String>()?))
        });
        for (placement, code) in rows.await? {
            if tree.codes.insert(placement.element, code.clone()).is_none() {
                tree.of_code.entry(code).or_default().push(placement.element);
            }
            tree.placements.push(placement);
        }
        self.subtrees = tree.subtrees(tops, self.on);
        self.tree = tree;
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
        self.scope_with(permission, &self.subtrees)
    }

    /// The same, over what stood below the elements of the actor's grants on a day. Whether a role is held is asked of
    /// the actor's own day all the same.
    pub fn scope_on(&self, permission: Permission, on: NaiveDate) -> Result<Scope> {
        if on == self.on || self.subtrees.is_empty() {
            return self.scope_for(permission);
        }
        self.scope_with(permission, &self.tree.subtrees(self.subtrees.keys().copied(), on))
    }

    fn scope_with(&self, permission: Permission, subtrees: &HashMap<Uuid, HashSet<Uuid>>) -> Result<Scope> {
        if self.limit.as_ref().is_some_and(|limit| !limit.permissions.contains(&permission)) {
            return Err(Error::refused(permission, "This machine token was not given the right to do this."));
        }
        let mut only = Only::default();
        let mut role = None;
        let reading = permission::is_for_reading(permission);
        for grant in &self.grants {
            match (permission::reach(grant.role, permission), grant.scope) {
                (Reach::No, _) => continue,
                (Reach::Council | Reach::AllCouncils, _) | (Reach::Within, GrantScope::Council) => {
                    let within = self.limited(Within::Council, subtrees);
                    return Ok(self.scope(permission, grant.role, within));
                }
                (Reach::Within, GrantScope::Element(id)) => {
                    only.elements.extend(subtrees.get(&id).into_iter().flatten().copied());
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
        let role = role.ok_or_else(|| Error::no_role(permission))?;
        Ok(self.scope(permission, role, self.limited(Within::Only(Arc::new(only)), subtrees)))
    }

    /// What a machine token over an element leaves of a scope.
    fn limited(&self, within: Within, subtrees: &HashMap<Uuid, HashSet<Uuid>>) -> Within {
        let Some(element) = self.limit.as_ref().and_then(|limit| limit.element) else { return within };
        let below = subtrees.get(&element).cloned().unwrap_or_default();
        let elements = match &within {
            Within::Council => below,
            Within::Only(only) => only.elements.intersection(&below).copied().collect(),
        };
        Within::Only(Arc::new(Only { elements, ..Only::default() }))
    }

    /// For reading what concerns the actor alone: their own grants, uploads and imports.
    pub fn own_scope(&self) -> Scope {
        let role = self.grants.first().map_or(Role::Public, |grant| grant.role);
        self.scope(Permission::ViewPublished, role, Within::Only(Arc::default()))
    }

    /// Whether a machine token asks: what concerns sign-in is not for scripts.
    pub const fn is_machine(&self) -> bool {
        self.limit.is_some()
    }

    fn scope(&self, permission: Permission, role: Role, within: Within) -> Scope {
        Scope { council: self.council.id, person: self.person, role, permission, within, by: Arc::clone(&self.by) }
    }
}

/// Whom to find.
struct Asked {
    council: Uuid,
    person: Uuid,
    session: Option<Uuid>,
    /// When their token was issued, where the token says no session.
    issued: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    on: NaiveDate,
}

impl Tree {
    /// Each top with everything below it on a day, in every edition that has an element of its ref.
    fn subtrees(&self, tops: impl IntoIterator<Item = Uuid>, on: NaiveDate) -> HashMap<Uuid, HashSet<Uuid>> {
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for placement in &self.placements {
            let stands = placement.from.is_none_or(|from| from <= on) && placement.until.is_none_or(|until| on <= until);
            if let (true, Some(parent)) = (stands, placement.parent) {
                below.entry(parent).or_default().push(placement.element);
            }
        }
        tops.into_iter()
            .map(|top| {
                let same = self.codes.get(&top).and_then(|code| self.of_code.get(code));
                (top, closure(same.into_iter().flatten().copied().chain([top]), &below))
            })
            .collect()
    }
}

/// The permissions a machine token was given. One this version does not know is left out.
fn permissions(json: &str) -> Result<Vec<Permission>> {
    let codes: Vec<String> = serde_json::from_str(json).context("reading a machine token's permissions")?;
    Ok(codes.iter().filter_map(|code| code.parse().ok()).collect())
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
        id: id(13)?,
        role: role.parse().context(get)?,
        scope,
        from: row.try_get_by_index(9).context(get)?,
        until: row.try_get_by_index(10).context(get)?,
    }))
}

/// The tops and everything below them. Each element is entered once, so a loop in the rows cannot hold us.
fn closure(tops: impl IntoIterator<Item = Uuid>, below: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
    let mut next: Vec<Uuid> = tops.into_iter().collect();
    let mut inside: HashSet<Uuid> = next.iter().copied().collect();
    while let Some(element) = next.pop() {
        for child in below.get(&element).into_iter().flatten() {
            if inside.insert(*child) {
                next.push(*child);
            }
        }
    }
    inside
}
