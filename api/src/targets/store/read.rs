//! Reading proposals.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::target_proposal::{Column, Entity, Model};
use entity::{Dec, Text};
use rules::period::Period;
use rules::proposal::{Act, State, is_open};
use rules::status::Thresholds;
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value};
use uuid::Uuid;

use crate::access::{Scope, scoped};
use crate::error::{ContextExt, Result};
use crate::graphql::page::Ask;
use crate::rows::{Row, one_of, read_rows};
use crate::targets::remit::Seat;
use crate::targets::sight::Sight;

/// Which proposals are wanted.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In one of these states; in any for none.
    pub states: Vec<State>,
    pub indicator: Option<Uuid>,
}

fn within(sight: &Sight, filter: &Filter) -> Select<Entity> {
    let mut found = scoped::<Entity>(&sight.scope).filter(sight.condition());
    if !filter.states.is_empty() {
        found = found.filter(Column::State.is_in(filter.states.iter().map(|state| state.code())));
    }
    match filter.indicator {
        Some(indicator) => found.filter(Column::IndicatorId.eq(indicator)),
        None => found,
    }
}

/// One proposal that somebody may read.
pub async fn find(db: &impl ConnectionTrait, sight: &Sight, id: Uuid) -> Result<Option<Model>> {
    within(sight, &Filter::default()).filter(Column::Id.eq(id)).one(db).await.context("finding a proposed target")
}

/// Proposals behind the cursor, the latest first: one more than the page holds, if there are more.
pub async fn page(db: &impl ConnectionTrait, sight: &Sight, filter: &Filter, ask: &Ask) -> Result<Vec<Model>> {
    let after = ask.after.as_deref().map(|id| Uuid::try_parse(id).context("reading a cursor")).transpose()?;
    let limit = u64::try_from(ask.first).unwrap_or(u64::MAX).saturating_add(1);
    let mut found = within(sight, filter).order_by_desc(Column::Id).limit(limit);
    if let Some(after) = after {
        found = found.filter(Column::Id.lt(after));
    }
    found.all(db).await.context("loading proposed targets")
}

/// How many proposals somebody may read.
pub async fn count(db: &impl ConnectionTrait, sight: &Sight, filter: &Filter) -> Result<usize> {
    let found = within(sight, filter).count(db).await.context("counting proposed targets")?;
    Ok(usize::try_from(found).unwrap_or(usize::MAX))
}

/// Proposals of an indicator that something can still become of, whoever may read them.
pub async fn open_of(db: &impl ConnectionTrait, scope: &Scope, indicator: Uuid) -> Result<Vec<Model>> {
    let open = State::ALL.iter().filter(|state| is_open(**state)).map(|state| state.code());
    let found = scoped::<Entity>(scope).filter(Column::IndicatorId.eq(indicator)).filter(Column::State.is_in(open));
    found.all(db).await.context("looking for proposals under way")
}

/// What is aimed at in a period, with the id of the row that keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub id: Uuid,
    pub thresholds: Thresholds,
}

/// One period of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowEntry {
    pub id: Uuid,
    /// Of which version of the proposal.
    pub version: i32,
    pub period: Period,
    pub thresholds: Thresholds,
    /// What it superseded, where it was approved.
    pub superseded: Option<Figures>,
    /// What is aimed at now in the same period.
    pub current: Option<Figures>,
    /// The target it became.
    pub target: Option<Uuid>,
}

impl RowEntry {
    /// What was aimed at before: what it superseded, or until it is decided, what is aimed at now.
    pub fn before(&self) -> Option<Figures> {
        if self.target.is_some() { self.superseded } else { self.current }
    }
}

/// The periods of these proposals, all versions, in order. One statement.
pub async fn rows(db: &impl ConnectionTrait, scope: &Scope, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<RowEntry>>> {
    let mut found: HashMap<Uuid, Vec<RowEntry>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut values: Vec<Value> = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "r.proposal_id", ids, &mut values);
    let figures = |t: &str| {
        let columns = ["target", "intervention", "lower", "upper", "intervention_lower", "intervention_upper"];
        columns.map(|column| format!("{t}.{column}")).join(", ")
    };
    let sql = format!(
        "SELECT r.proposal_id, r.id, r.version, r.period_start, r.period_months, {}, r.target_id, b.id, {}, n.id, {} \
        FROM target_proposal_row r JOIN target_proposal p ON p.council_id = r.council_id AND p.id = r.proposal_id \
        LEFT JOIN target b ON b.council_id = r.council_id AND b.id = r.before_id \
        LEFT JOIN target n ON n.council_id = r.council_id AND n.indicator_id = p.indicator_id AND n.period_start = r.period_start \
            AND n.period_months = r.period_months AND n.superseded_at IS NULL \
        WHERE r.council_id = $1 AND {chosen}",
        figures("r"),
        figures("b"),
        figures("n")
    );
    read_rows(db, "loading the periods of proposed targets", &sql, values, |row| {
        let proposal: Uuid = row.next()?;
        let (id, version, period) = (row.next()?, row.next()?, row.next_period()?);
        let thresholds = thresholds(&row)?;
        let target = row.next()?;
        let held = || -> Result<Option<Figures>> {
            let id: Option<Uuid> = row.next()?;
            let thresholds = self::thresholds(&row)?;
            Ok(id.map(|id| Figures { id, thresholds }))
        };
        let entry = RowEntry { id, version, period, thresholds, superseded: held()?, current: held()?, target };
        found.entry(proposal).or_default().push(entry);
        Ok(())
    })
    .await?;
    for rows in found.values_mut() {
        rows.sort_by_key(|row| (row.version, row.period));
    }
    Ok(found)
}

/// The next six columns as what is aimed at.
pub(super) fn thresholds(row: &Row<'_>) -> Result<Thresholds> {
    let decimal = || Ok::<_, crate::error::Error>(row.next::<Option<Dec>>()?.map(|number| number.0));
    Ok(Thresholds {
        target: decimal()?,
        intervention: decimal()?,
        lower: decimal()?,
        upper: decimal()?,
        intervention_lower: decimal()?,
        intervention_upper: decimal()?,
    })
}

/// Something done to a proposal.
#[derive(Debug, Clone)]
pub struct StepEntry {
    pub seq: i32,
    pub act: Act,
    pub from: State,
    pub to: State,
    pub person: Uuid,
    pub by: String,
    /// Code and title of the forum whose comment it is.
    pub forum: Option<(String, String)>,
    pub at: DateTime<Utc>,
    pub words: Option<String>,
}

/// What was done to these proposals, in order. One statement.
pub async fn steps(db: &impl ConnectionTrait, scope: &Scope, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<StepEntry>>> {
    let mut found: HashMap<Uuid, Vec<StepEntry>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let mut values: Vec<Value> = vec![scope.council.into()];
    let chosen = one_of(db.get_database_backend(), "s.proposal_id", ids, &mut values);
    let sql = format!(
        "SELECT s.proposal_id, s.seq, s.act, s.from_state, s.to_state, s.person_id, w.name, f.code, f.title, s.at, s.words \
        FROM target_proposal_step s JOIN person w ON w.council_id = s.council_id AND w.id = s.person_id \
        LEFT JOIN forum f ON f.council_id = s.council_id AND f.id = s.forum_id \
        WHERE s.council_id = $1 AND {chosen} ORDER BY s.proposal_id, s.seq"
    );
    read_rows(db, "loading what was done to proposed targets", &sql, values, |row| {
        let proposal: Uuid = row.next()?;
        let step = StepEntry {
            seq: row.next()?,
            act: row.next::<Text<Act>>()?.0,
            from: row.next::<Text<State>>()?.0,
            to: row.next::<Text<State>>()?.0,
            person: row.next()?,
            by: row.next()?,
            forum: row.next::<Option<String>>()?.zip(row.next()?),
            at: row.next()?,
            words: row.next()?,
        };
        found.entry(proposal).or_default().push(step);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Every forum with the codes of its remit. One statement.
pub async fn seats(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, Seat>> {
    let sql = "SELECT f.id, f.code, f.title, e.code FROM forum f \
        LEFT JOIN forum_remit r ON r.council_id = f.council_id AND r.forum_id = f.id \
        LEFT JOIN element e ON e.council_id = r.council_id AND e.id = r.element_id WHERE f.council_id = $1";
    let mut seats: HashMap<Uuid, Seat> = HashMap::new();
    read_rows(db, "loading forums and their remits", sql, vec![scope.council.into()], |row| {
        let (id, code, title) = (row.next()?, row.next()?, row.next()?);
        let seat = seats.entry(id).or_insert_with(|| Seat { id, code, title, remit: Vec::new() });
        if let Some(element) = row.next::<Option<String>>()?.filter(|code| !seat.remit.contains(code)) {
            seat.remit.push(element);
        }
        Ok(())
    })
    .await?;
    Ok(seats)
}
