//! Saying that figures were looked at, and answering for them.

use rules::cycle::Act;

use super::super::figures::figures;
use super::super::store::approved::{self, Approval, Kept};
use super::{Deed, NotDone, Seen, With};
use crate::error::Result;

/// Says that a submitted return's figures were looked at.
pub async fn assure(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Assure).await?;
    deed.take(&standing, None, With::default()).await?;
    Ok(())
}

/// Approves an assured return: every figure of it is kept as it reads and is judged now, the missing ones too. What was
/// approved before of the same figures is superseded and stays on record. A fixed number of statements.
pub async fn approve(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Approve).await?;
    let one = &standing.one;
    let figures = figures(&**deed.tx, &standing.scope, &standing.book, &[one]).await?.remove(&one.id).unwrap_or_default();
    let before: Vec<_> = figures.iter().filter_map(|figure| Some(figure.approved.as_ref()?.id)).collect();
    let kept: Vec<Kept> = figures
        .into_iter()
        .map(|figure| Kept {
            id: deed.app.ids.next(),
            key: figure.key,
            observation: figure.held,
            thresholds: figure.point.thresholds,
            status: figure.point.status.colour,
            because: figure.point.status.because,
        })
        .collect();
    let round = standing.book.round(one);
    let step = deed.take(&standing, None, With { figures: Some(kept.len()), ..With::default() }).await?;
    approved::keep(deed.tx, &standing.scope, Approval { of: one.id, round, at: step.at }, &before, &kept).await?;
    Ok(())
}
