//! Finding what a question or a role is about by its code.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::Text;
use rules::measure::FrameworkState;
use rules::permission::ScopeKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::{Scope, Target};
use crate::error::{Error, Result};
use crate::rows::{Row, one_of, read_rows};

/// A longer code is none.
const CODE_CHARACTERS_MAX: usize = 100;

/// A thing as somebody names it: at most one of the three codes; none is the council.
#[derive(Debug, Clone, Default)]
pub struct Ref {
    pub element: Option<String>,
    pub indicator: Option<String>,
    pub forum: Option<String>,
}

impl Ref {
    /// What sort of thing it names, and its code. More than one is an error.
    pub fn named(&self) -> Result<(ScopeKind, &str)> {
        let codes = [(ScopeKind::Element, &self.element), (ScopeKind::Indicator, &self.indicator), (ScopeKind::Forum, &self.forum)];
        let mut given = codes.into_iter().filter_map(|(kind, code)| code.as_deref().map(|code| (kind, code.trim())));
        match (given.next(), given.next()) {
            (None, _) => Ok((ScopeKind::Council, "")),
            (Some(one), None) => Ok(one),
            _ => Err(Error::bad_input("Name one thing only: an element, an indicator or a forum; none of them for the whole council.")),
        }
    }
}

/// What a code names on a day: an element or indicator in the edition that stood then, else in the nearest that has it.
/// None when there is nothing of that code in the council. One statement.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope, kind: ScopeKind, code: &str, on: NaiveDate) -> Result<Option<Target>> {
    if code.chars().count() > CODE_CHARACTERS_MAX {
        return Ok(None);
    }
    let sql = match kind {
        ScopeKind::Council => return Ok(Some(Target::Anywhere)),
        ScopeKind::Element => {
            "SELECT e.id, e.id, f.stands_from, f.stands_until, f.state FROM element e \
            JOIN framework f ON f.council_id = e.council_id AND f.id = e.framework_id \
            WHERE e.council_id = $1 AND lower(e.code) = lower($2)"
        }
        ScopeKind::Indicator => {
            "SELECT i.id, m.owner_id, f.stands_from, f.stands_until, f.state FROM indicator i \
            JOIN membership m ON m.council_id = i.council_id AND m.indicator_id = i.id \
            JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id \
            WHERE i.council_id = $1 AND lower(i.code) = lower($2)"
        }
        ScopeKind::Forum => {
            let sql = "SELECT id FROM forum WHERE council_id = $1 AND lower(code) = lower($2)";
            let values = vec![scope.council.into(), code.into()];
            let found = read_rows(db, "finding a forum by its code", sql, values, |row| row.next::<Uuid>()).await?;
            return Ok(found.into_iter().next().map(Target::Forum));
        }
    };
    let found = read_rows(db, "finding a thing by its code", sql, vec![scope.council.into(), code.into()], |row| kept(&row)).await?;
    let target = |kept: Kept| match kind {
        ScopeKind::Indicator => Target::Indicator { id: kept.id, owner: kept.owner },
        _ => Target::Element(kept.id),
    };
    Ok(found.into_iter().min_by_key(|kept| kept.rank(on)).map(target))
}

/// The elements that own these indicators on a day: in the edition that stood then, else in the nearest that has them. One
/// statement.
pub async fn owners(db: &impl ConnectionTrait, scope: &Scope, indicators: &[Uuid], on: NaiveDate) -> Result<HashMap<Uuid, Uuid>> {
    if indicators.is_empty() {
        return Ok(HashMap::new());
    }
    let mut values = vec![scope.council.into()];
    let these = one_of(db.get_database_backend(), "m.indicator_id", indicators, &mut values);
    let sql = format!(
        "SELECT m.indicator_id, m.owner_id, f.stands_from, f.stands_until, f.state FROM membership m \
        JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id WHERE m.council_id = $1 AND {these}"
    );
    let mut nearest: HashMap<Uuid, Kept> = HashMap::new();
    for found in read_rows(db, "finding who owns indicators", &sql, values, |row| kept(&row)).await? {
        let nearer = nearest.get(&found.id).is_none_or(|other| found.rank(on) < other.rank(on));
        if nearer {
            nearest.insert(found.id, found);
        }
    }
    Ok(nearest.into_iter().map(|(id, kept)| (id, kept.owner)).collect())
}

/// A thing in one edition.
struct Kept {
    id: Uuid,
    owner: Uuid,
    from: NaiveDate,
    until: Option<NaiveDate>,
    state: FrameworkState,
}

fn kept(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept { id: row.next()?, owner: row.next()?, from: row.next()?, until: row.next()?, state: row.next::<Text<FrameworkState>>()?.0 })
}

impl Kept {
    /// The edition that stands on the day comes first, adopted before superseded before draft; then the latest.
    fn rank(&self, on: NaiveDate) -> (bool, u8, std::cmp::Reverse<NaiveDate>) {
        let stands = self.from <= on && self.until.is_none_or(|until| on <= until);
        let state = match self.state {
            FrameworkState::Adopted => 0,
            FrameworkState::Superseded => 1,
            FrameworkState::Draft => 2,
        };
        (!stands, state, std::cmp::Reverse(self.from))
    }
}
