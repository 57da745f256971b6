//! Withdrawing a role, giving it an earlier end, and prolonging it.

use chrono::{DateTime, NaiveDate, Utc};
use entity::role_grant::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::give::{Wanted, deputises, no_overlap, not_oneself};
use super::{Deed, administers, grant_state, keep_an_administrator, reason, written};
use crate::access::Scope;
use crate::error::{ContextExt, Error, Refusal, Result, UserError};
use crate::people::store::{self, GrantEntry};

/// Withdraws a role from now on, or gives it a last day that is today or to come.
pub async fn withdraw(deed: &Deed<'_>, id: Option<Uuid>, why: &str, last_day: Option<NaiveDate>) -> Result<GrantEntry, Refusal> {
    let scope = deed.scope()?;
    let why = reason(why)?;
    let before = open(deed, &scope, id).await?;
    if let Some(day) = last_day {
        ends_earlier(deed, &before, day)?;
    }
    if administers(&before) {
        let left = |entry: &GrantEntry| match last_day {
            _ if entry.grant.id != before.grant.id => Some(entry.grant.until),
            Some(day) => Some(Some(day)),
            None => None,
        };
        keep_an_administrator(deed, &scope, left).await?;
    }
    let now = last_day.is_none().then(|| deed.tx.at(&deed.app.clock));
    let ending = Ending { until: last_day.or(before.grant.until), withdrawn_at: now, by: Some(scope.person), why: Some(why) };
    let after = save(deed, &scope, &before, &ending).await?;
    let states = (grant_state(&before, None), grant_state(&after, None));
    deed.record(&scope, "grant.withdraw", format!("grant {}", after.grant.id), states.0, states.1).await?;
    Ok(after)
}

/// Gives a role a later last day, or none.
pub async fn prolong(deed: &Deed<'_>, id: Option<Uuid>, why: &str, until: Option<NaiveDate>) -> Result<GrantEntry, Refusal> {
    let scope = deed.scope()?;
    let why = reason(why)?;
    let before = open(deed, &scope, id).await?;
    not_oneself(deed, before.person.id, "id")?;
    let later = before.grant.until.is_some_and(|held| until.is_none_or(|until| until > held));
    if !later {
        let held = before.grant.until.map_or_else(|| "has no end".to_owned(), |held| format!("lasts until {}", written(held)));
        let message = format!("The role {held}: it is prolonged beyond that. To end it earlier, withdraw it with a last day.");
        return Err(UserError::new("GRANT_DATES_BACKWARD", message, Some(&["input", "until"])).into());
    }
    let wanted = Wanted {
        id: Some(before.grant.id),
        person: before.person.id,
        role: before.grant.role,
        over: before.grant.scope,
        code: before.element_code.as_deref(),
        from: before.grant.from.max(deed.today()),
        until,
    };
    no_overlap(deed, &scope, &wanted).await?;
    if let Some(principal) = &before.deputy_for {
        deputises(deed, &scope, principal.id, &wanted).await?;
    }
    let after = save(deed, &scope, &before, &Ending { until, withdrawn_at: None, by: None, why: None }).await?;
    let states = (grant_state(&before, None), grant_state(&after, Some(&why)));
    deed.record(&scope, "grant.prolong", format!("grant {}", after.grant.id), states.0, states.1).await?;
    Ok(after)
}

/// A grant that has not ended and was given here. Absent and another council's look the same.
async fn open(deed: &Deed<'_>, scope: &Scope, id: Option<Uuid>) -> Result<GrantEntry, Refusal> {
    let found = match id {
        Some(id) => store::grant(&**deed.tx, scope, id).await?,
        None => None,
    };
    let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(&["input", "id"])).into());
    let Some(entry) = found else {
        return refused("GRANT_NOT_FOUND", "There is no role with this id in your council: a person's `grants` lists them.".into());
    };
    if let Some(group) = &entry.directory_group {
        return refused(
            "GRANT_FROM_DIRECTORY",
            format!("The directory's group {group} brings this role: take {} out of it there.", entry.person.name),
        );
    }
    let ended = entry.withdrawn_at.map(|at| at.date_naive()).or(entry.grant.until.filter(|until| *until < deed.today()));
    match ended {
        Some(day) => refused("GRANT_ENDED", format!("This role ended on {}: to give it again, give it anew.", written(day))),
        None => Ok(entry),
    }
}

fn ends_earlier(deed: &Deed<'_>, entry: &GrantEntry, last_day: NaiveDate) -> Result<(), Refusal> {
    let refused = |message: String| Err(UserError::new("GRANT_DATES_BACKWARD", message, Some(&["input", "lastDay"])).into());
    if last_day < deed.today() {
        return refused(format!("{} is past: leave the last day out to withdraw the role now.", written(last_day)));
    }
    if last_day < entry.grant.from {
        return refused(format!("The role begins on {} only: leave the last day out to withdraw it.", written(entry.grant.from)));
    }
    match entry.grant.until.filter(|until| *until <= last_day) {
        Some(until) => refused(format!("The role ends on {} anyway: choose an earlier day, or prolong it.", written(until))),
        None => Ok(()),
    }
}

/// How a grant ends.
struct Ending {
    until: Option<NaiveDate>,
    withdrawn_at: Option<DateTime<Utc>>,
    by: Option<Uuid>,
    why: Option<String>,
}

async fn save(deed: &Deed<'_>, scope: &Scope, before: &GrantEntry, ending: &Ending) -> Result<GrantEntry> {
    let id = before.grant.id;
    let done = Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::Id.eq(id))
        .filter(Column::WithdrawnAt.is_null())
        .col_expr(Column::UntilOn, Expr::value(ending.until))
        .col_expr(Column::WithdrawnAt, Expr::value(ending.withdrawn_at))
        .col_expr(Column::WithdrawnBy, Expr::value(ending.by))
        .col_expr(Column::WithdrawnReason, Expr::value(ending.why.clone()))
        .exec(&**deed.tx)
        .await
        .context("ending a role")?;
    let after = if done.rows_affected == 1 { store::grant(&**deed.tx, scope, id).await? } else { None };
    after.ok_or_else(|| Error::internal("ending a role", &"it is gone"))
}
