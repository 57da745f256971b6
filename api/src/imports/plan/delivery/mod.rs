//! Planning what is told of plans, programmes, risks, money and assessments.
//!
//! Promises: records are compared by what they are told by with what is held; what cannot be is said at its cell, and takes down only
//! what depends on it; what is held and not in the workbook stays as it is. Whoever brings a row in, accepts it or takes it back
//! has the right over what it hangs on. Accepting applies the stored rows exactly, or nothing when the council has moved on; undoing
//! brings back what was told before.

mod apply;
mod plan;
mod undo;

use entity::import_change::Model;
use rules::delivery::book::DeliveryRow;
use rules::delivery::rights;
use rules::measure::ElementKind;
use rules::permission::Permission;

pub use apply::apply;
pub use plan::plan;
pub use undo::undo;

use super::{ChangeKind, Kept, Subject};
use crate::access::{Actor, Scope};
use crate::delivery::sight::{Place, Remits};
use crate::error::{ContextExt, Error, Result};
use crate::frameworks::Catalogue;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

/// What the same workbook brings beside its records: elements and indicators of a framework.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    pub elements: Vec<(String, ElementKind)>,
    pub indicators: Vec<String>,
}

/// What somebody may record, over what.
pub struct Rights {
    of: HashMap<Permission, (Scope, Remits)>,
}

impl Rights {
    /// Of whoever acts, as elements stand on a day. A statement for each right that is held over forums.
    pub async fn of(db: &impl ConnectionTrait, actor: &Actor, catalogue: Option<&Arc<Catalogue>>, on: NaiveDate) -> Result<Self> {
        let mut of = HashMap::new();
        for permission in rights::RECORDS {
            let Ok(scope) = actor.scope_for(*permission) else { continue };
            let remits = Remits::of(db, &scope, catalogue, on).await?;
            of.insert(*permission, (scope, remits));
        }
        Ok(Self { of })
    }

    /// The right by which a row that hangs there may be recorded; none where there is none.
    pub fn over(&self, row: &DeliveryRow, place: Place) -> Option<&Scope> {
        let held = rights::records(row).iter().filter_map(|permission| self.of.get(permission));
        held.filter(|(scope, remits)| remits.covers(scope, place)).map(|(scope, _)| scope).next()
    }

    /// Why a row is not theirs to record.
    pub fn refusal(row: &DeliveryRow) -> String {
        let needed = rights::records(row).first().copied().unwrap_or(Permission::ManageActions);
        format!("None of your roles lets you record this here ({}).", needed.words().to_lowercase())
    }
}

/// One row of a stored plan.
struct Step {
    kind: ChangeKind,
    before: Option<DeliveryRow>,
    after: DeliveryRow,
}

/// The rows of a stored plan that are records and were not refused, in its order.
fn steps(changes: &[Model]) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for change in changes {
        let kind: ChangeKind = change.kind.parse().context("reading a stored plan")?;
        let subject: Subject = change.subject.parse().context("reading a stored plan")?;
        if kind == ChangeKind::Refused || !subject.is_delivery() {
            continue;
        }
        let read = |json: &Option<String>| json.as_deref().map(serde_json::from_str).transpose().context("reading a row of a stored plan");
        let Some(after) = read(&change.after_row)? else {
            return Err(Error::internal("reading a row of a stored plan", &"a row that is not refused says nothing"));
        };
        steps.push(Step { kind, before: read(&change.before_row)?, after });
    }
    Ok(steps)
}

fn left(row: &DeliveryRow, because: &str) -> Kept {
    Kept {
        subject: row.kind().into(),
        row_key: row.code(),
        indicator: None,
        period: None,
        key: format!("{} {}", row.kind().words().to_lowercase(), row.code()),
        because: because.to_owned(),
    }
}
