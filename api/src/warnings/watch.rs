//! What nodes see fire on the clock: recorded once, however many look.
//!
//! A council is looked at when it changed since it last was, and on every new day, with everybody's figures as they stand, drafts
//! included. What the first look finds standing is recorded and nobody is told: it fired long before. The same of what a rule finds
//! when it is set anew.

use std::collections::HashSet;

use entity::warning;
use uuid::Uuid;

use super::book::RuleBook;
use super::eyes::Eyes;
use super::standing::{self, Standing, over};
use super::store::{self, Noted};
use super::subject::Key;
use crate::app::App;
use crate::error::{ContextExt, Result};
use crate::news::Told;

/// Looks at every council that is to be looked at; answers how many warnings were recorded. Trouble with one keeps the others waiting
/// for nothing.
pub async fn look(app: &App) -> Result<usize> {
    let mut recorded = 0;
    for council in store::to_look_at(app, app.clock.today()).await? {
        match of_council(app, council).await {
            Ok(count) => recorded += count,
            Err(error) => tracing::error!(%council, cause = error.log_text(), "a council's warnings were not recorded"),
        }
    }
    Ok(recorded)
}

async fn of_council(app: &App, council: Uuid) -> Result<usize> {
    let (today, now) = (app.clock.today(), app.clock.now());
    let snapshot = app.db.snapshot(council).await?;
    let Some(revision) = snapshot.revision(council).await? else { return Ok(0) };
    let eyes = Eyes::of_service(council);
    let scope = eyes.scope();
    let rules = RuleBook::load(&*snapshot, &scope).await?;
    let before = store::look(&*snapshot, council).await?;
    let set: Vec<_> = rules.all().iter().map(|rule| (rule.parameters.kind(), rule.set_at)).collect();
    let held = store::recorded(&*snapshot, &scope).await?;
    let found = standing::standing(&snapshot, &eyes, rules, today).await?;
    drop(snapshot);
    let (was, is): (HashSet<Key>, HashSet<Key>) =
        (held.iter().map(|one| one.key).collect(), found.warnings.iter().map(|one| one.key).collect());
    let ended: Vec<Uuid> = held.iter().filter(|one| !is.contains(&one.key)).map(|one| one.id).collect();
    let fresh: Vec<&Standing> = found.warnings.iter().filter(|now| !was.contains(&now.key)).collect();
    let tx = app.db.note(council).await?;
    let noted = store::note_look(&tx, council, revision.number, (today, now)).await?;
    if noted == Noted::Overtaken {
        return Ok(0);
    }
    // What a rule that was just set finds standing did not just begin.
    let tells = |one: &Standing| {
        let set_at = set.iter().find(|(kind, _)| *kind == one.key.kind).and_then(|(_, set_at)| *set_at);
        noted != Noted::First && set_at.zip(before).is_none_or(|(set_at, before)| set_at < before.looked_at)
    };
    let mut rows = Vec::with_capacity(fresh.len());
    for one in &fresh {
        rows.push(warning::Model {
            council_id: council,
            id: one.key.id(council),
            kind: one.key.kind.to_string(),
            subject_kind: one.key.subject.kind.to_string(),
            subject_id: one.key.subject.id,
            since: one.key.since,
            fired_on: over(one.firing.fired).min(today),
            evidence: serde_json::to_string(&one.told()).context("recording a warning")?,
            told: tells(one),
            recorded_at: now,
            ceased_on: None,
            ceased_at: None,
        });
    }
    if rows.iter().any(|row| row.told) {
        tx.tell(Told::Activity);
    }
    store::insert(&tx, rows).await?;
    store::cease(&tx, council, &ended, (today, now)).await?;
    tx.commit().await?;
    Ok(fresh.len())
}
