//! What a group shows together: the figures its members share with it, side by side.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::{Error, Result};
use crate::rows::{months, one_of, read_rows};
use crate::sharing::named::{Named, named_of};
use crate::sharing::received::{Figure, figure_of};

/// Figures of one dashboard at most.
const FIGURES_MAX: usize = 5_000;

/// One measure with the figures that are shared of it.
#[derive(Debug, Clone)]
pub struct Joint {
    /// The external metric the indicators are mapped to; none where they are put together by their code and unit.
    pub metric: Option<String>,
    /// By the council's code.
    pub figures: Vec<JointFigure>,
}

/// One council's figure.
#[derive(Debug, Clone)]
pub struct JointFigure {
    pub council: Named,
    pub code: String,
    pub figure: Figure,
}

/// What indicators are put together by: the metric they are mapped to, else their code with their unit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Metric(String),
    Code(String, String),
}

/// What the members of these groups share with them of a period, by group, to a council that is in them. One statement.
pub async fn joint(
    db: &impl ConnectionTrait,
    scope: &Scope,
    groups: &[Uuid],
    period: Period,
    today: NaiveDate,
) -> Result<HashMap<Uuid, Vec<Joint>>> {
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let mut values = vec![scope.council.into(), period.start().into(), months(period).into(), today.into()];
    let chosen = one_of(db.get_database_backend(), "f.to_group_id", groups, &mut values);
    let sql = format!(
        "SELECT f.to_group_id, c.id, c.code, c.name, c.gss_code, f.code, f.metric, f.title, f.unit, f.decimal_places, f.polarity, f.period_start, \
            f.period_months, f.value, f.state \
        FROM shared_figure f JOIN share s ON s.council_id = f.council_id AND s.id = f.share_id JOIN council c ON c.id = f.council_id \
        WHERE {chosen} AND f.period_start = $2 AND f.period_months = $3 AND s.withdrawn_at IS NULL \
            AND (s.until_on IS NULL OR s.until_on >= $4) AND c.suspended_at IS NULL \
            AND EXISTS (SELECT 1 FROM council_group_member m WHERE m.council_id = $1 AND m.group_id = f.to_group_id AND m.left_at IS NULL) \
            AND EXISTS (SELECT 1 FROM council_group_member g WHERE g.council_id = f.council_id AND g.group_id = f.to_group_id \
                AND g.left_at IS NULL) \
        ORDER BY c.code, s.id LIMIT {}",
        FIGURES_MAX + 1
    );
    let mut joint: HashMap<Uuid, BTreeMap<Key, Vec<JointFigure>>> = HashMap::new();
    let rows = read_rows(db, "loading what a group of councils shares", &sql, values, |row| {
        let group = row.next()?;
        let council = named_of(&row)?.ok_or_else(|| Error::internal("reading a shared figure", &"of no council"))?;
        let (code, metric): (String, Option<String>) = (row.next()?, row.next()?);
        let figure = figure_of(&row)?;
        let key = metric.map_or_else(|| Key::Code(code.to_uppercase(), figure.unit.to_lowercase()), Key::Metric);
        let figures = joint.entry(group).or_default().entry(key).or_default();
        // Shared twice, it stands there once.
        if !figures.iter().any(|there: &JointFigure| there.council.id == council.id && there.code == code) {
            figures.push(JointFigure { council, code, figure });
        }
        Ok(())
    });
    if rows.await?.len() > FIGURES_MAX {
        return Err(Error::limit(format!("More than {FIGURES_MAX} figures of the period are shared: ask for one group, by its id.")));
    }
    let dressed = |(key, figures)| Joint { metric: if let Key::Metric(metric) = key { Some(metric) } else { None }, figures };
    Ok(joint.into_iter().map(|(group, rows)| (group, rows.into_iter().map(dressed).collect())).collect())
}
