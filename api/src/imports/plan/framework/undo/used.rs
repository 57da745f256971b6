//! What has come to depend on a framework outside of it: roles, figures, packs, templates, returns, meetings, questions.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rules::period::Period;
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
    /// Reporting periods with returns, leave to enter late or releases.
    pub reporting: HashSet<Period>,
}

/// Why, by the number the statement gives.
const REASONS: [&str; 16] = [
    "a role is held over it",
    "an import was made for it",
    "return templates were issued for it",
    "packs were made for it",
    "another edition follows it",
    "a return was made for it",
    "late figures were allowed for it",
    "it is in a work programme",
    "scrutiny asked about it",
    "meetings are on record for it",
    "figures were released to it",
    "somebody's calendar is fed from it",
    "its comment on a target is on record",
    "a target was proposed for it",
    "it is in a return that was submitted",
    "actions, projects, risks, money or insight hang on it",
];

/// Four statements.
pub async fn load(db: &impl ConnectionTrait, scope: &Scope) -> Result<Used> {
    let sql = "SELECT DISTINCT 0, element_id FROM role_grant WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 0, indicator_id FROM role_grant WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 0, forum_id FROM role_grant WHERE council_id = $1 AND forum_id IS NOT NULL \
        UNION SELECT 1, element_id FROM import WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 2, element_id FROM return_template WHERE council_id = $1 \
        UNION SELECT 3, forum_id FROM pack WHERE council_id = $1 \
        UNION SELECT 4, predecessor_id FROM framework WHERE council_id = $1 AND predecessor_id IS NOT NULL \
        UNION SELECT 5, element_id FROM service_return WHERE council_id = $1 \
        UNION SELECT 6, element_id FROM late_entry WHERE council_id = $1 \
        UNION SELECT 7, element_id FROM work_item WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 7, indicator_id FROM work_item WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 7, forum_id FROM work_item WHERE council_id = $1 \
        UNION SELECT 8, element_id FROM scrutiny_question WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 8, indicator_id FROM scrutiny_question WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 8, forum_id FROM scrutiny_question WHERE council_id = $1 AND forum_id IS NOT NULL \
        UNION SELECT 9, forum_id FROM meeting WHERE council_id = $1 \
        UNION SELECT 10, forum_id FROM forum_release WHERE council_id = $1 \
        UNION SELECT 11, forum_id FROM calendar_feed WHERE council_id = $1 AND forum_id IS NOT NULL \
        UNION SELECT 12, forum_id FROM target_proposal_step WHERE council_id = $1 AND forum_id IS NOT NULL \
        UNION SELECT 13, indicator_id FROM target_proposal WHERE council_id = $1 \
        UNION SELECT 14, indicator_id FROM submitted_figure WHERE council_id = $1 \
        UNION SELECT 14, indicator_id FROM approved_figure WHERE council_id = $1 \
        UNION SELECT 15, element_id FROM recommendation WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 15, element_id FROM project WHERE council_id = $1 \
        UNION SELECT 15, project_id FROM milestone WHERE council_id = $1 \
        UNION SELECT 15, waits_element_id FROM dependency WHERE council_id = $1 AND waits_element_id IS NOT NULL \
        UNION SELECT 15, for_element_id FROM dependency WHERE council_id = $1 AND for_element_id IS NOT NULL \
        UNION SELECT 15, element_id FROM action WHERE council_id = $1 AND element_id IS NOT NULL \
        UNION SELECT 15, indicator_id FROM action WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 15, element_id FROM risk WHERE council_id = $1 \
        UNION SELECT 15, indicator_id FROM risk WHERE council_id = $1 AND indicator_id IS NOT NULL \
        UNION SELECT 15, element_id FROM money WHERE council_id = $1 \
        UNION SELECT 15, element_id FROM insight WHERE council_id = $1 \
        UNION SELECT 15, indicator_id FROM assessment_evidence WHERE council_id = $1 AND indicator_id IS NOT NULL ORDER BY 1";
    let mut used = Used::default();
    read_rows(db, "finding what depends on a framework", sql, vec![scope.council.into()], |row| {
        let (reason, id): (i32, Uuid) = (row.next()?, row.next()?);
        let reason = usize::try_from(reason).ok().and_then(|at| REASONS.get(at)).copied();
        used.reasons.entry(id).or_insert(reason.unwrap_or("something depends on it"));
        Ok(())
    })
    .await?;
    used.figures = figures(db, scope).await?;
    let sql = "SELECT period_start, period_months FROM service_return WHERE council_id = $1 \
        UNION SELECT period_start, period_months FROM late_entry WHERE council_id = $1 \
        UNION SELECT period_start, period_months FROM forum_release WHERE council_id = $1";
    let reporting = read_rows(db, "finding periods with returns", sql, vec![scope.council.into()], |row| row.next_period()).await?;
    used.reporting = reporting.into_iter().collect();
    let sql = "SELECT DISTINCT period_end FROM observation \
        WHERE council_id = $1 AND superseded_at IS NULL AND withdrawn = FALSE ORDER BY period_end";
    used.period_ends = read_rows(db, "finding periods with figures", sql, vec![scope.council.into()], |row| row.next()).await?;
    Ok(used)
}

impl Used {
    /// Why a reporting period stays: figures were reported for one that ends in it, or something was done about its returns.
    pub fn in_period(&self, period: Period) -> Option<&'static str> {
        let at = self.period_ends.partition_point(|end| *end < period.start());
        if self.period_ends.get(at).is_some_and(|end| *end <= period.end()) {
            return Some("figures were reported in it");
        }
        self.reporting.contains(&period).then_some("returns or releases are on record for it")
    }
}
