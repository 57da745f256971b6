//! The register of areas.

use rules::area::{Area, AuthorityType, Register, Succession, SuccessionKind};
use sea_orm::ConnectionTrait;

use crate::access::Scope;
use crate::error::{Error, Result};
use crate::rows::{Row, read_rows};

/// Every area that is known, and which followed which, the earliest first.
pub struct Known {
    pub register: Register,
    pub successions: Vec<Succession>,
}

/// All of it. Two statements.
pub async fn known(db: &impl ConnectionTrait) -> Result<Known> {
    let sql = "SELECT code, name, kind, region, stands_from, stands_until FROM area";
    let areas = read_rows(db, "loading areas", sql, Vec::new(), |row| area(&row)).await?;
    let sql = "SELECT from_code, to_code, on_date, kind FROM area_succession ORDER BY on_date, from_code, to_code";
    let successions = read_rows(db, "loading who followed whom", sql, Vec::new(), |row| {
        let (from, to, on) = (row.next()?, row.next()?, row.next()?);
        Ok(Succession { from, to, on, kind: word::<SuccessionKind>(&row)? })
    });
    let successions = successions.await?;
    Ok(Known { register: Register::new(areas, successions.clone()), successions })
}

/// The code of the area a council stands in.
pub async fn of_council(db: &impl ConnectionTrait, scope: &Scope) -> Result<Option<String>> {
    let sql = "SELECT gss_code FROM council WHERE id = $1";
    let found = read_rows(db, "finding a council's area", sql, vec![scope.council.into()], |row| row.next::<Option<String>>()).await?;
    Ok(found.into_iter().flatten().next())
}

fn area(row: &Row<'_>) -> Result<Area> {
    let (code, name, kind) = (row.next()?, row.next()?, word::<AuthorityType>(row)?);
    Ok(Area { code, name, kind, region: row.next()?, from: row.next()?, until: row.next()? })
}

/// The next column's word, which is always there.
pub(super) fn word<T: std::str::FromStr<Err: std::fmt::Debug>>(row: &Row<'_>) -> Result<T> {
    row.next_word()?.ok_or_else(|| Error::internal("reading a word", &"it is not there"))
}
