//! What the council has that a plan is made against: editions, indicators and reporting periods.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::match_rows::{Candidate, Names};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::catalogue::Catalogue;
use crate::frameworks::{IndicatorEntry, store};
use crate::returns::derive::FigureKey;
use crate::returns::locks::{Locks, Takes};
use crate::returns::retired;
use crate::rows::read_rows;
use crate::values::calendar::{Calendar, calendar, in_force_first};

/// Editions by their place: the one in force now first, then the others, the latest first.
pub struct Known {
    pub calendar: Calendar,
    /// Which returns are past taking figures, and which still take some of a closed period.
    pub locks: Locks,
    /// Of the first edition and of every other that still takes figures.
    pub catalogues: Vec<(usize, Catalogue)>,
    /// Every indicator of those catalogues once.
    pub indicators: Vec<Indicator>,
    pub names: Names,
    /// Figures retired indicators have: they can be corrected.
    kept: HashSet<FigureKey>,
}

/// An indicator with its place in each catalogue that has it.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub id: Uuid,
    pub code: String,
    /// Edition, and place among its catalogue's indicators.
    memberships: Vec<(usize, usize)>,
}

impl Known {
    /// Loads them: six statements at most, and three an edition that still takes figures.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Self> {
        let editions = in_force_first(store::editions(db, scope, None).await?);
        let calendar = calendar(db, scope, &editions).await?;
        let locks = Locks::load(db, scope, today).await?;
        let mut catalogues = Vec::new();
        for (at, edition) in editions.iter().enumerate() {
            if at == 0 || calendar.any_open(at) || calendar.editions[at].iter().any(|row| locks.any_late(row.period)) {
                catalogues.push((at, store::catalogue(db, scope, edition.clone(), None).await?));
            }
        }
        let indicators = indicators(&catalogues);
        let names = Names::new(indicators.iter().map(|indicator| candidate(indicator, &catalogues)).collect());
        let ever = (retired::FIRST, retired::LAST);
        let kept = retired::kept(db, scope, catalogues.iter().map(|(_, catalogue)| catalogue), ever).await?;
        Ok(Self { calendar, locks, catalogues, indicators, names, kept })
    }

    /// Whether a retired indicator has a figure for a period: it was collected then, and the figure can be corrected.
    pub fn keeps(&self, indicator: &Indicator, period: Period) -> bool {
        self.kept.contains(&(indicator.id, period))
    }

    pub fn catalogue(&self, edition: usize) -> Option<&Catalogue> {
        self.catalogues.iter().find(|(at, _)| *at == edition).map(|(_, catalogue)| catalogue)
    }

    /// The indicator as an edition has it.
    pub fn entry(&self, indicator: &Indicator, edition: usize) -> Option<&IndicatorEntry> {
        let (_, place) = indicator.memberships.iter().find(|(at, _)| *at == edition)?;
        self.catalogue(edition)?.indicators.get(*place)
    }

    /// Whether a figure of an indicator is taken, and by which edition.
    pub fn takes(&self, indicator: &Indicator, period: Period) -> Takes {
        self.locks.takes(&self.calendar, (indicator.id, period), |edition| {
            Some((self.catalogue(edition)?, self.entry(indicator, edition)?.owner))
        })
    }

    /// The indicator as the latest edition that has it does.
    pub fn latest_entry(&self, indicator: &Indicator) -> Option<&IndicatorEntry> {
        let (edition, _) = indicator.memberships.first()?;
        self.entry(indicator, *edition)
    }

    /// Whether any edition gives the indicator to an owner inside the scope.
    pub fn covers(&self, scope: &Scope, indicator: &Indicator) -> bool {
        self.owners(indicator).any(|(_, owner)| scope.covers_indicator(indicator.id, owner))
    }

    /// Whether any edition gives the indicator to an element or one below it, as it stands when a period ends.
    pub fn is_within(&self, indicator: &Indicator, element: Uuid, period: Option<Period>) -> bool {
        self.owners(indicator)
            .any(|(catalogue, owner)| owner == element || period.is_some_and(|period| catalogue.is_within(owner, element, period.end())))
    }

    fn owners<'a>(&'a self, indicator: &'a Indicator) -> impl Iterator<Item = (&'a Catalogue, Uuid)> {
        indicator.memberships.iter().filter_map(|(edition, place)| {
            let catalogue = self.catalogue(*edition)?;
            Some((catalogue, catalogue.indicators.get(*place)?.owner))
        })
    }

    /// The title of the element that owns an indicator.
    pub fn owner_title(&self, indicator: &Indicator) -> String {
        let title = self.owners(indicator).find_map(|(catalogue, owner)| catalogue.element(owner).map(|e| e.title.clone()));
        title.unwrap_or_else(|| "another service".to_owned())
    }

    /// The title of an element.
    pub fn element_title(&self, id: Uuid) -> Option<&str> {
        self.catalogues.iter().find_map(|(_, catalogue)| catalogue.element(id)).map(|element| element.title.as_str())
    }
}

/// Every owner of each of these indicators, in any edition. One statement.
pub async fn owners(db: &impl ConnectionTrait, scope: &Scope, wanted: &HashSet<Uuid>) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut owners: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let sql = "SELECT indicator_id, owner_id FROM membership WHERE council_id = $1 ORDER BY id";
    read_rows(db, "loading who owns indicators", sql, vec![scope.council.into()], |row| {
        let (indicator, owner): (Uuid, Uuid) = (row.next()?, row.next()?);
        if wanted.contains(&indicator) {
            owners.entry(indicator).or_default().push(owner);
        }
        Ok(())
    })
    .await?;
    Ok(owners)
}

fn indicators(catalogues: &[(usize, Catalogue)]) -> Vec<Indicator> {
    let mut places: HashMap<Uuid, usize> = HashMap::new();
    let mut indicators: Vec<Indicator> = Vec::new();
    for (edition, catalogue) in catalogues {
        for (place, entry) in catalogue.indicators.iter().enumerate() {
            let at = *places.entry(entry.id).or_insert_with(|| {
                indicators.push(Indicator { id: entry.id, code: entry.code.clone(), memberships: Vec::new() });
                indicators.len() - 1
            });
            indicators[at].memberships.push((*edition, place));
        }
    }
    indicators
}

fn candidate(indicator: &Indicator, catalogues: &[(usize, Catalogue)]) -> Candidate {
    let first = indicator.memberships.first();
    let entry = first.and_then(|(edition, place)| {
        let (_, catalogue) = catalogues.iter().find(|(at, _)| at == edition)?;
        catalogue.indicators.get(*place)
    });
    Candidate {
        code: indicator.code.clone(),
        aliases: entry.map(|e| e.aliases.clone()).unwrap_or_default(),
        titles: entry.map(|e| e.versions.iter().map(|v| v.title.clone()).collect()).unwrap_or_default(),
    }
}
