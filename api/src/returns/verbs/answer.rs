//! Answering a question on a figure of a return that was sent back.

use rules::cycle::{Act, State};
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::super::store::cycle as store;
use super::{Deed, NotDone, words};
use crate::audit::{self, Event};
use crate::error::{Error, Result, UserError};

/// Keeps the answer of whoever may explain the figure, while the return is with the service. Answers the return's id. The
/// return moves nowhere by it: once every question is answered it can be submitted again.
pub async fn answer(deed: &Deed<'_>, id: Uuid, answer: &str) -> Result<Uuid, NotDone> {
    let scope = deed.actor.scope_for(Permission::WriteCommentary)?;
    let absent =
        || UserError::new("RETURN_QUESTION_NOT_FOUND", "There is no such question here, or none of yours.", Some(&["input", "question"]));
    let question = store::question(&**deed.tx, &scope, id).await?.ok_or_else(absent)?;
    let (book, one, sight, steps) = deed.find(question.of).await.map_err(|not_done| match not_done {
        NotDone::Users(_) => absent().into(),
        failed @ NotDone::Error(_) => failed,
    })?;
    let scope = deed.actor.scope_on(Permission::WriteCommentary, book.day(&one))?;
    if !book.covers(&sight, &one, question.indicator) && !sight.covers_element(one.element) {
        return Err(absent().into());
    }
    if !book.covers(&scope, &one, question.indicator) && !scope.covers_element(one.element) {
        return Err(Error::refused(Permission::WriteCommentary, "This indicator is not yours to explain.").into());
    }
    if !matches!(book.state(&one), State::Queried | State::LateQueried) {
        let message =
            format!("The return is {}: questions are answered while it is with the service.", book.state(&one).words().to_lowercase());
        return Err(UserError::new("RETURN_NOT_NOW", message, Some(&["input", "question"])).into());
    }
    // What an earlier approval rested on is not answered anew.
    let sent_back = steps.iter().rfind(|step| step.act == Act::Query);
    if sent_back.is_some_and(|step| question.asked_at < step.at) {
        let message = "This question is of an earlier time the return was sent back: answer those of the last.";
        return Err(UserError::new("RETURN_NOT_NOW", message, Some(&["input", "question"])).into());
    }
    let answer = words(answer, "TEXT_NEEDED", &["input", "answer"])?;
    store::answer(deed.tx, &scope, id, &answer, deed.tx.at(&deed.app.clock)).await?;
    let told = |answer: Option<&str>| {
        audit::state(&Told { of: book.name(&one), question: question.question.clone(), answer: answer.map(str::to_owned) })
    };
    let event = Event {
        verb: "return.answer",
        subject: format!("return {}", one.id),
        before: question.answer.as_deref().and_then(|before| told(Some(before))),
        after: told(Some(&answer)),
    };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(one.id)
}

/// What the trail keeps of an answer.
#[derive(Serialize)]
struct Told {
    of: String,
    question: String,
    answer: Option<String>,
}
