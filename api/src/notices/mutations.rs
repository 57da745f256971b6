//! Setting where reminders go.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use rules::permission::Permission;

use super::graphql::NoticeSettings;
use super::settings::{self, Set, Wanted};
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::session::session;

/// Where a council's reminders go, and when: all of it.
#[derive(InputObject)]
pub struct NoticeSettingsSetInput {
    /// Code of the council.
    council: String,
    /// Address that reminders are sent to as JSON by POST: https, by name, at public addresses only. Null for none.
    webhook_url: Option<String>,
    /// Sign requests with another secret from now on: the one before is no good any more.
    #[graphql(default = false)]
    new_secret: bool,
    /// Whether people are reminded by mail, where the installation has a relay.
    by_mail: bool,
    /// Whether the webhook is told of early warnings too: which rule fired, for what and since when, and no figure.
    #[graphql(default = false)]
    warnings: bool,
    /// How many days before its last day people are reminded of something, 0 to 60; they are on the day itself too.
    #[graphql(default = 7)]
    days_before: i32,
    /// How many days lie between reminders of what is overdue, 1 to 60.
    #[graphql(default = 7)]
    days_between: i32,
}

/// What came of setting where reminders go.
#[derive(SimpleObject)]
pub struct NoticeSettingsSetPayload {
    /// The settings as they are now.
    settings: Option<NoticeSettings>,
    /// What the webhook's requests are signed with, where it is new. Keep it: it is shown this once. Each request has
    /// `Goldenthread-Timestamp` (seconds since 1970) and `Goldenthread-Signature`: `v1=` and the hexadecimal HMAC-SHA256 with this
    /// secret over the timestamp, a full stop and the body. `Goldenthread-Notice` tells repetitions.
    secret: Option<String>,
    /// What the person can put right: `COUNCIL_NOT_FOUND`, `WEBHOOK_NOT_ALLOWED`, `DAYS_OUT_OF_RANGE`.
    user_errors: Vec<UserError>,
}

/// Setting where reminders go.
#[derive(Default)]
pub struct NoticeMutation;

#[Object]
impl NoticeMutation {
    /// Set where the council's reminders of returns and answers go, and when. Needs `MANAGE_SETTINGS`.
    async fn notice_settings_set(&self, ctx: &Context<'_>, input: NoticeSettingsSetInput) -> Option<Result<NoticeSettingsSetPayload>> {
        let act = async || {
            let (set, user_errors) = payload(set(ctx, input).await)?;
            let (row, secret) = set.map(|set| (set.row, set.secret)).unzip();
            let settings = row.map(|row| NoticeSettings::of(&session(ctx).app, &row));
            Ok(NoticeSettingsSetPayload { settings, secret: secret.flatten(), user_errors })
        };
        Some(act().await)
    }
}

async fn set(ctx: &Context<'_>, input: NoticeSettingsSetInput) -> Result<Set, Refusal> {
    let (tx, actor) = session(ctx).change().await?;
    actor.scope_for(Permission::ManageSettings)?;
    if input.council != actor.council.code {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    let wanted = Wanted {
        url: input.webhook_url,
        new_secret: input.new_secret,
        by_mail: input.by_mail,
        warnings: input.warnings,
        days_before: input.days_before,
        days_between: input.days_between,
    };
    let set = settings::set(&session(ctx).app, &tx, &actor, wanted).await?;
    tx.commit().await?;
    Ok(set)
}
