//! The ids that refs of records stand for.

use std::collections::HashMap;

use rules::delivery::book::RecordKind;
use rules::measure::ElementKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::Scope;
use crate::error::Result;
use crate::frameworks::Catalogue;
use crate::rows::read_rows;
use entity::Text;

/// Refs of one edition's elements, of the council's indicators and of its records.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub elements: HashMap<String, (Uuid, ElementKind)>,
    pub indicators: HashMap<String, Uuid>,
    /// Also of those of which nothing is told any more.
    pub records: HashMap<(RecordKind, String), Uuid>,
}

impl Names {
    /// Of an edition and of some kinds of record. One statement.
    pub async fn of(db: &impl ConnectionTrait, scope: &Scope, catalogue: Option<&Catalogue>, kinds: &[RecordKind]) -> Result<Self> {
        let mut names = Self { records: record_ids(db, scope, kinds).await?, ..Self::default() };
        if let Some(catalogue) = catalogue {
            names.elements = catalogue.elements.iter().map(|of| (of.code.clone(), (of.id, of.kind))).collect();
            names.indicators = catalogue.indicators.iter().map(|of| (of.code.clone(), of.id)).collect();
        }
        Ok(names)
    }
}

async fn record_ids(db: &impl ConnectionTrait, scope: &Scope, kinds: &[RecordKind]) -> Result<HashMap<(RecordKind, String), Uuid>> {
    // Codes of a closed set: nobody's words.
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let sql = format!("SELECT kind, code, id FROM delivery_record WHERE council_id = $1 AND kind IN ({})", kinds.join(", "));
    let rows = read_rows(db, "finding records of delivery", &sql, vec![scope.council.into()], |row| {
        Ok(((row.next::<Text<RecordKind>>()?.0, row.next()?), row.next()?))
    });
    Ok(rows.await?.into_iter().collect())
}
