//! Whether a figure can be entered now: the one answer that the plan of an import, its acceptance, its undoing, a template
//! and an indicator's `lock` give.
//!
//! A figure is taken by an open reporting period, or by a closed one whose return somebody may still fill in; and, where
//! returns go through their states, by a return that takes figures.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use rules::cycle;
use rules::period::Period;
use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::derive::FigureKey;
use super::store::locks as store;
use super::workflow::{Workflow, workflow};
use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::catalogue::{Catalogue, Edition};
use crate::values::calendar::{Calendar, calendar, in_force_first};

/// Why a return takes no figures.
#[derive(Debug, Clone)]
pub struct Locked {
    pub element: Uuid,
    /// What the element is called.
    pub title: String,
    /// The reporting period.
    pub period: Period,
    pub lock: cycle::Lock,
    pub at: DateTime<Utc>,
    /// The name of whoever brought the return there.
    pub by: String,
}

impl Locked {
    /// `the return of Waste Services for 2024/25 Q2 was submitted by Sam Service on 3 July 2024`.
    pub fn since(&self) -> String {
        let (title, period, state) = (&self.title, self.period, self.lock.state.words().to_lowercase());
        format!("the return of {title} for {period} was {state} by {} on {}", self.by, self.at.format("%-d %B %Y"))
    }

    /// The same as a sentence, with what opens it and by whom.
    pub fn words(&self) -> String {
        let since = self.since();
        let mut letters = since.chars();
        let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
        format!("{first}{}. To change its figures: {}.", letters.as_str(), self.lock.ways())
    }
}

/// Whether a figure is taken.
#[derive(Debug, Clone)]
pub enum Takes {
    /// By the edition at this place of the calendar.
    Yes(usize),
    /// Its reporting period is closed.
    Closed(Period),
    /// It belongs to no reporting period.
    Unknown,
    /// Its return is past taking figures.
    Locked(Box<Locked>),
}

/// Where the council's returns stand as far as that locks figures.
#[derive(Debug, Default)]
pub struct Locks {
    workflow: Workflow,
    locked: HashMap<(Uuid, Period), store::Locked>,
    late: HashMap<(Uuid, Period), NaiveDate>,
    /// Figures that stand approved, by indicator and own period: a framework that gives an indicator to another service, or
    /// a month a reporting period of its own, opens none of them.
    approved: HashMap<(Uuid, Period), store::Approved>,
    /// The reporting periods of both: plans ask this of every figure.
    periods: HashSet<Period>,
}

impl Locks {
    /// Two statements, and two more where returns go through their states.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Self> {
        let workflow = workflow(db, scope, None).await?;
        let (locked, approved) = match workflow.from {
            Some(from) => (store::locked(db, scope, from).await?, store::approved(db, scope, from).await?),
            None => (HashMap::new(), HashMap::new()),
        };
        let late = store::late(db, scope, today).await?;
        let periods = locked.keys().chain(late.keys()).map(|(_, period)| *period).collect();
        Ok(Self { workflow, locked, late, approved, periods })
    }

    /// Whether a closed reporting period may still take figures of some return.
    pub fn any_late(&self, reporting: Period) -> bool {
        self.late.keys().any(|(_, period)| *period == reporting)
    }

    /// Whether anything of a reporting period is other than the calendar says.
    fn concerns(&self, reporting: Period) -> bool {
        self.periods.contains(&reporting)
    }

    /// Whether a closed period still takes figures of an element's return.
    pub fn is_late(&self, element: Uuid, reporting: Period) -> bool {
        self.late.contains_key(&(element, reporting))
    }

    /// Why the return of an element takes no figures; none where it does.
    pub fn locked(&self, catalogue: &Catalogue, element: Uuid, reporting: Period) -> Option<Locked> {
        let standing = self.workflow.covers(reporting).then(|| self.locked.get(&(element, reporting))).flatten()?;
        let lock = cycle::lock(standing.state)?;
        let title = catalogue.element(element).map_or_else(|| "an element".to_owned(), |element| element.title.clone());
        Some(Locked { element, title, period: reporting, lock, at: standing.at, by: standing.by.clone() })
    }

    /// Whether a figure stands approved in a return that takes none, whoever owns its indicator by now.
    fn stands_approved(&self, indicator: Uuid, own: Period) -> Option<Locked> {
        let store::Approved { element, title, reporting, standing } = self.approved.get(&(indicator, own))?;
        let lock = cycle::lock(standing.state)?;
        Some(Locked { element: *element, title: title.clone(), period: *reporting, lock, at: standing.at, by: standing.by.clone() })
    }

    /// Whether a figure of a period is taken. `owner` answers, for the place of an edition in the calendar, the edition and
    /// which of its elements owns the indicator; where it answers none the calendar alone decides.
    pub fn takes<'a>(
        &self,
        calendar: &Calendar,
        (indicator, own): FigureKey,
        owner: impl FnOnce(usize) -> Option<(&'a Catalogue, Uuid)>,
    ) -> Takes {
        let Some((edition, row)) = calendar.reporting(own) else { return Takes::Unknown };
        let reporting = row.period;
        let returning = self.concerns(reporting).then(|| owner(edition)).flatten();
        let returning = returning.map(|(catalogue, owner)| (catalogue, catalogue.returns_to(owner, reporting.end())));
        if let Some(locked) = self.stands_approved(indicator, own) {
            return Takes::Locked(Box::new(locked));
        }
        if !row.open && !returning.is_some_and(|(_, element)| self.is_late(element, reporting)) {
            return Takes::Closed(reporting);
        }
        let locked = returning.and_then(|(catalogue, element)| {
            let locked = self.locked(catalogue, element, reporting)?;
            // What was not due yet when the return moved on could not be in it, and is not kept out by it.
            (!came_later(catalogue, (indicator, own), locked.at.date_naive())).then_some(locked)
        });
        match locked {
            Some(locked) => Takes::Locked(Box::new(locked)),
            None => Takes::Yes(edition),
        }
    }
}

/// Whether a figure's data come so late that it was not due on a day.
fn came_later(catalogue: &Catalogue, (indicator, own): FigureKey, day: NaiveDate) -> bool {
    let version = catalogue.indicator(indicator).map(|entry| entry.version_in(Some(own)));
    let lag = version.and_then(|version| u64::try_from(version.data_lag_days).ok()).unwrap_or_default();
    own.end().checked_add_days(Days::new(lag)).is_some_and(|due| due >= day)
}

/// The same with the council's editions, for verbs that have read none: each edition is read when it first matters.
pub struct Gate {
    editions: Vec<Edition>,
    pub calendar: Calendar,
    locks: Locks,
    catalogues: Vec<OnceCell<Catalogue>>,
}

impl Gate {
    /// Four statements, and one more where returns go through their states.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Self> {
        let editions = in_force_first(crate::frameworks::store::editions(db, scope, None).await?);
        let calendar = calendar(db, scope, &editions).await?;
        let locks = Locks::load(db, scope, today).await?;
        let catalogues = editions.iter().map(|_| OnceCell::new()).collect();
        Ok(Self { editions, calendar, locks, catalogues })
    }

    /// Whether a closed reporting period may still take figures of some return.
    pub fn any_late(&self, reporting: Period) -> bool {
        self.locks.any_late(reporting)
    }

    /// Whether a figure of an indicator is taken. Three statements the first time an edition matters.
    pub async fn takes(&self, db: &impl ConnectionTrait, scope: &Scope, indicator: Uuid, own: Period) -> Result<Takes> {
        let edition = self.calendar.reporting(own).filter(|(_, row)| self.locks.concerns(row.period)).map(|(at, _)| at);
        let catalogue = match edition.and_then(|at| Some((self.catalogues.get(at)?, self.editions.get(at)?))) {
            Some((read, edition)) => {
                let load = || crate::frameworks::store::catalogue(db, scope, edition.clone(), None);
                Some(read.get_or_try_init(load).await?)
            }
            None => None,
        };
        Ok(self.locks.takes(&self.calendar, (indicator, own), |_| {
            let catalogue = catalogue?;
            Some((catalogue, catalogue.indicator(indicator)?.owner))
        }))
    }
}
