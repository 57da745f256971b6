//! Letting the public read what was approved.

use rules::cycle::Act;

use super::{Deed, NotDone, Seen, With};
use crate::error::{Error, Result};
use crate::publications::service::{OfReturn, publish_return};

/// Publishes an approved return: those of its figures that some forum was given as they are approved. Refused where there are
/// none; a fixed number of statements.
pub async fn publish(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Publish).await?;
    let one = &standing.one;
    let catalogue = standing.book.catalogue(one).ok_or_else(|| Error::internal("publishing a return", &one.id))?;
    let of = OfReturn { catalogue, figures: &one.figures, period: one.period };
    let outcome = publish_return(deed.app, deed.tx, &standing.scope, &of).await?;
    let figures = Some(outcome.published + outcome.unchanged);
    deed.take(&standing, None, With { figures, ..With::default() }).await?;
    Ok(())
}
