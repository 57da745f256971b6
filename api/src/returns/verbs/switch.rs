//! Switching the workflow of returns on from a day, and off again.

use chrono::NaiveDate;
use entity::return_workflow;
use rules::cycle::State;
use rules::permission::Permission;
use serde::Serialize;

use super::super::store::{self, cycle};
use super::super::workflow::{Workflow, workflow};
use super::{Deed, NotDone, words};
use crate::audit::{self, Event};
use crate::error::{Result, UserError};

/// After every period: a year of four digits, as SQLite compares dates as text.
const LAST: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// What the workflow is to be.
#[derive(Debug, Clone)]
pub struct Switch {
    /// From which day returns go through their states; none switches it off.
    pub from: Option<NaiveDate>,
    pub reason: String,
}

/// Switches the workflow. Nothing that was done to returns is lost by it: what it covers and somebody submitted stays covered,
/// unless it is reopened first.
pub async fn switch(deed: &Deed<'_>, wanted: &Switch) -> Result<(), NotDone> {
    let scope = deed.actor.scope_for(Permission::ManageSettings)?;
    let reason = words(&wanted.reason, "REASON_NEEDED", &["input", "reason"])?;
    let before = workflow(&**deed.tx, &scope, None).await?;
    if before.from == wanted.from {
        let message = match before.from {
            Some(from) => format!("Returns go through states from {} on already.", from.format("%-d %B %Y")),
            None => "Returns do not go through states as it is.".to_owned(),
        };
        return Err(UserError::new("WORKFLOW_UNCHANGED", message, Some(&["input", "from"])).into());
    }
    if let Some(covered) = before.from {
        let begun = cycle::rows(&**deed.tx, &scope, covered, LAST).await?;
        let wanted = Workflow { from: wanted.from };
        let mut uncovered = 0_usize;
        for row in begun.iter().filter(|row| row.state.0 != State::Open) {
            uncovered += usize::from(!wanted.covers(crate::rows::period(row.period_start, row.period_months)?));
        }
        if uncovered > 0 {
            let message = format!(
                "{uncovered} returns of periods that would no longer be covered were submitted, and are not yet reopened: their figures \
                would be open to anybody to change and to read. Begin no later than their periods, or reopen them first."
            );
            return Err(UserError::new("WORKFLOW_IN_USE", message, Some(&["input", "from"])).into());
        }
    }
    let row = return_workflow::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        from_on: wanted.from,
        reason: reason.clone(),
        recorded_at: deed.tx.at(&deed.app.clock),
        superseded_at: None,
        recorded_by: scope.person,
    };
    store::switch_workflow(deed.tx, &scope, row).await?;
    let event = Event {
        verb: "workflow.switch",
        subject: "workflow of returns".to_owned(),
        before: audit::state(&Told { from: before.from, reason: None }),
        after: audit::state(&Told { from: wanted.from, reason: Some(reason) }),
    };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(())
}

/// What the trail keeps of it.
#[derive(Serialize)]
struct Told {
    from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}
