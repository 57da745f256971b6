//! Setting where a council's reminders go.

use entity::notice_setting::Model;
use rules::permission::Permission;
use rules::reminder::{DAYS_BEFORE_MAX, DAYS_BETWEEN_MAX};
use serde::Serialize;

use super::{store, webhook};
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};

/// What is to be set: all of it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// None: no webhook.
    pub url: Option<String>,
    /// Sign with another secret from now on.
    pub new_secret: bool,
    pub by_mail: bool,
    /// Whether the webhook is told of early warnings.
    pub warnings: bool,
    pub days_before: i32,
    pub days_between: i32,
}

/// What was set, and the secret where it is a new one: it is told this once.
pub struct Set {
    pub row: Model,
    pub secret: Option<String>,
}

/// Sets where reminders go. Nothing new in it, nothing changes.
pub async fn set(app: &App, tx: &Change, actor: &Actor, wanted: Wanted) -> Result<Set, Refusal> {
    let scope = actor.scope_for(Permission::ManageSettings)?;
    within(wanted.days_before, 0, DAYS_BEFORE_MAX, "daysBefore")?;
    within(wanted.days_between, 1, DAYS_BETWEEN_MAX, "daysBetween")?;
    let url = wanted.url.as_deref().map(str::trim).filter(|url| !url.is_empty());
    if let Some(url) = url {
        app.notices.hook.check(url)?;
    }
    let before = store::setting(&**tx, &scope).await?;
    let salt = before.as_ref().and_then(|row| row.webhook_secret.clone());
    // Without an address there is nothing to sign.
    let fresh = url.is_some() && (wanted.new_secret || salt.is_none());
    let id = app.ids.next();
    let row = Model {
        council_id: scope.council,
        id,
        webhook_url: url.map(str::to_owned),
        webhook_secret: if fresh { Some(id.to_string()) } else { salt.filter(|_| url.is_some()) },
        by_mail: wanted.by_mail,
        days_before: wanted.days_before,
        days_between: wanted.days_between,
        recorded_at: tx.at(&app.clock),
        superseded_at: None,
        recorded_by: scope.person,
        warnings: wanted.warnings,
    };
    if let Some(before) = before.as_ref().filter(|before| same(before, &row)) {
        return Ok(Set { row: before.clone(), secret: None });
    }
    let secret = match &row.webhook_secret {
        Some(salt) if fresh => Some(webhook::secret(app, scope.council, salt)?),
        _ => None,
    };
    let event = Event {
        verb: "notices.set",
        subject: format!("council {}", scope.council),
        before: before.as_ref().and_then(|before| audit::state(&Told::of(before, false))),
        after: audit::state(&Told::of(&row, fresh)),
    };
    store::replace(tx, row.clone()).await?;
    audit::record(app, tx, &scope, event).await?;
    Ok(Set { row, secret })
}

fn same(one: &Model, other: &Model) -> bool {
    let said =
        |row: &Model| (row.webhook_url.clone(), row.webhook_secret.clone(), row.by_mail, row.warnings, row.days_before, row.days_between);
    said(one) == said(other)
}

fn within(days: i32, least: i32, most: i32, field: &str) -> Result<(), Refusal> {
    if (least..=most).contains(&days) {
        return Ok(());
    }
    Err(UserError::new("DAYS_OUT_OF_RANGE", format!("Give {least} to {most} days."), Some(&["input", field])).into())
}

/// The host of a webhook: the rest of its address may be a secret of the receiver's.
pub fn host(url: &str) -> Option<String> {
    reqwest::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// What the trail keeps of it.
#[derive(Serialize)]
struct Told {
    webhook: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    new_secret: bool,
    by_mail: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    warnings: bool,
    days_before: i32,
    days_between: i32,
}

impl Told {
    fn of(row: &Model, new_secret: bool) -> Self {
        Self {
            webhook: row.webhook_url.as_deref().and_then(host),
            new_secret,
            by_mail: row.by_mail,
            warnings: row.warnings,
            days_before: row.days_before,
            days_between: row.days_between,
        }
    }
}
