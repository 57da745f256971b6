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
use rules::delivery::action::Response;
use rules::delivery::book::{DeliveryRow, RecordKind};
use rules::delivery::rights;
use rules::framework::EditionRow;
use rules::measure::{ElementKind, FrameworkState};
use rules::permission::Permission;

pub use apply::apply;
pub use plan::plan;
pub use undo::undo;

use super::{ChangeKind, Kept, Subject};
use crate::access::{Actor, Scope};
use crate::delivery::Record;
use crate::delivery::sight::{Place, Remits};
use crate::error::{ContextExt, Error, Result};
use crate::frameworks::{Catalogue, Edition};
use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// What the same workbook brings beside its records: elements and indicators of a framework's edition.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// None where the workbook speaks of the edition in force.
    pub edition: Option<EditionRow>,
    pub elements: Vec<(String, ElementKind)>,
    pub indicators: Vec<String>,
}

impl Beside {
    /// Whether its edition is the one in force once it is accepted: records hang on that one.
    fn is_in_force(&self, held: Option<&Edition>, today: NaiveDate) -> bool {
        let (Some(brought), Some(held)) = (&self.edition, held) else { return true };
        let stands = brought.from <= today && brought.until.is_none_or(|until| until >= today);
        brought.edition == held.edition || brought.state == FrameworkState::Adopted && stands && brought.from >= held.stands_from
    }
}

/// What somebody may record and read, over what.
pub struct Rights {
    person: Uuid,
    of: HashMap<Permission, (Scope, Remits)>,
}

/// A record that is held, with what it hangs on.
pub type Standing<'a> = (&'a Record, Place);

impl Rights {
    /// Of whoever acts, as elements stand on a day. A statement for each right that is held over forums.
    pub async fn of(db: &impl ConnectionTrait, actor: &Actor, catalogue: Option<&Arc<Catalogue>>, on: NaiveDate) -> Result<Self> {
        let mut of = HashMap::new();
        for permission in rights::RECORDS.iter().copied().chain(RecordKind::ALL.iter().map(|kind| rights::reads(*kind))) {
            let Ok(scope) = actor.scope_for(permission) else { continue };
            let remits = Remits::of(db, &scope, catalogue, on).await?;
            of.insert(permission, (scope, remits));
        }
        Ok(Self { person: actor.person, of })
    }

    fn covers(&self, permission: Permission, place: Place) -> Option<&Scope> {
        self.of.get(&permission).filter(|(scope, remits)| remits.covers(scope, place)).map(|(scope, _)| scope)
    }

    /// Whether what is held may be shown to them.
    pub fn reads(&self, (record, place): Standing<'_>) -> bool {
        self.covers(rights::reads(record.row.kind()), place).is_some()
    }

    /// The right by which a row that hangs there may be told, over what is held of it; none where there is none. Whoever may tell what
    /// they may not read tells what is new, or what they told themselves; so does whoever only raises recommendations, and what is
    /// answered to one they leave to others.
    pub fn over(&self, row: &DeliveryRow, place: Place, held: Option<Standing<'_>>) -> Option<&Scope> {
        let own = held.is_none_or(|(record, _)| record.recorder == Some(self.person));
        let readable = held.is_none_or(|held| self.reads(held));
        rights::records(row).iter().find_map(|permission| {
            let scope = self.covers(*permission, place)?;
            let over_held = held.is_none_or(|(_, place)| self.covers(*permission, place).is_some());
            let raised = *permission != Permission::RaiseRecommendation || own && is_only_raised(row);
            (over_held && (own || readable) && raised).then_some(scope)
        })
    }

    /// The right by which what is held may be told otherwise, or withdrawn.
    pub fn over_held(&self, held: Standing<'_>) -> Option<&Scope> {
        self.over(&held.0.row, held.1, Some(held))
    }

    /// Why a row is not theirs to record.
    pub fn refusal(row: &DeliveryRow) -> String {
        let needed = rights::records(row).first().copied().unwrap_or(Permission::ManageActions);
        format!("None of your roles lets you record this here ({}).", needed.words().to_lowercase())
    }
}

/// Whether nothing is said yet to a recommendation.
fn is_only_raised(row: &DeliveryRow) -> bool {
    match row {
        DeliveryRow::Recommendation(row) => row.response == Response::Awaited && row.reply.is_none() && row.evidence.is_none(),
        _ => true,
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
