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

/// Lets a period take figures; one the edition does not have yet is entered. Opened twice, nothing changes.
pub async fn open(app: &App, actor: &Actor, input: &PeriodInput, request: Option<Uuid>) -> Result<ReportingPeriodRow, Refusal> {
    let (scope, tx, framework) = enter(app, actor, input).await?;
    let found = store::period(&*tx, &scope, framework, input.period).await?;
    if let Some(day) = input.due_on.filter(|day| *day <= input.period.end()) {
        let message = format!("{} is not after the period's end: returns cannot be due by then.", day.format("%-d %B %Y"));
        return Err(UserError::new("DUE_TOO_EARLY", message, Some(&["input", "dueOn"])).into());
    }
    let before = found.as_ref().map(row_of);
    let after = match found {
        Some(row) => {
            let after = Model { open: true, due_on: input.due_on.or(row.due_on), ..row };
            store::update_period(&tx, &after).await?;
            after
        }
        None => {
            let after = Model {
                council_id: scope.council,
                id: app.ids.next(),
                framework_id: framework,
                period_start: input.period.start(),
                period_months: months(input.period),
                open: true,
                due_on: input.due_on,
            };
            store::insert_period(&tx, after.clone()).await?;
            after
        }
    };
    finish(app, tx, &scope, Changed { verb: "period.open", period: input.period, before, after: row_of(&after), request }).await
}

/// Stops a period taking figures; what it took stays. Closed twice, nothing changes.
pub async fn close(app: &App, actor: &Actor, input: &PeriodInput, request: Option<Uuid>) -> Result<ReportingPeriodRow, Refusal> {
    let (scope, tx, framework) = enter(app, actor, input).await?;
    let Some(row) = store::period(&*tx, &scope, framework, input.period).await? else {
        let message = format!("{} is not a reporting period of the council.", input.period);
        return Err(UserError::new("PERIOD_NOT_FOUND", message, Some(&["input", "period"])).into());
    };
    let before = Some(row_of(&row));
    let after = Model { open: false, ..row };
    store::update_period(&tx, &after).await?;
    finish(app, tx, &scope, Changed { verb: "period.close", period: input.period, before, after: row_of(&after), request }).await
}

/// The right, a transaction, and the edition in force in the period.
async fn enter(app: &App, actor: &Actor, input: &PeriodInput) -> Result<(Scope, Change, Uuid), Refusal> {
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
    let Some(edition) = frameworks::service::edition_at(editions, input.period) else {
        let message = format!("No edition of the framework stands in {}.", input.period.words());
        return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"])).into());
    };
    Ok((scope, tx, edition.id))
}

struct Changed {
    verb: &'static str,
    period: Period,
    before: Option<ReportingPeriodRow>,
    after: ReportingPeriodRow,
    request: Option<Uuid>,
}

async fn finish(app: &App, tx: Change, scope: &Scope, changed: Changed) -> Result<ReportingPeriodRow, Refusal> {
    let Changed { verb, period, before, after, request } = changed;
    if before.as_ref() != Some(&after) {
        let state = |row: &ReportingPeriodRow| audit::state(row);
        let event =
            Event { verb, subject: format!("period {period}"), before: before.as_ref().and_then(state), after: state(&after), request };
        audit::record(app, &tx, scope, event).await?;
        tx.commit().await?;
    }
    Ok(after)
}

fn row_of(row: &Model) -> ReportingPeriodRow {
    // What the table holds was checked when it was entered; the period asked for is the same one.
    let period = crate::rows::period(row.period_start, row.period_months);
    ReportingPeriodRow { period: period.expect("a row found by a period's own days holds that period"), open: row.open, due_on: row.due_on }
}
