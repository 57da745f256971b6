//! Return templates and reporting periods: issuing, opening, closing.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::super::periods::{self, PeriodInput};
use super::super::schedule::{self, ScheduleInput};
use super::super::service::{self, Issued};
use crate::councils::graphql::ReportingPeriod;
use crate::error::{Result, UserError, payload};
use crate::frameworks::graphql::Element;
use crate::graphql::download::Download;
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::graphql::words::Frequency;

/// A return template as it was handed out.
pub struct ReturnTemplate {
    issued: Issued,
}

/// A return template as it was handed out: one workbook for one service and reporting period, to fill in and hand in.
#[Object]
impl ReturnTemplate {
    /// Opaque id.
    async fn id(&self) -> ID {
        id::id(Kind::ReturnTemplate, self.issued.template.id)
    }

    /// 1 for the first template of this element and period, 2 for the next.
    async fn issue(&self) -> i32 {
        self.issued.template.issue
    }

    /// What tells a stale copy from a current one. Two issues that ask the same have the same.
    async fn fingerprint(&self) -> &str {
        &self.issued.template.fingerprint
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime {
        DateTime(self.issued.template.issued_at)
    }

    /// The element that owes the return.
    async fn element(&self) -> Element {
        let on = self.issued.period.end();
        Element { catalogue: Arc::clone(&self.issued.catalogue), id: self.issued.template.element_id, on, named: false }
    }

    /// The reporting period.
    async fn period(&self) -> Period {
        Period(self.issued.period)
    }

    /// How many figures it asks for.
    async fn rows(&self) -> i32 {
        i32::try_from(self.issued.rows).unwrap_or(i32::MAX)
    }

    /// What the viewer may do with the element's figures.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            let element = self.issued.template.element_id;
            Ok(session(ctx).actor().await?.can_where(|scope| scope.covers_element(element)))
        };
        Some(can().await)
    }

    /// The workbook (`.xlsx`), by a link that works for five minutes.
    async fn download(&self, ctx: &Context<'_>) -> Option<Result<Download>> {
        let subject = format!("template {}", self.issued.template.id);
        Some(Download::of(session(ctx), &self.issued.storage_key, &self.issued.file_name, subject).await)
    }
}

/// Whose return for when.
#[derive(InputObject)]
pub struct TemplateIssueInput {
    /// The council's code.
    council: String,
    /// The code of the element that owes the return, normally a service. All below it is asked for with it.
    element: String,
    /// The reporting period: figures of periods that end inside it are asked for.
    period: Period,
}

/// What became of asking for a template.
#[derive(SimpleObject)]
pub struct TemplateIssuePayload {
    /// The template; null when it was refused.
    template: Option<ReturnTemplate>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `ELEMENT_NOT_FOUND`, `NO_FRAMEWORK`, `PERIOD_CLOSED`,
    /// `RETURN_LOCKED`, `NOTHING_DUE`.
    user_errors: Vec<UserError>,
}

/// Return templates.
#[derive(Default)]
pub struct TemplateMutation;

/// Return templates.
#[Object]
impl TemplateMutation {
    /// Makes the template of an element's return for a reporting period and puts it on record as the next issue.
    async fn template_issue(&self, ctx: &Context<'_>, input: TemplateIssueInput) -> Option<Result<TemplateIssuePayload>> {
        Some(issue(ctx, input).await)
    }
}

async fn issue(ctx: &Context<'_>, input: TemplateIssueInput) -> Result<TemplateIssuePayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let wanted = service::Wanted { council: &input.council, element: &input.element, period: input.period.0 };
    let (issued, user_errors) = payload(service::issue(&session.app, &actor, wanted).await)?;
    Ok(TemplateIssuePayload { template: issued.map(|issued| ReturnTemplate { issued }), user_errors })
}

/// A reporting period to open.
#[derive(InputObject)]
pub struct PeriodOpenInput {
    /// The council's code.
    council: String,
    /// A month, quarter, half-year or year.
    period: Period,
    /// Last day for returns; left as it is when not given.
    due_on: Option<Date>,
}

/// A reporting period to close.
#[derive(InputObject)]
pub struct PeriodCloseInput {
    /// The council's code.
    council: String,
    /// A reporting period of the council.
    period: Period,
}

/// What became of opening a period.
#[derive(SimpleObject)]
pub struct PeriodOpenPayload {
    /// The period as it is now; null when it was refused.
    period: Option<ReportingPeriod>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`, `PERIOD_UNUSUAL`, `DUE_TOO_EARLY`.
    user_errors: Vec<UserError>,
}

/// What became of closing a period.
#[derive(SimpleObject)]
pub struct PeriodClosePayload {
    /// The period as it is now; null when it was refused.
    period: Option<ReportingPeriod>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`, `PERIOD_UNUSUAL`, `PERIOD_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// Reporting periods that are to open and close by calendar.
#[derive(InputObject)]
pub struct PeriodScheduleInput {
    /// The council's code.
    council: String,
    /// The year, or whatever the periods are inside: 24 at most.
    within: Period,
    /// Months, quarters, half-years or years.
    every: Frequency,
    /// Days after a period's end on which it opens: 1 is the day after. Less than 1 opens it before its end.
    #[graphql(default = 1)]
    opens_after: i32,
    /// Days after a period's end by which its returns are due.
    due_after: i32,
    /// Days after a period's end of the last day it is open; not given, it stays open until somebody closes it.
    closes_after: Option<i32>,
}

/// What became of setting periods' days.
#[derive(SimpleObject)]
pub struct PeriodSchedulePayload {
    /// The periods as they are now, the earliest first; null when it was refused.
    periods: Option<Vec<ReportingPeriod>>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`, `PERIOD_UNUSUAL`, `DAYS_OUT_OF_ORDER`.
    user_errors: Vec<UserError>,
}

/// Reporting periods.
#[derive(Default)]
pub struct PeriodMutation;

/// Reporting periods.
#[Object]
impl PeriodMutation {
    /// Lets a reporting period take figures; one that is new to the framework is entered. Opened twice, nothing changes.
    async fn period_open(&self, ctx: &Context<'_>, input: PeriodOpenInput) -> Option<Result<PeriodOpenPayload>> {
        let input = PeriodInput { council: input.council, period: input.period.0, due_on: input.due_on.map(|day| day.0) };
        Some(open(ctx, input).await)
    }

    /// Sets the days on which a year's reporting periods open, are due and close: they open and close by themselves when the day
    /// comes. Periods that are new to the framework are entered. Set again, the later days count; a period somebody opened or
    /// closed by hand since stays so until its next day comes.
    async fn period_schedule(&self, ctx: &Context<'_>, input: PeriodScheduleInput) -> Option<Result<PeriodSchedulePayload>> {
        Some(set_days(ctx, input).await)
    }

    /// Stops a reporting period taking figures. What it took stays. Closed twice, nothing changes.
    async fn period_close(&self, ctx: &Context<'_>, input: PeriodCloseInput) -> Option<Result<PeriodClosePayload>> {
        let input = PeriodInput { council: input.council, period: input.period.0, due_on: None };
        Some(close(ctx, input).await)
    }
}

async fn open(ctx: &Context<'_>, input: PeriodInput) -> Result<PeriodOpenPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let (row, user_errors) = payload(periods::open(&session.app, &actor, &input).await)?;
    Ok(PeriodOpenPayload { period: row.map(Into::into), user_errors })
}

async fn set_days(ctx: &Context<'_>, input: PeriodScheduleInput) -> Result<PeriodSchedulePayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    let input = ScheduleInput {
        council: input.council,
        within: input.within.0,
        every: input.every.into(),
        opens: input.opens_after,
        due: input.due_after,
        closes: input.closes_after,
    };
    let (set, user_errors) = payload(schedule::schedule(&session.app, &tx, &actor, &input).await)?;
    if set.is_some() {
        tx.commit().await?;
        session.refresh().await;
    }
    let shown = |one: schedule::Scheduled| ReportingPeriod {
        opens_on: Some(Date(one.opens_on)),
        closes_on: one.closes_on.map(Date),
        ..one.row.into()
    };
    Ok(PeriodSchedulePayload { periods: set.map(|set| set.into_iter().map(shown).collect()), user_errors })
}

async fn close(ctx: &Context<'_>, input: PeriodInput) -> Result<PeriodClosePayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let (row, user_errors) = payload(periods::close(&session.app, &actor, &input).await)?;
    Ok(PeriodClosePayload { period: row.map(Into::into), user_errors })
}

impl ReportingPeriod {
    /// With the days on which it opens and closes by itself.
    pub fn on(row: rules::framework::ReportingPeriodRow, days: &schedule::PeriodDays) -> Self {
        let own = days.get(&(row.period.start(), crate::rows::months(row.period)));
        let (opens_on, closes_on) = own.map_or((None, None), |(opens, closes)| (Some(Date(*opens)), closes.map(Date)));
        Self { opens_on, closes_on, ..row.into() }
    }
}

impl From<rules::framework::ReportingPeriodRow> for ReportingPeriod {
    fn from(row: rules::framework::ReportingPeriodRow) -> Self {
        Self { period: Period(row.period), open: row.open, due_on: row.due_on.map(Date), opens_on: None, closes_on: None }
    }
}
