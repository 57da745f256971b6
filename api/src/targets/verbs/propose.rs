//! Proposing what should be aimed at, for the first time or again.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::Text;
use entity::target_proposal::Model;
use rules::measure::Lifecycle;
use rules::period::Period;
use rules::permission::Permission;
use rules::proposal::{Act, Evidence, FIRST};
use rules::status::Thresholds;
use rules::target::TargetFault;
use uuid::Uuid;

use super::words::{REASON_CHARACTERS_MAX, Wanted};
use super::{Aimed, Deed, Done, Standing, state, stepped, subject};
use crate::access::Scope;
use crate::audit::{self, Event};
use crate::error::{Error, Refusal, Result, UserError};
use crate::frameworks::IndicatorEntry;
use crate::targets::ground::Ground;
use crate::targets::store;

/// Periods of one proposal: five years of months.
const PERIODS_MAX: usize = 60;

/// What should be aimed at in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    pub period: Period,
    pub thresholds: Thresholds,
}

/// What is proposed.
pub struct ProposeInput<'a> {
    /// The council's code.
    pub council: &'a str,
    /// The indicator's code; not needed where a proposal is made again.
    pub indicator: Option<&'a str>,
    /// The proposal that is made again, and the revision it was read at.
    pub again: Option<(Option<Uuid>, i32)>,
    pub effective_from: NaiveDate,
    pub aims: &'a [Aim],
    pub reason: Option<&'a str>,
    pub evidence_kind: Evidence,
    pub evidence: Option<&'a str>,
}

const REASON: Wanted = Wanted { code: "REASON_NEEDED", field: "reason", say: "why", most: REASON_CHARACTERS_MAX };
const EVIDENCE: Wanted =
    Wanted { code: "TEXT_NEEDED", field: "evidence", say: "what the trend or the benchmark shows", most: REASON_CHARACTERS_MAX };

/// What was said beside the figures, checked.
struct Said {
    reason: Option<String>,
    evidence: Option<String>,
}

/// Proposes targets of an indicator, or proposes them again with other figures. Answers the proposal's id.
pub async fn propose(deed: &Deed<'_>, input: &ProposeInput<'_>) -> Result<Uuid, Refusal> {
    let scope = deed.actor.scope_for(Permission::ProposeTargets)?;
    if !input.council.eq_ignore_ascii_case(&deed.actor.council.code) {
        let message = format!("There is no council {} here, or none of yours.", input.council);
        return Err(UserError::new("COUNCIL_NOT_FOUND", message, Some(&["input", "council"])).into());
    }
    let said = said(input)?;
    match input.again {
        Some((id, revision)) => again(deed, &scope, input, said, (id, revision)).await,
        None => anew(deed, &scope, input, said).await,
    }
}

async fn anew(deed: &Deed<'_>, scope: &Scope, input: &ProposeInput<'_>, said: Said) -> Result<Uuid, Refusal> {
    let ground = Ground::load(&**deed.tx, scope, deed.today()).await?;
    let found = input.indicator.and_then(|code| ground.by_code(code.trim()));
    let Some((_, entry)) = found.filter(|(_, entry)| scope.covers_indicator(entry.id, entry.owner)) else {
        let message = format!("There is no indicator {} here, or none of yours.", input.indicator.unwrap_or("without a code"));
        return Err(UserError::new("INDICATOR_NOT_FOUND", message, Some(&["input", "indicator"])).into());
    };
    check(&ground, entry, input.aims)?;
    alone(deed, scope, entry, (input.aims, None)).await?;
    let now = deed.tx.at(&deed.app.clock);
    let row = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        indicator_id: entry.id,
        state: Text(FIRST.to),
        revision: 1,
        version: 1,
        effective_from: input.effective_from,
        reason: said.reason,
        evidence_kind: Text(input.evidence_kind),
        evidence: said.evidence,
        proposed_by: scope.person,
        proposed_at: now,
        decision_body: None,
        decision_on: None,
        decision_reference: None,
        changed_at: now,
    };
    store::insert(deed.tx, row.clone()).await?;
    store::write_rows(deed.app, deed.tx, &row, &pairs(input.aims)).await?;
    deed.record(scope, &row, (&FIRST, 1), (row.reason.clone(), None)).await?;
    let after = state(&row, Some(&entry.code), &aimed(input.aims));
    let event = Event { verb: "target.propose", subject: subject(row.id), before: None, after };
    audit::record(deed.app, deed.tx, scope, event).await?;
    Ok(row.id)
}

async fn again(
    deed: &Deed<'_>,
    scope: &Scope,
    input: &ProposeInput<'_>,
    said: Said,
    (id, revision): (Option<Uuid>, i32),
) -> Result<Uuid, Refusal> {
    let standing = deed.standing(scope, id).await?;
    let step = deed.step(scope, &standing, revision, Act::Propose)?;
    let entry = indicator_of(&standing)?;
    if let Some(code) = input.indicator.filter(|code| !code.trim().eq_ignore_ascii_case(&entry.code)) {
        let message = format!("The proposal is for {}, not for {code}: another indicator's target is another proposal.", entry.code);
        return Err(UserError::new("INDICATOR_OTHER", message, Some(&["input", "indicator"])).into());
    }
    check(&standing.ground, entry, input.aims)?;
    alone(deed, scope, entry, (input.aims, Some(standing.row.id))).await?;
    let after = Model {
        version: standing.row.version.saturating_add(1),
        effective_from: input.effective_from,
        reason: said.reason,
        evidence_kind: Text(input.evidence_kind),
        evidence: said.evidence,
        ..stepped(&standing.row, step, deed.tx.at(&deed.app.clock))
    };
    store::write_rows(deed.app, deed.tx, &after, &pairs(input.aims)).await?;
    let words = after.reason.clone();
    deed.finish(scope, &standing, Done { step, after, rows: aimed(input.aims), words, forum: None, verb: "target.propose" }).await
}

fn indicator_of(standing: &Standing) -> Result<&IndicatorEntry> {
    let found = standing.ground.find(standing.row.indicator_id);
    let gone = || Error::conflict("The indicator is in no edition of the framework any more.");
    found.map(|(_, entry)| entry).ok_or_else(gone)
}

fn said(input: &ProposeInput<'_>) -> Result<Said, Refusal> {
    let reason = REASON.read_if_there(input.reason)?;
    let evidence = match input.evidence_kind {
        Evidence::None => EVIDENCE.read_if_there(input.evidence)?,
        _ => Some(EVIDENCE.read(input.evidence.unwrap_or_default())?),
    };
    if let (Evidence::None, Some(_)) = (input.evidence_kind, &evidence) {
        let message = "Say whether the evidence is a trend, a benchmark or both: one proposed without is marked so.";
        return Err(UserError::new("EVIDENCE_KIND_NEEDED", message, Some(&["input", "evidence", "kind"])).into());
    }
    Ok(Said { reason, evidence })
}

/// Refuses what could judge nothing.
fn check(ground: &Ground, entry: &IndicatorEntry, aims: &[Aim]) -> Result<(), Refusal> {
    let refused = |code: &str, message: String| Err(UserError::new(code, message, Some(&["input", "targets"])).into());
    if entry.lifecycle == Lifecycle::Retired {
        return refused("INDICATOR_RETIRED", format!("{} is retired: it has no targets any more.", entry.code));
    }
    if aims.is_empty() || aims.len() > PERIODS_MAX {
        return refused("TARGETS_NEEDED", format!("Give what is aimed at for one period at least, and {PERIODS_MAX} at most."));
    }
    let mut seen = HashSet::new();
    for aim in aims {
        let Aim { period, thresholds } = aim;
        if !seen.insert(*period) {
            return refused("PERIOD_TWICE", format!("{period} is there twice."));
        }
        if *thresholds == Thresholds::default() {
            return refused("TARGET_EMPTY", format!("{period}: give a target, an intervention level or a range."));
        }
        match ground.check(entry.id, *period, thresholds) {
            Ok(()) => {}
            Err(TargetFault::Period(reason)) => return refused("PERIOD_UNSUITED", reason),
            Err(TargetFault::Thresholds(fault)) => {
                return refused(fault.fault.code(), format!("{} {period}: {}.", entry.code, fault.reason));
            }
        }
    }
    Ok(())
}

/// Refuses a second proposal for a period while another is under way: which of them holds would be a matter of luck.
async fn alone(deed: &Deed<'_>, scope: &Scope, entry: &IndicatorEntry, (aims, own): (&[Aim], Option<Uuid>)) -> Result<(), Refusal> {
    let open = store::open_of(&**deed.tx, scope, entry.id).await?;
    let ids: Vec<Uuid> = open.iter().map(|other| other.id).filter(|id| Some(*id) != own).collect();
    let rows = store::rows(&**deed.tx, scope, &ids).await?;
    for other in &open {
        let periods = rows.get(&other.id).into_iter().flatten().filter(|row| row.version == other.version).map(|row| row.period);
        let both: Vec<String> = periods.filter(|period| aims.iter().any(|aim| aim.period == *period)).map(|p| p.to_string()).collect();
        if !both.is_empty() {
            let message = format!(
                "A proposal for {} is under way for {}: it is {}. One can be proposed again when it is decided or withdrawn.",
                entry.code,
                both.join(", "),
                other.state.0.words().to_lowercase()
            );
            return Err(UserError::new("ALREADY_PROPOSED", message, Some(&["input", "targets"])).into());
        }
    }
    Ok(())
}

fn pairs(aims: &[Aim]) -> Vec<(Period, Thresholds)> {
    aims.iter().map(|aim| (aim.period, aim.thresholds)).collect()
}

fn aimed(aims: &[Aim]) -> Vec<Aimed> {
    aims.iter().map(|aim| Aimed { period: aim.period.to_string(), thresholds: aim.thresholds }).collect()
}

/// The same check once more when a proposal is approved: the definition or the rule may have changed meanwhile.
pub(super) fn still_stands(standing: &Standing) -> Result<(), Refusal> {
    let aims: Vec<Aim> = standing.rows.iter().map(|row| Aim { period: row.period, thresholds: row.thresholds }).collect();
    check(&standing.ground, indicator_of(standing)?, &aims)
}
