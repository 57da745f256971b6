//! Over which records a right goes: those of what a grant covers. A record hangs on an element, or on what hangs on one; what
//! hangs on nothing is the whole council's. A grant over a forum covers what is in its remit, and the whole council's things.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rules::delivery::book::{DeliveryRow, RecordKind};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::held::Record;
use crate::access::Scope;
use crate::access::scope::Within;
use crate::error::Result;
use crate::forums::store::forums;
use crate::frameworks::Catalogue;

/// What a record hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The whole council.
    Council,
    Element(Uuid),
    /// An indicator, with the element that owns it.
    Indicator(Uuid, Uuid),
}

/// Where records hang, by the refs that lead there.
#[derive(Debug, Default)]
pub struct Places {
    elements: HashMap<String, Uuid>,
    indicators: HashMap<String, (Uuid, Uuid)>,
    /// Of milestones the project, of recommendations the element.
    through: HashMap<(RecordKind, String), String>,
}

impl Places {
    /// Of an edition and all records that others hang on: recommendations and milestones.
    pub fn of<'a>(catalogue: Option<&Catalogue>, rows: impl Iterator<Item = &'a DeliveryRow>) -> Self {
        let mut places = Self::default();
        if let Some(catalogue) = catalogue {
            places.elements = catalogue.elements.iter().map(|of| (of.code.clone(), of.id)).collect();
            places.indicators = catalogue.indicators.iter().map(|of| (of.code.clone(), (of.id, of.owner))).collect();
        }
        for row in rows {
            places.learn(row);
        }
        places
    }

    /// Another record that others may hang on.
    pub fn learn(&mut self, row: &DeliveryRow) {
        if let (RecordKind::Milestone | RecordKind::Recommendation, Some(element)) = (row.kind(), row.element()) {
            self.through.insert((row.kind(), row.code()), element.to_owned());
        }
    }

    /// Elements of the same workbook, which have no place yet: they are whose who brings them.
    pub fn element(&mut self, code: &str, id: Uuid) {
        self.elements.entry(code.to_owned()).or_insert(id);
    }

    /// What a row hangs on.
    pub fn place(&self, row: &DeliveryRow) -> Place {
        let element = |code: &str| self.elements.get(code).map(|id| Place::Element(*id));
        let through = |kind, code: &Option<String>| {
            let code = code.as_ref()?;
            element(self.through.get(&(kind, code.clone()))?)
        };
        let found = match row {
            DeliveryRow::Dependency(row) => {
                let project = self.through.get(&(RecordKind::Milestone, row.waits.clone())).unwrap_or(&row.waits);
                element(project)
            }
            DeliveryRow::Action(of) => {
                let indicator = |code: &String| self.indicators.get(code).map(|(id, owner)| Place::Indicator(*id, *owner));
                of.element
                    .as_deref()
                    .and_then(element)
                    .or_else(|| of.indicator.as_ref().and_then(indicator))
                    .or_else(|| through(RecordKind::Milestone, &of.milestone))
                    .or_else(|| through(RecordKind::Recommendation, &of.answers))
            }
            _ => row.element().and_then(element),
        };
        found.unwrap_or(Place::Council)
    }

    /// What a held record hangs on; an element of an earlier edition that this one has not, it hangs on still.
    pub fn of_record(&self, record: &Record) -> Place {
        match self.place(&record.row) {
            Place::Council => record.element.map_or(Place::Council, Place::Element),
            place => place,
        }
    }
}

/// What forums' grants cover.
#[derive(Debug, Default, Clone)]
pub struct Remits {
    /// The elements of each remit with all below them; none for the whole council.
    of: HashMap<Uuid, Option<HashSet<Uuid>>>,
}

impl Remits {
    /// As elements stand on a day. One statement where a scope is over forums, else none.
    pub async fn of(db: &impl ConnectionTrait, scope: &Scope, catalogue: Option<&Arc<Catalogue>>, on: NaiveDate) -> Result<Self> {
        let Within::Only(only) = &scope.within else { return Ok(Self::default()) };
        if only.forums.is_empty() {
            return Ok(Self::default());
        }
        let mut remits = Self::default();
        for forum in forums(db, scope).await?.into_iter().filter(|forum| only.forums.contains(&forum.id)) {
            let tops: HashSet<&str> = forum.remit_names.iter().map(|(code, _)| code.as_str()).collect();
            let inside = |catalogue: &Arc<Catalogue>| {
                let within = |id: Uuid| catalogue.path(id, on).iter().any(|above| tops.contains(above.code.as_str()));
                catalogue.elements.iter().map(|of| of.id).filter(|id| within(*id)).collect()
            };
            let covered = if tops.is_empty() { None } else { Some(catalogue.map(inside).unwrap_or_default()) };
            remits.of.insert(forum.id, covered);
        }
        Ok(remits)
    }

    /// Whether a right covers a place.
    pub fn covers(&self, scope: &Scope, place: Place) -> bool {
        let in_remit = |element: Option<Uuid>| {
            self.of.values().any(|covered| match (covered, element) {
                (None, _) | (_, None) => true,
                (Some(covered), Some(element)) => covered.contains(&element),
            })
        };
        match place {
            Place::Council => matches!(scope.within, Within::Council) || in_remit(None),
            Place::Element(id) => scope.covers_element(id) || in_remit(Some(id)),
            Place::Indicator(id, owner) => scope.covers_indicator(id, owner) || in_remit(Some(owner)),
        }
    }
}
