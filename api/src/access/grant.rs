//! A role, what it covers, and how far it goes for one permission.

use std::collections::HashSet;

use chrono::NaiveDate;
use rules::permission::{self, Permission, Reach, Role, ScopeKind};
use uuid::Uuid;

use super::ground::{Ground, Subtrees};
use super::scope::Only;
use crate::error::{Error, Result};

/// What a grant covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantScope {
    Council,
    /// The element and all below it.
    Element(Uuid),
    Indicator(Uuid),
    Forum(Uuid),
}

/// A role held over a scope from a day until a day.
#[derive(Debug, Clone)]
pub struct Grant {
    pub id: Uuid,
    pub role: Role,
    pub scope: GrantScope,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Something that a person may or may not do something to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Anything of the council at all.
    Anywhere,
    Element(Uuid),
    /// An indicator and the element that owns it.
    Indicator {
        id: Uuid,
        owner: Uuid,
    },
    Forum(Uuid),
}

/// How far a grant goes for one permission: the one place that says so.
#[derive(Debug, Clone, Copy)]
pub enum Spread<'a> {
    Nothing,
    Council,
    /// An element, and those below it with itself.
    Elements(Uuid, Option<&'a HashSet<Uuid>>),
    /// An indicator, and for reading the elements that own it: what one may enter and what one may see are two scopes
    /// (`domain.md` §4), so who provides single indicators reads the rest of the services that own them.
    Indicator(Uuid, &'a [Uuid]),
    Forum(Uuid),
}

impl GrantScope {
    /// From the columns that keep it.
    pub fn of(kind: &str, element: Option<Uuid>, indicator: Option<Uuid>, forum: Option<Uuid>) -> Result<Self> {
        let kept = match kind {
            "COUNCIL" => Some(Self::Council),
            "ELEMENT" => element.map(Self::Element),
            "INDICATOR" => indicator.map(Self::Indicator),
            "FORUM" => forum.map(Self::Forum),
            _ => None,
        };
        kept.ok_or_else(|| Error::internal("reading a grant", &format!("unknown scope {kind}")))
    }

    /// The columns that keep it: an element, an indicator, a forum.
    pub const fn ids(self) -> (Option<Uuid>, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Council => (None, None, None),
            Self::Element(id) => (Some(id), None, None),
            Self::Indicator(id) => (None, Some(id), None),
            Self::Forum(id) => (None, None, Some(id)),
        }
    }

    pub const fn kind(self) -> ScopeKind {
        match self {
            Self::Council => ScopeKind::Council,
            Self::Element(_) => ScopeKind::Element,
            Self::Indicator(_) => ScopeKind::Indicator,
            Self::Forum(_) => ScopeKind::Forum,
        }
    }
}

impl Grant {
    /// How far it goes for a permission. `subtrees` has what stands below the elements that grants name.
    pub fn spread<'a>(&self, permission: Permission, ground: &'a Ground, subtrees: &'a Subtrees) -> Spread<'a> {
        match (permission::reach(self.role, permission), self.scope) {
            (Reach::No, _) => Spread::Nothing,
            (Reach::Council | Reach::AllCouncils, _) | (Reach::Within, GrantScope::Council) => Spread::Council,
            (Reach::Within, GrantScope::Element(id)) => Spread::Elements(id, subtrees.get(&id)),
            (Reach::Within, GrantScope::Indicator(id)) => {
                let owners = if permission::is_for_reading(permission) { ground.owners_of(id) } else { &[] };
                Spread::Indicator(id, owners)
            }
            (Reach::Within, GrantScope::Forum(id)) => Spread::Forum(id),
        }
    }

    /// Whether it is in force on a day.
    pub fn covers_day(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Spread<'_> {
    /// Adds what is covered to a scope that is less than the council.
    pub fn add_to(self, only: &mut Only) {
        match self {
            Self::Nothing | Self::Council => {}
            Self::Elements(id, below) => {
                only.elements.insert(id);
                only.elements.extend(below.into_iter().flatten().copied());
            }
            Self::Indicator(id, owners) => {
                only.indicators.insert(id);
                only.elements.extend(owners.iter().copied());
            }
            Self::Forum(id) => _ = only.forums.insert(id),
        }
    }

    /// Whether something is covered: the same as of a scope made of this alone.
    pub fn covers(self, target: Target) -> bool {
        let element = |wanted: Uuid| match self {
            Self::Elements(id, below) => id == wanted || below.is_some_and(|below| below.contains(&wanted)),
            Self::Indicator(_, owners) => owners.contains(&wanted),
            _ => false,
        };
        match (self, target) {
            (Self::Nothing, _) => false,
            (Self::Council, _) | (_, Target::Anywhere) => true,
            (_, Target::Element(id)) => element(id),
            (_, Target::Indicator { id, owner }) => element(owner) || matches!(self, Self::Indicator(named, _) if named == id),
            (_, Target::Forum(id)) => matches!(self, Self::Forum(named) if named == id),
        }
    }
}
