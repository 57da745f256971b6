//! The statements of what returns were submitted with.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{Text, return_step};
use rules::cycle::State;
use rules::status::Colour;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::super::derive::FigureKey;
use super::locks::{Locked, Stands, taking};
use crate::access::Scope;
use crate::app::App;
use crate::bulk::{Insert, Kind};
use crate::db::Change;
use crate::error::Result;
use crate::rows::{execute, months, read_rows};

/// Figures that returns which are past taking them were submitted with, in periods that end between two days: which return has
/// which. One statement.
pub async fn claimed(db: &impl ConnectionTrait, scope: &Scope, (from, until): (NaiveDate, NaiveDate)) -> Result<Vec<(Uuid, FigureKey)>> {
    let sql = format!(
        "SELECT f.return_id, f.indicator_id, f.period_start, f.period_months FROM submitted_figure f \
        JOIN service_return r ON r.council_id = f.council_id AND r.id = f.return_id \
        WHERE f.council_id = $1 AND f.superseded_at IS NULL AND f.period_end >= $2 AND f.period_end <= $3 AND r.state NOT IN ({})",
        taking()
    );
    let values = vec![scope.council.into(), from.into(), until.into()];
    read_rows(db, "finding what returns were submitted with", &sql, values, |row| Ok((row.next()?, (row.next()?, row.next_period()?))))
        .await
}

/// The readings a return was last submitted with; none for a figure that was not there. One statement.
pub async fn submitted(db: &impl ConnectionTrait, scope: &Scope, of: Uuid) -> Result<HashMap<FigureKey, Option<Uuid>>> {
    let sql = "SELECT f.indicator_id, f.period_start, f.period_months, f.observation_id FROM submitted_figure f \
        WHERE f.council_id = $1 AND f.return_id = $2 AND f.superseded_at IS NULL";
    let values = vec![scope.council.into(), of.into()];
    let rows =
        read_rows(db, "loading what a return was submitted with", sql, values, |row| Ok(((row.next()?, row.next_period()?), row.next()?)));
    Ok(rows.await?.into_iter().collect())
}

/// Keeps what a return is submitted with in the place of what it was submitted with before.
pub async fn keep(app: &App, tx: &Change, step: &return_step::Model, figures: &[(FigureKey, Option<Uuid>)]) -> Result<()> {
    let sql = "UPDATE submitted_figure SET superseded_at = $3 WHERE council_id = $1 AND return_id = $2 AND superseded_at IS NULL";
    let values = vec![step.council_id.into(), step.return_id.into(), step.at.into()];
    execute(&**tx, "ending an earlier submission", sql, values).await?;
    let same = vec![
        ("council_id", step.council_id.into()),
        ("return_id", step.return_id.into()),
        ("step_id", step.id.into()),
        ("submitted_at", step.at.into()),
    ];
    let mut insert = Insert::into(tx, "keeping what a return is submitted with", "submitted_figure", same, &COLUMNS);
    for ((indicator, period), observation) in figures {
        insert
            .row(tx, |fields| {
                fields.uuid(app.ids.next());
                fields.uuid(*indicator);
                fields.date(period.start());
                fields.date(period.end());
                fields.int(months(*period));
                fields.uuid(*observation);
            })
            .await?;
    }
    insert.finish(tx).await
}

const COLUMNS: [(&str, Kind); 6] = [
    ("id", Kind::Uuid),
    ("indicator_id", Kind::Uuid),
    ("period_start", Kind::Date),
    ("period_end", Kind::Date),
    ("period_months", Kind::Int),
    ("observation_id", Kind::Uuid),
];

/// Returns whose periods start in a span of days that hold another reading of a figure they were approved without, because it was
/// not due. One statement.
pub async fn came_late(db: &impl ConnectionTrait, scope: &Scope, (from, until): (NaiveDate, NaiveDate)) -> Result<HashSet<Uuid>> {
    let sql = format!(
        "SELECT DISTINCT a.return_id FROM approved_figure a JOIN service_return r ON r.council_id = a.council_id AND r.id = a.return_id \
        JOIN observation o ON o.council_id = a.council_id AND o.indicator_id = a.indicator_id AND o.period_start = a.period_start \
            AND o.period_months = a.period_months AND o.superseded_at IS NULL AND NOT o.withdrawn \
        WHERE a.council_id = $1 AND a.superseded_at IS NULL AND a.status = '{}' AND r.period_start >= $2 AND r.period_start <= $3 \
            AND (a.observation_id IS NULL OR a.observation_id <> o.id)",
        Colour::NotDue
    );
    let values = vec![scope.council.into(), from.into(), until.into()];
    Ok(read_rows(db, "finding figures that came after the approval", &sql, values, |row| row.next()).await?.into_iter().collect())
}

/// How figures stand that were submitted with a return which is past taking them, by indicator and own period, of returns whose
/// periods start on a day or later: whoever owns the indicator by now. One statement.
pub async fn stands(db: &impl ConnectionTrait, scope: &Scope, from: NaiveDate) -> Result<HashMap<FigureKey, Stands>> {
    let sql = format!(
        "SELECT f.indicator_id, f.period_start, f.period_months, e.id, e.title, r.period_start, r.period_months, r.state, r.changed_at, \
            p.name, f.observation_id, a.status \
        FROM submitted_figure f JOIN service_return r ON r.council_id = f.council_id AND r.id = f.return_id \
        JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id \
        JOIN person p ON p.council_id = r.council_id AND p.id = r.changed_by \
        LEFT JOIN approved_figure a ON a.council_id = f.council_id AND a.indicator_id = f.indicator_id AND a.period_start = f.period_start \
            AND a.period_months = f.period_months AND a.superseded_at IS NULL \
        WHERE f.council_id = $1 AND f.superseded_at IS NULL AND r.period_start >= $2 AND r.state NOT IN ({})",
        taking()
    );
    let rows = read_rows(db, "finding figures of submitted returns", &sql, vec![scope.council.into(), from.into()], |row| {
        let key = (row.next()?, row.next_period()?);
        let (element, title, reporting) = (row.next()?, row.next()?, row.next_period()?);
        let standing = Locked { state: row.next::<Text<State>>()?.0, at: row.next()?, by: row.next()? };
        let given = row.next::<Option<Uuid>>()?.is_some();
        let not_due = row.next::<Option<Text<Colour>>>()?.is_some_and(|status| status.0 == Colour::NotDue);
        Ok((key, Stands { element, title, reporting, standing, stood: rules::cycle::Stood { given, not_due } }))
    });
    Ok(rows.await?.into_iter().collect())
}
