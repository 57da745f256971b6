//! Periods that open and close by calendar: on which days each does, set for a year at once, and done when the day comes by
//! whichever node sees it first.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use entity::period_schedule::Model;
use entity::reporting_period;
use rules::framework::ReportingPeriodRow;
use rules::measure::Frequency;
use rules::period::Period;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use uuid::Uuid;

use super::store::schedule;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks;
use crate::rows::{months, period};
use crate::telemetry::health::Loop;

/// Periods set at once, at most: two years of months.
const PERIODS_MAX: usize = 24;
/// Days a day may be from a period's end.
const DAYS_MAX: i32 = 366;
/// How often a node looks whose day has come.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// On which days the periods of a year open, are due and close, each counted from its end.
#[derive(Debug, Clone)]
pub struct ScheduleInput {
    /// The council's code.
    pub council: String,
    /// The year, or what else the periods are inside.
    pub within: Period,
    pub every: Frequency,
    /// Days after the period's end on which it opens; before it, where that is less than nothing.
    pub opens: i32,
    /// Days after the period's end by which returns are due.
    pub due: i32,
    /// Days after the period's end of the last day it is open; none: until somebody closes it.
    pub closes: Option<i32>,
}

/// A reporting period and its days.
#[derive(Debug, Clone, Serialize)]
pub struct Scheduled {
    pub row: ReportingPeriodRow,
    pub opens_on: NaiveDate,
    pub closes_on: Option<NaiveDate>,
}

/// Sets the days. Periods that are new to the framework are entered; one whose day has come opens or closes now. Whoever
/// calls it commits.
pub async fn schedule(app: &App, tx: &Change, actor: &Actor, input: &ScheduleInput) -> Result<Vec<Scheduled>, Refusal> {
    let scope = actor.scope_for(Permission::OpenAndClosePeriods)?;
    if !input.council.eq_ignore_ascii_case(&actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    in_order(input)?;
    let periods = input.within.split(input.every);
    if periods.is_empty() || periods.len() > PERIODS_MAX {
        let message = format!("{} holds no such periods, or more than {PERIODS_MAX}: name a year.", input.within.words());
        return Err(UserError::new("PERIOD_UNUSUAL", message, Some(&["input", "within"])).into());
    }
    let editions = frameworks::store::editions(&**tx, &scope, None).await?;
    let latest = frameworks::service::latest_edition(editions.clone()).map(|edition| edition.id);
    let held = schedule::periods_between(&**tx, &scope, input.within).await?;
    let (today, now) = (app.clock.today(), tx.at(&app.clock));
    let mut set = Vec::new();
    let (mut entered, mut days) = (Vec::new(), Vec::new());
    for one in periods {
        let opens_on = after(one.end(), input.opens);
        let closes_on = input.closes.map(|closes| after(one.end(), closes));
        let due_on = Some(after(one.end(), input.due));
        let own = held.iter().filter(|row| row.period_start == one.start() && row.period_months == months(one));
        let own: Vec<&reporting_period::Model> = own.collect();
        let was_open = own.iter().any(|row| row.open);
        let ended = closes_on.is_some_and(|day| day < today);
        let open = !ended && (was_open || opens_on <= today);
        if own.is_empty() {
            let framework = frameworks::service::edition_at(editions.clone(), one).map(|edition| edition.id).or(latest);
            let Some(framework_id) = framework else {
                let message = "The council has no framework yet: import one first.";
                return Err(UserError::new("NO_FRAMEWORK", message, Some(&["input", "council"])).into());
            };
            entered.push(reporting_period::Model {
                council_id: scope.council,
                id: app.ids.next(),
                framework_id,
                period_start: one.start(),
                period_months: months(one),
                open,
                due_on,
            });
        } else {
            schedule::set_period(tx, &scope, one, open, due_on).await?;
        }
        days.push(Model {
            council_id: scope.council,
            id: app.ids.next(),
            period_start: one.start(),
            period_months: months(one),
            opens_on,
            closes_on,
            opened_at: (open || ended).then_some(now),
            closed_at: ended.then_some(now),
            set_by: scope.person,
            set_at: now,
            superseded_at: None,
        });
        set.push(Scheduled { row: ReportingPeriodRow { period: one, open, due_on }, opens_on, closes_on });
    }
    schedule::enter(tx, &scope, entered, days, now).await?;
    let subject = format!("periods of {}", input.within);
    audit::record(app, tx, &scope, Event { verb: "period.schedule", subject, before: None, after: audit::state(&set) }).await?;
    Ok(set)
}

/// The days on which each period opens and closes by itself, by its first day and months.
pub type PeriodDays = HashMap<(NaiveDate, i32), (NaiveDate, Option<NaiveDate>)>;

/// On which days the council's periods open and close by themselves. One statement.
pub async fn days(db: &impl ConnectionTrait, scope: &Scope) -> Result<PeriodDays> {
    schedule::days_of(db, scope).await
}

/// Opens before it is due, and due before it closes.
fn in_order(input: &ScheduleInput) -> Result<(), Refusal> {
    let refused = |message: &str, field: &str| Err(UserError::new("DAYS_OUT_OF_ORDER", message, Some(&["input", field])).into());
    let far = |days: i32| !(-DAYS_MAX..=DAYS_MAX).contains(&days);
    if far(input.opens) || far(input.due) || input.closes.is_some_and(far) {
        return refused("Name days within a year of the period's end.", "dueAfter");
    }
    if input.due < 1 {
        return refused("Returns are due after the period's end, a day at least.", "dueAfter");
    }
    if input.opens > input.due {
        return refused("A period opens before its returns are due.", "opensAfter");
    }
    if input.closes.is_some_and(|closes| closes < input.due) {
        return refused("A period closes on the day its returns are due, or later.", "closesAfter");
    }
    Ok(())
}

/// So many days after a day, or before it.
fn after(day: NaiveDate, days: i32) -> NaiveDate {
    let by = Days::new(u64::from(days.unsigned_abs()));
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// Looks every minute whose day has come, for as long as the service runs.
pub async fn serve(app: App) {
    loop {
        let turned = turn(&app).await;
        app.went_round(Loop::Calendar, turned.is_ok());
        if let Err(error) = turned {
            tracing::error!(cause = error.log_text(), "opening and closing periods by calendar failed");
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Opens and closes what is to be opened and closed by today, council by council; answers how many periods. Done on several
/// nodes at once, each is done once.
pub async fn turn(app: &App) -> Result<usize> {
    let mut done = 0;
    for council in schedule::councils_due(app, app.clock.today()).await? {
        match in_council(app, council).await {
            Ok(count) => done += count,
            Err(error) => {
                tracing::error!(%council, cause = error.log_text(), "a council's periods were not opened and closed by calendar");
            }
        }
    }
    Ok(done)
}

async fn in_council(app: &App, council: Uuid) -> Result<usize> {
    let today = app.clock.today();
    let tx = app.db.change(council).await?;
    let now = tx.at(&app.clock);
    let due = schedule::due(&tx, council, today).await?;
    for row in &due {
        // Whoever set the days stands behind what is done on them.
        let scope = Scope::of_job(council, row.set_by);
        let one = period(row.period_start, row.period_months)?;
        let ended = row.closes_on.is_some_and(|day| day < today);
        let open = !ended;
        let changed = schedule::set_open(&tx, &scope, one, open).await?;
        schedule::done(&tx, row, now, ended).await?;
        if changed {
            let verb = if open { "period.open" } else { "period.close" };
            let after = audit::state(&format!("by calendar, {}", if open { "opened" } else { "closed" }));
            audit::record(app, &tx, &scope, Event { verb, subject: format!("period {one}"), before: None, after }).await?;
        }
    }
    tx.commit().await?;
    Ok(due.len())
}
