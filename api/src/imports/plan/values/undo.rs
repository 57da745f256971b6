//! Taking back what an import wrote.
//!
//! Nothing is deleted: each figure the import wrote and nobody has touched since is followed by a revision with what
//! was held before it, or by one that says there is no figure. What was touched since is kept, and listed with why.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{import_change, observation};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::apply::{insert, supersede};
use super::held::{Span, current};
use super::known::owners;
use super::row::{FactKey, HeldRow, ObservationRow, Revision};
use crate::access::{Scope, scoped};
use crate::app::App;
use crate::db::Change;
use crate::error::{ContextExt, Result};
use crate::imports::plan::{ChangeKind, Fate, Kept, Subject, Undone};
use crate::returns::locks::{Gate, Takes};
use crate::rows::read_rows;

/// Why what was held before is held again.
const UNDONE: &str = "The import that brought the figure was undone.";

/// What an import did to one fact.
struct Done {
    change: import_change::Model,
    before: Option<HeldRow>,
    row: ObservationRow,
}

/// Who touched a fact last.
struct Touched {
    at: DateTime<Utc>,
    person: Option<String>,
    file_name: Option<String>,
}

/// Takes back every figure an import wrote, as the scope's person. Figures that were corrected since are kept; those
/// whose period has been closed or that are not the person's to enter fail, each by itself. A fixed number of
/// statements.
pub async fn undo(app: &App, tx: &Change, scope: &Scope, import: Uuid) -> Result<Undone> {
    let done = done(tx, scope, import).await?;
    if done.is_empty() {
        return Ok(Undone::default());
    }
    let span = Span::of(done.iter().map(|d| (d.row.indicator, d.row.period)));
    let current = current(&**tx, scope, &span).await?;
    let touched = touched(tx, scope, import).await?;
    let gate = Gate::load(&**tx, scope, app.clock.today()).await?;
    let wanted: HashSet<Uuid> = span.indicators.iter().copied().collect();
    let owners: HashMap<Uuid, Vec<Uuid>> = owners(&**tx, scope, &wanted).await?;
    let mine = |id: Uuid| owners.get(&id).into_iter().flatten().any(|owner| scope.covers_indicator(id, *owner));

    let now = tx.at(&app.clock);
    let (mut undone, mut ended, mut revisions) = (Undone::default(), Vec::new(), Vec::new());
    for Done { change, before, row } in done {
        let own = current.get(&row.key()).filter(|held| held.import == Some(import) && !held.withdrawn);
        let left = |because| Kept {
            subject: Subject::Observation,
            row_key: change.key.clone(),
            indicator: Some(row.indicator),
            period: Some(row.period),
            key: change.key.clone(),
            because,
        };
        let takes = gate.takes(&**tx, scope, row.indicator, row.period).await?;
        match (own, takes) {
            (None, _) => undone.kept.push(left(why_kept(touched.get(&row.key())))),
            (Some(_), Takes::Closed(closed)) => undone.failed.push(left(format!("{} has been closed since", closed.reporting))),
            (Some(_), Takes::Unknown) => undone.failed.push(left(format!("{} is in no reporting period any more", row.period))),
            (Some(_), Takes::Locked(locked)) => undone.failed.push(left(format!("{}: {}", locked.since(), locked.lock.ways()))),
            (Some(_), Takes::Yes(_)) if !mine(row.indicator) => undone.failed.push(left("it is not yours to enter".to_owned())),
            (Some(held), Takes::Yes(_)) => {
                ended.push(held.observation);
                undone.reversed = undone.reversed.saturating_add(1);
                revisions.push(revision(app, before, &row));
            }
        }
    }
    supersede(tx, scope, now, ended).await?;
    insert(tx, scope, now, UNDONE, &revisions).await?;
    Ok(undone)
}

/// What follows a figure that is taken back: what was held before it, as it was, or no figure.
fn revision(app: &App, before: Option<HeldRow>, row: &ObservationRow) -> Revision {
    let (withdrawn, import, row) = match before {
        Some(before) => (before.withdrawn, before.import, before.row),
        // The columns of a withdrawn figure are blank; a state is required of every row and means nothing here.
        None => (true, None, blank(row)),
    };
    Revision { id: app.ids.next(), import, withdrawn, row }
}

fn blank(row: &ObservationRow) -> ObservationRow {
    ObservationRow {
        indicator: row.indicator,
        definition_version: row.definition_version,
        period: row.period,
        state: row.state,
        value: None,
        numerator: None,
        denominator: None,
        absence: None,
        forecast: None,
        commentary: None,
        action: None,
        action_owner: None,
        action_due: None,
        quality_note: None,
        sheet: None,
        cell: None,
    }
}

/// The rows of the plan that were written, in order.
async fn done(tx: &Change, scope: &Scope, import: Uuid) -> Result<Vec<Done>> {
    use import_change::Column as C;
    let written = [ChangeKind::New.code(), ChangeKind::Changed.code()];
    let changes = scoped::<import_change::Entity>(scope)
        .filter(C::ImportId.eq(import).and(C::Subject.eq(Subject::Observation.code())).and(C::Kind.is_in(written)))
        .filter(C::Outcome.is_null().or(C::Outcome.eq(Fate::Failed.code())))
        .order_by_asc(C::Seq)
        .all(&**tx)
        .await
        .context("loading what an import did")?;
    let mut before = before(tx, scope, import).await?;
    let done = |change: import_change::Model| {
        let held = change.held_id.and_then(|id| before.remove(&id));
        Ok(Done { before: held, row: ObservationRow::of(&change)?, change })
    };
    changes.into_iter().map(done).collect()
}

/// What an import replaced, by its id: superseded, and still there. One statement.
async fn before(tx: &Change, scope: &Scope, import: Uuid) -> Result<HashMap<Uuid, HeldRow>> {
    use import_change::Column as C;
    let replaced = scoped::<import_change::Entity>(scope)
        .select_only()
        .column(C::HeldId)
        .filter(C::ImportId.eq(import).and(C::HeldId.is_not_null()))
        .into_query();
    let held = scoped::<observation::Entity>(scope)
        .filter(observation::Column::Id.in_subquery(replaced))
        .all(&**tx)
        .await
        .context("loading what an import replaced")?;
    held.into_iter().map(|model| Ok((model.id, HeldRow::of(model)?))).collect()
}

/// The last revision of every fact that is no longer as the import wrote it. One statement.
async fn touched(tx: &Change, scope: &Scope, import: Uuid) -> Result<HashMap<FactKey, Touched>> {
    let sql = "SELECT o.indicator_id, o.period_start, o.period_months, o.recorded_at, p.name, i.file_name FROM observation w \
        JOIN observation o ON o.council_id = w.council_id AND o.indicator_id = w.indicator_id AND o.period_start = w.period_start \
            AND o.period_months = w.period_months AND o.superseded_at IS NULL \
        LEFT JOIN person p ON p.council_id = o.council_id AND p.id = o.recorded_by \
        LEFT JOIN import i ON i.council_id = o.council_id AND i.id = o.import_id \
        WHERE w.council_id = $1 AND w.import_id = $2 AND w.superseded_at IS NOT NULL";
    let rows = read_rows(&**tx, "finding who corrected figures", sql, vec![scope.council.into(), import.into()], |row| {
        let key: FactKey = (row.next()?, row.next()?, row.next()?);
        Ok((key, Touched { at: row.next()?, person: row.next()?, file_name: row.next()? }))
    });
    Ok(rows.await?.into_iter().collect())
}

fn why_kept(touched: Option<&Touched>) -> String {
    let Some(touched) = touched else { return "it was changed since".to_owned() };
    let on = touched.at.format("%-d %B %Y");
    match (&touched.person, &touched.file_name) {
        (Some(person), Some(file)) => format!("corrected on {on} by {person}, with {file}"),
        (Some(person), None) => format!("corrected on {on} by {person}"),
        (None, _) => format!("corrected on {on}"),
    }
}
