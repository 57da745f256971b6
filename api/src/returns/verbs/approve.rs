//! Saying that figures were looked at, and answering for them.

use std::collections::HashMap;

use rules::cycle::{Act, State};
use rules::status::Colour;
use uuid::Uuid;

use super::super::derive::FigureKey;
use super::super::figures::{Figure, figures};
use super::super::store::approved::{self, Approval, Kept};
use super::super::store::submitted;
use super::{Deed, NotDone, Seen, With};
use crate::error::Result;

/// Why a figure is approved as not due.
const NOT_DUE: &str = "No figure was owed yet when the return was submitted";

/// Says that a submitted return's figures, or its late ones, were looked at.
pub async fn assure(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Assure).await?;
    deed.take(&standing, None, With::default()).await?;
    Ok(())
}

/// Approves an assured return: every figure of it is kept as it reads and is judged now, the missing ones too; of one whose late
/// figures were assured, those alone. What nobody submitted is not approved: it is kept as not due. What was approved before of
/// the same figures is superseded and stays on record. A fixed number of statements.
pub async fn approve(deed: &Deed<'_>, seen: Seen) -> Result<(), NotDone> {
    let standing = deed.begin(seen, Act::Approve).await?;
    let one = &standing.one;
    let mut figures = figures(deed.tx, &standing.scope, &standing.book, &[one]).await?.remove(&one.id).unwrap_or_default();
    let submitted = submitted::submitted(&**deed.tx, &standing.scope, one.id).await?;
    if standing.step.from == State::LateAssured {
        figures.retain(|figure| figure.late() && !came_since(&submitted, figure));
    }
    let before: Vec<_> = figures.iter().filter_map(|figure| Some(figure.approved.as_ref()?.id)).collect();
    let kept: Vec<Kept> = figures.into_iter().map(|figure| kept(deed.app.ids.next(), &submitted, figure)).collect();
    let round = standing.book.round(one);
    let step = deed.take(&standing, None, With { figures: Some(kept.len()), ..With::default() }).await?;
    approved::keep(deed.tx, &standing.scope, Approval { of: one.id, round, at: step.at }, &before, &kept).await?;
    Ok(())
}

/// Whether there was no figure when the return was submitted.
fn came_since(submitted: &HashMap<FigureKey, Option<Uuid>>, figure: &Figure) -> bool {
    submitted.get(&figure.key).is_some_and(Option::is_none)
}

fn kept(id: Uuid, submitted: &HashMap<FigureKey, Option<Uuid>>, figure: Figure) -> Kept {
    let (status, thresholds) = (figure.point.status.colour, figure.point.thresholds);
    match came_since(submitted, &figure) {
        // It was not due then, or it would have been lacking; by now it may be, and may even be there.
        true => {
            let because = if status == Colour::NotDue { figure.point.status.because } else { NOT_DUE.to_owned() };
            Kept { id, key: figure.key, observation: None, thresholds, status: Colour::NotDue, because }
        }
        false => Kept { id, key: figure.key, observation: figure.held, thresholds, status, because: figure.point.status.because },
    }
}
