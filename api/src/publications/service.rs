//! Publishing figures, and withdrawing one.

use std::collections::HashMap;

use entity::publication::Model;
use rules::measure::Lifecycle;
use rules::period::Period;
use rules::permission::Permission;
use serde::Serialize;
use uuid::Uuid;

use super::choose::{Figure, Refused, Why, choose};
use super::store;
use crate::access::{Actor, Scope};
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};
use crate::frameworks::Catalogue;
use crate::releases::edition::standing;
use crate::releases::service::{WORDS_MAX, own_council};
use crate::returns::derive::due_in;
use crate::text::Asked;

/// Indicators named at once at most.
const NAMED_MAX: usize = 500;

/// What is to be published.
#[derive(Debug, Clone)]
pub struct PublishInput {
    /// The council's code.
    pub council: String,
    pub period: Period,
    /// Codes of indicators; all where none is named.
    pub indicators: Vec<String>,
}

/// What became of publishing.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Figures that read otherwise to the public now.
    pub published: usize,
    /// Figures that were published so already.
    pub unchanged: usize,
    pub refused: Vec<Refused>,
}

/// What the trail keeps of it.
#[derive(Serialize)]
struct Told {
    period: String,
    published: usize,
    unchanged: usize,
    refused: usize,
}

/// Lets the public read the figures that fall due in a period, of those that may be published; the others are listed.
pub async fn publish(app: &App, tx: Change, actor: &Actor, input: &PublishInput) -> Result<Outcome, Refusal> {
    let scope = actor.scope_for(Permission::Release)?;
    own_council(actor, &input.council)?;
    if input.indicators.len() > NAMED_MAX {
        let message = format!("Name {NAMED_MAX} indicators at most.");
        return Err(UserError::new("TOO_MANY_INDICATORS", message, Some(&["input", "indicators"])).into());
    }
    let standing = standing(&*tx, &scope, input.period).await?;
    let (_, catalogue) = standing.edition.ok_or_else(|| {
        let message = format!("No edition of the framework stood in {}.", input.period.words());
        UserError::new("NO_FRAMEWORK", message, Some(&["input", "period"]))
    })?;
    let mut entries = Vec::new();
    for code in &input.indicators {
        let found = catalogue.indicator_by_code(code.trim()).ok_or_else(|| {
            let message = format!("There is no indicator {code} in {}.", input.period.words());
            UserError::new("INDICATOR_NOT_FOUND", message, Some(&["input", "indicators"]))
        })?;
        entries.push(found);
    }
    // Named twice, it is published once.
    entries.sort_unstable_by_key(|entry| entry.id);
    entries.dedup_by_key(|entry| entry.id);
    if input.indicators.is_empty() {
        entries.extend(catalogue.indicators.iter().filter(|entry| entry.lifecycle != Lifecycle::Proposed));
    }
    let figures: Vec<Figure<'_>> =
        entries.into_iter().flat_map(|entry| due_in(entry, input.period).into_iter().map(move |period| Figure { entry, period })).collect();
    if figures.is_empty() {
        let message = format!("No figure falls due in {}.", input.period.words());
        return Err(UserError::new("NOTHING_DUE", message, Some(&["input", "period"])).into());
    }
    let outcome =
        put_out(app, &tx, &scope, &catalogue, Wanted { figures: &figures, period: input.period, named: !input.indicators.is_empty() })
            .await?;
    let told = told(&outcome, input.period);
    let event = Event { verb: "figures.publish", subject: format!("figures of {}", input.period), before: None, after: told };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// A return whose figures are to be published.
pub struct OfReturn<'a> {
    pub catalogue: &'a Catalogue,
    /// Indicators with the periods of their figures.
    pub figures: &'a [(Uuid, Period)],
    /// The reporting period.
    pub period: Period,
}

/// Lets the public read the figures of an approved return that some forum has seen: the part of publishing a return that is
/// about figures. Refused where none of them may be published. The caller's event tells of it.
pub async fn publish_return(app: &App, tx: &Change, scope: &Scope, of: &OfReturn<'_>) -> Result<Outcome, Refusal> {
    let OfReturn { catalogue, figures, period } = *of;
    let figures: Vec<Figure<'_>> =
        figures.iter().filter_map(|(id, period)| Some(Figure { entry: catalogue.indicator(*id)?, period: *period })).collect();
    let outcome = put_out(app, tx, scope, catalogue, Wanted { figures: &figures, period, named: false }).await?;
    if outcome.published + outcome.unchanged == 0 {
        let message = format!("None of its figures may be published. {}.", reasons(&outcome.refused));
        return Err(UserError::new("NOTHING_TO_PUBLISH", message, None).into());
    }
    Ok(outcome)
}

/// Why figures are not published, in a sentence: `It was released to no forum (3)`.
fn reasons(refused: &[Refused]) -> String {
    let of = |why: &Why| refused.iter().filter(|one| one.why == *why).count();
    let each = Why::ALL.iter().map(|why| (why, of(why))).filter(|(_, n)| *n > 0);
    each.map(|(why, n)| format!("{} ({n})", why.words())).collect::<Vec<_>>().join("; ")
}

/// An outcome as the trail keeps it.
fn told(outcome: &Outcome, period: Period) -> Option<String> {
    let Outcome { published, unchanged, refused } = outcome;
    audit::state(&Told { period: period.to_string(), published: *published, unchanged: *unchanged, refused: refused.len() })
}

/// Figures to be published.
struct Wanted<'a> {
    figures: &'a [Figure<'a>],
    period: Period,
    /// Whether their indicators were named: what was withdrawn is published again by name alone.
    named: bool,
}

async fn put_out(
    app: &App,
    tx: &Change,
    scope: &Scope,
    catalogue: &Catalogue,
    Wanted { figures, period, named }: Wanted<'_>,
) -> Result<Outcome> {
    let chosen = choose(&**tx, scope, catalogue, figures, (period, app.clock.today())).await?;
    let held: HashMap<(Uuid, chrono::NaiveDate, i32), Model> = store::current(&**tx, scope, period)
        .await?
        .into_iter()
        .map(|row| ((row.indicator_id, row.period_start, row.period_months), row))
        .collect();
    let now = tx.at(&app.clock);
    let (mut fresh, mut replaced) = (Vec::new(), Vec::new());
    let (mut unchanged, mut refused) = (0, chosen.refused);
    for row in chosen.rows {
        let stands = held.get(&(row.indicator_id, row.period_start, row.period_months));
        if stands.is_some_and(|stands| same(stands, &row)) {
            unchanged += 1;
            continue;
        }
        let taken_back = |stands: &Model| stands.withdrawn_at.is_some() && stands.observation_id == row.observation_id;
        if !named && stands.is_some_and(taken_back) {
            let code = catalogue.indicator(row.indicator_id).map(|entry| entry.code.clone()).unwrap_or_default();
            let period = crate::rows::period(row.period_start, row.period_months)?;
            refused.push(Refused { indicator: row.indicator_id, code, period, why: Why::Withdrawn });
            continue;
        }
        replaced.extend(stands.map(|stands| stands.id));
        fresh.push(Model { id: app.ids.next(), published_at: now, ..row });
    }
    store::supersede(tx, scope, &replaced, now).await?;
    store::insert(tx, scope, now, &fresh).await?;
    Ok(Outcome { published: fresh.len(), unchanged, refused })
}

/// Whether the public reads the same already.
fn same(stands: &Model, row: &Model) -> bool {
    stands.withdrawn_at.is_none()
        && Model { id: row.id, published_at: row.published_at, published_by: row.published_by, ..stands.clone() } == *row
}

/// Takes one figure back: the public is told so, and reads it no more.
pub async fn withdraw(app: &App, tx: Change, actor: &Actor, input: &WithdrawInput) -> Result<Model, Refusal> {
    let scope = actor.scope_for(Permission::Release)?;
    own_council(actor, &input.council)?;
    let notice = Asked::why(WORDS_MAX, &["input", "notice"]).read(&input.notice)?;
    let row = store::published(&*tx, &scope, input.indicator.trim(), input.period).await?.ok_or_else(|| {
        let message = format!("{} is not published for {}.", input.indicator, input.period.words());
        UserError::new("NOT_PUBLISHED", message, Some(&["input", "indicator"]))
    })?;
    if row.withdrawn_at.is_some() {
        let message = "It was withdrawn already.";
        return Err(UserError::new("WITHDRAWN_ALREADY", message, Some(&["input", "indicator"])).into());
    }
    let now = tx.at(&app.clock);
    store::withdraw(&tx, &scope, row.id, now, &notice).await?;
    let subject = format!("figure {} {}", input.indicator.trim(), input.period);
    let event = Event { verb: "publication.withdraw", subject, before: None, after: audit::state(&notice) };
    audit::record(app, &tx, &scope, event).await?;
    tx.commit().await?;
    Ok(Model { withdrawn_at: Some(now), notice: Some(notice), ..row })
}

/// What is to be withdrawn.
#[derive(Debug, Clone)]
pub struct WithdrawInput {
    /// The council's code.
    pub council: String,
    /// The indicator's code.
    pub indicator: String,
    /// A period of the indicator's own frequency.
    pub period: Period,
    pub notice: String,
}
