//! Setting a rule of early warning: on or off, and with which parameters. Dated, and never overwritten.

use entity::warning_rule;
use rules::permission::Permission;
use rules::warning::{Kind, ParameterFault, Parameters};
use serde::Serialize;
use std::collections::BTreeMap;

use super::book::{RuleBook, kept};
use super::store;
use crate::access::Actor;
use crate::app::App;
use crate::audit::{self, Event};
use crate::db::Change;
use crate::error::{Refusal, Result, UserError};

/// Parameters one rule is given, at most: none has more.
const PARAMETERS_MAX: usize = 10;

/// What a rule is set to.
pub struct Wanted<'a> {
    pub kind: Kind,
    pub enabled: bool,
    pub parameters: Vec<(&'a str, i64)>,
}

/// The parameters as given, what was not given as it comes; or the first fault of them.
pub fn parameters(kind: Kind, given: &[(&str, i64)]) -> Result<Parameters, UserError> {
    let refused = |code: &str, message: String| UserError::new(code, message, Some(&["input", "parameters"]));
    if given.len() > PARAMETERS_MAX {
        return Err(refused("PARAMETER_UNKNOWN", format!("A rule has {PARAMETERS_MAX} parameters at most.")));
    }
    Parameters::of(kind, given.iter().copied()).map_err(|faults| {
        let code = match faults.first() {
            Some(ParameterFault::OutOfBounds { .. }) => "PARAMETER_OUT_OF_BOUNDS",
            Some(ParameterFault::Twice { .. }) => "PARAMETER_TWICE",
            Some(ParameterFault::Unknown { .. }) | None => "PARAMETER_UNKNOWN",
        };
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        refused(code, format!("{}.", all.join("; ")))
    })
}

/// Sets it. Nothing new in it, nothing changes.
pub async fn set(app: &App, tx: &Change, actor: &Actor, wanted: &Wanted<'_>) -> Result<RuleBook, Refusal> {
    let scope = actor.scope_for(Permission::EditFramework)?;
    let parameters = parameters(wanted.kind, &wanted.parameters)?;
    let book = RuleBook::load(&**tx, &scope).await?;
    let before = book.rule(wanted.kind);
    if before.is_some_and(|rule| rule.enabled == wanted.enabled && rule.parameters == parameters && rule.set_at.is_some()) {
        return Ok(book);
    }
    let row = warning_rule::Model {
        council_id: scope.council,
        id: app.ids.next(),
        kind: wanted.kind.to_string(),
        enabled: wanted.enabled,
        parameters: kept(&parameters)?,
        recorded_at: tx.at(&app.clock),
        superseded_at: None,
        recorded_by: scope.person,
    };
    store::replace_rule(tx, row).await?;
    let event = Event {
        verb: "warning.rule",
        subject: format!("warning rule {}", wanted.kind),
        before: before.and_then(|rule| audit::state(&Kept::of(rule.enabled, &rule.parameters))),
        after: audit::state(&Kept::of(wanted.enabled, &parameters)),
    };
    audit::record(app, tx, &scope, event).await?;
    Ok(RuleBook::load(&**tx, &scope).await?)
}

/// What the trail keeps of a rule.
#[derive(Serialize)]
struct Kept {
    enabled: bool,
    #[serde(flatten)]
    parameters: BTreeMap<&'static str, u32>,
}

impl Kept {
    fn of(enabled: bool, parameters: &Parameters) -> Self {
        Self { enabled, parameters: parameters.iter().collect() }
    }
}
