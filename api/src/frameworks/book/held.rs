//! What the council holds of one edition, row by row, with the ids of what holds it.

use std::collections::HashMap;

use rules::framework::{EditionRow, ElementRow, ForumRow, FrameworkBook, IndicatorRow, LinkRow, ReportingPeriodRow, RuleRow, TargetRow};
use uuid::Uuid;

/// A row and the ids of what holds it.
#[derive(Debug, Clone)]
pub struct Held<T, I> {
    pub row: T,
    pub ids: I,
}

/// An element's row is an element in one place.
#[derive(Debug, Clone, Copy)]
pub struct ElementIds {
    pub element: Uuid,
    pub placement: Uuid,
}

/// An indicator's row is one version of it, and its place in the edition.
#[derive(Debug, Clone, Copy)]
pub struct IndicatorIds {
    pub indicator: Uuid,
    pub version: Uuid,
    /// None while it is not in this edition; its row's owner is then empty.
    pub membership: Option<Placement>,
}

/// A membership and where it stands in the edition's order.
#[derive(Debug, Clone, Copy)]
pub struct Placement {
    pub id: Uuid,
    pub position: i32,
}

/// A code and what it names.
pub type Naming = HashMap<String, Uuid>;

/// Everything held that a framework workbook can speak of. Indicators, targets and forums are the whole council's:
/// they outlive editions.
#[derive(Debug, Clone, Default)]
pub struct HeldFramework {
    /// The edition; none while nothing of that label is held.
    pub edition: Option<Held<EditionRow, Uuid>>,
    pub elements: Vec<Held<ElementRow, ElementIds>>,
    pub links: Vec<Held<LinkRow, Uuid>>,
    pub indicators: Vec<Held<IndicatorRow, IndicatorIds>>,
    pub targets: Vec<Held<TargetRow, Uuid>>,
    pub rules: Vec<Held<RuleRow, Uuid>>,
    pub periods: Vec<Held<ReportingPeriodRow, Uuid>>,
    pub forums: Vec<Held<ForumRow, Uuid>>,
    /// The rows of forums' remits that are elements of this edition, by forum and element.
    pub remit_ids: HashMap<(Uuid, Uuid), Uuid>,
    /// Elements of the edition, by code.
    pub element_ids: Naming,
    /// Indicators of the council, by code; also those no current version describes.
    pub indicator_ids: Naming,
}

impl HeldFramework {
    /// The edition as rows; none while it is not held.
    pub fn into_book(self) -> Option<FrameworkBook> {
        let edition = self.edition?.row;
        let indicators: Vec<IndicatorRow> =
            self.indicators.into_iter().filter(|held| held.ids.membership.is_some()).map(|held| held.row).collect();
        let members: HashMap<&str, usize> = indicators.iter().enumerate().map(|(at, row)| (row.code.as_str(), at)).collect();
        let mut targets: Vec<TargetRow> =
            self.targets.into_iter().map(|held| held.row).filter(|row| members.contains_key(row.indicator.as_str())).collect();
        targets.sort_by_key(|row| (members.get(row.indicator.as_str()).copied(), row.period));
        Some(FrameworkBook {
            edition,
            elements: rows(self.elements),
            links: rows(self.links),
            targets,
            indicators,
            rules: rows(self.rules),
            periods: rows(self.periods),
            forums: rows(self.forums),
        })
    }
}

fn rows<T, I>(held: Vec<Held<T, I>>) -> Vec<T> {
    held.into_iter().map(|held| held.row).collect()
}
