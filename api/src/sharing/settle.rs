//! What a council answers to figures that it is offered.

use entity::share_answer::Model;
use rules::permission::Permission;
use uuid::Uuid;

use super::offer::WORDS_MAX;
use super::received::{self, Received};
use super::store;
use super::{Answer, Audience};
use crate::access::{Actor, Scope};
use crate::db::Reached;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text_if_any};

/// The right to answer for the council: whoever shares its figures, or keeps its benchmarks.
pub fn may_answer(actor: &Actor) -> Result<Scope> {
    actor.scope_for(Permission::ShareFigures).or_else(|refused| actor.scope_for(Permission::ManageBenchmarks).map_err(|_| refused))
}

/// Accepts what is offered, and reads it from now on; or declines it, and reads it no more.
pub async fn settle(deed: &Deed<'_>, id: Uuid, answer: Answer, note: Option<&str>) -> Result<Received, Refusal> {
    let scope = may_answer(deed.actor)?;
    let field: Option<&[&str]> = Some(&["input", "share"]);
    let found = received::find(&**deed.tx, &scope, deed.today(), id).await?;
    let share = found.ok_or_else(|| UserError::new("SHARE_NOT_FOUND", "Nothing of the kind is shared with the council.", field))?;
    if share.audience != Audience::Council {
        let message = "It is shared with a group, or with all: nobody is asked. Whoever wants nothing of a group leaves it.";
        return Err(UserError::new("SHARE_ASKS_NOBODY", message, field).into());
    }
    if share.answer == Some(answer) {
        let message = format!("It is {} already.", answer.words().to_lowercase());
        return Err(UserError::new("SHARE_ANSWERED", message, field).into());
    }
    let note = text_if_any(note, "note", WORDS_MAX)?;
    let row = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        share_id: id,
        of_council_id: share.giver.id,
        answer: answer.code().to_owned(),
        note: note.clone(),
        recorded_at: deed.now(),
        recorded_by: scope.person,
        superseded_at: None,
        ended_at: None,
    };
    let before = share.answer.map(|answer| serde_json::json!({ "answer": answer.code() }).to_string());
    let after = serde_json::json!({
        "answer": answer.code(), "of": share.giver.code, "purpose": share.purpose, "note": note,
    });
    store::put_answer(deed.tx, row).await?;
    let verb = if answer == Answer::Accepted { "share.accept" } else { "share.decline" };
    deed.record(&scope, verb, format!("share {id}"), [before, state(&after)]).await?;
    // Its giver sees what was answered.
    deed.tx.reaches(Reached::Councils([share.giver.id].into()));
    let found = received::find(&**deed.tx, &scope, deed.today(), id).await?;
    found.ok_or_else(|| UserError::new("SHARE_NOT_FOUND", "Nothing of the kind is shared with the council.", field).into())
}
