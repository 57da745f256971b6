//! What grants stand on: where elements stand from when until when, and which elements own indicators.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::grant::GrantScope;
use crate::error::Result;
use crate::rows::read_rows;

/// Elements below each element that a grant names, itself included, as they stood on a day.
pub type Subtrees = HashMap<Uuid, HashSet<Uuid>>;

/// The tree of every edition, and who owns the indicators that grants name.
#[derive(Debug, Default)]
pub struct Ground {
    placements: Vec<Placement>,
    /// Elements of each ref, one an edition: a role over an element is a role over what later editions call the same.
    of_code: HashMap<String, Vec<Uuid>>,
    codes: HashMap<Uuid, String>,
    owners: HashMap<Uuid, Vec<Uuid>>,
}

#[derive(Debug)]
struct Placement {
    element: Uuid,
    parent: Option<Uuid>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl Ground {
    /// What these grants need of it: nothing for the council and forums, a statement for elements and one for indicators.
    /// `person` says whose grants they are; none when they are many people's.
    pub async fn load(db: &impl ConnectionTrait, council: Uuid, person: Option<Uuid>, scopes: &[GrantScope]) -> Result<Self> {
        let mut ground = Self::default();
        if scopes.iter().any(|scope| matches!(scope, GrantScope::Element(_))) {
            ground.load_tree(db, council).await?;
        }
        if scopes.iter().any(|scope| matches!(scope, GrantScope::Indicator(_))) {
            ground.load_owners(db, council, person).await?;
        }
        Ok(ground)
    }

    async fn load_tree(&mut self, db: &impl ConnectionTrait, council: Uuid) -> Result<()> {
        let sql = "SELECT p.element_id, p.parent_id, p.stands_from, p.stands_until, e.code FROM placement p \
            JOIN element e ON e.council_id = p.council_id AND e.id = p.element_id WHERE p.council_id = $1";
        let rows = read_rows(db, "reading where elements stand", sql, vec![council.into()], |row| {
            let placement = Placement { element: row.next()?, parent: row.next()?, from: row.next()?, until: row.next()? };
            Ok((placement, row.next::<String>()?))
        });
        for (placement, code) in rows.await? {
            if self.codes.insert(placement.element, code.clone()).is_none() {
                self.of_code.entry(code).or_default().push(placement.element);
            }
            self.placements.push(placement);
        }
        Ok(())
    }

    async fn load_owners(&mut self, db: &impl ConnectionTrait, council: Uuid, person: Option<Uuid>) -> Result<()> {
        let mut values = vec![council.into()];
        let whose = if let Some(person) = person {
            values.push(person.into());
            " AND g.person_id = $2"
        } else {
            ""
        };
        let sql = format!(
            "SELECT m.indicator_id, m.owner_id FROM membership m WHERE m.council_id = $1 AND m.indicator_id IN (\
                SELECT g.indicator_id FROM role_grant g WHERE g.council_id = $1 AND g.indicator_id IS NOT NULL{whose})"
        );
        let rows = read_rows(db, "reading who owns indicators", &sql, values, |row| Ok((row.next()?, row.next()?)));
        for (indicator, owner) in rows.await? {
            self.owners.entry(indicator).or_default().push(owner);
        }
        Ok(())
    }

    /// The elements that own an indicator a grant names, one an edition.
    pub fn owners_of(&self, indicator: Uuid) -> &[Uuid] {
        self.owners.get(&indicator).map_or(&[], Vec::as_slice)
    }

    /// An element's ref, if the tree was read.
    pub fn ref_of(&self, element: Uuid) -> Option<&str> {
        self.codes.get(&element).map(String::as_str)
    }

    /// Each top with everything below it on a day, in every edition that has an element of its ref.
    pub fn subtrees(&self, tops: impl IntoIterator<Item = Uuid>, on: NaiveDate) -> Subtrees {
        let mut below: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for placement in &self.placements {
            let stands = placement.from.is_none_or(|from| from <= on) && placement.until.is_none_or(|until| on <= until);
            if let (true, Some(parent)) = (stands, placement.parent) {
                below.entry(parent).or_default().push(placement.element);
            }
        }
        let mut found = Subtrees::new();
        for top in tops {
            found.entry(top).or_insert_with(|| {
                let same = self.codes.get(&top).and_then(|code| self.of_code.get(code));
                closure(same.into_iter().flatten().copied().chain([top]), &below)
            });
        }
        found
    }

    /// The same below the elements these scopes name.
    pub fn subtrees_of(&self, scopes: impl IntoIterator<Item = GrantScope>, on: NaiveDate) -> Subtrees {
        self.subtrees(scopes.into_iter().filter_map(|scope| if let GrantScope::Element(id) = scope { Some(id) } else { None }), on)
    }
}

/// The tops and everything below them. Each element is entered once, so a loop in the rows cannot hold us.
fn closure(tops: impl IntoIterator<Item = Uuid>, below: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
    let mut next: Vec<Uuid> = tops.into_iter().collect();
    let mut inside: HashSet<Uuid> = next.iter().copied().collect();
    while let Some(element) = next.pop() {
        for child in below.get(&element).into_iter().flatten() {
            if inside.insert(*child) {
                next.push(*child);
            }
        }
    }
    inside
}
