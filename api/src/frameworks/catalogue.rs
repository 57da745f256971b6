//! One framework edition in memory.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rules::measure::{Disposition, ElementKind, FrameworkState, Level, Lifecycle, LinkKind, Mode};
use rules::period::Period;
use rules::series::Definition;
use rules::status::StatusRule;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// A framework edition.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: Uuid,
    pub title: String,
    pub edition: String,
    pub stands_from: NaiveDate,
    pub stands_until: Option<NaiveDate>,
    pub state: FrameworkState,
    pub adopted_by: Option<String>,
    pub adopted_on: Option<NaiveDate>,
    pub minute_reference: Option<String>,
    pub note: Option<String>,
    /// The edition's own rules and overrides per indicator, the earliest first.
    pub rules: Vec<EditionRule>,
    /// The rules of the editions in force before it, the earliest edition first: what they judged stays judged by them.
    pub before: Vec<Reign>,
    /// First day of the edition that was adopted to follow it.
    pub followed_from: Option<NaiveDate>,
}

impl Edition {
    /// Where it stands on a day: one that was adopted is superseded when the one that follows it begins.
    pub fn state_on(&self, day: NaiveDate) -> FrameworkState {
        match self.followed_from {
            Some(from) if self.state == FrameworkState::Adopted && from <= day => FrameworkState::Superseded,
            _ => self.state,
        }
    }
}

/// What an edition said of statuses, and from which day.
#[derive(Debug, Clone)]
pub struct Reign {
    pub from: NaiveDate,
    pub rules: Arc<[EditionRule]>,
}

/// A status rule and whom it is for.
#[derive(Debug, Clone)]
pub struct EditionRule {
    pub id: Uuid,
    pub indicator: Option<Uuid>,
    pub rule: StatusRule,
    pub held: Held,
}

/// From when until when a fact read so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub from: DateTime<Utc>,
    pub until: Option<DateTime<Utc>>,
}

impl Held {
    /// Whether it read so at an instant; [`NOW`] asks for what reads so still.
    pub fn at(&self, instant: DateTime<Utc>) -> bool {
        self.from <= instant && self.until.is_none_or(|until| until > instant)
    }
}

/// Later than any instant there will be: as at it everything reads as it reads now.
pub const NOW: DateTime<Utc> = DateTime::<Utc>::MAX_UTC;

/// An element and the places it stands in.
#[derive(Debug, Clone)]
pub struct Element {
    pub id: Uuid,
    pub code: String,
    pub kind: ElementKind,
    pub level: Level,
    pub label: Option<String>,
    pub title: String,
    pub mode: Option<Mode>,
    pub description: Option<String>,
    pub owner: Option<String>,
    /// The earliest first.
    pub places: Vec<Place>,
}

/// Where an element stands from when until when.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: Uuid,
    pub parent: Option<Uuid>,
    pub position: i32,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Element {
    /// Its place on a day; none on a day it did not stand.
    pub fn place_on(&self, day: NaiveDate) -> Option<&Place> {
        self.places.iter().find(|place| place.from.is_none_or(|from| from <= day) && place.until.is_none_or(|until| until >= day))
    }
}

/// A link between elements.
#[derive(Debug, Clone, Copy)]
pub struct ElementLink {
    pub kind: LinkKind,
    pub from: Uuid,
    pub to: Uuid,
}

/// An indicator of the edition with all versions of its definition.
#[derive(Debug, Clone)]
pub struct IndicatorEntry {
    pub id: Uuid,
    pub code: String,
    pub aliases: Vec<String>,
    pub lifecycle: Lifecycle,
    pub owner: Uuid,
    pub position: i32,
    /// What becomes of it in the next edition, and why.
    pub mark: Option<(Disposition, Option<String>)>,
    /// The earliest first; never empty.
    pub versions: Vec<entity::indicator_version::Model>,
    /// The same versions, as `rules` judges by them.
    pub definitions: Vec<Definition>,
    /// Elements it contributes to.
    pub contributes_to: Vec<Uuid>,
    /// Rules that judge it: its own if it has any, else the edition's.
    pub rules: Vec<StatusRule>,
}

impl IndicatorEntry {
    /// The status rule in force when a period ends: the last that applies by then.
    pub fn rule_at(&self, period: Period) -> Option<&StatusRule> {
        self.rules.iter().rfind(|rule| rule.applies_from <= period.end())
    }

    /// The version in force in a period: the last that applies from it or earlier.
    pub fn version_in(&self, period: Option<Period>) -> &entity::indicator_version::Model {
        &self.versions[self.place_in(period)]
    }

    /// The same version, as `rules` judges by it.
    pub fn definition_in(&self, period: Period) -> Option<&Definition> {
        self.definitions.get(self.place_in(Some(period)))
    }

    fn place_in(&self, period: Option<Period>) -> usize {
        let applies = |d: &Definition| match (d.applies_from, period) {
            (Some(from), Some(period)) => from.start() <= period.end(),
            _ => true,
        };
        self.definitions.iter().rposition(applies).unwrap_or_default()
    }

    /// The latest version.
    pub fn latest(&self) -> &entity::indicator_version::Model {
        self.version_in(None)
    }
}

/// One edition, whole.
#[derive(Debug)]
pub struct Catalogue {
    pub edition: Edition,
    /// In order of level, then position.
    pub elements: Vec<Element>,
    /// Links between elements: read only when somebody follows them, [`super::store::links`].
    pub(super) element_links: OnceCell<Vec<ElementLink>>,
    /// In order of position, then code.
    pub indicators: Vec<IndicatorEntry>,
    elements_by_id: HashMap<Uuid, usize>,
    indicators_by_id: HashMap<Uuid, usize>,
}

impl Catalogue {
    pub fn new(edition: Edition, elements: Vec<Element>, indicators: Vec<IndicatorEntry>) -> Self {
        let elements_by_id = elements.iter().enumerate().map(|(at, e)| (e.id, at)).collect();
        let indicators_by_id = indicators.iter().enumerate().map(|(at, i)| (i.id, at)).collect();
        Self { edition, elements, element_links: OnceCell::new(), indicators, elements_by_id, indicators_by_id }
    }

    pub fn element(&self, id: Uuid) -> Option<&Element> {
        self.elements_by_id.get(&id).map(|at| &self.elements[*at])
    }

    pub fn element_by_code(&self, code: &str) -> Option<&Element> {
        self.elements.iter().find(|e| e.code.eq_ignore_ascii_case(code))
    }

    pub fn indicator(&self, id: Uuid) -> Option<&IndicatorEntry> {
        self.indicators_by_id.get(&id).map(|at| &self.indicators[*at])
    }

    pub fn indicator_by_code(&self, code: &str) -> Option<&IndicatorEntry> {
        self.indicators.iter().find(|i| i.code.eq_ignore_ascii_case(code))
    }

    /// Elements standing directly below one on a day, in order; the tops for none.
    pub fn children(&self, parent: Option<Uuid>, day: NaiveDate) -> Vec<&Element> {
        let mut below: Vec<(&Place, &Element)> =
            self.elements.iter().filter_map(|e| Some((e.place_on(day).filter(|p| p.parent == parent)?, e))).collect();
        below.sort_by_key(|(place, element)| (place.position, element.code.as_str()));
        below.into_iter().map(|(_, element)| element).collect()
    }

    /// Every element in the order a reader meets them: each with all that stands below it on a day before the next beside it.
    /// What did not stand on the day follows, as it is held.
    pub fn in_order(&self, day: NaiveDate) -> Vec<Uuid> {
        let mut below: HashMap<Option<Uuid>, Vec<(i32, &str, Uuid)>> = HashMap::new();
        for element in &self.elements {
            if let Some(place) = element.place_on(day) {
                below.entry(place.parent).or_default().push((place.position, &element.code, element.id));
            }
        }
        for beside in below.values_mut() {
            // The last first, to be taken from the end.
            beside.sort_unstable_by(|one, next| next.cmp(one));
        }
        let mut ordered = Vec::with_capacity(self.elements.len());
        let mut met = HashSet::with_capacity(self.elements.len());
        let mut ahead = below.remove(&None).unwrap_or_default();
        while let Some((_, _, id)) = ahead.pop() {
            if met.insert(id) {
                ordered.push(id);
                ahead.extend(below.remove(&Some(id)).unwrap_or_default());
            }
        }
        ordered.extend(self.elements.iter().map(|element| element.id).filter(|id| !met.contains(id)));
        ordered
    }

    /// From the top of its tree down to the element, as it stood on a day.
    pub fn path(&self, id: Uuid, day: NaiveDate) -> Vec<&Element> {
        let mut path = Vec::new();
        let mut next = self.element(id);
        while let Some(element) = next {
            // Rows could hold a loop only by hand-written SQL; the check costs nothing.
            if path.iter().any(|passed: &&Element| passed.id == element.id) {
                break;
            }
            path.push(element);
            next = element.place_on(day).and_then(|place| place.parent).and_then(|parent| self.element(parent));
        }
        path.reverse();
        path
    }

    /// The element whose return has what an element owns: upwards from it, the first service or programme; else itself.
    pub fn returns_to(&self, owner: Uuid, day: NaiveDate) -> Uuid {
        let returning = |element: &&&Element| matches!(element.kind, ElementKind::Service | ElementKind::Programme);
        self.path(owner, day).iter().rev().find(returning).map_or(owner, |element| element.id)
    }

    /// Whether an element stands at or below another on a day.
    pub fn is_within(&self, id: Uuid, ancestor: Uuid, day: NaiveDate) -> bool {
        self.path(id, day).iter().any(|element| element.id == ancestor)
    }
}
