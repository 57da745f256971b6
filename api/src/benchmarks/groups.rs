//! Whom a council can be compared with: groups it keeps itself, published lists of authorities that are alike, and what follows from
//! the register: councils of its own sort, of its region, of its nation.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rules::area::{Area, AuthorityType, Register, Standing};
use rules::period::Period;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::store::groups::OwnGroup;
use super::store::neighbours::Neighbours;
use super::store::{groups, neighbours};
use crate::access::Scope;
use crate::error::Result;

/// Codes of the groups that follow from the register.
pub const SAME_TYPE: &str = "SAME-TYPE";
pub const REGION: &str = "REGION";
pub const NATION: &str = "NATION";

/// The published list that is for every service.
pub const USUAL: &str = "ONS-GLOBAL";

/// Where a group comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The council says whom it holds.
    Own,
    /// A published list says so.
    Published,
    /// It follows from the register, by the sort of authority,
    SameType,
    /// by the region,
    Region,
    /// or by the nation.
    Nation,
}

/// An edition of a group.
#[derive(Debug, Clone)]
pub struct Group {
    pub origin: Origin,
    /// Of a group of the council's own.
    pub id: Option<Uuid>,
    pub code: String,
    pub edition: Option<String>,
    pub title: String,
    /// The sort of authority all members are.
    pub kind: Option<AuthorityType>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub source: Option<String>,
    pub licence: Option<String>,
    /// Codes in the order they were given; in that of names where they follow from the register.
    pub members: Vec<String>,
}

impl Group {
    /// One the council keeps itself.
    pub fn own(group: OwnGroup) -> Self {
        let OwnGroup { row, members } = group;
        Self {
            origin: Origin::Own,
            id: Some(row.id),
            code: row.code,
            edition: Some(row.edition),
            title: row.title,
            kind: row.kind.map(|kind| kind.0),
            from: row.stands_from,
            until: row.stands_until,
            source: row.source,
            licence: row.licence,
            members,
        }
    }

    fn published(list: Neighbours) -> Self {
        Self {
            origin: Origin::Published,
            id: None,
            code: list.code,
            edition: Some(list.edition),
            title: list.title,
            kind: None,
            from: list.from,
            until: list.until,
            source: list.source.or(Some(list.publisher)),
            licence: Some(list.licence),
            members: list.members,
        }
    }

    fn following(origin: Origin, code: &str, title: String, kind: Option<AuthorityType>, members: Vec<String>) -> Self {
        let source = Some("The register of areas".to_owned());
        let (code, id, edition, from, until, licence) = (code.to_owned(), None, None, None, None, None);
        Self { origin, id, code, edition, title, kind, from, until, source, licence, members }
    }

    /// Whether it was made for a day.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Those it holds in a period. Of groups that follow from the register, who did not stand is not of them.
    pub fn members_in<'a>(&'a self, period: Period, register: &'a Register) -> impl Iterator<Item = &'a str> {
        let listed = matches!(self.origin, Origin::Own | Origin::Published);
        let stood = move |code: &&str| listed || register.standing(code, period) == Some(Standing::Stood);
        self.members.iter().map(String::as_str).filter(stood)
    }
}

/// Every group a council can be compared with, its own first, the latest edition of each first; `area` is the code of its own
/// area. Three statements.
pub async fn all(db: &impl ConnectionTrait, scope: &Scope, area: Option<&str>, register: &Register) -> Result<Vec<Group>> {
    let own = groups::all(db, scope).await?;
    let mut found: Vec<Group> = own.into_iter().map(Group::own).collect();
    let lists = neighbours::of(db, area.unwrap_or_default()).await?;
    found.extend(lists.into_iter().map(Group::published));
    if let Some(area) = area.and_then(|code| register.find(code)) {
        found.extend(follow(area, register));
    }
    Ok(found)
}

/// What follows from the register for an area.
fn follow(area: &Area, register: &Register) -> Vec<Group> {
    // By name, as nobody comes before anybody.
    let mut alike: BTreeMap<(&str, &str), &Area> = BTreeMap::new();
    for row in register.areas() {
        if let Some(latest) = register.find(&row.code) {
            alike.insert((latest.name.as_str(), latest.code.as_str()), latest);
        }
    }
    let nation = area.code.chars().next();
    let councils = |other: &&Area| other.kind.is_authority() && (other.kind == area.kind || other.kind != AuthorityType::CombinedAuthority);
    let those = |which: &dyn Fn(&Area) -> bool| -> Vec<String> {
        alike.values().copied().filter(councils).filter(|other| which(other)).map(|other| other.code.clone()).collect()
    };
    let mut found = Vec::new();
    if area.kind.is_authority() {
        let members = those(&|other| other.kind == area.kind && other.code.chars().next() == nation);
        let title = format!("Every authority of the same sort: {}", area.kind.words());
        found.push(Group::following(Origin::SameType, SAME_TYPE, title, Some(area.kind), members));
    }
    if let Some(region) = &area.region {
        let members = those(&|other| other.region.as_deref() == Some(region));
        found.push(Group::following(Origin::Region, REGION, format!("Councils of the region: {region}"), None, members));
    }
    let title = match nation {
        Some('E') => "Councils of England",
        Some('W') => "Councils of Wales",
        Some('S') => "Councils of Scotland",
        Some('N') => "Councils of Northern Ireland",
        _ => return found,
    };
    let members = those(&|other| other.code.chars().next() == nation);
    found.push(Group::following(Origin::Nation, NATION, title.to_owned(), None, members));
    found
}

/// Editions of the group of a code.
pub fn editions<'a>(groups: &'a [Group], code: &str) -> Vec<usize> {
    let of = |(at, group): (usize, &'a Group)| group.code.eq_ignore_ascii_case(code.trim()).then_some(at);
    groups.iter().enumerate().filter_map(of).collect()
}

/// Whom a council is compared with where nobody says: those the statisticians say are alike in everything, else all of its sort.
pub fn usual(groups: &[Group]) -> Option<&str> {
    let alike = groups.iter().find(|group| group.origin == Origin::Published && group.code == USUAL);
    alike.or_else(|| groups.iter().find(|group| group.origin == Origin::SameType)).map(|group| group.code.as_str())
}
