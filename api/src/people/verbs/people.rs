//! Inviting, changing, suspending and restoring people.

use entity::person::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Deed, keep_an_administrator, person, person_state, reason};
use crate::access::Scope;
use crate::accounts::sessions::next_second;
use crate::accounts::{links, machines};
use crate::audit::Behind;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::people::service::{NewPerson, enter};
use crate::people::store::{self, PersonEntry};

/// What mail takes (RFC 5321).
const EMAIL_BYTES_MAX: usize = 254;
const NAME_CHARACTERS_MAX: usize = 200;

/// Somebody to be entered.
pub struct InviteInput<'a> {
    /// The council's code.
    pub council: &'a str,
    pub email: &'a str,
    pub name: &'a str,
}

/// What is to change of somebody: what is not given stays.
pub struct UpdateInput<'a> {
    pub id: Option<Uuid>,
    pub email: Option<&'a str>,
    pub name: Option<&'a str>,
}

/// Enters somebody, without any role.
pub async fn invite(deed: &Deed<'_>, input: &InviteInput<'_>) -> Result<PersonEntry, Refusal> {
    let scope = deed.scope()?;
    if !input.council.eq_ignore_ascii_case(&deed.actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    let email = email_of(input.email, &["input", "email"])?;
    let name = name_of(input.name, &["input", "name"])?;
    free(deed, &scope, &email, None).await?;
    let id = enter(deed.app, &**deed.tx, scope.council, &NewPerson { email: &email, name: &name, grants: &[] }).await?;
    let entered = PersonEntry { id, name, email, suspended_at: None };
    deed.record(&scope, "person.invite", format!("person {id}"), None, person_state(&entered, None)).await?;
    Ok(entered)
}

/// Changes somebody's name or address. Told what is so already, nothing changes.
pub async fn update(deed: &Deed<'_>, input: &UpdateInput<'_>) -> Result<PersonEntry, Refusal> {
    let scope = deed.scope()?;
    let before = person(deed, &scope, input.id, "id").await?;
    let email = input.email.map(|email| email_of(email, &["input", "email"])).transpose()?;
    let name = input.name.map(|name| name_of(name, &["input", "name"])).transpose()?;
    let after = PersonEntry {
        email: email.unwrap_or_else(|| before.email.clone()),
        name: name.unwrap_or_else(|| before.name.clone()),
        ..before.clone()
    };
    if after == before {
        return Ok(after);
    }
    free(deed, &scope, &after.email, Some(after.id)).await?;
    let set = [(Column::Email, Expr::value(after.email.clone())), (Column::Name, Expr::value(after.name.clone()))];
    change(deed, &scope, after.id, set).await?;
    let states = (person_state(&before, None), person_state(&after, None));
    deed.record(&scope, "person.update", format!("person {}", after.id), states.0, states.1).await?;
    Ok(after)
}

/// Lets somebody in no more: their sessions end, and tokens issued to them before, machine tokens and one-time links
/// stay refused even when they are restored. Suspended already, nothing changes.
pub async fn suspend(deed: &Deed<'_>, id: Option<Uuid>, why: &str) -> Result<PersonEntry, Refusal> {
    let scope = deed.scope()?;
    let why = reason(why)?;
    let before = person(deed, &scope, id, "id").await?;
    if before.suspended_at.is_some() {
        return Ok(before);
    }
    keep_an_administrator(deed, &scope, |entry| (entry.person.id != before.id).then_some(entry.grant.until)).await?;
    let now = deed.app.clock.now();
    let after = PersonEntry { suspended_at: Some(now), ..before.clone() };
    let set = [(Column::SuspendedAt, Expr::value(Some(now))), (Column::TokensValidFrom, Expr::value(Some(next_second(now))))];
    change(deed, &scope, after.id, set).await?;
    end_sessions(deed, &scope, after.id).await?;
    links::replace(deed.tx, scope.council, after.id, now).await?;
    let behind = Behind { person: Some(scope.person), role: Some(scope.role), by: &scope.by };
    machines::revoke_all(deed.app, deed.tx, scope.council, after.id, &behind, &format!("Suspended: {why}")).await?;
    let states = (person_state(&before, None), person_state(&after, Some(&why)));
    deed.record(&scope, "person.suspend", format!("person {}", after.id), states.0, states.1).await?;
    Ok(after)
}

/// Lets somebody in again, with the roles they hold. Not suspended, nothing changes.
pub async fn restore(deed: &Deed<'_>, id: Option<Uuid>, why: &str) -> Result<PersonEntry, Refusal> {
    let scope = deed.scope()?;
    let why = reason(why)?;
    let before = person(deed, &scope, id, "id").await?;
    if before.suspended_at.is_none() {
        return Ok(before);
    }
    let after = PersonEntry { suspended_at: None, ..before.clone() };
    change(deed, &scope, after.id, [(Column::SuspendedAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))]).await?;
    let states = (person_state(&before, None), person_state(&after, Some(&why)));
    deed.record(&scope, "person.restore", format!("person {}", after.id), states.0, states.1).await?;
    Ok(after)
}

async fn change(
    deed: &Deed<'_>,
    scope: &Scope,
    id: Uuid,
    set: impl IntoIterator<Item = (Column, sea_orm::sea_query::SimpleExpr)>,
) -> Result<()> {
    let mut update = Entity::update_many().filter(Column::CouncilId.eq(scope.council)).filter(Column::Id.eq(id));
    for (column, value) in set {
        update = update.col_expr(column, value);
    }
    let done = update.exec(&**deed.tx).await.context("changing a person")?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::internal("changing a person", &"they are gone")) }
}

async fn end_sessions(deed: &Deed<'_>, scope: &Scope, id: Uuid) -> Result<()> {
    use entity::session::Column;
    entity::session::Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::PersonId.eq(id))
        .filter(Column::EndedAt.is_null())
        .col_expr(Column::EndedAt, Expr::value(Some(deed.app.clock.now())))
        .col_expr(Column::EndReason, Expr::value(Some("SUSPENDED")))
        .exec(&**deed.tx)
        .await
        .context("ending a person's sessions")?;
    Ok(())
}

/// Refuses an address somebody else of the council has.
async fn free(deed: &Deed<'_>, scope: &Scope, email: &str, of: Option<Uuid>) -> Result<(), Refusal> {
    let taken = store::person_by_email(&**deed.tx, scope, email).await?.filter(|other| Some(other.id) != of);
    let Some(other) = taken else { return Ok(()) };
    let message = format!("{} has this address: an address is one person's. Change theirs first, or give this person another.", other.name);
    Err(UserError::new("EMAIL_TAKEN", message, Some(&["input", "email"])).into())
}

/// An address as it is kept, in lower case. Whether mail gets there only mail can say; this refuses what cannot be one.
pub(crate) fn email_of(given: &str, field: &[&str]) -> Result<String, Refusal> {
    let email = given.trim().to_lowercase();
    let sound = email.len() <= EMAIL_BYTES_MAX
        && !email.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"'))
        && email.split_once('@').is_some_and(|(local, domain)| {
            let labels = domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
            !local.is_empty() && !domain.contains('@') && domain.contains('.') && labels
        });
    if sound {
        return Ok(email);
    }
    let message = format!("This is no e-mail address: write one like ann.example@council.gov.uk, {EMAIL_BYTES_MAX} characters at most.");
    Err(UserError::new("EMAIL_INVALID", message, Some(field)).into())
}

/// A name as it is kept.
pub(crate) fn name_of(given: &str, field: &[&str]) -> Result<String, Refusal> {
    let name = given.trim();
    if !name.is_empty() && name.chars().count() <= NAME_CHARACTERS_MAX && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    let message = format!("Write a name of 1 to {NAME_CHARACTERS_MAX} characters on one line.");
    Err(UserError::new("NAME_INVALID", message, Some(field)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case_and_what_cannot_be_one_is_refused() {
        let kept = |text: &str| email_of(text, &["email"]).ok();
        assert_eq!(kept(" Ann.Example@Council.GOV.uk ").as_deref(), Some("ann.example@council.gov.uk"));
        assert_eq!(kept("o'neil+x@a-b.example").as_deref(), Some("o'neil+x@a-b.example"));
        let long = format!("{}@example.org", "a".repeat(243));
        for refused in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@example",
            "a@b@c.org",
            "a b@c.org",
            "a@c..org",
            "a@-c.org",
            "Ann <a@c.org>",
            "a@c.org,",
            &long,
        ] {
            assert_eq!(kept(refused), None, "{refused}");
        }
        assert!(kept(&long[1..]).is_some());
    }

    #[test]
    fn a_name_is_one_line_with_something_in_it() {
        let kept = |text: &str| name_of(text, &["name"]).ok();
        assert_eq!(kept("  Ann Example ").as_deref(), Some("Ann Example"));
        for refused in ["", "  ", "Ann\nExample", &"a".repeat(201)] {
            assert_eq!(kept(refused), None, "{refused:?}");
        }
    }
}
