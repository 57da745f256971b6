//! The indicators that targets are of: in the edition in force, and in those that follow it, whose targets are set before
//! they begin.

use std::sync::Arc;

use chrono::NaiveDate;
use rules::period::Period;
use rules::target::{TargetFault, check_target};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::{Catalogue, IndicatorEntry, service, store};

/// Editions looked at: the one in force and the two that follow it.
const EDITIONS_MAX: usize = 3;

/// The editions that targets may be proposed in.
#[derive(Clone)]
pub struct Ground {
    /// The edition in force first, then those that follow it in their order.
    pub editions: Vec<Arc<Catalogue>>,
}

impl Ground {
    /// One statement, and three for each edition: of these there are three at most.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Self> {
        let all = store::editions(db, scope, None).await?;
        let Some(now) = service::edition_in_force(all.clone(), today) else { return Ok(Self { editions: Vec::new() }) };
        let mut wanted: Vec<_> = all.into_iter().filter(|edition| edition.stands_from > now.stands_from).collect();
        wanted.push(now);
        wanted.reverse();
        wanted.truncate(EDITIONS_MAX);
        let mut editions = Vec::with_capacity(wanted.len());
        for edition in wanted {
            editions.push(Arc::new(store::catalogue(db, scope, edition, None).await?));
        }
        Ok(Self { editions })
    }

    /// The first edition that has an indicator, and the indicator in it.
    pub fn find(&self, id: Uuid) -> Option<(&Arc<Catalogue>, &IndicatorEntry)> {
        self.editions.iter().find_map(|edition| Some((edition, edition.indicator(id)?)))
    }

    /// The same by its code.
    pub fn by_code(&self, code: &str) -> Option<(&Arc<Catalogue>, &IndicatorEntry)> {
        self.editions.iter().find_map(|edition| Some((edition, edition.indicator_by_code(code)?)))
    }

    /// Every indicator once, with the first edition that has it.
    pub fn indicators(&self) -> impl Iterator<Item = (&Arc<Catalogue>, &IndicatorEntry)> {
        let earlier = |at: usize, id: Uuid| self.editions[..at].iter().any(|edition| edition.indicator(id).is_some());
        self.editions.iter().enumerate().flat_map(move |(at, edition)| {
            edition.indicators.iter().filter(move |entry| !earlier(at, entry.id)).map(move |entry| (edition, entry))
        })
    }

    /// Whether a target can be set for a period, by the definition in force then and the rule of the edition that stands then.
    pub fn check(&self, id: Uuid, period: Period, thresholds: &rules::status::Thresholds) -> Result<(), TargetFault> {
        let stands = |edition: &&Arc<Catalogue>| edition.edition.stands_from <= period.end();
        let of_period = self.editions.iter().rev().filter(stands).find_map(|edition| edition.indicator(id));
        let Some(entry) = of_period.or_else(|| self.find(id).map(|(_, entry)| entry)) else { return Ok(()) };
        let Some(definition) = entry.definition_in(period) else { return Ok(()) };
        check_target(&entry.code, definition.into(), period, thresholds, entry.rule_at(period).map(|rule| &rule.shape))
    }
}
