//! Asking somebody to answer a question by a day.

use chrono::NaiveDate;
use rules::permission::Permission;
use rules::question::{Act, Refused, State, refused};
use uuid::Uuid;

use super::{Before, Seen, With, about_to, advance};
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, written};
use crate::forums::questions::rights::done_by;
use crate::people::holders::Eligible;

/// Who is to answer, and by when.
#[derive(Debug, Clone, Copy)]
pub struct AssignInput {
    /// None for an id that is nobody's.
    pub person: Option<Uuid>,
    pub due_on: NaiveDate,
}

/// Asks somebody who may answer; or somebody else, or by another day.
pub async fn assign(deed: &Deed<'_>, seen: Seen, input: AssignInput) -> Result<Uuid, Refusal> {
    let before = about_to(deed, seen, Act::Assign).await?;
    let due_on = due(deed, input.due_on)?;
    let answerer = answerer(deed, &before, input.person).await?;
    advance(deed, before, With { words: None, assigned_to: Some(answerer), due_on: Some(due_on) }).await
}

/// A day an answer can still be given by.
pub(super) fn due(deed: &Deed<'_>, day: NaiveDate) -> Result<NaiveDate, Refusal> {
    if day < deed.today() {
        let message = format!("{} is past: nobody can answer by then.", written(day));
        return Err(UserError::new("DAY_OUT_OF_RANGE", message, Some(&["input", "dueOn"])).into());
    }
    deed.day(day, "dueOn")
}

/// Somebody whose roles let them answer, and who did not ask. Whoever is absent and whoever may not look the same.
async fn answerer(deed: &Deed<'_>, before: &Before, person: Option<Uuid>) -> Result<(Uuid, String), Refusal> {
    let eligible = Eligible::load(&**deed.tx, &before.scope, Permission::AnswerQuestion, deed.today()).await?;
    let able = eligible.able(before.about).into_iter().find(|able| Some(able.person.id) == person);
    let refusal = |message: String| UserError::new("ANSWERER_NOT_FOUND", message, Some(&["input", "person"])).into();
    let Some(able) = able else {
        let message = "There is nobody with this id who may answer it: `question.answerers` lists those who may.";
        return Err(refusal(message.to_owned()));
    };
    let did = done_by(able.person.id, &before.history);
    let entry = &before.entry;
    if let Err(Refused::Separate { because, .. }) = refused(Act::Answer, State::Assigned, (entry.kind, entry.keeper()), &did) {
        return Err(refusal(because.to_owned()));
    }
    Ok((able.person.id, able.person.name))
}
