//! Published lists of which authorities are alike.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use crate::error::Result;
use crate::rows::read_rows;

/// Whom a published list says an authority is like.
#[derive(Debug, Clone)]
pub struct Neighbours {
    pub code: String,
    pub edition: String,
    pub title: String,
    pub publisher: String,
    pub licence: String,
    pub source: Option<String>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// The most alike first.
    pub members: Vec<String>,
}

/// Every list that names whom an area is like, the latest edition of each first. One statement.
pub async fn of(db: &impl ConnectionTrait, area: &str) -> Result<Vec<Neighbours>> {
    let sql = "SELECT m.code, m.edition, m.title, m.publisher, m.licence, m.source, m.stands_from, m.stands_until, n.neighbour_code \
        FROM neighbour_model m JOIN neighbour n ON n.model_id = m.id WHERE n.area_code = $1 \
        ORDER BY m.code, m.stands_from DESC, m.edition DESC, n.place";
    let mut found: Vec<Neighbours> = Vec::new();
    read_rows(db, "loading neighbours", sql, vec![area.into()], |row| {
        let (code, edition): (String, String) = (row.next()?, row.next()?);
        let (title, publisher, licence, source) = (row.next()?, row.next()?, row.next()?, row.next()?);
        let (from, until, member) = (row.next()?, row.next()?, row.next()?);
        match found.last_mut().filter(|last| last.code == code && last.edition == edition) {
            Some(last) => last.members.push(member),
            None => found.push(Neighbours { code, edition, title, publisher, licence, source, from, until, members: vec![member] }),
        }
        Ok(())
    })
    .await?;
    Ok(found)
}
