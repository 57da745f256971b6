//! Saying what becomes of a question: its answer will do, will not, or is not asked for any more.

use chrono::NaiveDate;
use rules::question::Act;
use uuid::Uuid;

use super::assign::due;
use super::{Before, Seen, WORDS_CHARACTERS_MAX, With, about_to, advance};
use crate::error::{Refusal, Result};
use crate::forums::deed::{Deed, text, text_if_any};

/// Says that the answer will do, with the committee's words if it had any.
pub async fn accept(deed: &Deed<'_>, seen: Seen, words: Option<&str>) -> Result<Uuid, Refusal> {
    let before = about_to(deed, seen, Act::Accept).await?;
    let words = text_if_any(words, "words", WORDS_CHARACTERS_MAX)?;
    let with = as_it_was(&before, words);
    advance(deed, before, with).await
}

/// Sends the answer back with what is missing in it, and by when it is wanted if not by the day it was due.
pub async fn send_back(deed: &Deed<'_>, seen: Seen, words: &str, due_on: Option<NaiveDate>) -> Result<Uuid, Refusal> {
    let before = about_to(deed, seen, Act::Return).await?;
    let words = text(words, "words", WORDS_CHARACTERS_MAX)?;
    let due_on = due_on.map(|day| due(deed, day)).transpose()?;
    let with = as_it_was(&before, Some(words));
    advance(deed, before, With { due_on: due_on.or(with.due_on), ..with }).await
}

/// Asks no longer, and says why.
pub async fn withdraw(deed: &Deed<'_>, seen: Seen, reason: &str) -> Result<Uuid, Refusal> {
    let before = about_to(deed, seen, Act::Withdraw).await?;
    let reason = text(reason, "reason", WORDS_CHARACTERS_MAX)?;
    let with = as_it_was(&before, Some(reason));
    advance(deed, before, with).await
}

fn as_it_was(before: &Before, words: Option<String>) -> With {
    With { words, assigned_to: before.entry.assigned_to.clone(), due_on: before.entry.due_on }
}
