//! Who asks, with the grants they hold today.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use rules::permission::{Permission, Role, is_over_elements};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use super::credential::{By, Credential, Origin, Way};
use super::grant::{Grant, GrantScope, Spread};
use super::ground::{Ground, Subtrees};
use super::machine::NOT_FOR_SCRIPTS;
use super::rights::Rights;
use super::scope::{Only, Scope, Within};
use crate::error::{ContextExt, Error, Result};

use crate::rows::read_rows;

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
    /// When they were looked up.
    found_at: DateTime<Utc>,
    /// The day the grants are of: today, unless somebody asks about another.
    pub on: NaiveDate,
    /// Who acts, as the audit trail tells it.
    pub by: Arc<By>,
    /// When the machine token that asks was used before, to the hour.
    pub machine_used_at: Option<DateTime<Utc>>,
    /// From when the session or machine token that asks is over; none for what else somebody shows.
    over_at: Option<DateTime<Utc>>,
    /// What a machine token leaves of its person's rights.
    limit: Option<Limit>,
    ground: Ground,
    /// Below each element a grant or limit names, as it stood on the day.
    subtrees: Subtrees,
}

/// Chosen permissions, over an element if one is chosen.
#[derive(Debug)]
struct Limit {
    permissions: Vec<Permission>,
    element: Option<Uuid>,
}

/// One statement: the person, the council and every grant in force on a day. Who was suspended, and what was withdrawn,
/// by the end of that day does not count: `$6`, for questions about a day that is past; by now, where it is null.
const WHO: &str = "SELECT p.name, p.email, c.code, c.name, g.role, g.scope_kind, g.element_id, g.indicator_id, g.forum_id, g.from_on, \
        g.until_on, c.gss_code, p.tokens_valid_from, g.id, \
        shown.expires_at \
    FROM person p JOIN council c ON c.id = p.council_id \
    LEFT JOIN session shown ON shown.council_id = p.council_id AND shown.id = $4 \
    LEFT JOIN role_grant g ON g.council_id = p.council_id AND g.person_id = p.id \
        AND (g.withdrawn_at IS NULL OR g.withdrawn_at >= $6) AND g.from_on <= $3 AND (g.until_on IS NULL OR g.until_on >= $3) \
    WHERE p.council_id = $1 AND p.id = $2 AND (p.suspended_at IS NULL OR p.suspended_at >= $6) AND c.suspended_at IS NULL \
        AND ($4 IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.council_id = p.council_id AND s.id = $4 AND s.person_id = p.id \
            AND s.ended_at IS NULL AND s.expires_at > $5)) \
        AND ($7 IS NULL OR EXISTS (SELECT 1 FROM identity i JOIN identity_provider d ON d.council_id = i.council_id AND d.id = i.provider_id \
            WHERE i.council_id = p.council_id AND i.provider_id = $7 AND i.subject = $8 AND i.person_id = p.id AND d.disabled_at IS NULL)) \
    ORDER BY g.from_on, g.id";

impl Actor {
    /// Whoever a credential names, with the grants in force now. An unknown, suspended or signed-out person, or a
    /// machine token that was revoked, is nobody.
    pub async fn load(db: &impl ConnectionTrait, credential: &Credential, now: DateTime<Utc>, origin: Origin) -> Result<Self> {
        match credential {
            Credential::Operator { .. } => Err(Error::forbidden("A platform operator belongs to no council and sees none of its figures.")),
            Credential::Person { council, person, way } => {
                let (session, via) = match way {
                    Way::Session { until, .. } | Way::Token { until, .. } | Way::Directory { until, .. } if *until <= now => {
                        return Err(Error::unauthenticated("expired since"));
                    }
                    Way::Session { session, .. } => (Some(*session), "password".to_owned()),
                    Way::Token { .. } => (None, "token".to_owned()),
                    Way::Directory { provider, .. } => (None, format!("directory {provider}")),
                };
                let issued = match way {
                    Way::Token { issued, .. } | Way::Directory { issued, .. } => Some(*issued),
                    Way::Session { .. } => None,
                };
                let identity = match way {
                    Way::Directory { provider_id, subject, .. } => Some((*provider_id, subject.clone())),
                    _ => None,
                };
                let asked = Asked { session, identity, issued, ..Asked::now(*council, *person, now) };
                Self::find(db, asked, By { via, origin, ..By::default() }, None).await
            }
            Credential::Machine(key) => {
                let machine = key.find(db, now).await?;
                let by = By { via: format!("machine token {}", machine.name), machine: Some(key.id), origin, ..By::default() };
                let limit = Some(Limit { permissions: permissions(&machine.permissions)?, element: machine.element });
                let found = Self::find(db, Asked::now(key.council, machine.person, now), by, limit).await?;
                Ok(Self { machine_used_at: machine.last_used_at, over_at: Some(machine.expires_at), ..found })
            }
        }
    }

    /// A person by council and id, with the grants in force on a day: for the command line, and for questions about who
    /// may do what.
    pub async fn load_person(db: &impl ConnectionTrait, council: Uuid, person: Uuid, on: NaiveDate) -> Result<Self> {
        let now = on.and_time(chrono::NaiveTime::MIN).and_utc();
        let asked = Asked { by_the_end_of: Some(on), ..Asked::now(council, person, now) };
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
        let asked = Asked::now(council, person, now);
        Self::find(db, asked, By { via: "job".into(), machine, ..By::default() }, limit).await
    }

    async fn find(db: &impl ConnectionTrait, asked: Asked, mut by: By, limit: Option<Limit>) -> Result<Self> {
        let end = asked.by_the_end_of.map(end_of);
        let (provider, subject) = asked.identity.unzip();
        let values = [
            asked.council.into(),
            asked.person.into(),
            asked.on.into(),
            asked.session.into(),
            asked.now.into(),
            end.into(),
            provider.into(),
            subject.into(),
        ];
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
            found_at: asked.now,
            on: asked.on,
            by: Arc::new(by),
            machine_used_at: None,
            over_at: first.try_get_by_index(14).context("reading who asks")?,
            limit,
            ground: Ground::default(),
            subtrees: Subtrees::new(),
        };
        let limit = actor.limit.iter().filter_map(|limit| limit.element.map(GrantScope::Element));
        let scopes: Vec<GrantScope> = actor.grants.iter().map(|grant| grant.scope).chain(limit).collect();
        actor.ground = Ground::load(db, asked.council, Some(asked.person), &scopes).await?;
        actor.subtrees = actor.ground.subtrees_of(scopes, asked.on);
        Ok(actor)
    }

    /// What the actor may do anywhere in the council, in the order of the permission table.
    pub fn can(&self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|p| self.scope_for(*p).is_ok()).collect()
    }

    /// What the actor may do where a scope covers something, in the order of the permission table; for `viewerCan`.
    pub fn can_where<T: From<Permission>>(&self, covers: impl Fn(&Scope) -> bool) -> Vec<T> {
        self.can_where_on(self.on, covers)
    }

    /// The same, over what stood below the elements of the actor's grants on a day.
    pub fn can_where_on<T: From<Permission>>(&self, on: NaiveDate, covers: impl Fn(&Scope) -> bool) -> Vec<T> {
        let may = |p: &Permission| self.scope_on(*p, on).is_ok_and(|scope| covers(&scope));
        Permission::ALL.iter().copied().filter(may).map(Into::into).collect()
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
        self.scope_with(permission, &self.ground.subtrees(self.subtrees.keys().copied(), on))
    }

    fn scope_with(&self, permission: Permission, subtrees: &Subtrees) -> Result<Scope> {
        if self.limit.as_ref().is_some_and(|limit| !limit.permissions.contains(&permission)) {
            return Err(Error::refused(permission, "This machine token was not given the right to do this."));
        }
        // Verbs about the whole council do not look at what a token was narrowed to.
        if self.limit.as_ref().is_some_and(|limit| limit.element.is_some()) && !is_over_elements(permission) {
            return Err(Error::refused(permission, "This machine token is over one element, and this is about the whole council."));
        }
        if self.is_machine() && NOT_FOR_SCRIPTS.contains(&permission) {
            return Err(Error::refused(permission, "Accounts and roles are looked after by people, not by scripts."));
        }
        let mut only = Only::default();
        let mut role = None;
        for grant in &self.grants {
            match grant.spread(permission, &self.ground, subtrees) {
                Spread::Nothing => continue,
                Spread::Council => return Ok(self.scope(permission, grant.role, self.limited(Within::Council, subtrees))),
                narrower => narrower.add_to(&mut only),
            }
            role = role.or(Some(grant.role));
        }
        let role = role.ok_or_else(|| Error::no_role(permission))?;
        Ok(self.scope(permission, role, self.limited(Within::Only(Arc::new(only)), subtrees)))
    }

    /// Over what the actor may do something, as people say it: what their roles were given over, not all that stands
    /// below it.
    pub fn over(&self, permission: Permission) -> Vec<GrantScope> {
        if self.scope_for(permission).is_err() {
            return Vec::new();
        }
        let mut over = Vec::new();
        for grant in &self.grants {
            match grant.spread(permission, &self.ground, &self.subtrees) {
                Spread::Nothing => {}
                Spread::Council => {
                    return vec![self.limit.as_ref().and_then(|limit| limit.element).map_or(GrantScope::Council, GrantScope::Element)];
                }
                Spread::Elements(id, _) => over.push(GrantScope::Element(id)),
                Spread::Indicator(id, owners) => {
                    over.push(GrantScope::Indicator(id));
                    over.extend(owners.iter().copied().map(GrantScope::Element));
                }
                Spread::Forum(id) => over.push(GrantScope::Forum(id)),
            }
        }
        if let Some(limit) = self.limit.as_ref().and_then(|limit| limit.element) {
            over = over.into_iter().filter_map(|scope| self.inside(scope, limit)).collect();
        }
        let mut seen = HashSet::new();
        over.retain(|scope| seen.insert(*scope));
        over
    }

    /// The ref of an element a role is over, by which later editions know it too.
    pub fn ref_of(&self, scope: GrantScope) -> Option<&str> {
        if let GrantScope::Element(id) = scope { self.ground.ref_of(id) } else { None }
    }

    /// What a machine token over an element leaves of what a role was given over: the smaller of the two.
    fn inside(&self, scope: GrantScope, limit: Uuid) -> Option<GrantScope> {
        let GrantScope::Element(id) = scope else { return None };
        let below = |top: &Uuid, element: &Uuid| self.subtrees.get(top).is_some_and(|below| below.contains(element));
        if below(&limit, &id) { Some(scope) } else { below(&id, &limit).then_some(GrantScope::Element(limit)) }
    }

    /// What a machine token over an element leaves of a scope.
    fn limited(&self, within: Within, subtrees: &Subtrees) -> Within {
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

    /// Everything that what the actor reads may depend on.
    pub fn rights(&self) -> Rights {
        let grants = self.grants.iter().map(|grant| (grant.role, grant.scope)).collect();
        let limit = self.limit.as_ref().map(|limit| (limit.permissions.clone(), limit.element));
        Rights::new(self.council.id, grants, limit)
    }

    /// Until when whoever asks may be taken for the same without being looked up, as long as the council stays as it is. A machine
    /// token is looked up every hour all the same, to note that it is in use.
    pub fn good_until(&self) -> Option<DateTime<Utc>> {
        let hour = self.found_at.duration_trunc(TimeDelta::hours(1)).ok().map(|hour| hour + TimeDelta::hours(1));
        let hour = hour.filter(|_| self.is_machine());
        [self.over_at, hour].into_iter().flatten().min()
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
    /// Who they are to which identity provider, where one's token says so.
    identity: Option<(Uuid, String)>,
    /// When their token was issued, where the token says no session.
    issued: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    on: NaiveDate,
    /// The day by whose end somebody was suspended, or a role withdrawn, to count as such; by now where there is none.
    by_the_end_of: Option<NaiveDate>,
}

impl Asked {
    /// A person as they are now, however they came in.
    fn now(council: Uuid, person: Uuid, now: DateTime<Utc>) -> Self {
        Self { council, person, session: None, identity: None, issued: None, now, on: now.date_naive(), by_the_end_of: None }
    }
}

/// The permissions a machine token was given. One this version does not know is left out.
pub(crate) fn permissions(json: &str) -> Result<Vec<Permission>> {
    let codes: Vec<String> = serde_json::from_str(json).context("reading a machine token's permissions")?;
    Ok(codes.iter().filter_map(|code| code.parse().ok()).collect())
}

fn grant_of(row: &QueryResult) -> Result<Option<Grant>> {
    let get = "reading a grant";
    let Some(role) = row.try_get_by_index::<Option<String>>(4).context(get)? else { return Ok(None) };
    let kind: String = row.try_get_by_index(5).context(get)?;
    let id = |column: usize| row.try_get_by_index::<Option<Uuid>>(column).context(get);
    let scope = GrantScope::of(&kind, id(6)?, id(7)?, id(8)?)?;
    Ok(Some(Grant {
        id: row.try_get_by_index(13).context(get)?,
        role: role.parse().context(get)?,
        scope,
        from: row.try_get_by_index(9).context(get)?,
        until: row.try_get_by_index(10).context(get)?,
    }))
}

/// The instant a day ends.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN).and_utc()
}
