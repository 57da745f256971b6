//! Whether a figure can be entered now: the one answer that the plan of an import, its acceptance, its undoing, a template
//! and an indicator's `lock` give.
//!
//! A figure is taken by an open reporting period, or by a closed one whose return somebody may still fill in; and, where
//! returns go through their states, by a return that takes figures.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use rules::cycle;
use rules::period::Period;
use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::derive::FigureKey;
use super::store::{locks as store, submitted};
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

/// A reporting period that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub reporting: Period,
    /// Its edition of the framework with the last day it stood, where that has passed.
    pub ended: Option<(String, NaiveDate)>,
}

impl Closed {
    /// `, and its edition of the framework, 2023/24, ended on 31 March 2024`; nothing where it stands.
    pub fn ended_in_words(&self) -> String {
        let words = |(edition, on): &(String, NaiveDate)| {
            format!(", and its edition of the framework, {edition}, ended on {}", on.format("%-d %B %Y"))
        };
        self.ended.as_ref().map(words).unwrap_or_default()
    }
}

/// Whether a figure is taken.
#[derive(Debug, Clone)]
pub enum Takes {
    /// By the edition at this place of the calendar.
    Yes(usize),
    /// Its reporting period is closed.
    Closed(Closed),
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
    /// Figures of returns past taking them, by indicator and own period: a framework that gives an indicator to another
    /// service, or a month a reporting period of its own, opens none of them.
    stands: HashMap<FigureKey, store::Stands>,
    /// The reporting periods of both: plans ask this of every figure.
    periods: HashSet<Period>,
    today: NaiveDate,
}

impl Locks {
    /// Two statements, and three more where returns go through their states.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, today: NaiveDate) -> Result<Self> {
        let workflow = workflow(db, scope, None).await?;
        let (mut locked, mut stands) = (HashMap::new(), HashMap::new());
        if let Some(from) = workflow.from {
            locked = store::locked(db, scope, from).await?;
            stands = store::approved(db, scope, from).await?;
            // What was submitted since is what the return has now.
            stands.extend(submitted::stands(db, scope, from).await?);
        }
        let late = store::late(db, scope, today).await?;
        let periods = locked.keys().chain(late.keys()).map(|(_, period)| *period).collect();
        Ok(Self { workflow, locked, late, stands, periods, today })
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
        let stands = self.stands.get(&(indicator, own));
        if let Some(locked) = stands.and_then(locked_by) {
            return Takes::Locked(Box::new(locked));
        }
        if !row.open && !returning.is_some_and(|(_, element)| self.is_late(element, reporting)) {
            return Takes::Closed(Closed { reporting, ended: calendar.ended(edition, self.today) });
        }
        // Of a figure that is in a return that return has answered.
        let others = returning.filter(|_| stands.is_none());
        match others.and_then(|(catalogue, element)| self.locked(catalogue, element, reporting)) {
            Some(locked) => Takes::Locked(Box::new(locked)),
            None => Takes::Yes(edition),
        }
    }
}

/// Why the return a figure is in does not take it; none for one whose data come later.
fn locked_by(stands: &store::Stands) -> Option<Locked> {
    let store::Stands { element, title, reporting, standing, stood } = stands;
    let lock = cycle::lock(standing.state).filter(|_| !cycle::takes(standing.state, *stood))?;
    Some(Locked { element: *element, title: title.clone(), period: *reporting, lock, at: standing.at, by: standing.by.clone() })
}

/// The same with the council's editions, for verbs that have read none: each edition is read when it first matters.
pub struct Gate {
    editions: Vec<Edition>,
    pub calendar: Calendar,
    locks: Locks,
    catalogues: Vec<OnceCell<Catalogue>>,
}

impl Gate {
    /// Four statements, and three more where returns go through their states.
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
