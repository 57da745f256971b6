//! Taking back what an import wrote.

use entity::import;
use importers::Layout;
use serde::Serialize;
use uuid::Uuid;

use super::{Deed, Told, layout, named_with_why, scope_over};
use crate::audit;
use crate::error::{Refusal, Result, UserError};
use crate::imports::decisions::Decided;
use crate::imports::plan::{self, Undone};
use crate::imports::service::State;
use crate::imports::{outcomes, store};

/// Takes back what an import wrote, each row by itself: what was corrected since is kept, and what cannot be taken back
/// now stays and can be tried again, by undoing once more.
pub async fn undo(deed: &Deed<'_>, id: Uuid) -> Result<(import::Model, Undone), Refusal> {
    let mut row = deed.import(id).await?;
    let again = match State::of(&row)? {
        State::Accepted => true,
        State::Undone => outcomes::has_failed(deed.tx, &deed.actor.own_scope(), id).await?,
        _ => false,
    };
    if !again {
        let message = "Only an import that was accepted can be undone.";
        return Err(UserError::new("IMPORT_NOT_ACCEPTED", message, Some(&["input", "id"])).into());
    }
    let scope = scope_over(deed, &row)?;
    let undone = match layout(&row)? {
        Layout::Framework => {
            // What hangs on the framework goes before it.
            let mut undone = plan::delivery::undo(deed.app, deed.tx, deed.actor, id).await?;
            let framework = plan::framework::undo(deed.app, deed.tx, &scope, id).await?;
            undone.reversed = undone.reversed.saturating_add(framework.reversed);
            undone.kept.extend(framework.kept);
            undone.failed.extend(framework.failed);
            undone
        }
        Layout::Delivery => plan::delivery::undo(deed.app, deed.tx, deed.actor, id).await?,
        Layout::Template | Layout::Long | Layout::Wide | Layout::Measures | Layout::Benchmark | Layout::Entry => {
            plan::values::undo(deed.app, deed.tx, &scope, id).await?
        }
    };
    if undone.reversed == 0 && !(undone.kept.is_empty() && undone.failed.is_empty()) {
        let rows: Vec<_> = undone.failed.iter().chain(&undone.kept).cloned().collect();
        let message = format!("Nothing of this import can be taken back now. {}.", named_with_why(&rows));
        return Err(UserError::new("NOTHING_REVERSED", message, Some(&["input", "id"])).into());
    }
    outcomes::undone(deed.tx, &scope, id, &undone).await?;
    let before = audit::state(&row.state);
    row.state = State::Undone.to_string();
    row.undone_at = Some(deed.now());
    store::save(&**deed.tx, row.clone()).await?;
    let after =
        audit::state(&TakenBack { state: &row.state, reversed: undone.reversed, kept: undone.kept.len(), failed: undone.failed.len() });
    deed.decided(&scope, &row, Decided::Undone, Told { verb: "import.undo", reason: None, before, after }).await?;
    Ok((row, undone))
}

/// What the trail keeps of an undoing.
#[derive(Serialize)]
struct TakenBack<'a> {
    state: &'a str,
    reversed: i32,
    kept: usize,
    failed: usize,
}
