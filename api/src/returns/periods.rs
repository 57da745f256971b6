//! Opening and closing reporting periods.

use chrono::NaiveDate;
use entity::reporting_period::Model;
use rules::framework::ReportingPeriodRow;
use rules::period::Period;
use rules::permission::Permission;
use uuid::Uuid;

use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks;
use crate::rows::months;

/// Which period of which council.
#[derive(Debug, Clone)]
pub struct PeriodInput {
    /// The council's code.
    pub council: String,
    pub period: Period,
    /// Opening: the last day for returns. None leaves it as it is.
    pub due_on: Option<NaiveDate>,
}

/// Lets a period take figures; one that is new to the framework is entered. Opened twice, nothing changes.
pub async fn open(app: &App, actor: &Actor, input: &PeriodInput) -> Result<ReportingPeriodRow, Refusal> {
    let (scope, tx, kept) = enter(app, actor, input).await?;
    if let Some(day) = input.due_on.filter(|day| *day <= input.period.end()) {
        let message = format!("{} is not after the period's end: returns cannot be due by then.", day.format("%-d %B %Y"));
        return Err(UserError::new("DUE_TOO_EARLY", message, Some(&["input", "dueOn"])).into());
    }
    let before = kept.held.as_ref().map(|held| row_of(held, input.period));
    let after = match kept.held {
        Some(row) => {
            let after = Model { open: true, due_on: input.due_on.or(row.due_on), ..row };
            store::update_period(&tx, &after).await?;
            after
        }
        None => {
            let after = Model {
                council_id: scope.council,
                id: app.ids.next(),
                framework_id: kept.framework,
                period_start: input.period.start(),
                period_months: months(input.period),
                open: true,
                due_on: input.due_on,
            };
            store::insert_period(&tx, after.clone()).await?;
            after
        }
    };
    let after = row_of(&after, input.period);
    finish(app, tx, &scope, Changed { verb: "period.open", before, after }).await
}

/// Stops a period taking figures; what it took stays. Closed twice, nothing changes.
pub async fn close(app: &App, actor: &Actor, input: &PeriodInput) -> Result<ReportingPeriodRow, Refusal> {
    let (scope, tx, kept) = enter(app, actor, input).await?;
    let Some(row) = kept.held else {
        let message = format!("{} is not a reporting period of the council.", input.period);
        return Err(UserError::new("PERIOD_NOT_FOUND", message, Some(&["input", "period"])).into());
    };
    let before = Some(row_of(&row, input.period));
    let after = Model { open: false, ..row };
    store::update_period(&tx, &after).await?;
    let after = row_of(&after, input.period);
    finish(app, tx, &scope, Changed { verb: "period.close", before, after }).await
}

/// The period where it is held, and the edition it belongs to or is to be entered in.
struct Kept {
    framework: Uuid,
    held: Option<Model>,
}

/// The right, a transaction, and where the period is kept: in the edition that stood in it, else in the latest. An
/// edition may take figures of years before it began, for the history its indicators need.
async fn enter(app: &App, actor: &Actor, input: &PeriodInput) -> Result<(Scope, Change, Kept), Refusal> {
    let scope = actor.scope_for(Permission::OpenAndClosePeriods)?;
    if !input.council.eq_ignore_ascii_case(&actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    if input.period.frequency().is_none() {
        let message = format!("{} is not a month, quarter, half-year or year.", input.period.words());
        return Err(UserError::new("PERIOD_UNUSUAL", message, Some(&["input", "period"])).into());
    }
    let tx = app.db.change(scope.council).await?;
    let editions = frameworks::store::editions(&*tx, &scope, None).await?;
    let latest = frameworks::service::latest_edition(editions.clone()).map(|e| e.id);
    let Some(framework) = frameworks::service::edition_at(editions, input.period).map(|e| e.id).or(latest) else {
        let message = "The council has no framework yet: import one first.";
        return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "council"])).into());
    };
    let mut held = store::periods(&*tx, &scope, input.period).await?;
    held.sort_by_key(|row| (row.framework_id != framework, Some(row.framework_id) != latest));
    Ok((scope, tx, Kept { framework, held: held.into_iter().next() }))
}

struct Changed {
    verb: &'static str,
    before: Option<ReportingPeriodRow>,
    after: ReportingPeriodRow,
}

async fn finish(app: &App, tx: Change, scope: &Scope, changed: Changed) -> Result<ReportingPeriodRow, Refusal> {
    let Changed { verb, before, after } = changed;
    if before.as_ref() != Some(&after) {
        let state = |row: &ReportingPeriodRow| audit::state(row);
        let event =
            Event { verb, subject: format!("period {}", after.period), before: before.as_ref().and_then(state), after: state(&after) };
        audit::record(app, &tx, scope, event).await?;
        tx.commit().await?;
    }
    Ok(after)
}

fn row_of(row: &Model, period: Period) -> ReportingPeriodRow {
    ReportingPeriodRow { period, open: row.open, due_on: row.due_on }
}
