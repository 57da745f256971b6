//! Asking for exports.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use rules::permission::Permission;

use super::{Exported, data, delivery, framework};
use crate::access::Actor;
use crate::delivery::graphql::mutations::DeliveryRecordKind;
use crate::error::{Refusal, Result, UserError, payload};
use crate::graphql::download::Download;
use crate::graphql::scalars::Period;
use crate::graphql::session::session;

/// How data is written.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "data::Format")]
pub enum DataFormat {
    /// A workbook: dates are dates, percentages percentages.
    Xlsx,
    /// Comma-separated values by RFC 4180, in UTF-8 with the mark Excel needs. Numbers are exact, dates `2024-06-30`.
    Csv,
}

/// What data is wanted.
#[derive(InputObject)]
pub struct DataExportInput {
    /// The council's code.
    council: String,
    /// The first period; without it, from the first figure held.
    from: Option<Period>,
    /// The last period; without it, to the last figure held. It decides which edition of the framework says what the
    /// indicators are and whose: the one in force at its end, or now where none was.
    until: Option<Period>,
    /// Code of an element: indicators it or something below it owns, and those that contribute to it.
    element: Option<String>,
    /// Codes of indicators, 500 at most; all that may be read without them.
    #[graphql(default)]
    indicators: Vec<String>,
    /// The format.
    #[graphql(default_with = "DataFormat::Xlsx")]
    format: DataFormat,
}

/// What became of asking for data.
#[derive(SimpleObject)]
pub struct DataExportPayload {
    /// The file, by a link that works for five minutes; null when it was refused.
    download: Option<Download>,
    /// How many rows it has: one for each indicator and period with a figure or a reason for none.
    rows: i32,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`, `ELEMENT_NOT_FOUND`, `INDICATOR_NOT_FOUND`,
    /// `PERIODS_BACKWARDS`, `DATA_TOO_MUCH` (over 1,000,000 rows, or 500 indicators named).
    user_errors: Vec<UserError>,
}

/// Which edition is wanted.
#[derive(InputObject)]
pub struct FrameworkExportInput {
    /// The council's code.
    council: String,
    /// The edition, for instance `2024/25`; the one in force now without it.
    edition: Option<String>,
}

/// What became of asking for a framework.
#[derive(SimpleObject)]
pub struct FrameworkExportPayload {
    /// The workbook (`.xlsx`), by a link that works for five minutes; null when it was refused.
    download: Option<Download>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`.
    user_errors: Vec<UserError>,
}

/// Which plans are wanted.
#[derive(InputObject)]
pub struct DeliveryExportInput {
    /// The council's code.
    council: String,
    /// Ref of an element: its plan, with all below it. The whole council without it.
    element: Option<String>,
    /// Which kinds of record; all that may be read without any.
    #[graphql(default)]
    kinds: Vec<DeliveryRecordKind>,
    /// Every sheet with its headings and nothing in it, to be filled in.
    #[graphql(default = false)]
    blank: bool,
}

/// What became of asking for plans.
#[derive(SimpleObject)]
pub struct DeliveryExportPayload {
    /// The workbook (`.xlsx`), by a link that works for five minutes; null when it was refused.
    download: Option<Download>,
    /// How many records it has.
    records: i32,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `ELEMENT_NOT_FOUND`.
    user_errors: Vec<UserError>,
}

/// Exports.
#[derive(Default)]
pub struct ExportMutation;

/// Exports.
#[Object]
impl ExportMutation {
    /// Writes figures into a file, one row for each indicator and period, those the viewer may read and no others. It can
    /// be imported again: nothing would change. That it was done stands in the audit trail.
    async fn data_export(&self, ctx: &Context<'_>, input: DataExportInput) -> Option<Result<DataExportPayload>> {
        Some(data_exported(ctx, input).await)
    }

    /// Writes an edition of the framework into a workbook, which can be changed and imported again; imported as it is, it
    /// changes nothing. For whoever reads the whole framework and its figures. That it was done stands in the audit
    /// trail.
    async fn framework_export(&self, ctx: &Context<'_>, input: FrameworkExportInput) -> Option<Result<FrameworkExportPayload>> {
        Some(framework_exported(ctx, input).await)
    }

    /// Writes what is told of plans, programmes, risks, money and assessments into a workbook, a sheet each, of what the viewer may
    /// read: of the whole council, or of an element and all below it (a service plan, or the corporate plan). It can be changed and
    /// imported again; imported as it is, it changes nothing. Or the same sheets empty, to be filled in. That it was done stands in
    /// the audit trail.
    async fn delivery_export(&self, ctx: &Context<'_>, input: DeliveryExportInput) -> Option<Result<DeliveryExportPayload>> {
        Some(delivery_exported(ctx, input).await)
    }
}

async fn delivery_exported(ctx: &Context<'_>, input: DeliveryExportInput) -> Result<DeliveryExportPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let kinds = input.kinds.into_iter().map(Into::into).collect();
    let wanted = delivery::Wanted { element: input.element, kinds, blank: input.blank };
    let act = async || {
        delivery::may(&actor)?;
        own(&actor, &input.council)?;
        delivery::export(&session.app, &actor, &wanted).await
    };
    let (made, user_errors) = payload(act().await)?;
    let records = made.as_ref().map_or(0, |made| i32::try_from(made.rows).unwrap_or(i32::MAX));
    Ok(DeliveryExportPayload { download: link(ctx, made).await?, records, user_errors })
}

async fn data_exported(ctx: &Context<'_>, input: DataExportInput) -> Result<DataExportPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    // A mutation's own reading is let go before it writes, so that it never waits for a second connection with one in
    // hand.
    session.refresh().await;
    let wanted = data::Wanted {
        from: input.from.map(|period| period.0),
        until: input.until.map(|period| period.0),
        element: input.element,
        indicators: input.indicators,
        format: input.format.into(),
    };
    let act = async || {
        actor.scope_for(Permission::ViewFigures)?;
        own(&actor, &input.council)?;
        data::export(&session.app, &actor, &wanted).await
    };
    let (made, user_errors) = payload(act().await)?;
    let rows = made.as_ref().map_or(0, |made| i32::try_from(made.rows).unwrap_or(i32::MAX));
    Ok(DataExportPayload { download: link(ctx, made).await?, rows, user_errors })
}

async fn framework_exported(ctx: &Context<'_>, input: FrameworkExportInput) -> Result<FrameworkExportPayload> {
    let session = session(ctx);
    let actor = session.actor().await?;
    session.refresh().await;
    let act = async || {
        framework::may(&actor)?;
        own(&actor, &input.council)?;
        framework::export(&session.app, &actor, input.edition.as_deref()).await
    };
    let (made, user_errors) = payload(act().await)?;
    Ok(FrameworkExportPayload { download: link(ctx, made).await?, user_errors })
}

/// Another council's look as if they were not there.
fn own(actor: &Actor, council: &str) -> Result<(), Refusal> {
    if council.eq_ignore_ascii_case(&actor.council.code) {
        return Ok(());
    }
    let message = format!("There is no council {council} here, or none of yours.");
    Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into())
}

async fn link(ctx: &Context<'_>, made: Option<Exported>) -> Result<Option<Download>> {
    let Some(made) = made else { return Ok(None) };
    let session = session(ctx);
    let download = Download::of(session, &made.storage_key, &made.file_name, made.subject).await?;
    session.refresh().await;
    Ok(Some(download))
}
