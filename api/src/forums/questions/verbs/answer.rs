//! Answering a question.

use rules::question::Act;
use uuid::Uuid;

use super::{ANSWER_CHARACTERS_MAX, Seen, With, about_to, advance};
use crate::error::{Refusal, Result};
use crate::forums::deed::{Deed, text};

/// Answers a question that was assigned, or sent back, to the same or somebody else.
pub async fn answer(deed: &Deed<'_>, seen: Seen, words: &str) -> Result<Uuid, Refusal> {
    let before = about_to(deed, seen, Act::Answer).await?;
    let words = text(words, "words", ANSWER_CHARACTERS_MAX)?;
    let with = With { words: Some(words), assigned_to: before.entry.assigned_to.clone(), due_on: before.entry.due_on };
    advance(deed, before, with).await
}
