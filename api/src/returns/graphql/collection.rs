//! How far the collection of a period is, as the API shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, SimpleObject};
use rules::cycle::State;
use rules::measure::ElementKind;
use rules::permission::Permission;
use uuid::Uuid;

use super::super::book::{Book, Wanted};
use super::super::derive::Derived;
use super::super::figures::{self, Figure};
use crate::error::Result;
use crate::frameworks::graphql::Element;
use crate::graphql::scalars::Period;
use crate::graphql::session::session;

/// How far the collection of a period is: of the returns the viewer may see.
#[derive(SimpleObject)]
pub struct Collection {
    /// The period asked about.
    period: Period,
    /// All of it.
    whole: CollectionCounts,
    /// By directorate, as services stand at the period's end, in the framework's order. What stands under none is counted
    /// by the top of its own tree.
    directorates: Vec<DirectorateCollection>,
}

/// How far a directorate is.
#[derive(SimpleObject)]
pub struct DirectorateCollection {
    /// The directorate.
    element: Element,
    /// How far it is.
    counts: CollectionCounts,
}

/// Returns by where they stand, and figures by whether they came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, SimpleObject)]
pub struct CollectionCounts {
    /// Returns in all.
    owed: i32,
    /// Returns with the service that were never submitted in this round.
    open: i32,
    /// Returns that wait to be assured.
    submitted: i32,
    /// Returns sent back with questions.
    queried: i32,
    /// Returns that wait to be approved.
    assured: i32,
    /// Returns that are approved and not published.
    approved: i32,
    /// Returns that are published.
    published: i32,
    /// Returns that are approved, with figures on their way to approval that were not due then.
    late: i32,
    /// Returns that are past their last day and still with the service; where they do not go through states, that still
    /// take figures and lack one that is owed.
    overdue: i32,
    /// Figures that are due by now.
    figures_expected: i32,
    /// Those of them that came, or came with a reason why there is none.
    figures_given: i32,
    /// Those of them that lack nothing: explained, with a remedial action where they are off target.
    figures_explained: i32,
}

impl CollectionCounts {
    fn add(&mut self, state: State, overdue: bool, figures: &[Figure]) {
        let counted = match state {
            State::Open => &mut self.open,
            State::Submitted => &mut self.submitted,
            State::Queried => &mut self.queried,
            State::Assured => &mut self.assured,
            State::Approved => &mut self.approved,
            State::Published => &mut self.published,
            State::LateSubmitted | State::LateQueried | State::LateAssured => &mut self.late,
        };
        *counted += 1;
        self.owed += 1;
        self.overdue += i32::from(overdue);
        for figure in figures.iter().filter(|figure| figure.due()) {
            self.figures_expected += 1;
            self.figures_given += i32::from(figure.given() || figure.point.absence.is_some());
            self.figures_explained += i32::from(figure.missing().is_empty());
        }
    }
}

/// How far the collection of a period is.
pub async fn collection(ctx: &Context<'_>, period: rules::period::Period) -> Result<Collection> {
    let session = session(ctx);
    let (actor, snapshot) = (session.actor().await?, session.snapshot().await?);
    let scope = actor.scope_for(Permission::ViewFigures)?;
    let mut book = Book::load(&**snapshot, &scope, Wanted::Of(period), session.app.clock.today()).await?;
    book.keep_seen(&actor)?;
    let returns: Vec<&Derived> = book.returns.iter().collect();
    let mut figures = figures::figures(&snapshot, &scope, &book, &returns).await?;
    let mut whole = CollectionCounts::default();
    let mut order: Vec<(Uuid, usize)> = Vec::new();
    let mut counts: HashMap<(Uuid, usize), CollectionCounts> = HashMap::new();
    for (at, one) in returns.iter().enumerate() {
        // What is counted is what the viewer may see.
        let sight = book.sight(&actor, one)?;
        let mut seen = figures.remove(&one.id).unwrap_or_default();
        seen.retain(|figure| book.covers(&sight, one, figure.key.0));
        let (state, overdue) = (book.state(one), book.overdue(one));
        whole.add(state, overdue, &seen);
        let directorate = directorate(&book, one);
        let known = order.iter().find(|(element, _)| *element == directorate).copied();
        let key = known.unwrap_or((directorate, at));
        if known.is_none() {
            order.push(key);
        }
        counts.entry(key).or_default().add(state, overdue, &seen);
    }
    let directorates = order.into_iter().filter_map(|key @ (element, at)| {
        let one = book.returns.get(at)?;
        let element = Element { catalogue: Arc::clone(book.catalogue(one)?), id: element, on: one.period.end(), named: true };
        Some(DirectorateCollection { element, counts: counts.remove(&key)? })
    });
    let directorates = directorates.collect();
    Ok(Collection { period: Period(period), whole, directorates })
}

/// The directorate a return is counted with.
fn directorate(book: &Book, one: &Derived) -> Uuid {
    let Some(catalogue) = book.catalogue(one) else { return one.element };
    let path = catalogue.path(one.element, one.period.end());
    let found = path.iter().rev().find(|element| element.kind == ElementKind::Directorate).or(path.first());
    found.map_or(one.element, |element| element.id)
}
