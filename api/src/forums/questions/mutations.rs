//! Asking, answering and settling questions through the API.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use uuid::Uuid;

use super::about::Named;
use super::graphql::{Question, QuestionKind, find};
use super::verbs::{self, AssignInput, RecordInput, Seen};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, finish};
use crate::graphql::id::{self, Kind};
use crate::graphql::scalars::{Date, Period};
use crate::graphql::session::session;

/// What is asked.
#[derive(InputObject)]
pub struct QuestionRecordInput {
    /// The council's code.
    council: String,
    /// What is asked for.
    kind: QuestionKind,
    /// The code of the forum that asks. Null for a call for information by the cabinet, and for a recommendation of
    /// internal audit.
    forum: Option<String>,
    /// The meeting of the forum it was asked at.
    meeting: Option<ID>,
    /// The ref of the indicator it is about: one of the forum's remit.
    indicator: Option<String>,
    /// The ref of the element it is about, where it is no indicator.
    element: Option<String>,
    /// The period it is about.
    period: Option<Period>,
    /// What is asked, 2,000 characters at most.
    words: String,
    /// Which member asked, by name: for whoever records the forum's questions. Without it the forum itself asked. Whoever
    /// asks for themself leaves it out.
    asked_by: Option<String>,
}

/// Who is to answer, and by when.
#[derive(InputObject)]
pub struct QuestionAssignInput {
    /// Which question.
    question: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// Somebody who may answer it: `question.answerers` lists them.
    person: ID,
    /// The day by which the answer is wanted, today or later.
    due_on: Date,
}

/// An answer.
#[derive(InputObject)]
pub struct QuestionAnswerInput {
    /// Which question.
    question: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// The answer, 4,000 characters at most.
    words: String,
}

/// An answer that will do.
#[derive(InputObject)]
pub struct QuestionAcceptInput {
    /// Which question.
    question: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// What the committee said, if it said anything; 2,000 characters at most.
    words: Option<String>,
}

/// An answer that will not do.
#[derive(InputObject)]
pub struct QuestionReturnInput {
    /// Which question.
    question: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// What is missing in the answer, 2,000 characters at most.
    words: String,
    /// The day by which another is wanted, today or later; the day the first was due when not given.
    due_on: Option<Date>,
}

/// A question that is no longer asked.
#[derive(InputObject)]
pub struct QuestionWithdrawInput {
    /// Which question.
    question: ID,
    /// Its `revision` as you saw it.
    revision: i32,
    /// Why, 2,000 characters at most.
    reason: String,
}

/// What became of acting on a question.
#[derive(SimpleObject)]
pub struct QuestionPayload {
    /// The question as it is now; null when it was refused.
    question: Option<Question>,
    /// What a person can put right: `COUNCIL_NOT_FOUND`, `FORUM_NOT_FOUND`, `FORUM_NEEDED`, `MEETING_NOT_FOUND`, `MEETING_NOT_NOW`,
    /// `INDICATOR_NOT_FOUND`, `ELEMENT_NOT_FOUND`, `ABOUT_ONE_THING`, `NO_FRAMEWORK`, `ASKED_BY_OTHERS`, `TOO_MANY_QUESTIONS`,
    /// `QUESTION_NOT_FOUND`, `QUESTION_MOVED` (somebody acted on it since you looked), `QUESTION_NOT_NOW`, `TOO_MANY_STEPS`,
    /// `SEPARATION_OF_DUTIES`, `ANSWERER_NOT_FOUND`, `DAY_OUT_OF_RANGE`, `TEXT_NEEDED`, `TEXT_TOO_LONG`, `TEXT_UNUSABLE`,
    /// `REASON_NEEDED`.
    user_errors: Vec<UserError>,
}

/// Questions.
#[derive(Default)]
pub struct QuestionMutation;

/// Questions.
#[Object]
impl QuestionMutation {
    /// Puts a question, a recommendation or a call for information on record, under the next number of the council.
    async fn question_record(&self, ctx: &Context<'_>, input: QuestionRecordInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let wanted = RecordInput {
                council: &input.council,
                kind: input.kind.into(),
                forum: input.forum.as_deref(),
                meeting: input.meeting.as_ref().map(|id| id::expect(id, Kind::Meeting).ok()),
                about: Named { indicator: input.indicator.as_deref(), element: input.element.as_deref() },
                period: input.period.map(|period| period.0),
                words: &input.words,
                asked_by: input.asked_by.as_deref(),
            };
            let done = verbs::record(&Deed { app: &session(ctx).app, tx: &tx, actor: &actor }, &wanted).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Asks somebody to answer by a day; or somebody else, or by another day.
    async fn question_assign(&self, ctx: &Context<'_>, input: QuestionAssignInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let wanted = AssignInput { person: id::expect(&input.person, Kind::Person).ok(), due_on: input.due_on.0 };
            let done = verbs::assign(&deed, seen(&input.question, input.revision), wanted).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Answers a question. Whoever asked it does not.
    async fn question_answer(&self, ctx: &Context<'_>, input: QuestionAnswerInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::answer(&deed, seen(&input.question, input.revision), &input.words).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Says that the answer will do: the question is settled. Whoever answered does not.
    async fn question_accept(&self, ctx: &Context<'_>, input: QuestionAcceptInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::accept(&deed, seen(&input.question, input.revision), input.words.as_deref()).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Sends the answer back with what is missing in it. Whoever answered does not.
    async fn question_return(&self, ctx: &Context<'_>, input: QuestionReturnInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let due_on = input.due_on.map(|day| day.0);
            let done = verbs::send_back(&deed, seen(&input.question, input.revision), &input.words, due_on).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }

    /// Asks no longer, and says why. What was asked and answered stays on record.
    async fn question_withdraw(&self, ctx: &Context<'_>, input: QuestionWithdrawInput) -> Option<Result<QuestionPayload>> {
        let verb = async || {
            let (tx, actor) = session(ctx).change().await?;
            let deed = Deed { app: &session(ctx).app, tx: &tx, actor: &actor };
            let done = verbs::withdraw(&deed, seen(&input.question, input.revision), &input.reason).await;
            told(ctx, tx, done).await
        };
        Some(verb().await)
    }
}

fn seen(id: &ID, revision: i32) -> Seen {
    Seen { id: id::expect(id, Kind::Question).ok(), revision }
}

/// The question as it reads after the change.
async fn told(ctx: &Context<'_>, tx: Change, outcome: Result<Uuid, Refusal>) -> Result<QuestionPayload> {
    let (id, user_errors) = finish(tx, outcome).await?;
    let question = match id {
        Some(id) => find(ctx, id).await?,
        None => None,
    };
    Ok(QuestionPayload { question, user_errors })
}
