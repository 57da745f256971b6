//! The returns of a council in one state of the database: which there are, and where each stands.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use entity::service_return;
use rules::cycle::{self, State};
use rules::framework::ReportingPeriodRow;
use rules::period::Period;
use rules::permission::Permission;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::claims::Claims;
use super::derive::{Derived, FigureKey, owed_from, return_id, returns_of};
use super::retired;
use super::store::{approved, cycle as store, locks, submitted};
use super::workflow::{Workflow, workflow};
use crate::access::{Actor, Scope};
use crate::error::Result;
use crate::frameworks::catalogue::{Catalogue, Edition};
use crate::values::calendar::{Calendar, calendar, in_force_first};

/// Reporting periods looked at when none is named: those that began last.
pub const PERIODS_MAX: usize = 60;

/// Which returns are wanted.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// Of a reporting period; of a longer one that is none, those that end in it.
    Of(Period),
    /// Of the reporting periods that began last.
    Lately,
    /// One.
    One(Uuid),
}

/// Returns, and what stands around them.
pub struct Book {
    pub calendar: Calendar,
    pub workflow: Workflow,
    /// Those wanted: the latest period first, then in the framework's order, [`Catalogue::in_order`] at the period's end.
    pub returns: Vec<Derived>,
    /// By place in the calendar.
    catalogues: HashMap<usize, Arc<Catalogue>>,
    rows: HashMap<Uuid, service_return::Model>,
    /// Leave to come late, by element and reporting period.
    late: HashMap<(Uuid, Period), NaiveDate>,
    /// From which day a figure is owed that was not given, of returns that go through no states.
    lacking: HashMap<Uuid, NaiveDate>,
    /// Returns to which a figure came that they were approved without because it was not due.
    came_late: HashSet<Uuid>,
    pub today: NaiveDate,
}

impl Book {
    /// Reads them: six statements, and three an edition that has a period wanted. One more each: to find a single return that
    /// nothing was done to yet; where indicators were retired; where returns that go through no states are past their day; where
    /// returns go through states; where one is approved.
    pub async fn load(db: &impl ConnectionTrait, scope: &Scope, wanted: Wanted, today: NaiveDate) -> Result<Self> {
        let editions = in_force_first(crate::frameworks::store::editions(db, scope, None).await?);
        let calendar = calendar(db, scope, &editions).await?;
        let workflow = workflow(db, scope, None).await?;
        let periods = match wanted {
            Wanted::Of(period) => periods_of(&calendar, period),
            Wanted::Lately => periods_lately(&calendar, today),
            Wanted::One(id) => period_of_one(db, scope, &calendar, id).await?,
        };
        let late = locks::late(db, scope, today).await?;
        let (catalogues, rows, lacking) = (HashMap::new(), HashMap::new(), HashMap::new());
        let came_late = HashSet::new();
        let mut book = Self { calendar, workflow, returns: Vec::new(), catalogues, rows, late, lacking, came_late, today };
        let (starts, ends) = (periods.iter().map(|(_, row)| row.period.start()), periods.iter().map(|(_, row)| row.period.end()));
        let (Some(from), Some(last), Some(until)) = (starts.clone().min(), starts.max(), ends.max()) else { return Ok(book) };
        for (edition, _) in &periods {
            book.catalogue_at(db, scope, &editions, *edition).await?;
        }
        let kept = retired::kept(db, scope, book.catalogues.values().map(|known| &**known), (from, until)).await?;
        for (edition, row) in &periods {
            if let Some(catalogue) = book.catalogues.get(edition) {
                book.returns.extend(returns_of(scope.council, &book.calendar, (*edition, catalogue), row, &kept));
            }
        }
        book.rows = store::rows(db, scope, from, last).await?.into_iter().map(|row| (row.id, row)).collect();
        book.keep_history(db, scope, &editions, &periods).await?;
        if book.workflow.from.is_some() {
            let claims = Claims::load(db, scope, (from, until)).await?;
            book.settle(&claims);
        }
        if let Wanted::One(id) = wanted {
            book.returns.retain(|one| one.id == id);
        }
        book.lacking = book.lacking(db, scope).await?;
        if book.returns.iter().any(|one| cycle::is_approved(book.state(one))) {
            book.came_late = submitted::came_late(db, scope, (from, last)).await?;
        }
        book.sort(&periods);
        Ok(book)
    }

    /// Lets returns that were submitted keep their figures. What then owes nothing, and nothing was done to, is no return.
    fn settle(&mut self, claims: &Claims) {
        for one in &mut self.returns {
            if let Some(catalogue) = self.catalogues.get(&one.edition) {
                claims.settle(one, catalogue);
            }
        }
        self.returns.retain(|one| !one.figures.is_empty() || self.rows.contains_key(&one.id));
    }

    /// Puts the returns in their order: those a history was kept of among the others.
    fn sort(&mut self, periods: &[(usize, ReportingPeriodRow)]) {
        let mut orders: HashMap<(usize, NaiveDate), HashMap<Uuid, usize>> = HashMap::new();
        let catalogues = &self.catalogues;
        self.returns.sort_by_cached_key(|one| {
            let place = periods.iter().position(|(_, row)| row.period == one.period);
            let order = orders.entry((one.edition, one.period.end())).or_insert_with(|| {
                let ordered = catalogues.get(&one.edition).map(|catalogue| catalogue.in_order(one.period.end()));
                ordered.into_iter().flatten().enumerate().map(|(at, element)| (element, at)).collect()
            });
            (place, order.get(&one.element).copied())
        });
    }

    /// The day from which a figure is owed that is not there, by return: of those that go through no states, whose day has
    /// passed and that still take figures. One statement; none where there is no such return.
    async fn lacking(&self, db: &impl ConnectionTrait, scope: &Scope) -> Result<HashMap<Uuid, NaiveDate>> {
        let past = |one: &&Derived| one.due_on.is_some_and(|due| due < self.today) && self.takes_without_states(one);
        let past: Vec<&Derived> = self.returns.iter().filter(past).collect();
        let figures: Vec<FigureKey> = past.iter().flat_map(|one| one.figures.iter().copied()).collect();
        let given = approved::given(db, scope, &figures).await?;
        let of = |one: &&Derived| {
            let catalogue = self.catalogue(one)?;
            let absent = one.figures.iter().filter(|figure| !given.contains(figure));
            let owed = absent.filter_map(|(indicator, own)| owed_from(catalogue.indicator(*indicator)?, *own));
            Some((one.id, owed.min()?))
        };
        Ok(past.iter().filter_map(of).collect())
    }

    /// Whether a return's figures are taken though it goes through no states: its period is open, or it may come late.
    fn takes_without_states(&self, one: &Derived) -> bool {
        !self.workflow.covers(one.period) && (one.open || self.late_until(one).is_some())
    }

    /// A return that something was done to stays a return, though the framework asks its element for nothing any more, or a later
    /// edition has taken its period over: it is then of the edition that has its element.
    async fn keep_history(
        &mut self,
        db: &impl ConnectionTrait,
        scope: &Scope,
        editions: &[Edition],
        periods: &[(usize, ReportingPeriodRow)],
    ) -> Result<()> {
        let derived: HashSet<Uuid> = self.returns.iter().map(|one| one.id).collect();
        let history: Vec<(Uuid, Uuid, NaiveDate, i32)> = self
            .rows
            .values()
            .filter(|row| !derived.contains(&row.id))
            .map(|row| (row.id, row.element_id, row.period_start, row.period_months))
            .collect();
        for (id, element, start, length) in history {
            let period = crate::rows::period(start, length)?;
            let Some((first, held)) = periods.iter().find(|(_, held)| held.period == period) else { continue };
            for edition in std::iter::once(*first).chain((0..editions.len()).filter(|at| at != first)) {
                self.catalogue_at(db, scope, editions, edition).await?;
                if self.catalogues.get(&edition).is_some_and(|catalogue| catalogue.element(element).is_some()) {
                    let (due_on, open) = (held.due_on, held.open);
                    self.returns.push(Derived { id, element, period, due_on, open, edition, figures: Vec::new() });
                    break;
                }
            }
        }
        Ok(())
    }

    async fn catalogue_at(&mut self, db: &impl ConnectionTrait, scope: &Scope, editions: &[Edition], at: usize) -> Result<()> {
        if let (None, Some(edition)) = (self.catalogues.get(&at), editions.get(at)) {
            let catalogue = crate::frameworks::store::catalogue(db, scope, edition.clone(), None).await?;
            self.catalogues.insert(at, Arc::new(catalogue));
        }
        Ok(())
    }

    /// The edition a return is of.
    pub fn catalogue(&self, one: &Derived) -> Option<&Arc<Catalogue>> {
        self.catalogues.get(&one.edition)
    }

    /// What was done to a return so far; none before its first act.
    pub fn row(&self, id: Uuid) -> Option<&service_return::Model> {
        self.rows.get(&id)
    }

    /// Where a return stands.
    pub fn state(&self, one: &Derived) -> State {
        self.row(one.id).map_or(State::Open, |row| row.state.0)
    }

    /// 1 before it was ever reopened.
    pub fn round(&self, one: &Derived) -> i32 {
        self.row(one.id).map_or(1, |row| row.round)
    }

    /// 0 before its first act.
    pub fn revision(&self, one: &Derived) -> i32 {
        self.row(one.id).map_or(0, |row| row.revision)
    }

    /// The last day a return takes figures though its period is closed.
    pub fn late_until(&self, one: &Derived) -> Option<NaiveDate> {
        self.late.get(&(one.element, one.period)).copied().filter(|_| !one.open)
    }

    /// Whether figures came to an approved return that it was approved without because they were not due.
    pub fn came_late(&self, one: &Derived) -> bool {
        self.came_late.contains(&one.id)
    }

    /// Whether its last day has passed and the service still has it. Where returns do not go through states: while it takes
    /// figures, and one that is owed was not given.
    pub fn overdue(&self, one: &Derived) -> bool {
        self.overdue_on(one, self.today)
    }

    /// The same on another day.
    pub fn overdue_on(&self, one: &Derived, day: NaiveDate) -> bool {
        let waiting = match self.workflow.covers(one.period) {
            true => cycle::takes_figures(self.state(one)),
            false => self.lacking.get(&one.id).is_some_and(|from| *from <= day),
        };
        waiting && one.due_on.is_some_and(|due| due < day)
    }

    /// The day whose framework decides whose a return is, to read and to act on: the period's end, or today before that.
    pub fn day(&self, one: &Derived) -> NaiveDate {
        one.period.end().min(self.today)
    }

    /// The right to read a return's figures: over what stood below the actor's elements on its day.
    pub fn sight(&self, actor: &Actor, one: &Derived) -> Result<Scope> {
        actor.scope_on(Permission::ViewFigures, self.day(one))
    }

    /// Whether somebody may see a return: its element is theirs, or one of its indicators.
    pub fn sees(&self, scope: &Scope, one: &Derived) -> bool {
        scope.covers_element(one.element) || one.figures.iter().any(|(indicator, _)| self.covers(scope, one, *indicator))
    }

    /// Whether an indicator of a return is inside a scope.
    pub fn covers(&self, scope: &Scope, one: &Derived, indicator: Uuid) -> bool {
        let entry = self.catalogue(one).and_then(|catalogue| catalogue.indicator(indicator));
        entry.is_some_and(|entry| scope.covers_indicator(entry.id, entry.owner))
    }

    /// What people call a return: `the return of Waste Services for 2024/25 Q2`.
    pub fn name(&self, one: &Derived) -> String {
        let title = self.catalogue(one).and_then(|catalogue| catalogue.element(one.element)).map_or("an element", |e| e.title.as_str());
        format!("the return of {title} for {}", one.period)
    }

    /// Keeps the returns somebody may see; refuses whoever may read no figures at all.
    pub fn keep_seen(&mut self, actor: &Actor) -> Result<()> {
        actor.scope_for(Permission::ViewFigures)?;
        let mut scopes: BTreeMap<NaiveDate, Scope> = BTreeMap::new();
        let mut seen = Vec::with_capacity(self.returns.len());
        for one in std::mem::take(&mut self.returns) {
            let day = one.period.end();
            let scope = match scopes.entry(day) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => new.insert(self.sight(actor, &one)?),
            };
            if self.sees(scope, &one) {
                seen.push(one);
            }
        }
        self.returns = seen;
        Ok(())
    }
}

/// Every reporting period once, as the latest edition that has it does, the latest first.
fn effective(calendar: &Calendar) -> Vec<(usize, ReportingPeriodRow)> {
    let mut periods: Vec<Period> = calendar.editions.iter().flatten().map(|row| row.period).collect();
    periods.sort_unstable();
    periods.dedup();
    periods.into_iter().rev().filter_map(|period| calendar.reporting(period).map(|(at, row)| (at, row.clone()))).collect()
}

fn periods_of(calendar: &Calendar, wanted: Period) -> Vec<(usize, ReportingPeriodRow)> {
    let mut periods = effective(calendar);
    let is_one = periods.iter().any(|(_, row)| row.period == wanted);
    let inside = |period: Period| wanted.start() <= period.start() && period.end() <= wanted.end();
    periods.retain(|(_, row)| if is_one { row.period == wanted } else { inside(row.period) });
    periods
}

fn periods_lately(calendar: &Calendar, today: NaiveDate) -> Vec<(usize, ReportingPeriodRow)> {
    let mut periods = effective(calendar);
    periods.retain(|(_, row)| row.period.start() <= today);
    periods.truncate(PERIODS_MAX);
    periods
}

/// The reporting period of one return: its row says, or its id does, which is made of its element and period.
async fn period_of_one(
    db: &impl ConnectionTrait,
    scope: &Scope,
    calendar: &Calendar,
    id: Uuid,
) -> Result<Vec<(usize, ReportingPeriodRow)>> {
    let periods = effective(calendar);
    let of = |wanted: Period| periods.iter().filter(move |(_, row)| row.period == wanted).cloned().collect();
    if let Some(row) = store::row(db, scope, id).await? {
        return Ok(of(crate::rows::period(row.period_start, row.period_months)?));
    }
    let elements = store::elements(db, scope).await?;
    let made =
        periods.iter().map(|(_, row)| row.period).find(|period| elements.iter().any(|e| return_id(scope.council, *e, *period) == id));
    Ok(made.map(of).unwrap_or_default())
}
