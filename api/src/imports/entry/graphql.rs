//! Entering figures.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::import;
use importers::words::tidied;

use super::{Action, Figure};
use crate::error::{Result, UserError, payload};
use crate::graphql::scalars::{Date, Decimal, Period};
use crate::graphql::session::session;
use crate::graphql::words::{Absence, ValueState};
use crate::imports::graphql::Import;
use crate::imports::mutations::ImportAcknowledgementInput;
use crate::imports::service;
use crate::imports::verbs::{self, Acknowledgement, Deed, NotRecorded};

/// Figures to be entered.
#[derive(InputObject)]
pub struct ValuesRecordInput {
    /// Code of the council.
    council: String,
    /// The figures: 1 to 500.
    figures: Vec<FigureInput>,
    /// The warnings that are right as they are, each code with why; kept with the import.
    #[graphql(default)]
    acknowledge: Vec<ImportAcknowledgementInput>,
    /// Plan them and change nothing: the import waits for `importAccept`.
    #[graphql(default = false)]
    preview: bool,
}

/// One indicator's figure for one period. What is left out, or null, stays as it is held; an empty text takes out the words
/// that are held. Without `value`, `numerator`, `denominator` and `absence` the figure itself stays.
#[derive(InputObject)]
pub struct FigureInput {
    /// The indicator's ref, as the framework has it.
    indicator: String,
    /// One of the indicator's own periods.
    period: Period,
    /// The figure, in the indicator's unit: 95.2 for 95.2%, 1 or 0 for yes or no. Worked out where both parts are given
    /// without it.
    value: Option<Decimal>,
    /// Above the line.
    numerator: Option<Decimal>,
    /// Below the line.
    denominator: Option<Decimal>,
    /// Why there is no figure.
    absence: Option<Absence>,
    /// How firm it is. A figure entered for the first time is final unless this says otherwise.
    state: Option<ValueState>,
    /// What the year is expected to end on.
    forecast: Option<Decimal>,
    /// What the figure means, 10,000 characters at most.
    commentary: Option<String>,
    /// What is done to get back on track.
    remedial_action: Option<RemedialActionInput>,
    /// What a reader should know about the quality of the figure.
    quality_note: Option<String>,
    /// Why a figure that is held is changed, 500 characters at most: kept with it.
    reason: Option<String>,
}

/// What is done to get back on track. An empty `text` takes out the whole action that is held.
#[derive(InputObject)]
pub struct RemedialActionInput {
    /// What is done.
    text: Option<String>,
    /// By whom.
    owner: Option<String>,
    /// By when.
    due: Option<Date>,
}

/// What came of entering figures.
#[derive(SimpleObject)]
pub struct ValuesRecordPayload {
    /// The import the figures came in with: accepted, or for a preview planned. `importUndo` takes it back.
    import: Option<Import>,
    /// What the person can put right, at each field of the input: codes of `diagnosticCodes`, and `COUNCIL_NOT_FOUND`,
    /// `TOO_MANY_FIGURES`, `INDICATOR_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`, `REASON_NEEDED`. Nothing was changed.
    user_errors: Vec<UserError>,
}

impl From<FigureInput> for Figure {
    fn from(given: FigureInput) -> Self {
        let words = |text: Option<String>| text.map(|text| tidied(&text));
        let number = |decimal: Option<Decimal>| decimal.map(|decimal| decimal.0);
        Self {
            indicator: tidied(&given.indicator),
            period: given.period.0,
            value: number(given.value),
            numerator: number(given.numerator),
            denominator: number(given.denominator),
            absence: given.absence.map(Into::into),
            state: given.state.map(Into::into),
            forecast: number(given.forecast),
            commentary: words(given.commentary),
            remedial_action: given.remedial_action.map(|action| Action {
                text: words(action.text),
                owner: words(action.owner),
                due: action.due.map(|due| due.0),
            }),
            quality_note: words(given.quality_note),
            reason: words(given.reason).filter(|reason| !reason.is_empty()),
        }
    }
}

/// Entering figures.
#[derive(Default)]
pub struct EntryMutation;

#[Object]
impl EntryMutation {
    /// Enter figures without a workbook. They are checked as a workbook's rows are, and taken all together or not at all:
    /// errors, and warnings that are not acknowledged, refuse the whole call. The same figures again change nothing.
    async fn values_record(&self, ctx: &Context<'_>, input: ValuesRecordInput) -> Option<Result<ValuesRecordPayload>> {
        let act = async || {
            let (import, user_errors) = match record(ctx, input).await {
                Ok(row) => (Some(Import { row }), Vec::new()),
                Err(NotRecorded::Findings(found)) => (None, found),
                Err(NotRecorded::Refusal(refusal)) => payload(Err(refusal))?,
            };
            Ok(ValuesRecordPayload { import, user_errors })
        };
        Some(act().await)
    }
}

async fn record(ctx: &Context<'_>, input: ValuesRecordInput) -> Result<import::Model, NotRecorded> {
    let (tx, actor) = session(ctx).change().await?;
    service::may_enter(&actor)?;
    if actor.council.code != input.council {
        return Err(UserError::new("COUNCIL_NOT_FOUND", "There is no such council here.", Some(&["input", "council"])).into());
    }
    let figures: Vec<Figure> = input.figures.into_iter().map(Into::into).collect();
    let acknowledged = input.acknowledge.into_iter().map(Acknowledgement::from).collect();
    let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
    let row = verbs::record(&deed, &figures, acknowledged, input.preview).await?;
    service::moved(&tx, &row)?;
    tx.commit().await?;
    Ok(row)
}
