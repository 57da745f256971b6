//! Publishing and withdrawing, as the API shows it.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};

use super::choose;
use super::service::{self, PublishInput, WithdrawInput};
use crate::error::{Result, UserError, payload};
use crate::graphql::scalars::Period;
use crate::graphql::session::session;

/// What is to be published.
#[derive(InputObject)]
pub struct FiguresPublishInput {
    /// The council's code.
    council: String,
    /// A period: figures that fall due in it.
    period: Period,
    /// Codes of indicators, 500 at most; all of the edition where none is named.
    #[graphql(default)]
    indicators: Vec<String>,
}

/// What is to be withdrawn.
#[derive(InputObject)]
pub struct PublicationWithdrawInput {
    /// The council's code.
    council: String,
    /// The indicator's code.
    indicator: String,
    /// The figure's period, of the indicator's own frequency.
    period: Period,
    /// What the public is told in its place; 2,000 characters at most.
    notice: String,
}

/// Why a figure is not published.
#[derive(Debug, Enum, Copy, Clone, PartialEq, Eq)]
#[graphql(remote = "choose::Why")]
pub enum PublicationRefusal {
    /// Its return is not approved.
    NotApproved,
    /// Nothing was given for the period.
    NoFigure,
    /// No forum has seen it.
    NotReleased,
    /// In the newest release that reaches its period it reads otherwise, or was judged otherwise.
    ChangedSince,
    /// It may yet change.
    Provisional,
    /// The very same was withdrawn: to be published again the indicator has to be named.
    Withdrawn,
}

/// A figure that is not published, and why.
#[derive(SimpleObject)]
pub struct UnpublishedFigure {
    /// The indicator's code.
    indicator: String,
    /// Its period.
    period: Period,
    /// Why.
    reason: PublicationRefusal,
    /// The same in a sentence.
    because: String,
}

/// What became of publishing.
#[derive(SimpleObject)]
pub struct FiguresPublishPayload {
    /// Figures the public reads otherwise than before.
    published: i32,
    /// Figures that were published so already.
    unchanged: i32,
    /// Figures that may not be published.
    refused: Vec<UnpublishedFigure>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NO_FRAMEWORK`, `INDICATOR_NOT_FOUND`, `NOTHING_DUE`,
    /// `TOO_MANY_INDICATORS`.
    user_errors: Vec<UserError>,
}

/// What became of withdrawing a published figure.
#[derive(SimpleObject)]
pub struct PublicationWithdrawPayload {
    /// Whether the public reads the notice in its place.
    withdrawn: bool,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `NOT_PUBLISHED`, `WITHDRAWN_ALREADY`, `REASON_NEEDED`, `TEXT_TOO_LONG`,
    /// `TEXT_UNUSABLE`.
    user_errors: Vec<UserError>,
}

/// Publication.
#[derive(Default)]
pub struct PublicationMutation;

/// Publication.
#[Object]
impl PublicationMutation {
    /// Lets anybody read the figures that fall due in a period: those that are approved (or older than the workflow of returns)
    /// and were seen so by some forum. Where forums were given different versions, the newest release that reaches the figure's
    /// period decides: the public reads that version, though a forum that was given an earlier one reads that until the period is
    /// released to it again. The others are listed with the reason. Published again, a figure reads as it does now.
    async fn figures_publish(&self, ctx: &Context<'_>, input: FiguresPublishInput) -> Option<Result<FiguresPublishPayload>> {
        Some(published(ctx, input).await)
    }

    /// Takes one published figure back: the public reads the notice in its place.
    async fn publication_withdraw(&self, ctx: &Context<'_>, input: PublicationWithdrawInput) -> Option<Result<PublicationWithdrawPayload>> {
        Some(withdrawn(ctx, input).await)
    }
}

async fn published(ctx: &Context<'_>, input: FiguresPublishInput) -> Result<FiguresPublishPayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    let input = PublishInput { council: input.council, period: input.period.0, indicators: input.indicators };
    let (outcome, user_errors) = payload(service::publish(&session.app, tx, &actor, &input).await)?;
    let outcome = outcome.unwrap_or_default();
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let refused = outcome.refused.iter().map(|refused| UnpublishedFigure {
        indicator: refused.code.clone(),
        period: Period(refused.period),
        reason: refused.why.into(),
        because: format!("{}.", refused.why.words()),
    });
    Ok(FiguresPublishPayload {
        published: number(outcome.published),
        unchanged: number(outcome.unchanged),
        refused: refused.collect(),
        user_errors,
    })
}

async fn withdrawn(ctx: &Context<'_>, input: PublicationWithdrawInput) -> Result<PublicationWithdrawPayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    let input = WithdrawInput { council: input.council, indicator: input.indicator, period: input.period.0, notice: input.notice };
    let (row, user_errors) = payload(service::withdraw(&session.app, tx, &actor, &input).await)?;
    Ok(PublicationWithdrawPayload { withdrawn: row.is_some(), user_errors })
}
