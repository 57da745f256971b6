//! A return as the API shows it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use rules::cycle::{self, Act};
use rules::period::Period as RulesPeriod;
use rules::permission::Permission;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::super::acts::may;
use super::super::book::{Book, Wanted};
use super::super::derive::Derived;
use super::super::figures::{self, Figure};
use super::super::locks::Closed;
use super::super::store::cycle::{self as store, QuestionEntry, StepEntry};
use super::figures::{ReturnFigureConnection, ReturnQuestion, figure_connection};
use super::words::{ReturnActKind, ReturnState};
use crate::access::{Actor, Scope, Target};
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::id::{self, Kind};
use crate::graphql::lock::Lock;
use crate::graphql::page::Ask;
use crate::graphql::scalars::{Date, DateTime, Period};
use crate::graphql::session::session;
use crate::indicators::graphql::Page as IndicatorPage;

/// Steps of one return shown at most, the latest.
const STEPS_MAX: usize = 200;
/// Questions of one return shown at most, the latest.
const QUESTIONS_MAX: usize = 500;

/// Returns shown together, which fetch what stands in them together.
pub struct Page {
    pub book: Book,
    /// Those shown, by place in the book.
    shown: Vec<usize>,
    figures: OnceCell<HashMap<Uuid, Vec<Figure>>>,
    steps: OnceCell<Vec<StepEntry>>,
    questions: OnceCell<Vec<QuestionEntry>>,
    /// The indicators of each edition's returns on the page, which fetch their own figures together.
    indicators: HashMap<usize, Arc<IndicatorPage>>,
}

impl Page {
    fn new(book: Book, shown: Vec<usize>) -> Arc<Self> {
        let mut of_edition: HashMap<usize, Vec<&Derived>> = HashMap::new();
        for one in shown.iter().filter_map(|at| book.returns.get(*at)) {
            of_edition.entry(one.edition).or_default().push(one);
        }
        let mut indicators = HashMap::new();
        for (edition, returns) in of_edition {
            let Some((catalogue, latest)) =
                returns.first().and_then(|one| book.catalogue(one)).zip(returns.iter().map(|one| one.period).max())
            else {
                continue;
            };
            let ids: HashSet<Uuid> = returns.iter().flat_map(|one| one.figures.iter().map(|(indicator, _)| *indicator)).collect();
            let page = IndicatorPage::new(Arc::clone(catalogue), latest.end(), Some(latest), ids.into_iter().collect());
            indicators.insert(edition, page);
        }
        Arc::new(Self { book, shown, figures: OnceCell::new(), steps: OnceCell::new(), questions: OnceCell::new(), indicators })
    }

    fn returns(&self) -> impl Iterator<Item = &Derived> {
        self.shown.iter().filter_map(|at| self.book.returns.get(*at))
    }

    async fn steps(&self, ctx: &Context<'_>) -> Result<&[StepEntry]> {
        let load = || async {
            let session = session(ctx);
            let begun: Vec<Uuid> = self.returns().map(|one| one.id).filter(|id| self.book.row(*id).is_some()).collect();
            store::steps(&**session.snapshot().await?, &session.actor().await?.own_scope(), &begun).await
        };
        Ok(self.steps.get_or_try_init(load).await?)
    }

    async fn questions(&self, ctx: &Context<'_>) -> Result<&[QuestionEntry]> {
        let load = || async {
            let session = session(ctx);
            let begun: Vec<Uuid> = self.returns().map(|one| one.id).filter(|id| self.book.row(*id).is_some()).collect();
            store::questions(&**session.snapshot().await?, &session.actor().await?.own_scope(), &begun).await
        };
        Ok(self.questions.get_or_try_init(load).await?)
    }

    async fn figures(&self, ctx: &Context<'_>) -> Result<&HashMap<Uuid, Vec<Figure>>> {
        let load = || async {
            let session = session(ctx);
            let returns: Vec<&Derived> = self.returns().collect();
            figures::figures(&**session.snapshot().await?, &session.actor().await?.own_scope(), &self.book, &returns).await
        };
        self.figures.get_or_try_init(load).await
    }

    /// The indicators of an edition's returns.
    pub fn indicators(&self, edition: usize) -> Option<&Arc<IndicatorPage>> {
        self.indicators.get(&edition)
    }
}

/// One element's return for one reporting period.
#[derive(Clone)]
pub struct Return {
    page: Arc<Page>,
    at: usize,
}

/// What the viewer may or may not do to a return as it stands.
#[derive(SimpleObject)]
pub struct ReturnAct {
    /// The act.
    act: ReturnActKind,
    /// Whether the viewer can do it now. A return can still be refused for what its figures lack.
    possible: bool,
    /// Why not, and what would change that; null where they can.
    because: Option<String>,
}

/// Something that was done to a return.
#[derive(SimpleObject)]
pub struct ReturnStep {
    /// 1 for the first.
    number: i32,
    /// The round it was done in.
    round: i32,
    /// What was done.
    act: ReturnActKind,
    /// Where the return stood before.
    from: ReturnState,
    /// Where it stood after.
    to: ReturnState,
    /// The name of whoever did it.
    by: String,
    /// When.
    at: DateTime,
    /// Why, where that had to be said.
    reason: Option<String>,
}

impl From<&StepEntry> for ReturnStep {
    fn from(step: &StepEntry) -> Self {
        Self {
            number: step.seq,
            round: step.round,
            act: step.act.into(),
            from: step.from.into(),
            to: step.to.into(),
            by: step.name.clone(),
            at: DateTime(step.at),
            reason: step.reason.clone(),
        }
    }
}

impl Return {
    fn one(&self) -> &Derived {
        // `at` was found in the book the page holds.
        &self.page.book.returns[self.at]
    }

    async fn sight(&self, ctx: &Context<'_>) -> Result<Scope> {
        let actor: Arc<Actor> = session(ctx).actor().await?;
        self.page.book.sight(&actor, self.one())
    }

    async fn visible_figures(&self, ctx: &Context<'_>) -> Result<Vec<Figure>> {
        let sight = self.sight(ctx).await?;
        let figures = self.page.figures(ctx).await?.get(&self.one().id);
        let visible = |figure: &&Figure| self.page.book.covers(&sight, self.one(), figure.key.0);
        Ok(figures.into_iter().flatten().filter(visible).cloned().collect())
    }

    async fn acts(&self, ctx: &Context<'_>) -> Result<Vec<ReturnAct>> {
        let actor = session(ctx).actor().await?;
        let (book, one) = (&self.page.book, self.one());
        let steps: Vec<StepEntry> = self.page.steps(ctx).await?.iter().filter(|step| step.of == one.id).cloned().collect();
        let act = |act: Act| {
            let because = may(&actor, book, one, &steps, act).err().map(|why| why.words(book, one));
            ReturnAct { act: act.into(), possible: because.is_none(), because }
        };
        Ok(Act::ALL.iter().map(|one| act(*one)).collect())
    }

    async fn asked(&self, ctx: &Context<'_>) -> Result<Vec<ReturnQuestion>> {
        let sight = self.sight(ctx).await?;
        let (book, one) = (&self.page.book, self.one());
        let questions = self.page.questions(ctx).await?.iter().filter(|question| question.of == one.id);
        let visible: Vec<&QuestionEntry> =
            questions.filter(|q| sight.covers_element(one.element) || book.covers(&sight, one, q.indicator)).collect();
        let from = visible.len().saturating_sub(QUESTIONS_MAX);
        let indicators = self.page.indicators(one.edition);
        Ok(visible.iter().skip(from).map(|question| ReturnQuestion::of(question, indicators)).collect())
    }
}

/// One element's return for one reporting period: the figures it owes, and where it stands on its way to approval. It is
/// there from the day the calendar names the period; nobody has to make it.
#[Object]
impl Return {
    /// Opaque id, for `node`. The same before and after the first act.
    pub async fn id(&self) -> ID {
        id::id(Kind::Return, self.one().id)
    }

    /// The element that owes it, as it stands at the period's end: a service or programme, else whoever owns the
    /// indicators.
    async fn element(&self) -> Option<Element> {
        let one = self.one();
        let catalogue = Arc::clone(self.page.book.catalogue(one)?);
        Some(Element { catalogue, id: one.element, on: one.period.end(), named: true })
    }

    /// The reporting period.
    async fn period(&self) -> Period {
        Period(self.one().period)
    }

    /// Where it stands.
    async fn state(&self) -> ReturnState {
        self.page.book.state(self.one()).into()
    }

    /// 1, and one more each time it was reopened for a correction.
    async fn round(&self) -> i32 {
        self.page.book.round(self.one())
    }

    /// Grows with every act. Name the one you looked at when you act: who was slower is told what happened.
    async fn revision(&self) -> i32 {
        self.page.book.revision(self.one())
    }

    /// Last day for it; null where the calendar names none.
    async fn due_on(&self) -> Option<Date> {
        self.one().due_on.map(Date)
    }

    /// Whether its last day has passed while the service still has it. Where returns do not go through states: while it
    /// takes figures and lacks one that is owed. A closed period's return is overdue no more; `collection` says what it lacks.
    async fn overdue(&self) -> bool {
        self.page.book.overdue(self.one())
    }

    /// The last day it takes figures though its period is closed; null where nobody gave leave.
    async fn late_until(&self) -> Option<Date> {
        self.page.book.late_until(self.one()).map(Date)
    }

    /// When it was last approved.
    async fn approved_at(&self) -> Option<DateTime> {
        self.page.book.row(self.one().id).and_then(|row| row.approved_at).map(DateTime)
    }

    /// When it was last published.
    async fn published_at(&self) -> Option<DateTime> {
        self.page.book.row(self.one().id).and_then(|row| row.published_at).map(DateTime)
    }

    /// The figures it owes, in the framework's order, as far as the viewer may see them. 500 a page at most.
    #[graphql(complexity = "crate::graphql::page::cost(first, child_complexity)")]
    async fn figures(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> Option<Result<ReturnFigureConnection>> {
        let list = async || {
            let ask = Ask::new(first, after.as_deref())?;
            let one = self.one();
            Ok(figure_connection(&self.visible_figures(ctx).await?, &ask, one, self.page.indicators(one.edition)))
        };
        Some(list().await)
    }

    /// Questions it was sent back with, the first asked first; the latest 500.
    async fn questions(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReturnQuestion>>> {
        Some(self.asked(ctx).await)
    }

    /// What was done to it, by whom and when, the first first; the latest 200.
    async fn history(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReturnStep>>> {
        let list = async || {
            let steps: Vec<&StepEntry> = self.page.steps(ctx).await?.iter().filter(|step| step.of == self.one().id).collect();
            let from = steps.len().saturating_sub(STEPS_MAX);
            Ok(steps.into_iter().skip(from).map(Into::into).collect())
        };
        Some(list().await)
    }

    /// Why its figures cannot be changed, and who opens them: it was submitted or is past that, or its period is closed. Null
    /// while it takes figures. A figure that was not due when the return was submitted, or approved, is taken all the same.
    async fn lock(&self) -> Option<Lock> {
        let (book, one) = (&self.page.book, self.one());
        let Some(lock) = cycle::lock(book.state(one)).filter(|_| book.workflow.covers(one.period)) else {
            let shut = !one.open && book.late_until(one).is_none();
            let because = || {
                let closed = Closed { reporting: one.period, ended: book.calendar.ended(one.edition, book.today) };
                let (period, ended) = (one.period.words(), closed.ended_in_words());
                format!(
                    "{period} is closed and takes no figures{ended}: it can be opened again, or this return be given leave to come late."
                )
            };
            return shut.then(|| Lock::new(Permission::OpenAndClosePeriods, Target::Anywhere, because()));
        };
        let permission = lock.opens.first()?.permission;
        Some(Lock::new(permission, Target::Element(one.element), lock.words()))
    }

    /// What the viewer may do with its element's figures, as it stood at the period's end.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Option<Result<Vec<crate::people::graphql::Permission>>> {
        let can = async || {
            Ok(session(ctx).actor().await?.can_where_on(self.page.book.day(self.one()), |scope| scope.covers_element(self.one().element)))
        };
        Some(can().await)
    }

    /// Every act there is, whether the viewer can do it now, and why not.
    async fn viewer_acts(&self, ctx: &Context<'_>) -> Option<Result<Vec<ReturnAct>>> {
        Some(self.acts(ctx).await)
    }
}

crate::connection! {
    /// A page of returns.
    ReturnConnection, ReturnEdge, Return
}

/// Which returns are listed.
#[derive(Debug, Default)]
pub struct Filter {
    pub period: Option<RulesPeriod>,
    /// Code of an element: its return and those of all below it.
    pub element: Option<String>,
    pub state: Option<ReturnState>,
    pub overdue: Option<bool>,
    /// Those the viewer can do something to now.
    pub mine: Option<bool>,
}

/// Returns the viewer may see.
pub async fn connection(ctx: &Context<'_>, first: Option<i32>, after: Option<String>, filter: Filter) -> Result<ReturnConnection> {
    let ask = Ask::new(first, after.as_deref())?;
    let session = session(ctx);
    let (actor, snapshot) = (session.actor().await?, session.snapshot().await?);
    let scope = actor.scope_for(rules::permission::Permission::ViewFigures)?;
    let wanted = filter.period.map_or(Wanted::Lately, Wanted::Of);
    let mut book = Book::load(&**snapshot, &scope, wanted, session.app.clock.today()).await?;
    book.keep_seen(&actor)?;
    let own_steps = match filter.mine {
        Some(_) => {
            let begun: Vec<Uuid> = book.returns.iter().map(|one| one.id).filter(|id| book.row(*id).is_some()).collect();
            store::steps(&**snapshot, &scope, &begun).await?
        }
        None => Vec::new(),
    };
    let listed: Vec<(usize, Uuid)> = book
        .returns
        .iter()
        .enumerate()
        .filter(|(_, one)| passes(&filter, &book, one, &actor, &own_steps))
        .map(|(at, one)| (at, one.id))
        .collect();
    let key = |(_, id): &(usize, Uuid)| id.to_string();
    let (range, _) = crate::graphql::page::cut(&listed, &ask, key);
    let page = Page::new(book, listed[range].iter().map(|(at, _)| *at).collect());
    Ok(ReturnConnection::of(&listed, &ask, key, |(at, _)| Return { page: Arc::clone(&page), at: *at }))
}

fn passes(filter: &Filter, book: &Book, one: &Derived, actor: &Actor, own_steps: &[StepEntry]) -> bool {
    let below = |code: &String| {
        let catalogue = book.catalogue(one);
        let top = catalogue.and_then(|catalogue| catalogue.element_by_code(code.trim()));
        catalogue.zip(top).is_some_and(|(catalogue, top)| catalogue.is_within(one.element, top.id, one.period.end()))
    };
    let waits = || {
        let steps: Vec<StepEntry> = own_steps.iter().filter(|step| step.of == one.id).cloned().collect();
        Act::ALL.iter().any(|act| may(actor, book, one, &steps, *act).is_ok())
    };
    filter.element.as_ref().is_none_or(below)
        && filter.state.is_none_or(|state| ReturnState::from(book.state(one)) == state)
        && filter.overdue.is_none_or(|overdue| book.overdue(one) == overdue)
        && filter.mine.is_none_or(|mine| waits() == mine)
}

/// A return by its id; none when absent or not the viewer's to see.
pub async fn find(ctx: &Context<'_>, id: Uuid) -> Result<Option<Return>> {
    let session = session(ctx);
    let (actor, snapshot) = (session.actor().await?, session.snapshot().await?);
    let Ok(scope) = actor.scope_for(rules::permission::Permission::ViewFigures) else { return Ok(None) };
    let mut book = Book::load(&**snapshot, &scope, Wanted::One(id), session.app.clock.today()).await?;
    book.keep_seen(&actor)?;
    if book.returns.is_empty() {
        return Ok(None);
    }
    Ok(Some(Return { page: Page::new(book, vec![0]), at: 0 }))
}
