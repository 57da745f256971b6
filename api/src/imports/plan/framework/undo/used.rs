//! What has come to depend on a framework outside of it: roles, figures, packs, templates.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::imports::plan::framework::check::Figures;
use crate::imports::plan::framework::plan::figures;
use crate::rows::read_rows;

/// What may not go because of it.
#[derive(Debug, Default)]
pub struct Used {
    /// Why an element, indicator, forum or edition must stay.
    pub reasons: HashMap<Uuid, &'static str>,
    pub figures: Figures,
    /// Last days of periods with figures, in order.
    pub period_ends: Vec<NaiveDate>,
}

/// Why, by the number the statement gives.
const REASONS: [&str; 5] = [
    "a role is held over it",
    "an import was made for it",
    "return templates were issued for it",
    "packs were made for it",
    "another edition follows it",
];

/// Three statements.
pub async fn load(db: &impl ConnectionTrait, scope: &Scope) -> Result<Used> {
    let sql = "SELECT DISTINCT 0, element_id FROM role_grant WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 0, indicator_id FROM role_grant WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 0, forum_id FROM role_grant WHERE council_id = $1 AND forum_id IS NOT NULL \
        UNION SELECT 1, element_id FROM import WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 2, element_id FROM return_template WHERE council_id = $1 \
        UNION SELECT 3, forum_id FROM pack WHERE council_id = $1 \
        UNION SELECT 4, predecessor_id FROM framework WHERE council_id = $1 AND predecessor_id IS NOT NULL";
    let mut used = Used::default();
    read_rows(db, "finding what depends on a framework", sql, vec![scope.council.into()], |row| {
        let (reason, id): (i32, Uuid) = (row.next()?, row.next()?);
        let reason = usize::try_from(reason).ok().and_then(|at| REASONS.get(at)).copied();
        used.reasons.insert(id, reason.unwrap_or("something depends on it"));
        Ok(())
    })
    .await?;
    used.figures = figures(db, scope).await?;
    let sql = "SELECT DISTINCT period_end FROM observation \
        WHERE council_id = $1 AND superseded_at IS NULL AND withdrawn = FALSE ORDER BY period_end";
    used.period_ends = read_rows(db, "finding periods with figures", sql, vec![scope.council.into()], |row| row.next()).await?;
    Ok(used)
}

impl Used {
    /// Whether figures were reported for a period that ends in this one.
    pub fn in_period(&self, period: rules::period::Period) -> bool {
        let at = self.period_ends.partition_point(|end| *end < period.start());
        self.period_ends.get(at).is_some_and(|end| *end <= period.end())
    }
}
