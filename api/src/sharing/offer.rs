//! Offering figures to other councils, and taking the offer back.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::{share, share_indicator};
use rules::measure::Lifecycle;
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::groups::store as groups;
use super::store::{self, Given};
use super::{Audience, State, copies, named};
use crate::access::Scope;
use crate::error::{Refusal, Result, UserError};
use crate::forums::deed::{Deed, state, text, written};
use crate::frameworks::IndicatorEntry;
use crate::frameworks::service::catalogue_in_force;
use crate::rows::months;

/// Indicators of one share at most.
pub const INDICATORS_MAX: usize = 500;
/// Shares of a council that stand at once, at most.
pub const SHARES_MAX: usize = 100;
/// Figures of all shares of a council that stand at once, at most, one for each period of each indicator.
const PLACES_MAX: usize = 200_000;
/// Characters of a purpose or a reason at most.
pub const WORDS_MAX: usize = 2_000;
/// Years back that figures are shared from at most.
const YEARS_BACK_MAX: i32 = 20;

/// What is to be shared.
pub struct OfferInput<'a> {
    pub council: &'a str,
    /// Codes of indicators.
    pub indicators: &'a [String],
    /// A council's code.
    pub to_council: Option<&'a str>,
    pub to_group: Option<Uuid>,
    pub to_all: bool,
    pub purpose: &'a str,
    pub from: Period,
    pub until: Option<NaiveDate>,
}

/// What the trail keeps of a share.
#[derive(Serialize)]
struct Told<'a> {
    audience: &'a str,
    council: Option<&'a str>,
    group: Option<&'a str>,
    purpose: &'a str,
    from: String,
    until: Option<NaiveDate>,
    indicators: Vec<&'a str>,
}

/// With whom.
struct To {
    audience: Audience,
    council: Option<named::Named>,
    group: Option<(Uuid, String)>,
}

/// Shares indicators: a named council sees nothing before it accepts; a group's members and all councils read from now on.
pub async fn offer(deed: &Deed<'_>, input: &OfferInput<'_>) -> Result<Given, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    deed.council(input.council)?;
    let purpose = text(input.purpose, "purpose", WORDS_MAX)?;
    let to = to(deed, &scope, input).await?;
    within_reach(deed.today(), input)?;
    if store::standing(&**deed.tx, &scope, deed.today()).await?.len() >= SHARES_MAX {
        let message = format!("The council shares {SHARES_MAX} times already: withdraw a share before you add another.");
        return Err(UserError::new("TOO_MANY_SHARES", message, None).into());
    }
    let catalogue = catalogue_in_force(&**deed.tx, &scope, deed.today()).await?;
    let catalogue =
        catalogue.ok_or_else(|| UserError::new("NO_FRAMEWORK", "The council has no framework yet.", Some(&["input", "council"])))?;
    let chosen = chosen(input.indicators, |code| catalogue.indicator_by_code(code))?;
    let id = deed.app.ids.next();
    let now = deed.now();
    let rows = chosen.iter().map(|entry| share_indicator::Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        share_id: id,
        indicator_id: entry.id,
        code: entry.code.clone(),
        title: entry.latest().title.clone(),
        unit: entry.latest().unit.clone(),
        metric: entry.latest().external_metric.clone(),
    });
    let share = share::Model {
        council_id: scope.council,
        id,
        audience: to.audience.code().to_owned(),
        to_council_id: to.council.as_ref().map(|council| council.id),
        to_group_id: to.group.as_ref().map(|(group, _)| *group),
        purpose: purpose.clone(),
        from_start: input.from.start(),
        from_months: months(input.from),
        until_on: input.until,
        recorded_at: now,
        recorded_by: scope.person,
        withdrawn_at: None,
        withdrawn_by: None,
        reason: None,
        copied_revision: None,
        copied_on: None,
        copied_at: None,
    };
    store::insert(deed.tx, share, rows.collect()).await?;
    let told = Told {
        audience: to.audience.code(),
        council: to.council.as_ref().map(|council| council.code.as_str()),
        group: to.group.as_ref().map(|(_, name)| name.as_str()),
        purpose: &purpose,
        from: input.from.to_string(),
        until: input.until,
        indicators: chosen.iter().map(|entry| entry.code.as_str()).collect(),
    };
    deed.record(&scope, "share.offer", format!("share {id}"), [None, state(&told)]).await?;
    if copies::places(&**deed.tx, &scope, &catalogue, deed.today()).await? > PLACES_MAX {
        let message = format!(
            "Of all it shares a council shares {PLACES_MAX} figures at most: begin at a later period, name fewer indicators, or withdraw a share."
        );
        return Err(UserError::new("SHARES_TOO_MUCH", message, Some(&["input", "from"])).into());
    }
    let plan = copies::plan(&**deed.tx, &scope, deed.today()).await?;
    copies::apply(deed.app, deed.tx, &scope, &plan).await?;
    found(deed, &scope, id).await
}

/// Takes a share back: whoever read it reads nothing of it any more, from this transaction on.
pub async fn withdraw(deed: &Deed<'_>, id: Uuid, reason: Option<&str>) -> Result<Given, Refusal> {
    let scope = deed.actor.scope_for(Permission::ShareFigures)?;
    let given = store::find(&**deed.tx, &scope, id).await?.ok_or_else(not_found)?;
    if given.state(deed.today()) == State::Withdrawn {
        return Err(UserError::new("SHARE_WITHDRAWN", "It was withdrawn already.", Some(&["input", "share"])).into());
    }
    let reason = crate::forums::deed::text_if_any(reason, "reason", WORDS_MAX)?;
    take_back(deed, &scope, &[given], reason.as_deref()).await?;
    found(deed, &scope, id).await
}

/// Withdraws shares with all that was copied for them.
pub async fn take_back(deed: &Deed<'_>, scope: &Scope, shares: &[Given], reason: Option<&str>) -> Result<()> {
    let ids: Vec<Uuid> = shares.iter().map(|share| share.id).collect();
    let members = groups::members_of(&**deed.tx, scope, shares.iter().filter_map(|share| share.group.as_ref().map(|(id, _)| *id))).await?;
    store::forget(deed.tx, scope, &ids).await?;
    store::withdraw(deed.tx, scope, &ids, deed.now(), reason).await?;
    for share in shares {
        let after = state(&serde_json::json!({ "withdrawn": true, "reason": reason, "figures": share.figures }));
        deed.record(scope, "share.withdraw", format!("share {}", share.id), [None, after]).await?;
        deed.tx.reaches(share.reached(&members));
    }
    Ok(())
}

async fn found(deed: &Deed<'_>, scope: &Scope, id: Uuid) -> Result<Given, Refusal> {
    store::find(&**deed.tx, scope, id).await?.ok_or_else(not_found)
}

fn not_found() -> Refusal {
    UserError::new("SHARE_NOT_FOUND", "There is no such share of the council's.", Some(&["input", "share"])).into()
}

/// With whom: one of three has to be said.
async fn to(deed: &Deed<'_>, scope: &Scope, input: &OfferInput<'_>) -> Result<To, Refusal> {
    match (input.to_council, input.to_group, input.to_all) {
        (Some(code), None, false) => {
            let found = named::council(&**deed.tx, code).await?;
            let council = found.ok_or_else(|| {
                UserError::new("RECEIVER_NOT_FOUND", format!("There is no council {code} here."), Some(&["input", "toCouncil"]))
            })?;
            if council.id == scope.council {
                let message = "That is the council itself: name another.";
                return Err(UserError::new("RECEIVER_IS_GIVER", message, Some(&["input", "toCouncil"])).into());
            }
            Ok(To { audience: Audience::Council, council: Some(council), group: None })
        }
        (None, Some(id), false) => {
            let found = groups::joined(&**deed.tx, scope, id).await?;
            let name = found.ok_or_else(|| {
                let message = "The council is in no such group: join it first.";
                UserError::new("GROUP_NOT_FOUND", message, Some(&["input", "toGroup"]))
            })?;
            Ok(To { audience: Audience::Group, council: None, group: Some((id, name)) })
        }
        (None, None, true) => Ok(To { audience: Audience::All, council: None, group: None }),
        _ => {
            let message = "Say with whom: one council (`toCouncil`), one group (`toGroup`) or all (`toAll`).";
            Err(UserError::new("AUDIENCE_NEEDED", message, Some(&["input"])).into())
        }
    }
}

/// Refuses a first period or a last day that shares nothing, or more than is held.
fn within_reach(today: NaiveDate, input: &OfferInput<'_>) -> Result<(), Refusal> {
    use chrono::Datelike;
    if let Some(until) = input.until
        && until < today
    {
        let message = format!("{} has passed: name a day from today on, or none.", written(until));
        return Err(UserError::new("DAY_PASSED", message, Some(&["input", "until"])).into());
    }
    if (today.year() - input.from.start().year()).abs() > YEARS_BACK_MAX {
        let message = format!("Figures are shared from a period within {YEARS_BACK_MAX} years of today.");
        return Err(UserError::new("PERIOD_OUT_OF_RANGE", message, Some(&["input", "from"])).into());
    }
    Ok(())
}

/// The indicators these codes name, each once; refused where one may not leave the council.
fn chosen<'a>(codes: &[String], find: impl Fn(&str) -> Option<&'a IndicatorEntry>) -> Result<Vec<&'a IndicatorEntry>, Refusal> {
    let field: Option<&[&str]> = Some(&["input", "indicators"]);
    if codes.is_empty() || codes.len() > INDICATORS_MAX {
        let message = format!("Name between one and {INDICATORS_MAX} indicators.");
        return Err(UserError::new("INDICATORS_NEEDED", message, field).into());
    }
    let mut seen = HashSet::new();
    let mut chosen = Vec::new();
    for code in codes {
        let entry = find(code.trim()).ok_or_else(|| {
            UserError::new("INDICATOR_NOT_FOUND", format!("There is no indicator {code} in the edition in force."), field)
        })?;
        if entry.latest().sensitive {
            let message = format!("{} is marked sensitive: it stays in the council.", entry.code);
            return Err(UserError::new("INDICATOR_SENSITIVE", message, field).into());
        }
        if entry.lifecycle == Lifecycle::Proposed {
            let message = format!("{} is only proposed: share it when it is in use.", entry.code);
            return Err(UserError::new("INDICATOR_PROPOSED", message, field).into());
        }
        if seen.insert(entry.id) {
            chosen.push(entry);
        }
    }
    Ok(chosen)
}
