//! The steps between proposal and decision.

use rules::permission::Permission;
use rules::proposal::Act;
use uuid::Uuid;

use super::words::{COMMENT_CHARACTERS_MAX, REASON_CHARACTERS_MAX, Wanted};
use super::{Deed, Done, figures, stepped};
use crate::access::Scope;
use crate::error::{Refusal, Result, UserError};

/// Which proposal, as it was read.
#[derive(Debug, Clone, Copy)]
pub struct StepInput {
    /// None for what is no id of a proposal.
    pub proposal: Option<Uuid>,
    pub revision: i32,
}

/// What a forum said.
pub struct Comment<'a> {
    /// Its code.
    pub forum: &'a str,
    pub words: &'a str,
}

const REASON: Wanted = Wanted { code: "REASON_NEEDED", field: "reason", say: "why", most: REASON_CHARACTERS_MAX };
const NOTE: Wanted = Wanted { code: "TEXT_NEEDED", field: "comment", say: "what you make of it", most: COMMENT_CHARACTERS_MAX };
const COMMENT: Wanted = Wanted { code: "TEXT_NEEDED", field: "comment", say: "what the forum said", most: COMMENT_CHARACTERS_MAX };

/// Recommends it, maybe with a comment.
pub async fn recommend(deed: &Deed<'_>, input: StepInput, comment: Option<&str>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::RecommendTargets)?;
    let words = NOTE.read_if_there(comment)?;
    simply(deed, &scope, input, (Act::Recommend, "target.recommend", words)).await
}

/// Supports it as a member, maybe with a comment; or sends it back to whoever proposed it, with a reason.
pub async fn review(deed: &Deed<'_>, input: StepInput, supported: bool, words: Option<&str>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::ReviewTargets)?;
    let (act, verb, words) = if supported {
        (Act::Review, "target.review", NOTE.read_if_there(words)?)
    } else {
        (Act::Return, "target.return", Some(Wanted { field: "comment", ..REASON }.read(words.unwrap_or_default())?))
    };
    simply(deed, &scope, input, (act, verb, words)).await
}

/// Puts a forum's comment on record.
pub async fn scrutinise(deed: &Deed<'_>, input: StepInput, comment: &Comment<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::RecordQuestions)?;
    let words = COMMENT.read(comment.words)?;
    let standing = deed.standing(&scope, input.proposal).await?;
    let found = standing.ground.find(standing.row.indicator_id);
    let seat = standing.remits.by_code(comment.forum.trim()).filter(|seat| scope.covers_forum(seat.id));
    let before = seat.filter(|seat| found.is_some_and(|(edition, entry)| seat.covers(edition, entry, deed.today())));
    let Some(seat) = before else {
        let message = format!("There is no forum {} of yours whose remit has this indicator.", comment.forum.trim());
        return Err(UserError::new("FORUM_NOT_FOUND", message, Some(&["input", "forum"])).into());
    };
    let forum = Some(seat.id);
    let step = deed.step(&scope, &standing, input.revision, Act::Scrutinise)?;
    let after = stepped(&standing.row, step, deed.tx.at(&deed.app.clock));
    let rows = figures(&standing.rows);
    let done = Done { step, after, rows, words: Some(words), forum, verb: "target.scrutinise" };
    deed.finish(&scope, &standing, done).await
}

/// Records that it was decided against.
pub async fn refuse(deed: &Deed<'_>, input: StepInput, reason: &str) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::RecordTargets)?;
    let words = REASON.read(reason)?;
    simply(deed, &scope, input, (Act::Refuse, "target.refuse", Some(words))).await
}

/// Takes it back.
pub async fn withdraw(deed: &Deed<'_>, input: StepInput, reason: &str) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::ProposeTargets)?;
    let words = REASON.read(reason)?;
    simply(deed, &scope, input, (Act::Withdraw, "target.withdraw", Some(words))).await
}

/// A step that changes nothing but the state.
async fn simply(
    deed: &Deed<'_>,
    scope: &Scope,
    input: StepInput,
    (act, verb, words): (Act, &'static str, Option<String>),
) -> Result<Uuid, Refusal> {
    let standing = deed.standing(scope, input.proposal).await?;
    let step = deed.step(scope, &standing, input.revision, act)?;
    let after = stepped(&standing.row, step, deed.tx.at(&deed.app.clock));
    let rows = figures(&standing.rows);
    deed.finish(scope, &standing, Done { step, after, rows, words, forum: None, verb }).await
}
