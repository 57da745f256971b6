//! Rows of a stored plan of which something else is held by now: what, since when and by whom.

use chrono::{DateTime, Utc};
use entity::{Dec, Text};
use rules::measure::Absence;
use uuid::Uuid;

use crate::access::Scope;
use crate::db::Change;
use crate::error::Result;
use crate::imports::plan::{Kept, Subject};
use crate::rows::read_rows;

/// Tells of rows, given by their numbers, what is held now. One statement; the caller bounds how many there are.
pub async fn rows(tx: &Change, scope: &Scope, import: Uuid, numbers: &[i32]) -> Result<Vec<Kept>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
    let sql = format!(
        "SELECT c.key, c.indicator_id, c.period_start, c.period_months, o.value, o.absence, o.recorded_at, p.name, i.file_name \
        FROM import_change c \
        LEFT JOIN observation o ON o.council_id = c.council_id AND o.indicator_id = c.indicator_id AND o.period_start = c.period_start \
            AND o.period_months = c.period_months AND o.superseded_at IS NULL AND NOT o.withdrawn \
        LEFT JOIN person p ON p.council_id = o.council_id AND p.id = o.recorded_by \
        LEFT JOIN import i ON i.council_id = o.council_id AND i.id = o.import_id \
        WHERE c.council_id = $1 AND c.import_id = $2 AND c.seq IN ({}) ORDER BY c.seq",
        numbers.join(", ")
    );
    read_rows(&**tx, "finding what was changed since a plan", &sql, vec![scope.council.into(), import.into()], |row| {
        let key: String = row.next()?;
        let (indicator, period) = (row.next()?, row.next_period_option()?);
        let now = Now { value: row.next()?, absence: row.next()?, at: row.next()?, person: row.next()?, file_name: row.next()? };
        Ok(Kept { subject: Subject::Observation, row_key: key.clone(), indicator, period, key, because: now.words() })
    })
    .await
}

/// What is held now.
struct Now {
    value: Option<Dec>,
    absence: Option<Text<Absence>>,
    at: Option<DateTime<Utc>>,
    person: Option<String>,
    file_name: Option<String>,
}

impl Now {
    fn words(self) -> String {
        let Some(at) = self.at else { return "no figure is held any more".to_owned() };
        let held = match (self.value, self.absence) {
            (Some(value), _) => format!("{} is held", value.0.normalize()),
            (None, Some(absence)) => format!("\u{201c}{}\u{201d} is held", absence.0.words()),
            (None, None) => "no figure is held".to_owned(),
        };
        let by = self.person.map(|person| format!(" by {person}")).unwrap_or_default();
        let with = self.file_name.map(|file| format!(" with {file}")).unwrap_or_default();
        format!("{held}, entered on {}{by}{with}", at.format("%-d %B %Y"))
    }
}
