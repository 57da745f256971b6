//! Reminders as the API shows them.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use entity::notice_setting;
use rules::permission::Permission;

use super::about::About;
use super::settings::host;
use super::store::{self, Listed};
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::error::{ContextExt, Result};
use crate::graphql::id::{self, Kind};
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;

/// What somebody is reminded of.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "rules::reminder::Kind")]
pub enum NoticeKind {
    /// A return is due soon, or today.
    ReturnDue,
    /// A return's last day has passed.
    ReturnOverdue,
    /// A return came back with questions.
    ReturnQueried,
    /// An answer to a committee is due soon, or today.
    QuestionDue,
    /// The last day for an answer to a committee has passed.
    QuestionOverdue,
    /// An early warning fired: to the webhook alone.
    EarlyWarning,
}

/// How a reminder travels.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::Channel")]
pub enum NoticeChannel {
    /// To a person, by the installation's mail relay.
    Mail,
    /// To the address the council gave.
    Webhook,
}

/// Where a reminder stands.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "super::State")]
pub enum NoticeState {
    /// To be sent, or sent again.
    Waiting,
    /// Taken by whoever it was sent to.
    Sent,
    /// Given up: `lastError` says why.
    Failed,
    /// Not needed any more when its turn came.
    Dropped,
}

/// Where a council's reminders go, and when.
#[derive(Clone, SimpleObject)]
pub struct NoticeSettings {
    /// Host of the webhook; null for none. The rest of its address is not shown: it may be a secret of the receiver's.
    pub webhook_host: Option<String>,
    /// Whether people are reminded by mail.
    pub by_mail: bool,
    /// Whether this installation has a relay that takes mail.
    pub mail_ready: bool,
    /// Whether the webhook is told of early warnings.
    pub warnings: bool,
    /// How many days before its last day people are reminded of something.
    pub days_before: i32,
    /// How many days lie between reminders of what is overdue.
    pub days_between: i32,
    /// Since when.
    pub set_at: DateTime,
}

impl NoticeSettings {
    pub fn of(app: &App, row: &notice_setting::Model) -> Self {
        Self {
            webhook_host: row.webhook_url.as_deref().and_then(host),
            by_mail: row.by_mail,
            mail_ready: app.notices.mail.is_some(),
            warnings: row.warnings,
            days_before: row.days_before,
            days_between: row.days_between,
            set_at: DateTime(row.recorded_at),
        }
    }
}

/// A reminder.
#[derive(Clone)]
pub struct Notice {
    listed: Listed,
}

/// A reminder: of what, to whom, and what became of it.
#[Object]
impl Notice {
    /// Opaque id. A webhook is told the same in `id`, a mail bears it in its `Message-ID`.
    async fn id(&self) -> ID {
        id::id(Kind::Notice, self.listed.row.id)
    }

    /// What it reminds of.
    async fn kind(&self) -> Result<NoticeKind> {
        Ok(self.listed.row.kind.parse::<rules::reminder::Kind>().context("reading a reminder")?.into())
    }

    /// How it travels.
    async fn channel(&self) -> Result<NoticeChannel> {
        Ok(self.listed.row.channel.parse::<super::Channel>().context("reading a reminder")?.into())
    }

    /// Where it stands.
    async fn state(&self) -> Result<NoticeState> {
        Ok(self.listed.row.state.parse::<super::State>().context("reading a reminder")?.into())
    }

    /// What it is about, for instance `WASTE 2024/25 Q2` or `question 12`.
    async fn about(&self) -> Result<String> {
        Ok(self.read()?.words())
    }

    /// The reporting period, of a return.
    async fn period(&self) -> Result<Option<Period>> {
        Ok(self.read()?.of_return.map(|of| Period(of.period)))
    }

    /// The last day for it.
    async fn due_on(&self) -> Result<Option<Date>> {
        Ok(self.read()?.due_on.map(Date))
    }

    /// Name of whom it is for; null for the webhook's.
    async fn person(&self) -> Option<&str> {
        self.listed.person.as_deref()
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.listed.row.attempts
    }

    /// When it is tried next; null when it is not.
    async fn next_at(&self) -> Option<DateTime> {
        (self.listed.row.state == super::State::Waiting.code()).then_some(DateTime(self.listed.row.next_at))
    }

    /// When it was taken.
    async fn sent_at(&self) -> Option<DateTime> {
        self.listed.row.sent_at.map(DateTime)
    }

    /// Why it did not go through the last time, or was not needed.
    async fn last_error(&self) -> Option<&str> {
        self.listed.row.last_error.as_deref()
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime {
        DateTime(self.listed.row.created_at)
    }
}

impl Notice {
    fn read(&self) -> Result<About> {
        serde_json::from_str(&self.listed.row.payload).context("reading a reminder")
    }
}

crate::connection! {
    /// A page of reminders.
    NoticeConnection, NoticeEdge, Notice
}

/// The right to see who was reminded of what: whoever chases returns, and whoever sets where reminders go.
fn may_see(actor: &Actor) -> Result<Scope> {
    actor.scope_for(Permission::OpenAndClosePeriods).or_else(|refused| actor.scope_for(Permission::ManageSettings).map_err(|_| refused))
}

/// Where reminders go; none while nothing was set.
pub async fn settings(ctx: &Context<'_>) -> Result<Option<NoticeSettings>> {
    let session = session(ctx);
    let scope = may_see(&*session.actor().await?)?;
    let snapshot = session.snapshot().await?;
    Ok(store::setting(&**snapshot, &scope).await?.map(|row| NoticeSettings::of(&session.app, &row)))
}

/// Reminders, the latest first.
pub async fn connection(
    ctx: &Context<'_>,
    state: Option<NoticeState>,
    first: Option<i32>,
    after: Option<String>,
) -> Result<NoticeConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    let scope = may_see(&*session(ctx).actor().await?)?;
    let snapshot = session(ctx).snapshot().await?;
    let state = state.map(Into::into);
    let rows = store::page(&**snapshot, &scope, state, &ask).await?;
    let total = if ctx.look_ahead().field("totalCount").exists() { store::count(&**snapshot, &scope, state).await? } else { 0 };
    Ok(NoticeConnection::fetched(rows, &ask, total, |one| one.row.id.to_string(), |one| Notice { listed: one.clone() }))
}
