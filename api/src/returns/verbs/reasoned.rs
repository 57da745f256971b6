//! Taking a return back before anybody looked, and opening it again for a correction: both for a reason.

use rules::cycle::Act;

use super::{Deed, NotDone, Seen, With, words};
use crate::error::Result;

/// Takes a submitted return back.
pub async fn recall(deed: &Deed<'_>, seen: Seen, reason: &str) -> Result<(), NotDone> {
    with_reason(deed, seen, Act::Recall, reason).await
}

/// Opens a return for a correction. What was approved stays until the correction is approved in its turn.
pub async fn reopen(deed: &Deed<'_>, seen: Seen, reason: &str) -> Result<(), NotDone> {
    with_reason(deed, seen, Act::Reopen, reason).await
}

async fn with_reason(deed: &Deed<'_>, seen: Seen, act: Act, reason: &str) -> Result<(), NotDone> {
    let standing = deed.begin(seen, act).await?;
    let reason = words(reason, "REASON_NEEDED", &["input", "reason"])?;
    deed.take(&standing, Some(&reason), With::default()).await?;
    Ok(())
}
