//! Which of a predecessor's indicators is meant by one of the successor's.
//!
//! As the successor's people said, where they did; else the one that is mapped to the same external metric; else the one of the same
//! code. Where several are mapped to the metric, the code tells which; where it does not, none is taken. What is counted in another unit
//! is never put together.

use std::collections::HashMap;

use entity::predecessor_indicator;
use rules::permission::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::Side;
use super::names::{self, Succession};
use crate::access::Scope;
use crate::error::{ContextExt, Refusal, Result, UserError};
use crate::forums::deed::{Deed, state};
use crate::frameworks::IndicatorEntry;
use crate::frameworks::service::catalogue_in_force;
use crate::rows::read_rows;

/// Characters of a code at most.
const CODE_MAX: usize = 100;

/// An indicator that a predecessor handed over.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: Uuid,
    pub code: String,
    pub unit: String,
    pub metric: Option<String>,
}

rules::closed_set! {
    /// Why a predecessor's indicator is taken for one.
    How {
        /// The successor's people said so.
        Mapped = "MAPPED", "As mapped";
        /// Both are mapped to the same external metric.
        SameMetric = "SAME_METRIC", "By the same external metric";
        /// Both have the same code and unit.
        SameCode = "SAME_CODE", "By the same code and unit";
    }
}

/// What was handed over to the council by its predecessors, by predecessor. One statement.
pub async fn candidates(db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, Vec<Candidate>>> {
    let sql = "SELECT i.council_id, i.id, i.code, i.unit, i.metric FROM handed_indicator i \
        WHERE i.to_council_id = $1 ORDER BY i.code, i.id";
    let mut found: HashMap<Uuid, Vec<Candidate>> = HashMap::new();
    read_rows(db, "loading what was handed over", sql, vec![scope.council.into()], |row| {
        let council = row.next()?;
        let one = Candidate { id: row.next()?, code: row.next()?, unit: row.next()?, metric: row.next()? };
        found.entry(council).or_default().push(one);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// The codes the council said are meant by an indicator, by predecessor; none of a predecessor that is said to have no such one.
pub async fn said(db: &impl ConnectionTrait, scope: &Scope, indicator: Uuid) -> Result<HashMap<Uuid, Option<String>>> {
    let sql = "SELECT of_council_id, code FROM predecessor_indicator WHERE council_id = $1 AND indicator_id = $2 AND superseded_at IS NULL";
    let values = vec![scope.council.into(), indicator.into()];
    let found = read_rows(db, "loading which indicators are meant", sql, values, |row| Ok((row.next()?, row.next()?))).await?;
    Ok(found.into_iter().collect())
}

/// A predecessor's indicator that is meant, and why.
pub fn matched<'a>(entry: &IndicatorEntry, said: Option<&Option<String>>, of: &'a [Candidate]) -> Option<(&'a Candidate, How)> {
    let same_unit = |one: &&Candidate| one.unit.trim().eq_ignore_ascii_case(entry.latest().unit.trim());
    let coded = |code: &str| of.iter().find(|one| one.code.eq_ignore_ascii_case(code)).filter(same_unit);
    if let Some(said) = said {
        return said.as_deref().and_then(coded).map(|one| (one, How::Mapped));
    }
    let latest = entry.latest();
    if let Some(metric) = &latest.external_metric {
        let same: Vec<&Candidate> = of.iter().filter(|one| one.metric.as_ref() == Some(metric) && same_unit(one)).collect();
        let chosen = match same[..] {
            [one] => Some(one),
            _ => same.into_iter().find(|one| one.code.eq_ignore_ascii_case(&entry.code)),
        };
        if let Some(one) = chosen {
            return Some((one, How::SameMetric));
        }
    }
    coded(&entry.code).map(|one| (one, How::SameCode))
}

/// Says which of a predecessor's indicators is meant by one of the council's; none: it has no such one.
pub async fn map(deed: &Deed<'_>, council: &str, indicator: &str, predecessor: &str, code: Option<&str>) -> Result<Succession, Refusal> {
    let scope = deed.actor.scope_for(Permission::ManageBenchmarks)?;
    deed.council(council)?;
    let of = names::agreed_with(&**deed.tx, &scope, Side::Predecessor, predecessor, "predecessor").await?;
    let catalogue = catalogue_in_force(&**deed.tx, &scope, deed.today()).await?;
    let entry = catalogue.as_ref().and_then(|catalogue| catalogue.indicator_by_code(indicator.trim()));
    let entry = entry.ok_or_else(|| {
        let message = format!("There is no indicator {indicator} in the edition in force.");
        UserError::new("INDICATOR_NOT_FOUND", message, Some(&["input", "indicator"]))
    })?;
    let code = crate::forums::deed::text_if_any(code, "code", CODE_MAX)?;
    if let Some(code) = &code {
        let handed = candidates(&**deed.tx, &scope).await?;
        let field: Option<&[&str]> = Some(&["input", "code"]);
        let there = handed.get(&of.other.id).into_iter().flatten().find(|one| one.code.eq_ignore_ascii_case(code));
        let Some(there) = there else {
            let message = format!("{} handed over no indicator {code}.", of.other.name);
            return Err(UserError::new("INDICATOR_NOT_HANDED_OVER", message, field).into());
        };
        if !there.unit.trim().eq_ignore_ascii_case(entry.latest().unit.trim()) {
            let message = format!("{} is in {}, and {} in {}.", there.code, there.unit, entry.code, entry.latest().unit);
            return Err(UserError::new("UNIT_DIFFERS", message, field).into());
        }
    }
    use predecessor_indicator::{Column, Entity, Model};
    let before = said(&**deed.tx, &scope, entry.id).await?.remove(&of.other.id);
    let now = deed.now();
    Entity::update_many()
        .filter(Column::CouncilId.eq(scope.council))
        .filter(Column::IndicatorId.eq(entry.id))
        .filter(Column::OfCouncilId.eq(of.other.id))
        .filter(Column::SupersededAt.is_null())
        .col_expr(Column::SupersededAt, Expr::value(now))
        .exec(&**deed.tx)
        .await
        .context("superseding which indicator is meant")?;
    let row = Model {
        council_id: scope.council,
        id: deed.app.ids.next(),
        indicator_id: entry.id,
        of_council_id: of.other.id,
        code: code.clone(),
        recorded_at: now,
        recorded_by: scope.person,
        superseded_at: None,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(&**deed.tx).await.context("saying which indicator is meant")?;
    let told = |code: &Option<String>| state(&json!({ "indicator": entry.code, "predecessor": of.other.code, "code": code }));
    deed.record(&scope, "predecessor.map", format!("indicator {}", entry.id), [before.as_ref().and_then(told), told(&code)]).await?;
    Ok(of)
}
