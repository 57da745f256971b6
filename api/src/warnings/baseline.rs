//! Deciding from which period an indicator's centre line and limits are taken anew: dated, with its reason, and never overwritten.

use entity::spc_baseline;
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::store::{self, BaselineEntry};
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks::{IndicatorEntry, service as frameworks};
use crate::rows::months;
use crate::text::Asked;

/// What a reason has at most.
pub const REASON_CHARACTERS_MAX: usize = 2_000;
/// Baselines of one indicator that stand at once, at most: more would be no process.
const BASELINES_MAX: usize = 20;

/// What the trail keeps of it.
#[derive(Serialize)]
struct Kept<'a> {
    indicator: &'a str,
    from: String,
    reason: &'a str,
}

fn kept(indicator: &str, from: Period, reason: &str) -> Option<String> {
    audit::state(&Kept { indicator, from: from.to_string(), reason })
}

/// Sets it; one that stands for the same period is superseded. Answers the indicator's id.
pub async fn set(app: &App, tx: &Change, actor: &Actor, (code, from, reason): (&str, Period, &str)) -> Result<Uuid, Refusal> {
    let scope = actor.scope_for(Permission::EditFramework)?;
    let today = app.clock.today();
    let catalogue = frameworks::catalogue_in_force(&**tx, &scope, today).await?;
    let found = catalogue.as_ref().and_then(|of| of.indicator_by_code(code.trim()));
    let Some(entry) = found.filter(|entry| scope.covers_indicator(entry.id, entry.owner)) else {
        let message = format!("There is no indicator {code} here, or none of yours.");
        return Err(UserError::new("INDICATOR_NOT_FOUND", message, Some(&["input", "indicator"])).into());
    };
    let reason = Asked::why(REASON_CHARACTERS_MAX, &["input", "reason"]).read(reason)?;
    check(entry, from)?;
    let all = store::baselines(&**tx, &scope, None).await?.remove(&entry.id).unwrap_or_default();
    let before = all.iter().find(|of| of.from == from);
    if before.is_none() && all.len() >= BASELINES_MAX {
        let message = format!("{BASELINES_MAX} baselines stand for {}: withdraw one first.", entry.code);
        return Err(UserError::new("TOO_MANY_BASELINES", message, Some(&["input", "from"])).into());
    }
    let at = tx.at(&app.clock);
    if let Some(before) = before {
        if before.reason == reason {
            return Ok(entry.id);
        }
        store::end_baseline(tx, &scope, before.id, at).await?;
    }
    let row = spc_baseline::Model {
        council_id: scope.council,
        id: app.ids.next(),
        indicator_id: entry.id,
        period_start: from.start(),
        period_months: months(from),
        reason: reason.clone(),
        recorded_at: at,
        superseded_at: None,
        recorded_by: scope.person,
        superseded_by: None,
    };
    store::insert_baseline(tx, row).await?;
    let event = Event {
        verb: "baseline.set",
        subject: format!("indicator {}", entry.id),
        before: before.and_then(|of| kept(&entry.code, of.from, &of.reason)),
        after: kept(&entry.code, from, &reason),
    };
    audit::record(app, tx, &scope, event).await?;
    Ok(entry.id)
}

/// A baseline begins with one of the indicator's own periods.
fn check(entry: &IndicatorEntry, from: Period) -> Result<(), UserError> {
    let own = entry.definition_in(from).and_then(|of| Period::holding(from.start(), of.frequency, of.year_basis));
    if own == Some(from) {
        return Ok(());
    }
    let example = own.map_or_else(String::new, |own| format!(", for instance {own}"));
    let message = format!("{} has no period {from}: give one of its own{example}.", entry.code);
    Err(UserError::new("PERIOD_UNSUITED", message, Some(&["input", "from"])))
}

/// Withdraws it. Answers the indicator's id.
pub async fn withdraw(app: &App, tx: &Change, actor: &Actor, (id, reason): (Option<Uuid>, &str)) -> Result<Uuid, Refusal> {
    let scope = actor.scope_for(Permission::EditFramework)?;
    let all = store::baselines(&**tx, &scope, None).await?;
    let found: Option<&BaselineEntry> = all.values().flatten().find(|of| Some(of.id) == id);
    let catalogue = frameworks::catalogue_in_force(&**tx, &scope, app.clock.today()).await?;
    let entry = found.and_then(|of| catalogue.as_ref()?.indicator(of.indicator));
    let Some((of, entry)) = found.zip(entry).filter(|(_, entry)| scope.covers_indicator(entry.id, entry.owner)) else {
        let message = "No baseline with this id stands in your council, or none of yours: `specialCauses.baselines` lists them.";
        return Err(UserError::new("BASELINE_NOT_FOUND", message, Some(&["input", "baseline"])).into());
    };
    let reason = Asked::why(REASON_CHARACTERS_MAX, &["input", "reason"]).read(reason)?;
    store::end_baseline(tx, &scope, of.id, tx.at(&app.clock)).await?;
    let event = Event {
        verb: "baseline.withdraw",
        subject: format!("indicator {}", entry.id),
        before: kept(&entry.code, of.from, &of.reason),
        after: audit::state(&Withdrawn { indicator: &entry.code, because: &reason }),
    };
    audit::record(app, tx, &scope, event).await?;
    Ok(entry.id)
}

#[derive(Serialize)]
struct Withdrawn<'a> {
    indicator: &'a str,
    because: &'a str,
}
