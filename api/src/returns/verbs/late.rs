//! Letting one element's return take figures of a period that is closed.

use chrono::{Days, NaiveDate};
use entity::late_entry;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::super::store::locks as store;
use super::{Deed, NotDone, words};
use crate::audit::{self, Event};
use crate::error::{Result, UserError};
use crate::rows::months;

/// How long figures may come late at most, from today.
const DAYS_MAX: u64 = 366;

/// Leave to enter late.
#[derive(Debug, Clone)]
pub struct Late {
    /// The return.
    pub id: Uuid,
    /// The last day.
    pub until: NaiveDate,
    pub reason: String,
}

/// Lets a return take figures of its closed period until a day, that included. Said again, the later word counts.
pub async fn allow_late(deed: &Deed<'_>, late: &Late) -> Result<(), NotDone> {
    let scope = deed.actor.scope_for(Permission::OpenAndClosePeriods)?;
    let (book, one, ..) = deed.find(late.id).await?;
    let today = deed.app.clock.today();
    if one.open {
        let message = format!("{} is open and takes figures: there is nothing to allow.", one.period.words());
        return Err(UserError::new("PERIOD_OPEN", message, Some(&["input", "return"])).into());
    }
    let most = today.checked_add_days(Days::new(DAYS_MAX)).unwrap_or(today);
    if late.until < today || late.until > most {
        let message = format!("The last day is today at the earliest, and {} at the latest.", most.format("%-d %B %Y"));
        return Err(UserError::new("DAY_OUT_OF_RANGE", message, Some(&["input", "until"])).into());
    }
    let reason = words(&late.reason, "REASON_NEEDED", &["input", "reason"])?;
    let row = late_entry::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        element_id: one.element,
        period_start: one.period.start(),
        period_months: months(one.period),
        until_on: late.until,
        reason: reason.clone(),
        allowed_by: scope.person,
        allowed_at: deed.tx.at(&deed.app.clock),
    };
    store::insert_late(deed.tx, row).await?;
    let after = audit::state(&Told { of: book.name(&one), until: late.until, reason });
    let event = Event { verb: "late-entry.allow", subject: format!("return {}", one.id), before: None, after };
    audit::record(deed.app, deed.tx, &scope, event).await?;
    Ok(())
}

/// What the trail keeps of it.
#[derive(Serialize)]
struct Told {
    of: String,
    until: NaiveDate,
    reason: String,
}
