//! Whose a return is: what has to be known of it to say whether somebody may see it.

use chrono::NaiveDate;
use rules::permission::Permission;
use uuid::Uuid;

use super::book::Book;
use super::derive::Derived;
use crate::access::Actor;

/// A return's element and indicators on its day, for whoever asks later, without reading the framework anew.
#[derive(Debug, Clone)]
pub struct Whose {
    day: NaiveDate,
    element: Uuid,
    /// Indicators, each with its owner.
    indicators: Vec<(Uuid, Uuid)>,
}

impl Whose {
    /// Of a return of a book.
    pub fn of(book: &Book, one: &Derived) -> Self {
        let owner = |indicator: Uuid| Some((indicator, book.catalogue(one)?.indicator(indicator)?.owner));
        let mut indicators: Vec<_> = one.figures.iter().filter_map(|(indicator, _)| owner(*indicator)).collect();
        indicators.sort_unstable();
        indicators.dedup();
        Self { day: book.day(one), element: one.element, indicators }
    }

    /// Whether somebody may see the return, with the rights they have now. What [`Book::keep_seen`] keeps.
    pub fn seen_by(&self, actor: &Actor) -> bool {
        let Ok(scope) = actor.scope_on(Permission::ViewFigures, self.day) else { return false };
        scope.covers_element(self.element) || self.indicators.iter().any(|(indicator, owner)| scope.covers_indicator(*indicator, *owner))
    }
}
