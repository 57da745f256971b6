//! Entering people and giving roles, for whoever has the right to.

use rules::permission::{Role, may_hold};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::GrantScope;
use crate::access::scope::of_council;
use crate::app::App;
use crate::error::{ContextExt, Error, Result};

/// A person to be entered.
pub struct NewPerson<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub grants: &'a [(Role, GrantScope)],
}

/// Enters a person with roles from today on. For setting up a council; the caller has the right to.
pub async fn enter(app: &App, db: &impl ConnectionTrait, council: Uuid, new: &NewPerson<'_>) -> Result<Uuid> {
    let (person, now) = (app.ids.next(), app.clock.now());
    let row = entity::person::ActiveModel {
        council_id: Set(council),
        id: Set(person),
        email: Set(new.email.trim().to_lowercase()),
        name: Set(new.name.to_owned()),
        created_at: Set(now),
        suspended_at: Set(None),
        tokens_valid_from: Set(None),
    };
    entity::person::Entity::insert(row).exec_without_returning(db).await.context("entering a person")?;
    for (role, scope) in new.grants {
        give(app, db, council, person, *role, *scope).await?;
    }
    Ok(person)
}

/// Gives a role from today on. The caller has the right to.
pub async fn give(app: &App, db: &impl ConnectionTrait, council: Uuid, person: Uuid, role: Role, scope: GrantScope) -> Result<()> {
    let kind = scope.kind();
    if !may_hold(role, kind) {
        return Err(Error::bad_input(format!("{} is not held over {}.", role.words(), kind.words().to_lowercase())));
    }
    let (element, indicator, forum) = scope.ids();
    let row = entity::role_grant::ActiveModel {
        council_id: Set(council),
        id: Set(app.ids.next()),
        person_id: Set(person),
        role: Set(role.to_string()),
        scope_kind: Set(kind.to_string()),
        element_id: Set(element),
        indicator_id: Set(indicator),
        forum_id: Set(forum),
        from_on: Set(app.clock.today()),
        until_on: Set(None),
        deputy_for: Set(None),
        reason: Set(None),
        granted_by: Set(None),
        directory_group: Set(None),
        created_at: Set(app.clock.now()),
        withdrawn_at: Set(None),
        withdrawn_by: Set(None),
        withdrawn_reason: Set(None),
    };
    entity::role_grant::Entity::insert(row).exec_without_returning(db).await.context("giving a role")?;
    Ok(())
}

/// A person of a council by address.
pub async fn by_email(db: &impl ConnectionTrait, council: Uuid, email: &str) -> Result<Option<Uuid>> {
    use entity::person::Column;
    let found = of_council::<entity::person::Entity>(council).filter(Column::Email.eq(email.trim().to_lowercase()));
    Ok(found.one(db).await.context("finding a person")?.map(|p| p.id))
}
