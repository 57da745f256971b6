//! The acts on returns.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

use super::super::verbs::{self, Deed, Late, NotDone, Question, Seen, Switch, payload};
use super::returns::{Return, find};
use super::settings::{ReturnWorkflow, workflow};
use crate::error::{Result, UserError};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;

/// A return, as it was looked at.
#[derive(InputObject)]
pub struct ReturnActInput {
    /// The return.
    #[graphql(name = "return")]
    id: ID,
    /// `Return.revision` as it was looked at: refused with `RETURN_MOVED` when somebody moved the return on since.
    revision: i32,
}

/// A return, as it was looked at, and why it is moved.
#[derive(InputObject)]
pub struct ReturnReasonInput {
    /// The return.
    #[graphql(name = "return")]
    id: ID,
    /// `Return.revision` as it was looked at: refused with `RETURN_MOVED` when somebody moved the return on since.
    revision: i32,
    /// Why, 2,000 characters at most. It is kept with the return.
    reason: String,
}

/// A return to be sent back.
#[derive(InputObject)]
pub struct ReturnQueryInput {
    /// The return.
    #[graphql(name = "return")]
    id: ID,
    /// `Return.revision` as it was looked at: refused with `RETURN_MOVED` when somebody moved the return on since.
    revision: i32,
    /// What is asked, one question a figure; one at least, 100 at most.
    questions: Vec<ReturnQuestionInput>,
}

/// A question on one figure.
#[derive(InputObject)]
pub struct ReturnQuestionInput {
    /// The indicator.
    indicator: ID,
    /// The indicator's own period; its last of the return when not given.
    period: Option<Period>,
    /// The question, 2,000 characters at most.
    question: String,
}

/// An answer to a question.
#[derive(InputObject)]
pub struct ReturnAnswerInput {
    /// The question.
    question: ID,
    /// The answer, 2,000 characters at most. Given again, the later one counts.
    answer: String,
}

/// Leave to enter figures late.
#[derive(InputObject)]
pub struct LateEntryAllowInput {
    /// The return that may still be filled in, though its period is closed.
    #[graphql(name = "return")]
    id: ID,
    /// The last day it takes figures, a year from today at most.
    until: Date,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What the workflow is to be.
#[derive(InputObject)]
pub struct WorkflowSwitchInput {
    /// The council's code.
    council: String,
    /// Returns of reporting periods that begin on this day or later go through states. Not given, the workflow is switched
    /// off.
    from: Option<Date>,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What came of an act on a return.
#[derive(SimpleObject)]
pub struct ReturnPayload {
    /// The return as it is now; null when nothing was done.
    #[graphql(name = "return")]
    of: Option<Return>,
    /// What a person can put right. `RETURN_NOT_FOUND`; `RETURN_MOVED`: somebody was faster, and what they did;
    /// `RETURN_NOT_NOW`: the act means nothing in this state; `WORKFLOW_OFF`, `PERIOD_NOT_ENDED`, `SEPARATION_OF_DUTIES`,
    /// `REASON_NEEDED`. Submitting: `FIGURE_INCOMPLETE`, one an indicator, and `QUESTION_OPEN`, one a question. Sending back:
    /// `QUESTIONS_NEEDED`, `QUESTION_EMPTY`, `QUESTION_TWICE`, `FIGURE_NOT_FOUND`. Answering: `QUESTION_NOT_FOUND`,
    /// `ANSWER_EMPTY`. Publishing: `NOTHING_TO_PUBLISH`. Late entry: `PERIOD_OPEN`, `UNTIL_UNUSUAL`. Nothing was changed.
    user_errors: Vec<UserError>,
}

/// What came of switching the workflow.
#[derive(SimpleObject)]
pub struct WorkflowSwitchPayload {
    /// The workflow as it is now; null when nothing was done.
    workflow: Option<ReturnWorkflow>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `REASON_NEEDED`, `WORKFLOW_UNCHANGED`; `WORKFLOW_IN_USE`:
    /// returns that would no longer be covered were submitted and not reopened.
    user_errors: Vec<UserError>,
}

/// Acts on returns.
#[derive(Default)]
pub struct ReturnMutation;

/// Acts on returns.
#[Object]
impl ReturnMutation {
    /// Stands by a return's figures. Every figure that is due has to be there, or why there is none; amber and red ones with
    /// an explanation and a remedial action somebody does by a day; and every question answered. Of an approved return, the
    /// figures that have come since because they were not due then: what was approved stays as it is.
    async fn return_submit(&self, ctx: &Context<'_>, input: ReturnActInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::submit(deed, Seen { id, revision: input.revision }).await).await)
    }

    /// Takes a submitted return back before anybody looked.
    async fn return_recall(&self, ctx: &Context<'_>, input: ReturnReasonInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::recall(deed, Seen { id, revision: input.revision }, &input.reason).await).await)
    }

    /// Sends a return back to the service with questions on single figures. It takes figures again, and is submitted again
    /// once every question is answered.
    async fn return_query(&self, ctx: &Context<'_>, input: ReturnQueryInput) -> Option<Result<ReturnPayload>> {
        let ReturnQueryInput { id, revision, questions } = input;
        let query = async |deed: &Deed<'_>, id| {
            let asked = questions.iter().map(|one| {
                Ok(Question {
                    indicator: id::expect(&one.indicator, Kind::Indicator)?,
                    period: one.period.map(|period| period.0),
                    question: one.question.clone(),
                })
            });
            let asked: Vec<Question> = asked.collect::<Result<_>>()?;
            verbs::query(deed, Seen { id, revision }, &asked).await
        };
        Some(act(ctx, &id, query).await)
    }

    /// Answers a question on a return that was sent back.
    async fn return_answer(&self, ctx: &Context<'_>, input: ReturnAnswerInput) -> Option<Result<ReturnPayload>> {
        let answer = async || {
            let question = question_id(&input.question);
            done(ctx, async |deed| verbs::answer(deed, question, &input.answer).await).await
        };
        Some(answer().await)
    }

    /// Says that a submitted return's figures were looked at. Not for whoever submitted it.
    async fn return_assure(&self, ctx: &Context<'_>, input: ReturnActInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::assure(deed, Seen { id, revision: input.revision }).await).await)
    }

    /// Answers for an assured return: its figures are kept as they are now; of an approved one, its late figures. Not for whoever
    /// submitted it.
    async fn return_approve(&self, ctx: &Context<'_>, input: ReturnActInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::approve(deed, Seen { id, revision: input.revision }).await).await)
    }

    /// Lets the public read what was approved of a return: those of its figures that some forum was given so.
    async fn return_publish(&self, ctx: &Context<'_>, input: ReturnActInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::publish(deed, Seen { id, revision: input.revision }).await).await)
    }

    /// Opens a return for a correction. What was approved stays approved until the correction is submitted, assured and
    /// approved in its turn.
    async fn return_reopen(&self, ctx: &Context<'_>, input: ReturnReasonInput) -> Option<Result<ReturnPayload>> {
        Some(act(ctx, &input.id, async |deed, id| verbs::reopen(deed, Seen { id, revision: input.revision }, &input.reason).await).await)
    }

    /// Lets one return of a closed period take figures until a day. Imports and figures entered by hand alike.
    async fn late_entry_allow(&self, ctx: &Context<'_>, input: LateEntryAllowInput) -> Option<Result<ReturnPayload>> {
        let LateEntryAllowInput { id, until, reason } = input;
        let allow = async |deed: &Deed<'_>, id| verbs::allow_late(deed, &Late { id, until: until.0, reason: reason.clone() }).await;
        Some(act(ctx, &id, allow).await)
    }

    /// Switches the workflow of returns on from a day, or off. Nothing that was done is lost by it, and no return that was
    /// submitted is left out of it. Figures of a period it newly covers read as approved from their approval on: begin with a
    /// period that has not ended.
    async fn workflow_switch(&self, ctx: &Context<'_>, input: WorkflowSwitchInput) -> Option<Result<WorkflowSwitchPayload>> {
        Some(switch(ctx, input).await)
    }
}

/// A question's id; one that names nothing where it is none, so that absent and another's look the same.
fn question_id(id: &ID) -> Uuid {
    id::expect(id, Kind::ReturnQuestion).unwrap_or_default()
}

async fn act(ctx: &Context<'_>, of: &ID, verb: impl AsyncFnOnce(&Deed<'_>, Uuid) -> Result<(), NotDone>) -> Result<ReturnPayload> {
    // An id that is no return's is a return that is not there.
    let of = id::expect(of, Kind::Return).unwrap_or_default();
    done(ctx, async |deed| {
        verb(deed, of).await?;
        Ok(of)
    })
    .await
}

/// Does what somebody asked in a change of its own, and answers the return as it is then.
async fn done(ctx: &Context<'_>, verb: impl AsyncFnOnce(&Deed<'_>) -> Result<Uuid, NotDone>) -> Result<ReturnPayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    let outcome = verb(&Deed { app: &session.app, tx: &tx, actor: &actor }).await;
    let (moved, user_errors) = payload(outcome)?;
    let Some(id) = moved else { return Ok(ReturnPayload { of: None, user_errors }) };
    tx.commit().await?;
    session.refresh().await;
    Ok(ReturnPayload { of: find(ctx, id).await?, user_errors })
}

async fn switch(ctx: &Context<'_>, input: WorkflowSwitchInput) -> Result<WorkflowSwitchPayload> {
    let session = session(ctx);
    let (tx, actor) = session.change().await?;
    actor.scope_for(rules::permission::Permission::ManageSettings)?;
    if !input.council.eq_ignore_ascii_case(&actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        let refused = UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"]));
        return Ok(WorkflowSwitchPayload { workflow: None, user_errors: vec![refused] });
    }
    let wanted = Switch { from: input.from.map(|day| day.0), reason: input.reason };
    let outcome = verbs::switch(&Deed { app: &session.app, tx: &tx, actor: &actor }, &wanted).await;
    let (switched, user_errors) = payload(outcome)?;
    if switched.is_none() {
        return Ok(WorkflowSwitchPayload { workflow: None, user_errors });
    }
    tx.commit().await?;
    session.refresh().await;
    Ok(WorkflowSwitchPayload { workflow: Some(workflow(ctx).await?), user_errors })
}
