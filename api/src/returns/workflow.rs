//! Whether a council's returns go through their states, and from which day (`domain.md` §4: a council switching the
//! workflow on does not hide its history).

use chrono::{DateTime, NaiveDate, Utc};
use rules::period::Period;
use sea_orm::ConnectionTrait;

use super::store;
use crate::access::Scope;
use crate::error::Result;

/// From when a council's returns go through their states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Workflow {
    /// None: not at all.
    pub from: Option<NaiveDate>,
}

impl Workflow {
    /// Whether the return of a reporting period goes through its states: figures of one it does not cover are locked by no
    /// return, and count as approved as they were recorded.
    pub fn covers(&self, reporting: Period) -> bool {
        self.from.is_some_and(|from| from <= reporting.start())
    }
}

/// The council's workflow, as it stood at an instant; as it stands for none. One statement.
pub async fn workflow(db: &impl ConnectionTrait, scope: &Scope, as_at: Option<DateTime<Utc>>) -> Result<Workflow> {
    Ok(Workflow { from: store::workflow_from(db, scope, as_at).await? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_began_before_it_are_history() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let workflow = Workflow { from: Some(day("2026-07-01")) };
        assert!(workflow.covers(Period::quarter(2026, 2).unwrap()));
        assert!(!workflow.covers(Period::quarter(2026, 1).unwrap()));
        // The year began before the day, so its return is history although its last quarters are not.
        assert!(!workflow.covers(Period::new(day("2026-04-01"), 12).unwrap()));
        assert!(!Workflow::default().covers(Period::quarter(2026, 2).unwrap()));
    }
}
