//! Letting the public read what was approved.

use rules::cycle::Act;

use super::{Deed, NotDone, Seen};
use crate::error::{Result, UserError};

/// Publishes an approved return.
pub async fn publish(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let _standing = deed.begin(seen, Act::Publish).await?;
    let message = "Returns cannot be published here yet: publish single indicators instead.";
    Err(UserError::new("PUBLICATION_UNAVAILABLE", message, Some(&["input", "return"])).into())
}
